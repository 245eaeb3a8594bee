//! The Python module `saywho._native`: the engine, and what it reads as objects of Python.
//!
//! A reading stays one Rust value, converted to code points once; every Python object is a view of it. The parts that are
//! Python (data frames, spaCy, Spark, comparisons, checks) lie in `python/saywho`.

mod arrow;
mod attribution;
mod check;
mod comparison;
mod conversation;
mod document;
mod engine;
mod entity;
mod error;
mod many;
mod pages;
mod pdf;
mod reading;
mod span;

/// The engine of the package `saywho`; import that, not this.
#[pyo3::pymodule]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }

    #[pymodule_export]
    use crate::arrow::{Batch, batch_of_reading, empty_batch, read_batch, table_names};
    #[pymodule_export]
    use crate::attribution::PyAttribution;
    #[pymodule_export]
    use crate::check::PyCheck;
    #[pymodule_export]
    use crate::comparison::PyComparison;
    #[pymodule_export]
    use crate::conversation::{PyConversation, PyInitiator, PyTone};
    #[pymodule_export]
    use crate::engine::Engine;
    #[pymodule_export]
    use crate::entity::PyEntity;
    #[pymodule_export]
    use crate::many::ReadMany;
    #[pymodule_export]
    use crate::pages::{PyDated, PyDocument, PyRepair};
    #[pymodule_export]
    use crate::pdf::{pdf_child, pdf_children_by};
    #[pymodule_export]
    use crate::reading::PyReading;
    #[pymodule_export]
    use crate::span::PySpan;
}
