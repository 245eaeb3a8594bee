//! `saywho bulk`: corpora to tables, whatever happens on the way.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use common::{Folder, saywho, stdout};

const GERMAN: &str = "Die Außenministerin von Norrland sagte am Freitag, dass das Fangverbot in der Straße von Hale bis Mai \
    aufgehoben werde, und sie habe das auch ihrem Kollegen Teo Vasca in einem Gespräch mitgeteilt.";

/// A row of a made-up corpus; each is unlike the others, but every tenth nearly like the one before.
fn row(number: usize) -> String {
    let (of, copied) = if number % 10 == 9 { (number - 1, " It was a Friday.") } else { (number, "") };
    let word =
        |n: usize| ["fish", "salt", "grain", "steel", "wool", "coal", "timber"][(of * 31 + n * n * 7 + of * n) % 7];
    let sentence = |n: usize| {
        format!(
            "Ilse Maren said on day {} that {} and {} would go to Sudovia by ship {}. “We agree on {},” Teo Vasca told her. ",
            of * 13 + n,
            word(n),
            word(n + 1),
            of + 3 * n,
            word(n + 2)
        )
    };
    let text: String = (0..4).map(sentence).collect();
    serde_json::json!({"id": format!("n{number}"), "text": text + copied, "date": "2031-05-02"}).to_string()
}

/// So many rows, among which two cannot be read and one is not in English.
fn corpus(rows: usize) -> String {
    let mut lines: Vec<String> = (0..rows).map(row).collect();
    lines.insert(rows / 2, "{\"id\": \"broken\", \"text\": ".into());
    lines.insert(rows / 3, serde_json::json!({"id": "german", "text": GERMAN}).to_string());
    lines.push(serde_json::json!({"id": "empty", "text": " \u{0} "}).to_string());
    lines.join("\n") + "\n"
}

/// Every file of a folder with what it holds.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder_here) = open.pop() {
        for entry in fs::read_dir(&folder_here).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => open.push(path),
                false => {
                    let name = path.strip_prefix(folder).expect("inside").display().to_string();
                    all.insert(name, fs::read(&path).expect("a file"));
                }
            }
        }
    }
    all
}

/// Files of the two folders that are not the same.
fn differences(a: &Path, b: &Path) -> Vec<String> {
    let (a, b) = (files(a), files(b));
    let names = a.keys().chain(b.keys()).filter(|name| a.get(*name) != b.get(*name));
    names.cloned().collect()
}

fn bulk(input: &Path, out: &Path, more: &[&str]) -> assert_cmd::assert::Assert {
    saywho().args(["bulk", "--model", "fast", "--part-size", "1"]).args(more).arg(input).arg("--out").arg(out).assert()
}

#[test]
fn any_number_of_threads_writes_the_same_files() {
    // Long rows, so that one MiB is soon full: several parts.
    let folder = Folder::with(&[("news.jsonl", long_corpus(3).as_bytes())]);
    for jobs in ["1", "2", "3"] {
        bulk(&folder.at("news.jsonl"), &folder.at(jobs), &["--jobs", jobs, "--quotebank"]).code(1);
    }
    let one = files(&folder.at("1"));
    assert!(one.contains_key("attributions/part-00001.parquet"), "{:?}", one.keys());
    assert!(one.contains_key("quotebank/part-00000.parquet") && one.contains_key("groups/part-00001.parquet"));
    assert!(!one.keys().any(|name| name.contains("unfinished")), "{:?}", one.keys());
    assert_eq!(differences(&folder.at("1"), &folder.at("2")), [""; 0]);
    assert_eq!(differences(&folder.at("1"), &folder.at("3")), [""; 0]);
}

/// A corpus of several parts of one MiB: in each block some rows of `corpus`, and long ones in another language, which is
/// soon told.
fn long_corpus(blocks: usize) -> String {
    let long = |number: usize| serde_json::json!({"id": format!("g{number}"), "text": GERMAN.repeat(150)}).to_string();
    let block =
        |number: usize| corpus(12) + &(0..25).map(|n| long(number * 25 + n)).collect::<Vec<_>>().join("\n") + "\n";
    (0..blocks).map(block).collect()
}

#[test]
fn what_cannot_be_read_stands_in_a_table_of_its_own() {
    let folder = Folder::with(&[("news.jsonl", corpus(20).as_bytes())]);
    let out = folder.at("out");
    let told = bulk(&folder.at("news.jsonl"), &out, &[]).code(1).get_output().stderr.clone();
    let told = String::from_utf8_lossy(&told).into_owned();
    assert!(
        told.contains("20 documents") && told.contains("3 could not be read") && told.contains("2 near copies"),
        "{told}"
    );
    let summary: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("summary.json")).expect("a summary")).expect("JSON");
    assert_eq!((summary["documents"].as_u64(), summary["errors"].as_u64()), (Some(20), Some(3)));
    assert_eq!(summary["near_copies"].as_u64(), Some(2));
}

