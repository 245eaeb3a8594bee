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
//! let check = check(&reader, &[article], &[source]);
//! assert_eq!(check.passages[0].verdict, Verdict::Altered);
//! assert!(check.passages[0].meaning);
//! # Ok::<(), saywho::Error>(())
//! ```
//!
//! Readings come with spans in bytes, and so does the check; [`Check::to_code_points`] converts it once for the JSON contract. The
//! crate `saywho-report` shows it.

mod align;
mod change;
mod detail;
mod evidence;
mod index;
mod lexicon;
mod quoted;
mod reported;
mod sentences;
mod sought;
mod speaker;
pub mod training;
mod words;

use saywho::{Budget, OutOfTime, Reader, Reading};

pub use saywho_contract::check::{Change, Check, Checked, Kind, Match, Passage, Role, SCHEMA, Verdict};

use align::Weights;
use index::Index;
use quoted::{Outcome, Seeker};
use reported::Reports;
use sentences::Sentences;
use sought::{Sought, sought};
use words::{Vocabulary, Word};

/// Seeks every quoted and every reported passage of the articles in the sources. Spans count bytes.
pub fn check(reader: &Reader, articles: &[Reading], sources: &[Reading]) -> Check {
    check_within(reader, articles, sources, &Budget::unlimited())
        .unwrap_or_else(|OutOfTime| unreachable!("there is no limit"))
}

/// The same within a budget.
///
/// # Errors
/// When it is spent before all passages were sought.
pub fn check_within(
    reader: &Reader,
    articles: &[Reading],
    sources: &[Reading],
    budget: &Budget,
) -> Result<Check, OutOfTime> {
    let told = sought_in(reader, articles, sources, budget, |asked, reports| {
        let mut outcomes = Vec::with_capacity(asked.len());
        for asked in asked {
            in_time(budget)?;
            let found = reports.seeker.seek(&asked.sought, &asked.words);
            outcomes.push(if asked.sought.quoted { found } else { found.reported(asked.sought.negated) });
        }
        // What is told in other words is sought by what it says, and so is a quotation whose words stand nowhere.
        let open: Vec<usize> = (0..asked.len()).filter(|&i| outcomes[i].verdict == Verdict::NotFound).collect();
        let found = reports.seek(&open.iter().map(|&i| &asked[i]).collect::<Vec<_>>(), budget)?;
        for (i, found) in open.into_iter().zip(found) {
            if !asked[i].sought.quoted || found.verdict != Verdict::NotFound {
                outcomes[i] = found;
            }
        }
        let passages = asked.iter().zip(outcomes).enumerate();
        Ok(passages.map(|(number, (asked, outcome))| told(number, asked, outcome, articles.len())).collect())
    });
    Ok(Check { schema: SCHEMA.into(), passages: told??, documents: documents(articles, sources) })
}

/// What is made of the passages of the articles and of those who seek them in the sources.
///
/// # Errors
/// When the budget is spent before.
fn sought_in<T>(
    reader: &Reader,
    articles: &[Reading],
    sources: &[Reading],
    budget: &Budget,
    made: impl FnOnce(&[Asked], &Reports) -> T,
) -> Result<T, OutOfTime> {
    let mut vocabulary = Vocabulary::default();
    let index = Index::new(sources, &mut vocabulary);
    in_time(budget)?;
    let sentences = Sentences::new(&index, &vocabulary);
    let (mut all, mut groups) = (Vec::new(), 0);
    for (document, article) in articles.iter().enumerate() {
        in_time(budget)?;
        for sought in sought(article, &mut vocabulary, &mut groups) {
            let text = sought.span.of(&article.document.text);
            let words = words::words(&article.document.text, sought.span, &mut vocabulary);
            if !words.is_empty() {
                all.push(Asked { document, sought, words, text });
            }
        }
    }
    let weights = Weights::new(&vocabulary, &index.words);
    let seeker = Seeker { index: &index, weights: &weights };
    Ok(made(&all, &Reports { sentences: &sentences, seeker: &seeker, reader }))
}

fn in_time(budget: &Budget) -> Result<(), OutOfTime> {
    if budget.is_spent() { Err(OutOfTime) } else { Ok(()) }
}

/// A passage of an article that is sought.
pub(crate) struct Asked<'a> {
    /// Index of the article.
    document: usize,
    sought: Sought,
    words: Vec<Word>,
    text: &'a str,
}

fn told(number: usize, asked: &Asked, mut outcome: Outcome, articles: usize) -> Passage {
    let sought = &asked.sought;
    outcome.matches.iter_mut().for_each(|found| found.document += articles);
    outcome.changes.iter_mut().for_each(|change| change.document += articles);
    let meaning = outcome.verdict == Verdict::Altered && outcome.changes.iter().any(|c| c.kind.changes_meaning());
    Passage {
        id: format!("p{}", number + 1),
        document: asked.document,
        attribution: sought.attribution.clone(),
        group: sought.group.clone(),
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
