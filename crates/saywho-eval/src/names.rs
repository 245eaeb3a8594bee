//! Whether two names mean the same one.

use saywho::reading::EntityKind;
use saywho::{Point, Reading};
use unicode_normalization::UnicodeNormalization;

use crate::words::word_runs;

/// Words that say nothing about who an unnamed source is.
const EMPTY_WORDS: [&str; 10] = ["the", "a", "an", "of", "in", "at", "for", "to", "who", "unnamed"];

/// The name that a reading gives the entity of this id. Unnamed ones are marked as in the gold; an id that
/// the reading does not explain stands for itself.
pub(crate) fn entity_name(reading: &Reading<Point>, id: Option<&str>) -> Option<String> {
    let id = id?;
    Some(match reading.entity(id) {
        Some(entity) if entity.kind == EntityKind::Unnamed => format!("unnamed: {}", entity.name),
        Some(entity) => entity.name.clone(),
        None => id.to_owned(),
    })
}

/// Whether `predicted` names the gold entity: the same name or an alias, or one that ends in the same word and
/// of which the one holds all words of the other ("Maren", "Ilse Maren"). Case, accents, punctuation and a
/// leading article do not matter. One of several speakers joined by "; " will do. For an unnamed source any
/// telling word in common will do. No name means the same only as no name.
pub(crate) fn same_name<A: AsRef<str>>(gold: Option<&str>, predicted: Option<&str>, aliases: &[A]) -> bool {
    let (Some(gold), Some(predicted)) = (gold, predicted) else {
        return gold.is_none() && predicted.is_none();
    };
    let predicted = name_words(predicted);
    gold.split("; ").any(|one| same_words(&name_words(one), &predicted, aliases))
}

fn same_words<A: AsRef<str>>(gold: &[String], predicted: &[String], aliases: &[A]) -> bool {
    if predicted.is_empty() {
        return false;
    }
    if gold.len() > 1 && gold[0] == "unnamed" {
        return gold.iter().any(|word| !EMPTY_WORDS.contains(&word.as_str()) && predicted.contains(word));
    }
    if gold == predicted || aliases.iter().any(|alias| name_words(alias.as_ref()) == predicted) {
        return true;
    }
    let all_in = |some: &[String], others: &[String]| some.iter().all(|word| others.contains(word));
    gold.last() == predicted.last() && (all_in(gold, predicted) || all_in(predicted, gold))
}

/// Whether all words of `part` are words of `name`.
pub(crate) fn name_holds(name: &str, part: &str) -> bool {
    let (name, part) = (name_words(name), name_words(part));
    !part.is_empty() && part.iter().all(|word| name.contains(word))
}

/// The words of a name, in lower case, without accents, punctuation and a leading article. A name without any
/// ASCII character (one word in another script) keeps its own letters.
fn name_words(name: &str) -> Vec<String> {
    let ascii: String = name.nfkd().filter(char::is_ascii).collect();
    let plain = if ascii.is_empty() { name.to_lowercase() } else { ascii.to_lowercase() };
    let mut words: Vec<String> = word_runs(&plain).map(str::to_owned).collect();
    if words.len() > 1 && ["the", "a", "an"].contains(&words[0].as_str()) {
        words.remove(0);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(gold: &str, predicted: &str) -> bool {
        same_name(Some(gold), Some(predicted), &["the envoy"])
    }

    #[test]
    fn spelling_does_not_matter() {
        assert!(same("The Harbour Post", "harbour post"));
        assert!(same("Åse Öst-Lund", "ase ost lund"));
        assert!(same("Нора", "нора"));
        assert!(!same("Нора", "Вера"));
    }

    #[test]
    fn shorter_and_longer_forms_are_the_same_person_if_they_end_alike() {
        assert!(same("Ilse Maren", "Maren"));
        assert!(same("Maren", "Foreign Minister Ilse Maren"));
        assert!(!same("Ilse Maren", "Ilse"));
        assert!(!same("Ilse Maren", "Teo Maren"));
        assert!(!same("Ilse Maren", ""));
    }

    #[test]
    fn aliases_and_joint_speakers_count() {
        assert!(same("Teo Vasca", "Envoy"));
        assert!(same("Ilse Maren; Teo Vasca", "Vasca"));
        assert!(!same("Ilse Maren; Teo Vasca", "Lund"));
    }

    #[test]
    fn an_unnamed_source_needs_a_telling_word() {
        assert!(same("unnamed: two officials of the port", "unnamed: officials"));
        assert!(!same("unnamed: two officials of the port", "unnamed: the people of the town"));
        assert!(!same("unnamed", "unnamed: officials"));
    }

    #[test]
    fn a_name_holds_its_words() {
        assert!(name_holds("Ministry of Fishing of Norrland", "the Norrland ministry"));
        assert!(!name_holds("Ministry of Fishing", "Norrland ministry"));
        assert!(!name_holds("Ilse Maren", "the"));
        assert!(!name_holds("Ilse Maren", "—"));
    }

    #[test]
    fn no_name_is_the_same_as_no_name_only() {
        let none: &[&str] = &[];
        assert!(same_name(None, None, none));
        assert!(!same_name(Some("Maren"), None, none));
        assert!(!same_name(None, Some("Maren"), none));
    }
}
