//! `saywho bench`: how fast it reads.

use std::fmt::Write;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use saywho::{Document, Reader, Spent};
use saywho_ingest::Options;

use crate::args::{BenchArgs, threads};
use crate::input::Input;
use crate::{engine, machine, output, parallel, say};

/// Loads a folder, reads it and prints the figures, one `name value` a line.
///
/// # Errors
/// When the engine cannot be made or there is nothing to read.
pub fn run(args: &BenchArgs) -> Result<ExitCode> {
    let (documents, failed) = load(args);
    if documents.is_empty() {
        bail!("{} gave nothing to read", args.dir.display());
    }
    let begin = Instant::now();
    let reader = engine::reader(&args.engine)?;
    let load_ms = begin.elapsed().as_secs_f64() * 1000.0;
    let words: usize = documents.iter().map(|document| document.text.split_whitespace().count()).sum();
    let jobs = threads(Some(args.jobs));
    let times: Vec<(Duration, Spent)> =
        (0..args.repeat.get()).map(|_| time(&reader, &documents, jobs)).collect::<Result<_>>()?;
    let (best, spent) = times.into_iter().min_by_key(|(whole, _)| *whole).unwrap_or_default();
    let resolving = 100.0 * spent.resolving.as_secs_f64() / spent.finding.as_secs_f64().max(1e-9);

    let mut figures = String::new();
    writeln!(figures, "documents {}", documents.len())?;
    writeln!(figures, "words {words}")?;
    writeln!(figures, "threads {jobs}")?;
    writeln!(figures, "words/s {:.0}", words as f64 / best.as_secs_f64().max(1e-9))?;
    writeln!(figures, "resolving_percent_of_finding {resolving:.1}")?;
    writeln!(figures, "model_load_ms {load_ms:.1}")?;
    let peak = machine::peak_rss_mib().map_or_else(|| "unknown".into(), |mib| format!("{mib:.1}"));
    writeln!(figures, "peak_rss_mib {peak}")?;
    writeln!(figures, "cpu {}", machine::cpu_name())?;
    output::print(&figures)?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The documents of the folder, and whether some could not be loaded.
fn load(args: &BenchArgs) -> (Vec<Document>, bool) {
    let mut documents = Vec::new();
    let mut failed = false;
    for input in Input::all(std::slice::from_ref(&args.dir)) {
        match input.load(&Options::default()) {
            Ok(found) => documents.extend(found),
            Err(error) => {
                failed = true;
                say::error(&say::with_hint(&error));
            }
        }
    }
    (documents, failed)
}

/// How long the threads take for all documents, and what they spent it on, added up; copying is not counted.
fn time(reader: &Reader, documents: &[Document], jobs: usize) -> Result<(Duration, Spent)> {
    let mut all = Spent::default();
    let copies = documents.to_vec();
    let begin = Instant::now();
    parallel::in_order(
        |push| {
            // It breaks when the work has ended early, and then nobody wants the rest.
            let _ = copies.into_iter().try_for_each(push);
        },
        |document| document.text.len(),
        jobs,
        || reader.worker(),
        |worker, document| (worker.read(document), worker.spent()),
        |(reading, spent)| {
            std::hint::black_box(reading);
            all.finding += spent.finding;
            all.resolving += spent.resolving;
            Ok(())
        },
    )?;
    Ok((begin.elapsed(), all))
}
