//! Columns of lists, as they grow.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, Int32Array, Int64Array, ListArray, StructArray};
use arrow_buffer::{OffsetBuffer, ScalarBuffer};
use arrow_schema::FieldRef;
use saywho::{Points, Span};

use crate::schema::{self, number_item, struct_item, text_item};

/// A count of letters or words; those of a document of 2 GiB would not fit.
pub(crate) fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Where the lists of a column end.
struct Ends(Vec<i32>);

impl Default for Ends {
    fn default() -> Ends {
        Ends(vec![0])
    }
}

impl Ends {
    /// The list at hand ends behind so many elements of the column.
    fn close(&mut self, elements: usize) {
        self.0.push(i32::try_from(elements).expect("tables are finished long before"));
    }

    fn array(self, item: FieldRef, elements: ArrayRef) -> ArrayRef {
        let ends = OffsetBuffer::new(ScalarBuffer::from(self.0));
        Arc::new(ListArray::new(item, ends, elements, None))
    }
}

/// Lists of texts.
#[derive(Default)]
pub(crate) struct Texts {
    ends: Ends,
    elements: StringBuilder,
    count: usize,
}

impl Texts {
    pub(crate) fn push<'t>(&mut self, texts: impl IntoIterator<Item = Option<&'t str>>) {
        for text in texts {
            self.elements.append_option(text);
            self.count += 1;
        }
        self.ends.close(self.count);
    }

    pub(crate) fn array(mut self) -> ArrayRef {
        self.ends.array(text_item(), Arc::new(self.elements.finish()))
    }
}

/// Lists of numbers.
#[derive(Default)]
pub(crate) struct Numbers {
    ends: Ends,
    elements: Vec<i64>,
}

impl Numbers {
    pub(crate) fn push(&mut self, numbers: impl IntoIterator<Item = i64>) {
        self.elements.extend(numbers);
        self.ends.close(self.elements.len());
    }

    pub(crate) fn array(self) -> ArrayRef {
        self.ends.array(number_item(), Arc::new(Int64Array::from(self.elements)))
    }
}

/// Lists of spans, which become code points.
#[derive(Default)]
pub(crate) struct Spans {
    ends: Ends,
    start: Vec<i32>,
    end: Vec<i32>,
}

impl Spans {
    pub(crate) fn push(&mut self, spans: &[Span], points: &Points) {
        for span in spans {
            self.add(*span, points);
        }
        self.close();
    }

    fn add(&mut self, span: Span, points: &Points) {
        let span = points.span(span);
        self.start.push(number(span.start.0));
        self.end.push(number(span.end.0));
    }

    fn close(&mut self) {
        self.ends.close(self.start.len());
    }

    pub(crate) fn array(self) -> ArrayRef {
        let columns: Vec<ArrayRef> = vec![Arc::new(Int32Array::from(self.start)), Arc::new(Int32Array::from(self.end))];
        let fields = schema::span();
        self.ends.array(struct_item(fields.clone()), Arc::new(StructArray::new(fields, columns, None)))
    }
}

/// Lists of spans with a text each.
#[derive(Default)]
pub(crate) struct NotedSpans {
    spans: Spans,
    notes: StringBuilder,
}

impl NotedSpans {
    pub(crate) fn push<'t>(&mut self, noted: impl IntoIterator<Item = (Span, &'t str)>, points: &Points) {
        for (span, note) in noted {
            self.spans.add(span, points);
            self.notes.append_value(note);
        }
        self.spans.close();
    }

    /// The column; `note` is what the texts are called.
    pub(crate) fn array(mut self, note: &str) -> ArrayRef {
        let Spans { ends, start, end } = self.spans;
        let columns: Vec<ArrayRef> =
            vec![Arc::new(Int32Array::from(start)), Arc::new(Int32Array::from(end)), Arc::new(self.notes.finish())];
        let fields = schema::noted_span(note);
        ends.array(struct_item(fields.clone()), Arc::new(StructArray::new(fields, columns, None)))
    }
}

/// Lists of words with who says them.
#[derive(Default)]
pub(crate) struct Tones {
    ends: Ends,
    words: StringBuilder,
    tellers: StringBuilder,
    count: usize,
}

impl Tones {
    pub(crate) fn push<'t>(&mut self, tones: impl IntoIterator<Item = (&'t str, &'t str)>) {
        for (words, teller) in tones {
            self.words.append_value(words);
            self.tellers.append_value(teller);
            self.count += 1;
        }
        self.ends.close(self.count);
    }

    pub(crate) fn array(mut self) -> ArrayRef {
        let columns: Vec<ArrayRef> = vec![Arc::new(self.words.finish()), Arc::new(self.tellers.finish())];
        let fields = schema::tone();
        self.ends.array(struct_item(fields.clone()), Arc::new(StructArray::new(fields, columns, None)))
    }
}
