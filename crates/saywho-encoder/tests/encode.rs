//! The engine against a forward pass in plain f32 loops on the same weights.

use safetensors::SafeTensors;
use saywho_encoder::synthetic::{self, Random};
use saywho_encoder::{Config, Encoder, KernelPath, Piece};

/// Small, with heads of 32 as in MiniLM and a last panel that is not full.
fn small() -> Config {
    Config { layers: 3, width: 96, heads: 3, head_width: 32, ffn: 224, near: 0, max_positions: 64, vocabulary: 300 }
}

fn pieces(seed: u64, length: usize, vocabulary: u32) -> Vec<Piece> {
    let mut random = Random::new(seed);
    let mut next = |n: u32| random.next_u32() % n;
    (0..length)
        .map(|_| Piece { id: next(vocabulary), case: next(3) as u8, quote: next(3) as u8, start: next(3) as u8 })
        .collect()
}

/// The forward pass as the model is defined.
struct Reference<'f> {
    file: SafeTensors<'f>,
    config: Config,
}

impl Reference<'_> {
    fn floats(&self, name: &str) -> Vec<f32> {
        let view = self.file.tensor(name).expect(name);
        view.data().as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect()
    }

    /// The weights of a product with their scales applied, row by row.
    fn matrix(&self, name: &str) -> Vec<f32> {
        let scale = self.floats(&format!("{name}.scale"));
        let view = self.file.tensor(&format!("{name}.q")).expect(name);
        let width = view.shape()[1];
        view.data().iter().enumerate().map(|(i, q)| f32::from(*q as i8) * scale[i / width]).collect()
    }

    fn linear(&self, name: &str, rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
        let (matrix, bias) = (self.matrix(name), self.floats(&format!("{name}.bias")));
        let inputs = rows[0].len();
        let output =
            |row: &Vec<f32>, o: usize| bias[o] + row.iter().zip(&matrix[o * inputs..]).map(|(x, w)| x * w).sum::<f32>();
        rows.iter().map(|row| (0..bias.len()).map(|o| output(row, o)).collect()).collect()
    }

    fn norm(&self, name: &str, row: &mut [f32]) {
        let (weight, bias) = (self.floats(&format!("{name}.weight")), self.floats(&format!("{name}.bias")));
        let mean = row.iter().sum::<f32>() / row.len() as f32;
        let variance = row.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / row.len() as f32;
        for (i, x) in row.iter_mut().enumerate() {
            *x = (*x - mean) / (variance + 1e-12).sqrt() * weight[i] + bias[i];
        }
    }

    fn attention(&self, qkv: &[Vec<f32>]) -> Vec<Vec<f32>> {
        let (width, head) = (self.config.attended(), self.config.head_width);
        let mut out = vec![vec![0.0; width]; qkv.len()];
        for first in (0..width).step_by(head) {
            for (query, out) in qkv.iter().zip(&mut out) {
                let dot = |key: &Vec<f32>| {
                    (0..head).map(|i| query[first + i] * key[width + first + i]).sum::<f32>() / (head as f32).sqrt()
                };
                let weights: Vec<f32> = qkv.iter().map(|key| dot(key).exp()).collect();
                let total: f32 = weights.iter().sum();
                for (weight, value) in weights.iter().zip(qkv) {
                    for i in first..first + head {
                        out[i] += weight / total * value[2 * width + i];
                    }
                }
            }
        }
        out
    }

    fn encode(&self, sequence: &[Piece]) -> Vec<Vec<f32>> {
        let width = self.config.width;
        let row = |values: &[f32], index: usize| values[index * width..][..width].to_vec();
        let words = self.matrix("embeddings.word");
        let tables = ["position", "case", "quote", "start"].map(|t| self.floats(&format!("embeddings.{t}")));
        let mut states: Vec<Vec<f32>> = Vec::new();
        for (position, piece) in sequence.iter().enumerate() {
            let mut state = row(&words, piece.id as usize);
            let indexes = [position, piece.case.into(), piece.quote.into(), piece.start.into()];
            for (table, index) in tables.iter().zip(indexes) {
                state.iter_mut().zip(row(table, index)).for_each(|(x, y)| *x += y);
            }
            self.norm("embeddings.norm", &mut state);
            states.push(state);
        }
        for layer in 0..self.config.layers {
            let name = |part: &str| format!("layers.{layer}.{part}");
            if self.config.near > 0 {
                states = self.neighbours(&states, &self.floats(&name("near")));
            }
            let context = self.attention(&self.linear(&name("qkv"), &states));
            self.add_norm(&name("norm1"), &mut states, &self.linear(&name("out"), &context));
            let mut inner = self.linear(&name("up"), &states);
            inner.iter_mut().flatten().for_each(|x| *x = gelu(*x));
            self.add_norm(&name("norm2"), &mut states, &self.linear(&name("down"), &inner));
        }
        states
    }

    fn neighbours(&self, states: &[Vec<f32>], weights: &[f32]) -> Vec<Vec<f32>> {
        let (width, reach) = (self.config.width, self.config.near as isize);
        let at = |row: isize, i: usize| usize::try_from(row).ok().and_then(|r| states.get(r)).map_or(0.0, |s| s[i]);
        let near = |row: isize, i: usize| {
            (-reach..=reach).map(|k| at(row + k, i) * weights[(k + reach) as usize * width + i]).sum::<f32>()
        };
        let row = |r: usize| (0..width).map(|i| states[r][i] + near(r as isize, i)).collect();
        (0..states.len()).map(row).collect()
    }

    fn add_norm(&self, name: &str, states: &mut [Vec<f32>], added: &[Vec<f32>]) {
        for (state, added) in states.iter_mut().zip(added) {
            state.iter_mut().zip(added).for_each(|(x, y)| *x += y);
            self.norm(name, state);
        }
    }
}

fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + ((2.0 / std::f32::consts::PI).sqrt() * (x + 0.044715 * x * x * x)).tanh())
}

fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum::<f64>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

/// The least cosine over the pieces of one sequence, on each kernel.
fn least_cosines(config: &Config, length: usize) -> Vec<(KernelPath, f64)> {
    let bytes = synthetic::file(config, 11);
    let reference = Reference { file: SafeTensors::deserialize(&bytes).expect("a file"), config: config.clone() };
    let sequence = pieces(2, length, config.vocabulary as u32);
    let right = reference.encode(&sequence);
    let cosines = KernelPath::available().into_iter().map(|path| {
        let encoder = Encoder::from_bytes(&bytes).expect("weights").with_kernel(path).expect("a kernel");
        let mut worker = encoder.worker();
        let states = worker.encode(&[&sequence]);
        assert_eq!(states.len(), length * config.width);
        let each = states.chunks(config.width).zip(&right).map(|(state, right)| cosine(state, right));
        (path, each.fold(1.0, f64::min))
    });
    cosines.collect()
}

#[test]
fn agrees_with_the_definition() {
    for length in [1, 7, 64] {
        for (path, cosine) in least_cosines(&small(), length) {
            assert!(cosine > 0.998, "{path:?}, {length} pieces: {cosine}");
        }
    }
}

#[test]
fn a_word_table_serves_two_files() {
    let config = small();
    let whole = synthetic::file(&config, 11);
    let mut tensors = synthetic::tensors(&config, 11);
    tensors.retain(|name, _| !name.starts_with("embeddings.word"));
    let without = synthetic::serialize(&tensors, synthetic::metadata(&config));
    let sequence = pieces(2, 20, config.vocabulary as u32);
    let own = Encoder::from_bytes(&whole).expect("weights");
    let shared = Encoder::with_words_of(&without, &whole).expect("weights");
    assert_eq!(own.worker().encode(&[&sequence]), shared.worker().encode(&[&sequence]));
    assert!(Encoder::from_bytes(&without).is_err());
    let narrow = synthetic::file(&Config { width: 64, heads: 2, ..config }, 11);
    let error = Encoder::with_words_of(&without, &narrow).err().expect("an error").to_string();
    assert!(error.contains("embeddings.word"), "{error}");
}

#[test]
fn agrees_with_the_definition_in_the_shape_of_minilm() {
    let config = Config { vocabulary: 1000, ..synthetic::minilm() };
    for (path, cosine) in least_cosines(&config, 40) {
        assert!(cosine > 0.998, "{path:?}: {cosine}");
    }
}

#[test]
fn agrees_with_the_definition_for_other_heads() {
    // As wide as the states, and narrower.
    for (heads, head_width) in [(2, 64), (8, 16), (2, 32), (5, 16)] {
        let config = Config { width: 128, heads, head_width, ..small() };
        for (path, cosine) in least_cosines(&config, 37) {
            assert!(cosine > 0.998, "{path:?}, {heads} heads of {head_width}: {cosine}");
        }
    }
}