#[test]
fn a_run_that_is_over_is_not_begun_again_and_others_stay_out() {
    let folder = Folder::with(&[("news.jsonl", row(1).as_bytes()), ("full/notes.txt", b"mine")]);
    let (input, out) = (folder.at("news.jsonl"), folder.at("out"));
    bulk(&input, &out, &[]).success();
    let before = files(&out);
    bulk(&input, &out, &["--jobs", "1"]).success();
    assert_eq!(files(&out), before);
    let told = bulk(&input, &out, &["--quotebank"]).code(1).get_output().stderr.clone();
    assert!(
        String::from_utf8_lossy(&told).contains("made otherwise (quotebank)"),
        "{}",
        String::from_utf8_lossy(&told)
    );
    let told = bulk(&input, &folder.at("full"), &[]).code(1).get_output().stderr.clone();
    assert!(String::from_utf8_lossy(&told).contains("choose an empty folder"));
    assert_eq!(fs::read(folder.at("full/notes.txt")).expect("still there"), b"mine");
}

#[test]
fn ids_of_documents_without_one_are_made_of_their_places() {
    let folder = Folder::with(&[
        ("news/2031/ban.txt", "“We agree,” said Ilse Maren.".as_bytes()),
        ("news/2032/ban.txt", "“We do not agree,” said Teo Vasca.".as_bytes()),
        ("news/rows.jsonl", "{\"text\": \"“Perhaps,” said Ilse Maren.\"}\n".as_bytes()),
    ]);
    bulk(&folder.at("news"), &folder.at("out"), &[]).success();
    let mut read = saywho();
    read.args(["read", "--format", "jsonl", "--columns", "text=text,id=document"]);
    let documents = stdout(read.arg(folder.at("out/documents/part-00000.parquet")));
    let ids: Vec<String> = documents
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["document"]["id"].to_string())
        .collect();
    assert_eq!(ids, ["\"2031_ban\"", "\"2032_ban\"", "\"rows-1\""]);
}

#[test]
fn killed_at_any_moment_and_begun_again_it_writes_the_same_files() {
    let folder = Folder::with(&[("news.jsonl", long_corpus(8).as_bytes())]);
    let (input, out) = (folder.at("news.jsonl"), folder.at("killed"));
    bulk(&input, &folder.at("undisturbed"), &[]).code(1);
    let done = || fs::read_to_string(out.join("parts.jsonl")).map_or(0, |lines| lines.lines().count());
    let (mut killed, mut resumed) = (0, 0);
    // Milliseconds behind the moment when another part is done, or behind the start.
    for (after_a_part, pause) in [(false, 2), (false, 60), (true, 0), (true, 1), (true, 130), (true, 5), (true, 40)] {
        let before = done();
        let mut child = Command::new(env!("CARGO_BIN_EXE_saywho"))
            .args(["bulk", "--model", "fast", "--part-size", "1"])
            .arg(&input)
            .arg("--out")
            .arg(&out)
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        while after_a_part && done() == before && child.try_wait().expect("a state").is_none() {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_millis(pause));
        let cut = child.try_wait().expect("a state").is_none();
        killed += usize::from(cut);
        resumed += usize::from(cut && before > 0);
        // One that is over already is killed in vain.
        let _ = child.kill();
        child.wait().expect("ended");
    }
    assert!(killed >= 3 && resumed >= 1, "{killed} runs were cut off, {resumed} of them had gone on from the middle");
    bulk(&input, &out, &["--jobs", "1"]).code(1);
    assert_eq!(differences(&folder.at("undisturbed"), &out), [""; 0]);
}

#[test]
fn tables_can_be_read_again_and_a_truncated_one_is_told() {
    let folder = Folder::with(&[("news.jsonl", corpus(10).as_bytes())]);
    bulk(&folder.at("news.jsonl"), &folder.at("out"), &[]).code(1);
    let whole = fs::read(folder.at("out/documents/part-00000.parquet")).expect("a table");
    let folder = Folder::with(&[
        ("in/a.parquet", &whole[..whole.len() / 2]),
        ("in/b.parquet", &whole),
        ("in/c.jsonl", row(77).as_bytes()),
    ]);
    bulk(&folder.at("in"), &folder.at("out"), &["--columns", "id=document"]).code(1);
    let errors = saywho()
        .args(["read", "--format", "jsonl", "--columns", "text=error,id=place"])
        .arg(folder.at("out/errors/part-00000.parquet"))
        .assert()
        .success();
    let errors = String::from_utf8_lossy(&errors.get_output().stdout).into_owned();
    assert_eq!(errors.lines().count(), 1, "{errors}");
    assert!(errors.contains("a.parquet") && errors.contains("the end is missing"), "{errors}");
    let documents = saywho()
        .args(["read", "--format", "jsonl", "--columns", "id=document"])
        .arg(folder.at("out/documents/part-00000.parquet"))
        .assert()
        .success();
    assert_eq!(String::from_utf8_lossy(&documents.get_output().stdout).lines().count(), 11);
}
