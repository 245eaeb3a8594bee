//! Paths of the command line to what is to be read.

use std::any::Any;
use std::io;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use saywho::Document;
use saywho_ingest::{
    Flow, IngestError, Options, Piece, files_under, pieces_in_bytes, pieces_in_file, pieces_in_stream,
};

use crate::parallel::Push;
use crate::say;

/// One thing to read.
#[derive(Debug)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// What came from an address.
    Fetched { address: String, bytes: Vec<u8> },
    /// A folder, or part of one, that could not be listed.
    Failed(IngestError),
}

/// What an input gives, one after the other.
pub enum Part {
    /// A document to be.
    Piece(Box<Piece>),
    /// A line for people on a part that cannot be read.
    Failed(String),
    /// There is no more in this input.
    End,
}

impl Part {
    /// The bytes it holds.
    pub fn weight(&self) -> usize {
        match self {
            Part::Piece(piece) => piece.weight(),
            Part::Failed(_) | Part::End => 0,
        }
    }
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

    /// Hands on the parts of all these inputs.
    ///
    /// A panic on one odd input must not lose the others: it becomes that input's error.
    pub fn feed(inputs: Vec<Input>, options: &Options, push: &mut Push<Part>) {
        for input in inputs {
            let name = input.name();
            let poured = catch_unwind(AssertUnwindSafe(|| {
                input.pieces(options, &mut |piece| {
                    push(match piece {
                        Ok(piece) => Part::Piece(Box::new(piece)),
                        Err(error) => Part::Failed(say::with_hint(&error)),
                    })
                })
            }));
            let poured = poured.unwrap_or_else(|panic| push(Part::Failed(failed(&name, &*panic))));
            if poured.is_break() || push(Part::End).is_break() {
                return;
            }
        }
    }

    fn pieces(self, options: &Options, take: &mut dyn FnMut(Result<Piece, IngestError>) -> Flow) -> Flow {
        match self {
            Input::File(path) => pieces_in_file(&path, options, take),
            Input::Stdin => pieces_in_stream(io::stdin().lock(), "stdin", options, take),
            Input::Fetched { address, bytes } => pieces_in_bytes(&bytes, Some(&address), options, take),
            Input::Failed(error) => take(Err(error)),
        }
    }

    /// The documents it holds, for commands that need them all at once; the first error where there is one.
    pub fn load(self, options: &Options) -> Result<Vec<Document>, IngestError> {
        let mut documents = Ok(Vec::new());
        let _ = self.pieces(options, &mut |piece| {
            let document = piece.and_then(|piece| piece.document(options));
            match (document, &mut documents) {
                (Ok(document), Ok(all)) => all.push(document),
                (Err(error), _) => {
                    documents = Err(error);
                    return ControlFlow::Break(());
                }
                _ => {}
            }
            ControlFlow::Continue(())
        });
        documents
    }

    /// What to call it.
    pub fn name(&self) -> String {
        match self {
            Input::File(path) => path.display().to_string(),
            Input::Stdin => "stdin".into(),
            Input::Fetched { address, .. } => address.clone(),
            Input::Failed(error) => error.file.clone(),
        }
    }
}

/// A line for people on an input on which saywho itself failed.
pub fn failed(name: &str, panic: &(dyn Any + Send)) -> String {
    let formatted = panic.downcast_ref::<String>().map(String::as_str);
    let cause = formatted.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
    format!("{name}: saywho failed on this input ({cause}); please report it with the file")
}
