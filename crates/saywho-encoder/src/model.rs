//! The encoder and its forward pass.

use std::ops::Range;

use crate::attention::{AttentionTask, QKV, Scratch};
use crate::dense::Dense;
use crate::error::EncoderError;
use crate::kernel::{Activations, Kernel, KernelPath, PANEL};
use crate::weights::{Config, Embeddings, Layer, Weights};

/// The id of `[UNK]`, which also stands for ids that the vocabulary does not have.
pub const UNKNOWN: u32 = 100;

/// Rows that go through all layers together, so that they stay in the second-level cache.
const CHUNK: usize = 256;
/// Rows of the feed-forward part at once: its inner state is four times as wide.
const FFN_CHUNK: usize = 96;

/// One word piece and what is known about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Piece {
    /// Id in the vocabulary; ids beyond it count as [`UNKNOWN`].
    pub id: u32,
    /// Row of the case embedding; rows beyond it count as 0.
    pub case: u8,
    /// Row of the quotation embedding; rows beyond it count as 0.
    pub quote: u8,
    /// Row of the embedding for the start of a word; rows beyond it count as 0.
    pub start: u8,
}

/// The weights of an encoder and its heads; never changes, and threads share it.
pub struct Encoder {
    weights: Weights,
    kernel: Kernel,
}

impl Encoder {
    /// Reads a safetensors file and lays its weights out for this processor. Copies what it needs.
    ///
    /// # Errors
    /// If the file is damaged, or a tensor or metadata entry is missing or has the wrong type or shape.
    pub fn from_bytes(bytes: &[u8]) -> Result<Encoder, EncoderError> {
        Ok(Encoder { weights: Weights::read(bytes, None)?, kernel: Kernel::best() }.with_heads())
    }

    /// The same from a file without a word table: that of `words`, another weights file, serves both.
    ///
    /// # Errors
    /// As for [`Encoder::from_bytes`]; also if the words of `words` are not as wide as the states of `bytes`.
    pub fn with_words_of(bytes: &[u8], words: &[u8]) -> Result<Encoder, EncoderError> {
        Ok(Encoder { weights: Weights::read(bytes, Some(words))?, kernel: Kernel::best() }.with_heads())
    }

    /// The same encoder on another kernel, or `None` if this processor cannot run it. For measuring and testing.
    pub fn with_kernel(mut self, path: KernelPath) -> Option<Encoder> {
        self.kernel = Kernel::of(path)?;
        Some(self.with_heads())
    }

    fn with_heads(mut self) -> Encoder {
        for head in self.weights.heads.values_mut() {
            head.set_kernel(self.kernel);
        }
        self
    }

    /// The kernel that is used.
    pub fn kernel(&self) -> KernelPath {
        self.kernel.path()
    }

    /// The shape of the model.
    pub fn config(&self) -> &Config {
        &self.weights.config
    }

    /// The head stored as `heads.{name}.weight` and `heads.{name}.bias`.
    pub fn head(&self, name: &str) -> Option<&Dense> {
        self.weights.heads.get(name)
    }

    /// Shape and values of an f32 tensor that is not part of the layers or embeddings.
    pub fn tensor(&self, name: &str) -> Option<(&[usize], &[f32])> {
        self.weights.tensors.get(name).map(|(shape, values)| (shape.as_slice(), values.as_slice()))
    }

    /// An entry of the file's metadata.
    pub fn metadata(&self, key: &str) -> Option<&str> {
        self.weights.metadata.get(key).map(String::as_str)
    }

    /// Buffers for one thread; make one and keep it.
    pub fn worker(&self) -> Worker<'_> {
        let Config { width, ffn, .. } = self.weights.config;
        let attended = self.weights.config.attended();
        Worker {
            encoder: self,
            states: Vec::new(),
            input: Activations::new(width),
            attended: Activations::new(attended),
            inner: Activations::new(ffn),
            wide: Vec::new(),
            context: Vec::new(),
            scratch: Scratch::default(),
        }
    }
}

/// Runs the encoder on one thread; owns all buffers, so that nothing is allocated once they have grown.
pub struct Worker<'e> {
    encoder: &'e Encoder,
    /// Hidden states of all pieces of the call.
    states: Vec<f32>,
    /// What the next product takes, as u8.
    input: Activations,
    /// The same for the product behind attention.
    attended: Activations,
    /// The same for the second product of the feed-forward part.
    inner: Activations,
    /// Queries, keys and values of one panel, or the inner state of the feed-forward part.
    wide: Vec<f32>,
    /// Contexts of attention, then the output of a product.
    context: Vec<f32>,
    scratch: Scratch,
}

