//! What the pages of the server show: more than one answer of a query, and never so much that a page is slow.

mod events;
mod evidence;
mod figures;
mod hits;
mod overview;
mod profile;
mod reading;
mod statement;

pub use events::{Episode, EventView, Step};
pub use evidence::{Asked, Evidence, Place, evidence};
pub use figures::FigureView;
pub use hits::{Hit, hits};
pub use overview::{Overview, Spoken, overview};
pub use profile::{Double, NameView, Profile, Relation, profile};
pub use reading::{ClaimView, CountView, MentionView, Reading, SaidView, TriggerView, reading};
pub use statement::Statement;

use oxigraph::model::NamedNodeRef;

use super::error::QueryError;
use super::find::class_of;
use super::values::{literal, name_of};
use crate::ontology::vocabulary::{property, schema};
use crate::store::GraphStore;

/// A node that something is linked to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Linked {
    /// The name it is shown by.
    pub label: String,
    /// Its IRI.
    pub iri: String,
    /// Local name of its most specific class.
    pub class: Option<String>,
}

impl Linked {
    fn of(store: &GraphStore, node: NamedNodeRef<'_>) -> Result<Self, QueryError> {
        Ok(Self { label: name_of(store, node)?, class: class_of(store, node)?, iri: node.as_str().to_owned() })
    }
}

/// A document as a source.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Source {
    /// The last day on which it can have been published.
    pub published: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its path or URL.
    pub source: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its IRI.
    pub iri: String,
}

impl Source {
    fn of(store: &GraphStore, document: NamedNodeRef<'_>) -> Result<Self, QueryError> {
        let text = |predicate| literal(store, document, predicate);
        Ok(Self {
            published: text(property::PUBLISHED_LATEST)?,
            title: text(schema::HEADLINE)?,
            source: text(property::SOURCE_PATH)?.unwrap_or_default(),
            publisher: text(property::PUBLISHER_NAME)?,
            iri: document.as_str().to_owned(),
        })
    }
}
