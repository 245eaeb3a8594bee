//! Parquet files: rows by the names of their columns.
#![cfg(feature = "parquet")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::{ArrayRef, Date32Array, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use saywho::Document;
use saywho_ingest::{IngestError, Options, Reason, documents_in, documents_in_file};

const SAID: &str = "“We agree to lift the ban,” said Ilse Maren.";

fn table(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    let columns = columns.into_iter().map(|(name, column)| (name, column, true));
    RecordBatch::try_from_iter_with_nullable(columns).expect("a table")
}

/// A table of so many rows, the last of which has no text.
fn news(rows: i64) -> RecordBatch {
    let texts: StringArray = (0..rows).map(|n| (n + 1 < rows).then(|| format!("{SAID} {n}"))).collect();
    table(vec![
        ("uuid", Arc::new(Int64Array::from_iter_values(0..rows)) as ArrayRef),
        ("body", Arc::new(texts)),
        ("date", Arc::new(Date32Array::from(vec![22_400; rows as usize]))),
        ("unused", Arc::new(StringArray::from(vec!["x"; rows as usize]))),
    ])
}

fn write(path: &Path, table: &RecordBatch, group: usize, compression: Compression) -> PathBuf {
    let properties =
        WriterProperties::builder().set_compression(compression).set_max_row_group_row_count(Some(group)).build();
    let file = fs::File::create(path).expect("a file");
    let mut writer = ArrowWriter::try_new(file, table.schema(), Some(properties)).expect("a writer");
    writer.write(table).expect("written");
    writer.close().expect("written");
    path.to_owned()
}

fn read(path: &Path) -> Vec<Result<Document, IngestError>> {
    documents_in_file(path, &Options::default())
}

#[test]
fn rows_are_documents_whatever_their_compression_and_row_groups() {
    let folder = tempfile::tempdir().expect("a folder");
    for (group, compression) in [
        (1000, Compression::UNCOMPRESSED),
        (7, Compression::SNAPPY),
        (64, Compression::ZSTD(ZstdLevel::default())),
        (3, Compression::LZ4_RAW),
    ] {
        let path = write(&folder.path().join("news.parquet"), &news(100), group, compression);
        let mut documents = read(&path);
        assert_eq!(documents.len(), 100);
        let last = documents.pop().expect("a row").expect_err("no text");
        assert_eq!(last.to_string(), format!("{}, row 100: holds no text", path.display()));
        for (n, document) in documents.into_iter().enumerate() {
            let document = document.expect("a document");
            assert_eq!((document.id, document.text), (n.to_string(), format!("{SAID} {n}")));
            assert_eq!(document.published.as_deref(), Some("2031-05-01"));
        }
    }
}

#[test]
fn a_row_without_an_id_gets_its_number() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = table(vec![("text", Arc::new(StringArray::from(vec![SAID; 3])) as ArrayRef)]);
    let documents = read(&write(&folder.path().join("news.parquet"), &rows, 2, Compression::SNAPPY));
    let ids: Vec<String> = documents.into_iter().map(|d| d.expect("a document").id).collect();
    assert_eq!(ids, ["news-1", "news-2", "news-3"]);
}

#[test]
fn a_file_without_a_column_of_text_names_the_columns_it_has() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = table(vec![("story", Arc::new(StringArray::from(vec![SAID])) as ArrayRef)]);
    let path = write(&folder.path().join("news.parquet"), &rows, 2, Compression::SNAPPY);
    let errors = read(&path);
    assert_eq!(errors.len(), 1);
    let error = errors[0].as_ref().expect_err("no column").to_string();
    assert!(error.contains("has no column text or body") && error.ends_with("it has story"), "{error}");
    let columns = "text=story".parse().expect("columns");
    let documents = documents_in_file(&path, &Options { columns, ..Options::default() });
    assert_eq!(documents.len(), 1);
    assert_eq!(documents[0].as_ref().expect("a document").text, SAID);
}

#[test]
fn a_file_that_is_cut_off_is_told_in_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(&folder.path().join("news.parquet"), &news(50), 10, Compression::SNAPPY);
    let whole = fs::read(&path).expect("bytes");
    for length in [5, whole.len() / 2, whole.len() - 1] {
        fs::write(&path, &whole[..length]).expect("written");
        let errors = read(&path);
        assert_eq!(errors.len(), 1, "{length} bytes");
        assert!(matches!(errors[0].as_ref().expect_err("cut").reason, Reason::NoFooter));
    }
}

#[test]
fn damage_in_one_row_group_does_not_spoil_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(&folder.path().join("news.parquet"), &news(41), 10, Compression::SNAPPY);
    let mut bytes = fs::read(&path).expect("bytes");
    let at = bytes.len() / 3;
    bytes[at..at + 200].fill(0xff);
    fs::write(&path, &bytes).expect("written");
    let documents = read(&path);
    assert!(documents.iter().any(Result::is_err));
    assert!(documents.iter().filter(|d| d.is_ok()).count() >= 20, "two groups or more are sound");
}

#[test]
fn a_file_in_memory_is_read_as_one_on_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(&folder.path().join("news.parquet"), &news(30), 8, Compression::SNAPPY);
    let bytes = fs::read(&path).expect("bytes");
    let from_memory = documents_in(&bytes, Some(&path.display().to_string()), &Options::default());
    let texts =
        |documents: Vec<Result<Document, IngestError>>| -> Vec<Document> { documents.into_iter().flatten().collect() };
    assert_eq!(texts(from_memory), texts(read(&path)));
}

#[test]
fn no_bytes_make_it_fail() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(&folder.path().join("news.parquet"), &news(20), 8, Compression::SNAPPY);
    let whole = fs::read(&path).expect("bytes");
    for at in (4..whole.len() - 4).step_by(7) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        for document in documents_in(&bytes, None, &Options::default()).into_iter().flatten() {
            assert!(!document.text.is_empty());
        }
    }
}
