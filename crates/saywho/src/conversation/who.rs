//! Who is meant: those who talked, and what the words of a sentence refer to.

use super::cue::{Kind, hit};
use super::id::{PartyId, PersonId};
use super::person::{Person, is_plural_title, name_words};
use super::prepared::Prepared;
use crate::entity::EntityId;
use crate::entity::gender;
use crate::entity::name::{Name, NameKind};
use crate::reading::{Conversation, EntityKind};
use crate::table::{Place, Places, Table};
use crate::text::{QuoteState, TokenId};
use crate::words;
use saywho_contract::comparison::Someone;

/// The persons of all accounts and those who talked.
pub(crate) struct Cast {
    /// All persons.
    pub persons: Table<PersonId, Person>,
    /// Those who talked: two or more, or none where nobody was found.
    pub parties: Table<PartyId, PersonId>,
}

/// Someone as a claim names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Who {
    /// One of those who talked.
    Party(PartyId),
    /// All of them.
    Both,
    /// Someone else, a state or a body.
    Other(String),
}

impl Cast {
    /// The name that the contract gives.
    pub fn name(&self, who: &Who) -> Someone {
        match who {
            Who::Party(i) => Someone::Named(self.persons[self.parties[*i]].name.clone()),
            Who::Other(name) => Someone::Named(name.clone()),
            Who::Both if self.parties.len() > 2 => Someone::All,
            Who::Both => Someone::Both,
        }
    }

    /// The words of the names of those who talked and of their sides, in lower case.
    pub fn words(&self) -> Vec<String> {
        let parties = self.parties.iter().map(|&p| &self.persons[p]);
        parties.flat_map(|p| name_words(&p.name).into_iter().chain(p.side.as_ref().map(|s| s.to_lowercase()))).collect()
    }

    /// The party that a person is.
    pub fn party(&self, person: PersonId) -> Option<PartyId> {
        self.parties.entries().find(|(_, p)| **p == person).map(|(party, _)| party)
    }

    /// The side of a party.
    pub fn side(&self, party: PartyId) -> Option<&str> {
        self.persons[*self.parties.get(party)?].side.as_deref()
    }

    /// What speaks as "we" for a party: the body that it speaks for, or the party itself where that is a state.
    pub fn body(&self, party: PartyId) -> Who {
        let person = &self.persons[self.parties[party]];
        let body = person.side.clone().filter(|_| person.of_body);
        body.map_or(Who::Party(party), Who::Other)
    }

    /// The body that a party speaks for and of whose name these words are a part: "the Guild", "the Association".
    pub fn body_named(&self, name: &str) -> Option<String> {
        let words = name_words(name);
        let holds = |side: &&String| {
            let whole = name_words(side);
            !words.is_empty() && words.iter().all(|word| whole.contains(word))
        };
        let sides =
            self.parties.iter().map(|&p| &self.persons[p]).filter(|p| p.of_body).filter_map(|p| p.side.as_ref());
        let mut sides: Vec<&String> = sides.filter(holds).collect();
        sides.dedup();
        let [only] = sides[..] else { return None };
        Some(only.clone())
    }

    /// The one other party of a conversation of two.
    pub fn other(&self, party: PartyId) -> Option<PartyId> {
        (self.parties.len() == 2).then(|| self.parties.places().find(|p| *p != party))?
    }

    /// The party that speaks for a side.
    pub fn of_side(&self, side: &str) -> Option<PartyId> {
        self.parties.places().find(|&p| self.side(p) == Some(side))
    }
}

/// The conversation of those who talked, as the reading of an account has it.
pub(crate) fn as_read<'a>(account: &Prepared<'a>, cast: &Cast) -> Option<&'a Conversation> {
    let participants = account.participants()?;
    let same = participants.len() == cast.parties.len() && cast.parties.iter().all(|p| participants.contains(p));
    account.told.filter(|_| same)
}

/// The party that an entity of an account is.
pub(crate) fn party(account: &Prepared, cast: &Cast, draft: EntityId) -> Option<PartyId> {
    account.person_of[draft].and_then(|person| cast.party(person))
}

/// Who is meant by an entity of an account.
pub(crate) fn who(account: &Prepared, cast: &Cast, draft: EntityId) -> Who {
    let entity = &account.drafts[draft];
    match (party(account, cast, draft), entity.kind) {
        (Some(party), _) => Who::Party(party),
        (None, EntityKind::Group) => Who::Both,
        _ => Who::Other(entity.name.clone()),
    }
}

