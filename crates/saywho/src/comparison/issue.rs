//! Issues: claims grouped by what they are about, labelled in the texts' own words.

use std::collections::BTreeMap;

use super::account::Prepared;
use super::claim::{Draft, Frame};
use super::terms::{self, Bag, Terms, similarity, stem};
use crate::reading::Act;

/// What the users' topic list says: each topic with its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Topics {
    topics: Vec<(String, Vec<String>)>,
}

/// A line of a topic list that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: \"{text}\" is not a topic: write `label: word, word`")]
pub struct TopicsError {
    line: usize,
    text: String,
}

impl Topics {
    /// Reads lines `label: word, word ...`; "#" begins a comment. A claim that holds one of the words, in any form, is about
    /// that topic; the words of the label count too.
    ///
    /// # Errors
    /// The first line that is no topic.
    pub fn parse(lines: &str) -> Result<Topics, TopicsError> {
        let mut topics = Vec::new();
        for (number, line) in (1..).zip(lines.lines()) {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let pair = line.split_once(':').filter(|(label, words)| !label.trim().is_empty() && !words.trim().is_empty());
            let Some((label, words)) = pair else { return Err(TopicsError { line: number, text: line.to_owned() }) };
            let words = words.split(',').map(|w| w.trim().to_lowercase()).filter(|w| !w.is_empty());
            topics.push((label.trim().to_owned(), words.collect()));
        }
        Ok(Topics { topics })
    }

    /// The topic that a claim's words name, the one with most of its words first.
    fn of(&self, words: &[String]) -> Option<usize> {
        let text = format!(" {} ", words.join(" "));
        let stems: Vec<String> = words.iter().map(|w| stem(w)).collect();
        let held = |word: &String| {
            if word.contains(' ') { text.contains(&format!(" {word} ")) } else { stems.contains(&stem(word)) }
        };
        let counts = self.topics.iter().map(|(_, words)| words.iter().filter(|w| held(w)).count());
        counts.enumerate().filter(|(_, n)| *n > 0).max_by_key(|(i, n)| (*n, std::cmp::Reverse(*i))).map(|(i, _)| i)
    }
}

/// The groups found.
pub(super) struct Issues {
    /// For each claim its group.
    pub of: Vec<usize>,
    /// For each group its label.
    pub labels: Vec<String>,
    /// For each claim its telling words.
    pub bags: Vec<Bag>,
    /// For each claim the subjects of diplomatic conversations that it names.
    subjects: Vec<Vec<usize>>,
    /// How telling each subject is in these accounts.
    rare: BTreeMap<usize, f32>,
}

impl Issues {
    /// The share of subjects that two claims have in common, rare ones counting more.
    pub fn shared_subjects(&self, a: usize, b: usize) -> f32 {
        let weight = |s: &usize| self.rare.get(s).copied().unwrap_or(0.0);
        let (x, y) = (&self.subjects[a], &self.subjects[b]);
        let shared: f32 = x.iter().filter(|s| y.contains(s)).map(weight).sum();
        let all: f32 = x.iter().map(weight).sum::<f32>() + y.iter().map(weight).sum::<f32>() - shared;
        if all > 0.0 { shared / all } else { 0.0 }
    }
}

/// The least likeness at which two groups become one.
const JOIN: f32 = 0.21;

/// What shared subjects add to likeness.
const SUBJECT: f32 = 0.2;

/// What is told right behind in one account often goes on with the subject.
const NEXT: f32 = 0.05;

/// Groups the claims. `party_words` are the words of the names of those who talked and of their sides, in lower case.
pub(super) fn issues(claims: &[Draft], accounts: &[Prepared], party_words: &[String], topics: &Topics) -> Issues {
    let terms = Terms::of(accounts.iter().map(|a| a.text.text));
    let bags: Vec<Bag> =
        claims.iter().map(|c| terms.bag(subject_words(c, &accounts[c.account], party_words).iter().map(String::as_str))).collect();
    let subjects: Vec<Vec<usize>> = claims
        .iter()
        .map(|c| terms::subjects(&accounts[c.account].words[accounts[c.account].text.tokens_in(c.context)]))
        .collect();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    subjects.iter().flatten().for_each(|s| *counts.entry(*s).or_default() += 1);
    let rare = counts.into_iter().map(|(s, n)| (s, ((claims.len() + 1) as f32 / n as f32).ln())).collect();
    let mut issues = Issues { of: Vec::new(), labels: Vec::new(), bags, subjects, rare };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut fixed: Vec<Option<String>> = Vec::new();
    let mut free: Vec<usize> = Vec::new();
    for (i, claim) in claims.iter().enumerate() {
        let key = match claim.frame {
            Some(Frame::Initiative) => Some("who asked for the conversation".to_owned()),
            Some(Frame::Tone) => Some("tone of the conversation".to_owned()),
            None => topics.of(&claim.words).map(|t| topics.topics[t].0.clone()),
        };
        match key {
            None => free.push(i),
            Some(key) => match fixed.iter().position(|k| *k == Some(key.clone())) {
                Some(place) => groups[place].push(i),
                None => {
                    groups.push(vec![i]);
                    fixed.push(Some(key));
                }
            },
        }
    }
    let found = cluster(claims, &issues, free);
    fixed.resize(groups.len() + found.len(), None);
    groups.extend(found);
    // In order of the first claim.
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|&g| groups[g].iter().min().copied());
    let mut of = vec![0; claims.len()];
    let mut labels: Vec<String> = Vec::new();
    for (place, &g) in order.iter().enumerate() {
        for &claim in &groups[g] {
            of[claim] = place;
        }
        let label = fixed[g].clone().unwrap_or_else(|| label(&groups[g], claims, accounts, &issues.bags));
        let twice = labels.iter().filter(|l| **l == label || l.starts_with(&format!("{label} ("))).count();
        labels.push(if twice == 0 { label } else { format!("{label} ({})", twice + 1) });
    }
    issues.of = of;
    issues.labels = labels;
    issues
}

