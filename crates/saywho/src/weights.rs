//! The weights and the vocabulary, verified before they are used: built into a release, read from `models/` in development.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::Error;
use crate::attribution::Model;
use crate::inference::Inferences;
use crate::meaning::Meaning;

/// The checksums that were noted when the weights were made: `hex  name` a line.
const CHECKSUMS: &str = "SHA256SUMS";

/// The weights whose word table all others use.
const ACCURATE: &str = "accurate.safetensors";
const FAST: &str = "fast.safetensors";
const MEANING: &str = "meaning.safetensors";
const INFERENCE: &str = "inference.safetensors";
const VOCABULARY: &str = "vocabulary.txt";

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
        let (accurate, vocabulary) = (verified(ACCURATE)?, vocabulary()?);
        match self {
            Weights::Accurate => Model::from_bytes(&accurate, &vocabulary),
            Weights::Fast => Model::with_words_of(&verified(FAST)?, &accurate, &vocabulary),
        }
    }
}

/// The encoder of what passages are about, which comparing takes whatever weights read.
///
/// # Errors
/// As for [`Weights::model`].
pub(crate) fn meaning() -> Result<Meaning, Error> {
    meaning_of(&verified(MEANING)?)
}

/// The encoder of what follows from passages.
///
/// # Errors
/// As for [`Weights::model`].
pub(crate) fn inferences() -> Result<Inferences, Error> {
    Inferences::from_bytes(&verified(INFERENCE)?, &verified(ACCURATE)?, &vocabulary()?)
}

/// Whether [`meaning`] and [`inferences`] can be made.
///
/// # Errors
/// As for [`Weights::model`].
pub(crate) fn verify_others() -> Result<(), Error> {
    for name in [MEANING, INFERENCE, ACCURATE, VOCABULARY] {
        verified(name)?;
    }
    Ok(())
}

/// The same from the bytes of other weights.
pub(crate) fn meaning_of(weights: &[u8]) -> Result<Meaning, Error> {
    Meaning::from_bytes(weights, &verified(ACCURATE)?, &vocabulary()?)
}

fn vocabulary() -> Result<String, Error> {
    Ok(String::from_utf8_lossy(&verified(VOCABULARY)?).into_owned())
}

/// A file of `models/` whose checksum is the one noted. What is built in does not change: it is hashed once a process.
fn verified(name: &'static str) -> Result<Cow<'static, [u8]>, Error> {
    static KNOWN: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    let bytes = file(name)?;
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if matches!(bytes, Cow::Owned(_)) || !known.contains(name) {
        verify(name, &bytes, &file(CHECKSUMS)?)?;
        known.insert(name);
    }
    Ok(bytes)
}

/// A file of `models/`, as it is in the folder now: other weights need no new build.
#[cfg(debug_assertions)]
fn file(name: &'static str) -> Result<Cow<'static, [u8]>, Error> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    std::fs::read(folder.join(name)).map(Cow::Owned).map_err(|source| Error::Missing { name, source })
}

/// A file of `models/`, as it was when the program was built.
#[cfg(not(debug_assertions))]
fn file(name: &'static str) -> Result<Cow<'static, [u8]>, Error> {
    let bytes: &[u8] = match name {
        ACCURATE => include_bytes!("../../../models/accurate.safetensors"),
        FAST => include_bytes!("../../../models/fast.safetensors"),
        MEANING => include_bytes!("../../../models/meaning.safetensors"),
        INFERENCE => include_bytes!("../../../models/inference.safetensors"),
        VOCABULARY => include_bytes!("../../../models/vocabulary.txt"),
        _ => include_bytes!("../../../models/SHA256SUMS"),
    };
    Ok(Cow::Borrowed(bytes))
}

/// Whether the bytes are those whose checksum was noted under this name.
fn verify(name: &'static str, bytes: &[u8], checksums: &[u8]) -> Result<(), Error> {
    let checksums = String::from_utf8_lossy(checksums);
    let noted = checksums.lines().filter_map(|line| line.split_once("  ")).find(|(_, of)| *of == name);
    let own: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if noted.is_some_and(|(sum, _)| sum == own) { Ok(()) } else { Err(Error::Damaged(name)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_from_files_read_as_the_embedded_ones() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
        let weights = std::fs::read(folder.join(ACCURATE)).unwrap();
        let vocabulary = std::fs::read_to_string(folder.join(VOCABULARY)).unwrap();
        let document =
            || crate::Document::from_text("note", "“The ban ends in May,” Ilse Maren said. Teo Vasca denied it.");
        let own = crate::Reader::from_bytes(&weights, &vocabulary).unwrap().worker().read(document());
        assert_eq!(own, crate::Reader::new().unwrap().worker().read(document()));
        assert!(crate::Reader::from_bytes(&weights[..1000], &vocabulary).is_err());
    }

    #[test]
    fn one_bit_of_damage_is_noticed() {
        let (mut bytes, checksums) = (file(FAST).unwrap().into_owned(), file(CHECKSUMS).unwrap());
        assert!(verify(FAST, &bytes, &checksums).is_ok());
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        let error = verify(FAST, &bytes, &checksums).unwrap_err().to_string();
        assert!(error.contains(FAST) && error.contains("install"), "{error}");
    }
}
