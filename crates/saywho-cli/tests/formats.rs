//! A folder with a file of every format, named without endings: all of it is read, or named with the reason why not.

mod common;
#[path = "common/samples.rs"]
mod samples;
mod served;

use std::collections::BTreeSet;

use common::{Folder, saywho, stdout};
use serde_json::Value;

/// A folder of all samples, a picture and, where there are such, a pipe.
fn folder() -> Folder {
    let folder = Folder::new();
    std::fs::create_dir(folder.at("in")).expect("made");
    for (name, bytes) in samples::all() {
        std::fs::write(folder.at("in").join(name), bytes).expect("written");
    }
    std::fs::write(folder.at("in/picture"), b"\x89PNG\r\n\x1a\n\0").expect("written");
    #[cfg(unix)]
    {
        let made = std::process::Command::new("mkfifo").arg(folder.at("in/pipe")).status();
        assert!(made.is_ok_and(|made| made.success()), "a pipe");
    }
    folder
}

/// What is said of what is not read.
fn assert_named(errors: &[u8]) {
    let errors = String::from_utf8_lossy(errors).into_owned();
    assert!(errors.contains("picture: is a picture, not text"), "{errors}");
    #[cfg(unix)]
    assert!(errors.contains("pipe: is a pipe, not a file, and was passed over"), "{errors}");
}

#[test]
fn read_takes_every_format_by_its_content() {
    let folder = folder();
    let output = saywho()
        .args(["read", "--model", "fast", "--format", "jsonl"])
        .arg(folder.at("in"))
        .assert()
        .code(1)
        .get_output()
        .clone();
    assert_named(&output.stderr);
    let mut files = BTreeSet::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let reading: Value = serde_json::from_str(line).expect("JSON");
        let source = reading["document"]["source"].as_str().unwrap_or_default();
        let file = reading["document"]["origin"]["file"].as_str().unwrap_or(source);
        let text = reading["document"]["text"].as_str().expect("a text");
        assert!(text.contains(samples::SAID), "{file}: {text}");
        files.insert(file.rsplit('/').next().unwrap_or_default().to_owned());
    }
    let want: BTreeSet<String> = samples::all().into_iter().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(files, want);
}

#[test]
fn add_and_bulk_take_the_same() {
    let folder = folder();
    let many = samples::all().len();
    let add = saywho()
        .args(["add", "--model", "fast", "--db"])
        .arg(folder.at("case.db"))
        .arg(folder.at("in"))
        .output()
        .expect("run");
    assert_named(&add.stderr);
    let told = String::from_utf8_lossy(&add.stdout).into_owned();
    assert!(told.starts_with(&format!("{many} added")), "{told}");
    let bulk = saywho()
        .args(["bulk", "--model", "fast"])
        .arg(folder.at("in"))
        .arg("--out")
        .arg(folder.at("out"))
        .output()
        .expect("run");
    let told = String::from_utf8_lossy(&bulk.stderr).into_owned() + &String::from_utf8_lossy(&bulk.stdout);
    assert!(told.contains(&format!("{many} documents")), "{told}");
}

#[test]
fn the_page_sends_every_format() {
    let folder = Folder::new();
    let server = served::Server::start(&folder.at("case.db"));
    let mut files = samples::all();
    files.push(("picture", b"\x89PNG\r\n\x1a\n\0".to_vec()));
    for (name, bytes) in files {
        let head = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let form = [head.as_bytes(), &bytes, b"\r\n--x--\r\n"].concat();
        let (status, answer) = server.send("multipart/form-data; boundary=x", &form).expect("an answer");
        match name {
            "picture" => assert!(answer.to_string().contains("is a picture, not text"), "{answer}"),
            _ => assert!(status == 200 && answer["documents"][0]["id"].is_i64(), "{name}: {status} {answer}"),
        }
    }
}

#[test]
fn an_address_is_answered_with_how_to_get_the_page() {
    for command in ["read", "compare"] {
        let output =
            saywho().args([command, "https://hale.example/ban", "https://hale.example/ban"]).output().expect("run");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(errors.contains("is an address") && errors.contains("curl -L"), "{errors}");
    }
}

