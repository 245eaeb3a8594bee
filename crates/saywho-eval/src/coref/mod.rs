//! Coreference on documents whose entities are annotated with all their mentions.
//!
//! saywho resolves who speaks and who is spoken to, not every noun; so recall against a full annotation is low by its
//! nature, and the figures tell how far it goes. Entities with a single mention are left out on both sides. All counts
//! are sums over the documents.
//!
//! | figure | what it is |
//! |---|---|
//! | MUC, B-cubed, CEAF-e | F1 of links, mentions, entities, where mentions are the same only with the same words |
//! | CoNLL | the mean of the three |
//! | ... by head | the same where a mention of saywho's stands for the smallest annotated one that holds it |
//! | he or she | share of the "he", "she" (and "his", "her" ...) that saywho resolved where a name or noun of the same entity is a mention of the annotated entity |

mod conllu;
mod measures;

use std::collections::BTreeMap;
use std::path::Path;

use saywho::{Point, Reading};

use crate::figure::{harmonic_mean, share};
use crate::{Error, Figure, Result, read_text, stems};
pub use measures::Cluster;
pub(crate) use measures::Measures;
use measures::Tally;

/// The pronouns of the last figure.
const PRONOUNS: [&str; 8] = ["he", "she", "him", "her", "his", "hers", "himself", "herself"];

/// Gold documents by name, in order.
pub struct Corpus(BTreeMap<String, conllu::Document>);

/// Reads the `.conllu` files of a folder whose names hold one of the words in `only`, or all.
///
/// # Errors
/// If a file cannot be read or is not CoNLL-U with entities, or if there is none.
pub fn corpus(folder: &Path, only: &[String]) -> Result<Corpus> {
    let mut documents = BTreeMap::new();
    for name in stems(folder, "conllu")? {
        if !only.is_empty() && !only.iter().any(|word| name.contains(word.as_str())) {
            continue;
        }
        let path = folder.join(format!("{name}.conllu"));
        let parsed = conllu::parse(&read_text(&path)?);
        let place = path.display().to_string();
        documents.insert(name, parsed.map_err(|reason| Error::Gold { place, reason })?);
    }
    match documents.is_empty() {
        true => Err(Error::Gold { place: folder.display().to_string(), reason: "no such .conllu file in it".into() }),
        false => Ok(Corpus(documents)),
    }
}

impl Corpus {
    /// Names and texts of the documents.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, document)| (name.as_str(), document.text.as_str()))
    }

    /// The entities of a document, each with the spans of its mentions in code points.
    pub fn entities(&self, name: &str) -> &[Cluster] {
        self.0.get(name).map_or(&[], |document| &document.clusters)
    }

    /// Compares readings, by document name, with the gold.
    ///
    /// # Errors
    /// If a document has no reading.
    pub fn score(&self, readings: &BTreeMap<String, Reading<Point>>) -> Result<Vec<Figure>> {
        let (mut exact, mut by_head) = (Measures::default(), Measures::default());
        let (mut right, mut judged) = (0, 0);
        for (name, gold) in &self.0 {
            let reading = readings.get(name).ok_or_else(|| Error::NoReading(name.clone()))?;
            let predicted = clusters(reading);
            exact.add(&gold.clusters, &several(&predicted));
            let mapped = heads(&gold.clusters, &predicted);
            by_head.add(&gold.clusters, &several(&mapped));
            let (r, j) = pronouns(&gold.text, &gold.clusters, &mapped);
            (right, judged) = (right + r, judged + j);
        }
        let mut figures = lines(&exact, ["MUC", "B-cubed", "CEAF-e", "CoNLL"]);
        figures.extend(lines(&by_head, ["MUC by head", "B-cubed by head", "CEAF-e by head", "CoNLL by head"]));
        figures.push(share("he or she", right, judged));
        Ok(figures)
    }
}

fn clusters(reading: &Reading<Point>) -> Vec<Cluster> {
    reading.entities.iter().map(|e| e.mentions.iter().map(|m| (m.start.0, m.end.0)).collect()).collect()
}

fn several(clusters: &[Cluster]) -> Vec<Cluster> {
    clusters.iter().filter(|c| c.len() > 1).cloned().collect()
}

/// The clusters with each mention replaced by the smallest gold mention that holds it, if it is not taken yet.
pub(crate) fn heads(gold: &[Cluster], predicted: &[Cluster]) -> Vec<Cluster> {
    let all: Cluster = gold.iter().flatten().copied().collect();
    let mut taken = Cluster::new();
    let mut map = |&(start, end): &(usize, usize)| {
        let gold = smallest(all.iter(), (start, end)).unwrap_or((start, end));
        taken.insert(gold).then_some(gold)
    };
    predicted.iter().map(|cluster| cluster.iter().filter_map(&mut map).collect()).collect()
}

/// The smallest of some mentions that holds a span.
pub fn smallest<'m>(
    mentions: impl Iterator<Item = &'m (usize, usize)>,
    span: (usize, usize),
) -> Option<(usize, usize)> {
    mentions.filter(|m| m.0 <= span.0 && span.1 <= m.1).min_by_key(|m| m.1 - m.0).copied()
}

/// How many resolved pronouns are with a name or noun of their gold entity, and how many could be judged.
fn pronouns(text: &str, gold: &[Cluster], predicted: &[Cluster]) -> (usize, usize) {
    let letters: Vec<char> = text.chars().collect();
    let pronoun = |&(start, end): &(usize, usize)| {
        let word: String = letters[start..end].iter().flat_map(|c| c.to_lowercase()).collect();
        PRONOUNS.contains(&word.as_str())
    };
    let (mut right, mut judged) = (0, 0);
    for cluster in predicted {
        for mention in cluster.iter().filter(|m| pronoun(m)) {
            // Entities that the text only ever calls "he" cannot be told by a name.
            let Some(own) = gold.iter().find(|g| g.contains(mention) && g.iter().any(|m| !pronoun(m))) else {
                continue;
            };
            judged += 1;
            right += usize::from(cluster.iter().any(|m| !pronoun(m) && own.contains(m)));
        }
    }
    (right, judged)
}

/// The three measures and their mean, as figures.
pub(crate) fn lines(measures: &Measures, [muc, b_cubed, ceaf_e, conll]: [&'static str; 4]) -> Vec<Figure> {
    let line = |name, tally: &Tally| {
        let (p, r) = tally.ratios();
        let detail = format!("(P {:.1} R {:.1})", 100.0 * p, 100.0 * r);
        Figure { name, value: 100.0 * harmonic_mean(p, r), detail }
    };
    let mut figures = vec![line(muc, &measures.muc), line(b_cubed, &measures.b_cubed), line(ceaf_e, &measures.ceaf_e)];
    let value = figures.iter().map(|f| f.value).sum::<f64>() / 3.0;
    figures.push(Figure { name: conll, value, detail: "(the mean of the three)".into() });
    figures
}

/// The mean of the three measures as one figure.
pub(crate) fn summary(measures: &Measures, name: &'static str) -> Figure {
    let all = lines(measures, ["MUC", "B-cubed", "CEAF-e", name]);
    let parts: Vec<String> = all[..3].iter().map(|f| format!("{} {:.1}", f.name, f.value)).collect();
    Figure { name, value: all[3].value, detail: format!("({})", parts.join(", ")) }
}
