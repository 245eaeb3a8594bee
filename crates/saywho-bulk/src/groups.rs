//! Near copies over the whole corpus: documents that share a band of their signatures are of one group.
//!
//! Memory: eight bytes a document, and about 16 MiB for what is sorted at a time (more beyond 30 million documents, half a
//! byte for each). The bands lie on disk meanwhile.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, Int32Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use saywho_table::{Table, minhash};

use crate::parquet_file::{self, ParquetFile, cannot};

/// The name of the table.
pub(crate) const NAME: &str = "groups";

/// Entries that are sorted at a time, of 16 bytes each.
const SORTED: u64 = 1 << 20;

/// The most files that are open at a time.
const BUCKETS: u64 = 512;

/// What was found.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) near_copies: u64,
    pub(crate) repeated_ids: u64,
}

/// Writes the table of groups, a file for each of the table of documents, with the same rows in the same order.
pub(crate) fn write(out: &Path, parts: u64, documents: u64) -> Result<Found> {
    ensure!(documents < u64::from(u32::MAX), "more than four thousand million documents: read them in two runs");
    let folder = out.join(Table::Documents.name());
    let scratch = Scratch::new(out)?;
    let mut bands = Buckets::new(&scratch.0, "bands", documents * minhash::BANDS as u64)?;
    let mut ids = Buckets::new(&scratch.0, "ids", documents)?;
    let mut row = 0;
    for part in 0..parts {
        for batch in parquet_file::columns(&folder, part, &["document", "bands"])? {
            let batch = batch?;
            for (id, own) in batch.column(0).as_string::<i32>().iter().zip(batch.column(1).as_list::<i32>().iter()) {
                ids.add(hash(id.unwrap_or_default()), row)?;
                for &band in own.iter().flat_map(|own| own.as_primitive::<Int64Type>().values()) {
                    bands.add(band, row)?;
                }
                row += 1;
            }
        }
    }
    let mut groups = Groups::new(row);
    bands.same(|first, other| groups.join(first, other))?;
    let mut repeated_ids = 0;
    ids.same(|_, _| repeated_ids += 1)?;
    let sizes = groups.settle();
    write_table(out, parts, &groups, &sizes)?;
    let near_copies = (0..).zip(&groups.parent).filter(|(row, first)| row != *first).count() as u64;
    Ok(Found { near_copies, repeated_ids })
}

fn schema() -> SchemaRef {
    let fields = vec![
        Field::new("document", DataType::Utf8, false),
        Field::new("row", DataType::Int64, false),
        Field::new("group", DataType::Int64, false),
        Field::new("size", DataType::Int32, false),
    ];
    let metadata = [("saywho.schema", saywho_table::SCHEMA), ("saywho.table", NAME)];
    Arc::new(Schema::new_with_metadata(fields, metadata.map(|(k, v)| (k.to_owned(), v.to_owned()))))
}

fn write_table(out: &Path, parts: u64, groups: &Groups, sizes: &[u32]) -> Result<()> {
    let mut row = 0;
    for part in 0..parts {
        let mut file = ParquetFile::begin(&out.join(NAME), part, schema())?;
        for batch in parquet_file::columns(&out.join(Table::Documents.name()), part, &["document"])? {
            let batch = batch?;
            let documents: &StringArray = batch.column(0).as_string();
            let rows = row..row + documents.len();
            row = rows.end;
            let first = &groups.parent[rows.clone()];
            let columns: Vec<ArrayRef> = vec![
                Arc::new(documents.clone()),
                Arc::new(Int64Array::from_iter_values(rows.map(|row| row as i64))),
                Arc::new(Int64Array::from_iter_values(first.iter().map(|&first| i64::from(first)))),
                Arc::new(Int32Array::from_iter_values(first.iter().map(|&first| sizes[first as usize].cast_signed()))),
            ];
            file.write(&RecordBatch::try_new(schema(), columns)?)?;
        }
        file.finish()?;
    }
    Ok(())
}

fn hash(id: &str) -> i64 {
    let fnv = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    id.bytes().fold(0xcbf2_9ce4_8422_2325, fnv).cast_signed()
}

/// Which document is of the same group: each points to an earlier one, the first of its group to itself.
struct Groups {
    parent: Vec<u32>,
}

impl Groups {
    fn new(documents: u32) -> Groups {
        Groups { parent: (0..documents).collect() }
    }

