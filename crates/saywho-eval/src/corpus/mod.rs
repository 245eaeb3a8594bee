//! All layers of an annotated corpus, as `training/corpus` exports it: `reading/PART` holds texts with their readings,
//! `pairs/PART` conversations with their accounts.
//!
//! Attributions are matched as in [`crate::reading`], claims as in [`crate::pairs`]; their figures are explained there.
//! Texts damaged on purpose (`~` in their names) have a table of their own, beside the same texts whole, and count in no other.
//!
//! | figure | what it is |
//! |---|---|
//! | nested attributions | F1 of those inside another alone, matched among themselves. Gold marked `optional` counts only where it is matched |
//! | recipients | F1 within the matched attributions: the words of gold and prediction have IoU of at least one half, as sources must |
//! | calibration error, outermost and nested | how far confidence is from the share that is right, in ten bins of equal width, weighted by what is in them (ECE): less is better |
//! | mentions | F1 of the spans, letter by letter |
//! | mentions with kind | the same where the kind must agree too |
//! | persons, organisations ... | the same for one kind |
//! | mentions by head | F1 where a mention of saywho's stands for the smallest annotated one that holds it: the gold takes in titles, appositions and clauses, which the letter-by-letter figures are strict on |
//! | MUC, B-cubed, CEAF-e, CoNLL | coreference as in [`crate::coref`], but with all entities, those mentioned once too |
//! | CoNLL, no groups or documents | the same over persons, organisations and states |
//! | ... by head | the same by head |
//! | rows right, junk ... | the list of who speaks, see below |
//!
//! **Kinds.** saywho tells no kind of those whom the text does not name. Such a mention has the kind of the gold where that has
//! no name either; elsewhere it is a person if the text tells of one, else a group.
//!
//! **The list of who speaks** are the entities of the reading that are speaker or addressee of an attribution; for a group whose
//! members are known the members stand there. A row is of the gold entity that most of its mentions are of, or, where none is of
//! any, of the one that has its name. A mention of the reading is of the gold mention that is the same or has half of the words in
//! common, or that holds it and begins with it or has a name with all of its words. Each row is one of these, the first that
//! is so:
//!
//! | row | what it is |
//! |---|---|
//! | junk | of no gold entity |
//! | merged | mentions of two gold entities or more, two of them at least of the lesser |
//! | double | another row is of the same gold entity and has more of its mentions, or as many and stands before |
//! | wrong kind | another kind than the gold's (never so for those without a name) |
//! | badly named | neither is the gold's name within the row's nor that within it, word by word, and the row's is no proper name that begins a mention (the gold has names that the text may not have); for somebody unnamed any mention will do |
//! | right | none of these |
//!
//! "Lists without a fault" is the share of documents all of whose rows are right, of those that have any; "speakers in the list"
//! the share of the gold's speakers and addressees (of attributions that are not optional) that have a row.

mod calibration;
mod lists;
mod mentions;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use saywho::reading::{Attribution, EntityKind};
use saywho::{Point, PointSpan, Reading};
use serde::Deserialize;

use crate::figure::f1;
use crate::gold::{Placed, fit, half_or_zero, parse, spans};
use crate::matching::best_first;
use crate::words::Words;
use crate::{Figure, Result, reading};

/// What stands in the name of a damaged text between the name of the whole one and the kind of damage.
const DAMAGED: char = '~';

/// The readings of a part of the corpus: the paths of the gold files, in order.
///
/// # Errors
/// If the folder cannot be read or holds no gold.
pub fn readings(folder: &Path, part: &str) -> Result<Vec<PathBuf>> {
    reading::golds(&folder.join("reading").join(part))
}

/// The folder of the conversations of a part, for [`crate::pairs`].
pub fn conversations(folder: &Path, part: &str) -> PathBuf {
    folder.join("pairs").join(part)
}

/// The figures of one layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What they are about: "Coreference".
    pub title: &'static str,
    /// The figures; no two tables of a corpus have one of the same name.
    pub figures: Vec<Figure>,
}

