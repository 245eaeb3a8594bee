//! Attention within one sequence: the task, the buffers and the f32 code that most paths use.

use crate::kernel::{Isa, Line, PANEL, exp2, fma};

/// Length of a row of queries, keys and values: one panel of each.
pub(crate) const QKV: usize = 3 * PANEL;
const LANES: usize = 16;
/// Queries that the f32 code takes at once.
const QUERIES: usize = 4;

/// Attention of one sequence, for the heads whose queries, keys and values lie in one panel.
pub(crate) struct AttentionTask<'a> {
    /// For each piece 64 numbers of queries, 64 of keys, 64 of values.
    pub qkv: &'a [f32],
    /// Heads in the panel.
    pub heads: usize,
    /// Width of one head: 16, 32 or 64.
    pub head_width: usize,
    /// Where the contexts go: row i starts at `out[i * stride]`.
    pub out: &'a mut [f32],
    /// Distance between rows of `out`.
    pub stride: usize,
}

impl AttentionTask<'_> {
    pub fn pieces(&self) -> usize {
        self.qkv.len() / QKV
    }

    /// What turns the product of a query and a key into the exponent of a power of two.
    pub fn scale(&self) -> f32 {
        std::f32::consts::LOG2_E / (self.head_width as f32).sqrt()
    }

    /// Panics unless the sizes agree; what follows relies on it.
    pub fn check(&self) {
        let (pieces, used) = (self.pieces(), self.heads * self.head_width);
        assert!(pieces > 0 && pieces <= 512 && [16, 32, 64].contains(&self.head_width));
        assert!(used <= PANEL && used <= self.stride && (pieces - 1) * self.stride + used <= self.out.len());
    }
}

/// Buffers of attention; they grow to the longest sequence seen.
#[derive(Default)]
pub(crate) struct Scratch {
    keys: Vec<f32>,
    scores: Vec<f32>,
    /// Aligned memory for the code that works on integers.
    pub lines: Vec<Line>,
}

/// Attention in f32, a few queries at once.
///
/// # Safety
/// The processor has the features of `T`.
#[inline(always)]
pub(crate) unsafe fn attend<T: Isa>(mut task: AttentionTask, scratch: &mut Scratch) {
    for head in 0..task.heads {
        match task.head_width {
            16 => attend_head::<T, 1>(&mut task, head, scratch),
            32 => attend_head::<T, 2>(&mut task, head, scratch),
            _ => attend_head::<T, 4>(&mut task, head, scratch),
        }
    }
}

/// One head, `V` vectors of sixteen wide.
#[inline(always)]
fn attend_head<T: Isa, const V: usize>(task: &mut AttentionTask, head: usize, scratch: &mut Scratch) {
    let width = V * LANES;
    let (pieces, padded) = (task.pieces(), task.pieces().next_multiple_of(LANES));
    let at = |piece: usize, part: usize| piece * QKV + part * PANEL + head * width;
    pack_keys(task, head, padded, &mut scratch.keys);
    scratch.scores.resize(QUERIES * padded, 0.0);
    for first in (0..pieces).step_by(QUERIES) {
        // The last block may ask for queries beyond the end: they repeat the last piece and are not stored.
        let piece = |r: usize| (first + r).min(pieces - 1);
        let queries: [&[f32]; QUERIES] = std::array::from_fn(|r| &task.qkv[at(piece(r), 0)..][..width]);
        score::<T>(&queries, &scratch.keys, task.scale(), padded, &mut scratch.scores);
        let mut sums = [0.0; QUERIES];
        for (row, sum) in scratch.scores.chunks_exact_mut(padded).zip(&mut sums) {
            *sum = softmax::<T>(row, pieces);
        }
        let mut context = [[[0.0; LANES]; V]; QUERIES];
        for key in 0..pieces {
            let value = &task.qkv[at(key, 2)..][..width];
            for (r, context) in context.iter_mut().enumerate() {
                let p = scratch.scores[r * padded + key];
                for (context, value) in context.iter_mut().zip(value.as_chunks::<LANES>().0) {
                    for i in 0..LANES {
                        context[i] = fma::<T>(p, value[i], context[i]);
                    }
                }
            }
        }
        for (r, context) in context.iter().take(pieces - first).enumerate() {
            let out = &mut task.out[(first + r) * task.stride + head * width..][..width];
            for (x, c) in out.iter_mut().zip(context.as_flattened()) {
                *x = c / sums[r];
            }
        }
    }
}

/// Lays out keys so that sixteen lie side by side: block of sixteen keys, channel, key.
#[inline(always)]
fn pack_keys(task: &AttentionTask, head: usize, padded: usize, keys: &mut Vec<f32>) {
    let width = task.head_width;
    keys.clear();
    keys.resize(padded * width, 0.0);
    for (piece, row) in task.qkv.chunks_exact(QKV).enumerate() {
        let key = &row[PANEL + head * width..][..width];
        let block = &mut keys[piece / LANES * LANES * width..][..LANES * width];
        for (lanes, x) in block.chunks_exact_mut(LANES).zip(key) {
            lanes[piece % LANES] = *x;
        }
    }
}

#[inline(always)]
fn score<T: Isa>(queries: &[&[f32]; QUERIES], keys: &[f32], scale: f32, padded: usize, scores: &mut [f32]) {
    let width = queries[0].len();
    for (block, keys) in keys.chunks_exact(LANES * width).enumerate() {
        let mut sums = [[0.0; LANES]; QUERIES];
        for (channel, key) in keys.as_chunks::<LANES>().0.iter().enumerate() {
            for (sums, query) in sums.iter_mut().zip(queries) {
                for i in 0..LANES {
                    sums[i] = fma::<T>(query[channel], key[i], sums[i]);
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            let out = &mut scores[r * padded + block * LANES..][..LANES];
            for (x, s) in out.iter_mut().zip(sums) {
                *x = s * scale;
            }
        }
    }
}

/// Turns scores into powers of two, the largest 1, and returns their sum.
#[inline(always)]
fn softmax<T: Isa>(row: &mut [f32], pieces: usize) -> f32 {
    row[pieces..].fill(f32::NEG_INFINITY);
    let mut most = [f32::NEG_INFINITY; LANES];
    for chunk in row.as_chunks::<LANES>().0 {
        for i in 0..LANES {
            most[i] = if chunk[i] > most[i] { chunk[i] } else { most[i] };
        }
    }
    let most = most.into_iter().fold(f32::NEG_INFINITY, f32::max);
    for x in row.iter_mut() {
        *x = exp2::<T>(*x - most);
    }
    let mut sums = [0.0; LANES];
    for chunk in row.as_chunks::<LANES>().0 {
        for i in 0..LANES {
            sums[i] += chunk[i];
        }
    }
    sums.into_iter().sum()
}
