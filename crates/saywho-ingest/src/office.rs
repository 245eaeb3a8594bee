//! Documents of word processors that are ZIP archives of XML: Office Open XML (`.docx`) and OpenDocument (`.odt`).
//!
//! Only the part that holds the text is unpacked. Text, headings, lists, tables and quotations are kept; notes, comments, heads
//! and feet of pages and what was struck out in review are left out.

use std::io::{Cursor, Read};

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use saywho::Document;
use saywho::reading::UnitKind;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::guard::guarded;
use crate::paragraphs::Paragraphs;
use crate::{Format, Limits, Reason};

/// So many elements inside each other are more than any word processor writes.
const DEEPEST: usize = 1000;

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// The format of a ZIP archive that is a document, told by the parts it has.
pub(crate) fn format<R: Read + std::io::Seek>(archive: &ZipArchive<R>) -> Option<Format> {
    let has = |name: &str| archive.index_for_name(name).is_some();
    match () {
        () if has("[Content_Types].xml") && has("word/document.xml") => Some(Format::Docx),
        () if has("META-INF/manifest.xml") && has("content.xml") => Some(Format::Odt),
        () => None,
    }
}

/// The text of a document, with what its properties tell.
pub(crate) fn document(bytes: &[u8], format: Format, limits: &Limits) -> Result<Document, Reason> {
    let opened = guarded("ZIP archives", || ZipArchive::new(Cursor::new(bytes)))?;
    let mut archive = opened.map_err(|error| Reason::Broken { what: error.to_string() })?;
    let (words, properties) = match format {
        Format::Docx => ("word/document.xml", "docProps/core.xml"),
        _ => ("content.xml", "meta.xml"),
    };
    let words = part(&mut archive, words, bytes.len(), limits)?;
    let mut document = text(&words, format)?;
    // A document without properties is one all the same.
    if let Ok(about) = part(&mut archive, properties, bytes.len(), limits) {
        tell(&about, &mut document);
    }
    Ok(document)
}

/// A part of the archive, no larger than a document may be and than its packed bytes can honestly hold.
fn part(archive: &mut Archive, name: &str, packed: usize, limits: &Limits) -> Result<String, Reason> {
    let entry = match archive.by_name(name) {
        Ok(entry) => entry,
        Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(Reason::Locked),
        Err(error) => return Err(Reason::Broken { what: format!("{name}: {error}") }),
    };
    let honest = (packed as u64).saturating_mul(limits.ratio).max(1 << 20);
    let most = limits.document_bytes.min(honest);
    let mut bytes = Vec::new();
    entry.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(Reason::of_whole)?;
    match bytes.len() as u64 > most {
        true if most < limits.document_bytes => Err(Reason::Bomb { ratio: limits.ratio }),
        true => Err(Reason::TooLarge { limit: limits.document_bytes }),
        false => Ok(crate::decode::decode(&bytes, None)),
    }
}

/// What an element is for the text; names are the same in meaning in both formats, or in one only.
enum Part {
    Paragraph,
    Heading,
    Item,
    Cell,
    Row,
    Line,
    Blank,
    Unseen,
    Other,
}

fn kind(element: &BytesStart) -> Part {
    match element.name().as_ref() {
        "w:p" | "text:p" => Part::Paragraph,
        "text:h" => Part::Heading,
        "text:list-item" => Part::Item,
        "w:tc" | "table:table-cell" => Part::Cell,
        "w:tr" | "table:table-row" => Part::Row,
        "w:br" | "w:cr" | "text:line-break" => Part::Line,
        "w:tab" | "text:tab" | "text:s" => Part::Blank,
        // Instructions of fields, what was deleted, notes, the second version of a drawing's text, and what says how
        // paragraphs look: its elements are named like those of the text.
        "w:instrText"
        | "w:delText"
        | "w:del"
        | "w:moveFrom"
        | "mc:Fallback"
        | "text:note"
        | "text:tracked-changes"
        | "office:annotation"
        | "office:forms"
        | "text:sequence-decls"
        | "w:tabs"
        | "w:sectPr"
        | "w:tblPr" => Part::Unseen,
        _ => Part::Other,
    }
}

