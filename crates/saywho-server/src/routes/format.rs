//! Readings, comparisons and checks in the format that was asked for.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use saywho::Reading;
use saywho::comparison::Comparison;
use saywho_check::Check;
use saywho_report::{self as report, TextOptions};
use serde::Deserialize;

use crate::problem::{Answer, Problem};

/// How readings are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    #[default]
    Json,
    Jsonl,
    Html,
    Annotations,
    Csv,
    Text,
}

/// How comparisons are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CompareFormat {
    #[default]
    Json,
    Html,
    Csv,
    Markdown,
    Text,
}

/// How checks are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckFormat {
    #[default]
    Json,
    Html,
    Annotations,
    Csv,
    Text,
}

const JSON: &str = "application/json";
const JSON_LINES: &str = "application/jsonl";
const JSON_LD: &str = "application/ld+json";
const HTML: &str = "text/html; charset=utf-8";
const CSV: &str = "text/csv; charset=utf-8";
const MARKDOWN: &str = "text/markdown; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Readings: one as an object, several as an array where the format has such.
pub fn readings(format: Format, excel: bool, readings: &[Reading]) -> Response {
    let each = |write: fn(&Reading) -> String| readings.iter().map(write).collect::<Vec<_>>();
    let (kind, body) = match format {
        Format::Json => (JSON, one_or_array(each(report::json))),
        Format::Annotations => (JSON_LD, one_or_array(each(report::annotations))),
        Format::Jsonl => (JSON_LINES, each(report::jsonl).concat()),
        Format::Html => (HTML, each(report::html).concat()),
        Format::Csv => return csv(report::csv_header() + &each(report::csv_rows).concat(), excel),
        Format::Text => (TEXT, each(|reading| report::text(reading, &TextOptions::default())).join("\n")),
    };
    ([(header::CONTENT_TYPE, kind)], body).into_response()
}

fn one_or_array(all: Vec<String>) -> String {
    match all.as_slice() {
        [one] => one.clone(),
        _ => format!("[{}]", all.join(",")),
    }
}

/// A comparison.
pub fn comparison(format: CompareFormat, excel: bool, comparison: &Comparison) -> Response {
    let (kind, body) = match format {
        CompareFormat::Json => (JSON, report::comparison_json(comparison)),
        CompareFormat::Html => (HTML, report::comparison_html(comparison)),
        CompareFormat::Csv => return csv(report::comparison_csv(comparison), excel),
        CompareFormat::Markdown => (MARKDOWN, report::comparison_markdown(comparison)),
        CompareFormat::Text => (TEXT, report::comparison_text(comparison, &TextOptions::default())),
    };
    ([(header::CONTENT_TYPE, kind)], body).into_response()
}

/// A check.
pub fn check(format: CheckFormat, excel: bool, check: &Check) -> Response {
    let (kind, body) = match format {
        CheckFormat::Json => (JSON, report::check_json(check)),
        CheckFormat::Html => (HTML, report::check_html(check)),
        CheckFormat::Annotations => (JSON_LD, report::check_annotations(check)),
        CheckFormat::Csv => return csv(report::check_csv(check), excel),
        CheckFormat::Text => (TEXT, report::check_text(check, &TextOptions::default())),
    };
    ([(header::CONTENT_TYPE, kind)], body).into_response()
}

/// A table; for spreadsheets with the mark that makes them read it as UTF-8.
pub fn csv(table: String, excel: bool) -> Response {
    let table = if excel { format!("{}{table}", report::UTF8_MARK) } else { table };
    ([(header::CONTENT_TYPE, CSV)], table).into_response()
}

/// Whether `excel` goes with the format that is asked for.
pub fn excel_is_csv(excel: bool, csv: bool) -> Answer<()> {
    match excel && !csv {
        true => Err(Problem::bad("excel=true is for format=csv")),
        false => Ok(()),
    }
}
