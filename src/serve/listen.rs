//! Taking connections, and ending when told.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;
use tokio::time::sleep;

use super::http;
use super::impatient::Impatient;
use super::settings::{CONNECTIONS, HEAD_BYTES, HEADERS, SENDING, STALLED, Settings};
use crate::store::{Access, GraphStore, StoreError};

/// How long to wait where the system has no more connections to give.
const PAUSE: Duration = Duration::from_millis(100);

/// A server that cannot start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The graph cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing can listen there.
    #[error("{address} cannot be listened to: {error}\nhint: another program may use it; choose another with --listen")]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system says.
        #[source]
        error: io::Error,
    },
    /// The system gives what a server needs to nobody.
    #[error("the server cannot run: {0}")]
    System(#[from] io::Error),
}

/// A server that listens already and answers once it [runs](Server::run).
pub struct Server {
    runtime: Runtime,
    listener: TcpListener,
    settings: Settings,
    store: GraphStore,
}

impl Server {
    /// Opens the store and listens.
    ///
    /// # Errors
    /// If the store cannot be opened to be read, or nothing can listen at the address.
    pub fn bind(store: &Path, mut settings: Settings) -> Result<Self, ServeError> {
        let store = GraphStore::open(store, Access::Read)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let address = settings.listen;
        let listener = runtime.block_on(TcpListener::bind(address));
        let listener = listener.map_err(|error| ServeError::Listen { address, error })?;
        settings.listen = listener.local_addr()?;
        Ok(Self { runtime, listener, settings, store })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.settings.listen
    }

    /// How many documents it serves.
    pub fn documents(&self) -> usize {
        self.store.documents()
    }

    /// Answers until the process is told to end, and then until running requests have ended, if that takes no longer
    /// than the settings allow. A second signal ends it at once.
    ///
    /// # Errors
    /// If signals cannot be waited for.
    pub fn run(self) -> Result<(), ServeError> {
        let Self { runtime, listener, settings, store } = self;
        let done = runtime.block_on(serve(listener, settings, store.documents()));
        // Workers of requests that have not ended end with the runtime.
        runtime.shutdown_timeout(Duration::ZERO);
        Ok(done?)
    }
}

async fn serve(listener: TcpListener, settings: Settings, documents: usize) -> io::Result<()> {
    let patience = settings.shutdown;
    let router = http::router(settings, documents);
    let running = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut told = pin!(told_to_end()?);
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (listener.accept().await, place)
        };
        let (connection, place) = match select(&mut told, pin!(accepted)).await {
            Either::Left(_) => break,
            Either::Right(((Ok((stream, _)), place), _)) => (stream, place),
            Either::Right(((Err(error), _), _)) => {
                // Often there are too many open files; who is connected already may soon be done.
                tracing::warn!("a connection cannot be taken: {error}");
                sleep(PAUSE).await;
                continue;
            }
        };
        let connection = running.watch(answer(connection, router.clone()));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!("a connection ended: {error}");
            }
            drop(place);
        });
    }
    drop(listener);
    let again = pin!(told_to_end()?);
    let late = pin!(sleep(patience));
    if let Either::Right(_) = select(pin!(running.shutdown()), select(again, late)).await {
        tracing::warn!("requests that were running are broken off");
    }
    Ok(())
}

/// HTTP on a connection. Who is slow to send the head of a request, or takes nothing of an answer, is disconnected.
fn answer(
    stream: TcpStream,
    router: axum::Router,
) -> http1::Connection<TokioIo<Impatient<TcpStream>>, TowerToHyperService<axum::Router>> {
    // Small answers go at once.
    let _ = stream.set_nodelay(true);
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(SENDING)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(Impatient::new(stream, STALLED)), TowerToHyperService::new(router))
}

/// Ends when the process is asked to: by Ctrl-C, or by whoever runs services.
#[cfg(unix)]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        select(pin!(interrupt.recv()), pin!(terminate.recv())).await;
    })
}

/// Ends when the process is asked to, by Ctrl-C.
#[cfg(not(unix))]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
