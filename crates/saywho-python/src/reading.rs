//! The reading of one document as Python sees it.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyTuple};
use saywho::reading::SCHEMA;
use saywho::{Point, Reading};
use saywho_report::{self as report, TextOptions};
use serde::Serialize;

use crate::attribution::PyAttribution;
use crate::conversation::PyConversation;
use crate::entity::PyEntity;
use crate::error::saywho_error;
use crate::pages::PyDocument;

/// The most attributions that a `repr` shows.
const SHOWN: usize = 12;
/// Columns of the text report.
const WIDTH: usize = 100;
/// Height of a page within a notebook, in CSS pixels.
const PAGE_HEIGHT: u32 = 600;

/// A reading, shared by all views of it.
pub struct Shared {
    /// The reading; all its spans lie in its text.
    pub reading: Reading<Point>,
    text: PyOnceLock<Py<PyString>>,
}

impl Shared {
    /// The reading in bytes, for what the engine and the reports do with it.
    pub fn bytes(&self) -> Reading {
        self.reading.clone().into_bytes().expect("spans were looked at when the reading was taken")
    }

    /// The text as a string of Python: the one that was handed over, or made at the first use.
    pub fn text(&self, py: Python<'_>) -> &Py<PyString> {
        self.text.get_or_init(py, || PyString::new(py, &self.reading.document.text).unbind())
    }

    /// The name of the entity of this id, or the id where there is none.
    pub fn name_of<'s>(&'s self, id: &'s str) -> &'s str {
        self.reading.entity(id).map_or(id, |entity| &entity.name)
    }

    /// Whether the two are one reading.
    pub fn is(&self, other: &Shared) -> bool {
        std::ptr::eq(self, other)
    }
}

/// Who said what in one document.
#[pyclass(frozen, module = "saywho", name = "Reading")]
pub struct PyReading(Arc<Shared>);

impl PyReading {
    /// A reading as the engine gives it; `text` is the string that it was made from.
    pub fn of(reading: Reading<Point>, text: Option<Py<PyString>>) -> PyReading {
        let cell = PyOnceLock::new();
        if let Some(text) = text {
            Python::attach(|py| cell.set(py, text)).ok();
        }
        PyReading(Arc::new(Shared { reading, text: cell }))
    }

    /// What the views share.
    pub fn shared(&self) -> Arc<Shared> {
        self.0.clone()
    }
}

#[pymethods]
impl PyReading {
    /// The reading that a line of `saywho read --format jsonl` (or `to_json`) holds.
    #[staticmethod]
    fn from_json(py: Python<'_>, json: &str) -> PyResult<PyReading> {
        let reading: Reading<Point> = serde_json::from_str(json)
            .map_err(|error| saywho_error(py, format!("this is no reading in JSON (docs/output.md): {error}")))?;
        if reading.schema != SCHEMA {
            return Err(saywho_error(py, format!("the schema is {:?}, expected {SCHEMA:?}", reading.schema)));
        }
        // Spans that do not lie in the text are told of here, not where they are used.
        let bytes = reading.into_bytes().map_err(|error| saywho_error(py, error.to_string()))?;
        Ok(PyReading::of(bytes.into_code_points(), None))
    }

    /// The text and what stands beside it.
    #[getter]
    fn document(&self) -> PyDocument {
        PyDocument(self.0.clone())
    }