/// Whether a sentence tells of a conversation.
pub(crate) fn is_talk(account: &Prepared, tokens: Places<TokenId>) -> bool {
    let end = tokens.end;
    tokens.into_iter().any(|t| {
        matches!(account.words[t].as_str(), "conversation" | "call" | "talks" | "videoconference")
            || hit(&account.words, t, end).is_some_and(|h| h.kind == Kind::Talk)
    })
}

/// The person who has the floor at a token: in whose turn of a transcript it stands, or who writes in the first person.
pub(crate) fn floor(account: &Prepared, token: TokenId) -> Option<PersonId> {
    if account.turns.is_empty() {
        return account.writes.filter(|_| account.text.quote_states[token] == QuoteState::Outside);
    }
    let turn = account.turns.get(account.turns.partition_point(|turn| turn.tokens.end <= token))?;
    turn.person.filter(|_| turn.tokens.contains(&token) && !turn.asks)
}

/// What a region of a sentence refers to, in order: each with its token and whether a preposition or a possessive governs it.
pub(crate) fn referents(
    account: &Prepared,
    cast: &Cast,
    region: Places<TokenId>,
    last: Option<PartyId>,
) -> Vec<(TokenId, Who, bool)> {
    let mut found: Vec<(TokenId, Who, bool)> = Vec::new();
    let own = account.own;
    let mut t = region.start;
    while t < region.end {
        let mut next = t.next();
        let word = account.words[t].as_str();
        let name = account.name_around(t);
        let who = if let Some(name) = name.filter(|n| !is_plural_title(&account.words[n.tokens.start])) {
            next = name.whole.end.max(t.next());
            named(account, cast, name, own)
        } else {
            match word {
                "he" | "she" => third_person(account, cast, t, last).map(Who::Party),
                // From where one side tells, "they" are the other.
                "they" if first_person(account, cast, t).and_then(|p| cast.other(p)).is_some() => {
                    first_person(account, cast, t).and_then(|p| cast.other(p)).map(|p| cast.body(p))
                }
                "we" => first_person(account, cast, t).map(|p| cast.body(p)),
                _ if words::is_partner(word) && t > region.start && is_possessive(&account.words[t.back(1)]) => {
                    let whose = match account.words[t.back(1)].as_str() {
                        "his" | "her" => third_person(account, cast, t.back(1), last),
                        _ => first_person(account, cast, t),
                    };
                    let from = whose.or(last).or(own);
                    from.and_then(|p| cast.other(p)).map(Who::Party)
                }
                "they" | "both" | "leaders" | "presidents" | "ministers" | "sides" | "parties" | "interlocutors"
                | "counterparts" | "secretaries" | "diplomats" | "officials" | "politicians" | "heads" => {
                    Some(Who::Both)
                }
                // "Neither side", "Neither minister": of both it is told that they did not.
                "neither" => {
                    let named = account.name_around(t.next()).is_some_and(|n| n.kind == NameKind::Person);
                    next = if named { t.next() } else { t.plus(2).min(region.end) };
                    Some(Who::Both)
                }
                "two" if t.next() == region.end || !account.text.word(t.next()).starts_with(char::is_alphabetic) => {
                    Some(Who::Both)
                }
                "two" if matches!(account.words[t.next()].as_str(), "also" | "then" | "again" | "both" | "agreed") => {
                    Some(Who::Both)
                }
                "i" => {
                    let floor = floor(account, t).and_then(|p| cast.party(p));
                    floor.or_else(|| first_person(account, cast, t)).map(Who::Party)
                }
                // A letter speaks to the other; in an interview it is the one who asks.
                "you" if account.turns.is_empty() => {
                    floor(account, t).and_then(|p| cast.party(p)).and_then(|p| cast.other(p)).map(Who::Party)
                }
                // "the airport", "the breeders": the body of whose name this is a word.
                _ if t > region.start && account.words[t.back(1)] == "the" && cast.body_named(word).is_some() => {
                    cast.body_named(word).map(Who::Other)
                }
                _ if words::is_title(word) && !words::is_courtesy(word) => titled(account, cast, t, own),
                _ => None,
            }
        };
        if let Some(who) = who {
            let pronoun = matches!(word, "he" | "she" | "they" | "i" | "you" | "we");
            let first = name.map_or(t, |n| n.whole.start.min(t));
            // "the presidents of Norrland and Sudovia": what "and" joins to a governed name is governed too.
            let before = region.start.until(first).iter().rev().find(|&u| account.words[u] != "the");
            let joined = before.is_some_and(|u| account.words[u] == "and")
                && found.last().is_some_and(|f: &(TokenId, Who, bool)| f.2);
            let governed = !pronoun && (joined || is_governed(account, region.start, first, next));
            found.push((t, who, governed));
        }
        t = next;
    }
    found
}

