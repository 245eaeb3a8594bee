//! Corrections laid over a reading: a pure function, done anew whenever either changes.

use saywho::reading::{Attribution, Entity, EntityKind};
use saywho::{Reading, Span};
use serde::{Deserialize, Serialize};

use crate::correction::{Body, Correction, EntityRef, Part};
use crate::{Error, Result};

/// A passage, to be found again in another reading of the same document or of a new text of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Anchor {
    attribution: String,
    content: Vec<Span>,
    cue: Vec<Span>,
    words: String,
}

impl Anchor {
    /// The passage of an attribution of a reading as it was read.
    pub(crate) fn of(reading: &Reading, attribution: &str) -> Result<Anchor> {
        let missing = || Error::Missing(format!("attribution “{attribution}” in document “{}”", reading.document.id));
        let found = reading.attribution(attribution).ok_or_else(missing)?;
        Ok(Anchor {
            attribution: attribution.to_owned(),
            content: found.content.clone(),
            cue: found.cue.clone(),
            words: words(&reading.document.text, &found.content),
        })
    }

    /// Index of the attribution that stands for the passage: one of the same words, else one at the same place.
    fn find(&self, reading: &Reading) -> Option<usize> {
        let text = &reading.document.text;
        let unmoved = text_at(text, &self.content) == Some(self.words.clone());
        let likeness = |a: &Attribution| {
            let same_words = if words(text, &a.content) == self.words { 2.0 } else { 0.0 };
            let same_place =
                if unmoved { shared(&self.content, &a.content) + 0.25 * shared(&self.cue, &a.cue) } else { 0.0 };
            let same_id = if a.id == self.attribution { 0.01 } else { 0.0 };
            same_words + same_place + same_id
        };
        let all = reading.attributions.iter().enumerate().map(|(i, a)| (i, likeness(a)));
        let best = all.max_by(|(_, a), (_, b)| a.total_cmp(b));
        best.filter(|(_, likeness)| *likeness >= 0.5).map(|(i, _)| i)
    }
}

/// A part of two sets of spans that both hold, 0 to 1.
fn shared(a: &[Span], b: &[Span]) -> f64 {
    let length = |spans: &[Span]| spans.iter().map(|s| s.end - s.start).sum::<usize>();
    let both: usize =
        a.iter().flat_map(|a| b.iter().map(|b| a.end.min(b.end).saturating_sub(a.start.max(b.start)))).sum();
    both as f64 / (length(a) + length(b) - both).max(1) as f64
}

fn text_at(text: &str, spans: &[Span]) -> Option<String> {
    let parts: Option<Vec<&str>> = spans.iter().map(|s| text.get(s.start..s.end)).collect();
    parts.map(|parts| parts.join(" … "))
}

/// The words of spans, for people; nothing where a span does not lie in the text.
pub(crate) fn words(text: &str, spans: &[Span]) -> String {
    let parts: Vec<&str> = spans.iter().filter_map(|s| text.get(s.start..s.end)).collect();
    parts.join(" … ")
}

/// An entity of the store as an overlay needs it.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub id: i64,
    pub name: String,
    pub kind: EntityKind,
    pub side: Option<String>,
}

/// A reading with corrections over it.
pub(crate) struct Laid {
    pub reading: Reading,
    /// For each of its entities the one of the store.
    pub entities: Vec<i64>,
    /// For each correction the attributions it lies over; nothing where its passage is gone.
    pub touches: Vec<Option<Vec<String>>>,
}

/// Lays corrections over a reading. `entities` are those of the store for the reading's own; `known` gives others of the
/// store and `split` the one that a split has made.
pub(crate) fn lay(
    raw: &Reading,
    entities: Vec<i64>,
    corrections: &[Correction],
    known: &mut dyn FnMut(i64) -> Result<Known>,
    split: &mut dyn FnMut(&Correction, &Entity) -> Result<Known>,
) -> Result<Laid> {
    let touches = Vec::with_capacity(corrections.len());
    let mut laid = Laid { reading: raw.clone(), entities, touches };
    for correction in corrections {
        // Passages are looked for in the reading as it was, so that an undone correction pulls no other with it.
        let places: Vec<usize> = correction.anchors.iter().filter_map(|anchor| anchor.find(raw)).collect();
        let whole = places.len() == correction.anchors.len();
        let touched = match (&correction.body, places.first()) {
            (Body::Speaker { entity, .. }, Some(&place)) => match laid.place_of(entity.as_ref(), known)? {
                Some(speaker) => laid.speak(&[place], speaker),
                None => None,
            },
            (Body::Split { entity, .. }, _) if whole => laid.divide(correction, entity, places, split)?,
            (Body::Span { part, spans, .. }, Some(&place)) => laid.moved(place, *part, spans),
            _ => None,
        };
        laid.touches.push(touched);
    }
    Ok(laid)
}

