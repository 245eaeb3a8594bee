//! What can be wrong with a weights file.

/// Why a weights file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// The bytes are not a safetensors file: cut short, damaged or something else.
    #[error("the weights are not a readable safetensors file ({0}); check that the file is whole")]
    Container(String),
    /// A metadata entry is missing.
    #[error("the weights' metadata lacks \"{0}\"; export the model again with it")]
    MissingMetadata(&'static str),
    /// A metadata entry cannot be used.
    #[error("the weights' metadata has {key} = \"{value}\": {problem}")]
    BadMetadata {
        /// Name of the entry.
        key: &'static str,
        /// Its value as it stands in the file.
        value: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A tensor is missing.
    #[error("the weights lack the tensor \"{0}\"; export the model again with it")]
    MissingTensor(String),
    /// A tensor has another type of number than it should.
    #[error("the tensor \"{name}\" holds {found}, not {expected}")]
    WrongType {
        /// Name of the tensor.
        name: String,
        /// The type it should hold.
        expected: &'static str,
        /// The type it holds.
        found: String,
    },
    /// A tensor has another shape than the metadata and the other tensors ask for.
    #[error("the tensor \"{name}\" has the shape {found:?}, not {expected}")]
    WrongShape {
        /// Name of the tensor.
        name: String,
        /// The shape it should have.
        expected: String,
        /// The shape it has.
        found: Vec<usize>,
    },
}
