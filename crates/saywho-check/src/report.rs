//! Checks for people and for programs.

mod csv;
mod text;

pub use csv::csv;
pub use text::text;

use crate::data::Check;

/// The JSON contract `saywho/check/1`, offsets in code points, whole lines.
pub fn json(check: &Check) -> String {
    let json = serde_json::to_string_pretty(&check.to_code_points());
    json.unwrap_or_else(|error| unreachable!("a check is plain data: {error}")) + "\n"
}
