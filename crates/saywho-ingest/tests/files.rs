//! Files and folders as they lie on a disk.

use std::fs;
use std::path::Path;

use saywho::Document;
use saywho_ingest::{
    IngestError, Limits, Options, Reason, documents_in, documents_in_file, documents_in_stream, files_under,
};

/// The one document or error of these bytes.
fn one(bytes: &[u8], source: &str) -> Result<Document, IngestError> {
    let mut all = documents_in(bytes, Some(source), &Options::default());
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn reason(bytes: &[u8]) -> Reason {
    one(bytes, "note.txt").expect_err("no document").reason
}

#[test]
fn plain_text_comes_through_letter_by_letter() {
    let text = "\n  “We agree,” said Ilse Maren.\r\n\t— Née  \r";
    let document = one(text.as_bytes(), "a/note.txt").expect("text");
    assert_eq!(document.text, text);
    assert_eq!(document.id, "note");
    assert_eq!(document.source.as_deref(), Some("a/note.txt"));
}

#[test]
fn each_kind_of_unusable_input_has_its_reason() {
    assert!(matches!(reason(b""), Reason::Empty));
    assert!(matches!(reason(b"\xef\xbb\xbf \n"), Reason::Empty));
    assert!(matches!(reason(b"Maren\0Vasca"), Reason::Binary { .. }));
    assert!(matches!(reason(b"GIF89a..."), Reason::Binary { .. }));
    assert!(matches!(reason(b"<html><body></body></html>"), Reason::NoMainText));
    assert!(matches!(reason("<div>".repeat(100_000).as_bytes()), Reason::TooDeep));
    assert!(matches!(reason(b"%PDF-1.4"), Reason::NoChild), "this program never asked for one");
}

#[test]
fn an_error_names_the_file_and_tells_what_to_do() {
    let error = one(b"\xff\xd8\xff\xe0", "statement.txt").expect_err("no text");
    assert_eq!(error.to_string(), "statement.txt: is a picture, not text");
    assert!(error.hint().contains("--text"));
    let missing = documents_in_file(Path::new("no-such-file.txt"), &Options::default()).remove(0).expect_err("no file");
    assert!(missing.to_string().starts_with("no-such-file.txt: cannot be read"));
}

#[test]
fn the_limit_counts_bytes_of_files_and_streams() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("long.txt");
    fs::write(&path, "twelve bytes").expect("written");
    let most =
        |document_bytes| Options { limits: Limits { document_bytes, ..Limits::default() }, ..Options::default() };
    let error = documents_in_file(&path, &most(11)).remove(0).expect_err("too large");
    assert!(matches!(error.reason, Reason::TooLarge { limit: 11 }));
    assert!(documents_in_file(&path, &most(12)).remove(0).is_ok());
    assert!(documents_in_stream(&b"twelve bytes"[..], "stdin", &most(11)).remove(0).is_err());
}

#[test]
fn a_stream_is_known_by_its_name() {
    let document = documents_in_stream(&b"Maren agreed."[..], "stdin", &Options::default()).remove(0).expect("text");
    assert_eq!((document.id.as_str(), document.source.as_deref()), ("stdin", None));
    let error = documents_in_stream(&b""[..], "stdin", &Options::default()).remove(0).expect_err("nothing");
    assert_eq!(error.to_string(), "stdin: holds no text");
}

#[test]
fn a_folder_is_walked_in_order_without_hidden_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("m/.git")).expect("made");
    for name in ["z.txt", "a.HTML", "m/b", "m/.git/x.txt", ".hidden.txt"] {
        fs::write(at(name), "words").expect("written");
    }
    let files: Vec<_> = files_under(folder.path()).into_iter().map(|file| file.expect("a file")).collect();
    assert_eq!(files, [at("a.HTML"), at("m/b"), at("z.txt")], "whatever their endings");
    let named: Vec<_> = files_under(&at(".hidden.txt")).into_iter().map(|file| file.expect("a file")).collect();
    assert_eq!(named, [at(".hidden.txt")], "a file that is named is taken");
    let found = files_under(Path::new("https://hale.example/ban"));
    assert!(matches!(&found[..], [Err(error)] if matches!(error.reason, Reason::Address)));
}

#[test]
fn a_folder_without_texts_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let found = files_under(folder.path());
    assert!(matches!(&found[..], [Err(error)] if matches!(error.reason, Reason::NothingInFolder)));
}
