//! The code that all paths share, written for sixteen lanes of f32. Everything here is inlined into functions that
//! carry the path's processor features.

use std::ops::Range;

use super::pack::{Activations, Line, Linear, PANEL};
use crate::weights::Norm;

/// Rows that an integer product takes at once: six rows by four vectors fill the registers of AVX-512.
const ROWS: usize = 6;
pub(super) const LANES: usize = 16;
const EPSILON: f32 = 1e-12;
/// `-2 sqrt(2/pi) log2(e)`: GELU's tanh through a power of two.
const GELU_1: f32 = -2.302_208_2;
const GELU_3: f32 = GELU_1 * 0.044_715;

/// Adding this to a small f32 rounds it to a whole number, which then stands in the low bits.
pub(super) const ROUND: f32 = 12_582_912.0;

/// Sixteen f32.
///
/// # Safety
/// All functions ask that the processor has the path's features; those that take pointers, that sixteen numbers
/// can be read or written there, at any alignment.
pub(crate) trait Lanes: Copy {
    unsafe fn splat(x: f32) -> Self;
    unsafe fn load(from: *const f32) -> Self;
    unsafe fn load_integers(from: *const i32) -> Self;
    unsafe fn store(self, to: *mut f32);
    /// Rounds numbers from 0 to 255 to bytes.
    unsafe fn store_bytes(self, to: *mut u8);
    unsafe fn add(self, other: Self) -> Self;
    unsafe fn sub(self, other: Self) -> Self;
    unsafe fn mul(self, other: Self) -> Self;
    /// `self * by + plus`
    unsafe fn fma(self, by: Self, plus: Self) -> Self;
    unsafe fn min(self, other: Self) -> Self;
    unsafe fn max(self, other: Self) -> Self;
    /// Two to the power of each lane up to 126, to four digits or better.
    unsafe fn exp2(self) -> Self;
    /// One by each lane, to four digits or better.
    unsafe fn invert(self) -> Self;

    #[inline(always)]
    unsafe fn array(self) -> [f32; LANES] {
        let mut lanes = [0.0; LANES];
        // SAFETY: the caller promises the features; the array has room.
        unsafe { self.store(lanes.as_mut_ptr()) };
        lanes
    }

    /// The sum of the lanes.
    #[inline(always)]
    unsafe fn total(self) -> f32 {
        // SAFETY: the caller promises the features.
        unsafe { self.array() }.into_iter().sum()
    }

    /// The least lane.
    #[inline(always)]
    unsafe fn least(self) -> f32 {
        // SAFETY: the caller promises the features.
        unsafe { self.array() }.into_iter().fold(f32::INFINITY, f32::min)
    }

    /// The greatest lane.
    #[inline(always)]
    unsafe fn greatest(self) -> f32 {
        // SAFETY: the caller promises the features.
        unsafe { self.array() }.into_iter().fold(f32::NEG_INFINITY, f32::max)
    }
}

/// What a path does in its own way.
pub(crate) trait Isa {
    /// Its vectors.
    type V: Lanes;

    /// Multiplies `M` rows of u8 by one panel: `sums[r][c]` is the integer product of row r and output c.
    ///
    /// # Safety
    /// The processor has the path's features; each of the `M` rows, `stride` bytes apart, has as many bytes as
    /// the panel has lines.
    unsafe fn tile<const M: usize>(rows: *const u8, stride: usize, panel: &[Line], sums: &mut [[i32; PANEL]; M]);

    /// Asks for lines that will be needed soon.
    #[inline(always)]
    fn prefetch(_lines: &[Line]) {}
}

/// # Safety
/// The processor has the features of `T`; rows, panels and `out` are within bounds (see `Kernel::linear`).
#[inline(always)]
pub(super) unsafe fn linear<T: Isa>(
    input: &Activations,
    rows: Range<usize>,
    weights: &Linear,
    panels: Range<usize>,
    out: &mut [f32],
    stride: usize,
) {
    for panel in panels.clone() {
        let at = (panel - panels.start) * PANEL;
        // While one panel is multiplied the next one comes into the cache, a part with each block of rows.
        let next: &[Line] = if panel + 1 < weights.panels() { weights.panel(panel + 1).0 } else { &[] };
        let mut parts = next.chunks(next.len().div_ceil(rows.len().div_ceil(ROWS)).max(1));
        let mut row = rows.start;
        while row < rows.end {
            let out = &mut out[(row - rows.start) * stride + at..];
            T::prefetch(parts.next().unwrap_or_default());
            // SAFETY: the caller's promise; no more rows are taken than are left.
            unsafe {
                match rows.end - row {
                    1 => block::<T, 1>(input, row, weights, panel, out, stride),
                    2 => block::<T, 2>(input, row, weights, panel, out, stride),
                    3 => block::<T, 3>(input, row, weights, panel, out, stride),
                    4 => block::<T, 4>(input, row, weights, panel, out, stride),
                    5 => block::<T, 5>(input, row, weights, panel, out, stride),
                    _ => block::<T, ROWS>(input, row, weights, panel, out, stride),
                }
            }
            row += ROWS;
        }
    }
}

