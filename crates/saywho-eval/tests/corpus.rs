//! All layers on one small text.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod common;

use common::{attribution, pair, reading, span};
use saywho::reading::{EntityKind, Unnamed};
use saywho::{Point, Reading};
use saywho_eval::{Error, corpus};

const TEXT: &str = "Ilse Maren spoke. She told Norrland that Teo Vasca had said the harbour was shut. He laughed.";

/// Maren told Norrland that Vasca had said something.
fn gold() -> String {
    let at = |phrase: &str| pair(TEXT, phrase);
    let shared = r#""type": "indirect", "act": "say", "polarity": "affirmed", "source_text": []"#;
    format!(
        r#"{{"boilerplate": [], "entities": {{}}, "attributions": [
            {{"id": "b1", "source": [{:?}], "content": [{:?}], "recipient": [{:?}], "inside": null, "chain": ["Ilse Maren"],
              "speaker": "Ilse Maren", "addressee": "Norrland", "speakers": [1], "addressees": [2], {shared}}},
            {{"id": "b2", "source": [{:?}], "content": [{:?}], "recipient": [], "inside": "b1",
              "chain": ["Ilse Maren", "Teo Vasca"], "speaker": "Teo Vasca", "addressee": null, "speakers": [3],
              "addressees": [], {shared}}}],
            "cast": [{{"id": 1, "kind": "person", "name": "Ilse Maren", "mentions": [{:?}, {:?}]}},
                     {{"id": 2, "kind": "state", "name": "Norrland", "mentions": [{:?}]}},
                     {{"id": 3, "kind": "person", "name": "Teo Vasca", "mentions": [{:?}, {:?}]}}]}}"#,
        at("She"),
        at("that Teo Vasca had said the harbour was shut"),
        at("Norrland"),
        at("Teo Vasca"),
        at("the harbour was shut"),
        at("Ilse Maren"),
        at("She"),
        at("Norrland"),
        at("Teo Vasca"),
        at("He"),
    )
}

/// A reading that takes "He" for Maren, does not know Norrland, and finds something nested too much.
fn flawed() -> Reading<Point> {
    let mut outer = attribution("a1", TEXT, "She", "that Teo Vasca had said the harbour was shut");
    outer.recipient = vec![span(TEXT, "Norrland")];
    outer.confidence = 0.75;
    let mut inner = attribution("a2", TEXT, "Teo Vasca", "the harbour was shut");
    inner.speaker = Some("e2".into());
    inner.inside = Some("a1".into());
    let mut wrong = attribution("a3", TEXT, "He", "shut");
    wrong.inside = Some("a1".into());
    let mut reading = reading(TEXT, &["Ilse Maren", "Teo Vasca"], vec![outer, inner, wrong]);
    reading.entities[0].mentions = vec![span(TEXT, "Ilse Maren"), span(TEXT, "She"), span(TEXT, "He")];
    reading.entities[1].mentions = vec![span(TEXT, "Teo Vasca")];
    reading
}

/// All lines about the reading, title lines too.
fn lines(reading: &Reading<Point>) -> Vec<String> {
    let mut counts = corpus::Counts::default();
    counts.add(&gold(), TEXT, reading).unwrap();
    let tables = counts.tables();
    tables
        .iter()
        .flat_map(|t| [t.title.to_owned()].into_iter().chain(t.figures.iter().map(ToString::to_string)))
        .collect()
}

