//! What the accounts tell of the conversation itself: medium, date, duration, who asked for it, how it went.

use crate::reading::{Medium, Span};
use crate::table::{Place, Places};
use crate::text::{QuoteState, TokenId};
use crate::words::{self, MONTHS};

use super::cue::is_talk_noun;
use super::id::PartyId;
use super::prepared::Prepared;
use super::talk::{medium_in, written};
use super::tone;
use super::who::{Cast, Who, as_read, first_person, is_talk, referents, third_person};
use saywho_contract::comparison::{Convention, Initiative, Participant, Telling, ToneWords};

/// Claims about the conversation itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    /// Who asked for it.
    Initiative,
    /// How it went.
    Tone,
}

/// The claim about the conversation itself that a sentence holds, and the token that shows it.
pub(crate) fn frame(account: &Prepared, tokens: Places<TokenId>) -> Option<(Frame, TokenId)> {
    let words = &account.words;
    let took_place = tokens.iter().any(|t| words[t] == "took" && words.get(t.next()).is_some_and(|w| w == "place"));
    let talk = tokens.iter().any(|t| is_talk_noun(&words[t])) || is_talk(account, tokens);
    // "at her request" tells of a talk only where one is told of.
    let met = || tokens.iter().any(|t| words::is_of_presence(&words[t]));
    let wished = |t: TokenId| !words::is_wish(&words[t]) || took_place || talk || met();
    if let Some(at) = tokens.iter().find(|&t| asks_for(account, t, tokens) && wished(t)) {
        return Some((Frame::Initiative, at));
    }
    if !talk {
        return None;
    }
    let noun = tokens
        .iter()
        .find(|&t| matches!(words[t].as_str(), "atmosphere" | "tone" | "spirit") || is_talk_noun(&words[t]))?;
    let toned = tone_near(account, noun, tokens)?;
    let atmosphere = tokens.iter().any(|t| matches!(words[t].as_str(), "atmosphere" | "tone"));
    let stated = atmosphere || {
        // "We had a frank and direct conversation", "The talks were frank": nothing else is told.
        let long = tokens.len() > 16;
        let was =
            tokens.start.until(noun.max(toned)).iter().any(|t| matches!(words[t].as_str(), "was" | "had" | "were"));
        !long && was
    };
    stated.then_some((Frame::Tone, toned))
}

/// Whether a token tells that someone asked for the conversation.
fn asks_for(account: &Prepared, t: TokenId, tokens: Places<TokenId>) -> bool {
    let words = &account.words;
    let next = |n: usize| words.get(t.plus(n)).map(String::as_str).unwrap_or_default();
    // "asked for a call", "had asked for it" where the talk was told of before.
    let talk = |from: TokenId, reach: usize| {
        let behind = from.until(from.plus(reach).min(tokens.end));
        let told = || is_talk(account, tokens.start.until(t)) || told_before(account, tokens.start);
        behind.iter().take(1).any(|u| words[u] == "it") && told() || behind.iter().any(|u| is_talk_noun(&words[u]))
    };
    match words[t].as_str() {
        word if words::is_wish(word) => {
            let at = |&u: &TokenId| matches!(words[u].as_str(), "at" | "on");
            tokens.start.until(t).iter().rev().take(8).any(|u| at(&u)) && !tokens.iter().any(|u| words[u] == "summit")
        }
        "initiated" | "requested" | "sought" => talk(t.next(), 4) || next(1) == "by",
        "asked" | "asking" => next(1) == "for" && talk(t.plus(2), 4),
        // Who rings wants to talk.
        "telephoned" | "phoned" | "rang" | "rung" => !matches!(next(1), "." | "by"),
        "called" => t.next().until(t.plus(4).min(tokens.end)).iter().any(|u| account.person_at(u).is_some()),
        "convened" => next(1) == "by",
        "invited" => t.next().until(t.plus(12).min(tokens.end)).iter().any(|u| {
            let talk = is_talk_noun(&words[u]) || words::is_of_video(&words[u]) || words[u] == "session";
            talk && tokens.start.index() < HEAD
        }),
        _ => false,
    }
}

/// How many tokens of a document are its head, where it says how the talk came about.
const HEAD: usize = 150;

/// Whether one of the two sentences before tells of a talk.
fn told_before(account: &Prepared, start: TokenId) -> bool {
    let sentence = start.before().map(|t| account.sentence(account.text.sentence_of[t]));
    sentence.is_some_and(|tokens| {
        let before = tokens.start.before().map(|t| account.sentence(account.text.sentence_of[t]));
        is_talk(account, tokens) || before.is_some_and(|tokens| is_talk(account, tokens))
    })
}

