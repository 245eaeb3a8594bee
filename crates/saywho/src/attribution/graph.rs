//! The attributions of a text while they are being found: a forest, in which each lies inside one at most.

use std::collections::HashMap;
use std::iter::successors;
use std::ops::{Deref, DerefMut};

use super::act::Leaning;
use crate::text::{SentenceId, Text};

/// An attribution by token indices of its text, before anything is known of who and what.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Tokens of the source; empty where there is none.
    pub source: Vec<usize>,
    /// Tokens of the cue.
    pub cue: Vec<usize>,
    /// Tokens of the content, in order.
    pub content: Vec<usize>,
    /// Tokens of the one spoken to, where they stood at the head of the content.
    pub recipient: Vec<usize>,
    /// Index of the attribution whose content holds this one.
    pub inside: Option<usize>,
    /// Probability that this is an attribution with these parts.
    pub confidence: f32,
    /// What the model takes the cue for; nothing where there is no cue, or the model does not tell.
    pub leaning: Option<Leaning>,
    /// What the confidence rests on: log-odds of cue, content, source and links, and 1 for a quoted content.
    pub evidence: [f32; EVIDENCE],
}

/// How many figures a confidence rests on.
pub const EVIDENCE: usize = 5;

/// Attributions with what lies inside what. Those that the form of the text tells come first. Parts may be changed at any place;
/// who lies inside whom changes by the methods alone, which keep it a forest.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    found: Vec<Found>,
    turns: usize,
}

impl Deref for Graph {
    type Target = [Found];

    fn deref(&self) -> &[Found] {
        &self.found
    }
}

impl DerefMut for Graph {
    fn deref_mut(&mut self) -> &mut [Found] {
        &mut self.found
    }
}

impl Graph {
    /// What the form tells; the passes leave its parts alone.
    pub fn of_turns(turns: Vec<Found>) -> Graph {
        Graph { turns: turns.len(), found: turns }
    }

    /// The attributions that the form does not tell.
    pub fn read_mut(&mut self) -> &mut [Found] {
        &mut self.found[self.turns..]
    }

    /// The places of the same.
    pub fn read(&self) -> std::ops::Range<usize> {
        self.turns..self.found.len()
    }

    /// Adds what was found in the words of a turn, or outside of all; places inside one another count from the first.
    pub fn take_in(&mut self, new: Vec<Found>, turn: Option<usize>) {
        let before = self.found.len();
        let sure = turn.map_or(1.0, |turn| self.found[turn].confidence);
        self.found.extend(new.into_iter().map(|f| Found {
            inside: f.inside.map(|outer| outer + before).or(turn),
            confidence: f.confidence * sure,
            ..f
        }));
    }

    /// Adds one, inside what its `inside` names, and tells its place.
    pub fn add(&mut self, new: Found) -> usize {
        self.found.push(new);
        self.found.len() - 1
    }

    /// Puts one inside another, or in none; nothing happens where the other lies inside it, since a circle has no outermost.
    pub fn nest(&mut self, i: usize, outer: Option<usize>) {
        if outer.is_none_or(|outer| !self.is_within(outer, i)) {
            self.found[i].inside = outer;
        }
    }

    /// Those around one, the innermost first.
    pub fn around(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        successors(self.found[i].inside, |&outer| self.found[outer].inside)
    }

    /// Whether one is the other or lies inside it.
    pub fn is_within(&self, i: usize, outer: usize) -> bool {
        i == outer || self.around(i).any(|around| around == outer)
    }

    /// How many lie around one.
    pub fn depth(&self, i: usize) -> usize {
        self.around(i).count()
    }

