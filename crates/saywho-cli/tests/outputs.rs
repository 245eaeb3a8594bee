//! What comes out, as people open it: tables for spreadsheets, files by their endings, cases put right by hand.

mod common;
mod served;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{Folder, saywho, stdout};
use serde_json::Value;

const NOTE: &str = "“The ban ends in May,” Ilse Maren said on Monday. “=SUM(A1) is no policy,” Teo Vasca said.";

fn lines(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.at(name)).expect("written")
}

/// A case of one note.
fn case(text: &str) -> Folder {
    let folder = Folder::with(&[("call-2031-04-02.txt", text.as_bytes())]);
    stdout(
        saywho()
            .args(["add", "--model", "fast"])
            .arg(folder.at("call-2031-04-02.txt"))
            .arg("--db")
            .arg(folder.at("case.db")),
    );
    folder
}

fn ask(folder: &Folder, args: &[&str]) -> String {
    stdout(saywho().args(args).arg("--db").arg(folder.at("case.db")))
}

fn refused(folder: &Folder, args: &[&str], code: i32) -> String {
    let output = saywho().args(args).arg("--db").arg(folder.at("case.db")).assert().code(code).get_output().clone();
    String::from_utf8(output.stderr).expect("UTF-8")
}

#[test]
fn the_ending_of_a_file_chooses_the_format() {
    let folder = Folder::with(&[("note.txt", NOTE.as_bytes())]);
    for (name, begins) in [
        ("out.csv", "document,title,"),
        ("out.json", "{\n"),
        ("out.JSONL", "{\"schema\":"),
        ("out.jsonld", "{"),
        ("out.html", "<!DOCTYPE html>"),
    ] {
        let read = saywho()
            .args(["read", "--model", "fast"])
            .arg(folder.at("note.txt"))
            .arg("-o")
            .arg(folder.at(name))
            .assert();
        read.success();
        assert!(lines(&folder, name).starts_with(begins), "{name}: {}", lines(&folder, name));
    }
    saywho()
        .args(["read", "--model", "fast", "--format", "json"])
        .arg(folder.at("note.txt"))
        .arg("-o")
        .arg(folder.at("as-told.csv"))
        .assert()
        .success();
    assert!(lines(&folder, "as-told.csv").starts_with('{'), "what is asked for goes before the ending");
    let accounts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/accounts");
    for (name, begins) in [("calls.md", "|"), ("calls.csv", "document,published,")] {
        let accounts = ["norrland", "sudovia"].map(|side| accounts.join(format!("call-2031-04-02.{side}.txt")));
        saywho().args(["compare", "--model", "fast"]).args(accounts).arg("-o").arg(folder.at(name)).assert().success();
        assert!(lines(&folder, name).contains(begins), "{name}: {}", lines(&folder, name));
    }
}

#[test]
fn a_table_opens_in_a_spreadsheet_without_a_formula() {
    let folder = Folder::with(&[("note.txt", NOTE.as_bytes())]);
    let read = |args: &[&str]| stdout(saywho().args(["read", "--model", "fast"]).args(args).arg(folder.at("note.txt")));
    let table = read(&["--excel", "--format", "csv"]);
    let plain = table.strip_prefix('\u{feff}').expect("marked as UTF-8");
    assert_eq!(plain, read(&["--format", "csv"]));
    let mut rows = csv::Reader::from_reader(plain.as_bytes());
    let header = rows.headers().expect("a header").clone();
    assert!(header.iter().any(|name| name == "chain"));
    for row in rows.records() {
        let row = row.expect("every row has all columns");
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{row:?}");
    }
    let code = saywho().args(["read", "--excel"]).arg(folder.at("note.txt")).assert().code(2).get_output().clone();
    assert!(String::from_utf8_lossy(&code.stderr).contains("--format csv"));
}

