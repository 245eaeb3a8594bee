//! Attention with AVX-512: queries, keys, values and probabilities as i16, products by the word dot product,
//! which does twice as many multiplications as f32.
//!
//! Queries and keys have 12 bits and one scale a head, so a score is off by about a thousandth of the largest. Values
//! have 11 bits; probabilities get what is left of 31 bits for the sum over all keys: 13 bits at 256 pieces, 12 at
//! 512. Eight bits would lose the long flat tails that attention often has.

use std::arch::x86_64::*;

use super::avx512::exp2;
use super::pack::{Line, PANEL};
use crate::attention::{AttentionTask, QKV, Scratch};

const LANES: usize = 16;
/// Keys are taken in blocks of two vectors.
const BLOCK: usize = 2 * LANES;
/// Queries taken at once.
const QUERIES: usize = 8;
const QUERY_MAX: f32 = 2047.0;
const VALUE_MAX: f32 = 1023.0;
/// The score of keys beyond the end: below any real one, and far from overflow.
const NOWHERE: i32 = -(1 << 30);

/// # Safety
/// The processor has AVX-512 F, BW, DQ and VNNI, and `task.check()` passed.
#[inline(always)]
pub(super) unsafe fn attend(mut task: AttentionTask, scratch: &mut Scratch) {
    for head in 0..task.heads {
        // SAFETY: the caller's promise.
        unsafe {
            match task.head_width {
                16 => attend_head::<1>(&mut task, head, scratch),
                32 => attend_head::<2>(&mut task, head, scratch),
                _ => attend_head::<4>(&mut task, head, scratch),
            }
        }
    }
}

/// Parts of the scratch memory, in bytes from its start; each is a whole number of lines.
struct Layout {
    /// i16, piece by piece; rows up to a multiple of `QUERIES`.
    queries: usize,
    /// i16, sixteen keys after sixteen, two channels after two, the keys side by side.
    keys: usize,
    /// i16, two keys after two in the order of [`key_of_pair`], sixteen channels after sixteen, the two keys' numbers
    /// side by side.
    values: usize,
    /// i32, one row for each of `QUERIES`.
    scores: usize,
    /// i16, likewise, in the order of `values`.
    probabilities: usize,
    total: usize,
}

impl Layout {
    fn new(pieces: usize, width: usize) -> Layout {
        let padded = pieces.next_multiple_of(BLOCK);
        let part = padded * width * 2;
        let scores = 3 * part;
        let probabilities = scores + QUERIES * padded * 4;
        let total = probabilities + QUERIES * padded * 2;
        Layout { queries: 0, keys: part, values: 2 * part, scores, probabilities, total }
    }
}

