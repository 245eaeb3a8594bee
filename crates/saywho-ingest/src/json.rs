//! JSON: rows, one a line or in one array, with named columns.

use std::io::BufRead;
use std::ops::ControlFlow;

use saywho::Document;
use saywho_english::byline;
use serde_json::Value;

use crate::bytes::{Counted, Line};
use crate::piece::{Piece, about};
use crate::pour::{Flow, Offsets, Place, Pour};
use crate::{Columns, Reason};

/// So many rows without the column of the text are looked at before the file is given up.
const ROWS_TO_TRY: usize = 100;

/// Hands on the rows of a file of JSON lines. A row without a text of its own is told; where the first hundred do not even have
/// the column, it is not the right one: only the first is told, and the rest is not read.
pub(crate) fn lines<R: BufRead>(pour: &mut Pour, mut input: Counted<R>, offsets: &Offsets, place: &Place) -> Flow {
    let limit = pour.options.limits.document_bytes;
    let mut line = Vec::new();
    let mut missing = Missing::default();
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
        // The place in the name: the same in every run, wherever it begins.
        let made = made.map(|row| row.piece(name.clone(), offset.unwrap_or(number), offset, place));
        if missing.hand_on(pour, name, made)? {
            break;
        }
    }
    missing.end(pour)
}

/// Rows without the column of the text, held back until one has it.
#[derive(Default)]
pub(crate) struct Missing {
    found: bool,
    held: Vec<(String, Reason)>,
}

impl Missing {
    /// Hands on a row, or what is wrong with it; tells whether to give up.
    pub(crate) fn hand_on(
        &mut self,
        pour: &mut Pour,
        name: String,
        made: Result<Piece, Reason>,
    ) -> ControlFlow<(), bool> {
        if let (false, Err(Reason::NoColumn { .. })) = (self.found, &made) {
            self.held.extend(made.err().map(|reason| (name, reason)));
            return ControlFlow::Continue(self.held.len() >= ROWS_TO_TRY);
        }
        if !matches!(made, Err(Reason::Damaged { .. })) {
            self.found = true;
            for (name, reason) in self.held.drain(..) {
                pour.fail_at(name, reason)?;
            }
        }
        match made {
            Ok(piece) => pour.give(piece)?,
            Err(reason) => pour.fail_at(name, reason)?,
        }
        ControlFlow::Continue(false)
    }

    /// Tells of the column where no row had it.
    pub(crate) fn end(self, pour: &mut Pour) -> Flow {
        match self.held.into_iter().next() {
            Some((name, reason)) => pour.fail_at(name, reason),
            None => Flow::Continue(()),
        }
    }
}

/// Hands on the rows of one JSON document: an object, or an array of objects.
pub(crate) fn whole(pour: &mut Pour, bytes: &[u8], place: &Place) -> Flow {
    let rows = match serde_json::from_slice(trimmed(bytes)) {
        Ok(Value::Array(rows)) => rows,
        Ok(row) => vec![row],
        Err(error) => return pour.fail(place, Reason::Broken { what: error.to_string() }),
    };
    let mut missing = Missing::default();
    for (number, row) in (1u64..).zip(rows) {
        let name = format!("{}, row {number}", place.name);
        let made = Row::new(row, &pour.options.columns).map(|row| row.piece(name.clone(), number, None, place));
        if missing.hand_on(pour, name, made)? {
            break;
        }
    }
    missing.end(pour)
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
        Row::from_columns(
            columns,
            |column| at(&value, column).map(|value| plain(value).unwrap_or_default()),
            || names(&value),
        )
    }

    /// A row of a table of any kind, by its columns; `get` gives an empty text for a column that holds none in this row.
    pub(crate) fn from_columns(
        columns: &Columns,
        get: impl Fn(&str) -> Option<String>,
        names: impl Fn() -> String,
    ) -> Result<Row, Reason> {
        let first = |wanted: &[String]| wanted.iter().find_map(|column| get(column).filter(|v| !v.trim().is_empty()));
        let Some(text) = first(&columns.text) else {
            return Err(match columns.text.iter().find(|column| get(column).is_some()) {
                Some(column) => Reason::EmptyCell { column: column.clone() },
                None => Reason::NoColumn { wanted: columns.text.join(" or "), found: names() },
            });
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