/// # Safety
/// As [`linear`], for the `M` rows from `row`.
#[inline(always)]
unsafe fn block<T: Isa, const M: usize>(
    input: &Activations,
    row: usize,
    weights: &Linear,
    panel: usize,
    out: &mut [f32],
    stride: usize,
) {
    let columns = PANEL.min(weights.outputs - panel * PANEL);
    let (lines, finish) = weights.panel(panel);
    let bytes = &input.bytes[row * input.width..][..M * input.width];
    let (scales, zeros) = (&input.scale[row..][..M], &input.zero[row..][..M]);
    let mut sums = [[0; PANEL]; M];
    // SAFETY: the caller promises the features; `bytes` holds M rows, each as long as the panel has lines; row r of
    // `out` has room for `columns`, a multiple of sixteen.
    unsafe {
        T::tile(bytes.as_ptr(), input.width, lines, &mut sums);
        for lane in (0..columns).step_by(LANES) {
            let scale = T::V::load(finish.scale.as_ptr().add(lane));
            let sum = T::V::load(finish.sum.as_ptr().add(lane));
            let bias = T::V::load(finish.bias.as_ptr().add(lane));
            for r in 0..M {
                let x = T::V::load_integers(sums[r].as_ptr().add(lane)).mul(T::V::splat(scales[r]));
                let x = x.fma(scale, T::V::splat(zeros[r]).fma(sum, bias));
                x.store(out.as_mut_ptr().add(r * stride + lane));
            }
        }
    }
}

/// # Safety
/// The processor has the features of `T`; the width is a multiple of sixteen, and `out` has room.
#[inline(always)]
pub(super) unsafe fn quantize<T: Isa>(values: &[f32], out: &mut Activations) {
    let width = out.width;
    for (row, values) in values.chunks_exact(width).enumerate() {
        // SAFETY: the caller's promise.
        unsafe {
            let mut range = Span::<T::V>::empty();
            for chunk in values.as_chunks::<LANES>().0 {
                range.include(T::V::load(chunk.as_ptr()));
            }
            quantize_row(values, range, row, out);
        }
    }
}

/// # Safety
/// As [`quantize`].
#[inline(always)]
pub(super) unsafe fn gelu_quantize<T: Isa>(values: &mut [f32], out: &mut Activations) {
    let width = out.width;
    for (row, values) in values.chunks_exact_mut(width).enumerate() {
        // SAFETY: the caller's promise.
        unsafe {
            let (one, three) = (T::V::splat(GELU_1), T::V::splat(GELU_3));
            let (unit, limit) = (T::V::splat(1.0), T::V::splat(126.0));
            let mut range = Span::<T::V>::empty();
            for chunk in values.as_chunks_mut::<LANES>().0 {
                let x = T::V::load(chunk.as_ptr());
                let t = x.mul(x).fma(three, one).mul(x).min(limit);
                let y = t.exp2().add(unit).invert().mul(x);
                range.include(y);
                y.store(chunk.as_mut_ptr());
            }
            quantize_row(values, range, row, out);
        }
    }
}

