//! What can go wrong before anything is read.

use crate::knowledge::KnowledgeError;

/// Why a reader could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The weights file does not hold what the engine needs.
    #[error("the weights lack {0} or hold it in another shape: make them with training/export.py of the same version")]
    Model(&'static str),
    /// What was built into this program is no longer what it was.
    #[error("{0} in this program is damaged (its checksum is another): install saywho again")]
    Damaged(&'static str),
    /// In development: a file is not in the folder of the sources that this program was built from.
    #[error("{name} cannot be read from models/ of the sources: {source}; build a release to have it in the program")]
    Missing {
        /// The file.
        name: &'static str,
        /// Why it cannot be read.
        source: std::io::Error,
    },
    /// The weights file cannot be read.
    #[error(transparent)]
    Encoder(#[from] saywho_encoder::EncoderError),
    /// A user's rows of knowledge cannot be read.
    #[error(transparent)]
    Knowledge(#[from] KnowledgeError),
}
