//! `/v1/compare`: what several accounts tell of one conversation.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use saywho::comparison::{Comparison, Options, Topics};
use saywho::{Budget, Document, Reader, Reading, Worker};
use saywho_store::Store;
use serde::Deserialize;

use super::format::{self, CompareFormat};
use super::params::Params;
use crate::app::App;
use crate::input::{Given, Input, all_documents};
use crate::problem::{Answer, Problem};
use crate::reading;

/// Accounts of one comparison.
const MOST: usize = 16;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(default)]
    format: CompareFormat,
    #[serde(default)]
    any_language: bool,
    #[serde(default)]
    excel: bool,
    #[expect(dead_code, reason = "read with the body, which it names")]
    name: Option<String>,
}

pub async fn compare(State(app): State<Arc<App>>, Params(asked): Params<Asked>, input: Input) -> Answer<Response> {
    format::excel_is_csv(asked.excel, asked.format == CompareFormat::Csv)?;
    let store = Arc::clone(&app.store);
    let any_language = asked.any_language;
    let compared =
        app.readers.run(move |reader, worker, budget| compared(input, any_language, reader, worker, &store, budget));
    Ok(format::comparison(asked.format, asked.excel, &compared.await??))
}

fn compared<'r>(
    input: Input,
    any_language: bool,
    reader: &'r Reader,
    worker: &mut Worker<'r>,
    store: &Store,
    budget: &Budget,
) -> Answer<Comparison> {
    let topics = input.topics.as_deref().map(Topics::parse).transpose();
    let topics = topics.map_err(|error| Problem::bad(format!("topics: {error}")))?.unwrap_or_default();
    let (mut accounts, mut sides) = (Vec::new(), Vec::new());
    for item in input.items {
        if let Given::Kept(id) = item.given {
            accounts.push(Account::Kept(Box::new(store.document(id)?.reading)));
            sides.push(item.side);
        } else {
            for (document, side) in all_documents(vec![item], any_language, MOST)? {
                accounts.push(Account::New(Box::new(document)));
                sides.push(side);
            }
        }
        if accounts.len() > MOST {
            return Err(Problem::bad(format!("at most {MOST} accounts are compared at once")));
        }
    }
    let mut ids = saywho_ingest::Ids::default();
    for account in &mut accounts {
        let document = account.document();
        document.id = ids.unique(&document.id);
    }
    let mut analyses = Vec::with_capacity(accounts.len());
    for account in &accounts {
        analyses.push(match account {
            Account::Kept(reading) => reader.analysis(reading),
            Account::New(document) => reading::analyse(document, reader, worker, budget)?,
        });
    }
    Ok(reader.compare(&analyses, &Options { sides, topics }))
}

/// One of the accounts of a request.
enum Account {
    /// Read before and kept in the store.
    Kept(Box<Reading>),
    /// To be read.
    New(Box<Document>),
}

impl Account {
    fn document(&mut self) -> &mut Document {
        match self {
            Account::Kept(reading) => &mut reading.document,
            Account::New(document) => document,
        }
    }
}
