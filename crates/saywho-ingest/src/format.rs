//! Which format an input is in, told by its first bytes and never by its name.

use std::fmt;
use std::str::FromStr;

use crate::{Options, decode, html, mail, markdown, rtf, table};

/// A format that documents come in. Compression (gzip, zstd) is told and undone before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text in any common encoding.
    Text,
    /// A web page, of which the main text is taken.
    Html,
    /// Markdown, with or without a head of `key: value` lines.
    Markdown,
    /// The text layer of a PDF file.
    Pdf,
    /// A document of a word processor in Office Open XML.
    Docx,
    /// A document of a word processor in OpenDocument.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// CSV or TSV with named columns, a row a document.
    Csv,
    /// One JSON object or an array of them.
    Json,
    /// JSON objects, one a line.
    Jsonl,
    /// A Parquet file, a row a document.
    Parquet,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A web archive (WARC 1.0 and 1.1, and the older ARC).
    Warc,
    /// A ZIP archive.
    Zip,
    /// A TAR archive.
    Tar,
    /// One e-mail message.
    Eml,
    /// A mailbox of messages.
    Mbox,
}

/// How many bytes are looked at: enough to find the mark of a TAR archive and a first line or two.
pub(crate) const HEAD: usize = 8192;

impl Format {
    /// All formats.
    pub const ALL: [Format; 17] = [
        Format::Text,
        Format::Html,
        Format::Markdown,
        Format::Pdf,
        Format::Docx,
        Format::Odt,
        Format::Rtf,
        Format::Csv,
        Format::Json,
        Format::Jsonl,
        Format::Parquet,
        Format::Feed,
        Format::Warc,
        Format::Zip,
        Format::Tar,
        Format::Eml,
        Format::Mbox,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Html => "html",
            Format::Markdown => "markdown",
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Odt => "odt",
            Format::Rtf => "rtf",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Parquet => "parquet",
            Format::Feed => "feed",
            Format::Warc => "warc",
            Format::Zip => "zip",
            Format::Tar => "tar",
            Format::Eml => "eml",
            Format::Mbox => "mbox",
        }
    }

    /// The format of an input that begins with these bytes. Documents of word processors are ZIP archives by their first bytes.
    pub(crate) fn of(head: &[u8], options: &Options) -> Format {
        of_bytes(head).unwrap_or_else(|| of_text(&decode::decode_as(head, options.encoding, None), options))
    }
}

/// Formats with a mark of their own.
fn of_bytes(head: &[u8]) -> Option<Format> {
    match head {
        _ if head.starts_with(b"%PDF-") => Some(Format::Pdf),
        _ if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") => Some(Format::Zip),
        _ if head.starts_with(rtf::MARK) => Some(Format::Rtf),
        _ if head.starts_with(b"PAR1") => Some(Format::Parquet),
        _ if head.starts_with(b"WARC/") || head.starts_with(b"filedesc:") => Some(Format::Warc),
        _ if head.get(257..262) == Some(b"ustar") => Some(Format::Tar),
        _ => None,
    }
}

fn of_text(head: &str, options: &Options) -> Format {
    let start = head.trim_start();
    match () {
        () if has_rows_behind_holes(start) => Format::Jsonl,
        () if start.starts_with(['{', '[']) => of_json(start).unwrap_or(Format::Text),
        () if is_feed(start) => Format::Feed,
        () if html::looks_like_html(start) => Format::Html,
        () if mail::starts_mailbox(start) => Format::Mbox,
        () if mail::starts_message(start) => Format::Eml,
        () if markdown::looks_like_markdown(start) => Format::Markdown,
        () if table::looks_like_table(start, &options.columns) => Format::Csv,
        () => Format::Text,
    }
}

/// Rows if the first line is an object of its own; JSON otherwise, if what stands behind the bracket can be.
fn of_json(start: &str) -> Option<Format> {
    if let Some(behind) = start.strip_prefix('[') {
        let first = behind_holes(behind)?.chars().next();
        return matches!(first, Some('{') | None).then_some(Format::Json);
    }
    if !begins_object(&start[1..]) {
        return None;
    }
    if start.contains("\"https://jsonfeed.org/version/") {
        return Some(Format::Feed);
    }
    let (line, more) = start.split_once('\n').map_or((start, false), |(line, _)| (line, true));
    let opens_alone = line[1..].trim().is_empty();
    // A line longer than what is looked at is a row: nobody writes a whole document on one line with a page of text.
    let whole = !more || serde_json::from_str::<serde_json::Value>(line.trim_end()).is_ok();
    Some(if !opens_alone && whole { Format::Jsonl } else { Format::Json })
}

