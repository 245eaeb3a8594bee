//! What one document becomes: plain data, the only thing that reports, stores and other languages see.
//!
//! Inside the engine a `Reading` counts bytes of the UTF-8 text. [`Reading::to_code_points`] converts it once, at the edge, to the
//! `Reading<Point>` of the JSON contract (`saywho/1`), which alone can be written, and [`Reading::into_bytes`] back.

mod names;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::convert::Infallible;

use serde::{Deserialize, Serialize};

pub use crate::offset::Span;
use crate::offset::{Outside, Point, Points, Written};

/// The name and version of the JSON contract.
pub const SCHEMA: &str = "saywho/1";

/// One text as it came, with its origin; the text never changes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Document"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct Document<O = usize> {
    /// A name for the document, unique within a run: a file's stem, "stdin".
    pub id: String,
    /// Where it came from: a path or an address.
    pub source: Option<String>,
    /// The file it lies in, where it is one of several there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The headline, where the format tells it.
    pub title: Option<String>,
    /// Who wrote it, where the format tells it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Who published it, where the format tells it.
    pub publisher: Option<String>,
    /// Date of publication (ISO 8601), where the format tells it.
    pub published: Option<String>,
    /// The language (BCP 47), where it is known.
    pub language: Option<String>,
    /// The decoded text, letter by letter.
    pub text: String,
    /// Page litter (comment forms, share lines): marked, not cut out.
    pub boilerplate: Vec<Span<O>>,
    /// Damage found and what it should read: notes beside the text.
    pub repairs: Vec<Repair<O>>,
    /// Days that the text names, resolved against the day it was published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<Dated<O>>,
    /// For an extracted text: where its words stand on the page they were taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub page: Vec<OnPage<O>>,
    /// For an extracted text: what its format sets apart from the running text, in order. Told to the reader, and no part of
    /// the JSON contract.
    #[serde(skip)]
    pub units: Vec<Unit<O>>,
}

/// A stretch of a text that its format sets apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Unit"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct Unit<O = usize> {
    /// From its first to its last character.
    pub span: Span<O>,
    /// What the format calls it.
    pub kind: UnitKind,
}

/// What sets a stretch of a text apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum UnitKind {
    /// A headline, a subheading.
    Heading,
    /// The words below a picture.
    Caption,
    /// An item of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// A paragraph of running text in bold.
    Bold,
    /// A paragraph of a block quotation.
    Quotation,
}

/// Whether a language tag (BCP 47) may be that of an English text: it says so, or nothing.
pub fn may_be_english(tag: Option<&str>) -> bool {
    let tag = tag.unwrap_or_default().to_ascii_lowercase();
    ["", "en", "eng", "english", "und", "mul"].contains(&tag.split(['-', '_']).next().unwrap_or_default())
}

impl<O> Document<O> {
    /// Whether the text is in English, or in a language that is not known.
    pub fn may_be_english(&self) -> bool {
        may_be_english(self.language.as_deref())
    }
}

impl Document {
    /// A document of this text alone.
    pub fn from_text(id: impl Into<String>, text: impl Into<String>) -> Document {
        Document { id: id.into(), text: text.into(), ..Document::default() }
    }
}

/// Where in a file of many documents one lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Origin {
    /// The path of the file.
    pub file: String,
    /// The byte from which a later run can go on with this document (`--from-offset`); in a compressed file a byte
    /// of the compressed one. Only for formats that can be read from the middle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
}

/// Words that name a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Dated"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct Dated<O = usize> {
    /// Offset of the first character.
    pub start: O,
    /// Offset behind the last character.
    pub end: O,
    /// The day (ISO 8601).
    pub date: String,
}

/// A stretch of an extracted text that stands on the page letter by letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "OnPage"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct OnPage<O = usize> {
    /// Offset of its first character in the text.
    pub start: O,
    /// Offset behind its last character in the text.
    pub end: O,
    /// Where it begins on the page: always in code points of the decoded page.
    pub page: Point,
}

