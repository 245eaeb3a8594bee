//! Which sentences of an account tell of the conversation.
//!
//! A readout tells of nothing else. A transcript, or a text on another conversation, tells of much: there only the passages
//! count that name the conversation or let a party tell what was said in it.

use super::cue::{Form, Kind, hit, is_talk_noun};
use super::id::{PartyId, PersonId};
use super::prepared::{Narrow, Passage, Prepared, Turn};
use super::who::{Cast, Who, floor, is_talk, referents, subject};
use crate::table::{Place, Places};
use crate::text::{SentenceId, TokenId};
use crate::words;

/// The sentences of an account that may hold claims, in order.
pub(crate) fn passages(account: &Prepared, cast: &Cast) -> Vec<Passage> {
    if account.is_transcript() {
        return transcript(account, cast);
    }
    let sentences = || account.text.sentences.places().filter(|&s| is_body(account, s));
    let lead = sentences().find(|&s| is_talk(account, account.sentence(s)));
    let other = lead.is_some_and(|s| tells_of_others(account, cast, account.sentence(s)));
    if other {
        let narrow = sentences().filter(|&s| names_call_with_party(account, cast, account.sentence(s)));
        return narrow.map(|s| Passage { tokens: account.sentence(s), narrow: Some(Narrow::OtherTalk) }).collect();
    }
    // What stands before the sentence that tells of the talk is letterhead, if that comes soon.
    let first = lead.filter(|&s| s.index() < 6 && !sentences().take_while(|&e| e < s).any(|e| tells(account, cast, e)));
    sentences()
        .filter(|&s| first.is_none_or(|first| s >= first))
        .map(|s| Passage { tokens: account.sentence(s), narrow: None })
        .collect()
}

