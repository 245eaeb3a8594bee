//! What is no part of a content: words between the halves of a quotation, words behind its closing mark, and words of the
//! clause before. Runs before the edges are tidied.

use super::Found;
use crate::reading::Span;
use crate::text::quote::Quote;
use crate::text::token::{Case, TokenKind};
use crate::text::{QuoteState, Text};

/// Cuts each content to its own words.
pub fn cut(text: &Text, found: &mut [Found]) {
    for f in found {
        f.content.sort_unstable();
        interruptions(text, &mut f.content);
        behind_mark(text, f);
        other_clause(text, f);
    }
}

/// “that the crane,” and here she pointed at the river, “had been tested”: what stands between the two halves of a sentence
/// that is quoted in pieces.
fn interruptions(text: &Text, content: &mut Vec<usize>) {
    if content.first().is_none_or(|&t| text.quote_states[t] == QuoteState::Outside) {
        return;
    }
    let outside = |t: usize| text.quote_states[t] == QuoteState::Outside;
    let mut kept = Vec::with_capacity(content.len());
    let mut at = 0;
    while let Some(&token) = content.get(at) {
        let gap = content[at..].iter().zip(token..).take_while(|&(&t, want)| t == want && outside(t)).count();
        let (open, close) = (token + gap, token.checked_sub(1));
        let halves = close.is_some_and(|close| {
            text.quote_states[close] == QuoteState::Close
                && close > 0
                && matches!(text.word(close - 1), "," | "—" | "–")
                && text.quote_states.get(open) == Some(&QuoteState::Open)
                && text.tokens.get(open + 1).is_some_and(|t| t.case(text.text) == Case::Lower)
        });
        let parted = gap > 1 && matches!(text.word(open - 1), "," | "—" | "–");
        if gap > 0 && halves && parted {
            at += gap;
        } else {
            let next = at + gap.max(1);
            kept.extend(&content[at..next]);
            at = next;
        }
    }
    if !kept.is_empty() {
        *content = kept;
    }
}

/// ‘Call the mayor,’ so I did: a quotation that ends like a clause is all that was said; and what is told within a quotation
/// ends with it.
fn behind_mark(text: &Text, f: &mut Found) {
    let (Some(&first), Some(&cue)) = (f.content.first(), f.cue.first()) else { return };
    let at = |t: usize| text.tokens[t].span;
    let opening =
        [Some(first), first.checked_sub(1)].into_iter().flatten().find(|&t| text.quote_states[t] == QuoteState::Open);
    let own = opening.and_then(|t| text.quote_at(t)).filter(|q| q.closed && !q.span.contains(at(cue)));
    if let Some(quote) = own.filter(|q| ends_clause(text, q)) {
        let more = f.content.iter().any(|&t| at(t).start >= quote.span.end && text.quote_states[t] == QuoteState::Open);
        if !more && cue < first {
            f.content.retain(|&t| at(t).start < quote.span.end);
        }
    }
    // “outlined the plan” for the port: of a phrase the sentence may go on with the quoted words.
    let around = innermost(text, at(cue)).filter(|q| q.closed && ends_clause(text, q));
    if let Some(quote) = around {
        let within = |t: usize| quote.span.contains(at(t)) || text.quote_states[t] != QuoteState::Outside;
        if f.content.iter().any(|&t| quote.span.contains(at(t))) {
            f.content.retain(|&t| within(t));
        }
    }
}

/// The innermost quotation around a span.
fn innermost<'t>(text: &'t Text, span: Span) -> Option<&'t Quote> {
    let end = text.quotes.partition_point(|q| q.span.start <= span.start);
    // Quotations nest a few deep: the one around a token is among the last that begin before it or holds one of them.
    text.quotes[..end].iter().rev().take(NEAR).find(|q| q.span.contains(span))
}

/// How many quotations before a token are looked at.
const NEAR: usize = 12;

fn ends_clause(text: &Text, quote: &Quote) -> bool {
    let close = text.tokens_in(quote.span).end.saturating_sub(1);
    close > 0 && matches!(text.word(close - 1), "," | "." | "?" | "!")
}

/// "... did not respond to requests for comment, and Rook refused to say whether ...": the words before "and" have another
/// subject.
fn other_clause(text: &Text, f: &mut Found) {
    let (Some(&cue), Some(&source)) = (f.cue.first(), f.source.first()) else { return };
    if source > cue || !f.content.iter().any(|&t| t > cue) {
        return;
    }
    let joined = source.checked_sub(2).filter(|&t| {
        matches!(text.word(t + 1), "and" | "but" | "while" | "whereas") && matches!(text.word(t), "," | ";")
            || text.word(t + 1) == ";"
    });
    let Some(joined) = joined.filter(|&t| text.sentence_of[t] == text.sentence_of[cue]) else { return };
    let before = |&t: &usize| t <= joined + 1 && text.sentence_of[t] == text.sentence_of[cue];
    let plain = |t: &usize| text.quote_states[*t] == QuoteState::Outside;
    let unquoted = f.content.iter().filter(|t| before(t)).all(plain);
    let keeps = f.content.iter().any(|t| !before(t) && text.tokens[*t].kind == TokenKind::Word);
    if unquoted && keeps {
        f.content.retain(|t| !before(t));
    }
}
