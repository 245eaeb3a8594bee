//! Errors as Python meets them: the classes of `saywho/errors.py`.

use std::any::Any;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

static SAYWHO_ERROR: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static READ_ERROR: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// A `SaywhoError`: the engine could not be made, or was asked for what it does not have.
pub fn saywho_error(py: Python<'_>, message: impl Into<String>) -> PyErr {
    match SAYWHO_ERROR.import(py, "saywho.errors", "SaywhoError") {
        Ok(class) => PyErr::from_type(class.clone(), (message.into(),)),
        Err(error) => error,
    }
}

/// A `ReadError`: a document that cannot be read, with its place among those that were handed over.
pub fn read_error(py: Python<'_>, message: impl Into<String>, index: Option<usize>) -> PyErr {
    match READ_ERROR.import(py, "saywho.errors", "ReadError") {
        Ok(class) => PyErr::from_type(class.clone(), (message.into(), index)),
        Err(error) => error,
    }
}

/// Words for a document on which saywho itself failed.
pub fn panicked(panic: &(dyn Any + Send)) -> String {
    let formatted = panic.downcast_ref::<String>().map(String::as_str);
    let cause = formatted.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
    format!("saywho failed on this document ({cause}); please report it with the text")
}
