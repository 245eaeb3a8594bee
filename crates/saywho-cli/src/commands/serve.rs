//! `saywho serve`: the web page and the API.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use anyhow::{Context, Result};
use saywho_server::{Config, Server};
use saywho_store::Store;
use tempfile::TempDir;

use super::add::tell_outdated;
use crate::args::{at_most, threads};
use crate::case_args::ServeArgs;
use crate::{engine, say};

/// Readings that may wait at most: each holds its document.
const MOST_QUEUE: NonZeroUsize = NonZeroUsize::MIN.saturating_add(9_999);

/// Serves until the process is told to end.
///
/// # Errors
/// When the database, the engine or the address cannot be had.
pub fn run(args: &ServeArgs) -> Result<ExitCode> {
    let folder = TempDir::new().context("there is no place for temporary files")?;
    let db = args.db.clone().unwrap_or_else(|| folder.path().join("case.db"));
    let store = Store::open_to_ask(&db).with_context(|| format!("{} cannot be opened", db.display()))?;
    if !store.is_writable() {
        say::note(&format!("{} or its folder cannot be written: it can be searched, not changed", db.display()));
    }
    if store.is_writable() {
        tell_outdated(&store, &db)?;
    }
    let server = Server::bind(config(args), engine::reader(&args.engine)?, store)?;
    if args.db.is_none() {
        say::note("without --db, what is added is gone at the end");
    }
    say::note(&format!("http://{}/ (Ctrl-C ends it)", server.address()));
    server.run_until_told()?;
    Ok(ExitCode::SUCCESS)
}

fn config(args: &ServeArgs) -> Config {
    let usual = Config::new(args.listen);
    let readers = NonZeroUsize::new(threads(args.jobs)).unwrap_or(usual.readers);
    let queue = args.queue.unwrap_or_else(|| Config::queue_for(readers));
    Config {
        token: args.token.clone().or_else(|| std::env::var("SAYWHO_TOKEN").ok().filter(|token| !token.is_empty())),
        hosts: args.hosts.clone(),
        readers,
        queue: at_most("--queue", queue, MOST_QUEUE),
        rate: args.rate.map(std::num::NonZeroU32::get),
        ..usual
    }
}
