//! Act and polarity of an attribution, from the words of its cue.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::reading::{Act, EntityKind, Polarity};
use crate::table::Table;
use crate::text::{Text, TokenId};

/// Base form to act, from `acts.tsv`.
static ACTS: LazyLock<HashMap<&'static str, Act>> = LazyLock::new(|| {
    let rows = rows().filter_map(|(act, verbs)| Some((act_of_name(act)?, verbs)));
    rows.flat_map(|(act, verbs)| verbs.split(' ').map(move |verb| (verb, act))).collect()
});

/// Base forms that `lemma` may find: all verbs of `acts.tsv`, of two words the first.
static BASES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let verbs = rows().flat_map(|(_, verbs)| verbs.split(' '));
    verbs.map(|verb| verb.split('_').next().unwrap_or(verb)).collect()
});

/// The rows of `acts.tsv`: an act and its verbs.
fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("acts.tsv").lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'))
}

/// The verbs of a row.
fn row(name: &str) -> Vec<&'static str> {
    rows().filter(|(row, _)| *row == name).flat_map(|(_, verbs)| verbs.split(' ')).collect()
}

/// Verbs of not doing what follows: "declined to say".
static WITHHOLDING: LazyLock<Vec<&'static str>> = LazyLock::new(|| row("withhold"));

/// Verbs that do not stand behind their content and are no denial: "doubted".
static AGAINST: LazyLock<Vec<&'static str>> = LazyLock::new(|| row("against"));

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
const NEGATIONS: [&str; 13] = [
    "not",
    "never",
    "no",
    "nor",
    "neither",
    "without",
    "cannot",
    "nobody",
    "nothing",
    "none",
    "n't",
    "unable",
    "unwilling",
];

/// What the source does by speaking. `cue` holds the cue's words in order, `asked` whether the content ends with a question mark.
pub fn act(cue: &[&str], asked: bool) -> Act {
    match first(&lemmas(cue), |verb| ACTS.get(verb).copied()) {
        None if asked => Act::Ask,
        other => other.map_or(Act::Say, |(_, act)| act),
    }
}

/// What was said, by whom, for telling act and polarity.
pub struct Told<'a> {
    /// The words that name the source.
    pub source: &'a [&'a str],
    /// The words of the cue.
    pub cue: &'a [&'a str],
    /// The words of the content.
    pub content: &'a [&'a str],
    /// Whether the content is a question.
    pub asked: bool,
    /// Who or what speaks, where that is known.
    pub speaker: Option<EntityKind>,
    /// What the model takes the cue for.
    pub leaning: Option<Leaning>,
}

impl Told<'_> {
    /// What the source does by speaking, and whether it stands behind the content.
    ///
    /// What is not said is `say`, what is not done or taken `agree`: "declined to comment", "refused to sign".
    pub fn stance(&self) -> (Act, Polarity) {
        if let Some(withheld) = self.withheld() {
            return withheld;
        }
        let denied = |verb: &str| (ACTS.get(verb) == Some(&Act::Deny) || AGAINST.contains(&verb)).then_some(());
        let polarity = polarity(self.negations() + usize::from(first(&lemmas(self.cue), denied).is_some()));
        let act = self.act();
        (self.leaning.map_or(act, |leaning| leaning.act(act)), polarity)
    }

    /// How often the cue, the source and the content say that it was not so.
    fn negations(&self) -> usize {
        negations(self.cue) + usize::from(is_nobody(self.source)) + usize::from(is_nothing(self.content))
    }

    /// What was not said or not done, where a verb of withholding tells so exactly.
    fn withheld(&self) -> Option<(Act, Polarity)> {
        let lemmas = lemmas(self.cue);
        if let Some((behind, ())) = first(&lemmas, |verb| WITHHOLDING.contains(&verb).then_some(())) {
            let what = if behind < lemmas.len() { lemmas[behind..].to_vec() } else { self::lemmas(self.content) };
            return Some((withheld_act(&what), polarity(self.negations() + 1)));
        }
        // "would neither confirm nor deny": nothing was said.
        let unsaid = self.negations() > 0 && lemmas.iter().any(|lemma| lemma == "confirm");
        unsaid.then_some((Act::Say, Polarity::Negated))
    }

    /// Texts and data inform where a person says; one person who "talks" says something, several discuss.
    fn act(&self) -> Act {
        let act = act(self.cue, self.asked);
        let has = |verb: &str| self.cue.iter().any(|w| lemma(w) == verb);
        match act {
            // "pressed her on why ..."
            Act::Demand if has("press") && self.content.first().is_some_and(|w| is_question(w)) => Act::Ask,
            Act::Say if self.speaker == Some(EntityKind::Document) => Act::Inform,
            Act::Say
                if self.speaker == Some(EntityKind::Organisation)
                    && self.cue.iter().any(|w| w.eq_ignore_ascii_case("according")) =>
            {
                Act::Inform
            }
            Act::Discuss if has("talk") && self.speaker == Some(EntityKind::Person) && !self.cue.contains(&"with") => {
                Act::Say
            }
            other => other,
        }
    }
}