/// One head, `V` vectors of sixteen wide.
///
/// # Safety
/// As [`attend`].
#[inline(always)]
unsafe fn attend_head<const V: usize>(task: &mut AttentionTask, head: usize, scratch: &mut Scratch) {
    let (pieces, width) = (task.pieces(), V * LANES);
    let padded = pieces.next_multiple_of(BLOCK);
    let layout = Layout::new(pieces, width);
    if scratch.lines.len() * 64 < layout.total {
        scratch.lines.resize(layout.total / 64, Line([0; 64]));
    }
    let base = scratch.lines.as_mut_ptr().cast::<u8>();
    let source = task.qkv.as_ptr();
    // SAFETY: the parts lie in the scratch memory one after the other, sized for `padded` pieces; `check` promises
    // that a row of `qkv` holds the head's queries, keys and values; `out` has room for each piece's row.
    unsafe {
        let (queries, keys) = (base.add(layout.queries).cast::<i16>(), base.add(layout.keys).cast::<i16>());
        let values = base.add(layout.values).cast::<i16>();
        let (scores, probabilities) =
            (base.add(layout.scores).cast::<i32>(), base.add(layout.probabilities).cast::<i16>());
        let query_unit = pack_queries::<V>(source.add(head * width), pieces, queries);
        let key_unit = pack_keys::<V>(source.add(PANEL + head * width), pieces, keys);
        let value_unit = pack_values::<V>(source.add(2 * PANEL + head * width), pieces, values);
        let scale = query_unit * key_unit * task.scale();
        // The largest probability: sums over all keys must stay within i32, and each within i16, with room for the error of `exp2`.
        let counted = counted_keys(pieces);
        let most = (0.999 * i32::MAX as f32 / (VALUE_MAX * padded as f32)).min(32_700.0).log2();
        for first in (0..pieces).step_by(QUERIES) {
            score::<V>(queries.add(first * width), keys, padded, scores);
            let mut sums = [0; QUERIES];
            for (r, sum) in sums.iter_mut().enumerate() {
                let at = r * padded;
                *sum = softmax(scores.add(at), probabilities.add(at), pieces, &counted, scale, most);
            }
            let mut context = [[_mm512_setzero_si512(); V]; QUERIES];
            weigh::<V>(probabilities, values, padded, &mut context);
            let rows = QUERIES.min(pieces - first);
            for (r, context) in context.iter().take(rows).enumerate() {
                let out = task.out.as_mut_ptr().add((first + r) * task.stride + head * width);
                let unit = _mm512_set1_ps(value_unit / sums[r] as f32);
                for (v, context) in context.iter().enumerate() {
                    _mm512_storeu_ps(out.add(v * LANES), _mm512_mul_ps(_mm512_cvtepi32_ps(*context), unit));
                }
            }
        }
    }
}

/// `acc + a0 * b0 + a1 * b1` in each lane, by the instruction `vpdpwssd`.
///
/// Through the intrinsic the compiler takes the instruction apart again into two.
///
/// # Safety
/// The processor has AVX-512 VNNI.
#[inline]
#[target_feature(enable = "avx512f,avx512vnni")]
unsafe fn dot(mut acc: __m512i, a: __m512i, b: __m512i) -> __m512i {
    // SAFETY: the caller promises the feature; the instruction touches nothing but its registers.
    unsafe {
        std::arch::asm!(
            "vpdpwssd {acc}, {a}, {b}",
            acc = inout(zmm_reg) acc,
            a = in(zmm_reg) a,
            b = in(zmm_reg) b,
            options(pure, nomem, nostack, preserves_flags),
        );
    }
    acc
}

/// The largest magnitude in rows of `V` vectors, `QKV` numbers apart.
///
/// # Safety
/// AVX-512 F; the rows are readable.
#[inline(always)]
unsafe fn largest<const V: usize>(source: *const f32, pieces: usize) -> f32 {
    // SAFETY: the caller's promise.
    unsafe {
        let mut most = [_mm512_setzero_ps(); V];
        for piece in 0..pieces {
            for (v, most) in most.iter_mut().enumerate() {
                let x = _mm512_loadu_ps(source.add(piece * QKV + v * LANES));
                *most = _mm512_max_ps(*most, _mm512_abs_ps(x));
            }
        }
        most.iter().fold(0.0, |most, lanes| _mm512_reduce_max_ps(*lanes).max(most))
    }
}

/// What one unit is worth when `largest` becomes `limit`, and its inverse; zeros stay zeros.
fn unit(largest: f32, limit: f32) -> (f32, f32) {
    if largest > 1e-30 { (largest / limit, limit / largest) } else { (0.0, 0.0) }
}

/// Rounds a vector of f32 to whole numbers.
///
/// # Safety
/// AVX-512 F; sixteen numbers are readable.
#[inline(always)]
unsafe fn whole(source: *const f32, inverse: __m512) -> __m512i {
    // SAFETY: the caller's promise.
    unsafe { _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(source), inverse)) }
}

