//! A text whose characters were encoded twice, as it should read. The text itself stays as it is: it is read in its mended form,
//! and what is found is laid back over it.

use crate::reading::{Reading, Repair, Span, Unit};
use crate::text::repair::encoded_twice;

/// A mended text, and where it differs.
pub struct Mended {
    /// As it should read.
    pub text: String,
    repairs: Vec<Repair>,
    /// For each byte of the mended text that of the text as it is, and one for its end.
    from: Vec<usize>,
}

impl Mended {
    /// The mended text; `None` where nothing was encoded twice.
    pub fn of(text: &str) -> Option<Mended> {
        let repairs = encoded_twice(text);
        if repairs.is_empty() {
            return None;
        }
        let mut mended = Mended { text: String::with_capacity(text.len()), repairs, from: Vec::new() };
        let mut done = 0;
        for repair in &mended.repairs {
            mended.text.push_str(&text[done..repair.start]);
            mended.from.extend(done..repair.start);
            mended.text.push_str(&repair.to);
            // A place within several mended characters is the first byte of them all.
            mended.from.extend(std::iter::repeat_n(repair.start, repair.to.len()));
            done = repair.end;
        }
        mended.text.push_str(&text[done..]);
        mended.from.extend(done..=text.len());
        Some(mended)
    }

    /// What stands apart in the text, as places of the mended one.
    pub fn units(&self, units: &[Unit]) -> Vec<Unit> {
        let place = |byte: usize| self.text.floor_char_boundary(self.from.partition_point(|&from| from < byte));
        units
            .iter()
            .map(|unit| Unit { span: Span::new(place(unit.span.start), place(unit.span.end)), ..*unit })
            .collect()
    }

    /// The reading of the mended text as one of the text as it is, with what was mended beside it.
    pub fn back(self, reading: Reading) -> Reading {
        // Stretches of a page count bytes of the text as it is.
        let page = reading.document.page.clone();
        let place = |byte: usize| self.from[byte.min(self.from.len() - 1)];
        let mut reading = reading.map_spans(|span| Span::new(place(span.start), place(span.end)));
        reading.document.page = page;
        reading.document.repairs.extend(self.repairs);
        reading.document.repairs.sort_by_key(|repair| (repair.start, repair.end));
        reading
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_go_back_to_the_text_as_it_is() {
        let text = "â€œNo,â€\u{9d} said RenÃ©.";
        let mended = Mended::of(text).expect("damage");
        assert_eq!(mended.text, "“No,” said René.");
        let back = |words: &str| {
            let at = mended.text.find(words).expect("there");
            &text[mended.from[at]..mended.from[at + words.len()]]
        };
        assert_eq!(back("“No,”"), "â€œNo,â€\u{9d}");
        assert_eq!(back("René"), "RenÃ©");
        assert!(Mended::of("“No,” said René.").is_none());
    }
}
