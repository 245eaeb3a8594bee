//! Who bears which title: entities by the offices and the words of their roles.

use std::collections::HashMap;

use super::book::Draft;
use super::id::EntityId;
use crate::table::Table;
use crate::words;

/// Entities by what their roles say, each list in order.
#[derive(Default)]
pub struct Offices {
    by_office: HashMap<&'static str, Vec<EntityId>>,
    by_word: HashMap<String, Vec<EntityId>>,
    by_last_word: HashMap<String, Vec<EntityId>>,
}

impl Offices {
    /// Of all entities that the text has named.
    pub fn new(drafts: &Table<EntityId, Draft>) -> Offices {
        let mut offices = Offices::default();
        drafts.entries().for_each(|(entity, draft)| offices.add(entity, draft));
        offices
    }

    /// Notes the roles of an entity.
    pub fn add(&mut self, entity: EntityId, draft: &Draft) {
        for office in draft.roles.iter().filter_map(|role| words::office(role)).chain(draft.office) {
            note(self.by_office.entry(office).or_default(), entity);
        }
        for role in &draft.roles {
            let lower = role.to_lowercase();
            for word in lower.split(' ') {
                note(self.by_word.entry(word.to_owned()).or_default(), entity);
            }
            let last = lower.split(' ').next_back().unwrap_or_default();
            note(self.by_last_word.entry(last.to_owned()).or_default(), entity);
        }
    }

    /// Those with a role that is this office, or who hold it by the tables.
    pub fn of_office(&self, office: &str) -> &[EntityId] {
        self.by_office.get(office).map_or(&[], Vec::as_slice)
    }

    /// Those with this word, in small letters, in a role.
    pub fn with_word(&self, word: &str) -> &[EntityId] {
        self.by_word.get(word).map_or(&[], Vec::as_slice)
    }

    /// Those with a role that ends with this word, in small letters.
    pub fn with_last_word(&self, word: &str) -> &[EntityId] {
        self.by_last_word.get(word).map_or(&[], Vec::as_slice)
    }
}

fn note(entities: &mut Vec<EntityId>, entity: EntityId) {
    if let Err(place) = entities.binary_search(&entity) {
        entities.insert(place, entity);
    }
}
