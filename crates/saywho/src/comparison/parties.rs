//! Who talked with whom, and whose account each document is.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::conversation;
use crate::entity::name::{Name, NameKind};
use crate::knowledge::Knowledge;
use crate::words;

use super::Options;
use super::account::Prepared;
use super::cue::{Kind, hit};
use super::data::Someone;
use super::passage::passages;
use super::person::{Person, gather, is_plural_title, name_words};

/// The persons of all accounts and those who talked.
pub(super) struct Cast {
    /// All persons.
    pub persons: Vec<Person>,
    /// Those who talked, as indices of `persons`: two or more, or none where nobody was found.
    pub parties: Vec<usize>,
}

/// Someone as a claim names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    /// One of those who talked, as an index of [`Cast::parties`].
    Party(usize),
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
    pub fn party(&self, person: usize) -> Option<usize> {
        self.parties.iter().position(|p| *p == person)
    }

    /// The side of a party.
    pub fn side(&self, party: usize) -> Option<&str> {
        self.persons[*self.parties.get(party)?].side.as_deref()
    }

    /// The one other party of a conversation of two.
    pub fn other(&self, party: usize) -> Option<usize> {
        (self.parties.len() == 2).then(|| 1 - party)
    }

    /// The party that speaks for a side.
    pub fn of_side(&self, side: &str) -> Option<usize> {
        (0..self.parties.len()).find(|&p| self.side(p) == Some(side))
    }
}

/// Finds the persons, those who talked and the side of each account.
pub(super) fn cast(accounts: &mut [Prepared], knowledge: &Knowledge, options: &Options) -> Cast {
    let persons = gather(accounts, knowledge);
    let mut parties = pair(accounts, &persons).map(Vec::from).unwrap_or_default();
    join(accounts, &persons, &mut parties);
    let cast = Cast { persons, parties };
    for (i, account) in accounts.iter_mut().enumerate() {
        let given = options.sides.get(i).cloned().flatten();
        account.side = given.or_else(|| side(account, &cast, knowledge));
    }
    leftover(accounts, &cast);
    for account in accounts.iter_mut() {
        account.own = account.side.as_deref().and_then(|s| cast.of_side(s)).or_else(|| unstated(account, &cast));
        account.passages = passages(account, &cast);
    }
    cast
}

/// The two persons that most accounts name, most of all where a conversation is told of.
fn pair(accounts: &[Prepared], persons: &[Person]) -> Option<[usize; 2]> {
    let able = |p: usize| persons[p].side.is_some() || !persons[p].roles.is_empty();
    let apart = |a: usize, b: usize| persons[a].side.is_none() || persons[a].side != persons[b].side;
    let mut scores: HashMap<[usize; 2], i32> = HashMap::new();
    for account in accounts {
        let talks: Vec<Vec<[usize; 2]>> = talks(account).into_iter().map(pairs).collect();
        let told: HashSet<[usize; 2]> = talks.iter().flatten().copied().collect();
        let lead = talks.first().into_iter().flatten().map(|pair| (*pair, 4));
        for (pair, score) in lead.chain(told.into_iter().map(|pair| (pair, 2))) {
            *scores.entry(pair).or_default() += score;
        }
    }
    // They may have talked where no sentence says so.
    let named: Vec<HashSet<usize>> = accounts.iter().map(|a| a.person_of.iter().flatten().copied().collect()).collect();
    let able_ones = (0..persons.len()).filter(|&p| able(p)).collect();
    for pair in pairs(able_ones).into_iter().chain(scores.keys().copied().collect::<Vec<_>>()).collect::<HashSet<_>>() {
        let both = named.iter().filter(|n| pair.iter().all(|p| n.contains(p))).count();
        *scores.entry(pair).or_default() += both as i32;
    }
    let fits = |[a, b]: [usize; 2]| able(a) && able(b) && apart(a, b);
    let best = scores.into_iter().filter(|(pair, score)| *score > 0 && fits(*pair));
    best.max_by_key(|(pair, score)| (*score, std::cmp::Reverse(*pair))).map(|(pair, _)| pair)
}

/// The most persons of one sentence, or of all accounts, of whom each two are looked at.
const MOST_PAIRED: usize = 32;

/// Each two of some persons, the lower first.
fn pairs(mut of: Vec<usize>) -> Vec<[usize; 2]> {
    of.truncate(MOST_PAIRED);
    of.sort_unstable();
    of.dedup();
    of.iter().enumerate().flat_map(|(i, &a)| of[i + 1..].iter().map(move |&b| [a, b])).collect()
}

