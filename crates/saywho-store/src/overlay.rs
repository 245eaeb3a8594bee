//! Corrections laid over a reading: a pure function, done anew whenever either changes.

use std::collections::{BTreeMap, BTreeSet};

use saywho::reading::{Attribution, Entity, EntityKind};
use saywho::{PointSpan, Points, Reading, Span};
use serde::{Deserialize, Serialize};

use crate::correction::{Body, Correction, EntityRef, Part};
use crate::{Error, Result, kept};

/// A passage, to be found again in another reading of the same document or of a new text of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Anchor {
    attribution: String,
    #[serde(with = "kept::spans")]
    content: Vec<Span>,
    #[serde(with = "kept::spans")]
    cue: Vec<Span>,
    /// Of an attribution that a person has added: where its source stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "kept::spans")]
    source: Vec<Span>,
    /// The words of the content; of one that was added all from its first to its last word.
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
            source: Vec::new(),
            words: words(&reading.document.text, &found.content),
        })
    }

    /// The passage of an attribution that a person adds.
    pub(crate) fn of_added(text: &str, source: &[PointSpan], cue: &[PointSpan], content: &[PointSpan]) -> Anchor {
        let bytes = |spans: &[PointSpan]| to_bytes(text, spans).unwrap_or_default();
        let (source, cue, content) = (bytes(source), bytes(cue), bytes(content));
        let whole = hull(&[&source, &cue, &content]);
        let words = text.get(whole.start..whole.end).unwrap_or_default().to_owned();
        Anchor { attribution: String::new(), content, cue, source, words }
    }

    /// Source, cue and content of an attribution that a person added, in a text in which they may have moved; nothing where the
    /// text does not hold them any more.
    fn moved_parts(&self, text: &str) -> Option<[Vec<Span>; 3]> {
        let whole = hull(&[&self.source, &self.cue, &self.content]);
        let stays = text.get(whole.start..whole.end) == Some(self.words.as_str());
        let places = text.match_indices(&self.words).map(|(at, _)| at);
        let at = if stays { whole.start } else { places.min_by_key(|at| at.abs_diff(whole.start))? };
        let moved = |spans: &[Span]| {
            spans.iter().map(|s| Span::new(s.start - whole.start + at, s.end - whole.start + at)).collect()
        };
        Some([moved(&self.source), moved(&self.cue), moved(&self.content)])
    }

    /// Index of the attribution that stands for the passage: one of the same words, else one at the same place.
    fn find(&self, reading: &Reading) -> Option<usize> {
        if self.attribution.starts_with(ADDED) {
            return None;
        }
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

/// What the ids of attributions begin with that persons have added; the number of the correction follows.
const ADDED: &str = "added";

/// From the first to the last word of all these.
fn hull(parts: &[&[Span]]) -> Span {
    let all = || parts.iter().flat_map(|spans| spans.iter());
    Span::new(all().map(|s| s.start).min().unwrap_or(0), all().map(|s| s.end).max().unwrap_or(0))
}

/// The bytes of spans of a text; nothing where it does not hold one of them.
fn to_bytes(text: &str, spans: &[PointSpan]) -> Option<Vec<Span>> {
    let points = Points::of(text);
    spans.iter().map(|span| points.bytes(*span).ok()).collect()
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
    /// Where those stand that persons have added, by the ids that they were given.
    added: BTreeMap<String, usize>,
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
    let mut laid = Laid::of(raw, entities);
    // Known before all else: what is added in the place of a rejected one is another.
    let rejects = corrections.iter().filter(|c| matches!(c.body, Body::Reject { .. }));
    let found = rejects.flat_map(|c| c.anchors.iter().filter_map(|anchor| anchor.find(raw)));
    let mut rejected: BTreeSet<String> = found.map(|place| raw.attributions[place].id.clone()).collect();
    for correction in corrections {
        // Passages are looked for in the reading as it was, so that an undone correction pulls no other with it.
        let places: Vec<usize> =
            correction.anchors.iter().filter_map(|anchor| laid.added(anchor).or_else(|| anchor.find(raw))).collect();
        let whole = places.len() == correction.anchors.len();
        let touched = match (&correction.body, places.first()) {
            (Body::Speaker { entity, .. }, Some(&place)) => match laid.place_of(entity.as_ref(), known)? {
                Some(speaker) => laid.speak(&[place], speaker),
                None => None,
            },
            (Body::Split { entity, .. }, _) if whole => laid.divide(correction, entity, places, split)?,
            (Body::Span { part, spans, .. }, Some(&place)) => laid.moved(place, *part, spans),
            (Body::Addressee { entity, .. }, Some(&place)) => match laid.place_of(entity.as_ref(), known)? {
                Some(addressee) => laid.address(place, addressee),
                None => None,
            },
            (Body::Act { act, .. }, Some(&place)) => laid.change(place, |a| a.act = *act),
            (Body::Polarity { polarity, .. }, Some(&place)) => laid.change(place, |a| a.polarity = *polarity),
            (Body::Reject { .. }, Some(&place)) => {
                rejected.insert(laid.reading.attributions[place].id.clone());
                laid.change(place, |_| {})
            }
            (Body::Add { .. }, _) => laid.add(correction, raw, &rejected, known, split)?,
            _ => None,
        };
        laid.touches.push(touched);
    }
    laid.reading.remove(|a| rejected.contains(&a.id));
    laid.settle_added(raw.attributions.len());
    Ok(laid)
}

impl Laid {
    /// A reading without corrections.
    pub(crate) fn of(raw: &Reading, entities: Vec<i64>) -> Laid {
        Laid { reading: raw.clone(), entities, touches: Vec::new(), added: BTreeMap::new() }
    }

    /// Index of the attribution that a person has added and this passage is of.
    fn added(&self, anchor: &Anchor) -> Option<usize> {
        self.added.get(&anchor.attribution).copied()
    }

    fn change(&mut self, place: usize, change: impl FnOnce(&mut Attribution)) -> Option<Vec<String>> {
        let attribution = &mut self.reading.attributions[place];
        change(attribution);
        Some(vec![attribution.id.clone()])
    }

    fn address(&mut self, place: usize, addressee: Option<usize>) -> Option<Vec<String>> {
        let addressee = addressee.map(|e| self.reading.entities[e].id.clone());
        self.change(place, |a| {
            a.addressee = addressee;
            a.addressee_inferred = false;
        })
    }

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
            kind: known.kind,
            side: known.side,
            ..somebody(&known.name)
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
            let link = attribution.chain.len();
            attribution.chain.extend(new.clone());
            self.pass_on(place, link, old.as_deref(), new.as_deref());
        }
        Some(touched)
    }

    /// What lies inside an attribution is heard through its speaker: `link` is the speaker's place in the chains.
    fn pass_on(&mut self, outer: usize, link: usize, old: Option<&str>, new: Option<&str>) {
        let mut around = vec![self.reading.attributions[outer].id.clone()];
        let mut seen = BTreeSet::new();
        // A reading may come from elsewhere, and close a circle.
        while let Some(id) = around.pop().filter(|id| seen.insert(id.clone())) {
            for inner in self.reading.attributions.iter_mut().filter(|a| a.inside.as_ref() == Some(&id)) {
                around.push(inner.id.clone());
                let held = inner.chain.get(link).map(String::as_str);
                match (new, old.is_some() && held == old) {
                    (Some(new), true) => inner.chain[link] = new.to_owned(),
                    (Some(new), false) => inner.chain.insert(link.min(inner.chain.len()), new.to_owned()),
                    (None, true) => drop(inner.chain.remove(link)),
                    (None, false) => {}
                }
            }
        }
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

    /// Puts a part of an attribution elsewhere.
    fn moved(&mut self, place: usize, part: Part, spans: &[PointSpan]) -> Option<Vec<String>> {
        let spans = to_bytes(&self.reading.document.text, spans)?;
        self.change(place, |attribution| match part {
            Part::Source => attribution.source = spans,
            Part::Cue => attribution.cue = spans,
            Part::Content => attribution.content = spans,
        })
    }

    /// Adds what a person has found. Where the reading has it by now, what the person says of it is laid over that.
    fn add(
        &mut self,
        correction: &Correction,
        raw: &Reading,
        rejected: &BTreeSet<String>,
        known: &mut dyn FnMut(i64) -> Result<Known>,
        split: &mut dyn FnMut(&Correction, &Entity) -> Result<Known>,
    ) -> Result<Option<Vec<String>>> {
        let Body::Add { speaker, name, addressee, act, polarity, .. } = &correction.body else { return Ok(None) };
        let Some(anchor) = correction.anchors.first() else { return Ok(None) };
        let Some([source, cue, content]) = anchor.moved_parts(&raw.document.text) else { return Ok(None) };
        let speaker = match name {
            Some(name) => {
                let new = split(correction, &somebody(name))?;
                Some(Some(self.enter(new)))
            }
            None => self.place_of(speaker.as_ref(), known)?,
        };
        let (Some(speaker), Some(addressee)) = (speaker, self.place_of(addressee.as_ref(), known)?) else {
            return Ok(None);
        };
        let found = raw.attributions.iter().position(|a| {
            let same = shared(&a.content, &content) >= SAME && (cue.is_empty() || shared(&a.cue, &cue) > 0.0);
            same && !rejected.contains(&a.id)
        });
        let id = format!("{ADDED}{}", correction.id);
        let kind = saywho::kind_of(&raw.document.text, &content);
        let place = found.unwrap_or_else(|| {
            let inside = self.around(&cue, &content);
            let chain = inside.map(|outer| self.reading.attributions[outer].chain.clone()).unwrap_or_default();
            self.reading.attributions.push(Attribution {
                id: id.clone(),
                kind,
                inside: inside.map(|outer| self.reading.attributions[outer].id.clone()),
                chain,
                source: Vec::new(),
                cue: Vec::new(),
                content: Vec::new(),
                speaker: None,
                addressee: None,
                recipient: Vec::new(),
                addressee_inferred: false,
                audience: None,
                conversation: None,
                // In an account it is what the account tells.
                told: raw.attributions.iter().find_map(|a| a.told),
                via: None,
                act: *act,
                polarity: *polarity,
                issue: None,
                confidence: 1.0,
            });
            self.reading.attributions.len() - 1
        });
        self.added.insert(id, place);
        self.change(place, |a| {
            (a.source, a.cue, a.content) = (source, cue, content);
            (a.kind, a.act, a.polarity) = (kind, *act, *polarity);
            // A person has said so.
            a.confidence = 1.0;
        });
        self.address(place, addressee);
        Ok(self.speak(&[place], speaker))
    }

    /// Index of the innermost attribution whose content holds a new one.
    fn around(&self, cue: &[Span], content: &[Span]) -> Option<usize> {
        let whole = hull(&[cue, content]);
        let all = self.reading.attributions.iter().enumerate();
        let holds = |a: &Attribution| a.content.iter().any(|s| s.contains(whole) && *s != whole);
        let length = |a: &Attribution| a.content.iter().map(|s| s.end - s.start).sum::<usize>();
        all.filter(|(_, a)| holds(a)).min_by_key(|(_, a)| length(a)).map(|(i, _)| i)
    }

    /// Brings those that were added, which stand behind the others, to their place in the text: around what their contents hold.
    fn settle_added(&mut self, read: usize) {
        let new = self.added.iter().filter(|&(_, &place)| place >= read).map(|(id, _)| id.as_str());
        let new: BTreeSet<&str> = new.collect();
        let first = |a: &Attribution| hull(&[&a.source, &a.cue, &a.content]).start;
        let (added, mut all): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.reading.attributions).into_iter().partition(|a| new.contains(a.id.as_str()));
        for outer in added {
            embrace(&outer, &mut all);
            let place = all.iter().position(|a| first(a) > first(&outer)).unwrap_or(all.len());
            all.insert(place, outer);
        }
        self.reading.attributions = all;
    }
}

/// Puts inside an attribution what its content holds, and makes its speaker a link of their chains.
fn embrace(outer: &Attribution, all: &mut [Attribution]) {
    let link = outer.chain.len().saturating_sub(usize::from(outer.speaker.is_some()));
    let holds = |a: &Attribution| outer.content.iter().any(|s| s.contains(hull(&[&a.cue, &a.content])));
    for held in all.iter_mut().filter(|a| holds(a)) {
        if held.inside == outer.inside {
            held.inside = Some(outer.id.clone());
        }
        if let Some(speaker) = &outer.speaker {
            held.chain.insert(link.min(held.chain.len()), speaker.clone());
        }
    }
}

/// How much two contents share to be the same.
const SAME: f64 = 0.75;

/// Somebody of whom only the name is known.
fn somebody(name: &str) -> Entity {
    Entity {
        id: String::new(),
        name: name.to_owned(),
        kind: EntityKind::Person,
        roles: Vec::new(),
        side: None,
        mentions: Vec::new(),
        members: Vec::new(),
        unnamed: None,
        ids: Default::default(),
    }
}
