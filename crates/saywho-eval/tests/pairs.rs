//! Accounts of one invented call with their gold.
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use saywho::Point;
use saywho::comparison::{
    Account, AccountKind, Claim, Comparison, Initiative, IssueRow, Link, Participant, Readable, Relation, SCHEMA,
    Telling, Told,
};
use saywho::reading::{Act, Medium, Polarity};
use saywho_eval::{Error, pairs};
use tempfile::TempDir;

const NORTH: &str = "Ilse Maren demanded an end to the ban. Both agreed on lists.";
const SOUTH: &str = "Teo Vasca explained the ban. Lists will be exchanged, both agreed.";

const GOLD: &str = r#"{"id": "call", "claims": [
    {"id": "c1", "account": 0, "start": 0, "end": 38, "speaker": "Ilse Maren", "act": "demand", "polarity": "affirmed", "issue": "ban"},
    {"id": "c2", "account": 0, "start": 39, "end": 60, "speaker": "both", "act": "agree", "issue": "lists"},
    {"id": "c3", "account": 1, "start": 0, "end": 28, "speaker": "Teo Vasca", "act": "inform", "issue": "ban"},
    {"id": "c4", "account": 1, "start": 29, "end": 66, "speaker": "both", "act": "agree", "issue": "lists"}],
    "links": [{"a": "c1", "b": "c3", "relation": "differ"}, {"a": "c2", "b": "c4", "relation": "same"}],
    "issues": [{"issue": "ban", "relation": "differ"}, {"issue": "lists", "relation": "same"}],
    "conversation": {"participants": [{"name": "Ilse Maren"}, {"name": "Teo Vasca"}], "medium": "telephone",
        "date": "2031-04-02", "initiator": {"side": "Sudovia", "according_to": [0]}}}"#;

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("call.gold.json"), GOLD).unwrap();
    fs::write(folder.path().join("call.0.no.txt"), NORTH).unwrap();
    fs::write(folder.path().join("call.1.su.txt"), SOUTH).unwrap();
    fs::write(folder.path().join("accounts.json"), "{}").unwrap();
    folder
}

fn account(text: &str) -> Account {
    Account {
        id: "a".into(),
        source: None,
        side: None,
        kind: AccountKind::Readout,
        language: None,
        claims: Readable::Found,
        conversation: Told::This,
        conversation_date: None,
        title: None,
        publisher: None,
        published: None,
        translation: None,
        text: text.into(),
    }
}

fn claim(id: &str, document: usize, start: usize, end: usize, speaker: &str, act: Act, issue: &str) -> Claim<Point> {
    Claim {
        id: id.into(),
        document,
        start: Point(start),
        end: Point(end),
        cue: None,
        side: None,
        speaker: Some(speaker.to_owned().into()),
        addressee: None,
        act,
        polarity: Polarity::Affirmed,
        issue: issue.into(),
        attribution: None,
    }
}

fn row(issue: &str, relation: &str, claims: &[&str]) -> IssueRow {
    let claims = claims.iter().map(|&id| id.to_owned()).collect();
    let relation = relation.to_owned().try_into().expect("a relation");
    IssueRow { issue: issue.into(), relation, confidence: None, nearest: None, claims }
}

/// A comparison that is right in everything.
fn right() -> Comparison<Point> {
    let link = |a: &str, b: &str, relation| Link { a: a.into(), b: b.into(), relation, confidence: 1.0 };
    let participant = |name: &str| Participant { name: name.into(), side: None };
    Comparison {
        schema: SCHEMA.into(),
        documents: vec![account(NORTH), account(SOUTH)],
        conversation: Telling {
            participants: vec![participant("Ilse Maren"), participant("Vasca")],
            medium: Medium::Telephone,
            date: Some("2031-04-02".into()),
            duration_minutes: None,
            initiator: Some(Initiative { side: "Sudovia".into(), according_to: vec![0] }),
            initiator_disputed: vec![],
            tone: vec![],
        },
        claims: vec![
            claim("x1", 0, 0, 38, "Maren", Act::Demand, "the ban"),
            claim("x2", 0, 39, 60, "both", Act::Agree, "the lists"),
            claim("x3", 1, 0, 28, "Vasca", Act::Inform, "the ban"),
            claim("x4", 1, 29, 66, "both", Act::Agree, "the lists"),
        ],
        links: vec![link("x3", "x1", Relation::Differ), link("x2", "x4", Relation::Same)],
        issues: vec![row("the ban", "differ", &["x1", "x3"]), row("the lists", "same", &["x2", "x4"])],
        quotations: vec![],
        cautions: vec![],
    }
}

