//! The attributions of a text while they are being found: a forest, in which each lies inside one at most.

use std::collections::HashMap;
use std::iter::successors;
use std::ops::{Deref, DerefMut};

use saywho_english::place;

use super::act::Leaning;
use crate::table::{Place, Table};
use crate::text::{SentenceId, Text, TokenId};

place! {
    /// The place of an attribution among those that are being found.
    AttributionId
}

/// Attributions while they are being found.
pub type Attributions = Table<AttributionId, Found>;

/// An attribution by the tokens of its text, before anything is known of who and what.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Tokens of the source; empty where there is none.
    pub source: Vec<TokenId>,
    /// Tokens of the cue.
    pub cue: Vec<TokenId>,
    /// Tokens of the content, in order.
    pub content: Vec<TokenId>,
    /// Tokens of the one spoken to, where they stood at the head of the content.
    pub recipient: Vec<TokenId>,
    /// The attribution whose content holds this one.
    pub inside: Option<AttributionId>,
    /// Probability that this is an attribution with these parts.
    pub confidence: f32,
    /// What the model takes the cue for; nothing where there is no cue, or the model does not tell.
    pub leaning: Option<Leaning>,
    /// What the confidence rests on: log-odds of cue, content, source and links, and 1 for a quoted content.
    pub evidence: [f32; EVIDENCE],
}

impl Found {
    /// The same for a list in which this many stand before those that it was found with.
    pub fn behind(self, before: usize) -> Found {
        Found { inside: self.inside.map(|outer| outer.plus(before)), ..self }
    }
}

/// How many figures a confidence rests on.
pub const EVIDENCE: usize = 5;

/// Attributions with what lies inside what. Those that the form of the text tells come first. Parts may be changed at any place;
/// who lies inside whom changes by the methods alone, which keep it a forest.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    found: Attributions,
    turns: usize,
}

impl Deref for Graph {
    type Target = Attributions;

    fn deref(&self) -> &Attributions {
        &self.found
    }
}

impl DerefMut for Graph {
    fn deref_mut(&mut self) -> &mut Attributions {
        &mut self.found
    }
}

impl Graph {
    /// What the form tells; the passes leave its parts alone.
    pub fn of_turns(turns: Vec<Found>) -> Graph {
        Graph { turns: turns.len(), found: turns.into_iter().collect() }
    }

    /// The attributions that the form does not tell.
    pub fn read_mut(&mut self) -> &mut [Found] {
        self.found.split_at_mut(self.turns).1
    }

    /// The places of the same.
    pub fn read(&self) -> impl Iterator<Item = AttributionId> + use<> {
        self.found.places().skip(self.turns)
    }

    /// Adds what was found in the words of a turn, or outside of all; places inside one another count from the first.
    pub fn take_in(&mut self, new: Attributions, turn: Option<AttributionId>) {
        let before = self.found.len();
        let sure = turn.map_or(1.0, |turn| self.found[turn].confidence);
        for f in new {
            let f = f.behind(before);
            self.found.push(Found { inside: f.inside.or(turn), confidence: f.confidence * sure, ..f });
        }
    }

    /// Puts one inside another, or in none; nothing happens where the other lies inside it, since a circle has no outermost.
    pub fn nest(&mut self, i: AttributionId, outer: Option<AttributionId>) {
        if outer.is_none_or(|outer| !self.is_within(outer, i)) {
            self.found[i].inside = outer;
        }
    }