/// A damaged place and what it should read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Repair"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct Repair<O = usize> {
    /// Offset of the first damaged character.
    pub start: O,
    /// Offset behind the last damaged character.
    pub end: O,
    /// What the place should read.
    pub to: String,
}

/// What kind of thing an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A named person, or one known by title only.
    Person,
    /// A ministry, a company, a news outlet.
    Organisation,
    /// A state, also when its capital or seat of government stands for it.
    State,
    /// Several people named together, or a people.
    Group,
    /// A text that speaks: a poll, a report, a court filing; the article itself.
    Document,
    /// A source that the text does not name.
    Unnamed,
}

/// Who or what is meant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Entity"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct Entity<O = usize> {
    /// Unique within the reading: "e1".
    pub id: String,
    /// The fullest name; for an unnamed source its own words.
    pub name: String,
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// Titles and offices that the text gives it.
    pub roles: Vec<String>,
    /// The state or body it speaks for.
    pub side: Option<String>,
    /// Where the text names it, in order.
    pub mentions: Vec<Span<O>>,
    /// Of a group: ids of those who speak as one, where they are known one by one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
    /// Of somebody unnamed: what the text tells of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unnamed: Option<Unnamed>,
    /// Its identifiers in the tables of the world: `iso` (ISO 3166 alpha-2) or `code` (a user's own) of a state, `wikidata` of
    /// an office holder.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ids: BTreeMap<String, String>,
}

/// What a text tells of somebody whom it does not name: "two officials in the ministry, who spoke on condition of anonymity".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unnamed {
    /// The noun: "officials".
    pub kind: String,
    /// How many, where a number or an article tells: 2.
    pub count: Option<u32>,
    /// The body they are of: "the ministry".
    pub body: Option<String>,
    /// Why they are not named, in the text's words: "who spoke on condition of anonymity".
    pub condition: Option<String>,
}

/// Whether all, part or none of a content stands within quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum AttributionType {
    /// All of it (a stray word apart).
    Direct,
    /// Part of it.
    Mixed,
    /// None of it.
    Indirect,
}

/// What the source does by speaking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the field's own verbs")]
pub enum Act {
    Say,
    Inform,
    Stress,
    Ask,
    Demand,
    Offer,
    Promise,
    Warn,
    Deny,
    Agree,
    Believe,
    Want,
    Discuss,
}

/// Whether the act, or what is ascribed, is negated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// "She said that ..."
    Affirmed,
    /// "She did not say ...", "She denied ..."
    Negated,
}

/// One act of saying, asking, believing, wanting or ordering that a text ascribes to a source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Attribution"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct Attribution<O = usize> {
    /// Unique within the reading: "a1".
    pub id: String,
    /// The words that name the source; empty where the text names none.
    pub source: Vec<Span<O>>,
    /// The words that signal the act.
    pub cue: Vec<Span<O>>,
    /// What is ascribed.
    pub content: Vec<Span<O>>,
    /// How much of the content is quoted.
    #[serde(rename = "type")]
    pub kind: AttributionType,
    /// Id of the entity that the source resolves to.
    pub speaker: Option<String>,
    /// Id of the entity it was said to.
    pub addressee: Option<String>,
    /// The words that name the one it was said to; empty where the exchange around tells it, or nothing does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipient: Vec<Span<O>>,
    /// Whether the addressee is told by the exchange around the attribution, not by its own sentence.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub addressee_inferred: bool,
    /// Id of the entity before whom it was said: "told the minister before the council".
    #[serde(default)]
    pub audience: Option<String>,
    /// Id of the conversation in which it was said.
    #[serde(default)]
    pub conversation: Option<String>,
    /// Id of the attribution whose content holds this one.
    pub inside: Option<String>,
    /// Ids of the speakers from the outermost to this attribution's own.
    pub chain: Vec<String>,
    /// The channel in the text's own words: "press release".
    pub via: Option<String>,
    /// What the source does by speaking.
    pub act: Act,
    /// Whether the act or what is ascribed is negated.
    pub polarity: Polarity,
    /// Who tells it, where that is not a source but the account itself: a readout in its own voice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<ToldBy>,
    /// Id of the issue it is about.
    pub issue: Option<String>,
    /// Calibrated probability that this is an attribution with these parts, 0 to 1.
    pub confidence: f32,
}

