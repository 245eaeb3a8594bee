//! saywho reads news reports and official statements: who said what, to whom, through which chain of sources.
//!
//! ```
//! use saywho::{Document, Reader};
//!
//! let reader = Reader::new()?;
//! let reading = reader.worker().read(Document::from_text("note", "“We agree to lift the ban,” Ilse Maren said on Monday."));
//! let attribution = &reading.attributions[0];
//! assert_eq!(attribution.content[0].of(&reading.document.text), "“We agree to lift the ban,”");
//! let speaker = attribution.speaker.as_deref().and_then(|id| reading.entity(id));
//! assert_eq!(speaker.map(|s| s.name.as_str()), Some("Ilse Maren"));
//! # Ok::<(), saywho::Error>(())
//! ```
//!
//! A [`Reader`] holds the weights and the tables and is shared by all threads; each thread reads with a [`Worker`].
//! Documents go one way through the stages, each a module here: [`text`], [`attribution`], [`entity`], [`conversation`],
//! [`comparison`] of several readings; the crate `saywho-report` shows what they make. Offsets are UTF-8 bytes until
//! [`Reading::to_code_points`] converts them at the edge.

mod account;
mod analysis;
pub mod attribution;
mod budget;
pub mod byline;
pub mod comparison;
pub mod conversation;
pub mod date;
pub mod entity;
mod ids;
pub mod knowledge;
mod reader;
pub mod text;
mod weights;
pub mod words;

use saywho_contract::prose;

pub use analysis::Analysis;
pub use budget::{Budget, OutOfTime};
pub use reader::{Reader, Spent, Worker};
pub use saywho_contract::offset::{self, Point, PointSpan, Points, Span};
pub use saywho_contract::reading::{self, Document, Reading};
pub use weights::Weights;

/// Why a reader could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The weights file does not hold what the engine needs.
    #[error("the weights lack {0} or hold it in another shape: make them with training/export.py of the same version")]
    Model(&'static str),
    /// What was built into this program is no longer what it was.
    #[error("{0} in this program is damaged (its checksum is another): install saywho again")]
    Damaged(&'static str),
    /// The weights file cannot be read.
    #[error(transparent)]
    Encoder(#[from] saywho_encoder::EncoderError),
    /// A user's rows of knowledge cannot be read.
    #[error(transparent)]
    Knowledge(#[from] knowledge::KnowledgeError),
}
