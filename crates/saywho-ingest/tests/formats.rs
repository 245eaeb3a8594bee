//! Every format as users bring it: an invented example of each, written here, and what is read from it.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use saywho::Document;
use saywho_ingest::{Format, IngestError, Limits, Options, Reason, documents_in, documents_in_file, pieces_in_bytes};
use zip::write::SimpleFileOptions;

const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><title>Norrland asks for talks</title></head><body>
<article><h1>Norrland asks for talks</h1><p>Foreign minister Ilse Maren said on Friday that the ban on fishing in
the Strait of Hale has to go, and that she would call her colleague Teo Vasca of Sudovia within the week.</p>
<p>Vasca told Radio North that he was surprised, and that nobody in Brel had asked him for a call.</p></article></body></html>"#;

fn read(bytes: &[u8], source: &str) -> Vec<Result<Document, IngestError>> {
    documents_in(bytes, Some(source), &Options::default())
}

/// The documents, where there must be no error.
fn all(bytes: &[u8], source: &str) -> Vec<Document> {
    read(bytes, source).into_iter().map(|document| document.expect("a document")).collect()
}

fn texts(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(|document| document.text.as_str()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("begun");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).expect("added");
    }
    builder.into_inner().expect("finished")
}

fn record(kind: &str, address: &str, block: &str) -> String {
    let head =
        format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Type: application/http\r\n");
    format!("{head}Content-Length: {}\r\n\r\n{block}\r\n\r\n", block.len())
}

fn response(address: &str, page: &str) -> String {
    record("response", address, &format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}"))
}

fn crawl() -> [String; 4] {
    [
        record("warcinfo", "", "software: a crawler"),
        response("https://harbour.example/news/talks.html", PAGE),
        record("request", "https://harbour.example/news/talks.html", "GET / HTTP/1.1\r\n\r\n"),
        response("https://radio.example/", &PAGE.replace("Norrland asks", "Sudovia asks")),
    ]
}

#[test]
fn a_web_archive_gives_its_pages_with_their_addresses_and_places() {
    let records = crawl();
    let documents = all(records.concat().as_bytes(), "crawl.warc");
    let ids: Vec<&str> = documents.iter().map(|document| document.id.as_str()).collect();
    assert_eq!(ids, ["talks", "radio.example"]);
    assert_eq!(documents[0].source.as_deref(), Some("https://harbour.example/news/talks.html"));
    assert_eq!(documents[0].publisher.as_deref(), Some("harbour.example"));
    assert_eq!(documents[0].title.as_deref(), Some("Norrland asks for talks"));
    let offset = |n: usize| documents[n].origin.as_ref().and_then(|origin| origin.offset);
    assert_eq!((offset(0), offset(1)), (Some(records[0].len() as u64), Some(records[..3].concat().len() as u64)));
}

#[test]
fn a_packed_web_archive_is_read_on_from_any_record() {
    for pack in [gzip, zstd] {
        let packed: Vec<Vec<u8>> = crawl().iter().map(|record| pack(record.as_bytes())).collect();
        let bytes = packed.concat();
        let documents = all(&bytes, "crawl.warc.gz");
        let from = documents[1].origin.as_ref().and_then(|origin| origin.offset).expect("an offset");
        assert_eq!(from, packed[..3].concat().len() as u64);
        let options = Options { from, ..Options::default() };
        let rest: Vec<Document> =
            documents_in(&bytes, Some("crawl.warc.gz"), &options).into_iter().map(|d| d.expect("a document")).collect();
        assert_eq!(rest, documents[1..]);
    }
}

