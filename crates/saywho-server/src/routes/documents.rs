//! `/v1/documents`: what is kept.

use std::ops::ControlFlow;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use saywho::{Budget, Document};
use saywho_store::{Correction, DocumentWithReading, Documents, Kept};
use serde::Deserialize;
use serde_json::{Value, json};

use super::format::{self, Format};
use super::params::{Id, Params, days, least, page};
use crate::app::App;
use crate::input::{Given, Input, documents, said};
use crate::problem::{Answer, Problem};
use crate::reading::{self, Failure, keep};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    q: Option<String>,
    publisher: Option<String>,
    from: Option<String>,
    to: Option<String>,
    cursor: Option<String>,
    limit: Option<usize>,
}

pub async fn list(State(app): State<Arc<App>>, Params(asked): Params<Asked>) -> Answer<Json<Documents>> {
    let (page, days) = (page(asked.cursor, asked.limit)?, days(asked.from, asked.to));
    let (q, publisher) = (said(asked.q), said(asked.publisher));
    Ok(Json(app.ask(move |store| store.documents(q.as_deref(), publisher.as_deref(), &days, &page)).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct How {
    #[serde(default)]
    job: bool,
    #[serde(default)]
    any_language: bool,
    #[expect(dead_code, reason = "read with the body, which it names")]
    name: Option<String>,
}

pub async fn add(State(app): State<Arc<App>>, Params(how): Params<How>, input: Input) -> Answer<Response> {
    if input.items.iter().any(|item| matches!(item.given, Given::Kept(_))) {
        return Err(Problem::bad("a kept document is read again with POST /v1/documents/NUMBER/read"));
    }
    if how.job {
        let job = app.jobs.add(input, how.any_language)?;
        let place = format!("/v1/jobs/{}", job.id);
        return Ok((StatusCode::ACCEPTED, [(header::LOCATION, place)], Json(job)).into_response());
    }
    let store = Arc::clone(&app.store);
    let kept = app.readers.run(move |reader, worker, budget| {
        keep_all(&input, how.any_language, budget, &mut |document| keep(document, reader, worker, &store, budget))
    });
    told_kept(kept.await?)
}

/// What became of the documents of a request: those kept, and why the others were not.
#[derive(Default)]
struct Outcome {
    kept: Vec<Kept>,
    failed: Vec<Failure>,
}

/// Keeps all documents of a request, or names those that cannot be kept.
fn keep_all(
    input: &Input,
    any_language: bool,
    budget: &Budget,
    keep: &mut dyn FnMut(Document) -> Result<Kept, Failure>,
) -> Outcome {
    let mut outcome = Outcome::default();
    for item in &input.items {
        if budget.is_spent() {
            outcome.failed.push(Failure::too_long(item.given.name()));
            continue;
        }
        documents(&item.given, any_language, &mut |document| {
            // Of a file with very many documents the rest is not even looked at.
            if budget.is_spent() {
                outcome.failed.push(Failure::too_long(item.given.name()));
                return ControlFlow::Break(());
            }
            match document.and_then(&mut *keep) {
                Ok(one) => outcome.kept.push(one),
                Err(failure) => outcome.failed.push(failure),
            }
            ControlFlow::Continue(())
        });
    }
    outcome
}

/// 200 where something was kept, unless the disk is full; else what the worst failure is answered with. All are named.
fn told_kept(Outcome { kept, failed }: Outcome) -> Answer<Response> {
    let lines: Vec<&str> = failed.iter().map(|failure| failure.line.as_str()).collect();
    let all = json!({"documents": kept, "failed": lines});
    let worst = failed.iter().map(|failure| failure.status).max();
    match worst.filter(|_| kept.is_empty() || failed.iter().any(Failure::is_full)) {
        None => Ok(Json(all).into_response()),
        Some(worst) => Err(Problem::new(worst, lines.join("\n")).with(all.as_object().cloned().unwrap_or_default())),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    #[serde(default)]
    format: Format,
    #[serde(default)]
    raw: bool,
    #[serde(default)]
    excel: bool,
    min_confidence: Option<f32>,
}

pub async fn one(State(app): State<Arc<App>>, Id(id): Id, Params(shape): Params<Shape>) -> Answer<Response> {
    format::excel_is_csv(shape.excel, shape.format == Format::Csv)?;
    let least = least(shape.min_confidence)?;
    let mut document = app.ask(move |store| store.document(id)).await?;
    if shape.raw {
        document.reading = app.ask(move |store| store.raw_reading(id)).await?;
    }
    document.reading.remove_below(least);
    match shape.format {
        Format::Json => Ok(Json(told(&document, shape.raw)?).into_response()),
        other => Ok(format::readings(other, shape.excel, std::slice::from_ref(&document.reading))),
    }
}

/// What the list tells, with the reading, in which the store's numbers of entities and corrections stand.
fn told(document: &DocumentWithReading, raw: bool) -> Answer<Value> {
    let broken = |error: serde_json::Error| Problem::broken(&error);
    let mut all = serde_json::to_value(&document.row).map_err(broken)?;
    let mut reading = serde_json::to_value(document.reading.to_code_points()).map_err(broken)?;
    for entity in reading["entities"].as_array_mut().into_iter().flatten() {
        let number = entity["id"].as_str().and_then(|local| document.entities.get(local)).copied();
        entity["entity"] = json!(number);
    }
    let in_force = |c: &&Correction| c.undone.is_none() && !raw;
    for attribution in reading["attributions"].as_array_mut().into_iter().flatten() {
        let touches = |c: &Correction| c.touches.iter().any(|id| attribution["id"] == id.as_str());
        let corrected: Vec<i64> =
            document.corrections.iter().filter(in_force).filter(|c| touches(c)).map(|c| c.id).collect();
        if !corrected.is_empty() {
            attribution["corrected"] = json!(corrected);
        }
    }
    all["reading"] = reading;
    all["corrections"] = serde_json::to_value(&document.corrections).map_err(broken)?;
    Ok(all)
}

pub async fn read_again(State(app): State<Arc<App>>, Id(id): Id) -> Answer<Response> {
    let store = Arc::clone(&app.store);
    let read = app.readers.run(move |reader, worker, budget| reading::read_again(id, reader, worker, &store, budget));
    read.await??;
    let document = app.ask(move |store| store.document(id)).await?;
    Ok(Json(told(&document, false)?).into_response())
}

pub async fn remove(State(app): State<Arc<App>>, Id(id): Id) -> Answer<StatusCode> {
    app.ask(move |store| store.remove(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Item;
    use crate::reading::caught;
    use saywho::{Reader, Weights};
    use saywho_store::State;

    fn three() -> Input {
        let text = |name: &str| Given::Text(Box::new(Document::from_text(name, "“We agree,” Ilse Maren said.")));
        let items = ["a", "odd", "c"].map(|name| Item { given: text(name), side: None }).into();
        Input { items, ..Input::default() }
    }

    fn kept(name: &str) -> Kept {
        Kept { id: 1, name: name.into(), state: State::Added }
    }

    #[test]
    fn a_document_on_which_reading_panics_is_named_and_the_others_are_kept() {
        let reader = Reader::with_weights(Weights::Fast).expect("a reader");
        let mut worker = reader.worker();
        let outcome = keep_all(&three(), false, &Budget::unlimited(), &mut |document| {
            caught(&document.id, &reader, &mut worker, |_| match document.id.as_str() {
                "odd" => panic!("an odd document"),
                name => Ok(kept(name)),
            })
        });
        let names: Vec<&str> = outcome.kept.iter().map(|kept| kept.name.as_str()).collect();
        assert_eq!((names, outcome.failed.len()), (vec!["a", "c"], 1));
        assert!(outcome.failed[0].line.starts_with("odd: "));
        assert_eq!(told_kept(outcome).map(|answer| answer.status()).ok(), Some(StatusCode::OK));
    }

    #[test]
    fn what_there_was_no_time_for_is_named_and_not_read() {
        let budget = Budget::unlimited();
        let outcome = keep_all(&three(), false, &budget, &mut |document| {
            assert_eq!(document.id, "a", "the others are not begun");
            budget.cancel();
            Ok(kept("a"))
        });
        let lines: Vec<&str> = outcome.failed.iter().map(|failure| failure.line.as_str()).collect();
        assert!(outcome.kept.len() == 1 && lines[0].starts_with("odd: ") && lines[1].starts_with("c: "), "{lines:?}");
    }

    #[test]
    fn a_full_disk_is_told_even_where_something_was_kept() {
        let full = || Failure { status: StatusCode::INSUFFICIENT_STORAGE, line: "b: the disk is full".into() };
        let answer = told_kept(Outcome { kept: vec![kept("a")], failed: vec![full()] });
        assert_eq!(answer.err().map(|problem| problem.status()), Some(StatusCode::INSUFFICIENT_STORAGE));
    }
}
