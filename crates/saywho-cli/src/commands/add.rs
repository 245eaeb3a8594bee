//! `saywho add`: documents with their readings into a case.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use std::{fs, io};

use anyhow::{Context, Result};
use saywho::{Budget, Document, OutOfTime, Reader, Reading, Worker};
use saywho_ingest::Options;
use saywho_store::{Identity, State, Store, identify};

use crate::args::threads;
use crate::case_args::AddArgs;
use crate::feeds::Feeds;
use crate::input::{Input, Part};
use crate::progress::Progress;
use crate::read_one::{OneReader, Outcome};
use crate::stop::Stop;
use crate::watch::Watch;
use crate::{engine, output, parallel, say};

/// Readings that go to disk together: enough that the disk does not hold up the readers.
const BATCH: usize = 32;

/// How often watched folders are looked at.
const LOOK: Duration = Duration::from_secs(2);

/// Reads all inputs that are new or have changed and keeps them; with `--watch` again and again.
///
/// # Errors
/// When the engine cannot be made or the database cannot be written; an input that cannot be read is no error here, it is
/// named on standard error and makes the exit code 1.
pub fn run(args: &AddArgs) -> Result<ExitCode> {
    let store = Store::open(&args.db).with_context(|| format!("{} cannot be opened", args.db.display()))?;
    let store = Arc::new(store);
    let done = add_all(args, &store);
    // What listens for the end of the process holds on to the store.
    match (done, store.close()) {
        (Ok(_), Err(apart)) => Err(apart.into()),
        (Err(error), Err(apart)) => {
            say::error(&apart.to_string());
            Err(error)
        }
        (done, Ok(())) => done,
    }
}

fn add_all(args: &AddArgs, store: &Arc<Store>) -> Result<ExitCode> {
    // To be stopped is how watching ends.
    let stop = Stop::listen(Arc::clone(store), if args.watch { 0 } else { 1 })?;
    let reader = engine::reader(&args.engine)?;
    tell_outdated(store, &args.db)?;
    let paths = args.paths.iter().map(|path| whole(path)).collect::<io::Result<Vec<_>>>()?;
    // What feeds and watched folders bring is not known beforehand.
    let several = if args.watch || !args.feeds.is_empty() { 2 } else { Input::all(&paths).len() };
    let options = args.told.add_to(args.input.options(), several);
    let adding = Adding { args, options, jobs: threads(args.jobs), store, reader, stop };
    let every = Duration::from_secs(args.poll.get());
    let mut feeds = Feeds::new(&args.feeds, every, adding.options.limits.document_bytes);
    if !args.watch {
        return adding.add(Input::all(&paths).into_iter().chain(feeds.due()).collect());
    }
    let mut watch = Watch::new(paths);
    let mut inputs = watch.all();
    while !adding.stop.is_told() {
        inputs.extend(feeds.due());
        if !inputs.is_empty() {
            adding.add(inputs)?;
        }
        adding.stop.wait(LOOK);
        inputs = watch.changed();
    }
    Ok(ExitCode::SUCCESS)
}

/// Names what other versions have read, and how it is read again.
pub fn tell_outdated(store: &Store, db: &Path) -> Result<()> {
    let outdated = store.outdated()?.len();
    if outdated > 0 {
        say::note(&format!(
            "{outdated} documents were read by another version of saywho: saywho documents read-again --db {} brings them up to date",
            db.display()
        ));
    }
    Ok(())
}

/// The run was told to end before all was read.
#[derive(Debug, thiserror::Error)]
#[error("stopped before all was read: the same command goes on from here")]
struct Stopped;

/// What it takes to add.
struct Adding<'a> {
    args: &'a AddArgs,
    options: Options,
    jobs: usize,
    store: &'a Store,
    reader: Reader,
    stop: Stop,
}

impl Adding<'_> {
    /// Reads these inputs, keeps what is new and tells how much that was.
    fn add(&self, inputs: Vec<Input>) -> Result<ExitCode> {
        let Adding { args, options, jobs, store, reader, stop } = self;
        let progress = Progress::new(inputs.len(), false);
        let mut case = Case { store, batch: Vec::new(), added: 0, replaced: 0, reread: 0, unchanged: 0 };
        let mut failed = 0;
        let done = parallel::in_order(
            |push| Input::feed(inputs, options, push),
            Part::weight,
            *jobs,
            || OneReader::new(reader),
            |one, part| {
                one.read_with(part, options, args.any_language, |worker, document, budget| {
                    read(worker, document, store, budget)
                })
            },
            |outcome| {
                match outcome {
                    Outcome::Read(Ok(Some(new)), _) => case.keep(new)?,
                    Outcome::Read(Ok(None), _) => case.unchanged += 1,
                    Outcome::Read(Err(error), _) => return Err(error.into()),
                    Outcome::End => progress.step(),
                    Outcome::Failed(line) => {
                        failed += 1;
                        progress.beside(|| say::error(&line));
                    }
                }
                if stop.is_told() {
                    // At once: what waits for a pipe or a slow document may not end in time.
                    case.flush()?;
                    return Err(Stopped.into());
                }
                Ok(())
            },
        );
        let stopped = done.as_ref().is_err_and(|error| error.is::<Stopped>());
        if !stopped {
            done?;
        }
        case.flush()?;
        let Case { added, replaced, reread, unchanged, .. } = case;
        drop(progress);
        let told = format!("{added} added, {replaced} with a new text, {unchanged} unchanged, {failed} not read");
        let again = if reread > 0 { format!(", {reread} read again") } else { String::new() };
        output::print(&format!("{told}{again}: {}\n", args.db.display()))?;
        if stopped && !args.watch {
            say::note(&Stopped.to_string());
        }
        Ok(if failed > 0 || stopped { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

/// A path that means the same wherever the command is given, so that its document is known again.
fn whole(path: &Path) -> io::Result<PathBuf> {
    // What is not there is named as it was typed, when it is read.
    if path == Path::new("-") {
        Ok(path.to_owned())
    } else {
        Ok(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()))
    }
}

/// The reading of a document, unless it is there with the same text.
fn read(
    worker: &mut Worker,
    mut document: Document,
    store: &Store,
    budget: &Budget,
) -> Result<saywho_store::Result<Option<(Identity, Reading)>>, OutOfTime> {
    let identity = identify(&mut document);
    Ok(match store.unchanged(&identity) {
        Ok(Some(_)) => Ok(None),
        Ok(None) => Ok(Some((identity, worker.read_within(document, budget)?))),
        Err(error) => Err(error),
    })
}

/// The database as it grows.
struct Case<'s> {
    store: &'s Store,
    batch: Vec<(Identity, Reading)>,
    added: usize,
    replaced: usize,
    reread: usize,
    unchanged: usize,
}

impl Case<'_> {
    fn keep(&mut self, new: (Identity, Reading)) -> Result<()> {
        self.batch.push(new);
        if self.batch.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<()> {
        for kept in self.store.add(&std::mem::take(&mut self.batch))? {
            match kept.state {
                State::Added => self.added += 1,
                State::Replaced => self.replaced += 1,
                State::Reread => self.reread += 1,
                State::Unchanged => self.unchanged += 1,
            }
        }
        Ok(())
    }
}
