//! What a comparison is: plain data, the contract `saywho/compare/1`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::offset::{Point, Points, Span, Written};
use crate::reading::{Act, Medium, Polarity};

/// The name and version of the JSON contract.
pub const SCHEMA: &str = "saywho/compare/1";

/// What the accounts tell of one conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Comparison"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct Comparison<O = usize> {
    /// The name and version of this contract.
    #[cfg_attr(feature = "schema", schemars(extend("const" = SCHEMA)))]
    pub schema: String,
    /// The documents read, in the order given.
    pub documents: Vec<Account>,
    /// The conversation that they tell of.
    pub conversation: Telling,
    /// What they tell, in order of the documents and their texts.
    pub claims: Vec<Claim<O>>,
    /// Pairs of claims of different sides.
    pub links: Vec<Link>,
    /// What the claims are about, with the relation of the accounts.
    pub issues: Vec<IssueRow>,
    /// The same quotation in several places, once with all its carriers.
    pub quotations: Vec<Quotation<O>>,
    /// Why the comparison says less than it seems to, a sentence for people each, with what to do; none for a sound one.
    #[serde(default)]
    pub cautions: Vec<String>,
}

/// A document as an account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Account {
    /// The document's name.
    pub id: String,
    /// Where it came from.
    pub source: Option<String>,
    /// Whose account it is, where that is known.
    pub side: Option<String>,
    /// What kind of text it is.
    pub kind: AccountKind,
    /// Its language (BCP 47), where known; an account that is not in English is not read.
    #[serde(default)]
    pub language: Option<String>,
    /// Whether claims were found in it. An account without any is not silent: nothing could be read in it.
    #[serde(default)]
    pub claims: Readable,
    /// Which conversation it tells of.
    #[serde(default)]
    pub conversation: Told,
    /// The day (ISO 8601) on which it says that the conversation was, where it does.
    #[serde(default)]
    pub conversation_date: Option<String>,
    /// The headline, where known.
    pub title: Option<String>,
    /// Who published it, where known.
    pub publisher: Option<String>,
    /// Its date (ISO 8601), where known.
    pub published: Option<String>,
    /// What the text says of being a translation, in its own words.
    pub translation: Option<String>,
    /// The text, letter by letter.
    pub text: String,
}

impl Account {
    /// Whether the text is in English, or in a language that is not known.
    pub fn may_be_english(&self) -> bool {
        crate::reading::may_be_english(self.language.as_deref())
    }

    /// Whether nothing could be read in it, so that nobody knows what it tells of the conversation. An account of another
    /// conversation tells nothing of this one.
    pub fn is_unread(&self) -> bool {
        self.claims == Readable::None && self.conversation != Told::Another
    }
}

/// What kind of text an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum AccountKind {
    /// One side tells of the conversation.
    Readout,
    /// Turn by turn, with the names of those who speak.
    Transcript,
    /// One report in which the sides tell.
    Report,
}

impl AccountKind {
    /// The word of the contract.
    pub fn name(self) -> &'static str {
        match self {
            AccountKind::Readout => "readout",
            AccountKind::Transcript => "transcript",
            AccountKind::Report => "report",
        }
    }
}

/// Whether an account has claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Readable {
    /// It has.
    #[default]
    #[serde(rename = "found")]
    Found,
    /// Nothing could be read in it.
    #[serde(rename = "none readable")]
    None,
}

impl Readable {
    /// Of the document of this index.
    pub fn of<O>(document: usize, claims: &[Claim<O>]) -> Readable {
        if claims.iter().any(|c| c.document == document) { Readable::Found } else { Readable::None }
    }
}

/// Which conversation an account tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Told {
    /// The one that is compared.
    #[default]
    This,
    /// One of other people.
    Another,
    /// None.
    None,
}

/// The conversation, put together from all accounts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Telling {
    /// Who took part.
    pub participants: Vec<Participant>,
    /// How they spoke.
    pub medium: Medium,
    /// ISO date, where a text or a document's date tells it.
    pub date: Option<String>,
    /// How long it took, where an account tells.
    pub duration_minutes: Option<u32>,
    /// Who asked for it, as the first account that tells says.
    pub initiator: Option<Initiative>,
    /// All that is told of who asked for it, where the accounts do not agree.
    pub initiator_disputed: Vec<Initiative>,
    /// How it went, in the words of each account.
    pub tone: Vec<ToneWords>,
}

/// Someone who took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Participant {
    /// The fullest name.
    pub name: String,
    /// The side, where known.
    pub side: Option<String>,
}

/// Who asked for a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Initiative {
    /// The side that asked.
    pub side: String,
    /// Indexes of the documents that say so.
    pub according_to: Vec<usize>,
}

/// Words on how a conversation went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ToneWords {
    /// The account's own words: "frank and direct".
    pub words: String,
    /// Index of the document that says so.
    pub according_to: usize,
    /// How such words are conventionally read; a convention, not a finding.
    pub convention: Vec<Convention>,
}

