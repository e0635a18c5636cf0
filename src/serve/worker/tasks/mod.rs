//! What a worker can do, one kind of answer per file.

mod graph;
mod node;
mod page;
mod query;

use std::io::{self, Write};
use std::time::Instant;

use super::frames::AnswerWriter;
use super::job::{Failure, Format, Job, Task};
use crate::query::{self as asking, QueryError};
use crate::store::{GraphStore, StoreError};

/// Does a job.
pub(super) fn run<W: Write>(
    store: &GraphStore,
    job: &Job,
    deadline: Instant,
    out: &mut AnswerWriter<W>,
) -> Result<(), Failure> {
    let accepted = &job.accepted;
    match &job.task {
        Task::Query { sparql, scope, graphs } => {
            query::query(store, sparql, *scope, graphs.as_ref(), deadline, accepted, out)
        }
        Task::Ask { name, arguments } => query::ask(store, name, arguments, deadline, accepted, out),
        Task::Graph { name, head } => graph::graph(store, name.as_deref(), *head, deadline, accepted, out),
        Task::Node { iri } => node::node(store, iri, accepted, out),
        Task::Find { text, class, limit } => node::find(store, text, class.as_deref(), *limit, out),
        Task::Document { id } => node::document(store, id, out),
        Task::Page(page) => page::page(store, page, out),
        Task::Statistics => json(out, &asking::statistics(store)?),
    }
}

/// Notes what the answer is before any of it is written.
fn begin<W: Write>(out: &mut AnswerWriter<W>, content_type: &str) {
    if let Some(head) = out.head() {
        content_type.clone_into(&mut head.content_type);
    }
}

/// The format for an answer of this kind, or that there is none.
fn chosen<'a>(format: Option<&'a Format>, kind: &str, known: &str) -> Result<&'a Format, Failure> {
    format.ok_or_else(|| {
        Failure::new(
            406,
            format!("the answer is {kind}, and none of the formats asked for can hold that\nhint: accept {known}"),
        )
    })
}

fn json<W: Write>(out: &mut AnswerWriter<W>, value: &impl serde::Serialize) -> Result<(), Failure> {
    begin(out, "application/json");
    serde_json::to_writer(&mut *out, value).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}

impl From<io::Error> for Failure {
    /// Nobody takes the answer any more.
    fn from(_: io::Error) -> Self {
        Self::new(500, "the answer cannot be sent")
    }
}

impl From<QueryError> for Failure {
    fn from(error: QueryError) -> Self {
        let (status, hint) = match &error {
            error if error.is_timeout() => return Self::late(),
            error if error.is_refused() => (403, "load the other data with `isnad import`"),
            error if error.is_invalid() => {
                (400, "the prefixes isnad:, id:, rdfs:, schema:, xsd: and some more are set")
            }
            _ => return database(&error),
        };
        // Its own hint is for those who ask on the command line.
        let told = error.to_string();
        Self::new(status, format!("{}\nhint: {hint}", told.split("\nhint: ").next().unwrap_or_default()))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        database(&error)
    }
}

/// What the database says has paths in it, which are nobody's business.
fn database(error: &dyn std::error::Error) -> Failure {
    tracing::error!("{error}");
    Failure::new(500, "the graph cannot be read")
}
