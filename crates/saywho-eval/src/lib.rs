//! Measures readings against hand-made gold.
//!
//! A module for each kind of gold:
//!
//! * [`polnear`]: news articles annotated with source, cue and content. It measures how well attributions are
//!   found, as words, as spans and as linked pairs, by classes of quotation.
//! * [`reading`]: one article with its full reading: nesting, chains, speakers, addressees, page litter, the
//!   conversation.
//! * [`speakers`]: news articles with the speaker, act and polarity of each outermost attribution and with the
//!   attributions nested in its content.
//! * [`pairs`]: what several accounts tell of one conversation: claims, issues, links.
//! * [`coref`]: documents whose entities are annotated with all their mentions: the usual coreference measures.
//! * [`corpus`]: texts and conversations with all layers: the figures of [`reading`] and [`pairs`], and nesting, recipients,
//!   mentions, coreference and the lists of who speaks besides.
//! * [`pages`]: web pages with their main text.
//!
//! # What all of them share
//!
//! **Offsets** are Unicode code points, as those of the gold: what is scored has gone through
//! [`saywho::Reading::to_code_points`].
//!
//! **Words are compared, never characters.** A word is a run of letters, digits and underscores; apostrophes,
//! full stops and hyphens between two such runs, and a comma before digits, keep it together ("o'clock",
//! "U.S", "1,200"). A span stands for the set of words it touches. So nobody gains or loses by taking the
//! quotation marks or the last comma into a span, and a span in several pieces needs no special care.
//!
//! **IoU** of two sets of words is the number of words in both divided by the number of words in either; two
//! empty sets have IoU 1.
//!
//! **Precision (P)** is the share of the predictions that are right, **recall (R)** the share of the gold that
//! was found, **F1** their harmonic mean; each is 0 where there is nothing to divide by.

pub mod coref;
pub mod corpus;
mod figure;
mod gold;
mod matching;
mod names;
pub mod pages;
pub mod pairs;
pub mod polnear;
pub mod reading;
pub mod speakers;
mod words;

use std::path::{Path, PathBuf};

pub use figure::Figure;

/// Why something could not be measured.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read, or is not UTF-8.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A gold file is not what it should be.
    #[error("{place} is not valid gold: {reason}")]
    Gold {
        /// The file, with the line where lines matter.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The reading is of another text than the gold, so their offsets cannot be compared.
    #[error("the reading of {0} holds another text than the gold is about: its offsets cannot be compared")]
    OtherText(String),
    /// There is gold for a document but no reading of it.
    #[error("no reading of {0}, for which there is gold: read the text {0}.txt first")]
    NoReading(String),
}

/// What a measurement gives, or why there is none.
pub type Result<T> = std::result::Result<T, Error>;

fn read_text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}

/// The names of a folder's files that end in `.extension`, without the ending, sorted.
fn stems(folder: &Path, extension: &str) -> Result<Vec<String>> {
    let failed = |source| Error::Read { path: folder.to_owned(), source };
    let mut stems = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|e| e == extension)
            && let Some(stem) = path.file_stem().and_then(|s| s.to_str())
        {
            stems.push(stem.to_owned());
        }
    }
    stems.sort();
    Ok(stems)
}
