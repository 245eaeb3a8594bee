//! `saywho search`: what was said in the documents of a case.

use std::process::ExitCode;

use anyhow::Result;
use saywho_store::{Hit, Page, Question};

use crate::case_args::{Format, SearchArgs};
use crate::table::{Table, open, print};

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
        page: Page { cursor: None, limit: Some(args.limit.get()) },
        ..Question::default()
    };
    let found = open(&args.case.db)?.search(&question)?;
    let told = match found.items.len() as u64 {
        shown if shown < found.total => format!("{shown} of {}: give --limit for more\n", found.total),
        _ => String::new(),
    };
    if args.case.format == Format::Csv {
        let table = Table { header: COLUMNS, rows: found.items.iter().map(columns).collect() };
        print(&args.case, &found, &table, &told)?;
    } else {
        let table = Table { header: HEADER, rows: found.items.iter().map(row).collect() };
        print(&args.case, &found, &table, &told)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What people are shown of an attribution: the words of its text.
const HEADER: [&str; 7] = ["date", "speaker", "side", "cue", "document", "attribution", "content"];

/// What programs get: the act and the polarity too.
const COLUMNS: [&str; 9] = ["date", "speaker", "side", "act", "polarity", "cue", "document", "attribution", "content"];

fn row(hit: &Hit) -> [String; 7] {
    let [date, speaker, side, _, _, cue, document, attribution, content] = columns(hit);
    [date, speaker, side, cue, document, attribution, content]
}

fn columns(hit: &Hit) -> [String; 9] {
    let speaker = hit.speaker.as_ref();
    [
        hit.document.published.clone().unwrap_or_default(),
        speaker.map(|s| s.name.clone()).unwrap_or_default(),
        speaker.and_then(|s| s.side.clone()).unwrap_or_default(),
        hit.act.clone(),
        hit.polarity.clone(),
        one_line(&hit.cue),
        hit.document.name.clone(),
        hit.attribution.clone(),
        one_line(&hit.content),
    ]
}

/// Words on one line.
pub fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
