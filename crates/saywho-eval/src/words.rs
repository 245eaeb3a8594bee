//! The words of a text and sets of them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use saywho::{Point, PointSpan, Points, Span};

/// A run of letters, digits and underscores, kept together over inner apostrophes, full stops and hyphens and
/// over commas before digits. Combining marks end a word: `\w` of the regex crate would take them in.
static WORD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{L}\p{N}_]+(?:['’.\-][\p{L}\p{N}_]+|,\p{Nd}+)*").expect("the pattern is a constant")
});

static RUN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").expect("the pattern is a constant"));

/// The bare runs of letters, digits and underscores, nothing kept together.
pub(crate) fn word_runs(text: &str) -> impl Iterator<Item = &str> {
    RUN.find_iter(text).map(|run| run.as_str())
}

/// A set of words, by their position in the text.
pub(crate) type WordSet = BTreeSet<usize>;

/// Where the words of a text lie.
pub(crate) struct Words {
    ranges: Vec<PointSpan>,
}

impl Words {
    pub(crate) fn of(text: &str) -> Words {
        let points = Points::of(text);
        let ranges = WORD.find_iter(text).map(|m| points.span(Span::new(m.start(), m.end())));
        Words { ranges: ranges.collect() }
    }

    pub(crate) fn len(&self) -> usize {
        self.ranges.len()
    }

    /// The words that the spans touch. A span without width touches the word that it stands inside of.
    pub(crate) fn touched(&self, spans: &[PointSpan]) -> WordSet {
        let mut set = WordSet::new();
        for span in spans {
            let first = self.ranges.partition_point(|word| word.end <= span.start);
            let behind = self.ranges.partition_point(|word| word.start < span.end);
            set.extend(first..behind);
        }
        set
    }

    /// The word that holds the character at this offset.
    pub(crate) fn at(&self, point: Point) -> Option<usize> {
        let word = self.ranges.partition_point(|word| word.end <= point);
        self.ranges.get(word).is_some_and(|range| range.start <= point).then_some(word)
    }
}

/// How many words are in both.
pub(crate) fn common(a: &WordSet, b: &WordSet) -> usize {
    a.intersection(b).count()
}

/// Words in both by words in either; 1 for two empty sets.
pub(crate) fn iou(a: &WordSet, b: &WordSet) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let both = common(a, b);
    both as f64 / (a.len() + b.len() - both) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let points: Vec<char> = text.chars().collect();
        Words::of(text).ranges.iter().map(|r| points[r.start.0..r.end.0].iter().collect()).collect()
    }

    #[test]
    fn inner_marks_keep_a_word_together_and_outer_ones_do_not() {
        assert_eq!(words("‘Maren’s’ co-op, U.S. a1_b"), ["Maren’s", "co-op", "U.S", "a1_b"]);
        assert_eq!(words("1,200 men,two 3,x it--was"), ["1,200", "men", "two", "3", "x", "it", "was"]);
    }

    #[test]
    fn combining_marks_and_joiners_are_no_part_of_a_word() {
        assert_eq!(words("ne\u{301}e x\u{203f}y"), ["ne", "e", "x", "y"]);
        assert_eq!(words("née Öre ½ Ⅷ"), ["née", "Öre", "½", "Ⅷ"]);
    }

    #[test]
    fn offsets_are_code_points() {
        let words = Words::of("“Öl,” sagte Åse");
        assert_eq!(words.touched(&[PointSpan::points(0, 2)]), WordSet::from([0]));
        assert_eq!(words.touched(&[PointSpan::points(3, 6)]), WordSet::new());
        assert_eq!(words.touched(&[PointSpan::points(7, 99)]), WordSet::from([1, 2]));
        assert_eq!([0, 1, 12, 15].map(|at| words.at(Point(at))), [None, Some(0), Some(2), None]);
    }

    #[test]
    fn iou_of_sets() {
        assert_eq!(iou(&WordSet::from([1, 2, 3]), &WordSet::from([2, 3, 4])), 0.5);
        assert_eq!(iou(&WordSet::new(), &WordSet::new()), 1.0);
        assert_eq!(iou(&WordSet::new(), &WordSet::from([1])), 0.0);
    }
}
