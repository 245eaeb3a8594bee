//! Small readings made by hand, with spans in code points.
#![allow(dead_code, reason = "each test file is a crate of its own and uses a part of this")]

use saywho::reading::{Act, Attribution, AttributionType, Entity, EntityKind, Polarity};
use saywho::{Document, Reading, Span};

/// The span of a phrase that stands once in the text.
pub fn span(text: &str, phrase: &str) -> Span {
    assert_eq!(text.matches(phrase).count(), 1, "{phrase:?} should stand once in {text:?}");
    let start = text[..text.find(phrase).unwrap()].chars().count();
    Span::new(start, start + phrase.chars().count())
}

pub fn spans(text: &str, phrases: &[&str]) -> Vec<Span> {
    phrases.iter().map(|phrase| span(text, phrase)).collect()
}

/// The phrase's span as gold writes it.
pub fn pair(text: &str, phrase: &str) -> [usize; 2] {
    let span = span(text, phrase);
    [span.start, span.end]
}

/// An affirmed, indirect "say" by the speaker "e1", outermost.
pub fn attribution(id: &str, text: &str, source: &str, content: &str) -> Attribution {
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
pub fn reading(text: &str, names: &[&str], attributions: Vec<Attribution>) -> Reading {
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
        document: Document::from_text("note", text),
        entities: names.iter().enumerate().map(entity).collect(),
        attributions,
        conversations: vec![],
        issues: vec![],
    }
}