/// The side that asked for the conversation, as a sentence tells.
pub(crate) fn initiator(account: &Prepared, cast: &Cast, tokens: Places<TokenId>) -> Option<String> {
    let words = &account.words;
    let at = tokens.iter().find(|&t| asks_for(account, t, tokens))?;
    let behind = matches!(words.get(at.next()).map(String::as_str), Some("of" | "by"));
    let region = if behind { at.plus(2).until(at.plus(9).min(tokens.end)) } else { tokens.start.until(at) };
    let side_of = |who: &Who| match who {
        Who::Party(p) => cast.side(*p).map(str::to_owned),
        Who::Other(name) => cast.of_side(name).map(|_| name.clone()).or_else(|| cast.body_named(name)),
        Who::Both => None,
    };
    let refs = referents(account, cast, region, None);
    let named =
        if behind { refs.iter().find_map(|r| side_of(&r.1)) } else { refs.iter().rev().find_map(|r| side_of(&r.1)) };
    // "the American side", "Sudovian initiative", "the government of Norrland's request".
    let near = |t: TokenId| account.states.name_of(account.text.word(t)).filter(|s| cast.of_side(s).is_some());
    // "at her request", "we had asked for it": whose it is the pronoun tells.
    let pronoun = || whose(account, cast, at, tokens).and_then(|p| cast.side(p)).map(str::to_owned);
    let state: Option<String> =
        if behind { region.iter().find_map(near) } else { region.iter().rev().take(5).find_map(near) };
    // "the Norrland side", where nobody else tells whose side that is.
    let side = region_of_side(account, tokens, at).filter(|_| state.is_none() && named.is_none());
    state.or(side).or_else(|| named.filter(|_| !is_possessive(account, at))).or_else(pronoun)
}

/// "at the initiative of the Norrland side", "at the request of the Norrland side".
fn region_of_side(account: &Prepared, tokens: Places<TokenId>, at: TokenId) -> Option<String> {
    let of = at.next();
    let side = of.until(tokens.end.min(of.plus(6))).iter().find(|&t| account.words[t] == "side")?;
    let first = of.until(side).iter().find(|&t| account.text.word(t).starts_with(char::is_uppercase))?;
    let words = account.text.span(first.until(side))?.of(account.text.text);
    account.states.in_words(words).or_else(|| Some(words.to_owned()))
}

fn is_possessive(account: &Prepared, at: TokenId) -> bool {
    at.before().is_some_and(|t| matches!(account.words[t].as_str(), "his" | "her" | "their" | "our" | "my" | "its"))
}

/// The party that a pronoun before a token means: "our request" is that of those who write, "her request" of the only one whom it
/// fits, and "their request" of those who are not writing.
fn whose(account: &Prepared, cast: &Cast, at: TokenId, tokens: Places<TokenId>) -> Option<PartyId> {
    let own = first_person(account, cast, at).or(account.own);
    let near = tokens.start.until(at).iter().rev().take(4).find_map(|t| match account.words[t].as_str() {
        "our" | "my" | "we" | "i" => Some(own),
        "their" | "they" => Some(own.and_then(|p| cast.other(p))),
        "his" | "her" | "he" | "she" => Some(third_person(account, cast, t, None)),
        _ => None,
    });
    near.flatten()
}

/// All that the accounts tell of the conversation.
pub(crate) fn telling(accounts: &[Prepared], cast: &Cast) -> Telling {
    let participants = cast.parties.iter().map(|&p| {
        let person = &cast.persons[p];
        Participant { name: person.name.clone(), side: person.side.clone() }
    });
    let told = initiatives(accounts, cast);
    Telling {
        participants: participants.collect(),
        medium: medium(accounts, cast),
        date: date(accounts, cast),
        duration_minutes: duration(accounts),
        initiator: told.first().cloned(),
        initiator_disputed: if told.len() > 1 { told } else { Vec::new() },
        tone: tones(accounts),
    }
}

/// All that the accounts tell of who asked, by side.
pub(crate) fn initiatives(accounts: &[Prepared], cast: &Cast) -> Vec<Initiative> {
    let mut told: Vec<Initiative> = Vec::new();
    for (i, account) in accounts.iter().enumerate() {
        let read = as_read(account, cast).and_then(|talk| Some(talk.initiator.as_ref()?.side.clone()));
        let sides = read.map_or_else(|| initiators(account, cast), |side| vec![side]);
        for side in sides {
            match told.iter_mut().find(|t| t.side == side) {
                Some(same) if !same.according_to.contains(&i) => same.according_to.push(i),
                Some(_) => {}
                None => told.push(Initiative { side, according_to: vec![i] }),
            }
        }
    }
    told
}

