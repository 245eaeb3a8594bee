//! `saywho`: who said what, to whom, through which chain of sources.

mod args;
mod case_args;
mod commands;
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

use std::process::ExitCode;

use clap::Parser;
use saywho_parallel as parallel;

use crate::args::{Args, Command};

fn main() -> ExitCode {
    // A child that reads a PDF ends here.
    saywho_ingest::child::init();
    let args = Args::parse();
    args.color.to_anstream().write_global();
    let done = match args.command {
        Command::Read(args) => commands::read::run(&args),
        Command::Bulk(args) => commands::bulk::run(&args),
        Command::Compare(args) => commands::compare::run(&args),
        Command::Add(args) => commands::add::run(&args),
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
