//! What passages are about, as vectors: those that are about one matter lie near each other, whatever words they use.
//!
//! A sentence encoder (Reimers and Gurevych 2019), tuned by `training/meaning.py` on conversations whose claims people grouped
//! and linked. It uses the word table of the accurate weights.

use saywho_encoder::wordpiece::WordPiece;
use saywho_encoder::{Encoder, Piece};

use crate::Error;

/// What stands for the names of those who talked, which tell nothing of the matter.
const NAME: &str = "it";

/// The most word pieces of a passage; a longer one is cut.
const LONGEST: usize = 94;

/// A passage's direction: its length is 1.
pub(crate) type Vector = Vec<f32>;

/// The encoder of passages.
pub(crate) struct Meaning {
    encoder: Encoder,
    wordpiece: WordPiece,
}

impl Meaning {
    /// From the bytes of its weights, of the weights whose word table it uses, and of the vocabulary of both.
    pub fn from_bytes(weights: &[u8], words: &[u8], vocabulary: &str) -> Result<Meaning, Error> {
        Ok(Meaning { encoder: Encoder::with_words_of(weights, words)?, wordpiece: WordPiece::from_vocab(vocabulary) })
    }

    /// The vectors of passages, given as their words; `None` for the name of one who talked.
    pub fn vectors<'w>(&self, passages: impl Iterator<Item = Vec<Option<&'w str>>>) -> Vec<Vector> {
        let sequences: Vec<Vec<Piece>> = passages.map(|words| self.pieces(&words)).collect();
        let width = self.encoder.config().width;
        encoded(&self.encoder, &sequences, |states| direction(states, width))
    }

    fn pieces(&self, words: &[Option<&str>]) -> Vec<Piece> {
        let mut ids = vec![self.wordpiece.cls()];
        for (i, word) in words.iter().enumerate() {
            if word.is_some() || i == 0 || words[i - 1].is_some() {
                self.wordpiece.pieces(word.unwrap_or(NAME), &mut ids);
            }
        }
        ids.truncate(1 + LONGEST);
        ids.push(self.wordpiece.sep());
        ids.into_iter().map(|id| Piece { id, ..Piece::default() }).collect()
    }
}

/// What is made of the states of each sequence.
pub(crate) fn encoded<T: Clone + Default>(
    encoder: &Encoder,
    sequences: &[Vec<Piece>],
    mut made: impl FnMut(&[f32]) -> T,
) -> Vec<T> {
    let mut worker = encoder.worker();
    // Sequences that go in together should be of one length.
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    order.sort_by_key(|&i| sequences[i].len());
    let sorted: Vec<&[Piece]> = order.iter().map(|&i| sequences[i].as_slice()).collect();
    let mut rest = worker.encode(&sorted);
    let mut all = vec![T::default(); sequences.len()];
    for &i in &order {
        let (states, after) = rest.split_at(sequences[i].len() * encoder.config().width);
        all[i] = made(states);
        rest = after;
    }
    all
}

/// The mean of states, of length 1.
fn direction(states: &[f32], width: usize) -> Vector {
    let mut mean = mean(states, width);
    let length = cosine(&mean, &mean).sqrt().max(f32::MIN_POSITIVE);
    mean.iter_mut().for_each(|value| *value /= length);
    mean
}

/// The mean of states.
pub(crate) fn mean(states: &[f32], width: usize) -> Vector {
    let mut mean = vec![0.0; width];
    let count = (states.len() / width).max(1) as f32;
    for state in states.chunks_exact(width) {
        mean.iter_mut().zip(state).for_each(|(mean, value)| *mean += value / count);
    }
    mean
}

/// The cosine of two directions: 1 for the same, 0 for two that have nothing in common.
pub(crate) fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::meaning;

    fn vectors(passages: &[&str]) -> Vec<Vector> {
        meaning().unwrap().vectors(passages.iter().map(|p| p.split(' ').map(Some).collect()))
    }

    #[test]
    fn one_matter_in_other_words_is_nearer_than_another_matter() {
        let told = [
            "demanded that the fishing ban be lifted before the autumn",
            "explained why the cod grounds stay closed to trawlers",
            "thanked him for the visit of the children ’s choir",
        ];
        let vectors = vectors(&told);
        assert!(cosine(&vectors[0], &vectors[1]) > cosine(&vectors[0], &vectors[2]) + 0.1);
    }

    #[test]
    fn what_stands_beside_a_passage_changes_nothing() {
        let alone = vectors(&["the ban must end"]);
        let long = "a long passage on quite another matter ".repeat(40);
        let beside = vectors(&[long.trim(), "the ban must end", ""]);
        assert_eq!(alone[0], beside[1]);
        assert!((cosine(&alone[0], &alone[0]) - 1.0).abs() < 1e-4);
    }

    #[test]
    fn who_talked_tells_nothing_of_the_matter() {
        let meaning = meaning().unwrap();
        let words = |name| vec![name, Some("wants"), Some("the"), Some("ban"), Some("lifted")];
        let vectors = meaning.vectors([words(None), words(Some("it"))].into_iter());
        assert_eq!(vectors[0], vectors[1]);
    }
}
