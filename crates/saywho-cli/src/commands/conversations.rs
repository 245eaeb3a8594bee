//! `saywho conversations`: the calls and meetings that a case tells of.

use std::process::ExitCode;

use anyhow::Result;
use saywho_store::Page;

use crate::case_args::ConversationsArgs;
use crate::table::{Table, open, print};

/// Prints the conversations with the documents that tell of each, newest first.
///
/// # Errors
/// When there is no such case or a date is none.
pub fn run(args: &ConversationsArgs) -> Result<ExitCode> {
    let page = Page { cursor: None, limit: Some(args.limit.get()) };
    let found = open(&args.case.db)?.conversations(args.name.as_deref(), &args.days.days(), &page)?;
    let rows = found.items.iter().map(|meeting| {
        let who = meeting.participants.iter().map(|p| match &p.side {
            Some(side) => format!("{} ({side})", p.name),
            None => p.name.clone(),
        });
        let told: Vec<&str> = meeting.documents.iter().map(|d| d.name.as_str()).collect();
        [
            meeting.id.to_string(),
            meeting.date.clone().unwrap_or_default(),
            meeting.medium.clone(),
            who.collect::<Vec<_>>().join(" and "),
            told.join(", "),
        ]
    });
    let header = ["id", "date", "medium", "participants", "documents"];
    print(&args.case, &found, &Table { header, rows: rows.collect() }, "")?;
    Ok(ExitCode::SUCCESS)
}
