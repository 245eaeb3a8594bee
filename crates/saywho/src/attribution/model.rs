//! The trained model, and whether a weights file holds what the engine needs.

use saywho_encoder::wordpiece::WordPiece;
use saywho_encoder::{Dense, Encoder};
use saywho_english::WordList;

use super::act::Leaning;
use super::decode::{Chain, LEVELS, TAGS};
use super::graph::EVIDENCE;
use crate::Error;

/// The trained model: encoder, vocabulary, heads.
pub struct Model {
    pub(super) encoder: Encoder,
    /// The vocabulary of word pieces.
    pub wordpiece: WordPiece,
    /// One for each level of nesting, the outermost first.
    pub(super) chains: [Chain; LEVELS],
    /// Most word pieces in a window.
    pub(super) window: usize,
    /// Weights of the logistic calibration of confidence, see [`Model::confidence`].
    calibration: Vec<f32>,
}

impl Model {
    /// From the bytes of a weights file and its vocabulary (one piece a line).
    pub fn from_bytes(weights: &[u8], vocabulary: &str) -> Result<Model, Error> {
        Model::of(Encoder::from_bytes(weights)?, vocabulary)
    }

    /// The same of weights without a word table, who use that of others.
    pub fn with_words_of(weights: &[u8], words: &[u8], vocabulary: &str) -> Result<Model, Error> {
        Model::of(Encoder::with_words_of(weights, words)?, vocabulary)
    }

    fn of(encoder: Encoder, vocabulary: &str) -> Result<Model, Error> {
        let values = |name: &'static str| Ok::<_, Error>(encoder.tensor(name).ok_or(Error::Model(name))?.1);
        let chains = Chain::levels(values("tags.transitions")?, values("tags.begin")?)
            .ok_or(Error::Model("tags.transitions"))?;
        let calibration = values("confidence.weights")?.to_vec();
        let tags = encoder.head("tags").ok_or(Error::Model("heads.tags"))?.rows();
        let rows = |name: &'static str| Ok::<_, Error>(encoder.head(name).ok_or(Error::Model(name))?.rows());
        let alike = rows("part")? == rows("cue")? && rows("asking")? == rows("source")?;
        let window = encoder.metadata("window").and_then(|n| n.parse().ok()).ok_or(Error::Model("window"))?;
        if window == 0 || window + 2 > encoder.config().max_positions {
            return Err(Error::Model("a window that fits its positions"));
        }
        let width = encoder.head("part").map(Dense::rows);
        let hears = ["telling", "hearer"].iter().all(|name| encoder.head(name).is_none_or(|h| Some(h.rows()) == width));
        let leans = hears && encoder.head("act").is_none_or(|head| head.rows() == Leaning::SCORES);
        if !leans || tags != LEVELS * TAGS || !alike || calibration.len() != EVIDENCE + 1 {
            return Err(Error::Model("the shapes of its heads and of confidence.weights"));
        }
        Ok(Model { wordpiece: WordPiece::from_vocab(vocabulary), chains, window, calibration, encoder })
    }

    /// The head that tells acts, where the weights have one.
    pub(super) fn act_head(&self) -> Option<&Dense> {
        self.encoder.head("act")
    }

    /// The heads that tell who is spoken to, where the weights have them: the tags of a token, a cue's vector, a recipient's vector.
    pub(super) fn recipient_heads(&self) -> Option<[&Dense; 3]> {
        let head = |name| self.encoder.head(name);
        Some([head("recipient")?, head("telling")?, head("hearer")?])
    }

    pub(super) fn head(&self, name: &str) -> &Dense {
        self.encoder.head(name).expect("checked when the model was loaded")
    }

    /// Calibrated probability from the evidence (logistic, fitted by `training/calibrate.py`).
    pub(super) fn confidence(&self, evidence: [f32; EVIDENCE]) -> f32 {
        let products = self.calibration[1..].iter().zip(evidence).map(|(weight, x)| weight * x);
        let sum = self.calibration[0] + products.sum::<f32>();
        1.0 / (1.0 + (-sum).exp())
    }
}

impl WordList for Model {
    fn has(&self, word: &str) -> bool {
        self.wordpiece.contains(word)
    }
}
