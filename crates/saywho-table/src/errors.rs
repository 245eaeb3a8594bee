//! What was not read, and why.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_array::builder::StringBuilder;
use saywho::OutOfTime;
use saywho_ingest::{IngestError, language};

use crate::{Table, batch_of};

/// Why a document, or a part of an input, was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The id that the document would have had, where one is known.
    pub document: Option<String>,
    /// The file and the place in it; none for rows that somebody handed over.
    pub place: Option<String>,
    /// Whose fault it is.
    pub kind: FailureKind,
    /// What was wrong.
    pub error: String,
    /// What to do.
    pub hint: Option<String>,
}

/// What kept a document from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// It is empty, damaged, too large, or no text.
    Input,
    /// It is not in English.
    Language,
    /// It took longer than a document may.
    Time,
    /// saywho failed on it.
    Failure,
}

impl FailureKind {
    /// As in the table: "input".
    pub fn name(self) -> &'static str {
        match self {
            FailureKind::Input => "input",
            FailureKind::Language => "language",
            FailureKind::Time => "time",
            FailureKind::Failure => "failure",
        }
    }
}

impl Failure {
    /// An input's error.
    pub fn of_input(document: Option<String>, error: &IngestError) -> Failure {
        Failure {
            document,
            place: Some(error.file.clone()),
            kind: FailureKind::Input,
            error: error.reason.to_string(),
            hint: Some(error.hint()),
        }
    }

    /// A document in another language than English.
    pub fn of_language(document: String, place: Option<String>, tag: &str) -> Failure {
        Failure {
            document: Some(document),
            place,
            kind: FailureKind::Language,
            error: format!("is in {} and was passed over", language::name(tag)),
            hint: Some("saywho reads English; any language can be read all the same if that is asked for".into()),
        }
    }

    /// A document whose time was over.
    pub fn of_time(document: String, place: Option<String>, error: OutOfTime) -> Failure {
        Failure {
            document: Some(document),
            place,
            kind: FailureKind::Time,
            error: error.to_string(),
            hint: Some("a higher time limit gives it more".into()),
        }
    }

    /// A document, or the rest of an input, that has ended the whole process.
    pub fn of_end(document: Option<String>, place: Option<String>) -> Failure {
        Failure {
            document,
            place,
            kind: FailureKind::Failure,
            error: "has ended the process by which it was read, and was passed over".into(),
            hint: Some("it takes all memory or nests without end; please report it with the document".into()),
        }
    }

    /// A document on which saywho itself failed.
    pub fn of_panic(document: String, place: Option<String>, panic: &(dyn std::any::Any + Send)) -> Failure {
        let formatted = panic.downcast_ref::<String>().map(String::as_str);
        let cause = formatted.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        Failure {
            document: Some(document),
            place,
            kind: FailureKind::Failure,
            error: format!("saywho failed on this document ({cause})"),
            hint: Some("please report it with the document".into()),
        }
    }
}

#[derive(Default)]
pub(crate) struct Errors {
    document: StringBuilder,
    place: StringBuilder,
    kind: StringBuilder,
    error: StringBuilder,
    hint: StringBuilder,
}

impl Errors {
    pub(crate) fn push(&mut self, failure: &Failure) {
        self.document.append_option(failure.document.as_deref());
        self.place.append_option(failure.place.as_deref());
        self.kind.append_value(failure.kind.name());
        self.error.append_value(&failure.error);
        self.hint.append_option(failure.hint.as_deref());
    }

    pub(crate) fn finish(mut self) -> RecordBatch {
        batch_of(
            Table::Errors,
            vec![
                Arc::new(self.document.finish()),
                Arc::new(self.place.finish()),
                Arc::new(self.kind.finish()),
                Arc::new(self.error.finish()),
                Arc::new(self.hint.finish()),
            ],
        )
    }
}
