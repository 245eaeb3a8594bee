//! `saywho`: who said what, to whom, through which chain of sources.

mod args;
mod case_args;
mod commands;
mod decision_args;
mod engine;
mod feeds;
mod floors;
mod input;
mod machine;
mod output;
mod progress;
mod read_one;
mod report;
mod say;
mod stop;
mod table;
mod visible;
mod watch;

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use saywho_parallel as parallel;

use crate::args::{Args, Command};

fn main() -> ExitCode {
    // A child that reads a PDF ends here.
    saywho_ingest::child::init();
    let args = Args::try_parse().unwrap_or_else(|error| without_command(&error).unwrap_or_else(|| error.exit()));
    args.color.to_anstream().write_global();
    let done = match args.command {
        Command::Read(args) => commands::read::run(&args),
        Command::Bulk(args) => commands::bulk::run(&args),
        Command::Check(args) => commands::check::run(&args),
        Command::Compare(args) => commands::compare::run(&args),
        Command::Add(args) => commands::add::run(&args),
        Command::Documents(args) => commands::documents::run(&args),
        Command::Correct(args) => commands::correct::run(&args),
        Command::Corrections(args) => commands::corrections::run(&args),
        Command::Search(args) => commands::search::run(&args),
        Command::Speakers(args) => commands::speakers::run(&args),
        Command::Timeline(args) => commands::timeline::run(&args),
        Command::Conversations(args) => commands::conversations::run(&args),
        Command::Stats(args) => commands::stats::run(&args),
        Command::Serve(args) => commands::serve::run(&args),
        Command::Eval(args) => commands::eval::run(&args),
        Command::Bench(args) => commands::bench::run(&args),
        Command::Completions { shell } => commands::completions::run(shell),
        Command::Man { folder } => commands::man::run(&folder),
    };
    match done {
        Ok(code) => code,
        // Whoever read our output has seen enough.
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say::error(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// A file where a command is expected, as in `saywho report.txt`: ends the program with what to type instead.
fn without_command(error: &clap::Error) -> Option<Args> {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    let is_input = word.contains(['.', '/', '\\']) || Path::new(word).exists();
    if error.kind() != ErrorKind::InvalidSubcommand || !is_input {
        return None;
    }
    say::error(&format!("{word} is no command; to read it: saywho read {word}"));
    std::process::exit(2)
}
