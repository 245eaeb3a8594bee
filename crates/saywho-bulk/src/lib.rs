//! Corpora to tables: any number of inputs, on all cores, in bounded memory, to Parquet files (`docs/bulk.md`).
//!
//! The inputs are one stream of documents, cut into parts by what they hold, never by who reads them; a part is one file
//! in each table. One thread takes the inputs apart ([`feed`]), the others read ([`work`]), and the calling thread writes
//! ([`parts`]) and notes what is done ([`manifest`]). So the files are the same for any number of threads, and a run that
//! was cut off goes on with the first part that is not done, and passes over what has ended the process ([`deadly`]). When all is read, near copies are grouped ([`groups`]).

mod deadly;
mod feed;
mod fingerprint;
mod groups;
mod inputs;
mod manifest;
mod parquet_file;
mod parts;
mod quotebank;
mod trial;
mod work;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use saywho::Reader;
use saywho_ingest::Options;
use serde::{Deserialize, Serialize};

pub use fingerprint::fingerprint;
pub use trial::run as run_trial;

use crate::deadly::{Deadly, UnderWay};
use crate::feed::{Chunk, Feed, Watch};
use crate::inputs::Inputs;
use crate::manifest::{Manifest, Run};
use crate::parts::Part;
use crate::work::{Done, Work};

/// What is to be done.
#[derive(Debug, Clone)]
pub struct Job {
    /// Files and folders.
    pub inputs: Vec<PathBuf>,
    /// The folder for the tables.
    pub out: PathBuf,
    /// How to take the inputs in.
    pub options: Options,
    /// Whether to read what is not in English.
    pub any_language: bool,
    /// Whether to write the view that is shaped like Quotebank.
    pub quotebank: bool,
    /// How sure an attribution has to be to have a row, 0 to 1.
    pub min_confidence: f32,
    /// A part ends when it holds so many bytes of documents as they came.
    pub part_bytes: usize,
    /// Threads that read.
    pub jobs: usize,
    /// A command that calls [`run_trial`] with the same job in a process of its own: it tries what was under way when an earlier
    /// run ended, so that a document that ends the process ends it once. Without one it is read again.
    pub trial: Option<fn() -> Command>,
    /// What else the rows depend on, by name: with which weights and tables the reader was made. A run goes on only
    /// where these are the same.
    pub settings: BTreeMap<String, String>,
}

/// Figures of a run: all that is done so far, earlier runs included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Documents that were read.
    pub documents: u64,
    /// Their words, split at white space.
    pub words: u64,
    /// Rows of the table of errors.
    pub errors: u64,
}

impl Counts {
    fn add(&mut self, other: Counts) {
        self.documents += other.documents;
        self.words += other.words;
        self.errors += other.errors;
    }
}

/// How far a run is.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// What is done.
    pub counts: Counts,
    /// What earlier runs had done.
    pub before: Counts,
    /// About how many bytes of the inputs are done.
    pub bytes: u64,
    /// About how many of them earlier runs had done.
    pub bytes_before: u64,
    /// The bytes of all inputs.
    pub bytes_total: u64,
}

/// What a finished run has done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// What was read.
    #[serde(flatten)]
    pub counts: Counts,
    /// Files in each table.
    pub parts: u64,
    /// Documents that are near copies of an earlier one.
    pub near_copies: u64,
    /// Documents whose id an earlier one has too: they cannot be told apart in the other tables.
    pub repeated_ids: u64,
}

/// Reads all inputs, or what an earlier run has left of them; `tell` hears how far it is, often.
///
/// # Errors
/// When the inputs cannot be listed, the folder is not one for this job, or cannot be written to. What is wrong with a
/// document is no error but a row of the table of errors.
pub fn run(job: &Job, reader: &Reader, mut tell: impl FnMut(&Progress)) -> Result<Summary> {
    let inputs = Inputs::of(&job.inputs, &job.out)?;
    let mut run = Run::open(&job.out, &Manifest::of(job, &inputs))?;
    if let Some(summary) = run.summary()? {
        return Ok(summary);
    }
    read(job, reader, inputs, &mut run, &mut tell)?;
    let found = groups::write(&job.out, run.parts(), run.counts().documents)?;
    let summary = Summary {
        counts: run.counts(),
        parts: run.parts(),
        near_copies: found.near_copies,
        repeated_ids: found.repeated_ids,
    };
    run.finish(&summary)?;
    Ok(summary)
}

fn read(job: &Job, reader: &Reader, inputs: Inputs, run: &mut Run, tell: &mut dyn FnMut(&Progress)) -> Result<()> {
    let (bytes_total, start) = (inputs.bytes(), run.position());
    let bytes_before = inputs.bytes_before(start.input);
    let before = run.counts();
    let mut counts = before;
    let (left, under_way) = UnderWay::open(&job.out)?;
    // What lies in parts that are done was read to its end.
    let deadly = Deadly::of(&job.out, left.into_iter().filter(|step| step.at >= start).collect(), job.trial)?;
    under_way.clear()?;
    let watch = || Watch { deadly: &deadly, under_way: &under_way, thread: under_way.thread() };
    let feed = Feed::new(inputs, &job.options, start, run.parts(), job.part_bytes, watch());
    let mut part: Option<Part> = None;
    saywho_parallel::in_order(
        |push| {
            // It breaks when the work has ended early, and then nobody wants the rest.
            let _: ControlFlow<()> = feed.chunks(push);
        },
        Chunk::weight,
        job.jobs,
        || Work::new(reader, job, Some(watch())),
        Work::read,
        |done: Done| {
            if part.as_ref().is_some_and(|part| part.number() != done.part)
                && let Some(whole) = part.take()
            {
                run.add(whole.finish()?)?;
            }
            let part = match &mut part {
                Some(part) => part,
                None => part.insert(Part::begin(&job.out, done.part, job.quotebank)?),
            };
            counts.add(done.counts);
            tell(&Progress { counts, before, bytes: done.bytes, bytes_before, bytes_total });
            part.write(done)
        },
    )?;
    if let Some(last) = part {
        run.add(last.finish()?)?;
    }
    under_way.finish(&job.out)
}
