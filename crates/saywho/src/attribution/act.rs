//! Act and polarity of an attribution, from the words of its cue.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::reading::{Act, EntityKind, Polarity};

/// Base form to act, from `acts.tsv`.
static ACTS: LazyLock<HashMap<&'static str, Act>> = LazyLock::new(|| {
    let lines = include_str!("acts.tsv").lines().filter(|l| !l.starts_with('#'));
    let rows = lines.filter_map(|l| l.split_once('\t')).filter_map(|(act, verbs)| Some((act_of_name(act)?, verbs)));
    rows.flat_map(|(act, verbs)| verbs.split(' ').map(move |verb| (verb, act))).collect()
});

fn act_of_name(name: &str) -> Option<Act> {
    serde_json::from_value(serde_json::Value::String(name.into())).ok()
}

/// Past forms and participles that no ending rule undoes.
const IRREGULAR: [(&str, &str); 34] = [
    ("said", "say"),
    ("says", "say"),
    ("told", "tell"),
    ("thought", "think"),
    ("knew", "know"),
    ("known", "know"),
    ("wrote", "write"),
    ("written", "write"),
    ("felt", "feel"),
    ("saw", "see"),
    ("seen", "see"),
    ("found", "find"),
    ("swore", "swear"),
    ("sworn", "swear"),
    ("sought", "seek"),
    ("understood", "understand"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("made", "make"),
    ("gave", "give"),
    ("given", "give"),
    ("read", "read"),
    ("showed", "show"),
    ("shown", "show"),
    ("drew", "draw"),
    ("drawn", "draw"),
    ("beliefs", "belief"),
    ("warning", "warn"),
    ("promises", "promise"),
    ("concerned", "concern"),
    ("meant", "mean"),
    ("undertook", "undertake"),
    ("began", "begin"),
    ("opposed", "oppose"),
];

/// Words that negate the act itself.
const NEGATIONS: [&str; 8] = ["not", "never", "no", "nor", "neither", "without", "cannot", "nobody"];

/// Acts of not doing: what follows them did not happen or is said to be untrue.
const DENIALS: [&str; 14] = [
    "deny",
    "decline",
    "refuse",
    "reject",
    "refute",
    "dismiss",
    "disavow",
    "repudiate",
    "dispute",
    "contradict",
    "rebuff",
    "doubt",
    "fail",
    "oppose",
];

/// What the source does by speaking. `cue` holds the cue's words in order, `asked` whether the content ends with a question mark.
pub fn act(cue: &[&str], asked: bool) -> Act {
    let lemmas: Vec<String> = cue.iter().map(|w| lemma(w)).collect();
    let pair = |i: usize| lemmas.get(i + 1).map(|next| format!("{}_{next}", lemmas[i]));
    let found = (0..lemmas.len()).find_map(|i| {
        let both = pair(i).and_then(|p| ACTS.get(p.as_str()).copied());
        both.or_else(|| ACTS.get(lemmas[i].as_str()).copied())
    });
    match found {
        None if asked => Act::Ask,
        other => other.unwrap_or(Act::Say),
    }
}

/// What a source does by speaking, where also the content and the speaker are known.
///
/// Texts and data inform where a person says; one person who "talks" says something, several discuss.
pub fn act_of(cue: &[&str], content: &[&str], asked: bool, speaker: Option<EntityKind>) -> Act {
    let act = act(cue, asked);
    let has = |verb: &str| cue.iter().any(|w| lemma(w) == verb);
    match act {
        // "pressed her on why ..."
        Act::Demand if has("press") && content.first().is_some_and(|w| is_question(w)) => Act::Ask,
        Act::Say if speaker == Some(EntityKind::Document) => Act::Inform,
        Act::Say
            if speaker == Some(EntityKind::Organisation) && cue.iter().any(|w| w.eq_ignore_ascii_case("according")) =>
        {
            Act::Inform
        }
        Act::Discuss if has("talk") && speaker == Some(EntityKind::Person) && !cue.contains(&"with") => Act::Say,
        other => other,
    }
}

fn is_question(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "why" | "whether" | "how" | "what" | "who" | "when" | "where" | "if")
}