/// # Safety
/// As [`quantize`]; `added` is empty or as long as `state`, and the norm is as wide as `out`.
#[inline(always)]
pub(super) unsafe fn add_norm_quantize<T: Isa>(state: &mut [f32], added: &[f32], norm: &Norm, out: &mut Activations) {
    let width = out.width;
    for (row, values) in state.chunks_exact_mut(width).enumerate() {
        // SAFETY: the caller's promise; all chunks are sixteen long.
        unsafe {
            let (mut sum, mut squares) = (T::V::splat(0.0), T::V::splat(0.0));
            if added.is_empty() {
                for chunk in values.as_chunks::<LANES>().0 {
                    sum = sum.add(T::V::load(chunk.as_ptr()));
                }
            } else {
                let added = added[row * width..][..width].as_chunks::<LANES>().0;
                for (chunk, added) in values.as_chunks_mut::<LANES>().0.iter_mut().zip(added) {
                    let x = T::V::load(chunk.as_ptr()).add(T::V::load(added.as_ptr()));
                    x.store(chunk.as_mut_ptr());
                    sum = sum.add(x);
                }
            }
            let mean = T::V::splat(sum.total() / width as f32);
            for chunk in values.as_chunks::<LANES>().0 {
                let x = T::V::load(chunk.as_ptr()).sub(mean);
                squares = x.fma(x, squares);
            }
            let variance = squares.total() / width as f32;
            let inverse = T::V::splat(1.0 / (variance + EPSILON).sqrt());
            let mut range = Span::<T::V>::empty();
            let parts = norm.weight.as_chunks::<LANES>().0.iter().zip(norm.bias.as_chunks::<LANES>().0);
            for (chunk, (weight, bias)) in values.as_chunks_mut::<LANES>().0.iter_mut().zip(parts) {
                let x = T::V::load(chunk.as_ptr()).sub(mean).mul(inverse);
                let x = x.fma(T::V::load(weight.as_ptr()), T::V::load(bias.as_ptr()));
                range.include(x);
                x.store(chunk.as_mut_ptr());
            }
            quantize_row(values, range, row, out);
        }
    }
}

/// # Safety
/// The processor has the features of `T`; the sizes agree (see `Kernel::add_neighbours`).
#[inline(always)]
pub(super) unsafe fn add_neighbours<T: Isa>(state: &mut [f32], weights: &[f32], width: usize) {
    // SAFETY: the caller's promise.
    unsafe {
        match weights.len() / width {
            3 => add_rows_around::<T, 3>(state, weights, width),
            5 => add_rows_around::<T, 5>(state, weights, width),
            7 => add_rows_around::<T, 7>(state, weights, width),
            taps => unreachable!("{taps} rows of weights"),
        }
    }
}

/// Goes down the rows sixteen dimensions at a time; what the rows around were before stays in registers.
///
/// # Safety
/// As [`add_neighbours`], with `TAPS` rows of weights.
#[inline(always)]
unsafe fn add_rows_around<T: Isa, const TAPS: usize>(state: &mut [f32], weights: &[f32], width: usize) {
    let (rows, reach) = (state.len() / width, TAPS / 2);
    for first in (0..width).step_by(LANES) {
        // SAFETY: the caller's promise; all slices are sixteen long.
        unsafe {
            let weights: [T::V; TAPS] =
                std::array::from_fn(|tap| T::V::load(weights[tap * width + first..][..LANES].as_ptr()));
            let before = |state: &[f32], row: usize| {
                if row < rows { T::V::load(state[row * width + first..][..LANES].as_ptr()) } else { T::V::splat(0.0) }
            };
            let mut around = [T::V::splat(0.0); TAPS];
            for row in 0..reach {
                around[TAPS - reach + row] = before(state, row);
            }
            for row in 0..rows {
                around.copy_within(1.., 0);
                around[TAPS - 1] = before(state, row + reach);
                let mut sum = around[reach];
                for (near, weight) in around.iter().zip(&weights) {
                    sum = near.fma(*weight, sum);
                }
                sum.store(state[row * width + first..][..LANES].as_mut_ptr());
            }
        }
    }
}

/// # Safety
/// The processor has the features that the caller is compiled for.
#[inline(always)]
pub(super) unsafe fn embed(word: &[i8], scale: f32, others: [&[f32]; 4], out: &mut [f32]) {
    // A plain loop: compiled with the path's features, it becomes vectors by itself.
    let [a, b, c, d] = others.map(|row| &row[..out.len()]);
    let word = &word[..out.len()];
    for (i, x) in out.iter_mut().enumerate() {
        *x = f32::from(word[i]) * scale + a[i] + b[i] + c[i] + d[i];
    }
}

/// The least and the greatest number of a row, in each lane.
struct Span<V> {
    low: V,
    high: V,
}

impl<V: Lanes> Span<V> {
    /// # Safety
    /// See [`Lanes`], as for the next one.
    #[inline(always)]
    unsafe fn empty() -> Span<V> {
        // SAFETY: the caller's promise.
        unsafe { Span { low: V::splat(f32::INFINITY), high: V::splat(f32::NEG_INFINITY) } }
    }