#[test]
fn an_archive_packed_with_a_dictionary_is_read_on_from_any_record() {
    let bytes = include_bytes!("data/dictionary.warc.zst");
    let documents = all(bytes, "crawl.warc.zst");
    let ids: Vec<&str> = documents.iter().map(|document| document.id.as_str()).collect();
    assert_eq!(ids, ["ports", "grain", "fishing"]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("crawl.warc.zst");
    std::fs::write(&path, bytes).expect("written");
    for (i, document) in documents.iter().enumerate() {
        let from = document.origin.as_ref().and_then(|origin| origin.offset).expect("an offset");
        let options = Options { from, ..Options::default() };
        let rest = |found: Vec<Result<Document, IngestError>>| -> Vec<(String, Option<u64>)> {
            let found = found.into_iter().map(|d| d.expect("a document"));
            found.map(|d| (d.text, d.origin.and_then(|origin| origin.offset))).collect()
        };
        let expected = rest(documents[i..].iter().cloned().map(Ok).collect());
        assert_eq!(rest(documents_in(bytes, Some("crawl.warc.zst"), &options)), expected);
        assert_eq!(rest(documents_in_file(&path, &options)), expected);
    }
}

#[test]
fn behind_a_damaged_record_the_good_ones_are_read() {
    let mut records = crawl();
    records[1] = records[1].replacen("Content-Length: ", "Content-Length: 9x", 1);
    let found = read(records.concat().as_bytes(), "crawl.warc");
    let error = found[0].as_ref().expect_err("damage").to_string();
    assert!(error.starts_with("crawl.warc, byte ") && error.contains("a record's length is \"9x"), "{error}");
    assert_eq!(found.last().expect("a document").as_ref().expect("a page").id, "radio.example");
    assert_eq!(found.len(), 2);
    let cut = records[3].as_bytes();
    let found = read(&cut[..cut.len() - 100], "crawl.warc");
    assert!(matches!(&found[..], [Err(IngestError { reason: Reason::Truncated { .. }, .. })]));
}

#[test]
fn an_old_web_archive_gives_its_pages() {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}");
    let head = "filedesc://crawl.arc 127.0.0.1 20210304000000 text/plain 5\n1 0 x\n\n";
    let arc =
        format!("{head}http://harbour.example/a b.html 127.0.0.1 20210304100000 text/html {}\n{http}\n", http.len());
    let documents = all(arc.as_bytes(), "crawl.arc");
    assert_eq!(documents[0].source.as_deref(), Some("http://harbour.example/a b.html"));
    assert_eq!(documents.len(), 1);
}

#[test]
fn rows_are_documents_with_what_their_columns_tell() {
    let rows = "{\"id\": \"n/1\", \"text\": \"Maren agreed.\", \"title\": \"Yes\", \"date\": \"2021-03-04\", \"url\": \"https://a.example/x\"}\n\
                not json\n\n{\"text\": \"Vasca did not.\", \"author\": [\"Ada Lind\"]}";
    let found = read(rows.as_bytes(), "news.jsonl");
    let first = found[0].as_ref().expect("a row");
    assert_eq!((first.id.as_str(), first.text.as_str(), first.title.as_deref()), ("n_1", "Maren agreed.", Some("Yes")));
    assert_eq!(
        (first.published.as_deref(), first.source.as_deref()),
        (Some("2021-03-04"), Some("https://a.example/x"))
    );
    let error = found[1].as_ref().expect_err("no row").to_string();
    assert!(error.starts_with("news.jsonl, byte ") && error.contains("is damaged"), "{error}");
    let last = found[2].as_ref().expect("a row");
    let at = rows.find("{\"text\": \"V").expect("there") as u64;
    assert_eq!((last.id.clone(), last.authors.clone()), (format!("news-{at}"), vec!["Ada Lind".to_owned()]));
    assert_eq!(last.origin.as_ref().and_then(|origin| origin.offset), Some(at));
}

#[test]
fn columns_can_be_named_and_wrong_ones_are_told() {
    let rows = "{\"story\": {\"body\": \"Maren agreed.\"}}\n".repeat(3);
    let options = Options { columns: "text=story.body".parse().expect("columns"), ..Options::default() };
    assert_eq!(documents_in(rows.as_bytes(), None, &options).len(), 3);
    let found = read(rows.as_bytes(), "news.jsonl");
    let error = found[0].as_ref().expect_err("no column");
    assert!(error.to_string().contains("it has story"), "{error}");
    assert_eq!(found.len(), 1, "it is told once");
}

