//! Attention within one sequence: the task, the buffers and the f32 code that most paths use.

#[cfg(target_arch = "x86_64")]
use crate::kernel::Line;
use crate::kernel::{Isa, Lanes, PANEL};

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
    #[cfg(target_arch = "x86_64")]
    pub lines: Vec<Line>,
}

/// Attention in f32, a few queries at once.
///
/// # Safety
/// The processor has the features of `T`, and `task.check()` passed.
#[inline(always)]
pub(crate) unsafe fn attend<T: Isa>(mut task: AttentionTask, scratch: &mut Scratch) {
    let padded = task.pieces().next_multiple_of(LANES);
    scratch.scores.resize(QUERIES * padded, 0.0);
    for head in 0..task.heads {
        pack_keys(&task, head, padded, &mut scratch.keys);
        for first in (0..task.pieces()).step_by(QUERIES) {
            // SAFETY: the caller's promise; the buffers hold `padded` keys, and scores for `QUERIES` queries.
            unsafe {
                score::<T>(&task, head, first, &scratch.keys, &mut scratch.scores);
                let mut inverse = [0.0; QUERIES];
                for (row, inverse) in scratch.scores.chunks_exact_mut(padded).zip(&mut inverse) {
                    *inverse = 1.0 / softmax::<T>(row, task.pieces());
                }
                weigh::<T>(&mut task, head, first, &scratch.scores, &inverse);
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

/// Scores of `QUERIES` queries with all keys. Queries beyond the end repeat the last one.
///
/// # Safety
/// As [`attend`].
#[inline(always)]
unsafe fn score<T: Isa>(task: &AttentionTask, head: usize, first: usize, keys: &[f32], scores: &mut [f32]) {
    let (width, padded) = (task.head_width, scores.len() / QUERIES);
    let at = |r: usize| (first + r).min(task.pieces() - 1) * QKV + head * width;
    let queries: [&[f32]; QUERIES] = std::array::from_fn(|r| &task.qkv[at(r)..][..width]);
    for (block, keys) in keys.chunks_exact(LANES * width).enumerate() {
        // SAFETY: the caller promises the features; keys and scores come in whole vectors.
        unsafe {
            let mut sums = [T::V::splat(0.0); QUERIES];
            for (channel, key) in keys.as_chunks::<LANES>().0.iter().enumerate() {
                let key = T::V::load(key.as_ptr());
                for (sum, query) in sums.iter_mut().zip(&queries) {
                    *sum = T::V::splat(*query.get_unchecked(channel)).fma(key, *sum);
                }
            }
            for (r, sum) in sums.iter().enumerate() {
                let out = &mut scores[r * padded + block * LANES..][..LANES];
                sum.mul(T::V::splat(task.scale())).store(out.as_mut_ptr());
            }
        }
    }
}

/// Turns scores into powers of two, the largest 1, and returns their sum.
///
/// # Safety
/// As [`attend`]; the row is a whole number of vectors.
#[inline(always)]
unsafe fn softmax<T: Isa>(row: &mut [f32], pieces: usize) -> f32 {
    row[pieces..].fill(f32::NEG_INFINITY);
    let rows = row.as_chunks_mut::<LANES>().0;
    // SAFETY: the caller promises the features; each chunk is one vector.
    unsafe {
        let (mut most, mut sum) = (T::V::splat(f32::NEG_INFINITY), T::V::splat(0.0));
        for chunk in rows.iter() {
            most = most.max(T::V::load(chunk.as_ptr()));
        }
        let most = T::V::splat(most.greatest());
        for chunk in rows.iter_mut() {
            let p = T::V::load(chunk.as_ptr()).sub(most).exp2();
            sum = sum.add(p);
            p.store(chunk.as_mut_ptr());
        }
        sum.total()
    }
}

/// Adds up the values, weighed by the probabilities.
///
/// # Safety
/// As [`attend`]; `probabilities` holds a row for each of `QUERIES` queries.
#[inline(always)]
unsafe fn weigh<T: Isa>(
    task: &mut AttentionTask,
    head: usize,
    first: usize,
    probabilities: &[f32],
    inverse: &[f32; QUERIES],
) {
    let (width, padded) = (task.head_width, probabilities.len() / QUERIES);
    for lane in (0..width).step_by(LANES) {
        let at = head * width + lane;
        // SAFETY: the caller promises the features; each row of values has room for the head, and a row of
        // probabilities is as long as the padded keys.
        unsafe {
            let mut sums = [T::V::splat(0.0); QUERIES];
            for (key, row) in task.qkv.chunks_exact(QKV).enumerate() {
                let value = T::V::load(row[2 * PANEL + at..][..LANES].as_ptr());
                for (r, sum) in sums.iter_mut().enumerate() {
                    *sum = T::V::splat(*probabilities.get_unchecked(r * padded + key)).fma(value, *sum);
                }
            }
            for (r, sum) in sums.iter().enumerate().take(task.pieces() - first) {
                let out = &mut task.out[(first + r) * task.stride + at..][..LANES];
                sum.mul(T::V::splat(inverse[r])).store(out.as_mut_ptr());
            }
        }
    }
}
