//! A folder of gold with one small article.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::{attribution, pair, reading};
use saywho::{Point, Reading};
use saywho_eval::{Error, Result, speakers};

const TEXT: &str = "“Lund told us the dam is safe,” said Ilse Maren. Teo Vasca asked the council for help.";

fn gold() -> String {
    let at = |phrase: &str| pair(TEXT, phrase);
    format!(
        r#"{{"doc": "dam", "attributions": [
            {{"source": [{:?}], "content": [{:?}], "speaker": "Ilse Maren", "act": "say", "nested": [
              {{"source": null, "speaker": "Nora Lund", "content_spans": [{:?}]}}]}},
            {{"source": [{:?}], "content": [{:?}], "speaker": "Teo Vasca", "addressee": "the Council", "act": "ask",
              "polarity": "affirmed", "nested": []}}]}}"#,
        at("Ilse Maren"),
        at("“Lund told us the dam is safe,”"),
        at("the dam is safe"),
        at("Teo Vasca"),
        at("for help"),
    )
}

fn score(readings: &[Reading<Point>]) -> Result<Vec<String>> {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("dam.json"), gold()).unwrap();
    fs::write(dir.path().join("dam.txt"), TEXT).unwrap();
    assert_eq!(speakers::documents(dir.path()).unwrap(), ["dam"]);
    let readings: BTreeMap<String, Reading<Point>> = readings.iter().map(|r| ("dam".to_owned(), r.clone())).collect();
    let figures = speakers::score(dir.path(), dir.path(), &readings)?;
    Ok(figures.iter().map(ToString::to_string).collect())
}

#[test]
fn matched_pairs_and_what_is_nested_in_them_are_measured() {
    let outer = attribution("a1", TEXT, "Ilse Maren", "Lund told us the dam is safe");
    let mut inner = attribution("a2", TEXT, "Lund", "the dam is safe");
    inner.inside = Some("a1".into());
    inner.speaker = Some("e2".into());
    // Two levels down and not in the gold.
    let mut spurious = attribution("a3", TEXT, "Lund", "safe");
    spurious.inside = Some("a2".into());
    // The right words but the wrong speaker and act.
    let mut asked = attribution("a4", TEXT, "Teo Vasca", "for help");
    asked.addressee = Some("e3".into());
    let reading = reading(TEXT, &["Ilse Maren", "Lund", "council"], vec![outer, inner, spurious, asked]);
    let wanted = "\
attributions                     100.0   (P 100.0 R 100.0; 2 of 2 gold, 2 predicted)
speaker on matched                50.0   (1 of 2)
act on matched                    50.0   (1 of 2)
polarity on matched              100.0   (2 of 2)
addressee on matched             100.0   (1 of 1)
nested within matched             66.7   (P 50.0 R 100.0; 1 of 1 gold, 2 predicted)
nested speaker on matched        100.0   (1 of 1)";
    assert_eq!(score(&[reading]).unwrap(), wanted.lines().collect::<Vec<_>>());
}

#[test]
fn an_attribution_with_the_wrong_source_is_not_matched() {
    let wrong = attribution("a1", TEXT, "Lund", "Lund told us the dam is safe");
    let lines = score(&[reading(TEXT, &["Ilse Maren"], vec![wrong])]).unwrap();
    assert!(lines[0].ends_with("  0.0   (P 0.0 R 0.0; 0 of 2 gold, 1 predicted)"), "{}", lines[0]);
    assert!(lines[5].ends_with("0 of 0 gold, 0 predicted)"), "{}", lines[5]);
}

#[test]
fn a_missing_reading_and_another_text_are_errors() {
    assert!(matches!(score(&[]), Err(Error::NoReading(name)) if name == "dam"));
    let other = reading("Rain.", &[], vec![]);
    assert!(matches!(score(&[other]), Err(Error::OtherText(name)) if name == "dam"));
}
