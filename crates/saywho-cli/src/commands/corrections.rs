//! `saywho corrections`: what was put right in a case, by whom and when, and the way back.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use saywho::Point;
use saywho_store::{Body, Correction, EntityRef, Store};
use serde::Serialize;

use crate::decision_args::{CorrectionsArgs, CorrectionsCommand};
use crate::output::{self, Target};
use crate::table::{Table, open, print};

/// Lists, shows, exports or undoes corrections.
///
/// # Errors
/// When there is no such case or correction, or the answer cannot be written.
pub fn run(args: &CorrectionsArgs) -> Result<ExitCode> {
    match &args.command {
        CorrectionsCommand::List { document, case } => {
            let items = of(&open(&case.db)?, document.as_deref())?;
            let header = ["id", "when", "who", "document", "state", "decision"];
            let table = Table { header, rows: items.iter().map(row).collect() };
            print(case, &List { total: items.len(), items: &items }, &table, "")?;
        }
        CorrectionsCommand::Show { id, case } => {
            let correction = open(&case.db)?.correction(*id)?;
            output::print(&format!(
                "{}\n{}\n",
                row(&correction).join("  "),
                serde_json::to_string_pretty(&correction)?
            ))?;
        }
        CorrectionsCommand::Export { document, case, output } => {
            export(&of(&open(&case.db)?, document.as_deref())?, output.as_deref())?;
        }
        CorrectionsCommand::Undo { ids, case, who } => {
            let store = open(&case.db)?;
            for id in ids {
                let undone = store.undo(*id, who.as_deref())?;
                output::print(&format!("undone: correction {id}: {}\n", told(&undone.body)))?;
            }
            store.close()?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// As the API lists them.
#[derive(Serialize)]
struct List<'c> {
    items: &'c [Correction],
    total: usize,
}

fn of(store: &Store, document: Option<&str>) -> Result<Vec<Correction>> {
    let document = document.map(|called| store.document_called(called)).transpose()?;
    Ok(store.corrections(document)?)
}

fn export(corrections: &[Correction], output: Option<&Path>) -> Result<()> {
    let mut lines = String::new();
    for correction in corrections {
        lines += &serde_json::to_string(correction)?;
        lines.push('\n');
    }
    Target::of(output).write(&lines)
}

fn row(correction: &Correction) -> [String; 6] {
    let state = match (&correction.undone, correction.applied) {
        (Some(_), _) => "undone",
        (None, true) => "holds",
        (None, false) => "passage is gone",
    };
    [
        correction.id.to_string(),
        correction.when.clone(),
        correction.who.clone().unwrap_or_default(),
        correction.body.document().map(|id| id.to_string()).unwrap_or_default(),
        state.into(),
        told(&correction.body),
    ]
}

/// A decision in words.
pub fn told(body: &Body) -> String {
    let entity = |entity: &EntityRef| match entity {
        EntityRef::Store(id) => id.to_string(),
        EntityRef::Local(local) => local.clone(),
    };
    let somebody = |who: &Option<EntityRef>| who.as_ref().map_or("nobody".to_owned(), entity);
    match body {
        Body::Merge { entity, into, .. } => format!("{entity} is {into}"),
        Body::Rename { entity, name } => format!("{entity} is called {name}"),
        Body::Speaker { attribution, entity, .. } => format!("{attribution} is said by {}", somebody(entity)),
        Body::Addressee { attribution, entity, .. } => format!("{attribution} is said to {}", somebody(entity)),
        Body::Act { attribution, act, .. } => format!("{attribution} has the act {}", act.name()),
        Body::Polarity { attribution, polarity, .. } => format!("{attribution} is {}", polarity.name()),
        Body::Split { entity: who, name, attributions, .. } => match attributions {
            Some(some) => format!("{} are said by {name}, not {}", some.join(", "), entity(who)),
            None => format!("{} is {name}", entity(who)),
        },
        Body::Span { attribution, part, spans, .. } => {
            let spans: Vec<String> = spans.iter().map(|span| format!("{}-{}", span.start, span.end)).collect();
            let part = format!("{part:?}").to_lowercase();
            format!(
                "the {part} of {attribution} stands at {}",
                if spans.is_empty() { "no place".into() } else { spans.join(", ") }
            )
        }
        Body::Reject { attribution, .. } => format!("{attribution} is no attribution"),
        Body::Add { content, speaker, name, act, .. } => {
            let who = name.clone().unwrap_or_else(|| somebody(speaker));
            let (start, end) =
                (content.first().map_or(Point(0), |s| s.start), content.last().map_or(Point(0), |s| s.end));
            format!("{start}-{end} is said by {who} ({})", act.name())
        }
    }
}
