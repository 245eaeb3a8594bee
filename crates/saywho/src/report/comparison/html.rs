//! The comparison as a page that stands alone.

use super::matrix::{Matrix, heading};
use crate::comparison::Comparison;
use crate::report::page::escaped;

/// The page: the matrix first, then the texts side by side.
pub fn comparison_html(comparison: &Comparison) -> String {
    let matrix = Matrix::new(comparison);
    format!("<h1>{}</h1>{}", escaped(&heading(comparison)[0]), matrix.sides.len())
}
