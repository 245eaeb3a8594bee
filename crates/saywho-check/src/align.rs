//! Word by word: how the words of a passage became what stands in the article.
//!
//! An alignment of all words of the passage with some words of a window of a source. Words of the source that are left out cost
//! little beyond the first, so that an omission is found as one; where dots mark it, nothing. Time and memory are bounded by the
//! lengths that [`crate::quoted`] hands over.

use std::collections::HashMap;

use crate::index::Window;
use crate::lexicon;
use crate::words::{Vocabulary, Word};

/// What becomes of one word of the passage or of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The word of the passage stands for the word of the source: the same word, or another.
    Both(usize, usize),
    /// The word of the passage has no counterpart.
    Article(usize),
    /// The word of the source is left out.
    Source(usize),
}

/// An alignment.
#[derive(Debug, Clone, Default)]
pub struct Alignment {
    /// The steps from the first to the last word of the passage; words of the source are counted over all sources.
    pub steps: Vec<Step>,
    /// How good it is.
    pub score: f32,
}

/// What aligning needs to know of words.
pub struct Weights<'w> {
    /// The words.
    pub vocabulary: &'w Vocabulary,
    /// The words of all sources.
    pub source: &'w [Word],
    /// For each word of the vocabulary what it is.
    traits: Vec<Traits>,
}

/// What a word is, told once: cells of a table ask it over and over.
struct Traits {
    is_little: bool,
    is_person: bool,
    /// Numbers of what it may be a form of.
    bases: Vec<u32>,
}

const GAP_OPEN: f32 = 0.8;
const GAP_WORD: f32 = 0.04;
const DOTS: f32 = 0.1;
const PUT_IN: f32 = 0.6;
const BRACKETED: f32 = 0.05;
const OTHER: f32 = 0.5;
const NEVER: f32 = f32::MIN / 4.0;

impl<'w> Weights<'w> {
    /// Tells of each word what it is.
    pub fn new(vocabulary: &'w Vocabulary, source: &'w [Word]) -> Weights<'w> {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut traits = Vec::with_capacity(vocabulary.len());
        for word in vocabulary.words() {
            let bases = lexicon::bases(word).into_iter().map(|base| {
                let next = numbers.len() as u32;
                *numbers.entry(base).or_insert(next)
            });
            let bases = bases.collect();
            traits.push(Traits { is_little: lexicon::is_little(word), is_person: lexicon::is_person(word), bases });
        }
        Weights { vocabulary, source, traits }
    }

    /// What it is worth that a word is found.
    pub fn worth(&self, word: &Word) -> f32 {
        match word.bracketed {
            true => 0.0,
            false if self.traits[word.id as usize].is_little => 0.5,
            false => 1.0,
        }
    }

    /// Whether a word tells something and is no mere name, which stands in many places.
    pub fn tells(&self, word: &Word) -> bool {
        self.worth(word) == 1.0 && !self.vocabulary.is_name(word)
    }

    fn both(&self, article: &Word, source: &Word) -> f32 {
        if article.id == source.id {
            return if article.bracketed { 0.2 } else { self.worth(article) };
        }
        if article.bracketed {
            return -2.0 * BRACKETED;
        }
        if self.are_near(article, source) { 0.3 } else { -OTHER }
    }

    /// Whether two different words may be the same in another tense, person or spelling.
    pub fn are_near(&self, a: &Word, b: &Word) -> bool {
        let (one, other) = (&self.traits[a.id as usize], &self.traits[b.id as usize]);
        (one.is_person && other.is_person)
            || one.bases.iter().any(|base| other.bases.contains(base))
            || (self.vocabulary.number(a).is_some() && self.vocabulary.number(b).is_some())
    }
}

/// What the best alignment that ends at a cell ends with.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Both,
    Article,
    Source,
}

const ENDS: [End; 3] = [End::Both, End::Article, End::Source];

/// All alignments of the beginnings of a passage with the beginnings of a window.
pub struct Table<'a> {
    passage: &'a [Word],
    window: Window,
    /// Words are taken from the last to the first.
    backward: bool,
    weights: &'a Weights<'a>,
    /// For each cell and end: the best score, and the end before it.
    cells: Vec<[(f32, End); 3]>,
}

