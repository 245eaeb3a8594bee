//! What requests bring: documents as JSON, as forms with files, or as one file.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Query, Request};
use axum::http::{StatusCode, header};
use saywho::Document;
use saywho_english::{byline, date};
use saywho_ingest::{Ids, IngestError, Options, Told, language, pieces_in_bytes};
use serde::Deserialize;
use serde_json::Value;

use crate::problem::{Answer, Problem};
use crate::reading::Failure;
use crate::receive::Held;

/// Letters of a name, a publisher or a date.
const MOST_NAME: usize = 500;

/// Letters of a title or an address.
const MOST_TITLE: usize = 4000;

/// One document, or a file that holds some.
pub enum Given {
    /// A document in JSON.
    Text(Box<Document>),
    /// A file.
    File {
        /// Its name.
        name: Option<String>,
        /// What is in it.
        bytes: Bytes,
        /// What is told of it.
        told: Told,
    },
    /// A document of the store.
    Kept(i64),
}

impl Given {
    /// What to call it.
    pub fn name(&self) -> &str {
        match self {
            Given::Text(document) => &document.id,
            Given::File { name, .. } => name.as_deref().unwrap_or("the file"),
            Given::Kept(_) => "the kept document",
        }
    }
}

/// A part of a request.
pub struct Item {
    /// What is to be read.
    pub given: Given,
    /// Whose account it is, where that is said.
    pub side: Option<String>,
}

/// All that a request brings.
#[derive(Default)]
pub struct Input {
    /// The documents.
    pub items: Vec<Item>,
    /// The sources of a check.
    pub against: Vec<Item>,
    /// Topics of a comparison, a line each.
    pub topics: Option<String>,
    /// The room that it takes.
    pub held: Option<Held>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    text: Option<String>,
    document: Option<i64>,
    name: Option<String>,
    title: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    publisher: Option<String>,
    published: Option<String>,
    source: Option<String>,
    side: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    documents: Vec<Text>,
    #[serde(default)]
    against: Vec<Text>,
    topics: Option<String>,
}

#[derive(Deserialize)]
struct Name {
    name: Option<String>,
}

impl<S: Send + Sync> FromRequest<S> for Input {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Input, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let held = request.extensions().get::<Held>().cloned();
        let checks = request.uri().path().ends_with("/check");
        let input = match kind.as_str() {
            "multipart/form-data" => {
                let form = Multipart::from_request(request, state).await;
                form_input(form.map_err(|error| Problem::new(error.status(), error.body_text()))?).await?
            }
            "application/json" => json_input(&body(request, state).await?)?,
            _ => {
                let name = Query::<Name>::try_from_uri(request.uri()).ok().and_then(|name| name.0.name);
                let bytes = body(request, state).await?;
                let name = short("name", said(name), MOST_NAME)?;
                let items = vec![Item { given: Given::File { name, bytes, told: Told::default() }, side: None }];
                Input { items, ..Input::default() }
            }
        };
        if !checks && !input.against.is_empty() {
            return Err(Problem::bad("“against” is for /v1/check"));
        }
        match input.items.is_empty() {
            true => Err(Problem::bad("there is no document: send text, a file, or JSON with a “text”")),
            false => Ok(Input { held, ..input }),
        }
    }
}

async fn body<S: Send + Sync>(request: Request, state: &S) -> Answer<Bytes> {
    Bytes::from_request(request, state).await.map_err(|error| Problem::new(error.status(), error.body_text()))
}

async fn form_input(mut form: Multipart) -> Answer<Input> {
    let wrong = |error: axum::extract::multipart::MultipartError| Problem::new(error.status(), error.body_text());
    let (mut input, mut sides, mut told) = (Input::default(), Vec::new(), Told::default());
    while let Some(field) = form.next_field().await.map_err(wrong)? {
        let (field_name, file) = (field.name().unwrap_or_default().to_owned(), field.file_name().map(str::to_owned));
        if file.is_some() || field_name == "file" {
            let name = short("name of a file", file, MOST_NAME)?;
            let bytes = field.bytes().await.map_err(wrong)?;
            let items = if field_name == "against" { &mut input.against } else { &mut input.items };
            items.push(Item { given: Given::File { name, bytes, told: Told::default() }, side: None });
            continue;
        }
        let text = field.text().await.map_err(wrong)?;
        match field_name.as_str() {
            "side" => sides.push(text),
            "topics" => input.topics = Some(text),
            "title" => told.title = short("title", said(Some(text)), MOST_TITLE)?,
            "author" => told.authors.extend(short("author", said(Some(text)), MOST_NAME)?),
            "publisher" => told.publisher = short("publisher", said(Some(text)), MOST_NAME)?,
            "published" => told.published = published(said(Some(text)))?,
            _ => {
                let fields = "files, “title”, “author”, “publisher”, “published”, “side” and “topics”";
                return Err(Problem::bad(format!("a form has {fields}, not “{field_name}”")));
            }
        }
    }
    if sides.len() > input.items.len() {
        return Err(Problem::bad(format!("there are {} sides for {} files", sides.len(), input.items.len())));
    }
    if told.title.is_some() && input.items.len() > 1 {
        return Err(Problem::bad("“title” is that of one document, and the form has more: send them one by one"));
    }
    for item in &mut input.items {
        if let Given::File { told: of_file, .. } = &mut item.given {
            of_file.clone_from(&told);
        }
    }
    for (item, side) in input.items.iter_mut().zip(sides) {
        item.side = said(Some(side));
    }
    Ok(input)
}

