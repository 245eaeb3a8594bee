//! A desk at which texts are read and checked.

use saywho::{Document, Point, Reader, Reading};
use saywho_check::{Check, check};
use saywho_report::{check_csv, check_json, check_text};

pub struct Desk {
    pub reader: Reader,
}

impl Desk {
    pub fn new() -> Desk {
        Desk { reader: Reader::new().expect("the engine") }
    }

    fn read(&self, text: &str) -> Reading {
        self.reader.worker().read(Document::from_text("text", text))
    }

    /// The check of one article against some sources, written in every form.
    pub fn check(&self, article: &str, sources: &[&str]) -> Check {
        let sources: Vec<Reading> = sources.iter().map(|source| self.read(source)).collect();
        let check = check(&self.reader, &[self.read(article)], &sources);
        assert!(!check_text(&check, &Default::default()).is_empty());
        assert!(check_csv(&check).lines().count() > check.passages.len());
        let json: Check<Point> = serde_json::from_str(&check_json(&check)).expect("JSON");
        assert_eq!(json, check.to_code_points());
        check
    }
}