impl Laid {
    /// Index of an entity in the reading, which gets one of the store that it does not hold yet; `Some(None)` is nobody.
    fn place_of(
        &mut self,
        entity: Option<&EntityRef>,
        known: &mut dyn FnMut(i64) -> Result<Known>,
    ) -> Result<Option<Option<usize>>> {
        Ok(match entity {
            None => Some(None),
            Some(EntityRef::Local(local)) => self.local(local).map(Some),
            Some(EntityRef::Store(id)) => Some(Some(match self.entities.iter().position(|e| e == id) {
                Some(place) => place,
                None => self.enter(known(*id)?),
            })),
        })
    }

    fn local(&self, local: &str) -> Option<usize> {
        self.reading.entities.iter().position(|e| e.id == local)
    }

    /// A new entity of the reading.
    fn enter(&mut self, known: Known) -> usize {
        let number = self.reading.entities.iter().filter_map(|e| e.id.strip_prefix('e')?.parse::<usize>().ok()).max();
        self.reading.entities.push(Entity {
            id: format!("e{}", number.unwrap_or(0) + 1),
            name: known.name,
            kind: known.kind,
            roles: Vec::new(),
            side: known.side,
            mentions: Vec::new(),
            ids: Default::default(),
        });
        self.entities.push(known.id);
        self.entities.len() - 1
    }

    /// Makes one the speaker of attributions, and the end of their chains and of those inside them.
    fn speak(&mut self, places: &[usize], speaker: Option<usize>) -> Option<Vec<String>> {
        let new = speaker.map(|s| self.reading.entities[s].id.clone());
        let mut touched = Vec::new();
        for &place in places {
            let attribution = &mut self.reading.attributions[place];
            let old = std::mem::replace(&mut attribution.speaker, new.clone());
            touched.push(attribution.id.clone());
            if attribution.chain.last() == old.as_ref() {
                attribution.chain.pop();
            }
            attribution.chain.extend(new.clone());
        }
        Some(touched)
    }

    /// Puts somebody new in an entity's place: as speaker of attributions, or everywhere.
    fn divide(
        &mut self,
        correction: &Correction,
        entity: &EntityRef,
        places: Vec<usize>,
        split: &mut dyn FnMut(&Correction, &Entity) -> Result<Known>,
    ) -> Result<Option<Vec<String>>> {
        let found = match entity {
            EntityRef::Local(local) => self.local(local),
            EntityRef::Store(id) => self.entities.iter().position(|e| e == id),
        };
        let Some(found) = found else { return Ok(None) };
        let known = split(correction, &self.reading.entities[found])?;
        if !correction.anchors.is_empty() {
            let new = self.enter(known);
            return Ok(self.speak(&places, Some(new)));
        }
        let local = self.reading.entities[found].id.clone();
        self.reading.entities[found].name = known.name;
        self.reading.entities[found].ids.clear();
        self.entities[found] = known.id;
        let speaks = |a: &&Attribution| a.speaker.as_ref() == Some(&local);
        Ok(Some(self.reading.attributions.iter().filter(speaks).map(|a| a.id.clone()).collect()))
    }

    /// Puts a part of an attribution elsewhere; `spans` count code points.
    fn moved(&mut self, place: usize, part: Part, spans: &[Span]) -> Option<Vec<String>> {
        let text = &self.reading.document.text;
        let at: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        let spans = spans.iter().map(|s| Some(Span::new(*at.get(s.start)?, *at.get(s.end)?)));
        let spans: Vec<Span> = spans.collect::<Option<_>>()?;
        let attribution = &mut self.reading.attributions[place];
        match part {
            Part::Source => attribution.source = spans,
            Part::Cue => attribution.cue = spans,
            Part::Content => attribution.content = spans,
        }
        Some(vec![attribution.id.clone()])
    }
}
