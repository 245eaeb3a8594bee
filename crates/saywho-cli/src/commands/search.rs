//! `saywho search`: what was said in the documents of a case.

use std::process::ExitCode;

use anyhow::Result;
use saywho_store::{Hit, Page, Question};

use crate::case_args::SearchArgs;
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
    let table = Table { header: HEADER, rows: found.items.iter().map(row).collect() };
    print(&args.case, &found, &table, &told)?;
    Ok(ExitCode::SUCCESS)
}

/// The columns of attributions.
pub const HEADER: [&str; 7] = ["date", "speaker", "side", "act", "document", "attribution", "said"];

/// An attribution as a row.
pub fn row(hit: &Hit) -> [String; 7] {
    let speaker = hit.speaker.as_ref();
    let act = if hit.polarity == "negated" { format!("not {}", hit.act) } else { hit.act.clone() };
    [
        hit.document.published.clone().unwrap_or_default(),
        speaker.map(|s| s.name.clone()).unwrap_or_default(),
        speaker.and_then(|s| s.side.clone()).unwrap_or_default(),
        act,
        hit.document.name.clone(),
        hit.attribution.clone(),
        hit.content.split_whitespace().collect::<Vec<_>>().join(" "),
    ]
}
