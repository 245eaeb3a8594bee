//! `saywho check`: quotations and reports of articles, checked against their sources.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use saywho::{Reading, Worker};
use saywho_check::{Check, check};
use saywho_ingest::{Ids, language};
use saywho_report as report;

use crate::args::{CheckArgs, CheckFormat, check_excel};
use crate::input::Input;
use crate::output::{self, Target};
use crate::progress::Progress;
use crate::table::open;
use crate::{engine, say};

use super::documents;

/// Reads articles and sources and writes the check.
///
/// # Errors
/// When the engine cannot be made, no article or no source could be read, or the answer cannot be written; a document that
/// cannot be read is named on standard error and makes the exit code 1.
pub fn run(args: &CheckArgs) -> Result<ExitCode> {
    check_excel(args.excel, args.format() == CheckFormat::Csv);
    let (articles, sources) = (Input::all(&args.articles), Input::all(&args.against));
    let target = Target::of(args.output.as_deref());
    let reader = engine::reader(&args.engine)?;
    let progress = Progress::new(articles.len() + sources.len(), target.is_screen());
    let mut reading = Documents { args, worker: reader.worker(), progress, failed: false };
    let (articles, mut sources) = (reading.all(articles), reading.all(sources));
    let failed = reading.failed;
    drop(reading);
    if articles.is_empty() {
        bail!("no article could be read: there is nothing to check");
    }
    if let Some(case) = &args.case {
        sources.extend(kept(case, &articles)?);
    }
    if sources.is_empty() {
        bail!("no source could be read: there is nothing to check against");
    }
    let check = check(&reader, &articles, &sources);
    write(args, &target, &check)?;
    Ok(if failed || !check.is_sound() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The readings of a case, corrections laid over; not those of the articles, which would be their own sources.
fn kept(case: &Path, articles: &[Reading]) -> Result<Vec<Reading>> {
    let store = open(case)?;
    let is_article = |kept: &Reading| articles.iter().any(|article| article.document.text == kept.document.text);
    let mut readings = Vec::new();
    for id in documents::all(&store)? {
        let reading = store.document(id)?.reading;
        if !is_article(&reading) {
            readings.push(reading);
        }
    }
    Ok(readings)
}

/// Documents on their way to readings.
struct Documents<'a> {
    args: &'a CheckArgs,
    worker: Worker<'a>,
    progress: Progress,
    failed: bool,
}

impl Documents<'_> {
    /// Reads all that can be read, and names what cannot.
    fn all(&mut self, inputs: Vec<Input>) -> Vec<Reading> {
        let options = self.args.input.options();
        let mut ids = Ids::default();
        let mut readings = Vec::new();
        for input in inputs {
            let name = input.name();
            match input.load(&options) {
                Ok(documents) => {
                    for mut document in documents {
                        document.id = ids.unique(&document.id);
                        if !language::is_read(document.language.as_deref()) {
                            let tag = document.language.as_deref().unwrap_or_default();
                            self.fail(&format!("{name}: this is {}; saywho reads English", language::name(tag)));
                            continue;
                        }
                        let (id, budget) = (document.id.clone(), options.limits.budget(&document.text));
                        match self.worker.read_within(document, &budget) {
                            Ok(reading) => readings.push(reading),
                            Err(error) => self.fail(&say::out_of_time(&id, error)),
                        }
                    }
                }
                Err(error) => self.fail(&say::with_hint(&error)),
            }
            self.progress.step();
        }
        readings
    }

    fn fail(&mut self, message: &str) {
        self.failed = true;
        self.progress.beside(|| say::error(message));
    }
}

fn write(args: &CheckArgs, target: &Target, check: &Check) -> Result<()> {
    let answer = match args.format() {
        CheckFormat::Text => report::check_text(check, &target.look()),
        CheckFormat::Json => report::check_json(check),
        CheckFormat::Html => report::check_html(check),
        CheckFormat::Annotations => report::check_annotations(check),
        CheckFormat::Csv if args.excel => report::UTF8_MARK.to_owned() + &report::check_csv(check),
        CheckFormat::Csv => report::check_csv(check),
    };
    if let Target::File(path) = target {
        output::spare(&output::originals(args.articles.iter().chain(&args.against).chain(&args.case)), path)?;
    }
    target.write(&answer)
}
