//! Whether what the graph says is what its documents say: every quote against the text that is kept of its document.

use std::collections::{BTreeMap, HashMap};
use std::io;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNode, Term};
use rayon::prelude::*;

use super::error::StoreError;
use super::graph_store::{GraphStore, id_of};
use crate::model::CodePoints;
use crate::ontology::vocabulary::{class, oa, property};

/// What was checked, and what is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Documents whose text is kept.
    pub documents: usize,
    /// Documents that came as RDF, without a text to hold anything against.
    pub without_text: usize,
    /// Claims that were checked.
    pub claims: usize,
    /// Quotes that were held against their texts.
    pub quotes: usize,
    /// What is wrong, by document and node.
    pub problems: Vec<Problem>,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Problem {
    /// IRI of the document.
    pub document: String,
    /// IRI of the claim, or of the place in the text; the document's own where it is about all of it.
    pub node: String,
    /// What is wrong.
    pub problem: String,
}

/// What the graph of a document says of one place in the text.
#[derive(Default)]
struct Place {
    start: Option<usize>,
    end: Option<usize>,
    exact: Option<String>,
}

impl GraphStore {
    /// Holds the evidence of every claim against the text of its document.
    ///
    /// # Errors
    /// If the database, or what is kept of the documents, cannot be read; a single file that is damaged is a problem, not an
    /// error.
    pub fn verify(&self) -> Result<Verified, StoreError> {
        let documents: Vec<&String> = self.documents.keys().collect();
        let all: Vec<Verified> =
            documents.par_iter().map(|document| self.verify_document(document)).collect::<Result<_, _>>()?;
        let mut sum = Verified::default();
        for verified in all {
            sum.documents += verified.documents;
            sum.without_text += verified.without_text;
            sum.claims += verified.claims;
            sum.quotes += verified.quotes;
            sum.problems.extend(verified.problems);
        }
        sum.problems.sort();
        Ok(sum)
    }

    fn verify_document(&self, document: &str) -> Result<Verified, StoreError> {
        let mut verified = Verified::default();
        let mut problem = |node: &str, problem: String| {
            let (document, node) = (document.to_owned(), node.to_owned());
            verified.problems.push(Problem { document, node, problem });
        };
        let text = match self.cache.annotations(id_of(document)) {
            Ok(annotations) => Some(annotations.document.text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                problem(document, format!("what is kept of it cannot be read: {error}"));
                verified.documents = 1;
                return Ok(verified);
            }
        };
        let mut claims: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut selectors: HashMap<String, Vec<String>> = HashMap::new();
        let mut places: BTreeMap<String, Place> = BTreeMap::new();
        let graph = NamedNodeRef::new_unchecked(document);
        for quad in self.store.quads_for_pattern(None, None, None, Some(GraphNameRef::NamedNode(graph))) {
            let quad = self.check(quad)?;
            let NamedOrBlankNode::NamedNode(subject) = quad.subject else { continue };
            let subject = subject.into_string();
            match (quad.predicate.as_ref(), quad.object) {
                (rdf::TYPE, Term::NamedNode(of)) if of == class::CLAIM => drop(claims.entry(subject).or_default()),
                (property::EVIDENCE, Term::NamedNode(place)) => {
                    claims.entry(subject).or_default().push(place.into_string());
                }
                (oa::HAS_SELECTOR, Term::NamedNode(selector)) => {
                    selectors.entry(subject).or_default().push(selector.into_string());
                }
                (oa::START, Term::Literal(at)) => places.entry(subject).or_default().start = at.value().parse().ok(),
                (oa::END, Term::Literal(at)) => places.entry(subject).or_default().end = at.value().parse().ok(),
                (oa::EXACT, Term::Literal(words)) => {
                    places.entry(subject).or_default().exact = Some(words.value().to_owned());
                }
                _ => {}
            }
        }
        for (claim, evidence) in &claims {
            let stands = evidence.iter().flat_map(|place| selectors.get(place)).flatten();
            if !stands.clone().any(|selector| places.contains_key(selector)) {
                problem(claim, "no words stand behind it".to_owned());
            }
        }
        if let Some(text) = &text {
            let points = CodePoints::new(text);
            for (selector, place) in &places {
                let span = place.start.zip(place.end).filter(|(start, end)| start <= end);
                let bytes = span.and_then(|(start, end)| points.to_byte(start).zip(points.to_byte(end)));
                match (bytes.and_then(|(start, end)| text.get(start..end)), &place.exact) {
                    (Some(there), Some(exact)) if there == exact => {}
                    (Some(there), Some(exact)) => {
                        problem(selector, format!("the text has “{there}” where the graph quotes “{exact}”"));
                    }
                    (None, _) => problem(selector, "its position is not in the text".to_owned()),
                    (_, None) => problem(selector, "it has a position and no words".to_owned()),
                }
            }
        }
        (verified.claims, verified.quotes) = (claims.len(), if text.is_some() { places.len() } else { 0 });
        (verified.documents, verified.without_text) = (usize::from(text.is_some()), usize::from(text.is_none()));
        Ok(verified)
    }
}
