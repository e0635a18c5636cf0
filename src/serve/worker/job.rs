//! What a worker is asked and how it answers.

use serde::{Deserialize, Serialize};

use crate::query::Scope;
use crate::query::pages::Asked;

/// One thing to do, as a line of JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Job {
    pub task: Task,
    pub accepted: Accepted,
    /// How long it may take, in milliseconds.
    pub milliseconds: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Task {
    /// A query; the graphs are those that the request names instead of the query's own.
    Query { sparql: String, scope: Scope, graphs: Option<Graphs> },
    /// A saved question with arguments `name=value`.
    Ask { name: String, arguments: Vec<String> },
    /// All triples of a graph; of the default graph without a name. Of `head`, nothing but whether there is one.
    Graph { name: Option<String>, head: bool },
    /// What is said of a node.
    Node { iri: String },
    /// Entities of a name.
    Find { text: String, class: Option<String>, limit: usize },
    /// What was found in a document.
    Document { id: String },
    /// What there is in the whole graph.
    Statistics,
    /// What a page shows.
    Page(Page),
}

/// What pages ask for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Page {
    /// Entities of a name, with what tells them apart.
    Search { text: String, class: Option<String>, limit: usize },
    /// What is known of an entity.
    Entity { iri: String },
    /// The words behind a statement.
    Evidence(Asked),
    /// A document and what was read from it.
    Document { iri: String },
    /// What somebody sees first.
    Overview,
}

/// The dataset that a request names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Graphs {
    pub default: Vec<String>,
    pub named: Vec<String>,
}

/// The formats that suit the client, each where the answer is of that kind.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Accepted {
    /// For solutions and for yes or no.
    pub results: Option<Format>,
    /// For triples.
    pub rdf: Option<Format>,
    /// For what is said of a node, where the client would rather have it than triples.
    pub json: bool,
}

/// A format of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Format {
    /// What the answer's `Content-Type` says.
    pub content_type: String,
    /// The media type by which the serializer is known.
    pub media: String,
}

/// What stands before an answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Head {
    pub content_type: String,
    /// What names in the question were taken to mean.
    pub understood: Vec<String>,
    /// The node that the one asked for leads to; there is no more to the answer then.
    pub see: Option<String>,
    /// Whether all of the answer follows at once.
    pub whole: bool,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Failure {
    /// The HTTP status.
    pub status: u16,
    /// What went wrong, with a hint on lines of its own.
    pub detail: String,
}

impl Failure {
    pub fn new(status: u16, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into() }
    }

    /// Of what took longer than it may.
    pub fn late() -> Self {
        Self::new(504, "this took longer than allowed and was stopped\nhint: ask for less, or add LIMIT")
    }
}
