//! `/v1/attributions`: questions over all documents.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use saywho_store::{Page, Question};
use serde::Deserialize;

use super::format;
use super::params::{Params, days, page};
use crate::app::App;
use crate::input::said;
use crate::problem::Answer;

/// Rows of a table.
const MOST_ROWS: usize = 10_000;

#[derive(Deserialize, Default, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Shape {
    #[default]
    Json,
    Csv,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    q: Option<String>,
    speaker: Option<String>,
    addressee: Option<String>,
    side: Option<String>,
    act: Option<String>,
    #[serde(alias = "about")]
    issue: Option<String>,
    publisher: Option<String>,
    document: Option<i64>,
    from: Option<String>,
    to: Option<String>,
    #[serde(default)]
    direct: bool,
    unnamed: Option<bool>,
    #[serde(default)]
    outer: bool,
    min_confidence: Option<f64>,
    facets: Option<bool>,
    cursor: Option<String>,
    limit: Option<usize>,
    #[serde(default)]
    format: Shape,
    #[serde(default)]
    excel: bool,
}

pub async fn list(State(app): State<Arc<App>>, Params(asked): Params<Asked>) -> Answer<Response> {
    let shape = asked.format;
    format::excel_is_csv(asked.excel, shape == Shape::Csv)?;
    let question = Question {
        q: said(asked.q),
        issue: said(asked.issue),
        speaker: said(asked.speaker),
        addressee: said(asked.addressee),
        side: said(asked.side),
        act: said(asked.act),
        publisher: said(asked.publisher),
        document: asked.document,
        days: days(asked.from, asked.to),
        direct: asked.direct,
        unnamed: asked.unnamed,
        outer: asked.outer,
        min_confidence: asked.min_confidence,
        facets: asked.facets.unwrap_or(true) && shape == Shape::Json,
        page: match shape {
            Shape::Json => page(asked.cursor, asked.limit)?,
            Shape::Csv => Page { cursor: None, limit: Some(MOST_ROWS) },
        },
    };
    let found = app.ask(move |store| store.search(&question)).await?;
    Ok(match shape {
        Shape::Json => Json(found).into_response(),
        Shape::Csv => format::csv(saywho_store::csv(&found.items), asked.excel),
    })
}