#[test]
fn reading_and_searching_give_one_layout() {
    let folder = case(NOTE);
    let searched = ask(&folder, &["search", "--format", "csv"]);
    let exported = ask(&folder, &["documents", "export", "--format", "csv"]);
    let read =
        stdout(saywho().args(["read", "--model", "fast", "--format", "csv"]).arg(folder.at("call-2031-04-02.txt")));
    assert_eq!(searched, exported);
    assert_eq!(searched.lines().next(), read.lines().next());
    ask(&folder, &["search", "--excel", "-o", folder.at("found.csv").to_str().expect("UTF-8")]);
    assert_eq!(lines(&folder, "found.csv"), format!("\u{feff}{searched}"));
}

#[test]
fn only_what_is_sure_enough_is_told() {
    let folder = case(NOTE);
    let rows = |table: String| table.lines().count() - 1;
    let read = |least: &str| {
        let mut command = saywho();
        command.args(["read", "--model", "fast", "--format", "csv", "--min-confidence", least]);
        rows(stdout(command.arg(folder.at("call-2031-04-02.txt"))))
    };
    let search = |least: &str| rows(ask(&folder, &["search", "--format", "csv", "--min-confidence", least]));
    assert!(read("0") >= 2);
    assert_eq!((read("0"), read("1")), (search("0"), search("1")));
    assert_eq!(read("1"), 0);
    let told = refused(&folder, &["search", "--min-confidence", "80"], 2);
    assert!(told.contains("from 0 to 1"), "{told}");
}

#[test]
fn a_file_without_a_command_is_answered_with_the_command() {
    let folder = Folder::with(&[("report", b"One said so.")]);
    for file in ["report", "missing/note.txt"] {
        let output = saywho().arg(folder.at(file)).assert().code(2).get_output().clone();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("to read it: saywho read ") && told.contains(file), "{told}");
    }
    let output = saywho().arg("reed").assert().code(2).get_output().clone();
    assert!(!String::from_utf8_lossy(&output.stderr).contains("to read it"), "a slip is no file");
}

#[test]
fn what_finds_nothing_ends_as_the_help_tells() {
    let folder = case("The sea was calm.");
    assert_eq!(ask(&folder, &["search", "herring"]), "nothing found\n");
    stdout(saywho().args(["read", "--model", "fast"]).arg(folder.at("call-2031-04-02.txt")));
    for command in ["read", "search", "speakers", "timeline", "conversations", "stats", "compare"] {
        assert!(stdout(saywho().args([command, "--help"])).contains("Exit code"), "{command}");
    }
}

#[test]
fn documents_are_listed_shown_exported_read_again_and_removed() {
    let folder = case(NOTE);
    let list = ask(&folder, &["documents", "list"]);
    assert!(list.contains("call-2031-04-02") && list.contains("read by"), "{list}");
    let shown = ask(&folder, &["documents", "show", "call-2031-04-02"]);
    assert!(shown.contains("Ilse Maren") && shown.contains("The ban ends in May"), "{shown}");
    let exported = ask(&folder, &["documents", "export"]);
    let one: Value = serde_json::from_str(exported.trim()).expect("a line of JSON");
    assert_eq!(one["schema"], "saywho/1");
    assert!(ask(&folder, &["documents", "read-again", "--model", "fast"]).starts_with("0 read again"));
    assert!(ask(&folder, &["documents", "read-again", "1", "--model", "fast"]).starts_with("1 read again, 0 not read"));
    assert!(refused(&folder, &["documents", "show", "nothing"], 1).contains("there is no document “nothing”"));
    ask(&folder, &["documents", "remove", "1"]);
    assert_eq!(ask(&folder, &["documents", "list"]), "nothing found\n");
}

