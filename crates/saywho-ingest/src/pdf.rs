//! PDF: the text layer. The parser knows no bounds, so it runs in a process of its own (`child.rs`).

use pdf_extract::{Document as Pdf, PlainTextOutput, output_doc_page};
use saywho::Document;

use crate::guard::guarded;
use crate::{Limits, Reason, child};

/// The text of a PDF.
pub(crate) fn document(bytes: &[u8], limits: &Limits) -> Result<Document, Reason> {
    Ok(Document { text: child::text(bytes, limits)?, ..Document::default() })
}

/// The text of a PDF, page by page, with its lines joined to paragraphs. To be called where nothing is lost when it takes
/// all memory, never returns or ends the process.
///
/// Of pages that cannot be read the others are read all the same.
pub(crate) fn text(bytes: &[u8]) -> Result<String, Reason> {
    let pdf = guarded("PDF", || opened(bytes))??;
    let (mut found, mut wrong) = (Vec::new(), None);
    for number in pdf.get_pages().into_keys() {
        match guarded("PDF", || page(&pdf, number)).and_then(|page| page) {
            Ok(page) => found.extend(paragraphs(&page)),
            Err(reason) => wrong = wrong.or(Some(reason)),
        }
    }
    match found.is_empty() {
        true => Err(wrong.unwrap_or(Reason::NoTextLayer)),
        false => Ok(found.join("\n\n")),
    }
}

fn opened(bytes: &[u8]) -> Result<Pdf, Reason> {
    let broken = |error: pdf_extract::Error| Reason::Broken { what: error.to_string() };
    let mut pdf = Pdf::load_mem(bytes).map_err(broken)?;
    // Many are locked against changes with an empty password.
    if pdf.is_encrypted() && pdf.decrypt("").is_err() {
        return Err(Reason::Locked);
    }
    Ok(pdf)
}

fn page(pdf: &Pdf, number: u32) -> Result<String, Reason> {
    let mut text = String::new();
    let done = output_doc_page(pdf, &mut PlainTextOutput::new(&mut text), number);
    done.map_err(|error| Reason::Broken { what: format!("page {number}: {error}") })?;
    Ok(text)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A PDF of these lines on one page.
    fn pdf(lines: &[&str]) -> Vec<u8> {
        let shown: String = lines.iter().map(|line| format!("({line}) Tj T* ")).collect();
        let stream = format!("BT /F1 12 Tf 14 TL 72 720 Td {shown}ET");
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
            format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
            // A page without a size and without contents, on which the parser gives up.
            "<< /Type /Page /Parent 2 0 R >>".to_owned(),
        ];
        let (mut file, mut table) = ("%PDF-1.4\n".to_owned(), String::new());
        for (number, object) in (1..).zip(&objects) {
            table += &format!("{:010} 00000 n \n", file.len());
            file += &format!("{number} 0 obj\n{object}\nendobj\n");
        }
        let (start, size) = (file.len(), objects.len() + 1);
        format!(
            "{file}xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
        )
        .into_bytes()
    }

    #[test]
    fn a_pdf_gives_its_text_layer_and_a_bad_page_loses_no_other() {
        let text = text(&pdf(&["Ilse Maren said that the nego-", "tiations go on."])).expect("text");
        assert_eq!(text, "Ilse Maren said that the nego-tiations go on.");
    }

    #[test]
    fn what_gives_no_text_has_its_reason() {
        assert!(matches!(super::text(b"%PDF-1.4 and then nothing"), Err(Reason::Broken { .. })));
        let reason = super::text(&pdf(&[])).expect_err("no text");
        assert!(matches!(reason, Reason::Failed { .. } | Reason::Broken { .. }), "{reason}");
        let whole = String::from_utf8(pdf(&[])).expect("text").replace("3 0 R 6 0 R", "3 0 R      ");
        assert!(matches!(super::text(whole.as_bytes()), Err(Reason::NoTextLayer)));
    }
}
