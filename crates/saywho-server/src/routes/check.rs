//! `/v1/check`: passages of articles, sought in their sources.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use saywho::{Budget, Reader, Reading, Worker};
use saywho_check::{Check, check_within};
use saywho_ingest::Ids;
use saywho_store::Store;
use serde::Deserialize;

use super::format::{self, CheckFormat};
use super::params::Params;
use crate::app::App;
use crate::input::{Given, Input, Item, all_documents};
use crate::problem::{Answer, Problem};
use crate::reading;

/// Articles of one check.
const MOST_ARTICLES: usize = 16;
/// Sources of one check.
const MOST_SOURCES: usize = 1000;
/// Bytes of all their texts.
const MOST_BYTES: usize = 64 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(default)]
    format: CheckFormat,
    #[serde(default)]
    any_language: bool,
    #[serde(default)]
    excel: bool,
}

pub async fn check(State(app): State<Arc<App>>, Params(asked): Params<Asked>, input: Input) -> Answer<Response> {
    format::excel_is_csv(asked.excel, asked.format == CheckFormat::Csv)?;
    if input.against.is_empty() {
        return Err(Problem::bad(
            "there is no source: send the articles as “documents” and their sources as “against”",
        ));
    }
    let (store, any_language) = (Arc::clone(&app.store), asked.any_language);
    let checked =
        app.readers.run(move |reader, worker, budget| checked(input, any_language, reader, worker, &store, budget));
    Ok(format::check(asked.format, asked.excel, &checked.await??))
}

fn checked<'r>(
    input: Input,
    any_language: bool,
    reader: &'r Reader,
    worker: &mut Worker<'r>,
    store: &Store,
    budget: &Budget,
) -> Answer<Check> {
    let mut ids = Ids::default();
    let mut bytes = 0;
    let mut readings = |items: Vec<Item>, what: &str, most: usize| -> Answer<Vec<Reading>> {
        let mut readings = Vec::new();
        for item in items {
            let mut add = |mut reading: Reading| {
                bytes += reading.document.text.len();
                reading.document.id = ids.unique(&reading.document.id);
                readings.push(reading);
                if readings.len() > most {
                    return Err(Problem::bad(format!("at most {most} {what} are checked at once")));
                }
                match bytes > MOST_BYTES {
                    true => Err(Problem::new(
                        StatusCode::PAYLOAD_TOO_LARGE,
                        format!("at most {} MiB of text are checked at once", MOST_BYTES >> 20),
                    )),
                    false => Ok(()),
                }
            };
            if let Given::Kept(id) = item.given {
                add(store.document(id)?.reading)?;
            } else {
                for (document, _) in all_documents(vec![item], any_language, most)? {
                    add(reading::read(document, reader, worker, budget)?)?;
                }
            }
        }
        Ok(readings)
    };
    let articles = readings(input.items, "articles", MOST_ARTICLES)?;
    let sources = readings(input.against, "sources", MOST_SOURCES)?;
    check_within(reader, &articles, &sources, budget).map_err(|_| {
        Problem::new(
            StatusCode::GATEWAY_TIMEOUT,
            "there was no time left to check all passages: send fewer documents at once",
        )
    })
}
