//! PDF, which is read in a process of its own: Python again, with this module alone (`python/saywho/_pdf.py`).

use std::ffi::OsString;
use std::path::PathBuf;

use pyo3::prelude::*;
use saywho_ingest::child;

/// Has PDF read by children that are started with this program and these arguments, and hand the two numbers that come
/// behind them on to `pdf_child`.
#[pyfunction]
pub fn pdf_children_by(program: PathBuf, arguments: Vec<OsString>) {
    child::start_with(program, arguments);
}

/// Reads a PDF from standard input, in no more than these bytes of memory and seconds, and ends the process.
#[pyfunction]
pub fn pdf_child(memory: u64, seconds: u64) {
    child::serve(memory, seconds);
}
