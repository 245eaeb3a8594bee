//! Help, completions, `eval` and `bench` as a user meets them.

mod common;

use common::{Folder, saywho, stdout};

#[test]
fn every_command_helps_with_examples() {
    for command in [&[][..], &["read"], &["eval"], &["bench"], &["completions"]] {
        let help = stdout(saywho().args(command).arg("--help"));
        let called = format!("  saywho {}", command.join(" "));
        let example = help.split_once("Examples:").is_some_and(|(_, examples)| examples.contains(called.trim_end()));
        assert!(example, "{command:?}: {help}");
    }
}

#[test]
fn the_version_is_told() {
    assert_eq!(stdout(saywho().arg("--version")).trim(), concat!("saywho ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_wrong_command_line_ends_with_2() {
    for args in [
        &["reed"][..],
        &["read", "--format", "pdf"],
        &["read", "--jobs", "0"],
        &["read", "--input-format", "xlsx"],
        &[],
    ] {
        saywho().args(args).assert().code(2);
    }
}

#[test]
fn shells_get_a_script_that_knows_the_options() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(stdout(saywho().args(["completions", shell])).contains("out-dir"), "{shell}");
    }
}

#[test]
fn every_command_has_a_manual_page_with_its_options() {
    let folder = Folder::new();
    saywho().arg("man").arg(folder.at("man")).assert().success();
    let page = |name: &str| std::fs::read_to_string(folder.at("man").join(name)).expect(name);
    assert!(page("saywho.1").contains("saywho\\-read"));
    for (name, option) in
        [("saywho-read.1", "out\\-dir"), ("saywho-add.1", "publisher"), ("saywho-eval-coref.1", "only")]
    {
        assert!(page(name).contains(option), "{name}");
    }
}

#[test]
fn a_bench_prints_names_and_values() {
    let folder = Folder::with(&[("a.txt", b"Ilse Maren agreed."), ("b.txt", b"Teo Vasca did not, he said.")]);
    let printed = stdout(saywho().args(["bench", "--repeat", "2"]).arg(folder.at("")));
    let value = |name: &str| {
        let line = printed.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("no {name}in {printed}")).to_owned()
    };
    assert_eq!(value("documents "), "2");
    assert_eq!(value("words "), "9");
    assert!(value("words/s ").parse::<f64>().expect("a number") > 0.0);
    assert!(value("resolving_percent_of_finding ").parse::<f64>().expect("a number") > 0.0);
    assert!(value("model_load_ms ").parse::<f64>().is_ok());
    assert!(!value("peak_rss_mib ").is_empty());
    assert!(!value("cpu ").is_empty());
}

#[test]
fn a_bench_of_nothing_is_an_error() {
    let folder = Folder::new();
    let output = saywho().arg("bench").arg(folder.at("")).assert().code(1).get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing to read"));
}

const TEXT: &str = "Ilse Maren said the talks go on.";

/// One article: "Ilse Maren" said "the talks go on".
fn polnear() -> Folder {
    let annotation = "T1\tSource 0 10\tIlse Maren\nT2\tCue 11 15\tsaid\nT3\tContent 16 31\tthe talks go on\n\
                      E1\tContent:T3 Cue:T2 Source:T1\n";
    Folder::with(&[
        ("text/talks.txt", TEXT.as_bytes()),
        ("attributions/talks_x.ann", annotation.as_bytes()),
        ("low.txt", b"linked.all = 0\n"),
        ("high.txt", b"# out of reach\nlinked.all = 100.5\n"),
        ("unknown.txt", b"linkd.all = 0\n"),
    ])
}

#[test]
fn polnear_is_measured_as_a_table_and_as_json() {
    let folder = polnear();
    let eval = || {
        let mut command = saywho();
        command.args(["eval", "polnear"]).arg(folder.at(""));
        command
    };
    assert!(stdout(&mut eval()).contains("(c) linked attributions"));
    let figures: serde_json::Value = serde_json::from_str(&stdout(eval().arg("--json"))).expect("JSON");
    assert!(figures["linked.all"].is_number() && figures["tok_cue.all"].is_number(), "{figures}");
    let output = eval().assert().success().get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("1 documents, 7 words"));
}

