//! `saywho bench`: how fast one thread reads.

use std::fmt::Write;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use saywho::{Document, Reader, Worker};
use saywho_ingest::Options;

use crate::args::BenchArgs;
use crate::input::Input;
use crate::{machine, output, say};

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
    let reader = Reader::new().context("the engine could not be made")?;
    let load_ms = begin.elapsed().as_secs_f64() * 1000.0;
    let words: usize = documents.iter().map(|document| document.text.split_whitespace().count()).sum();
    let mut worker = reader.worker();
    let best = (0..args.repeat.get()).map(|_| time(&mut worker, &documents)).min().unwrap_or_default();

    let mut figures = String::new();
    writeln!(figures, "documents {}", documents.len())?;
    writeln!(figures, "words {words}")?;
    writeln!(figures, "words/s {:.0}", words as f64 / best.as_secs_f64().max(1e-9))?;
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

/// How long the worker takes for all documents; copying them is not counted.
fn time(worker: &mut Worker, documents: &[Document]) -> Duration {
    let copies = documents.to_vec();
    let begin = Instant::now();
    for document in copies {
        std::hint::black_box(worker.read(document));
    }
    begin.elapsed()
}
