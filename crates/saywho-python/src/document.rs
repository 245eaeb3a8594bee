//! What Python hands over to be read.

use pyo3::exceptions::PyUnicodeEncodeError;
use pyo3::prelude::*;
use pyo3::types::{PyMapping, PyString};
use saywho::Document;
use saywho_english::{byline, date};
use saywho_ingest::Told;

/// What a mapping may tell of a document beside its text.
const FIELDS: [&str; 7] = ["text", "id", "title", "authors", "publisher", "date", "url"];

/// A document on its way to a reader, with the Python string that its text came from.
pub struct Given {
    /// The document; its text is empty until [`Given::into_document`].
    about: Document,
    /// The text, kept so that `Reading.text` is the very object that was handed over.
    pub text: Py<PyString>,
}

impl Given {
    /// A text with what is known about it.
    pub fn new(text: &Bound<'_, PyString>, id: String) -> Given {
        Given { about: Document { id, ..Document::default() }, text: text.clone().unbind() }
    }

    /// The same with its address and what else is told of it.
    pub fn with(mut self, told: Told, url: Option<String>) -> Given {
        let Told { title, authors, publisher, published } = told;
        self.about = Document { title, authors, publisher, published, source: url, ..self.about };
        self
    }

    /// One of many: a string, or a mapping with `text` and perhaps the other [`FIELDS`].
    ///
    /// # Errors
    /// With words on what was expected.
    pub fn one_of_many(item: &Bound<'_, PyAny>, index: usize) -> Result<Given, String> {
        if let Ok(text) = item.cast::<PyString>() {
            return Ok(Given::new(text, index.to_string()));
        }
        let Ok(fields) = item.cast::<PyMapping>() else {
            return Err(format!(
                "expected a str or a mapping with \"text\", got {}",
                item.get_type().name().map_or_else(|_| "something else".into(), |name| name.to_string())
            ));
        };
        let field = |name: &str| fields.get_item(name).ok().filter(|value| !value.is_none());
        let words = |name: &str| match field(name) {
            None => Ok(None),
            Some(value) => value.str().and_then(|s| s.extract()).map(Some).map_err(|e| format!("\"{name}\": {e}")),
        };
        let text = field("text").ok_or_else(|| format!("the mapping has no \"text\"; it may hold {FIELDS:?}"))?;
        let text = text.cast::<PyString>().map_err(|_| "\"text\" is not a str".to_owned())?;
        let id = words("id")?.unwrap_or_else(|| index.to_string());
        let authors = match field("authors") {
            None => Vec::new(),
            Some(names) => match names.extract::<String>() {
                Ok(field) => byline::authors(&field),
                Err(_) => names.extract().map_err(|_| "\"authors\" is no str and no list of str".to_owned())?,
            },
        };
        let told = told(words("title")?, authors, words("publisher")?, words("date")?)?;
        Ok(Given::new(text, id).with(told, words("url")?))
    }

    /// The document with its text; the one copy of the text that the engine needs.
    ///
    /// # Errors
    /// If the string holds half a character (a lone surrogate), which no text has: says where.
    pub fn into_document(self, py: Python<'_>) -> Result<Document, String> {
        let text = self.text.bind(py).to_str().map_err(|error| unencodable(py, &error))?.to_owned();
        Ok(Document { text, ..self.about })
    }
}

/// What is told of a document, its date as ISO 8601.
///
/// # Errors
/// When the date is none: with words on how to write it.
pub fn told(
    title: Option<String>,
    authors: Vec<String>,
    publisher: Option<String>,
    date: Option<String>,
) -> Result<Told, String> {
    let published = date.map(|date| date::iso(&date)).transpose().map_err(|error| format!("date: {error}"))?;
    Ok(Told { title, authors, publisher, published })
}

/// Words for a string that is no Unicode text.
fn unencodable(py: Python<'_>, error: &PyErr) -> String {
    if !error.is_instance_of::<PyUnicodeEncodeError>(py) {
        return error.to_string();
    }
    let place = error.value(py).getattr("start").and_then(|start| start.extract::<usize>());
    let place = place.map_or_else(|_| String::new(), |start| format!(" at code point {start}"));
    format!("the text holds half a character (a lone surrogate){place}: decode it with errors=\"replace\" or remove it")
}
