//! One article against its full hand-made reading.
//!
//! A predicted attribution matches a gold one if the words of their contents and those of their sources have IoU of
//! at least one half (two empty sources agree). Matching is one to one; the pair with the greatest sum of the two
//! IoUs goes first.
//!
//! | figure | what it is |
//! |---|---|
//! | attributions (nested too) | F1 of the matching. Gold marked `optional` counts only where it is matched |
//! | speaker | the right name for the source; for a source without a speaker in the gold, a telling word of its own; nobody, or somebody unnamed, where the text has no words for the source |
//! | addressee | the right name, of the gold that has an addressee |
//! | chain | as many speakers as in the gold and each the right one |
//! | inside | matched to the gold attribution that it should be inside of, or inside none as the gold is |
//! | act, polarity, type | equal |
//! | boilerplate marked | share of the words of the page litter that are marked as such |
//! | body kept | share of the other words that are not |
//! | participants | gold participants that are named, of the gold's or the prediction's number, whichever is more |
//! | medium, initiator | whether the first conversation has the gold's ("True of 1") |
//!
//! The lines from speaker to type are shares of all gold that is not optional, so a missed attribution misses them all.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use saywho::reading::{Act, Attribution, AttributionType, EntityKind, Medium, Polarity};
use saywho::{Point, PointSpan, Reading};
use serde::Deserialize;

use crate::figure::{f1, one, share};
use crate::gold::{Placed, fit, parse, spans};
use crate::matching::best_first;
use crate::names::{entity_name, same_name};
use crate::words::{WordSet, Words, common};
use crate::{Error, Figure, Result, stems};

#[derive(Deserialize)]
struct Gold {
    #[serde(deserialize_with = "spans")]
    boilerplate: Vec<PointSpan>,
    entities: BTreeMap<String, GoldEntity>,
    attributions: Vec<GoldAttribution>,
    conversation: Option<GoldConversation>,
}

#[derive(Deserialize)]
struct GoldEntity {
    #[serde(default)]
    mentions: Vec<String>,
}

#[derive(Deserialize)]
struct GoldAttribution {
    id: String,
    #[serde(deserialize_with = "spans")]
    source: Vec<PointSpan>,
    #[serde(deserialize_with = "spans")]
    content: Vec<PointSpan>,
    #[serde(default)]
    source_text: Vec<String>,
    speaker: Option<String>,
    addressee: Option<String>,
    inside: Option<String>,
    chain: Vec<String>,
    #[serde(rename = "type")]
    kind: AttributionType,
    act: Act,
    polarity: Polarity,
    #[serde(default)]
    optional: bool,
}

impl GoldAttribution {
    /// Whether the text has no words for the source.
    fn names_nobody(&self) -> bool {
        some(&self.speaker).is_none() && self.source_text.is_empty()
    }
}

#[derive(Deserialize)]
struct GoldConversation {
    participants: Vec<String>,
    medium: Option<Medium>,
    initiator: Option<String>,
}

/// The gold files of a folder (`*.gold.json`), in order.
///
/// # Errors
/// If the folder cannot be read or holds none.
pub fn golds(folder: &Path) -> Result<Vec<PathBuf>> {
    let of_gold = stems(folder, "json")?.into_iter().filter(|stem| stem.ends_with(".gold"));
    let paths: Vec<PathBuf> = of_gold.map(|stem| folder.join(stem + ".json")).collect();
    match paths.is_empty() {
        true => Err(Error::Gold { place: folder.display().to_string(), reason: "it holds no *.gold.json".into() }),
        false => Ok(paths),
    }
}

/// Compares the reading of `text` with its gold.
///
/// # Errors
/// If `gold_json` is not gold of this kind, or if the reading is of another text.
pub fn score(gold_json: &str, text: &str, reading: &Reading<Point>) -> Result<Vec<Figure>> {
    let mut counts = Counts::default();
    counts.add(gold_json, text, reading)?;
    Ok(counts.figures())
}

