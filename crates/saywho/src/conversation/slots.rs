//! What the accounts tell of the conversation itself: medium, date, duration, who asked for it, how it went.

use std::ops::Range;

use crate::reading::{Medium, Span};
use crate::text::QuoteState;
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
pub(crate) fn frame(account: &Prepared, tokens: Range<usize>) -> Option<(Frame, usize)> {
    let words = &account.words;
    let took_place = tokens.clone().any(|t| words[t] == "took" && words.get(t + 1).is_some_and(|w| w == "place"));
    let talk = tokens.clone().any(|t| is_talk_noun(&words[t])) || is_talk(account, tokens.clone());
    // "at her request" tells of a talk only where one is told of.
    let met = || tokens.clone().any(|t| words::is_of_presence(&words[t]));
    let wished = |t: usize| !words::is_wish(&words[t]) || took_place || talk || met();
    if let Some(at) = tokens.clone().find(|&t| asks_for(account, t, tokens.clone()) && wished(t)) {
        return Some((Frame::Initiative, at));
    }
    if !talk {
        return None;
    }
    let noun = tokens
        .clone()
        .find(|&t| matches!(words[t].as_str(), "atmosphere" | "tone" | "spirit") || is_talk_noun(&words[t]))?;
    let toned = tone_near(account, noun, tokens.clone())?;
    let atmosphere = tokens.clone().any(|t| matches!(words[t].as_str(), "atmosphere" | "tone"));
    let stated = atmosphere || {
        // "We had a frank and direct conversation", "The talks were frank": nothing else is told.
        let long = tokens.end - tokens.start > 16;
        let was = (tokens.start..noun.max(toned)).any(|t| matches!(words[t].as_str(), "was" | "had" | "were"));
        !long && was
    };
    stated.then_some((Frame::Tone, toned))
}

/// Whether a token tells that someone asked for the conversation.
fn asks_for(account: &Prepared, t: usize, tokens: Range<usize>) -> bool {
    let words = &account.words;
    let next = |n: usize| words.get(t + n).map(String::as_str).unwrap_or_default();
    // "asked for a call", "had asked for it" where the talk was told of before.
    let talk = |from: usize, reach: usize| {
        let mut behind = from..(from + reach).min(tokens.end);
        let told = || is_talk(account, tokens.start..t) || told_before(account, tokens.start);
        behind.clone().take(1).any(|u| words[u] == "it") && told() || behind.any(|u| is_talk_noun(&words[u]))
    };
    match words[t].as_str() {
        word if words::is_wish(word) => {
            let at = |&u: &usize| matches!(words[u].as_str(), "at" | "on");
            (tokens.start..t).rev().take(8).any(|u| at(&u)) && !tokens.clone().any(|u| words[u] == "summit")
        }
        "initiated" | "requested" | "sought" => talk(t + 1, 4) || next(1) == "by",
        "asked" | "asking" => next(1) == "for" && talk(t + 2, 4),
        // Who rings wants to talk.
        "telephoned" | "phoned" | "rang" | "rung" => !matches!(next(1), "." | "by"),
        "called" => (t + 1..(t + 4).min(tokens.end)).any(|u| account.person_at(u).is_some()),
        "convened" => next(1) == "by",
        "invited" => (t + 1..(t + 12).min(tokens.end)).any(|u| {
            let talk = is_talk_noun(&words[u]) || words::is_of_video(&words[u]) || words[u] == "session";
            talk && tokens.start < HEAD
        }),
        _ => false,
    }
}

/// How many tokens of a document are its head, where it says how the talk came about.
const HEAD: usize = 150;

/// Whether one of the two sentences before tells of a talk.
fn told_before(account: &Prepared, start: usize) -> bool {
    let sentence = start.checked_sub(1).map(|t| account.sentence(account.text.sentence_of[t]));
    sentence.is_some_and(|tokens| {
        let before = tokens.start.checked_sub(1).map(|t| account.sentence(account.text.sentence_of[t]));
        is_talk(account, tokens.clone()) || before.is_some_and(|tokens| is_talk(account, tokens))
    })
}