fn json_input(bytes: &[u8]) -> Answer<Input> {
    let wrong = |error: serde_json::Error| Problem::bad(format!("the body is not as docs/api.md tells: {error}"));
    let value: Value = serde_json::from_slice(bytes).map_err(wrong)?;
    let all = match value.get("documents") {
        Some(_) => serde_json::from_value::<Texts>(value).map_err(wrong)?,
        None => {
            let documents = vec![serde_json::from_value::<Text>(value).map_err(wrong)?];
            Texts { documents, against: Vec::new(), topics: None }
        }
    };
    let items = |texts: Vec<Text>| texts.into_iter().map(item).collect::<Answer<_>>();
    Ok(Input { items: items(all.documents)?, against: items(all.against)?, topics: said(all.topics), held: None })
}

fn item(text: Text) -> Answer<Item> {
    let side = said(text.side);
    let given = match (text.text, text.document) {
        (None, Some(id)) => Given::Kept(id),
        (Some(words), None) => {
            if words.trim().is_empty() {
                return Err(Problem::bad("a “text” is empty"));
            }
            let name = short("name", said(text.name), MOST_NAME)?;
            Given::Text(Box::new(Document {
                title: short("title", said(text.title), MOST_TITLE)?,
                authors: authors(text.authors)?,
                publisher: short("publisher", said(text.publisher), MOST_NAME)?,
                published: published(said(text.published))?,
                source: short("source", said(text.source), MOST_TITLE)?,
                ..Document::from_text(name.unwrap_or_else(|| "document".into()), words)
            }))
        }
        _ => return Err(Problem::bad("each document has either a “text” or the number of a kept “document”")),
    };
    Ok(Item { given, side })
}

/// The day of publication as ISO 8601, or a problem that tells how to write it.
fn published(written: Option<String>) -> Answer<Option<String>> {
    let date = short("published", written, MOST_NAME)?.map(|written| date::iso(&written)).transpose();
    date.map_err(|error| Problem::bad(format!("“published”: {error}")))
}

fn authors(names: Vec<String>) -> Answer<Vec<String>> {
    let short = |name| short("authors", said(Some(name)), MOST_NAME);
    let names = names.into_iter().map(short).collect::<Answer<Vec<_>>>()?;
    Ok(names.iter().flatten().flat_map(|name| byline::authors(name)).collect())
}

/// What is not empty.
pub fn said(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// What is short enough to be kept beside every document, or a problem that tells how long it may be.
fn short(what: &str, text: Option<String>, most: usize) -> Answer<Option<String>> {
    match text {
        Some(text) if text.chars().nth(most).is_some() => {
            Err(Problem::bad(format!("“{what}” has at most {most} letters")))
        }
        text => Ok(text),
    }
}

/// What takes the documents of an item, or why there is none.
type Take<'t> = dyn FnMut(Result<Document, Failure>) -> ControlFlow<()> + 't;

/// Hands on the documents of an item that was sent, each or a line on why it cannot be read.
///
/// A panic on one odd input must not lose the others: it becomes that input's failure.
pub fn documents(given: &Given, any_language: bool, take: &mut Take) {
    if catch_unwind(AssertUnwindSafe(|| pour(given, any_language, take))).is_err() {
        let _ = take(Err(Failure::ours(given.name())));
    }
}

fn pour(given: &Given, any_language: bool, take: &mut Take) {
    let taken = |document: Result<Document, IngestError>| match document {
        Err(error) => Err(Failure::unreadable(format!("{error}; {}", error.hint()))),
        Ok(document) => english(document, any_language),
    };
    match given {
        Given::Text(document) => {
            let mut document = Document::clone(document);
            document.language = language::language(&document.text, None);
            let _ = take(english(document, any_language));
        }
        Given::File { name, bytes, told } => {
            let options = Options { told: told.clone(), ..Options::default() };
            let _ = pieces_in_bytes(bytes, name.as_deref(), &options, &mut |piece| {
                take(taken(piece.and_then(|piece| piece.document(&options))))
            });
        }
        Given::Kept(_) => {}
    }
}

fn english(document: Document, any_language: bool) -> Result<Document, Failure> {
    match document.language.as_deref() {
        Some(tag) if !any_language && !language::is_read(Some(tag)) => Err(Failure::unreadable(format!(
            "{}: this is {}; saywho reads English, and it was passed over (any_language=true reads it all the same)",
            document.id,
            language::name(tag)
        ))),
        _ => Ok(document),
    }
}

/// All documents of items, for requests that need them at once, each with the side of its item. No more than `most`.
pub fn all_documents(items: Vec<Item>, any_language: bool, most: usize) -> Answer<Vec<(Document, Option<String>)>> {
    let (mut found, mut ids) = (Vec::new(), Ids::default());
    let mut wrong = None;
    for item in items {
        documents(&item.given, any_language, &mut |document| {
            match document {
                Err(failure) => wrong = Some(failure.into()),
                Ok(_) if found.len() == most => {
                    let told =
                        format!("this holds more than {most} documents: add them with POST /v1/documents?job=true");
                    wrong = Some(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, told));
                }
                Ok(mut document) => {
                    document.id = ids.unique(&document.id);
                    found.push((document, item.side.clone()));
                }
            }
            if wrong.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if let Some(wrong) = wrong {
            return Err(wrong);
        }
    }
    Ok(found)
}
