//! `saywho read`: files, folders or standard input to readings.

use std::collections::HashSet;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::CommandFactory;
use clap::error::ErrorKind;
use saywho::Reading;
use saywho_ingest::Ids;
use saywho_report::TextOptions;

use crate::args::{Args, Format, ReadArgs, check_excel, threads};
use crate::input::{Input, Part};
use crate::output::{self, Stream, Target, write_file};
use crate::progress::Progress;
use crate::read_one::{OneReader, Outcome};
use crate::report::Joined;
use crate::{engine, parallel, say};

/// Reads all inputs and writes their readings in the order of the inputs.
///
/// # Errors
/// When the engine cannot be made or the answer cannot be written; an input that cannot be read is no error here,
/// it is named on standard error and makes the exit code 1.
pub fn run(args: &ReadArgs) -> Result<ExitCode> {
    let Some(inputs) = inputs(args) else { return short_help() };
    check(args, inputs.len());
    let target = target(args);
    let options = args.told.add_to(args.input.options(), inputs.len());
    let reader = engine::reader(&args.engine)?;
    let progress = Progress::new(inputs.len(), target.is_screen());
    let mut answer = Answer::new(args, target, &inputs)?;
    let mut failed = false;
    parallel::in_order(
        |push| Input::feed(inputs, &options, push),
        Part::weight,
        threads(args.jobs),
        || OneReader::new(&reader),
        |one, part| {
            let mut outcome = one.read(part, &options, args.any_language);
            if let Outcome::Read(reading, _) = &mut outcome {
                reading.remove_below(args.min_confidence.unwrap_or(0.0));
            }
            outcome
        },
        |outcome| {
            match outcome {
                Outcome::Read(reading, alone) => answer.add(*reading, alone)?,
                Outcome::End => progress.step(),
                Outcome::Failed(line) => {
                    failed = true;
                    progress.beside(|| say::error(&line));
                }
            }
            Ok(())
        },
    )?;
    answer.finish()?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What is to be read; nothing where a person has named nothing and types nothing in.
fn inputs(args: &ReadArgs) -> Option<Vec<Input>> {
    match args.paths.is_empty() {
        false => Some(Input::all(&args.paths)),
        true if io::stdin().is_terminal() => None,
        true => Some(vec![Input::Stdin]),
    }
}

fn short_help() -> Result<ExitCode> {
    let mut command = Args::command();
    command.build();
    if let Some(read) = command.find_subcommand_mut("read") {
        say::note(&read.render_help().to_string());
    }
    Ok(ExitCode::from(2))
}

/// Ends the program with code 2 where the arguments do not go together.
fn check(args: &ReadArgs, inputs: usize) {
    check_excel(args.excel, args.format() == Format::Csv);
    if args.format() == Format::Html && inputs > 1 && args.out_dir.is_none() {
        let message = format!(
            "an HTML page holds one document and there are {inputs}: give --out-dir DIR to write one page for each"
        );
        Args::command().error(ErrorKind::MissingRequiredArgument, message).exit();
    }
}

fn target(args: &ReadArgs) -> Target {
    match (&args.output, &args.out_dir) {
        (Some(file), _) => Target::File(file.clone()),
        (_, Some(folder)) => Target::Folder(folder.clone()),
        _ => Target::Stdout,
    }
}

/// The answer as it grows.
struct Answer {
    format: Format,
    look: TextOptions,
    excel: bool,
    ids: Ids,
    several_inputs: bool,
    /// Whether an HTML page is written, which holds no second document.
    has_page: bool,
    /// Files that must not be written over.
    inputs: HashSet<PathBuf>,
    place: Place,
}

enum Place {
    /// All documents into one stream; the joining starts with the first.
    One(Stream, Option<Joined>),
    Folder(PathBuf),
}

impl Answer {
    fn new(args: &ReadArgs, target: Target, inputs: &[Input]) -> Result<Answer> {
        let look = target.look();
        let mut originals = HashSet::new();
        if !matches!(target, Target::Stdout) {
            originals = output::originals(inputs.iter().filter_map(|input| match input {
                Input::File(path) => Some(path),
                _ => None,
            }));
        }
        let place = match target {
            Target::Stdout => Place::One(Stream::Stdout, None),
            Target::File(path) => {
                output::spare(&originals, &path)?;
                Place::One(Stream::to_file(&path)?, None)
            }
            Target::Folder(folder) => {
                fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
                Place::Folder(folder)
            }
        };
        let several_inputs = inputs.len() > 1;
        let ids = Ids::default();
        let (format, excel) = (args.format(), args.excel);
        Ok(Answer { format, look, excel, ids, several_inputs, has_page: false, inputs: originals, place })
    }

    /// Adds a reading; `alone` says that its document is a whole input.
    fn add(&mut self, mut reading: Reading, alone: bool) -> Result<()> {
        let several = self.several_inputs || !alone;
        reading.document.id = self.ids.unique(&reading.document.id);
        match &mut self.place {
            Place::One(stream, joined) => {
                if self.format == Format::Html && std::mem::replace(&mut self.has_page, true) {
                    bail!(
                        "an HTML page holds one document and there are more: give --out-dir DIR to write one page for each"
                    );
                }
                let joined = started(stream, joined, || Joined::new(self.format, self.look, self.excel, several))?;
                stream.write(&joined.next(&reading))?;
            }
            Place::Folder(folder) => {
                let path = folder.join(format!("{}.{}", reading.document.id, self.format.extension()));
                output::spare(&self.inputs, &path)?;
                let mut joined = Joined::new(self.format, self.look, self.excel, false);
                write_file(&path, &(joined.start() + &joined.next(&reading)))?;
            }
        }
        Ok(())
    }

    /// Ends the answer. Where nothing could be read a file is left alone.
    fn finish(self) -> Result<()> {
        if let Place::One(mut stream, mut joined) = self.place {
            if joined.is_none() && (!self.several_inputs || !matches!(stream, Stream::Stdout)) {
                return Ok(());
            }
            let joined = started(&mut stream, &mut joined, || {
                Joined::new(self.format, self.look, self.excel, self.several_inputs)
            })?;
            stream.write(joined.end())?;
            stream.finish()?;
        }
        Ok(())
    }
}

/// The joining of this stream; its start is written when it is first asked for.
fn started<'j>(
    stream: &mut Stream,
    joined: &'j mut Option<Joined>,
    new: impl FnOnce() -> Joined,
) -> Result<&'j mut Joined> {
    if joined.is_none() {
        let new = new();
        stream.write(&new.start())?;
        *joined = Some(new);
    }
    joined.as_mut().context("the answer was started just now")
}
