//! Small closed sets of English words that tell what a name or a phrase is (`words.tsv`). Open sets (states, holders) are
//! in `knowledge`.

use std::collections::HashMap;
use std::sync::LazyLock;

pub use saywho_contract::prose::MONTHS;

/// The sets of `words.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    Title,
    Courtesy,
    Modifier,
    Body,
    Outlet,
    Firm,
    Suffix,
    Kin,
    People,
    Document,
    Utterance,
    Starter,
    Calendar,
    End,
    Headline,
    Saying,
    Feeling,
    Request,
    Binding,
    Auxiliary,
    Firsthand,
    Partner,
    Wish,
    Present,
    Wire,
    Screen,
    Compound,
}

const SETS: [(&str, Set); 27] = [
    ("title", Set::Title),
    ("courtesy", Set::Courtesy),
    ("modifier", Set::Modifier),
    ("body", Set::Body),
    ("outlet", Set::Outlet),
    ("firm", Set::Firm),
    ("suffix", Set::Suffix),
    ("kin", Set::Kin),
    ("people", Set::People),
    ("document", Set::Document),
    ("utterance", Set::Utterance),
    ("starter", Set::Starter),
    ("calendar", Set::Calendar),
    ("end", Set::End),
    ("headline", Set::Headline),
    ("saying", Set::Saying),
    ("feeling", Set::Feeling),
    ("request", Set::Request),
    ("binding", Set::Binding),
    ("auxiliary", Set::Auxiliary),
    ("firsthand", Set::Firsthand),
    ("partner", Set::Partner),
    ("wish", Set::Wish),
    ("present", Set::Present),
    ("wire", Set::Wire),
    ("screen", Set::Screen),
    ("compound", Set::Compound),
];

/// Each word with the sets it is in.
static WORDS: LazyLock<HashMap<&'static str, Vec<Set>>> = LazyLock::new(|| {
    let mut words: HashMap<&str, Vec<Set>> = HashMap::new();
    for (name, list) in include_str!("words.tsv").lines().filter_map(|line| line.split_once('\t')) {
        let set = SETS.iter().find(|(set, _)| *set == name).map(|(_, set)| *set);
        for word in list.split(' ') {
            words.entry(word).or_default().extend(set);
        }
    }
    words
});

fn has(set: Set, word: &str) -> bool {
    let in_set = |word: &str| WORDS.get(word).is_some_and(|sets| sets.contains(&set));
    // "US" is not "us": a word in capitals is looked up only if it is one letter ("A") or no short abbreviation.
    let abbreviation = (2..=3).contains(&word.len()) && word.chars().all(char::is_uppercase);
    in_set(word) || (!abbreviation && word.starts_with(char::is_uppercase) && in_set(&word.to_lowercase()))
}

/// Whether the word stands behind a surname and is none: "Jr", "QC".
pub fn is_suffix(word: &str) -> bool {
    has(Set::Suffix, word)
}

/// Whether the word is what a body is called again whose name may tell nothing of it: "the company", "the club".
pub fn is_firm(word: &str) -> bool {
    has(Set::Firm, word)
}

/// Whether the word is the head of a title or an office.
pub fn is_title(word: &str) -> bool {
    has(Set::Title, word)
}

/// Whether the title says only how to address someone.
pub fn is_courtesy(word: &str) -> bool {
    has(Set::Courtesy, word)
}

/// Whether the word modifies a title.
pub fn is_modifier(word: &str) -> bool {
    has(Set::Modifier, word)
}

/// Whether the word is the head of an organisation's name.
pub fn is_body(word: &str) -> bool {
    has(Set::Body, word)
}

/// Whether the word stands in the names of outlets: "Radio".
pub fn is_outlet(word: &str) -> bool {
    has(Set::Outlet, word) || (word.chars().all(char::is_uppercase) && has(Set::Outlet, &word.to_lowercase()))
}

/// Whether the word is a relative or partner: "wife".
pub fn is_kin(word: &str) -> bool {
    has(Set::Kin, word)
}

/// Whether the word is another noun for people: "voters".
pub fn is_people(word: &str) -> bool {
    has(Set::People, word)
}

/// Whether the word is a text that speaks.
pub fn is_document(word: &str) -> bool {
    has(Set::Document, word)
}

/// Whether the word is a text or speech whose writer has said what it says.
pub fn is_utterance(word: &str) -> bool {
    has(Set::Utterance, word)
}

/// Whether the word, behind which stands whose it is, is a text in which somebody speaks for himself: "press conference of".
pub fn is_firsthand(word: &str) -> bool {
    has(Set::Firsthand, word)
}

