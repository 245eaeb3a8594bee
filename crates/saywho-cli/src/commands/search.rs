//! `saywho search`: what was said in the documents of a case.

use std::process::ExitCode;

use anyhow::Result;
use saywho_store::{Hit, Page, Question};

use crate::case_args::SearchArgs;
use crate::table::{Table, open, print_with};

/// Prints what fits, newest first.
///
/// # Errors
/// When there is no such case or the question makes no sense.
pub fn run(args: &SearchArgs) -> Result<ExitCode> {
    let question = Question {
        q: Some(args.words.join(" ")),
        speaker: args.speaker.clone(),
        addressee: args.addressee.clone(),
        side: args.side.clone(),
        act: args.act.clone(),
        issue: args.issue.clone(),
        publisher: args.publisher.clone(),
        days: args.days.days(),
        direct: args.direct,
        unnamed: args.unnamed.then_some(true),
        min_confidence: args.min_confidence.map(as_written),
        page: Page { cursor: None, limit: Some(args.limit.get()) },
        ..Question::default()
    };
    let found = open(&args.case.db)?.search(&question)?;
    let told = match found.items.len() as u64 {
        shown if shown < found.total => format!("{shown} of {}: give --limit for more\n", found.total),
        _ => String::new(),
    };
    let table = Table { header: HEADER, rows: found.items.iter().map(row).collect() };
    print_with(&args.case, &found, &table, &told, || saywho_store::csv(&found.items))?;
    Ok(ExitCode::SUCCESS)
}

/// What people are shown of an attribution: the words of its text, and the number of its document, by which it is put right.
const HEADER: [&str; 7] = ["date", "speaker", "side", "cue", "document", "attribution", "content"];

fn row(hit: &Hit) -> [String; 7] {
    let speaker = hit.speaker.as_ref();
    [
        hit.document.published.clone().unwrap_or_default(),
        speaker.map(|s| s.name.clone()).unwrap_or_default(),
        speaker.and_then(|s| s.side.clone()).unwrap_or_default(),
        one_line(&hit.cue),
        format!("{} {}", hit.document.id, hit.document.name),
        hit.attribution.clone(),
        one_line(&hit.content),
    ]
}

/// A number as it was typed: 0.9 in few digits is not 0.9 in many.
fn as_written(least: f32) -> f64 {
    (f64::from(least) * 1000.0).round() / 1000.0
}

/// Words on one line.
pub fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