/// The side that asked for the conversation, as a sentence tells.
pub(crate) fn initiator(account: &Prepared, cast: &Cast, tokens: Range<usize>) -> Option<String> {
    let words = &account.words;
    let at = tokens.clone().find(|&t| asks_for(account, t, tokens.clone()))?;
    let behind = matches!(words.get(at + 1).map(String::as_str), Some("of" | "by"));
    let region = if behind { at + 2..(at + 9).min(tokens.end) } else { tokens.start..at };
    let side_of = |who: &Who| match who {
        Who::Party(p) => cast.side(*p).map(str::to_owned),
        Who::Other(name) => cast.of_side(name).map(|_| name.clone()).or_else(|| cast.body_named(name)),
        Who::Both => None,
    };
    let refs = referents(account, cast, region.clone(), None);
    let named =
        if behind { refs.iter().find_map(|r| side_of(&r.1)) } else { refs.iter().rev().find_map(|r| side_of(&r.1)) };
    // "the American side", "Sudovian initiative", "the government of Norrland's request".
    let near = |t: usize| account.states.name_of(account.text.word(t)).filter(|s| cast.of_side(s).is_some());
    // "at her request", "we had asked for it": whose it is the pronoun tells.
    let pronoun = || whose(account, cast, at, tokens.clone()).and_then(|p| cast.side(p)).map(str::to_owned);
    let state: Option<String> =
        if behind { region.clone().find_map(near) } else { region.rev().take(5).find_map(near) };
    // "the Norrland side", where nobody else tells whose side that is.
    let side = region_of_side(account, tokens.clone(), at).filter(|_| state.is_none() && named.is_none());
    state.or(side).or_else(|| named.filter(|_| !is_possessive(account, at))).or_else(pronoun)
}

/// "at the initiative of the Norrland side", "at the request of the Norrland side".
fn region_of_side(account: &Prepared, tokens: Range<usize>, at: usize) -> Option<String> {
    let of = at + 1;
    let side = (of..tokens.end.min(of + 6)).find(|&t| account.words[t] == "side")?;
    let first = (of..side).find(|&t| account.text.word(t).starts_with(char::is_uppercase))?;
    let words = account.text.span(first..side)?.of(account.text.text);
    account.states.in_words(words).or_else(|| Some(words.to_owned()))
}

fn is_possessive(account: &Prepared, at: usize) -> bool {
    at > 0 && matches!(account.words[at - 1].as_str(), "his" | "her" | "their" | "our" | "my" | "its")
}