/// What the model takes a cue for: a score for each act, in the order of [`ACTS_IN_ORDER`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leaning([f32; Leaning::SCORES]);

/// The acts in the order in which the model scores them (`training/corpus.py`).
const ACTS_IN_ORDER: [Act; 13] = [
    Act::Say,
    Act::Inform,
    Act::Stress,
    Act::Ask,
    Act::Demand,
    Act::Offer,
    Act::Promise,
    Act::Warn,
    Act::Deny,
    Act::Agree,
    Act::Believe,
    Act::Want,
    Act::Discuss,
];

impl Leaning {
    /// How many scores the model gives.
    pub const SCORES: usize = ACTS_IN_ORDER.len();

    /// The likeliest act, where the table's has a bonus.
    fn act(&self, of_table: Act) -> Act {
        let score = |i: usize| self.0[i] + if ACTS_IN_ORDER[i] == of_table { TABLE } else { 0.0 };
        let best = (0..ACTS_IN_ORDER.len()).max_by(|&a, &b| score(a).total_cmp(&score(b)));
        best.map_or(of_table, |i| ACTS_IN_ORDER[i])
    }
}

/// What the table's word for an act counts beside the model's scores, which are natural logarithms.
const TABLE: f32 = 1.0;

/// What each token of a text would be as a cue.
pub struct Leanings(Table<TokenId, Option<Leaning>>);

impl Leanings {
    /// Nothing known of the tokens of a text.
    pub fn of_text(text: &Text) -> Leanings {
        Leanings(text.tokens.with(None))
    }

    /// Notes the scores of a token.
    pub fn note(&mut self, token: TokenId, scores: &[f32]) {
        self.0[token] = scores.try_into().ok().map(Leaning);
    }

    /// What a cue of these tokens is: the mean of what they are.
    pub fn of(&self, cue: &[TokenId]) -> Option<Leaning> {
        let own: Vec<&Leaning> = cue.iter().filter_map(|&t| self.0[t].as_ref()).collect();
        let mean = |i: usize| own.iter().map(|leaning| leaning.0[i]).sum::<f32>() / own.len() as f32;
        (!own.is_empty()).then(|| Leaning(std::array::from_fn(mean)))
    }
}

/// The first verb of one or two words for which something is found, with the place behind it.
fn first<T>(lemmas: &[String], find: impl Fn(&str) -> Option<T>) -> Option<(usize, T)> {
    (0..lemmas.len()).find_map(|i| {
        let two = lemmas.get(i + 1).and_then(|next| find(&format!("{}_{next}", lemmas[i])));
        two.map(|found| (i + 2, found)).or_else(|| find(&lemmas[i]).map(|found| (i + 1, found)))
    })
}

/// The act of what is withheld: to say something, or to do or take it. `what` are the base forms behind the verb.
fn withheld_act(what: &[String]) -> Act {
    let small =
        |w: &String| matches!(w.as_str(), "to" | "of" | "from" | "be" | "any" | "further" | "even" | "publicly");
    let verb = what.iter().position(|w| !small(w)).map_or(&[][..], |at| &what[at..]);
    let act = first(&verb[..verb.len().min(2)], |verb| ACTS.get(verb).copied());
    let spoken = matches!(act, Some((_, Act::Say | Act::Inform | Act::Stress | Act::Discuss | Act::Deny)));
    if spoken || verb.first().is_some_and(|verb| verb == "confirm") { Act::Say } else { Act::Agree }
}

fn polarity(negations: usize) -> Polarity {
    if negations % 2 == 1 { Polarity::Negated } else { Polarity::Affirmed }
}

/// How often a cue is negated: "neither ... nor" once, "not only" not at all.
fn negations(cue: &[&str]) -> usize {
    let words: Vec<String> = cue.iter().map(|w| w.to_lowercase()).collect();
    let is = |i: usize, word: &str| words.get(i).is_some_and(|w| w == word);
    let negates = |i: usize| {
        // "didn ’ t": the tokenizer splits at the apostrophe.
        let contracted = is(i, "t") && i >= 2 && words[i - 2].ends_with('n') && (is(i - 1, "’") || is(i - 1, "'"));
        let only = is(i, "not") && ["only", "just", "merely"].iter().any(|more| is(i + 1, more));
        contracted || (NEGATIONS.contains(&words[i].as_str()) && !only)
    };
    let goes_on = |i: usize| is(i, "nor") && words[..i].iter().any(|w| matches!(w.as_str(), "neither" | "not" | "t"));
    (0..words.len()).filter(|&i| negates(i) && !goes_on(i)).count()
}

/// Whether the source is nobody: "No official", "Neither side"; "No. 10" is somebody.
fn is_nobody(source: &[&str]) -> bool {
    let Some((first, rest)) = source.split_first() else { return false };
    let numbered = rest.first().is_some_and(|w| *w == "." || w.starts_with(|c: char| c.is_ascii_digit()));
    let nobody = ["no", "neither", "nobody", "none", "nothing", "not"];
    !numbered && nobody.contains(&first.to_lowercase().as_str())
}

