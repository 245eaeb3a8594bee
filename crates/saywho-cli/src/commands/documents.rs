//! `saywho documents`: what a case holds.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use saywho::Reading;
use saywho_ingest::Limits;
use saywho_store::{DocumentRow, Page, Store};

use crate::args::{EngineArgs, Format, check_excel, chosen, threads};
use crate::decision_args::{DocumentsArgs, DocumentsCommand, ReadingArgs};
use crate::output::{self, Stream, Target};
use crate::report::Joined;
use crate::table::{Table, open, print};
use crate::{engine, input, parallel, say};

/// Documents of one page of a list that is gone through as a whole.
const PAGE: usize = 1000;

/// Lists, shows, exports, removes documents, or reads them again.
///
/// # Errors
/// When there is no such case or document, or the answer cannot be written.
pub fn run(args: &DocumentsArgs) -> Result<ExitCode> {
    match &args.command {
        DocumentsCommand::List { words, publisher, days, limit, case } => {
            let q = Some(words.join(" ")).filter(|q| !q.is_empty());
            let page = Page { cursor: None, limit: Some(limit.get()) };
            let found = open(&case.db)?.documents(q.as_deref(), publisher.as_deref(), &days.days(), &page)?;
            let told = match found.items.len() as u64 {
                shown if shown < found.total => format!("{shown} of {}: give --limit for more\n", found.total),
                _ => String::new(),
            };
            let header = ["id", "published", "publisher", "name", "words", "attributions", "read by", "title"];
            print(case, &found, &Table { header, rows: found.items.iter().map(row).collect() }, &told)?;
        }
        DocumentsCommand::Show { document, how } => {
            let store = open(&how.case.db)?;
            write(&store, &[store.document_called(document)?], how, Format::Text, false)?;
        }
        DocumentsCommand::Export { documents, how } => {
            let store = open(&how.case.db)?;
            let ids = if documents.is_empty() { all(&store)? } else { called(&store, documents)? };
            write(&store, &ids, how, Format::Jsonl, true)?;
        }
        DocumentsCommand::Remove { documents, case } => {
            let store = open(&case.db)?;
            for id in called(&store, documents)? {
                store.remove(id)?;
                output::print(&format!("removed: document {id}\n"))?;
            }
            store.close()?;
        }
        DocumentsCommand::ReadAgain { documents, case, jobs, engine } => {
            return read_again(&case.db, documents, threads(*jobs), engine);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn row(row: &DocumentRow) -> [String; 8] {
    let told = |part: &Option<String>| part.clone().unwrap_or_default();
    [
        row.brief.id.to_string(),
        told(&row.brief.published),
        told(&row.brief.publisher),
        row.brief.name.clone(),
        row.words.to_string(),
        row.attributions.to_string(),
        row.read_by.clone().unwrap_or_else(|| "older".into()),
        told(&row.brief.title),
    ]
}

fn called(store: &Store, documents: &[String]) -> Result<Vec<i64>> {
    documents.iter().map(|called| Ok(store.document_called(called)?)).collect()
}

/// All documents in the order in which they were added.
pub(super) fn all(store: &Store) -> Result<Vec<i64>> {
    let (mut ids, mut cursor) = (Vec::new(), None);
    loop {
        let found = store.documents(None, None, &Default::default(), &Page { cursor, limit: Some(PAGE) })?;
        ids.extend(found.items.iter().map(|row| row.brief.id));
        cursor = found.next;
        if cursor.is_none() {
            ids.sort_unstable();
            return Ok(ids);
        }
    }
}

/// Writes readings, one after the other.
fn write(store: &Store, ids: &[i64], how: &ReadingArgs, usual: Format, several: bool) -> Result<()> {
    let format = chosen(how.format, how.output.as_deref(), &Format::ENDINGS, usual);
    check_excel(how.excel, format == Format::Csv);
    if format == Format::Html && ids.len() > 1 {
        anyhow::bail!("an HTML page holds one document and there are {}: name one", ids.len());
    }
    let target = Target::of(how.output.as_deref());
    let mut joined = Joined::new(format, target.look(), how.excel, several);
    let mut stream = match &how.output {
        Some(path) => Stream::to_file(path)?,
        None => Stream::Stdout,
    };
    stream.write(&joined.start())?;
    for &id in ids {
        let mut reading = if how.raw { store.raw_reading(id)? } else { store.document(id)?.reading };
        reading.remove_below(how.min_confidence.unwrap_or(0.0));
        stream.write(&joined.next(&reading))?;
    }
    stream.write(joined.end())?;
    stream.finish()
}

/// Reads documents again that are named, else those that another version has read.
fn read_again(db: &Path, documents: &[String], jobs: usize, engine: &EngineArgs) -> Result<ExitCode> {
    let store = open(db)?;
    let ids = if documents.is_empty() { store.outdated()? } else { called(&store, documents)? };
    let reader = engine::reader(engine)?;
    let (mut done, mut failed) = (0, 0);
    parallel::in_order(
        |push| {
            for id in ids {
                if push(id).is_break() {
                    return;
                }
            }
        },
        |_| 0,
        jobs,
        || reader.worker(),
        |worker, id| {
            let read = || -> Result<Reading> {
                let document = store.unread(id)?;
                let budget = Limits::default().budget(&document.text);
                worker.read_within(document, &budget).context("there was no time left to read all of it")
            };
            // A panic on one odd document must not lose the others: it becomes that document's error.
            let read = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|panic| {
                *worker = reader.worker();
                Err(anyhow::anyhow!(input::failed(&format!("document {id}"), &*panic)))
            });
            (id, read)
        },
        |(id, read)| {
            match read {
                Ok(reading) => {
                    store.replace_reading(id, &reading)?;
                    done += 1;
                }
                Err(error) => {
                    failed += 1;
                    say::error(&format!("document {id}: {error:#}"));
                }
            }
            Ok(())
        },
    )?;
    output::print(&format!("{done} read again, {failed} not read: {}\n", db.display()))?;
    store.close()?;
    Ok(if failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
