//! `saywho compare` as a user meets it. What the engine finds is tested elsewhere.

mod common;

use std::path::PathBuf;

use common::{Folder, saywho, stdout};
use serde_json::Value;

fn example(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/accounts").join(name)
}

fn accounts() -> [PathBuf; 2] {
    [example("call-2031-04-02.norrland.txt"), example("call-2031-04-02.sudovia.txt")]
}

#[test]
fn the_example_shows_issues_sides_and_the_documents_read() {
    let page = stdout(saywho().arg("compare").args(accounts()));
    for words in [
        "Ilse Maren (Norrland)",
        "Teo Vasca (Sudovia)",
        "contradict",
        "same",
        "not in the documents",
        "Documents read",
        "2031-04-02",
        "Unofficial translation",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn json_is_the_contract_and_keeps_the_texts_letter_by_letter() {
    let json: Value =
        serde_json::from_str(&stdout(saywho().args(["compare", "--format", "json"]).args(accounts()))).expect("JSON");
    assert_eq!(json["schema"], "saywho/compare/1");
    assert_eq!(json["documents"][1]["side"], "Sudovia");
    let text = std::fs::read_to_string(&accounts()[0]).expect("the example");
    assert_eq!(json["documents"][0]["text"], text);
    let relations: Vec<&str> =
        json["issues"].as_array().expect("rows").iter().filter_map(|r| r["relation"].as_str()).collect();
    assert!(relations.contains(&"only Norrland") && relations.contains(&"contradict"), "{relations:?}");
}

#[test]
fn sides_and_topics_can_be_given() {
    let folder = Folder::with(&[("topics.txt", b"the sea: fishing, fleet, herring\n")]);
    let output = saywho()
        .args(["compare", "--side", "North", "--side", "South", "--format", "csv", "--issues"])
        .arg(folder.at("topics.txt"))
        .args(accounts())
        .assert()
        .success()
        .get_output()
        .clone();
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(table.starts_with("document,published,id,side,issue,relation"), "{table}");
    assert!(table.contains(",North,the sea,") && table.contains(",South,the sea,"), "{table}");
}

#[test]
fn a_page_is_written_whole_and_never_over_an_account() {
    let folder = Folder::with(&[("a.txt", b"Ilse Maren of Norrland spoke with Teo Vasca of Sudovia.")]);
    let page = folder.at("page.html");
    saywho().args(["compare", "--format", "html", "--output"]).arg(&page).args(accounts()).assert().success();
    let html = std::fs::read_to_string(&page).expect("the page");
    assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n") && !html.contains("src=\"http"));
    let over = saywho()
        .args(["compare", "--output"])
        .arg(folder.at("a.txt"))
        .arg(folder.at("a.txt"))
        .assert()
        .code(1)
        .get_output()
        .clone();
    assert!(String::from_utf8_lossy(&over.stderr).contains("would be lost"));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_compared() {
    let [first, second] = accounts();
    let output =
        saywho().arg("compare").args([&first, &second]).arg("missing.txt").assert().code(1).get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("missing.txt"));
    assert!(String::from_utf8_lossy(&output.stdout).contains("Ilse Maren"));
}

#[test]
fn wrong_command_lines_have_code_2_and_wrong_topics_name_the_line() {
    saywho().arg("compare").assert().code(2);
    saywho().args(["compare", "--side", "A", "--side", "B"]).arg(&accounts()[0]).assert().code(2);
    let folder = Folder::with(&[("topics.txt", b"fish: cod\nsailors\n")]);
    let output = saywho()
        .args(["compare", "--issues"])
        .arg(folder.at("topics.txt"))
        .args(accounts())
        .assert()
        .code(1)
        .get_output()
        .clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 2"));
}

const CALL: &str =
    "Foreign Minister Ilse Maren of Norrland spoke by telephone with Foreign Minister Teo Vasca of Sudovia.";

/// The exit code of comparing these texts, and what stands on both outputs.
fn compared(texts: &[(&str, &str)], more: &[&str]) -> (Option<i32>, String) {
    let files: Vec<(&str, &[u8])> = texts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let folder = Folder::with(&files);
    let paths = texts.iter().map(|(name, _)| folder.at(name));
    let output = saywho().arg("compare").args(paths).args(more).output().expect("it runs");
    let shown = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (output.status.code(), shown)
}

#[test]
fn what_makes_a_comparison_say_less_has_a_code_that_the_help_lists() {
    let norrland = format!("{CALL} Minister Maren demanded that the fishing ban be lifted by May.");
    let sudovia = format!("{CALL} Minister Vasca explained why the fishing ban stays in force.");
    let other = "President Olga Brandt of Estmark spoke with President Piet Koll of Aland. Brandt stressed that the canal stays open.";
    let both = [("norrland.txt", norrland.as_str()), ("sudovia.txt", sudovia.as_str())];
    assert_eq!(compared(&both, &[]).0, Some(0));
    for (texts, more, words) in [
        ([both[0], ("sudovia.txt", CALL)], &[][..], "Nothing could be read in this account: sudovia"),
        (both, &["--side", "Norrland", "--side", "Norrland"][..], "give --side|with --side"),
        ([both[0], ("canal.txt", other)], &[][..], "canal seems to tell of another conversation"),
        (
            [("quay.txt", "The quay has forty berths."), ("gulls.txt", "Gulls nest on the old pier.")],
            &[][..],
            "No conversation found",
        ),
    ] {
        let (code, shown) = compared(&texts, more);
        // The report wraps its lines.
        let line = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(code, Some(3), "{shown}");
        assert!(words.split('|').any(|w| line.contains(w)), "{words}: {shown}");
        let (code, json) = compared(&texts, &[more, &["--format", "json"]].concat());
        assert!(code == Some(3) && json.contains("\"cautions\": [\n"), "{json}");
    }
    let help = stdout(saywho().args(["compare", "--help"]));
    for line in
        ["  0  the accounts were compared", "  1  an account could not be read", "  2  ", "  3  compared, but less"]
    {
        assert!(help.contains(line), "{help}");
    }
}

#[test]
fn an_account_that_is_not_in_english_is_refused() {
    let french = "La ministre a dit que l’accord est prêt. Il ne sera pas signé par la Sudovie.";
    let norrland = format!("{CALL} Minister Maren demanded that the fishing ban be lifted by May.");
    let (code, shown) = compared(&[("norrland.txt", &norrland), ("sudovie.txt", french)], &[]);
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(code, Some(1));
    assert!(shown.contains("sudovie.txt: this is French; saywho reads English"), "{shown}");
    assert!(shown.contains("Nothing could be read in this account: sudovie (not in English but “fr”)"), "{shown}");
    for texts in [&[("sudovie.txt", french)][..], &[("sudovie.txt", french), ("france.txt", french)][..]] {
        let (code, shown) = compared(texts, &[]);
        assert!(code == Some(1) && shown.contains("there is nothing to compare"), "{shown}");
        assert!(!shown.contains("Documents read"), "{shown}");
    }
}
