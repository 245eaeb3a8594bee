//! `saywho compare`: what several accounts tell of one conversation.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::CommandFactory;
use clap::error::ErrorKind;
use saywho::Document;
use saywho::comparison::{Comparison, Options, Topics};
use saywho_ingest::{Ids, language};
use saywho_report as report;

use crate::args::{Args, CompareArgs, CompareFormat, check_excel};
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
    let Read { documents, foreign, mut failed } = read(args, inputs);
    let (mut analyses, mut sides) = (Vec::new(), Vec::new());
    let (limits, mut worker) = (args.input.options().limits, reader.worker());
    for (document, side) in &documents {
        match worker.analyse_within(document, &limits.budget(&document.text)) {
            Ok(analysis) => {
                analyses.push(analysis);
                sides.push(side.clone());
            }
            Err(error) => {
                failed = true;
                say::error(&say::out_of_time(&document.id, error));
            }
        }
    }
    match analyses.len() {
        all if all == foreign => bail!("none of the documents could be read: there is nothing to compare"),
        1 if failed => {
            bail!("only {} could be read: there is nothing to compare it with", analyses[0].reading().document.id)
        }
        _ => {}
    }
    let comparison = reader.compare(&analyses, &Options { sides, topics });
    write(args, &comparison)?;
    let cautions = &comparison.cautions;
    // The report for people says the same.
    for caution in cautions.iter().filter(|_| args.format() != CompareFormat::Text || args.output.is_some()) {
        say::note(caution);
    }
    Ok(match (failed, cautions.is_empty()) {
        (true, _) => ExitCode::FAILURE,
        (false, false) => ExitCode::from(CAUTION),
        (false, true) => ExitCode::SUCCESS,
    })
}

/// The exit code of a comparison that says less than it seems to.
const CAUTION: u8 = 3;

/// Ends the program with code 2 where the arguments do not go together.
fn check(args: &CompareArgs, inputs: usize) {
    check_excel(args.excel, args.format() == CompareFormat::Csv);
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

/// What there is to read.
struct Read {
    /// The documents in the order of the inputs, each with the side given for it.
    documents: Vec<(Document, Option<String>)>,
    /// How many of them are not in English.
    foreign: usize,
    /// Whether something could not be read.
    failed: bool,
}

fn read(args: &CompareArgs, inputs: Vec<Input>) -> Read {
    let options = args.input.options();
    let mut read = Read { documents: Vec::new(), foreign: 0, failed: false };
    let mut ids = Ids::default();
    for (i, input) in inputs.into_iter().enumerate() {
        let name = input.name();
        match input.load(&options) {
            Ok(documents) => {
                for mut document in documents {
                    if !language::is_read(document.language.as_deref()) {
                        read.failed = true;
                        read.foreign += 1;
                        // It stays in the comparison as an account that could not be read, so that nobody is called silent.
                        say::error(&foreign(&name, document.language.as_deref().unwrap_or_default()));
                    }
                    document.id = ids.unique(&document.id);
                    read.documents.push((document, args.sides.get(i).cloned()));
                }
            }
            Err(error) => {
                read.failed = true;
                say::error(&say::with_hint(&error));
            }
        }
    }
    read
}

/// An account in another language than English.
fn foreign(name: &str, tag: &str) -> String {
    format!("{name}: this is {}; saywho reads English: give an English translation", language::name(tag))
}

fn write(args: &CompareArgs, comparison: &Comparison) -> Result<()> {
    let target = args.output.clone().map_or(Target::Stdout, Target::File);
    let look = target.look();
    let answer = match args.format() {
        CompareFormat::Text => report::comparison_text(comparison, &look),
        CompareFormat::Json => report::comparison_json(comparison),
        CompareFormat::Html => report::comparison_html(comparison),
        CompareFormat::Csv if args.excel => report::UTF8_MARK.to_owned() + &report::comparison_csv(comparison),
        CompareFormat::Csv => report::comparison_csv(comparison),
        CompareFormat::Markdown => report::comparison_markdown(comparison),
    };
    let Target::File(path) = target else { return output::print(&answer) };
    output::spare(&output::originals(&args.paths), &path)?;
    output::write_file(&path, &answer)
}
