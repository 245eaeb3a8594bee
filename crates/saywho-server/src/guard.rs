//! What every request passes before its route: who asks, from where, and how much.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::connections::Connection;
use crate::metrics::known_method;
use crate::problem::{Answer, Problem};
use crate::receive::receive;

/// Nothing but the page's own files: a text that holds a script shows it as text, and no other host is asked.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Lets a request through or not, counts it, and sets the headers of its answer.
pub async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = known_method(request.method().as_str());
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let mut response = pass(&app, request, next).await.unwrap_or_else(IntoResponse::into_response);
    app.metrics.add(method, &route, response.status().as_u16(), started.elapsed());
    let headers = response.headers_mut();
    let set = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in set {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// The route itself, once the body is here, where not too many requests are under way, within its time.
async fn pass(app: &App, request: Request, next: Next) -> Answer<Response> {
    check(app, &request)?;
    let request = receive(request, &app.config, &app.room).await?;
    let _at_work = request.extensions().get::<Arc<Connection>>().map(Connection::at_work);
    // Whoever watches the server asks most when there is most to do.
    let watches = request.uri().path() == "/health";
    let _place = if watches { None } else { Some(app.places.try_acquire().map_err(|_| Problem::busy())?) };
    let patience = app.config.patience;
    tokio::time::timeout(patience, next.run(request)).await.map_err(|_| {
        let told = format!("this took longer than {} s: ask for less, or make it a job", patience.as_secs());
        Problem::new(StatusCode::GATEWAY_TIMEOUT, told)
    })
}

fn check(app: &App, request: &Request) -> Result<(), Problem> {
    let headers = request.headers();
    let host = host(request);
    if !host.is_some_and(|host| is_ours(app, host)) {
        // A page elsewhere may have its name point to this machine: what it asks for bears that name.
        let told = "this server does not go by that name: name it with --host, or ask it by its address";
        return Err(Problem::new(StatusCode::FORBIDDEN, told));
    }
    if is_of_another_site(headers, host) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "another site's page may not ask here"));
    }
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    if from.is_some_and(|from| !app.rate.allows(from, Instant::now())) {
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too many requests from this address: wait a second"));
    }
    let path = request.uri().path();
    let open = !path.starts_with("/v1") && path != "/metrics" || request.method() == Method::OPTIONS;
    match &app.config.token {
        Some(token) if !open && !bears(headers, token) => {
            let told = "this server wants its token: Authorization: Bearer TOKEN";
            Err(Problem::new(StatusCode::UNAUTHORIZED, told))
        }
        _ => Ok(()),
    }
}

fn host(request: &Request) -> Option<&str> {
    let header = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    header.or_else(|| request.uri().authority().map(|authority| authority.as_str()))
}

/// The name in a host, without the port.
fn name(host: &str) -> &str {
    match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    }
}

/// Addresses cannot be made to point elsewhere; names must be those of this machine.
fn is_ours(app: &App, host: &str) -> bool {
    let name = name(host);
    let known = || app.config.hosts.iter().any(|known| known.eq_ignore_ascii_case(name));
    match name.parse::<IpAddr>() {
        Ok(address) => address.is_loopback() || !app.config.listen.ip().is_loopback() || known(),
        Err(_) => name.eq_ignore_ascii_case("localhost") || known(),
    }
}

fn is_of_another_site(headers: &HeaderMap, host: Option<&str>) -> bool {
    let told = |header| headers.get(header).and_then(|value: &HeaderValue| value.to_str().ok());
    let origin = told(header::ORIGIN).is_some_and(|origin| origin.split_once("://").map(|(_, from)| from) != host);
    let fetched = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
    origin || matches!(fetched, Some("cross-site" | "same-site"))
}

/// Whether a request shows the token; how long this takes does not tell how much of it was right.
fn bears(headers: &HeaderMap, token: &str) -> bool {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let shown = shown.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default().trim();
    let differ = shown.bytes().zip(token.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    shown.len() == token.len() && differ == 0
}
