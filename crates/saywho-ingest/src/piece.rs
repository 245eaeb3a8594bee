//! A piece: the bytes of one document on their way, with what the container told about it.
//!
//! Containers are taken apart in one thread, cheaply; a piece becomes a document in whichever thread reads it,
//! which is the expensive part (finding the main text of a page).

use saywho::Document;
use saywho::reading::Origin;

use crate::{
    Format, IngestError, Options, Reason, binary, decode, html, ids, language, mail, markdown, nesting, paragraphs, pdf,
};

/// The bytes of one document, not yet read.
#[derive(Debug, Clone)]
pub struct Piece {
    /// What to call it in messages: `news.zip: a.html`.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) shape: Shape,
    /// The encoding that its container declares.
    pub(crate) charset: Option<String>,
    /// Id, origin and what the container tells; the text is still empty.
    pub(crate) about: Document,
    pub(crate) alone: bool,
}

/// How the bytes of a piece are to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// By their content, or as this format.
    Whole(Format),
    /// A page if it looks like one, else text: a field or record that cannot be anything else.
    PageOrText,
    /// HTML without a page around it, all of which is meant to be read.
    Fragment,
}

impl Piece {
    /// What to call it in messages: the file, and the place in it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many bytes it holds in memory.
    pub fn weight(&self) -> usize {
        self.bytes.len()
    }

    /// Whether it is a whole input, not a part of an archive, feed or table.
    pub fn is_alone(&self) -> bool {
        self.alone
    }

    /// The document that these bytes are.
    ///
    /// # Errors
    /// When they are empty, binary, damaged, or a page without main text or with absurd nesting.
    pub fn document(self, options: &Options) -> Result<Document, IngestError> {
        let Piece { name, bytes, shape, charset, about, .. } = self;
        let failed = |reason| IngestError::new(&name, reason);
        if bytes.len() as u64 > options.limits.document_bytes {
            return Err(failed(Reason::TooLarge { limit: options.limits.document_bytes }));
        }
        let found = match shape {
            Shape::Whole(Format::Pdf) => pdf::document(&bytes, &options.limits),
            Shape::Whole(Format::Eml) => mail::document(&bytes),
            _ => text(&bytes, charset.as_deref()).and_then(|text| written(text, shape)),
        };
        let found = found.map_err(failed)?;
        if found.text.trim().is_empty() {
            return Err(failed(Reason::Empty));
        }
        let mut document = joined(about, found);
        if document.publisher.is_none() {
            document.publisher = document.source.as_deref().and_then(ids::host).map(str::to_owned);
        }
        document.language = language::language(&document.text, document.language.as_deref());
        Ok(document)
    }
}

/// The decoded text of bytes that are text.
fn text(bytes: &[u8], charset: Option<&str>) -> Result<String, Reason> {
    if let Some(kind) = binary::known_format(bytes) {
        return Err(Reason::Binary { kind: kind.into() });
    }
    let text = decode::decode(bytes, charset);
    if binary::is_control_heavy(&text) {
        return Err(Reason::Binary { kind: "binary data".into() });
    }
    Ok(text)
}

fn written(text: String, shape: Shape) -> Result<Document, Reason> {
    let is_page = match shape {
        Shape::Whole(format) => format == Format::Html,
        Shape::PageOrText => html::looks_like_html(&text),
        Shape::Fragment => true,
    };
    if text.trim().is_empty() {
        return Err(Reason::Empty);
    }
    if is_page && nesting::is_too_deep(&text) {
        return Err(Reason::TooDeep);
    }
    match shape {
        Shape::Whole(Format::Markdown) => Ok(markdown::document(&text)),
        Shape::Fragment => Ok(Document { text: paragraphs::of_html(&text), ..Document::default() }),
        _ if is_page => html::main_text(&text).ok_or(Reason::NoMainText),
        _ => Ok(Document { text, ..Document::default() }),
    }
}

/// What the container tells about a document goes before what the document tells about itself.
fn joined(about: Document, found: Document) -> Document {
    Document {
        id: about.id,
        source: about.source,
        origin: about.origin,
        title: about.title.or(found.title),
        authors: if about.authors.is_empty() { found.authors } else { about.authors },
        publisher: about.publisher.or(found.publisher),
        published: about.published.or(found.published),
        language: about.language.or(found.language),
        text: found.text,
        page: found.page,
        ..Document::default()
    }
}

/// What is known of a piece before its container says anything: its id and where it lies.
pub(crate) fn about(id: &str, source: Option<String>, file: Option<&str>, offset: Option<u64>) -> Document {
    let origin = file.map(|file| Origin { file: file.to_owned(), offset });
    Document { id: ids::safe(id), source, origin, ..Document::default() }
}
