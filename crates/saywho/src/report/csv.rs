//! A table with one row an attribution (RFC 4180), for spreadsheets and data frames.

use super::words::{chain_names, joined_words, name_of};
use crate::Reading;
use crate::reading::Attribution;

const COLUMNS: [&str; 18] = [
    "document",
    "id",
    "speaker",
    "kind",
    "side",
    "addressee",
    "chain",
    "inside",
    "act",
    "polarity",
    "type",
    "source",
    "cue",
    "content",
    "via",
    "confidence",
    "content_start",
    "content_end",
];

/// The header row, to be written once before the rows of all documents.
pub fn csv_header() -> String {
    row(COLUMNS.map(String::from))
}

/// The rows of one reading; `content_start` and `content_end` count code points and span the whole content.
pub fn csv_rows(reading: &Reading) -> String {
    let points = reading.to_code_points();
    reading
        .attributions
        .iter()
        .zip(&points.attributions)
        .map(|(bytes, points)| row(cells(reading, bytes, points)))
        .collect()
}

fn cells(reading: &Reading, a: &Attribution, points: &Attribution) -> [String; 18] {
    let text = &reading.document.text;
    let speaker = a.speaker.as_deref().and_then(|id| reading.entity(id));
    let name = |id: &Option<String>| id.as_deref().map(|id| name_of(reading, id).to_owned()).unwrap_or_default();
    let start = points.content.iter().map(|s| s.start).min();
    let end = points.content.iter().map(|s| s.end).max();
    [
        reading.document.id.clone(),
        a.id.clone(),
        name(&a.speaker),
        speaker.map(|e| e.kind.name().to_owned()).unwrap_or_default(),
        speaker.and_then(|e| e.side.clone()).unwrap_or_default(),
        name(&a.addressee),
        chain_names(reading, a).join(" > "),
        a.inside.clone().unwrap_or_default(),
        a.act.name().to_owned(),
        a.polarity.name().to_owned(),
        a.kind.name().to_owned(),
        joined_words(text, &a.source),
        joined_words(text, &a.cue),
        joined_words(text, &a.content),
        a.via.clone().unwrap_or_default(),
        a.confidence.to_string(),
        start.map(|n| n.to_string()).unwrap_or_default(),
        end.map(|n| n.to_string()).unwrap_or_default(),
    ]
}

fn row(cells: [String; 18]) -> String {
    cells.map(|cell| field(&cell)).join(",") + "\r\n"
}

/// A field in quotation marks where it holds what would end it.
pub(super) fn field(cell: &str) -> String {
    if cell.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}