/// What was counted in some readings, so that the figures of several articles are those of all their attributions.
#[derive(Default)]
pub struct Counts {
    hit: usize,
    wanted: usize,
    predicted: usize,
    required: usize,
    addressed: usize,
    /// Speaker, addressee, chain, inside, act, polarity, type.
    right: [usize; 7],
    /// Of the page litter and of the other words: those rightly marked, and all.
    marked: (usize, usize),
    kept: (usize, usize),
    participants: (usize, usize),
    conversations: usize,
    medium: usize,
    initiator: usize,
}

impl Counts {
    /// Adds the reading of `text`, compared with its gold.
    ///
    /// # Errors
    /// If `gold_json` is not gold of this kind, or if the reading is of another text.
    pub fn add(&mut self, gold_json: &str, text: &str, reading: &Reading<Point>) -> Result<()> {
        let gold: Gold = parse(gold_json, &format!("the gold for {}", reading.document.id))?;
        if reading.document.text != text {
            return Err(Error::OtherText(reading.document.id.clone()));
        }
        let words = Words::of(text);
        self.attributions(&gold, &words, reading);
        self.litter(&words, &gold.boilerplate, &reading.document.boilerplate);
        if let Some(of) = &gold.conversation {
            self.conversation(of, reading);
        }
        Ok(())
    }

    /// The figures of all that was added.
    pub fn figures(&self) -> Vec<Figure> {
        let names = [
            "speaker (of all gold)",
            "addressee (of all gold)",
            "chain (of all gold)",
            "inside (of all gold)",
            "act (of all gold)",
            "polarity (of all gold)",
            "type (of all gold)",
        ];
        let mut figures = vec![f1("attributions (nested too)", self.hit, self.wanted, self.predicted)];
        figures.extend(names.into_iter().zip(self.right).map(|(name, right)| {
            share(name, right, if name.starts_with("addressee") { self.addressed } else { self.required })
        }));
        figures.push(share("boilerplate marked", self.marked.0, self.marked.1));
        figures.push(share("body kept", self.kept.0, self.kept.1));
        if self.conversations > 0 {
            let of_all = |name, right: usize| match self.conversations {
                1 => one(name, right == 1),
                several => share(name, right, several),
            };
            figures.push(share("participants", self.participants.0, self.participants.1));
            figures.push(of_all("medium", self.medium));
            figures.push(of_all("initiator", self.initiator));
        }
        figures
    }

    fn attributions(&mut self, gold: &Gold, words: &Words, reading: &Reading<Point>) {
        let wanted: Vec<_> = gold.attributions.iter().map(|a| Placed::new(a, words, &a.content, &a.source)).collect();
        let found: Vec<_> = reading.attributions.iter().map(|a| Placed::new(a, words, &a.content, &a.source)).collect();
        let pairs: Vec<(&GoldAttribution, &Attribution<Point>)> =
            best_first(&wanted, &found, fit).into_iter().map(|(g, p)| (wanted[g].of, found[p].of)).collect();

        let required = gold.attributions.iter().filter(|a| !a.optional);
        self.hit += pairs.len();
        // What an account tells in its own voice counts only where the gold has it.
        let matched: HashSet<&str> = pairs.iter().map(|(_, p)| p.id.as_str()).collect();
        let counts = |a: &&Attribution<Point>| a.told.is_none() || matched.contains(a.id.as_str());
        self.predicted += reading.attributions.iter().filter(counts).count();
        self.required += required.clone().count();
        self.wanted += required.clone().count() + pairs.iter().filter(|(g, _)| g.optional).count();
        self.addressed += required.filter(|a| some(&a.addressee).is_some()).count();

        let gold_of = pairs.iter().map(|(g, p)| (p.id.as_str(), g.id.as_str())).collect();
        let check = Check { gold, reading, gold_of };
        for (g, p) in pairs.iter().filter(|(g, _)| !g.optional) {
            let right = [
                check.speaker(g, p),
                check.addressee(g, p),
                check.chain(g, p),
                check.inside(g, p),
                g.act == p.act,
                g.polarity == p.polarity,
                g.kind == p.kind,
            ];
            self.right.iter_mut().zip(right).for_each(|(count, right)| *count += usize::from(right));
        }
    }

