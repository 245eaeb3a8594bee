//! How telling words are, which are near in meaning (`terms.tsv`, made by `training/terms.py`), and what is left of a word without its endings.

use std::collections::HashMap;
use std::sync::LazyLock;

/// How telling a word is and which are near it.
struct Term {
    idf: f32,
    near: Vec<(&'static str, f32)>,
}

static TERMS: LazyLock<HashMap<&'static str, Term>> = LazyLock::new(|| {
    let lines = include_str!("terms.tsv").lines().filter(|l| !l.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let (word, idf, near) = (cells.next()?, cells.next()?.parse().ok()?, cells.next().unwrap_or_default());
            let near =
                near.split(' ').filter_map(|n| n.split_once(':')).filter_map(|(w, c)| Some((w, c.parse().ok()?)));
            Some((word, Term { idf, near: near.collect() }))
        })
        .collect()
});

/// What a word weighs that no readout of the table uses.
const UNKNOWN: f32 = 6.0;

/// How telling a word is in official readouts.
pub fn idf(word: &str) -> f32 {
    TERMS.get(word).map_or(UNKNOWN, |t| t.idf)
}

/// Words near in meaning to a lower-case word, each with how near it is, 0 to 1.
pub fn near(word: &str) -> &'static [(&'static str, f32)] {
    TERMS.get(word).map_or(&[], |term| &term.near)
}

/// Endings that a stem may lose and still has four letters.
const ENDINGS: [&str; 21] = [
    "ization", "isation", "ations", "ation", "ities", "ments", "ness", "ions", "ing", "ity", "ment", "ive", "ion",
    "ies", "ed", "es", "al", "ly", "s", "y", "e",
];

/// What an ending hides: "guarante(es)", "negoti(at)ing". Five letters must be left.
const HIDDEN: [&str; 6] = ["ativ", "at", "iv", "ing", "e", "i"];

/// A word without its most common endings, so that "sanctions" and "sanctioned" meet.
pub fn stem(word: &str) -> String {
    let mut stem = word;
    for _ in 0..3 {
        let shorter = without_ending(without_ending(stem, &ENDINGS, 4), &HIDDEN, 5);
        if shorter.len() == stem.len() {
            break;
        }
        stem = shorter;
    }
    stem.to_owned()
}

/// The word without the first of the endings that leaves enough letters.
fn without_ending<'w>(word: &'w str, endings: &[&str], least: usize) -> &'w str {
    let shorter = |ending: &&str| word.strip_suffix(*ending).filter(|rest| rest.chars().count() >= least);
    endings.iter().find_map(shorter).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet() {
        for (a, b) in [("sanctions", "sanctioned"), ("negotiations", "negotiating"), ("guarantees", "guarantee")] {
            assert_eq!(stem(a), stem(b));
        }
    }
}
