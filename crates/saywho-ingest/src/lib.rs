//! Files to documents: plain text in any common encoding, and the main text of HTML pages.
//!
//! What a file is gets decided by what it holds, never by its name. The text of a plain file is the decoded
//! input letter by letter: nothing is trimmed and no line end is changed, only a byte order mark is dropped.
//!
//! ```
//! use saywho_ingest::{Options, documents_in};
//!
//! let documents = documents_in("“We agree,” said Ilse Maren.".as_bytes(), Some("note.txt"), &Options::default())?;
//! assert_eq!(documents[0].id, "note");
//! # Ok::<(), saywho_ingest::IngestError>(())
//! ```

mod binary;
mod decode;
mod error;
mod html;
mod ids;
mod nesting;
mod walk;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use saywho::Document;

pub use error::{IngestError, Reason};
pub use ids::Ids;
pub use walk::files_under;

/// What to take in.
#[derive(Debug, Clone)]
pub struct Options {
    /// The most bytes a file may hold; 64 MiB by default.
    pub max_bytes: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options { max_bytes: 64 << 20 }
    }
}

/// The documents that these bytes hold; `source` is the path or address they came from.
///
/// The id is the stem of the source ("document" without one); [`Ids`] makes ids unique within a run.
///
/// # Errors
/// When the bytes are empty, binary, more than the limit, or HTML without main text or with absurd nesting.
pub fn documents_in(bytes: &[u8], source: Option<&str>, options: &Options) -> Result<Vec<Document>, IngestError> {
    let failed = |reason| IngestError::new(source.unwrap_or("input"), reason);
    if bytes.len() as u64 > options.max_bytes {
        return Err(failed(Reason::TooLarge { limit: options.max_bytes }));
    }
    if let Some(kind) = binary::known_format(bytes) {
        return Err(failed(Reason::Binary { kind: kind.into() }));
    }
    let text = decode::decode(bytes);
    if binary::is_control_heavy(&text) {
        return Err(failed(Reason::Binary { kind: "binary data".into() }));
    }
    if text.trim().is_empty() {
        return Err(failed(Reason::Empty));
    }
    let mut document = match html::looks_like_html(&text) {
        true if nesting::is_too_deep(&text) => return Err(failed(Reason::TooDeep)),
        true => html::main_text(&text).ok_or_else(|| failed(Reason::NoMainText))?,
        false => Document { text, ..Document::default() },
    };
    document.id = ids::stem(source);
    document.source = source.map(str::to_owned);
    Ok(vec![document])
}

/// The documents of one file.
///
/// # Errors
/// When the file cannot be read, and as [`documents_in`].
pub fn documents_in_file(path: &Path, options: &Options) -> Result<Vec<Document>, IngestError> {
    let name = path.display().to_string();
    let unreadable = |error| IngestError::new(&name, Reason::Unreadable(error));
    let mut bytes = Vec::new();
    // One byte past the limit is enough to know; a pipe has no length to ask for.
    let limit = options.max_bytes.saturating_add(1);
    File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(unreadable)?;
    documents_in(&bytes, Some(&name), options)
}

/// The documents of a stream such as standard input; `name` becomes the id and stands in errors.
///
/// # Errors
/// When the stream cannot be read, and as [`documents_in`].
pub fn documents_in_stream(stream: impl Read, name: &str, options: &Options) -> Result<Vec<Document>, IngestError> {
    let mut bytes = Vec::new();
    stream
        .take(options.max_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| IngestError::new(name, Reason::Unreadable(error)))?;
    let mut documents = documents_in(&bytes, None, options).map_err(|error| IngestError::new(name, error.reason))?;
    for document in &mut documents {
        document.id = name.to_owned();
    }
    Ok(documents)
}
