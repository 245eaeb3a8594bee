//! Issues: claims grouped by what they are about, labelled in the texts' own words.

use std::collections::BTreeMap;

use super::account::Prepared;
use super::claim::{Draft, Frame};
use super::label::label;
use super::terms::{self, Bag, Terms, similarity};
use super::topics::Topics;

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
    let bags: Vec<Bag> = claims
        .iter()
        .map(|c| terms.bag(subject_words(c, &accounts[c.account], party_words).iter().map(String::as_str)))
        .collect();
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
    tokens
        .filter(|&t| !party_words.contains(&account.words[t]) && !of_side(t))
        .map(|t| account.words[t].clone())
        .collect()
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
        matches!(w[0].as_str(), "this" | "these" | "that" | "the")
            && matches!(w[1].as_str(), "issue" | "matter" | "topic" | "question" | "subject" | "issues" | "matters")
            && w[0] != "the"
    });
    back && claim.words.len() <= 12
}

/// Gives each claim the label of its issue.
pub(super) fn name(claims: &mut [Draft], issues: &Issues) {
    for (claim, &group) in claims.iter_mut().zip(&issues.of) {
        claim.issue = issues.labels[group].clone();
    }
}
