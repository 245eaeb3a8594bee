//! One document: its gold against its predictions, by every test.

use saywho::reading::AttributionType;
use saywho::{Point, PointSpan};

use super::totals::{Class, Count, Totals};
use super::{GoldDoc, Roles, quotes};
use crate::matching;
use crate::words::{WordSet, Words, common, iou, word_runs};

struct Text {
    chars: Vec<char>,
    words: Words,
}

/// An attribution as sets of words.
struct Attributed {
    source: WordSet,
    cue: WordSet,
    content: WordSet,
    kind: AttributionType,
}

impl Text {
    fn words(&self, spans: &[PointSpan]) -> WordSet {
        let wide: Vec<PointSpan> = spans.iter().copied().filter(|span| !span.is_empty()).collect();
        self.words.touched(&wide)
    }

    fn attributed(&self, roles: &Roles, content: &[PointSpan]) -> Attributed {
        Attributed {
            source: self.words(&roles.source),
            cue: self.words(&roles.cue),
            content: self.words(content),
            kind: quotes::kind(&self.chars, &self.words, content),
        }
    }

    /// The attribution once for each part of its content that holds words. Spans without a word between them are
    /// one part.
    fn parts(&self, roles: &Roles) -> Vec<Attributed> {
        let mut spans = roles.content.clone();
        spans.sort();
        let mut parts: Vec<PointSpan> = Vec::new();
        for span in spans {
            match parts.last_mut() {
                Some(last) if !self.has_word(last.end, span.start) => last.end = last.end.max(span.end),
                _ => parts.push(span),
            }
        }
        let parts = parts.iter().map(|part| self.attributed(roles, std::slice::from_ref(part)));
        parts.filter(|part| !part.content.is_empty()).collect()
    }

    /// Whether a letter or digit stands in the range. Two spans that share one word ("co", "op") have none between.
    fn has_word(&self, Point(start): Point, Point(end): Point) -> bool {
        let between = self.chars.get(start..end.min(self.chars.len())).unwrap_or_default();
        word_runs(&between.iter().collect::<String>()).next().is_some()
    }
}

type Role = fn(&Attributed) -> &WordSet;
type Test = fn(&Attributed, &Attributed) -> bool;

const WHOLE: [(&str, Test); 7] = [
    ("exact", same_content),
    ("iou50", near_content),
    ("overlap", |g, p| !g.content.is_disjoint(&p.content)),
    ("linked", linked),
    ("linked_lenient", |g, p| near_content(g, p) && meet(&g.source, &p.source)),
    ("linked_strict", |g, p| same_content(g, p) && g.source == p.source),
    ("linked_cue", |g, p| linked(g, p) && meet(&g.cue, &p.cue)),
];

const PARTS: [(&str, Test); 3] =
    [("parts_exact", same_content), ("parts_iou50", near_content), ("parts_linked", linked)];

fn same_content(g: &Attributed, p: &Attributed) -> bool {
    g.content == p.content
}

fn near_content(g: &Attributed, p: &Attributed) -> bool {
    iou(&g.content, &p.content) >= 0.5
}

fn linked(g: &Attributed, p: &Attributed) -> bool {
    near_content(g, p) && iou(&g.source, &p.source) >= 0.5
}

/// A word in common, or both empty.
fn meet(a: &WordSet, b: &WordSet) -> bool {
    (a.is_empty() && b.is_empty()) || !a.is_disjoint(b)
}