fn lines(folder: &Path, comparison: Comparison<Point>) -> Vec<String> {
    let found = BTreeMap::from([("call".to_owned(), comparison)]);
    pairs::score(folder, &found).unwrap().iter().map(ToString::to_string).collect()
}

#[test]
fn a_right_comparison_has_full_marks() {
    let folder = folder();
    let found = BTreeMap::from([("call".to_owned(), right())]);
    let figures = pairs::score(folder.path(), &found).unwrap();
    assert_eq!(figures.len(), 11);
    // There is no row of one side.
    for figure in figures.iter().filter(|f| f.name != "rows of one side that are so") {
        assert_eq!(figure.value, 100.0, "{figure}");
    }
}

#[test]
fn each_mistake_shows_in_its_own_line() {
    let folder = folder();
    let mut wrong = right();
    wrong.claims.push(claim("x5", 0, 0, 5, "both", Act::Say, "names"));
    wrong.claims[0].speaker = Some("Vasca".to_owned().into());
    wrong.claims[1].act = Act::Say;
    wrong.claims[2].issue = "fish".into();
    wrong.links[0].relation = Relation::Same;
    wrong.links[1].b = "x3".into();
    wrong.issues = vec![
        row("the ban", "only Norrland", &["x1"]),
        row("fish", "only Sudovia", &["x3"]),
        row("the lists", "same", &["x2", "x4"]),
        row("names", "differ", &["x5", "x3"]),
    ];
    wrong.conversation.date = None;
    let wanted = "\
claims                            88.9   (P 80.0 R 100.0; 4 of 4 gold, 5 predicted)
speaker on matched                75.0   (3 of 4)
act on matched                    75.0   (3 of 4)
polarity on matched              100.0   (4 of 4)
issues (B-cubed F1, matched)      85.7   (P 100.0 R 75.0)
links between accounts            50.0   (P 50.0 R 50.0; 1 of 2 gold, 2 predicted)
relation on found links            0.0   (0 of 1)
rows of one side that are so       0.0   (0 of 2)
rows of both sides on one issue   50.0   (1 of 2)
issues that are one row           50.0   (1 of 2)
conversation slots                75.0   (3 of 4)";
    assert_eq!(lines(folder.path(), wrong), wanted.lines().collect::<Vec<_>>());
}

#[test]
fn the_accounts_of_an_event_are_found_by_their_names() {
    let folder = folder();
    let events = pairs::events(folder.path()).unwrap();
    assert_eq!(events.len(), 1);
    let names: Vec<_> = events[0].accounts.iter().filter_map(|a| a.file_name()?.to_str()).collect();
    assert_eq!((events[0].id.as_str(), names), ("call", vec!["call.0.no.txt", "call.1.su.txt"]));
}

#[test]
fn a_missing_comparison_and_other_texts_are_errors() {
    let folder = folder();
    let missing = pairs::score(folder.path(), &BTreeMap::new());
    assert!(matches!(missing, Err(Error::NoReading(name)) if name == "call"));
    let mut other = right();
    other.documents[1].text.push('!');
    let other = pairs::score(folder.path(), &BTreeMap::from([("call".to_owned(), other)]));
    assert!(matches!(other, Err(Error::OtherText(name)) if name == "call"));
}
