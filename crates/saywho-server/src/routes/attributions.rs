//! `/v1/attributions`: questions over all documents.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use saywho_store::{EntityBrief, Hit, Page, Question};
use serde::Deserialize;

use super::format::csv;
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
    facets: Option<bool>,
    cursor: Option<String>,
    limit: Option<usize>,
    #[serde(default)]
    format: Shape,
}

pub async fn list(State(app): State<Arc<App>>, Params(asked): Params<Asked>) -> Answer<Response> {
    let shape = asked.format;
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
        facets: asked.facets.unwrap_or(true) && shape == Shape::Json,
        page: match shape {
            Shape::Json => page(asked.cursor, asked.limit)?,
            Shape::Csv => Page { cursor: None, limit: Some(MOST_ROWS) },
        },
    };
    let found = app.ask(move |store| store.search(&question)).await?;
    Ok(match shape {
        Shape::Json => Json(found).into_response(),
        Shape::Csv => csv(&COLUMNS, found.items.into_iter().map(row)),
    })
}

const COLUMNS: [&str; 19] = [
    "document",
    "title",
    "publisher",
    "published",
    "attribution",
    "speaker",
    "kind",
    "side",
    "addressee",
    "act",
    "polarity",
    "type",
    "source",
    "cue",
    "content",
    "via",
    "confidence",
    "start",
    "end",
];

fn row(hit: Hit) -> Vec<String> {
    let part = |of: Option<&EntityBrief>, what: fn(&EntityBrief) -> String| of.map(what).unwrap_or_default();
    let speaker = hit.speaker.as_ref();
    vec![
        hit.document.name,
        hit.document.title.unwrap_or_default(),
        hit.document.publisher.unwrap_or_default(),
        hit.document.published.unwrap_or_default(),
        hit.attribution,
        part(speaker, |e| e.name.clone()),
        part(speaker, |e| e.kind.clone()),
        part(speaker, |e| e.side.clone().unwrap_or_default()),
        part(hit.addressee.as_ref(), |e| e.name.clone()),
        hit.act,
        hit.polarity,
        hit.kind,
        hit.source,
        hit.cue,
        hit.content,
        hit.via.unwrap_or_default(),
        hit.confidence.to_string(),
        hit.start.to_string(),
        hit.end.to_string(),
    ]
}
