//! Reads the weights file: one safetensors file whose metadata tells the shape of the model.

use std::collections::HashMap;

use safetensors::{Dtype, SafeTensors, tensor::TensorView};

use crate::dense::Dense;
use crate::error::EncoderError;
use crate::kernel::Linear;

/// The shape of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Number of layers.
    pub layers: usize,
    /// Length of a hidden state.
    pub width: usize,
    /// Attention heads in a layer.
    pub heads: usize,
    /// Width of one head: 16, 32 or 64. Heads together may be narrower than a hidden state.
    pub head_width: usize,
    /// Width of the feed-forward part.
    pub ffn: usize,
    /// How many places away, 3 at most, a layer sees pieces by themselves, before attention; 0 if it does not.
    pub near: usize,
    /// The longest sequence, in pieces.
    pub max_positions: usize,
    /// Number of word pieces.
    pub vocabulary: usize,
}

impl Config {
    /// Width of all heads together.
    pub fn attended(&self) -> usize {
        self.heads * self.head_width
    }
}

/// Rows of f32, one for each id.
pub(crate) struct Table {
    pub rows: usize,
    pub values: Vec<f32>,
}

/// The two vectors of a layer normalization.
pub(crate) struct Norm {
    pub weight: Vec<f32>,
    pub bias: Vec<f32>,
}

pub(crate) struct Embeddings {
    pub words: Vec<i8>,
    pub word_scales: Vec<f32>,
    pub position: Table,
    pub case: Table,
    pub quote: Table,
    pub start: Table,
    pub norm: Norm,
}

pub(crate) struct Layer {
    /// Rows of weights for the pieces around a piece; empty if the model looks at them by attention only.
    pub near: Vec<f32>,
    pub query: Linear,
    pub key: Linear,
    pub value: Linear,
    pub out: Linear,
    pub norm1: Norm,
    pub up: Linear,
    pub down: Linear,
    pub norm2: Norm,
}

/// Shape and values by name.
type Tensors = HashMap<String, (Vec<usize>, Vec<f32>)>;

/// Everything in the file, in the layout that the kernels want.
pub(crate) struct Weights {
    pub config: Config,
    pub embeddings: Embeddings,
    pub layers: Vec<Layer>,
    pub heads: HashMap<String, Dense>,
    /// All f32 tensors apart from those of embeddings and layers.
    pub tensors: Tensors,
    pub metadata: HashMap<String, String>,
}

impl Weights {
    /// `words` is the file that holds the word table, where `bytes` has none of its own.
    pub fn read(bytes: &[u8], words: Option<&[u8]>) -> Result<Weights, EncoderError> {
        let container = |e: safetensors::SafeTensorError| EncoderError::Container(e.to_string());
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(container)?;
        let metadata = header.metadata().clone().unwrap_or_default();
        let file = File(SafeTensors::deserialize(bytes).map_err(container)?);
        let other = words.map(|words| SafeTensors::deserialize(words).map(File)).transpose().map_err(container)?;
        let words = other.as_ref().unwrap_or(&file);
        let config = read_config(&metadata, words)?;
        let embeddings = read_embeddings(&file, words, &config)?;
        let layers = (0..config.layers).map(|i| read_layer(&file, &config, i)).collect::<Result<_, _>>()?;
        let heads = read_heads(&file)?;
        let tensors = read_tensors(&file)?;
        Ok(Weights { config, embeddings, layers, heads, tensors, metadata })
    }
}

