//! The web page, from the binary itself.

use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;

/// The files of the page by their paths.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

pub async fn file(method: Method, uri: Uri) -> Response {
    let path = match uri.path().trim_start_matches('/') {
        "" => "index.html",
        path => path,
    };
    let found = FILES.iter().find(|(name, _)| *name == path);
    match found {
        _ if path.starts_with("v1/") => missing(&uri),
        Some(_) if method != Method::GET && method != Method::HEAD => {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "a file is only read").into_response()
        }
        // Looked at again each time: a new version of the binary has new files under the same names.
        Some((name, bytes)) => {
            ([(header::CONTENT_TYPE, kind(name)), (header::CACHE_CONTROL, "no-cache")], *bytes).into_response()
        }
        None => missing(&uri),
    }
}

fn missing(uri: &Uri) -> Response {
    Problem::new(StatusCode::NOT_FOUND, format!("there is nothing at {}: see /openapi.json", uri.path()))
        .into_response()
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