/// Whether the act, or what is ascribed, is negated.
pub fn polarity(cue: &[&str]) -> Polarity {
    let negated = cue.iter().enumerate().any(|(i, word)| {
        let lower = word.to_lowercase();
        // "didn ’ t": the tokenizer splits at the apostrophe.
        let contracted = lower == "t" && i >= 2 && cue[i - 2].ends_with('n') && matches!(cue[i - 1], "’" | "'");
        NEGATIONS.contains(&lower.as_str()) || contracted || DENIALS.contains(&lemma(word).as_str())
    });
    if negated { Polarity::Negated } else { Polarity::Affirmed }
}

/// The base form of an English verb form.
pub fn lemma(word: &str) -> String {
    let word = word.to_lowercase();
    if let Some((_, base)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return (*base).into();
    }
    candidates(&word)
        .into_iter()
        .find(|c| ACTS.contains_key(c.as_str()) || DENIALS.contains(&c.as_str()))
        .unwrap_or(word)
}

/// Base forms that a form may belong to: "urging" of "urge", "planned" of "plan", "denies" of "deny".
fn candidates(word: &str) -> Vec<String> {
    let mut found = vec![word.to_owned()];
    for ending in ["ing", "ed", "es", "s", "ies", "ied", "d"] {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() >= 2) else { continue };
        found.push(stem.to_owned());
        found.push(format!("{stem}e"));
        if matches!(ending, "ies" | "ied") {
            found.push(format!("{stem}y"));
        }
        let mut letters = stem.chars();
        if let Some(last) = letters.next_back()
            && letters.as_str().ends_with(last)
        {
            found.push(letters.as_str().to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(cue: &str) -> Vec<&str> {
        cue.split(' ').collect()
    }

    #[test]
    fn the_verb_tells_the_act() {
        for (cue, want) in [
            ("said", Act::Say),
            ("has urged", Act::Demand),
            ("was warned by", Act::Warn),
            ("offered", Act::Offer),
            ("planned", Act::Want),
            ("denies", Act::Deny),
            ("stressed", Act::Stress),
            ("vowed", Act::Promise),
            ("believes", Act::Believe),
            ("according to", Act::Say),
        ] {
            assert_eq!(act(&words(cue), false), want, "{cue}");
        }
    }

    #[test]
    fn a_question_without_a_telling_verb_asks() {
        assert_eq!(act(&[":"], true), Act::Ask);
    }

    #[test]
    fn letters_of_several_bytes_are_doubled_too() {
        for word in ["believeßßs", "say\u{ad}\u{ad}ed", "denie\u{301}\u{301}d", "ééing", "ßßs", "🙂🙂ed"] {
            assert_eq!(act(&[word], false), Act::Say, "{word}");
        }
    }

    #[test]
    fn who_speaks_may_tell_the_act() {
        let of = |cue: &str, content: &str, kind| act_of(&words(cue), &words(content), false, Some(kind));
        assert_eq!(of("according to", "it rains", EntityKind::Document), Act::Inform);
        assert_eq!(of("according to", "it rains", EntityKind::Person), Act::Say);
        assert_eq!(of("said", "it rains", EntityKind::Organisation), Act::Say);
        assert_eq!(of("talked about", "the ban", EntityKind::Person), Act::Say);
        assert_eq!(of("talked about", "the ban", EntityKind::Group), Act::Discuss);
        assert_eq!(of("pressed", "why the ban stays", EntityKind::Person), Act::Ask);
    }

    #[test]
    fn negation_in_the_cue_negates() {
        for (cue, want) in [
            ("did not say", Polarity::Negated),
            ("didn ’ t say", Polarity::Negated),
            ("declined to say", Polarity::Negated),
            ("denied", Polarity::Negated),
            ("said", Polarity::Affirmed),
            ("noted", Polarity::Affirmed),
        ] {
            assert_eq!(polarity(&words(cue)), want, "{cue}");
        }
    }
}