    /// Those around one, the innermost first.
    pub fn around(&self, i: AttributionId) -> impl Iterator<Item = AttributionId> + '_ {
        successors(self.found[i].inside, |&outer| self.found[outer].inside)
    }

    /// Whether one is the other or lies inside it.
    pub fn is_within(&self, i: AttributionId, outer: AttributionId) -> bool {
        i == outer || self.around(i).any(|around| around == outer)
    }

    /// How many lie around one.
    pub fn depth(&self, i: AttributionId) -> usize {
        self.around(i).count()
    }

    /// Removes attributions, marked by their places (those behind the marks stay); what was inside one is then inside the one
    /// around it.
    pub fn remove(&mut self, gone: &Table<AttributionId, bool>) {
        let is_gone = |i: AttributionId| gone.get(i).is_some_and(|gone| *gone);
        for i in self.found.places() {
            let kept = self.around(i).find(|&outer| !is_gone(outer));
            self.found[i].inside = kept;
        }
        self.turns -= self.found.places().take(self.turns).filter(|&i| is_gone(i)).count();
        let kept: Vec<AttributionId> = self.found.places().filter(|&i| !is_gone(i)).collect();
        self.found = self.in_order(&kept);
    }

    /// The attributions, outer before inner.
    pub fn into_forest(self) -> Attributions {
        let mut order: Vec<AttributionId> = self.found.places().collect();
        order.sort_by_cached_key(|&i| self.depth(i));
        self.in_order(&order)
    }

    /// Those at some places, in this order, with those around them among them.
    fn in_order(&self, order: &[AttributionId]) -> Attributions {
        let mut place = self.found.with(None);
        for (to, &from) in self.found.places().zip(order) {
            place[from] = Some(to);
        }
        let placed = |&i: &AttributionId| {
            let found = &self.found[i];
            Found { inside: found.inside.and_then(|outer| place[outer]), ..found.clone() }
        };
        order.iter().map(placed).collect()
    }
}

impl From<Vec<Found>> for Graph {
    /// Attributions none of which the form tells.
    fn from(found: Vec<Found>) -> Graph {
        Graph { found: found.into_iter().collect(), turns: 0 }
    }
}

/// For each attribution those right inside it, in order.
pub(crate) fn inner(found: &Attributions) -> Table<AttributionId, Vec<AttributionId>> {
    let mut inner = found.with(Vec::new());
    for (i, f) in found.entries() {
        f.inside.into_iter().for_each(|outer| inner[outer].push(i));
    }
    inner
}

/// The attributions with a part in each sentence, in order; `part` names the tokens that count.
pub(crate) fn by_sentence<'f, T: IntoIterator<Item = &'f TokenId>>(
    text: &Text,
    found: &'f Attributions,
    part: impl Fn(&'f Found) -> T,
) -> HashMap<SentenceId, Vec<AttributionId>> {
    let mut sentences: HashMap<SentenceId, Vec<AttributionId>> = HashMap::new();
    for (i, f) in found.entries() {
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

    fn at(index: usize) -> AttributionId {
        AttributionId::new(index)
    }

    /// One for each, marked by its first token.
    fn graph(size: usize) -> Graph {
        let found = (0..size).map(|i| Found { cue: vec![TokenId::new(i)], ..Found::default() });
        found.collect::<Vec<_>>().into()
    }

    proptest! {
        #[test]
        fn however_it_is_changed_it_stays_a_forest(
            nests in prop::collection::vec((0..12_usize, prop::option::of(0..12_usize)), 0..60),
            gone in prop::collection::vec(any::<bool>(), 12),
        ) {
            let mut graph = graph(12);
            let nest = |(i, outer): (usize, Option<usize>)| graph.nest(at(i), outer.map(at));
            nests.into_iter().for_each(nest);
            prop_assert!(graph.places().all(|i| graph.around(i).take(13).count() < 12), "a circle");
            let before = graph.clone();
            let gone: Table<AttributionId, bool> = gone.into_iter().collect();
            graph.remove(&gone);
            let forest = graph.into_forest();
            prop_assert_eq!(forest.len(), gone.iter().filter(|gone| !**gone).count());
            for (i, f) in forest.entries() {
                prop_assert!(f.inside.is_none_or(|outer| outer < i), "outer before inner");
                let kept = before.around(at(f.cue[0].index())).find(|&outer| !gone[outer]);
                prop_assert_eq!(f.inside.map(|outer| at(forest[outer].cue[0].index())), kept, "inside the next one around that stays");
            }
        }
    }

    #[test]
    fn nothing_lies_inside_what_lies_inside_it() {
        let mut graph = graph(3);
        graph.nest(at(1), Some(at(0)));
        graph.nest(at(2), Some(at(1)));
        graph.nest(at(0), Some(at(2)));
        assert_eq!(graph.iter().map(|f| f.inside).collect::<Vec<_>>(), [None, Some(at(0)), Some(at(1))]);
    }
}
