//! How much each person speaks and is spoken to over all accounts: where no sentence says who talked, those talked who speak.

use super::cue::is_talk_noun;
use super::id::PersonId;
use super::person::Person;
use super::prepared::Prepared;
use super::who::{floor, is_talk};
use crate::table::Table;
use crate::words;

/// The most attributions to a person as source, and to whom something is said, that count in one account: a long account is not
/// worth more than a short one.
const MOST: (usize, usize) = (3, 1);

/// What weighs as much as whom a document speaks for, and as a sentence that tells of a talk with the person.
const FIRST: usize = 4;
const TALK: usize = 2;

/// The least weight of one who talked.
pub(super) const LEAST: usize = 4;

/// The persons over all accounts.
pub(super) type Persons = Table<PersonId, Person>;

/// What each of them weighs; `None` for what is no person who could have talked.
pub(super) type Weights = Table<PersonId, Option<usize>>;

/// How much each person speaks over all accounts.
pub(super) fn weights(accounts: &[Prepared], persons: &Persons) -> Weights {
    let sides: Vec<String> = persons.iter().filter_map(|p| p.side.as_ref()).map(|side| side.to_lowercase()).collect();
    let of_state = |name: &str| accounts.iter().any(|account| account.states.name_of(name).is_some());
    let nobody = |person: &Person| {
        // "Norrland asked": it is its state or body.
        let side = sides.contains(&person.name.to_lowercase()) || of_state(&person.name);
        is_nobody(person) || side && person.roles.is_empty()
    };
    let parts: Vec<Table<PersonId, usize>> = accounts.iter().map(|account| parts(account, persons)).collect();
    let weight = |p: PersonId| parts.iter().map(|part| part[p]).sum();
    persons.entries().map(|(p, person)| (!nobody(person)).then(|| weight(p))).collect()
}

/// Whether a title or a pronoun tells that it is a person.
fn is_surely_one(person: &Person) -> bool {
    person.gender.is_some() || has_office(person)
}

/// Whether somebody has a title. "Trade Commissioner of the" is what a name that was cut leaves of a body's.
pub(super) fn has_office(person: &Person) -> bool {
    person.roles.iter().any(|role| !role.ends_with(" the") && !role.ends_with(" of"))
}

/// Whether it is a heading ("MORNING BRIEFING", "Call With Minister"), a body, or somebody who speaks for others.
fn is_nobody(person: &Person) -> bool {
    let name = &person.name;
    let talk = name.split(' ').any(|word| is_talk_noun(&word.to_lowercase()));
    let heading = name.contains(' ') && !name.contains(char::is_lowercase);
    // "Brel Growers" are many, and "Brel Council" is a body.
    let body = name.ends_with('s') || name.split(' ').any(words::is_body);
    let for_others = person.offices.iter().any(|office| matches!(*office, "spokesperson" | "reporter"));
    let outlet = name.contains(' ') && name.split(' ').next_back().is_some_and(words::is_outlet);
    talk || heading || for_others || outlet || body && !is_surely_one(person)
}

/// What one account tells of each person.
fn parts(account: &Prepared, persons: &Persons) -> Table<PersonId, usize> {
    let (mut asks, mut first, mut talks) = (persons.with(false), persons.with(false), persons.with(false));
    let (mut source, mut spoke, mut heard) = (persons.with(0), persons.with(0), persons.with(0));
    account.turns.iter().filter(|turn| turn.asks).filter_map(|turn| turn.person).for_each(|p| asks[p] = true);
    let firsts = account.turns.iter().filter(|turn| !turn.asks).filter_map(|turn| turn.person);
    firsts.chain(account.writes).for_each(|p| first[p] = true);
    for (voice, attribution) in account.voices.iter().zip(&account.reading.attributions) {
        let mut tokens = attribution.source.iter().flat_map(|span| account.text.tokens_in(*span));
        let named = tokens.find_map(|t| account.person_at(t));
        named.into_iter().for_each(|p| source[p] += 1);
        voice.speaker.and_then(|e| account.person_of[e]).into_iter().for_each(|p| spoke[p] += 1);
        voice.addressee.and_then(|e| account.person_of[e]).into_iter().for_each(|p| heard[p] += 1);
    }
    for tokens in account.sentences().filter(|tokens| is_talk(account, *tokens)) {
        tokens.iter().filter_map(|t| account.person_at(t)).for_each(|p| talks[p] = true);
        floor(account, tokens.start).into_iter().for_each(|p| talks[p] = true);
    }
    let part = |(p, person): (PersonId, &Person)| {
        if asks[p] {
            return 0;
        }
        let first = if first[p] { FIRST } else { 0 };
        let talk = if talks[p] { TALK } else { 0 };
        // A name alone may be that of a place or a thing, and then pronouns are not for it.
        let sure = is_surely_one(person);
        let spoke = if sure { spoke[p].min(MOST.1 + 1) } else { usize::from(spoke[p] > 0 && source[p] > 0) };
        first + talk + spoke + source[p].min(MOST.0) + heard[p].min(MOST.1)
    };
    persons.entries().map(part).collect()
}
