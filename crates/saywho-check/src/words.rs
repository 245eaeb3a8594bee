//! The words of a text as they are compared: in lower case, without the glyphs of marks.

use std::collections::HashMap;

use saywho::Span;

use crate::lexicon;

/// A word and what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Its place (bytes).
    pub span: Span,
    /// Its number in the vocabulary.
    pub id: u32,
    /// Whether it has a capital.
    pub capital: bool,
    /// Whether a sentence, a quotation or a line begins with it.
    pub opens: bool,
    /// Whether it is the first of a paragraph.
    pub new_paragraph: bool,
    /// Whether it stands in square brackets.
    pub bracketed: bool,
    /// Whether dots of ellipsis stand before it.
    pub behind_dots: bool,
    /// Whether a comma or a semicolon stands before it.
    pub behind_comma: bool,
}

/// Words by number, shared by all texts of a check.
#[derive(Debug, Default)]
pub struct Vocabulary {
    ids: HashMap<String, u32>,
    words: Vec<String>,
}

impl Vocabulary {
    /// The number of a word.
    fn id(&mut self, word: String) -> u32 {
        if let Some(&id) = self.ids.get(&word) {
            return id;
        }
        let id = self.words.len() as u32;
        self.words.push(word.clone());
        self.ids.insert(word, id);
        id
    }

    /// The number of a word that was read, as it is compared.
    pub fn known(&self, word: &str) -> Option<u32> {
        self.ids.get(word).copied()
    }

    /// The word of a number.
    pub fn word(&self, id: u32) -> &str {
        &self.words[id as usize]
    }

    /// All words, in order of their numbers.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The value of a word that is a number, a month or a day; "May" is a month within a sentence.
    pub fn number(&self, word: &Word) -> Option<&str> {
        let known = self.word(word.id);
        if known == "may" { (word.capital && !word.opens).then_some("may") } else { lexicon::number(known) }
    }

    /// Whether a word is part of a name: it has a capital that nothing else explains.
    pub fn is_name(&self, word: &Word) -> bool {
        let known = self.word(word.id);
        word.capital
            && !word.opens
            && !matches!(known, "i" | "i'm" | "i've" | "i'll" | "i'd")
            && self.number(word).is_none()
            && !known.chars().next().is_some_and(|c| c.is_ascii_digit())
    }
}

/// The words of a stretch of a text.
pub fn words(text: &str, within: Span, vocabulary: &mut Vocabulary) -> Vec<Word> {
    let mut found = Vec::new();
    let (mut brackets, mut gap_start, mut at) = (0usize, within.start, within.start);
    let part = &text[..within.end];
    while at < part.len() {
        let Some(c) = part[at..].chars().next() else { break };
        if !c.is_alphanumeric() && c != '%' {
            match c {
                '[' => brackets += 1,
                ']' => brackets = brackets.saturating_sub(1),
                '\n' => brackets = 0,
                _ => {}
            }
            at += c.len_utf8();
            continue;
        }
        let end = word_end(part, at);
        let (surface, gap) = (&part[at..end], &part[gap_start..at]);
        let opens_text = found.is_empty();
        let lines = gap.matches('\n').count();
        found.push(Word {
            span: Span::new(at, end),
            id: vocabulary.id(normal(surface)),
            capital: surface.starts_with(char::is_uppercase),
            opens: opens_text || gap.contains(['.', '!', '?', ':', '\n', '“', '"', '‘', '«', '„', '…', '•']),
            new_paragraph: lines > 0,
            bracketed: brackets > 0,
            behind_dots: has_dots(gap),
            behind_comma: gap.contains([',', ';']),
        });
        (at, gap_start) = (end, end);
    }
    found
}

/// Whether there are dots of ellipsis.
fn has_dots(gap: &str) -> bool {
    gap.contains('…') || gap.chars().filter(|c| !c.is_whitespace()).collect::<String>().contains("...")
}

/// Where the word that begins here ends: letters and digits, with apostrophes, points and commas that stand within.
fn word_end(text: &str, start: usize) -> usize {
    if text[start..].starts_with('%') {
        return start + 1;
    }
    let mut chars = text[start..].char_indices().peekable();
    let (mut end, mut last) = (start, ' ');
    let mut pointed = false;
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, c)| *c);
        let single = |at: usize| text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let inner = match c {
            '\'' | '’' | 'ʼ' => last.is_alphabetic() && next.is_alphabetic(),
            ',' => last.is_ascii_digit() && next.is_ascii_digit(),
            '.' if last.is_ascii_digit() => next.is_ascii_digit(),
            // "U.S."
            '.' => {
                let before = start + i - last.len_utf8();
                let initial = last.is_uppercase() && (pointed || single(before));
                pointed = initial && (pointed || next.is_uppercase());
                pointed
            }
            '\u{ad}' | '\u{200b}' => true,
            c => c.is_alphanumeric() || is_combining(c),
        };
        if !inner {
            break;
        }
        last = c;
        end = start + i + c.len_utf8();
    }
    end.max(start + text[start..].chars().next().map_or(1, char::len_utf8))
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// A word as it is compared. Short words in capitals stay so: "US" is not "us".
fn normal(surface: &str) -> String {
    if surface == "%" {
        return "percent".into();
    }
    let plain: String = surface
        .chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'))
        .map(|c| if matches!(c, '’' | 'ʼ') { '\'' } else { c })
        .collect();
    let digits = plain.starts_with(|c: char| c.is_ascii_digit());
    let plain = if digits { plain.replace(',', "") } else { plain };
    let plain = if plain.contains('.') && !digits { plain.replace('.', "") } else { plain };
    let letters = plain.chars().count();
    let abbreviation = (2..=3).contains(&letters) && plain.chars().all(char::is_uppercase);
    if abbreviation { plain } else { plain.to_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let mut vocabulary = Vocabulary::default();
        let words = words(text, Span::new(0, text.len()), &mut vocabulary);
        words.iter().map(|w| vocabulary.word(w.id).to_owned()).collect()
    }

    #[test]
    fn glyphs_and_case_do_not_count() {
        assert_eq!(read("It’s the In‑between, 1,000 U.S. boats"), read("it's The in-between 1000 US Boats"));
        assert_eq!(read("40% of us"), ["40", "percent", "of", "us"]);
        assert_ne!(read("the US"), read("the us"));
    }

    #[test]
    fn brackets_dots_and_sentences_are_noted() {
        let text = "We hope [the North] agrees … or . . . goes. May they?";
        let mut vocabulary = Vocabulary::default();
        let words = words(text, Span::new(0, text.len()), &mut vocabulary);
        let of = |what: fn(&Word) -> bool| {
            words.iter().filter(|w| what(w)).map(|w| w.span.of(text)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of(|w| w.bracketed), "the North");
        assert_eq!(of(|w| w.behind_dots), "or goes");
        assert_eq!(of(|w| w.opens), "We or goes May");
    }
}
