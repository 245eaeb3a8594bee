//! Mentions, their kinds, and which of them are of one entity.

use std::collections::BTreeMap;

use saywho::reading::{Entity, EntityKind};
use saywho::{Point, PointSpan, Reading};

use super::{Found, GoldEntity};
use crate::Figure;
use crate::coref::{Cluster, Measures, heads, lines, summary};

/// Kinds with the names of their figures.
const KINDS: [(EntityKind, &str); 5] = [
    (EntityKind::Person, "persons"),
    (EntityKind::Organisation, "organisations"),
    (EntityKind::State, "states"),
    (EntityKind::Group, "groups"),
    (EntityKind::Document, "documents"),
];

/// What was counted.
#[derive(Default)]
pub(super) struct Counts {
    exact: Found,
    by_head: Found,
    of_kind: [Found; KINDS.len()],
    all: Measures,
    all_by_head: Measures,
    named: Measures,
    named_by_head: Measures,
}

impl Counts {
    pub(super) fn add(&mut self, gold: &[GoldEntity], reading: &Reading<Point>) {
        self.kinds(gold, reading);
        let wanted: Vec<Cluster> = filled(gold.iter().map(cluster_of_gold));
        let found: Vec<Cluster> = filled(reading.entities.iter().map(cluster));
        let mapped = filled(heads(&wanted, &found).into_iter());
        count(&mut self.exact, &wanted, &found);
        count(&mut self.by_head, &wanted, &mapped);
        self.all.add(&wanted, &found);
        self.all_by_head.add(&wanted, &mapped);
        let wanted = filled(gold.iter().filter(|e| in_named(e.kind)).map(cluster_of_gold));
        let found = filled(reading.entities.iter().filter(|e| in_named(kind(e))).map(cluster));
        self.named.add(&wanted, &found);
        self.named_by_head.add(&wanted, &filled(heads(&wanted, &found).into_iter()));
    }

    /// Each mention under its kind; a kind that the text cannot tell is that of the gold.
    fn kinds(&mut self, gold: &[GoldEntity], reading: &Reading<Point>) {
        let wanted: BTreeMap<PointSpan, &GoldEntity> =
            gold.iter().flat_map(|e| e.mentions.iter().map(move |m| (*m, e))).collect();
        let found: BTreeMap<PointSpan, &Entity<Point>> =
            reading.entities.iter().flat_map(|e| e.mentions.iter().map(move |m| (*m, e))).collect();
        for entity in wanted.values() {
            self.of(entity.kind, |found| found.gold += 1);
        }
        for (span, entity) in found {
            let gold = wanted.get(&span);
            let told = match gold {
                Some(gold) if entity.kind == EntityKind::Unnamed && gold.name.is_none() => gold.kind,
                _ => kind(entity),
            };
            self.of(told, |found| {
                found.predicted += 1;
                found.hit += usize::from(gold.is_some_and(|gold| gold.kind == told));
            });
        }
    }

    fn of(&mut self, kind: EntityKind, count: impl Fn(&mut Found)) {
        if let Some(at) = KINDS.iter().position(|k| k.0 == kind) {
            count(&mut self.of_kind[at]);
        }
    }

    /// How well mentions are found.
    pub(super) fn spans(&self) -> Vec<Figure> {
        let sum = |of: fn(&Found) -> usize| self.of_kind.iter().map(of).sum();
        let with_kind = Found { hit: sum(|f| f.hit), gold: sum(|f| f.gold), predicted: sum(|f| f.predicted) };
        let mut figures = vec![self.exact.figure("mentions"), with_kind.figure("mentions with kind")];
        figures.extend(KINDS.iter().zip(&self.of_kind).map(|((_, name), found)| found.figure(name)));
        figures.push(self.by_head.figure("mentions by head"));
        figures
    }

    /// How well they are put together.
    pub(super) fn coreference(&self) -> Vec<Figure> {
        let mut figures = lines(&self.all, ["MUC", "B-cubed", "CEAF-e", "CoNLL"]);
        figures.push(summary(&self.all_by_head, "CoNLL by head"));
        figures.push(summary(&self.named, "CoNLL, no groups or documents"));
        figures.push(summary(&self.named_by_head, "CoNLL by head, the same"));
        figures
    }
}

fn in_named(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Person | EntityKind::Organisation | EntityKind::State)
}

/// The kind; of those without a name a person if the text tells of one, else a group.
fn kind(entity: &Entity<Point>) -> EntityKind {
    match (entity.kind, &entity.unnamed) {
        (EntityKind::Unnamed, Some(unnamed)) if unnamed.count == Some(1) => EntityKind::Person,
        (EntityKind::Unnamed, _) => EntityKind::Group,
        (kind, _) => kind,
    }
}

fn cluster(entity: &Entity<Point>) -> Cluster {
    entity.mentions.iter().map(|m| (m.start.0, m.end.0)).collect()
}

fn cluster_of_gold(entity: &GoldEntity) -> Cluster {
    entity.mentions.iter().map(|m| (m.start.0, m.end.0)).collect()
}

fn filled(clusters: impl Iterator<Item = Cluster>) -> Vec<Cluster> {
    clusters.filter(|cluster| !cluster.is_empty()).collect()
}

fn count(found: &mut Found, gold: &[Cluster], predicted: &[Cluster]) {
    let of = |clusters: &[Cluster]| clusters.iter().flatten().copied().collect::<Cluster>();
    let (gold, predicted) = (of(gold), of(predicted));
    found.hit += gold.intersection(&predicted).count();
    found.gold += gold.len();
    found.predicted += predicted.len();
}
