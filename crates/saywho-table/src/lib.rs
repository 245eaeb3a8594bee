//! Readings as Arrow tables: documents, entities, mentions, attributions, conversations and errors (`docs/tables.md`).
//!
//! ```
//! use saywho::{Document, Reader};
//! use saywho_table::{Table, Tables};
//!
//! let reader = Reader::new()?;
//! let reading = reader.worker().read(Document::from_text("note", "“We agree,” Ilse Maren said on Monday."));
//! let mut tables = Tables::new();
//! tables.push(&reading);
//! assert_eq!(tables.finish().get(Table::Attributions).num_rows(), 1);
//! # Ok::<(), saywho::Error>(())
//! ```
//!
//! The rows of a document depend on the document alone. [`BatchReader`] reads the texts of Arrow batches, for engines
//! that hand such batches over (Spark's `mapInArrow` and its like).

mod attributions;
mod batch;
mod documents;
mod errors;
mod lists;
pub mod minhash;
mod one;
mod schema;
mod tables;

use arrow_array::{ArrayRef, RecordBatch};

pub use batch::{BatchReader, TableError};
pub use errors::{Failure, FailureKind};
pub use schema::{SCHEMA, Table};
pub use tables::{Batches, Tables};

fn batch_of(table: Table, columns: Vec<ArrayRef>) -> RecordBatch {
    RecordBatch::try_new(table.schema(), columns).expect("the builders follow the schema")
}
