//! Issues: claims grouped by what they are about, labelled in the texts' own words.

use super::draft::Draft;
use super::features::Features;
use super::label::{Candidate, candidates};
use super::link::Pair;
use super::topics::Topics;
use crate::conversation::prepared::Prepared;
use crate::conversation::slots::Frame;

/// The least probability, in the mean over their claims, at which two groups become one; set on the eight conversations of the
/// gold, from which no weight was learned.
const JOIN: f32 = 0.4;

/// What the words of a label weigh beside how near it is to what the claims are about.
const WORDS: f32 = 0.3;

/// Claims about one issue.
pub(super) struct Group {
    /// Its label, where the user's topics or the conversation itself give it.
    label: Option<String>,
    /// Their indices.
    claims: Vec<usize>,
}

/// Groups claims by what they are about, over all accounts at once; what is linked stands in one group.
pub(super) fn groups(claims: &[Draft], features: &Features, pairs: &[Pair], topics: &Topics) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut free: Vec<usize> = Vec::new();
    for (i, claim) in claims.iter().enumerate() {
        match given_label(claim, topics) {
            None => free.push(i),
            Some(label) => match groups.iter_mut().find(|g| g.label.as_ref() == Some(&label)) {
                Some(group) => group.claims.push(i),
                None => groups.push(Group { label: Some(label), claims: vec![i] }),
            },
        }
    }
    let mut free = cluster(features, free);
    pairs.iter().for_each(|pair| join(&mut free, pair));
    free.sort_by_key(|group| group.iter().min().copied());
    groups.extend(free.into_iter().map(|claims| Group { label: None, claims }));
    groups
}

/// Gives each claim the label of its issue.
pub(super) fn name(claims: &mut [Draft], groups: &[Group], accounts: &[Prepared], features: &Features) {
    let mut labels: Vec<String> = groups.iter().filter_map(|g| g.label.clone()).collect();
    let found = groups.iter().map(|group| match group.label {
        None => candidates(&group.claims, claims, accounts, features),
        Some(_) => Vec::new(),
    });
    let found: Vec<Vec<Candidate>> = found.collect();
    let places = found.iter().flatten().map(|c| (&accounts[c.at.0], c.at.1));
    let mut vectors = features.phrases(places).into_iter();
    for (group, candidates) in groups.iter().zip(found) {
        let scores = candidates.into_iter().zip(vectors.by_ref());
        let scores = scores.map(|(c, phrase)| (c.words, features.nearness(&phrase, &group.claims) + WORDS * c.score));
        let mut scores: Vec<(String, f32)> = scores.collect();
        scores.sort_by(|a, b| b.1.total_cmp(&a.1));
        let name = group.label.clone().unwrap_or_else(|| {
            let best = scores.first().map_or("other matters", |best| &best.0).to_owned();
            let numbered = (2..).map(|n| format!("{best} ({n})"));
            let words = scores.into_iter().map(|(words, _)| words);
            let free = words.chain([best.clone()]).chain(numbered).find(|l| !labels.contains(l)).unwrap_or(best);
            labels.push(free.clone());
            free
        });
        group.claims.iter().for_each(|&claim| claims[claim].issue.clone_from(&name));
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
fn cluster(features: &Features, free: Vec<usize>) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = free.iter().map(|&i| vec![i]).collect();
    let mut table: Vec<Vec<f32>> =
        free.iter().map(|&i| free.iter().map(|&j| if i == j { 0.0 } else { features.issue(i, j) }).collect()).collect();
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