impl Worker<'_> {
    /// The last hidden states of all pieces, `width` numbers each, in the order of the sequences.
    /// Attention stays within a sequence, and a sequence gives the same states whatever stands beside it.
    /// Short sequences are cheaper than long ones.
    ///
    /// # Panics
    /// If a sequence is longer than `max_positions`: cut it into windows first.
    pub fn encode(&mut self, sequences: &[&[Piece]]) -> &[f32] {
        let config = self.encoder.config();
        if let Some(long) = sequences.iter().find(|s| s.len() > config.max_positions) {
            panic!("a sequence has {} pieces, and the model takes {}", long.len(), config.max_positions);
        }
        let width = config.width;
        let total: usize = sequences.iter().map(|s| s.len()).sum();
        let mut states = std::mem::take(&mut self.states);
        states.resize(total * width, 0.0);
        let (mut rest, mut first) = (states.as_mut_slice(), 0);
        while first < sequences.len() {
            let (count, rows) = next_chunk(&sequences[first..]);
            let (chunk, after) = rest.split_at_mut(rows * width);
            if rows > 0 {
                self.encode_chunk(&sequences[first..first + count], chunk);
            }
            (rest, first) = (after, first + count);
        }
        self.states = states;
        &self.states
    }

    fn encode_chunk(&mut self, sequences: &[&[Piece]], states: &mut [f32]) {
        let encoder = self.encoder;
        let embeddings = &encoder.weights.embeddings;
        let width = encoder.config().width;
        let mut rows = states.chunks_exact_mut(width);
        for sequence in sequences {
            for ((position, piece), row) in sequence.iter().enumerate().zip(&mut rows) {
                embed(encoder.kernel, embeddings, position, piece, row);
            }
        }
        encoder.kernel.add_norm_quantize(states, &[], &embeddings.norm, &mut self.input);
        for layer in &encoder.weights.layers {
            self.neighbours(layer, sequences, states);
            self.attention(layer, sequences, states);
            self.feed_forward(layer, states);
        }
    }

    fn neighbours(&mut self, layer: &Layer, sequences: &[&[Piece]], states: &mut [f32]) {
        let (kernel, width) = (self.encoder.kernel, self.encoder.config().width);
        if layer.near.is_empty() {
            return;
        }
        let mut rest = &mut *states;
        for sequence in sequences {
            let (state, after) = rest.split_at_mut(sequence.len() * width);
            kernel.add_neighbours(state, &layer.near, width);
            rest = after;
        }
        kernel.quantize(states, &mut self.input);
    }

    fn attention(&mut self, layer: &Layer, sequences: &[&[Piece]], states: &mut [f32]) {
        let (kernel, config) = (self.encoder.kernel, self.encoder.config());
        let (width, attended, head_width, rows) =
            (config.width, config.attended(), config.head_width, self.input.rows());
        let heads = PANEL / head_width;
        let wide = grown(&mut self.wide, rows * QKV);
        let context = grown(&mut self.context, rows * attended);
        for panel in 0..layer.query.panels() {
            for (part, weights) in [&layer.query, &layer.key, &layer.value].into_iter().enumerate() {
                kernel.linear(&self.input, 0..rows, weights, panel..panel + 1, &mut wide[part * PANEL..], QKV);
            }
            let mut row = 0;
            for pieces in sequences.iter().map(|s| s.len()).filter(|n| *n > 0) {
                let task = AttentionTask {
                    qkv: &wide[row * QKV..][..pieces * QKV],
                    heads: heads.min(config.heads - panel * heads),
                    head_width,
                    out: &mut context[row * attended + panel * PANEL..],
                    stride: attended,
                };
                kernel.attention(task, &mut self.scratch);
                row += pieces;
            }
        }
        kernel.quantize(context, &mut self.attended);
        let context = grown(&mut self.context, rows * width);
        kernel.linear(&self.attended, 0..rows, &layer.out, 0..layer.out.panels(), context, width);
        kernel.add_norm_quantize(states, context, &layer.norm1, &mut self.input);
    }

    fn feed_forward(&mut self, layer: &Layer, states: &mut [f32]) {
        let (kernel, config) = (self.encoder.kernel, self.encoder.config());
        let (width, ffn, rows) = (config.width, config.ffn, self.input.rows());
        let context = grown(&mut self.context, rows * width);
        for part in parts(rows, FFN_CHUNK) {
            let wide = grown(&mut self.wide, part.len() * ffn);
            kernel.linear(&self.input, part.clone(), &layer.up, 0..layer.up.panels(), wide, ffn);
            kernel.gelu_quantize(wide, &mut self.inner);
            let out = &mut context[part.start * width..part.end * width];
            kernel.linear(&self.inner, 0..part.len(), &layer.down, 0..layer.down.panels(), out, width);
        }
        kernel.add_norm_quantize(states, context, &layer.norm2, &mut self.input);
    }
}

/// How many of the sequences go together, and their pieces: at least one sequence, and as many as fit a chunk.
fn next_chunk(sequences: &[&[Piece]]) -> (usize, usize) {
    let mut rows = sequences[0].len();
    let mut count = 1;
    for sequence in &sequences[1..] {
        if rows + sequence.len() > CHUNK {
            break;
        }
        (rows, count) = (rows + sequence.len(), count + 1);
    }
    (count, rows)
}

/// Cuts `0..rows` into parts of nearly the same length, none longer than `most`.
fn parts(rows: usize, most: usize) -> impl Iterator<Item = Range<usize>> {
    let count = rows.div_ceil(most);
    (0..count).map(move |i| rows * i / count..rows * (i + 1) / count)
}

/// The first `length` numbers of a buffer that grows when it must.
fn grown(buffer: &mut Vec<f32>, length: usize) -> &mut [f32] {
    if buffer.len() < length {
        buffer.resize(length, 0.0);
    }
    &mut buffer[..length]
}

/// The sum of a piece's embeddings.
fn embed(kernel: Kernel, embeddings: &Embeddings, position: usize, piece: &Piece, row: &mut [f32]) {
    let width = row.len();
    let known = embeddings.word_scales.len();
    let id = if (piece.id as usize) < known { piece.id } else { UNKNOWN.min(known as u32 - 1) } as usize;
    let at = |index: u8, rows: usize| if usize::from(index) < rows { usize::from(index) * width } else { 0 };
    let word = &embeddings.words[id * width..][..width];
    let scale = embeddings.word_scales[id];
    let position = &embeddings.position.values[position * width..][..width];
    let case = &embeddings.case.values[at(piece.case, embeddings.case.rows)..][..width];
    let quote = &embeddings.quote.values[at(piece.quote, embeddings.quote.rows)..][..width];
    let start = &embeddings.start.values[at(piece.start, embeddings.start.rows)..][..width];
    kernel.embed(word, scale, [position, case, quote, start], row);
}
