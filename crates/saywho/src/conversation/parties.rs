//! Who talked with whom, and whose account each document is.

use std::collections::{HashMap, HashSet};

use super::bodies;
use super::id::{PartyId, PersonId};
use super::passage::passages;
use super::person::{Person, gather};
use super::prepared::{Prepared, Turn};
use super::pronouns;
use super::speakers::{LEAST, Persons, Weights, has_office, weights};
use super::talk;
use super::who::{Cast, floor, is_talk};
use super::writer::is_first_person;
use crate::entity::book::Draft;
use crate::entity::name::NameKind;
use crate::knowledge::Knowledge;
use crate::table::{Place, Places, Table};
use crate::text::TokenId;
use crate::words;

/// Finds the persons, those who talked and the side of each account.
pub(crate) fn cast(accounts: &mut [Prepared], knowledge: &Knowledge, sides: &[Option<String>]) -> Cast {
    let mut persons = gather(accounts, knowledge);
    bodies::find(accounts, &mut persons);
    bodies::by_office(accounts, &mut persons);
    let parties = as_read(accounts).unwrap_or_else(|| as_named(accounts, &persons));
    let mut cast = Cast { persons, parties: parties.into_iter().collect() };
    pronouns::find(accounts, &mut cast);
    for (i, account) in accounts.iter_mut().enumerate() {
        let given = sides.get(i).cloned().flatten();
        account.side = given.or_else(|| side(account, &cast, knowledge));
    }
    leftover(accounts, &cast);
    for account in accounts.iter_mut() {
        // Whose "I" it is, tells whose account it is before anything else.
        let first = first_person(account).and_then(|person| cast.party(person));
        let of_side = || account.side.as_deref().and_then(|s| cast.of_side(s));
        account.own =
            first.or_else(of_side).or_else(|| unstated(account, &cast)).or_else(|| bare_office(account, &cast));
    }
    if let [one] = accounts.iter().filter_map(|a| a.own).collect::<Vec<_>>()[..]
        && let ([_, _], Some(other)) = (&*accounts, cast.other(one))
    {
        // Of two accounts, what is not the one's is the other's.
        accounts.iter_mut().filter(|a| a.own.is_none()).for_each(|a| a.own = Some(other));
    }
    for account in accounts.iter_mut() {
        unsigned(account, &cast);
        head(account, &mut cast);
        account.side = account.side.take().or_else(|| account.own.and_then(|own| cast.side(own)).map(str::to_owned));
        account.passages = passages(account, &cast);
    }
    cast
}

/// Those who took part as the readings have it, where all do and agree.
fn as_read(accounts: &[Prepared]) -> Option<Vec<PersonId>> {
    let first = accounts.first()?.participants().filter(|first| first.len() > 1)?;
    accounts.iter().all(|account| account.participants().as_ref() == Some(&first)).then_some(first)
}

/// Those who took part as far as the names in the accounts show it.
fn as_named(accounts: &[Prepared], persons: &Persons) -> Vec<PersonId> {
    let weights = weights(accounts, persons);
    let mut parties = pair(accounts, persons, &weights).map(Vec::from).unwrap_or_default();
    join(accounts, persons, &mut parties);
    others(accounts, &weights, &mut parties);
    if accounts.len() > parties.len() && !parties.is_empty() {
        // Each of three accounts has its own side.
        let first: Vec<PersonId> = accounts.iter().filter_map(first_person).filter(|&p| weights[p].is_some()).collect();
        for person in first {
            if !parties.contains(&person) {
                parties.push(person);
            }
        }
    }
    parties
}

