//! Paths of the command line to what is to be read.

use std::io;
use std::path::{Path, PathBuf};

use saywho::Document;
use saywho_ingest::{IngestError, Options, documents_in_file, documents_in_stream, files_under};

/// One thing to read.
#[derive(Debug)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// A folder, or part of one, that could not be listed.
    Failed(IngestError),
}

impl Input {
    /// Everything that these paths stand for, in order.
    pub fn all(paths: &[PathBuf]) -> Vec<Input> {
        paths.iter().flat_map(|path| Input::under(path)).collect()
    }

    fn under(path: &Path) -> Vec<Input> {
        if path == Path::new("-") {
            return vec![Input::Stdin];
        }
        files_under(path).into_iter().map(|found| found.map_or_else(Input::Failed, Input::File)).collect()
    }

    /// The documents it holds.
    pub fn load(self, options: &Options) -> Result<Vec<Document>, IngestError> {
        match self {
            Input::File(path) => documents_in_file(&path, options),
            Input::Stdin => documents_in_stream(io::stdin().lock(), "stdin", options),
            Input::Failed(error) => Err(error),
        }
    }

    /// What to call it.
    pub fn name(&self) -> String {
        match self {
            Input::File(path) => path.display().to_string(),
            Input::Stdin => "stdin".into(),
            Input::Failed(error) => error.file.clone(),
        }
    }
}
