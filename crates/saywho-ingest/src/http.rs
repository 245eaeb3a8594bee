//! The HTTP response inside a record of a web archive.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};
use httparse::{ParserConfig, Response, Status};

use crate::piece::Shape;
use crate::unpack::{Packing, Unpacked};
use crate::{Format, Limits, Reason};

/// More heads than any server sends.
const HEADS: usize = 256;

/// The body of a response that holds a page.
#[derive(Debug)]
pub(crate) struct Payload {
    pub(crate) body: Vec<u8>,
    pub(crate) charset: Option<String>,
    /// How it is to be read, where its type tells.
    pub(crate) shape: Option<Shape>,
}

impl Payload {
    /// A body without a response around it.
    pub(crate) fn plain(body: Vec<u8>, content_type: &str) -> Payload {
        let shape = (media_type(content_type) == "application/pdf").then_some(Shape::Whole(Format::Pdf));
        let charset = content_type.split_once("charset=").map(|(_, charset)| charset.trim_matches(['"', ' ', ';']));
        Payload { charset: charset.map(str::to_owned), shape, body }
    }
}

/// Whether documents come in this media type.
pub(crate) fn is_page_type(content_type: &str) -> bool {
    ["text/html", "application/xhtml+xml", "text/plain", "application/pdf"].contains(&media_type(content_type))
}

fn media_type(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// What the head of a response says.
#[derive(Debug, Default)]
struct Head {
    length: usize,
    status: u16,
    content_type: String,
    encoding: String,
    chunked: bool,
    /// The length of the body that it tells.
    told: Option<usize>,
}

fn head(block: &[u8]) -> Option<Head> {
    let mut config = ParserConfig::default();
    // As browsers do: servers send all sorts of things.
    config
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .ignore_invalid_headers_in_responses(true);
    let mut lines = [httparse::EMPTY_HEADER; HEADS];
    let mut response = Response::new(&mut lines);
    let Ok(Status::Complete(length)) = config.parse_response(&mut response, block) else { return None };
    let mut head = Head { length, status: response.code?, ..Head::default() };
    for line in response.headers.iter() {
        let value = String::from_utf8_lossy(line.value).trim().to_ascii_lowercase();
        match line.name.to_ascii_lowercase().as_str() {
            "content-type" => head.content_type = value,
            "content-encoding" => head.encoding = value,
            "content-length" => head.told = value.parse().ok(),
            "transfer-encoding" => head.chunked = value.contains("chunked"),
            _ => {}
        }
    }
    Some(head)
}

/// Whether a block that begins so can be a page. One whose head is broken is looked at, so that it gets told.
pub(crate) fn may_be_page(start: &[u8], has_http: bool) -> bool {
    if !has_http {
        return true;
    }
    let Some(head) = head(start) else { return true };
    (200..300).contains(&head.status) && (head.content_type.is_empty() || is_page_type(&head.content_type))
}

/// The page inside a response; none where it holds nothing.
pub(crate) fn payload(block: &[u8], limit: u64) -> Result<Option<Payload>, Reason> {
    let broken = |what: &str| Reason::Damaged { what: what.into() };
    let head = head(block).ok_or_else(|| broken("a record that should hold an HTTP response does not"))?;
    let mut body = block[head.length..].to_vec();
    if head.chunked {
        body = joined(body)?;
    }
    for encoding in head.encoding.split(',').rev() {
        body = decoded(body, encoding.trim(), limit)?;
    }
    let empty = body.trim_ascii().is_empty();
    Ok((!empty).then(|| Payload::plain(body, &head.content_type)))
}

/// Whether a record that ends before its time holds a whole response all the same, by the response's own length:
/// archives whose line ends were changed are too short for what they say.
pub(crate) fn is_whole(block: &[u8]) -> bool {
    head(block).is_some_and(|head| head.told.is_some_and(|told| block.len() - head.length >= told))
}

/// The body without its chunks. Many crawlers have joined them already and left the head as it was.
fn joined(body: Vec<u8>) -> Result<Vec<u8>, Reason> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = &body[..];
    loop {
        let line = rest.iter().position(|&b| b == b'\n').map(|end| &rest[..end]);
        let size = line.and_then(|line| {
            let digits = line.split(|&b| b == b';').next().unwrap_or_default().trim_ascii();
            usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        });
        let (Some(line), Some(size)) = (line, size) else {
            return match whole.is_empty() {
                true => Ok(body),
                false => Err(Reason::Truncated { what: "a page that was sent in chunks".into() }),
            };
        };
        if size == 0 {
            return Ok(whole);
        }
        let chunk = &rest[line.len() + 1..];
        let Some(data) = chunk.get(..size) else {
            return Err(Reason::Truncated { what: "a page that was sent in chunks".into() });
        };
        whole.extend_from_slice(data);
        let behind = &chunk[size..];
        rest = behind.strip_prefix(b"\r\n").or_else(|| behind.strip_prefix(b"\n")).unwrap_or(behind);
    }
}

