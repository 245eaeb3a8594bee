//! News articles whose gold names the speaker of each outermost attribution and the attributions nested in it.
//!
//! Outermost attributions are matched as in [`crate::reading`]. Within each matched pair the nested attributions at
//! any depth are matched by their contents alone (IoU at least one half, best first). All counts are sums over the
//! documents.
//!
//! | figure | what it is |
//! |---|---|
//! | attributions | F1 of the matching of outermost attributions |
//! | speaker, act, polarity on matched | share of the matched pairs with the right one |
//! | addressee on matched | share of the matched gold with an addressee whose addressee is right |
//! | nested within matched | F1 of the matching of what is nested in matched pairs |
//! | nested speaker on matched | share of the matched nested pairs with the right speaker |

use std::collections::BTreeMap;
use std::path::Path;

use saywho::reading::{Act, Attribution, Polarity};
use saywho::{Point, PointSpan, Reading};
use serde::Deserialize;

use crate::figure::{f1, share};
use crate::gold::{Placed, fit, half_or_zero, parse, spans};
use crate::matching::best_first;
use crate::names::{entity_name, same_name};
use crate::words::Words;
use crate::{Error, Figure, Result, read_text, stems};

#[derive(Deserialize)]
struct Gold {
    doc: String,
    attributions: Vec<Outermost>,
}

#[derive(Deserialize)]
struct Outermost {
    #[serde(deserialize_with = "spans")]
    source: Vec<PointSpan>,
    #[serde(deserialize_with = "spans")]
    content: Vec<PointSpan>,
    speaker: Option<String>,
    addressee: Option<String>,
    act: Act,
    #[serde(default = "affirmed")]
    polarity: Polarity,
    nested: Vec<Nested>,
}

#[derive(Deserialize)]
struct Nested {
    #[serde(deserialize_with = "spans")]
    content_spans: Vec<PointSpan>,
    speaker: Option<String>,
    #[serde(default)]
    nested: Vec<Nested>,
}

fn affirmed() -> Polarity {
    Polarity::Affirmed
}

/// The names of the documents that a folder of gold is about, in the order of its files.
///
/// # Errors
/// If a file cannot be read or is not gold of this kind.
pub fn documents(gold_dir: &Path) -> Result<Vec<String>> {
    Ok(load(gold_dir)?.into_iter().map(|gold| gold.doc).collect())
}

/// Compares readings, by document name, with the gold in the folder `gold_dir` (`*.json`); the texts are the `.txt`
/// files of `text_dir`.
///
/// # Errors
/// If a file cannot be read or is not gold of this kind, if a document has no reading, or if its reading is of
/// another text.
pub fn score(gold_dir: &Path, text_dir: &Path, readings: &BTreeMap<String, Reading<Point>>) -> Result<Vec<Figure>> {
    let mut counts = Counts::default();
    for gold in load(gold_dir)? {
        let text = read_text(&text_dir.join(format!("{}.txt", gold.doc)))?;
        let reading = readings.get(&gold.doc).ok_or_else(|| Error::NoReading(gold.doc.clone()))?;
        if reading.document.text != text {
            return Err(Error::OtherText(gold.doc));
        }
        counts.document(&gold, &Words::of(&text), reading);
    }
    Ok(counts.figures())
}

fn load(gold_dir: &Path) -> Result<Vec<Gold>> {
    let read = |stem: String| {
        let path = gold_dir.join(stem + ".json");
        parse(&read_text(&path)?, &path.display().to_string())
    };
    stems(gold_dir, "json")?.into_iter().map(read).collect()
}

#[derive(Default)]
struct Counts {
    hit: usize,
    gold: usize,
    predicted: usize,
    speaker: usize,
    act: usize,
    polarity: usize,
    addressee: usize,
    addressed: usize,
    nested_hit: usize,
    nested_gold: usize,
    nested_predicted: usize,
    nested_speaker: usize,
}

