//! Where a quoted voice clearly ends, for a quotation whose closing mark is lost: the reporter says who spoke, or, where only a
//! phrase is quoted, the sentence ends.

use std::cell::OnceCell;

use super::mark::Mark;
use crate::reading::Span;
use crate::text::sentence::sentences;
use crate::text::token::{Case, Token, TokenKind, tokens};
use crate::words::is_saying;

/// How many words the name of a speaker has at most.
const NAME: usize = 8;

/// How many words tell between commas who a speaker is, at most.
const APPOSED: usize = 10;

/// The ends of voices in one paragraph, found when first asked for.
pub(super) struct Voices<'t> {
    text: &'t str,
    paragraph: Span,
    ends: OnceCell<Ends>,
}

/// Bytes behind which a voice has ended, in order.
struct Ends {
    /// Behind the comma or the full stop before "said Maren", "Teo Vasca said", "he added".
    reported: Vec<usize>,
    sentences: Vec<Sentence>,
}

struct Sentence {
    end: usize,
    /// Whether somebody speaks in it: "I", "we", "you", "don't".
    speaks: bool,
}

impl<'t> Voices<'t> {
    pub fn new(text: &'t str, paragraph: Span) -> Voices<'t> {
        Voices { text, paragraph, ends: OnceCell::new() }
    }

    fn ends(&self) -> &Ends {
        self.ends.get_or_init(|| ends(self.text, self.paragraph))
    }

    /// Where the voice that a mark opens clearly ends, if it does before a place.
    pub fn end_before(&self, open: &Mark, before: usize) -> Option<usize> {
        let ends = self.ends();
        let start = open.span.end;
        let reported = ends.reported.get(ends.reported.partition_point(|&end| end <= start)).copied();
        let sentence = ends.sentences.get(ends.sentences.partition_point(|s| s.end <= start)).map(|s| s.end);
        let sentence = sentence.filter(|_| open.within_phrase);
        [reported, sentence].into_iter().flatten().min().filter(|&end| end <= before)
    }

    /// Where a quotation without a closing mark ends, at the latest before a place.
    pub fn end(&self, open: &Mark, before: usize) -> usize {
        if let Some(end) = self.end_before(open, before) {
            return end;
        }
        let ends = self.ends();
        let first = ends.sentences.partition_point(|s| s.end <= open.span.end);
        let rest = &ends.sentences[first..];
        let spoken = rest.iter().skip(1).take_while(|s| s.speaks && s.end <= before).count();
        rest.get(spoken).map_or(before, |s| s.end).min(before)
    }
}

fn ends(text: &str, paragraph: Span) -> Ends {
    let mut tokens = tokens(paragraph.of(text));
    for token in &mut tokens {
        token.span = Span::new(token.span.start + paragraph.start, token.span.end + paragraph.start);
    }
    let words = Words { text, tokens: &tokens };
    let found = sentences(text, &tokens);
    let mut reported: Vec<usize> = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        if matches!(words.word(i), "," | "?" | "!" | "—" | "–") && words.reports(i + 1) {
            reported.push(token.span.end);
        }
    }
    for pair in found.windows(2) {
        let first = tokens.partition_point(|t| t.span.start < pair[1].start);
        if words.reports(first) {
            reported.push(pair[0].end);
        }
    }
    reported.sort_unstable();
    let sentences = found.iter().map(|s| Sentence { end: s.end, speaks: words.speaks(*s) }).collect();
    Ends { reported, sentences }
}

struct Words<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

impl<'t> Words<'t> {
    fn word(&self, token: usize) -> &'t str {
        self.tokens.get(token).map_or("", |t| t.span.of(self.text))
    }

    /// Whether a reporting clause begins at a token: "said Maren", "he later added", "the minister of trade said".
    fn reports(&self, first: usize) -> bool {
        let Some(token) = self.tokens.get(first) else { return false };
        let word = self.word(first);
        if is_saying(word) {
            return token.case(self.text) == Case::Lower
                && is_subject(self.word(first + 1), self.tokens, first + 1, self.text);
        }
        if !is_subject(word, self.tokens, first, self.text) {
            return false;
        }
        let pronoun = is_third_person(word);
        let most = if pronoun { 3 } else { NAME };
        for i in first + 1..=first + most {
            let Some(token) = self.tokens.get(i) else { return false };
            let word = self.word(i);
            if is_saying(word) {
                // "..., the crews have asked to stay" goes on with a content of its own.
                return !matches!(self.word(i + 1), "to" | "that");
            }
            if word == "," {
                return self.reports_behind_apposition(i);
            }
            if token.kind == TokenKind::Mark && !matches!(word, "." | "-" | "’" | "'") || is_speakers_own(word) {
                return false;
            }
        }
        false
    }

    /// "Petra Olm, who owns the ferry, said": whether what a comma opens behind a subject is closed by one, and the verb follows.
    fn reports_behind_apposition(&self, comma: usize) -> bool {
        let ends = |&i: &usize| matches!(self.word(i), "" | "," | "." | "?" | "!" | ":" | "“" | "”" | "\"");
        let close = (comma + 1..=comma + APPOSED).find(ends).filter(|&i| self.word(i) == ",");
        close.is_some_and(|i| is_saying(self.word(i + 1)) && !matches!(self.word(i + 2), "to" | "that"))
    }

    /// Whether somebody speaks in a sentence rather than is told of.
    fn speaks(&self, sentence: Span) -> bool {
        let first = self.tokens.partition_point(|t| t.span.start < sentence.start);
        let last = self.tokens.partition_point(|t| t.span.start < sentence.end);
        (first..last).any(|i| is_speakers_own(self.word(i)))
    }
}

/// Whether a token may be the first word of a speaker's name: a name, an article, "he".
fn is_subject(word: &str, tokens: &[Token], token: usize, text: &str) -> bool {
    let capital = tokens.get(token).is_some_and(|t| matches!(t.case(text), Case::Initial | Case::Upper | Case::Mixed));
    let article = matches!(word, "the" | "a" | "an" | "his" | "her" | "its" | "their");
    (capital && !is_speakers_own(word)) || article || is_third_person(word)
}

fn is_third_person(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "he" | "she" | "they" | "it")
}

/// Words of the first and second person.
fn is_speakers_own(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "i" | "we" | "you" | "my" | "our" | "your" | "me" | "us" | "mine" | "ours" | "yours" | "myself" | "ourselves"
    )
}