    /// The text, letter by letter.
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        self.0.text(py).bind(py).clone()
    }

    /// Everyone who speaks, is spoken to or took part.
    #[getter]
    fn entities(&self) -> Vec<PyEntity> {
        (0..self.0.reading.entities.len()).map(|index| PyEntity::at(&self.0, index)).collect()
    }

    /// In order of the text, outer before inner.
    #[getter]
    fn attributions(&self) -> Vec<PyAttribution> {
        PyAttribution::all(&self.0)
    }

    /// Calls and meetings, the main one first.
    #[getter]
    fn conversations(&self) -> Vec<PyConversation> {
        PyConversation::all(&self.0)
    }

    /// The same without what is less sure than this, 0 to 1.
    fn at_least(&self, py: Python<'_>, confidence: f32) -> PyResult<PyReading> {
        if !(0.0..=1.0).contains(&confidence) {
            return Err(saywho_error(py, format!("a confidence is a number from 0 to 1, not {confidence}")));
        }
        let mut reading = self.0.reading.clone();
        reading.remove_below(confidence);
        Ok(PyReading::of(reading, Some(self.0.text(py).clone_ref(py))))
    }

    /// The contract saywho/1 (docs/output.md).
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        to_json(py, &self.0.reading)
    }

    /// The contract saywho/1 as dicts and lists.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_dict(py, &self.0.reading)
    }

    /// A page that stands alone: the marked text and who said what.
    fn to_html(&self, py: Python<'_>) -> String {
        py.detach(|| report::html(&self.0.bytes()))
    }

    /// A table of this reading as a `pyarrow.Table`.
    #[pyo3(signature = (table="attributions"))]
    fn to_arrow<'py>(slf: &Bound<'py, Self>, table: &str) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("saywho.tables")?.call_method1("to_arrow", (slf, table))
    }

    /// A table of this reading as a `pandas.DataFrame`.
    #[pyo3(signature = (table="attributions"))]
    fn to_pandas<'py>(slf: &Bound<'py, Self>, table: &str) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("saywho.tables")?.call_method1("to_pandas", (slf, table))
    }

    /// The page for notebooks.
    fn _repr_html_(&self, py: Python<'_>) -> String {
        framed(&self.to_html(py))
    }

    /// The report for people.
    fn __str__(&self, py: Python<'_>) -> String {
        let look = TextOptions { width: WIDTH, colour: false };
        py.detach(|| report::text(&self.0.bytes(), &look))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let count = self.0.reading.attributions.len();
        let plural = if count == 1 { "" } else { "s" };
        let mut out = format!("<Reading {}: {count} attribution{plural}", self.0.reading.document.id);
        for attribution in PyAttribution::all(&self.0).iter().take(SHOWN) {
            out += &format!("\n  {}", attribution.line(py)?);
        }
        if count > SHOWN {
            out += &format!("\n  … and {} more", count - SHOWN);
        }
        Ok(out + ">")
    }

    /// Readings travel to other processes as JSON.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let py = slf.py();
        let from_json = slf.get_type().getattr("from_json")?;
        let json = slf.get().to_json(py)?;
        PyTuple::new(py, [from_json, PyTuple::new(py, [json])?.into_any()])
    }

    fn __eq__(&self, other: &PyReading) -> bool {
        self.0.is(&other.0) || self.0.reading == other.0.reading
    }

    fn __hash__(&self) -> usize {
        self.0.reading.document.text.len()
    }
}

/// A page within a notebook: in a frame, so that its style does not meet the notebook's.
pub fn framed(page: &str) -> String {
    let escaped = page.replace('&', "&amp;").replace('"', "&quot;");
    format!(
        "<iframe sandbox=\"allow-scripts\" style=\"width: 100%; height: {PAGE_HEIGHT}px; border: 1px solid #8884\" \
         srcdoc=\"{escaped}\"></iframe>"
    )
}

/// A part of a reading as JSON.
pub fn to_json(py: Python<'_>, part: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(part).map_err(|error| saywho_error(py, error.to_string()))
}

/// A part of a reading as dicts and lists.
pub fn to_dict<'py>(py: Python<'py>, part: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method("loads", (to_json(py, part)?,), None::<&Bound<'py, PyDict>>)
}

/// Words on one line, at most so many characters.
pub fn shortened(words: &str, most: usize) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        None => line,
        Some((cut, _)) => format!("{}…", &line[..cut]),
    }
}
