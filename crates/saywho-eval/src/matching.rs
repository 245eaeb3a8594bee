//! One-to-one matchings of gold to predictions.

use std::collections::BTreeMap;

/// The largest one-to-one matching of gold to predictions among the pairs that `fits` allows: gold index to
/// prediction index. Where several matchings are largest, earlier gold and earlier predictions go first.
pub(crate) fn largest<T>(gold: &[T], predicted: &[T], fits: impl Fn(&T, &T) -> bool) -> BTreeMap<usize, usize> {
    let candidates: Vec<Vec<usize>> =
        gold.iter().map(|g| (0..predicted.len()).filter(|&p| fits(g, &predicted[p])).collect()).collect();
    let mut owner = vec![None; predicted.len()];
    for g in 0..gold.len() {
        settle(g, &candidates, &mut owner, &mut vec![false; predicted.len()]);
    }
    owner.iter().enumerate().filter_map(|(p, g)| g.map(|g| (g, p))).collect()
}

/// Finds a prediction for the gold item, moving those already matched to others of their candidates.
fn settle(g: usize, candidates: &[Vec<usize>], owner: &mut [Option<usize>], tried: &mut [bool]) -> bool {
    for &p in &candidates[g] {
        if std::mem::replace(&mut tried[p], true) {
            continue;
        }
        if owner[p].is_none_or(|other| settle(other, candidates, owner, tried)) {
            owner[p] = Some(g);
            return true;
        }
    }
    false
}

/// A one-to-one matching that takes the pair of the highest score first, on equal scores the earlier gold, then
/// the earlier prediction. Pairs without a score above zero stay apart. Gives pairs of indexes, best first.
pub(crate) fn best_first<G, P>(gold: &[G], predicted: &[P], score: impl Fn(&G, &P) -> f64) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (g, a) in gold.iter().enumerate() {
        for (p, b) in predicted.iter().enumerate() {
            let score = score(a, b);
            if score > 0.0 {
                pairs.push((score, g, p));
            }
        }
    }
    // The sort is stable, so equal scores keep the order of the text.
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut gold_free, mut predicted_free) = (vec![true; gold.len()], vec![true; predicted.len()]);
    pairs.retain(|&(_, g, p)| {
        let take = gold_free[g] && predicted_free[p];
        if take {
            (gold_free[g], predicted_free[p]) = (false, false);
        }
        take
    });
    pairs.into_iter().map(|(_, g, p)| (g, p)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_matching_moves_earlier_choices() {
        // 4 fits 5 and 6, 5 fits only 5: taking the first that fits would leave 5 alone.
        let fits = |g: &i32, p: &i32| p == g || (*g == 4 && *p <= 6);
        assert_eq!(largest(&[4, 5], &[5, 6], fits), BTreeMap::from([(0, 1), (1, 0)]));
        assert_eq!(largest(&[5, 5], &[5], fits), BTreeMap::from([(0, 0)]));
    }

    #[test]
    fn the_best_pair_goes_first_and_zero_is_no_match() {
        let closeness = |g: &i32, p: &i32| f64::from(10 - (g - p).abs());
        assert_eq!(best_first(&[1, 4], &[3, 90], closeness), [(1, 0)]);
        assert_eq!(best_first(&[1, 5], &[3, 3], closeness), [(0, 0), (1, 1)]);
    }
}