#[test]
fn floors_are_kept_or_told() {
    let folder = polnear();
    let eval = |floors: &str| {
        let mut command = saywho();
        command.args(["eval", "polnear"]).arg(folder.at("")).arg("--floors").arg(folder.at(floors));
        let output = command.assert().get_output().clone();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(eval("low.txt").0, Some(0));
    let (code, errors) = eval("high.txt");
    assert_eq!(code, Some(1));
    assert!(errors.contains("linked.all is ") && errors.contains("below its floor 100.50"), "{errors}");
    let (code, errors) = eval("unknown.txt");
    assert_eq!(code, Some(1));
    assert!(errors.contains("\"linkd.all\""), "{errors}");
}

#[test]
fn a_reading_is_measured_against_the_text_beside_its_gold() {
    let gold = r#"{"document": "talks.txt", "boilerplate": [], "entities": {"Ilse Maren": {"mentions": ["Maren"]}},
        "attributions": [{"id": "g1", "source": [[0, 10]], "cue": [[11, 15]], "content": [[16, 31]],
          "source_text": ["Ilse Maren"], "speaker": "Ilse Maren", "addressee": null, "inside": null,
          "chain": ["Ilse Maren"], "type": "indirect", "act": "say", "polarity": "affirmed"}]}"#;
    let folder = Folder::with(&[("talks.gold.json", gold.as_bytes()), ("talks.txt", TEXT.as_bytes())]);
    let printed = stdout(saywho().args(["eval", "reading"]).arg(folder.at("talks.gold.json")));
    assert!(printed.starts_with("attributions (nested too)"), "{printed}");
}

#[test]
fn speakers_are_measured_over_folders() {
    let gold = r#"{"doc": "talks", "entities": {}, "attributions": []}"#;
    let folder = Folder::with(&[("gold/talks.json", gold.as_bytes()), ("text/talks.txt", TEXT.as_bytes())]);
    let printed = stdout(saywho().args(["eval", "speakers"]).arg(folder.at("gold")).arg(folder.at("text")));
    assert!(printed.lines().count() > 1, "{printed}");
}

#[test]
fn the_corpus_is_measured_in_a_table_for_each_layer() {
    let gold = r#"{"document": "talks.txt", "boilerplate": [], "entities": {"Ilse Maren": {"mentions": ["Maren"]}},
        "cast": [{"id": 1, "kind": "person", "name": "Ilse Maren", "mentions": [[0, 10]]}],
        "attributions": [{"id": "g1", "source": [[0, 10]], "cue": [[11, 15]], "content": [[16, 31]], "recipient": [],
          "source_text": ["Ilse Maren"], "speaker": "Ilse Maren", "addressee": null, "inside": null, "speakers": [1],
          "addressees": [], "chain": ["Ilse Maren"], "type": "indirect", "act": "say", "polarity": "affirmed"}]}"#;
    let event = r#"{"id": "call", "conversation": {"participants": [], "medium": "unknown", "date": null, "initiator": null},
        "claims": [], "links": [], "issues": []}"#;
    let folder = Folder::with(&[
        ("reading/train/talks.gold.json", gold.as_bytes()),
        ("reading/train/talks.txt", TEXT.as_bytes()),
        ("pairs/train/call.gold.json", event.as_bytes()),
        ("pairs/train/call.0.nor.txt", b"The minister asked Sudovia for a date."),
        ("pairs/train/call.1.sud.txt", b"The president gave Norrland no date."),
    ]);
    let eval = |format: &[&str]| {
        let mut command = saywho();
        command.args(["eval", "corpus", "--part", "train"]).args(format).arg(folder.at(""));
        stdout(&mut command)
    };
    let printed = eval(&[]);
    for title in [
        "Attributions\n",
        "\nMentions\n",
        "\nCoreference\n",
        "\nLists of who speaks\n",
        "\nAccounts of one conversation\n",
    ] {
        assert!(printed.contains(title), "{title:?} in {printed}");
    }
    let figures: serde_json::Value = serde_json::from_str(&eval(&["--json"])).expect("JSON");
    for name in
        ["attributions (nested too)", "nested attributions", "mentions with kind", "CoNLL", "rows right", "claims"]
    {
        assert!(figures[name].is_number(), "{name}: {figures}");
    }
}

#[test]
fn the_command_that_exports_the_corpus_is_named() {
    let folder = Folder::new();
    let output = saywho().args(["eval", "corpus"]).arg(folder.at("nowhere")).assert().code(1).get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("corpus.py export"));
}

#[test]
fn gold_that_is_not_there_is_named() {
    let folder = Folder::new();
    let output = saywho().args(["eval", "polnear"]).arg(folder.at("nowhere")).assert().code(1).get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("nowhere"));
}