/// Whose telling an attribution is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ToldBy {
    /// The document as one side's account of a conversation, in its own voice: "The ministers discussed ..."
    Account,
}

/// How the parties of a conversation spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Medium {
    /// A telephone call.
    #[serde(rename = "telephone")]
    Telephone,
    /// A video call.
    #[serde(rename = "video")]
    Video,
    /// A meeting in one place.
    #[serde(rename = "in person")]
    InPerson,
    /// The text does not say.
    #[serde(rename = "unknown")]
    Unknown,
}

/// Who asked for a conversation, and who says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Initiator {
    /// The side that asked.
    pub side: String,
    /// Ids of the entities that say so.
    pub according_to: Vec<String>,
}

/// Words that describe how a conversation went, and who chose them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tone {
    /// The text's own words: "frank".
    pub words: String,
    /// Id of the entity that says so.
    pub according_to: String,
}

/// A call or meeting that the document tells of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Conversation {
    /// Unique within the reading: "c1".
    pub id: String,
    /// Ids of the entities that took part.
    pub participants: Vec<String>,
    /// How they spoke.
    pub medium: Medium,
    /// Who asked for it.
    pub initiator: Option<Initiator>,
    /// ISO date, where stated.
    pub date: Option<String>,
    /// How it went, in the words of those who tell.
    pub tone: Vec<Tone>,
}

/// What a group of attributions is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Issue {
    /// Unique within the reading: "i1".
    pub id: String,
    /// A short noun phrase in the text's own words.
    pub label: String,
    /// Ids of the attributions about it.
    pub attributions: Vec<String>,
}

/// The reading of one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Reading"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct Reading<O = usize> {
    /// The name and version of this contract.
    #[cfg_attr(feature = "schema", schemars(extend("const" = SCHEMA)))]
    pub schema: String,
    /// The text and what stands beside it.
    pub document: Document<O>,
    /// Everyone and everything that speaks or is spoken to.
    pub entities: Vec<Entity<O>>,
    /// In order of the text, outer before inner.
    pub attributions: Vec<Attribution<O>>,
    /// Calls and meetings, the main one first.
    pub conversations: Vec<Conversation>,
    /// What the attributions are about.
    pub issues: Vec<Issue>,
}

impl<O: Clone> Reading<O> {
    /// The entity of this id.
    pub fn entity(&self, id: &str) -> Option<&Entity<O>> {
        self.entities.iter().find(|e| e.id == id)
    }

    /// The attribution of this id.
    pub fn attribution(&self, id: &str) -> Option<&Attribution<O>> {
        self.attributions.iter().find(|a| a.id == id)
    }

    /// Takes attributions out. What was inside one is then inside the one around it, and no longer said through its speaker; all
    /// others keep their ids.
    pub fn remove(&mut self, is_gone: impl Fn(&Attribution<O>) -> bool) {
        let all = &self.attributions;
        let place: HashMap<&str, usize> = all.iter().enumerate().map(|(i, a)| (a.id.as_str(), i)).collect();
        let around = |i: usize| all[i].inside.as_deref().and_then(|id| place.get(id).copied());
        let gone: Vec<bool> = all.iter().map(is_gone).collect();
        let mut left = Vec::with_capacity(all.len());
        for i in (0..all.len()).filter(|&i| !gone[i]) {
            let mut kept = all[i].clone();
            // A reading may come from elsewhere, and close a circle.
            let outer = std::iter::successors(around(i), |&outer| around(outer)).take(all.len());
            let (mut through, mut inside) = (Vec::new(), None);
            for outer in outer {
                match gone[outer] {
                    true => through.push(&all[outer]),
                    false => {
                        inside = inside.or(Some(all[outer].id.clone()));
                    }
                }
            }
            if !through.is_empty() {
                kept.inside = inside;
            }
            // From the innermost, so that the places of the others stay.
            for outer in through {
                let (link, own) = (outer.chain.len(), all[i].chain.len());
                if outer.speaker.is_some() && outer.chain.last() == outer.speaker.as_ref() && link < own {
                    kept.chain.remove(link - 1);
                }
            }
            left.push(kept);
        }
        self.attributions = left;
        let left: HashSet<&str> = self.attributions.iter().map(|a| a.id.as_str()).collect();
        for issue in &mut self.issues {
            issue.attributions.retain(|id| left.contains(id.as_str()));
        }
    }

