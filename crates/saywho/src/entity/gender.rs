//! Whether "he" or "she" fits: by titles, by words for relatives, by given names. Only pronouns are chosen by it.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What pronouns tell of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// "she"
    Female,
    /// "he"
    Male,
}

/// Given names to genders, from `given.tsv`.
static GIVEN: LazyLock<HashMap<&'static str, Gender>> = LazyLock::new(|| {
    let rows = include_str!("given.tsv").lines().filter_map(|line| line.split_once('\t'));
    let rows = rows.filter_map(|(set, names)| Some((of_set(set)?, names)));
    rows.flat_map(|(gender, names)| names.split(' ').map(move |name| (name, gender))).collect()
});

fn of_set(set: &str) -> Option<Gender> {
    match set {
        "female" => Some(Gender::Female),
        "male" => Some(Gender::Male),
        _ => None,
    }
}

/// Common nouns and titles for women.
const FEMALE: [&str; 38] = [
    "mrs",
    "ms",
    "miss",
    "madam",
    "queen",
    "princess",
    "duchess",
    "baroness",
    "lady",
    "first lady",
    "spokeswoman",
    "chairwoman",
    "congresswoman",
    "businesswoman",
    "policewoman",
    "saleswoman",
    "actress",
    "waitress",
    "heiress",
    "woman",
    "girl",
    "mother",
    "mom",
    "mum",
    "grandmother",
    "wife",
    "widow",
    "girlfriend",
    "fiancée",
    "daughter",
    "granddaughter",
    "sister",
    "aunt",
    "niece",
    "stepmother",
    "bride",
    "nun",
    "female",
];

/// Common nouns and titles for men.
const MALE: [&str; 35] = [
    "mr",
    "king",
    "prince",
    "duke",
    "baron",
    "lord",
    "sir",
    "pope",
    "emir",
    "sultan",
    "spokesman",
    "chairman",
    "congressman",
    "businessman",
    "policeman",
    "salesman",
    "actor",
    "waiter",
    "man",
    "boy",
    "father",
    "dad",
    "grandfather",
    "husband",
    "widower",
    "boyfriend",
    "fiancé",
    "son",
    "grandson",
    "brother",
    "uncle",
    "nephew",
    "stepfather",
    "monk",
    "male",
];

/// What a noun or title says: "spokeswoman", "husband".
pub fn of_noun(noun: &str) -> Option<Gender> {
    let lower = noun.to_lowercase();
    if FEMALE.contains(&lower.as_str()) {
        Some(Gender::Female)
    } else {
        MALE.contains(&lower.as_str()).then_some(Gender::Male)
    }
}

/// What the words of a title say: "the former first lady".
pub fn of_title(title: &str) -> Option<Gender> {
    let lower = title.to_lowercase();
    let lady = lower.contains("first lady").then_some(Gender::Female);
    lady.or_else(|| lower.split(|c: char| !c.is_alphanumeric()).find_map(of_noun))
}

/// What the first word of a full name says; a single word is more often a surname.
pub fn of_name(name: &str) -> Option<Gender> {
    let (given, _) = name.split_once([' ', '-'])?;
    of_given(given)
}

/// What a given name says.
pub fn of_given(given: &str) -> Option<Gender> {
    GIVEN.get(given.to_lowercase().as_str()).copied()
}

/// The gender of the pronoun, if it tells one.
pub fn of_pronoun(pronoun: &str) -> Option<Gender> {
    match pronoun {
        "she" | "her" | "hers" | "herself" => Some(Gender::Female),
        "he" | "him" | "his" | "himself" => Some(Gender::Male),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_titles_and_nouns_tell() {
        assert_eq!(of_name("Ilse Maren"), Some(Gender::Female));
        assert_eq!(of_name("Teo Vasca"), Some(Gender::Male));
        assert_eq!(of_name("Maren"), None);
        assert_eq!(of_title("The former first lady"), Some(Gender::Female));
        assert_eq!(of_noun("husband"), Some(Gender::Male));
        assert_eq!(of_title("minister"), None);
    }

    #[test]
    fn no_name_is_in_both_lists() {
        let list = include_str!("given.tsv");
        let of = |set: &str| -> Vec<&str> {
            list.lines().filter_map(|l| l.strip_prefix(set)).flat_map(|names| names.trim().split(' ')).collect()
        };
        let male = of("male\t");
        let both: Vec<&str> = of("female\t").into_iter().filter(|name| male.contains(name)).collect();
        assert!(both.is_empty(), "{both:?}");
    }
}
