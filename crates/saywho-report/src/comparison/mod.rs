//! Comparisons for people and for other programs: pure functions from a [`Comparison`] to text.
//!
//! A comparison comes with spans in bytes; what leaves here counts Unicode code points.

mod csv;
mod html;
mod markdown;
mod matrix;
mod text;

pub use csv::comparison_csv;
pub(crate) use html::STYLE;
pub use html::comparison_html;
pub use markdown::comparison_markdown;
pub use text::comparison_text;

use saywho_contract::comparison::Comparison;

/// The contract `saywho/compare/1`: one indented object.
pub fn comparison_json(comparison: &Comparison) -> String {
    // Plain data with string keys always serializes.
    serde_json::to_string_pretty(&comparison.to_code_points()).unwrap_or_default() + "\n"
}
