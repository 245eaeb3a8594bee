//! Many documents, read by several threads while Python does other things.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, TryRecvError, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyString};
use saywho::{Document, Point, Reader, Reading};

use crate::document::Given;
use crate::error::{panicked, read_error};
use crate::reading::PyReading;

/// Documents under way for each thread: a slow one must not leave the others idle, and memory stays bounded.
const WINDOW: usize = 8;
/// Bytes of text under way: large documents must not add up.
const BYTES: usize = 64 << 20;
/// The system's usual stack of a program's main thread.
const STACK_BYTES: usize = 8 << 20;

/// What a thread makes of a document.
type Answer = Result<Box<Reading<Point>>, String>;
/// A document and where its reading goes.
type Task = (Document, SyncSender<Answer>);

/// One document under way.
struct Pending {
    index: usize,
    bytes: usize,
    text: Option<Py<PyString>>,
    state: State,
}

enum State {
    Waiting(Receiver<Answer>),
    Done(Answer),
}

/// An iterator of readings in the order of the documents. It pulls documents from Python in the thread that asks for
/// readings, never more than a few ahead; the reading itself goes on without Python's lock.
#[pyclass(frozen, module = "saywho._native")]
pub struct ReadMany(Mutex<Many>);

struct Many {
    items: Option<Py<PyIterator>>,
    line: VecDeque<Pending>,
    next_index: usize,
    /// Bytes of text in the line.
    bytes: usize,
    window: usize,
    raise: bool,
    /// What the iterable of documents raised: to be raised when all before it are handed out.
    broken: Option<PyErr>,
    tasks: Sender<Task>,
    stop: Arc<AtomicBool>,
}

impl ReadMany {
    /// Starts the threads; nothing is read before the first reading is asked for.
    pub fn new(reader: &Arc<Reader>, items: &Bound<'_, PyAny>, jobs: usize, raise: bool) -> PyResult<ReadMany> {
        let items = items.try_iter()?.unbind();
        let jobs = jobs.max(1);
        let (tasks, queue) = channel();
        let (queue, stop) = (Arc::new(Mutex::new(queue)), Arc::new(AtomicBool::new(false)));
        for _ in 0..jobs {
            let (reader, queue, stop) = (reader.clone(), queue.clone(), stop.clone());
            thread::Builder::new().stack_size(STACK_BYTES).spawn(move || work(&reader, &queue, &stop))?;
        }
        let line = VecDeque::new();
        let window = jobs * WINDOW;
        let items = Some(items);
        let many = Many { items, line, next_index: 0, bytes: 0, window, raise, broken: None, tasks, stop };
        Ok(ReadMany(Mutex::new(many)))
    }
}

impl Many {
    /// Pulls one document: from then on one reading more is in the line.
    fn pull(&mut self, py: Python<'_>) {
        let Some(items) = &self.items else { return };
        let item = match items.bind(py).clone().next() {
            Some(Ok(item)) => item,
            Some(Err(error)) => {
                self.broken = Some(error);
                self.items = None;
                return;
            }
            None => {
                self.items = None;
                return;
            }
        };
        let index = self.next_index;
        self.next_index += 1;
        let given = Given::one_of_many(&item, index).and_then(|given| {
            let text = given.text.clone_ref(py);
            Ok((given.into_document(py)?, text))
        });
        let pending = match given {
            Err(error) => Pending { index, bytes: 0, text: None, state: State::Done(Err(error)) },
            Ok((document, text)) => {
                let (answer, result) = sync_channel(1);
                let bytes = document.text.len();
                // Nobody takes it only if all threads have died, and then the answer never comes either.
                let _ = self.tasks.send((document, answer));
                Pending { index, bytes, text: Some(text), state: State::Waiting(result) }
            }
        };
        self.bytes += pending.bytes;
        self.line.push_back(pending);
    }

    fn has_room(&self) -> bool {
        self.items.is_some() && self.line.len() < self.window && (self.line.is_empty() || self.bytes < BYTES)
    }

    /// Whether the next reading can be handed out without waiting.
    fn is_ready(&mut self) -> bool {
        let Some(first) = self.line.front_mut() else { return false };
        if let State::Waiting(result) = &first.state {
            match result.try_recv() {
                Ok(answer) => first.state = State::Done(answer),
                Err(TryRecvError::Disconnected) => first.state = State::Done(Err(lost())),
                Err(TryRecvError::Empty) => return false,
            }
        }
        true
    }

    /// The next reading; waits for it without Python's lock.
    fn next(&mut self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        // One for the one that leaves; more only while there is nothing to hand out.
        if self.has_room() {
            self.pull(py);
        }
        while self.has_room() && !self.is_ready() {
            self.pull(py);
        }
        let Some(Pending { index, bytes, text, state }) = self.line.pop_front() else {
            return self.broken.take().map_or(Ok(None), Err);
        };
        self.bytes -= bytes;
        let answer = match state {
            State::Done(answer) => answer,
            State::Waiting(result) => py.detach(move || result.recv()).unwrap_or_else(|_| Err(lost())),
        };
        match answer {
            Ok(reading) => Ok(Some(Py::new(py, PyReading::of(*reading, text))?.into_any())),
            Err(error) => {
                let error = read_error(py, format!("document {index}: {error}"), Some(index));
                if self.raise { Err(error) } else { Ok(Some(error.into_value(py).into_any())) }
            }
        }
    }
}

impl Drop for Many {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

#[pymethods]
impl ReadMany {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    /// A reading; or, where a document cannot be read and errors are not to be raised, a `ReadError`.
    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        // Waiting here could wait for a thread that waits for this one, as with Python's own generators.
        let mut many = self.0.try_lock().map_err(|_| {
            PyValueError::new_err(
                "another thread is asking for a reading: let one thread iterate, or give each its own read_many",
            )
        })?;
        many.next(py)
    }
}

fn lost() -> String {
    "a reading thread ended before its time".into()
}

/// What each thread does until nothing is left or nobody wants it any more.
fn work(reader: &Reader, queue: &Mutex<Receiver<Task>>, stop: &AtomicBool) {
    let mut worker = reader.worker();
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
    while let Some((document, answer)) = next() {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let read = catch_unwind(AssertUnwindSafe(|| Box::new(worker.read(document).into_code_points())));
        let read = read.map_err(|panic| {
            // The worker's buffers may be half written.
            worker = reader.worker();
            panicked(&*panic)
        });
        let _ = answer.send(read);
    }
}
