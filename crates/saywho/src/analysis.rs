//! What is known of a document while it is at hand: its text, who is who in it, and its reading.
//!
//! Reading makes an analysis on its way; comparing takes it as it is. A reading that comes from a file or a store gives its
//! analysis back from text and reading: the surface is found anew, but who is who and who said what is as the reading has it, with
//! all that persons have corrected.

use std::borrow::Cow;

use crate::entity::{Cast, recall};
use crate::knowledge::Knowledge;
use crate::reading::Reading;
use crate::text::Text;

/// A document and all that is known of it. Its spans count bytes.
pub struct Analysis<'a> {
    pub(crate) reading: Cow<'a, Reading>,
    pub(crate) text: Text<'a>,
    pub(crate) cast: Cast<'a>,
}

impl<'a> Analysis<'a> {
    /// Gives a reading its analysis back. `known` tells whether a lower-case word exists, as for [`Text::new`].
    pub(crate) fn of(reading: &'a Reading, knowledge: &'a Knowledge, known: impl Fn(&str) -> bool) -> Analysis<'a> {
        let text = Text::with_units(&reading.document.text, &reading.document.units, known);
        let cast = recall(&text, reading, knowledge);
        Analysis { reading: Cow::Borrowed(reading), text, cast }
    }

    /// What the document became.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// The reading alone.
    pub fn into_reading(self) -> Reading {
        self.reading.into_owned()
    }
}

/// How many texts were tokenised and resolved in this thread, for tests that nothing is done twice.
#[cfg(test)]
pub(crate) mod counts {
    use std::cell::Cell;

    thread_local! {
        static TEXTS: Cell<usize> = const { Cell::new(0) };
        static CASTS: Cell<usize> = const { Cell::new(0) };
    }

    pub(crate) fn text() {
        TEXTS.set(TEXTS.get() + 1);
    }

    pub(crate) fn cast() {
        CASTS.set(CASTS.get() + 1);
    }

    pub(crate) fn reset() {
        TEXTS.set(0);
        CASTS.set(0);
    }

    /// (texts, casts) since the last reset.
    pub(crate) fn taken() -> (usize, usize) {
        (TEXTS.get(), CASTS.get())
    }
}
