//! The threads that read, each with its own worker, behind a queue that refuses when it is full.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{io, thread};

use axum::http::StatusCode;
use saywho::{Budget, Reader, Worker};
use tokio::sync::oneshot;

use crate::problem::{Answer, Problem};

/// Pages nest deeply, and the parser of some crate may recurse.
const STACK_BYTES: usize = 16 << 20;

type Task = Box<dyn for<'r> FnOnce(&'r Reader, &mut Worker<'r>) + Send>;

/// What is wanted as long as somebody waits: when this is gone, reading stops.
struct Wanted(Budget);

impl Drop for Wanted {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// The threads that read.
pub struct Readers {
    queue: SyncSender<Task>,
    waiting: Arc<AtomicUsize>,
    patience: Duration,
}

impl Readers {
    /// So many threads, for which so many tasks may wait, each for as long as a request may take.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn start(reader: Arc<Reader>, threads: usize, queue: usize, patience: Duration) -> io::Result<Readers> {
        let (sender, tasks) = sync_channel::<Task>(queue);
        let tasks = Arc::new(Mutex::new(tasks));
        let waiting = Arc::new(AtomicUsize::new(0));
        for _ in 0..threads {
            let (reader, tasks, waiting) = (Arc::clone(&reader), Arc::clone(&tasks), Arc::clone(&waiting));
            let work = move || work(&reader, &tasks, &waiting);
            thread::Builder::new().name("reader".into()).stack_size(STACK_BYTES).spawn(work)?;
        }
        Ok(Readers { queue: sender, waiting, patience })
    }

    /// Tasks that wait.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Has a task done, unless too many wait. What nobody waits for any more is not begun; what has begun sees its budget
    /// spent when the time of a request is nearly over, so that it can still tell how far it came, or when nobody waits.
    pub async fn run<T: Send + 'static>(
        &self,
        task: impl for<'r> FnOnce(&'r Reader, &mut Worker<'r>, &Budget) -> T + Send + 'static,
    ) -> Answer<T> {
        let wanted = Wanted(Budget::of(self.patience.mul_f64(0.9)));
        let budget = wanted.0.clone();
        let (task, answer) = packed(move |reader, worker| task(reader, worker, &budget));
        self.waiting.fetch_add(1, Ordering::Relaxed);
        if let Err(refused) = self.queue.try_send(task) {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(match refused {
                TrySendError::Full(_) => Problem::busy(),
                TrySendError::Disconnected(_) => Problem::broken(&"the reading threads have ended"),
            });
        }
        let answer = answer.await.map_err(|_| failed());
        drop(wanted);
        answer
    }

    /// Has a task done and waits as long as it takes; not for asynchronous code.
    pub fn run_blocking<T: Send + 'static>(
        &self,
        task: impl for<'r> FnOnce(&'r Reader, &mut Worker<'r>) -> T + Send + 'static,
    ) -> Answer<T> {
        let (task, answer) = packed(task);
        self.waiting.fetch_add(1, Ordering::Relaxed);
        self.queue.send(task).map_err(|_| Problem::broken(&"the reading threads have ended"))?;
        answer.blocking_recv().map_err(|_| failed())
    }
}

fn packed<T: Send + 'static>(
    task: impl for<'r> FnOnce(&'r Reader, &mut Worker<'r>) -> T + Send + 'static,
) -> (Task, oneshot::Receiver<T>) {
    let (sender, receiver) = oneshot::channel();
    let task: Task = Box::new(move |reader, worker| {
        if !sender.is_closed() {
            let _ = sender.send(task(reader, worker));
        }
    });
    (task, receiver)
}

fn failed() -> Problem {
    let told = "saywho failed on this document; please report it with the document";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, told)
}

fn work(reader: &Reader, tasks: &Mutex<Receiver<Task>>, waiting: &AtomicUsize) {
    let mut worker = reader.worker();
    let next = || tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
    while let Ok(task) = next() {
        waiting.fetch_sub(1, Ordering::Relaxed);
        // A panic on one odd document must not take the thread along; the worker's buffers may be half written.
        if catch_unwind(AssertUnwindSafe(|| task(reader, &mut worker))).is_err() {
            worker = reader.worker();
        }
    }
}
