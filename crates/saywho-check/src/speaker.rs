//! Who speaks: whether whom an article credits is whoever has the floor in the source.

use saywho::Span;
use saywho::reading::{Attribution, AttributionType, Entity, EntityKind, Reading};
use saywho_english::text::structure::label::is_unnamed;
use saywho_english::words;

use crate::lexicon;

/// Somebody who speaks, as one document calls them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The fullest name.
    pub name: String,
    /// What kind of thing it is.
    kind: EntityKind,
    /// The words of the names, without titles, in lower case.
    names: Vec<String>,
    /// The words of the titles, in lower case.
    titles: Vec<String>,
    /// Whether it is one of those who ask or moderate without a name.
    asks: bool,
}

/// Whether a label names nobody but one who asks or moderates.
fn asks(label: &str) -> bool {
    is_unnamed(label) || lexicon::asks(label)
}

/// Whether two are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Same {
    /// They are.
    Yes,
    /// Nothing speaks against it.
    Perhaps,
    /// They are not.
    No,
}

impl Voice {
    /// The speaker of an attribution; none where nobody knows.
    pub fn of(reading: &Reading, attribution: &Attribution) -> Option<Voice> {
        let entity = attribution.speaker.as_deref().and_then(|id| reading.entity(id));
        let source: Vec<&str> = attribution.source.iter().map(|s| s.of(&reading.document.text)).collect();
        let label = source.join(" ");
        match entity {
            Some(entity) => Some(Voice::new(entity, &label)),
            None if label.is_empty() => None,
            None => Some(Voice::labelled(&label)),
        }
    }

    fn new(entity: &Entity, label: &str) -> Voice {
        let named = entity.kind != EntityKind::Unnamed;
        let asks = asks(label) && entity.kind != EntityKind::Person;
        let mut voice =
            Voice { name: entity.name.clone(), kind: entity.kind, names: Vec::new(), titles: Vec::new(), asks };
        voice.add(&entity.name, named);
        // A pronoun tells nothing more, and a phrase that names more than one may name another.
        for role in entity.roles.iter().map(String::as_str).chain([label]) {
            voice.add(role, false);
        }
        voice
    }

    fn labelled(label: &str) -> Voice {
        let mut voice = Voice {
            name: label.to_owned(),
            kind: EntityKind::Unnamed,
            names: Vec::new(),
            titles: Vec::new(),
            asks: asks(label),
        };
        voice.add(label, true);
        voice
    }

    fn add(&mut self, phrase: &str, is_name: bool) {
        for word in phrase.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 1) {
            let lower = word.to_lowercase();
            if words::is_courtesy(&lower) {
                continue;
            }
            let title = words::is_title(&lower) || words::is_modifier(&lower);
            let list = if is_name && !title { &mut self.names } else { &mut self.titles };
            if !list.contains(&lower) {
                list.push(lower);
            }
        }
    }

    /// Whether the one an article credits is the one who has the floor in a source.
    pub fn is(&self, source: &Voice) -> Same {
        if source.asks {
            return if self.asks { Same::Perhaps } else { Same::No };
        }
        let person = |voice: &Voice| voice.kind == EntityKind::Person;
        if person(self) && person(source) {
            let last = |a: &Voice, b: &Voice| a.names.last().is_some_and(|name| b.names.contains(name));
            return if last(self, source) || last(source, self) { Same::Yes } else { Same::No };
        }
        if self.kind == EntityKind::Unnamed && person(source) {
            let heads: Vec<&String> = self.titles.iter().chain(&self.names).filter(|w| words::is_title(w)).collect();
            let shared = heads.iter().any(|head| source.titles.contains(head));
            return if heads.is_empty() || shared { Same::Perhaps } else { Same::No };
        }
        if !self.names.is_empty() && self.names.iter().any(|name| source.names.contains(name)) {
            return Same::Yes;
        }
        Same::Perhaps
    }
}