    fn litter(&mut self, words: &Words, gold: &[PointSpan], found: &[PointSpan]) {
        let (gold, found) = (words.touched(gold), words.touched(found));
        let body: WordSet = (0..words.len()).filter(|word| !gold.contains(word)).collect();
        self.marked.0 += common(&gold, &found);
        self.marked.1 += gold.len();
        self.kept.0 += body.len() - common(&body, &found);
        self.kept.1 += body.len();
    }

    fn conversation(&mut self, gold: &GoldConversation, reading: &Reading<Point>) {
        let found = reading.conversations.first();
        let none: &[&str] = &[];
        let ids = found.map_or(&[][..], |c| &c.participants);
        let named = gold.participants.iter().filter(|wanted| {
            ids.iter().any(|id| same_name(Some(wanted), entity_name(reading, Some(id)).as_deref(), none))
        });
        self.participants.0 += named.count();
        self.participants.1 += gold.participants.len().max(ids.len());
        let initiator = found.and_then(|c| c.initiator.as_ref()).map(|i| i.side.as_str());
        self.conversations += 1;
        self.medium += usize::from(found.map(|c| c.medium) == gold.medium);
        self.initiator += usize::from(initiator == gold.initiator.as_deref());
    }
}

/// What the tests of a matched pair need to know beside the pair.
struct Check<'a> {
    gold: &'a Gold,
    reading: &'a Reading<Point>,
    /// Ids of matched predictions to ids of their gold.
    gold_of: BTreeMap<&'a str, &'a str>,
}

impl Check<'_> {
    /// Whether the entity is the one that the gold names, by any of the names that the gold gives it.
    fn same(&self, gold: &str, id: Option<&str>) -> bool {
        let aliases = self.gold.entities.get(gold).map_or(&[][..], |entity| &entity.mentions);
        same_name(Some(gold), entity_name(self.reading, id).as_deref(), aliases)
    }

    fn speaker(&self, gold: &GoldAttribution, found: &Attribution<Point>) -> bool {
        if gold.names_nobody() {
            return found.speaker.as_deref().is_none_or(|id| self.is_unnamed(id));
        }
        let own_words = || format!("unnamed: {}", gold.source_text.join(" "));
        let wanted = some(&gold.speaker).map_or_else(own_words, str::to_owned);
        self.same(&wanted, found.speaker.as_deref())
    }

    fn addressee(&self, gold: &GoldAttribution, found: &Attribution<Point>) -> bool {
        some(&gold.addressee).is_some_and(|wanted| self.same(wanted, found.addressee.as_deref()))
    }

    fn chain(&self, gold: &GoldAttribution, found: &Attribution<Point>) -> bool {
        let same = |wanted: &[String], found: &[String]| {
            wanted.len() == found.len() && wanted.iter().zip(found).all(|(wanted, id)| self.same(wanted, Some(id)))
        };
        // Where the text names nobody, the chain may end before nobody.
        match gold.chain.split_last().filter(|_| gold.names_nobody()) {
            Some((_, before)) => {
                same(before, &found.chain) || found.chain.split_last().is_some_and(|(_, chain)| same(before, chain))
            }
            None => same(&gold.chain, &found.chain),
        }
    }

    fn is_unnamed(&self, id: &str) -> bool {
        self.reading.entity(id).is_some_and(|entity| entity.kind == EntityKind::Unnamed)
    }

    fn inside(&self, gold: &GoldAttribution, found: &Attribution<Point>) -> bool {
        // A prediction inside an unmatched one counts as outermost: the outer one is already a miss of its own.
        let outer = found.inside.as_deref().and_then(|id| self.gold_of.get(id).copied());
        outer == gold.inside.as_deref()
    }
}

/// An empty name is no name.
fn some(name: &Option<String>) -> Option<&str> {
    name.as_deref().filter(|name| !name.is_empty())
}