/// All that can be unpacked, up to the limit. Where it is cut, what there is counts if it is a page to its end: the
/// checksum behind it is no loss.
fn all(mut reader: impl Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    match (&mut reader).take(limit.saturating_add(1)).read_to_end(&mut bytes) {
        Err(error) if !bytes.trim_ascii_end().to_ascii_lowercase().ends_with(b"</html>") => Err(error),
        _ => Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= limit)),
    }
}

/// The body as it was before it was encoded. One that is not encoded, whatever its head says, stays as it is.
fn decoded(body: Vec<u8>, encoding: &str, limit: u64) -> Result<Vec<u8>, Reason> {
    let packing = Packing::of(&body);
    let all = match encoding {
        "gzip" | "x-gzip" if packing == Some(Packing::Gzip) => all(GzDecoder::new(&body[..]), limit),
        "deflate" if ZlibDecoder::new(&body[..]).read(&mut [0]).is_ok() => all(ZlibDecoder::new(&body[..]), limit),
        "deflate" if DeflateDecoder::new(&body[..]).read(&mut [0]).is_ok() => {
            all(DeflateDecoder::new(&body[..]), limit)
        }
        "zstd" if packing == Some(Packing::Zstd) => {
            all(Unpacked::new(&body[..], Packing::Zstd, &Limits::default()), limit)
        }
        // Brotli has no mark of its own; a page that begins like one is none.
        "br" if !body.trim_ascii_start().starts_with(b"<") => {
            all(brotli_decompressor::Decompressor::new(&body[..], 4096), limit)
        }
        _ => return Ok(body),
    };
    match all {
        Ok(Some(body)) => Ok(body),
        Ok(None) => Err(Reason::TooLarge { limit }),
        Err(error) => {
            Err(Reason::Damaged { what: format!("a page packed with {encoding} cannot be unpacked: {error}") })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_and_joined_ones_left_alone() {
        let response =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nMaren \r\n7;x=y\r\nagreed.\r\n0\r\n\r\n";
        let page = payload(response, 100).expect("a response").expect("a page");
        assert_eq!(page.body, b"Maren agreed.");
        let response = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<p>Maren agreed.";
        assert_eq!(payload(response, 100).expect("a response").expect("a page").body, b"<p>Maren agreed.");
        let cut = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nMaren \r\nff\r\nagr";
        assert!(matches!(payload(cut, 100), Err(Reason::Truncated { .. })));
    }

    #[test]
    fn only_good_pages_are_looked_at() {
        let response = |status: &str, kind: &str| format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\nx");
        assert!(may_be_page(response("200 OK", "text/html; charset=utf-8").as_bytes(), true));
        assert!(!may_be_page(response("404 Not Found", "text/html").as_bytes(), true));
        assert!(!may_be_page(response("200 OK", "image/png").as_bytes(), true));
    }

    #[test]
    fn a_page_is_unpacked_within_its_limit() {
        let mut response = b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n".to_vec();
        // "Maren agreed." as one uncompressed brotli block.
        response.extend([0x0b, 0x06, 0x80]);
        response.extend(b"Maren agreed.\x03");
        assert_eq!(payload(&response, 100).expect("a response").expect("a page").body, b"Maren agreed.");
        assert!(matches!(payload(&response, 5), Err(Reason::TooLarge { limit: 5 })));
    }
}
