//! Whether one document tells of a conversation, and what it tells of it.

use super::account::Prepared;
use super::data::Telling;
use super::{Options, parties, report};
use crate::Reading;
use crate::knowledge::Knowledge;

/// The conversation that a document tells of: a sentence of it names all who talked with each other.
pub(super) fn telling(reading: &Reading, knowledge: &Knowledge, known: &impl Fn(&str) -> bool) -> Option<Telling> {
    let mut accounts = vec![Prepared::new(reading, knowledge, known)];
    let cast = parties::cast(&mut accounts, knowledge, &Options::default());
    let account = accounts.first().filter(|_| !cast.parties.is_empty())?;
    let is_told = (0..account.text.sentences.len()).map(|s| account.sentence(s)).any(|tokens| {
        let names =
            |party: usize| tokens.clone().any(|t| account.person_at(t).and_then(|p| cast.party(p)) == Some(party));
        parties::is_talk(account, tokens.clone()) && (0..cast.parties.len()).all(names)
    });
    is_told.then(|| report::telling(&accounts, &cast))
}
