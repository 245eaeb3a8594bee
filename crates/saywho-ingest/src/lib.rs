//! Files to documents: text, web pages, PDF, feeds, web archives, tables, mail, and archives of any of these.
//!
//! What an input is gets decided by what it holds, never by its name. The text of a plain file is the decoded
//! input letter by letter: nothing is trimmed and no line end is changed, only a byte order mark is dropped.
//!
//! An input may hold any number of documents, so they come one by one: [`pieces_in_file`] and its sisters hand each
//! [`Piece`] to a function, with an [`IngestError`] for every part that cannot be read, and never hold more than
//! one of them in memory. [`Piece::document`], the expensive part, can be done in another thread.
//!
//! ```
//! use saywho_ingest::{Options, documents_in};
//!
//! let mut documents = documents_in("“We agree,” said Ilse Maren.".as_bytes(), Some("note.txt"), &Options::default());
//! let note = documents.remove(0)?;
//! assert_eq!(note.id, "note");
//! # Ok::<(), saywho_ingest::IngestError>(())
//! ```

mod archive;
#[cfg(feature = "arrow")]
pub mod arrow;
mod binary;
mod bytes;
pub mod child;
mod columns;
mod decode;
mod error;
mod feed;
mod feed_parts;
mod format;
mod guard;
mod head;
mod html;
mod http;
mod ids;
mod inline;
mod json;
pub mod language;
mod layout;
mod mail;
mod markdown;
mod nesting;
mod office;
mod options;
mod page;
mod paragraphs;
#[cfg(feature = "parquet")]
mod parquet;
mod pdf;
mod piece;
mod pour;
mod rtf;
mod signed;
mod table;
mod total;
mod unpack;
mod walk;
mod warc;

use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

use saywho::Document;

pub use columns::Columns;
pub use error::{IngestError, Reason};
pub use format::Format;
pub use ids::Ids;
pub use options::{Encoding, Limits, Options, Told};
pub use piece::{Piece, row_document, settle_date};
pub use pour::{Flow, pieces_in_bytes, pieces_in_file, pieces_in_stream};
pub use walk::files_under;

/// The documents that these bytes hold, in order; `source` is the path or address they came from.
///
/// The id is the stem of the source ("document" without one); [`Ids`] makes ids unique within a run.
pub fn documents_in(bytes: &[u8], source: Option<&str>, options: &Options) -> Vec<Result<Document, IngestError>> {
    collected(options, |take| pieces_in_bytes(bytes, source, options, take))
}

/// The documents of one file, in order. All are in memory at once: for large archives use [`pieces_in_file`].
pub fn documents_in_file(path: &Path, options: &Options) -> Vec<Result<Document, IngestError>> {
    collected(options, |take| pieces_in_file(path, options, take))
}

/// The documents of a stream such as standard input, in order; `name` becomes the id and stands in messages.
pub fn documents_in_stream(stream: impl Read, name: &str, options: &Options) -> Vec<Result<Document, IngestError>> {
    collected(options, |take| pieces_in_stream(stream, name, options, take))
}

fn collected(
    options: &Options,
    pour: impl FnOnce(&mut dyn FnMut(Result<Piece, IngestError>) -> Flow) -> Flow,
) -> Vec<Result<Document, IngestError>> {
    let mut all = Vec::new();
    let poured = pour(&mut |piece| {
        all.push(piece.and_then(|piece| piece.document(options)));
        ControlFlow::Continue(())
    });
    debug_assert!(poured.is_continue(), "nothing here breaks off");
    all
}

/// The text of HTML that is no page: all of it, in paragraphs.
pub fn text_of_html(html: &str) -> String {
    paragraphs::of_html(html)
}
