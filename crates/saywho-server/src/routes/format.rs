//! Readings and comparisons in the format that was asked for.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use saywho::Reading;
use saywho::comparison::Comparison;
use saywho::report::{self, TextOptions};
use serde::Deserialize;

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

const JSON: &str = "application/json";
const JSON_LINES: &str = "application/jsonl";
const JSON_LD: &str = "application/ld+json";
const HTML: &str = "text/html; charset=utf-8";
const CSV: &str = "text/csv; charset=utf-8";
const MARKDOWN: &str = "text/markdown; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Readings: one as an object, several as an array where the format has such.
pub fn readings(format: Format, readings: &[Reading]) -> Response {
    let each = |write: fn(&Reading) -> String| readings.iter().map(write).collect::<Vec<_>>();
    let (kind, body) = match format {
        Format::Json => (JSON, one_or_array(each(report::json))),
        Format::Annotations => (JSON_LD, one_or_array(each(report::annotations))),
        Format::Jsonl => (JSON_LINES, each(report::jsonl).concat()),
        Format::Html => (HTML, each(report::html).concat()),
        Format::Csv => (CSV, report::csv_header() + &each(report::csv_rows).concat()),
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
pub fn comparison(format: CompareFormat, comparison: &Comparison) -> Response {
    let (kind, body) = match format {
        CompareFormat::Json => (JSON, report::comparison_json(comparison)),
        CompareFormat::Html => (HTML, report::comparison_html(comparison)),
        CompareFormat::Csv => (CSV, report::comparison_csv(comparison)),
        CompareFormat::Markdown => (MARKDOWN, report::comparison_markdown(comparison)),
        CompareFormat::Text => (TEXT, report::comparison_text(comparison, &TextOptions::default())),
    };
    ([(header::CONTENT_TYPE, kind)], body).into_response()
}

/// A table: a header and rows of cells (RFC 4180).
pub fn csv(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Response {
    let field = |cell: &str| match cell.contains(['"', ',', '\r', '\n']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    };
    let line = |cells: Vec<String>| cells.iter().map(|cell| field(cell)).collect::<Vec<_>>().join(",") + "\r\n";
    let mut table = line(header.iter().map(|&name| name.to_owned()).collect());
    for row in rows {
        table.push_str(&line(row));
    }
    ([(header::CONTENT_TYPE, CSV)], table).into_response()
}
