//! Parquet files: rows with named columns, as in JSON, of which only the columns that are asked for are read.

use std::fs::File;

use ::bytes::Bytes;
use ::parquet::arrow::ProjectionMask;
use ::parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::RowGroupMetaData;
use ::parquet::file::reader::ChunkReader;
use arrow_array::RecordBatch;
use saywho::Document;

use crate::arrow::Rows;
use crate::guard::guarded;
use crate::piece::{Piece, about};
use crate::pour::{Flow, Place, Pour};
use crate::{Columns, Reason};

/// The format, in messages.
const KIND: &str = "Parquet";

/// Rows are decoded so many bytes at a time, if they are of the usual length in their file.
const BATCH_BYTES: i64 = 4 << 20;

/// And never more rows than these, of which some may be long.
const BATCH_ROWS: i64 = 64;

/// So much may come out of a row group, however small, before its ratio counts.
const FREE: i64 = 64 << 20;

/// Hands on the rows of a file, which is read where it lies.
pub(crate) fn file(pour: &mut Pour, file: &File, place: &Place) -> Flow {
    match file.try_clone() {
        Ok(file) => rows(pour, file, place),
        Err(error) => pour.fail(place, Reason::Unreadable(error)),
    }
}

/// Hands on the rows of a file that is in memory as a whole.
pub(crate) fn bytes(pour: &mut Pour, bytes: Vec<u8>, place: &Place) -> Flow {
    rows(pour, Bytes::from(bytes), place)
}

/// A file to read from, which can be had anew for each row group.
trait Source: ChunkReader + 'static {
    fn again(&self) -> Result<Self, std::io::Error>
    where
        Self: Sized;
}

impl Source for File {
    fn again(&self) -> Result<File, std::io::Error> {
        self.try_clone()
    }
}

impl Source for Bytes {
    fn again(&self) -> Result<Bytes, std::io::Error> {
        Ok(self.clone())
    }
}

fn rows(pour: &mut Pour, source: impl Source, place: &Place) -> Flow {
    if !ends_well(&source) {
        return pour.fail(place, Reason::NoFooter);
    }
    let loaded = guarded(KIND, || ArrowReaderMetadata::load(&source, ArrowReaderOptions::new()));
    let metadata = match loaded.and_then(|loaded| loaded.map_err(reason)) {
        Ok(metadata) => metadata,
        Err(reason) => return pour.fail(place, reason),
    };
    let wanted = wanted(&metadata, &pour.options.columns);
    if let Err(reason) = Rows::of(&RecordBatch::new_empty(metadata.schema().clone()), &pour.options.columns) {
        return pour.fail(place, reason);
    }
    let total: f64 = metadata.metadata().row_groups().iter().map(|group| group.num_rows() as f64).sum();
    let scale = source.len() as f64 / total.max(1.0);
    let mut begin: u64 = 0;
    for (number, told) in metadata.metadata().row_groups().iter().enumerate() {
        let group = Group { place, begin, scale };
        begin = begin.saturating_add(u64::try_from(told.num_rows()).unwrap_or(0));
        let opened = open(&source, &metadata, number, &wanted, pour.options.limits.ratio);
        match opened {
            Ok(reader) => group.rows(pour, reader)?,
            Err(reason) => pour.fail_at(group.name(0), reason)?,
        }
    }
    Flow::Continue(())
}

/// The reader of one row group: what is damaged in one does not spoil the others.
fn open(
    source: &impl Source,
    metadata: &ArrowReaderMetadata,
    number: usize,
    wanted: &ProjectionMask,
    ratio: u64,
) -> Result<ParquetRecordBatchReader, Reason> {
    let told = metadata.metadata().row_group(number);
    if is_bomb(told, ratio) {
        return Err(Reason::Bomb { ratio });
    }
    let source = source.again().map_err(Reason::Unreadable)?;
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(source, metadata.clone())
        .with_projection(wanted.clone())
        .with_batch_size(batch_rows(told))
        .with_row_groups(vec![number]);
    guarded(KIND, || builder.build())?.map_err(reason)
}