    /// Removes attributions, marked by their places (those behind the marks stay); what was inside one is then inside the one
    /// around it.
    pub fn remove(&mut self, gone: &[bool]) {
        let is_gone = |i: usize| gone.get(i).is_some_and(|gone| *gone);
        let kept = (0..self.found.len()).scan(0, |kept, i| {
            let place = *kept;
            *kept += usize::from(!is_gone(i));
            Some(place)
        });
        let place: Vec<usize> = kept.collect();
        for i in 0..self.found.len() {
            let kept = self.around(i).find(|&outer| !is_gone(outer));
            self.found[i].inside = kept;
        }
        self.turns -= (0..self.turns).filter(|&i| is_gone(i)).count();
        let mut i = 0;
        self.found.retain_mut(|f| {
            f.inside = f.inside.map(|outer| place[outer]);
            i += 1;
            !is_gone(i - 1)
        });
    }

    /// The attributions, outer before inner.
    pub fn into_forest(self) -> Vec<Found> {
        let mut order: Vec<usize> = (0..self.found.len()).collect();
        order.sort_by_cached_key(|&i| self.depth(i));
        let mut place = vec![0; self.found.len()];
        for (to, &from) in order.iter().enumerate() {
            place[from] = to;
        }
        let placed = |&i: &usize| {
            let found = &self.found[i];
            Found { inside: found.inside.map(|outer| place[outer]), ..found.clone() }
        };
        order.iter().map(placed).collect()
    }
}

impl From<Vec<Found>> for Graph {
    /// Attributions none of which the form tells.
    fn from(found: Vec<Found>) -> Graph {
        Graph { found, turns: 0 }
    }
}

/// For each attribution those right inside it, in order.
pub(crate) fn inner(found: &[Found]) -> Vec<Vec<usize>> {
    let mut inner = vec![Vec::new(); found.len()];
    for (i, f) in found.iter().enumerate() {
        f.inside.into_iter().for_each(|outer| inner[outer].push(i));
    }
    inner
}

/// The attributions with a part in each sentence, in order; `part` names the tokens that count.
pub(crate) fn by_sentence<'f, T: IntoIterator<Item = &'f usize>>(
    text: &Text,
    found: &'f [Found],
    part: impl Fn(&'f Found) -> T,
) -> HashMap<SentenceId, Vec<usize>> {
    let mut sentences: HashMap<SentenceId, Vec<usize>> = HashMap::new();
    for (i, f) in found.iter().enumerate() {
        for &t in part(f) {
            let known = sentences.entry(text.sentence_of[t]).or_default();
            if known.last() != Some(&i) {
                known.push(i);
            }
        }
    }
    sentences
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// One for each, marked by its first token.
    fn graph(size: usize) -> Graph {
        let found = (0..size).map(|i| Found { cue: vec![i], ..Found::default() });
        found.collect::<Vec<_>>().into()
    }

    proptest! {
        #[test]
        fn however_it_is_changed_it_stays_a_forest(
            nests in prop::collection::vec((0..12_usize, prop::option::of(0..12_usize)), 0..60),
            gone in prop::collection::vec(any::<bool>(), 12),
        ) {
            let mut graph = graph(12);
            nests.into_iter().for_each(|(i, outer)| graph.nest(i, outer));
            prop_assert!((0..12).all(|i| graph.around(i).take(13).count() < 12), "a circle");
            let before = graph.clone();
            graph.remove(&gone);
            let forest = graph.into_forest();
            prop_assert_eq!(forest.len(), gone.iter().filter(|gone| !**gone).count());
            for (i, f) in forest.iter().enumerate() {
                prop_assert!(f.inside.is_none_or(|outer| outer < i), "outer before inner");
                let kept = before.around(f.cue[0]).find(|&outer| !gone[outer]);
                prop_assert_eq!(f.inside.map(|outer| forest[outer].cue[0]), kept, "inside the next one around that stays");
            }
        }
    }

    #[test]
    fn nothing_lies_inside_what_lies_inside_it() {
        let mut graph = graph(3);
        graph.nest(1, Some(0));
        graph.nest(2, Some(1));
        graph.nest(0, Some(2));
        assert_eq!(graph.iter().map(|f| f.inside).collect::<Vec<_>>(), [None, Some(0), Some(1)]);
    }
}