/// The two persons that most accounts name, most of all where a conversation is told of.
fn pair(accounts: &[Prepared], persons: &Persons, weights: &Weights) -> Option<[PersonId; 2]> {
    let speaks = |p: PersonId| weights[p].is_some_and(|weight| weight >= LEAST);
    let known = |p: PersonId| persons[p].side.is_some() || has_office(&persons[p]) || speaks(p);
    let able = |p: PersonId| known(p) && weights[p].is_some();
    let apart = |a: PersonId, b: PersonId| persons[a].side.is_none() || persons[a].side != persons[b].side;
    let mut scores: HashMap<[PersonId; 2], i32> = HashMap::new();
    for account in accounts {
        let talks: Vec<Vec<[PersonId; 2]>> = talks(account).into_iter().map(pairs).collect();
        let told: HashSet<[PersonId; 2]> = talks.iter().flatten().copied().collect();
        let lead = talks.first().into_iter().flatten().map(|pair| (*pair, 4));
        for (pair, score) in lead.chain(told.into_iter().map(|pair| (pair, 2))) {
            *scores.entry(pair).or_default() += score;
        }
    }
    // They may have talked where no sentence says so.
    let named: Vec<HashSet<PersonId>> =
        accounts.iter().map(|a| a.person_of.iter().flatten().copied().collect()).collect();
    let able_ones = persons.places().filter(|&p| able(p)).collect();
    for pair in pairs(able_ones).into_iter().chain(scores.keys().copied().collect::<Vec<_>>()).collect::<HashSet<_>>() {
        let both = named.iter().filter(|n| pair.iter().all(|p| n.contains(p))).count();
        *scores.entry(pair).or_default() += 2 * both as i32;
    }
    // Whoever talked is told to have said something there.
    for (pair, score) in &mut scores {
        *score += pair.iter().map(|&p| weights[p].unwrap_or(0) as i32).min().unwrap_or(0);
        // Who tells in the first person what was said to him took part.
        let tells = |account: &&Prepared| first_person(account).is_some_and(|person| pair.contains(&person));
        *score += FIRST_HAND * accounts.iter().filter(tells).count() as i32;
    }
    let fits = |[a, b]: [PersonId; 2]| able(a) && able(b) && apart(a, b);
    let best = scores.into_iter().filter(|(pair, score)| *score > 0 && fits(*pair));
    best.max_by_key(|(pair, score)| (*score, std::cmp::Reverse(*pair))).map(|(pair, _)| pair)
}

/// What an account of somebody's own is worth beside sentences that tell of a talk.
const FIRST_HAND: i32 = 6;

/// The most persons of one sentence, or of all accounts, of whom each two are looked at.
const MOST_PAIRED: usize = 32;

/// Each two of some persons, the lower first.
fn pairs(mut of: Vec<PersonId>) -> Vec<[PersonId; 2]> {
    of.truncate(MOST_PAIRED);
    of.sort_unstable();
    of.dedup();
    of.iter().enumerate().flat_map(|(i, &a)| of[i + 1..].iter().map(move |&b| [a, b])).collect()
}

/// Adds those whom most accounts list with a party where they first tell of the conversation: "spoke with Teo Vasca and Jon Tarn".
fn join(accounts: &[Prepared], persons: &Table<PersonId, Person>, parties: &mut Vec<PersonId>) {
    let listed: Vec<Vec<PersonId>> = accounts.iter().map(|account| listed(account, parties)).collect();
    for person in persons.places() {
        let most = 2 * listed.iter().filter(|l| l.contains(&person)).count() > accounts.len();
        let side = &persons[person].side;
        if most && side.is_some() && parties.iter().all(|&p| p != person && persons[p].side != *side) {
            parties.push(person);
        }
    }
}

/// What one weighs who talked beside two others, where no list says so.
const SURE: usize = 7;

/// Adds those who speak as much as the two and of whom at least two accounts tell: the third side, or the second of one side.
fn others(accounts: &[Prepared], weights: &Weights, parties: &mut Vec<PersonId>) {
    let named = |p: PersonId| accounts.iter().filter(|a| a.person_of.contains(&Some(p))).count();
    let more = weights
        .places()
        .filter(|&p| weights[p].is_some_and(|weight| weight >= SURE) && named(p) >= 2 && !parties.contains(&p));
    let more: Vec<PersonId> = more.collect();
    if !parties.is_empty() {
        parties.extend(more);
    }
}

