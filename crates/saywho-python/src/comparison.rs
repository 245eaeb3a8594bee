//! A comparison, as the class `saywho.Comparison` holds it.

use pyo3::prelude::*;
use saywho::comparison::Comparison;
use saywho_report::{self as report, TextOptions};

use crate::reading::framed;

/// Columns of the text report.
const WIDTH: usize = 120;

/// What several accounts tell of one conversation; offsets count bytes until they leave.
#[pyclass(frozen, module = "saywho._native", name = "NativeComparison")]
pub struct PyComparison(pub Comparison);

#[pymethods]
impl PyComparison {
    /// The contract saywho/compare/1 (docs/compare.md).
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| report::comparison_json(&self.0))
    }

    /// A page that stands alone: the matrix, and the texts side by side.
    fn to_html(&self, py: Python<'_>) -> String {
        py.detach(|| report::comparison_html(&self.0))
    }

    /// The page in a frame, for notebooks.
    fn framed_html(&self, py: Python<'_>) -> String {
        framed(&self.to_html(py))
    }

    /// The matrix for people.
    fn to_text(&self, py: Python<'_>) -> String {
        let look = TextOptions { width: WIDTH, colour: false };
        py.detach(|| report::comparison_text(&self.0, &look))
    }
}
