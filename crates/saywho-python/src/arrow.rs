//! Arrow batches in and out over the C data interface: nothing is copied on the way, and no Python package is needed.

use std::ptr::NonNull;
use std::str::FromStr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi, to_ffi};
use arrow_array::{Array, RecordBatch, StructArray};
use arrow_schema::ArrowError;
use pyo3::ffi::c_str;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use saywho::Reader;
use saywho_ingest::{Columns, Options};
use saywho_table::{BatchReader, Batches, Table, Tables};

use crate::error::saywho_error;
use crate::reading::PyReading;

/// Chunks of a batch for each thread: a slow one must not leave the others idle.
const CHUNKS: usize = 8;

/// A batch of rows that any Arrow library takes over without a copy (`__arrow_c_array__`).
#[pyclass(frozen, module = "saywho._native")]
pub struct Batch(RecordBatch);

#[pymethods]
impl Batch {
    /// The capsules of the Arrow PyCapsule interface. A schema that is asked for need not be followed.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let _ = requested_schema;
        let rows = StructArray::from(self.0.clone());
        let (array, _) = to_ffi(&rows.to_data()).map_err(|error| failed(py, &error))?;
        let schema = capsule_of_schema(py, &self.0)?;
        let array = PyCapsule::new_with_value(py, array, c_str!("arrow_array"))?;
        PyTuple::new(py, [schema, array])
    }

    /// The capsule of the schema alone.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule_of_schema(py, &self.0)
    }

    fn __len__(&self) -> usize {
        self.0.num_rows()
    }
}

/// With the metadata, which the struct alone does not have.
fn capsule_of_schema<'py>(py: Python<'py>, batch: &RecordBatch) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(batch.schema().as_ref()).map_err(|error| failed(py, &error))?;
    PyCapsule::new_with_value(py, schema, c_str!("arrow_schema"))
}

/// The names of all tables.
#[pyfunction]
pub fn table_names() -> Vec<&'static str> {
    Table::ALL.map(Table::name).into()
}

/// A table without rows, which tells its columns.
#[pyfunction]
pub fn empty_batch(py: Python<'_>, table: &str) -> PyResult<Batch> {
    Ok(Batch(RecordBatch::new_empty(table_of(py, table)?.schema())))
}

/// The rows of one table of one reading.
#[pyfunction]
pub fn batch_of_reading(py: Python<'_>, reading: &PyReading, table: &str) -> PyResult<Batch> {
    let (table, shared) = (table_of(py, table)?, reading.shared());
    Ok(Batch(py.detach(|| {
        let mut tables = Tables::only(table);
        tables.push(&shared.bytes());
        tables.finish().into_one(table)
    })))
}

/// Reads the texts of a batch with so many threads to the rows of a table, in the order of the texts.
///
/// `columns` says where text, id and so on are ("text=body,id=url"); the rest is found by its usual names. `kept` tells
/// whether texts in other languages are read too, and what an attribution's confidence must be at least (0 to 1).
#[pyfunction]
pub fn read_batch(
    py: Python<'_>,
    engine: &crate::engine::Engine,
    batch: &Bound<'_, PyAny>,
    table: &str,
    columns: &str,
    jobs: usize,
    kept: (bool, f32),
) -> PyResult<Vec<Batch>> {
    let table = table_of(py, table)?;
    let columns = match columns.is_empty() {
        true => Columns::default(),
        false => Columns::from_str(columns).map_err(|error| saywho_error(py, error))?,
    };
    let options = Options { columns, ..Options::default() };
    let batch = taken(batch)?;
    let read = py.detach(|| in_chunks(&engine.0, &batch, table, &options, jobs.max(1), kept));
    read.map(|batches| batches.into_iter().map(Batch).collect()).map_err(|error| saywho_error(py, error))
}

fn table_of(py: Python<'_>, name: &str) -> PyResult<Table> {
    name.parse().map_err(|error: String| saywho_error(py, error))
}

fn failed(py: Python<'_>, error: &ArrowError) -> PyErr {
    saywho_error(py, format!("the batch cannot be handed over: {error}"))
}

/// The batch that another library holds; its buffers stay where they are.
fn taken(batch: &Bound<'_, PyAny>) -> PyResult<RecordBatch> {
    let py = batch.py();
    let capsules = batch.call_method0("__arrow_c_array__").map_err(|_| {
        let kind = batch.get_type().name().map_or_else(|_| "something else".into(), |name| name.to_string());
        saywho_error(py, format!("expected an Arrow record batch (with __arrow_c_array__), got {kind}"))
    })?;
    let (schema, array): (Bound<'_, PyCapsule>, Bound<'_, PyCapsule>) = capsules.extract()?;
    let schema: NonNull<FFI_ArrowSchema> = schema.pointer_checked(Some(c_str!("arrow_schema")))?.cast();
    let array: NonNull<FFI_ArrowArray> = array.pointer_checked(Some(c_str!("arrow_array")))?.cast();
    // SAFETY: the names of the capsules promise these types (Arrow PyCapsule interface); `from_raw` moves the structs out and
    // marks what stays in the capsules as released, and the one who handed them over promises that the data are valid.
    let (schema, array) =
        unsafe { (FFI_ArrowSchema::from_raw(schema.as_ptr()), FFI_ArrowArray::from_raw(array.as_ptr())) };
    // SAFETY: as above, the two belong together.
    let data = unsafe { from_ffi(array, &schema) }.map_err(|error| failed(py, &error))?;
    if !matches!(data.data_type(), arrow_schema::DataType::Struct(_)) {
        return Err(saywho_error(py, format!("expected a record batch, got an array of {}", data.data_type())));
    }
    Ok(RecordBatch::from(StructArray::from(data)))
}

/// The rows of the chunks of a batch, in their order.
fn in_chunks(
    reader: &Reader,
    batch: &RecordBatch,
    table: Table,
    options: &Options,
    jobs: usize,
    (any_language, min_confidence): (bool, f32),
) -> Result<Vec<RecordBatch>, String> {
    let length = if jobs == 1 { batch.num_rows() } else { batch.num_rows().div_ceil(jobs * CHUNKS) }.max(1);
    let starts: Vec<usize> = (0..batch.num_rows()).step_by(length).collect();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(vec![None; starts.len()]));
    let work = || {
        let mut reader = BatchReader::new(reader, options.clone(), any_language).at_least(min_confidence);
        while let Some(&start) = starts.get(next.fetch_add(1, Ordering::Relaxed)) {
            let chunk = batch.slice(start, length.min(batch.num_rows() - start));
            let rows = reader.only(&chunk, table).map(|batches: Batches| batches.into_one(table));
            done.lock().unwrap_or_else(|poisoned| poisoned.into_inner())[start / length] =
                Some(rows.map_err(|e| e.to_string()));
        }
    };
    thread::scope(|scope| {
        for _ in 1..jobs.min(starts.len()) {
            scope.spawn(work);
        }
        work();
    });
    let done = done.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    done.into_iter().map(|rows| rows.unwrap_or_else(|| Err("a reading thread ended before its time".into()))).collect()
}
