//! The source where the model left it out or took it into the content: the name that a sentence begins with and whose verb
//! is the cue. "Press Secretary Mirela Dorn after that declared that ...".

use super::Found;
use super::relay::{CITING, subject_before};
use crate::table::Place;
use crate::text::token::{Case, TokenKind};
use crate::text::{Text, TokenId};
use crate::words;

/// The longest name with its titles, in tokens.
const LONGEST: usize = 12;

/// The longest noun phrase without a preposition, in tokens.
const PHRASE: usize = 4;

/// Words that may stand between a subject and its verb.
pub(super) const BETWEEN: [&str; 10] =
    ["also", "then", "later", "after", "that", "had", "has", "have", "however", "again"];

/// Forms of "be": behind them the verb is a passive and its subject is no source.
pub const BE: [&str; 7] = ["is", "are", "was", "were", "be", "been", "being"];

/// Gives a sourceless attribution the subject of its cue, if the sentence begins with a name that is one.
pub fn complete(text: &Text, found: &mut Found) {
    let Some(&cue) = found.cue.first() else { return };
    if found.source.is_empty() && inverted(text, found) {
        return;
    }
    // In a headline every word may be capitalized: no name can be told there.
    let prose = text.case(cue) == Case::Lower;
    // "Mirela Dorn after that declared": the model may take "that" for the source.
    if let [that] = found.source[..]
        && text.word(that) == "that"
        && matches!(text.word_before(that), "after" | "before" | "with")
    {
        found.source.clear();
    }
    if !prose || !found.source.is_empty() || found.cue.iter().any(|&t| BE.contains(&text.word(t))) {
        return;
    }
    if let Some(source) = who_cites(text, cue) {
        found.source = source;
        return;
    }
    let sentence = text.sentence_of[cue];
    let start = text.tokens_before(cue).take_while(|&t| text.sentence_of[t] == sentence).last().unwrap_or(cue);
    let end = start.until(cue).iter().find(|&t| !in_name(text, t)).unwrap_or(cue);
    let named = start.until(end).iter().any(|t| !matches!(text.case(t), Case::Lower | Case::None));
    let verb_follows = end.until(cue).iter().all(|t| BETWEEN.contains(&text.word(t)));
    let starter = words::is_starter(text.word(start)) && text.word(start) != "The";
    if !named || starter || !verb_follows || start.distance(end) > LONGEST || end == start {
        return;
    }
    let rest = found.content.iter().filter(|&&t| t >= end).count();
    if rest > 0 && (end < cue || text.tokens[end.back(1)].kind == TokenKind::Word) {
        found.content.retain(|&t| t >= end);
        found.source = start.until(end).iter().collect();
    }
}

/// "Bakers strike over flour, says union": what ends the sentence behind a comma and the verb is who says what stands before.
/// The model may take it for a part of the content.
fn inverted(text: &Text, found: &mut Found) -> bool {
    let [cue] = found.cue[..] else { return false };
    let behind = found.content.partition_point(|&t| t < cue);
    let source = &found.content[behind..];
    let next = source.last().map_or(cue, |last| last.next());
    let ends = text.sentence_of.get(next) != Some(&text.sentence_of[cue]) || matches!(text.word(next), "." | "!" | "?");
    let whole = source
        .iter()
        .zip(text.tokens_from(cue.next()))
        .all(|(&t, want)| t == want && text.tokens[t].kind == TokenKind::Word);
    let phrase = (1..=PHRASE).contains(&source.len()) && !source.iter().any(|&t| words::ends_phrase_head(text.word(t)));
    let verb = words::is_saying(text.word(cue)) && text.word_before(cue) == ",";
    if !(behind > 0 && whole && phrase && ends && verb) {
        return false;
    }
    found.source = found.content.split_off(behind);
    true
}

/// "On Monday, Radio North, citing officials, ...": the name that stands by itself before the participle.
fn who_cites(text: &Text, cue: TokenId) -> Option<Vec<TokenId>> {
    let comma = cue.before().filter(|&t| CITING.contains(&text.word(cue)) && text.word(t) == ",")?;
    let name = subject_before(text, comma)?;
    let before = name[0].before().filter(|&t| text.sentence_of[t] == text.sentence_of[cue]);
    before.is_none_or(|t| text.word(t) == ",").then_some(name)
}

/// Capitalized words and what joins them: "Minister of the Interior".
pub(super) fn in_name(text: &Text, token: TokenId) -> bool {
    let capital = text.tokens[token].kind == TokenKind::Word && !matches!(text.case(token), Case::Lower | Case::None);
    let next = |t: TokenId| !matches!(text.case(t), Case::Lower | Case::None);
    let joins = match text.word(token) {
        "of" | "for" | "-" => next(token.next()) || (text.word(token) == "of" && next(token.plus(2))),
        "the" | "The" => next(token.next()),
        _ => false,
    };
    capital || joins
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(whole: &str, cue: &str, content: &str) -> String {
        let text = Text::new(whole);
        let tokens = |words: &str| {
            let start = whole.find(words).unwrap();
            text.tokens_in(crate::Span::new(start, start + words.len())).iter().collect::<Vec<_>>()
        };
        let mut found = Found { cue: tokens(cue), content: tokens(content), ..Found::default() };
        complete(&text, &mut found);
        found.source.iter().map(|&t| text.word(t)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn who_cites_stands_between_commas() {
        let content = "officials in Hale";
        assert_eq!(
            source("On Monday, Radio North, citing officials in Hale, told of a ban.", "citing", content),
            "Radio North"
        );
        assert_eq!(source("Radio North, citing officials in Hale, told of a ban.", "citing", content), "Radio North");
        assert_eq!(source("The minister left Norrland, citing officials in Hale.", "citing", content), "");
    }

    #[test]
    fn who_ends_a_headline_behind_the_verb_says_it() {
        for [whole, content, want] in [
            ["Ferry strike to go on, says union", "Ferry strike to go on, says union", "union"],
            ["Quay is safe, insists harbour office.", "Quay is safe, insists harbour office", "harbour office"],
            ["Ban was lifted, says Maren, but not for all.", "Ban was lifted, says Maren, but not for all", ""],
        ] {
            let text = Text::new(whole);
            let cue = text.tokens.places().find(|&t| matches!(text.word(t), "says" | "insists")).unwrap();
            let content = text.tokens_in(crate::Span::new(0, content.len()));
            let content = content.iter().filter(|&t| t != cue).collect();
            let mut found = Found { cue: vec![cue], content, ..Found::default() };
            complete(&text, &mut found);
            assert_eq!(found.source.iter().map(|&t| text.word(t)).collect::<Vec<_>>().join(" "), want, "{whole}");
        }
    }

    #[test]
    fn the_name_before_the_verb_is_the_source() {
        let whole = "Press Secretary of the Sudovian President Mirela Dorn after that declared that the ban stays.";
        let name = "Press Secretary of the Sudovian President Mirela Dorn";
        assert_eq!(source(whole, "declared", "that the ban stays"), name);
    }

    #[test]
    fn the_subject_of_a_passive_is_not() {
        assert_eq!(source("Teo Vasca was said to be ill.", "was said", "to be ill"), "");
    }
}