/// The party that tells in the first person at a token of a text that is no transcript: who writes it, or whose account it is.
pub(crate) fn first_person(account: &Prepared, cast: &Cast, t: TokenId) -> Option<PartyId> {
    let outside = account.turns.is_empty() && account.text.quote_states[t] == QuoteState::Outside;
    let writer = || floor(account, t).and_then(|p| cast.party(p));
    outside.then(writer).flatten().or_else(|| account.own.filter(|_| outside && account.is_first_person))
}

/// "he" or "she": in somebody's own mouth the other, else the only party whom the pronoun fits, or the last one told of.
pub(super) fn third_person(account: &Prepared, cast: &Cast, t: TokenId, last: Option<PartyId>) -> Option<PartyId> {
    let floor = floor(account, t).and_then(|p| cast.party(p));
    let other = floor.and_then(|p| cast.other(p));
    let gender = gender::of_pronoun(&account.words[t]);
    // Nobody calls himself "he".
    let fits = |p: &PartyId| {
        let of = cast.persons[cast.parties[*p]].gender;
        floor != Some(*p) && (of.is_none() || gender.is_none() || of == gender)
    };
    let mut fitting = cast.parties.places().filter(fits);
    let only = fitting.next().filter(|_| fitting.next().is_none());
    other.or(only).or(last.filter(|last| floor != Some(*last)))
}

fn is_possessive(word: &str) -> bool {
    matches!(word, "his" | "her" | "their" | "my" | "our" | "its" | "s")
}

/// Whom a name with its title means.
fn named(account: &Prepared, cast: &Cast, name: &Name, own: Option<PartyId>) -> Option<Who> {
    match name.kind {
        // A body's name may hold that of the one who speaks for it.
        NameKind::Person | NameKind::Organisation if account.person_at(name.tokens.start).is_some() => {
            let person = account.person_at(name.tokens.start);
            match person.and_then(|p| cast.party(p)) {
                Some(party) => Some(Who::Party(party)),
                None => person.map(|p| Who::Other(cast.persons[p].name.clone())),
            }
        }
        NameKind::Person => None,
        NameKind::State => name.state.clone().map(Who::Other),
        NameKind::Title => titled(account, cast, name.whole.start, own),
        NameKind::Organisation => account.book.at(name.tokens.start).map(|d| {
            let draft = &account.drafts[d];
            Who::Other(cast.body_named(&draft.name).unwrap_or_else(|| draft.name.clone()))
        }),
    }
}

