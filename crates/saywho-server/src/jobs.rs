//! Long work: adding many documents, one after the other so that requests get through, with progress.

use std::collections::VecDeque;
use std::io;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use saywho::Document;
use saywho_ingest::Limits;
use saywho_store::{Kept, State, Store};
use serde::Serialize;

use crate::input::{Input, documents};
use crate::problem::{Answer, Problem};
use crate::readers::Readers;
use crate::reading::{Failure, keep};

/// Jobs that may wait: fewer than are remembered; what their bodies take is bounded elsewhere.
const WAITING: usize = 500;

/// Jobs that are remembered.
const REMEMBERED: usize = 1000;

/// Lines on what failed, and numbers of documents, that a job tells at most.
const TOLD: usize = 1000;

/// A job as it is told.
#[derive(Debug, Clone, Serialize)]
pub struct Job {
    pub id: i64,
    pub kind: &'static str,
    pub state: &'static str,
    /// Documents handled.
    pub done: u64,
    /// Documents in all, where each input is one; else unknown until the end.
    pub total: Option<u64>,
    pub added: u64,
    pub unchanged: u64,
    pub failed: Vec<String>,
    pub documents: Vec<i64>,
    pub started: String,
    pub ended: Option<String>,
}

/// Jobs in order, each with whether it is to stop.
type Known = VecDeque<(Job, Arc<AtomicBool>)>;

/// All jobs of this process.
pub struct Jobs {
    queue: SyncSender<Order>,
    known: Arc<Mutex<Known>>,
    last: AtomicI64,
}

struct Order {
    id: i64,
    input: Input,
    any_language: bool,
    stop: Arc<AtomicBool>,
}

impl Jobs {
    /// Starts the thread that does them.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(readers: Arc<Readers>, store: Arc<Store>) -> io::Result<Jobs> {
        let (queue, orders) = sync_channel::<Order>(WAITING);
        let known = Arc::new(Mutex::new(VecDeque::new()));
        let told = Arc::clone(&known);
        let work = move || work(&orders, &readers, &store, &told);
        thread::Builder::new().name("jobs".into()).stack_size(16 << 20).spawn(work)?;
        Ok(Jobs { queue, known, last: AtomicI64::new(0) })
    }

    /// Orders documents to be added.
    ///
    /// # Errors
    /// When too many jobs wait.
    pub fn add(&self, input: Input, any_language: bool) -> Answer<Job> {
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let stop = Arc::new(AtomicBool::new(false));
        let job = Job {
            id,
            kind: "add",
            state: "waiting",
            done: 0,
            total: None,
            added: 0,
            unchanged: 0,
            failed: Vec::new(),
            documents: Vec::new(),
            started: saywho_store::now(),
            ended: None,
        };
        self.lock().push_front((job.clone(), Arc::clone(&stop)));
        let order = Order { id, input, any_language, stop };
        if self.queue.try_send(order).is_err() {
            self.lock().retain(|(job, _)| job.id != id);
            return Err(Problem::busy());
        }
        self.lock().truncate(REMEMBERED);
        Ok(job)
    }

    /// All jobs, the newest first.
    pub fn all(&self) -> Vec<Job> {
        self.lock().iter().map(|(job, _)| job.clone()).collect()
    }

    /// One job.
    pub fn one(&self, id: i64) -> Option<Job> {
        self.lock().iter().find(|(job, _)| job.id == id).map(|(job, _)| job.clone())
    }

    /// Has a job end after the document under way.
    pub fn stop(&self, id: i64) -> Option<Job> {
        let known = self.lock();
        let (job, stop) = known.iter().find(|(job, _)| job.id == id)?;
        stop.store(true, Ordering::Relaxed);
        Some(job.clone())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn work(orders: &Receiver<Order>, readers: &Readers, store: &Arc<Store>, known: &Mutex<Known>) {
    while let Ok(order) = orders.recv() {
        let note = |change: &mut dyn FnMut(&mut Job)| {
            let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((job, _)) = known.iter_mut().find(|(job, _)| job.id == order.id) {
                change(job);
            }
        };
        note(&mut |job| job.state = "running");
        let mut full = false;
        for item in &order.input.items {
            documents(&item.given, order.any_language, &mut |document| {
                if full || order.stop.load(Ordering::Relaxed) {
                    return ControlFlow::Break(());
                }
                let kept = document.and_then(|document| one(document, readers, store));
                full = kept.as_ref().is_err_and(Failure::is_full);
                note(&mut |job| count(job, &kept));
                ControlFlow::Continue(())
            });
        }
        note(&mut |job| {
            job.state = match order.stop.load(Ordering::Relaxed) {
                _ if full => "failed",
                true => "stopped",
                false => "done",
            };
            job.total = Some(job.done);
            job.ended = Some(saywho_store::now());
        });
    }
}

fn one(document: Document, readers: &Readers, store: &Arc<Store>) -> Result<Kept, Failure> {
    let (budget, store) = (Limits::default().budget(&document.text), Arc::clone(store));
    readers
        .run_blocking(move |reader, worker| keep(document, reader, worker, &store, &budget))
        .map_err(|problem| Failure { status: problem.status(), line: problem.detail().to_owned() })?
}

fn count(job: &mut Job, kept: &Result<Kept, Failure>) {
    job.done += 1;
    match kept {
        Ok(kept) => {
            match kept.state {
                State::Unchanged => job.unchanged += 1,
                State::Added | State::Replaced | State::Reread => job.added += 1,
            }
            if job.documents.len() < TOLD {
                job.documents.push(kept.id);
            }
        }
        Err(failure) if job.failed.len() < TOLD => job.failed.push(failure.line.clone()),
        Err(_) => {}
    }
}
