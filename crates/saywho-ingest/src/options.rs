//! What to take in, and how much of it at most.

use std::time::Duration;

use saywho::Budget;

use crate::{Columns, Format};

/// What to take in.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What the input is; told by its content where nothing is said.
    pub format: Option<Format>,
    /// Where the rows of JSON and Parquet files keep text, title and so on.
    pub columns: Columns,
    /// Where in a file to begin, in bytes: an [`offset`](saywho::reading::Origin) that an earlier run gave.
    /// For WARC and JSONL files, also compressed ones; other formats are read from their start.
    pub from: u64,
    /// How much to take in.
    pub limits: Limits,
}

/// Bounds that hostile and broken inputs run into.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most bytes of one document: a file, a page, a line of JSON, a message, an archive's entry. 64 MiB by
    /// default.
    pub document_bytes: u64,
    /// How many times larger than its packed bytes an input may become once it has passed 64 MiB. 250 by default:
    /// archives of real texts stay below 100, zip bombs begin at 1000.
    pub ratio: u64,
    /// How many containers may lie within each other, compression counted; 4 by default (a ZIP file that holds a
    /// `.tar.gz` of `.warc.gz` files).
    pub depth: usize,
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
        Limits { document_bytes: 64 << 20, ratio: 250, depth: 4, time: Duration::from_secs(60) }
    }
}
