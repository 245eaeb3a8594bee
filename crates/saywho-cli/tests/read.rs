//! `saywho read` as a user meets it. What the engine finds is tested elsewhere.

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use common::{Folder, saywho, stdout};
use serde_json::Value;

const NOTE: &str = "“We agree,” said Ilse Maren.\r\n  Teo Vasca – née Öst – did not. \n";
const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><title>Sudovia answers</title></head><body>
<nav><ul><li><a href="/">Front page</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Sudovia answers</h1><p>The ban stays until May, Teo Vasca said on Monday.</p>
<p>Norrland called the answer a disappointment and asked for another call.</p></article></body></html>"#;

fn object(json: &str) -> Value {
    serde_json::from_str(json).expect("JSON")
}

fn lines(jsonl: &str) -> Vec<Value> {
    jsonl.lines().map(object).collect()
}

fn ids(readings: &[Value]) -> Vec<&str> {
    readings.iter().filter_map(|reading| reading["document"]["id"].as_str()).collect()
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("listed");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn one_document_is_one_object_with_the_text_letter_by_letter() {
    let folder = Folder::with(&[("note.txt", NOTE.as_bytes())]);
    let path = folder.at("note.txt");
    let reading = object(&stdout(saywho().args(["read", "--format", "json"]).arg(&path)));
    assert_eq!(reading["schema"], "saywho/1");
    assert_eq!(reading["document"]["id"], "note");
    assert_eq!(reading["document"]["source"], path.to_str().expect("UTF-8"));
    assert_eq!(reading["document"]["text"], NOTE);
}

#[test]
fn a_document_that_takes_too_long_is_an_error_and_the_next_is_read() {
    let long = "“We agree,” said Ilse Maren, and Teo Vasca denied that the ban stays until May. ".repeat(11_000);
    let folder = Folder::with(&[("long.txt", long.as_bytes()), ("note.txt", NOTE.as_bytes())]);
    let read = |limit: &str| {
        let paths = ["long.txt", "note.txt"].map(|name| folder.at(name));
        saywho().args(["read", "--format", "jsonl", "--time-limit", limit]).args(paths).assert().get_output().clone()
    };
    let output = read("1");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(ids(&lines(&String::from_utf8_lossy(&output.stdout))), ["note"]);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(error.contains("long.txt") && error.contains("time limit") && error.contains("--time-limit"), "{error}");
}

#[test]
fn bad_files_are_named_with_their_reason_and_the_good_one_is_read() {
    let folder = Folder::with(&[("empty.txt", b""), ("good.txt", NOTE.as_bytes()), ("data.txt", b"\0\x01\x02\0")]);
    let paths = ["empty.txt", "missing.txt", "good.txt", "data.txt"].map(|name| folder.at(name));
    let output = saywho().args(["read", "--format", "jsonl"]).args(paths).assert().code(1).get_output().clone();
    assert_eq!(ids(&lines(&String::from_utf8_lossy(&output.stdout))), ["good"]);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    let errors: Vec<&str> = errors.lines().collect();
    assert_eq!(errors.len(), 3, "{errors:?}");
    let reasons = [("empty.txt", "holds no text"), ("missing.txt", "cannot be read"), ("data.txt", "binary data")];
    for (line, (name, reason)) in errors.into_iter().zip(reasons) {
        assert!(line.starts_with("error: ") && line.contains(name) && line.contains(reason), "{line}");
    }
}

#[test]
fn standard_input_is_read_with_and_without_a_dash() {
    for args in [&["read", "--format", "json"][..], &["read", "-", "--format", "json"]] {
        let reading = object(&stdout(saywho().args(args).write_stdin(NOTE)));
        assert_eq!(reading["document"]["id"], "stdin");
        assert_eq!(reading["document"]["source"], Value::Null);
        assert_eq!(reading["document"]["text"], NOTE);
    }
}

#[test]
fn empty_standard_input_is_an_error() {
    let output = saywho().arg("read").write_stdin("").assert().code(1).get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("stdin: holds no text"));
}

#[test]
fn folders_are_read_in_order_whatever_the_number_of_threads() {
    let names: Vec<String> = (0..60).map(|n| format!("d{}/n{n:02}.txt", n / 20)).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), NOTE.as_bytes())).collect();
    let folder = Folder::with(&files);
    let read = |jobs| stdout(saywho().args(["read", "--format", "jsonl", "--jobs", jobs]).arg(folder.at("")));
    let one = read("1");
    let wanted: Vec<String> = (0..60).map(|n| format!("n{n:02}")).collect();
    assert_eq!(ids(&lines(&one)), wanted);
    assert_eq!(one, read("4"));
}

