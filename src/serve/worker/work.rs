//! The worker's side: a job comes in, its answer goes out.

use std::io::{self, BufRead, BufWriter, Write};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::super::settings::GRACE;
use super::frames::AnswerWriter;
use super::job::{Failure, Job};
use super::tasks;
use crate::limits;
use crate::store::GraphStore;

/// What a worker exits with where a job overran its time.
pub(super) const LATE: i32 = 3;

/// Does one job after another: each is a line of `jobs`, its answer goes to `out`. Returns when there are no more.
///
/// The process ends where a job does not stop in time. It gets no more memory than `memory`, in bytes; asking for
/// more ends it too.
///
/// # Errors
/// If the limit cannot be set, or whoever gives the jobs has gone.
pub fn work(store: &GraphStore, memory: Option<u64>, jobs: impl BufRead, mut out: impl Write) -> io::Result<()> {
    if let Some(bytes) = memory {
        limits::memory(bytes)?;
    }
    let watch = Watch::new();
    for line in jobs.lines() {
        let job: Result<Job, _> = serde_json::from_str(&line?);
        let limit = job.as_ref().map_or(Duration::ZERO, |job| Duration::from_millis(job.milliseconds));
        // Until all of the answer is taken: nobody can keep a worker by reading slowly.
        let _watched = watch.job(limit);
        let mut answer = AnswerWriter::new(BufWriter::new(&mut out));
        let result = match job {
            Ok(job) => tasks::run(store, &job, Instant::now() + limit, &mut answer),
            Err(error) => Err(Failure::new(500, error.to_string())),
        };
        answer.end(result)?;
    }
    Ok(())
}

/// A thread that ends the process where a job has not stopped by itself soon after its time. Jobs only read, so that
/// nothing is left half done.
struct Watch(mpsc::Sender<Option<Duration>>);

impl Watch {
    fn new() -> Self {
        let (tell, told) = mpsc::channel::<Option<Duration>>();
        thread::spawn(move || {
            while let Ok(limit) = told.recv() {
                let Some(limit) = limit else { continue };
                // What comes next is that the job is done.
                if told.recv_timeout(limit.saturating_add(GRACE)) == Err(mpsc::RecvTimeoutError::Timeout) {
                    std::process::exit(LATE);
                }
            }
        });
        Self(tell)
    }

    /// A job begins, and ends when what is returned is dropped.
    fn job(&self, limit: Duration) -> Watched<'_> {
        // The thread goes on for as long as there is something to tell it.
        let _ = self.0.send(Some(limit));
        Watched(&self.0)
    }
}

struct Watched<'a>(&'a mpsc::Sender<Option<Duration>>);

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        let _ = self.0.send(None);
    }
}
