//! What makes a document or an entity the same as one that is there.

use std::path::Path;

use saywho::Document;
use saywho::reading::{Entity, EntityKind};

/// How a document is known again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its source, else its text: the same key with another fingerprint is a new text of the same document.
    pub(crate) key: String,
    /// Of its text and what is told about it.
    pub(crate) fingerprint: String,
}

/// Makes a document ready to be read and kept: where it tells no date, the one in its name is taken.
pub fn identify(document: &mut Document) -> Identity {
    if document.published.is_none() {
        document.published = saywho_english::date::in_name(&document.id);
    }
    let told = [&document.title, &document.publisher, &document.published, &document.source];
    let mut hash = Hash::new();
    for part in told {
        hash.add(part.as_deref().unwrap_or("\u{0}"));
    }
    // What is kept of documents without authors stays as it was.
    document.authors.iter().for_each(|author| hash.add(author));
    hash.add(&document.text);
    let fingerprint = hash.hex();
    let key = match (&document.source, &document.origin) {
        (Some(source), None) if is_place(source) => format!("source:{source}"),
        (Some(source), Some(origin)) if *source != origin.file && is_place(source) => format!("source:{source}"),
        (_, Some(origin)) if is_place(&origin.file) => format!("part:{}#{}", origin.file, document.id),
        _ => format!("text:{fingerprint}"),
    };
    Identity { key, fingerprint }
}

/// Whether a source names one place only: an address or a whole path. A mere file name can be that of many.
fn is_place(source: &str) -> bool {
    source.contains("://") || Path::new(source).is_absolute()
}

/// What makes an entity of a document the same as one of another: an identifier, else its kind and whole name (the side is
/// looked at where two of one name meet), else name, side and kind. A source that the text does not name is nobody else's.
pub(crate) fn of_entity(entity: &Entity, document: i64) -> String {
    if let Some((kind, id)) = entity.ids.iter().next() {
        return format!("{kind}:{id}");
    }
    let (name, side) = (plain(&entity.name), plain(entity.side.as_deref().unwrap_or_default()));
    match entity.kind {
        EntityKind::Unnamed | EntityKind::Group | EntityKind::Document => format!("in {document}:{name}:{side}"),
        // A text that names a person in full may leave the side to the reader; a surname alone is that of many.
        EntityKind::Person if name.contains(' ') => format!("person:{name}"),
        EntityKind::Person | EntityKind::Organisation | EntityKind::State => {
            format!("{}:{name}:{side}", entity.kind.name())
        }
    }
}

/// A name in small letters, words divided by one blank, without marks.
pub(crate) fn plain(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// FNV-1a of 128 bits: the same on every machine and in every version, which the standard library's hash is not.
struct Hash(u128);

impl Hash {
    fn new() -> Hash {
        Hash(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    /// Adds a part, so that the same letters divided otherwise give another hash.
    fn add(&mut self, part: &str) {
        for byte in part.bytes().chain(part.len().to_le_bytes()) {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }

    fn hex(&self) -> String {
        format!("{:032x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Document {
        Document { source: Some(format!("/news/{name}")), ..Document::from_text(name, "Ilse Maren spoke.") }
    }

    #[test]
    fn a_document_is_known_by_its_source_and_changed_by_its_text() {
        let (mut first, mut other) = (named("a.txt"), named("a.txt"));
        other.text.push('!');
        let (first, other) = (identify(&mut first), identify(&mut other));
        assert_eq!(first.key, other.key);
        assert_ne!(first.fingerprint, other.fingerprint);
        assert_ne!(identify(&mut named("b.txt")).key, first.key);
    }

    #[test]
    fn the_date_in_a_name_becomes_the_documents() {
        let mut document = named("call-2031-04-02.norrland");
        identify(&mut document);
        assert_eq!(document.published.as_deref(), Some("2031-04-02"));
    }

    #[test]
    fn unnamed_sources_of_two_documents_are_two() {
        let unnamed = Entity {
            id: "e1".into(),
            name: "two officials".into(),
            kind: EntityKind::Unnamed,
            roles: Vec::new(),
            side: None,
            mentions: Vec::new(),
            members: Vec::new(),
            unnamed: None,
            ids: Default::default(),
        };
        assert_ne!(of_entity(&unnamed, 1), of_entity(&unnamed, 2));
        let person = Entity { kind: EntityKind::Person, name: "Ilse  Maren".into(), ..unnamed };
        assert_eq!(of_entity(&person, 1), of_entity(&Entity { name: "ILSE MAREN".into(), ..person.clone() }, 2));
    }
}