    /// # Safety
    /// See [`Lanes`].
    #[inline(always)]
    unsafe fn include(&mut self, x: V) {
        // SAFETY: the caller's promise.
        unsafe { (self.low, self.high) = (self.low.min(x), self.high.max(x)) }
    }
}

/// # Safety
/// As [`quantize`].
#[inline(always)]
unsafe fn quantize_row<V: Lanes>(values: &[f32], range: Span<V>, row: usize, out: &mut Activations) {
    let bytes = &mut out.bytes[row * out.width..][..out.width];
    // SAFETY: the caller's promise; a chunk of bytes has room for sixteen.
    unsafe {
        let low = range.low.least();
        let high = range.high.greatest();
        let scale = (high - low) / 255.0;
        // A row of equal numbers needs no steps.
        let inverse = if scale > 1e-30 { 1.0 / scale } else { 0.0 };
        (out.scale[row], out.zero[row]) = (scale, low);
        let (low, inverse) = (V::splat(low), V::splat(inverse));
        for (bytes, chunk) in bytes.as_chunks_mut::<LANES>().0.iter_mut().zip(values.as_chunks::<LANES>().0) {
            V::load(chunk.as_ptr()).sub(low).mul(inverse).store_bytes(bytes.as_mut_ptr());
        }
    }
}

/// # Safety
/// The processor has the features of `T`; the sizes agree (see `Kernel::dense`).
#[inline(always)]
pub(super) unsafe fn dense<T: Isa>(input: &[f32], weights: &[f32], bias: &[f32], out: &mut [f32], outputs: usize) {
    let padded = bias.len();
    let inputs = weights.len() / padded;
    let mut row = 0;
    let rows = input.len() / inputs;
    while row < rows {
        let (input, out) = (&input[row * inputs..], &mut out[row * outputs..]);
        // SAFETY: the caller's promise; no more rows are taken than are left.
        row += unsafe {
            match rows - row {
                1..4 => dense_rows::<T, 1>(input, weights, bias, out, outputs),
                _ => dense_rows::<T, 4>(input, weights, bias, out, outputs),
            }
        };
    }
}

/// Takes `M` rows and says so.
///
/// # Safety
/// As [`dense`]; `input` and `out` hold at least `M` rows.
#[inline(always)]
unsafe fn dense_rows<T: Isa, const M: usize>(
    input: &[f32],
    weights: &[f32],
    bias: &[f32],
    out: &mut [f32],
    outputs: usize,
) -> usize {
    // SAFETY: the caller's promise; the number of outputs with padding is a multiple of sixteen, and no more are taken
    // than are left.
    unsafe {
        let pairs = bias.len() / (2 * LANES);
        for pair in 0..pairs {
            dense_block::<T, M, 2>(input, weights, bias, out, outputs, pair * 2 * LANES);
        }
        if bias.len() > pairs * 2 * LANES {
            dense_block::<T, M, 1>(input, weights, bias, out, outputs, pairs * 2 * LANES);
        }
    }
    M
}

/// `M` rows by `N` vectors of outputs, from output `first`.
///
/// # Safety
/// As [`dense_rows`]; there are as many outputs.
#[inline(always)]
unsafe fn dense_block<T: Isa, const M: usize, const N: usize>(
    input: &[f32],
    weights: &[f32],
    bias: &[f32],
    out: &mut [f32],
    outputs: usize,
    first: usize,
) {
    let padded = bias.len();
    let inputs = weights.len() / padded;
    let rows: [&[f32]; M] = std::array::from_fn(|r| &input[r * inputs..][..inputs]);
    // SAFETY: the caller promises the features and the sizes.
    unsafe {
        let vectors =
            |from: &[f32]| -> [T::V; N] { std::array::from_fn(|n| T::V::load(from.as_ptr().add(first + n * LANES))) };
        let mut sums = [vectors(bias); M];
        for (i, weights) in weights.chunks_exact(padded).enumerate() {
            let weights = vectors(weights);
            for (sums, row) in sums.iter_mut().zip(&rows) {
                let x = T::V::splat(*row.get_unchecked(i));
                for (sum, weight) in sums.iter_mut().zip(&weights) {
                    *sum = x.fma(*weight, *sum);
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            for (n, sum) in sums.iter().enumerate() {
                let at = first + n * LANES;
                let columns = LANES.min(outputs - at);
                out[r * outputs + at..][..columns].copy_from_slice(&sum.array()[..columns]);
            }
        }
    }
}