/// The conventional reading of one tone word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Convention {
    /// The word: "frank".
    pub word: String,
    /// What diplomats conventionally mean by it: "open disagreement".
    pub reading: String,
    /// Where that is written.
    pub source: String,
}

/// The smallest passage of an account worth comparing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Claim"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct Claim<O = usize> {
    /// Unique within the comparison: "c1".
    pub id: String,
    /// Index of the document.
    pub document: usize,
    /// Offset of the first character.
    pub start: O,
    /// Offset behind the last character.
    pub end: O,
    /// The words that show the act, as the text has them ("called for", "did not agree"); mostly within the claim, for a
    /// quotation beside it.
    pub cue: Option<Span<O>>,
    /// Whose account tells it.
    pub side: Option<String>,
    /// Who, in the account, said or did it: a name, "both" ("all" of more than two), or nobody.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub speaker: Option<Someone>,
    /// To whom, where the account tells.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub addressee: Option<Someone>,
    /// What the speaker does.
    pub act: Act,
    /// Whether it is negated.
    pub polarity: Polarity,
    /// The label of its issue.
    pub issue: String,
    /// Id of the attribution of its document that it is; absent where the account could only be read beside the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
}

impl<O: Ord + Copy> Claim<O> {
    /// Where it stands.
    pub fn span(&self) -> Span<O> {
        Span { start: self.start, end: self.end }
    }

    /// Whether the words that show the act stand in the claim.
    pub fn holds_cue(&self) -> bool {
        self.cue.is_some_and(|cue| cue.overlaps(self.span()))
    }
}

/// Whom a claim names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum Someone {
    /// One of this name: of those who talked, or somebody else, a state, a body.
    Named(String),
    /// The two who talked.
    Both,
    /// All who talked, more than two.
    All,
}

impl Someone {
    /// The word of the contract: the name, "both" or "all".
    pub fn name(&self) -> &str {
        match self {
            Someone::Named(name) => name,
            Someone::Both => "both",
            Someone::All => "all",
        }
    }
}

impl From<String> for Someone {
    fn from(name: String) -> Someone {
        match name.as_str() {
            "both" => Someone::Both,
            "all" => Someone::All,
            _ => Someone::Named(name),
        }
    }
}

impl From<Someone> for String {
    fn from(someone: Someone) -> String {
        match someone {
            Someone::Named(name) => name,
            group => group.name().to_owned(),
        }
    }
}

/// How two claims stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The same act by the same party with the same substance.
    Same,
    /// The same subject, but another substance, emphasis or party; each may be true.
    Differ,
    /// Both cannot be true.
    Contradict,
}

impl Relation {
    /// The word of the contract.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Same => "same",
            Relation::Differ => "differ",
            Relation::Contradict => "contradict",
        }
    }
}

/// How the accounts given stand to each other on an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("pattern" = "^(same|differ|contradict|not compared)$|^only ")))]
#[serde(into = "String", try_from = "String")]
pub enum IssueRelation {
    /// More than one side tells it.
    Between(Relation),
    /// This side alone tells it: "only Norrland".
    Only(String),
    /// One side alone tells it, and an account of another could not be read.
    NotCompared,
}

impl fmt::Display for IssueRelation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IssueRelation::Between(relation) => f.write_str(relation.name()),
            IssueRelation::Only(side) => write!(f, "only {side}"),
            IssueRelation::NotCompared => f.write_str("not compared"),
        }
    }
}

impl From<IssueRelation> for String {
    fn from(relation: IssueRelation) -> String {
        relation.to_string()
    }
}

impl TryFrom<String> for IssueRelation {
    type Error = String;

    fn try_from(words: String) -> Result<IssueRelation, String> {
        Ok(match words.as_str() {
            "same" => IssueRelation::Between(Relation::Same),
            "differ" => IssueRelation::Between(Relation::Differ),
            "contradict" => IssueRelation::Between(Relation::Contradict),
            "not compared" => IssueRelation::NotCompared,
            other => match other.strip_prefix("only ") {
                Some(side) => IssueRelation::Only(side.to_owned()),
                None => {
                    return Err(format!(
                        "“{other}” is no relation of accounts: it is same, differ, contradict, only SIDE or not compared"
                    ));
                }
            },
        })
    }
}

/// Two claims of different sides that belong together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Link {
    /// Id of the earlier claim.
    pub a: String,
    /// Id of the later claim.
    pub b: String,
    /// How they stand to each other.
    pub relation: Relation,
    /// How sure it is that the two belong together, 0 to 1.
    pub confidence: f32,
}

