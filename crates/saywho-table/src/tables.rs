//! All tables as they grow.

use arrow_array::{ArrayRef, RecordBatch};
use saywho::Reading;

use crate::attributions::{Attributions, Conversations};
use crate::documents::{Documents, Entities, Mentions};
use crate::errors::Errors;
use crate::one::One;
use crate::{Failure, Table};

/// More text than this need not stand in one batch; a column of Arrow holds 2 GiB.
const FULL: usize = 64 << 20;

/// Tables that grow by one reading after the other.
#[derive(Default)]
pub struct Tables {
    /// The only table that is made, where not all are.
    only: Option<Table>,
    documents: Documents,
    entities: Entities,
    mentions: Mentions,
    attributions: Attributions,
    conversations: Conversations,
    errors: Errors,
    bytes: usize,
}

impl Tables {
    /// Empty tables.
    pub fn new() -> Tables {
        Tables::default()
    }

    /// Empty tables, of which only this one grows, and that of errors.
    pub fn only(table: Table) -> Tables {
        Tables { only: Some(table), ..Tables::default() }
    }

    /// Adds the rows of a reading, as the engine makes it: with spans that count bytes.
    pub fn push(&mut self, reading: &Reading) {
        self.add(reading, &reading.document.text, true);
    }

    /// Adds the rows of a reading whose text lies elsewhere; the column of texts is put in by [`Tables::finish_with`].
    pub(crate) fn push_beside(&mut self, reading: &Reading, text: &str) {
        self.add(reading, text, false);
    }

    fn add(&mut self, reading: &Reading, text: &str, with_text: bool) {
        let one = One::new(reading, text);
        let wanted = |table: Table| self.only.is_none_or(|only| only == table);
        if wanted(Table::Documents) {
            self.documents.push(&one, with_text);
        }
        if wanted(Table::Entities) {
            self.entities.push(&one);
        }
        if wanted(Table::Mentions) {
            self.mentions.push(&one);
        }
        if wanted(Table::Attributions) {
            self.attributions.push(&one);
        }
        if wanted(Table::Conversations) {
            self.conversations.push(&one);
        }
        self.bytes += text.len();
    }

    /// Adds a row of the table of errors.
    pub fn push_error(&mut self, failure: &Failure) {
        self.errors.push(failure);
    }

    /// Whether it is time to [`finish`](Tables::finish) and begin anew: the columns of a batch cannot grow without end.
    pub fn is_full(&self) -> bool {
        self.bytes >= FULL
    }

    /// The rows.
    pub fn finish(self) -> Batches {
        self.finish_with(None)
    }

    pub(crate) fn finish_with(self, texts: Option<ArrayRef>) -> Batches {
        let documents = match self.only.is_none_or(|only| only == Table::Documents) {
            true => self.documents.finish(texts),
            false => RecordBatch::new_empty(Table::Documents.schema()),
        };
        Batches([
            documents,
            self.entities.finish(),
            self.mentions.finish(),
            self.attributions.finish(),
            self.conversations.finish(),
            self.errors.finish(),
        ])
    }
}

/// The rows of some documents, a batch a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Batches([RecordBatch; 6]);

impl Batches {
    /// The rows of one table.
    pub fn get(&self, table: Table) -> &RecordBatch {
        &self.0[table as usize]
    }

    /// The rows of one table, the others dropped.
    pub fn into_one(self, table: Table) -> RecordBatch {
        let mut all = self.0.into_iter();
        all.nth(table as usize).unwrap_or_else(|| RecordBatch::new_empty(table.schema()))
    }
}