/// Whether a sentence belongs to what is told: no litter, no headline, no line with the day alone.
fn is_body(account: &Prepared, sentence: SentenceId) -> bool {
    let span = account.text.sentences[sentence];
    let day = |word: &str| word.chars().all(|c| c.is_ascii_digit()) || words::is_calendar(word);
    let mut words = span.of(account.text.text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    !account.text.boilerplate.iter().any(|b| b.overlaps(span)) && !account.is_headline(sentence) && !words.all(day)
}

/// Whether a sentence has a party as the subject of a verb of telling.
fn tells(account: &Prepared, cast: &Cast, sentence: SentenceId) -> bool {
    let tokens = account.sentence(sentence);
    let start = tokens.start;
    let cue = tokens.iter().find_map(|t| hit(&account.words, t, tokens.end).filter(|h| h.form == Form::Past));
    cue.is_some_and(|c| matches!(subject(account, cast, start.until(c.at), None), Some(Who::Party(_) | Who::Both)))
}

/// Whether a sentence tells of a conversation of which no two parties are told.
pub(crate) fn tells_of_others(account: &Prepared, cast: &Cast, tokens: Places<TokenId>) -> bool {
    let persons: Vec<PersonId> = tokens.iter().filter_map(|t| account.person_at(t)).collect();
    let others = persons.iter().any(|&p| cast.party(p).is_none() && cast.persons[p].side.is_some());
    let parties = cast.parties.places().filter(|&i| persons.iter().any(|&p| cast.party(p) == Some(i))).count();
    others && parties < 2
}

/// "a readout of his call with Teo Vasca": the noun of a conversation with a party's name soon behind it.
fn names_call_with_party(account: &Prepared, cast: &Cast, tokens: Places<TokenId>) -> bool {
    let own = account.own;
    tokens.iter().any(|t| {
        is_talk_noun(&account.words[t])
            && referents(account, cast, t.next().until(t.plus(10).min(tokens.end)), None)
                .iter()
                .any(|(_, who, _)| matches!(who, Who::Party(p) if Some(*p) != own))
    })
}

/// The passages of a transcript.
fn transcript(account: &Prepared, cast: &Cast) -> Vec<Passage> {
    let mut found: Vec<Passage> = Vec::new();
    let party_of = |turn: &Turn| floor(account, turn.tokens.start).and_then(|p| cast.party(p));
    // Where a party speaks for itself, what others in the room say does not count.
    let first_hand = account.turns.iter().any(|t| !t.asks && party_of(t).is_some());
    for turn in account.turns.iter().filter(|t| !t.asks) {
        let party = party_of(turn);
        if first_hand && party.is_none() {
            continue;
        }
        let mut open = false;
        let mut last_told: Option<SentenceId> = None;
        let Some(last) = turn.tokens.end.before().filter(|&last| last >= turn.tokens.start) else { continue };
        let (first, last) = (account.text.sentence_of[turn.tokens.start], account.text.sentence_of[last]);
        for sentence in first.until(last).iter().chain([last]) {
            let tokens = account.sentence(sentence);
            let tokens = tokens.start.max(turn.tokens.start).until(tokens.end);
            open = stays_open(account, cast, tokens, party, open);
            let told = match party {
                Some(_) => open && told_by_party(account, tokens),
                None => {
                    let goes_on = last_told.is_some() && last_told == sentence.before();
                    told_by_official(account, cast, tokens, goes_on)
                }
            };
            if told {
                last_told = Some(sentence);
                found.push(Passage { tokens, narrow: party.map(|_| Narrow::Turn) });
            }
        }
    }
    found
}

/// Whether the talk of a turn is about the conversation: from where the other party is named until others are.
fn stays_open(account: &Prepared, cast: &Cast, tokens: Places<TokenId>, party: Option<PartyId>, open: bool) -> bool {
    let Some(party) = party else { return false };
    let refs = referents(account, cast, tokens, None);
    let other = refs.iter().any(|(_, who, _)| matches!(who, Who::Party(p) if *p != party));
    let spoke = other && (is_talk(account, tokens) || first_person_cue(account, tokens));
    // "the call between President X and President Y": others talked.
    let leaves = is_talk(account, tokens)
        && tokens
            .iter()
            .any(|t| account.person_at(t).is_some_and(|p| cast.party(p).is_none() && cast.persons[p].side.is_some()))
        && !other;
    if leaves { false } else { open || spoke }
}

/// "I pressed ...", "we had a frank conversation", "that he hear directly from me".
fn told_by_party(account: &Prepared, tokens: Places<TokenId>) -> bool {
    first_person_cue(account, tokens) || is_hearing(account, tokens) || told_me(account, tokens)
}

/// "She asked me to ...": the other party is told to have spoken to the one who has the floor.
pub(crate) fn told_me(account: &Prepared, tokens: Places<TokenId>) -> bool {
    let words = &account.words;
    tokens.iter().any(|t| {
        matches!(words[t].as_str(), "he" | "she")
            && t.next().until(t.plus(3).min(tokens.end)).iter().any(|u| {
                hit(words, u, tokens.end).is_some_and(|h| h.form == Form::Past)
                    && words.get(u.next()).is_some_and(|w| matches!(w.as_str(), "me" | "us"))
            })
    })
}

/// "I" or "we" with a verb of telling in the past right behind it.
fn first_person_cue(account: &Prepared, tokens: Places<TokenId>) -> bool {
    tokens.iter().any(|t| {
        matches!(account.words[t].as_str(), "i" | "we")
            // "as I said" refers to what was said elsewhere.
            && !(t > tokens.start && account.words[t.back(1)] == "as" && account.words.get(t.next()).is_some_and(|w| matches!(w.as_str(), "said" | "noted" | "mentioned")))
            && t.next().until(t.plus(3).min(tokens.end)).iter().any(|u| hit(&account.words, u, tokens.end).is_some_and(|h| h.form == Form::Past))
    })
}

/// "that the Russians hear directly from us": a party tells what it wanted the other to hear.
pub(crate) fn is_hearing(account: &Prepared, tokens: Places<TokenId>) -> bool {
    tokens.into_iter().any(|t| account.words[t] == "hear" && hears(account, t))
}

/// Whether "from me" or "from us" follows soon behind a token.
pub(crate) fn hears(account: &Prepared, t: TokenId) -> bool {
    let behind =
        account.words[account.text.tokens_from(t.next())].iter().take(5).map(String::as_str).collect::<Vec<_>>();
    behind.windows(2).any(|w| w[0] == "from" && matches!(w[1], "me" | "us"))
}

/// What an official tells of the talk of others: a party did something in the past, or "the call" was something.
fn told_by_official(account: &Prepared, cast: &Cast, tokens: Places<TokenId>, goes_on: bool) -> bool {
    let words = &account.words;
    let start = tokens.start;
    let party_told = tokens.iter().any(|t| {
        hit(words, t, tokens.end).is_some_and(|h| {
            let perfect = |u: TokenId| matches!(words[u].as_str(), "has" | "have" | "been" | "had");
            let perfect = start.until(t).iter().rev().take(2).any(perfect);
            matches!(h.form, Form::Past)
                && !perfect
                && h.kind != Kind::Talk
                && matches!(subject(account, cast, start.until(t), None), Some(Who::Party(_) | Who::Both))
        })
    });
    let of_call = tokens.iter().any(|t| {
        matches!(words[t].as_str(), "call" | "conversation")
            && t > start
            && matches!(words[t.back(1)].as_str(), "this" | "the" | "substantive" | "serious")
            && start.until(tokens.end).iter().any(|u| matches!(words[u].as_str(), "was" | "were" | "took" | "seemed"))
    });
    let first: Vec<&str> = words[start.until(tokens.end.min(start.plus(4)))].iter().map(String::as_str).collect();
    let begin = first.iter().position(|w| !matches!(*w, "and" | "so" | "but")).unwrap_or(0);
    let anaphor =
        first.get(begin).is_some_and(|w| matches!(*w, "one" | "those" | "these" | "they" | "it" | "he" | "she"))
            || (first.starts_with(&["i", "think", "it", "was"]));
    party_told || of_call || (goes_on && anaphor)
}
