//! The main text of web pages against an expected text: token F1 over the words of both, wherever they stand.

use std::collections::HashMap;

use crate::{Figure, figure};

/// How much of an expected text was found, and how much of what was found is wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// Share of the found words that are expected.
    pub precision: f64,
    /// Share of the expected words that were found.
    pub recall: f64,
}

impl Overlap {
    /// Compares two texts as bags of words; letter case and marks do not count.
    pub fn of(expected: &str, found: &str) -> Overlap {
        let (expected, found) = (bag(expected), bag(found));
        let common: usize = expected.iter().map(|(word, n)| (*n).min(found.get(word).copied().unwrap_or(0))).sum();
        let share = |all: &HashMap<String, usize>| match all.values().sum() {
            0 => 1.0,
            words => common as f64 / words as f64,
        };
        Overlap { precision: share(&found), recall: share(&expected) }
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum == 0.0 { 0.0 } else { 2.0 * self.precision * self.recall / sum }
    }
}

fn bag(text: &str) -> HashMap<String, usize> {
    let mut bag = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *bag.entry(word.to_lowercase()).or_default() += 1;
    }
    bag
}

/// The figures over all pages; `None` is a page that failed.
pub fn figures(pages: &[Option<Overlap>]) -> Vec<Figure> {
    let mean = |name, value: fn(Overlap) -> f64| {
        let sum: f64 = pages.iter().map(|page| page.map_or(0.0, value)).sum();
        let value = 100.0 * sum / pages.len().max(1) as f64;
        Figure { name, value, detail: format!("(mean of {})", pages.len()) }
    };
    let read = pages.iter().flatten();
    let good = read.clone().filter(|page| page.f1() >= 0.9).count();
    vec![
        mean("main text F1", Overlap::f1),
        mean("main text precision", |page| page.precision),
        mean("main text recall", |page| page.recall),
        figure::share("pages read", read.count(), pages.len()),
        figure::share("pages with F1 of 90 or more", good, pages.len()),
    ]
}

/// The share of pages of which something was told rightly, of those where it is known.
pub fn told(name: &'static str, right: usize, of: usize) -> Figure {
    figure::share(name, right, of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_as_often_as_they_stand() {
        let overlap = Overlap::of("The ban, the ban stays.", "the BAN stays; menu");
        assert_eq!((overlap.precision, overlap.recall), (0.75, 0.6));
        assert!((overlap.f1() - 2.0 / 3.0).abs() < 1e-9);
        assert_eq!(Overlap::of("a", "b").f1(), 0.0);
    }

    #[test]
    fn a_page_that_failed_counts_as_nothing() {
        let figures = figures(&[Some(Overlap { precision: 1.0, recall: 1.0 }), None]);
        let value = |name: &str| figures.iter().find(|figure| figure.name == name).map(|figure| figure.value);
        assert_eq!((value("main text F1"), value("pages read")), (Some(50.0), Some(50.0)));
    }
}