    /// Takes out what is less sure than this (0 to 1).
    pub fn remove_below(&mut self, confidence: f32) {
        if confidence > 0.0 {
            self.remove(|a| a.confidence < confidence);
        }
    }
}

impl<O> Reading<O> {
    /// The reading with every span of its text put somewhere else.
    pub fn map_spans<P>(self, mut map: impl FnMut(Span<O>) -> Span<P>) -> Reading<P> {
        let Ok(reading) = self.try_map_spans(|span| Ok::<_, Infallible>(map(span)));
        reading
    }

    /// [`Reading::map_spans`] where not every span has a place.
    ///
    /// # Errors
    /// The first that `map` gives.
    pub fn try_map_spans<P, E>(self, mut map: impl FnMut(Span<O>) -> Result<Span<P>, E>) -> Result<Reading<P>, E> {
        Ok(Reading {
            schema: self.schema,
            document: self.document.map_spans(&mut map)?,
            entities: self.entities.into_iter().map(|e| e.map_spans(&mut map)).collect::<Result<_, E>>()?,
            attributions: self.attributions.into_iter().map(|a| a.map_spans(&mut map)).collect::<Result<_, E>>()?,
            conversations: self.conversations,
            issues: self.issues,
        })
    }
}

impl<O> Document<O> {
    fn map_spans<P, E>(self, map: &mut impl FnMut(Span<O>) -> Result<Span<P>, E>) -> Result<Document<P>, E> {
        let boilerplate = self.boilerplate.into_iter().map(&mut *map).collect::<Result<_, E>>()?;
        let repairs = self.repairs.into_iter().map(|Repair { start, end, to }| {
            map(Span { start, end }).map(|Span { start, end }| Repair { start, end, to })
        });
        let repairs = repairs.collect::<Result<_, E>>()?;
        let dates = self.dates.into_iter().map(|Dated { start, end, date }| {
            map(Span { start, end }).map(|Span { start, end }| Dated { start, end, date })
        });
        let dates = dates.collect::<Result<_, E>>()?;
        let page = self.page.into_iter().map(|OnPage { start, end, page }| {
            map(Span { start, end }).map(|Span { start, end }| OnPage { start, end, page })
        });
        let page = page.collect::<Result<_, E>>()?;
        let units = self.units.into_iter().map(|Unit { span, kind }| map(span).map(|span| Unit { span, kind }));
        let units = units.collect::<Result<_, E>>()?;
        Ok(Document {
            id: self.id,
            source: self.source,
            origin: self.origin,
            title: self.title,
            authors: self.authors,
            publisher: self.publisher,
            published: self.published,
            language: self.language,
            text: self.text,
            boilerplate,
            repairs,
            dates,
            page,
            units,
        })
    }
}

impl<O> Entity<O> {
    fn map_spans<P, E>(self, map: &mut impl FnMut(Span<O>) -> Result<Span<P>, E>) -> Result<Entity<P>, E> {
        Ok(Entity {
            mentions: self.mentions.into_iter().map(map).collect::<Result<_, E>>()?,
            id: self.id,
            name: self.name,
            kind: self.kind,
            roles: self.roles,
            side: self.side,
            members: self.members,
            unnamed: self.unnamed,
            ids: self.ids,
        })
    }
}