#[test]
fn one_json_document_is_a_row_or_rows() {
    assert_eq!(texts(&all(b"{\n  \"text\": \"Maren agreed.\"\n}\n", "a.json")), ["Maren agreed."]);
    assert_eq!(texts(&all(b"[{\"text\": \"One.\"}, {\"text\": \"Two.\"}]", "a.json")), ["One.", "Two."]);
}

#[test]
fn a_row_may_hold_a_page() {
    let row = serde_json::json!({ "html": PAGE }).to_string();
    assert!(all(row.as_bytes(), "a.jsonl")[0].text.contains("Vasca told Radio North"));
}

#[test]
fn feeds_give_their_entries() {
    let rss = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Harbour Post</title>\
        <item><title>The ban stays</title><link>https://harbour.example/ban</link>\
        <pubDate>Thu, 04 Mar 2021 10:00:00 GMT</pubDate>\
        <description>&lt;p&gt;Teo Vasca said &lt;b&gt;no&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;Maren left.&lt;/p&gt;</description></item>\
        <item><title>Empty</title></item></channel></rss>";
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Radio North</title><id>x</id><updated>2021-03-04T10:00:00Z</updated>\
        <entry><title>Yes</title><id>y</id><updated>2021-03-04T10:00:00Z</updated><author><name>Ada Lind</name></author>\
        <content type=\"text\">Ilse Maren agreed.</content></entry></feed>";
    let documents = all(rss.as_bytes(), "feed.xml");
    assert_eq!(texts(&documents), ["Teo Vasca said no.\n\nMaren left."]);
    let item = &documents[0];
    assert_eq!((item.title.as_deref(), item.publisher.as_deref()), (Some("The ban stays"), Some("Harbour Post")));
    assert_eq!(item.published.as_deref().map(|day| &day[..10]), Some("2021-03-04"));
    assert_eq!(item.source.as_deref(), Some("https://harbour.example/ban"));
    let documents = all(atom.as_bytes(), "feed.xml");
    assert_eq!(texts(&documents), ["Ilse Maren agreed."]);
    assert_eq!(documents[0].authors, ["Ada Lind"]);
}

#[test]
fn archives_give_their_texts_in_order_each_with_its_place() {
    let files: [(&str, &[u8]); 4] = [
        ("b/ban.txt", b"Maren agreed."),
        ("picture.png", b"\x89PNG"),
        ("a.jsonl", b"{\"text\": \"Vasca did not.\"}"),
        ("c.txt.gz", &gzip(b"They met.")),
    ];
    for (bytes, name) in [(zip(&files), "news.zip"), (tar(&files), "news.tar"), (gzip(&tar(&files)), "news.tgz")] {
        let (documents, errors): (Vec<_>, Vec<_>) = read(&bytes, name).into_iter().partition(Result::is_ok);
        let documents: Vec<Document> = documents.into_iter().filter_map(Result::ok).collect();
        let errors: Vec<String> = errors.into_iter().filter_map(Result::err).map(|error| error.to_string()).collect();
        assert_eq!(errors, [format!("{name}: picture.png: is a picture, not text")]);
        assert_eq!(texts(&documents), ["Maren agreed.", "Vasca did not.", "They met."], "{name}");
        assert_eq!(documents[0].id, "ban");
        assert_eq!(documents[0].source, Some(format!("{name}/b/ban.txt")));
        assert_eq!(documents[0].origin.as_ref().map(|origin| origin.file.as_str()), Some(name));
    }
}

#[test]
fn long_names_in_archives_are_whole() {
    let name = format!("{}/ban.txt", "deep/".repeat(40));
    assert_eq!(all(&tar(&[(&name, b"Maren agreed.")]), "news.tar")[0].source, Some(format!("news.tar/{name}")));
}

#[test]
fn an_office_file_that_is_no_text_is_told_as_one() {
    let bytes = zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<w/>")]);
    let error = read(&bytes, "note.xlsx").remove(0).expect_err("no text");
    assert_eq!(error.to_string(), "note.xlsx: is an office file other than a text, or an e-book, not text");
    assert!(error.hint().contains("save it as text"));
}