/// The text of a file as the command reads it.
fn text(bytes: &[u8]) -> String {
    let folder = Folder::with(&[("sample", bytes)]);
    let read = stdout(
        saywho().args(["read", "--model", "fast", "--any-language", "--format", "json"]).arg(folder.at("sample")),
    );
    let reading: Value = serde_json::from_str(&read).expect("JSON");
    reading["document"]["text"].as_str().expect("a text").to_owned()
}

#[test]
fn word_processors_keep_headings_lists_tables_and_quotations() {
    let docx = "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:t>The ban</w:t></w:r></w:p>\
        <w:p><w:r><w:t xml:space=\"preserve\">It </w:t></w:r><w:del><w:r><w:delText>goes</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>stays &amp; stays</w:t><w:tab/><w:t>on.</w:t></w:r></w:ins></w:p>\
        <w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>One</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Brel</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>open</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:pPr><w:pStyle w:val=\"Quote\"/></w:pPr><w:r><w:t>We wait.</w:t></w:r></w:p>";
    assert_eq!(text(&samples::docx(docx)), "The ban\n\nIt stays & stays on.\n\nOne\n\nBrel open\n\nWe wait.");
    let odt = "<text:h>The ban</text:h><text:p>It <text:span>stays</text:span><text:note><text:p>No.</text:p></text:note> &amp;<text:s/>stays.</text:p>\
        <text:list><text:list-item><text:p>One</text:p></text:list-item></text:list>\
        <table:table><table:table-row><table:table-cell><text:p>Brel</text:p></table:table-cell><table:table-cell><text:p>open</text:p></table:table-cell></table:table-row></table:table>";
    assert_eq!(text(&samples::odt(odt)), "The ban\n\nIt stays & stays.\n\nOne\n\nBrel open");
}

#[test]
fn a_part_that_is_far_too_large_is_refused() {
    let words = " ".repeat(80 << 20);
    let folder = Folder::with(&[("bomb", &samples::docx(&words)[..])]);
    let output = saywho().arg("read").arg(folder.at("bomb")).assert().code(1).get_output().clone();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains("unpacks to more than 250 times its size"), "{errors}");
}

#[test]
fn what_is_attached_to_a_mail_is_read_behind_it() {
    let mail = samples::mail("The note is attached, said Bo Lund.", Some(("note.txt", samples::SAID)));
    let folder = Folder::with(&[("mail", mail.as_bytes())]);
    let read = stdout(saywho().args(["read", "--model", "fast", "--format", "jsonl"]).arg(folder.at("mail")));
    let texts: Vec<String> = read
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect("JSON")["document"]["text"].as_str().expect("a text").to_owned()
        })
        .collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts[0].contains("Bo Lund") && texts[1].contains("The ban stays"), "{texts:?}");
}

#[test]
fn tables_are_read_as_spreadsheets_write_them() {
    let rows = |table: &[u8]| {
        let folder = Folder::with(&[("table", table)]);
        let output = saywho()
            .args(["read", "--model", "fast", "--format", "jsonl"])
            .arg(folder.at("table"))
            .output()
            .expect("run");
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        let read = |line: &str| {
            let document = &serde_json::from_str::<Value>(line).expect("JSON")["document"];
            format!(
                "{}: {}",
                document["id"].as_str().unwrap_or_default(),
                document["text"].as_str().unwrap_or_default()
            )
        };
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        (lines.lines().map(read).collect::<Vec<_>>(), errors)
    };
    let (found, errors) = rows("id;Text\r\na;\"“No,” said\nRook.\"\r\nb;\r\nc;Rook said \"\"yes\"\".\r\n".as_bytes());
    assert_eq!(found, ["a: “No,” said\nRook.", "c: Rook said \"\"yes\"\"."]);
    assert!(errors.contains("row 2: has no text in its column text"), "{errors}");
    let wide: Vec<u8> =
        "\u{feff}title\ttext\nBan\t“No,” said Rook.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(rows(&wide).0, ["table-1: “No,” said Rook."]);
    assert_eq!(rows(b"title,text\nBan,\"\x93No,\x94 said Rook.\"\n").0, ["table-1: “No,” said Rook."]);
}
