//! One act of saying, asking, believing, wanting or ordering.

use std::sync::Arc;

use pyo3::prelude::*;
use saywho::reading::{Attribution, ToldBy};
use saywho::{Point, PointSpan};

use crate::entity::PyEntity;
use crate::reading::{Shared, shortened, to_dict};
use crate::span::{PySpan, joined, views};

/// The most characters of a content that a `repr` shows.
const SHOWN: usize = 80;

/// Who said what, with the words that say so.
#[pyclass(frozen, module = "saywho", name = "Attribution")]
pub struct PyAttribution {
    of: Arc<Shared>,
    index: usize,
}

impl PyAttribution {
    /// All attributions of a reading.
    pub fn all(of: &Arc<Shared>) -> Vec<PyAttribution> {
        (0..of.reading.attributions.len()).map(|index| PyAttribution { of: of.clone(), index }).collect()
    }

    /// Who said what, on one line, in the words of the text.
    pub fn line(&self, py: Python<'_>) -> PyResult<String> {
        let a = self.attribution();
        let speaker = a.speaker.as_deref().map_or("source not named", |id| self.of.name_of(id));
        let to = a.addressee.as_deref().map(|id| format!(" → {}", self.of.name_of(id))).unwrap_or_default();
        let cue = joined(py, &self.of, &a.cue)?;
        let cue = if cue.chars().any(char::is_alphanumeric) { format!(" {cue}") } else { String::new() };
        let content = shortened(&joined(py, &self.of, &a.content)?, SHOWN);
        Ok(format!("{speaker}{cue}{to}: {content}"))
    }

    fn attribution(&self) -> &Attribution<Point> {
        &self.of.reading.attributions[self.index]
    }

    fn all_spans(&self) -> impl Iterator<Item = &PointSpan> {
        let a = self.attribution();
        a.source.iter().chain(&a.cue).chain(&a.content)
    }
}

#[pymethods]
impl PyAttribution {
    /// Unique within the reading: "a1".
    #[getter]
    fn id(&self) -> &str {
        &self.attribution().id
    }

    /// The words that name the source; empty where the text names none.
    #[getter]
    fn source(&self) -> Vec<PySpan> {
        views(&self.of, &self.attribution().source)
    }

    /// The words that signal the act.
    #[getter]
    fn cue(&self) -> Vec<PySpan> {
        views(&self.of, &self.attribution().cue)
    }

    /// The words that name the addressee, where the sentence does.
    #[getter]
    fn recipient(&self) -> Vec<PySpan> {
        views(&self.of, &self.attribution().recipient)
    }

    /// What is ascribed.
    #[getter]
    fn content(&self) -> Vec<PySpan> {
        views(&self.of, &self.attribution().content)
    }

    /// The words of the source, gaps marked.
    #[getter]
    fn source_text(&self, py: Python<'_>) -> PyResult<String> {
        joined(py, &self.of, &self.attribution().source)
    }

    /// The words of the cue, gaps marked.
    #[getter]
    fn cue_text(&self, py: Python<'_>) -> PyResult<String> {
        joined(py, &self.of, &self.attribution().cue)
    }

    /// The words of the content, gaps marked.
    #[getter]
    fn content_text(&self, py: Python<'_>) -> PyResult<String> {
        joined(py, &self.of, &self.attribution().content)
    }

    /// Where its first words begin: source, cue or content.
    #[getter]
    fn start(&self) -> usize {
        self.all_spans().map(|span| span.start.0).min().unwrap_or(0)
    }

    /// Where its last words end.
    #[getter]
    fn end(&self) -> usize {
        self.all_spans().map(|span| span.end.0).max().unwrap_or(0)
    }

    /// direct, mixed or indirect.
    #[getter]
    fn r#type(&self) -> &'static str {
        self.attribution().kind.name()
    }

    /// Who the source is.
    #[getter]
    fn speaker(&self) -> Option<PyEntity> {
        PyEntity::of_id(&self.of, self.attribution().speaker.as_deref()?)
    }

    /// To whom it was said.
    #[getter]
    fn addressee(&self) -> Option<PyEntity> {
        PyEntity::of_id(&self.of, self.attribution().addressee.as_deref()?)
    }

    /// Whether the exchange around it tells the addressee, not its own sentence.
    #[getter]
    fn addressee_inferred(&self) -> bool {
        self.attribution().addressee_inferred
    }

    /// Before whom it was said.
    #[getter]
    fn audience(&self) -> Option<PyEntity> {
        PyEntity::of_id(&self.of, self.attribution().audience.as_deref()?)
    }

    /// The id of the conversation in which it was said.
    #[getter]
    fn conversation(&self) -> Option<&str> {
        self.attribution().conversation.as_deref()
    }

    /// "account" where the document tells it in its own voice, as one side's account of a conversation; else None.
    #[getter]
    fn told(&self) -> Option<&'static str> {
        self.attribution().told.map(|ToldBy::Account| "account")
    }

    /// The attribution whose content holds this one.
    #[getter]
    fn inside(&self) -> Option<PyAttribution> {
        let outer = self.attribution().inside.as_deref()?;
        let index = self.of.reading.attributions.iter().position(|a| a.id == outer)?;
        Some(PyAttribution { of: self.of.clone(), index })
    }

    /// Who reports whom, from the outermost to the speaker.
    #[getter]
    fn chain(&self) -> Vec<PyEntity> {
        PyEntity::of_ids(&self.of, &self.attribution().chain)
    }

    /// The channel in the text's words.
    #[getter]
    fn via(&self) -> Option<&str> {
        self.attribution().via.as_deref()
    }

    /// say, inform, stress, ask, demand, offer, promise, warn, deny, agree, believe, want or discuss.
    #[getter]
    fn act(&self) -> &'static str {
        self.attribution().act.name()
    }

    /// affirmed or negated.
    #[getter]
    fn polarity(&self) -> &'static str {
        self.attribution().polarity.name()
    }

    /// Id of the issue it is about.
    #[getter]
    fn issue(&self) -> Option<&str> {
        self.attribution().issue.as_deref()
    }

    /// Calibrated probability that source and content are right.
    #[getter]
    fn confidence(&self) -> f64 {
        // Through its decimal digits: 0.95 stays 0.95, not 0.949999988079071.
        self.attribution().confidence.to_string().parse().unwrap_or_default()
    }

    /// As in docs/output.md.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_dict(py, self.attribution())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Attribution {}  {}>", self.id(), self.line(py)?))
    }

    fn __eq__(&self, other: &PyAttribution) -> bool {
        self.index == other.index && self.of.is(&other.of)
    }

    fn __hash__(&self) -> usize {
        self.index
    }
}
