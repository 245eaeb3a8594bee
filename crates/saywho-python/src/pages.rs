//! The text and what stands beside it.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::reading::{Shared, to_dict};
use crate::span::{PySpan, views};

/// One text as it came, with its origin.
#[pyclass(frozen, module = "saywho", name = "Document")]
pub struct PyDocument(pub Arc<Shared>);

/// A damaged place and what it should read.
#[pyclass(frozen, get_all, module = "saywho", name = "Repair")]
pub struct PyRepair {
    /// The code point at which it begins.
    start: usize,
    /// The code point behind its last.
    end: usize,
    /// What the place should read.
    to: String,
}

/// Words that name a day.
#[pyclass(frozen, get_all, module = "saywho", name = "Dated")]
pub struct PyDated {
    /// The code point at which they begin.
    start: usize,
    /// The code point behind their last.
    end: usize,
    /// The day (ISO 8601).
    date: String,
}

#[pymethods]
impl PyDocument {
    /// A name for the document.
    #[getter]
    fn id(&self) -> &str {
        &self.0.reading.document.id
    }

    /// Where it came from: a path or an address.
    #[getter]
    fn source(&self) -> Option<&str> {
        self.0.reading.document.source.as_deref()
    }

    /// The headline.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.0.reading.document.title.as_deref()
    }

    /// Who wrote it.
    #[getter]
    fn authors(&self) -> Vec<String> {
        self.0.reading.document.authors.clone()
    }

    /// Who published it.
    #[getter]
    fn publisher(&self) -> Option<&str> {
        self.0.reading.document.publisher.as_deref()
    }

    /// Date of publication (ISO 8601).
    #[getter]
    fn published(&self) -> Option<&str> {
        self.0.reading.document.published.as_deref()
    }

    /// The language (BCP 47).
    #[getter]
    fn language(&self) -> Option<&str> {
        self.0.reading.document.language.as_deref()
    }

    /// The text, letter by letter.
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        self.0.text(py).bind(py).clone()
    }

    /// Page litter: comment forms, share lines.
    #[getter]
    fn boilerplate(&self) -> Vec<PySpan> {
        views(&self.0, &self.0.reading.document.boilerplate)
    }

    /// Damaged places and what each should read.
    #[getter]
    fn repairs(&self) -> Vec<PyRepair> {
        let repairs = self.0.reading.document.repairs.iter();
        repairs.map(|r| PyRepair { start: r.start.0, end: r.end.0, to: r.to.clone() }).collect()
    }

    /// Words that name a day.
    #[getter]
    fn dates(&self) -> Vec<PyDated> {
        let dates = self.0.reading.document.dates.iter();
        dates.map(|d| PyDated { start: d.start.0, end: d.end.0, date: d.date.clone() }).collect()
    }

    /// As in docs/output.md.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_dict(py, &self.0.reading.document)
    }

    fn __repr__(&self) -> String {
        let title = self.title().map(|title| format!(": {title}")).unwrap_or_default();
        format!("<Document {}{title}>", self.id())
    }
}

#[pymethods]
impl PyRepair {
    fn __repr__(&self) -> String {
        format!("Repair({}, {}, {:?})", self.start, self.end, self.to)
    }
}

#[pymethods]
impl PyDated {
    fn __repr__(&self) -> String {
        format!("Dated({}, {}, {:?})", self.start, self.end, self.date)
    }
}