#[test]
fn agrees_with_the_definition_with_neighbours() {
    let config = Config { near: 3, ..small() };
    for length in [1, 2, 37] {
        for (path, cosine) in least_cosines(&config, length) {
            assert!(cosine > 0.998, "{path:?}, {length} pieces: {cosine}");
        }
    }
}

#[test]
fn a_batch_gives_what_its_sequences_give() {
    let config = Config { near: 2, ..small() };
    let bytes = synthetic::file(&config, 4);
    let lengths = [5, 64, 0, 33, 64, 64, 64, 1, 17, 64];
    let sequences: Vec<Vec<Piece>> = (0..).zip(lengths).map(|(seed, n)| pieces(seed, n, 300)).collect();
    let together: Vec<&[Piece]> = sequences.iter().map(Vec::as_slice).collect();
    for path in KernelPath::available() {
        let encoder = Encoder::from_bytes(&bytes).expect("weights").with_kernel(path).expect("a kernel");
        let mut worker = encoder.worker();
        let batch = worker.encode(&together).to_vec();
        let alone: Vec<f32> = together.iter().flat_map(|s| worker.encode(&[s]).to_vec()).collect();
        assert_eq!(batch.len(), lengths.iter().sum::<usize>() * config.width);
        assert!(batch == alone, "{path:?}");
    }
}

#[test]
fn unknown_ids_count_as_the_unknown_piece() {
    let encoder = Encoder::from_bytes(&synthetic::file(&small(), 4)).expect("weights");
    let mut worker = encoder.worker();
    let unknown = worker.encode(&[&[Piece { id: 100, ..Piece::default() }]]).to_vec();
    let beyond = Piece { id: 300, case: 3, quote: 200, start: 255 };
    assert_eq!(worker.encode(&[&[beyond]]), unknown);
    assert_ne!(worker.encode(&[&[Piece { id: 299, ..Piece::default() }]]), unknown);
}

#[test]
fn threads_share_an_encoder() {
    let encoder = Encoder::from_bytes(&synthetic::file(&small(), 4)).expect("weights");
    let sequence = pieces(9, 20, 300);
    let right = encoder.worker().encode(&[&sequence]).to_vec();
    std::thread::scope(|scope| {
        let threads = [(); 3].map(|()| scope.spawn(|| encoder.worker().encode(&[&sequence]).to_vec()));
        threads.into_iter().for_each(|thread| assert_eq!(thread.join().expect("states"), right));
    });
}

#[test]
fn nothing_gives_nothing() {
    let encoder = Encoder::from_bytes(&synthetic::file(&small(), 4)).expect("weights");
    assert!(encoder.worker().encode(&[]).is_empty());
    assert!(encoder.worker().encode(&[&[], &[]]).is_empty());
}

#[test]
#[should_panic(expected = "a sequence has 65 pieces, and the model takes 64")]
fn too_long_a_sequence_panics() {
    let encoder = Encoder::from_bytes(&synthetic::file(&small(), 4)).expect("weights");
    encoder.worker().encode(&[&[Piece::default(); 65]]);
}

#[test]
fn heads_tensors_and_metadata_are_at_hand() {
    let config = small();
    let mut metadata = synthetic::metadata(&config);
    metadata.insert("labels".into(), "O B I".into());
    let bytes = synthetic::serialize(&synthetic::tensors(&config, 1), metadata);
    let encoder = Encoder::from_bytes(&bytes).expect("weights");
    assert_eq!(encoder.config(), &config);
    assert_eq!(encoder.metadata("labels"), Some("O B I"));
    assert_eq!(encoder.metadata("no such"), None);
    let (shape, values) = encoder.tensor("tags.transitions").expect("the tensor");
    assert_eq!((shape, values.len()), ([7, 7].as_slice(), 49));
    let head = encoder.head("label").expect("the head");
    assert_eq!((head.rows(), head.inputs()), (7, 96));
    let mut out = Vec::new();
    head.apply(&vec![0.0; 96], &mut out);
    assert_eq!(out, encoder.tensor("heads.label.bias").expect("the bias").1);
    assert!(encoder.head("other").is_none());
}
