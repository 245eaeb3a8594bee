//! The verbs of accounts and the acts they stand for (`cues.tsv`).

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::reading::Act;
use crate::table::{Place, Table};
use crate::text::TokenId;

/// What a cue signals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// That there was a conversation.
    Talk,
    /// Greetings, condolences, wishes.
    Courtesy,
    /// An act.
    Act(Act),
}

/// The form of the verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// "stress"
    Base,
    /// "stresses"
    Third,
    /// "stressed": past tense or participle
    Past,
    /// "stressing"
    Ing,
    /// No verb: "exchange of views".
    Fixed,
}

/// A cue in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Token of the verb.
    pub at: TokenId,
    /// Behind the last token of the pattern.
    pub end: TokenId,
    /// What it signals.
    pub kind: Kind,
    /// The form of the verb.
    pub form: Form,
}

impl Hit {
    /// The act, if it is one.
    pub fn act(&self) -> Option<Act> {
        match self.kind {
            Kind::Act(act) => Some(act),
            _ => None,
        }
    }
}

struct Pattern {
    form: Form,
    kind: Kind,
    rest: Vec<&'static str>,
}

/// Patterns by the form of their first word, longest first.
static PATTERNS: LazyLock<HashMap<String, Vec<Pattern>>> = LazyLock::new(load);

/// How far a word marked "~" may follow.
const REACH: usize = 8;

fn load() -> HashMap<String, Vec<Pattern>> {
    let mut patterns: HashMap<String, Vec<Pattern>> = HashMap::new();
    let lines = include_str!("cues.tsv").lines().filter(|l| !l.starts_with('#'));
    for (name, list) in lines.filter_map(|l| l.split_once('\t')) {
        let Some(kind) = kind(name) else { continue };
        for pattern in list.split("; ") {
            let mut words = pattern.trim_start_matches('=').split(' ');
            let Some(verb) = words.next() else { continue };
            let rest: Vec<&'static str> = words.collect();
            let forms = if pattern.starts_with('=') { vec![(verb.to_owned(), Form::Fixed)] } else { forms(verb) };
            for (word, form) in forms {
                patterns.entry(word).or_default().push(Pattern { form, kind, rest: rest.clone() });
            }
        }
    }
    for list in patterns.values_mut() {
        list.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
    }
    patterns
}

fn kind(name: &str) -> Option<Kind> {
    match name {
        "talk" => Some(Kind::Talk),
        "courtesy" => Some(Kind::Courtesy),
        act => serde_json::from_value(serde_json::Value::String(act.into())).ok().map(Kind::Act),
    }
}

/// All forms of a verb written as "speak/spoke/spoken".
fn forms(verb: &str) -> Vec<(String, Form)> {
    let mut parts = verb.split('/');
    let base = parts.next().unwrap_or_default();
    let irregular: Vec<&str> = parts.collect();
    let ends = |ending: &[&str]| ending.iter().any(|e| base.ends_with(e));
    let consonant_y = base.ends_with('y') && !ends(&["ay", "ey", "oy", "uy"]);
    let third = match () {
        () if base == "have" => "has".into(),
        () if base == "be" => "is".into(),
        () if consonant_y => format!("{}ies", &base[..base.len() - 1]),
        () if ends(&["s", "x", "ch", "sh", "o"]) => format!("{base}es"),
        () => format!("{base}s"),
    };
    let doubled = ["admit", "commit", "plan", "set", "put"].contains(&base).then(|| base.chars().last()).flatten();
    let stem = match doubled {
        Some(last) => format!("{base}{last}"),
        None if base.ends_with('e') && !base.ends_with("ee") && base != "be" => base[..base.len() - 1].to_owned(),
        None => base.to_owned(),
    };
    let mut found = vec![(base.to_owned(), Form::Base), (third, Form::Third), (format!("{stem}ing"), Form::Ing)];
    match irregular.is_empty() {
        _ if base == "be" => found.extend([("was".into(), Form::Past), ("were".into(), Form::Past)]),
        true if consonant_y => found.push((format!("{}ied", &base[..base.len() - 1]), Form::Past)),
        true if base.ends_with('e') => found.push((format!("{base}d"), Form::Past)),
        true => found.push((format!("{stem}ed"), Form::Past)),
        false => found.extend(irregular.into_iter().map(|f| (f.to_owned(), Form::Past))),
    }
    // "put" and "set" are their own past.
    if matches!(base, "put" | "set") {
        found.retain(|f| f.1 != Form::Base);
    }
    found
}

/// The cue that starts at a token, the longest pattern first. `words` are the lower-case words of the whole text, `end` is
/// where the sentence ends.
pub(crate) fn hit(words: &Table<TokenId, String>, at: TokenId, end: TokenId) -> Option<Hit> {
    let patterns = PATTERNS.get(words[at].as_str())?;
    patterns.iter().find_map(|pattern| {
        let behind = follow(words, at.next(), end, &pattern.rest)?;
        Some(Hit { at, end: behind, kind: pattern.kind, form: pattern.form })
    })
}

/// Where the rest of a pattern ends.
fn follow(words: &Table<TokenId, String>, mut at: TokenId, end: TokenId, rest: &[&str]) -> Option<TokenId> {
    for &want in rest {
        let (want, reach) = want.strip_prefix('~').map_or((want, 1), |w| (w, REACH));
        let fits = |word: &str| match want.strip_suffix('*') {
            Some(beginning) => word.starts_with(beginning),
            None => word == want,
        };
        let stop = at.plus(reach).min(end);
        let barrier = |word: &str| reach > 1 && matches!(word, "," | ";" | "that" | "who" | "which" | "about");
        let place = at.until(stop).iter().take_while(|&t| !barrier(&words[t])).find(|&t| fits(&words[t]))?;
        at = place.next();
    }
    Some(at)
}

/// Whether a word means the conversation itself.
pub(crate) fn is_talk_noun(word: &str) -> bool {
    matches!(word, "conversation" | "call" | "talks" | "meeting" | "discussion" | "videoconference" | "negotiations")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sentence: &str) -> Vec<(String, Kind)> {
        let words: Table<TokenId, String> = sentence.split(' ').map(str::to_lowercase).collect();
        words
            .places()
            .filter_map(|t| hit(&words, t, words.end()))
            .map(|h| (words[h.at.until(h.end)].join(" "), h.kind))
            .collect()
    }

    #[test]
    fn longer_patterns_go_first() {
        assert_eq!(of("she expressed her deep hope")[0].1, Kind::Act(Act::Want));
        assert_eq!(of("she expressed gratitude")[0].1, Kind::Act(Act::Say));
        assert_eq!(of("he called for calm")[0], ("called for".into(), Kind::Act(Act::Demand)));
        assert_eq!(of("they had a long conversation")[0].1, Kind::Talk);
        assert_eq!(of("they exchanged festive greetings")[0].1, Kind::Courtesy);
    }

    #[test]
    fn forms_follow_the_spelling_rules() {
        for (verb, want) in [
            ("reply", "replied"),
            ("urge", "urging"),
            ("stress", "stresses"),
            ("commit", "committed"),
            ("agree", "agreed"),
        ] {
            assert!(forms(verb).iter().any(|(form, _)| form == want), "{want}");
        }
    }
}
