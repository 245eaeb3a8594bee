//! Small readings made by hand.
#![allow(dead_code, reason = "each test file is a crate of its own and uses a part of this")]

use saywho::reading::{Act, Attribution, AttributionType, Entity, EntityKind, Polarity};
use saywho::{Document, Point, PointSpan, Points, Reading, Span};

/// The span of a phrase that stands once in the text.
pub fn span(text: &str, phrase: &str) -> PointSpan {
    assert_eq!(text.matches(phrase).count(), 1, "{phrase:?} should stand once in {text:?}");
    let start = text.find(phrase).unwrap();
    Points::of(text).span(Span::new(start, start + phrase.len()))
}

pub fn spans(text: &str, phrases: &[&str]) -> Vec<PointSpan> {
    phrases.iter().map(|phrase| span(text, phrase)).collect()
}

/// The phrase's span as gold writes it.
pub fn pair(text: &str, phrase: &str) -> [usize; 2] {
    let span = span(text, phrase);
    [span.start.0, span.end.0]
}

/// An affirmed, indirect "say" by the speaker "e1", outermost.
pub fn attribution(id: &str, text: &str, source: &str, content: &str) -> Attribution<Point> {
    Attribution {
        id: id.into(),
        source: spans(text, &[source]),
        cue: vec![],
        content: spans(text, &[content]),
        kind: AttributionType::Indirect,
        speaker: Some("e1".into()),
        addressee: None,
        addressee_inferred: false,
        audience: None,
        conversation: None,
        inside: None,
        chain: vec!["e1".into()],
        via: None,
        act: Act::Say,
        polarity: Polarity::Affirmed,
        recipient: vec![],
        told: None,
        issue: None,
        confidence: 1.0,
    }
}

/// A reading whose entities are "e1", "e2", ... with these names.
pub fn reading(text: &str, names: &[&str], attributions: Vec<Attribution<Point>>) -> Reading<Point> {
    let entity = |(i, name): (usize, &&str)| Entity {
        id: format!("e{}", i + 1),
        name: (*name).into(),
        kind: EntityKind::Person,
        roles: vec![],
        side: None,
        mentions: vec![],
        members: Vec::new(),
        unnamed: None,
        ids: Default::default(),
    };
    Reading {
        schema: saywho::reading::SCHEMA.into(),
        document: Document { id: "note".into(), text: text.into(), ..Document::default() },
        entities: names.iter().enumerate().map(entity).collect(),
        attributions,
        conversations: vec![],
        issues: vec![],
    }
}
