//! What can go wrong with an input: each error names the file, the reason and what to do.

use std::io;

use saywho_english::date::NotADate;

/// Why a file, or a part of one, gave no document.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct IngestError {
    /// The file or address, or a name such as "stdin"; for a part of a file also where it lies.
    pub file: String,
    /// What was wrong.
    #[source]
    pub reason: Reason,
}

impl IngestError {
    /// What was wrong with a file, an address or a part of one.
    pub fn new(file: impl Into<String>, reason: Reason) -> IngestError {
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
            Reason::EmptyCell { .. } => "the other rows are read".into(),
            Reason::Address => {
                "save the page and name its file, or hand it over: curl -L ADDRESS | saywho read -".into()
            }
            Reason::NoAnswer { .. } => "see that the address opens in a browser".into(),
            Reason::Empty => "see that it was saved or downloaded whole".into(),
            Reason::Binary { kind } if kind.contains("office") => {
                "save it as text, HTML or PDF with the program that made it".into()
            }
            Reason::Binary { .. } => {
                "if it is text all the same, --text reads it; in another encoding (UTF-16 without a mark): --encoding NAME"
                    .into()
            }
            Reason::TooLarge { .. } => "split it, or raise the limit (--max-size on the command line)".into(),
            Reason::NoMainText => {
                "the page may make its text with scripts: save it from a browser as complete page or as text".into()
            }
            Reason::TooDeep => "save its text from a browser".into(),
            Reason::NothingInFolder => {
                "it has no files but hidden ones, which are read when named one by one".into()
            }
            Reason::NothingInside { .. } => "see what it holds; --input-format tells what it is".into(),
            Reason::NoFile { .. } => "name it by itself to read it all the same".into(),
            Reason::Damaged { .. } => "what could be read before and behind the place was read".into(),
            Reason::Broken { .. } => "nothing of it was read: fetch it again, or open it with another program".into(),
            Reason::Truncated { .. } => "fetch it again; what stands before its end was read".into(),
            Reason::NoFooter => "fetch or write it again; nothing of it can be read".into(),
            Reason::Bomb { .. } => "if you trust it, unpack it first or raise the limit (--max-ratio)".into(),
            Reason::TooManyLayers { .. } => "unpack the outer archive first".into(),
            Reason::TooManyEntries { .. } => "what stands before was read: split it, or raise the limit (--max-entries)".into(),
            Reason::Locked => "unlock it with its password first".into(),
            Reason::NoColumn { .. } => "name the column of the text: --columns text=NAME".into(),
            Reason::Date(_) => "the document was read without one".into(),
            Reason::Failed { .. } => "please report it with the file".into(),
            Reason::Stopped { .. } => "print it to a new PDF with another program, or save its text".into(),
            Reason::NoChild => "read it with the saywho command, or have main call saywho_ingest::child::init first".into(),
            Reason::NoTextLayer => "it may be a scan: recognize its text first, for example with ocrmypdf".into(),
            Reason::NotResumable => "leave --from-offset away".into(),
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
    /// An address that gave nothing.
    #[error("gave no answer: {what}")]
    NoAnswer {
        /// What the network or the server says.
        what: String,
    },
    /// Nothing, or nothing but white space.
    #[error("holds no text")]
    Empty,
    /// Not text.
    #[error("is {kind}, not text")]
    Binary {
        /// What it is as far as can be told: "a picture", "binary data".
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
    /// A page or feed that nests so deep that parsing would not end.
    #[error("has more than a thousand elements inside each other, or very many that are never closed")]
    TooDeep,
    /// A folder without a file to read.
    #[error("is a folder with nothing to read")]
    NothingInFolder,
    /// Something in a folder that is no file: a pipe, a socket, a device.
    #[error("is {kind}, not a file, and was passed over")]
    NoFile {
        /// What it is: "a pipe".
        kind: &'static str,
    },
    /// An archive, feed or table without a document.
    #[error("is {kind} without a document in it")]
    NothingInside {
        /// What it is: "a web archive".
        kind: &'static str,
    },
    /// A part that breaks the rules of its format; the other parts are read.
    #[error("is damaged: {what}")]
    Damaged {
        /// What is wrong there.
        what: String,
    },
    /// An input that breaks the rules of its format so that nothing of it can be read.
    #[error("is damaged: {what}")]
    Broken {
        /// What is wrong.
        what: String,
    },
    /// An end in the middle.
    #[error("ends too early: {what}")]
    Truncated {
        /// What is cut off.
        what: String,
    },
    /// A Parquet file without its end.
    #[error("ends too early: a Parquet file tells at its end what it holds, and the end is missing")]
    NoFooter,
    /// A small file that unpacks to a giant one.
    #[error("unpacks to more than {ratio} times its size")]
    Bomb {
        /// The most times allowed.
        ratio: u64,
    },
    /// Archives within archives.
    #[error("has more than {depth} archives inside each other")]
    TooManyLayers {
        /// The most allowed.
        depth: usize,
    },
    /// Archives that hold more than any archive should.
    #[error("has more than {most} entries, those of archives within it included")]
    TooManyEntries {
        /// The most allowed.
        most: u64,
    },
    /// Encrypted.
    #[error("is locked with a password")]
    Locked,
    /// A table without a column for the text.
    #[error("has no column {wanted}; it has {found}")]
    NoColumn {
        /// The column or columns that were looked for.
        wanted: String,
        /// The columns that are there.
        found: String,
    },
    /// A date of publication that is none.
    #[error("has no date of publication: {0}")]
    Date(NotADate),
    /// A row whose column of the text is empty or null.
    #[error("has no text in its column {column}")]
    EmptyCell {
        /// The column.
        column: String,
    },
    /// An address of the web where a path was expected.
    #[error("is an address, not a file, and saywho fetches none")]
    Address,
    /// A parser that was stopped in its own process.
    #[error("made the reader of {kind} {what}")]
    Stopped {
        /// The format.
        kind: &'static str,
        /// What it did: "take more than 20 seconds".
        what: String,
    },
    /// A PDF where no child can be started to read it.
    #[error("is a PDF, which is read only in a process of its own, and this program has none")]
    NoChild,
    /// A PDF without text.
    #[error("is a PDF without a text layer")]
    NoTextLayer,
    /// Reading was to begin in the middle of a file that can only be read from its start.
    #[error("cannot be read from the middle")]
    NotResumable,
    /// A parser gave up in a way that it should not.
    #[error("made the reader of {kind} fail ({cause})")]
    Failed {
        /// The format.
        kind: &'static str,
        /// The parser's last words.
        cause: String,
    },
}

impl Reason {
    /// The reason of a failed reading; our own readers put theirs into the error.
    pub(crate) fn of(error: io::Error) -> Reason {
        match error.downcast::<Reason>() {
            Ok(reason) => reason,
            Err(error) => match error.kind() {
                io::ErrorKind::UnexpectedEof => Reason::Truncated { what: error.to_string() },
                io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other => {
                    Reason::Damaged { what: error.to_string() }
                }
                _ => Reason::Unreadable(error),
            },
        }
    }

    /// The reason where the input had to be read as a whole: nothing stands before or behind the place.
    pub(crate) fn of_whole(error: io::Error) -> Reason {
        match Reason::of(error) {
            Reason::Damaged { what } => Reason::Broken { what },
            Reason::Truncated { what } => Reason::Broken { what: format!("it ends too early ({what})") },
            other => other,
        }
    }

    /// As an error of a reader.
    pub(crate) fn into_io(self) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, self)
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KiB", bytes / 1024),
        _ => format!("{} MiB", bytes >> 20),
    }
}