/// Whether lines of JSON that are no objects, such as `null`, stand before one that is.
fn has_rows_behind_holes(start: &str) -> bool {
    let mut lines = start.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    let mut holes = 0;
    while lines
        .next_if(|line| !line.starts_with('{') && serde_json::from_str::<serde_json::Value>(line).is_ok())
        .is_some()
    {
        holes += 1;
    }
    holes > 0 && lines.next().is_some_and(|line| line.strip_prefix('{').is_some_and(begins_object))
}

/// What stands in an array behind elements that are no objects; `None` where it is no array.
fn behind_holes(elements: &str) -> Option<&str> {
    let mut rest = elements.trim_start();
    while !rest.is_empty() && !rest.starts_with('{') {
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Value>();
        values.next()?.ok()?;
        rest = rest[values.byte_offset()..].trim_start().strip_prefix(',')?.trim_start();
    }
    Some(rest)
}

/// Whether an object can go on so behind its brace.
fn begins_object(behind: &str) -> bool {
    behind.trim_start().starts_with(['"', '}'])
}

fn is_feed(start: &str) -> bool {
    let mut rest = start;
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ => break,
        };
        let Some((_, behind)) = rest.split_once(end) else { return false };
        rest = behind.trim_start();
    }
    // A document type names the first tag, which may lie far behind what it declares.
    if let Some(of) =
        rest.get(..9).filter(|start| start.eq_ignore_ascii_case("<!doctype")).map(|start| &rest[start.len()..])
    {
        let name = of.trim_start().split(|c: char| c.is_ascii_whitespace() || c == '[' || c == '>').next();
        return matches!(name, Some("rss" | "rdf:RDF" | "feed"));
    }
    let named = |name: &str| {
        rest.strip_prefix('<')
            .and_then(|tag| tag.strip_prefix(name))
            .is_some_and(|behind| behind.starts_with(|c: char| c == '>' || c.is_ascii_whitespace()))
    };
    named("rss") || named("rdf:RDF") || (named("feed") && rest.contains("http://www.w3.org/2005/Atom"))
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Format, String> {
        let names = || Format::ALL.map(Format::name).join(", ");
        Format::ALL.into_iter().find(|f| f.name() == name).ok_or_else(|| format!("the formats are {}", names()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_format() {
        let cases: [(&str, Format); 27] = [
            ("PAR1\u{15}\u{4}", Format::Parquet),
            ("Ilse Maren said no.", Format::Text),
            ("From Brel we hear: the ban stays.\nDate: unknown", Format::Text),
            ("[Applause] Thank you, said Vasca.", Format::Text),
            ("{unclear} Thank you, said Vasca.", Format::Text),
            ("{\\rtf1 One}", Format::Rtf),
            ("id,text\n1,One\n", Format::Csv),
            ("<!DOCTYPE html><title>x</title>", Format::Html),
            ("{\"text\": \"a\"}\n{\"text\": \"b\"}\n", Format::Jsonl),
            ("{\n  \"text\": \"a\"\n}\n", Format::Json),
            ("[{\"text\": \"a\"}]", Format::Json),
            ("null\n[]\n{\"text\": \"a\"}\n", Format::Jsonl),
            ("\"a\"\n{\"text\": \"a\"}\n", Format::Jsonl),
            ("[null, [1], \"a\", {\"text\": \"a\"}]", Format::Json),
            ("[1, 2] Vasca said no.\n{\"a\": 1}", Format::Text),
            ("[1, 2]\nVasca said no.", Format::Text),
            ("\"No,\" said Vasca.\n{\"a\": 1}", Format::Text),
            ("2031\n{unclear} Vasca said no.", Format::Text),
            ("<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel/></rss>", Format::Feed),
            ("<!DOCTYPE rss [\n<!ENTITY nbsp \"&#160;\">", Format::Feed),
            ("<!doctype html SYSTEM \"rss\">", Format::Html),
            ("{\"version\": \"https://jsonfeed.org/version/1\", \"items\": []}", Format::Feed),
            ("WARC/1.0\r\n", Format::Warc),
            ("From press@norrland.example Thu Mar  4 10:00:00 2021\nSubject: No\n\nx", Format::Mbox),
            ("Subject: No\r\nMIME-Version: 1.0\r\nFrom: a@b.example\r\n\r\nx", Format::Eml),
            ("---\ntitle: No\ndate: 2021-03-04\n---\nText", Format::Markdown),
            ("# Answer\n\nThe *ban* stays, see [the note](n.md).", Format::Markdown),
        ];
        for (head, format) in cases {
            assert_eq!(Format::of(head.as_bytes(), &Options::default()), format, "{head}");
        }
    }

    #[test]
    fn names_go_both_ways() {
        assert!(Format::ALL.iter().all(|format| format.name().parse() == Ok(*format)));
        assert!("doc".parse::<Format>().expect_err("no format").contains("html"));
    }
}
