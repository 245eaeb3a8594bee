//! `/v1/documents`: what is kept.

use std::ops::ControlFlow;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use saywho::{Document, Reader, Worker};
use saywho_ingest::Limits;
use saywho_store::{Correction, DocumentWithReading, Documents, Store};
use serde::Deserialize;
use serde_json::{Value, json};

use super::format::{self, Format};
use super::params::{Id, Params, days, page};
use crate::app::App;
use crate::input::{Given, Input, documents, said};
use crate::jobs::keep;
use crate::problem::{Answer, Problem};

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
        let job = app.jobs.add(input.items, how.any_language)?;
        let place = format!("/v1/jobs/{}", job.id);
        return Ok((StatusCode::ACCEPTED, [(header::LOCATION, place)], Json(job)).into_response());
    }
    let store = Arc::clone(&app.store);
    let kept = app.readers.run(move |reader, worker| keep_all(input, how.any_language, reader, worker, &store)).await?;
    let (documents, failed) = kept;
    if documents.is_empty() && !failed.is_empty() {
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, failed.join("\n")));
    }
    Ok(Json(json!({"documents": documents, "failed": failed})).into_response())
}

fn keep_all(
    input: Input,
    any_language: bool,
    reader: &Reader,
    worker: &mut Worker,
    store: &Store,
) -> (Vec<saywho_store::Kept>, Vec<String>) {
    let (mut kept, mut failed) = (Vec::new(), Vec::new());
    for item in &input.items {
        documents(&item.given, any_language, &mut |document| {
            match document.and_then(|document| keep(document, reader, worker, store)) {
                Ok(one) => kept.push(one),
                Err(line) => failed.push(line),
            }
            ControlFlow::Continue(())
        });
    }
    (kept, failed)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    #[serde(default)]
    format: Format,
    #[serde(default)]
    raw: bool,
}

pub async fn one(State(app): State<Arc<App>>, Id(id): Id, Params(shape): Params<Shape>) -> Answer<Response> {
    let mut document = app.ask(move |store| store.document(id)).await?;
    if shape.raw {
        document.reading = app.ask(move |store| store.raw_reading(id)).await?;
    }
    match shape.format {
        Format::Json => Ok(Json(told(&document, shape.raw)?).into_response()),
        other => Ok(format::readings(other, std::slice::from_ref(&document.reading))),
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
    let read = app.readers.run(move |reader, worker| -> Answer<()> {
        let old = store.raw_reading(id)?.document;
        let document = Document { boilerplate: Vec::new(), repairs: Vec::new(), dates: Vec::new(), ..old };
        let budget = Limits::default().budget(&document.text);
        let reading = saywho_store::read(reader, worker, document, &budget)
            .map_err(|error| Problem::new(StatusCode::GATEWAY_TIMEOUT, error.to_string()))?;
        Ok(store.replace_reading(id, &reading)?)
    });
    read.await??;
    let document = app.ask(move |store| store.document(id)).await?;
    Ok(Json(told(&document, false)?).into_response())
}

pub async fn remove(State(app): State<Arc<App>>, Id(id): Id) -> Answer<StatusCode> {
    app.ask(move |store| store.remove(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