#[test]
fn archives_without_a_text_are_told() {
    let found = read(&zip(&[(".picture", b"\x89PNG")]), "news.zip");
    assert!(matches!(&found[..], [Err(IngestError { reason: Reason::NothingInside { .. }, .. })]));
}

const MESSAGE: &str = "From: Norrland Foreign Ministry <press@norrland.example>\r\nSubject: =?utf-8?q?Call_with_Sudovia_=E2=80=93_readout?=\r\n\
    Date: Thu, 4 Mar 2021 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n\
    --x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nIlse Maren =E2=80=9Cagreed=E2=80=\r\n=9D.\r\n\
    --x\r\nContent-Type: text/html\r\n\r\n<p>Ilse Maren agreed.</p>\r\n--x--\r\n";

#[test]
fn a_message_gives_its_text_with_sender_and_date() {
    let documents = all(MESSAGE.as_bytes(), "call.eml");
    assert_eq!(texts(&documents), ["Ilse Maren “agreed”."]);
    assert_eq!(documents[0].title.as_deref(), Some("Call with Sudovia – readout"));
    assert_eq!(documents[0].authors, ["Norrland Foreign Ministry"]);
    assert_eq!(documents[0].publisher, None);
    assert_eq!(documents[0].published.as_deref(), Some("2021-03-04T10:00:00Z"));
}

#[test]
fn the_page_of_a_message_is_read_where_its_plain_text_is_empty() {
    let empty = MESSAGE.replace("Ilse Maren =E2=80=9Cagreed=E2=80=\r\n=9D.", "");
    assert_eq!(texts(&all(empty.as_bytes(), "call.eml")), ["Ilse Maren agreed."]);
}

#[test]
fn a_message_is_a_whole_input_unless_something_is_attached_to_it() {
    let with_file = "From: press@norrland.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\
        --x\r\nContent-Type: text/plain\r\n\r\nThe list is attached.\r\n\
        --x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=list.txt\r\n\r\n\
        Ilse Maren agreed.\r\n--x--\r\n";
    let alone = |message: &str| {
        let mut found = Vec::new();
        let _ = pieces_in_bytes(message.as_bytes(), Some("call.eml"), &Options::default(), &mut |piece| {
            found.push(piece.expect("a piece").is_alone());
            std::ops::ControlFlow::Continue(())
        });
        found
    };
    assert_eq!(alone(MESSAGE), [true]);
    assert_eq!(alone(with_file), [false, false]);
}

#[test]
fn a_mailbox_gives_its_messages() {
    let from = "From press@norrland.example Thu Mar  4 10:00:00 2021\n";
    let second = "Subject: Two\nMessage-ID: <2@x>\n\n>From Brel: Vasca did not.\n";
    let mailbox = format!("{from}{}\n{from}{second}", MESSAGE.replace("\r\n", "\n"));
    let documents = all(mailbox.as_bytes(), "press.mbox");
    assert_eq!(texts(&documents), ["Ilse Maren “agreed”.", "From Brel: Vasca did not."]);
    assert_eq!(documents[1].id, "press-2");
}

#[test]
fn a_damaged_entry_of_a_feed_loses_no_other() {
    let item = |number: usize, title: &str| {
        format!("<item><title>{title}</title><description>Ilse Maren agreed, time {number}.</description></item>\n")
    };
    let feed = |entry: &str, end: &str| {
        let items: Vec<String> = (1..=50).map(|n| if n == 40 { entry.to_owned() } else { item(n, "News") }).collect();
        format!("<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Post</title>{}{end}", items.concat())
            .into_bytes()
    };
    let end = "</channel></rss>\n";
    for mended in ["Fish & chips", "\u{1}Fish", "R&D; &nbsp;"] {
        assert_eq!(all(&feed(&item(40, mended), end), "feed.xml").len(), 50, "{mended}");
    }
    let mut bad_byte = feed(&item(40, "Fi_h"), end);
    let at = bad_byte.windows(4).position(|bytes| bytes == b"Fi_h").expect("the title");
    bad_byte[at + 2] = 0xff;
    assert_eq!(all(&bad_byte, "feed.xml").len(), 50);

    let damaged = feed("<item><title>Fish</titel></item>", end);
    let found = read(&damaged, "feed.xml");
    assert_eq!(found.iter().filter(|found| found.is_ok()).count(), 49);
    let error = found[39].as_ref().expect_err("the damaged entry");
    let byte = damaged.windows(11).position(|bytes| bytes == b"<title>Fish").expect("the entry") - "<item>".len();
    assert!(
        error.to_string().starts_with(&format!("feed.xml, entry 40: is damaged: it begins at byte {byte}: ")),
        "{error}"
    );
    let last = found[49].as_ref().expect("the last entry");
    assert_eq!((last.text.as_str(), last.publisher.as_deref()), ("Ilse Maren agreed, time 50.", Some("Post")));

    let cut = read(&feed(&item(40, "News"), ""), "feed.xml");
    assert_eq!(cut.iter().filter(|found| found.is_ok()).count(), 50);
    assert!(matches!(cut[50].as_ref().expect_err("the end").reason, Reason::Truncated { .. }));
}

