//! PDF: the text layer.

use std::io;

use flate2::read::ZlibDecoder;
use saywho::Document;

use crate::guard::guarded;
use crate::pdf_loops::has_loops;
use crate::{Limits, Reason};

/// So much may come out of the packed parts of a PDF, however small, before its ratio counts.
const FREE: u64 = 64 << 20;

/// The text of a PDF, page by page, with its lines joined to paragraphs.
pub(crate) fn document(bytes: &[u8], limits: &Limits) -> Result<Document, Reason> {
    check(bytes, limits)?;
    let pages = guarded("PDF", || match pdf_extract::Document::load_mem(bytes) {
        Ok(pdf) if has_loops(&pdf) => None,
        _ => Some(pdf_extract::extract_text_from_mem_by_pages(bytes)),
    })?;
    let pages = pages.ok_or_else(|| Reason::Damaged { what: "parts of it hold each other without end".into() })?;
    let pages = pages.map_err(|error| {
        let text = error.to_string();
        match text.to_ascii_lowercase().contains("encrypt") || text.to_ascii_lowercase().contains("password") {
            true => Reason::Locked,
            false => Reason::Damaged { what: text },
        }
    })?;
    let paragraphs: Vec<String> = pages.iter().flat_map(|page| paragraphs(page)).collect();
    if paragraphs.is_empty() {
        return Err(Reason::NoTextLayer);
    }
    Ok(Document { text: paragraphs.join("\n\n"), ..Document::default() })
}

/// Unpacks the streams of a PDF into nothing, to see that they are not made to fill the memory: the parser itself
/// knows no bounds.
fn check(bytes: &[u8], limits: &Limits) -> Result<(), Reason> {
    let most = (bytes.len() as u64).saturating_mul(limits.ratio).clamp(FREE, 8 * FREE);
    let mut unpacked = 0;
    let mut from = 0;
    while let Some(at) = find(&bytes[from..], b"stream") {
        from += at + b"stream".len();
        let start = bytes[from..].iter().take(2).take_while(|b| b"\r\n".contains(b)).count();
        let mut stream = io::Read::take(ZlibDecoder::new(&bytes[from + start..]), most + 1 - unpacked);
        // What is no packed stream ends at once; copied until the damage it is bounded all the same.
        let mut sink = Counting(0);
        let _ = io::copy(&mut stream, &mut sink);
        unpacked += sink.0;
        if unpacked > most {
            return Err(Reason::Bomb { ratio: limits.ratio });
        }
    }
    Ok(())
}

/// Counts what is written into it.
struct Counting(u64);

impl io::Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// The paragraphs of a page: lines up to an empty line, joined as a reader does.
fn paragraphs(page: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = vec![String::new()];
    for line in page.lines().map(str::trim) {
        if line.is_empty() {
            paragraphs.push(String::new());
            continue;
        }
        let Some(paragraph) = paragraphs.last_mut() else { continue };
        // A word broken at the end of a line keeps its hyphen and is joined: "nego-tiations". Only the later stages
        // know words and can tell it from "long-term".
        let broken = paragraph.ends_with('-') && line.starts_with(char::is_lowercase);
        if !paragraph.is_empty() && !broken {
            paragraph.push(' ');
        }
        paragraph.push_str(&line.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}
