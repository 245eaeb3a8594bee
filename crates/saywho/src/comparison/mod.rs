//! The comparison stage: what several accounts tell of one conversation, claim by claim and issue by issue.
//!
//! Each document is an account; with a single document the accounts are those of the sides in its chains. Claims are the
//! passages worth comparing, issues group them by what they are about, links join claims of different sides. Relations tell
//! how the accounts stand to each other, never who is right, and "only X" means "in the documents given".

mod account;
mod caution;
mod claim;
mod clause;
mod cue;
mod data;
mod issue;
mod label;
mod likeness;
mod link;
mod list;
mod parties;
mod passage;
mod person;
mod report;
mod single;
mod slots;
mod speech;
mod terms;
mod told;
mod topics;
mod turn;
mod voice;

pub use data::{
    Account, Carrier, Claim, Comparison, Convention, Initiative, IssueRow, Link, NOT_COMPARED, Participant, Quotation,
    Readable, Relation, SCHEMA, Telling, Told, ToneWords,
};
pub use likeness::{Likeness, likeness};
pub use topics::{Topics, TopicsError};

use crate::Analysis;
use crate::knowledge::Knowledge;
use account::Prepared;

/// What a user can tell of the accounts.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// For each document its side, where it is given.
    pub sides: Vec<Option<String>>,
    /// Topics that go before the issues found.
    pub topics: Topics,
}

/// Compares accounts; offsets in the answer count bytes.
pub(crate) fn compare(analyses: &[Analysis], knowledge: &Knowledge, options: &Options) -> Comparison {
    if let [analysis] = analyses {
        return single::compare(analysis, options);
    }
    let mut accounts: Vec<Prepared> = analyses.iter().map(Prepared::new).collect();
    let cast = parties::cast(&mut accounts, knowledge, options);
    let mut claims = claim::claims(&accounts, &cast);
    let features = issue::Features::of(&claims, &accounts, &cast.words());
    let pairs = link::pairs(&claims, &features);
    let links = link::links(&claims, &features, &pairs);
    issue::name(&mut claims, &accounts, &features, &pairs, &options.topics);
    report::comparison(&accounts, &cast, claims, links)
}

/// The conversation that one document tells of in its own voice, if it names two or more who talked with each other, and the
/// entities of its book that they are.
pub(crate) fn telling(analysis: &Analysis, knowledge: &Knowledge) -> Option<(Vec<usize>, Telling)> {
    told::telling(analysis, knowledge)
}
