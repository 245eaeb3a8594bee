//! Words that parties use of how they spoke.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Tone words with what they conventionally mean and where that is written (`tones.tsv`); both empty where nothing is settled.
static TONES: LazyLock<HashMap<&'static str, (&'static str, &'static str)>> = LazyLock::new(|| {
    let rows = include_str!("tones.tsv").lines().filter(|l| !l.starts_with('#'));
    rows.filter_map(|l| {
        let mut cells = l.split('\t');
        Some((cells.next()?, (cells.next().unwrap_or_default(), cells.next().unwrap_or_default())))
    })
    .collect()
});

/// What the word conventionally means and where that is written, if parties use it so.
pub(crate) fn reading_of(word: &str) -> Option<(&'static str, &'static str)> {
    TONES.get(word).copied()
}

/// Whether parties use the word of how they spoke.
pub(crate) fn is_tone(word: &str) -> bool {
    reading_of(word).is_some()
}
