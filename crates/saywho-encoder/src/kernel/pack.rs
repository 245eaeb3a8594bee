//! The layouts of weights and activations that the integer product wants.

/// Outputs in a panel of weights.
pub(crate) const PANEL: usize = 64;

/// One cache line of weights: four consecutive inputs of sixteen outputs.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(crate) struct Line(pub [i8; 64]);

/// An int8 matrix, packed: panels of 64 outputs; in a panel four inputs after four; for each four of inputs the
/// outputs one after the other, four bytes each. Outputs beyond the last are zero.
pub(crate) struct Linear {
    pub inputs: usize,
    pub outputs: usize,
    lines: Vec<Line>,
    finish: Vec<Finish>,
}

/// What turns a panel's integer sums into numbers.
#[derive(Clone)]
#[repr(C, align(64))]
pub(crate) struct Finish {
    /// What one unit of weight is worth.
    pub scale: [f32; PANEL],
    /// The sum of the weights times the scale, for the activations' offset.
    pub sum: [f32; PANEL],
    pub bias: [f32; PANEL],
}

impl Linear {
    /// Packs rows of `inputs` weights, one row for each output. `inputs` is a multiple of 16, as is the number of
    /// outputs.
    pub fn pack(rows: &[i8], scale: &[f32], bias: &[f32], inputs: usize) -> Linear {
        let outputs = scale.len();
        let groups = inputs / 4;
        let panels = outputs.div_ceil(PANEL);
        let mut lines = vec![Line([0; 64]); panels * groups * 4];
        let zero = [0.0; PANEL];
        let mut finish = vec![Finish { scale: zero, sum: zero, bias: zero }; panels];
        for (output, row) in rows.chunks_exact(inputs).enumerate() {
            let (panel, column) = (output / PANEL, output % PANEL);
            for (group, four) in row.as_chunks::<4>().0.iter().enumerate() {
                let line = (panel * groups + group) * 4 + column / 16;
                lines[line].0[column % 16 * 4..][..4].copy_from_slice(four);
            }
            let sum: i32 = row.iter().map(|w| i32::from(*w)).sum();
            finish[panel].scale[column] = scale[output];
            finish[panel].sum[column] = sum as f32 * scale[output];
            finish[panel].bias[column] = bias[output];
        }
        Linear { inputs, outputs, lines, finish }
    }

    pub fn panels(&self) -> usize {
        self.finish.len()
    }

    /// The weights of one panel, four lines for each four inputs, and what finishes its sums.
    pub fn panel(&self, index: usize) -> (&[Line], &Finish) {
        (&self.lines[index * self.inputs..][..self.inputs], &self.finish[index])
    }
}

/// Rows of u8: the number at column c is `zero[row] + scale[row] * bytes[row * width + c]`.
pub(crate) struct Activations {
    pub width: usize,
    pub bytes: Vec<u8>,
    pub scale: Vec<f32>,
    pub zero: Vec<f32>,
}

impl Activations {
    pub fn new(width: usize) -> Activations {
        Activations { width, bytes: Vec::new(), scale: Vec::new(), zero: Vec::new() }
    }

    pub fn rows(&self) -> usize {
        self.scale.len()
    }

    /// Makes room for this many rows; what they hold is left open.
    pub fn set_rows(&mut self, rows: usize) {
        self.bytes.resize(rows * self.width, 0);
        self.scale.resize(rows, 0.0);
        self.zero.resize(rows, 0.0);
    }
}
