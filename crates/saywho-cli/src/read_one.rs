//! One input to its readings, whatever goes wrong on the way.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use saywho::{Reader, Reading, Worker};
use saywho_ingest::Options;

use crate::input::Input;
use crate::say;

/// What one thread reads with.
pub struct OneReader<'r> {
    reader: &'r Reader,
    worker: Worker<'r>,
}

impl<'r> OneReader<'r> {
    /// A reader for one thread.
    pub fn new(reader: &'r Reader) -> OneReader<'r> {
        OneReader { reader, worker: reader.worker() }
    }

    /// Loads and reads an input. The error is a line for people that names the input.
    ///
    /// A panic on one odd input must not lose the others: it becomes that input's error.
    pub fn read(&mut self, input: Input, options: &Options) -> Result<Vec<Reading>, String> {
        let name = input.name();
        let all = catch_unwind(AssertUnwindSafe(|| {
            let documents = input.load(options).map_err(|error| say::with_hint(&error))?;
            Ok(documents.into_iter().map(|document| self.worker.read(document)).collect())
        }));
        all.unwrap_or_else(|panic| {
            // The worker's buffers may be half written.
            self.worker = self.reader.worker();
            Err(format!("{name}: saywho failed on this input ({}); please report it with the file", cause(&*panic)))
        })
    }
}

fn cause(panic: &(dyn Any + Send)) -> &str {
    let formatted = panic.downcast_ref::<String>().map(String::as_str);
    formatted.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given")
}
