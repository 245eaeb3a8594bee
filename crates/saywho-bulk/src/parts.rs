//! One part: a file in each table.

use std::path::Path;

use anyhow::Result;
use saywho_table::Table;
use serde::{Deserialize, Serialize};

use crate::Counts;
use crate::feed::Position;
use crate::parquet_file::ParquetFile;
use crate::quotebank;
use crate::work::Done;

/// A part under way.
pub(crate) struct Part {
    number: u64,
    tables: Vec<(Table, ParquetFile)>,
    quotebank: Option<ParquetFile>,
    counts: Counts,
    end: Position,
}

/// What is noted of a part that is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PartDone {
    pub(crate) part: u64,
    /// Where the next one begins.
    pub(crate) end: Position,
    #[serde(flatten)]
    pub(crate) counts: Counts,
}

impl Part {
    pub(crate) fn begin(out: &Path, number: u64, with_quotebank: bool) -> Result<Part> {
        let begin = |table: Table| Ok((table, ParquetFile::begin(&out.join(table.name()), number, table.schema())?));
        let tables = Table::ALL.into_iter().map(begin).collect::<Result<_>>()?;
        let quotebank = with_quotebank
            .then(|| ParquetFile::begin(&out.join(quotebank::NAME), number, quotebank::schema()))
            .transpose()?;
        Ok(Part { number, tables, quotebank, counts: Counts::default(), end: Position::default() })
    }

    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    pub(crate) fn write(&mut self, done: Done) -> Result<()> {
        for (table, file) in &mut self.tables {
            file.write(done.tables.get(*table))?;
        }
        if let (Some(file), Some(quotes)) = (&mut self.quotebank, &done.quotes) {
            file.write(quotes)?;
        }
        self.counts.add(done.counts);
        self.end = done.end;
        Ok(())
    }

    /// Puts all files in their places.
    pub(crate) fn finish(self) -> Result<PartDone> {
        for (_, file) in self.tables {
            file.finish()?;
        }
        if let Some(file) = self.quotebank {
            file.finish()?;
        }
        Ok(PartDone { part: self.number, end: self.end, counts: self.counts })
    }
}
