//! What can go wrong with a question.

use oxigraph::sparql::QueryEvaluationError;
use oxigraph::store::StorageError;

use crate::store::StoreError;

/// A query that cannot be read or answered.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct QueryError(#[source] pub(super) Kind);

#[derive(Debug, thiserror::Error)]
pub(super) enum Kind {
    #[error(
        "the SPARQL cannot be read: {0}\nhint: prefixes such as isnad:, rdfs:, schema: and xsd: are set already; see `isnad query --help` for an example"
    )]
    Syntax(String),
    #[error(
        "the query took longer than allowed and was stopped\nhint: ask for less, add LIMIT, or give more time with --timeout"
    )]
    Timeout,
    #[error("SERVICE is refused: isnad asks nobody else\nhint: load the other data with `isnad import`")]
    Service,
    #[error("{0}\nhint: `isnad query --help` shows how it is used")]
    Extension(String),
    #[error("the query cannot be answered: {0}")]
    Evaluation(#[source] QueryEvaluationError),
    #[error("the plan cannot be told: {0}")]
    Plan(String),
    #[error("the database says: {0}")]
    Storage(#[source] StorageError),
    #[error("{0}")]
    Store(#[source] Box<StoreError>),
    #[error("`{0}` is not an IRI\nhint: write it out, or as prefix:name with one of the known prefixes")]
    Iri(String),
}

impl From<StoreError> for QueryError {
    fn from(error: StoreError) -> Self {
        Self(Kind::Store(Box::new(error)))
    }
}

impl From<StorageError> for QueryError {
    fn from(error: StorageError) -> Self {
        Self(Kind::Storage(error))
    }
}

impl From<QueryEvaluationError> for QueryError {
    fn from(error: QueryEvaluationError) -> Self {
        Self(match error {
            QueryEvaluationError::Cancelled => Kind::Timeout,
            QueryEvaluationError::Service(_)
            | QueryEvaluationError::UnsupportedService(_)
            | QueryEvaluationError::UnboundService => Kind::Service,
            error => Kind::Evaluation(error),
        })
    }
}

impl QueryError {
    /// The error of a query that took longer than allowed.
    pub fn timeout() -> Self {
        Self(Kind::Timeout)
    }

    /// Whether the query ran out of time.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0, Kind::Timeout)
    }

    /// Whether it is no query, or speaks of what is no IRI.
    pub fn is_invalid(&self) -> bool {
        matches!(self.0, Kind::Syntax(_) | Kind::Iri(_) | Kind::Extension(_))
    }

    /// Whether it asks for what is never done.
    pub fn is_refused(&self) -> bool {
        matches!(self.0, Kind::Service)
    }
}
