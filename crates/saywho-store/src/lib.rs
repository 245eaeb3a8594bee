//! Keeps documents with their readings and people's corrections in one SQLite file, and answers questions over all of them.
//!
//! A document is kept in the transaction that [`Store::add`] commits: once it has returned, nothing loses it. Readings stay as
//! they were read; beside them stand flat tables for questions, made by `project.rs` from the reading with the corrections
//! laid over (`overlay.rs`). Entities are merged over documents by what `key.rs` makes of them, and by persons.
//!
//! ```
//! use saywho::{Document, Reader};
//! use saywho_store::{Question, Store, identify};
//!
//! let folder = tempfile::tempdir()?;
//! let store = Store::open(&folder.path().join("case.db"))?;
//! let mut document = Document::from_text("note", "“We agree to lift the ban,” Ilse Maren said on Monday.");
//! let identity = identify(&mut document);
//! let reader = Reader::new()?;
//! let reading = reader.worker().read(document);
//! store.add(&[(identity, reading)])?;
//! let found = store.search(&Question { q: Some("bans".into()), ..Question::default() })?;
//! assert_eq!(found.items[0].speaker.as_ref().map(|s| s.name.as_str()), Some("Ilse Maren"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod add;
mod clock;
mod conversation;
mod correction;
mod day;
mod document;
mod entity;
mod kept;
mod key;
mod overlay;
mod page;
mod project;
mod search;
mod stats;
mod store;
mod terms;
mod timeline;

pub use add::{Kept, State};
pub use clock::now;
pub use conversation::{Meeting, Meetings, Participant};
pub use correction::{Body, Correction, EntityRef, Part, Undone};
pub use document::{DocumentBrief, DocumentRow, DocumentWithReading, Documents};
pub use entity::{Entities, EntityBrief, EntityDetail, EntityQuestion, EntityRow, Named};
pub use key::{Identity, identify};
pub use page::{Count, Page};
pub use search::{Days, Facets, Found, Hit, Question, csv};
pub use stats::{Month, Share, Stats};
pub use store::{Store, Sums};
pub use timeline::{Before, Position, Wording};

/// Why the store cannot answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database says no.
    #[error("the database: {0}")]
    Database(rusqlite::Error),
    /// The disk takes nothing more. What was kept before is kept.
    #[error(
        "the disk with the database is full or broken ({0}): make room and try again; nothing that was kept is lost"
    )]
    NoRoom(rusqlite::Error),
    /// The file or its folder cannot be written.
    #[error("{file} and its folder must be writable to add to it ({cause})")]
    NotWritable {
        /// The file.
        file: String,
        /// What the database says.
        cause: rusqlite::Error,
    },
    /// The file was opened to be asked only.
    #[error("{0} or its folder cannot be written: it can be searched, not changed")]
    AskedOnly(String),
    /// The store was closed.
    #[error("the database was closed: nothing is kept any more")]
    Closed,
    /// What was written could not be brought into the one file.
    #[error(
        "{0} is not one file yet (is the disk full?): what was kept is in it and in {0}-wal; keep them together, or make room and open it once more"
    )]
    Apart(String),
    /// What lies in the database is not what was put there.
    #[error("the database holds a damaged reading: {0}")]
    Damaged(#[from] serde_json::Error),
    /// The file is something else.
    #[error("{0} is no saywho database: name another file")]
    NotOurs(String),
    /// The file was made by a later saywho.
    #[error("{file} was made by a later saywho (its schema is {found}, this one knows {known}): use that one")]
    Newer {
        /// The file.
        file: String,
        /// Its schema.
        found: i64,
        /// The latest that is known here.
        known: i64,
    },
    /// The file was made by an earlier saywho, and cannot be brought up to date.
    #[error("{0} was made by an earlier saywho: open it once where it can be written, which brings it up to date")]
    Older(String),
    /// Two entities of different kinds are to be one, and nobody has said that this is meant.
    #[error("{0}: to make them one all the same, say so (--yes on the command line, \"confirm\": true in the API)")]
    Unconfirmed(String),
    /// There is no such thing.
    #[error("there is no {0}")]
    Missing(String),
    /// The question or correction makes no sense.
    #[error("{0}")]
    Invalid(String),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        use rusqlite::ffi;
        const WRITING: [i32; 6] = [
            ffi::SQLITE_IOERR_WRITE,
            ffi::SQLITE_IOERR_FSYNC,
            ffi::SQLITE_IOERR_DIR_FSYNC,
            ffi::SQLITE_IOERR_TRUNCATE,
            ffi::SQLITE_IOERR_SHMSIZE,
            ffi::SQLITE_IOERR_SHMMAP,
        ];
        match error.sqlite_error() {
            Some(told) if told.code == rusqlite::ErrorCode::DiskFull || WRITING.contains(&told.extended_code) => {
                Error::NoRoom(error)
            }
            _ => Error::Database(error),
        }
    }
}

/// The version that stands beside a reading: documents that another one has read can be read again.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What the store answers.
pub type Result<T> = std::result::Result<T, Error>;