#[derive(Deserialize)]
struct Gold {
    cast: Vec<GoldEntity>,
    attributions: Vec<GoldAttribution>,
}

#[derive(Deserialize)]
struct GoldEntity {
    id: usize,
    kind: EntityKind,
    name: Option<String>,
    #[serde(deserialize_with = "spans")]
    mentions: Vec<PointSpan>,
}

#[derive(Deserialize)]
struct GoldAttribution {
    #[serde(deserialize_with = "spans")]
    source: Vec<PointSpan>,
    #[serde(deserialize_with = "spans")]
    content: Vec<PointSpan>,
    #[serde(deserialize_with = "spans")]
    recipient: Vec<PointSpan>,
    inside: Option<String>,
    #[serde(default)]
    optional: bool,
    speakers: Vec<usize>,
    addressees: Vec<usize>,
}

/// What was counted in the readings of a corpus.
#[derive(Default)]
pub struct Counts {
    whole: Layers,
    damaged: Layers,
    /// Those of the whole texts that are there damaged too.
    undamaged: Layers,
    /// The names of these, without an ending.
    harmed: HashSet<String>,
}

impl Counts {
    /// Counts for the texts of these names, so that damaged ones can be set beside the same texts whole.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Counts {
        let harmed = names.into_iter().filter_map(|name| name.split_once(DAMAGED)).map(|(whole, _)| whole.to_owned());
        Counts { harmed: harmed.collect(), ..Counts::default() }
    }

    /// Adds the reading of `text`, compared with its gold.
    ///
    /// # Errors
    /// If `gold_json` is not gold of this kind, or if the reading is of another text.
    pub fn add(&mut self, gold_json: &str, text: &str, reading: &Reading<Point>) -> Result<()> {
        let name = reading.document.id.as_str();
        if name.contains(DAMAGED) {
            return self.damaged.add(gold_json, text, reading);
        }
        if self.harmed.contains(name.strip_suffix(".txt").unwrap_or(name)) {
            self.undamaged.add(gold_json, text, reading)?;
        }
        self.whole.add(gold_json, text, reading)
    }

    /// The figures of all that was added, by layer.
    pub fn tables(&self) -> Vec<Table> {
        let mut tables = self.whole.tables();
        if self.damaged.texts > 0 {
            let pairs = MAIN.iter().zip(self.damaged.main().into_iter().zip(self.undamaged.main()));
            let named = |(names, (damaged, whole)): (&Names, _)| {
                [Figure { name: names.damaged, ..damaged }, Figure { name: names.whole, ..whole }]
            };
            tables.push(Table { title: "Damaged texts", figures: pairs.flat_map(named).collect() });
        }
        tables
    }
}

/// Matches, gold and predictions.
#[derive(Default)]
struct Found {
    hit: usize,
    gold: usize,
    predicted: usize,
}

impl Found {
    fn figure(&self, name: &'static str) -> Figure {
        f1(name, self.hit, self.gold, self.predicted)
    }
}

#[derive(Default)]
struct Layers {
    texts: usize,
    attributions: reading::Counts,
    nested: Found,
    recipients: Found,
    calibration: calibration::Counts,
    mentions: mentions::Counts,
    lists: lists::Counts,
}

impl Layers {
    fn add(&mut self, gold_json: &str, text: &str, reading: &Reading<Point>) -> Result<()> {
        self.attributions.add(gold_json, text, reading)?;
        let gold: Gold = parse(gold_json, &format!("the gold for {}", reading.document.id))?;
        let words = Words::of(text);
        self.texts += 1;
        self.attributions_of(&gold, &words, reading);
        self.nested_of(&gold, &words, reading);
        self.mentions.add(&gold.cast, reading);
        self.lists.add(&gold, text, &words, reading);
        Ok(())
    }