/// Adds what one document gives to the totals.
pub(super) fn document(gold: &GoldDoc, predicted: &[Roles], totals: &mut Totals) {
    let text = Text { chars: gold.text.chars().collect(), words: Words::of(&gold.text) };
    let discarded = text.words(&gold.ignore);
    let (mut wanted, mut wanted_parts) = (Vec::new(), Vec::new());
    for roles in &gold.attributions {
        let whole = text.attributed(roles, &roles.content);
        if !whole.content.is_empty() {
            wanted.push(whole);
            wanted_parts.extend(text.parts(roles));
        }
    }
    let (mut found, mut found_parts, mut dropped) = (Vec::new(), Vec::new(), 0);
    for roles in predicted {
        let whole = text.attributed(roles, &roles.content);
        if !whole.content.is_empty() && 2 * common(&whole.content, &discarded) >= whole.content.len() {
            dropped += 1;
        } else if [&whole.content, &whole.source, &whole.cue].iter().any(|set| !set.is_empty()) {
            found.push(whole);
            found_parts.extend(text.parts(roles));
        }
    }
    totals.add_document(dropped);
    tokens(&wanted, &found, totals);
    soft(&wanted, &found, totals);
    for (name, test) in WHOLE {
        matched(name, test, &wanted, &found, totals);
    }
    for (name, test) in PARTS {
        matched(name, test, &wanted_parts, &found_parts, totals);
    }
}

fn union<'a>(sets: impl Iterator<Item = &'a WordSet>) -> WordSet {
    sets.flatten().copied().collect()
}

fn tokens(gold: &[Attributed], found: &[Attributed], totals: &mut Totals) {
    let roles: [(&str, Role); 2] = [("tok_source", |a| &a.source), ("tok_cue", |a| &a.cue)];
    for (name, role) in roles {
        let (g, p) = (union(gold.iter().map(role)), union(found.iter().map(role)));
        let both = common(&g, &p);
        totals.add(name, Class::All, Count::new(both, g.len(), both, p.len()));
    }
    let of_class =
        |all: &[Attributed], class: Class| union(all.iter().filter(|a| class.holds(a.kind)).map(|a| &a.content));
    let (all_gold, all_found) = (of_class(gold, Class::All), of_class(found, Class::All));
    for class in Class::ALL {
        let (g, p) = (of_class(gold, class), of_class(found, class));
        let count = Count::new(common(&g, &all_found), g.len(), common(&p, &all_gold), p.len());
        totals.add("tok_content", class, count);
    }
}

fn soft(gold: &[Attributed], found: &[Attributed], totals: &mut Totals) {
    /// The sum over `some` of the share of their words that the best of `others` covers.
    fn covered(some: &[&Attributed], others: &[Attributed]) -> f64 {
        let with_words = some.iter().filter(|a| !a.content.is_empty());
        let share = |a: &&Attributed| {
            let best = others.iter().map(|b| common(&a.content, &b.content)).max().unwrap_or(0);
            best as f64 / a.content.len() as f64
        };
        with_words.map(share).sum()
    }
    for class in Class::ALL {
        let g: Vec<_> = gold.iter().filter(|a| class.holds(a.kind)).collect();
        let p: Vec<_> = found.iter().filter(|a| class.holds(a.kind)).collect();
        let count = Count {
            gold_hit: covered(&g, found),
            gold: g.len() as f64,
            predicted_hit: covered(&p, gold),
            predicted: p.len() as f64,
        };
        totals.add("soft", class, count);
    }
}

fn matched(name: &'static str, test: Test, gold: &[Attributed], found: &[Attributed], totals: &mut Totals) {
    let pairs = matching::largest(gold, found, test);
    let hit_gold: Vec<bool> = (0..gold.len()).map(|g| pairs.contains_key(&g)).collect();
    let mut hit_found = vec![false; found.len()];
    pairs.values().for_each(|&p| hit_found[p] = true);
    // How many of the class were matched, and how many there are.
    let hits = |all: &[Attributed], hit: &[bool], class: Class| {
        let of_class: Vec<bool> =
            all.iter().zip(hit).filter(|(a, _)| class.holds(a.kind)).map(|(_, &hit)| hit).collect();
        (of_class.iter().filter(|&&hit| hit).count(), of_class.len())
    };
    for class in Class::ALL {
        let (gold_hit, of_gold) = hits(gold, &hit_gold, class);
        let (found_hit, of_found) = hits(found, &hit_found, class);
        totals.add(name, class, Count::new(gold_hit, of_gold, found_hit, of_found));
    }
}