/// Adds those whom most accounts list with a party where they first tell of the conversation: "spoke with Teo Vasca and Jon Tarn".
fn join(accounts: &[Prepared], persons: &[Person], parties: &mut Vec<usize>) {
    let listed: Vec<Vec<usize>> = accounts.iter().map(|account| listed(account, parties)).collect();
    for person in 0..persons.len() {
        let most = 2 * listed.iter().filter(|l| l.contains(&person)).count() > accounts.len();
        let side = &persons[person].side;
        if most && side.is_some() && parties.iter().all(|&p| p != person && persons[p].side != *side) {
            parties.push(person);
        }
    }
}

/// The persons in one list with a party, in the first sentence that tells of a conversation and names a party.
fn listed(account: &Prepared, parties: &[usize]) -> Vec<usize> {
    let named = |tokens: Range<usize>| tokens.filter_map(|t| Some((t, account.person_at(t)?))).collect::<Vec<_>>();
    let lead = (0..account.text.sentences.len())
        .map(|s| account.sentence(s))
        .filter(|tokens| is_talk(account, tokens.clone()))
        .map(named)
        .find(|named| named.iter().any(|(_, person)| parties.contains(person)));
    lead.map_or_else(Vec::new, |named| conversation::listed(account.text, &named, parties))
}

/// For each sentence that tells of a conversation the persons it names; in a transcript also the one who has the floor.
fn talks(account: &Prepared) -> Vec<Vec<usize>> {
    (0..account.text.sentences.len())
        .map(|s| account.sentence(s))
        .filter(|tokens| is_talk(account, tokens.clone()))
        .map(|tokens| {
            let mut named: Vec<usize> = tokens.clone().filter_map(|t| account.person_at(t)).collect();
            named.extend(floor(account, tokens.start));
            named
        })
        .collect()
}

/// Whether a sentence tells of a conversation.
pub(super) fn is_talk(account: &Prepared, tokens: Range<usize>) -> bool {
    let end = tokens.end;
    tokens.into_iter().any(|t| {
        matches!(account.words[t].as_str(), "conversation" | "call" | "talks" | "videoconference")
            || hit(&account.words, t, end).is_some_and(|h| h.kind == Kind::Talk)
    })
}

/// The person who has the floor at a token of a transcript.
pub(super) fn floor(account: &Prepared, token: usize) -> Option<usize> {
    let turn = account.turns.get(account.turns.partition_point(|turn| turn.tokens.end <= token))?;
    turn.person.filter(|_| turn.tokens.contains(&token) && !turn.asks)
}

/// Whose account a document is: from its publisher, its file name, its letterhead, or who comes first where it tells of the talk.
fn side(account: &Prepared, cast: &Cast, knowledge: &Knowledge) -> Option<String> {
    let document = &account.reading.document;
    let publisher = document.publisher.as_deref().and_then(|p| account.states.in_words(p));
    let states = &account.states;
    let told = publisher
        .or_else(|| side_in_name(&document.id, knowledge, cast))
        .or_else(|| letterhead(account).filter(|s| cast.of_side(s).is_some()))
        .or_else(|| bare_title(account, cast));
    if let (None, Some(own)) = (&told, unstated(account, cast)) {
        return cast.side(own).map(str::to_owned);
    }
    told.or_else(|| {
        let speaks = |t: &&super::account::Turn| !t.asks;
        let token = account.turns.iter().find(speaks)?.tokens.start;
        cast.persons[floor(account, token)?].side.clone()
    })
    .or_else(|| first_named(account, cast))
    .or_else(|| document.title.as_deref().and_then(|t| states.in_words(t)).filter(|s| cast.of_side(s).is_some()))
}

/// "norrland.txt", "call-2031.norrland.txt" or "call.us.txt": the last part of the file's name is a state or its code.
fn side_in_name(id: &str, knowledge: &Knowledge, cast: &Cast) -> Option<String> {
    let last = id.rsplit('.').next().unwrap_or(id);
    let whole = last.replace(['-', '_'], " ");
    let code = last.to_uppercase();
    let named = cast.persons.iter().filter_map(|p| p.side.clone()).find(|s| s.eq_ignore_ascii_case(&whole));
    let by_code = || knowledge.name_of_side(&code).filter(|_| code.len() == 2).map(str::to_owned);
    named.or_else(by_code).filter(|s| cast.parties.is_empty() || cast.of_side(s).is_some())
}

