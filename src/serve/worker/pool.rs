//! The workers that there are, and whose turn it is.

use std::io;
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use super::super::settings::{GRACE, PATIENCE, Settings, WAITING_PER_WORKER};
use super::job::{Failure, Job};
use super::stream::Answer;

/// Workers, at most as many as requests are worked on at the same time. They are started when they are needed.
pub(crate) struct Pool {
    settings: Settings,
    idle: Mutex<Vec<Worker>>,
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
    /// Workers that were started in all.
    started: AtomicU64,
}

pub(super) struct Worker {
    pub child: Child,
    pub input: ChildStdin,
    pub output: BufReader<ChildStdout>,
}

/// A worker while it does a job, with its turn. Dropping it ends the worker, unless it is given back.
pub(super) struct Running {
    pub worker: Worker,
    pub deadline: Instant,
    pool: Arc<Pool>,
    _turn: OwnedSemaphorePermit,
}

impl Running {
    /// The job is done: the worker can do another one.
    pub fn done(self) {
        self.pool.idle.lock().unwrap_or_else(PoisonError::into_inner).push(self.worker);
    }
}

impl Pool {
    pub fn new(settings: Settings) -> Arc<Self> {
        let turns = Arc::new(Semaphore::new(settings.concurrency));
        Arc::new(Self {
            settings,
            idle: Mutex::new(Vec::new()),
            turns,
            waiting: AtomicUsize::new(0),
            started: AtomicU64::new(0),
        })
    }

    /// How many jobs are being done.
    pub fn running(&self) -> usize {
        self.settings.concurrency.saturating_sub(self.turns.available_permits())
    }

    /// How many requests wait for a worker.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// How many workers were started since the server was.
    pub fn started(&self) -> u64 {
        self.started.load(Ordering::Relaxed)
    }

    /// Has a job done.
    ///
    /// # Errors
    /// If there are too many others, or the job fails before anything of its answer is there.
    pub async fn run(self: &Arc<Self>, job: &Job) -> Result<Answer, Failure> {
        let turn = self.turn().await?;
        let broken = |error: io::Error| {
            tracing::error!("a worker cannot be used: {error}");
            Failure::new(500, "the server cannot work on this")
        };
        let mut line = serde_json::to_vec(job).map_err(|error| broken(error.into()))?;
        line.push(b'\n');
        let worker = self.worker().map_err(broken)?;
        let deadline = Instant::now() + self.settings.timeout + GRACE + GRACE;
        let mut running = Running { worker, deadline, pool: Arc::clone(self), _turn: turn };
        let sent = running.worker.input.write_all(&line).await;
        match sent {
            Ok(()) => Answer::begin(running).await,
            Err(error) => Err(broken(error)),
        }
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, Failure> {
        let busy = || {
            Failure::new(503, "the server is working on as many requests as it may\nhint: ask again in a few seconds")
        };
        if let Ok(turn) = Arc::clone(&self.turns).try_acquire_owned() {
            return Ok(turn);
        }
        let _waiting = Waiting::new(&self.waiting);
        if self.waiting() > self.settings.concurrency.saturating_mul(WAITING_PER_WORKER) {
            return Err(busy());
        }
        match timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await {
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(busy()),
        }
    }

    /// An idle worker, else a new one.
    fn worker(&self) -> io::Result<Worker> {
        loop {
            let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            match idle {
                Some(mut worker) => {
                    if matches!(worker.child.try_wait(), Ok(None)) {
                        return Ok(worker);
                    }
                }
                None => return self.start(),
            }
        }
    }

    fn start(&self) -> io::Result<Worker> {
        let (program, arguments) = &self.settings.worker;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        // Ctrl-C is for the server; its workers end when the requests do.
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command.spawn()?;
        self.started.fetch_add(1, Ordering::Relaxed);
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Worker { child, input, output: BufReader::new(output) }),
            _ => Err(io::Error::other("a worker has no pipes")),
        }
    }
}

/// Counts a request that waits as long as it does.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
