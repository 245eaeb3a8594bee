//! One small article with its full reading.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod common;

use common::{attribution, pair, reading, span};
use saywho::reading::{Act, Conversation, Medium};
use saywho::{Point, Reading};
use saywho_eval::{Error, reading as measure};

const TEXT: &str = "Radio North reported that Ilse Maren had demanded an end to the ban. Share this.";
const NAMES: [&str; 3] = ["Radio North", "Maren", "Sudovia"];

/// The gold; `conversation` is JSON.
fn gold(conversation: &str) -> String {
    let at = |phrase: &str| pair(TEXT, phrase);
    let shared = r#""type": "indirect", "polarity": "affirmed", "source_text": []"#;
    format!(
        r#"{{"boilerplate": [{:?}], "entities": {{"Sudovia": {{"mentions": ["the southerners"]}}}},
            "conversation": {conversation}, "attributions": [
            {{"id": "b1", "source": [{:?}], "content": [{:?}], "speaker": "Radio North", "addressee": null,
              "inside": null, "chain": ["Radio North"], "act": "say", {shared}}},
            {{"id": "b2", "source": [{:?}], "content": [{:?}], "speaker": "Ilse Maren", "addressee": "Sudovia",
              "inside": "b1", "chain": ["Radio North", "Ilse Maren"], "act": "demand", {shared}}},
            {{"id": "b3", "source": [], "content": [{:?}], "speaker": null, "addressee": null, "optional": true,
              "inside": null, "chain": [], "act": "ask", {shared}}}]}}"#,
        at("Share this."),
        at("Radio North"),
        at("that Ilse Maren had demanded an end to the ban"),
        at("Ilse Maren"),
        at("an end to the ban"),
        at("Share"),
    )
}

/// A reading that is right in everything.
fn right() -> Reading<Point> {
    let outer = attribution("a1", TEXT, "Radio North", "that Ilse Maren had demanded an end to the ban");
    let mut inner = attribution("a2", TEXT, "Ilse Maren", "an end to the ban");
    inner.speaker = Some("e2".into());
    inner.addressee = Some("e3".into());
    inner.inside = Some("a1".into());
    inner.chain = vec!["e1".into(), "e2".into()];
    inner.act = Act::Demand;
    let mut reading = reading(TEXT, &NAMES, vec![outer, inner]);
    reading.document.boilerplate = vec![span(TEXT, "Share this.")];
    reading
}

fn lines(gold: &str, reading: &Reading<Point>) -> Vec<String> {
    measure::score(gold, TEXT, reading).unwrap().iter().map(ToString::to_string).collect()
}

#[test]
fn a_right_reading_has_full_marks() {
    let figures = measure::score(&gold("null"), TEXT, &right()).unwrap();
    assert_eq!(figures.len(), 10);
    for figure in figures {
        assert_eq!(figure.value, 100.0, "{figure}");
    }
}

#[test]
fn each_mistake_shows_in_its_own_line() {
    let mut reading = right();
    reading.attributions.push(attribution("a3", TEXT, "Radio North", "this"));
    let inner = &mut reading.attributions[1];
    inner.addressee = None;
    inner.inside = None;
    inner.chain = vec!["e2".into()];
    inner.act = Act::Say;
    reading.document.boilerplate = vec![span(TEXT, "this.")];
    reading.conversations = vec![Conversation {
        id: "c1".into(),
        participants: vec!["e2".into()],
        medium: Medium::Telephone,
        initiator: None,
        date: None,
        tone: vec![],
    }];
    let conversation =
        r#"{"participants": ["Ilse Maren", "Teo Vasca"], "medium": "telephone", "initiator": "Norrland"}"#;
    let wanted = "\
attributions (nested too)         80.0   (P 66.7 R 100.0; 2 of 2 gold, 3 predicted)
speaker (of all gold)            100.0   (2 of 2)
addressee (of all gold)            0.0   (0 of 1)
chain (of all gold)               50.0   (1 of 2)
inside (of all gold)              50.0   (1 of 2)
act (of all gold)                 50.0   (1 of 2)
polarity (of all gold)           100.0   (2 of 2)
type (of all gold)               100.0   (2 of 2)
boilerplate marked                50.0   (1 of 2)
body kept                        100.0   (13 of 13)
participants                      50.0   (1 of 2)
medium                           100.0   (True of 1)
initiator                          0.0   (False of 1)";
    assert_eq!(lines(&gold(conversation), &reading), wanted.lines().collect::<Vec<_>>());
}

#[test]
fn optional_gold_counts_only_where_it_is_found() {
    let mut reading = right();
    let mut found = attribution("a3", TEXT, "Radio North", "Share");
    found.source.clear();
    reading.attributions.push(found);
    let lines = lines(&gold("null"), &reading);
    assert!(lines[0].ends_with("100.0   (P 100.0 R 100.0; 3 of 3 gold, 3 predicted)"), "{}", lines[0]);
    assert!(lines[5].ends_with("(2 of 2)"), "{}", lines[5]);
}

#[test]
fn where_the_text_names_nobody_so_does_a_right_reading() {
    let nobody = gold("null")
        .replace(r#""speaker": "Ilse Maren""#, r#""speaker": null"#)
        .replace(r#"["Radio North", "Ilse Maren"]"#, r#"["Radio North", "unnamed"]"#);
    let with_speaker = |speaker: Option<&str>, chain: &[&str]| {
        let mut reading = right();
        reading.attributions[1].speaker = speaker.map(str::to_owned);
        reading.attributions[1].chain = chain.iter().map(|&id| id.to_owned()).collect();
        let lines = lines(&nobody, &reading);
        [lines[1].ends_with("(2 of 2)"), lines[3].ends_with("(2 of 2)")]
    };
    assert_eq!(with_speaker(None, &["e1"]), [true, true]);
    assert_eq!(with_speaker(Some("e2"), &["e1", "e2"]), [false, true]);
    assert_eq!(with_speaker(None, &[]), [true, false]);
}

#[test]
fn figures_of_several_articles_are_those_of_all_their_attributions() {
    let mut wrong = right();
    wrong.attributions.truncate(1);
    let mut counts = measure::Counts::default();
    let conversation = r#"{"participants": ["Ilse Maren"], "medium": "telephone", "initiator": null}"#;
    counts.add(&gold(conversation), TEXT, &right()).unwrap();
    counts.add(&gold(conversation), TEXT, &wrong).unwrap();
    let lines: Vec<String> = counts.figures().iter().map(ToString::to_string).collect();
    assert!(lines[0].ends_with("(P 100.0 R 75.0; 3 of 4 gold, 3 predicted)"), "{}", lines[0]);
    assert!(lines[1].ends_with("(3 of 4)"), "{}", lines[1]);
    assert!(lines[11].ends_with("(0 of 2)"), "{}", lines[11]);
}

#[test]
fn aliases_of_the_gold_are_right_names() {
    let mut reading = right();
    reading.entities[2].name = "Southerners".into();
    assert!(lines(&gold("null"), &reading)[2].ends_with("(1 of 1)"));
    reading.entities[2].name = "Northerners".into();
    assert!(lines(&gold("null"), &reading)[2].ends_with("(0 of 1)"));
}

#[test]
fn another_text_and_broken_gold_are_errors() {
    let other = measure::score(&gold("null"), "Radio North was silent.", &right());
    assert!(matches!(other, Err(Error::OtherText(name)) if name == "note"));
    let broken = measure::score(&gold("null").replace("demand\"", "sing\""), TEXT, &right()).unwrap_err().to_string();
    assert!(broken.contains("note") && broken.contains("sing"), "{broken}");
}