/// The sides that asked for the conversation, as the sentences of an account tell.
fn initiators(account: &Prepared, cast: &Cast) -> Vec<String> {
    let tells = |tokens: &Places<TokenId>| matches!(frame(account, *tokens), Some((Frame::Initiative, _)));
    let told = account.passages.iter().map(|passage| passage.tokens).filter(tells);
    told.filter_map(|tokens| initiator(account, cast, tokens)).collect()
}

/// How they spoke: video before telephone before a meeting, of what the accounts tell. Where they leave it open or only speak of a
/// "call", it is as the words of the accounts as a whole tell.
fn medium(accounts: &[Prepared], cast: &Cast) -> Medium {
    let read = |account: &Prepared| as_read(account, cast).map(|talk| talk.medium);
    let told: Vec<Medium> = accounts.iter().filter_map(|a| read(a).or_else(|| medium_told(a, cast))).collect();
    let surely = accounts.iter().filter_map(|a| lead(a, cast).map(|tokens| (a, tokens)));
    let surely = surely.into_iter().any(|(a, tokens)| tokens.into_iter().any(|t| words::is_of_telephone(&a.words[t])));
    let order = [Medium::Video, Medium::Telephone, Medium::InPerson];
    match order.into_iter().find(|m| told.contains(m)).unwrap_or(Medium::Unknown) {
        Medium::Telephone if !surely => as_a_whole(accounts).unwrap_or(Medium::Telephone),
        Medium::Unknown => as_a_whole(accounts).unwrap_or(Medium::Unknown),
        known => known,
    }
}

/// What the words of all accounts tell of how they spoke, the rarer means first: who saw each other on screens also "met".
fn as_a_whole(accounts: &[Prepared]) -> Option<Medium> {
    let outside = |account: &Prepared, t: TokenId| account.text.quote_states[t] == QuoteState::Outside;
    let any =
        |is: &dyn Fn(&str) -> bool| accounts.iter().any(|a| a.words.places().any(|t| outside(a, t) && is(&a.words[t])));
    if any(&words::is_of_video) {
        Some(Medium::Video)
    } else if any(&words::is_of_telephone) {
        Some(Medium::Telephone)
    } else {
        any(&words::is_of_presence).then_some(Medium::InPerson)
    }
}

/// How they spoke, as the sentence tells that names two of those who talked, or the first on a conversation.
fn medium_told(account: &Prepared, cast: &Cast) -> Option<Medium> {
    lead(account, cast).map(|tokens| medium_in(account.words[tokens].iter().map(String::as_str)))
}

/// The sentence on the conversation that names two of those who talked, or else the first.
fn lead(account: &Prepared, cast: &Cast) -> Option<Places<TokenId>> {
    let both = |tokens: &Places<TokenId>| {
        let named = |p| tokens.iter().filter_map(|t| account.person_at(t)).any(|q| cast.party(q) == Some(p));
        is_talk(account, *tokens) && cast.parties.places().filter(|&p| named(p)).count() >= 2
    };
    account.sentences().find(both).or_else(|| account.sentences().find(|t| is_talk(account, *t)))
}

/// The date: as the sentence that tells of the talk states it, else the date of the documents that tell of it.
pub(crate) fn date(accounts: &[Prepared], cast: &Cast) -> Option<String> {
    let tells = |a: &&Prepared| cast.parties.iter().all(|p| a.person_of.contains(&Some(*p)));
    let documents = || accounts.iter().filter_map(|a| a.date.as_deref()).map(|d| d.get(..10).unwrap_or(d));
    let year = documents().min().and_then(|d| d.get(..4)).map(str::to_owned);
    let of = |a: &Prepared| a.date.as_deref().map(|d| d.get(..10).unwrap_or(d).to_owned());
    // A reading without a day stated has that of its document.
    let read = |a: &Prepared| as_read(a, cast)?.date.clone().filter(|date| of(a).as_ref() != Some(date));
    let stated = accounts.iter().filter(tells).find_map(|a| read(a).or_else(|| date_told(a, year.as_deref())));
    stated
        .or_else(|| accounts.iter().filter(tells).filter_map(of).min())
        .or_else(|| documents().min().map(str::to_owned))
}

