//! The paths for x86-64 with AVX2, without and with the byte dot product.

use std::arch::x86_64::*;

use super::lanes::{Isa, Lanes, ROUND};
use super::ops;
use super::pack::{Line, PANEL};

pub(super) struct Avx2;

/// Two registers of eight lanes.
#[derive(Clone, Copy)]
pub(super) struct V([__m256; 2]);

// SAFETY, for all of these: `Lanes` asks its callers for the features and for readable and writable memory.
#[allow(clippy::undocumented_unsafe_blocks)]
impl Lanes for V {
    #[inline(always)]
    unsafe fn splat(x: f32) -> V {
        unsafe { V([_mm256_set1_ps(x); 2]) }
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> V {
        unsafe { V([_mm256_loadu_ps(from), _mm256_loadu_ps(from.add(8))]) }
    }
    #[inline(always)]
    unsafe fn load_integers(from: *const i32) -> V {
        let part = |from: *const i32| unsafe { _mm256_cvtepi32_ps(_mm256_loadu_si256(from.cast())) };
        V([part(from), part(from.wrapping_add(8))])
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        unsafe {
            _mm256_storeu_ps(to, self.0[0]);
            _mm256_storeu_ps(to.add(8), self.0[1]);
        }
    }
    #[inline(always)]
    unsafe fn store_bytes(self, to: *mut u8) {
        unsafe {
            let (low, high) = (_mm256_cvtps_epi32(self.0[0]), _mm256_cvtps_epi32(self.0[1]));
            // Packing works within halves of a register; the permutation puts the lanes back in order.
            let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packus_epi32(low, high));
            let (low, high) = (_mm256_castsi256_si128(words), _mm256_extracti128_si256::<1>(words));
            _mm_storeu_si128(to.cast(), _mm_packus_epi16(low, high));
        }
    }
    #[inline(always)]
    unsafe fn add(self, other: V) -> V {
        unsafe { V([_mm256_add_ps(self.0[0], other.0[0]), _mm256_add_ps(self.0[1], other.0[1])]) }
    }
    #[inline(always)]
    unsafe fn sub(self, other: V) -> V {
        unsafe { V([_mm256_sub_ps(self.0[0], other.0[0]), _mm256_sub_ps(self.0[1], other.0[1])]) }
    }
    #[inline(always)]
    unsafe fn mul(self, other: V) -> V {
        unsafe { V([_mm256_mul_ps(self.0[0], other.0[0]), _mm256_mul_ps(self.0[1], other.0[1])]) }
    }
    #[inline(always)]
    unsafe fn fma(self, by: V, plus: V) -> V {
        unsafe { V([_mm256_fmadd_ps(self.0[0], by.0[0], plus.0[0]), _mm256_fmadd_ps(self.0[1], by.0[1], plus.0[1])]) }
    }
    #[inline(always)]
    unsafe fn min(self, other: V) -> V {
        unsafe { V([_mm256_min_ps(self.0[0], other.0[0]), _mm256_min_ps(self.0[1], other.0[1])]) }
    }
    #[inline(always)]
    unsafe fn max(self, other: V) -> V {
        unsafe { V([_mm256_max_ps(self.0[0], other.0[0]), _mm256_max_ps(self.0[1], other.0[1])]) }
    }
    #[inline(always)]
    unsafe fn exp2(self) -> V {
        unsafe { V([exp2(self.0[0]), exp2(self.0[1])]) }
    }
    #[inline(always)]
    unsafe fn invert(self) -> V {
        unsafe {
            let one = _mm256_set1_ps(1.0);
            V([_mm256_div_ps(one, self.0[0]), _mm256_div_ps(one, self.0[1])])
        }
    }
}

/// Two to the power of each lane; relative error 3e-6.
///
/// # Safety
/// The processor has AVX2 and FMA.
#[inline(always)]
unsafe fn exp2(t: __m256) -> __m256 {
    // SAFETY: the caller promises the features.
    unsafe {
        let t = _mm256_max_ps(t, _mm256_set1_ps(-126.0));
        let rounded = _mm256_add_ps(t, _mm256_set1_ps(ROUND));
        let f = _mm256_sub_ps(t, _mm256_sub_ps(rounded, _mm256_set1_ps(ROUND)));
        let p = _mm256_fmadd_ps(f, _mm256_set1_ps(0.009_570_102), _mm256_set1_ps(0.055_917_863));
        let p = _mm256_fmadd_ps(f, p, _mm256_set1_ps(0.240_247_45));
        let p = _mm256_fmadd_ps(f, p, _mm256_set1_ps(0.693_121_8));
        let p = _mm256_fmadd_ps(f, p, _mm256_set1_ps(0.999_999_3));
        let exponent = _mm256_slli_epi32::<23>(_mm256_castps_si256(rounded));
        _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(p), exponent))
    }
}

