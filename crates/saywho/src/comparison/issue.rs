//! Issues: claims grouped by what they are about, labelled in the texts' own words.

use std::collections::BTreeMap;

use super::account::Prepared;
use super::claim::{Draft, Frame};
use super::label::label;
use super::likeness::{self, Likeness};
use super::link::Pair;
use super::terms::{self, Bag, Terms};
use super::topics::Topics;

/// What likeness is measured by.
pub(super) struct Features {
    /// For each claim its telling words.
    pub bags: Vec<Bag>,
    /// For each claim the subjects of diplomatic conversations that it names.
    pub subjects: Vec<Vec<usize>>,
    /// How telling each subject is in these accounts.
    rare: BTreeMap<usize, f32>,
}

impl Features {
    /// The features of all claims. `party_words` are the words of the names of those who talked and of their sides, in lower
    /// case.
    pub fn of(claims: &[Draft], accounts: &[Prepared], party_words: &[String]) -> Features {
        let terms = Terms::of(accounts.iter().map(|a| a.text.text));
        let bag = |c: &Draft| terms.bag(subject_words(c, &accounts[c.account], party_words).iter().map(String::as_str));
        let named = |c: &Draft| {
            let account = &accounts[c.account];
            terms::subjects(&account.words[account.text.tokens_in(c.context)])
        };
        let mut bags: Vec<Bag> = claims.iter().map(bag).collect();
        let mut subjects: Vec<Vec<usize>> = claims.iter().map(named).collect();
        for i in 1..claims.len() {
            if claims[i].account == claims[i - 1].account && refers_back(&claims[i]) {
                bags[i] = bags[i - 1].clone();
                subjects[i] = subjects[i - 1].clone();
            }
        }
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        subjects.iter().flatten().for_each(|s| *counts.entry(*s).or_default() += 1);
        let rare = counts.into_iter().map(|(s, n)| (s, ((claims.len() + 1) as f32 / n as f32).ln())).collect();
        Features { bags, subjects, rare }
    }

    /// How alike two claims are.
    pub fn likeness(&self, claims: &[Draft], a: usize, b: usize) -> Likeness {
        let subject = self.shared_subjects(a, b);
        likeness::of(&self.bags[a], &self.bags[b], subject, &claims[a].words, &claims[b].words)
    }

    /// The share of subjects that two claims have in common, rare ones counting more.
    fn shared_subjects(&self, a: usize, b: usize) -> f32 {
        let weight = |s: &usize| self.rare.get(s).copied().unwrap_or(0.0);
        let (x, y) = (&self.subjects[a], &self.subjects[b]);
        let shared: f32 = x.iter().filter(|s| y.contains(s)).map(weight).sum();
        let all: f32 = x.iter().map(weight).sum::<f32>() + y.iter().map(weight).sum::<f32>() - shared;
        if all > 0.0 { shared / all } else { 0.0 }
    }
}

/// The least likeness at which two groups become one; set, as the next, on the eight conversations of the gold.
const JOIN: f32 = 0.26;

/// What is told right behind in one account often goes on with the subject.
const NEXT: f32 = 0.04;

/// Gives each claim the label of its issue: groups of like claims, joined where claims of different sides are linked.
pub(super) fn name(claims: &mut [Draft], accounts: &[Prepared], features: &Features, pairs: &[Pair], topics: &Topics) {
    let mut given: Vec<(String, Vec<usize>)> = Vec::new();
    let mut free: Vec<usize> = Vec::new();
    for (i, claim) in claims.iter().enumerate() {
        match given_label(claim, topics) {
            None => free.push(i),
            Some(label) => match given.iter_mut().find(|g| g.0 == label) {
                Some(group) => group.1.push(i),
                None => given.push((label, vec![i])),
            },
        }
    }
    let mut groups = cluster(claims, features, free);
    pairs.iter().for_each(|pair| join(&mut groups, pair));
    let mut labels: Vec<String> = given.iter().map(|g| g.0.clone()).collect();
    groups.sort_by_key(|group| group.iter().min().copied());
    for group in &groups {
        let label = label(group, claims, accounts, features);
        let numbered = (2..).map(|n| format!("{label} ({n})"));
        let free = std::iter::once(label.clone()).chain(numbered).find(|l| !labels.contains(l)).unwrap_or(label);
        given.push((free.clone(), group.clone()));
        labels.push(free);
    }
    for (label, group) in given {
        group.into_iter().for_each(|claim| claims[claim].issue.clone_from(&label));
    }
}