impl<O> Attribution<O> {
    fn map_spans<P, E>(self, map: &mut impl FnMut(Span<O>) -> Result<Span<P>, E>) -> Result<Attribution<P>, E> {
        let mut all = |spans: Vec<Span<O>>| spans.into_iter().map(&mut *map).collect::<Result<Vec<_>, E>>();
        Ok(Attribution {
            source: all(self.source)?,
            cue: all(self.cue)?,
            content: all(self.content)?,
            recipient: all(self.recipient)?,
            id: self.id,
            kind: self.kind,
            speaker: self.speaker,
            addressee: self.addressee,
            addressee_inferred: self.addressee_inferred,
            audience: self.audience,
            conversation: self.conversation,
            inside: self.inside,
            chain: self.chain,
            via: self.via,
            act: self.act,
            polarity: self.polarity,
            told: self.told,
            issue: self.issue,
            confidence: self.confidence,
        })
    }
}

impl Reading {
    /// The same reading in code points, as the JSON contract wants it.
    pub fn to_code_points(&self) -> Reading<Point> {
        self.clone().into_code_points()
    }

    /// [`Reading::to_code_points`] without a copy, for those who do not need the bytes any more.
    pub fn into_code_points(self) -> Reading<Point> {
        let points = Points::of(&self.document.text);
        self.map_spans(|span| points.span(span))
    }
}

impl Reading<Point> {
    /// The same reading in bytes of its text.
    ///
    /// # Errors
    /// When a span does not lie in the text.
    pub fn into_bytes(self) -> Result<Reading, Outside> {
        let points = Points::of(&self.document.text);
        self.try_map_spans(|span| points.bytes(span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(id: &str, speaker: &str, inside: Option<&str>, chain: &[&str], confidence: f32) -> Attribution {
        Attribution {
            id: id.into(),
            source: Vec::new(),
            cue: Vec::new(),
            content: Vec::new(),
            kind: AttributionType::Indirect,
            speaker: Some(speaker.into()),
            addressee: None,
            recipient: Vec::new(),
            addressee_inferred: false,
            audience: None,
            conversation: None,
            told: None,
            inside: inside.map(str::to_owned),
            chain: chain.iter().map(|&id| id.to_owned()).collect(),
            via: None,
            act: Act::Say,
            polarity: Polarity::Affirmed,
            issue: None,
            confidence,
        }
    }

    #[test]
    fn what_was_inside_one_that_is_taken_out_is_inside_the_one_around_it() {
        // A wire (e9) credits the whole; Maren (e1) says that a spokesman (e2) said that Vasca (e3) agreed.
        let mut reading = Reading {
            schema: SCHEMA.into(),
            document: Document::from_text("note", "text"),
            entities: Vec::new(),
            attributions: vec![
                said("a1", "e1", None, &["e9", "e1"], 0.9),
                said("a2", "e2", Some("a1"), &["e9", "e1", "e2"], 0.3),
                said("a3", "e3", Some("a2"), &["e9", "e1", "e2", "e3"], 0.8),
            ],
            conversations: Vec::new(),
            issues: vec![Issue { id: "i1".into(), label: "ban".into(), attributions: vec!["a2".into(), "a3".into()] }],
        };
        reading.remove_below(0.5);
        let left: Vec<_> = reading.attributions.iter().map(|a| (a.id.as_str(), a.inside.as_deref())).collect();
        assert_eq!(left, [("a1", None), ("a3", Some("a1"))]);
        assert_eq!(reading.attributions[1].chain, ["e9", "e1", "e3"]);
        assert_eq!(reading.issues[0].attributions, ["a3"]);
        reading.remove(|a| a.id == "a1");
        assert_eq!(
            (reading.attributions[0].inside.as_deref(), &reading.attributions[0].chain[..]),
            (None, &["e9".to_owned(), "e3".to_owned()][..])
        );
    }
}