/// Whom a title without a name means: by the state beside it, by the office, and else the writing side's own.
fn titled(account: &Prepared, cast: &Cast, token: TokenId, own: Option<PartyId>) -> Option<Who> {
    let sentence = account.text.sentence_of[token];
    let first = token
        .back(3)
        .until(token)
        .iter()
        .rev()
        .take_while(|&t| {
            let word = account.words[t].as_str();
            account.text.sentence_of[t] == sentence
                && (words::is_modifier(word)
                    || words::is_title(word)
                    || account.states.name_of(account.text.word(t)).is_some())
        })
        .last()
        .unwrap_or(token);
    let mut end = token.next();
    let inside = |t: TokenId| t < account.words.end() && account.text.sentence_of[t] == sentence;
    while inside(end)
        && (words::is_title(&account.words[end]) || matches!(account.words[end].as_str(), "minister" | "president"))
    {
        end = end.next();
    }
    if inside(end.next()) && matches!(account.words[end].as_str(), "of" | "for") {
        end = end.next();
        let field = |t: TokenId| {
            inside(t)
                && (account.words[t] == "the"
                    || account.text.word(t).starts_with(char::is_uppercase)
                    || matches!(account.words[t].as_str(), "of" | "state" | "foreign" | "affairs"))
        };
        while field(end) && end < token.plus(9) {
            end = end.next();
        }
    }
    let phrase = account.text.span(first.until(end))?.of(account.text.text).to_owned();
    if phrase.to_lowercase().contains("presidents") || phrase.to_lowercase().contains("ministers") {
        return Some(Who::Both);
    }
    if let Some(state) = account.states.in_words(&phrase) {
        return cast.of_side(&state).map(Who::Party);
    }
    let office = words::office(&phrase);
    let holds = |p: PartyId| {
        let person = &cast.persons[cast.parties[p]];
        let last = phrase.to_lowercase();
        office.is_some_and(|o| person.offices.contains(&o))
            || person.roles.iter().any(|r| r.to_lowercase().contains(&last))
    };
    let holders: Vec<PartyId> = cast.parties.places().filter(|&p| holds(p)).collect();
    // A chancellor and a prime minister are heads of government both: the very word tells which.
    let by_word = |p: &PartyId| {
        let words = |role: &String| role.to_lowercase().contains(&phrase.to_lowercase());
        cast.persons[cast.parties[*p]].roles.iter().any(words)
    };
    let holders = match holders.iter().copied().filter(by_word).collect::<Vec<_>>()[..] {
        [only] => vec![only],
        _ => holders,
    };
    // "the Minister", where both are or nobody else is: who writes of the own one need not say which.
    let alone = phrase.split(' ').count() <= 2 && account.text.word(token).starts_with(char::is_uppercase);
    let holds_it = |person: &Person| person.roles.iter().any(|r| r.to_lowercase().contains(&phrase.to_lowercase()));
    let of_others = || cast.persons.entries().any(|(p, person)| cast.party(p).is_none() && holds_it(person));
    match (holders.as_slice(), own) {
        ([one], _) => Some(Who::Party(*one)),
        (all, Some(own)) if alone && (all.contains(&own) || all.is_empty() && !of_others()) => Some(Who::Party(own)),
        (_, Some(own))
            if office.is_some()
                || phrase.to_lowercase().contains("head of")
                || phrase.to_lowercase().contains("secretary") =>
        {
            Some(Who::Party(own))
        }
        _ => None,
    }
}

/// Whether a preposition stands before what a token names, or a possessive behind it.
fn is_governed(account: &Prepared, start: TokenId, first: TokenId, behind: TokenId) -> bool {
    let mut before = first;
    while before > start
        && (matches!(account.words[before.back(1)].as_str(), "the" | "his" | "her" | "two" | "both" | "an" | "a")
            || words::is_modifier(&account.words[before.back(1)]))
    {
        before = before.back(1);
    }
    let preposition = before > start
        && matches!(
            account.words[before.back(1)].as_str(),
            "of" | "with"
                | "by"
                | "to"
                | "from"
                | "against"
                | "between"
                | "for"
                | "in"
                | "on"
                | "at"
                | "about"
                | "into"
                | "towards"
                | "around"
                | "over"
                | "near"
                | "under"
                | "as"
                | "described"
                | "concerning"
                | "regarding"
        );
    let possessive = account.words.get(behind).is_some_and(|w| matches!(w.as_str(), "’" | "'"))
        && account.words.get(behind.next()).is_some_and(|w| w == "s");
    preposition || possessive
}

/// The subject of a clause: the last referent before its verb that nothing governs; parties joined by "and" are all of them.
pub(crate) fn subject(account: &Prepared, cast: &Cast, region: Places<TokenId>, last: Option<PartyId>) -> Option<Who> {
    let free: Vec<(TokenId, Who)> = referents(account, cast, region, last)
        .into_iter()
        .filter(|(_, _, governed)| !governed)
        .map(|(t, who, _)| (t, who))
        .collect();
    let mut parties: Vec<PartyId> = free
        .iter()
        .filter_map(|(_, who)| match who {
            Who::Party(p) => Some(*p),
            _ => None,
        })
        .collect();
    parties.sort_unstable();
    parties.dedup();
    let joined = region.into_iter().any(|t| account.words[t] == "and");
    if joined && parties.len() >= 2 && parties.len() == cast.parties.len() {
        return Some(Who::Both);
    }
    free.into_iter().next_back().map(|(_, who)| who)
}