/// The issue of claims about the conversation itself and of those that the users' topics name.
fn given_label(claim: &Draft, topics: &Topics) -> Option<String> {
    match claim.frame {
        Some(Frame::Initiative) => Some("who asked for the conversation".to_owned()),
        Some(Frame::Tone) => Some("tone of the conversation".to_owned()),
        None => topics.of(&claim.words).map(|t| topics.topics[t].0.clone()),
    }
}

/// Makes one group of those that two linked claims are in.
fn join(groups: &mut Vec<Vec<usize>>, pair: &Pair) {
    let of = |claim: usize| groups.iter().position(|g| g.contains(&claim));
    if let (Some(x), Some(y)) = (of(pair.a), of(pair.b))
        && x != y
    {
        let moved = groups.remove(x.max(y));
        groups[x.min(y)].extend(moved);
    }
}

/// The words of a claim that may tell its subject: without the names of the two who talked and of their sides, which every
/// claim may hold.
fn subject_words(claim: &Draft, account: &Prepared, party_words: &[String]) -> Vec<String> {
    let tokens = account.text.tokens_in(claim.context);
    let of_side = |t: usize| {
        let state = account.states.name_of(account.text.word(t));
        state.is_some_and(|s| party_words.contains(&s.to_lowercase()))
    };
    tokens
        .filter(|&t| !party_words.contains(&account.words[t]) && !of_side(t))
        .map(|t| account.words[t].clone())
        .collect()
}

/// Average-link clustering: the two most alike groups become one until none are alike enough.
fn cluster(claims: &[Draft], features: &Features, free: Vec<usize>) -> Vec<Vec<usize>> {
    let likeness = |i: usize, j: usize| like(claims, features, i, j);
    let mut groups: Vec<Vec<usize>> = free.iter().map(|&i| vec![i]).collect();
    let mut table: Vec<Vec<f32>> =
        free.iter().map(|&i| free.iter().map(|&j| if i == j { 0.0 } else { likeness(i, j) }).collect()).collect();
    loop {
        let mut best = (JOIN, 0, 0);
        for (i, row) in table.iter().enumerate() {
            for (j, &likeness) in row.iter().enumerate().skip(i + 1) {
                if likeness > best.0 {
                    best = (likeness, i, j);
                }
            }
        }
        let (_, i, j) = best;
        if i == j {
            return groups;
        }
        let (a, b) = (groups[i].len() as f32, groups[j].len() as f32);
        let joined: Vec<f32> = table[i].iter().zip(&table[j]).map(|(x, y)| (x * a + y * b) / (a + b)).collect();
        for (row, &likeness) in table.iter_mut().zip(&joined) {
            row[i] = likeness;
        }
        table[i] = joined;
        table.remove(j);
        table.iter_mut().for_each(|row| {
            row.remove(j);
        });
        let moved = groups.remove(j);
        groups[i].extend(moved);
    }
}

/// How alike two claims are in what they are about.
fn like(claims: &[Draft], features: &Features, a: usize, b: usize) -> f32 {
    let near = claims[a].account == claims[b].account && a.abs_diff(b) == 1;
    if near && refers_back(&claims[a.max(b)]) {
        return 1.0;
    }
    features.likeness(claims, a, b).about(false) + if near { NEXT } else { 0.0 }
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
