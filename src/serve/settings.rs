//! What a server is told.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::query::Questions;

/// How long a job that is to stop may take to notice it.
pub(super) const GRACE: Duration = Duration::from_secs(1);
/// How long a request waits for a worker to become free.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// How many requests wait for each worker that there may be.
pub(super) const WAITING_PER_WORKER: usize = 16;
/// How many clients may be connected.
pub(super) const CONNECTIONS: usize = 1024;
/// How long a client may take to send the head of a request, or its body; and how long a connection may be idle.
pub(super) const SENDING: Duration = Duration::from_secs(15);
/// How long a client may take nothing of an answer.
pub(super) const STALLED: Duration = Duration::from_secs(30);
/// Bytes of a request's head.
pub(super) const HEAD_BYTES: usize = 64 * 1024;
/// Bytes of a request's path and query.
pub(super) const URI_BYTES: usize = 32 * 1024;
/// Fields in a request's head.
pub(super) const HEADERS: usize = 64;

/// Where and within which limits to serve.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where to listen; port 0 is any that is free.
    pub listen: SocketAddr,
    /// The program that works for the server: its path and arguments. It is to call [`work`](super::work) with its
    /// standard input and output.
    pub worker: (PathBuf, Vec<OsString>),
    /// How long a request may be worked on, the sending of its answer included.
    pub timeout: Duration,
    /// How many requests are worked on at the same time.
    pub concurrency: usize,
    /// Bytes of a request's body.
    pub body: usize,
    /// Origins whose pages may read answers; `*` is every one.
    pub cors: Vec<String>,
    /// Names, without port, by which the server may be called besides those of the loopback.
    pub hosts: Vec<String>,
    /// How long running requests may take to end once the server is to stop.
    pub shutdown: Duration,
    /// The questions that are listed; a worker answers those of its store.
    pub questions: Questions,
}
