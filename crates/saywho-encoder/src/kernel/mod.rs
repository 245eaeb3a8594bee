//! The arithmetic, once for each kind of processor, behind safe functions.
//!
//! [`lanes`] holds the code that all paths share; it is compiled once for each path with that path's
//! processor features. A path adds its own vectors ([`lanes::Lanes`]) and its own integer product ([`lanes::Isa`]).
//!
//! Integer products multiply u8 activations by i8 weights into i32. The AVX2 path widens both to i16 first
//! (`pmaddwd`): `pmaddubsw` would saturate at 255 x 127 x 2, and halving the activations' range instead would
//! make results depend on the machine. So all paths give the same integers.

#[cfg(target_arch = "x86_64")]
mod attention512;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod lanes;
mod pack;
mod portable;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::attention::{AttentionTask, Scratch};
use crate::weights::Norm;

pub(crate) use lanes::{Isa, Lanes};
#[cfg(target_arch = "x86_64")]
pub(crate) use pack::Line;
pub(crate) use pack::{Activations, Linear, PANEL};

/// A set of processor features that the engine has code for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KernelPath {
    /// x86-64 with AVX-512 and its byte dot product (VNNI).
    Avx512Vnni,
    /// x86-64 with AVX2 and the 256-bit byte dot product (AVX-VNNI).
    AvxVnni,
    /// x86-64 with AVX2 and FMA.
    Avx2,
    /// Any processor.
    Portable,
}

impl KernelPath {
    /// All that this processor can run, the fastest first.
    pub fn available() -> Vec<KernelPath> {
        use KernelPath::*;
        [Avx512Vnni, AvxVnni, Avx2, Portable].into_iter().filter(|path| path.is_available()).collect()
    }

    fn is_available(self) -> bool {
        match self {
            #[cfg(target_arch = "x86_64")]
            KernelPath::Avx512Vnni => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512vnni")
                    && KernelPath::Avx2.is_available()
            }
            #[cfg(target_arch = "x86_64")]
            KernelPath::AvxVnni => is_x86_feature_detected!("avxvnni") && KernelPath::Avx2.is_available(),
            #[cfg(target_arch = "x86_64")]
            KernelPath::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"),
            #[cfg(not(target_arch = "x86_64"))]
            KernelPath::Avx512Vnni | KernelPath::AvxVnni | KernelPath::Avx2 => false,
            KernelPath::Portable => true,
        }
    }

    fn ops(self) -> &'static Ops {
        match self {
            #[cfg(target_arch = "x86_64")]
            KernelPath::Avx512Vnni => &avx512::OPS,
            #[cfg(target_arch = "x86_64")]
            KernelPath::AvxVnni => &avx2::vnni::OPS,
            #[cfg(target_arch = "x86_64")]
            KernelPath::Avx2 => &avx2::OPS,
            #[cfg(not(target_arch = "x86_64"))]
            KernelPath::Avx512Vnni | KernelPath::AvxVnni | KernelPath::Avx2 => &portable::OPS,
            KernelPath::Portable => &portable::OPS,
        }
    }
}

/// One path's functions. Each asks that the processor has the path's features and that sizes agree.
#[expect(clippy::type_complexity, reason = "the arguments have names where `Kernel` calls them")]
struct Ops {
    linear: unsafe fn(&Activations, Range<usize>, &Linear, Range<usize>, &mut [f32], usize),
    quantize: unsafe fn(&[f32], &mut Activations),
    gelu_quantize: unsafe fn(&mut [f32], &mut Activations),
    add_norm_quantize: unsafe fn(&mut [f32], &[f32], &Norm, &mut Activations),
    add_neighbours: unsafe fn(&mut [f32], &[f32], usize),
    embed: unsafe fn(&[i8], f32, [&[f32]; 4], &mut [f32]),
    attention: unsafe fn(AttentionTask, &mut Scratch),
    dense: unsafe fn(&[f32], &[f32], &[f32], &mut [f32], usize),
}

