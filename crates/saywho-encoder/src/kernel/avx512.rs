//! The path for x86-64 with AVX-512 and its byte dot product.

use std::arch::x86_64::*;

use super::lanes::{Isa, Lanes};
use super::ops;
use super::pack::{Line, PANEL};

pub(super) struct Avx512;

/// One register of sixteen lanes.
#[derive(Clone, Copy)]
pub(super) struct V(__m512);

// SAFETY, for all of these: `Lanes` asks its callers for the features and for readable and writable memory.
#[allow(clippy::undocumented_unsafe_blocks)]
impl Lanes for V {
    #[inline(always)]
    unsafe fn splat(x: f32) -> V {
        unsafe { V(_mm512_set1_ps(x)) }
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> V {
        unsafe { V(_mm512_loadu_ps(from)) }
    }
    #[inline(always)]
    unsafe fn load_integers(from: *const i32) -> V {
        unsafe { V(_mm512_cvtepi32_ps(_mm512_loadu_si512(from.cast()))) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        unsafe { _mm512_storeu_ps(to, self.0) }
    }
    #[inline(always)]
    unsafe fn store_bytes(self, to: *mut u8) {
        unsafe { _mm_storeu_si128(to.cast(), _mm512_cvtepi32_epi8(_mm512_cvtps_epi32(self.0))) }
    }
    #[inline(always)]
    unsafe fn add(self, other: V) -> V {
        unsafe { V(_mm512_add_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn sub(self, other: V) -> V {
        unsafe { V(_mm512_sub_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn mul(self, other: V) -> V {
        unsafe { V(_mm512_mul_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn fma(self, by: V, plus: V) -> V {
        unsafe { V(_mm512_fmadd_ps(self.0, by.0, plus.0)) }
    }
    #[inline(always)]
    unsafe fn min(self, other: V) -> V {
        unsafe { V(_mm512_min_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn max(self, other: V) -> V {
        unsafe { V(_mm512_max_ps(self.0, other.0)) }
    }
    #[inline(always)]
    unsafe fn exp2(self) -> V {
        unsafe { V(exp2(self.0)) }
    }
    #[inline(always)]
    unsafe fn invert(self) -> V {
        unsafe { V(_mm512_rcp14_ps(self.0)) }
    }
    #[inline(always)]
    unsafe fn total(self) -> f32 {
        unsafe { _mm512_reduce_add_ps(self.0) }
    }
    #[inline(always)]
    unsafe fn least(self) -> f32 {
        unsafe { _mm512_reduce_min_ps(self.0) }
    }
    #[inline(always)]
    unsafe fn greatest(self) -> f32 {
        unsafe { _mm512_reduce_max_ps(self.0) }
    }
}

impl Isa for Avx512 {
    type V = V;

    #[inline(always)]
    fn prefetch(lines: &[Line]) {
        for line in lines {
            // SAFETY: a prefetch reads nothing that the program sees, and every x86-64 processor has it.
            unsafe { _mm_prefetch::<_MM_HINT_T1>(line.0.as_ptr()) };
        }
    }

    #[inline(always)]
    unsafe fn tile<const M: usize>(rows: *const u8, stride: usize, panel: &[Line], sums: &mut [[i32; PANEL]; M]) {
        let weights = panel.as_ptr().cast::<__m512i>();
        // SAFETY: the caller promises AVX-512 VNNI and the rows' lengths; a panel has four lines for each four bytes.
        unsafe {
            let mut acc = [[_mm512_setzero_si512(); 4]; M];
            for group in 0..panel.len() / 4 {
                let at = weights.add(group * 4);
                let w = [
                    _mm512_load_si512(at),
                    _mm512_load_si512(at.add(1)),
                    _mm512_load_si512(at.add(2)),
                    _mm512_load_si512(at.add(3)),
                ];
                for (r, acc) in acc.iter_mut().enumerate() {
                    let four = rows.add(r * stride + group * 4).cast::<i32>().read_unaligned();
                    let a = _mm512_set1_epi32(four);
                    for i in 0..4 {
                        acc[i] = _mm512_dpbusd_epi32(acc[i], a, w[i]);
                    }
                }
            }
            for (acc, sums) in acc.iter().zip(sums.iter_mut()) {
                for (i, acc) in acc.iter().enumerate() {
                    _mm512_storeu_si512(sums.as_mut_ptr().add(i * 16).cast(), *acc);
                }
            }
        }
    }
}

/// Two to the power of each lane; relative error 8e-5.
///
/// # Safety
/// The processor has AVX-512 F and DQ.
#[inline(always)]
pub(super) unsafe fn exp2(t: __m512) -> __m512 {
    // SAFETY: the caller promises the features.
    unsafe {
        // What is above the next lower whole number; `scalef` multiplies by two to the power of that number.
        let f = _mm512_reduce_ps::<0b0000_1001>(t);
        let p = _mm512_fmadd_ps(f, _mm512_set1_ps(0.078_024_52), _mm512_set1_ps(0.226_067_17));
        let p = _mm512_fmadd_ps(f, p, _mm512_set1_ps(0.695_833_55));
        let p = _mm512_fmadd_ps(f, p, _mm512_set1_ps(0.999_925_2));
        _mm512_scalef_ps(p, t)
    }
}

ops!(
    Avx512,
    super::attention512::attend,
    target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")
);
