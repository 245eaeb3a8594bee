//! Issues: claims grouped by what they are about, labelled in the texts' own words.

use super::draft::Draft;
use super::features::{Features, refers_back};
use super::label::label;
use super::link::Pair;
use super::topics::Topics;
use crate::conversation::prepared::Prepared;
use crate::conversation::slots::Frame;

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
