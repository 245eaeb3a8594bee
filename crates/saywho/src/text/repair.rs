//! Damage that machines leave in texts, noted beside the text: lost spaces and closing marks on the wrong side of a space.

use crate::reading::{Repair, Span};
use crate::text::token::{Case, Token, TokenKind};

/// Words that get glued to the word before them, and that hardly any English word ends with.
const GLUED: [&str; 6] = ["that", "which", "whose", "whom", "because", "who"];

/// Splits words like "declaredthat" in place and notes what they should read.
///
/// `known` tells whether a lower-case word exists. A word is split only if it is unknown as a whole and its first part
/// is known.
pub fn split_glued(text: &str, tokens: &mut Vec<Token>, known: impl Fn(&str) -> bool) -> Vec<Repair> {
    let mut repairs = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        if let Some(at) = glue(text, tokens[i], &known) {
            let Span { start, end } = tokens[i].span;
            repairs.push(Repair { start, end, to: format!("{} {}", &text[start..at], &text[at..end]) });
            tokens[i].span = Span::new(start, at);
            tokens.insert(i + 1, Token { span: Span::new(at, end), kind: TokenKind::Word });
            i += 1;
        }
        i += 1;
    }
    repairs
}

/// Where a glued word should be split.
fn glue(text: &str, token: Token, known: impl Fn(&str) -> bool) -> Option<usize> {
    let word = token.span.of(text);
    if word.len() < 7 || !word.is_ascii() || !matches!(token.case(text), Case::Lower | Case::Initial) {
        return None;
    }
    let lower = word.to_lowercase();
    let tail = GLUED.iter().find(|tail| lower.ends_with(*tail))?;
    let head = &lower[..lower.len() - tail.len()];
    (head.len() >= 4 && !known(&lower) && known(head)).then_some(token.span.start + head.len())
}

/// Notes closing marks that stand behind a space and against the next word: `done, ”the` for `done,” the`.
pub fn misplaced_marks(text: &str, tokens: &[Token]) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for i in 2..tokens.len().saturating_sub(1) {
        let [word, comma, mark, next] = [tokens[i - 2], tokens[i - 1], tokens[i], tokens[i + 1]];
        let after_comma = matches!(comma.span.of(text), "," | "." | "?" | "!") && word.span.end == comma.span.start;
        let misplaced =
            mark.span.of(text) == "”" && comma.span.end < mark.span.start && mark.span.end == next.span.start;
        if after_comma && misplaced && next.kind == TokenKind::Word && word.kind == TokenKind::Word {
            let to = format!("{}{}” {}", word.span.of(text), comma.span.of(text), next.span.of(text));
            repairs.push(Repair { start: word.span.start, end: next.span.end, to });
        }
    }
    repairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

    fn known(word: &str) -> bool {
        ["informed", "declared", "minister", "somewhat"].contains(&word)
    }

    #[test]
    fn glued_words_become_two_tokens() {
        let text = "He informedthat the ministerwho left was somewhat late.";
        let mut found = tokens(text);
        let repairs = split_glued(text, &mut found, known);
        let to: Vec<&str> = repairs.iter().map(|r| r.to.as_str()).collect();
        assert_eq!(to, ["informed that", "minister who"]);
        assert_eq!(found[2].span.of(text), "that");
    }

    #[test]
    fn a_closing_mark_against_the_next_word_is_noted() {
        let text = "“We need rest, ”the ministry said.";
        let repairs = misplaced_marks(text, &tokens(text));
        assert_eq!(repairs.len(), 1);
        assert_eq!((repairs[0].to.as_str(), &text[repairs[0].start..repairs[0].end]), ("rest,” the", "rest, ”the"));
    }
}
