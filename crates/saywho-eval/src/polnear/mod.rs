//! News articles annotated with source, cue and content (the PolNeAR corpus).
//!
//! Only outermost attributions are annotated, so only those of a reading are predictions: see [`predictions`].
//! Every attribution is three sets of words, one for each role; gold without a content word is left out. A
//! prediction with at least half of its content words in a passage that the annotators discarded is dropped
//! and counted.
//!
//! # What is counted
//!
//! **(a) tokens.** For each role, the words of that role anywhere in the document, gold against predicted.
//!
//! **(b) content spans.** Contents one to one, in the largest matching that the test allows: `exact` the same words;
//! `iou50` IoU at least one half; `overlap` a word in common. `soft` matches nothing: its P is the mean over the
//! predictions of the share of their words that the best gold content covers, its R the reverse.
//!
//! **(c) linked attributions.** Contents with their sources, again one to one in the largest matching:
//!
//! | name | contents | sources | cues |
//! |---|---|---|---|
//! | `linked` | IoU ≥ ½ | IoU ≥ ½ or both empty | |
//! | `linked_lenient` | IoU ≥ ½ | a word in common or both empty | |
//! | `linked_strict` | same words | same words | |
//! | `linked_cue` | IoU ≥ ½ | IoU ≥ ½ or both empty | a word in common or both empty |
//! | `parts_exact` | same words | | |
//! | `parts_iou50` | IoU ≥ ½ | | |
//! | `parts_linked` | IoU ≥ ½ | IoU ≥ ½ or both empty | |
//!
//! For the last three each part of a content counts alone, with its attribution's source, so that nobody is
//! punished for not joining the halves of a quotation that "she said" divides. Spans with no word between them
//! are one part.
//!
//! **(d) classes.** The same by the quotation marks in or touching a content: `quoted` some, and of these
//! `direct` all words but at most one inside the marks and `mixed` the others; `indirect` none. Gold and
//! predictions are matched once over all classes. R is then the matched gold of the class by the gold of the
//! class, P the matched predictions of the class by the predictions of the class; the class of a prediction
//! comes from its own content.

mod brat;
mod compare;
mod quotes;
mod totals;

use saywho::{Point, PointSpan, Reading};

pub use brat::read_split;
pub use totals::{Class, Totals};

/// The three roles of one attribution: a role may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roles {
    /// Who says.
    pub source: Vec<PointSpan>,
    /// The words that signal the act.
    pub cue: Vec<PointSpan>,
    /// What is ascribed.
    pub content: Vec<PointSpan>,
}

/// One annotated article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoldDoc {
    /// The file name of the text without `.txt`.
    pub name: String,
    /// The text, letter by letter.
    pub text: String,
    /// What the annotator marked, in the order of the file.
    pub attributions: Vec<Roles>,
    /// Passages that the annotator discarded.
    pub ignore: Vec<PointSpan>,
}

/// The outermost attributions of a reading.
pub fn predictions(reading: &Reading<Point>) -> Vec<Roles> {
    let outermost = reading.attributions.iter().filter(|a| a.inside.is_none() && a.told.is_none());
    outermost.map(|a| Roles { source: a.source.clone(), cue: a.cue.clone(), content: a.content.clone() }).collect()
}

/// Compares each gold document with what was predicted for it and adds everything up.
pub fn score<'g, P: AsRef<[Roles]>>(pairs: impl IntoIterator<Item = (&'g GoldDoc, P)>) -> Totals {
    let mut totals = Totals::default();
    for (gold, predicted) in pairs {
        compare::document(gold, predicted.as_ref(), &mut totals);
    }
    totals
}
