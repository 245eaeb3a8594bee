//! One reading as the tables see it: names looked up once, offsets in code points.

use std::collections::HashMap;

use saywho::reading::{Attribution, Document, Entity, Reading};
use saywho::{Points, Span};

/// Stands where words of the text are left out, as in the other reports.
const OMISSION: &str = " […] ";

/// A reading with its text, which may lie elsewhere.
pub(crate) struct One<'r> {
    pub(crate) reading: &'r Reading,
    pub(crate) text: &'r str,
    pub(crate) points: Points,
    entities: HashMap<&'r str, &'r Entity>,
    depths: HashMap<&'r str, i32>,
}

impl<'r> One<'r> {
    pub(crate) fn new(reading: &'r Reading, text: &'r str) -> One<'r> {
        let entities = reading.entities.iter().map(|e| (e.id.as_str(), e)).collect();
        let mut depths = HashMap::new();
        for a in &reading.attributions {
            // Outer ones stand before those inside them.
            let depth = a.inside.as_deref().and_then(|outer| depths.get(outer)).map_or(0, |depth| depth + 1);
            depths.insert(a.id.as_str(), depth);
        }
        One { reading, text, points: Points::of(text), entities, depths }
    }

    pub(crate) fn document(&self) -> &'r Document {
        &self.reading.document
    }

    pub(crate) fn entity(&self, id: Option<&str>) -> Option<&'r Entity> {
        self.entities.get(id?).copied()
    }

    /// The name of the entity of this id, or the id where the reading holds none.
    pub(crate) fn name(&self, id: &'r str) -> &'r str {
        self.entity(Some(id)).map_or(id, |entity| &entity.name)
    }

    pub(crate) fn depth(&self, attribution: &Attribution) -> i32 {
        self.depths.get(attribution.id.as_str()).copied().unwrap_or(0)
    }

    /// The words of a span; none where it does not lie on the text.
    pub(crate) fn words(&self, span: Span) -> &'r str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The words of several spans, the gaps between them marked.
    pub(crate) fn joined(&self, spans: &[Span]) -> String {
        spans.iter().map(|span| self.words(*span)).collect::<Vec<_>>().join(OMISSION)
    }

    /// The words of several spans, counted at white space.
    pub(crate) fn count(&self, spans: &[Span]) -> usize {
        spans.iter().map(|span| self.words(*span).split_whitespace().count()).sum()
    }
}

/// An identifier of an entity.
pub(crate) fn identifier<'r>(entity: Option<&'r Entity>, table: &str) -> Option<&'r str> {
    entity?.ids.get(table).map(String::as_str)
}