fn text(xml: &str, format: Format) -> Result<Document, Reason> {
    let mut reader = Reader::from_str(xml);
    let mut writer = Paragraphs::default();
    let mut state = State { in_words: format == Format::Odt, ..State::default() };
    loop {
        match reader.read_event().map_err(|error| Reason::Broken { what: error.to_string() })? {
            Event::Start(element) => {
                state.depth += 1;
                if state.depth > DEEPEST {
                    return Err(Reason::TooDeep);
                }
                state.enter(&element, &mut writer);
            }
            Event::Empty(element) => {
                state.depth += 1;
                state.enter(&element, &mut writer);
                state.leave(element.name().as_ref(), &mut writer);
                state.depth -= 1;
            }
            Event::End(element) => {
                state.leave(element.name().as_ref(), &mut writer);
                state.depth = state.depth.saturating_sub(1);
            }
            Event::Text(words) => state.words(&words, &mut writer),
            Event::CData(words) => state.words(&words, &mut writer),
            Event::GeneralRef(name) => {
                let letter = name.resolve_char_ref().ok().flatten().map(String::from);
                let named = resolve_xml_entity(&name).map(str::to_owned);
                state.words(&letter.or(named).unwrap_or_default(), &mut writer);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let title = state.title.take();
    let (text, units) = writer.finish();
    Ok(Document { text, units, title, ..Document::default() })
}

/// Where in the document the reader is.
#[derive(Default)]
struct State {
    depth: usize,
    /// The depth of the outermost element that is not read, if it is within one.
    unseen: Option<usize>,
    /// Rows of tables that are open: a paragraph in a cell ends none.
    rows: usize,
    /// Whether what comes are words: always in OpenDocument, in WordprocessingML within `w:t`.
    in_words: bool,
    /// What the paragraph stands apart as.
    apart: Vec<UnitKind>,
    /// Whether a run of words is open, and whether it is bold.
    in_run: bool,
    bold: bool,
    /// Whether the run is hidden.
    is_hidden: bool,
    /// Whether the paragraph is the title.
    is_title: bool,
    title: Option<String>,
}

impl State {
    fn enter(&mut self, element: &BytesStart, writer: &mut Paragraphs) {
        if self.unseen.is_some() {
            return;
        }
        let name = element.name();
        match kind(element) {
            Part::Unseen => self.unseen = Some(self.depth),
            Part::Paragraph | Part::Heading | Part::Item if self.rows > 0 => writer.inline(" "),
            Part::Paragraph => {
                writer.paragraph_end();
                let style = attribute(element, "text:style-name").unwrap_or_default();
                self.is_title = style == "Title";
                if style == "Quotations" && self.apart.is_empty() {
                    self.stand_apart(UnitKind::Quotation, writer);
                }
            }
            Part::Heading => {
                writer.paragraph_end();
                self.stand_apart(UnitKind::Heading, writer);
            }
            Part::Item => {
                writer.paragraph_end();
                self.stand_apart(UnitKind::Item, writer);
            }
            Part::Row => {
                writer.paragraph_end();
                self.rows += 1;
            }
            Part::Cell => writer.cell_start(),
            Part::Line => writer.line_end(),
            Part::Blank => writer.inline(" "),
            Part::Other => match name.as_ref() {
                "w:r" => self.in_run = true,
                "w:t" => self.in_words = true,
                "w:outlineLvl" if self.apart.is_empty() && self.rows == 0 => {
                    self.stand_apart(UnitKind::Heading, writer)
                }
                "w:pStyle" => self.style(&attribute(element, "w:val").unwrap_or_default(), writer),
                "w:numPr" if self.apart.is_empty() && self.rows == 0 => self.stand_apart(UnitKind::Item, writer),
                "w:noBreakHyphen" => writer.inline(if self.is_hidden { "" } else { "\u{2011}" }),
                "w:vanish" if self.in_run => self.is_hidden = is_on(element),
                "w:b" if self.in_run && is_on(element) && !std::mem::replace(&mut self.bold, true) => {
                    writer.bold_start();
                }
                _ => {}
            },
        }
    }

    fn leave(&mut self, name: &str, writer: &mut Paragraphs) {
        if let Some(depth) = self.unseen {
            if depth == self.depth {
                self.unseen = None;
            }
            return;
        }
        match name {
            "w:p" | "text:p" | "text:h" | "text:list-item" if self.rows > 0 => writer.inline(" "),
            "w:p" | "text:p" => {
                if std::mem::take(&mut self.is_title) {
                    self.title = Some(writer.paragraph().to_owned()).filter(|title| !title.is_empty());
                }
                writer.paragraph_end();
                let own = name == "w:p" || self.apart.last() == Some(&UnitKind::Quotation);
                if own && self.apart.pop().is_some() {
                    writer.unit_end();
                }
            }
            "text:h" | "text:list-item" => {
                writer.paragraph_end();
                if self.apart.pop().is_some() {
                    writer.unit_end();
                }
            }
            "w:tr" | "table:table-row" => {
                writer.paragraph_end();
                self.rows = self.rows.saturating_sub(1);
            }
            "w:tc" | "table:table-cell" => writer.cell_end(),
            "w:r" => {
                (self.in_run, self.is_hidden) = (false, false);
                if std::mem::take(&mut self.bold) {
                    writer.bold_end();
                }
            }
            "w:t" => self.in_words = false,
            _ => {}
        }
    }

    /// What the style of a paragraph says: the names of the built-in ones are the same in every language.
    fn style(&mut self, style: &str, writer: &mut Paragraphs) {
        self.is_title = style == "Title";
        let kind = match style {
            "Title" => UnitKind::Heading,
            style if style.starts_with("Heading") => UnitKind::Heading,
            "Quote" | "IntenseQuote" => UnitKind::Quotation,
            style if style.starts_with("ListBullet") || style.starts_with("ListNumber") => UnitKind::Item,
            _ => return,
        };
        if self.apart.is_empty() && self.rows == 0 {
            self.stand_apart(kind, writer);
        }
    }

    fn stand_apart(&mut self, kind: UnitKind, writer: &mut Paragraphs) {
        self.apart.push(kind);
        writer.unit_start(kind);
    }

    fn words(&mut self, words: &str, writer: &mut Paragraphs) {
        if self.unseen.is_none() && self.in_words && !self.is_hidden {
            writer.inline(words);
        }
    }
}

/// Whether a property of a run is not switched off.
fn is_on(element: &BytesStart) -> bool {
    !attribute(element, "w:val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off"))
}

fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let value = element.try_get_attribute(name).ok()??;
    value.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// What the properties of a document tell: title, author, language.
fn tell(xml: &str, document: &mut Document) {
    let mut reader = Reader::from_str(xml);
    let (mut name, mut value) = (String::new(), String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                name = element.name().as_ref().to_owned();
                value.clear();
            }
            Ok(Event::Text(words)) => value.push_str(&words),
            Ok(Event::End(_)) => {
                let told = value.split_whitespace().collect::<Vec<_>>().join(" ");
                value.clear();
                if told.is_empty() {
                    continue;
                }
                match name.as_str() {
                    "dc:title" => document.title = Some(told),
                    "dc:creator" if document.authors.is_empty() => document.authors.push(told),
                    "dc:language" => document.language = Some(told),
                    _ => {}
                }
            }
            Ok(Event::Eof) | Err(_) => return,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_words_are_no_text_and_a_hyphen_that_does_not_break_is() {
        let xml = "<w:p><w:r><w:t>The tow</w:t><w:noBreakHyphen/><w:t>path</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> never</w:t></w:r>\
                   <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t> opens.</w:t></w:r></w:p>";
        assert_eq!(text(xml, Format::Docx).expect("a text").text, "The tow\u{2011}path opens.");
    }
}