fn read_config(metadata: &HashMap<String, String>, words: &File) -> Result<Config, EncoderError> {
    let number = |key: &'static str| {
        let value = metadata.get(key).ok_or(EncoderError::MissingMetadata(key))?;
        match value.parse::<usize>() {
            Ok(n) if (1..=1 << 20).contains(&n) => Ok(n),
            _ => Err(bad(key, value, "it must be a whole number from 1 to 1048576".into())),
        }
    };
    let vocabulary = words.tensor("embeddings.word.q")?.shape().first().copied().unwrap_or(0);
    let config = Config {
        layers: number("layers")?,
        width: number("width")?,
        heads: number("heads")?,
        head_width: number("head_width")?,
        ffn: number("ffn")?,
        near: if metadata.contains_key("near") { number("near")? } else { 0 },
        max_positions: number("max_positions")?,
        vocabulary,
    };
    let metadata_value = |key| metadata.get(key).map_or("", String::as_str);
    if ![16, 32, 64].contains(&config.head_width) {
        return Err(bad("head_width", metadata_value("head_width"), "a head must be 16, 32 or 64 wide".into()));
    }
    for (key, number) in [("width", config.width), ("ffn", config.ffn)] {
        if !number.is_multiple_of(16) {
            return Err(bad(key, metadata_value(key), "it must be a multiple of 16".into()));
        }
    }
    if config.near > 3 {
        return Err(bad("near", metadata_value("near"), "at most 3 places away are supported".into()));
    }
    if config.max_positions > 512 {
        let problem = "at most 512 positions are supported".into();
        return Err(bad("max_positions", metadata_value("max_positions"), problem));
    }
    if vocabulary == 0 {
        let (name, expected) = ("embeddings.word.q".into(), "[pieces > 0, width]".into());
        return Err(EncoderError::WrongShape { name, expected, found: vec![0] });
    }
    Ok(config)
}

fn bad(key: &'static str, value: &str, problem: String) -> EncoderError {
    EncoderError::BadMetadata { key, value: value.to_string(), problem }
}

fn read_embeddings(file: &File, words: &File, config: &Config) -> Result<Embeddings, EncoderError> {
    let width = config.width;
    let position = file.table("embeddings.position", width)?;
    if position.rows < config.max_positions {
        return Err(EncoderError::WrongShape {
            name: "embeddings.position".into(),
            expected: format!("[{}, {width}] as max_positions asks", config.max_positions),
            found: vec![position.rows, width],
        });
    }
    Ok(Embeddings {
        words: words.integers("embeddings.word.q", &[config.vocabulary, width])?,
        word_scales: words.floats("embeddings.word.scale", &[config.vocabulary])?,
        position,
        case: file.table("embeddings.case", width)?,
        quote: file.table("embeddings.quote", width)?,
        start: file.table("embeddings.start", width)?,
        norm: file.norm("embeddings.norm", width)?,
    })
}

fn read_layer(file: &File, config: &Config, index: usize) -> Result<Layer, EncoderError> {
    let (width, ffn, attended) = (config.width, config.ffn, config.attended());
    let name = |part: &str| format!("layers.{index}.{part}");
    let whole = |part: &str, inputs: usize, outputs: usize| {
        let (rows, scale, bias) = file.quantized(&name(part), inputs, outputs)?;
        Ok::<_, EncoderError>(Linear::pack(&rows, &scale, &bias, inputs))
    };
    let (rows, scale, bias) = file.quantized(&name("qkv"), width, 3 * attended)?;
    let third = |i: usize| {
        let range = i * attended..(i + 1) * attended;
        let weights = &rows[range.start * width..range.end * width];
        Linear::pack(weights, &scale[range.clone()], &bias[range], width)
    };
    let near = match config.near {
        0 => Vec::new(),
        reach => file.floats(&name("near"), &[2 * reach + 1, width])?,
    };
    Ok(Layer {
        near,
        query: third(0),
        key: third(1),
        value: third(2),
        out: whole("out", attended, width)?,
        norm1: file.norm(&name("norm1"), width)?,
        up: whole("up", width, ffn)?,
        down: whole("down", ffn, width)?,
        norm2: file.norm(&name("norm2"), width)?,
    })
}

