//! Calls and meetings that a document tells of.

use std::sync::Arc;

use pyo3::prelude::*;
use saywho::reading::Conversation;

use crate::entity::PyEntity;
use crate::reading::{Shared, to_dict};

/// A call or meeting.
#[pyclass(frozen, module = "saywho", name = "Conversation")]
pub struct PyConversation {
    of: Arc<Shared>,
    index: usize,
}

/// Who asked for a conversation, and who says so.
#[pyclass(frozen, module = "saywho", name = "Initiator")]
pub struct PyInitiator {
    of: Arc<Shared>,
    side: String,
    tellers: Vec<String>,
}

/// Words on how a conversation went, and who chose them.
#[pyclass(frozen, module = "saywho", name = "Tone")]
pub struct PyTone {
    of: Arc<Shared>,
    words: String,
    teller: String,
}

impl PyConversation {
    /// All conversations of a reading.
    pub fn all(of: &Arc<Shared>) -> Vec<PyConversation> {
        (0..of.reading.conversations.len()).map(|index| PyConversation { of: of.clone(), index }).collect()
    }

    fn conversation(&self) -> &Conversation {
        &self.of.reading.conversations[self.index]
    }
}

#[pymethods]
impl PyConversation {
    /// Unique within the reading: "c1".
    #[getter]
    fn id(&self) -> &str {
        &self.conversation().id
    }

    /// Who took part.
    #[getter]
    fn participants(&self) -> Vec<PyEntity> {
        PyEntity::of_ids(&self.of, &self.conversation().participants)
    }

    /// telephone, video, in person or unknown.
    #[getter]
    fn medium(&self) -> &'static str {
        self.conversation().medium.name()
    }

    /// Who asked for it.
    #[getter]
    fn initiator(&self) -> Option<PyInitiator> {
        let initiator = self.conversation().initiator.clone()?;
        Some(PyInitiator { of: self.of.clone(), side: initiator.side, tellers: initiator.according_to })
    }

    /// ISO date, where stated.
    #[getter]
    fn date(&self) -> Option<&str> {
        self.conversation().date.as_deref()
    }

    /// How it went, in the words of those who tell.
    #[getter]
    fn tone(&self) -> Vec<PyTone> {
        let tone = self.conversation().tone.iter();
        tone.map(|t| PyTone { of: self.of.clone(), words: t.words.clone(), teller: t.according_to.clone() }).collect()
    }

    /// As in docs/output.md.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_dict(py, self.conversation())
    }

    fn __repr__(&self) -> String {
        let names: Vec<&str> = self.conversation().participants.iter().map(|id| self.of.name_of(id)).collect();
        let date = self.date().map(|date| format!(", {date}")).unwrap_or_default();
        format!("<Conversation {}: {}, {}{date}>", self.id(), names.join(" and "), self.medium())
    }
}

#[pymethods]
impl PyInitiator {
    /// The side that asked.
    #[getter]
    fn side(&self) -> &str {
        &self.side
    }

    /// Who says so.
    #[getter]
    fn according_to(&self) -> Vec<PyEntity> {
        PyEntity::of_ids(&self.of, &self.tellers)
    }

    fn __repr__(&self) -> String {
        let tellers: Vec<&str> = self.tellers.iter().map(|id| self.of.name_of(id)).collect();
        format!("<Initiator {}, according to {}>", self.side, tellers.join(", "))
    }
}

#[pymethods]
impl PyTone {
    /// The text's own words.
    #[getter]
    fn words(&self) -> &str {
        &self.words
    }

    /// Who says so.
    #[getter]
    fn according_to(&self) -> Option<PyEntity> {
        PyEntity::of_id(&self.of, &self.teller)
    }

    fn __repr__(&self) -> String {
        format!("<Tone {:?}, according to {}>", self.words, self.of.name_of(&self.teller))
    }
}