impl<'a> Table<'a> {
    /// Fills the table.
    pub fn new(passage: &'a [Word], window: Window, backward: bool, weights: &'a Weights<'a>) -> Table<'a> {
        let none = [(NEVER, End::Both); 3];
        let size = (passage.len() + 1) * (window.len() + 1);
        let mut table = Table { passage, window, backward, weights, cells: vec![none; size] };
        table.fill();
        table
    }

    fn width(&self) -> usize {
        self.window.len() + 1
    }

    fn article(&self, row: usize) -> usize {
        if self.backward { self.passage.len() - row } else { row - 1 }
    }

    fn source(&self, column: usize) -> usize {
        if self.backward { self.window.end - column } else { self.window.start + column - 1 }
    }

    /// Whether dots stand where so many words of the passage are done.
    fn dots_at(&self, row: usize) -> bool {
        let next = if self.backward { self.passage.len() - row } else { row };
        self.passage.get(next).is_some_and(|word| word.behind_dots)
    }

    fn fill(&mut self) {
        for row in 0..=self.passage.len() {
            let dots = row > 0 && self.dots_at(row);
            let (open, more) = if dots { (DOTS, 0.0) } else { (GAP_OPEN, GAP_WORD) };
            for column in 0..self.width() {
                let at = row * self.width() + column;
                if row == 0 {
                    // A passage may begin anywhere in the window.
                    self.cells[at][0] = (0.0, End::Both);
                    continue;
                }
                let word = &self.passage[self.article(row)];
                let put_in = if word.bracketed { BRACKETED } else { PUT_IN };
                let above = self.cells[at - self.width()];
                let mut cell = [(NEVER, End::Both); 3];
                if column > 0 {
                    let found = self.weights.both(word, &self.weights.source[self.source(column)]);
                    let before = best(&self.cells[at - self.width() - 1], |_| 0.0);
                    cell[0] = (before.0 + found, before.1);
                    let left = self.cells[at - 1];
                    cell[2] = best(&left, |end| if end == End::Source { more } else { open + more });
                }
                cell[1] = best(&above, |_| put_in);
                self.cells[at] = cell;
            }
        }
    }

    /// The best score for so many words of the passage, with its column.
    pub fn best(&self, row: usize) -> (f32, usize) {
        let cells = &self.cells[row * self.width()..(row + 1) * self.width()];
        let scores = cells.iter().enumerate().map(|(column, cell)| (cell[0].0.max(cell[1].0), column));
        scores.fold((NEVER, 0), |best, next| if next.0 > best.0 { next } else { best })
    }

    /// The best alignment of so many words of the passage.
    pub fn alignment(&self, row: usize) -> Alignment {
        let (score, mut column) = self.best(row);
        let mut row = row;
        let mut end = best(&self.cells[row * self.width() + column], |e| if e == End::Source { -NEVER } else { 0.0 }).1;
        let mut steps = Vec::new();
        while row > 0 {
            let (_, before) = self.cells[row * self.width() + column][end as usize];
            match end {
                End::Both => {
                    steps.push(Step::Both(self.article(row), self.source(column)));
                    row -= 1;
                    column -= 1;
                }
                End::Article => {
                    steps.push(Step::Article(self.article(row)));
                    row -= 1;
                }
                End::Source => {
                    steps.push(Step::Source(self.source(column)));
                    column -= 1;
                }
            }
            end = before;
        }
        if !self.backward {
            steps.reverse();
        }
        Alignment { steps, score }
    }
}

/// The best of the ends of a cell, less what each costs, and which it is.
fn best(cell: &[(f32, End); 3], cost: impl Fn(End) -> f32) -> (f32, End) {
    let scores = ENDS.into_iter().map(|end| (cell[end as usize].0 - cost(end), end));
    scores.fold((NEVER, End::Both), |best, next| if next.0 > best.0 { next } else { best })
}

impl Alignment {
    /// Words that are the same on both sides, first and last: (in the passage, in the sources).
    pub fn same<'s>(&'s self, passage: &'s [Word], source: &'s [Word]) -> impl Iterator<Item = (usize, usize)> + 's {
        self.steps.iter().filter_map(move |step| match *step {
            Step::Both(a, s) if passage[a].id == source[s].id => Some((a, s)),
            _ => None,
        })
    }

    /// The words of the sources from the first to the last that stands for a word of the passage; none where no word does.
    pub fn window(&self) -> Option<Window> {
        let places = || {
            self.steps.iter().filter_map(|step| match step {
                Step::Both(_, s) => Some(*s),
                _ => None,
            })
        };
        Some(places().min()?..places().max()? + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;
    use saywho::Span;

    fn aligned(article: &str, source: &str, backward: bool) -> (usize, usize, usize) {
        let mut vocabulary = Vocabulary::default();
        let source = words(source, Span::new(0, source.len()), &mut vocabulary);
        let passage = words(article, Span::new(0, article.len()), &mut vocabulary);
        let weights = Weights::new(&vocabulary, &source);
        let alignment = Table::new(&passage, 0..source.len(), backward, &weights).alignment(passage.len());
        let count = |what: fn(&Step) -> bool| alignment.steps.iter().filter(|s| what(s)).count();
        assert_eq!(count(|s| !matches!(s, Step::Source(_))), passage.len(), "every word of the passage has its step");
        let same = alignment.same(&passage, &source).count();
        (same, count(|s| matches!(s, Step::Article(_))), count(|s| matches!(s, Step::Source(_))))
    }

    #[test]
    fn words_left_out_and_put_in_are_found_from_either_end() {
        let source = "Well, we will lift the unfair ban on fishing by May, I think.";
        for backward in [false, true] {
            assert_eq!(aligned("we will lift the ban by May", source, backward), (7, 0, 3));
            assert_eq!(aligned("we will lift [at last] the unfair ban", source, backward), (6, 2, 0));
            assert_eq!(aligned("we will keep the unfair ban", source, backward), (5, 0, 0));
        }
    }
}
