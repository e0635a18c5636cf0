//! Whether the graph is as it should be: SHACL Core (W3C, 2017) over a store.
//!
//! The shapes of the ontology ([`crate::ontology::SHAPES`]), or a user's own, are held against all graphs of a store together.
//! Classes are those of the store and of the ontology, each with those below it. A file of shapes that asks for what is not
//! checked, such as constraints in SPARQL, is refused rather than half checked.

mod check;
mod data;
mod path;
mod report;
mod shapes;
mod values;
mod vocabulary;

use std::cmp::Ordering;

use oxigraph::model::{Literal, NamedOrBlankNode, Term};

use check::Checker;
use data::Data;
use path::Path;
pub use report::Report;
use shapes::Shape;
pub use shapes::{Severity, Shapes};

use crate::store::{GraphStore, StoreError};

/// A file of shapes that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {problem}\nhint: shapes are SHACL Core in Turtle; ontology/shapes.ttl is an example")]
pub struct ShapesError {
    file: String,
    problem: String,
}

impl ShapesError {
    fn new(file: &str, problem: String) -> Self {
        Self { file: file.to_owned(), problem }
    }
}

/// A graph that cannot be checked.
#[derive(Debug, thiserror::Error)]
pub enum ValidationError {
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Shapes lead to each other without an end.
    #[error(
        "the shape {shape} leads to itself over nodes that lead to each other\nhint: leave one of them out of sh:node"
    )]
    Endless {
        /// One of them.
        shape: String,
    },
}

/// One thing that does not conform.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    focus: Term,
    path: Option<Path>,
    value: Option<Term>,
    shape: NamedOrBlankNode,
    /// The constraint's component without "ConstraintComponent".
    component: &'static str,
    severity: Severity,
    messages: Vec<Literal>,
}

impl Found {
    fn new(shape: &Shape, component: &'static str, focus: &Term, value: Option<Term>) -> Self {
        Self {
            focus: focus.clone(),
            path: shape.path.clone(),
            value,
            shape: shape.id.clone(),
            component,
            severity: shape.severity,
            messages: shape.messages.clone(),
        }
    }

    fn key(&self) -> (Severity, String, String, &'static str, String, String) {
        let path = self.path.as_ref().map(|path| format!("{path:?}")).unwrap_or_default();
        let value = self.value.as_ref().map(ToString::to_string).unwrap_or_default();
        let shape = match &self.shape {
            NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
            // The name of a blank node is another each time.
            NamedOrBlankNode::BlankNode(_) => self.messages.iter().map(ToString::to_string).collect(),
        };
        (self.severity, self.focus.to_string(), path, self.component, value, shape)
    }
}

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Found {}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Found {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

/// Holds all graphs of a store together against shapes.
///
/// ```
/// use isnad::{store::GraphStore, validate::{Shapes, validate}};
/// let shapes = Shapes::parse("shapes.ttl", isnad::ontology::SHAPES)?;
/// let report = validate(&GraphStore::in_memory()?, &shapes)?;
/// assert!(report.conforms());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// If the database cannot be read, or shapes lead to each other without an end.
pub fn validate(store: &GraphStore, shapes: &Shapes) -> Result<Report, ValidationError> {
    let checker = Checker { shapes, data: Data::new(store)? };
    Ok(Report::new(checker.all()?))
}

#[cfg(test)]
mod tests;
