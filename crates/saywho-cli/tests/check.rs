//! `saywho check` as a user meets it. What the check finds is tested in its own crate.

mod common;

use std::path::PathBuf;

use common::{Folder, saywho};
use serde_json::Value;

fn example(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/check").join(name)
}

/// What is printed for the example with these options, and the exit code.
fn checked(options: &[&str]) -> (String, i32) {
    let mut command = saywho();
    command.arg("check").arg(example("article.txt")).arg("--against").arg(example("transcript.txt")).args(options);
    let output = command.output().expect("saywho runs");
    (String::from_utf8(output.stdout).expect("UTF-8"), output.status.code().unwrap_or_default())
}

#[test]
fn the_report_gives_verdicts_and_marks_what_was_changed() {
    let (page, code) = checked(&[]);
    assert_eq!(code, 1, "not all passages are exact or supported");
    for words in [
        "altered: negation (changes what is said)",
        "[-did not take-]",
        "{+nineteen+}",
        "altered: ellipsis",
        "altered: translation",
        "misattributed",
        "spliced",
        "supported",
        "not found",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.starts_with("12 passages: 1 exact"), "{page}");
}

#[test]
fn json_is_the_contract_and_counts_code_points() {
    let (json, _) = checked(&["--format", "json"]);
    let check: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(check["schema"], "saywho/check/1");
    assert_eq!((&check["documents"][0]["role"], &check["documents"][1]["role"]), (&"article".into(), &"source".into()));
    let words = |document: &Value, from: &Value, to: &Value| -> String {
        let text = check["documents"][document.as_u64().expect("an index") as usize]["text"].as_str().expect("text");
        let (from, to) = (from.as_u64().expect("from") as usize, to.as_u64().expect("to") as usize);
        text.chars().skip(from).take(to - from).collect()
    };
    let passages = check["passages"].as_array().expect("passages");
    let lost =
        passages.iter().find(|p| p["meaning"] == true && p["changes"][0]["kind"] == "negation").expect("a lost not");
    assert_eq!(words(&lost["document"], &lost["start"], &lost["end"]), "We took this step lightly,");
    let place = &lost["matches"][0];
    assert_eq!(words(&place["document"], &place["start"], &place["end"]), "We did not take this step lightly");
    let change = &lost["changes"][0];
    assert_eq!(words(&change["document"], &change["source_start"], &change["source_end"]), "did not take");
}

#[test]
fn csv_has_a_row_a_passage() {
    let (table, _) = checked(&["--format", "csv"]);
    assert!(table.starts_with("article,id,group,attribution,speaker,quoted,verdict,meaning,changes,words"), "{table}");
    assert_eq!(csv::Reader::from_reader(table.as_bytes()).records().count(), 12);
}

#[test]
fn a_page_and_annotations_are_written_as_the_ending_tells() {
    let folder = Folder::with(&[]);
    let written = |name: &str| {
        checked(&["--output", &folder.at(name).to_string_lossy()]);
        std::fs::read_to_string(folder.at(name)).expect("a file")
    };
    let page = written("check.html");
    assert!(
        page.starts_with("<!DOCTYPE html>")
            && page.contains("<del class=\"meaning\" title=\"negation\">did not take</del>")
    );
    let annotations: Value = serde_json::from_str(&written("check.jsonld")).expect("JSON");
    assert_eq!((&annotations["type"], &annotations["total"]), (&"AnnotationCollection".into(), &12.into()));
}

#[test]
fn a_sound_article_succeeds_and_a_lost_document_does_not_end_the_run() {
    let folder = Folder::with(&[
        ("article.txt", b"\"The ferry will sail again on Monday,\" Ilse Maren said."),
        ("source.txt", b"\"Well, the ferry will sail again on Monday,\" Ilse Maren told parliament."),
    ]);
    let run = |sources: &[&str]| {
        let sources = sources.iter().map(|name| folder.at(name));
        saywho().arg("check").arg(folder.at("article.txt")).arg("--against").args(sources).assert()
    };
    run(&["source.txt"]).success();
    let output = run(&["missing.txt", "source.txt"]).failure().get_output().clone();
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("1 passage: 1 exact"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("missing.txt"));
    let output = run(&["missing.txt"]).failure().get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing to check against"));
}

#[test]
fn the_documents_of_a_case_are_sources_with_their_corrections() {
    let article = "“The ferry will sail again on Monday,” Ilse Maren said.";
    let release = "“Well, the ferry will sail again on Monday,” Ilse Maren told parliament.";
    let folder = Folder::with(&[
        ("article.txt", article.as_bytes()),
        ("release.txt", release.as_bytes()),
        ("other.txt", b"The sea is calm."),
    ]);
    let case = folder.at("case.db");
    let run = |arguments: &[&str]| {
        let output = saywho().current_dir(folder.at("")).args(arguments).output().expect("saywho runs");
        (
            String::from_utf8_lossy(&output.stdout).into_owned(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
            output.status.code(),
        )
    };
    run(&["add", "article.txt", "--db", "case.db"]);
    let (_, told, code) = run(&["check", "article.txt", "--case", "case.db"]);
    assert!(code == Some(1) && told.contains("nothing to check against"), "an article is not its own source: {told}");
    run(&["add", "release.txt", "--db", "case.db"]);
    let (page, _, code) = run(&["check", "article.txt", "--case", "case.db"]);
    assert!(
        code == Some(0) && page.starts_with("1 passage: 1 exact") && page.contains("release.txt, Ilse Maren"),
        "{page}"
    );

    let (_, told, code) =
        run(&["correct", "split", "release", "e1", "Teo Vasca", "--attribution", "a1", "--db", "case.db"]);
    assert_eq!(code, Some(0), "{told}");
    let (page, _, code) = run(&["check", "article.txt", "--against", "other.txt", "--case", "case.db"]);
    assert!(code == Some(1) && page.starts_with("1 passage: 1 misattributed") && page.contains("Teo Vasca"), "{page}");

    let before = std::fs::read(&case).expect("the case");
    let (_, told, code) = run(&["check", "article.txt", "--case", "case.db", "--output", "case.db"]);
    assert!(code == Some(1) && told.contains("would be lost"), "{told}");
    assert_eq!(std::fs::read(&case).expect("the case"), before);
    let (_, told, code) = run(&["check", "article.txt"]);
    assert!(code == Some(2) && told.contains("--against"), "{told}");
}