/// The state of an office or ministry that stands at the head, before anybody has talked.
fn letterhead(account: &Prepared) -> Option<String> {
    let lead = (0..account.text.sentences.len()).find(|&s| is_talk(account, account.sentence(s)))?;
    let head = account.sentence(0).start..account.sentence(lead).end;
    let body = account.names.iter().filter(|n| head.contains(&n.tokens.start)).find(|n| {
        let words = account.text.span(n.whole.clone()).map(|s| s.of(account.text.text)).unwrap_or_default();
        let office = ["Office of the", "Ministry of", "Department of", "Embassy of", "Government of"];
        office.iter().any(|o| words.contains(o))
    })?;
    let words = account.text.span(body.whole.start..(body.whole.end + 4).min(head.end))?.of(account.text.text);
    account.states.in_words(words)
}

/// A party whom the text calls only by a bare title belongs to the side that writes: "Prime Minister" in his own office's text.
fn bare_title(account: &Prepared, cast: &Cast) -> Option<String> {
    let named = |p: usize| account.person_of.contains(&Some(cast.parties[p]));
    let only = (0..cast.parties.len()).filter(|&p| !named(p)).collect::<Vec<_>>();
    let [missing] = only.as_slice() else { return None };
    let titled = account.names.iter().any(|n| n.kind == NameKind::Title && n.state.is_none());
    (titled && !account.is_transcript()).then(|| cast.side(*missing).map(str::to_owned)).flatten()
}

/// The one party whose state its account does not give: who writes of "the President" and of "President Vasca of Sudovia" writes
/// of his own.
fn unstated(account: &Prepared, cast: &Cast) -> Option<usize> {
    let stated = |party: &usize| {
        let own = account.drafts.iter().zip(&account.person_of).filter(|(_, of)| **of == Some(cast.parties[*party]));
        own.fold(None, |stated, (draft, _)| Some(stated.unwrap_or(false) || draft.side.is_some()))
    };
    let (without, with): (Vec<usize>, Vec<usize>) = (0..cast.parties.len()).partition(|p| stated(p) != Some(true));
    let [one] = without[..] else { return None };
    (!with.is_empty() && stated(&one) == Some(false) && !account.is_transcript()).then_some(one)
}

/// The side of the party that is named first where the text tells of the conversation.
fn first_named(account: &Prepared, cast: &Cast) -> Option<String> {
    let party = (0..account.text.tokens.len()).find_map(|t| account.person_at(t).and_then(|p| cast.party(p)))?;
    cast.side(party).map(str::to_owned)
}

/// Where two documents would be of one side only because each names that party first, the doubtful one is the other's.
fn leftover(accounts: &mut [Prepared], cast: &Cast) {
    if let [only] =
        accounts.iter().enumerate().filter(|(_, a)| a.side.is_none()).map(|(i, _)| i).collect::<Vec<_>>()[..]
        // Who writes of his own state without naming it is not of the other's.
        && unstated(&accounts[only], cast).is_none()
        // What names none of them tells of others.
        && cast.parties.iter().any(|p| accounts[only].person_of.contains(&Some(*p)))
        && let Some(free) = (0..cast.parties.len()).find_map(|p| {
            let side = cast.side(p)?;
            (!accounts.iter().any(|a| a.side.as_deref() == Some(side))).then(|| side.to_owned())
        })
    {
        accounts[only].side = Some(free);
    }
}

