//! What a party tells of the conversation in its own turns ("I told him that ...", "He asked me for ..."): the attributions
//! inside them.

use std::collections::HashSet;

use super::claims;
use super::draft::Draft;
use crate::Analysis;
use crate::attribution::act::lemma;
use crate::conversation::id::PartyId;
use crate::conversation::prepared::{Prepared, Turn};
use crate::conversation::who::{self, Cast, Who, referents};
use crate::entity::EntityId;
use crate::reading::{Act, Attribution};
use crate::table::{Place, Places};
use crate::text::TokenId;

/// The claims of the turns of a transcript in which a party speaks of the one other party; none of other texts.
pub(super) fn claims(analysis: &Analysis, account: &Prepared, index: usize, cast: &Cast) -> Vec<Draft> {
    let reading = analysis.reading();
    let cues = claims::cues(reading);
    let outermost: HashSet<&str> =
        reading.attributions.iter().filter(|a| a.inside.is_none()).map(|a| a.id.as_str()).collect();
    let turn_of = |a: &Attribution| {
        let at = account.text.tokens_in(*a.cue.first()?).start;
        let place = account.turns.partition_point(|turn| turn.tokens.end <= at);
        account.turns.get(place).filter(|turn| !turn.asks && turn.tokens.contains(&at)).map(|_| (place, at))
    };
    let mut found = Vec::new();
    for (place, (a, voice)) in reading.attributions.iter().zip(&analysis.cast.voices).enumerate() {
        let told = a.inside.as_deref().is_some_and(|outer| outermost.contains(outer));
        let Some((turn, cue)) = turn_of(a).filter(|_| told) else { continue };
        let floor = account.turns[turn].person.and_then(|person| cast.party(person));
        let Some((floor, other)) = floor.and_then(|floor| Some((floor, cast.other(floor)?))) else { continue };
        let party = |draft: EntityId| who::party(account, cast, draft);
        let (speaker, addressee) = (voice.speaker.and_then(party), voice.addressee.and_then(party));
        // "She confirmed that the ships are loaded", of somebody else who is known.
        if voice.speaker.is_some_and(|draft| account.person_of[draft].is_some()) && speaker.is_none() {
            continue;
        }
        let Some(who) = who(account, cast, a, floor, speaker) else { continue };
        let told_of = names(account, cast, head(account, turn).through(cue), other);
        let counts = match who {
            Who::Party(party) if party == other => true,
            Who::Party(_) => is_past(account, a) && (addressee == Some(other) || told_of && voice.addressee.is_none()),
            Who::Both => told_of && is_past(account, a) && matches!(a.act, Act::Agree | Act::Discuss),
            Who::Other(_) => false,
        };
        let to = if who == Who::Party(floor) { Some(other) } else { Some(floor).filter(|_| who != Who::Both) };
        if counts && let Some(span) = claims::clause(account, a, &cues) {
            found.push(claims::draft(account, index, cast, place, span, Some(who), to.map(Who::Party)));
        }
    }
    found
}

/// Where what a turn answers begins: the turn before, if somebody asked there.
fn head(account: &Prepared, turn: usize) -> TokenId {
    let question = |before: &&Turn| before.asks;
    let asked = turn.checked_sub(1).and_then(|before| account.turns.get(before)).filter(question);
    asked.unwrap_or(&account.turns[turn]).tokens.start
}

/// Whether a party is named, or meant by "he" or "she".
fn names(account: &Prepared, cast: &Cast, tokens: Places<TokenId>, party: PartyId) -> bool {
    referents(account, cast, tokens, Some(party)).iter().any(|(_, who, _)| *who == Who::Party(party))
}

/// Who said it, as the source's own words tell in the mouth of who has the floor: "I", "we", "he" or a name.
fn who(account: &Prepared, cast: &Cast, a: &Attribution, floor: PartyId, speaker: Option<PartyId>) -> Option<Who> {
    let tokens = account.text.tokens_in(*a.source.first()?);
    match account.words[tokens.start].as_str() {
        "i" | "my" => Some(Who::Party(floor)),
        "we" => Some(Who::Both),
        "he" | "she" => Some(Who::Party(cast.other(floor)?)),
        _ => {
            let named = referents(account, cast, tokens, None).into_iter().next().map(|(_, who, _)| who);
            named.or(speaker.map(Who::Party))
        }
    }
}

/// "told", "said", "grumbled": what was said in the conversation is told in the past.
fn is_past(account: &Prepared, a: &Attribution) -> bool {
    let verbs = a.cue.iter().flat_map(|cue| account.text.tokens_in(*cue)).map(|t| account.words[t].as_str());
    let past = |word: &str| {
        word.ends_with("ed") || word == "was" || (lemma(word) != word && !word.ends_with('s') && !word.ends_with("ing"))
    };
    let words: Vec<&str> = verbs.collect();
    words.iter().any(|word| past(word)) && !words.iter().any(|w| matches!(*w, "has" | "have" | "ve" | "can" | "would"))
}
