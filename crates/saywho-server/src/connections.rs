//! Connections: no more than the system bears, and none that waits may keep others out.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::config::Config;
use crate::problem::log;

/// How long to wait where the system gives no connection.
const PAUSE: Duration = Duration::from_millis(50);

/// What is told where every connection is at work.
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n";

/// One connection, as its requests see it.
pub struct Connection {
    /// Since when it waits for its client: for a request, the rest of one, or until an answer is taken. Nothing while a
    /// request is at work.
    waits: Mutex<Option<Instant>>,
    cut: Notify,
}

/// While this lives, the request of a connection is at work, and the connection is not cut.
pub struct AtWork(Arc<Connection>);

impl Connection {
    /// A request has come whole.
    pub fn at_work(self: &Arc<Connection>) -> AtWork {
        *self.waits() = None;
        AtWork(Arc::clone(self))
    }

    fn waits(&self) -> MutexGuard<'_, Option<Instant>> {
        self.waits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        *self.0.waits() = Some(Instant::now());
    }
}

/// All connections that are open, by their numbers.
struct Connections {
    most: usize,
    open: Mutex<(u64, BTreeMap<u64, Arc<Connection>>)>,
}

impl Connections {
    fn new(most: usize) -> Connections {
        Connections { most, open: Mutex::default() }
    }

    /// A place for a new connection: where there is none left, that of the one that has waited longest.
    fn admit(&self) -> Option<(u64, Arc<Connection>)> {
        let mut open = self.open();
        let (last, all) = &mut *open;
        if all.len() >= self.most && !cut_oldest(all) {
            return None;
        }
        *last += 1;
        let new = Arc::new(Connection { waits: Mutex::new(Some(Instant::now())), cut: Notify::new() });
        all.insert(*last, Arc::clone(&new));
        Some((*last, new))
    }

    fn forget(&self, number: u64) {
        self.open().1.remove(&number);
    }

    fn open(&self) -> MutexGuard<'_, (u64, BTreeMap<u64, Arc<Connection>>)> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Cuts the connection that has waited longest, if one waits at all.
fn cut_oldest(all: &mut BTreeMap<u64, Arc<Connection>>) -> bool {
    let waiting = all.iter().filter_map(|(&number, one)| Some(((*one.waits())?, number)));
    let oldest = waiting.min().and_then(|(_, number)| all.remove(&number));
    oldest.inspect(|one| one.cut.notify_one()).is_some()
}

/// Answers connections until `end` comes, then lets requests under way end, for `farewell` at most.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    config: &Config,
    end: impl Future<Output = ()>,
    farewell: Duration,
) -> io::Result<()> {
    let connections = Arc::new(Connections::new(config.connections));
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(config.silence);
    tokio::pin!(end);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Mostly there are too many open files.
                    log(&format!("no connection can be taken: {error}"));
                    cut_oldest(&mut connections.open().1);
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            },
            () = &mut end => break,
        };
        let Some((number, connection)) = connections.admit() else {
            let _ = stream.try_write(FULL);
            continue;
        };
        let told = Arc::clone(&connection);
        let service = TowerToHyperService::new(router.clone());
        let service = service_fn(move |request| service.call(introduced(request, peer, &told)));
        let answering = graceful.watch(http.serve_connection(io_of(stream), service));
        let connections = Arc::clone(&connections);
        tokio::spawn(async move {
            // A client that goes away or sends what is no HTTP is nobody to tell.
            tokio::select! {
                _ = answering => {}
                () = connection.cut.notified() => {}
            }
            connections.forget(number);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(farewell, graceful.shutdown()).await;
    Ok(())
}

fn io_of(stream: TcpStream) -> TokioIo<TcpStream> {
    let _ = stream.set_nodelay(true);
    TokioIo::new(stream)
}

/// A request that knows whose it is and through which connection it came.
fn introduced(mut request: Request<Incoming>, peer: SocketAddr, connection: &Arc<Connection>) -> Request<Incoming> {
    request.extensions_mut().insert(ConnectInfo(peer));
    request.extensions_mut().insert(Arc::clone(connection));
    request
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_that_has_waited_longest_makes_room_and_none_at_work() {
        let connections = Connections::new(2);
        let (first, at_work) = connections.admit().expect("room");
        let (second, _) = connections.admit().expect("room");
        let busy = at_work.at_work();
        let (third, _) = connections.admit().expect("the second makes room");
        assert_eq!(connections.open().1.keys().copied().collect::<Vec<_>>(), [first, third]);
        assert!(second < third);
        connections.forget(third);
        let (_, other) = connections.admit().expect("room");
        let others = other.at_work();
        assert!(connections.admit().is_none(), "both are at work");
        drop((busy, others));
        assert!(connections.admit().is_some());
    }
}
