//! Errors as `application/problem+json` (RFC 9457).

use std::io::Write;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// Why a request was not answered.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    detail: String,
    members: Map<String, Value>,
}

/// What a route answers.
pub type Answer<T> = Result<T, Problem>;

impl Problem {
    /// A problem with words for people: what was wrong and what to do.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Problem {
        Problem { status, detail: detail.into(), members: Map::new() }
    }

    /// The same with members of its own beside those of every problem.
    pub fn with(self, members: Map<String, Value>) -> Problem {
        Problem { members, ..self }
    }

    /// The status it is answered with.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The words for people.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// A parameter or body is wrong.
    pub fn bad(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, detail)
    }

    /// There is too much to do.
    pub fn busy() -> Problem {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too many requests are waiting: try again in a moment")
    }

    /// Something here is broken; the cause goes to the log, not to the caller.
    pub fn broken(cause: &dyn std::fmt::Display) -> Problem {
        log(&cause.to_string());
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "something went wrong here; the log of the server tells what")
    }
}

/// A line for whoever runs the server.
pub fn log(line: &str) {
    // A disk that is full, or a terminal that is gone, is no reason to end.
    let _ = writeln!(std::io::stderr(), "saywho serve: {line}");
}

impl From<saywho_store::Error> for Problem {
    fn from(error: saywho_store::Error) -> Problem {
        use saywho_store::Error;
        match error {
            Error::Missing(_) => Problem::new(StatusCode::NOT_FOUND, error.to_string()),
            Error::Invalid(_) => Problem::bad(error.to_string()),
            Error::AskedOnly(_) => Problem::new(StatusCode::FORBIDDEN, error.to_string()),
            Error::Unconfirmed(_) => Problem::new(StatusCode::CONFLICT, error.to_string()),
            Error::Closed => Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the server is ending"),
            Error::NoRoom(_) => {
                log(&error.to_string());
                let told =
                    "the disk of the server is full: nothing of this was kept, and nothing that was kept is lost";
                Problem::new(StatusCode::INSUFFICIENT_STORAGE, told)
            }
            Error::Database(_)
            | Error::Damaged(_)
            | Error::Apart(_)
            | Error::NotOurs(_)
            | Error::Newer { .. }
            | Error::Older(_)
            | Error::NotWritable { .. } => Problem::broken(&error),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let title = self.status.canonical_reason().unwrap_or("Error");
        let mut body =
            json!({"type": "about:blank", "title": title, "status": self.status.as_u16(), "detail": self.detail});
        body.as_object_mut().into_iter().for_each(|body| body.extend(self.members.clone()));
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if matches!(self.status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