/// Declares the functions of one path, compiled with its features, and the table `OPS` of them.
macro_rules! ops {
    ($isa:ty, $attention:path $(, $features:meta)?) => {
        $(#[$features])?
        unsafe fn linear(
            input: &$crate::kernel::Activations,
            rows: std::ops::Range<usize>,
            weights: &$crate::kernel::Linear,
            panels: std::ops::Range<usize>,
            out: &mut [f32],
            stride: usize,
        ) {
            // SAFETY: the caller promises the features and sizes.
            unsafe { $crate::kernel::lanes::linear::<$isa>(input, rows, weights, panels, out, stride) }
        }
        $(#[$features])?
        unsafe fn quantize(values: &[f32], out: &mut $crate::kernel::Activations) {
            // SAFETY: the caller promises the features and sizes.
            unsafe { $crate::kernel::lanes::quantize::<$isa>(values, out) }
        }
        $(#[$features])?
        unsafe fn gelu_quantize(values: &mut [f32], out: &mut $crate::kernel::Activations) {
            // SAFETY: the caller promises the features and sizes.
            unsafe { $crate::kernel::lanes::gelu_quantize::<$isa>(values, out) }
        }
        $(#[$features])?
        unsafe fn add_norm_quantize(
            state: &mut [f32],
            added: &[f32],
            norm: &$crate::weights::Norm,
            out: &mut $crate::kernel::Activations,
        ) {
            // SAFETY: the caller promises the features and sizes.
            unsafe { $crate::kernel::lanes::add_norm_quantize::<$isa>(state, added, norm, out) }
        }
        $(#[$features])?
        unsafe fn add_neighbours(state: &mut [f32], weights: &[f32], width: usize) {
            // SAFETY: the caller promises the features and sizes.
            unsafe { $crate::kernel::lanes::add_neighbours::<$isa>(state, weights, width) }
        }
        $(#[$features])?
        unsafe fn embed(word: &[i8], scale: f32, others: [&[f32]; 4], out: &mut [f32]) {
            // SAFETY: the caller promises the features.
            unsafe { $crate::kernel::lanes::embed(word, scale, others, out) }
        }
        $(#[$features])?
        unsafe fn attention(task: $crate::attention::AttentionTask, scratch: &mut $crate::attention::Scratch) {
            // SAFETY: the caller promises the features and sizes.
            #[allow(unused_unsafe)]
            unsafe {
                $attention(task, scratch)
            }
        }
        $(#[$features])?
        unsafe fn dense(input: &[f32], weights: &[f32], bias: &[f32], out: &mut [f32], outputs: usize) {
            // SAFETY: the caller promises the features and sizes.
            unsafe { $crate::kernel::lanes::dense::<$isa>(input, weights, bias, out, outputs) }
        }
        pub(in $crate::kernel) static OPS: $crate::kernel::Ops = $crate::kernel::Ops {
            linear,
            quantize,
            gelu_quantize,
            add_norm_quantize,
            add_neighbours,
            embed,
            attention,
            dense,
        };
    };
}
use ops;

/// The chosen path; that one exists proves that the processor has the features.
#[derive(Clone, Copy)]
pub(crate) struct Kernel {
    path: KernelPath,
    ops: &'static Ops,
}

impl Kernel {
    /// The fastest path of this processor.
    pub fn best() -> Kernel {
        let path = KernelPath::available()[0];
        Kernel { path, ops: path.ops() }
    }

    /// The path asked for, if the processor has it.
    pub fn of(path: KernelPath) -> Option<Kernel> {
        path.is_available().then(|| Kernel { path, ops: path.ops() })
    }

    pub fn path(&self) -> KernelPath {
        self.path
    }

    /// Multiplies `rows` of the activations by the weights of some panels (64 outputs each) and adds the bias.
    /// Row i of the result starts at `out[i * stride]` and holds the outputs of the first panel first.
    pub fn linear(
        &self,
        input: &Activations,
        rows: Range<usize>,
        weights: &Linear,
        panels: Range<usize>,
        out: &mut [f32],
        stride: usize,
    ) {
        let columns = weights.outputs.min(panels.end * PANEL).saturating_sub(panels.start * PANEL);
        assert!(input.width == weights.inputs && rows.end <= input.rows() && panels.end <= weights.panels());
        assert!(input.bytes.len() == input.rows() * input.width && input.zero.len() == input.rows());
        assert!(rows.start < rows.end && panels.start < panels.end);
        assert!(columns <= stride && (rows.len() - 1) * stride + columns <= out.len());
        // SAFETY: the processor has the features (see `Kernel`) and the sizes were checked above.
        unsafe { (self.ops.linear)(input, rows, weights, panels, out, stride) }
    }

    /// Turns rows of `out.width` numbers into u8.
    pub fn quantize(&self, values: &[f32], out: &mut Activations) {
        assert!(out.width.is_multiple_of(16));
        out.set_rows(values.len() / out.width);
        // SAFETY: the processor has the features (see `Kernel`).
        unsafe { (self.ops.quantize)(values, out) }
    }

    /// Applies GELU in place and turns the rows into u8.
    pub fn gelu_quantize(&self, values: &mut [f32], out: &mut Activations) {
        assert!(out.width.is_multiple_of(16));
        out.set_rows(values.len() / out.width);
        // SAFETY: the processor has the features (see `Kernel`).
        unsafe { (self.ops.gelu_quantize)(values, out) }
    }

    /// `state = LayerNorm(state + added)`, and the same as u8. An empty `added` adds nothing.
    pub fn add_norm_quantize(&self, state: &mut [f32], added: &[f32], norm: &Norm, out: &mut Activations) {
        assert!(added.is_empty() || added.len() == state.len());
        assert!(out.width.is_multiple_of(16) && norm.weight.len() == out.width && norm.bias.len() == out.width);
        out.set_rows(state.len() / out.width);
        // SAFETY: the processor has the features (see `Kernel`).
        unsafe { (self.ops.add_norm_quantize)(state, added, norm, out) }
    }

    /// Adds to each row of one sequence the rows around it, dimension by dimension: `weights` are 3, 5 or 7 rows of `width`
    /// numbers, the middle one for the row itself. Beyond the ends there is nothing.
    pub fn add_neighbours(&self, state: &mut [f32], weights: &[f32], width: usize) {
        assert!(width.is_multiple_of(16) && state.len().is_multiple_of(width));
        assert!([3, 5, 7].map(|taps| taps * width).contains(&weights.len()));
        // SAFETY: the processor has the features (see `Kernel`) and the sizes were checked above.
        unsafe { (self.ops.add_neighbours)(state, weights, width) }
    }

    /// `out = word x scale + the others`; all are as long as `out` at least.
    pub fn embed(&self, word: &[i8], scale: f32, others: [&[f32]; 4], out: &mut [f32]) {
        // SAFETY: the processor has the features (see `Kernel`).
        unsafe { (self.ops.embed)(word, scale, others, out) }
    }

    /// Attention within one sequence, for the heads of one panel.
    pub fn attention(&self, task: AttentionTask, scratch: &mut Scratch) {
        task.check();
        // SAFETY: the processor has the features (see `Kernel`) and the sizes were checked above.
        unsafe { (self.ops.attention)(task, scratch) }
    }

    /// `out = input x weights + bias` in f32; the weights lie input by input, padded to the length of `bias`.
    pub fn dense(&self, input: &[f32], weights: &[f32], bias: &[f32], out: &mut [f32], outputs: usize) {
        let inputs = weights.len() / bias.len();
        assert!(bias.len().is_multiple_of(16) && outputs <= bias.len() && weights.len() == inputs * bias.len());
        assert!(input.len().is_multiple_of(inputs) && out.len() == input.len() / inputs * outputs);
        // SAFETY: the processor has the features (see `Kernel`) and the sizes were checked above.
        unsafe { (self.ops.dense)(input, weights, bias, out, outputs) }
    }
}
