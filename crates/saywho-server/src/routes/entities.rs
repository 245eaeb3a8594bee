//! `/v1/entities`: everyone of all documents.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use saywho_store::{Entities, EntityDetail, EntityQuestion};
use serde::Deserialize;

use super::params::{Id, Params, days, page};
use crate::app::App;
use crate::input::said;
use crate::problem::Answer;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    q: Option<String>,
    kind: Option<String>,
    side: Option<String>,
    #[serde(default)]
    speakers: bool,
    cursor: Option<String>,
    limit: Option<usize>,
}

pub async fn list(State(app): State<Arc<App>>, Params(asked): Params<Asked>) -> Answer<Json<Entities>> {
    let question = EntityQuestion {
        q: said(asked.q),
        kind: said(asked.kind),
        side: said(asked.side),
        speakers: asked.speakers,
        page: page(asked.cursor, asked.limit)?,
    };
    Ok(Json(app.ask(move |store| store.entities(&question)).await?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    issue: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

pub async fn one(State(app): State<Arc<App>>, Id(id): Id, Params(about): Params<About>) -> Answer<Json<EntityDetail>> {
    let (issue, days) = (said(about.issue), days(about.from, about.to));
    Ok(Json(app.ask(move |store| store.entity(id, issue.as_deref(), &days)).await?))
}