#[test]
fn the_same_name_twice_gives_two_ids() {
    let folder = Folder::with(&[("a/note.txt", b"One said so."), ("b/note.md", b"Two said so.")]);
    let readings = lines(&stdout(saywho().args(["read", "--format", "jsonl"]).arg(folder.at(""))));
    assert_eq!(ids(&readings), ["note", "note-2"]);
}

#[test]
fn several_documents_as_json_are_one_array() {
    let folder = Folder::with(&[("a.txt", b"One said so."), ("b.txt", b"Two said so.")]);
    for format in ["json", "annotations"] {
        let all = object(&stdout(saywho().args(["read", "--format", format]).arg(folder.at(""))));
        assert_eq!(all.as_array().map(Vec::len), Some(2), "{format}");
    }
}

#[test]
fn a_table_has_one_header_for_all_documents() {
    let folder = Folder::with(&[("a.txt", b"Nothing here."), ("b.txt", b"Nothing there.")]);
    let table = stdout(saywho().args(["read", "--format", "csv"]).arg(folder.at("")));
    assert_eq!(table.lines().filter(|line| line.starts_with("document,")).count(), 1);
}

#[test]
fn other_encodings_become_the_same_text() {
    let utf16: Vec<u8> = format!("\u{feff}{NOTE}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = "Frau Öst sagte, die Größe sei natürlich geprüft worden.".chars().map(|c| c as u8).collect();
    let folder = Folder::with(&[("latin.txt", &latin), ("utf16.txt", &utf16)]);
    let readings = lines(&stdout(saywho().args(["read", "--format", "jsonl"]).arg(folder.at(""))));
    assert_eq!(readings[0]["document"]["text"], "Frau Öst sagte, die Größe sei natürlich geprüft worden.");
    assert_eq!(readings[1]["document"]["text"], NOTE);
}

#[test]
fn a_page_is_read_without_its_menu_whatever_its_name() {
    let folder = Folder::with(&[("page.dat", PAGE.as_bytes())]);
    let reading = object(&stdout(saywho().args(["read", "--format", "json"]).arg(folder.at("page.dat"))));
    let text = reading["document"]["text"].as_str().expect("text");
    assert!(text.contains("The ban stays until May, Teo Vasca said on Monday.\n\nNorrland called"), "{text}");
    assert!(!text.contains("Front page") && !text.contains('<'), "{text}");
    assert_eq!(reading["document"]["title"], "Sudovia answers");
}

#[test]
fn each_document_gets_a_file_in_the_out_dir() {
    let folder = Folder::with(&[("in/a.txt", NOTE.as_bytes()), ("in/b.html", PAGE.as_bytes())]);
    for (format, ending) in [("json", "json"), ("html", "html"), ("csv", "csv"), ("annotations", "jsonld")] {
        let out = format!("out-{format}");
        let mut command = saywho();
        command.args(["read", "--format", format, "--out-dir"]).arg(folder.at(&out)).arg(folder.at("in"));
        assert_eq!(stdout(&mut command), "");
        assert_eq!(names(&folder.at(&out)), [format!("a.{ending}"), format!("b.{ending}")]);
    }
    let reading = object(&fs::read_to_string(folder.at("out-json/a.json")).expect("a file"));
    assert_eq!(reading["document"]["text"], NOTE);
}

#[test]
fn a_text_that_is_read_is_never_written_over() {
    let folder = Folder::with(&[("a.txt", NOTE.as_bytes())]);
    for to in [["--out-dir".into(), folder.at("")], ["--output".into(), folder.at("a.txt")]] {
        let output = saywho().arg("read").arg(folder.at("a.txt")).args(to).assert().code(1).get_output().clone();
        assert!(String::from_utf8_lossy(&output.stderr).contains("would be lost"));
        assert_eq!(fs::read_to_string(folder.at("a.txt")).expect("still there"), NOTE);
    }
}

#[test]
fn several_pages_need_an_out_dir() {
    let folder = Folder::with(&[("a.txt", b"One said so."), ("b.txt", b"Two said so.")]);
    let output = saywho().args(["read", "--format", "html"]).arg(folder.at("")).assert().code(2).get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("--out-dir"));
}