#[test]
fn an_attribution_is_put_right_from_the_command_line_and_back() {
    let folder = case(NOTE);
    let find = |words: &str, field: &str| {
        let found: Value = serde_json::from_str(&ask(&folder, &["search", words, "--format", "json"])).expect("JSON");
        found["items"][0][field].clone()
    };
    let (act, attribution) = (find("ban", "act"), find("ban", "attribution"));
    let attribution = attribution.as_str().expect("an id");
    let document = "call-2031-04-02";
    ask(&folder, &["correct", "act", document, attribution, "promise", "--who", "Ada"]);
    ask(&folder, &["correct", "polarity", "1", attribution, "negated"]);
    ask(&folder, &["correct", "addressee", "1", attribution, "2"]);
    assert_eq!((find("ban", "act"), find("ban", "polarity")), ("promise".into(), "negated".into()));
    assert_eq!(find("ban", "addressee")["id"], 2);
    ask(&folder, &["documents", "read-again", "1", "--model", "fast"]);
    assert_eq!(find("ban", "act"), "promise", "it survives another reading");
    let list = ask(&folder, &["corrections", "list", "--document", "1"]);
    assert!(list.contains(&format!("{attribution} has the act promise")) && list.contains("Ada"), "{list}");
    ask(&folder, &["corrections", "undo", "1", "--who", "Bo"]);
    assert_eq!(find("ban", "act"), act);
    assert!(ask(&folder, &["corrections", "show", "1"]).contains("undone"));
    assert_eq!(ask(&folder, &["corrections", "export"]).lines().count(), 3);
    assert!(refused(&folder, &["correct", "act", "1", attribution, "shout"], 2).contains("the acts are say"));
    assert!(refused(&folder, &["corrections", "undo", "1"], 1).contains("undone before"));
}

#[test]
fn a_false_attribution_is_rejected_and_a_missing_one_added() {
    let folder =
        case("“The ban ends in May,” Ilse Maren said. On the wall stood the herring will not come back in red.");
    let add = ["correct", "add", "1", "--content", "the herring will not come back", "--source", "the wall"];
    let kept = ask(&folder, &[&add[..], &["--name", "Jon Tarn", "--act", "warn"]].concat());
    assert!(kept.starts_with("correction 1: "), "{kept}");
    let found = ask(&folder, &["search", "herring", "--speaker", "Tarn"]);
    assert!(found.contains("the herring will not come back"), "{found}");
    assert!(refused(&folder, &["correct", "add", "1", "--content", "the"], 1).contains("more than once"));
    ask(&folder, &["correct", "reject", "1", "a1"]);
    assert_eq!(ask(&folder, &["search", "ban"]), "nothing found\n");
    ask(&folder, &["corrections", "remove", "1", "2"]);
    assert!(ask(&folder, &["search", "ban"]).contains("Ilse Maren"));
    assert_eq!(ask(&folder, &["search", "herring", "--speaker", "Tarn"]), "nothing found\n");
}

#[test]
fn merging_a_person_with_a_body_asks_back() {
    let folder =
        case("“The ban ends in May,” Ilse Maren said. The Norrland foreign ministry warned that the drills go on.");
    let id = |kind: &str| {
        let found = ask(&folder, &["speakers", "--kind", kind, "--format", "json"]);
        serde_json::from_str::<Value>(&found).expect("JSON")["items"][0]["id"].to_string()
    };
    let (person, body) = (id("person"), id("organisation"));
    assert!(refused(&folder, &["correct", "merge", &body, &person], 1).contains("--yes"));
    ask(&folder, &["correct", "merge", &body, &person, "--yes"]);
    assert_eq!(ask(&folder, &["speakers", "--kind", "organisation"]), "nothing found\n");
}

#[test]
fn the_token_of_the_help_is_one() {
    let help = stdout(saywho().args(["serve", "--help"]));
    let (_, behind) = help.split_once("--listen 0.0.0.0:8080 --token ").expect("an example");
    let token = behind.split_whitespace().next().expect("a token");
    let folder = Folder::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_saywho"));
    command.args(["serve", "--model", "fast", "--listen", "127.0.0.1:0", "--token", token, "--db"]);
    command.arg(folder.at("case.db"));
    let server = served::Server::of(command);
    assert_eq!(server.answer(0).map(|(status, _)| status), Some(401), "it serves, and wants the token");
}