    /// What is counted on the same pairs as the attributions: recipients and confidence.
    fn attributions_of(&mut self, gold: &Gold, words: &Words, reading: &Reading<Point>) {
        let pairs = pairs(gold.attributions.iter(), reading.attributions.iter(), words);
        for (g, p) in &pairs {
            let (wanted, found) = (words.touched(&g.recipient), words.touched(&p.recipient));
            self.recipients.gold += usize::from(!wanted.is_empty());
            self.recipients.predicted += usize::from(!found.is_empty());
            self.recipients.hit += usize::from(!wanted.is_empty() && half_or_zero(&wanted, &found) > 0.0);
        }
        let matched: HashSet<&str> = pairs.iter().map(|(_, p)| p.id.as_str()).collect();
        for p in reading.attributions.iter().filter(|p| counts(p, &matched)) {
            self.calibration.add(p.confidence, matched.contains(p.id.as_str()), p.inside.is_some());
        }
    }

    fn nested_of(&mut self, gold: &Gold, words: &Words, reading: &Reading<Point>) {
        let wanted = gold.attributions.iter().filter(|a| a.inside.is_some());
        let found = reading.attributions.iter().filter(|a| a.inside.is_some());
        let pairs = pairs(wanted.clone(), found.clone(), words);
        let matched = pairs.iter().map(|(_, p)| p.id.as_str()).collect();
        self.nested.hit += pairs.len();
        self.nested.gold += wanted.filter(|a| !a.optional).count() + pairs.iter().filter(|(g, _)| g.optional).count();
        self.nested.predicted += found.filter(|p| counts(p, &matched)).count();
    }

    fn tables(&self) -> Vec<Table> {
        let mut attributions = self.attributions.figures();
        attributions.push(self.nested.figure("nested attributions"));
        attributions.push(self.recipients.figure("recipients"));
        attributions.extend(self.calibration.figures());
        vec![
            Table { title: "Attributions", figures: attributions },
            Table { title: "Mentions", figures: self.mentions.spans() },
            Table { title: "Coreference", figures: self.mentions.coreference() },
            Table { title: "Lists of who speaks", figures: self.lists.figures() },
        ]
    }

    /// The main figures.
    fn main(&self) -> Vec<Figure> {
        let all: Vec<Figure> = self.tables().into_iter().flat_map(|table| table.figures).collect();
        MAIN.iter().filter_map(|names| all.iter().find(|f| f.name == names.figure)).cloned().collect()
    }
}

/// A figure, and what it is called in the table of damaged texts.
struct Names {
    figure: &'static str,
    damaged: &'static str,
    whole: &'static str,
}

/// The figures of the table of damaged texts.
const MAIN: [Names; 5] = [
    Names {
        figure: "attributions (nested too)",
        damaged: "attributions, damaged",
        whole: "attributions, the same whole",
    },
    Names { figure: "speaker (of all gold)", damaged: "speaker, damaged", whole: "speaker, the same whole" },
    Names { figure: "mentions", damaged: "mentions, damaged", whole: "mentions, the same whole" },
    Names { figure: "CoNLL", damaged: "CoNLL, damaged", whole: "CoNLL, the same whole" },
    Names { figure: "rows right", damaged: "rows right, damaged", whole: "rows right, the same whole" },
];

/// The gold and predictions that are one attribution, best first.
fn pairs<'g, 'p>(
    gold: impl Iterator<Item = &'g GoldAttribution>,
    predicted: impl Iterator<Item = &'p Attribution<Point>>,
    words: &Words,
) -> Vec<(&'g GoldAttribution, &'p Attribution<Point>)> {
    let wanted: Vec<_> = gold.map(|a| Placed::new(a, words, &a.content, &a.source)).collect();
    let found: Vec<_> = predicted.map(|a| Placed::new(a, words, &a.content, &a.source)).collect();
    best_first(&wanted, &found, fit).into_iter().map(|(g, p)| (wanted[g].of, found[p].of)).collect()
}

/// Whether a prediction counts as one: what an account tells in its own voice does so only where the gold has it.
fn counts(predicted: &Attribution<Point>, matched: &HashSet<&str>) -> bool {
    predicted.told.is_none() || matched.contains(predicted.id.as_str())
}
