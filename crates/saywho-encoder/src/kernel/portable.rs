//! The path for any processor: plain Rust.

use super::lanes::{Isa, LANES, Lanes, ROUND};
use super::ops;
use super::pack::{Line, PANEL};

pub(super) struct Portable;

/// Sixteen numbers, in whatever registers the compiler finds.
#[derive(Clone, Copy)]
pub(super) struct V([f32; LANES]);

impl Lanes for V {
    #[inline(always)]
    unsafe fn splat(x: f32) -> V {
        V([x; LANES])
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> V {
        // SAFETY: the caller promises that sixteen numbers can be read.
        V(unsafe { from.cast::<[f32; LANES]>().read_unaligned() })
    }
    #[inline(always)]
    unsafe fn load_integers(from: *const i32) -> V {
        // SAFETY: the caller promises that sixteen numbers can be read.
        V(unsafe { from.cast::<[i32; LANES]>().read_unaligned() }.map(|x| x as f32))
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller promises that sixteen numbers can be written.
        unsafe { to.cast::<[f32; LANES]>().write_unaligned(self.0) }
    }
    #[inline(always)]
    unsafe fn store_bytes(self, to: *mut u8) {
        let bytes = self.0.map(|x| (x + ROUND).to_bits() as u8);
        // SAFETY: the caller promises that sixteen bytes can be written.
        unsafe { to.cast::<[u8; LANES]>().write_unaligned(bytes) }
    }
    #[inline(always)]
    unsafe fn add(self, other: V) -> V {
        V(std::array::from_fn(|i| self.0[i] + other.0[i]))
    }
    #[inline(always)]
    unsafe fn sub(self, other: V) -> V {
        V(std::array::from_fn(|i| self.0[i] - other.0[i]))
    }
    #[inline(always)]
    unsafe fn mul(self, other: V) -> V {
        V(std::array::from_fn(|i| self.0[i] * other.0[i]))
    }
    #[inline(always)]
    unsafe fn fma(self, by: V, plus: V) -> V {
        V(std::array::from_fn(|i| fma(self.0[i], by.0[i], plus.0[i])))
    }
    #[inline(always)]
    unsafe fn min(self, other: V) -> V {
        V(std::array::from_fn(|i| if other.0[i] < self.0[i] { other.0[i] } else { self.0[i] }))
    }
    #[inline(always)]
    unsafe fn max(self, other: V) -> V {
        V(std::array::from_fn(|i| if other.0[i] > self.0[i] { other.0[i] } else { self.0[i] }))
    }
    #[inline(always)]
    unsafe fn exp2(self) -> V {
        V(self.0.map(exp2))
    }
    #[inline(always)]
    unsafe fn invert(self) -> V {
        V(self.0.map(|x| 1.0 / x))
    }
}

/// `a * b + c`; in one step where every processor of the kind can.
#[inline(always)]
fn fma(a: f32, b: f32, c: f32) -> f32 {
    if cfg!(target_arch = "aarch64") { a.mul_add(b, c) } else { a * b + c }
}

/// Two to the power of `t`, for t up to 127; relative error 3e-6; tiny instead of zero far below.
#[inline(always)]
fn exp2(t: f32) -> f32 {
    let t = if t > -126.0 { t } else { -126.0 };
    let rounded = t + ROUND;
    let f = t - (rounded - ROUND);
    let p = fma(f, 0.009_570_102, 0.055_917_863);
    let p = fma(f, p, 0.240_247_45);
    let p = fma(f, p, 0.693_121_8);
    let p = fma(f, p, 0.999_999_3);
    f32::from_bits(p.to_bits().wrapping_add(rounded.to_bits() << 23))
}

impl Isa for Portable {
    type V = V;

    #[inline(always)]
    unsafe fn tile<const M: usize>(rows: *const u8, stride: usize, panel: &[Line], sums: &mut [[i32; PANEL]; M]) {
        for (r, sums) in sums.iter_mut().enumerate() {
            // SAFETY: the caller promises that each row has as many bytes as the panel has lines.
            let row = unsafe { std::slice::from_raw_parts(rows.add(r * stride), panel.len()) };
            for (a, lines) in row.as_chunks::<4>().0.iter().zip(panel.as_chunks::<4>().0) {
                let a = a.map(i32::from);
                for (line, sums) in lines.iter().zip(sums.as_chunks_mut::<16>().0) {
                    for (w, sum) in line.0.as_chunks::<4>().0.iter().zip(sums) {
                        let w = w.map(i32::from);
                        *sum += a[0] * w[0] + a[1] * w[1] + a[2] * w[2] + a[3] * w[3];
                    }
                }
            }
        }
    }
}

ops!(Portable, crate::attention::attend::<Portable>);