/// The party that a pronoun before a token means: "our request" is that of those who write, "her request" of the only one whom it
/// fits, and "their request" of those who are not writing.
fn whose(account: &Prepared, cast: &Cast, at: usize, tokens: Range<usize>) -> Option<PartyId> {
    let own = first_person(account, cast, at).or(account.own);
    let near = (tokens.start..at).rev().take(4).find_map(|t| match account.words[t].as_str() {
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
    let tells = |tokens: &Range<usize>| matches!(frame(account, tokens.clone()), Some((Frame::Initiative, _)));
    let told = account.passages.iter().map(|passage| passage.tokens.clone()).filter(tells);
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
    let outside = |account: &Prepared, t: usize| account.text.quote_states[t] == QuoteState::Outside;
    let any = |is: &dyn Fn(&str) -> bool| {
        accounts.iter().any(|a| (0..a.words.len()).any(|t| outside(a, t) && is(&a.words[t])))
    };
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
fn lead(account: &Prepared, cast: &Cast) -> Option<Range<usize>> {
    let both = |tokens: &Range<usize>| {
        let named = |p| tokens.clone().filter_map(|t| account.person_at(t)).any(|q| cast.party(q) == Some(p));
        is_talk(account, tokens.clone()) && cast.parties.places().filter(|&p| named(p)).count() >= 2
    };
    account.sentences().find(both).or_else(|| account.sentences().find(|t| is_talk(account, t.clone())))
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
    let lead = told.map(|s| account.sentence(s)).find(|t| is_talk(account, t.clone()))?;
    date_in(account, lead, year)
}

/// The day of the talk as one account by itself tells it; its own date's year where it gives none.
pub(crate) fn stated_date(account: &Prepared) -> Option<String> {
    date_told(account, account.date.as_deref().and_then(|d| d.get(..4)))
}

/// The first day and month of a sentence, with its year or the one given.
fn date_in(account: &Prepared, tokens: Range<usize>, year: Option<&str>) -> Option<String> {
    tokens.clone().find_map(|t| {
        let month = MONTHS.iter().position(|m| *m == account.text.word(t))? + 1;
        let number = |t: usize| account.words.get(t).and_then(|w| w.parse::<u32>().ok());
        let day_before =
            t.checked_sub(1).filter(|b| tokens.contains(b)).and_then(number).filter(|d| (1..=31).contains(d));
        let (day, rest) = match day_before {
            Some(day) => (day, t + 1),
            None => (number(t + 1).filter(|d| (1..=31).contains(d))?, t + 2),
        };
        let comma = usize::from(account.words.get(rest).is_some_and(|w| w == ","));
        let stated = number(rest + comma).filter(|y| (1800..2200).contains(y)).map(|y| y.to_string());
        let year = stated.or_else(|| year.map(str::to_owned))?;
        written(&year, month, day)
    })
}

/// How long it took, in minutes: "an hour-long conversation", "lasted 40 minutes".
pub(crate) fn duration(accounts: &[Prepared]) -> Option<u32> {
    accounts.iter().find_map(|account| {
        account.sentences().filter(|t| is_talk(account, t.clone())).find_map(|tokens| {
            tokens.clone().find_map(|t| {
                let unit = match account.words[t].as_str() {
                    "hour" | "hours" => 60,
                    "minute" | "minutes" => 1,
                    _ => return None,
                };
                let before = account.words[..t].iter().rev().find(|w| w.as_str() != "-")?;
                let count = match before.as_str() {
                    "an" | "one" => 1,
                    "two" => 2,
                    "three" => 3,
                    number => number.parse().ok().filter(|n| *n < 600)?,
                };
                let long = account.words[t + 1..tokens.end].iter().take(2).any(|w| w == "long");
                let lasted = account.words[tokens.start..t].iter().any(|w| matches!(w.as_str(), "lasted" | "lasting"));
                let half = account.words[t + 1..tokens.end].starts_with(&["and".into(), "a".into(), "half".into()]);
                (long || lasted).then_some(count * unit + if half { 30 } else { 0 })
            })
        })
    })
}

/// The tone word nearest to a noun of conversation, before or behind it.
fn tone_near(account: &Prepared, noun: usize, tokens: Range<usize>) -> Option<usize> {
    let is_tone = |&t: &usize| tone::reading_of(&account.words[t]).is_some();
    tokens.clone().filter(is_tone).min_by_key(|t| t.abs_diff(noun)).filter(|t| t.abs_diff(noun) < 12)
}

/// Tone words of all accounts, with what they conventionally mean.
pub(crate) fn tones(accounts: &[Prepared]) -> Vec<ToneWords> {
    let mut found = Vec::new();
    for (i, account) in accounts.iter().enumerate() {
        for passage in &account.passages {
            let tokens = passage.tokens.clone();
            let Some((Frame::Tone, _)) = frame(account, tokens.clone()) else { continue };
            let toned: Vec<usize> = tokens.filter(|&t| tone::reading_of(&account.words[t]).is_some()).collect();
            let (Some(&first), Some(&last)) = (toned.first(), toned.last()) else { continue };
            let Some(span) = account.text.span(first..last + 1) else { continue };
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
