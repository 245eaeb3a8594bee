//! A piece: the bytes of one document on their way, with what the container told about it.
//!
//! Containers are taken apart in one thread, cheaply; a piece becomes a document in whichever thread reads it,
//! which is the expensive part (finding the main text of a page).

use std::borrow::Cow;

use saywho::Document;
use saywho::reading::Origin;
use saywho_english::date;

use crate::{
    Format, IngestError, Options, Reason, binary, decode, html, ids, language, mail, markdown, nesting, office,
    paragraphs, pdf, rtf,
};

/// The bytes of one document, not yet read.
#[derive(Debug, Clone, Default)]
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
    /// Whether the id is one that the data gives, not made of the place.
    pub(crate) named: bool,
    /// Bytes of the file before it, where that is known.
    pub(crate) position: Option<u64>,
}

/// How the bytes of a piece are to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shape {
    /// By their content, or as this format.
    Whole(Format),
    /// A page if it looks like one, else text: a field or record that cannot be anything else.
    #[default]
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

    /// The id of its document.
    pub fn id(&self) -> &str {
        &self.about.id
    }

    /// Whether the data gives the id, as the column of a table; else it is made of the name of the file or the address.
    pub fn is_named(&self) -> bool {
        self.named
    }

    /// The same piece, whose document is to have this id.
    pub fn with_id(mut self, id: &str) -> Piece {
        self.about.id = ids::safe(id);
        self
    }

    /// About how many bytes of its file lie before it, where that can be told.
    pub fn position(&self) -> Option<u64> {
        self.position.or_else(|| self.about.origin.as_ref()?.offset)
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
            Shape::Whole(Format::Rtf) => rtf::document(&bytes),
            Shape::Whole(format @ (Format::Docx | Format::Odt)) => office::document(&bytes, format, &options.limits),
            Shape::Whole(_) => whole_text(&bytes, options).and_then(|text| written(text, shape)),
            _ => text(&bytes, charset.as_deref()).and_then(|text| written(text, shape)),
        };
        let found = found.map_err(failed)?;
        if found.text.trim().is_empty() {
            return Err(failed(Reason::Empty));
        }
        let mut document = joined(about, found);
        options.told.over(&mut document);
        complete(&mut document, None);
        Ok(document)
    }
}

/// Writes the date that a container tells of a document as ISO 8601.
///
/// # Errors
/// When it is no date: the document has none then, and can be read all the same.
pub fn settle_date(about: &mut Document) -> Result<(), Reason> {
    let Some(written) = about.published.take() else { return Ok(()) };
    about.published = Some(date::iso(&written).map_err(Reason::Date)?);
    Ok(())
}

/// The document of a row of a table: what is known of it, and its text, which is not copied unless it is a page. The text of
/// the document is left empty.
///
/// # Errors
/// As [`Piece::document`]; `name` is the place that the error names.
pub fn row_document<'t>(
    name: &str,
    about: Document,
    text: &'t str,
    options: &Options,
) -> Result<(Document, Cow<'t, str>), IngestError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() as u64 <= options.limits.document_bytes && !html::looks_like_html(text) {
        checked(text).map_err(|reason| IngestError::new(name, reason))?;
        let mut document = joined(about, Document::default());
        complete(&mut document, Some(text));
        return Ok((document, Cow::Borrowed(text)));
    }
    let bytes = text.as_bytes().to_vec();
    let piece = Piece { name: name.into(), bytes, shape: Shape::PageOrText, charset: None, about, ..Piece::default() };
    let mut document = piece.document(options)?;
    let text = std::mem::take(&mut document.text);
    Ok((document, Cow::Owned(text)))
}

/// What the document's text and address tell; `text` where it lies elsewhere.
fn complete(document: &mut Document, text: Option<&str>) {
    if document.publisher.is_none() {
        document.publisher = document.source.as_deref().and_then(ids::host).map(str::to_owned);
    }
    document.language = language::language(text.unwrap_or(&document.text), document.language.as_deref());
}

/// Refuses what is no text.
fn checked(text: &str) -> Result<(), Reason> {
    match binary::known_format(text.as_bytes()) {
        Some(kind) => Err(Reason::Binary { kind: kind.into() }),
        None if binary::is_control_heavy(text) => Err(Reason::Binary { kind: "binary data".into() }),
        None if text.trim().is_empty() => Err(Reason::Empty),
        None => Ok(()),
    }
}

/// The decoded text of an input that is one, as the options say that it be read.
fn whole_text(bytes: &[u8], options: &Options) -> Result<String, Reason> {
    match (options.encoding, options.text) {
        (None, false) => text(bytes, None),
        (encoding, true) => Ok(decode::decode_as(bytes, encoding, None)),
        (encoding, false) => {
            let text = decode::decode_as(bytes, encoding, None);
            checked(&text).map(|()| text)
        }
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
        Shape::Fragment => {
            let (text, units) = paragraphs::with_units(&nesting::without_excess(&text));
            Ok(Document { text, units, ..Document::default() })
        }
        _ if is_page => html::main_text(&text),
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
        units: found.units,
        ..Document::default()
    }
}

/// What is known of a piece before its container says anything: its id and where it lies.
pub(crate) fn about(id: &str, source: Option<String>, file: Option<&str>, offset: Option<u64>) -> Document {
    let origin = file.map(|file| Origin { file: file.to_owned(), offset });
    Document { id: ids::safe(id), source, origin, ..Document::default() }
}
