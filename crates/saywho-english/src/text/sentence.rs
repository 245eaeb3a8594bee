//! Sentences: full stops, question and exclamation marks that end one, with their closing quotation marks.

use crate::place;
use crate::reading::Span;
use crate::text::token::{Case, Token, TokenKind};

place! {
    /// The place of a sentence in a text.
    SentenceId
}

/// Words that a full stop follows without ending a sentence when a capital letter comes next.
const ABBREVIATIONS: [&str; 62] = [
    "mr", "mrs", "ms", "dr", "prof", "rev", "hon", "gen", "col", "lt", "sgt", "capt", "maj", "cmdr", "adm", "gov",
    "sen", "rep", "reps", "sens", "pres", "st", "ste", "mt", "ft", "jr", "sr", "vs", "no", "nos", "vol", "pp", "fig",
    "art", "sec", "ch", "dept", "univ", "assn", "bros", "inc", "ltd", "co", "corp", "jan", "feb", "mar", "apr", "jun",
    "jul", "aug", "sept", "sep", "oct", "nov", "dec", "messrs", "hrs", "approx", "e", "i", "cf",
];

/// The most tokens of a sentence: a longer one is a list or no prose, and is cut, so that what goes over sentences is bounded.
const LONGEST: usize = 500;

/// The sentences of one paragraph, given its tokens; together they cover every token.
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Span> {
    let mut found = Vec::new();
    for whole in whole_sentences(text, tokens) {
        let mut rest = whole;
        while rest.len() > LONGEST {
            // Behind the last comma or semicolon of the second half, else where it is full.
            let ends = |t: &Token| matches!(t.span.of(text), "," | ";");
            let cut = (LONGEST / 2..LONGEST).rev().find(|&i| ends(&rest[i])).map_or(LONGEST, |i| i + 1);
            let (head, tail) = rest.split_at(cut);
            found.push(head);
            rest = tail;
        }
        found.push(rest);
    }
    found.into_iter().map(|s| Span::new(s[0].span.start, s[s.len() - 1].span.end)).collect()
}

/// The sentences as their marks tell, none empty.
fn whole_sentences<'t>(text: &str, tokens: &'t [Token]) -> Vec<&'t [Token]> {
    let mut found = Vec::new();
    let mut first = 0;
    let mut i = 0;
    while i < tokens.len() {
        if ends_sentence(text, tokens, i) {
            let mut last = i;
            while tokens.get(last + 1).is_some_and(|t| closes(t.span.of(text)) && t.span.start == tokens[last].span.end)
            {
                last += 1;
            }
            if starts_sentence(text, tokens, last + 1) {
                found.push(&tokens[first..last + 1]);
                first = last + 1;
            }
            i = last;
        }
        i += 1;
    }
    if first < tokens.len() {
        found.push(&tokens[first..]);
    }
    found
}

fn closes(mark: &str) -> bool {
    matches!(mark, "”" | "\"" | "’" | "'" | ")" | "]" | "»" | "." | "!" | "?" | "…")
}

fn ends_sentence(text: &str, tokens: &[Token], i: usize) -> bool {
    match tokens[i].span.of(text) {
        "!" | "?" | "…" => true,
        "." => !is_abbreviation(text, tokens, i),
        _ => false,
    }
}

/// Whether the full stop at `i` belongs to the word before it.
fn is_abbreviation(text: &str, tokens: &[Token], i: usize) -> bool {
    let Some(word) = i.checked_sub(1).map(|w| tokens[w]).filter(|w| w.span.end == tokens[i].span.start) else {
        return false;
    };
    let letters = word.span.of(text);
    if word.kind != TokenKind::Word {
        return false;
    }
    // An initial ("J. Maren") or the end of "U.S.", which ends a sentence only if no name goes on.
    if letters.chars().count() == 1 && word.case(text) == Case::Upper {
        let dotted = i >= 3 && tokens[i - 2].span.of(text) == "." && tokens[i - 2].span.end == word.span.start;
        return !dotted || !tokens.get(i + 1).is_some_and(|next| is_function_word(next.span.of(text)));
    }
    ABBREVIATIONS.contains(&letters.to_lowercase().as_str())
}

/// Words that seldom stand behind "U.S." within a sentence when they have a capital letter.
fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "A"
            | "An"
            | "He"
            | "She"
            | "It"
            | "They"
            | "We"
            | "I"
            | "In"
            | "On"
            | "At"
            | "But"
            | "And"
            | "This"
            | "That"
            | "“"
    )
}

/// Whether a sentence can start with the token at `i`: after white space, not with a small letter.
fn starts_sentence(text: &str, tokens: &[Token], i: usize) -> bool {
    let Some(next) = tokens.get(i) else { return true };
    if next.span.start == tokens[i - 1].span.end {
        return false;
    }
    match next.kind {
        TokenKind::Word => next.case(text) != Case::Lower,
        TokenKind::Mark => !matches!(next.span.of(text), "," | ";" | ":" | ")" | "”" | "—" | "–" | "-"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, &tokens(text)).iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn ends_with_the_closing_mark() {
        assert_eq!(split("“We agree.” He left. Why? It rained!"), ["“We agree.”", "He left.", "Why?", "It rained!"]);
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_one() {
        assert_eq!(
            split("Mr. J. Vasca of the U.S. Senate met Gov. Maren at 3.30 p.m. today."),
            ["Mr. J. Vasca of the U.S. Senate met Gov. Maren at 3.30 p.m. today."]
        );
    }

    #[test]
    fn a_question_inside_goes_on() {
        assert_eq!(split("“Why?” she asked. He shrugged."), ["“Why?” she asked.", "He shrugged."]);
    }

    #[test]
    fn one_without_an_end_is_cut_behind_a_comma() {
        let text = "Maren, Vasca and Tarn came to Brel by the old ferry, ".repeat(100);
        let found = split(&text);
        assert!(found.len() > 2 && found.iter().all(|s| tokens(s).len() <= LONGEST && s.ends_with(',')));
        assert_eq!(found.iter().map(|s| tokens(s).len()).sum::<usize>(), tokens(&text).len());
    }

    #[test]
    fn an_abbreviated_state_can_end_one() {
        assert_eq!(split("He flew to the U.S. The talks failed."), ["He flew to the U.S.", "The talks failed."]);
    }
}
