//! `saywho compare`: what several accounts tell of one conversation.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::CommandFactory;
use clap::error::ErrorKind;
use saywho::comparison::{Comparison, Options, Topics};
use saywho::report;
use saywho::{Reader, Reading};
use saywho_ingest::Ids;

use crate::args::{Args, CompareArgs, CompareFormat};
use crate::input::Input;
use crate::output::{self, Target};
use crate::{engine, say};

/// Reads the accounts and writes their comparison.
///
/// # Errors
/// When the engine cannot be made, the topics cannot be read, nothing is left to compare or the answer cannot be written; a
/// document that cannot be read is named on standard error and makes the exit code 1.
pub fn run(args: &CompareArgs) -> Result<ExitCode> {
    let inputs = Input::all(&args.paths);
    check(args, inputs.len());
    let topics = topics(args.issues.as_deref())?;
    let reader = engine::reader(&args.engine)?;
    let (readings, sides, failed) = read(args, &reader, inputs);
    if readings.is_empty() {
        bail!("none of the documents could be read: there is nothing to compare");
    }
    let comparison = reader.compare(&readings, &Options { sides, topics });
    if comparison.claims.is_empty() {
        say::note("no passage was found that tells what was said in a conversation");
    }
    write(args, &comparison)?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Ends the program with code 2 where the arguments do not go together.
fn check(args: &CompareArgs, inputs: usize) {
    if args.sides.len() > inputs {
        let message = format!(
            "there are {} sides for {inputs} documents: give one --side for each document at most",
            args.sides.len()
        );
        Args::command().error(ErrorKind::TooManyValues, message).exit();
    }
}

fn topics(path: Option<&Path>) -> Result<Topics> {
    let Some(path) = path else { return Ok(Topics::default()) };
    let lines = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Topics::parse(&lines).with_context(|| path.display().to_string())
}

/// The readings in the order of the inputs, with the sides given for them, and whether something could not be read.
fn read(args: &CompareArgs, reader: &Reader, inputs: Vec<Input>) -> (Vec<Reading>, Vec<Option<String>>, bool) {
    let options = args.input.options();
    let (mut readings, mut sides, mut failed) = (Vec::new(), Vec::new(), false);
    let (mut ids, mut worker) = (Ids::default(), reader.worker());
    for (i, input) in inputs.into_iter().enumerate() {
        match input.load(&options) {
            Ok(documents) => {
                for mut document in documents {
                    document.id = ids.unique(&document.id);
                    let budget = options.limits.budget(&document.text);
                    let name = document.id.clone();
                    match worker.read_within(document, &budget) {
                        Ok(reading) => {
                            readings.push(reading);
                            sides.push(args.sides.get(i).cloned());
                        }
                        Err(error) => {
                            failed = true;
                            say::error(&format!("{name}: {error}: --time-limit gives it more"));
                        }
                    }
                }
            }
            Err(error) => {
                failed = true;
                say::error(&say::with_hint(&error));
            }
        }
    }
    (readings, sides, failed)
}

fn write(args: &CompareArgs, comparison: &Comparison) -> Result<()> {
    let target = args.output.clone().map_or(Target::Stdout, Target::File);
    let look = target.look();
    let answer = match args.format {
        CompareFormat::Text => report::comparison_text(comparison, &look),
        CompareFormat::Json => report::comparison_json(comparison),
        CompareFormat::Html => report::comparison_html(comparison),
        CompareFormat::Csv => report::comparison_csv(comparison),
        CompareFormat::Markdown => report::comparison_markdown(comparison),
    };
    let Target::File(path) = target else { return output::print(&answer) };
    if args.paths.iter().any(|input| same_file(input, &path)) {
        bail!("{} is one of the files to read and would be lost: write to another place", path.display());
    }
    output::write_file(&path, &answer)
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}
