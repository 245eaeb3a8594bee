//! One part of an input to its reading, whatever goes wrong on the way.

use std::panic::{AssertUnwindSafe, catch_unwind};

use saywho::{Budget, Document, OutOfTime, Reader, Reading, Worker};
use saywho_ingest::{Options, Piece, language};

use crate::input::{Part, failed};
use crate::say;

/// What one thread reads with.
pub struct OneReader<'r> {
    reader: &'r Reader,
    worker: Worker<'r>,
}

/// What became of a part.
pub enum Outcome<T> {
    /// What was made of it, and whether its document is a whole input.
    Read(T, bool),
    /// A line for people on what could not be read.
    Failed(String),
    /// An input is over.
    End,
}

impl<'r> OneReader<'r> {
    /// A reader for one thread.
    pub fn new(reader: &'r Reader) -> OneReader<'r> {
        OneReader { reader, worker: reader.worker() }
    }

    /// Reads a part. What is not in English is told, unless `any_language` is to be read.
    pub fn read(&mut self, part: Part, options: &Options, any_language: bool) -> Outcome<Box<Reading>> {
        self.read_with(part, options, any_language, |worker, document, budget| {
            worker.read_within(document, budget).map(Box::new)
        })
    }

    /// The same with a word of the caller's on how a document is read.
    ///
    /// A panic on one odd document must not lose the others: it becomes that document's error.
    pub fn read_with<T>(
        &mut self,
        part: Part,
        options: &Options,
        any_language: bool,
        how: impl FnOnce(&mut Worker, Document, &Budget) -> Result<T, OutOfTime>,
    ) -> Outcome<T> {
        let piece = match part {
            Part::Piece(piece) => *piece,
            Part::Failed(line) => return Outcome::Failed(line),
            Part::End => return Outcome::End,
        };
        let (name, alone) = (piece.name().to_owned(), piece.is_alone());
        let read = catch_unwind(AssertUnwindSafe(|| self.read_piece(piece, options, any_language, how)));
        match read {
            Ok(Ok(made)) => Outcome::Read(made, alone),
            Ok(Err(line)) => Outcome::Failed(line),
            Err(panic) => {
                // The worker's buffers may be half written.
                self.worker = self.reader.worker();
                Outcome::Failed(failed(&name, &*panic))
            }
        }
    }

    fn read_piece<T>(
        &mut self,
        piece: Piece,
        options: &Options,
        any_language: bool,
        how: impl FnOnce(&mut Worker, Document, &Budget) -> Result<T, OutOfTime>,
    ) -> Result<T, String> {
        let name = piece.name().to_owned();
        let document = piece.document(options).map_err(|error| say::with_hint(&error))?;
        match document.language.as_deref() {
            Some(tag) if !any_language && !language::is_read(Some(tag)) => {
                let name_of = language::name(tag);
                Err(format!(
                    "{name}: this is {name_of}; saywho reads English, and it was passed over (--any-language reads it all the same)"
                ))
            }
            _ => {
                let budget = options.limits.budget(&document.text);
                how(&mut self.worker, document, &budget).map_err(|error| say::out_of_time(&name, error))
            }
        }
    }
}
