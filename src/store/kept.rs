//! What is kept of a document beside its quads.

use std::io;

use oxigraph::model::NamedNode;

use super::error::StoreError;
use super::graph_store::GraphStore;
use crate::claims::iri;
use crate::link::{self, Link};
use crate::model::Annotations;

impl GraphStore {
    /// What was found in the document of this id, without its tokens; none where the store has no such document, or
    /// it came as RDF.
    ///
    /// # Errors
    /// If what is kept of it cannot be read.
    pub fn annotations(&self, id: &str) -> Result<Option<Annotations>, StoreError> {
        // The id becomes part of a path, and documents that came as RDF can have any.
        let plain = id.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
        if !plain || !self.documents.contains_key(&iri::document_with(id)) {
            return Ok(None);
        }
        match self.cache.annotations(id) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            annotations => self.kept(annotations).map(Some),
        }
    }

    /// The nodes of the graph that the entities of a document are, in their order, by the links that they have there.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn nodes_in(&self, annotations: &Annotations, links: &[Link]) -> Result<Vec<NamedNode>, StoreError> {
        let apart = self.stored_apart()?;
        let id = annotations.document.id.as_str();
        let node = |link: &Link| self.leads_to(NamedNode::new_unchecked(link::own(&apart, id, &link.iri)));
        links.iter().map(node).collect()
    }
}
