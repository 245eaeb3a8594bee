//! Checks for people and for other programs: pure functions from a [`Check`] to text.
//!
//! A check comes with spans in bytes; what leaves here counts Unicode code points.

mod annotations;
mod csv;
mod html;
mod text;
mod told;

pub use annotations::check_annotations;
pub use csv::check_csv;
pub use html::check_html;
pub use text::check_text;

use saywho_contract::check::Check;

/// The contract `saywho/check/1`: one indented object.
pub fn check_json(check: &Check) -> String {
    // Plain data with string keys always serializes.
    serde_json::to_string_pretty(&check.to_code_points()).unwrap_or_default() + "\n"
}
