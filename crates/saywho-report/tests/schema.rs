//! What is written as JSON of real texts is what the published schemas tell.

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use saywho::comparison::Options;
use saywho::{Document, Reader};
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn schema(name: &str) -> Validator {
    let path = root().join("docs/schema").join(name);
    let schema = fs::read_to_string(path).expect("a schema");
    jsonschema::validator_for(&value(&schema)).expect("a sound schema")
}

fn value(json: &str) -> Value {
    serde_json::from_str(json).expect("JSON")
}

/// The examples of the repository as documents, named as their files are.
fn examples(names: &[&str]) -> Vec<Document> {
    let document = |name: &&str| {
        let path = root().join("examples").join(name);
        let id = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("an example");
        Document { source: Some((*name).into()), published: Some("2031-04-03".into()), ..Document::from_text(id, text) }
    };
    names.iter().map(document).collect()
}

const REPORT: &str = "call/report.txt";
const ACCOUNTS: [&str; 2] = ["accounts/call-2031-04-02.norrland.txt", "accounts/call-2031-04-02.sudovia.txt"];

#[track_caller]
fn assert_valid(schema: &Validator, written: &Value) {
    let wrong: Vec<_> = schema.iter_errors(written).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn readings_are_what_their_schema_tells() {
    let reader = Reader::new().expect("the embedded weights");
    let mut worker = reader.worker();
    let schema = schema("reading.json");
    for document in examples(&[REPORT, ACCOUNTS[0], ACCOUNTS[1]]) {
        let reading = worker.read(document);
        assert!(!reading.attributions.is_empty(), "{}", reading.document.id);
        assert_valid(&schema, &value(&saywho_report::json(&reading)));
        let mut broken = value(&saywho_report::jsonl(&reading));
        broken["attributions"][0]["act"] = json!("sing");
        broken["document"].as_object_mut().expect("an object").remove("text");
        assert_eq!(schema.iter_errors(&broken).count(), 2, "an act that is none, and a text that is missing");
    }
}

#[test]
fn comparisons_are_what_their_schema_tells() {
    let reader = Reader::new().expect("the embedded weights");
    let mut worker = reader.worker();
    let schema = schema("comparison.json");
    for names in [&ACCOUNTS[..], &[REPORT]] {
        let documents = examples(names);
        let analyses: Vec<_> = documents.iter().map(|document| worker.analyse(document)).collect();
        let comparison = reader.compare(&analyses, &Options::default());
        assert!(!comparison.issues.is_empty(), "{names:?}");
        let mut written = value(&saywho_report::comparison_json(&comparison));
        assert_valid(&schema, &written);
        written["schema"] = json!("saywho/compare/2");
        assert_eq!(schema.iter_errors(&written).count(), 1, "another contract");
    }
}

#[test]
fn checks_are_what_their_schema_tells() {
    let reader = Reader::new().expect("the embedded weights");
    let mut worker = reader.worker();
    let schema = schema("check.json");
    let readings: Vec<_> =
        examples(&["check/article.txt", "check/transcript.txt"]).into_iter().map(|d| worker.read(d)).collect();
    let check = saywho_check::check(&reader, &readings[..1], &readings[1..]);
    assert!(check.passages.iter().any(|p| !p.changes.is_empty()));
    assert!(check.passages.iter().any(|p| p.matches.len() > 1));
    let mut written = value(&saywho_report::check_json(&check));
    assert_valid(&schema, &written);
    written["passages"][0]["verdict"] = json!("true");
    written["passages"][1].as_object_mut().expect("an object").remove("matches");
    assert_eq!(schema.iter_errors(&written).count(), 2, "a verdict that is none, and places that are missing");
}
