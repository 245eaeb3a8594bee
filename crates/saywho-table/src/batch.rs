//! Arrow batches of texts to Arrow batches of rows.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use saywho::{Reader, Worker};
use saywho_ingest::arrow::Rows;
use saywho_ingest::{IngestError, Options, Reason, language, row_document, settle_date};

use crate::{Batches, Failure, Table, Tables};

/// Why a whole batch could not be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// It lacks what is needed.
    #[error("the batch {0}")]
    Batch(#[from] Reason),
}

/// Reads batches with columns for id, text and more, one thread's worth.
///
/// Which columns these are tells [`Columns`](saywho_ingest::Columns), as for rows of JSON and Parquet. A row without an
/// id gets its number in the batch. Rows that cannot be read, or are not in English, become rows of the table of errors.
pub struct BatchReader<'r> {
    reader: &'r Reader,
    worker: Worker<'r>,
    options: Options,
    any_language: bool,
    least: f32,
}

impl<'r> BatchReader<'r> {
    /// A reader for one thread; `any_language` also reads what is not in English.
    pub fn new(reader: &'r Reader, options: Options, any_language: bool) -> BatchReader<'r> {
        BatchReader { reader, worker: reader.worker(), options, any_language, least: 0.0 }
    }

    /// The same that leaves away attributions that are less sure than this, 0 to 1.
    pub fn at_least(self, confidence: f32) -> BatchReader<'r> {
        BatchReader { least: confidence, ..self }
    }

    /// All tables of the rows of a batch.
    ///
    /// # Errors
    /// When the batch has no column for the text.
    pub fn all(&mut self, batch: &RecordBatch) -> Result<Batches, TableError> {
        self.read(batch, Tables::new(), true)
    }

    /// One table of the rows of a batch, and the errors; the other tables are empty.
    ///
    /// # Errors
    /// When the batch has no column for the text.
    pub fn only(&mut self, batch: &RecordBatch, table: Table) -> Result<Batches, TableError> {
        self.read(batch, Tables::only(table), table == Table::Documents)
    }

    fn read(&mut self, batch: &RecordBatch, mut tables: Tables, with_texts: bool) -> Result<Batches, TableError> {
        let rows = Rows::of(batch, &self.options.columns)?;
        let mut kept = Kept::default();
        for row in 0..rows.count() {
            match self.read_row(&rows, row, &mut tables) {
                Ok(own) => kept.add(row, own),
                Err(failure) => tables.push_error(&failure),
            }
        }
        Ok(tables.finish_with(with_texts.then(|| kept.texts(&rows))))
    }

    /// Reads one row and adds it to the tables. Returns its text where it is not as it lies in the batch: that of a page.
    fn read_row(&mut self, rows: &Rows, row: usize, tables: &mut Tables) -> Result<Option<String>, Failure> {
        let mut about = rows.about(row);
        if about.id.is_empty() {
            about.id = row.to_string();
        }
        let id = about.id.clone();
        if let Err(reason) = settle_date(&mut about) {
            let error = IngestError::new("", reason);
            tables.push_error(&Failure { place: None, ..Failure::of_input(Some(id.clone()), &error) });
        }
        let lies_there = rows.text(row).unwrap_or_default();
        let (document, text) = row_document("", about, lies_there, &self.options)
            .map_err(|error| Failure { place: None, ..Failure::of_input(Some(id.clone()), &error) })?;
        if let Some(tag) = document.language.as_deref()
            && !self.any_language
            && !language::is_read(Some(tag))
        {
            return Err(Failure::of_language(id, None, tag));
        }
        let budget = self.options.limits.budget(&text);
        let reading = catch_unwind(AssertUnwindSafe(|| self.worker.read_beside_within(document, &text, &budget)));
        let reading = reading.map_err(|panic| {
            // The worker's buffers may be half written.
            self.worker = self.reader.worker();
            Failure::of_panic(id.clone(), None, &*panic)
        })?;
        let mut reading = reading.map_err(|error| Failure::of_time(id, None, error))?;
        reading.remove_below(self.least);
        tables.push_beside(&reading, &text);
        Ok((*text != *lies_there).then(|| text.into_owned()))
    }
}

/// The rows that were read.
#[derive(Default)]
struct Kept {
    rows: Vec<usize>,
    /// Texts that are not as they lie in the batch, by their rows.
    own: HashMap<usize, String>,
}

impl Kept {
    fn add(&mut self, row: usize, own: Option<String>) {
        self.rows.push(row);
        if let Some(text) = own {
            self.own.insert(row, text);
        }
    }

    /// The column of the texts: that of the batch itself where every row was read as it lies there.
    fn texts(self, rows: &Rows) -> ArrayRef {
        match rows.text_column() {
            Some(column) if self.own.is_empty() && self.rows.len() == rows.count() => Arc::new(column.clone()),
            _ => {
                let text = |row: &usize| self.own.get(row).map_or_else(|| rows.text(*row), |own| Some(own.as_str()));
                Arc::new(StringArray::from_iter_values(self.rows.iter().filter_map(text)))
            }
        }
    }
}