/// # Safety
/// AVX-512 F; `pieces` rows are readable, `target` has room for them padded.
#[inline(always)]
unsafe fn pack_queries<const V: usize>(source: *const f32, pieces: usize, target: *mut i16) -> f32 {
    // SAFETY: the caller's promise.
    unsafe {
        let (unit, inverse) = unit(largest::<V>(source, pieces), QUERY_MAX);
        let inverse = _mm512_set1_ps(inverse);
        for piece in 0..pieces {
            for v in 0..V {
                let x = whole(source.add(piece * QKV + v * LANES), inverse);
                let at = target.add((piece * V + v) * LANES).cast();
                _mm256_storeu_si256(at, _mm512_cvtepi32_epi16(x));
            }
        }
        unit
    }
}

/// # Safety
/// As [`pack_queries`].
#[inline(always)]
unsafe fn pack_keys<const V: usize>(source: *const f32, pieces: usize, target: *mut i16) -> f32 {
    // SAFETY: the caller's promise; lane i of a scatter writes two channels of one key, within its block.
    unsafe {
        let (unit, inverse) = unit(largest::<V>(source, pieces), QUERY_MAX);
        let inverse = _mm512_set1_ps(inverse);
        let lane = _mm256_setr_epi32(0, 16, 32, 48, 64, 80, 96, 112);
        let padded = pieces.next_multiple_of(BLOCK);
        for piece in 0..padded {
            let block = target.cast::<i32>().add(piece / LANES * LANES * V * LANES / 2 + piece % LANES);
            for v in 0..V {
                let x = if piece < pieces {
                    _mm512_cvtepi32_epi16(whole(source.add(piece * QKV + v * LANES), inverse))
                } else {
                    _mm256_setzero_si256()
                };
                _mm256_i32scatter_epi32::<4>(block.add(v * 8 * LANES).cast(), lane, x);
            }
        }
        unit
    }
}

/// # Safety
/// As [`pack_queries`].
#[inline(always)]
unsafe fn pack_values<const V: usize>(source: *const f32, pieces: usize, target: *mut i16) -> f32 {
    // SAFETY: the caller's promise.
    unsafe {
        let (unit, inverse) = unit(largest::<V>(source, pieces), VALUE_MAX);
        let inverse = _mm512_set1_ps(inverse);
        let padded = pieces.next_multiple_of(BLOCK);
        for pair in 0..padded / 2 {
            let piece = pair / LANES * BLOCK + key_of_pair(pair % LANES);
            for v in 0..V {
                let at = |piece: usize| source.add(piece * QKV + v * LANES);
                let zero = _mm512_setzero_si512();
                let even = if piece < pieces { whole(at(piece), inverse) } else { zero };
                let odd = if piece + 1 < pieces { whole(at(piece + 1), inverse) } else { zero };
                // The even key in the low half of each lane, the odd one in the high half.
                let both = _mm512_mask_blend_epi16(0xAAAA_AAAA, even, _mm512_slli_epi32::<16>(odd));
                _mm512_store_si512(target.add((pair * V + v) * BLOCK).cast(), both);
            }
        }
        unit
    }
}

/// The first key of the pair at this place of a block: the order in which `packs` leaves two vectors, four keys of
/// the first, four of the second.
fn key_of_pair(place: usize) -> usize {
    let (quarter, pair) = (place / 4, place % 4);
    quarter * 4 + pair % 2 * 2 + pair / 2 * LANES
}

/// For whole blocks, then for the last one: 1 for each key that there is, in the order of the probabilities.
fn counted_keys(pieces: usize) -> [[i16; BLOCK]; 2] {
    let last = (pieces - 1) / BLOCK * BLOCK;
    let tail = std::array::from_fn(|i| i16::from(last + key_of_pair(i / 2) + i % 2 < pieces));
    [[1; BLOCK], tail]
}

