//! The weights and the vocabulary that are built into the program, verified before they are used.

use sha2::{Digest, Sha256};

use crate::Error;
use crate::attribution::Model;

/// The checksums that were noted when the weights were made: `hex  name` a line.
const CHECKSUMS: &str = include_str!("../../../models/SHA256SUMS");

/// The embedded weights, see `models/README.md`.
///
/// ```
/// use saywho::{Document, Reader, Weights};
///
/// let reader = Reader::with_weights(Weights::Fast)?;
/// let reading = reader.worker().read(Document::from_text("note", "“It rains,” Ilse Maren said."));
/// assert_eq!(reading.attributions.len(), 1);
/// # Ok::<(), saywho::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weights {
    /// The best figures.
    #[default]
    Accurate,
    /// For corpora: several times as fast, and finds less.
    Fast,
}

impl Weights {
    /// The model with these weights.
    ///
    /// # Errors
    /// If the bytes in this program are not those that were built into it, or were made for another version of the engine.
    pub(crate) fn model(self) -> Result<Model, Error> {
        let (name, bytes): (&str, &[u8]) = match self {
            Weights::Accurate => {
                ("accurate.safetensors", include_bytes!("../../../models/accurate.safetensors").as_slice())
            }
            Weights::Fast => ("fast.safetensors", include_bytes!("../../../models/fast.safetensors").as_slice()),
        };
        let vocabulary = include_str!("../../../models/vocabulary.txt");
        verify(name, bytes)?;
        verify("vocabulary.txt", vocabulary.as_bytes())?;
        Model::from_bytes(bytes, vocabulary)
    }
}

/// Whether the bytes are those whose checksum was noted under this name.
fn verify(name: &'static str, bytes: &[u8]) -> Result<(), Error> {
    let noted = CHECKSUMS.lines().filter_map(|line| line.split_once("  ")).find(|(_, of)| *of == name);
    let own: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if noted.is_some_and(|(sum, _)| sum == own) { Ok(()) } else { Err(Error::Damaged(name)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_from_files_read_as_the_embedded_ones() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
        let weights = std::fs::read(folder.join("fast.safetensors")).unwrap();
        let vocabulary = std::fs::read_to_string(folder.join("vocabulary.txt")).unwrap();
        let document =
            || crate::Document::from_text("note", "“The ban ends in May,” Ilse Maren said. Teo Vasca denied it.");
        let own = crate::Reader::from_bytes(&weights, &vocabulary).unwrap().worker().read(document());
        assert_eq!(own, crate::Reader::with_weights(Weights::Fast).unwrap().worker().read(document()));
        assert!(crate::Reader::from_bytes(&weights[..1000], &vocabulary).is_err());
    }

    #[test]
    fn one_bit_of_damage_is_noticed() {
        let mut bytes = include_bytes!("../../../models/fast.safetensors").to_vec();
        assert!(verify("fast.safetensors", &bytes).is_ok());
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        let error = verify("fast.safetensors", &bytes).unwrap_err().to_string();
        assert!(error.contains("fast.safetensors") && error.contains("install"), "{error}");
    }
}