#[test]
fn an_output_file_is_written_whole_or_not_at_all() {
    let folder = Folder::with(&[("a.txt", NOTE.as_bytes()), ("empty.txt", b""), ("old.json", b"old")]);
    let read = |name: &str| {
        let mut command = saywho();
        command.args(["read", "--format", "json", "--output"]).arg(folder.at("old.json")).arg(folder.at(name));
        command
    };
    read("empty.txt").assert().code(1);
    assert_eq!(fs::read_to_string(folder.at("old.json")).expect("a file"), "old");
    assert_eq!(stdout(&mut read("a.txt")), "");
    assert_eq!(object(&fs::read_to_string(folder.at("old.json")).expect("a file"))["document"]["text"], NOTE);
    assert_eq!(names(&folder.at("")), ["a.txt", "empty.txt", "old.json"], "nothing is left beside it");
}

#[test]
fn a_file_above_the_limit_is_not_read() {
    let folder = Folder::with(&[("long.txt", &b"said ".repeat(300_000))]);
    let mut command = saywho();
    command.args(["read", "--max-size", "1"]).arg(folder.at("long.txt"));
    let output = command.assert().code(1).get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("long.txt: is larger than 1 MiB"));
}

#[test]
fn colours_are_for_terminals_or_when_asked_for() {
    let read = |args: &[&str]| {
        let output = saywho().arg("read").args(args).write_stdin("").assert().code(1).get_output().clone();
        output.stderr.contains(&0x1b)
    };
    assert!(!read(&[]));
    assert!(read(&["--color", "always"]));
    assert!(!read(&["--color", "never"]));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let names: Vec<String> = (0..200).map(|n| format!("n{n:03}.txt")).collect();
    let text = NOTE.repeat(500);
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), text.as_bytes())).collect();
    let folder = Folder::with(&files);
    let mut child = Command::new(env!("CARGO_BIN_EXE_saywho"))
        .args(["read", "--format", "jsonl"])
        .arg(folder.at(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    // One line is taken, then the pipe is closed long before all is written.
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut first).expect("a line");
    let output = child.wait_with_output().expect("ended");
    assert_eq!(object(&first)["document"]["id"], "n000");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_first_answer_does_not_wait_for_the_last_input() {
    let folder = Folder::with(&[("a.txt", NOTE.as_bytes())]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_saywho"))
        .args(["read", "--format", "jsonl"])
        .arg(folder.at("a.txt"))
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    let mut answers = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut first = String::new();
    answers.read_line(&mut first).expect("a line");
    assert_eq!(object(&first)["document"]["id"], "a");
    child.stdin.take().expect("a pipe").write_all(b"Late, she said.").expect("written");
    let mut second = String::new();
    answers.read_line(&mut second).expect("a line");
    assert_eq!(object(&second)["document"]["id"], "stdin");
    assert!(child.wait().expect("ended").success());
}

#[test]
fn own_knowledge_gives_identifiers() {
    let folder = Folder::with(&[
        ("note.txt", "Ilse Maren, the foreign minister of Norrland, said that Norrland agrees.".as_bytes()),
        ("mine.tsv", b"state\tNORR\t\tNorrland\t\tNorrish\t\t\t\tmine\t2026\nholder\tIlse Maren\t\t\tNORR\tforeign minister\t2024\t\tQ1\tmine\t2026\n"),
    ]);
    let json = stdout(
        saywho().args(["read", "--format", "json", "--knowledge"]).args([folder.at("mine.tsv"), folder.at("note.txt")]),
    );
    let reading = object(&json);
    let maren =
        reading["entities"].as_array().expect("entities").iter().find(|e| e["name"] == "Ilse Maren").expect("Maren");
    assert_eq!(maren["ids"]["wikidata"], "Q1");
    assert_eq!(maren["side"], "Norrland");
}

#[test]
fn knowledge_that_is_no_row_is_refused_with_its_line() {
    let folder = Folder::with(&[("mine.tsv", b"# mine\nstate\tNORR\n"), ("note.txt", b"A note.")]);
    let output =
        saywho().args(["read", "--knowledge"]).args([folder.at("mine.tsv"), folder.at("note.txt")]).assert().code(1);
    let error = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
    assert!(error.contains("mine.tsv") && error.contains("line 2") && error.contains("expected 10"), "{error}");
    let missing = saywho().args(["read", "--knowledge", "nowhere.tsv"]).arg(folder.at("note.txt")).assert().code(1);
    assert!(String::from_utf8_lossy(&missing.get_output().stderr).contains("nowhere.tsv"));
}