/// The words of a claim that may tell its subject: without the names of the two who talked and of their sides, which every
/// claim may hold.
fn subject_words(claim: &Draft, account: &Prepared, party_words: &[String]) -> Vec<String> {
    let tokens = account.text.tokens_in(claim.context);
    let of_side = |t: usize| {
        let state = account.cast.states.name_of(account.text.word(t));
        state.is_some_and(|s| party_words.contains(&s.to_lowercase()))
    };
    tokens.filter(|&t| !party_words.contains(&account.words[t]) && !of_side(t)).map(|t| account.words[t].clone()).collect()
}

/// Average-link clustering: the two most alike groups become one until none are alike enough.
fn cluster(claims: &[Draft], issues: &Issues, free: Vec<usize>) -> Vec<Vec<usize>> {
    let likeness = |i: usize, j: usize| like(claims, issues, i, j);
    let mut groups: Vec<Vec<usize>> = free.iter().map(|&i| vec![i]).collect();
    let mut table: Vec<Vec<f32>> =
        free.iter().map(|&i| free.iter().map(|&j| if i == j { 0.0 } else { likeness(i, j) }).collect()).collect();
    loop {
        let mut best = (JOIN, 0, 0);
        for i in 0..groups.len() {
            for j in i + 1..groups.len() {
                if table[i][j] > best.0 {
                    best = (table[i][j], i, j);
                }
            }
        }
        let (_, i, j) = best;
        if i == j {
            return groups;
        }
        let (a, b) = (groups[i].len() as f32, groups[j].len() as f32);
        for k in 0..groups.len() {
            let joined = (table[i][k] * a + table[j][k] * b) / (a + b);
            table[i][k] = joined;
            table[k][i] = joined;
        }
        table.remove(j);
        table.iter_mut().for_each(|row| {
            row.remove(j);
        });
        let moved = groups.remove(j);
        groups[i].extend(moved);
    }
}

/// How alike two claims are in what they are about.
fn like(claims: &[Draft], issues: &Issues, a: usize, b: usize) -> f32 {
    let near = claims[a].account == claims[b].account && a.abs_diff(b) == 1;
    if near && refers_back(&claims[a.max(b)]) {
        return 1.0;
    }
    let words = similarity(&issues.bags[a], &issues.bags[b]);
    words + SUBJECT * issues.shared_subjects(a, b) + if near { NEXT } else { 0.0 }
}

/// "... are not discussing this issue": what a claim is about stands in the one before.
fn refers_back(claim: &Draft) -> bool {
    let back = claim.words.windows(2).any(|w| {
        matches!(w[0].as_str(), "this" | "these" | "that" | "the") && matches!(w[1].as_str(), "issue" | "matter" | "topic" | "question" | "subject" | "issues" | "matters")
            && w[0] != "the"
    });
    back && claim.words.len() <= 12
}

/// A short noun phrase of the texts for a group: the run of words of a claim that holds most of what the group shares.
fn label(group: &[usize], claims: &[Draft], accounts: &[Prepared], bags: &[Bag]) -> String {
    let mut weights: BTreeMap<&str, f32> = BTreeMap::new();
    for &i in group {
        for (stem, term) in &bags[i] {
            *weights.entry(stem).or_default() += term.weight;
        }
    }
    let mut best: Option<(f32, String)> = None;
    for &i in group {
        for phrase in phrases(&claims[i], &accounts[claims[i].account]) {
            let words: Vec<&str> = phrase.split(' ').collect();
            let mut score: f32 = words.iter().map(|w| weights.get(stem(&w.to_lowercase()).as_str()).copied().unwrap_or(0.0)).sum();
            // Long labels must earn their words; a single one seldom says enough.
            score /= (words.len() as f32).powf(0.7);
            if words.len() == 1 {
                score *= 0.7;
            }
            // The first topic named is the one discussed.
            if claims[i].act == Act::Discuss {
                score *= 1.15;
            }
            if best.as_ref().is_none_or(|b| score > b.0) {
                best = Some((score, phrase));
            }
        }
    }
    best.map_or_else(|| "other matters".into(), |b| b.1)
}

