//! What the likeness of claims is measured by.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::likeness::{self, Likeness};
use super::terms::{self, Bag, Terms};
use crate::conversation::prepared::Prepared;

/// What the likeness of claims is measured by.
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

/// "... are not discussing this issue": what a claim is about stands in the one before.
pub(super) fn refers_back(claim: &Draft) -> bool {
    let back = claim.words.windows(2).any(|w| {
        matches!(w[0].as_str(), "this" | "these" | "that" | "the")
            && matches!(w[1].as_str(), "issue" | "matter" | "topic" | "question" | "subject" | "issues" | "matters")
            && w[0] != "the"
    });
    back && claim.words.len() <= 12
}
