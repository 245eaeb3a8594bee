//! A check, as the class `saywho.Check` holds it.

use pyo3::prelude::*;
use saywho_check::Check;
use saywho_report::{self as report, TextOptions};

use crate::reading::framed;

/// What came of the passages of some articles, sought in some sources; offsets count bytes until they leave.
#[pyclass(frozen, module = "saywho._native", name = "NativeCheck")]
pub struct PyCheck(pub Check);

#[pymethods]
impl PyCheck {
    /// The contract saywho/check/1 (docs/check.md).
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| report::check_json(&self.0))
    }

    /// A page that stands alone: each passage beside its source, and the texts.
    fn to_html(&self, py: Python<'_>) -> String {
        py.detach(|| report::check_html(&self.0))
    }

    /// The page in a frame, for notebooks.
    fn framed_html(&self, py: Python<'_>) -> String {
        framed(&self.to_html(py))
    }

    /// The verdicts for people.
    fn to_text(&self, py: Python<'_>) -> String {
        py.detach(|| report::check_text(&self.0, &TextOptions::default()))
    }
}
