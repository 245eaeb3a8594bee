//! What can go wrong with an input: each error names the file, the reason and what to do.

use std::io;

/// Why a file gave no document.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct IngestError {
    /// The file or address, or a name such as "stdin".
    pub file: String,
    /// What was wrong.
    #[source]
    pub reason: Reason,
}

impl IngestError {
    pub(crate) fn new(file: impl Into<String>, reason: Reason) -> IngestError {
        IngestError { file: file.into(), reason }
    }

    /// What the user can do about it.
    pub fn hint(&self) -> String {
        match &self.reason {
            Reason::Unreadable(error) => match error.kind() {
                io::ErrorKind::NotFound => "check the spelling and the current folder".into(),
                io::ErrorKind::PermissionDenied => "ask for the right to read it".into(),
                _ => "see that the file can be opened with another program".into(),
            },
            Reason::Empty => "see that it was saved or downloaded whole".into(),
            Reason::Binary { kind } if kind == "a PDF" => "make text of it first, for example with pdftotext".into(),
            Reason::Binary { .. } => "give plain text or HTML; UTF-16 text needs a byte order mark at its start".into(),
            Reason::TooLarge { .. } => "split it, or raise the limit (--max-size on the command line)".into(),
            Reason::NoMainText => {
                "the page may make its text with scripts: save it from a browser as complete page or as text".into()
            }
            Reason::TooDeep => "save its text from a browser".into(),
            Reason::NothingInFolder => {
                "it has no .txt, .text, .md, .html or .htm files; other files are read when named one by one".into()
            }
        }
    }
}

/// What was wrong with an input.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The system did not let it be read.
    #[error("cannot be read: {0}")]
    Unreadable(io::Error),
    /// Nothing, or nothing but white space.
    #[error("holds no text")]
    Empty,
    /// Not text.
    #[error("is {kind}, not text")]
    Binary {
        /// What it is as far as can be told: "a PDF", "binary data".
        kind: String,
    },
    /// More bytes than the options allow.
    #[error("is larger than {}", size(*limit))]
    TooLarge {
        /// The most bytes allowed.
        limit: u64,
    },
    /// A page of which nothing but menus and the like remains.
    #[error("is an HTML page without main text")]
    NoMainText,
    /// A page that nests so deep that parsing would not end.
    #[error("is an HTML page with more than a thousand elements inside each other")]
    TooDeep,
    /// A folder without a file to read.
    #[error("is a folder with nothing to read")]
    NothingInFolder,
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KiB", bytes / 1024),
        _ => format!("{} MiB", bytes >> 20),
    }
}
