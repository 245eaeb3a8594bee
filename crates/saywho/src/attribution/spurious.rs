//! What looks like speech and is none: no answer to a request, and states of mind within somebody's words.

use super::Found;
use super::act::lemma;
use super::graph::Graph;
use crate::text::{QuoteState, Text, TokenId};
use crate::words;

/// Below this, what is told within speech without a source is more often nothing than something: of those in the
/// hand-made readings one in ten is right.
const UNSURE: f32 = 0.2;

/// Drops what is none; what lay inside it lies inside what is around it.
pub fn drop(text: &Text, found: &mut Graph) {
    let mut gone = found.with(false);
    for i in found.read() {
        let f = &found[i];
        gone[i] = no_answer(text, f) || f.inside.is_some() && is_no_speech(text, f);
    }
    found.remove(&gone);
}

/// "did not respond to a request for comment": what was asked is not what was said.
fn no_answer(text: &Text, f: &Found) -> bool {
    let answers =
        |t: &TokenId| matches!(lemma(text.word(*t)).as_str(), "respond" | "reply" | "answer" | "return" | "returned");
    let negated = |t: &TokenId| matches!(text.word(*t), "not" | "never" | "t" | "without" | "failed" | "declined");
    let asked = |t: &TokenId| words::is_request(text.word(*t));
    let unquoted = f.content.iter().all(|&t| text.quote_states[t] == QuoteState::Outside);
    // "There was no reply to our letters", "gave no response to calls".
    let none = f
        .cue
        .windows(2)
        .any(|w| text.word(w[0]) == "no" && matches!(text.word(w[1]), "response" | "reply" | "answer" | "comment"));
    let clause = f.content.first().is_some_and(|&t| matches!(text.word(t), "that" | "whether" | "if" | "why" | "how"));
    let refused = f.cue.iter().any(answers) && f.cue.iter().any(negated) || none;
    refused && unquoted && !clause && f.content.iter().take(12).any(asked)
}

/// Within speech: what has no source and is hardly one, and "are tired of the noise", "love my children".
fn is_no_speech(text: &Text, f: &Found) -> bool {
    let unsure = f.source.is_empty() && f.recipient.is_empty() && f.confidence < UNSURE;
    // "would like to see it" wants it.
    let wanted = f.cue.iter().any(|&t| matches!(text.word(t), "would" | "d"));
    let felt = !wanted && f.cue.iter().any(|&t| words::is_feeling(text.word(t)));
    let clause = f.content.first().is_some_and(|&t| {
        matches!(text.word(t), "that" | "whether" | "if" | "why" | "how" | "what")
            || text.quote_states[t] == QuoteState::Open
    });
    let speaks = f.content.first().is_some_and(|&t| {
        matches!(text.word(t), "I" | "you" | "we" | "he" | "she" | "it" | "they" | "there") && f.content.len() > 2
    });
    unsure || (felt && !clause && !speaks)
}