/// What a group of claims is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IssueRow {
    /// A short noun phrase in the texts' own words.
    pub issue: String,
    /// "same", "differ", "contradict" or "only SIDE": in the documents given, and with `nearest` not surely; "not compared" where only one side tells it and
    /// an account of another could not be read.
    pub relation: IssueRelation,
    /// How sure the relation is: that of its surest link; nothing for what one side tells.
    pub confidence: Option<f32>,
    /// Where one side tells it and another may: the id of that one's claim which comes nearest. Absent where none comes near.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<String>,
    /// Ids of the claims.
    pub claims: Vec<String>,
}

/// One quotation and all who carry it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Quotation"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct Quotation<O = usize> {
    /// The words, without their marks.
    pub words: String,
    /// Every place that holds them, in order of the documents.
    pub carriers: Vec<Carrier<O>>,
}

/// One place that holds a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Carrier"))]
#[serde(bound(serialize = "O: Written", deserialize = "O: Written"))]
pub struct Carrier<O = usize> {
    /// Index of the document.
    pub document: usize,
    /// Offset of the first character, the mark included.
    pub start: O,
    /// Offset behind the last character.
    pub end: O,
}

impl<O> Comparison<O> {
    /// The claim of this id.
    pub fn claim(&self, id: &str) -> Option<&Claim<O>> {
        self.claims.iter().find(|c| c.id == id)
    }
}

impl Comparison {
    /// The words of a claim.
    pub fn words(&self, claim: &Claim) -> &str {
        self.documents[claim.document].text.get(claim.start..claim.end).unwrap_or_default()
    }

    /// The words of a claim behind those that show its act; all of them where little stands there.
    pub fn telling_words(&self, claim: &Claim) -> &str {
        let behind = claim
            .cue
            .filter(|_| claim.holds_cue())
            .and_then(|c| self.documents[claim.document].text.get(c.end..claim.end))
            .map(str::trim);
        behind.filter(|words| words.split_whitespace().count() >= 3).unwrap_or_else(|| self.words(claim))
    }

    /// The same comparison in code points, as the JSON contract wants it.
    pub fn to_code_points(&self) -> Comparison<Point> {
        let Comparison { schema, documents, conversation, claims, links, issues, quotations, cautions } = self.clone();
        let points: Vec<Points> = documents.iter().map(|d| Points::of(&d.text)).collect();
        let claims = claims.into_iter().map(|claim| claim.into_code_points(&points)).collect();
        let carrier = |Carrier { document, start, end }| {
            let Span { start, end } = points[document].span(Span { start, end });
            Carrier { document, start, end }
        };
        let quotations = quotations.into_iter().map(|Quotation { words, carriers }| Quotation {
            words,
            carriers: carriers.into_iter().map(carrier).collect(),
        });
        let quotations = quotations.collect();
        Comparison { schema, documents, conversation, claims, links, issues, quotations, cautions }
    }
}

impl Claim {
    fn into_code_points(self, documents: &[Points]) -> Claim<Point> {
        let points = &documents[self.document];
        let Span { start, end } = points.span(self.span());
        Claim {
            start,
            end,
            cue: self.cue.map(|cue| points.span(cue)),
            id: self.id,
            document: self.document,
            side: self.side,
            speaker: self.speaker,
            addressee: self.addressee,
            act: self.act,
            polarity: self.polarity,
            issue: self.issue,
            attribution: self.attribution,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_of_issues_are_words_in_json() {
        let side = |side: &str| IssueRelation::Only(side.into());
        let between = IssueRelation::Between;
        for (words, relation) in [
            ("same", between(Relation::Same)),
            ("differ", between(Relation::Differ)),
            ("contradict", between(Relation::Contradict)),
            ("not compared", IssueRelation::NotCompared),
            ("only Norrland", side("Norrland")),
            ("only document 2", side("document 2")),
        ] {
            assert_eq!(serde_json::to_value(&relation).expect("a value"), words);
            assert_eq!(serde_json::from_value::<IssueRelation>(words.into()).expect("a relation"), relation);
        }
        let error = serde_json::from_value::<IssueRelation>("agree".into()).expect_err("no relation");
        assert!(error.to_string().contains("“agree” is no relation"), "{error}");
    }

    #[test]
    fn whom_a_claim_names_is_a_name_or_a_word_for_those_who_talked() {
        for (words, someone) in
            [("both", Someone::Both), ("all", Someone::All), ("Ilse Maren", Someone::Named("Ilse Maren".into()))]
        {
            assert_eq!((serde_json::to_value(&someone).expect("a value"), someone.name()), (words.into(), words));
            assert_eq!(serde_json::from_value::<Someone>(words.into()).expect("someone"), someone);
        }
    }

    #[test]
    fn kinds_of_accounts_are_words_in_json() {
        for kind in [AccountKind::Readout, AccountKind::Transcript, AccountKind::Report] {
            assert_eq!(serde_json::to_value(kind).expect("a value"), kind.name());
        }
    }
}
