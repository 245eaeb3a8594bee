//! Who or what is meant.

use std::collections::BTreeMap;
use std::sync::Arc;

use pyo3::prelude::*;
use saywho::Point;
use saywho::reading::Entity;

use crate::reading::{Shared, to_dict};
use crate::span::{PySpan, views};

/// Someone or something that speaks, is spoken to or took part.
#[pyclass(frozen, module = "saywho", name = "Entity")]
pub struct PyEntity {
    of: Arc<Shared>,
    index: usize,
}

impl PyEntity {
    /// The entity at this place of the reading.
    pub fn at(of: &Arc<Shared>, index: usize) -> PyEntity {
        PyEntity { of: of.clone(), index }
    }

    /// The entity of this id, if the reading holds it.
    pub fn of_id(of: &Arc<Shared>, id: &str) -> Option<PyEntity> {
        of.reading.entities.iter().position(|e| e.id == id).map(|index| PyEntity::at(of, index))
    }

    /// The entities of these ids.
    pub fn of_ids(of: &Arc<Shared>, ids: &[String]) -> Vec<PyEntity> {
        ids.iter().filter_map(|id| PyEntity::of_id(of, id)).collect()
    }

    fn entity(&self) -> &Entity<Point> {
        &self.of.reading.entities[self.index]
    }
}

#[pymethods]
impl PyEntity {
    /// Unique within the reading: "e1".
    #[getter]
    fn id(&self) -> &str {
        &self.entity().id
    }

    /// The fullest name; for an unnamed source its own words.
    #[getter]
    fn name(&self) -> &str {
        &self.entity().name
    }

    /// person, organisation, state, group, document or unnamed.
    #[getter]
    fn kind(&self) -> &'static str {
        self.entity().kind.name()
    }

    /// Titles and offices that the text gives it.
    #[getter]
    fn roles(&self) -> Vec<String> {
        self.entity().roles.clone()
    }

    /// The state or body it speaks for.
    #[getter]
    fn side(&self) -> Option<&str> {
        self.entity().side.as_deref()
    }

    /// Where the text names it.
    #[getter]
    fn mentions(&self) -> Vec<PySpan> {
        views(&self.of, &self.entity().mentions)
    }

    /// Of a group those who speak as one, where they are known one by one.
    #[getter]
    fn members(&self) -> Vec<PyEntity> {
        self.entity().members.iter().filter_map(|id| PyEntity::of_id(&self.of, id)).collect()
    }

    /// Identifiers that the tables of the world have for it.
    #[getter]
    fn ids(&self) -> BTreeMap<String, String> {
        self.entity().ids.clone()
    }

    /// As in docs/output.md.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_dict(py, self.entity())
    }

    fn __str__(&self) -> &str {
        self.name()
    }

    fn __repr__(&self) -> String {
        let side = self.side().map(|side| format!(", side {side}")).unwrap_or_default();
        format!("<Entity {} {:?}: {}{side}>", self.id(), self.name(), self.kind())
    }

    fn __eq__(&self, other: &PyEntity) -> bool {
        self.index == other.index && self.of.is(&other.of)
    }

    fn __hash__(&self) -> usize {
        self.index
    }
}
