//! saywho over HTTP: the API of `docs/api.md` and the web page, from one binary.
//!
//! A connection has its place and its time in `connections.rs`. A request passes `guard.rs` (whose host, which site, which
//! token, how often, how many at once) with its body from `receive.rs`, then its route in `routes/`. What takes a processor goes to the reading threads of `readers.rs` through a queue that refuses when it is full;
//! what asks the store runs on tokio's blocking threads. Every error is a `problem.rs`.

mod app;
mod config;
mod connections;
mod guard;
mod input;
mod jobs;
mod metrics;
mod problem;
mod rate;
mod readers;
mod reading;
mod receive;
mod routes;

pub use app::{Server, router};
pub use config::Config;

/// The description of the API for programs.
pub const OPENAPI: &str = include_str!("openapi.json");