impl Counts {
    fn document(&mut self, gold: &Gold, words: &Words, reading: &Reading<Point>) {
        let wanted: Vec<_> = gold.attributions.iter().map(|a| Placed::new(a, words, &a.content, &a.source)).collect();
        let outermost = reading.attributions.iter().filter(|a| a.inside.is_none() && a.told.is_none());
        let found: Vec<_> = outermost.map(|a| Placed::new(a, words, &a.content, &a.source)).collect();
        let pairs = best_first(&wanted, &found, fit);
        self.hit += pairs.len();
        self.gold += wanted.len();
        self.predicted += found.len();
        for (g, p) in pairs {
            self.pair(wanted[g].of, found[p].of, reading);
            self.nested(wanted[g].of, found[p].of, words, reading);
        }
    }

    fn pair(&mut self, gold: &Outermost, found: &Attribution<Point>, reading: &Reading<Point>) {
        self.speaker += usize::from(same(gold.speaker.as_deref(), found.speaker.as_deref(), reading));
        self.act += usize::from(gold.act == found.act);
        self.polarity += usize::from(gold.polarity == found.polarity);
        if let Some(addressee) = gold.addressee.as_deref().filter(|name| !name.is_empty()) {
            self.addressed += 1;
            self.addressee += usize::from(same(Some(addressee), found.addressee.as_deref(), reading));
        }
    }

    fn nested(&mut self, gold: &Outermost, found: &Attribution<Point>, words: &Words, reading: &Reading<Point>) {
        let mut wanted = Vec::new();
        flatten(&gold.nested, &mut wanted);
        let wanted: Vec<_> = wanted.into_iter().map(|n| (n, words.touched(&n.content_spans))).collect();
        let mut inner = Vec::new();
        descend(&found.id, &reading.attributions, &mut inner);
        let inner: Vec<_> = inner.into_iter().map(|a| (a, words.touched(&a.content))).collect();
        let pairs = best_first(&wanted, &inner, |g, p| half_or_zero(&g.1, &p.1));
        self.nested_hit += pairs.len();
        self.nested_gold += wanted.len();
        self.nested_predicted += inner.len();
        for (g, p) in pairs {
            let right = same(wanted[g].0.speaker.as_deref(), inner[p].0.speaker.as_deref(), reading);
            self.nested_speaker += usize::from(right);
        }
    }

    fn figures(&self) -> Vec<Figure> {
        vec![
            f1("attributions", self.hit, self.gold, self.predicted),
            share("speaker on matched", self.speaker, self.hit),
            share("act on matched", self.act, self.hit),
            share("polarity on matched", self.polarity, self.hit),
            share("addressee on matched", self.addressee, self.addressed),
            f1("nested within matched", self.nested_hit, self.nested_gold, self.nested_predicted),
            share("nested speaker on matched", self.nested_speaker, self.nested_hit),
        ]
    }
}

fn same(gold: Option<&str>, id: Option<&str>, reading: &Reading<Point>) -> bool {
    let none: &[&str] = &[];
    same_name(gold, entity_name(reading, id).as_deref(), none)
}

/// All nested gold, each before what is nested in it.
fn flatten<'g>(nested: &'g [Nested], all: &mut Vec<&'g Nested>) {
    for one in nested {
        all.push(one);
        flatten(&one.nested, all);
    }
}

/// All attributions inside the one of this id, each before what is inside of it.
fn descend<'r>(id: &str, attributions: &'r [Attribution<Point>], all: &mut Vec<&'r Attribution<Point>>) {
    for inner in attributions.iter().filter(|a| a.inside.as_deref() == Some(id)) {
        // Ids are unique, so what is inside an outermost attribution is a tree; a broken file must not loop.
        if !all.iter().any(|seen| std::ptr::eq(*seen, inner)) {
            all.push(inner);
            descend(&inner.id, attributions, all);
        }
    }
}
