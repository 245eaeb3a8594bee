//! What a server may be told.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::time::Duration;

/// Readings that may wait for each thread: some seconds' worth of articles.
const WAITING: NonZeroUsize = NonZeroUsize::MIN.saturating_add(15);

/// What a server may be told.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// What every request must show; required unless `listen` is a loopback address.
    pub token: Option<String>,
    /// Names by which others may call this host, besides its addresses and "localhost".
    pub hosts: Vec<String>,
    /// Threads that read.
    pub readers: NonZeroUsize,
    /// Readings that may wait for a thread; more are refused.
    pub queue: NonZeroUsize,
    /// Requests that may be under way; more are refused.
    pub at_once: usize,
    /// Connections that may be open: where there are more, those that have waited longest for their client are closed.
    pub connections: usize,
    /// The most bytes of a request.
    pub body: usize,
    /// The most bytes of all requests under way, jobs that wait included; more are refused.
    pub bodies: usize,
    /// The longest a client may say nothing: before a request, within it, and in all for its head.
    pub silence: Duration,
    /// The longest a request may take.
    pub patience: Duration,
    /// Requests a second from one address; 20 from others and any number from this machine where nothing is said.
    pub rate: Option<u32>,
}

impl Config {
    /// The usual settings for an address.
    pub fn new(listen: SocketAddr) -> Config {
        let readers = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Config {
            listen,
            token: None,
            hosts: Vec::new(),
            readers,
            queue: Config::queue_for(readers),
            at_once: 500,
            // Systems mostly give 1024 files, of which the store needs some, too.
            connections: 800,
            body: 64 << 20,
            bodies: 512 << 20,
            silence: Duration::from_secs(10),
            patience: Duration::from_secs(60),
            rate: None,
        }
    }

    /// The usual number of readings that may wait for so many threads.
    pub fn queue_for(readers: NonZeroUsize) -> NonZeroUsize {
        readers.saturating_mul(WAITING)
    }

    /// Whether the settings go together.
    ///
    /// # Errors
    /// A line for people.
    pub fn check(&self) -> Result<(), String> {
        match &self.token {
            None if !self.listen.ip().is_loopback() => Err(format!(
                "others could read everything at {}: give --token with at least 8 letters, or listen on 127.0.0.1",
                self.listen
            )),
            Some(token) if token.len() < 8 || !token.chars().all(|c| c.is_ascii_graphic()) => {
                Err("a token has at least 8 letters, digits or marks of ASCII and no blanks".into())
            }
            _ => Ok(()),
        }
    }
}