#[test]
fn a_feed_that_cannot_be_read_says_that_nothing_was() {
    let error = read(b"<rss version='2.0'><channel><title>Post</titel></channel></rss>", "feed.xml")
        .remove(0)
        .expect_err("nothing");
    assert!(matches!(error.reason, Reason::Broken { .. }), "{error}");
    assert!(error.hint().starts_with("nothing of it was read"), "{}", error.hint());
}

#[test]
fn what_a_feed_declares_before_it_is_no_text_and_does_not_grow() {
    let entities: String =
        (1..30).map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10))).collect();
    let feed = format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE rss [<!ENTITY e0 \"ten\">{entities}]>\n<rss version=\"2.0\"><channel><title>P</title>\
         <item><title>T</title><description>Ilse Maren agreed &e29;.</description></item></channel></rss>"
    );
    let documents = all(feed.as_bytes(), "feed.xml");
    assert_eq!(texts(&documents), ["Ilse Maren agreed &e29;."]);
}

#[test]
fn archives_in_archives_are_bounded_in_all() {
    let limits = Limits { ratio: 2, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    // Each of the inner ones stays below what a single one may give.
    let inner = gzip(&vec![b' '; 40 << 20]);
    let names: Vec<String> = (0..9).map(|n| format!("{n}.txt.gz")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &inner[..])).collect();
    let found = documents_in(&zip(&entries), Some("news.zip"), &options);
    assert!(found.len() < 5, "{} parts", found.len());
    assert!(found.iter().any(|found| matches!(found, Err(error) if matches!(error.reason, Reason::Bomb { ratio: 2 }))));

    let few = Options { limits: Limits { entries: 3, ..Limits::default() }, ..Options::default() };
    let two = zip(&[("a.txt", b"One."), ("b.txt", b"Two.")]);
    let found = documents_in(&zip(&[("a.zip", &two), ("b.zip", &two)]), Some("news.zip"), &few);
    let last = found.last().and_then(|found| found.as_ref().err()).expect("too many");
    assert!(matches!(last.reason, Reason::TooManyEntries { most: 3 }), "{last}");
}

#[test]
fn text_and_encoding_can_be_forced() {
    let words = "“We agree,” said Ilse Maren.";
    let utf16: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let error = read(&utf16, "note.txt").remove(0).expect_err("binary");
    assert!(error.hint().contains("--text") && error.hint().contains("--encoding"), "{}", error.hint());
    let encoding = Options { encoding: Some("UTF-16LE".parse().expect("an encoding")), ..Options::default() };
    assert_eq!(documents_in(&utf16, None, &encoding).remove(0).expect("text").text, words);
    let text = Options { text: true, ..Options::default() };
    let picture = b"GIF89a \0 Ilse Maren agreed.";
    assert_eq!(documents_in(picture, None, &text).remove(0).expect("text").text, "GIF89a \0 Ilse Maren agreed.");
    assert!("utf-12".parse::<saywho_ingest::Encoding>().expect_err("none").contains("utf-16le"));
}

