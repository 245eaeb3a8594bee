//! The sentences of the sources by what they speak of.

use std::collections::HashMap;
use std::ops::Range;

use saywho_english::terms::{near, stem};

use crate::index::Index;
use crate::lexicon;
use crate::words::{Vocabulary, Word};

/// A word of a source that is so near to one of a report stands for it, though the table tells it of the other only.
const CLEARLY: f32 = 0.5;

/// The sentences of the sources by what they speak of.
pub struct Sentences {
    /// Their words, among those of all sources.
    pub all: Vec<Range<usize>>,
    /// The stems of the sources, by number.
    pub stems: HashMap<String, u32>,
    /// For each word of the sources its stem; none where it tells nothing.
    of_word: Vec<Option<u32>>,
    /// For each stem the sentences that hold it.
    pub holding: Vec<Vec<u32>>,
    /// For each stem those of the sources whose words are near in meaning to one of it, with how near.
    pub near: HashMap<String, Vec<(u32, f32)>>,
}

impl Sentences {
    /// Cuts the sources into sentences.
    pub fn new(index: &Index, vocabulary: &Vocabulary) -> Sentences {
        let mut stems: HashMap<String, u32> = HashMap::new();
        let mut near_to: HashMap<String, Vec<(u32, f32)>> = HashMap::new();
        let mut of_word = Vec::with_capacity(vocabulary.len());
        for word in vocabulary.words() {
            let next = stems.len() as u32;
            let number = telling(word).map(|stem| *stems.entry(stem).or_insert(next));
            of_word.push(number);
            let clear = near(word).iter().filter(|(_, nearness)| *nearness >= CLEARLY);
            for (other, nearness) in clear.filter(|_| number.is_some()) {
                near_to.entry(root(other)).or_default().extend(number.map(|number| (number, likeness(*nearness))));
            }
        }
        let mut sentences: Vec<Range<usize>> = Vec::new();
        let mut holding: Vec<Vec<u32>> = vec![Vec::new(); stems.len()];
        for (at, word) in index.words.iter().enumerate() {
            match sentences.last_mut() {
                Some(last) if !word.opens && index.is_one_turn(last.start, at) => last.end = at + 1,
                _ => sentences.push(at..at + 1),
            }
            let number = sentences.len() as u32 - 1;
            if let Some(stem) = of_word[word.id as usize] {
                let list = &mut holding[stem as usize];
                if list.last() != Some(&number) {
                    list.push(number);
                }
            }
        }
        Sentences { all: sentences, stems, of_word, holding, near: near_to }
    }

    /// The stem of a word of the sources.
    pub fn stem(&self, word: &Word) -> Option<u32> {
        self.of_word[word.id as usize]
    }

    /// The stems of a sentence.
    pub fn stems_of(&self, sentence: usize, index: &Index) -> Vec<u32> {
        index.words[self.all[sentence].clone()].iter().filter_map(|word| self.stem(word)).collect()
    }

    /// The sentences before and behind, in the same turn.
    pub fn beside(&self, sentence: usize, index: &Index) -> impl Iterator<Item = usize> {
        let start = self.all[sentence].start;
        let near = [sentence.checked_sub(1), Some(sentence + 1).filter(|&s| s < self.all.len())];
        near.into_iter().flatten().filter(move |&s| index.is_one_turn(self.all[s].start, start))
    }
}

/// The stem of a word that tells what a sentence speaks of; none for others.
pub fn telling(word: &str) -> Option<String> {
    match lexicon::number(word) {
        Some(value) => Some(value.to_owned()),
        None => (!lexicon::is_little(word) && !lexicon::negates(word)).then(|| root(word)),
    }
}

/// What all forms of a word have in common: "write" of "wrote", "sanction" of "sanctioned".
pub fn root(word: &str) -> String {
    let plain = word.to_lowercase().replace("'s", "");
    lexicon::irregular(&plain).map_or_else(|| stem(&plain), stem)
}

/// How much a word counts that is so near to the one sought.
pub fn likeness(nearness: f32) -> f32 {
    (nearness + 0.1).min(0.8)
}
