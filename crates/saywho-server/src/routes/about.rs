//! What the server tells about itself.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde_json::{Value, json};

use crate::OPENAPI;
use crate::app::App;
use crate::problem::{Answer, Problem};

pub async fn health(State(app): State<Arc<App>>) -> Answer<Json<Value>> {
    let sums = app.sums().await?;
    Ok(Json(json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "documents": sums.documents,
        "attributions": sums.attributions,
        "queue": app.readers.waiting(),
    })))
}

pub async fn metrics(State(app): State<Arc<App>>) -> Answer<impl IntoResponse> {
    let sums = app.sums().await?;
    let text = app.metrics.text(&[
        ("saywho_documents", "Documents in the store.", sums.documents),
        ("saywho_attributions", "Attributions in the store.", sums.attributions),
        ("saywho_readings_waiting", "Readings that wait for a thread.", app.readers.waiting() as u64),
        ("saywho_requests_under_way", "Requests under way.", app.under_way() as u64),
    ]);
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text))
}

pub async fn openapi() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], OPENAPI)
}

pub async fn wrong_method() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "this address is not asked that way: see /openapi.json")
}
