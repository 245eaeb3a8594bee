//! What to take in, and how much of it at most.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use saywho::{Budget, Document};

use crate::{Columns, Format};

/// What to take in.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What the input is; told by its content where nothing is said.
    pub format: Option<Format>,
    /// Whether the input is text whatever it looks like: no bytes are taken for a sign of something else.
    pub text: bool,
    /// The encoding of text, pages and Markdown, instead of what their bytes tell.
    pub encoding: Option<Encoding>,
    /// Where the rows of tables (JSON, CSV, Parquet) keep text, title and so on.
    pub columns: Columns,
    /// Where in a file to begin, in bytes: an [`offset`](saywho::reading::Origin) that an earlier run gave.
    /// For WARC and JSONL files, also compressed ones; other formats are read from their start.
    pub from: u64,
    /// How much to take in.
    pub limits: Limits,
    /// What is told of the documents from outside.
    pub told: Told,
}

/// What a user tells of documents. It goes before what they tell of themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The headline.
    pub title: Option<String>,
    /// Who wrote them.
    pub authors: Vec<String>,
    /// Who published them.
    pub publisher: Option<String>,
    /// When they were published, as [`saywho_english::date::iso`] writes it.
    pub published: Option<String>,
}

impl Told {
    /// Writes it over what a document tells.
    pub(crate) fn over(&self, document: &mut Document) {
        let set = |told: &Option<String>, own: &mut Option<String>| {
            if told.is_some() {
                own.clone_from(told);
            }
        };
        set(&self.title, &mut document.title);
        set(&self.publisher, &mut document.publisher);
        set(&self.published, &mut document.published);
        if !self.authors.is_empty() {
            document.authors.clone_from(&self.authors);
        }
    }
}

impl Options {
    /// What the input is without a look at it.
    pub(crate) fn forced_format(&self) -> Option<Format> {
        self.format.or(self.text.then_some(Format::Text))
    }
}

/// An encoding of text, by any of the names that web pages have for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(pub(crate) &'static encoding_rs::Encoding);

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

impl FromStr for Encoding {
    type Err = String;

    fn from_str(name: &str) -> Result<Encoding, String> {
        encoding_rs::Encoding::for_label_no_replacement(name.as_bytes()).map(Encoding).ok_or_else(|| {
            "there is no encoding of this name; usual ones are utf-8, utf-16le, utf-16be, windows-1252, iso-8859-2, \
             windows-1251, koi8-r, gb18030, big5, shift_jis, euc-kr"
                .into()
        })
    }
}

/// Bounds that hostile and broken inputs run into.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most bytes of one document: a file, a page, a line of JSON, a message, an archive's entry. 64 MiB by
    /// default.
    pub document_bytes: u64,
    /// How many times larger than its packed bytes an input may become once it has passed 64 MiB, all archives within it
    /// added up. 250 by default: archives of real texts stay below 100, zip bombs begin at 1000.
    pub ratio: u64,
    /// How many containers may lie within each other, compression counted; 4 by default (a ZIP file that holds a
    /// `.tar.gz` of `.warc.gz` files).
    pub depth: usize,
    /// How many entries the archives of one input may have, those within each other added up; a million by default.
    pub entries: u64,
    /// The most time that reading one document may take, for each megabyte that its text has begun; a minute by default.
    pub time: Duration,
}

impl Limits {
    /// The time that a text may take, from now on.
    pub fn budget(&self, text: &str) -> Budget {
        Budget::for_text(text.len(), self.time)
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { document_bytes: 64 << 20, ratio: 250, depth: 4, entries: 1_000_000, time: Duration::from_secs(60) }
    }
}
