//! Readings for people and for other programs: pure functions from a [`Reading`] to text.
//!
//! A reading comes with spans in bytes; what leaves here counts Unicode code points. Every function returns
//! whole lines, the last one ended too, so that the answers for several documents can be written one after
//! the other. A reading that was loaded from elsewhere may name entities it does not hold or point outside
//! its text: an unknown id is shown as it stands, and a span that selects no words selects nothing.

mod annotations;
mod check;
mod comparison;
mod csv;
mod groups;
mod html;
mod json;
mod marks;
mod page;
mod shorten;
mod text;
mod words;

pub use annotations::annotations;
pub use check::{check_annotations, check_csv, check_html, check_json, check_text};
pub use comparison::{comparison_csv, comparison_html, comparison_json, comparison_markdown, comparison_text};
pub use csv::{CSV_COLUMNS, UTF8_MARK, csv_header, csv_lines, csv_rows};
pub use html::html;
pub use json::{json, jsonl};
pub use text::{TextOptions, text};
pub use words::joined_words;

pub use saywho_contract::prose::{is_unsafe, one_line};

#[cfg(doc)]
use saywho_contract::Reading;
