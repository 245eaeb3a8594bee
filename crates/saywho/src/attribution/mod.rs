//! The attribution stage: who is the source, what is the cue, what is the content, and which attribution lies inside which.
//!
//! What the form of a text tells exactly comes first (see `turns`). A small transformer tags and links the rest (see
//! `finder`); each content is then read again as a text of its own until nothing
//! more is found. Knows nothing of who the sources are.

pub mod act;
pub mod decode;
pub mod edges;
pub mod finder;
pub mod recipient;
mod relay;
mod subject;
pub mod turns;
pub mod window;

use crate::text::{QuoteState, Text};
pub use finder::{Features, Finder, Found, Model, Passage};

/// No text has been seen to nest deeper; a bound for hostile ones.
const DEEPEST: usize = 6;

/// The shortest content, in tokens, that is read again; shorter ones hardly ever hold an attribution.
const SHORTEST: usize = 5;

/// A content that is less sure than this is not read again: what it holds would be less sure still.
const DOUBTFUL: f32 = 0.45;

/// All attributions of a text, outer before inner, each with the index of the one it is inside.
pub fn find(text: &Text, features: &Features, finder: &mut Finder) -> Vec<Found> {
    let states = text.quote_states();
    let mut found: Vec<Found> = turns::find(text);
    let rest = turns::rest(text, body(text));
    let mut level: Vec<Found> = finder.find(text, features, &[Passage { tokens: rest, quoted: false }]).remove(0);
    let mut first = 0;
    for _ in 0..DEEPEST {
        for attribution in &mut level {
            subject::complete(text, attribution);
            recipient::split(text, attribution);
            recipient::passive(text, attribution);
            edges::tidy(text, &mut attribution.content);
        }
        found.extend(level);
        relay::add(text, &mut found, first);
        let relays = |i: usize| found[first..].iter().any(|f| f.inside == Some(i));
        let parents: Vec<usize> =
            (first..found.len()).filter(|&i| found[i].confidence >= DOUBTFUL && !relays(i)).collect();
        let passages: Vec<Passage> = parents.iter().map(|&i| inner_passage(text, &states, &found[i].content)).collect();
        let inner = finder.find(text, features, &passages);
        first = found.len();
        level =
            parents.into_iter().zip(inner).flat_map(|(parent, inner)| nested(parent, &found[parent], inner)).collect();
        if level.is_empty() {
            break;
        }
    }
    found
}

/// All tokens but those of page litter.
fn body(text: &Text) -> Vec<usize> {
    (0..text.tokens.len()).filter(|&t| !text.boilerplate.iter().any(|b| b.overlaps(text.tokens[t].span))).collect()
}

/// A content as a text of its own: without the marks around it and the "that" before it.
fn inner_passage(text: &Text, states: &[QuoteState], content: &[usize]) -> Passage {
    let quoted = edges::kind(text, states, content) == crate::reading::AttributionType::Direct;
    let is_edge = |&t: &usize| quoted && matches!(states[t], QuoteState::Open | QuoteState::Close);
    let mut tokens: Vec<usize> = content.iter().copied().filter(|t| !is_edge(t)).collect();
    if tokens.first().is_some_and(|&t| text.word(t) == "that") {
        tokens.remove(0);
    }
    if tokens.len() < SHORTEST {
        tokens.clear();
    }
    Passage { tokens, quoted }
}

/// What was found in a content, placed inside its attribution; what only repeats the outer one is dropped.
fn nested(parent: usize, outer: &Found, inner: Vec<Found>) -> Vec<Found> {
    let smaller = |f: &Found| f.content.len() + f.cue.len() <= outer.content.len();
    inner
        .into_iter()
        .filter(smaller)
        .map(|f| Found { inside: Some(parent), confidence: f.confidence * outer.confidence, ..f })
        .collect()
}
