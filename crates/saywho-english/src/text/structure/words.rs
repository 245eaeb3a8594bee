//! The closed sets of `labels.tsv`.

use std::collections::HashSet;
use std::sync::LazyLock;

static SETS: LazyLock<[HashSet<&'static str>; 4]> =
    LazyLock::new(|| ["never", "voice", "direction", "zone"].map(words_of));
static CREDITS: LazyLock<Vec<&'static str>> = LazyLock::new(|| phrases_of("credit"));
static ADDRESSES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut phrases = phrases_of("address");
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    phrases
});
static CLOSINGS: LazyLock<Vec<&'static str>> = LazyLock::new(|| phrases_of("closing"));

fn lists(set: &str) -> impl Iterator<Item = &'static str> {
    include_str!("labels.tsv").lines().filter_map(|line| line.split_once('\t')).filter(move |l| l.0 == set).map(|l| l.1)
}

fn words_of(set: &str) -> HashSet<&'static str> {
    lists(set).flat_map(|list| list.split(' ')).collect()
}

fn phrases_of(set: &str) -> Vec<&'static str> {
    lists(set).flat_map(|list| list.split('|')).collect()
}

/// Whether a label that ends with this lower-case word names no speaker.
pub fn is_no_speaker(word: &str) -> bool {
    SETS[0].contains(word)
}

/// Whether the lower-case word stands for someone whom a transcript does not name.
pub fn is_voice(word: &str) -> bool {
    SETS[1].contains(word)
}

/// Whether a note in brackets that begins with this lower-case word tells how something was said.
pub fn is_direction(word: &str) -> bool {
    SETS[2].contains(word)
}

/// Whether the lower-case letters behind a time name a zone.
pub fn is_zone(letters: &str) -> bool {
    SETS[3].contains(letters)
}

/// Whether a paragraph is a line of credits.
pub fn is_credit(paragraph: &str) -> bool {
    let bare = paragraph.trim_start_matches(['(', '[', '*', '_', '—', '–', '-', ' ']);
    let begins = |credit: &str| bare.get(..credit.len()).is_some_and(|head| head.eq_ignore_ascii_case(credit));
    CREDITS.iter().any(|credit| begins(credit))
}

/// How letters to an editor begin, in lower case, the longest first.
pub fn addresses() -> &'static [&'static str] {
    &ADDRESSES
}

/// Whether a lower-case paragraph closes a transcript.
pub fn is_closing(paragraph: &str) -> bool {
    let timed = paragraph.strip_prefix("end ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    timed || CLOSINGS.contains(&paragraph.trim_matches(['(', ')', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sets_are_read() {
        assert!(is_no_speaker("note") && is_voice("moderator") && is_direction("laughter") && is_zone("gmt"));
        assert!(is_credit("(Reporting by Ada Lind)") && is_closing("end 3:40 p.m.") && is_closing("###"));
        assert!(!is_closing("end the ban") && !is_credit("the reporting by ada lind"));
    }
}
