//! `saywho bulk`: corpora to Parquet tables.

use std::io::{IsTerminal, stderr};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use saywho_bulk::{Job, Progress, Summary};

use crate::args::{BulkArgs, threads};
use crate::{engine, say};

/// Set for a child that tries what ended an earlier run.
const TRIAL: &str = "SAYWHO_BULK_TRIAL";

/// How often a line is printed where no bar can be shown.
const EVERY: Duration = Duration::from_secs(30);

/// Reads all inputs into tables, or what an earlier run has left of them.
///
/// # Errors
/// When the engine cannot be made or the tables cannot be written; a document that cannot be read is no error here, it
/// stands in the table of errors and makes the exit code 1.
pub fn run(args: &BulkArgs) -> Result<ExitCode> {
    let options = args.input.options();
    if options.from > 0 {
        bail!("--from-offset is not for bulk: a run that was cut off goes on when the same command is given again");
    }
    let job = Job {
        inputs: args.paths.clone(),
        out: args.out.clone(),
        options,
        any_language: args.any_language,
        quotebank: args.quotebank,
        min_confidence: args.min_confidence.unwrap_or(0.0),
        part_bytes: args.part_size.get() << 20,
        jobs: threads(args.jobs),
        trial: Some(trial),
        settings: engine::settings(&args.engine)?,
    };
    let reader = engine::reader(&args.engine)?;
    if std::env::var_os(TRIAL).is_some() {
        saywho_bulk::run_trial(&job, &reader)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut shown = Shown::new();
    let summary = saywho_bulk::run(&job, &reader, |progress| shown.update(progress))?;
    drop(shown);
    tell(args, &summary);
    Ok(if summary.counts.errors > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The same command again, to try what ended an earlier run.
fn trial() -> Command {
    let program = std::env::current_exe().unwrap_or_else(|_| "saywho".into());
    let mut command = Command::new(program);
    command.args(std::env::args_os().skip(1)).env(TRIAL, "1");
    command
}

fn tell(args: &BulkArgs, summary: &Summary) {
    let (counts, out) = (summary.counts, args.out.display());
    let copies = summary.near_copies;
    say::note(&format!(
        "{} documents, {} words, {copies} near copies: {out}",
        grouped(counts.documents),
        grouped(counts.words)
    ));
    if summary.repeated_ids > 0 {
        let repeated = summary.repeated_ids;
        say::note(&format!(
            "{repeated} documents have an id that another has too, and cannot be told apart in the tables: name a column of ids that are unlike (--columns id=NAME)"
        ));
    }
    if counts.errors > 0 {
        say::error(&format!(
            "{} could not be read: {} tells why",
            grouped(counts.errors),
            args.out.join("errors").display()
        ));
    }
}

/// How far the run is, for a person who watches.
struct Shown {
    bar: ProgressBar,
    on_screen: bool,
    begun: Instant,
    /// When the last line was printed.
    last: Instant,
}

impl Shown {
    fn new() -> Shown {
        let on_screen = stderr().is_terminal();
        let bar = if on_screen { ProgressBar::new(1000) } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {msg}") {
            bar.set_style(style);
        }
        let now = Instant::now();
        Shown { bar, on_screen, begun: now, last: now }
    }

    fn update(&mut self, progress: &Progress) {
        if self.on_screen {
            self.bar.set_position((share(progress) * 1000.0) as u64);
            self.bar.set_message(line(progress, self.begun.elapsed()));
        } else if self.last.elapsed() >= EVERY {
            self.last = Instant::now();
            say::note(&line(progress, self.begun.elapsed()));
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// How much of the inputs is done, 0 to 1.
fn share(progress: &Progress) -> f64 {
    (progress.bytes as f64 / progress.bytes_total.max(1) as f64).min(1.0)
}

/// "12,345 documents, 81,234 words/s, 24%, 12 min left"
fn line(progress: &Progress, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64().max(1e-3);
    let words = progress.counts.words - progress.before.words;
    let read = progress.bytes.saturating_sub(progress.bytes_before);
    let left = progress.bytes_total.saturating_sub(progress.bytes);
    let time = match read {
        0 => "time left unknown".to_owned(),
        _ => format!("{} left", time(seconds * left as f64 / read as f64)),
    };
    format!(
        "{} documents, {} words/s, {:.0}%, {time}",
        grouped(progress.counts.documents),
        grouped((words as f64 / seconds) as u64),
        100.0 * share(progress)
    )
}

fn time(seconds: f64) -> String {
    match seconds as u64 {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7200 => format!("{} min", seconds / 60),
        seconds => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}

/// "12,345"
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let ends = digits.len() % 3;
    let comma = |i: usize| if i > 0 && i % 3 == ends { "," } else { "" };
    digits.char_indices().flat_map(|(i, digit)| comma(i).chars().chain([digit])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use saywho_bulk::Counts;

    #[test]
    fn numbers_are_grouped() {
        let all = [0, 12, 123, 1234, 123_456, 1_234_567].map(grouped);
        assert_eq!(all, ["0", "12", "123", "1,234", "123,456", "1,234,567"]);
    }

    #[test]
    fn rate_and_time_left_are_those_of_this_run() {
        let counts = |documents, words| Counts { documents, words, errors: 0 };
        let progress = Progress {
            counts: counts(1500, 900_000),
            before: counts(500, 300_000),
            bytes: 6_000,
            bytes_before: 2_000,
            bytes_total: 10_000,
        };
        assert_eq!(line(&progress, Duration::from_secs(600)), "1,500 documents, 1,000 words/s, 60%, 10 min left");
        let nothing = Progress { bytes: 2_000, ..progress };
        assert!(line(&nothing, Duration::from_secs(1)).ends_with("20%, time left unknown"));
    }
}