impl Voice {
    /// The last word of a person's name, in lower case; none of others.
    pub fn surname(&self) -> Option<&str> {
        self.names.last().filter(|_| self.kind == EntityKind::Person).map(String::as_str)
    }
}

/// Whether persons say something in a document.
pub fn has_persons(reading: &Reading) -> bool {
    let speakers = reading.attributions.iter().filter_map(|a| reading.entity(a.speaker.as_deref()?));
    speakers.into_iter().any(|entity| entity.kind == EntityKind::Person)
}

/// A stretch of a source in which one has the floor.
#[derive(Debug, Clone)]
pub struct Floor {
    /// From the first to the last character.
    pub span: Span,
    /// Who has it.
    pub voice: Option<Voice>,
}

/// The turns of a transcript or an interview, in order; none for other texts.
pub fn turns(reading: &Reading) -> Vec<Floor> {
    let text = &reading.document.text;
    let is_turn = |a: &&Attribution| {
        let colon = a.cue.iter().any(|cue| cue.of(text).ends_with([':', '.'])) || a.cue == a.source;
        let marked = a.content.first().is_some_and(|c| c.of(text).starts_with(['“', '"', '‘', '\'', '«', '„']));
        a.kind == AttributionType::Direct && a.inside.is_none() && colon && !marked
    };
    let floors = reading.attributions.iter().filter(is_turn).filter_map(|a| {
        let (first, last) = (a.content.first()?, a.content.last()?);
        Some(Floor { span: Span::new(first.start, last.end), voice: Voice::of(reading, a) })
    });
    let mut turns: Vec<Floor> = Vec::new();
    for floor in floors {
        if turns.last().is_none_or(|last| last.span.end <= floor.span.start) {
            turns.push(floor);
        }
    }
    turns
}

/// Who says the words of a place in running text: the innermost one who is known and whose quoted words hold it.
pub fn quoted_there(reading: &Reading, place: Span) -> Option<Voice> {
    let holds = |a: &&Attribution| {
        a.kind != AttributionType::Indirect && a.told.is_none() && a.content.iter().any(|c| covers(*c, place))
    };
    let length = |a: &Attribution| a.content.iter().map(|c| c.end - c.start).sum::<usize>();
    let holding = reading.attributions.iter().filter(holds);
    let known = holding.filter_map(|a| Some((length(a), Voice::of(reading, a)?)));
    known.min_by_key(|(length, _)| *length).map(|(_, voice)| voice)
}

/// Whether most of a place lies in a span.
fn covers(span: Span, place: Span) -> bool {
    let shared = span.end.min(place.end).saturating_sub(span.start.max(place.start));
    2 * shared > place.end - place.start
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, roles: &[&str]) -> Voice {
        let entity = Entity {
            id: "e1".into(),
            name: name.into(),
            kind: EntityKind::Person,
            roles: roles.iter().map(|&r| r.to_owned()).collect(),
            side: None,
            mentions: Vec::new(),
            members: Vec::new(),
            unnamed: None,
            ids: Default::default(),
        };
        Voice::new(&entity, "")
    }

    #[test]
    fn a_surname_is_enough() {
        let maren = person("Ilse Maren", &["foreign minister"]);
        assert_eq!(person("Maren", &[]).is(&maren), Same::Yes);
        assert_eq!(person("Teo Vasca", &["foreign minister"]).is(&maren), Same::No);
        // Some put the surname first.
        assert_eq!(person("Koji Tanabe", &[]).is(&person("Tanabe Koji", &[])), Same::Yes);
    }

    #[test]
    fn a_title_or_nothing_may_be_anybody_with_it() {
        let maren = person("Ilse Maren", &["foreign minister"]);
        assert_eq!(Voice::labelled("the foreign minister").is(&maren), Same::Perhaps);
        assert_eq!(Voice::labelled("the ambassador").is(&maren), Same::No);
        assert_eq!(maren.is(&Voice::labelled("QUESTION")), Same::No);
    }
}
