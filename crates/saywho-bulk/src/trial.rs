//! The child that tries what was under way when a run ended.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;

use anyhow::{Context, Result};
use saywho::Reader;
use saywho_ingest::{Flow, pieces_in_file};

use crate::Job;
use crate::deadly::Step;
use crate::feed::Position;
use crate::inputs::{Input, Inputs};
use crate::work::Work;

/// Does the steps that standard input lists, in a child of a run of the same job, and names each on standard output before.
/// It returns if none of them ends the process.
///
/// # Errors
/// When it is not told what to do.
pub fn run(job: &Job, reader: &Reader) -> Result<()> {
    let mut told = Vec::new();
    io::stdin().lock().read_to_end(&mut told)?;
    let steps: BTreeSet<Step> = serde_json::from_slice(&told).context("a trial is begun by saywho itself")?;
    let inputs = Inputs::of(&job.inputs, &job.out)?;
    let mut work = Work::new(reader, job, None);
    for (number, input) in inputs.all.into_iter().enumerate() {
        let last = steps.iter().filter(|step| step.at.input == number).map(|step| step.at.items).max();
        if let (Some(last), Input::File { path, .. }) = (last, input) {
            let mut at = Position { input: number, items: 0 };
            name(&steps, at, false)?;
            let _: Flow = pieces_in_file(&path, &job.options, &mut |piece| {
                at.items += 1;
                let done = name(&steps, at, true).and_then(|reads| {
                    if let (true, Ok(piece)) = (reads, piece) {
                        let _ = work.read_piece(piece);
                    }
                    name(&steps, at, false)
                });
                // The step behind the last item lasts until the next one is there.
                if done.is_err() || at.items > last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
        }
    }
    Ok(())
}

/// Names a step if it is one of these.
fn name(steps: &BTreeSet<Step>, at: Position, reads: bool) -> Result<bool> {
    let step = Step { at, reads };
    let is_one = steps.contains(&step);
    if is_one {
        let mut out = io::stdout().lock();
        writeln!(out, "{}", serde_json::to_string(&step)?)?;
        out.flush()?;
    }
    Ok(is_one)
}