/// The day that the sentence which tells of the talk states, with its year or the one given.
fn date_told(account: &Prepared, year: Option<&str>) -> Option<String> {
    let told = account.text.sentences.places().filter(|&s| !account.is_headline(s));
    let lead = told.map(|s| account.sentence(s)).find(|t| is_talk(account, *t))?;
    date_in(account, lead, year)
}

/// The day of the talk as one account by itself tells it; its own date's year where it gives none.
pub(crate) fn stated_date(account: &Prepared) -> Option<String> {
    date_told(account, account.date.as_deref().and_then(|d| d.get(..4)))
}

/// The first day and month of a sentence, with its year or the one given.
fn date_in(account: &Prepared, tokens: Places<TokenId>, year: Option<&str>) -> Option<String> {
    tokens.iter().find_map(|t| {
        let month = MONTHS.iter().position(|m| *m == account.text.word(t))? + 1;
        let number = |t: TokenId| account.words.get(t).and_then(|w| w.parse::<u32>().ok());
        let day_before = t.before().filter(|b| tokens.contains(b)).and_then(number).filter(|d| (1..=31).contains(d));
        let (day, rest) = match day_before {
            Some(day) => (day, t.next()),
            None => (number(t.next()).filter(|d| (1..=31).contains(d))?, t.plus(2)),
        };
        let comma = usize::from(account.words.get(rest).is_some_and(|w| w == ","));
        let stated = number(rest.plus(comma)).filter(|y| (1800..2200).contains(y)).map(|y| y.to_string());
        let year = stated.or_else(|| year.map(str::to_owned))?;
        written(&year, month, day)
    })
}

/// How long it took, in minutes: "an hour-long conversation", "lasted 40 minutes".
pub(crate) fn duration(accounts: &[Prepared]) -> Option<u32> {
    accounts.iter().find_map(|account| {
        account.sentences().filter(|t| is_talk(account, *t)).find_map(|tokens| {
            tokens.iter().find_map(|t| {
                let unit = match account.words[t].as_str() {
                    "hour" | "hours" => 60,
                    "minute" | "minutes" => 1,
                    _ => return None,
                };
                let before = account.words[TokenId::new(0).until(t)].iter().rev().find(|w| w.as_str() != "-")?;
                let count = match before.as_str() {
                    "an" | "one" => 1,
                    "two" => 2,
                    "three" => 3,
                    number => number.parse().ok().filter(|n| *n < 600)?,
                };
                let long = account.words[t.next().until(tokens.end)].iter().take(2).any(|w| w == "long");
                let lasted =
                    account.words[tokens.start.until(t)].iter().any(|w| matches!(w.as_str(), "lasted" | "lasting"));
                let half =
                    account.words[t.next().until(tokens.end)].starts_with(&["and".into(), "a".into(), "half".into()]);
                (long || lasted).then_some(count * unit + if half { 30 } else { 0 })
            })
        })
    })
}

/// The tone word nearest to a noun of conversation, before or behind it.
fn tone_near(account: &Prepared, noun: TokenId, tokens: Places<TokenId>) -> Option<TokenId> {
    let is_tone = |&t: &TokenId| tone::reading_of(&account.words[t]).is_some();
    tokens.iter().filter(is_tone).min_by_key(|t| t.distance(noun)).filter(|t| t.distance(noun) < 12)
}

/// Tone words of all accounts, with what they conventionally mean.
pub(crate) fn tones(accounts: &[Prepared]) -> Vec<ToneWords> {
    let mut found = Vec::new();
    for (i, account) in accounts.iter().enumerate() {
        for passage in &account.passages {
            let tokens = passage.tokens;
            let Some((Frame::Tone, _)) = frame(account, tokens) else { continue };
            let toned: Vec<TokenId> =
                tokens.iter().filter(|&t| tone::reading_of(&account.words[t]).is_some()).collect();
            let (Some(&first), Some(&last)) = (toned.first(), toned.last()) else { continue };
            let Some(span) = account.text.span(first.through(last)) else { continue };
            found.push(tone_words(account.text.text, span, i));
        }
    }
    found.dedup();
    found
}

/// The words of a span with the conventional reading of each.
pub(crate) fn tone_words(text: &str, span: Span, document: usize) -> ToneWords {
    let words = span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let each = words.split(|c: char| !c.is_alphanumeric() && c != '-').map(str::to_lowercase);
    let convention = each.filter_map(|w| {
        let (reading, source) = tone::reading_of(&w).filter(|(reading, _)| !reading.is_empty())?;
        Some(Convention { word: w, reading: reading.into(), source: source.into() })
    });
    ToneWords { convention: convention.collect(), words, according_to: document }
}
