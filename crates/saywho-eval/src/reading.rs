//! One article against its full hand-made reading.
//!
//! A predicted attribution matches a gold one if the words of their contents and those of their sources have IoU of
//! at least one half (two empty sources agree). Matching is one to one; the pair with the greatest sum of the two
//! IoUs goes first.
//!
//! | figure | what it is |
//! |---|---|
//! | attributions (nested too) | F1 of the matching. Gold marked `optional` counts only where it is matched |
//! | speaker | the right name for the source; for a source without a speaker in the gold, a telling word of its own |
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

use std::collections::BTreeMap;

use saywho::reading::{Act, Attribution, AttributionType, Medium, Polarity};
use saywho::{Reading, Span};
use serde::Deserialize;

use crate::figure::{f1, one, share};
use crate::gold::{Placed, fit, parse, spans};
use crate::matching::best_first;
use crate::names::{entity_name, same_name};
use crate::words::{WordSet, Words, common};
use crate::{Error, Figure, Result};

#[derive(Deserialize)]
struct Gold {
    #[serde(deserialize_with = "spans")]
    boilerplate: Vec<Span>,
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
    source: Vec<Span>,
    #[serde(deserialize_with = "spans")]
    content: Vec<Span>,
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

#[derive(Deserialize)]
struct GoldConversation {
    participants: Vec<String>,
    medium: Option<Medium>,
    initiator: Option<String>,
}

/// Compares the reading of `text` with its gold. The spans of `reading` count code points.
///
/// # Errors
/// If `gold_json` is not gold of this kind, or if the reading is of another text.
pub fn score(gold_json: &str, text: &str, reading: &Reading) -> Result<Vec<Figure>> {
    let gold: Gold = parse(gold_json, &format!("the gold for {}", reading.document.id))?;
    if reading.document.text != text {
        return Err(Error::OtherText(reading.document.id.clone()));
    }
    let words = Words::of(text);
    let mut figures = attributions(&gold, &words, reading);
    figures.extend(litter(&words, &gold.boilerplate, &reading.document.boilerplate));
    if let Some(of) = &gold.conversation {
        figures.extend(conversation(of, reading));
    }
    Ok(figures)
}

fn attributions(gold: &Gold, words: &Words, reading: &Reading) -> Vec<Figure> {
    let wanted: Vec<_> = gold.attributions.iter().map(|a| Placed::new(a, words, &a.content, &a.source)).collect();
    let found: Vec<_> = reading.attributions.iter().map(|a| Placed::new(a, words, &a.content, &a.source)).collect();
    let pairs: Vec<(&GoldAttribution, &Attribution)> =
        best_first(&wanted, &found, fit).into_iter().map(|(g, p)| (wanted[g].of, found[p].of)).collect();

    let required = gold.attributions.iter().filter(|a| !a.optional).count();
    let optional_hits = pairs.iter().filter(|(g, _)| g.optional).count();
    let mut figures =
        vec![f1("attributions (nested too)", pairs.len(), required + optional_hits, reading.attributions.len())];

    let check = Check { gold, reading, gold_of: pairs.iter().map(|(g, p)| (p.id.as_str(), g.id.as_str())).collect() };
    let right = |test: fn(&Check, &GoldAttribution, &Attribution) -> bool| {
        pairs.iter().filter(|(g, p)| !g.optional && test(&check, g, p)).count()
    };
    let addressed = gold.attributions.iter().filter(|a| !a.optional && some(&a.addressee).is_some()).count();
    figures.extend([
        share("speaker (of all gold)", right(|c, g, p| c.speaker(g, p)), required),
        share("addressee (of all gold)", right(|c, g, p| c.addressee(g, p)), addressed),
        share("chain (of all gold)", right(|c, g, p| c.chain(g, p)), required),
        share("inside (of all gold)", right(|c, g, p| c.inside(g, p)), required),
        share("act (of all gold)", right(|_, g, p| g.act == p.act), required),
        share("polarity (of all gold)", right(|_, g, p| g.polarity == p.polarity), required),
        share("type (of all gold)", right(|_, g, p| g.kind == p.kind), required),
    ]);
    figures
}

/// What the tests of a matched pair need to know beside the pair.
struct Check<'a> {
    gold: &'a Gold,
    reading: &'a Reading,
    /// Ids of matched predictions to ids of their gold.
    gold_of: BTreeMap<&'a str, &'a str>,
}

impl Check<'_> {
    /// Whether the entity is the one that the gold names, by any of the names that the gold gives it.
    fn same(&self, gold: &str, id: Option<&str>) -> bool {
        let aliases = self.gold.entities.get(gold).map_or(&[][..], |entity| &entity.mentions);
        same_name(Some(gold), entity_name(self.reading, id).as_deref(), aliases)
    }

    fn speaker(&self, gold: &GoldAttribution, found: &Attribution) -> bool {
        let own_words = || format!("unnamed: {}", gold.source_text.join(" "));
        let wanted = some(&gold.speaker).map_or_else(own_words, str::to_owned);
        self.same(&wanted, found.speaker.as_deref())
    }

    fn addressee(&self, gold: &GoldAttribution, found: &Attribution) -> bool {
        some(&gold.addressee).is_some_and(|wanted| self.same(wanted, found.addressee.as_deref()))
    }

    fn chain(&self, gold: &GoldAttribution, found: &Attribution) -> bool {
        gold.chain.len() == found.chain.len()
            && gold.chain.iter().zip(&found.chain).all(|(wanted, id)| self.same(wanted, Some(id)))
    }

    fn inside(&self, gold: &GoldAttribution, found: &Attribution) -> bool {
        // A prediction inside an unmatched one counts as outermost: the outer one is already a miss of its own.
        let outer = found.inside.as_deref().and_then(|id| self.gold_of.get(id).copied());
        outer == gold.inside.as_deref()
    }
}

/// An empty name is no name.
fn some(name: &Option<String>) -> Option<&str> {
    name.as_deref().filter(|name| !name.is_empty())
}

fn litter(words: &Words, gold: &[Span], found: &[Span]) -> [Figure; 2] {
    let (gold, found) = (words.touched(gold), words.touched(found));
    let body: WordSet = (0..words.len()).filter(|word| !gold.contains(word)).collect();
    [
        share("boilerplate marked", common(&gold, &found), gold.len()),
        share("body kept", body.len() - common(&body, &found), body.len()),
    ]
}

fn conversation(gold: &GoldConversation, reading: &Reading) -> [Figure; 3] {
    let found = reading.conversations.first();
    let none: &[&str] = &[];
    let ids = found.map_or(&[][..], |c| &c.participants);
    let named = gold
        .participants
        .iter()
        .filter(|wanted| ids.iter().any(|id| same_name(Some(wanted), entity_name(reading, Some(id)).as_deref(), none)));
    let medium = found.map(|c| c.medium);
    let initiator = found.and_then(|c| c.initiator.as_ref()).map(|i| i.side.as_str());
    [
        share("participants", named.count(), gold.participants.len().max(ids.len())),
        one("medium", medium == gold.medium),
        one("initiator", initiator == gold.initiator.as_deref()),
    ]
}
