//! `saywho`: who said what, to whom, through which chain of sources.

mod args;
mod commands;
mod engine;
mod floors;
mod input;
mod machine;
mod output;
mod progress;
mod read_one;
mod report;
mod say;

use std::process::ExitCode;

use clap::Parser;
use saywho_parallel as parallel;

use crate::args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    args.color.to_anstream().write_global();
    let done = match args.command {
        Command::Read(args) => commands::read::run(&args),
        Command::Bulk(args) => commands::bulk::run(&args),
        Command::Compare(args) => commands::compare::run(&args),
        Command::Eval(args) => commands::eval::run(&args),
        Command::Bench(args) => commands::bench::run(&args),
        Command::Completions { shell } => commands::completions::run(shell),
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
