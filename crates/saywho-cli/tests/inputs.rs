//! `saywho read` on inputs of many documents and of other languages.

mod common;

use common::{Folder, saywho, stdout};
use serde_json::Value;

const ROWS: &str = "{\"text\": \"“We agree,” said Ilse Maren.\"}\n{\"text\": \"“We do not,” said Teo Vasca.\"}\n";
const GERMAN: &str = "Die Außenministerin von Norrland sagte am Freitag, dass das Fangverbot in der Straße von Hale bis Mai \
    aufgehoben werde, und sie habe das auch ihrem Kollegen Teo Vasca in einem Gespräch mitgeteilt.";

fn object(json: &str) -> Value {
    serde_json::from_str(json).expect("JSON")
}

#[test]
fn rows_of_one_file_are_one_array() {
    let folder = Folder::with(&[("news.jsonl", ROWS.as_bytes())]);
    let all = object(&stdout(saywho().args(["read", "--format", "json"]).arg(folder.at("news.jsonl"))));
    let ids: Vec<&str> =
        all.as_array().expect("an array").iter().filter_map(|r| r["document"]["id"].as_str()).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], "news-0");
}

#[test]
fn reading_goes_on_at_an_offset() {
    let folder = Folder::with(&[("news.jsonl", ROWS.as_bytes())]);
    let read = |from: &str| {
        let mut command = saywho();
        command.args(["read", "--format", "jsonl", "--from-offset", from]).arg(folder.at("news.jsonl"));
        stdout(&mut command)
    };
    let all = read("0");
    let last = object(all.lines().last().expect("two lines"));
    let offset = last["document"]["origin"]["offset"].as_u64().expect("an offset");
    assert_eq!(read(&offset.to_string()), format!("{}\n", all.lines().last().expect("two lines")));
}

#[test]
fn a_bad_row_is_named_with_its_place_and_the_others_are_read() {
    let rows = format!("not a row\n{ROWS}");
    let output = saywho()
        .args(["read", "--input-format", "jsonl", "--format", "jsonl"])
        .write_stdin(rows)
        .assert()
        .code(1)
        .get_output()
        .clone();
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.starts_with("error: stdin, byte 0: is damaged"), "{errors}");
}

#[test]
fn what_is_not_in_english_is_named_and_passed_over() {
    let folder =
        Folder::with(&[("a.txt", GERMAN.as_bytes()), ("b.txt", b"\xe2\x80\x9cWe agree,\xe2\x80\x9d said Maren.")]);
    let read = |more: &[&str]| {
        let mut command = saywho();
        command.args(["read", "--format", "jsonl"]).args(more).arg(folder.at(""));
        let output = command.assert().get_output().clone();
        (output.status.code(), String::from_utf8_lossy(&output.stdout).lines().count(), output.stderr)
    };
    let (code, count, errors) = read(&[]);
    assert_eq!((code, count), (Some(1), 1));
    let errors = String::from_utf8_lossy(&errors).into_owned();
    assert!(errors.contains("a.txt: this is German; saywho reads English"), "{errors}");
    assert_eq!(read(&["--any-language"]).1, 2);
}

#[test]
fn several_pages_of_one_file_need_an_out_dir() {
    let folder = Folder::with(&[("news.jsonl", ROWS.as_bytes())]);
    let read = || {
        let mut command = saywho();
        command.args(["read", "--format", "html"]).arg(folder.at("news.jsonl"));
        command
    };
    let output = read().assert().code(1).get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("--out-dir"));
    read().arg("--out-dir").arg(folder.at("pages")).assert().success();
    assert_eq!(folder.at("pages").read_dir().expect("a folder").count(), 2);
}

#[test]
fn a_page_tells_where_its_words_stand_and_which_days_it_names() {
    let page = "<!DOCTYPE html><html lang=en><head><meta property=\"article:published_time\" content=\"2021-03-04\">\
        <title>Talks</title></head><body><article><p>Ilse Maren said on Friday that the ban &ndash; the “old” one – has to \
        go.</p><p>Teo Vasca did not agree 🙂 and left Brel in the evening, his spokeswoman said.</p></article></body></html>";
    let folder = Folder::with(&[("page.html", page.as_bytes())]);
    let document =
        object(&stdout(saywho().args(["read", "--format", "json"]).arg(folder.at("page.html"))))["document"].take();
    let text: Vec<char> = document["text"].as_str().expect("text").chars().collect();
    let page: Vec<char> = page.chars().collect();
    let number = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok()).expect("a number");
    let runs = document["page"].as_array().expect("stretches");
    assert!(runs.len() > 1);
    for run in runs {
        let (start, end, at) = (number(&run["start"]), number(&run["end"]), number(&run["page"]));
        assert_eq!(text[start..end], page[at..at + end - start]);
    }
    let day = &document["dates"][0];
    assert_eq!(text[number(&day["start"])..number(&day["end"])].iter().collect::<String>(), "Friday");
    assert_eq!(day["date"], "2021-02-26");
}

#[test]
fn pages_are_measured_against_their_main_text() {
    let page = "<html><body><nav>Home</nav><article><p>Ilse Maren said on Friday that the ban has to go, and left Brel in the \
        evening without a word to the press.</p></article></body></html>";
    let folder = Folder::with(&[
        ("pages/one/source.html", page.as_bytes()),
        ("pages/one/expected.html", b"<p>Ilse Maren said on Friday that the ban has to go, and left Brel in the evening without a word to the press.</p>"),
        ("pages/one/expected-metadata.json", b"{\"lang\": \"en\"}"),
    ]);
    let printed = stdout(saywho().args(["eval", "pages"]).arg(folder.at("pages")));
    assert!(printed.contains("main text F1") && printed.contains("(1 of 1)"), "{printed}");
}
