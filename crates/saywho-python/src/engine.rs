//! The engine with its weights and tables, made once and shared.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyString;
use saywho::comparison::{Options, Topics};
use saywho::{Document, Reader, Reading, Weights};
use saywho_ingest::{Told, documents_in_file, language};

use crate::check::PyCheck;
use crate::comparison::PyComparison;
use crate::document::{Given, told};
use crate::error::{panicked, read_error, saywho_error};
use crate::many::ReadMany;
use crate::reading::PyReading;

/// A model with its tables. Reading does not change it; all threads may share it.
#[pyclass(frozen, module = "saywho._native")]
pub struct Engine(pub Arc<Reader>);

/// What a caller tells of a document: title, authors, publisher, date.
#[derive(FromPyObject)]
struct About(Option<String>, Vec<String>, Option<String>, Option<String>);

impl About {
    fn told(self) -> Result<Told, String> {
        let About(title, authors, publisher, date) = self;
        told(title, authors, publisher, date)
    }
}

/// Reads one document; a panic on an odd one becomes its error.
pub fn read_one(reader: &Reader, document: Document) -> Result<Reading, String> {
    catch_unwind(AssertUnwindSafe(|| reader.worker().read(document))).map_err(|panic| panicked(&*panic))
}

#[pymethods]
impl Engine {
    /// `model` is "accurate" or "fast"; `knowledge` the text of a user's own rows (docs/knowledge.md).
    #[new]
    #[pyo3(signature = (model, knowledge=None))]
    fn new(py: Python<'_>, model: &str, knowledge: Option<&str>) -> PyResult<Engine> {
        let weights = match model {
            "accurate" => Weights::Accurate,
            "fast" => Weights::Fast,
            other => return Err(saywho_error(py, format!("no model {other:?}: choose \"accurate\" or \"fast\""))),
        };
        let reader = py.detach(|| {
            let reader = Reader::with_weights(weights)?;
            match knowledge {
                Some(rows) => reader.with_knowledge(rows.strip_prefix('\u{feff}').unwrap_or(rows)),
                None => Ok(reader),
            }
        });
        reader.map(|reader| Engine(Arc::new(reader))).map_err(|error| saywho_error(py, error.to_string()))
    }

    /// Reads one text.
    fn read(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyString>,
        id: String,
        about: About,
        url: Option<String>,
    ) -> PyResult<PyReading> {
        let told = about.told().map_err(|error| saywho_error(py, error))?;
        let given = Given::new(text, id).with(told, url);
        let document = given.into_document(py).map_err(|error| read_error(py, error, None))?;
        let reading = py.detach(|| read_one(&self.0, document).map(Reading::into_code_points));
        let reading = reading.map_err(|error| read_error(py, error, None))?;
        Ok(PyReading::of(reading, Some(text.clone().unbind())))
    }

    /// Reads a file that holds one document, in any format of docs/inputs.md.
    fn read_file(&self, py: Python<'_>, path: PathBuf, about: About, any_language: bool) -> PyResult<PyReading> {
        let told = about.told().map_err(|error| saywho_error(py, error))?;
        let reading = py.detach(|| {
            let document = only_document(&path, told)?;
            match document.language.as_deref() {
                Some(tag) if !any_language && !language::is_read(Some(tag)) => Err(format!(
                    "{} is in {}, and saywho reads English: any_language=True reads it all the same",
                    path.display(),
                    language::name(tag)
                )),
                _ => read_one(&self.0, document).map(Reading::into_code_points),
            }
        });
        reading.map(|reading| PyReading::of(reading, None)).map_err(|error| read_error(py, error, None))
    }

    /// Reads many documents in the order of the items with so many threads.
    fn read_many(&self, items: &Bound<'_, PyAny>, jobs: usize, raising: bool) -> PyResult<ReadMany> {
        ReadMany::new(&self.0, items, jobs, raising)
    }

    /// Compares the accounts that these readings give of one conversation.
    fn compare(
        &self,
        py: Python<'_>,
        readings: Vec<PyRef<'_, PyReading>>,
        sides: Vec<Option<String>>,
    ) -> PyResult<PyComparison> {
        let shared: Vec<_> = readings.iter().map(|reading| reading.shared()).collect();
        let compared = py.detach(|| {
            let readings: Vec<Reading> = shared.iter().map(|shared| shared.bytes()).collect();
            let options = Options { sides, topics: Topics::default() };
            let compare = || {
                let analyses: Vec<_> = readings.iter().map(|reading| self.0.analysis(reading)).collect();
                self.0.compare(&analyses, &options)
            };
            catch_unwind(AssertUnwindSafe(compare)).map_err(|panic| panicked(&*panic))
        });
        compared.map(PyComparison).map_err(|error| read_error(py, error, None))
    }

    /// Seeks the passages of the articles in the sources.
    fn check(
        &self,
        py: Python<'_>,
        articles: Vec<PyRef<'_, PyReading>>,
        sources: Vec<PyRef<'_, PyReading>>,
    ) -> PyResult<PyCheck> {
        let shared = |readings: &[PyRef<'_, PyReading>]| readings.iter().map(|r| r.shared()).collect::<Vec<_>>();
        let (articles, sources) = (shared(&articles), shared(&sources));
        let checked = py.detach(|| {
            let articles: Vec<Reading> = articles.iter().map(|shared| shared.bytes()).collect();
            let sources: Vec<Reading> = sources.iter().map(|shared| shared.bytes()).collect();
            let check = || saywho_check::check(&self.0, &articles, &sources);
            catch_unwind(AssertUnwindSafe(check)).map_err(|panic| panicked(&*panic))
        });
        checked.map(PyCheck).map_err(|error| read_error(py, error, None))
    }
}

/// The one document of a file.
fn only_document(path: &std::path::Path, told: Told) -> Result<Document, String> {
    let options = saywho_ingest::Options { told, ..Default::default() };
    let (documents, errors): (Vec<_>, Vec<_>) = documents_in_file(path, &options).into_iter().partition(Result::is_ok);
    let mut documents: Vec<Document> = documents.into_iter().flatten().collect();
    match (documents.len(), errors.into_iter().find_map(Result::err)) {
        (0 | 1, Some(error)) => Err(format!("{error}; {}", error.hint())),
        (1, None) => Ok(documents.remove(0)),
        (0, None) => Err(format!("{} holds nothing to read", path.display())),
        (several, _) => Err(format!(
            "{} holds {several} documents: read it with the command `saywho read` or `saywho bulk`, or hand its texts to read_many",
            path.display()
        )),
    }
}