/// Runs of up to six words of a claim that look like noun phrases: behind a word that opens one and before one that ends it, no
/// verbs of telling, marks or pronouns within.
fn phrases(claim: &Draft, account: &Prepared) -> Vec<String> {
    let tokens = account.text.tokens_in(claim.span);
    let stop = |t: usize| {
        let word = account.words[t].as_str();
        !word.chars().all(|c| c.is_alphanumeric())
            || matches!(
                word,
                "that" | "which" | "who" | "he" | "she" | "they" | "it" | "we" | "i" | "his" | "her" | "their" | "its" | "our"
                    | "will" | "would" | "is" | "are" | "was" | "were" | "be" | "been" | "has" | "have" | "had" | "if" | "as"
                    | "to" | "by" | "with" | "this" | "these" | "those" | "from" | "must" | "should" | "also" | "both" | "not" | "than"
            )
            || super::cue::hit(&account.words, t, tokens.end).is_some()
            || account.person_at(t).is_some()
    };
    let edge = |t: usize| {
        let word = account.words[t].as_str();
        matches!(word, "of" | "in" | "on" | "for" | "and" | "or" | "the" | "a" | "an" | "at" | "over" | "about" | "into" | "under" | "between" | "up" | "out" | "more" | "further" | "continued" | "any" | "such")
    };
    // Without knowing nouns from verbs, their places tell: "the ... of", "on ... and".
    let opens = |t: usize| {
        t > tokens.start
            && matches!(
                account.words[t - 1].as_str(),
                "the" | "a" | "an" | "of" | "on" | "in" | "for" | "about" | "over" | "regarding" | "concerning" | "against" | "its" | "their"
                    | "his" | "her" | "our" | "and" | "with" | "between" | "including" | "“" | "\"" | "additional" | "further" | "concrete" | "no"
            )
    };
    let closes = |t: usize| {
        let next = t + 1;
        next >= tokens.end
            || edge(next)
            || !account.words[next].chars().all(char::is_alphanumeric)
            || matches!(account.words[next].as_str(), "to" | "by" | "with" | "from" | "that" | "which" | "who" | "as" | "through" | "since" | "is" | "are" | "was" | "were" | "will" | "would" | "has" | "have" | "must" | "should")
    };
    let strict = candidates(account, tokens.clone(), &stop, &edge, &opens, &closes);
    if strict.is_empty() { candidates(account, tokens.clone(), &stop, &edge, &|_| true, &|_| true) } else { strict }
}

/// The runs that begin and end where the tests allow.
fn candidates(
    account: &Prepared,
    tokens: std::ops::Range<usize>,
    stop: &dyn Fn(usize) -> bool,
    edge: &dyn Fn(usize) -> bool,
    opens: &dyn Fn(usize) -> bool,
    closes: &dyn Fn(usize) -> bool,
) -> Vec<String> {
    let mut found = Vec::new();
    for first in tokens.clone().filter(|&t| opens(t)) {
        if stop(first) || edge(first) || crate::words::is_title(&account.words[first]) {
            continue;
        }
        for last in first..(first + 6).min(tokens.end) {
            if stop(last) {
                break;
            }
            let single = first == last && account.words[first].chars().count() < 4;
            if edge(last) || single || !closes(last) {
                continue;
            }
            if let Some(span) = account.text.span(first..last + 1) {
                found.push(span.of(account.text.text).split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }
    found
}

/// Gives each claim the label of its issue.
pub(super) fn name(claims: &mut [Draft], issues: &Issues) {
    for (claim, &group) in claims.iter_mut().zip(&issues.of) {
        claim.issue = issues.labels[group].clone();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_lines_of_a_label_and_words() {
        let topics = Topics::parse("# ours\nfish: quota, cod\nsailors: sailor, detained crew\n").expect("topics");
        let of = |text: &str| topics.of(&text.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(of("the cod quotas"), Some(0));
        assert_eq!(of("on the detained crew there"), Some(1));
        assert_eq!(of("nothing here"), None);
    }

    #[test]
    fn a_line_without_words_is_named() {
        let error = Topics::parse("fish: cod\nsailors").expect_err("no words");
        assert!(error.to_string().starts_with("line 2:"));
    }
}
