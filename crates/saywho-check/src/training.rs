//! What `training/reports.py` learns from: reports with what may be evidence of them.

use saywho::{Budget, Reader, Reading, Span};

use crate::{Asked, sought_in};

pub use crate::evidence::FIGURES;

/// A report of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Its place in the article (bytes).
    pub span: Span,
    /// What may be evidence of it.
    pub evidence: Vec<Evidence>,
}

/// A sentence of a source that may be evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Its place in the source (bytes).
    pub span: Span,
    /// Its text behind that of the sentence before, of which it is asked whether the report follows.
    pub premise: String,
    /// What speaks for and against it, in the order of [`FIGURES`].
    pub figures: [f32; FIGURES.len()],
}

/// The reports of an article with what may be evidence of them in a source. Spans count bytes.
pub fn reports(reader: &Reader, article: &Reading, source: &Reading) -> Vec<Report> {
    let budget = Budget::unlimited();
    let sources = std::slice::from_ref(source);
    let told = sought_in(reader, std::slice::from_ref(article), sources, &budget, |asked, reports| {
        let reported: Vec<&Asked> = asked.iter().filter(|asked| !asked.sought.quoted).collect();
        let evidence = reports.evidence(&reported);
        let told = reported.iter().zip(evidence).map(|(asked, evidence)| {
            let evidence = evidence.into_iter().map(|evidence| Evidence {
                span: reports.seeker.index.span(&reports.sentences.all[evidence.sentence]),
                premise: reports.with_before(evidence.sentence),
                figures: evidence.figures.0,
            });
            Report { span: asked.sought.span, evidence: evidence.collect() }
        });
        told.collect()
    });
    told.unwrap_or_default()
}
