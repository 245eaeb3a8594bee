//! Words to rows, quick to build: the tables are read when a program starts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A word of the tables: borrowed from the embedded text, owned when a user added it.
pub(super) type Word = Cow<'static, str>;

/// A map with words as keys.
pub(super) type Words<V> = HashMap<Word, V, BuildHasherDefault<Quick>>;

/// Multiplies and rotates eight bytes at a time.
///
/// Only the tables' own words are ever inserted, so nobody gains by words that collide.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Quick(u64);

impl Quick {
    fn mix(&mut self, part: u64) {
        self.0 = (self.0.rotate_left(5) ^ part).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut part = [0; 8];
            part[..chunk.len()].copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(part));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(byte.into());
    }

    fn finish(&self) -> u64 {
        // The map picks its slot by the low bits, which a product mixes least.
        self.0 ^ (self.0 >> 29)
    }
}

/// Several rows for one word, without an allocation for each word.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    last: Words<u32>,
    /// A row, and the link before it of the same word; a first link points at itself.
    links: Vec<(u32, u32)>,
}

impl Index {
    /// Makes room for so many words.
    pub(super) fn reserve(&mut self, words: usize) {
        self.last.reserve(words);
        self.links.reserve(words);
    }

    /// Adds a row to a word, unless it was the last one added to it.
    pub(super) fn push(&mut self, word: Word, row: u32) {
        let link = self.links.len() as u32;
        let last = self.last.entry(word).or_insert(link);
        if *last != link && self.links[*last as usize].0 == row {
            return;
        }
        self.links.push((row, *last));
        *last = link;
    }

    /// The rows of a word, the last one added first.
    pub(super) fn rows(&self, word: &str) -> impl Iterator<Item = usize> {
        let mut link = self.last.get(word).copied();
        std::iter::from_fn(move || {
            let at = link?;
            let (row, before) = self.links[at as usize];
            link = (before != at).then_some(before);
            Some(row as usize)
        })
    }
}
