//! The server: its parts, its routes, its life.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{delete, get, post};
use saywho::Reader;
use saywho_store::{Store, Sums};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;

use crate::config::Config;
use crate::connections;
use crate::guard::guard;
use crate::jobs::Jobs;
use crate::metrics::Metrics;
use crate::problem::{Answer, Problem};
use crate::rate::Rate;
use crate::readers::Readers;
use crate::receive::Room;
use crate::routes;

/// How long requests under way may take once the server is told to end.
const FAREWELL: Duration = Duration::from_secs(10);

/// How long `/health` waits for the store: whoever watches the server wants an answer soon.
const SOON: Duration = Duration::from_millis(50);

/// Threads that ask the store at once; more requests wait for one.
const ASKING: usize = 16;

/// What all routes share.
pub struct App {
    pub config: Config,
    pub store: Arc<Store>,
    pub readers: Arc<Readers>,
    pub jobs: Jobs,
    pub metrics: Metrics,
    pub rate: Rate,
    /// Requests that may yet be under way.
    pub places: Semaphore,
    /// Bytes that may yet be sent.
    pub room: Room,
    sums: Mutex<Sums>,
    asking: Arc<Semaphore>,
}

impl App {
    /// Asks the store on a thread that may wait.
    pub async fn ask<T: Send + 'static>(
        self: &Arc<App>,
        question: impl FnOnce(&Store) -> saywho_store::Result<T> + Send + 'static,
    ) -> Answer<T> {
        let store = Arc::clone(&self.store);
        let answer = tokio::task::spawn_blocking(move || question(&store)).await;
        answer.map_err(|error| Problem::broken(&error))?.map_err(Problem::from)
    }

    /// Requests under way.
    pub fn under_way(&self) -> usize {
        self.config.at_once - self.places.available_permits().min(self.config.at_once)
    }

    /// How much there is; what was known last, where the store is busy.
    pub async fn sums(self: &Arc<App>) -> Answer<Sums> {
        let known = |app: &App| *app.sums.lock().unwrap_or_else(PoisonError::into_inner);
        // One question waits for the store at most, however many ask here.
        let Ok(asking) = Arc::clone(&self.asking).try_acquire_owned() else { return Ok(known(self)) };
        let app = Arc::clone(self);
        let asked = tokio::spawn(async move {
            let sums = app.ask(Store::sums).await?;
            *app.sums.lock().unwrap_or_else(PoisonError::into_inner) = sums;
            drop(asking);
            Ok(sums)
        });
        match tokio::time::timeout(SOON, asked).await {
            Ok(sums) => sums.map_err(|error| Problem::broken(&error))?,
            Err(_) => Ok(known(self)),
        }
    }
}

/// All routes, as `docs/api.md` and `openapi.json` tell them.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/v1/read", post(routes::read::read))
        .route("/v1/compare", post(routes::compare::compare))
        .route("/v1/check", post(routes::check::check))
        .route("/v1/documents", get(routes::documents::list).post(routes::documents::add))
        .route("/v1/documents/{id}", get(routes::documents::one).delete(routes::documents::remove))
        .route("/v1/documents/{id}/read", post(routes::documents::read_again))
        .route("/v1/attributions", get(routes::attributions::list))
        .route("/v1/entities", get(routes::entities::list))
        .route("/v1/entities/{id}", get(routes::entities::one))
        .route("/v1/conversations", get(routes::conversations::list))
        .route("/v1/conversations/{id}", get(routes::conversations::one))
        .route("/v1/stats", get(routes::stats::stats))
        .route("/v1/corrections", get(routes::corrections::list).post(routes::corrections::add))
        .route("/v1/corrections/{id}", delete(routes::corrections::undo))
        .route("/v1/jobs", get(routes::jobs::list))
        .route("/v1/jobs/{id}", get(routes::jobs::one).delete(routes::jobs::stop))
        .route("/health", get(routes::about::health))
        .route("/metrics", get(routes::about::metrics))
        .route("/openapi.json", get(routes::about::openapi))
        .fallback(routes::page::file)
        .method_not_allowed_fallback(routes::about::wrong_method)
        .layer(CompressionLayer::new())
        .layer(DefaultBodyLimit::max(app.config.body))
        .layer(from_fn_with_state(Arc::clone(&app), guard))
        .with_state(app)
}

/// A server that listens.
pub struct Server {
    app: Arc<App>,
    listener: std::net::TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Listens, and starts the threads that read.
    ///
    /// # Errors
    /// When the settings do not go together, or the address cannot be listened at.
    pub fn bind(config: Config, reader: Reader, store: Store) -> io::Result<Server> {
        config.check().map_err(io::Error::other)?;
        let listener = std::net::TcpListener::bind(config.listen)
            .map_err(|error| io::Error::new(error.kind(), format!("cannot listen at {}: {error}", config.listen)))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let store = Arc::new(store);
        let readers =
            Arc::new(Readers::start(Arc::new(reader), config.readers.get(), config.queue.get(), config.patience)?);
        let jobs = Jobs::start(Arc::clone(&readers), Arc::clone(&store))?;
        let rate = Rate::new(config.rate);
        let (places, room) = (Semaphore::new(config.at_once), Room::new(config.bodies));
        let sums = Mutex::new(store.sums().map_err(io::Error::other)?);
        let (metrics, asking) = (Metrics::default(), Arc::new(Semaphore::new(1)));
        let app = App { config, store, readers, jobs, metrics, rate, places, room, sums, asking };
        Ok(Server { app: Arc::new(app), listener, address })
    }

    /// Where it listens: with the port that the system chose, where none was named.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `end` comes, then lets requests under way end and closes the store.
    ///
    /// # Errors
    /// When the system takes the address away.
    pub fn run(self, end: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().max_blocking_threads(ASKING).enable_all().build()?;
        let (app, store) = (Arc::clone(&self.app), Arc::clone(&self.app.store));
        let served = runtime.block_on(async move {
            let listener = TcpListener::from_std(self.listener)?;
            connections::serve(listener, router(self.app), &app.config, end, FAREWELL).await
        });
        runtime.shutdown_timeout(Duration::from_secs(1));
        store.close().map_err(io::Error::other)?;
        served
    }

    /// Answers until the process is told to end (Ctrl-C, SIGTERM).
    ///
    /// # Errors
    /// As [`Server::run`].
    pub fn run_until_told(self) -> io::Result<()> {
        self.run(signal())
    }
}

async fn signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    interrupt.await;
}
