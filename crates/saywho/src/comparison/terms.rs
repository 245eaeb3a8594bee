//! How much two passages share: telling words, their stems, and words near in meaning.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use saywho_english::terms::{idf, near, stem};

/// What a number weighs: a sum or a day.
const NUMBER: f32 = 3.0;

/// Subjects of diplomatic conversations with the words that name them (`topics.tsv`).
static SUBJECTS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let lines = include_str!("topics.tsv").lines().filter(|l| !l.starts_with('#'));
    let words = lines.filter_map(|l| l.split_once('\t')).map(|(_, words)| words);
    words
        .map(|w| {
            w.split(' ')
                .map(|word| match word.strip_suffix('*') {
                    Some(beginning) => format!(" {}", beginning.replace('_', " ")),
                    None => format!(" {} ", word.replace('_', " ")),
                })
                .collect()
        })
        .collect()
});

/// The subjects that a passage names, as indices of `topics.tsv`. `words` are its tokens in lower case.
pub(super) fn subjects(words: &[String]) -> Vec<usize> {
    // Hyphens are tokens of their own.
    let text = format!(" {} ", words.join(" ").replace(" - ", "-"));
    (0..SUBJECTS.len()).filter(|&s| SUBJECTS[s].iter().any(|word| text.contains(word.as_str()))).collect()
}

/// Weights that only the accounts at hand tell.
pub(super) struct Terms {
    /// Stem to the number of passages of these accounts that hold it.
    common: HashMap<String, usize>,
    passages: usize,
}

/// The telling words of a passage, by stem, with their weights.
pub(super) type Bag = BTreeMap<String, Weighted>;

/// A telling word.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Weighted {
    /// The word as it stands, in lower case.
    pub word: String,
    /// How telling it is.
    pub weight: f32,
}

impl Terms {
    /// Counts over the paragraphs and sentences of the accounts.
    pub fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Terms {
        let mut terms = Terms { common: HashMap::new(), passages: 0 };
        for text in texts {
            for passage in text.split(['.', '\n', ';']).filter(|p| p.len() > 20) {
                terms.passages += 1;
                let mut stems: Vec<String> = words(passage).map(|w| stem(&w)).collect();
                stems.sort_unstable();
                stems.dedup();
                for stem in stems {
                    *terms.common.entry(stem).or_default() += 1;
                }
            }
        }
        terms
    }

    /// How telling a word is in these accounts: less where many passages hold it.
    fn weight(&self, word: &str, stem: &str) -> f32 {
        let general = idf(word);
        let here = self.common.get(stem).copied().unwrap_or(0) as f32 / self.passages.max(8) as f32;
        general * (1.0 - (2.0 * here).min(0.7))
    }

    /// The telling words of a passage.
    pub fn bag<'w>(&self, words: impl Iterator<Item = &'w str>) -> Bag {
        let mut bag = Bag::new();
        for word in words {
            let number = word.chars().any(|c| c.is_ascii_digit());
            if !number && (word.chars().count() < 3 || !word.chars().all(char::is_alphabetic) || is_empty_word(word)) {
                continue;
            }
            let stem = if number { word.to_owned() } else { stem(word) };
            let weight = if number { NUMBER } else { self.weight(word, &stem) };
            bag.entry(stem).or_insert_with(|| Weighted { word: word.to_owned(), weight });
        }
        bag
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() >= 3).map(str::to_lowercase)
}

/// How much two passages share, each 0 to 1: of both together, and of the one that lies more within the other. Each word counts by
/// its best counterpart in the other passage, weighted by how telling it is.
pub(super) fn shared(a: &Bag, b: &Bag) -> (f32, f32) {
    let held = |one: &Bag, other: &Bag| {
        let shared: f32 = one.iter().map(|(stem, t)| t.weight * nearest(stem, &t.word, other)).sum();
        (shared, one.values().map(|t| t.weight).sum::<f32>())
    };
    let share = |(shared, total): (f32, f32)| if total > 0.0 { shared / total } else { 0.0 };
    let (x, y) = (held(a, b), held(b, a));
    (share((x.0 + y.0, x.1 + y.1)), share(x).max(share(y)))
}

/// How near the nearest word of a bag is: 1 for the same stem, less for a neighbour in meaning.
fn nearest(stem_of: &str, word: &str, bag: &Bag) -> f32 {
    if bag.contains_key(stem_of) {
        return 1.0;
    }
    let near = near(word).iter().filter(|(other, _)| bag.contains_key(&stem(other)));
    near.map(|(_, cosine)| (cosine - 0.1).min(0.8)).fold(0.0, f32::max)
}

/// Words that tell nothing of a subject, whatever the readouts say.
fn is_empty_word(word: &str) -> bool {
    const EMPTY: [&str; 58] = [
        "the",
        "and",
        "that",
        "with",
        "for",
        "from",
        "this",
        "these",
        "those",
        "which",
        "who",
        "has",
        "have",
        "had",
        "was",
        "were",
        "are",
        "will",
        "would",
        "should",
        "could",
        "been",
        "being",
        "his",
        "her",
        "their",
        "its",
        "our",
        "they",
        "them",
        "also",
        "both",
        "two",
        "into",
        "over",
        "about",
        "than",
        "then",
        "there",
        "such",
        "any",
        "all",
        "not",
        "more",
        "other",
        "during",
        "between",
        "including",
        "well",
        "may",
        "can",
        "must",
        "part",
        "particular",
        "order",
        "very",
        "said",
        "you",
    ];
    EMPTY.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag(text: &str) -> Bag {
        let terms = Terms::of(std::iter::once(""));
        let lower = text.to_lowercase();
        terms.bag(lower.split(' '))
    }

    #[test]
    fn paraphrases_are_nearer_than_other_subjects() {
        let aid = bag("promised assistance for the embassy");
        let paraphrase = bag("offered aid to the diplomats");
        let fish = bag("the quota for cod in the strait");
        let similarity = |a, b| shared(a, b).0;
        assert!(similarity(&aid, &paraphrase) > similarity(&aid, &fish) + 0.05);
        assert!((similarity(&fish, &fish) - 1.0).abs() < 1e-6);
    }
}
