//! `/v1/corrections`: what persons decide.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use saywho_store::{Body, Correction};
use serde::Deserialize;
use serde_json::{Value, json};

use super::params::{Id, Params, Who};
use crate::app::App;
use crate::input::said;
use crate::problem::{Answer, Problem};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    document: Option<i64>,
}

pub async fn list(State(app): State<Arc<App>>, Params(asked): Params<Asked>) -> Answer<Json<Value>> {
    let all = app.ask(move |store| store.corrections(asked.document)).await?;
    Ok(Json(json!({"total": all.len(), "items": all, "next": null})))
}

pub async fn add(State(app): State<Arc<App>>, body: Bytes) -> Answer<(StatusCode, Json<Correction>)> {
    let wrong = |error: serde_json::Error| Problem::bad(format!("the body is not as docs/api.md tells: {error}"));
    let mut value: Value = serde_json::from_slice(&body).map_err(wrong)?;
    let who = value.as_object_mut().and_then(|value| value.remove("who"));
    let who: Option<String> = who.map(serde_json::from_value).transpose().map_err(wrong)?.flatten();
    let body: Body = serde_json::from_value(value).map_err(wrong)?;
    let who = said(who);
    Ok((StatusCode::CREATED, Json(app.ask(move |store| store.correct(body, who.as_deref())).await?)))
}

pub async fn undo(State(app): State<Arc<App>>, Id(id): Id, Params(who): Params<Who>) -> Answer<Json<Correction>> {
    let who = said(who.who);
    Ok(Json(app.ask(move |store| store.undo(id, who.as_deref())).await?))
}
