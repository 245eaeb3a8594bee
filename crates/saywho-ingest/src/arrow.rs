//! Rows of Arrow record batches, by the names of their columns, as those of JSON.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray, StructArray};
use arrow_schema::DataType;
use saywho::Document;
use saywho_english::byline;

use crate::{Columns, Reason, ids};

/// The rows of a batch, without a copy of their texts where these are a column of type `Utf8`.
pub struct Rows {
    text: Vec<StringArray>,
    id: Vec<StringArray>,
    title: Vec<StringArray>,
    author: Vec<StringArray>,
    publisher: Vec<StringArray>,
    published: Vec<StringArray>,
    source: Vec<StringArray>,
    language: Vec<StringArray>,
    count: usize,
}

impl Rows {
    /// The rows of this batch.
    ///
    /// # Errors
    /// When it has no column for the text, or one holds what cannot be text.
    pub fn of(batch: &RecordBatch, columns: &Columns) -> Result<Rows, Reason> {
        let rows = Rows {
            text: all(batch, &columns.text)?,
            id: all(batch, &columns.id)?,
            title: all(batch, &columns.title)?,
            author: all(batch, &columns.author)?,
            publisher: all(batch, &columns.publisher)?,
            published: all(batch, &columns.published)?,
            source: all(batch, &columns.source)?,
            language: all(batch, &columns.language)?,
            count: batch.num_rows(),
        };
        match rows.text.is_empty() {
            true => {
                let schema = batch.schema();
                let found: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).take(20).collect();
                Err(Reason::NoColumn { wanted: columns.text.join(" or "), found: found.join(", ") })
            }
            false => Ok(rows),
        }
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The text of a row, where there is more than white space.
    pub fn text(&self, row: usize) -> Option<&str> {
        first(&self.text, row)
    }

    /// The column of the texts, where there is but one.
    pub fn text_column(&self) -> Option<&StringArray> {
        match self.text.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// What a row tells of its text; the id is empty where there is none.
    pub fn about(&self, row: usize) -> Document {
        let value = |columns: &[StringArray]| first(columns, row).map(str::to_owned);
        Document {
            id: first(&self.id, row).map(ids::safe).unwrap_or_default(),
            source: value(&self.source),
            title: value(&self.title),
            authors: first(&self.author, row).map(byline::authors).unwrap_or_default(),
            publisher: value(&self.publisher),
            published: value(&self.published),
            language: value(&self.language),
            ..Document::default()
        }
    }
}

fn first(columns: &[StringArray], row: usize) -> Option<&str> {
    let values = columns.iter().filter(|column| column.is_valid(row)).map(|column| column.value(row));
    values.into_iter().find(|value| !value.trim().is_empty())
}

/// Every one of these columns that is there and can be read as text.
fn all(batch: &RecordBatch, names: &[String]) -> Result<Vec<StringArray>, Reason> {
    names.iter().filter_map(|name| column(batch, name)).filter_map(|column| strings(&column).transpose()).collect()
}

/// A column; a point leads into a struct: `article.body`.
fn column(batch: &RecordBatch, name: &str) -> Option<ArrayRef> {
    if let Some(column) = batch.column_by_name(name) {
        return Some(column.clone());
    }
    let mut parts = name.split('.');
    let outermost = batch.column_by_name(parts.next()?)?.clone();
    parts.try_fold(outermost, |column, part| {
        let parent: &StructArray = column.as_struct_opt()?;
        parent.column_by_name(part).cloned()
    })
}

/// The values as texts: days and times in ISO 8601, lists joined to paragraphs. Nothing for types that hold no text.
fn strings(column: &ArrayRef) -> Result<Option<StringArray>, Reason> {
    let cast = match column.data_type() {
        DataType::Utf8 => return Ok(Some(column.as_string::<i32>().clone())),
        DataType::List(_) => return Ok(joined(column.as_list::<i32>().iter())),
        DataType::LargeList(_) => return Ok(joined(column.as_list::<i64>().iter())),
        kind if kind.is_nested() || matches!(kind, DataType::Boolean | DataType::Null) => return Ok(None),
        kind if !arrow_cast::can_cast_types(kind, &DataType::Utf8) => return Ok(None),
        _ => arrow_cast::cast(column, &DataType::Utf8),
    };
    let cast = cast.map_err(|error| Reason::Damaged { what: error.to_string() })?;
    Ok(Some(cast.as_string::<i32>().clone()))
}

/// A text in paragraphs, several authors; as of rows of JSON.
fn joined(lists: impl Iterator<Item = Option<ArrayRef>>) -> Option<StringArray> {
    let one = |list: Option<ArrayRef>| -> Option<Option<String>> {
        let Some(list) = list else { return Some(None) };
        let parts = strings(&list).ok()??;
        let parts: Vec<&str> = parts.iter().flatten().collect();
        Some((!parts.is_empty()).then(|| parts.join("\n\n")))
    };
    lists.map(one).collect()
}