/// The persons in one list with a party, in the first sentence that tells of a conversation and names a party.
fn listed(account: &Prepared, parties: &[PersonId]) -> Vec<PersonId> {
    let named =
        |tokens: Places<TokenId>| tokens.iter().filter_map(|t| Some((t, account.person_at(t)?))).collect::<Vec<_>>();
    let lead = account
        .sentences()
        .filter(|&tokens| is_talk(account, tokens))
        .map(named)
        .find(|named| named.iter().any(|(_, person)| parties.contains(person)));
    lead.map_or_else(Vec::new, |named| talk::listed(account.text, &named, parties))
}

/// For each sentence that tells of a conversation the persons it names; in a transcript also the one who has the floor.
fn talks(account: &Prepared) -> Vec<Vec<PersonId>> {
    account
        .sentences()
        .filter(|&tokens| is_talk(account, tokens))
        .map(|tokens| {
            let mut named: Vec<PersonId> = tokens.iter().filter_map(|t| account.person_at(t)).collect();
            named.extend(floor(account, tokens.start));
            named
        })
        .collect()
}

/// Whose account a document is: from its publisher, its file name, its letterhead, or who comes first where it tells of the talk.
fn side(account: &Prepared, cast: &Cast, knowledge: &Knowledge) -> Option<String> {
    let document = &account.reading.document;
    let publisher = document.publisher.as_deref().and_then(|p| account.states.in_words(p));
    let states = &account.states;
    let told = publisher
        .or_else(|| side_in_name(&document.id, knowledge, cast))
        .or_else(|| letterhead(account).filter(|s| cast.of_side(s).is_some()))
        .or_else(|| bodies::letterhead(account).and_then(|body| cast.body_named(&body)))
        .or_else(|| bare_title(account, cast));
    if let (None, Some(own)) = (&told, unstated(account, cast)) {
        return cast.side(own).map(str::to_owned);
    }
    told.or_else(|| cast.persons[first_person(account)?].side.clone())
        .or_else(|| first_named(account, cast))
        .or_else(|| document.title.as_deref().and_then(|t| states.in_words(t)).filter(|s| cast.of_side(s).is_some()))
}

/// The party whose account it is, and of whom nobody tells for whom it speaks, speaks for the body at its head.
fn head(account: &Prepared, cast: &mut Cast) {
    let own = account.own.filter(|&own| cast.side(own).is_none());
    let told = || account.side.clone().or_else(|| bodies::file_name(account)).or_else(|| bodies::letterhead(account));
    let Some(body) = own.and_then(|_| told()) else { return };
    let taken = cast.parties.places().any(|party| cast.side(party) == Some(&body));
    let person = own.map(|own| &mut cast.persons[cast.parties[own]]);
    let Some(person) = person.filter(|person| !taken && !person.name.contains(&body)) else { return };
    person.of_body =
        account.states.name_of(&body).is_none() && !words::is_state_office(&person.roles.join(" ").to_lowercase());
    person.side = Some(body);
}

/// An account that says "I" and is signed by nobody is that of the party which it does not name: nobody tells of himself by name.
fn unsigned(account: &mut Prepared, cast: &Cast) {
    let first = account.text.tokens.places().any(|t| account.text.word(t) == "I" && is_first_person(account.text, t));
    let named = |party: &PartyId| account.person_of.contains(&Some(cast.parties[*party]));
    let (named, unnamed): (Vec<PartyId>, Vec<PartyId>) = cast.parties.places().partition(named);
    if let (true, [own], false) = (first && account.writes.is_none(), &unnamed[..], named.is_empty())
        && account.turns.is_empty()
    {
        account.own = Some(*own);
        account.writes = Some(cast.parties[*own]);
    }
}

