//! Parquet files that are there as a whole or not at all.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use arrow_array::RecordBatch;
use arrow_schema::{Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

/// A row group is written when it has grown so large, packed.
const GROUP_BYTES: usize = 8 << 20;

/// How the name begins of a file that is not whole yet.
const UNFINISHED: &str = ".unfinished-";

/// A file under way.
pub(crate) struct ParquetFile {
    writer: ArrowWriter<File>,
    beside: PathBuf,
    target: PathBuf,
}

impl ParquetFile {
    /// Begins the file `number` of the table in `folder`, which is made if need be.
    pub(crate) fn begin(folder: &Path, number: u64, schema: SchemaRef) -> Result<ParquetFile> {
        fs::create_dir_all(folder).with_context(|| cannot(folder))?;
        let target = folder.join(part_name(number));
        let beside = folder.join(format!("{UNFINISHED}{}", part_name(number)));
        let file = File::create(&beside).with_context(|| cannot(&beside))?;
        // What Arrow would add to the metadata is left out, since the pairs stand there in any order.
        let options = ArrowWriterOptions::new().with_properties(properties(&schema)).with_skip_arrow_metadata(true);
        let writer = ArrowWriter::try_new_with_options(file, schema, options).with_context(|| cannot(&beside))?;
        Ok(ParquetFile { writer, beside, target })
    }

    /// Adds rows.
    pub(crate) fn write(&mut self, rows: &RecordBatch) -> Result<()> {
        if rows.num_rows() == 0 {
            return Ok(());
        }
        self.writer.write(rows).with_context(|| cannot(&self.beside))?;
        if self.writer.in_progress_size() >= GROUP_BYTES {
            self.writer.flush().with_context(|| cannot(&self.beside))?;
        }
        Ok(())
    }

    /// Puts the whole file in its place.
    pub(crate) fn finish(self) -> Result<()> {
        let file = self.writer.into_inner().with_context(|| cannot(&self.beside))?;
        file.sync_all().with_context(|| cannot(&self.beside))?;
        fs::rename(&self.beside, &self.target).with_context(|| cannot(&self.target))
    }
}

fn properties(schema: &Schema) -> WriterProperties {
    let mut pairs: Vec<(&String, &String)> = schema.metadata().iter().collect();
    pairs.sort();
    let pairs = pairs.into_iter().map(|(key, value)| KeyValue::new(key.clone(), value.clone())).collect();
    WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(concat!("saywho ", env!("CARGO_PKG_VERSION")).into())
        .set_key_value_metadata(Some(pairs))
        .build()
}

/// The rows of a file that was written here, and of them only these columns.
pub(crate) fn columns(folder: &Path, number: u64, names: &[&str]) -> Result<ParquetRecordBatchReader> {
    let path = folder.join(part_name(number));
    let cannot = || format!("{} cannot be read", path.display());
    let file = File::open(&path).with_context(cannot)?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).with_context(cannot)?;
    let fields = builder.schema().fields().iter().enumerate();
    let wanted = fields.filter(|(_, field)| names.contains(&field.name().as_str())).map(|(index, _)| index);
    let mask = ProjectionMask::roots(builder.parquet_schema(), wanted);
    builder.with_projection(mask).with_batch_size(1024).build().with_context(cannot)
}

/// "part-00007.parquet"
fn part_name(number: u64) -> String {
    format!("part-{number:05}.parquet")
}

/// Removes from a table's folder what a run left that was cut off: files under way, and those from `parts` on.
pub(crate) fn tidy(folder: &Path, parts: u64) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry.with_context(|| cannot(folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let number = name.strip_prefix("part-").and_then(|rest| rest.strip_suffix(".parquet")?.parse::<u64>().ok());
        if name.starts_with(UNFINISHED) || number.is_some_and(|number| number >= parts) {
            fs::remove_file(&path).with_context(|| cannot(&path))?;
        }
    }
    Ok(())
}

pub(crate) fn cannot(path: &Path) -> String {
    format!("{} cannot be written", path.display())
}
