//! `/v1/conversations`: calls and meetings over all documents.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use saywho::comparison::Options;
use saywho_store::Meetings;
use serde::Deserialize;
use serde_json::json;

use super::format::{self, CompareFormat};
use super::params::{Id, Params, days, page};
use crate::app::App;
use crate::input::said;
use crate::problem::Answer;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    q: Option<String>,
    from: Option<String>,
    to: Option<String>,
    cursor: Option<String>,
    limit: Option<usize>,
}

pub async fn list(State(app): State<Arc<App>>, Params(asked): Params<Asked>) -> Answer<Json<Meetings>> {
    let (q, days, page) = (said(asked.q), days(asked.from, asked.to), page(asked.cursor, asked.limit)?);
    Ok(Json(app.ask(move |store| store.conversations(q.as_deref(), &days, &page)).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    #[serde(default)]
    format: CompareFormat,
    #[serde(default)]
    excel: bool,
}

pub async fn one(State(app): State<Arc<App>>, Id(id): Id, Params(shape): Params<Shape>) -> Answer<Response> {
    format::excel_is_csv(shape.excel, shape.format == CompareFormat::Csv)?;
    let (meeting, readings) = app.ask(move |store| store.conversation(id)).await?;
    let compared = app.readers.run(move |reader, _, _| {
        let analyses: Vec<_> = readings.iter().map(|reading| reader.analysis(reading)).collect();
        reader.compare(&analyses, &Options::default())
    });
    let compared = compared.await?;
    Ok(match shape.format {
        CompareFormat::Json => {
            Json(json!({"conversation": meeting, "comparison": compared.to_code_points()})).into_response()
        }
        other => format::comparison(other, shape.excel, &compared),
    })
}