/// What a region of a sentence refers to, in order: each with its token and whether a preposition or a possessive governs it.
pub(super) fn referents(
    account: &Prepared,
    cast: &Cast,
    region: Range<usize>,
    last: Option<usize>,
) -> Vec<(usize, Who, bool)> {
    let mut found: Vec<(usize, Who, bool)> = Vec::new();
    let own = account.own;
    let mut t = region.start;
    while t < region.end {
        let mut next = t + 1;
        let word = account.words[t].as_str();
        let name = account.name_around(t);
        let who = if let Some(name) = name.filter(|n| !is_plural_title(&account.words[n.tokens.start])) {
            next = name.whole.end.max(t + 1);
            named(account, cast, name, own)
        } else {
            match word {
                // In somebody's own mouth it is the other.
                "he" | "she" => match floor(account, t).and_then(|p| cast.party(p)) {
                    Some(speaks) if cast.parties.len() == 2 => Some(Who::Party(1 - speaks)),
                    _ => last.map(Who::Party),
                },
                "they" | "both" | "leaders" | "presidents" | "ministers" | "sides" | "parties" | "interlocutors"
                | "counterparts" | "secretaries" | "diplomats" | "officials" | "politicians" | "heads" => {
                    Some(Who::Both)
                }
                // "Neither side", "Neither minister": of both it is told that they did not.
                "neither" => {
                    let named = account.name_around(t + 1).is_some_and(|n| n.kind == NameKind::Person);
                    next = if named { t + 1 } else { (t + 2).min(region.end) };
                    Some(Who::Both)
                }
                "two" if t + 1 == region.end || !account.text.word(t + 1).starts_with(char::is_alphabetic) => {
                    Some(Who::Both)
                }
                "two" if matches!(account.words[t + 1].as_str(), "also" | "then" | "again" | "both" | "agreed") => {
                    Some(Who::Both)
                }
                "i" => floor(account, t).and_then(|p| cast.party(p)).map(Who::Party),
                _ if words::is_title(word) && !words::is_courtesy(word) => titled(account, cast, t, own),
                _ => None,
            }
        };
        if let Some(who) = who {
            let pronoun = matches!(word, "he" | "she" | "they" | "i");
            let first = name.map_or(t, |n| n.whole.start.min(t));
            // "the presidents of Norrland and Sudovia": what "and" joins to a governed name is governed too.
            let before = (region.start..first).rev().find(|&u| account.words[u] != "the");
            let joined = before.is_some_and(|u| account.words[u] == "and")
                && found.last().is_some_and(|f: &(usize, Who, bool)| f.2);
            let governed = !pronoun && (joined || is_governed(account, region.start, first, next));
            found.push((t, who, governed));
        }
        t = next;
    }
    found
}

/// Whom a name with its title means.
fn named(account: &Prepared, cast: &Cast, name: &Name, own: Option<usize>) -> Option<Who> {
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
            Who::Other(draft.name.clone())
        }),
    }
}

/// Whom a title without a name means: by the state beside it, by the office, and else the writing side's own.
fn titled(account: &Prepared, cast: &Cast, token: usize, own: Option<usize>) -> Option<Who> {
    let sentence = account.text.sentence_of[token];
    let first = (token.saturating_sub(3)..token)
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
    let mut end = token + 1;
    let inside = |t: usize| t < account.words.len() && account.text.sentence_of[t] == sentence;
    while inside(end)
        && (words::is_title(&account.words[end]) || matches!(account.words[end].as_str(), "minister" | "president"))
    {
        end += 1;
    }
    if inside(end + 1) && matches!(account.words[end].as_str(), "of" | "for") {
        end += 1;
        let field = |t: usize| {
            inside(t)
                && (account.words[t] == "the"
                    || account.text.word(t).starts_with(char::is_uppercase)
                    || matches!(account.words[t].as_str(), "of" | "state" | "foreign" | "affairs"))
        };
        while field(end) && end < token + 9 {
            end += 1;
        }
    }
    let phrase = account.text.span(first..end)?.of(account.text.text).to_owned();
    if phrase.to_lowercase().contains("presidents") || phrase.to_lowercase().contains("ministers") {
        return Some(Who::Both);
    }
    if let Some(state) = account.states.in_words(&phrase) {
        return cast.of_side(&state).map(Who::Party);
    }
    let office = words::office(&phrase);
    let holds = |p: usize| {
        let person = &cast.persons[cast.parties[p]];
        let last = phrase.to_lowercase();
        office.is_some_and(|o| person.offices.contains(&o))
            || person.roles.iter().any(|r| r.to_lowercase().contains(&last))
    };
    let holders: Vec<usize> = (0..cast.parties.len()).filter(|&p| holds(p)).collect();
    match (holders.as_slice(), own) {
        ([one], _) => Some(Who::Party(*one)),
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
fn is_governed(account: &Prepared, start: usize, first: usize, behind: usize) -> bool {
    let mut before = first;
    while before > start
        && (matches!(account.words[before - 1].as_str(), "the" | "his" | "her" | "two" | "both" | "an" | "a")
            || words::is_modifier(&account.words[before - 1]))
    {
        before -= 1;
    }
    let preposition = before > start
        && matches!(
            account.words[before - 1].as_str(),
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
        && account.words.get(behind + 1).is_some_and(|w| w == "s");
    preposition || possessive
}

/// The subject of a clause: the last referent before its verb that nothing governs; parties joined by "and" are all of them.
pub(super) fn subject(account: &Prepared, cast: &Cast, region: Range<usize>, last: Option<usize>) -> Option<Who> {
    let free: Vec<(usize, Who)> = referents(account, cast, region.clone(), last)
        .into_iter()
        .filter(|(_, _, governed)| !governed)
        .map(|(t, who, _)| (t, who))
        .collect();
    let mut parties: Vec<usize> = free
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
