//! `/v1/read`: reads, and keeps nothing.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use saywho::Reading;
use serde::Deserialize;

use super::format::{self, Format};
use super::params::{Params, least};
use crate::app::App;
use crate::input::{Given, Input, all_documents};
use crate::problem::{Answer, Problem};
use crate::reading;

/// Documents of one request.
const MOST: usize = 64;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(default)]
    format: Format,
    #[serde(default)]
    any_language: bool,
    #[serde(default)]
    excel: bool,
    min_confidence: Option<f32>,
    #[expect(dead_code, reason = "read with the body, which it names")]
    name: Option<String>,
}

pub async fn read(State(app): State<Arc<App>>, Params(asked): Params<Asked>, input: Input) -> Answer<Response> {
    if input.items.iter().any(|item| matches!(item.given, Given::Kept(_))) {
        return Err(Problem::bad("a kept document has its reading at /v1/documents/NUMBER"));
    }
    format::excel_is_csv(asked.excel, asked.format == Format::Csv)?;
    let least = least(asked.min_confidence)?;
    let readings = app.readers.run(move |reader, worker, budget| -> Answer<Vec<Reading>> {
        let documents = all_documents(input.items, asked.any_language, MOST)?;
        let read = |document| -> Answer<Reading> {
            let mut reading = reading::read(document, reader, worker, budget)?;
            reading.remove_below(least);
            Ok(reading)
        };
        documents.into_iter().map(|(document, _)| document).map(read).collect()
    });
    let readings = readings.await??;
    if asked.format == Format::Html && readings.len() > 1 {
        return Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "an HTML page holds one document and there are more",
        ));
    }
    Ok(format::readings(asked.format, asked.excel, &readings))
}
