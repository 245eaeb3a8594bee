//! The counts over all documents and the report.

use std::collections::BTreeMap;
use std::fmt::Write;

use saywho::reading::AttributionType;

use crate::figure::harmonic_mean;

const SPANS: [&str; 4] = ["exact", "iou50", "overlap", "soft"];
const LINKS: [&str; 7] =
    ["linked", "linked_lenient", "linked_strict", "linked_cue", "parts_exact", "parts_iou50", "parts_linked"];

/// A class of attributions, by the quotation marks of their contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Every attribution.
    All,
    /// Direct or mixed.
    Quoted,
    /// All words but at most one inside quotation marks.
    Direct,
    /// Quotation marks, and two words or more outside of them.
    Mixed,
    /// No quotation marks.
    Indirect,
}

impl Class {
    /// Every class, in the order of the report.
    pub const ALL: [Class; 5] = [Class::All, Class::Quoted, Class::Direct, Class::Mixed, Class::Indirect];

    /// The name in the report: "quoted".
    pub fn name(self) -> &'static str {
        match self {
            Class::All => "all",
            Class::Quoted => "quoted",
            Class::Direct => "direct",
            Class::Mixed => "mixed",
            Class::Indirect => "indirect",
        }
    }

    pub(super) fn holds(self, kind: AttributionType) -> bool {
        match self {
            Class::All => true,
            Class::Quoted => kind != AttributionType::Indirect,
            Class::Direct => kind == AttributionType::Direct,
            Class::Mixed => kind == AttributionType::Mixed,
            Class::Indirect => kind == AttributionType::Indirect,
        }
    }
}

/// What precision and recall are made of. The hits are fractions only for `soft`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Count {
    pub(super) gold_hit: f64,
    pub(super) gold: f64,
    pub(super) predicted_hit: f64,
    pub(super) predicted: f64,
}

impl Count {
    pub(super) fn new(gold_hit: usize, gold: usize, predicted_hit: usize, predicted: usize) -> Count {
        let [gold_hit, gold, predicted_hit, predicted] = [gold_hit, gold, predicted_hit, predicted].map(|n| n as f64);
        Count { gold_hit, gold, predicted_hit, predicted }
    }

    fn add(&mut self, other: Count) {
        self.gold_hit += other.gold_hit;
        self.gold += other.gold;
        self.predicted_hit += other.predicted_hit;
        self.predicted += other.predicted;
    }

    /// Precision, recall and F1, 0 to 1.
    fn prf(&self) -> (f64, f64, f64) {
        let ratio = |hit: f64, of: f64| if of == 0.0 { 0.0 } else { hit / of };
        let (p, r) = (ratio(self.predicted_hit, self.predicted), ratio(self.gold_hit, self.gold));
        (p, r, harmonic_mean(p, r))
    }
}

/// The counts over all documents.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Totals {
    documents: usize,
    dropped: usize,
    counts: BTreeMap<(&'static str, Class), Count>,
}

impl Totals {
    pub(super) fn add_document(&mut self, dropped: usize) {
        self.documents += 1;
        self.dropped += dropped;
    }

    pub(super) fn add(&mut self, measure: &'static str, class: Class, count: Count) {
        self.counts.entry((measure, class)).or_default().add(count);
    }

    /// The F1 (0 to 1) of a measure for a class, by the names of the report; `tok_source`, `tok_cue` and `tok_content`
    /// are the lines under (a). `None` for a name that is not measured, or if no document was scored.
    pub fn f1(&self, measure: &str, class: &str) -> Option<f64> {
        let class = Class::ALL.into_iter().find(|c| c.name() == class)?;
        self.counts.get(&(measure, class)).map(|count| count.prf().2)
    }

    /// All figures as a table, in percent.
    pub fn report(&self) -> String {
        let mut out = format!(
            "docs={}  missing_docs=0  unknown_docs=0  dropped_in_discard={}\n(a) tokens\n",
            self.documents, self.dropped
        );
        for role in ["source", "cue", "content"] {
            self.line(&mut out, role, &format!("tok_{role}"), Class::All);
        }
        out.push_str("(b) content spans\n");
        self.lines(&mut out, &SPANS, Class::All);
        out.push_str("(c) linked attributions\n");
        self.lines(&mut out, &LINKS, Class::All);
        for class in &Class::ALL[1..] {
            out.push_str(&format!("(d) {}\n", class.name()));
            self.line(&mut out, "content tokens", "tok_content", *class);
            self.lines(&mut out, &SPANS, *class);
            self.lines(&mut out, &LINKS, *class);
        }
        out
    }

    fn lines(&self, out: &mut String, measures: &[&str], class: Class) {
        for measure in measures {
            self.line(out, measure, measure, class);
        }
    }

    fn line(&self, out: &mut String, name: &str, measure: &str, class: Class) {
        let count = self.counts.get(&(measure, class)).copied().unwrap_or_default();
        let (p, r, f) = count.prf();
        let (p, r, f) = (100.0 * p, 100.0 * r, 100.0 * f);
        let (gold, predicted) = (count.gold as usize, count.predicted as usize);
        writeln!(out, "  {name:<24} P {p:5.1}  R {r:5.1}  F1 {f:5.1}   gold {gold:6}  pred {predicted:6}")
            .expect("writing to a string cannot fail");
    }
}
