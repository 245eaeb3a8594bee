//! What a check is: plain data, the contract `saywho/check/1`.

use serde::{Deserialize, Serialize};

use crate::offset::{Point, Points, Span, Written};

/// The name and version of the JSON contract.
pub const SCHEMA: &str = "saywho/check/1";

/// What came of the passages of some articles, sought in some sources.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Check"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct Check<O = usize> {
    /// The name and version of this contract.
    #[cfg_attr(feature = "schema", schemars(extend("const" = SCHEMA)))]
    pub schema: String,
    /// The articles, then the sources, each in the order given.
    pub documents: Vec<Checked>,
    /// In order of the articles and their texts.
    pub passages: Vec<Passage<O>>,
}

/// A document of a check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Checked {
    /// The document's name.
    pub id: String,
    /// Where it came from.
    pub source: Option<String>,
    /// Whether its passages are sought, or others' in it.
    pub role: Role,
    /// The text, letter by letter.
    pub text: String,
}

/// What a document is in a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Its passages are sought.
    Article,
    /// They are sought in it.
    Source,
}

/// A quoted or reported stretch of an article, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Passage"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct Passage<O = usize> {
    /// Unique within the check: "p1".
    pub id: String,
    /// Index of the article.
    pub document: usize,
    /// Id of the attribution in the article's reading; none for quotation marks that no attribution took.
    pub attribution: Option<String>,
    /// Joins the halves of a split quotation: "g1".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Offset of the first character, behind the opening mark.
    pub start: O,
    /// Offset behind the last character, before the closing mark.
    pub end: O,
    /// Whether the words are quoted, or reported only.
    pub quoted: bool,
    /// Whom the article credits.
    pub speaker: Option<String>,
    /// What came of it.
    pub verdict: Verdict,
    /// Whether a change of the words changes what is said.
    pub meaning: bool,
    /// What is other than in the source, in order of the article.
    pub changes: Vec<Change<O>>,
    /// Where it stands, the best place first; the parts of a spliced passage in order of the article.
    pub matches: Vec<Match<O>>,
    /// How sure the verdict is, 0 to 1.
    pub confidence: f32,
}

/// What came of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// These are the words, and the right person said them.
    Exact,
    /// The words were changed.
    Altered,
    /// Words from places apart were joined without a mark.
    Spliced,
    /// Another said them.
    Misattributed,
    /// They are not in the sources given.
    #[serde(rename = "not found")]
    NotFound,
    /// The sources say what is reported.
    Supported,
    /// The sources say otherwise.
    Contradicted,
}

impl Verdict {
    /// As in JSON: "not found".
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Exact => "exact",
            Verdict::Altered => "altered",
            Verdict::Spliced => "spliced",
            Verdict::Misattributed => "misattributed",
            Verdict::NotFound => "not found",
            Verdict::Supported => "supported",
            Verdict::Contradicted => "contradicted",
        }
    }

    /// Whether nothing is wrong with the passage.
    pub fn is_sound(self) -> bool {
        matches!(self, Verdict::Exact | Verdict::Supported)
    }
}

/// What became of some words on the way from the source to the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Words are left out, with a mark.
    Ellipsis,
    /// Words are put in.
    Insertion,
    /// Words are left out without a mark.
    Omission,
    /// Other words.
    Substitution,
    /// Another tense or person of the same words.
    #[serde(rename = "tense or person")]
    TenseOrPerson,
    /// Another wording of what an interpreter said.
    Translation,
    /// A negation is lost, put in or turned.
    Negation,
    /// Another number or date.
    Number,
    /// Another name.
    Name,
    /// Another verb of what may, must or will be.
    Modality,
    /// Another word for how much, how many or how sure.
    Qualifier,
}

impl Kind {
    /// As in JSON: "tense or person".
    pub fn name(self) -> &'static str {
        match self {
            Kind::Ellipsis => "ellipsis",
            Kind::Insertion => "insertion",
            Kind::Omission => "omission",
            Kind::Substitution => "substitution",
            Kind::TenseOrPerson => "tense or person",
            Kind::Translation => "translation",
            Kind::Negation => "negation",
            Kind::Number => "number",
            Kind::Name => "name",
            Kind::Modality => "modality",
            Kind::Qualifier => "qualifier",
        }
    }

    /// Whether such a change changes what is said.
    pub fn changes_meaning(self) -> bool {
        matches!(self, Kind::Negation | Kind::Number | Kind::Name | Kind::Modality | Kind::Qualifier)
    }
}

/// A change, with its place in article and source; either may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Change"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct Change<O = usize> {
    /// What it is.
    pub kind: Kind,
    /// Offset in the article.
    pub start: O,
    /// Offset behind the last character in the article.
    pub end: O,
    /// Index of the source's document.
    pub document: usize,
    /// Offset in the source.
    pub source_start: O,
    /// Offset behind the last character in the source.
    pub source_end: O,
}

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Match"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct Match<O = usize> {
    /// Index of the source.
    pub document: usize,
    /// Offset of the first character.
    pub start: O,
    /// Offset behind the last character.
    pub end: O,
    /// Who has the floor there.
    pub speaker: Option<String>,
}

impl Check {
    /// Whether every passage is exact or supported.
    pub fn is_sound(&self) -> bool {
        self.passages.iter().all(|p| p.verdict.is_sound())
    }

    /// The same check in code points, as the JSON contract wants it.
    pub fn to_code_points(&self) -> Check<Point> {
        let Check { schema, documents, passages } = self.clone();
        let points: Vec<Points> = documents.iter().map(|d| Points::of(&d.text)).collect();
        let passages = passages.into_iter().map(|passage| passage.into_code_points(&points)).collect();
        Check { schema, documents, passages }
    }
}

impl Passage {
    fn into_code_points(self, documents: &[Points]) -> Passage<Point> {
        let article = &documents[self.document];
        let Span { start, end } = article.span(Span { start: self.start, end: self.end });
        Passage {
            start,
            end,
            changes: self.changes.into_iter().map(|change| change.into_code_points(article, documents)).collect(),
            matches: self.matches.into_iter().map(|found| found.into_code_points(documents)).collect(),
            id: self.id,
            document: self.document,
            attribution: self.attribution,
            group: self.group,
            quoted: self.quoted,
            speaker: self.speaker,
            verdict: self.verdict,
            meaning: self.meaning,
            confidence: self.confidence,
        }
    }
}

impl Change {
    fn into_code_points(self, article: &Points, documents: &[Points]) -> Change<Point> {
        let Change { kind, document, .. } = self;
        let own = article.span(Span { start: self.start, end: self.end });
        let source = documents[document].span(Span { start: self.source_start, end: self.source_end });
        Change { kind, start: own.start, end: own.end, document, source_start: source.start, source_end: source.end }
    }
}

impl Match {
    fn into_code_points(self, documents: &[Points]) -> Match<Point> {
        let Match { document, start, end, speaker } = self;
        let Span { start, end } = documents[document].span(Span { start, end });
        Match { document, start, end, speaker }
    }
}
