//! Tables as CSV (RFC 4180), for spreadsheets and data frames, and the one layout that attributions have in them.

use std::borrow::Cow;

use super::words::{chain_names, joined_words, name_of};
use saywho_contract::Reading;
use saywho_contract::offset::Points;
use saywho_contract::reading::Attribution;

/// The columns of a table of attributions, wherever one is written; `docs/output.md` tells what they hold.
pub const CSV_COLUMNS: [&str; 21] = [
    "document",
    "title",
    "publisher",
    "published",
    "attribution",
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
    "start",
    "end",
];

/// What a file begins with so that spreadsheets read it as UTF-8.
pub const UTF8_MARK: &str = "\u{feff}";

/// What a cell begins with that spreadsheets would take for a formula; also in the wide forms that some of them take.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Rows as lines of CSV. No cell is a formula to a spreadsheet: one that would be gets an apostrophe in front.
pub fn csv_lines<R, C>(rows: impl IntoIterator<Item = R>) -> String
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let mut lines = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
    for row in rows {
        for cell in row {
            lines.write_field(harmless(cell.as_ref()).as_bytes()).expect("memory takes what is written");
        }
        lines.write_record(None::<&[u8]>).expect("memory takes what is written");
    }
    let lines = lines.into_inner().expect("memory takes what is written");
    String::from_utf8(lines).expect("cells are UTF-8, and so is what stands between them")
}

fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(FORMULA) { format!("'{cell}").into() } else { cell.into() }
}

/// The header row of attributions, to be written once before the rows of all documents.
pub fn csv_header() -> String {
    csv_lines([CSV_COLUMNS])
}

/// The rows of one reading; `start` and `end` count code points and span the whole content.
pub fn csv_rows(reading: &Reading) -> String {
    let points = Points::of(&reading.document.text);
    csv_lines(reading.attributions.iter().map(|a| cells(reading, a, &points)))
}

fn cells(reading: &Reading, a: &Attribution, points: &Points) -> [String; 21] {
    let text = &reading.document.text;
    let told = |part: &Option<String>| part.clone().unwrap_or_default();
    let speaker = a.speaker.as_deref().and_then(|id| reading.entity(id));
    let name = |id: &Option<String>| id.as_deref().map(|id| name_of(reading, id).to_owned()).unwrap_or_default();
    let start = a.content.iter().map(|s| points.at(s.start)).min();
    let end = a.content.iter().map(|s| points.at(s.end)).max();
    [
        reading.document.id.clone(),
        told(&reading.document.title),
        told(&reading.document.publisher),
        told(&reading.document.published),
        a.id.clone(),
        name(&a.speaker),
        speaker.map(|e| e.kind.name().to_owned()).unwrap_or_default(),
        speaker.and_then(|e| e.side.clone()).unwrap_or_default(),
        name(&a.addressee),
        chain_names(reading, a).join(" > "),
        told(&a.inside),
        a.act.name().to_owned(),
        a.polarity.name().to_owned(),
        a.kind.name().to_owned(),
        joined_words(text, &a.source),
        joined_words(text, &a.cue),
        joined_words(text, &a.content),
        told(&a.via),
        a.confidence.to_string(),
        start.map(|n| n.to_string()).unwrap_or_default(),
        end.map(|n| n.to_string()).unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_every_cell_is_read_as_it_was() {
        let row = ["=1+1", "+4", "-", "@sum", "\tx", "＝1", "a, \"b\"\nc", "3 - 2", ""];
        let lines = csv_lines([row]);
        assert_eq!(lines, "'=1+1,'+4,'-,'@sum,'\tx,'＝1,\"a, \"\"b\"\"\nc\",3 - 2,\r\n");
        let mut read = csv::ReaderBuilder::new().has_headers(false).from_reader(lines.as_bytes());
        let cells = read.records().next().expect("a row").expect("CSV");
        for (cell, given) in cells.iter().zip(row) {
            assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), given);
        }
    }
}
