//! The coreference measures MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998) and CEAF with entities compared by
//! their common mentions (Luo 2005), as the CoNLL scorer computes them (Pradhan et al. 2014): mentions need not agree.

use std::collections::{BTreeMap, BTreeSet};

/// The mentions of one entity; a mention is a span (start, end) of code points.
pub type Cluster = BTreeSet<(usize, usize)>;

/// What precision and recall are made of, summed over documents.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tally {
    /// Recall: what was found and what there was.
    pub recall: (f64, f64),
    /// Precision: what was right and what was predicted.
    pub precision: (f64, f64),
}

impl Tally {
    fn add(&mut self, recall: (f64, f64), precision: (f64, f64)) {
        self.recall = (self.recall.0 + recall.0, self.recall.1 + recall.1);
        self.precision = (self.precision.0 + precision.0, self.precision.1 + precision.1);
    }

    /// Precision and recall, 0 to 1; 0 of nothing is 0.
    pub fn ratios(&self) -> (f64, f64) {
        let ratio = |(part, whole): (f64, f64)| if whole == 0.0 { 0.0 } else { part / whole };
        (ratio(self.precision), ratio(self.recall))
    }
}

/// The three measures.
#[derive(Debug, Clone, Copy, Default)]
pub struct Measures {
    /// Links.
    pub muc: Tally,
    /// Mentions.
    pub b_cubed: Tally,
    /// Entities.
    pub ceaf_e: Tally,
}

impl Measures {
    /// Adds one document.
    pub fn add(&mut self, gold: &[Cluster], predicted: &[Cluster]) {
        self.muc.add(links(gold, predicted), links(predicted, gold));
        self.b_cubed.add(mentions(gold, predicted), mentions(predicted, gold));
        let common = best_alignment(gold, predicted);
        self.ceaf_e.add((common, gold.len() as f64), (common, predicted.len() as f64));
    }
}

/// Of each entity's links those that the other side has: its mentions less the parts it falls into there.
fn links(of: &[Cluster], other: &[Cluster]) -> (f64, f64) {
    let place = places(other);
    of.iter().fold((0.0, 0.0), |(found, all), cluster| {
        let parts: BTreeSet<usize> = cluster.iter().filter_map(|m| place.get(m).copied()).collect();
        let alone = cluster.iter().filter(|m| !place.contains_key(m)).count();
        (found + (cluster.len() - parts.len() - alone) as f64, all + (cluster.len() - 1) as f64)
    })
}

/// For each mention the share of its entity that the other side puts together with it.
fn mentions(of: &[Cluster], other: &[Cluster]) -> (f64, f64) {
    let place = places(other);
    of.iter().fold((0.0, 0.0), |(found, all), cluster| {
        let mut together: BTreeMap<usize, f64> = BTreeMap::new();
        for m in cluster.iter().filter_map(|m| place.get(m)) {
            *together.entry(*m).or_default() += 1.0;
        }
        let size = cluster.len() as f64;
        (found + together.values().map(|n| n * n / size).sum::<f64>(), all + size)
    })
}

fn places(clusters: &[Cluster]) -> BTreeMap<(usize, usize), usize> {
    clusters.iter().enumerate().flat_map(|(i, c)| c.iter().map(move |&m| (m, i))).collect()
}

/// The greatest sum of similarities over one-to-one alignments of entities; two entities' similarity is the Dice
/// coefficient of their mentions.
fn best_alignment(gold: &[Cluster], predicted: &[Cluster]) -> f64 {
    let place = places(predicted);
    let size = gold.len().max(predicted.len());
    let mut similarity = vec![vec![0.0; size]; size];
    for (g, cluster) in gold.iter().enumerate() {
        for &p in cluster.iter().filter_map(|m| place.get(m)) {
            similarity[g][p] += 2.0 / (cluster.len() + predicted[p].len()) as f64;
        }
    }
    assignment(&similarity)
}

/// The value of the best assignment of rows to columns of a square matrix (Kuhn and Munkres, with potentials).
fn assignment(value: &[Vec<f64>]) -> f64 {
    let n = value.len();
    // Row and column 0 stand for "none yet"; costs are negated values.
    let (mut row_price, mut column_price) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let mut row_of = vec![0; n + 1];
    for row in 1..=n {
        let mut from = vec![0; n + 1];
        let mut slack = vec![f64::INFINITY; n + 1];
        let mut done = vec![false; n + 1];
        row_of[0] = row;
        let mut column = 0;
        while row_of[column] != 0 {
            done[column] = true;
            let (current, mut delta, mut next) = (row_of[column], f64::INFINITY, 0);
            for j in (1..=n).filter(|&j| !done[j]) {
                let reduced = -value[current - 1][j - 1] - row_price[current] - column_price[j];
                if reduced < slack[j] {
                    (slack[j], from[j]) = (reduced, column);
                }
                if slack[j] < delta {
                    (delta, next) = (slack[j], j);
                }
            }
            for j in 0..=n {
                if done[j] {
                    row_price[row_of[j]] += delta;
                    column_price[j] -= delta;
                } else {
                    slack[j] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            let before = from[column];
            row_of[column] = row_of[before];
            column = before;
        }
    }
    (1..=n).map(|j| value[row_of[j] - 1][j - 1]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(ids: &[&[usize]]) -> Vec<Cluster> {
        ids.iter().map(|c| c.iter().map(|&i| (i, i + 1)).collect()).collect()
    }

    fn f1(tally: Tally) -> f64 {
        let (p, r) = tally.ratios();
        crate::figure::harmonic_mean(p, r)
    }

    fn measured(gold: &[&[usize]], predicted: &[&[usize]]) -> Measures {
        let mut measures = Measures::default();
        measures.add(&clusters(gold), &clusters(predicted));
        measures
    }

    #[test]
    fn the_same_is_perfect() {
        let same = measured(&[&[1, 2, 3], &[4, 5]], &[&[4, 5], &[1, 2, 3]]);
        for tally in [same.muc, same.b_cubed, same.ceaf_e] {
            assert!((f1(tally) - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn a_known_example_gives_the_published_figures() {
        // Key {a b c} {d e f g}, response {a b} {c d} {f g h i}: example of Pradhan et al. 2014 (figure 1).
        let m = measured(&[&[1, 2, 3], &[4, 5, 6, 7]], &[&[1, 2], &[3, 4], &[6, 7, 8, 9]]);
        let near = |value: f64, want: f64| assert!((value - want).abs() < 0.005, "{value} {want}");
        near(m.muc.ratios().1, 0.40);
        near(m.muc.ratios().0, 0.40);
        near(m.b_cubed.ratios().1, 0.42);
        near(m.b_cubed.ratios().0, 0.50);
        near(m.ceaf_e.ratios().1, 0.65);
        near(m.ceaf_e.ratios().0, 0.43);
    }

    #[test]
    fn the_best_assignment_is_not_the_greedy_one() {
        assert_eq!(assignment(&[vec![3.0, 2.0], vec![2.0, 0.0]]), 4.0);
        assert_eq!(assignment(&[]), 0.0);
    }
}
