//! What is known of a document while it is at hand: its text, who is who in it, and its reading.
//!
//! Reading makes an analysis on its way; comparing takes it as it is. A reading that comes from a file or a store gives its
//! analysis back from text and reading: the surface is found anew, but who is who and who said what is as the reading has it, with
//! all that persons have corrected.

use std::borrow::Cow;

use crate::Budget;
use crate::attribution::{Attributions, Model};
use crate::entity::{Cast, Voices, cast, recall};
use crate::knowledge::Knowledge;
use crate::reading::{Reading, Unit};
use crate::text::Text;

/// A document and all that is known of it. Its spans count bytes.
///
/// ```
/// use saywho::{Document, Reader};
///
/// let reader = Reader::new()?;
/// let note = Document::from_text("note", "“It rains,” Ilse Maren said.");
/// let analysis = reader.worker().analyse(&note);
/// assert_eq!(analysis.reading().entities[0].name, "Ilse Maren");
/// let reading = analysis.into_reading();
/// assert_eq!(reading.attributions.len(), 1);
/// # Ok::<(), saywho::Error>(())
/// ```
pub struct Analysis<'a> {
    pub(crate) reading: Cow<'a, Reading>,
    pub(crate) text: Text<'a>,
    pub(crate) cast: Cast<'a>,
}

impl<'a> Analysis<'a> {
    /// Gives a reading its analysis back.
    pub(crate) fn of(reading: &'a Reading, knowledge: &'a Knowledge, model: &Model) -> Analysis<'a> {
        let text = surface(&reading.document.text, &reading.document.units, model, Budget::unlimited());
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

/// The surface of a document's text.
pub(crate) fn surface<'t>(text: &'t str, units: &[Unit], model: &Model, budget: Budget) -> Text<'t> {
    #[cfg(test)]
    counts::text();
    Text::within(text, units, model, budget)
}

/// Who is who in a document that is read for the first time.
pub(crate) fn resolved<'k>(
    text: &Text,
    found: &Attributions,
    knowledge: &'k Knowledge,
    date: Option<&str>,
) -> (Cast<'k>, Voices) {
    #[cfg(test)]
    counts::cast();
    cast(text, found, knowledge, date)
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