#[test]
fn a_forced_format_goes_before_the_content() {
    let options = Options { format: Some(Format::Text), ..Options::default() };
    let found = documents_in(PAGE.as_bytes(), None, &options).remove(0).expect("text");
    assert_eq!(found.text, PAGE);
}

#[test]
fn only_what_can_be_read_from_the_middle_is() {
    let options = Options { from: 3, ..Options::default() };
    let error = documents_in(b"Maren agreed.", None, &options).remove(0).expect_err("no way");
    assert!(matches!(error.reason, Reason::NotResumable));
}

#[test]
fn bombs_and_towers_of_archives_are_stopped() {
    let bomb = zip(&[("zeros.txt", &vec![b'0'; 100 << 20])]);
    let found = read(&bomb, "bomb.zip");
    assert!(
        found.iter().any(|d| matches!(d, Err(e) if matches!(e.reason, Reason::TooLarge { .. } | Reason::Bomb { .. })))
    );
    assert!(found.iter().all(Result::is_err));
    let mut tower = b"Maren agreed.".to_vec();
    for _ in 0..4 {
        tower = zip(&[("inner.zip", &tower[..]), ("x.txt", b"Yes.")]);
    }
    assert_eq!(all(&tower, "tower.zip").len(), 5, "four layers may lie inside each other");
    let error = read(&zip(&[("inner.zip", &tower)]), "tower.zip").into_iter().find_map(Result::err).expect("too many");
    assert!(matches!(error.reason, Reason::TooManyLayers { depth: 4 }), "{error}");
}

#[test]
fn a_long_line_costs_its_row_and_no_memory() {
    let limits = Limits { document_bytes: 1000, ..Limits::default() };
    let rows = format!("{{\"text\": \"One.\"}}\n{{\"text\": \"{}\"}}\n{{\"text\": \"Three.\"}}\n", "x".repeat(5000));
    let found = documents_in(rows.as_bytes(), None, &Options { limits, ..Options::default() });
    assert!(matches!(&found[1], Err(e) if matches!(e.reason, Reason::TooLarge { limit: 1000 })));
    assert_eq!(found.iter().flatten().count(), 2);
}

#[test]
fn cut_archives_give_what_stands_before_the_cut() {
    let files: [(&str, &[u8]); 2] = [("a.txt", b"Maren agreed."), ("b.txt", &b"Vasca did not. ".repeat(100))];
    let tar = tar(&files);
    let found = read(&tar[..1800], "news.tar");
    assert_eq!(found[0].as_ref().expect("whole").text, "Maren agreed.");
    assert!(matches!(&found[1], Err(e) if matches!(e.reason, Reason::Truncated { .. })), "{:?}", found[1]);
    let found = read(&zip(&files)[..60], "news.zip");
    assert!(matches!(&found[..], [Err(e)] if matches!(e.reason, Reason::Broken { .. })), "{found:?}");
}

#[test]
fn a_row_that_is_no_object_is_named_and_the_others_are_read_wherever_it_stands() {
    for rows in ["null\n[]\n{\"text\": \"Maren agreed.\"}\n", "[null, \"a\", {\"text\": \"Maren agreed.\"}]"] {
        let found = read(rows.as_bytes(), "rows");
        let wrong = found.iter().filter(|one| matches!(one, Err(e) if matches!(e.reason, Reason::Damaged { .. })));
        assert_eq!((found.len(), wrong.count()), (3, 2), "{rows}");
        assert_eq!(found[2].as_ref().expect("a document").text, "Maren agreed.");
    }
}

#[test]
fn a_row_longer_than_the_header_is_named_and_not_cut() {
    let found =
        read(b"id,text\n1,Maren agreed.\n2,Vasca agreed, but Maren said no.\n3,\"Yes, said Maren.\",,\n", "t.csv");
    assert!(matches!(&found[1], Err(e) if matches!(e.reason, Reason::Damaged { .. })), "{found:?}");
    let texts: Vec<&str> = found.iter().flatten().map(|document| document.text.as_str()).collect();
    assert_eq!(texts, ["Maren agreed.", "Yes, said Maren."]);
}
