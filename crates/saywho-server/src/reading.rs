//! One document to its reading, whatever goes wrong on the way.

use std::panic::{AssertUnwindSafe, catch_unwind};

use axum::http::StatusCode;
use saywho::{Analysis, Budget, Document, Reader, Reading, Worker};
use saywho_store::{Kept, Store, identify};

use crate::problem::Problem;

/// Why a document was not read or not kept: it is named, and the others go on.
#[derive(Debug)]
pub struct Failure {
    /// What it would be answered with, were it the only one.
    pub status: StatusCode,
    /// A line for people.
    pub line: String,
}

impl Failure {
    /// A document that cannot be read.
    pub fn unreadable(line: String) -> Failure {
        Failure { status: StatusCode::UNPROCESSABLE_ENTITY, line }
    }

    fn of(name: &str, problem: Problem) -> Failure {
        Failure { status: problem.status(), line: format!("{name}: {}", problem.detail()) }
    }

    /// A document on which saywho itself failed.
    pub fn ours(name: &str) -> Failure {
        let line = format!("{name}: saywho failed on this document; please report it with the document");
        Failure { status: StatusCode::INTERNAL_SERVER_ERROR, line }
    }

    /// A document for which the time was over.
    pub fn too_long(name: &str) -> Failure {
        let line = format!("{name}: there was no time left to read all of it");
        Failure { status: StatusCode::GATEWAY_TIMEOUT, line }
    }

    /// Whether nothing more can be kept.
    pub fn is_full(&self) -> bool {
        self.status == StatusCode::INSUFFICIENT_STORAGE
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Problem {
        Problem::new(failure.status, failure.line)
    }
}

/// Reads a document.
pub fn read<'r>(
    document: Document,
    reader: &'r Reader,
    worker: &mut Worker<'r>,
    budget: &Budget,
) -> Result<Reading, Failure> {
    let name = document.id.clone();
    let read = |worker: &mut Worker<'r>| worker.read_within(document, budget).map_err(|_| Failure::too_long(&name));
    caught(&name, reader, worker, read)
}

/// Reads a document and keeps what is known of it at hand.
pub fn analyse<'d, 'r: 'd>(
    document: &'d Document,
    reader: &'r Reader,
    worker: &mut Worker<'r>,
    budget: &Budget,
) -> Result<Analysis<'d>, Failure> {
    let late = |_| Failure::too_long(&document.id);
    caught(&document.id, reader, worker, |worker| worker.analyse_within(document, budget).map_err(late))
}

/// Reads a document and keeps it, unless it is there. It is on disk when this returns.
pub fn keep<'r>(
    mut document: Document,
    reader: &'r Reader,
    worker: &mut Worker<'r>,
    store: &Store,
    budget: &Budget,
) -> Result<Kept, Failure> {
    let name = document.id.clone();
    let broken = |error: saywho_store::Error| Failure::of(&name, error.into());
    caught(&name, reader, worker, |worker| {
        let identity = identify(&mut document);
        if let Some(kept) = store.unchanged(&identity).map_err(broken)? {
            return Ok(kept);
        }
        let reading = worker.read_within(document, budget).map_err(|_| Failure::too_long(&name))?;
        let kept = store.add(&[(identity, reading)]).map_err(broken)?;
        kept.into_iter().next().ok_or_else(|| Failure::unreadable(format!("{name}: was not kept")))
    })
}

/// Reads a document of the store again and puts the new reading in the place of the old one.
pub fn read_again<'r>(
    id: i64,
    reader: &'r Reader,
    worker: &mut Worker<'r>,
    store: &Store,
    budget: &Budget,
) -> Result<(), Problem> {
    let document = store.unread(id)?;
    let name = document.id.clone();
    let reading = caught(&name, reader, worker, |worker| {
        worker.read_within(document, budget).map_err(|_| Failure::too_long(&name))
    })?;
    Ok(store.replace_reading(id, &reading)?)
}

/// A panic on one odd document must not lose the others: it becomes that document's failure.
pub fn caught<'r, T>(
    name: &str,
    reader: &'r Reader,
    worker: &mut Worker<'r>,
    act: impl FnOnce(&mut Worker<'r>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(|| act(worker))).unwrap_or_else(|_| {
        // The worker's buffers may be half written.
        *worker = reader.worker();
        Err(Failure::ours(name))
    })
}
