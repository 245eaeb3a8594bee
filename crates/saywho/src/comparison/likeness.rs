//! How alike two passages are: what speaks for and against their telling of the same thing.
//!
//! Whether two claims are about one issue and whether they tell the same thing are two logistic regressions over few figures, learned
//! by `training/link.py` from conversations whose claims people grouped and linked; when words contradict each other, from pairs of
//! sentences that people judged (MNLI, SNLI, RTE, CommitmentBank, FraCaS).

use std::sync::LazyLock;

use super::terms::{Bag, Terms, shared, subjects};
use crate::text::Text;
use saywho_english::learned::number;

/// What speaks for and against two claims' being about the same, by the names of `likeness.tsv`.
pub const FIGURES: [&str; 16] = [
    "cosine",
    "words",
    "part",
    "subject",
    "position",
    "succession",
    "across",
    "speaker",
    "act",
    "numbers",
    "lesser margin",
    "greater margin",
    "speaker across",
    "act across",
    "neighbours",
    "close",
];

/// The figures of a pair of claims, in the order of [`FIGURES`]: the cosine of what they are about; the shares of words and subjects
/// in common ([`Likeness`]); in two tellings, how far apart they stand in them (0 to 1), and in one, one over the number of places
/// between them; whether two sides tell them; whether speaker and act are equal, and a number in common; how far the cosine lies
/// below that of the best counterpart of either; the mean cosine of those before and those behind them in two tellings; whether
/// they stand close in one account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures(pub [f32; FIGURES.len()]);

impl Figures {
    /// How likely it is that both are about one issue.
    pub fn issue(&self) -> f32 {
        self.probability(&WEIGHTS.issue)
    }

    /// How likely it is that both tell the same thing, from two sides.
    pub fn link(&self) -> f32 {
        self.probability(&WEIGHTS.link)
    }

    fn probability(&self, weights: &Logistic) -> f32 {
        let sum: f32 = weights.weights.iter().zip(self.0).map(|(weight, figure)| weight * figure).sum();
        1.0 / (1.0 + (-weights.constant - sum).exp())
    }
}

/// Weights by the names of `likeness.tsv`.
static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let weight = |name: &str| number(include_str!("likeness.tsv"), "likeness.tsv", name, 1);
    let logistic = |of: &str| Logistic {
        constant: weight(&format!("{of} constant")),
        weights: FIGURES.map(|figure| weight(&format!("{of} {figure}"))),
    };
    Weights { issue: logistic("issue"), link: logistic("link"), contradicts: weight("contradicts words") }
});

/// A logistic regression over [`FIGURES`].
struct Logistic {
    constant: f32,
    weights: [f32; FIGURES.len()],
}

struct Weights {
    /// Two claims are about one issue.
    issue: Logistic,
    /// Two claims of two sides tell the same thing.
    link: Logistic,
    /// The least likeness of words of two that people take to contradict each other, if something parts them.
    contradicts: f32,
}

/// What two passages share and where they part.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Likeness {
    /// How much of their telling words they share, 0 to 1.
    pub words: f32,
    /// How much of the smaller one the other holds, 0 to 1.
    pub part: f32,
    /// How many of the subjects they name they share, 0 to 1.
    pub subject: f32,
    /// Only one of them has a word that negates.
    pub negated: bool,
    /// Both give numbers, and none in common.
    pub numbers: bool,
}

impl Likeness {
    /// Whether one says what the other excludes: a negation or a number parts them, and little else.
    pub fn contradicts(&self) -> bool {
        (self.negated || self.numbers) && self.words >= WEIGHTS.contradicts
    }
}

/// How alike two texts are by themselves, as `training/link.py` learns from it.
pub fn likeness(a: &str, b: &str) -> Likeness {
    let terms = Terms::of(std::iter::empty());
    let words = |content: &str| -> Vec<String> {
        let text = Text::new(content);
        text.tokens.places().map(|t| text.word(t).to_lowercase()).collect()
    };
    let (a, b) = (words(a), words(b));
    let (x, y) = (subjects(&a), subjects(&b));
    let shared = x.iter().filter(|s| y.contains(s)).count() as f32;
    let all = (x.len() + y.len()) as f32 - shared;
    let bags = [&a, &b].map(|words| terms.bag(words.iter().map(String::as_str)));
    of(&bags[0], &bags[1], if all > 0.0 { shared / all } else { 0.0 }, &a, &b)
}

/// The same of passages whose telling words and shared subjects are known; `a` and `b` are all their words in lower case.
pub(super) fn of(bag: &Bag, other: &Bag, subject: f32, a: &[String], b: &[String]) -> Likeness {
    let (x, y) = (numbers(a), numbers(b));
    let (words, part) = shared(bag, other);
    Likeness {
        words,
        part,
        subject,
        negated: is_negated(a) != is_negated(b),
        numbers: !x.is_empty() && !y.is_empty() && !x.iter().any(|n| y.contains(n)),
    }
}

/// Numbers in words. "One" and "two" mostly count nothing: "one of", "the two sides".
const NUMBERS: [&str; 22] = [
    "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "twenty", "thirty",
    "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "dozen", "hundred", "thousand",
];

fn numbers(words: &[String]) -> Vec<&str> {
    let number = |w: &&str| w.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.contains(w);
    words.iter().map(String::as_str).filter(number).collect()
}

/// Whether a word takes back what the others say: "not", "didn’t", "refused".
fn is_negated(words: &[String]) -> bool {
    let short = |i: usize| words[i] == "t" && i > 0 && matches!(words[i - 1].as_str(), "’" | "'");
    (0..words.len()).any(|i| {
        let word = words[i].as_str();
        let verb = ["refus", "deny", "denie", "reject", "declin"].iter().any(|stem| word.starts_with(stem));
        let bare =
            matches!(word, "not" | "no" | "never" | "none" | "nobody" | "nothing" | "neither" | "nor" | "cannot");
        bare || verb || matches!(word, "without" | "n’t" | "n't") || short(i)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_says_and_the_other_takes_back() {
        let said = "Sudovia will reopen the crossing at Anholt to trucks";
        let denied = likeness(said, "Sudovia won’t reopen the crossing at Anholt to trucks");
        assert!(denied.negated && denied.contradicts());
        let again = likeness(said, "the crossing at Anholt will be reopened to trucks by Sudovia");
        assert!(again.words > 0.9 && !again.contradicts());
    }

    #[test]
    fn numbers_that_differ() {
        assert!(likeness("forty trucks a day cross the bridge", "sixty trucks a day cross the bridge").contradicts());
        assert!(!likeness("40 trucks a day", "40 trucks").numbers);
        assert!(!likeness("40 trucks a day", "trucks").numbers);
    }
}
