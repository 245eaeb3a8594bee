//! Bodies of requests: whole, in their time, and no more at once than memory bears.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use http_body_util::BodyExt;
use hyper::body::Body as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use crate::config::Config;
use crate::problem::{Answer, Problem};

/// Bytes are counted by so many.
const UNIT: usize = 1 << 10;

/// Bytes of bodies that are held at once.
pub struct Room(Arc<Semaphore>);

/// The room that a body takes: free when the last copy of this is gone.
#[derive(Clone)]
pub struct Held(#[expect(dead_code, reason = "held until it is dropped")] Arc<OwnedSemaphorePermit>);

impl Room {
    /// For so many bytes.
    pub fn new(bytes: usize) -> Room {
        Room(Arc::new(Semaphore::new((bytes / UNIT).min(Semaphore::MAX_PERMITS))))
    }

    fn take(&self, bytes: usize) -> Answer<OwnedSemaphorePermit> {
        let units = u32::try_from(bytes.div_ceil(UNIT)).unwrap_or(u32::MAX);
        Arc::clone(&self.0).try_acquire_many_owned(units).map_err(|_| Problem::busy())
    }
}

/// A request with its body here, so that a slow one holds up nothing but itself. What the body takes is [`Held`] by the request.
pub async fn receive(request: Request, config: &Config, room: &Room) -> Answer<Request> {
    let (mut parts, body) = request.into_parts();
    if body.is_end_stream() {
        return Ok(Request::from_parts(parts, body));
    }
    let (bytes, held) = whole(body, config, room).await?;
    parts.extensions.insert(Held(Arc::new(held)));
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

async fn whole(mut body: Body, config: &Config, room: &Room) -> Answer<(Bytes, OwnedSemaphorePermit)> {
    let end = Instant::now() + config.patience;
    let mut bytes = Vec::new();
    let mut held = room.take(0)?;
    loop {
        let next = end.min(Instant::now() + config.silence);
        let Ok(frame) = timeout_at(next, body.frame()).await else { return Err(too_slow(config.silence)) };
        let Some(frame) = frame else { return Ok((bytes.into(), held)) };
        let frame = frame.map_err(|error| Problem::bad(format!("the body breaks off: {error}")))?;
        let Ok(data) = frame.into_data() else { continue };
        if bytes.len() + data.len() > config.body {
            let told = format!("a request has at most {} bytes", config.body);
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, told));
        }
        held.merge(room.take(data.len())?);
        bytes.extend_from_slice(&data);
    }
}

fn too_slow(silence: Duration) -> Problem {
    let told =
        format!("the body came too slowly: nothing for {} s, or not all in the time of a request", silence.as_secs());
    Problem::new(StatusCode::REQUEST_TIMEOUT, told)
}
