//! Task heads: small f32 matrices on top of the hidden states.

use crate::kernel::Kernel;

/// A matrix and a bias in f32.
pub struct Dense {
    kernel: Kernel,
    inputs: usize,
    outputs: usize,
    /// Input by input; outputs are padded with zeros to a multiple of sixteen.
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Dense {
    /// Packs `weight`, which holds one row of `inputs` numbers for each output.
    pub(crate) fn pack(weight: &[f32], bias: &[f32], inputs: usize) -> Dense {
        let (outputs, padded) = (bias.len(), bias.len().next_multiple_of(16));
        let mut weights = vec![0.0; inputs * padded];
        for (output, row) in weight.chunks_exact(inputs).enumerate() {
            for (input, w) in row.iter().enumerate() {
                weights[input * padded + output] = *w;
            }
        }
        let bias = bias.iter().copied().chain(std::iter::repeat(0.0)).take(padded).collect();
        Dense { kernel: Kernel::best(), inputs, outputs, weights, bias }
    }

    pub(crate) fn set_kernel(&mut self, kernel: Kernel) {
        self.kernel = kernel;
    }

    /// Number of outputs (rows of the stored matrix).
    pub fn rows(&self) -> usize {
        self.outputs
    }

    /// Number of inputs that each row of `apply` must have.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Replaces `out` by the outputs for each row of `input`: `rows()` numbers for each.
    ///
    /// # Panics
    /// If `input` is not a whole number of rows of `inputs()` numbers.
    pub fn apply(&self, input: &[f32], out: &mut Vec<f32>) {
        assert!(
            input.len().is_multiple_of(self.inputs),
            "{} numbers are no whole number of rows of {}",
            input.len(),
            self.inputs
        );
        out.resize(input.len() / self.inputs * self.outputs, 0.0);
        self.kernel.dense(input, &self.weights, &self.bias, out, self.outputs);
    }
}
