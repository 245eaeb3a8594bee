//! Links: claims of different sides that tell of the same thing.

use super::data::{Link, Relation};
use super::draft::Draft;
use super::features::Features;
use super::likeness::Likeness;
use crate::conversation::slots::Frame;
use crate::conversation::tone::is_tone;
use crate::reading::Act;

/// The least probability of a link; set, as the other, on the eight conversations of the gold, from which no weight was learned.
const LEAST: f32 = 0.3;

/// The least probability of a link at which it is not clear that a side is silent.
const DOUBT: f32 = 0.15;

/// How far below a claim's best link another of its links may lie.
const SLACK: f32 = 0.8;

/// The probability of a link between what two accounts tell of the conversation itself.
const FRAMED: f32 = 0.9;

/// Two claims that belong together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    /// Index of the earlier claim.
    pub a: usize,
    /// Index of the later claim.
    pub b: usize,
    score: f32,
}

/// The pairs of claims of different sides that belong together: each among the best that either has.
pub(super) fn pairs(claims: &[Draft], features: &Features) -> Vec<Pair> {
    let mut candidates = Vec::new();
    let mut best = vec![0.0_f32; claims.len()];
    for a in 0..claims.len() {
        for b in a + 1..claims.len() {
            if !of_different_sides(&claims[a], &claims[b]) {
                continue;
            }
            let score = score(claims, features, a, b);
            if score >= LEAST {
                candidates.push(Pair { a, b, score });
                best[a] = best[a].max(score);
                best[b] = best[b].max(score);
            }
        }
    }
    candidates.retain(|c| {
        let (x, y) = (best[c.a], best[c.b]);
        c.score >= SLACK * x.min(y) && c.score >= SLACK * SLACK * x.max(y)
    });
    candidates
}

/// For each claim the one of another side that comes nearest, if it may tell the same.
pub(super) fn nearest(claims: &[Draft], features: &Features) -> Vec<Option<usize>> {
    let nearest = (0..claims.len()).map(|a| {
        let others = (0..claims.len()).filter(|&b| of_different_sides(&claims[a], &claims[b]));
        let scores = others.map(|b| (b, score(claims, features, a, b)));
        scores.filter(|(_, score)| *score >= DOUBT).max_by(|x, y| x.1.total_cmp(&y.1)).map(|(b, _)| b)
    });
    nearest.collect()
}

/// The same pairs with their relations.
pub(super) fn links(claims: &[Draft], features: &Features, pairs: &[Pair]) -> Vec<Link> {
    pairs
        .iter()
        .map(|c| Link {
            a: format!("c{}", c.a + 1),
            b: format!("c{}", c.b + 1),
            relation: relation(&claims[c.a], &claims[c.b], &features.likeness(claims, c.a, c.b)),
            confidence: (c.score * 100.0).round() / 100.0,
        })
        .collect()
}

/// Links join accounts of different sides, or of different documents where no side is known.
pub(super) fn of_different_sides(a: &Draft, b: &Draft) -> bool {
    match (&a.side, &b.side) {
        (Some(x), Some(y)) => x != y,
        _ => a.account != b.account,
    }
}

/// How likely two claims belong together.
fn score(claims: &[Draft], features: &Features, a: usize, b: usize) -> f32 {
    let (x, y) = (&claims[a], &claims[b]);
    if x.frame.is_some() || y.frame.is_some() {
        return if x.frame == y.frame { FRAMED } else { 0.0 };
    }
    features.link(a, b)
}

/// How two linked claims stand to each other. Both can be true unless they state facts that exclude each other.
fn relation(a: &Draft, b: &Draft, likeness: &Likeness) -> Relation {
    if a.frame == Some(Frame::Initiative) && b.frame == Some(Frame::Initiative) {
        return if a.who == b.who { Relation::Same } else { Relation::Contradict };
    }
    if a.frame == Some(Frame::Tone) {
        return if same_words(a, b) { Relation::Same } else { Relation::Differ };
    }
    let same_speaker = a.who == b.who;
    let close = a.act == b.act || (family(a.act) == family(b.act));
    // What is denied of one side's words is told by the act or by the words themselves.
    let parted = Likeness { negated: likeness.negated || a.polarity != b.polarity, ..*likeness };
    if same_speaker && parted.contradicts() {
        return Relation::Contradict;
    }
    // "agreed to meet" and "no date was agreed": one account takes back the very act that the other tells.
    if same_speaker && close && a.polarity != b.polarity {
        return Relation::Contradict;
    }
    // In other words too: of 649 linked claims of one party and one act in the corpus people call 494 the same, 102 different.
    if same_speaker && close { Relation::Same } else { Relation::Differ }
}

fn same_words(a: &Draft, b: &Draft) -> bool {
    let tones = |d: &Draft| {
        let mut words: Vec<String> = d.words.iter().filter(|w| is_tone(w)).cloned().collect();
        words.sort_unstable();
        words
    };
    tones(a) == tones(b)
}

/// Acts that one side's words may call by either name.
fn family(act: Act) -> u8 {
    match act {
        Act::Say | Act::Inform | Act::Stress | Act::Believe => 0,
        Act::Ask | Act::Demand | Act::Want => 1,
        Act::Offer | Act::Promise => 2,
        Act::Agree => 3,
        Act::Warn => 4,
        Act::Deny => 5,
        Act::Discuss => 6,
    }
}
