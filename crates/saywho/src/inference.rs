//! What follows from a passage: whether what a second one says follows from it, or cannot be true with it.
//!
//! Natural language inference (Bowman et al. 2015) by a small encoder that reads both passages together, tuned by `training/inference.py` on pairs
//! that people judged and on reports that were written about sources. It uses the word table of the accurate weights.

use saywho_encoder::wordpiece::WordPiece;
use saywho_encoder::{Dense, Encoder, Piece};

use crate::Error;
use crate::meaning::{encoded, mean};
use crate::text::token::tokens;

/// The most word pieces of a premise; a longer one loses its first.
const PREMISE: usize = 80;
/// The most word pieces of a hypothesis; a longer one is cut.
const HYPOTHESIS: usize = 44;
/// What tells the pieces of a hypothesis from those of a premise.
const SECOND: u8 = 1;
/// It follows, it contradicts, neither.
const CLASSES: usize = 3;
/// Where the head is in the file.
const HEAD: &str = "inference";

/// What one passage says of another.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Inference {
    /// How likely it is that the second follows from the first, 0 to 1.
    pub entails: f32,
    /// How likely it is that both cannot be true, 0 to 1.
    pub contradicts: f32,
}

/// The encoder of pairs of passages.
pub(crate) struct Inferences {
    encoder: Encoder,
    wordpiece: WordPiece,
}

impl Inferences {
    /// From the bytes of its weights, of the weights whose word table it uses, and of the vocabulary of both.
    pub fn from_bytes(weights: &[u8], words: &[u8], vocabulary: &str) -> Result<Inferences, Error> {
        let encoder = Encoder::with_words_of(weights, words)?;
        let fits = |head: &Dense| head.rows() == CLASSES && head.inputs() == 2 * encoder.config().width;
        if !encoder.head(HEAD).is_some_and(fits) || encoder.config().max_positions < PREMISE + HYPOTHESIS + 3 {
            return Err(Error::Model("heads.inference"));
        }
        Ok(Inferences { encoder, wordpiece: WordPiece::from_vocab(vocabulary) })
    }

    /// What the first of each two passages says of the second.
    pub fn of(&self, pairs: &[(&str, &str)]) -> Vec<Inference> {
        let width = self.encoder.config().width;
        let head = self.encoder.head(HEAD).expect("checked when the weights were loaded");
        let sequences: Vec<Vec<Piece>> = pairs.iter().map(|(first, second)| self.pieces(first, second)).collect();
        let (mut input, mut scores) = (Vec::new(), Vec::new());
        encoded(&self.encoder, &sequences, |states| {
            input.clear();
            input.extend_from_slice(&states[..width]);
            input.extend(mean(states, width));
            head.apply(&input, &mut scores);
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            scores.iter_mut().for_each(|score| *score = (*score - most).exp());
            let sum: f32 = scores.iter().sum();
            Inference { entails: scores[0] / sum, contradicts: scores[1] / sum }
        })
    }

    fn pieces(&self, first: &str, second: &str) -> Vec<Piece> {
        let ids = |text: &str| {
            let mut ids = Vec::new();
            tokens(text).iter().for_each(|token| self.wordpiece.pieces(token.span.of(text), &mut ids));
            ids
        };
        let (premise, mut hypothesis) = (ids(first), ids(second));
        hypothesis.truncate(HYPOTHESIS);
        let premise = &premise[premise.len().saturating_sub(PREMISE)..];
        let sep = self.wordpiece.sep();
        let first = [self.wordpiece.cls()].into_iter().chain(premise.iter().copied()).chain([sep]);
        let second = hypothesis.into_iter().chain([sep]).map(|id| Piece { id, start: SECOND, ..Piece::default() });
        first.map(|id| Piece { id, ..Piece::default() }).chain(second).collect()
    }
}
