//! saywho reads news reports and official statements: who said what, to whom, through which chain of sources.
//!
//! ```no_run
//! use saywho::{Document, Reader};
//!
//! let reader = Reader::new()?;
//! let reading = reader.worker().read(Document::from_text("note", "“We agree,” said Ilse Maren."));
//! for attribution in &reading.attributions {
//!     println!("{:?} said {:?}", attribution.speaker, attribution.content[0].of(&reading.document.text));
//! }
//! # Ok::<(), saywho::Error>(())
//! ```

pub mod reading;
pub mod report;

pub use reading::{Document, Reading, Span};

/// Why a reader could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {}

/// The engine: weights and tables, immutable, shared by all threads.
pub struct Reader {}

impl Reader {
    /// A reader with the embedded model and knowledge.
    pub fn new() -> Result<Reader, Error> {
        Ok(Reader {})
    }

    /// A worker that owns the buffers one thread needs.
    pub fn worker(&self) -> Worker<'_> {
        Worker { _reader: self }
    }
}

/// Reads documents one after the other with buffers of its own.
pub struct Worker<'r> {
    _reader: &'r Reader,
}

impl Worker<'_> {
    /// Reads one document the whole way through.
    pub fn read(&mut self, document: Document) -> Reading {
        Reading {
            schema: reading::SCHEMA.into(),
            document,
            entities: vec![],
            attributions: vec![],
            conversations: vec![],
            issues: vec![],
        }
    }
}
