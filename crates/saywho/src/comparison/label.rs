//! Labels of issues: short noun phrases in the texts' own words.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::features::Features;
use super::terms::subjects;
use crate::conversation::prepared::Prepared;
use crate::reading::Act;
use crate::table::{Place, Places};
use crate::text::TokenId;
use crate::text::token::Case;
use saywho_english::terms::stem;

/// What it adds to a phrase that it names a subject which all claims of the group name.
const SUBJECT: f32 = 1.0;

/// The most that a word weighs: a rare adjective says less of the subject than it seems.
const RARE: f32 = 3.5;

/// The most phrases of a group that are weighed by what they are about.
const MOST: usize = 12;

/// A phrase that may name what a group of claims is about.
pub(super) struct Candidate {
    /// The phrase, as it stands.
    pub words: String,
    /// Where it stands: the account and its tokens.
    pub at: (usize, Places<TokenId>),
    /// How much its words speak for it, by those of the group's best.
    pub score: f32,
}

/// Short noun phrases of the texts for a group, the best first: runs of words of a claim that hold most of what the group shares, rather
/// those that name a subject of such conversations.
pub(super) fn candidates(
    group: &[usize],
    claims: &[Draft],
    accounts: &[Prepared],
    features: &Features,
) -> Vec<Candidate> {
    let mut weights: BTreeMap<&str, f32> = BTreeMap::new();
    for &i in group {
        for (stem, term) in features.bags[i].iter().filter(|(_, t)| is_telling(&t.word)) {
            *weights.entry(stem).or_default() += term.weight.min(RARE);
        }
    }
    let mut found: Vec<Candidate> = Vec::new();
    for &i in group {
        let account = &accounts[claims[i].account];
        for tokens in phrases(&claims[i], account) {
            let Some(span) = account.text.span(tokens) else { continue };
            let phrase = span.of(account.text.text).split_whitespace().collect::<Vec<_>>().join(" ");
            let words: Vec<&str> = phrase.split(' ').collect();
            let lower: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
            let named = subjects(&lower);
            let mut score: f32 =
                words.iter().map(|w| weights.get(stem(&w.to_lowercase()).as_str()).copied().unwrap_or(0.0)).sum();
            // Long labels must earn their words; a single one seldom says enough.
            score /= (words.len() as f32).powf(0.5);
            if let [only] = words[..] {
                score *= if only.ends_with("ing") || only.ends_with("ly") { 0.1 } else { 0.7 };
            }
            let share = |s: &usize| {
                group.iter().filter(|&&i| features.subjects[i].contains(s)).count() as f32 / group.len() as f32
            };
            score *= 1.0 + SUBJECT * named.iter().map(share).fold(0.0, f32::max);
            if lower.iter().any(|w| EMPTY.iter().any(|empty| w == empty || w.strip_suffix('s') == Some(empty))) {
                score *= 0.5;
            }
            // The first topic named is the one discussed.
            if claims[i].act == Act::Discuss {
                score *= 1.15;
            }
            if found.iter().all(|known| known.words != phrase) {
                found.push(Candidate { words: phrase, at: (claims[i].account, tokens), score });
            }
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found.truncate(MOST);
    let best = found.first().map_or(1.0, |best| best.score.max(f32::MIN_POSITIVE));
    found.iter_mut().for_each(|candidate| candidate.score /= best);
    found
}

/// Nouns of fixed phrases, which name no subject: "in the event that", "in accordance with".
const EMPTY: [&str; 30] = [
    "form",
    "origin",
    "version",
    "event",
    "accordance",
    "behalf",
    "terms",
    "context",
    "mode",
    "case",
    "light",
    "view",
    "basis",
    "regard",
    "respect",
    "connection",
    "addition",
    "course",
    "use",
    "situation",
    "need",
    "scale",
    "problem",
    "issue",
    "story",
    "matter",
    "importance",
    "readiness",
    "attention",
    "details",
];

/// Days, numbers and nouns of fixed phrases name no subject.
fn is_telling(word: &str) -> bool {
    !EMPTY.contains(&word)
        && !crate::words::is_calendar(word)
        && !word.chars().any(|c| c.is_ascii_digit())
        && !word.ends_with("ly")
}

/// Runs of up to six words of a claim that look like noun phrases: behind a word that opens one and before one that ends it, no
/// verbs of telling, marks or pronouns within.
fn phrases(claim: &Draft, account: &Prepared) -> Vec<Places<TokenId>> {
    let tokens = account.text.tokens_in(claim.span);
    let stop = |t: TokenId| {
        let word = account.words[t].as_str();
        !word.chars().all(|c| c.is_alphanumeric())
            || matches!(
                word,
                "that"
                    | "which"
                    | "who"
                    | "he"
                    | "she"
                    | "they"
                    | "it"
                    | "we"
                    | "i"
                    | "his"
                    | "her"
                    | "their"
                    | "its"
                    | "our"
                    | "will"
                    | "would"
                    | "is"
                    | "are"
                    | "was"
                    | "were"
                    | "be"
                    | "been"
                    | "has"
                    | "have"
                    | "had"
                    | "if"
                    | "as"
                    | "to"
                    | "by"
                    | "with"
                    | "this"
                    | "these"
                    | "those"
                    | "from"
                    | "must"
                    | "should"
                    | "also"
                    | "both"
                    | "not"
                    | "than"
                    | "against"
            )
            || crate::conversation::cue::hit(&account.words, t, tokens.end).is_some()
            || account.person_at(t).is_some()
    };
    let edge = |t: TokenId| {
        let word = account.words[t].as_str();
        matches!(
            word,
            "of" | "in"
                | "on"
                | "for"
                | "and"
                | "or"
                | "the"
                | "a"
                | "an"
                | "at"
                | "over"
                | "about"
                | "into"
                | "under"
                | "between"
                | "up"
                | "out"
                | "more"
                | "further"
                | "continued"
                | "any"
                | "such"
        )
    };
    // Without knowing nouns from verbs, their places tell: "the ... of", "on ... and".
    let opens = |t: TokenId| {
        t > tokens.start
            && matches!(
                account.words[t.back(1)].as_str(),
                "the"
                    | "a"
                    | "an"
                    | "of"
                    | "on"
                    | "in"
                    | "for"
                    | "about"
                    | "over"
                    | "regarding"
                    | "concerning"
                    | "against"
                    | "its"
                    | "their"
                    | "his"
                    | "her"
                    | "our"
                    | "and"
                    | "with"
                    | "between"
                    | "including"
                    | "“"
                    | "\""
                    | "additional"
                    | "further"
                    | "concrete"
                    | "no"
            )
    };
    let closes = |t: TokenId| {
        let next = t.next();
        next >= tokens.end
            // A word right before an article is rather a verb.
            || (edge(next) && !matches!(account.words[next].as_str(), "the" | "a" | "an"))
            || !account.words[next].chars().all(char::is_alphanumeric)
            || matches!(
                account.words[next].as_str(),
                "to" | "by"
                    | "with"
                    | "from"
                    | "that"
                    | "which"
                    | "who"
                    | "as"
                    | "through"
                    | "since"
                    | "is"
                    | "are"
                    | "was"
                    | "were"
                    | "will"
                    | "would"
                    | "has"
                    | "have"
                    | "must"
                    | "should"
            )
    };
    // Words that name a subject may begin and end a phrase anywhere.
    let subject = |at: Places<TokenId>| {
        let verb = |t: TokenId| ["ed", "es", "ing"].iter().any(|ending| account.words[t].ends_with(ending));
        at.start >= tokens.start
            && at.end <= tokens.end
            && !at.iter().any(verb)
            && !subjects(&account.words[at]).is_empty()
    };
    let named_together = |t: TokenId| subject(t.until(t.plus(2))) && !subject(t.next().until(t.plus(2)));
    let capital = |t: TokenId| account.text.case(t) == Case::Upper && account.words[t].len() > 1;
    let opens = |t: TokenId| opens(t) || subject(t.through(t)) || named_together(t) || capital(t);
    let closes = |t: TokenId| closes(t) || subject(t.through(t));
    let strict = runs(account, tokens, &stop, &edge, &opens, &closes);
    if strict.is_empty() { runs(account, tokens, &stop, &edge, &|_| true, &|_| true) } else { strict }
}

/// The runs that begin and end where the tests allow.
fn runs(
    account: &Prepared,
    tokens: Places<TokenId>,
    stop: &dyn Fn(TokenId) -> bool,
    edge: &dyn Fn(TokenId) -> bool,
    opens: &dyn Fn(TokenId) -> bool,
    closes: &dyn Fn(TokenId) -> bool,
) -> Vec<Places<TokenId>> {
    let mut found = Vec::new();
    for first in tokens.iter().filter(|&t| opens(t)) {
        if stop(first) || edge(first) || crate::words::is_title(&account.words[first]) {
            continue;
        }
        for last in first.until(first.plus(6).min(tokens.end)) {
            // An article within a phrase stands behind a preposition; behind a noun or verb it begins another.
            let article = matches!(account.words[last].as_str(), "the" | "a" | "an");
            if stop(last) || (article && !edge(last.back(1))) {
                break;
            }
            let single = first == last && account.words[first].chars().count() < 4;
            if edge(last) || single || !closes(last) {
                continue;
            }
            found.push(first.through(last));
        }
    }
    found
}
