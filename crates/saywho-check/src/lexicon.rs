//! What words do to what is said (`words.tsv`).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

#[derive(Default)]
struct Lexicon {
    sets: HashMap<&'static str, HashSet<&'static str>>,
    /// Number words and their values.
    numbers: HashMap<&'static str, &'static str>,
    /// Each form of an irregular verb with the number of its verb.
    verbs: HashMap<&'static str, usize>,
    /// For each verb its first form.
    first_forms: HashMap<usize, &'static str>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    let rows = include_str!("words.tsv").lines().filter_map(|line| line.split_once('\t'));
    for (number, (set, words)) in rows.enumerate() {
        for word in words.split(' ') {
            match set {
                "number" => {
                    let (word, value) = word.split_once('=').unwrap_or((word, word));
                    lexicon.numbers.insert(word, value);
                }
                "verb" => {
                    lexicon.verbs.entry(word).or_insert(number);
                    lexicon.first_forms.entry(number).or_insert(word);
                }
                _ => {
                    lexicon.sets.entry(set).or_default().insert(word);
                }
            }
        }
    }
    lexicon
});

fn is_in(set: &str, word: &str) -> bool {
    LEXICON.sets.get(set).is_some_and(|words| words.contains(word))
}

/// Whether the word negates.
pub fn negates(word: &str) -> bool {
    is_in("negation", word) || word.ends_with("n't")
}

/// What a word tells of what may, must or will be: the name of its set. `next` is the word behind it.
pub fn modality(word: &str, next: Option<&str>) -> Option<&'static str> {
    let stem = match word {
        "cannot" | "can't" => "can",
        "won't" => "will",
        "shan't" => "shall",
        _ => word.strip_suffix("n't").unwrap_or(word),
    };
    if stem.ends_with("'ll") {
        return Some("future");
    }
    if is_in("need_to", stem) && next == Some("to") {
        return Some("necessity");
    }
    ["possibility", "ability", "future", "conditional", "advice", "necessity"].into_iter().find(|set| is_in(set, stem))
}

/// Whether the word tells how much, how many or how sure.
pub fn qualifies(word: &str) -> bool {
    is_in("qualifier", word)
}

/// The value of a number, a month or a day of the week.
pub fn number(word: &str) -> Option<&str> {
    let digits = word.starts_with(|c: char| c.is_ascii_digit());
    if digits { Some(word) } else { LEXICON.numbers.get(word).copied() }
}

/// The first form of an irregular verb: "write" of "wrote".
pub fn irregular(word: &str) -> Option<&'static str> {
    let number = LEXICON.verbs.get(word)?;
    LEXICON.first_forms.get(number).copied()
}

/// Whether the word changes with the person who tells.
pub fn is_person(word: &str) -> bool {
    is_in("person", word)
}

/// Whether the word says little of what a passage is about.
pub fn is_little(word: &str) -> bool {
    is_in("little", word)
}

/// Whether the word helps a verb.
pub fn helps(word: &str) -> bool {
    is_in("helper", word)
}

/// Whether a negation of the word is one of what it takes: "I do not think that it will".
pub fn believes(word: &str) -> bool {
    is_in("belief", word)
}

/// Whether another clause may begin with the word, behind a comma.
pub fn joins(word: &str) -> bool {
    is_in("joint", word)
}

/// Whether the word says that what stands here went through an interpreter.
pub fn interprets(word: &str) -> bool {
    is_in("interpreter", word)
}

/// Whether a label names nobody but one who asks: "QUESTION", "Q."
pub fn asks(label: &str) -> bool {
    is_in("asking", label.trim_end_matches(['.', ':']).to_lowercase().as_str())
}

/// Whether two words are forms of one word: "met", "meets".
pub fn are_forms(a: &str, b: &str) -> bool {
    let b = bases(b);
    bases(a).iter().any(|base| b.contains(base))
}

/// What a word may be a form of: the number of its verb, where the table has it, else what endings tell.
pub fn bases(word: &str) -> Vec<String> {
    LEXICON.verbs.get(word).map_or_else(|| regular_bases(word), |verb| vec![verb.to_string()])
}

/// What a regular form may be a form of.
fn regular_bases(word: &str) -> Vec<String> {
    let mut bases = vec![word.to_owned()];
    let endings = [("s", ""), ("es", ""), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"), ("ied", "y"), ("ies", "y")];
    for (ending, instead) in endings {
        let long = |rest: &&str| rest.len() + instead.len() >= 3;
        let Some(rest) = word.strip_suffix(ending).filter(long) else { continue };
        bases.push(format!("{rest}{instead}"));
        // "planned" is of "plan".
        let mut last = rest.chars().rev();
        if let (Some(x), Some(y)) = (last.next(), last.next())
            && x == y
        {
            bases.push(rest[..rest.len() - x.len_utf8()].to_owned());
        }
    }
    bases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        const SETS: [&str; 17] = [
            "ability",
            "advice",
            "asking",
            "belief",
            "conditional",
            "future",
            "helper",
            "interpreter",
            "joint",
            "little",
            "necessity",
            "need_to",
            "negation",
            "person",
            "possibility",
            "qualifier",
            "number",
        ];
        for line in include_str!("words.tsv").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (set, words) = line.split_once('\t').unwrap_or_else(|| panic!("no tab in {line:?}"));
            assert!(SETS.contains(&set) || set == "verb", "{set:?} is no set");
            assert!(
                words.split(' ').all(|word| !word.is_empty() && word.contains('=') == (set == "number")),
                "{line:?}"
            );
        }
        assert_eq!(LEXICON.sets.len(), SETS.len() - 1, "every set but the numbers has words");
    }

    #[test]
    fn forms_of_one_word_are_known() {
        for (a, b) in [("met", "meets"), ("planned", "plan"), ("carried", "carry"), ("using", "use"), ("lies", "lay")] {
            assert!(are_forms(a, b), "{a} {b}");
        }
        assert!(!are_forms("will", "must") && !are_forms("ban", "bank"));
        assert_eq!((irregular("wrote"), irregular("planned")), (Some("write"), None));
    }

    #[test]
    fn words_tell_what_they_do() {
        assert!(negates("didn't") && !negates("did"));
        assert_eq!((modality("has", Some("to")), modality("has", Some("been"))), (Some("necessity"), None));
        assert_eq!((number("three"), number("1000"), number("ban")), (Some("3"), Some("1000"), None));
    }
}
