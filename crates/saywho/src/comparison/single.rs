//! A single report that carries several sides: the accounts are those of the sides in its chains.

use super::data::{Account, Comparison, SCHEMA, Telling};
use super::Options;
use crate::Reading;
use crate::reading::Medium;

pub(super) fn compare(reading: &Reading, _options: &Options) -> Comparison {
    let document = &reading.document;
    Comparison {
        schema: SCHEMA.into(),
        documents: vec![Account {
            id: document.id.clone(),
            source: document.source.clone(),
            side: None,
            kind: "report".into(),
            title: document.title.clone(),
            publisher: document.publisher.clone(),
            published: document.published.clone(),
            translation: super::report::translation(&document.text),
            text: document.text.clone(),
        }],
        conversation: Telling {
            participants: Vec::new(),
            medium: Medium::Unknown,
            date: None,
            duration_minutes: None,
            initiator: None,
            initiator_disputed: Vec::new(),
            tone: Vec::new(),
        },
        claims: Vec::new(),
        links: Vec::new(),
        issues: Vec::new(),
        quotations: Vec::new(),
    }
}
