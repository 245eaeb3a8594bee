//! `/v1/jobs`: long work.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::params::Id;
use crate::app::App;
use crate::jobs::Job;
use crate::problem::{Answer, Problem};

pub async fn list(State(app): State<Arc<App>>) -> Json<Value> {
    let all = app.jobs.all();
    Json(json!({"total": all.len(), "items": all, "next": null}))
}

pub async fn one(State(app): State<Arc<App>>, Id(id): Id) -> Answer<Json<Job>> {
    app.jobs.one(id).map(Json).ok_or_else(|| missing(id))
}

pub async fn stop(State(app): State<Arc<App>>, Id(id): Id) -> Answer<Json<Job>> {
    app.jobs.stop(id).map(Json).ok_or_else(|| missing(id))
}

fn missing(id: i64) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("there is no job {id}"))
}
