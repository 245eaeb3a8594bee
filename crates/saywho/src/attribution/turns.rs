//! What the form of a text tells exactly: turns of transcripts, "Name: quote" lines, signed quotations, embedded posts, headlines that
//! ascribe. They become outermost attributions; the model reads the rest, and the words of each turn as a text of their own.

use super::{Found, edges};
use crate::reading::{AttributionType, Span};
use crate::text::structure::{Form, Turn};
use crate::text::{Text, TokenId};

/// The attributions that the text's form tells, in order.
pub fn find(text: &Text) -> Vec<Found> {
    text.structure.turns.iter().filter_map(|turn| attribution(text, turn)).collect()
}

fn attribution(text: &Text, turn: &Turn) -> Option<Found> {
    let content: Vec<TokenId> =
        turn.body.iter().flat_map(|s| text.tokens_in(*s)).filter(|&t| !text.is_litter(t)).collect();
    let (source, cue) = (text.tokens_in(turn.label).iter().collect(), text.tokens_in(turn.cue).iter().collect());
    let found = Found { source, cue, content, confidence: turn.certainty, ..Found::default() };
    let marked = turn.cue.is_empty() || !found.cue.is_empty();
    (!found.content.is_empty() && marked).then_some(found)
}

/// The tokens that are left for the model: no turn, dateline, byline or line of credits.
pub fn rest(text: &Text, tokens: Vec<TokenId>) -> Vec<TokenId> {
    let structure = &text.structure;
    let mut taken: Vec<Span> = structure.turns.iter().map(Turn::span).chain(structure.frame.iter().copied()).collect();
    taken.sort_unstable();
    // A head may stand within a turn: "From: ... Subject: ..." between the colon and the words.
    taken.dedup_by(|later, before| {
        let meets = later.start < before.end;
        before.end = if meets { before.end.max(later.end) } else { before.end };
        meets
    });
    let free = |t: &TokenId| {
        let span = text.tokens[*t].span;
        let at = taken.partition_point(|s| s.end <= span.start);
        taken.get(at).is_none_or(|s| !s.overlaps(span))
    };
    tokens.into_iter().filter(free).collect()
}

/// The turn that an attribution was made of.
pub fn turn_of<'t>(text: &'t Text, found: &Found) -> Option<&'t Turn> {
    let first = *found.cue.first().or(found.content.first()).filter(|_| found.inside.is_none())?;
    text.structure.turn_at(text.tokens[first].span.start)
}

/// How much of the content is quoted. A turn of a transcript and a post are the speaker's own words: the label does what
/// quotation marks do elsewhere.
pub fn kind(text: &Text, found: &Found) -> AttributionType {
    match turn_of(text, found) {
        Some(turn) if turn.form.is_verbatim() => AttributionType::Direct,
        _ => edges::kind(text, &found.content),
    }
}

/// Whether the attribution puts a question: by its last mark, or anywhere in the turn of one who is there to ask.
pub fn asks(text: &Text, found: &Found) -> bool {
    let asker = turn_of(text, found).is_some_and(|turn| turn.form == Form::Question);
    let near = if asker { found.content.len() } else { 2 };
    found.content.iter().rev().take(near).any(|&t| text.word(t) == "?")
}
