//! JSON: rows, one a line or in one array, with named columns.

use std::io::BufRead;

use saywho::{Document, byline};
use serde_json::Value;

use crate::bytes::{Counted, Line};
use crate::piece::{Piece, about};
use crate::pour::{Flow, Offsets, Place, Pour};
use crate::{Columns, Reason};

/// Hands on the rows of a file of JSON lines. A row without a text of its own is told; where the first row has
/// none, the column is not the right one and the rest is not read.
pub(crate) fn lines<R: BufRead>(pour: &mut Pour, mut input: Counted<R>, offsets: &Offsets, place: &Place) -> Flow {
    let limit = pour.options.limits.document_bytes;
    let mut line = Vec::new();
    let mut first = true;
    for number in 1u64.. {
        let begin = input.count();
        let read = input.line(limit, &mut line);
        let offset = offsets.of(begin);
        let name = match offset {
            Some(at) => format!("{}, byte {at}", place.name),
            None => format!("{}, line {number}", place.name),
        };
        match read {
            Ok(Line::End) => break,
            Ok(Line::TooLong) => {
                pour.fail_at(name, Reason::TooLarge { limit })?;
                continue;
            }
            Ok(Line::Whole) if line.trim_ascii().is_empty() => continue,
            Ok(Line::Whole) => {}
            Err(error) => {
                let reason = Reason::of(error);
                let ends = matches!(reason, Reason::Bomb { .. } | Reason::Unreadable(_) | Reason::Truncated { .. });
                pour.fail_at(name, reason)?;
                if ends {
                    break;
                }
                continue;
            }
        }
        let made = row(trimmed(&line), &pour.options.columns);
        let wrong_column = first && matches!(made, Err(Reason::NoColumn { .. }));
        first = false;
        match made {
            // The place in the name: the same in every run, wherever it begins.
            Ok(row) => pour.give(row.piece(name, offset.unwrap_or(number), offset, place))?,
            Err(reason) => pour.fail_at(name, reason)?,
        }
        if wrong_column {
            break;
        }
    }
    Flow::Continue(())
}

/// Hands on the rows of one JSON document: an object, or an array of objects.
pub(crate) fn whole(pour: &mut Pour, bytes: &[u8], place: &Place) -> Flow {
    let rows = match serde_json::from_slice(trimmed(bytes)) {
        Ok(Value::Array(rows)) => rows,
        Ok(row) => vec![row],
        Err(error) => return pour.fail(place, Reason::Broken { what: error.to_string() }),
    };
    for (number, row) in (1u64..).zip(rows) {
        let name = format!("{}, row {number}", place.name);
        match Row::new(row, &pour.options.columns) {
            Ok(row) => pour.give(row.piece(name, number, None, place))?,
            Err(reason) => pour.fail_at(name, reason)?,
        }
    }
    Flow::Continue(())
}

fn row(line: &[u8], columns: &Columns) -> Result<Row, Reason> {
    let value = serde_json::from_slice(line).map_err(|error| Reason::Damaged { what: error.to_string() })?;
    Row::new(value, columns)
}

/// Without a byte order mark.
fn trimmed(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// A row with what it tells of its text.
pub(crate) struct Row {
    text: String,
    about: Document,
}

impl Row {
    fn new(value: Value, columns: &Columns) -> Result<Row, Reason> {
        let Value::Object(_) = value else { return Err(Reason::Damaged { what: "a row is no JSON object".into() }) };
        Row::from_columns(columns, |column| plain(at(&value, column)?), || names(&value))
    }

    /// A row of a table of any kind, by its columns.
    pub(crate) fn from_columns(
        columns: &Columns,
        get: impl Fn(&str) -> Option<String>,
        names: impl Fn() -> String,
    ) -> Result<Row, Reason> {
        let first = |wanted: &[String]| wanted.iter().find_map(|column| get(column).filter(|v| !v.trim().is_empty()));
        let Some(text) = first(&columns.text) else {
            let wanted = columns.text.join(" or ");
            return Err(Reason::NoColumn { wanted, found: names() });
        };
        let about = Document {
            id: first(&columns.id).unwrap_or_default(),
            source: first(&columns.source),
            title: first(&columns.title),
            authors: first(&columns.author).as_deref().map(byline::authors).unwrap_or_default(),
            publisher: first(&columns.publisher),
            published: first(&columns.published),
            language: first(&columns.language),
            ..Document::default()
        };
        Ok(Row { text, about })
    }

    pub(crate) fn piece(self, name: String, number: u64, offset: Option<u64>, place: &Place) -> Piece {
        let named = !self.about.id.is_empty();
        let id = if named { self.about.id } else { format!("{}-{number}", place.id) };
        let lies = about(&id, self.about.source, place.file.as_deref(), offset);
        let about = Document { id: lies.id, source: lies.source, origin: lies.origin, ..self.about };
        Piece { name, bytes: self.text.into_bytes(), about, named, ..Piece::default() }
    }
}

/// The value of a column; a point leads into an object: `article.body`.
fn at<'v>(row: &'v Value, column: &str) -> Option<&'v Value> {
    row.get(column).or_else(|| column.split('.').try_fold(row, |value, key| value.get(key)))
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        // A text in paragraphs, several authors.
        Value::Array(parts) => {
            let parts: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
            (!parts.is_empty()).then(|| parts.join("\n\n"))
        }
        _ => None,
    }
}

fn names(row: &Value) -> String {
    let names = row.as_object().into_iter().flat_map(|row| row.keys()).take(20);
    names.map(String::as_str).collect::<Vec<_>>().join(", ")
}
