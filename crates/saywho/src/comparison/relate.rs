//! How claims stand to each other: which are linked, which are of one issue, and what comes nearest.

use super::data::Link;
use super::draft::Draft;
use super::features::Features;
use super::topics::Topics;
use super::{issue, link};
use crate::conversation::prepared::Prepared;
use crate::meaning::Meaning;

/// What is found of claims beside their issues.
pub(super) struct Related {
    /// Those of different sides that belong together.
    pub links: Vec<Link>,
    /// For each claim the index of the one of another side that may be its counterpart.
    pub nearest: Vec<Option<usize>>,
}

/// Links claims, which stand in the order of accounts and texts, and gives each its issue. `party_words` are the words of the names
/// of those who talked and of their sides.
pub(super) fn relate(
    claims: &mut [Draft],
    accounts: &[Prepared],
    party_words: Vec<String>,
    meaning: &Meaning,
    topics: &Topics,
) -> Related {
    let features = Features::of(claims, accounts, party_words, meaning);
    let pairs = link::pairs(claims, &features);
    let groups = issue::groups(claims, &features, &pairs, topics);
    let (links, nearest) = (link::links(claims, &features, &pairs), link::nearest(claims, &features));
    issue::name(claims, &groups, accounts, &features);
    Related { links, nearest }
}
