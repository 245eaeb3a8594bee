//! Entities by what they are called, so that a name is compared with those that it may be and not with all.

use std::collections::HashMap;

use super::id::EntityId;
use super::variant::{self, bare_body, initials};

/// More of one surname than these are told apart by their whole names alone: a text with thousands is a list.
const NAMESAKES: usize = 64;

/// Names of more words than these are found whole, not by their ends.
const LONGEST: usize = 16;

/// Something by which names are looked up.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// All words, in small letters.
    Words(String),
    /// The first word.
    First(String),
    /// The last word, in small letters.
    Last(String),
    /// How the last word sounds.
    Sound(Vec<char>),
    /// A body's name without its article, or the words it ends with.
    Body(String),
    /// A word of a body's name.
    BodyWord(String),
    /// The first letters of a body's words.
    Initials(String),
}

/// Entities by the keys of their names. What a lookup gives is to be compared: it may hold some that do not fit.
#[derive(Default)]
pub struct Index {
    entities: HashMap<Key, Vec<EntityId>>,
}

impl Index {
    /// Notes a name of an entity; those it had before stay.
    pub fn add(&mut self, entity: EntityId, name: &str) {
        let last = name.split(' ').next_back().unwrap_or_default();
        let first = name.split(' ').next().unwrap_or_default();
        let body = bare_body(name);
        let mut keys = vec![
            Key::Words(name.to_ascii_lowercase()),
            Key::First(first.to_owned()),
            Key::Last(last.to_lowercase()),
            Key::Sound(variant::key(last)),
            Key::Initials(initials(name)),
        ];
        if name.split(' ').count() <= LONGEST {
            keys.extend(body.split(' ').map(|word| Key::BodyWord(own(word).to_owned())));
            keys.extend(body.match_indices(' ').map(|(at, _)| Key::Body(body[at + 1..].to_owned())));
        }
        keys.push(Key::Body(body));
        for key in keys {
            let entities = self.entities.entry(key).or_default();
            if let Err(place) = entities.binary_search(&entity) {
                entities.insert(place, entity);
            }
        }
    }

    fn get(&self, key: &Key) -> &[EntityId] {
        self.entities.get(key).map_or(&[], Vec::as_slice)
    }

    /// Those called by these words, in small or capital letters.
    pub fn by_words(&self, words: &str) -> &[EntityId] {
        self.get(&Key::Words(words.to_ascii_lowercase()))
    }

    /// Those whose name begins with this word.
    pub fn by_first_word(&self, word: &str) -> &[EntityId] {
        self.get(&Key::First(word.to_owned()))
    }

    /// Those whose name ends with this word, in small or capital letters.
    pub fn by_last_word(&self, word: &str) -> &[EntityId] {
        self.get(&Key::Last(word.to_lowercase()))
    }

    /// Those whose name ends with a word that is said like this one.
    pub fn by_sound(&self, word: &str) -> &[EntityId] {
        let all = self.get(&Key::Sound(variant::key(word)));
        &all[..all.len().min(NAMESAKES)]
    }

    /// Those with this word, in small letters, anywhere in a body's name.
    pub fn by_body_word(&self, word: &str) -> &[EntityId] {
        self.get(&Key::BodyWord(word.to_owned()))
    }

    /// Those that may be the body of this name, in order: the same, longer by words before it, or one the other's initials.
    pub fn bodies(&self, name: &str) -> Vec<EntityId> {
        let keys = [Key::Body(bare_body(name)), Key::Initials(name.to_owned())];
        let mut found: Vec<EntityId> = keys.iter().flat_map(|key| self.get(key)).copied().collect();
        found.extend(self.by_words(&initials(name)));
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// A word without its "’s".
fn own(word: &str) -> &str {
    ["’s", "'s"].iter().find_map(|owner| word.strip_suffix(owner)).unwrap_or(word)
}
