//! Places in a text.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyIterator, PySlice, PyString, PyTuple};
use saywho::PointSpan;

use crate::reading::Shared;

/// A range of a reading's text, in code points, end exclusive: `text[span.start:span.end]` are its words.
#[pyclass(frozen, module = "saywho", name = "Span")]
pub struct PySpan {
    of: Arc<Shared>,
    span: PointSpan,
}

/// The words between two code points. Python's own strings find them at once, Rust's would have to count.
pub fn words<'py>(py: Python<'py>, of: &Shared, span: PointSpan) -> PyResult<Bound<'py, PyString>> {
    let slice = PySlice::new(py, span.start.0 as isize, span.end.0 as isize, 1);
    Ok(of.text(py).bind(py).get_item(slice)?.cast_into()?)
}

/// The words of several spans, gaps between them marked as in the CSV report.
pub fn joined(py: Python<'_>, of: &Shared, spans: &[PointSpan]) -> PyResult<String> {
    let parts: PyResult<Vec<String>> = spans.iter().map(|span| words(py, of, *span)?.extract()).collect();
    Ok(parts?.join(" […] "))
}

/// Views of these spans.
pub fn views(of: &Arc<Shared>, spans: &[PointSpan]) -> Vec<PySpan> {
    spans.iter().map(|&span| PySpan { of: of.clone(), span }).collect()
}

#[pymethods]
impl PySpan {
    /// The code point at which it begins.
    #[getter]
    fn start(&self) -> usize {
        self.span.start.0
    }

    /// The code point behind its last.
    #[getter]
    fn end(&self) -> usize {
        self.span.end.0
    }

    /// Its words.
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        words(py, &self.of, self.span)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Span({}, {}, {})", self.span.start, self.span.end, self.text(py)?.repr()?))
    }

    /// `start, end = span`.
    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        PyTuple::new(py, [self.span.start.0, self.span.end.0])?.try_iter()
    }

    fn __len__(&self) -> usize {
        self.span.end.0.saturating_sub(self.span.start.0)
    }

    fn __eq__(&self, other: &PySpan) -> bool {
        self.span == other.span && self.of.is(&other.of)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.span.hash(&mut hasher);
        hasher.finish()
    }
}
