//! `saywho speakers`: who says something in a case, and how much.

use std::process::ExitCode;

use anyhow::Result;
use saywho_store::{EntityQuestion, Page};

use crate::case_args::SpeakersArgs;
use crate::table::{Table, open, print};

/// Prints the speakers, those quoted most first.
///
/// # Errors
/// When there is no such case.
pub fn run(args: &SpeakersArgs) -> Result<ExitCode> {
    let found = open(&args.case.db)?.entities(&EntityQuestion {
        q: args.name.clone(),
        kind: args.kind.clone(),
        side: args.side.clone(),
        speakers: true,
        page: Page { cursor: None, limit: Some(args.limit.get()) },
    })?;
    let rows = found.items.iter().map(|row| {
        [
            row.brief.id.to_string(),
            row.brief.name.clone(),
            row.brief.kind.clone(),
            row.brief.side.clone().unwrap_or_default(),
            row.attributions.to_string(),
            row.words.to_string(),
            row.documents.to_string(),
        ]
    });
    let header = ["id", "name", "kind", "side", "attributions", "words", "documents"];
    print(&args.case, &found, &Table { header, rows: rows.collect() }, "")?;
    Ok(ExitCode::SUCCESS)
}
