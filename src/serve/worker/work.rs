//! The worker's side: a job comes in, its answer goes out.

use std::io::{self, BufRead, BufWriter, Write};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::super::settings::GRACE;
use super::frames::AnswerWriter;
use super::job::{Failure, Job};
use super::{memory, tasks};
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
        memory::limit(bytes)?;
    }
    for line in jobs.lines() {
        let mut answer = AnswerWriter::new(BufWriter::new(&mut out));
        let result = match serde_json::from_str::<Job>(&line?) {
            Ok(job) => {
                let limit = Duration::from_millis(job.milliseconds);
                let _running = end_if_late(limit);
                tasks::run(store, &job, Instant::now() + limit, &mut answer)
            }
            Err(error) => Err(Failure::new(500, error.to_string())),
        };
        answer.end(result)?;
    }
    Ok(())
}

/// Ends the process where the job has not stopped by itself soon after `limit`; dropping what is returned calls it
/// off. Jobs only read, so that nothing is left half done.
fn end_if_late(limit: Duration) -> mpsc::Sender<()> {
    let (running, clock) = mpsc::channel();
    thread::spawn(move || {
        if clock.recv_timeout(limit.saturating_add(GRACE)) == Err(mpsc::RecvTimeoutError::Timeout) {
            std::process::exit(LATE);
        }
    });
    running
}
