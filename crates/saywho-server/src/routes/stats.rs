//! `/v1/stats`: who gets quoted.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use saywho_store::{Question, Stats};
use serde::Deserialize;

use super::params::{Params, days};
use crate::app::App;
use crate::input::said;
use crate::problem::Answer;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    q: Option<String>,
    publisher: Option<String>,
    side: Option<String>,
    speaker: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

pub async fn stats(State(app): State<Arc<App>>, Params(asked): Params<Asked>) -> Answer<Json<Stats>> {
    let question = Question {
        q: said(asked.q),
        publisher: said(asked.publisher),
        side: said(asked.side),
        speaker: said(asked.speaker),
        days: days(asked.from, asked.to),
        ..Question::default()
    };
    Ok(Json(app.ask(move |store| store.stats(&question)).await?))
}
