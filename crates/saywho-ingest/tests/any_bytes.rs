//! Whatever the bytes are: no panic, no endless work, an answer or an error with a reason.

use proptest::prelude::*;
use saywho_ingest::{Format, Limits, Options, documents_in};

/// Beginnings that send bytes to each of the readers.
const STARTS: [&[u8]; 16] = [
    b"",
    b"<!DOCTYPE html><html><body><p>",
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: ",
    b"filedesc://x 127.0.0.1 20210304000000 text/plain 0\n\nhttp://a.example/ 127.0.0.1 20210304000000 text/html ",
    b"{\"text\": \"",
    b"[{\"text\": ",
    b"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><item><description>",
    b"<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content>",
    b"%PDF-1.4\n1 0 obj\n<< /Length 9 >>\nstream\n",
    b"PK\x03\x04\x14\x00\x00\x00\x08\x00",
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
    b"\x28\xb5\x2f\xfd\x04",
    b"From a@b.example Thu Mar  4 10:00:00 2021\nSubject: x\n\n",
    b"MIME-Version: 1.0\nFrom: a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n",
    b"---\ntitle: x\n---\n# ",
    b"\xff\xfe\x3c\x00",
];

/// Bytes as formats have them: letters, marks, and anything.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..200),
        "[ -~\r\n]{0,200}".prop_map(String::into_bytes),
        "(<[a-z]{1,5}>|</[a-z]{1,5}>|[0-9]{1,9}\r\n|\\PC){0,60}".prop_map(String::into_bytes),
    ];
    (proptest::sample::select(&STARTS[..]), proptest::collection::vec(part, 0..4))
        .prop_map(|(start, parts)| [start.to_vec(), parts.concat()].concat())
}

/// What must hold of any answer.
fn check(bytes: &[u8], options: &Options) {
    for found in documents_in(bytes, Some("any/input.bin"), options) {
        match found {
            Ok(document) => {
                assert!(!document.text.trim().is_empty());
                assert!(!document.id.is_empty() && !document.id.contains('/'));
            }
            Err(error) => assert!(!error.to_string().is_empty() && !error.hint().is_empty()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_documents_or_reasons(bytes in bytes()) {
        check(&bytes, &Options::default());
    }

    #[test]
    fn any_bytes_may_be_called_any_format(bytes in bytes(), format in proptest::sample::select(&Format::ALL[..])) {
        let limits = Limits { document_bytes: 300, ratio: 10, depth: 2, entries: 3, ..Limits::default() };
        check(&bytes, &Options { format: Some(format), limits, ..Options::default() });
    }

    #[test]
    fn plain_text_stays_letter_by_letter(text in "[a-zäöü .,“”\r\n\u{5d0}-\u{5ea}\u{1f600}-\u{1f64f}e\u{301}]{1,80}") {
        prop_assume!(!text.trim().is_empty());
        let options = Options { format: Some(Format::Text), ..Options::default() };
        let found = documents_in(text.as_bytes(), None, &options).remove(0).expect("text");
        prop_assert_eq!(found.text, text);
    }
}