/// One row group on its way.
struct Group<'p> {
    place: &'p Place,
    /// Rows of the file before it.
    begin: u64,
    /// Bytes of the file for each row.
    scale: f64,
}

impl Group<'_> {
    /// What to call a row, counted from 0 in the group.
    fn name(&self, row: u64) -> String {
        format!("{}, row {}", self.place.name, self.begin + row + 1)
    }

    fn rows(&self, pour: &mut Pour, mut reader: ParquetRecordBatchReader) -> Flow {
        let mut done = 0;
        loop {
            let rows = match guarded(KIND, || reader.next()) {
                Ok(None) => return Flow::Continue(()),
                Ok(Some(Ok(batch))) => Rows::of(&batch, &pour.options.columns),
                Ok(Some(Err(error))) => Err(Reason::Damaged { what: error.to_string() }),
                Err(reason) => Err(reason),
            };
            let rows = match rows {
                Ok(rows) => rows,
                Err(reason) => return pour.fail_at(self.name(done), reason),
            };
            for row in 0..rows.count() {
                self.give(pour, &rows, row, done + row as u64)?;
            }
            done += rows.count() as u64;
        }
    }

    /// Hands on one row: the `row`th of the batch, `done` rows of the group before it.
    fn give(&self, pour: &mut Pour, rows: &Rows, row: usize, done: u64) -> Flow {
        let name = self.name(done);
        // A row without text is a document without text, which is told by its id.
        let text = rows.text(row).unwrap_or_default();
        let told = rows.about(row);
        let named = !told.id.is_empty();
        let id = if named { told.id.clone() } else { format!("{}-{}", self.place.id, self.begin + done + 1) };
        let lies = about(&id, told.source.clone(), self.place.file.as_deref(), None);
        let about = Document { id: lies.id, origin: lies.origin, ..told };
        let position = Some(((self.begin + done) as f64 * self.scale) as u64);
        pour.give(Piece { name, bytes: text.as_bytes().to_vec(), about, named, position, ..Piece::default() })
    }
}

/// The columns that rows are made of.
fn wanted(metadata: &ArrowReaderMetadata, columns: &Columns) -> ProjectionMask {
    let names: Vec<&str> = columns.all().collect();
    let is_wanted = |field: &str| names.iter().any(|name| *name == field || name.split('.').next() == Some(field));
    let fields = metadata.schema().fields().iter().enumerate();
    let indices = fields.filter(|(_, field)| is_wanted(field.name())).map(|(index, _)| index);
    ProjectionMask::roots(metadata.parquet_schema(), indices)
}

/// Whether the last bytes are there.
fn ends_well(source: &impl ChunkReader) -> bool {
    let last = source.len().checked_sub(4).and_then(|at| source.get_bytes(at, 4).ok());
    last.is_some_and(|last| &last[..] == b"PAR1")
}

/// Rows to decode at once.
fn batch_rows(group: &RowGroupMetaData) -> usize {
    let row_bytes = group.total_byte_size() / group.num_rows().max(1);
    usize::try_from((BATCH_BYTES / row_bytes.max(1)).clamp(1, BATCH_ROWS)).unwrap_or(1)
}

/// Whether so little unpacks to so much.
fn is_bomb(group: &RowGroupMetaData, ratio: u64) -> bool {
    let ratio = i64::try_from(ratio).unwrap_or(i64::MAX);
    group.columns().iter().any(|column| {
        let unpacked = column.uncompressed_size();
        unpacked > FREE && unpacked / column.compressed_size().max(1) > ratio
    })
}

fn reason(error: ParquetError) -> Reason {
    match error {
        ParquetError::External(error) => match error.downcast::<std::io::Error>() {
            Ok(error) => Reason::of(*error),
            Err(error) => Reason::Damaged { what: error.to_string() },
        },
        error => Reason::Damaged { what: error.to_string() },
    }
}