/// Whether the word is the one with whom somebody talks: "her counterpart".
pub fn is_partner(word: &str) -> bool {
    has(Set::Partner, word)
}

/// Whether what takes place "at" it takes place because somebody asked: "at her request".
pub fn is_wish(word: &str) -> bool {
    has(Set::Wish, word)
}

/// Whether the word tells that those who talked were in one place.
pub fn is_of_presence(word: &str) -> bool {
    has(Set::Present, word)
}

/// Whether the word tells that those who talked did so by telephone.
pub fn is_of_telephone(word: &str) -> bool {
    has(Set::Wire, word)
}

/// Whether the word tells that those who talked saw each other on screens.
pub fn is_of_video(word: &str) -> bool {
    has(Set::Screen, word)
}

/// Whether a sentence may begin with the word without it being a name.
pub fn is_starter(word: &str) -> bool {
    has(Set::Starter, word)
}

/// Whether the word has its capital from the calendar or as the pronoun "I".
pub fn is_calendar(word: &str) -> bool {
    has(Set::Calendar, word)
}

/// Whether the word is a verb that headlines write with a capital.
pub fn is_headline_verb(word: &str) -> bool {
    has(Set::Headline, word)
}

/// Whether the word, behind a name and a hyphen, makes an adjective of it: "Lund-based", "Norrland-friendly".
pub fn is_compound(word: &str) -> bool {
    has(Set::Compound, word) || word.ends_with("ed") || word.ends_with("ing")
}

/// Whether the word is a verb that tells who spoke, as beside a quotation: "said", "adds".
pub fn is_saying(word: &str) -> bool {
    has(Set::Saying, word)
}

/// Whether the word tells what somebody feels or does rather than says: "tired", "enjoyed".
pub fn is_feeling(word: &str) -> bool {
    has(Set::Feeling, word)
}

/// Whether the word is something that one answers: "request", "e-mail".
pub fn is_request(word: &str) -> bool {
    has(Set::Request, word)
}

/// Whether a noun phrase's head ends before the word: prepositions, relative pronouns, participles of reporting.
pub fn ends_phrase_head(word: &str) -> bool {
    has(Set::End, word)
}

/// What a title or office amounts to, so that different words for one office meet: "secretary of state" and "head of the
/// foreign ministry" are both `foreign`.
pub fn office(words: &str) -> Option<&'static str> {
    let lower = words.to_lowercase();
    let any = |set: &[&str]| set.iter().any(|w| lower.contains(w));
    if any(&["spokes", "press secretary"]) {
        Some("spokesperson")
    } else if any(&["correspondent", "reporter", "journalist"]) {
        Some("reporter")
    } else if any(&["secretary of state", "foreign secretary", "top diplomat", "chief diplomat", "foreign affairs"])
        || (lower.contains("foreign") && any(&["minist"]))
    {
        Some("foreign")
    } else if any(&["vice president", "vice-president"]) {
        Some("vice president")
    } else if any(&["prime minister", "premier", "chancellor"]) {
        Some("prime minister")
    } else if (lower.contains("defence") || lower.contains("defense")) && any(&["minist", "secretary"]) {
        Some("defence")
    } else if lower.contains("president") && !any(&["presidential"]) {
        Some("president")
    } else if any(&["nominee", "candidate"]) {
        Some("candidate")
    } else if any(&["senator", "sen."]) {
        Some("senator")
    } else if any(&["judge", "justice"]) {
        Some("judge")
    } else if any(&["governor", "gov."]) {
        Some("governor")
    } else {
        None
    }
}

/// Whether a role in small letters is an office that states have: who holds it speaks for a state and for no body.
pub fn is_state_office(role: &str) -> bool {
    let office =
        matches!(office(role), Some("president" | "vice president" | "prime minister" | "foreign" | "defence"));
    office || role.contains("minister")
}

/// Whether a phrase goes on behind the word: "to".
pub fn is_binding(word: &str) -> bool {
    has(Set::Binding, word)
}

/// Whether the word is a finite verb that helps another: "could".
pub fn is_auxiliary(word: &str) -> bool {
    has(Set::Auxiliary, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_read_with_and_without_capitals() {
        assert!(is_title("Minister") && is_title("minister") && !is_title("ban"));
        assert!(is_body("ministry") && is_document("statement") && is_starter("The") && ends_phrase_head("of"));
        assert!(SETS.iter().all(|(_, set)| WORDS.values().any(|sets| sets.contains(set))));
    }

    #[test]
    fn different_words_for_one_office_meet() {
        assert_eq!(office("Secretary of State"), office("head of the Sudovian Foreign Ministry"));
        assert_ne!(office("prime minister"), office("president"));
    }
}
