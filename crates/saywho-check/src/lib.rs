//! Quotations and reports of articles, checked against their sources: are these the words, who said them, what was changed, and
//! does the change matter?
//!
//! ```
//! use saywho::{Document, Reader};
//! use saywho_check::{Verdict, check};
//!
//! let reader = Reader::new()?;
//! let mut worker = reader.worker();
//! let article = worker.read(Document::from_text("article", "“We will lift the ban,” Ilse Maren said on Monday."));
//! let source = worker.read(Document::from_text("source", "“We will not lift the ban,” Ilse Maren told parliament."));
//! let check = check(&[article], &[source]);
//! assert_eq!(check.passages[0].verdict, Verdict::Altered);
//! assert!(check.passages[0].meaning);
//! # Ok::<(), saywho::Error>(())
//! ```
//!
//! Readings come with spans in bytes, and so does the check; [`Check::to_code_points`] converts it once for the JSON contract. The
//! crate `saywho-report` shows it.

mod align;
mod change;
mod index;
mod lexicon;
mod quoted;
mod reported;
mod sought;
mod speaker;
mod words;

use saywho::{Budget, OutOfTime, Reading};

pub use saywho_contract::check::{Change, Check, Checked, Kind, Match, Passage, Role, SCHEMA, Verdict};

use align::Weights;
use index::Index;
use quoted::Seeker;
use reported::{Reports, Sentences};
use sought::{Sought, sought};
use words::{Vocabulary, Word};

/// Seeks every quoted and every reported passage of the articles in the sources. Spans count bytes.
pub fn check(articles: &[Reading], sources: &[Reading]) -> Check {
    check_within(articles, sources, &Budget::unlimited()).unwrap_or_else(|OutOfTime| unreachable!("there is no limit"))
}

/// The same within a budget.
///
/// # Errors
/// When it is spent before all passages were sought.
pub fn check_within(articles: &[Reading], sources: &[Reading], budget: &Budget) -> Result<Check, OutOfTime> {
    let in_time = || if budget.is_spent() { Err(OutOfTime) } else { Ok(()) };
    let mut vocabulary = Vocabulary::default();
    let index = Index::new(sources, &mut vocabulary);
    in_time()?;
    let sentences = Sentences::new(&index, &vocabulary);
    let (mut all, mut groups) = (Vec::new(), 0);
    for (document, article) in articles.iter().enumerate() {
        in_time()?;
        for passage in sought(article, &mut vocabulary, &mut groups) {
            let words = words::words(&article.document.text, passage.span, &mut vocabulary);
            if !words.is_empty() {
                all.push((document, passage, words));
            }
        }
    }
    let weights = Weights::new(&vocabulary, &index.words);
    let seeker = Seeker { index: &index, weights: &weights };
    let reports = Reports { sentences: &sentences, seeker: &seeker };
    let mut passages = Vec::with_capacity(all.len());
    for (number, (document, passage, words)) in all.into_iter().enumerate() {
        in_time()?;
        passages.push(told(number, document, passage, &words, &seeker, &reports, articles.len()));
    }
    Ok(Check { schema: SCHEMA.into(), passages, documents: documents(articles, sources) })
}

fn told(
    number: usize,
    document: usize,
    sought: Sought,
    words: &[Word],
    seeker: &Seeker,
    reports: &Reports,
    articles: usize,
) -> Passage {
    let mut outcome = if sought.quoted { seeker.seek(&sought, words) } else { reports.seek(&sought, words) };
    outcome.matches.iter_mut().for_each(|found| found.document += articles);
    outcome.changes.iter_mut().for_each(|change| change.document += articles);
    let meaning = outcome.verdict == Verdict::Altered && outcome.changes.iter().any(|c| c.kind.changes_meaning());
    Passage {
        id: format!("p{}", number + 1),
        document,
        attribution: sought.attribution,
        group: sought.group,
        start: sought.span.start,
        end: sought.span.end,
        quoted: sought.quoted,
        speaker: sought.voices.get(outcome.voice).map(|voice| voice.name.clone()),
        verdict: outcome.verdict,
        meaning,
        changes: outcome.changes,
        matches: outcome.matches,
        confidence: (outcome.confidence * 1000.0).round() / 1000.0,
    }
}

fn documents(articles: &[Reading], sources: &[Reading]) -> Vec<Checked> {
    let checked = |reading: &Reading, role| Checked {
        id: reading.document.id.clone(),
        source: reading.document.source.clone(),
        role,
        text: reading.document.text.clone(),
    };
    let articles = articles.iter().map(|r| checked(r, Role::Article));
    articles.chain(sources.iter().map(|r| checked(r, Role::Source))).collect()
}
