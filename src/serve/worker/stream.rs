//! The server's side of an answer: frames → the bytes of a response.

use std::io;

use axum::body::{Body, Bytes};
use futures_util::{StreamExt, stream};
use tokio::io::AsyncReadExt;
use tokio::time::{timeout, timeout_at};

use super::super::settings::GRACE;
use super::frames::{DATA, END, FAILURE, HEAD};
use super::job::{Failure, Head};
use super::pool::Running;
use super::work::LATE;

/// More than any frame that a worker sends.
const LONGEST: usize = 1 << 24;

/// An answer that has begun.
pub(crate) struct Answer {
    pub head: Head,
    pub body: Body,
}

enum Frame {
    Head(Head),
    Data(Bytes),
    End,
    Failure(Failure),
}

impl Answer {
    /// Reads the head of an answer, and all of it where it is short.
    pub(super) async fn begin(mut running: Running) -> Result<Self, Failure> {
        match next(&mut running).await? {
            Frame::Head(head) if head.whole => {
                let mut bytes = Bytes::new();
                loop {
                    match next(&mut running).await? {
                        Frame::Data(data) => bytes = data,
                        Frame::End => break,
                        Frame::Head(_) | Frame::Failure(_) => return Err(garbled()),
                    }
                }
                running.done();
                Ok(Self { head, body: Body::from(bytes) })
            }
            Frame::Head(head) => Ok(Self { head, body: streamed(running) }),
            Frame::Failure(failure) => {
                running.done();
                Err(failure)
            }
            Frame::Data(_) | Frame::End => Err(garbled()),
        }
    }
}

/// The rest of an answer, read as fast as the client takes it. A failure breaks off the response, which a client
/// notices as its last chunk is missing.
fn streamed(running: Running) -> Body {
    // What compresses a body asks it again after its end.
    let frames = stream::unfold(Some(running), |running| async {
        let mut running = running?;
        let failed = |failure: Failure| {
            tracing::warn!("an answer was broken off: {}", failure.detail.lines().next().unwrap_or_default());
            Some((Err(io::Error::other(failure.detail)), None))
        };
        match next(&mut running).await {
            Ok(Frame::Data(bytes)) => Some((Ok(bytes), Some(running))),
            Ok(Frame::End) => {
                running.done();
                None
            }
            Ok(Frame::Failure(failure)) => {
                running.done();
                failed(failure)
            }
            Ok(Frame::Head(_)) => failed(garbled()),
            Err(failure) => failed(failure),
        }
    });
    Body::from_stream(frames.fuse())
}

async fn next(running: &mut Running) -> Result<Frame, Failure> {
    match timeout_at(running.deadline, read(running)).await {
        Ok(Ok(frame)) => Ok(frame),
        Ok(Err(_)) => Err(why_ended(running).await),
        Err(_) => Err(Failure::late()),
    }
}

async fn read(running: &mut Running) -> io::Result<Frame> {
    let output = &mut running.worker.output;
    let letter = output.read_u8().await?;
    let length = output.read_u32_le().await? as usize;
    if length > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; length];
    output.read_exact(&mut bytes).await?;
    Ok(match letter {
        HEAD => Frame::Head(serde_json::from_slice(&bytes)?),
        DATA => Frame::Data(bytes.into()),
        END => Frame::End,
        FAILURE => Frame::Failure(serde_json::from_slice(&bytes)?),
        _ => return Err(io::ErrorKind::InvalidData.into()),
    })
}

/// Why a worker has closed its end.
async fn why_ended(running: &mut Running) -> Failure {
    match timeout(GRACE, running.worker.child.wait()).await {
        Ok(Ok(status)) if status.code() == Some(LATE) => Failure::late(),
        // Ended by a signal: no memory was left to it, or no stack.
        Ok(Ok(status)) if status.code().is_none() => {
            tracing::warn!("a worker was ended: {status}");
            Failure::new(500, "this needs more memory than a request may have\nhint: ask for less, or add LIMIT")
        }
        _ => garbled(),
    }
}

fn garbled() -> Failure {
    tracing::error!("a worker could not read the graph, or said what it should not");
    Failure::new(500, "the graph cannot be read")
}
