//! Tokens: a run of letters, digits and combining marks, or one other character.
//!
//! This is how BERT's basic tokenizer splits English, so that a token is what the encoder's word pieces spell
//! and every edge of a source, cue or content falls on a token's edge.

use crate::place;
use crate::reading::Span;

place! {
    /// The place of a token in a text. No number names a token, and no token a place in another list:
    ///
    /// ```
    /// use saywho_english::table::Place;
    ///
    /// let text = saywho_english::text::Text::new("Ilse Maren agreed.");
    /// let agreed = text.tokens.places().find(|&t| text.word(t) == "agreed").unwrap();
    /// assert_eq!((text.word_before(agreed), text.word_at(agreed.next())), ("Maren", "."));
    /// ```
    ///
    /// ```compile_fail
    /// let text = saywho_english::text::Text::new("Ilse Maren agreed.");
    /// assert_eq!(text.word(2), "agreed");
    /// ```
    TokenId
}

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, digits, combining marks.
    Word,
    /// One punctuation mark or symbol.
    Mark,
}

/// How a word is written; the encoder's word pieces are lower-cased, this is what they lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Case {
    /// Not a word, or a word without letters.
    None = 0,
    /// "word"
    Lower = 1,
    /// "Word"
    Initial = 2,
    /// "WORD", also one capital letter
    Upper = 3,
    /// "McWord", "iWord"
    Mixed = 4,
}

/// A token and where it stands (bytes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Its place in the text.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
}

impl Token {
    /// How the token is written.
    pub fn case(&self, text: &str) -> Case {
        if self.kind == TokenKind::Mark {
            return Case::None;
        }
        let (mut upper, mut lower, mut first_upper) = (0, 0, false);
        for (i, c) in self.span.of(text).chars().enumerate() {
            if c.is_uppercase() {
                upper += 1;
                first_upper |= i == 0;
            } else if c.is_lowercase() {
                lower += 1;
            }
        }
        match (upper, lower) {
            (0, 0) => Case::None,
            (0, _) => Case::Lower,
            (_, 0) => Case::Upper,
            (1, _) if first_upper => Case::Initial,
            _ => Case::Mixed,
        }
    }
}

/// Splits the text; white space, control characters and invisible format characters lie between tokens.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut word: Option<usize> = None;
    for (at, c) in text.char_indices() {
        if is_word(c) {
            word.get_or_insert(at);
            continue;
        }
        if let Some(start) = word.take() {
            tokens.push(Token { span: Span::new(start, at), kind: TokenKind::Word });
        }
        if !c.is_whitespace() && !is_invisible(c) {
            tokens.push(Token { span: Span::new(at, at + c.len_utf8()), kind: TokenKind::Mark });
        }
    }
    if let Some(start) = word {
        tokens.push(Token { span: Span::new(start, text.len()), kind: TokenKind::Word });
    }
    tokens
}

/// Letters, digits and the combining marks that sit on them.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{ad}')
}

/// Control and format characters that print nothing.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn splits_words_from_marks() {
        assert_eq!(words("“We won’t,” said Ilse."), ["“", "We", "won", "’", "t", ",", "”", "said", "Ilse", "."]);
    }

    #[test]
    fn keeps_accents_on_their_letters() {
        assert_eq!(words("Zoe\u{308} 🙂\u{200d}x"), ["Zoe\u{308}", "🙂", "x"]);
    }

    #[test]
    fn tells_how_a_word_is_written() {
        let text = "the Sudovian NATO McVasca 12 .";
        let cases: Vec<Case> = tokens(text).iter().map(|t| t.case(text)).collect();
        assert_eq!(cases, [Case::Lower, Case::Initial, Case::Upper, Case::Mixed, Case::None, Case::None]);
    }
}