/// Whether nothing is the content: "said nothing", "nothing about the ban"; "nothing would change" is something.
fn is_nothing(content: &[&str]) -> bool {
    let mut words = content.iter().map(|w| w.to_lowercase());
    let small = ["about", "of", "on", "more", "else", "further", "."];
    words.next().is_some_and(|w| w == "nothing") && words.next().is_none_or(|w| small.contains(&w.as_str()))
}

fn lemmas(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| lemma(w)).collect()
}

fn is_question(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "why" | "whether" | "how" | "what" | "who" | "when" | "where" | "if")
}

/// The base form of an English verb form.
pub fn lemma(word: &str) -> String {
    let word = word.to_lowercase();
    if let Some((_, base)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return (*base).into();
    }
    candidates(&word).into_iter().find(|c| BASES.contains(c.as_str())).unwrap_or(word)
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

    fn stance(source: &str, cue: &str, content: &str, speaker: Option<EntityKind>) -> (Act, Polarity) {
        let (source, cue, content) = (words(source), words(cue), words(content));
        Told { source: &source, cue: &cue, content: &content, asked: false, speaker, leaning: None }.stance()
    }

    #[test]
    fn letters_of_several_bytes_are_doubled_too() {
        for word in ["believeßßs", "say\u{ad}\u{ad}ed", "denie\u{301}\u{301}d", "ééing", "ßßs", "🙂🙂ed"] {
            assert_eq!(act(&[word], false), Act::Say, "{word}");
        }
    }

    #[test]
    fn who_speaks_may_tell_the_act() {
        let of = |cue: &str, content: &str, kind| stance("", cue, content, Some(kind)).0;
        assert_eq!(of("according to", "it rains", EntityKind::Document), Act::Inform);
        assert_eq!(of("according to", "it rains", EntityKind::Person), Act::Say);
        assert_eq!(of("said", "it rains", EntityKind::Organisation), Act::Say);
        assert_eq!(of("talked about", "the ban", EntityKind::Person), Act::Say);
        assert_eq!(of("talked about", "the ban", EntityKind::Group), Act::Discuss);
        assert_eq!(of("pressed", "why the ban stays", EntityKind::Person), Act::Ask);
    }

    #[test]
    fn polarity_tells_whether_the_source_stands_behind_the_content() {
        use Polarity::{Affirmed, Negated};
        for (cue, want) in [
            ("did not say", (Act::Say, Negated)),
            ("didn ’ t say", (Act::Say, Negated)),
            ("said nothing", (Act::Say, Negated)),
            ("said", (Act::Say, Affirmed)),
            ("not only said", (Act::Say, Affirmed)),
            ("noted", (Act::Inform, Affirmed)),
            ("denied", (Act::Deny, Negated)),
            ("rejected", (Act::Deny, Negated)),
            ("ruled out", (Act::Deny, Negated)),
            ("did not deny", (Act::Deny, Affirmed)),
            ("never denied", (Act::Deny, Affirmed)),
            ("would not rule out", (Act::Deny, Affirmed)),
            ("could not dispute", (Act::Deny, Affirmed)),
            ("doubts", (Act::Believe, Negated)),
            ("has no doubt", (Act::Believe, Affirmed)),
            ("failed to mention", (Act::Inform, Negated)),
            ("failed to agree", (Act::Agree, Negated)),
        ] {
            assert_eq!(stance("she", cue, "the ban", None), want, "{cue}");
        }
    }

    #[test]
    fn what_is_withheld_is_said_or_taken() {
        let negated = |act| (act, Polarity::Negated);
        for (cue, content, act) in [
            ("declined to say", "when", Act::Say),
            ("declined", "to comment", Act::Say),
            ("declined comment", "", Act::Say),
            ("refused to discuss", "the ban", Act::Say),
            ("refused to confirm or deny", "the ban", Act::Say),
            ("would not confirm or deny", "the ban", Act::Say),
            ("neither confirmed nor denied", "the ban", Act::Say),
            ("stopped short of calling", "it a ban", Act::Say),
            ("refused", "to be drawn on prices", Act::Say),
            ("refused", "to rule out a ban", Act::Say),
            ("said", "nothing about the ban", Act::Say),
            ("refused to sign", "the treaty", Act::Agree),
            ("refused", "to leave the strait", Act::Agree),
            ("declined", "the invitation", Act::Agree),
            ("refused to accept", "the ban", Act::Agree),
            ("stopped short of endorsing", "the ban", Act::Agree),
        ] {
            assert_eq!(stance("Maren", cue, content, None), negated(act), "{cue} {content}");
        }
        assert_eq!(stance("Maren", "did not refuse", "the invitation", None), (Act::Agree, Polarity::Affirmed));
    }

    #[test]
    fn nobody_said_it() {
        assert_eq!(stance("Neither side", "said", "who called", None).1, Polarity::Negated);
        assert_eq!(stance("No official", "agreed", "to meet", None).1, Polarity::Negated);
        assert_eq!(stance("No 10", "said", "it rains", None).1, Polarity::Affirmed);
        assert_eq!(stance("Maren", "said", "nothing would change", None).1, Polarity::Affirmed);
        assert_eq!(stance("Nobody", "denied", "it", None), (Act::Deny, Polarity::Affirmed));
    }
}
