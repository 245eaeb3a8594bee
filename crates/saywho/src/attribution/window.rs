//! Cuts a sequence of tokens into windows that the encoder takes at once.

use std::ops::Range;

use crate::table::Table;
use crate::text::{Start, Text, TokenId};

/// How willingly a window ends before a token.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    Anywhere,
    Sentence,
    QuotedParagraph,
    Paragraph,
}

/// Ranges of places in `tokens` with at most `limit` pieces each, cut at the best place:
/// between paragraphs rather than sentences, and not within a quotation that goes on.
///
/// `pieces` gives the number of word pieces of a token. A token with more pieces than a window is cut by the caller.
pub fn windows(
    text: &Text,
    starts: &Table<TokenId, Start>,
    tokens: &[TokenId],
    limit: usize,
    pieces: impl Fn(TokenId) -> usize,
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut first = 0;
    while first < tokens.len() {
        let mut size = 0;
        let fits = tokens[first..].iter().take_while(|&&t| {
            size += pieces(t).min(limit);
            size <= limit
        });
        let most = first + fits.count().max(1);
        let end = if most == tokens.len() { most } else { best_break(text, starts, tokens, first, most) };
        found.push(first..end);
        first = end;
    }
    found
}

/// The best place to end a window that starts at `first` and can go on to `most`: in its last half.
fn best_break(text: &Text, starts: &Table<TokenId, Start>, tokens: &[TokenId], first: usize, most: usize) -> usize {
    let least = first + (most - first).div_ceil(2);
    (least..=most).max_by_key(|&i| (kind_of_break(text, starts, tokens[i]), i)).unwrap_or(most)
}

fn kind_of_break(text: &Text, starts: &Table<TokenId, Start>, token: TokenId) -> Break {
    match starts[token] {
        Start::Inner => Break::Anywhere,
        Start::Sentence => Break::Sentence,
        Start::Paragraph if text.continues_quote(token) => Break::QuotedParagraph,
        Start::Paragraph => Break::Paragraph,
    }
}