/// Scores of `QUERIES` queries with all keys.
///
/// # Safety
/// AVX-512 F and VNNI; the parts are laid out as [`Layout`] says.
#[inline(always)]
unsafe fn score<const V: usize>(queries: *const i16, keys: *const i16, padded: usize, scores: *mut i32) {
    let pairs = V * LANES / 2;
    for first in (0..padded).step_by(BLOCK) {
        // SAFETY: the caller's promise.
        unsafe {
            let keys = keys.add(first * V * LANES).cast::<__m512i>();
            let mut acc = [[_mm512_setzero_si512(); 2]; QUERIES];
            for pair in 0..pairs {
                let key = [_mm512_load_si512(keys.add(pair)), _mm512_load_si512(keys.add(pairs + pair))];
                for (r, acc) in acc.iter_mut().enumerate() {
                    let two = queries.add(r * V * LANES + pair * 2).cast::<i32>().read_unaligned();
                    let query = _mm512_set1_epi32(two);
                    acc[0] = dot(acc[0], query, key[0]);
                    acc[1] = dot(acc[1], query, key[1]);
                }
            }
            for (r, acc) in acc.iter().enumerate() {
                let at = scores.add(r * padded + first);
                _mm512_store_si512(at.cast(), acc[0]);
                _mm512_store_si512(at.add(LANES).cast(), acc[1]);
            }
        }
    }
}

/// Turns one row of scores into whole numbers, the largest two to the power of `most`, and returns their sum.
///
/// # Safety
/// AVX-512 F, BW, DQ and VNNI; `pieces` numbers, padded to whole blocks, are readable and writable.
#[inline(always)]
unsafe fn softmax(
    scores: *mut i32,
    probabilities: *mut i16,
    pieces: usize,
    counted: &[[i16; BLOCK]; 2],
    scale: f32,
    most: f32,
) -> i32 {
    let padded = pieces.next_multiple_of(BLOCK);
    // SAFETY: the caller's promise.
    unsafe {
        for key in pieces..padded {
            scores.add(key).write(NOWHERE);
        }
        let mut top = _mm512_set1_epi32(NOWHERE);
        for key in (0..padded).step_by(LANES) {
            top = _mm512_max_epi32(top, _mm512_load_si512(scores.add(key).cast()));
        }
        let shift = _mm512_set1_ps(most - _mm512_reduce_max_epi32(top) as f32 * scale);
        let scale = _mm512_set1_ps(scale);
        let mut sums = _mm512_setzero_si512();
        for key in (0..padded).step_by(BLOCK) {
            let low = probability(scores.add(key), scale, shift);
            let high = probability(scores.add(key + LANES), scale, shift);
            let both = _mm512_packs_epi32(low, high);
            _mm512_store_si512(probabilities.add(key).cast(), both);
            // Keys beyond the end have no value, so they must only stay out of the sum.
            let counted = &counted[usize::from(key + BLOCK > pieces)];
            sums = dot(sums, both, _mm512_loadu_si512(counted.as_ptr().cast()));
        }
        _mm512_reduce_add_epi32(sums)
    }
}

/// # Safety
/// AVX-512 F and DQ; sixteen aligned scores are readable.
#[inline(always)]
unsafe fn probability(scores: *const i32, scale: __m512, shift: __m512) -> __m512i {
    // SAFETY: the caller's promise.
    unsafe {
        let t = _mm512_fmadd_ps(_mm512_cvtepi32_ps(_mm512_load_si512(scores.cast())), scale, shift);
        _mm512_cvtps_epi32(exp2(t))
    }
}

/// Adds up the values, weighed by the probabilities.
///
/// # Safety
/// AVX-512 F and VNNI; the parts are laid out as [`Layout`] says.
#[inline(always)]
unsafe fn weigh<const V: usize>(
    probabilities: *const i16,
    values: *const i16,
    padded: usize,
    context: &mut [[__m512i; V]; QUERIES],
) {
    // SAFETY: the caller's promise.
    unsafe {
        let mut acc = *context;
        for pair in 0..padded / 2 {
            let values = values.cast::<__m512i>().add(pair * V);
            for (r, acc) in acc.iter_mut().enumerate() {
                let two = probabilities.add(r * padded + pair * 2).cast::<i32>().read_unaligned();
                let p = _mm512_set1_epi32(two);
                for (v, acc) in acc.iter_mut().enumerate() {
                    *acc = dot(*acc, p, _mm512_load_si512(values.add(v)));
                }
            }
        }
        *context = acc;
    }
}
