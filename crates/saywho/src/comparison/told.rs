//! The conversation that one document tells of in its own voice, and what it tells of it.

use super::account::Prepared;
use super::data::Telling;
use super::{Options, parties, report};
use crate::Analysis;
use crate::knowledge::Knowledge;

/// The conversation that a document tells of, and the entities of its book who talked: a sentence names all of them.
pub(super) fn telling(analysis: &Analysis, knowledge: &Knowledge) -> Option<(Vec<usize>, Telling)> {
    let mut accounts = vec![Prepared::new(analysis)];
    let cast = parties::cast(&mut accounts, knowledge, &Options::default());
    let account = accounts.first().filter(|_| !cast.parties.is_empty())?;
    let is_told = (0..account.text.sentences.len()).map(|s| account.sentence(s)).any(|tokens| {
        let names =
            |party: usize| tokens.clone().any(|t| account.person_at(t).and_then(|p| cast.party(p)) == Some(party));
        parties::is_talk(account, tokens.clone()) && (0..cast.parties.len()).all(names)
    });
    let entity = |party: &usize| account.person_of.iter().position(|person| *person == Some(*party));
    let parties: Option<Vec<usize>> = cast.parties.iter().map(entity).collect();
    parties.filter(|_| is_told).map(|parties| (parties, report::telling(&accounts, &cast)))
}