    fn first(&mut self, mut row: u32) -> u32 {
        while self.parent[row as usize] != row {
            // Ways are halved as they are gone.
            let next = self.parent[self.parent[row as usize] as usize];
            self.parent[row as usize] = next;
            row = next;
        }
        row
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.first(a), self.first(b));
        self.parent[a.max(b) as usize] = a.min(b);
    }

    /// Lets each point to the first of its group, and counts the groups.
    fn settle(&mut self) -> Vec<u32> {
        let mut sizes = vec![0; self.parent.len()];
        for row in 0..self.parent.len() {
            // Those before point to their firsts already.
            self.parent[row] = self.parent[self.parent[row] as usize];
            sizes[self.parent[row] as usize] += 1;
        }
        sizes
    }
}

/// A folder that is gone in the end; one that a run left that was cut off is gone at the begin.
struct Scratch(PathBuf);

impl Scratch {
    fn new(out: &Path) -> Result<Scratch> {
        let folder = out.join(".unfinished-groups");
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| cannot(&folder))?;
        }
        fs::create_dir(&folder).with_context(|| cannot(&folder))?;
        Ok(Scratch(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder that stays is taken away by the next run.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Numbers with rows, on disk, in files by the first bits of the number.
struct Buckets {
    files: Vec<(PathBuf, BufWriter<File>)>,
}

impl Buckets {
    /// For about so many entries.
    fn new(folder: &Path, name: &str, entries: u64) -> Result<Buckets> {
        let count = (entries / SORTED + 1).next_power_of_two().min(BUCKETS);
        let files = (0..count).map(|number| {
            let path = folder.join(format!("{name}-{number}"));
            let file = File::create(&path).with_context(|| cannot(&path))?;
            Ok((path, BufWriter::new(file)))
        });
        Ok(Buckets { files: files.collect::<Result<_>>()? })
    }

    fn add(&mut self, number: i64, row: u32) -> Result<()> {
        // The count is a power of two: these are the first bits.
        let count = self.files.len() as u128;
        let bucket = ((u128::from(number.cast_unsigned()) * count) >> 64) as usize;
        let (path, file) = &mut self.files[bucket];
        let written = file.write_all(&number.to_le_bytes()).and_then(|()| file.write_all(&row.to_le_bytes()));
        written.with_context(|| cannot(path))
    }

    /// Tells for each number that several rows have the first of them with each of the others.
    fn same(self, mut tell: impl FnMut(u32, u32)) -> Result<()> {
        for (path, file) in self.files {
            let file = file.into_inner().map_err(|error| error.into_error()).with_context(|| cannot(&path))?;
            drop(file);
            let mut entries = read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            entries.sort_unstable();
            for same in entries.chunk_by(|a, b| a.0 == b.0) {
                same[1..].iter().for_each(|other| tell(same[0].1, other.1));
            }
        }
        Ok(())
    }
}

fn read(path: &Path) -> Result<Vec<(i64, u32)>> {
    let file = File::open(path)?;
    let count = file.metadata()?.len() / 12;
    let mut input = BufReader::new(file);
    let (mut number, mut row) = ([0; 8], [0; 4]);
    let mut entries = Vec::with_capacity(usize::try_from(count)?);
    for _ in 0..count {
        input.read_exact(&mut number)?;
        input.read_exact(&mut row)?;
        entries.push((i64::from_le_bytes(number), u32::from_le_bytes(row)));
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_named_by_their_first_whatever_the_order() {
        for pairs in [[(1, 4), (4, 6), (2, 3)], [(4, 6), (2, 3), (1, 6)]] {
            let mut groups = Groups::new(7);
            pairs.into_iter().for_each(|(a, b)| groups.join(a, b));
            let sizes = groups.settle();
            assert_eq!(groups.parent, [0, 1, 2, 2, 1, 5, 1]);
            assert_eq!(sizes, [1, 3, 2, 0, 0, 1, 0]);
        }
    }

    #[test]
    fn rows_with_the_same_number_are_found_in_any_bucket() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut buckets = Buckets::new(folder.path(), "x", 5 << 20).expect("buckets");
        assert_eq!(buckets.files.len(), 8);
        for (row, number) in (0..).zip([i64::MIN, 7, -1, 7, i64::MAX, -1, 7]) {
            buckets.add(number, row).expect("written");
        }
        let mut pairs = Vec::new();
        buckets.same(|a, b| pairs.push((a, b))).expect("read");
        pairs.sort_unstable();
        assert_eq!(pairs, [(1, 3), (1, 6), (2, 5)]);
    }
}