/// The one party of whom an account gives the office and not whose it is: "the managing director, Ilse Maren" is that of the house
/// which writes.
fn bare_office(account: &Prepared, cast: &Cast) -> Option<PartyId> {
    let bare = |party: &PartyId| {
        let mut roles = drafts_of(account, cast.parties[*party])
            .flat_map(|draft| &draft.roles)
            .filter(|role| !role.split(' ').all(words::is_courtesy))
            .peekable();
        roles.peek().is_some() && roles.all(|role| !role.contains(" of "))
    };
    let mut all = cast.parties.places().filter(bare);
    all.next().filter(|_| all.next().is_none())
}

/// What an account tells of a person, by each name that it has there.
fn drafts_of<'a>(account: &'a Prepared, person: PersonId) -> impl Iterator<Item = &'a Draft> {
    account.drafts.iter().zip(account.person_of.iter()).filter(move |(_, of)| **of == Some(person)).map(|(d, _)| d)
}

/// Whose "I" an account holds: of the first who has the floor, or of the one who writes it.
fn first_person(account: &Prepared) -> Option<PersonId> {
    let speaks = |t: &&Turn| !t.asks;
    let spoken = || floor(account, account.turns.iter().find(speaks)?.tokens.start);
    account.writes.or_else(spoken)
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
    let lead = account.text.sentences.places().find(|&s| is_talk(account, account.sentence(s)))?;
    let head = TokenId::new(0).until(account.sentence(lead).end);
    let body = account.names.iter().filter(|n| head.contains(&n.tokens.start)).find(|n| {
        let words = account.text.span(n.whole).map(|s| s.of(account.text.text)).unwrap_or_default();
        let office = ["Office of the", "Ministry of", "Department of", "Embassy of", "Government of"];
        office.iter().any(|o| words.contains(o))
    })?;
    let words = account.text.span(body.whole.start.until(body.whole.end.plus(4).min(head.end)))?.of(account.text.text);
    account.states.in_words(words)
}

/// A party whom the text calls only by a bare title belongs to the side that writes: "Prime Minister" in his own office's text.
fn bare_title(account: &Prepared, cast: &Cast) -> Option<String> {
    let named = |p: PartyId| account.person_of.contains(&Some(cast.parties[p]));
    let only = cast.parties.places().filter(|&p| !named(p)).collect::<Vec<_>>();
    let [missing] = only.as_slice() else { return None };
    let titled = account.names.iter().any(|n| n.kind == NameKind::Title && n.state.is_none());
    (titled && !account.is_transcript()).then(|| cast.side(*missing).map(str::to_owned)).flatten()
}

/// The one party whose state its account does not give: who writes of "the President" and of "President Vasca of Sudovia" writes
/// of his own.
fn unstated(account: &Prepared, cast: &Cast) -> Option<PartyId> {
    let stated = |party: &PartyId| {
        let own = drafts_of(account, cast.parties[*party]);
        own.fold(None, |stated, draft| Some(stated.unwrap_or(false) || draft.side.is_some()))
    };
    let (without, with): (Vec<PartyId>, Vec<PartyId>) = cast.parties.places().partition(|p| stated(p) != Some(true));
    let [one] = without[..] else { return None };
    (!with.is_empty() && stated(&one) == Some(false) && !account.is_transcript()).then_some(one)
}

/// The side of the party that is named first where the text tells of the conversation.
fn first_named(account: &Prepared, cast: &Cast) -> Option<String> {
    let party = account.text.tokens.places().find_map(|t| account.person_at(t).and_then(|p| cast.party(p)))?;
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
        && let Some(free) = cast.parties.places().find_map(|p| {
            let side = cast.side(p)?;
            (!accounts.iter().any(|a| a.side.as_deref() == Some(side))).then(|| side.to_owned())
        })
    {
        accounts[only].side = Some(free);
    }
}
