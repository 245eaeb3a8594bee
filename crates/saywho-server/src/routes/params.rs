//! Parameters of questions.

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;
use saywho_store::{Days, Page};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::input::said;
use crate::problem::{Answer, Problem};

/// Items of one page at most.
const MOST: usize = 200;

/// The parameters of a question, or a problem that says which is wrong.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Params<T>, Problem> {
        let query = Query::<T>::try_from_uri(&parts.uri);
        query.map(|query| Params(query.0)).map_err(|error| Problem::bad(error.body_text()))
    }
}

/// A number in the address; what is none does not exist.
pub struct Id(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Id, Problem> {
        let id = Path::<i64>::from_request_parts(parts, state).await;
        id.map(|id| Id(id.0)).map_err(|_| Problem::new(StatusCode::NOT_FOUND, "the address ends in a number"))
    }
}

/// A page of a list as it is asked for.
pub fn page(cursor: Option<String>, limit: Option<usize>) -> Answer<Page> {
    match limit {
        Some(limit) if !(1..=MOST).contains(&limit) => Err(Problem::bad(format!("limit is 1 to {MOST}"))),
        limit => Ok(Page { cursor: said(cursor), limit }),
    }
}

/// From when to when.
pub fn days(from: Option<String>, to: Option<String>) -> Days {
    Days { from: said(from), to: said(to) }
}

/// How sure an attribution has to be.
pub fn least(confidence: Option<f32>) -> Answer<f32> {
    match confidence {
        Some(least) if !(0.0..=1.0).contains(&least) => {
            Err(Problem::bad(format!("min_confidence is a number from 0 to 1, not {least}")))
        }
        least => Ok(least.unwrap_or(0.0)),
    }
}

/// Who asks for a change.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Who {
    pub who: Option<String>,
}
