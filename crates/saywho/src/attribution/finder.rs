//! Runs the encoder over windows of tokens; `grouping` makes attributions of what it says.

use saywho_encoder::{Piece, Worker};

use super::act::Leanings;
use super::features::{Features, Input};
use super::graph::Attributions;
use super::grouping::{Buffers, Window};
use super::model::Model;
use super::window::windows;
use crate::text::token::TokenKind;
use crate::text::{Text, TokenId};

/// Tokens, in order, to be read as a text of their own.
pub type Passage = Vec<TokenId>;

/// One thread's buffers.
pub struct Finder<'m> {
    model: &'m Model,
    worker: Worker<'m>,
    buffers: Buffers,
}

impl<'m> Finder<'m> {
    /// A finder for one thread.
    pub fn new(model: &'m Model) -> Finder<'m> {
        Finder { model, worker: model.encoder.worker(), buffers: Buffers::default() }
    }

    /// The attributions of each passage, outer before inner; passages are read independently of each other. `inside` is
    /// a place in the passage's own list. Beside them, what the words would be as cues.
    pub fn find(&mut self, text: &Text, features: &Features, passages: &[Passage]) -> (Vec<Attributions>, Leanings) {
        let mut inputs = Vec::new();
        let mut owner = Vec::new();
        for (i, passage) in passages.iter().enumerate() {
            for range in windows(text, &features.starts, passage, self.model.window, |t| features.pieces(t).len()) {
                let tokens = &passage[range];
                // Where no word stands nobody says anything.
                if tokens.iter().any(|&t| text.tokens[t].kind == TokenKind::Word) {
                    inputs.push(self.input(features, tokens));
                    owner.push(i);
                }
            }
        }
        let mut found = vec![Attributions::default(); passages.len()];
        let mut leanings = Leanings::of_text(text);
        let width = self.model.encoder.config().width;
        for (batch, owners) in inputs.chunks(16).zip(owner.chunks(16)) {
            if text.budget.is_spent() {
                break;
            }
            let sequences: Vec<&[Piece]> = batch.iter().map(|i| i.pieces.as_slice()).collect();
            let states = self.worker.encode(&sequences);
            let mut offset = 0;
            for (input, &passage) in batch.iter().zip(owners) {
                let hidden = &states[offset * width..(offset + input.pieces.len()) * width];
                offset += input.pieces.len();
                let before = found[passage].len();
                let window = Window { model: self.model, features, input, hidden };
                for f in window.read(&mut self.buffers, &mut leanings) {
                    found[passage].push(f.behind(before));
                }
            }
        }
        (found, leanings)
    }

    fn input(&self, features: &Features, tokens: &[TokenId]) -> Input {
        let wordpiece = &self.model.wordpiece;
        let special = |id| Piece { id, case: 0, quote: 0, start: 0 };
        let mut pieces = vec![special(wordpiece.cls())];
        let mut rows = Vec::with_capacity(tokens.len());
        for &token in tokens {
            rows.push(pieces.len());
            let quote = features.quotes[token] as u8;
            for (k, &id) in features.pieces(token).iter().take(self.model.window).enumerate() {
                let start = if k == 0 { features.starts[token] as u8 } else { 0 };
                pieces.push(Piece { id, case: features.case[token], quote, start });
            }
        }
        pieces.push(special(wordpiece.sep()));
        Input { tokens: tokens.to_vec(), pieces, rows }
    }
}
