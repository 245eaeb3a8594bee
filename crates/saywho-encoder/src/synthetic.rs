//! Weights made from random numbers, in the file format of real ones: for measuring speed and for tests.

use std::collections::HashMap;

use safetensors::{Dtype, tensor::TensorView};

use crate::weights::Config;

/// Numbers that look random and are the same on each run (xorshift).
pub struct Random(u64);

impl Random {
    /// A series that depends on the seed.
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// The next 32 bits.
    pub fn next_u32(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 32) as u32
    }

    /// Between -1 and 1, more often near 0.
    pub fn float(&mut self) -> f32 {
        let mut half = || self.next_u32() as f32 / u32::MAX as f32;
        half() + half() - 1.0
    }
}

/// The tensors of a file: type, shape and bytes by name.
pub type Tensors = HashMap<String, (Dtype, Vec<usize>, Vec<u8>)>;

/// The shape of MiniLM-L6.
pub fn minilm() -> Config {
    Config {
        layers: 6,
        width: 384,
        heads: 12,
        head_width: 32,
        ffn: 1536,
        near: 0,
        max_positions: 512,
        vocabulary: 30_522,
    }
}

/// A whole weights file of this shape with a head `label` of seven outputs and a tensor `tags.transitions`.
pub fn file(config: &Config, seed: u64) -> Vec<u8> {
    serialize(&tensors(config, seed), metadata(config))
}

/// The metadata that a file of this shape needs.
pub fn metadata(config: &Config) -> HashMap<String, String> {
    let numbers = [
        ("layers", config.layers),
        ("width", config.width),
        ("heads", config.heads),
        ("head_width", config.head_width),
        ("ffn", config.ffn),
        ("max_positions", config.max_positions),
    ];
    let near = (config.near > 0).then_some(("near", config.near));
    numbers.into_iter().chain(near).map(|(key, n)| (key.to_string(), n.to_string())).collect()
}

/// Writes a safetensors file.
///
/// # Panics
/// If a tensor's bytes do not fit its shape.
pub fn serialize(tensors: &Tensors, metadata: HashMap<String, String>) -> Vec<u8> {
    let views = tensors.iter().map(|(name, (dtype, shape, bytes))| {
        let view = TensorView::new(*dtype, shape.clone(), bytes).expect("the bytes fit the shape");
        (name.clone(), view)
    });
    safetensors::serialize(views, Some(metadata)).expect("the tensors can be written")
}

/// Random tensors for this shape, of sizes like those of trained models.
pub fn tensors(config: &Config, seed: u64) -> Tensors {
    let mut maker = Maker { random: Random::new(seed), tensors: Tensors::new() };
    let (width, ffn, attended) = (config.width, config.ffn, config.attended());
    maker.integers("embeddings.word.q", &[config.vocabulary, width]);
    maker.floats("embeddings.word.scale", &[config.vocabulary], 0.0, 0.001);
    maker.floats("embeddings.position", &[config.max_positions, width], 0.05, 0.0);
    for name in ["case", "quote", "start"] {
        maker.floats(&format!("embeddings.{name}"), &[3, width], 0.05, 0.0);
    }
    maker.norm("embeddings.norm", width);
    for layer in 0..config.layers {
        for (part, outputs, inputs) in
            [("qkv", 3 * attended, width), ("out", width, attended), ("up", ffn, width), ("down", width, ffn)]
        {
            let name = format!("layers.{layer}.{part}");
            maker.integers(&format!("{name}.q"), &[outputs, inputs]);
            // Weights of about 1 / sqrt(inputs): outputs are then about as large as inputs.
            let scale = 2.0 / (127.0 * (inputs as f32).sqrt());
            maker.floats(&format!("{name}.scale"), &[outputs], scale / 4.0, scale);
            maker.floats(&format!("{name}.bias"), &[outputs], 0.1, 0.0);
        }
        if config.near > 0 {
            maker.floats(&format!("layers.{layer}.near"), &[2 * config.near + 1, width], 0.2, 0.0);
        }
        maker.norm(&format!("layers.{layer}.norm1"), width);
        maker.norm(&format!("layers.{layer}.norm2"), width);
    }
    maker.floats("heads.label.weight", &[7, width], 0.1, 0.0);
    maker.floats("heads.label.bias", &[7], 0.1, 0.0);
    maker.floats("tags.transitions", &[7, 7], 1.0, 0.0);
    maker.tensors
}

struct Maker {
    random: Random,
    tensors: Tensors,
}

impl Maker {
    fn integers(&mut self, name: &str, shape: &[usize]) {
        let length: usize = shape.iter().product();
        let bytes = (0..length).map(|_| (self.random.float() * 127.0) as i8 as u8).collect();
        self.tensors.insert(name.to_string(), (Dtype::I8, shape.to_vec(), bytes));
    }

    fn floats(&mut self, name: &str, shape: &[usize], spread: f32, middle: f32) {
        let length: usize = shape.iter().product();
        let bytes = (0..length).flat_map(|_| (middle + spread * self.random.float()).to_le_bytes()).collect();
        self.tensors.insert(name.to_string(), (Dtype::F32, shape.to_vec(), bytes));
    }

    fn norm(&mut self, name: &str, width: usize) {
        self.floats(&format!("{name}.weight"), &[width], 0.3, 1.0);
        self.floats(&format!("{name}.bias"), &[width], 0.1, 0.0);
    }
}
