//! What one document adds to the graph.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term, Triple};

use super::cache::{self, Kept};
use super::error::StoreError;
use super::graph_store::id_of;
use crate::claims::{Policy, document_graph, iri, linked_graph};
use crate::link::copies::Signature;
use crate::link::{self, DocumentRecords, happenings};
use crate::model::{Annotations, CodePoints, Reading, Sentence};
use crate::ontology::vocabulary::NAMESPACE;

/// IRI in the documents → IRI in the graph, of entities that are one with another.
pub(super) type Same = BTreeMap<String, String>;

/// What linking and people's decisions change of what a document says of its entities.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Linked {
    pub same: Same,
    /// Where a document means somebody else by an IRI than others do: IRI in it → IRI apart.
    pub apart: link::Apart,
    /// IRI in the graph → local name of the class that somebody decided on.
    pub classes: BTreeMap<String, String>,
}

/// What one document adds: its named graph, the facts that it supports, and what is kept of it for linking.
#[derive(Debug, Clone)]
pub struct DocumentQuads {
    /// IRI of the document and of its graph.
    pub document: NamedNode,
    /// Path or URL it was read from.
    pub source: String,
    /// How it was read, where that is known.
    pub reading: Option<Reading>,
    /// Its named graph.
    pub graph: Vec<Quad>,
    /// The facts of the default graph.
    pub facts: Vec<Triple>,
    /// Its records and annotations, compressed.
    pub(super) packed: Vec<u8>,
}

impl DocumentQuads {
    /// The quads of one document's annotations under a policy, with the IRIs that its entities have in their document.
    ///
    /// # Errors
    /// If its annotations cannot be written down.
    pub fn new(annotations: &Annotations, policy: &Policy) -> Result<Self, StoreError> {
        let links = link::link(annotations);
        let records = link::records(annotations, &links);
        let records = DocumentRecords { document: annotations.document.id.as_str().to_owned(), records };
        let document = &annotations.document;
        let sentences = annotations.analysis.sentences.iter().map(|sentence| sentence.span.slice(&document.text));
        let published = document.published.and_then(|published| published.latest);
        let signature = Signature::new(document.id.as_str(), published, sentences);
        let (graph, nodes) = linked_graph(annotations, &links);
        let events = happenings::records(annotations, &links, &nodes);
        let points = CodePoints::new(&document.text);
        let place = |sentence: &Sentence| (points.of_byte(sentence.span.start), points.of_byte(sentence.span.end));
        let sentences = annotations.analysis.sentences.iter().map(place).collect();
        let packed = cache::pack(&Kept { records, signature, events, sentences }, annotations)
            .map_err(|error| StoreError::new(Path::new("(in memory)"), error))?;
        Ok(Self { packed, ..Self::of(annotations, graph, policy) })
    }

    /// The quads, with the IRIs that stand for its entities; without what is kept of it.
    pub(super) fn linked(annotations: &Annotations, policy: &Policy, linked: &Linked) -> Self {
        let mut graph = document_graph(annotations);
        apply(&mut graph, annotations.document.id.as_str(), linked);
        Self::of(annotations, graph, policy)
    }

    fn of(annotations: &Annotations, graph: Vec<Quad>, policy: &Policy) -> Self {
        let facts = policy.facts(&graph);
        let document = NamedNode::new_unchecked(iri::document(&annotations.document.id));
        let source = annotations.document.source.clone();
        Self { document, source, reading: annotations.reading, graph, facts, packed: Vec::new() }
    }

    /// Gives entities the IRIs that stand for them.
    pub(super) fn relink(&mut self, policy: &Policy, linked: &Linked) {
        if apply(&mut self.graph, id_of(self.document.as_str()), linked) {
            self.facts = policy.facts(&self.graph);
        }
    }

    /// How many claims the document makes.
    pub fn claims(&self) -> usize {
        self.graph.iter().filter(|quad| quad.predicate == rdf::SUBJECT).count()
    }
}

/// Puts other IRIs in the place of those that have one, and classes that were decided on in that of others; says whether
/// there were any.
fn apply(graph: &mut Vec<Quad>, document: &str, linked: &Linked) -> bool {
    let apart = linked.apart.get(document);
    if linked.same.is_empty() && apart.is_none() && linked.classes.is_empty() {
        return false;
    }
    let other = |node: &NamedNode| {
        let own = apart.and_then(|apart| apart.get(node.as_str()));
        let leads = linked.same.get(own.map_or(node.as_str(), String::as_str));
        leads.or(own).map(|iri| NamedNode::new_unchecked(iri.as_str()))
    };
    let mut changed = false;
    for quad in graph.iter_mut() {
        if let NamedOrBlankNode::NamedNode(node) = &quad.subject
            && let Some(node) = other(node)
        {
            quad.subject = node.into();
            changed = true;
        }
        if let Term::NamedNode(node) = &quad.object
            && let Some(node) = other(node)
        {
            quad.object = node.into();
            changed = true;
        }
        if let NamedOrBlankNode::NamedNode(node) = &quad.subject
            && quad.predicate == rdf::TYPE
            && let Some(class) = linked.classes.get(node.as_str())
        {
            quad.object = NamedNode::new_unchecked(format!("{NAMESPACE}{class}")).into();
            changed = true;
        }
    }
    if changed {
        // What was said of either is said once.
        let mut seen = HashSet::new();
        graph.retain(|quad| seen.insert(quad.clone()));
    }
    changed
}