fn read_heads(file: &File) -> Result<HashMap<String, Dense>, EncoderError> {
    let mut heads = HashMap::new();
    for tensor in file.0.names() {
        let Some(name) = tensor.strip_prefix("heads.").and_then(|t| t.strip_suffix(".weight")) else { continue };
        let shape = file.tensor(tensor)?.shape().to_vec();
        let &[outputs, inputs] = shape.as_slice() else {
            return Err(EncoderError::WrongShape {
                name: tensor.to_string(),
                expected: "[outputs, inputs]".into(),
                found: shape,
            });
        };
        if outputs == 0 || inputs == 0 {
            let expected = "at least one output and one input".into();
            return Err(EncoderError::WrongShape { name: tensor.to_string(), expected, found: shape });
        }
        let weight = file.floats(tensor, &shape)?;
        let bias = file.floats(&format!("heads.{name}.bias"), &[outputs])?;
        heads.insert(name.to_string(), Dense::pack(&weight, &bias, inputs));
    }
    Ok(heads)
}

fn read_tensors(file: &File) -> Result<Tensors, EncoderError> {
    let mut tensors = Tensors::new();
    for (name, view) in file.0.iter() {
        let packed = name.starts_with("layers.") || name.starts_with("embeddings.");
        if !packed && view.dtype() == Dtype::F32 {
            tensors.insert(name.to_string(), (view.shape().to_vec(), file.floats(name, view.shape())?));
        }
    }
    Ok(tensors)
}

/// A parsed file, with checks on what it hands out.
struct File<'b>(SafeTensors<'b>);

impl<'b> File<'b> {
    fn tensor(&self, name: &str) -> Result<TensorView<'b>, EncoderError> {
        self.0.tensor(name).map_err(|_| EncoderError::MissingTensor(name.to_string()))
    }

    fn typed(&self, name: &str, dtype: Dtype, expected: &'static str) -> Result<TensorView<'b>, EncoderError> {
        let view = self.tensor(name)?;
        if view.dtype() != dtype {
            let found = format!("{:?}", view.dtype());
            return Err(EncoderError::WrongType { name: name.to_string(), expected, found });
        }
        Ok(view)
    }

    fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, EncoderError> {
        let view = self.typed(name, Dtype::F32, "F32")?;
        check_shape(name, shape, view.shape())?;
        // The bytes may stand at any address, so they are not read in place.
        Ok(view.data().as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    fn integers(&self, name: &str, shape: &[usize]) -> Result<Vec<i8>, EncoderError> {
        let view = self.typed(name, Dtype::I8, "I8")?;
        check_shape(name, shape, view.shape())?;
        Ok(view.data().iter().map(|b| *b as i8).collect())
    }

    fn table(&self, name: &str, width: usize) -> Result<Table, EncoderError> {
        let shape = self.tensor(name)?.shape().to_vec();
        match *shape.as_slice() {
            [rows, columns] if rows > 0 && columns == width => Ok(Table { rows, values: self.floats(name, &shape)? }),
            _ => Err(EncoderError::WrongShape {
                name: name.to_string(),
                expected: format!("[rows > 0, {width}]"),
                found: shape,
            }),
        }
    }

    fn norm(&self, name: &str, width: usize) -> Result<Norm, EncoderError> {
        Ok(Norm {
            weight: self.floats(&format!("{name}.weight"), &[width])?,
            bias: self.floats(&format!("{name}.bias"), &[width])?,
        })
    }

    /// The rows, scales and biases of a quantized matrix.
    #[expect(clippy::type_complexity, reason = "three vectors that are packed at once by the caller")]
    fn quantized(
        &self,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<(Vec<i8>, Vec<f32>, Vec<f32>), EncoderError> {
        Ok((
            self.integers(&format!("{name}.q"), &[outputs, inputs])?,
            self.floats(&format!("{name}.scale"), &[outputs])?,
            self.floats(&format!("{name}.bias"), &[outputs])?,
        ))
    }
}

fn check_shape(name: &str, expected: &[usize], found: &[usize]) -> Result<(), EncoderError> {
    if expected == found {
        return Ok(());
    }
    Err(EncoderError::WrongShape { name: name.to_string(), expected: format!("{expected:?}"), found: found.to_vec() })
}