impl Isa for Avx2 {
    type V = V;

    /// Widens both sides to i16, so that no sum can saturate.
    #[inline(always)]
    unsafe fn tile<const M: usize>(rows: *const u8, stride: usize, panel: &[Line], sums: &mut [[i32; PANEL]; M]) {
        let weights = panel.as_ptr().cast::<i8>();
        for column in (0..PANEL).step_by(8) {
            // SAFETY: the caller promises AVX2 and the rows' lengths; reads of the panel stay in its lines.
            unsafe {
                let mut acc = [[_mm256_setzero_si256(); 2]; M];
                for group in 0..panel.len() / 4 {
                    let w = weights.add(group * 256 + column * 4).cast::<__m128i>();
                    let w0 = _mm256_cvtepi8_epi16(_mm_loadu_si128(w));
                    let w1 = _mm256_cvtepi8_epi16(_mm_loadu_si128(w.add(1)));
                    for (r, acc) in acc.iter_mut().enumerate() {
                        let four = rows.add(r * stride + group * 4).cast::<i32>().read_unaligned();
                        let a = _mm256_cvtepu8_epi16(_mm_set1_epi32(four));
                        acc[0] = _mm256_add_epi32(acc[0], _mm256_madd_epi16(a, w0));
                        acc[1] = _mm256_add_epi32(acc[1], _mm256_madd_epi16(a, w1));
                    }
                }
                for (acc, sums) in acc.iter().zip(sums.iter_mut()) {
                    // Two partial sums for each output, the outputs in the order 0 1 4 5 2 3 6 7 after adding.
                    let added = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_hadd_epi32(acc[0], acc[1]));
                    _mm256_storeu_si256(sums.as_mut_ptr().add(column).cast(), added);
                }
            }
        }
    }
}

ops!(Avx2, crate::attention::attend::<Avx2>, target_feature(enable = "avx2,fma"));

/// With AVX-VNNI.
pub(super) mod vnni {
    use super::*;

    pub(in crate::kernel) struct AvxVnni;

    impl Isa for AvxVnni {
        type V = V;

        #[inline(always)]
        unsafe fn tile<const M: usize>(rows: *const u8, stride: usize, panel: &[Line], sums: &mut [[i32; PANEL]; M]) {
            let weights = panel.as_ptr().cast::<i8>();
            for column in (0..PANEL).step_by(16) {
                // SAFETY: the caller promises AVX-VNNI and the rows' lengths; reads of the panel stay in its lines.
                unsafe {
                    let mut acc = [[_mm256_setzero_si256(); 2]; M];
                    for group in 0..panel.len() / 4 {
                        let w = weights.add(group * 256 + column * 4).cast::<__m256i>();
                        let (w0, w1) = (_mm256_loadu_si256(w), _mm256_loadu_si256(w.add(1)));
                        for (r, acc) in acc.iter_mut().enumerate() {
                            let four = rows.add(r * stride + group * 4).cast::<i32>().read_unaligned();
                            let a = _mm256_set1_epi32(four);
                            acc[0] = _mm256_dpbusd_avx_epi32(acc[0], a, w0);
                            acc[1] = _mm256_dpbusd_avx_epi32(acc[1], a, w1);
                        }
                    }
                    for (acc, sums) in acc.iter().zip(sums.iter_mut()) {
                        let out = sums.as_mut_ptr().add(column).cast::<__m256i>();
                        _mm256_storeu_si256(out, acc[0]);
                        _mm256_storeu_si256(out.add(1), acc[1]);
                    }
                }
            }
        }
    }

    ops!(AvxVnni, crate::attention::attend::<AvxVnni>, target_feature(enable = "avx2,fma,avxvnni"));
}
