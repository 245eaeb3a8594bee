//! Which words there are.

/// A list of words, by which broken and glued words are told from whole ones: "informedthat" is none, "informed" is.
pub trait WordList {
    /// Whether this is a word; it comes in lower case.
    fn has(&self, word: &str) -> bool;
}

/// Takes every word for one, so that none is taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EveryWord;

impl WordList for EveryWord {
    fn has(&self, _: &str) -> bool {
        true
    }
}
