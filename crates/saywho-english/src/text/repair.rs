//! Damage that machines leave in texts, noted beside the text: lost spaces, closing marks on the wrong side of a space,
//! words broken at the end of a line, soft hyphens, characters encoded twice, paragraphs that stand there twice.

use std::collections::HashSet;

use crate::WordList;
use crate::reading::{Repair, Span};
use crate::text::token::{Case, Token, TokenKind};

/// Words that get glued to the word before them, and that hardly any English word ends with.
const GLUED: [&str; 6] = ["that", "which", "whose", "whom", "because", "who"];

/// Paragraphs of fewer words may stand there twice for a reason: "QUESTION: Yes."
const WORDS_OF_DOUBLED: usize = 12;

/// All notes that need no token to be changed.
pub fn noted(text: &str, tokens: &[Token], paragraphs: &[Span], words: &impl WordList) -> Vec<Repair> {
    let mut repairs = misplaced_marks(text, tokens);
    repairs.extend(broken_words(text, tokens, words));
    repairs.extend(soft_hyphens(text, tokens));
    repairs.extend(encoded_twice(text));
    repairs.extend(doubled(text, paragraphs));
    repairs
}

/// Splits words like "declaredthat" in place and notes what they should read.
///
/// A word is split only if the list has not the whole of it and has its first part.
pub fn split_glued(text: &str, tokens: &mut Vec<Token>, words: &impl WordList) -> Vec<Repair> {
    let mut repairs = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        if let Some(at) = glue(text, tokens[i], words) {
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
fn glue(text: &str, token: Token, words: &impl WordList) -> Option<usize> {
    let word = token.span.of(text);
    if word.len() < 7 || !word.is_ascii() || !matches!(token.case(text), Case::Lower | Case::Initial) {
        return None;
    }
    let lower = word.to_lowercase();
    let tail = GLUED.iter().find(|tail| lower.ends_with(*tail))?;
    let head = &lower[..lower.len() - tail.len()];
    (head.len() >= 4 && !words.has(&lower) && words.has(head)).then_some(token.span.start + head.len())
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

/// Notes words that were broken at the end of a line, now in the middle of one: `nego-tiations`, `nego- tiations`.
///
/// Only where the whole is a word and not both parts are: "long-term" stays.
fn broken_words(text: &str, tokens: &[Token], words: &impl WordList) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for part in tokens.windows(3) {
        let [head, hyphen, tail] = [part[0], part[1], part[2]];
        let joined = head.span.end == hyphen.span.start && matches!(hyphen.span.of(text), "-" | "\u{2010}");
        let gap = &text[hyphen.span.end..tail.span.start];
        let lower = matches!(head.case(text), Case::Lower | Case::Initial) && tail.case(text) == Case::Lower;
        if !joined || !lower || !gap.chars().all(char::is_whitespace) || gap.matches('\n').count() > 1 {
            continue;
        }
        let (first, last) = (head.span.of(text), tail.span.of(text));
        let whole = format!("{first}{last}");
        let (first, last) = (first.to_lowercase(), last.to_lowercase());
        if words.has(&whole.to_lowercase()) && !(words.has(&first) && words.has(&last)) {
            repairs.push(Repair { start: head.span.start, end: tail.span.end, to: whole });
        }
    }
    repairs
}

/// Notes words with soft hyphens, which say only where a line may break.
fn soft_hyphens(text: &str, tokens: &[Token]) -> Vec<Repair> {
    let with = tokens.iter().filter(|token| token.span.of(text).contains('\u{ad}'));
    with.map(|token| {
        let Span { start, end } = token.span;
        Repair { start, end, to: text[start..end].replace('\u{ad}', "") }
    })
    .filter(|repair| !repair.to.is_empty())
    .collect()
}

/// Notes characters that were encoded as UTF-8 and read as Windows-1252: `donâ€™t` for `don’t`.
pub fn encoded_twice(text: &str) -> Vec<Repair> {
    let mut repairs: Vec<Repair> = Vec::new();
    let mut rest = text.char_indices();
    while let Some((start, c)) = rest.next() {
        let length = match windows_1252(c) {
            Some(0xc2..=0xc5) => 2,
            Some(0xe2) => 3,
            Some(0xf0) => 4,
            _ => continue,
        };
        if let Some(end) = lost_byte(text, start) {
            repairs.push(Repair { start, end, to: "”".into() });
            rest.next();
            continue;
        }
        let bytes: Option<Vec<u8>> = text[start..].chars().take(length).map(windows_1252).collect();
        let Some(meant) = bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok()) else { continue };
        if !meant.chars().all(|c| is_often_damaged(c) && c.len_utf8() == length) {
            continue;
        }
        let end = start + text[start..].chars().take(length).map(char::len_utf8).sum::<usize>();
        match repairs.last_mut().filter(|last| last.end == start) {
            Some(last) => (last.end, last.to) = (end, format!("{}{meant}", last.to)),
            None => repairs.push(Repair { start, end, to: meant.to_owned() }),
        }
        rest.nth(length - 2);
    }
    repairs
}

/// Where a closing mark ends of which only two of three characters are left: the third has none in Windows-1252, so that many
/// programs drop it.
fn lost_byte(text: &str, start: usize) -> Option<usize> {
    let behind = text[start..].strip_prefix("â€")?;
    let goes_on =
        behind.chars().next().is_some_and(|c| windows_1252(c).is_some_and(|byte| (0x80..0xc0).contains(&byte)));
    (!goes_on || behind.starts_with('\u{a0}')).then(|| start + "â€".len())
}

/// The byte of a character in Windows-1252. The five bytes without a character stand for themselves, as in browsers, and so do
/// the others where a text was read as ISO-8859-1.
fn windows_1252(c: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match c {
        '\u{80}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        _ => HIGH.iter().position(|&high| high == c).and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

/// Letters with accents, typographic marks and emoji: what texts have and what gets damaged. What else two characters
/// could stand for is more likely meant as it is.
fn is_often_damaged(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{17f}' | '\u{2010}'..='\u{2044}' | '€' | '™' | '\u{1f300}'..='\u{1faff}')
}

/// Notes paragraphs that stand there a second time.
fn doubled(text: &str, paragraphs: &[Span]) -> Vec<Repair> {
    let mut seen = HashSet::new();
    let long = |p: &&Span| p.of(text).split_whitespace().nth(WORDS_OF_DOUBLED - 1).is_some();
    let again = paragraphs.iter().filter(long).filter(|p| !seen.insert(p.of(text)));
    again.map(|p| Repair { start: p.start, end: p.end, to: String::new() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraph::paragraphs;
    use crate::text::token::tokens;
    use proptest::prelude::*;

    struct Few;

    impl WordList for Few {
        fn has(&self, word: &str) -> bool {
            ["informed", "declared", "minister", "somewhat", "negotiations", "long", "term", "longterm"].contains(&word)
        }
    }

    /// Every damaged place with what it should read.
    fn found(text: &str) -> Vec<(&str, String)> {
        let repairs = noted(text, &tokens(text), &paragraphs(text), &Few);
        repairs.into_iter().map(|r| (&text[r.start..r.end], r.to)).collect()
    }

    #[test]
    fn glued_words_become_two_tokens() {
        let text = "He informedthat the ministerwho left was somewhat late.";
        let mut found = tokens(text);
        let repairs = split_glued(text, &mut found, &Few);
        let to: Vec<&str> = repairs.iter().map(|r| r.to.as_str()).collect();
        assert_eq!(to, ["informed that", "minister who"]);
        assert_eq!(found[2].span.of(text), "that");
    }

    #[test]
    fn a_closing_mark_against_the_next_word_is_noted() {
        let text = "“We need rest, ”the ministry said.";
        assert_eq!(found(text), [("rest, ”the", "rest,” the".into())]);
    }

    #[test]
    fn words_broken_at_a_line_end_are_noted_and_compounds_are_not() {
        let text = "The nego-tiations, nego-\ntiations and long-term talks.";
        let to = || "negotiations".to_owned();
        assert_eq!(found(text), [("nego-tiations", to()), ("nego-\ntiations", to())]);
    }

    #[test]
    fn soft_hyphens_are_noted() {
        assert_eq!(found("The mini\u{ad}ster left."), [("mini\u{ad}ster", "minister".into())]);
    }

    #[test]
    fn characters_encoded_twice_are_noted() {
        let text = "â€œI donâ€™t,â€\u{9d} JÃ¶rg said in SÃ£o â€“ Â£5";
        let to: Vec<String> = found(text).into_iter().map(|(_, to)| to).collect();
        assert_eq!(to, ["“", "’", "”", "ö", "ã", "–", "£"]);
        let as_iso: Vec<String> =
            found("â\u{80}\u{9c}I donâ\u{80}\u{99}t.â\u{80}\u{9d}").into_iter().map(|(_, to)| to).collect();
        assert_eq!(as_iso, ["“", "’", "”"]);
        let lost: Vec<String> = found("â€œI donâ€™t,â€ JÃ¶rg said.").into_iter().map(|(_, to)| to).collect();
        assert_eq!(lost, ["“", "’", "”", "ö"]);
        assert!(found("« CAFÉ» in São Paulo costs £5 – “Ça va”, Ångström").is_empty());
    }

    #[test]
    fn a_paragraph_that_stands_there_twice_is_noted_once() {
        let long = "The foreign minister of Norrland said on Friday that the ban would have to go.";
        let text = format!("{long}\n\nYes.\n\n{long}\n\nYes.");
        assert_eq!(found(&text), [(long, String::new())]);
    }

    proptest! {
        #[test]
        fn notes_lie_on_characters(text in "(\\PC|[-“”’ \r\n]|â€|Ã|\u{ad}|nego|tiations|[a-z]{1,8}){0,60}") {
            for repair in noted(&text, &tokens(&text), &paragraphs(&text), &Few) {
                prop_assert!(text.get(repair.start..repair.end).is_some_and(|words| words != repair.to));
            }
        }
    }
}