/// The line of a figure without its name, its spaces made one.
fn line(lines: &[String], name: &str) -> String {
    let found = lines.iter().find(|line| line.split("  ").next() == Some(name));
    let line = found.unwrap_or_else(|| panic!("no figure {name} in {lines:?}"));
    line[name.len()..].split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_layer_is_measured() {
    let lines = lines(&flawed());
    let wanted = [
        ("attributions (nested too)", "80.0 (P 66.7 R 100.0; 2 of 2 gold, 3 predicted)"),
        ("nested attributions", "66.7 (P 50.0 R 100.0; 1 of 1 gold, 2 predicted)"),
        ("recipients", "100.0 (P 100.0 R 100.0; 1 of 1 gold, 1 predicted)"),
        // One of 0.75 that is right; two of 1.0, of which one is.
        ("calibration error, outermost", "25.0 (mean confidence 75.0, right 100.0; 1)"),
        ("calibration error, nested", "50.0 (mean confidence 100.0, right 50.0; 2)"),
        ("mentions", "88.9 (P 100.0 R 80.0; 4 of 5 gold, 4 predicted)"),
        ("mentions with kind", "88.9 (P 100.0 R 80.0; 4 of 5 gold, 4 predicted)"),
        ("persons", "100.0 (P 100.0 R 100.0; 4 of 4 gold, 4 predicted)"),
        ("states", "0.0 (P 0.0 R 0.0; 0 of 1 gold, 0 predicted)"),
        // {Maren She} {Norrland} {Vasca He} against {Maren She He} {Vasca}, worked by hand. MUC: one of two links either way.
        ("MUC", "50.0 (P 50.0 R 50.0)"),
        // R (2/2 + 2/2 + 0 + 1/2 + 1/2) / 5, P (2/3 + 2/3 + 1/3 + 1) / 4.
        ("B-cubed", "63.2 (P 66.7 R 60.0)"),
        // Maren 2·2/(2+3), Vasca 2·1/(2+1): 1.467 of three and of two.
        ("CEAF-e", "58.7 (P 73.3 R 48.9)"),
        ("CoNLL", "57.3 (the mean of the three)"),
        ("CoNLL, no groups or documents", "57.3 (MUC 50.0, B-cubed 63.2, CEAF-e 58.7)"),
        ("rows right", "100.0 (2 of 2)"),
        ("lists without a fault", "100.0 (1 of 1)"),
        ("speakers in the list", "66.7 (2 of 3)"),
    ];
    for (name, figure) in wanted {
        assert_eq!(line(&lines, name), figure, "{name}");
    }
}

#[test]
fn a_mention_without_titles_is_right_by_head_alone() {
    let mut reading = flawed();
    reading.entities[0].mentions[0] = span(TEXT, "Maren");
    let lines = lines(&reading);
    assert_eq!(line(&lines, "mentions"), "66.7 (P 75.0 R 60.0; 3 of 5 gold, 4 predicted)");
    assert_eq!(line(&lines, "mentions by head"), "88.9 (P 100.0 R 80.0; 4 of 5 gold, 4 predicted)");
    assert!(line(&lines, "CoNLL by head").starts_with("57.3"));
}

#[test]
fn each_fault_of_a_list_has_its_line() {
    let faults = |change: &dyn Fn(&mut Reading<Point>)| {
        let mut reading = flawed();
        change(&mut reading);
        let lines = lines(&reading);
        let names =
            ["rows right", "rows junk", "rows double", "rows of a wrong kind", "rows merged", "rows badly named"];
        let count = |name: &str| line(&lines, name).split(['(', ' ']).nth(2).unwrap().parse::<usize>().unwrap();
        names.map(count)
    };
    assert_eq!(faults(&|_| {}), [2, 0, 0, 0, 0, 0]);
    assert_eq!(faults(&|r| r.entities[1].name = "Vasca".into()), [2, 0, 0, 0, 0, 0]);
    assert_eq!(faults(&|r| r.entities[1].name = "the envoy".into()), [1, 0, 0, 0, 0, 1]);
    assert_eq!(faults(&|r| r.entities[1].kind = EntityKind::State), [1, 0, 0, 1, 0, 0]);
    assert_eq!(
        faults(&|r| {
            r.entities[1].mentions.clear();
            r.entities[1].name = "the harbour".into();
        }),
        [1, 1, 0, 0, 0, 0]
    );
    // A second row of Maren, with fewer of her mentions.
    assert_eq!(
        faults(&|r| {
            r.entities[1].mentions = vec![span(TEXT, "She")];
            r.entities[0].mentions.remove(1);
            r.entities[0].mentions.pop();
            r.entities[1].name = "Maren".into();
        }),
        [1, 0, 1, 0, 0, 0]
    );
    // One mention of another is a slip, two are a merger.
    assert_eq!(faults(&|r| r.entities[0].mentions.push(span(TEXT, "Teo Vasca"))), [1, 0, 0, 0, 1, 0]);
}

#[test]
fn those_without_a_name_have_the_kind_of_the_gold() {
    let unnamed = gold().replace(r#""name": "Teo Vasca""#, r#""name": null"#);
    let mut reading = flawed();
    reading.entities[1].kind = EntityKind::Unnamed;
    reading.entities[1].unnamed = Some(Unnamed { kind: "envoys".into(), count: None, body: None, condition: None });
    let figure = |gold: &str| {
        let mut counts = corpus::Counts::default();
        counts.add(gold, TEXT, &reading).unwrap();
        let figures = counts.tables().into_iter().flat_map(|t| t.figures);
        figures.filter(|f| f.name == "persons").map(|f| f.detail).collect::<String>()
    };
    assert_eq!(figure(&unnamed), "(P 100.0 R 100.0; 4 of 4 gold, 4 predicted)");
    assert_eq!(figure(&gold()), "(P 100.0 R 75.0; 3 of 4 gold, 3 predicted)");
}

#[test]
fn members_stand_in_the_list_instead_of_their_group() {
    let mut reading = flawed();
    let mut both = reading.entities[0].clone();
    both.id = "e3".into();
    both.name = "Ilse Maren and Teo Vasca".into();
    both.mentions.clear();
    both.kind = EntityKind::Group;
    both.members = vec!["e1".into(), "e2".into()];
    reading.entities.push(both);
    reading.attributions[0].speaker = Some("e3".into());
    assert_eq!(line(&lines(&reading), "rows right"), "100.0 (2 of 2)");
}

#[test]
fn damaged_texts_stand_beside_the_same_whole_and_count_nowhere_else() {
    let whole = flawed();
    let mut damaged = flawed();
    damaged.document.id = "note~lost-mark".into();
    damaged.attributions.pop();
    let mut other = flawed();
    other.document.id = "letter".into();
    other.attributions.clear();
    let mut counts = corpus::Counts::new(["note", "note~lost-mark", "letter"]);
    for reading in [&whole, &damaged, &other] {
        counts.add(&gold(), TEXT, reading).unwrap();
    }
    let lines: Vec<String> = counts.tables().iter().flat_map(|t| &t.figures).map(ToString::to_string).collect();
    assert!(line(&lines, "attributions (nested too)").ends_with("2 of 4 gold, 3 predicted)"));
    assert!(line(&lines, "attributions, damaged").ends_with("2 of 2 gold, 2 predicted)"));
    assert!(line(&lines, "attributions, the same whole").ends_with("2 of 2 gold, 3 predicted)"));
    assert!(line(&lines, "CoNLL, damaged").starts_with("57.3"));
}

#[test]
fn without_damaged_texts_there_is_no_table_of_them() {
    assert!(!lines(&flawed()).iter().any(|line| line == "Damaged texts"));
}

#[test]
fn gold_without_the_layers_is_an_error() {
    let mut counts = corpus::Counts::default();
    let old = gold().replace("\"cast\"", "\"caste\"");
    assert!(matches!(counts.add(&old, TEXT, &flawed()), Err(Error::Gold { .. })));
    assert!(matches!(counts.add(&gold(), "Another text.", &flawed()), Err(Error::OtherText(_))));
}
