//! PDF: the text layer. The parser knows no bounds, so it runs in a process of its own (`child.rs`).

use pdf_extract::{Document as Pdf, MediaBox, OutputDev, OutputError, Transform, output_doc_page};
use saywho::Document;

use crate::guard::guarded;
use crate::layout::{Page, paragraphs};
use crate::{Limits, Reason, child};

/// The text of a PDF.
pub(crate) fn document(bytes: &[u8], limits: &Limits) -> Result<Document, Reason> {
    Ok(Document { text: child::text(bytes, limits)?, ..Document::default() })
}

/// The text of a PDF, column by column, with its lines joined to paragraphs and without what numbers its pages. To be called where nothing is lost when it takes
/// all memory, never returns or ends the process.
///
/// Of pages that cannot be read the others are read all the same.
pub(crate) fn text(bytes: &[u8]) -> Result<String, Reason> {
    let pdf = guarded("PDF", || opened(bytes))??;
    let (mut pages, mut wrong) = (Vec::new(), None);
    for number in pdf.get_pages().into_keys() {
        match guarded("PDF", || page(&pdf, number)).and_then(|page| page) {
            Ok(page) => pages.push(page),
            Err(reason) => wrong = wrong.or(Some(reason)),
        }
    }
    let found = paragraphs(pages);
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

fn page(pdf: &Pdf, number: u32) -> Result<Page, Reason> {
    let mut letters = Letters { height: 0.0, page: Page::default() };
    let done = output_doc_page(pdf, &mut letters, number);
    done.map_err(|error| Reason::Broken { what: format!("page {number}: {error}") })?;
    Ok(letters.page)
}

/// Takes letters with their places from the parser.
struct Letters {
    height: f64,
    page: Page,
}

impl OutputDev for Letters {
    fn begin_page(
        &mut self,
        _number: u32,
        media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.height = media.ury;
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        letters: &str,
    ) -> Result<(), OutputError> {
        // The side of the square that is as large as a letter with its width and height.
        let size = (font_size * font_size * (at.m11 + at.m21) * (at.m12 + at.m22)).abs().sqrt();
        if at.m31.is_finite() && at.m32.is_finite() && size.is_finite() {
            // Of a page that lies on its side the lines go up or down.
            let (x, y) = match () {
                () if at.m12.abs() <= at.m11.abs() => (at.m31, self.height - at.m32),
                () if at.m12 > 0.0 => (at.m32, at.m31),
                () => (-at.m32, -at.m31),
            };
            self.page.add(x, y, width * size, size, letters);
        }
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
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
        assert_eq!(text, "Ilse Maren said that the negotiations go on.");
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
