//! `saywho timeline`: what somebody said over time.

use std::process::ExitCode;

use anyhow::{Result, bail};
use saywho_store::{EntityQuestion, Store, Wording};

use super::search::one_line;
use crate::case_args::TimelineArgs;
use crate::say;
use crate::table::{Table, open, print};

/// Prints the positions of one speaker, oldest first.
///
/// # Errors
/// When there is no such case or nobody of that name.
pub fn run(args: &TimelineArgs) -> Result<ExitCode> {
    let store = open(&args.case.db)?;
    let entity = store.entity(speaker(&store, &args.speaker)?, args.issue.as_deref(), &args.days.days())?;
    let rows = entity.timeline.iter().map(|position| {
        let mark = match position.wording {
            Wording::New => "",
            Wording::Repeated => "=",
            Wording::Changed => "~",
        };
        let before = position.before.as_ref().filter(|_| position.wording == Wording::Changed);
        [
            position.date.clone().unwrap_or_default(),
            mark.into(),
            one_line(&position.attribution.cue),
            position.attribution.document.name.clone(),
            one_line(&position.attribution.content),
            before.map(|before| one_line(&before.content)).unwrap_or_default(),
        ]
    });
    let header = ["date", "wording", "cue", "document", "content", "before"];
    print(&args.case, &entity, &Table { header, rows: rows.collect() }, "")?;
    Ok(ExitCode::SUCCESS)
}

/// The number of a speaker: among several of the name the one quoted most, before groups that one belongs to; the others are named.
fn speaker(store: &Store, asked: &str) -> Result<i64> {
    if let Ok(id) = asked.parse() {
        return Ok(id);
    }
    let question = EntityQuestion { q: Some(asked.to_owned()), speakers: true, ..EntityQuestion::default() };
    let mut found = store.entities(&question)?.items;
    found.sort_by_key(|entity| entity.brief.kind == "group");
    let [first, others @ ..] = found.as_slice() else {
        bail!("nobody of the name “{asked}” says anything: saywho speakers lists who does");
    };
    if !others.is_empty() {
        let names: Vec<String> = others.iter().take(5).map(|e| format!("{} ({})", e.brief.name, e.brief.id)).collect();
        say::note(&format!("{} ({}); also of that name: {}", first.brief.name, first.brief.id, names.join(", ")));
    }
    Ok(first.brief.id)
}
