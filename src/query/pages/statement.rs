//! One claim as pages show it.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use super::super::error::QueryError;
use super::super::values::{name_of, notation_of};
use crate::ontology::vocabulary::{local_name, property};
use crate::store::GraphStore;

/// What a claim says: property and value, and how sure it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Statement {
    /// Local name of the property; `type` for that of an event.
    pub property: String,
    /// The name of the other node, or the value.
    pub value: String,
    /// IRI of the other node, where it is one.
    pub node: Option<String>,
    /// Positive or negative.
    pub polarity: String,
    /// Actual, planned…
    pub modality: String,
    /// Between 0 and 1, two decimals.
    pub confidence: Option<String>,
    /// The rule that found it.
    pub rule: Option<String>,
    /// IRI of the claim.
    pub claim: String,
}

impl Statement {
    /// What a claim says; none where it is no claim.
    pub(super) fn of(store: &GraphStore, claim: &NamedNode) -> Result<Option<Self>, QueryError> {
        let (mut predicate, mut object) = (None, None);
        let (mut polarity, mut modality, mut confidence, mut rule) = (String::new(), String::new(), None, None);
        for quad in store.database().quads_for_pattern(Some(claim.into()), None, None, None) {
            let quad = quad?;
            match (quad.predicate.as_ref(), quad.object) {
                (rdf::PREDICATE, Term::NamedNode(node)) => predicate = Some(node),
                (rdf::OBJECT, term) => object = Some(term),
                (property::POLARITY, Term::NamedNode(value)) => polarity = notation_of(value.as_ref()),
                (property::MODALITY, Term::NamedNode(value)) => modality = notation_of(value.as_ref()),
                (property::CONFIDENCE, Term::Literal(value)) => confidence = Some(value.value().to_owned()),
                (property::RULE, Term::Literal(value)) => rule = Some(value.value().to_owned()),
                _ => {}
            }
        }
        let (Some(predicate), Some(object)) = (predicate, object) else { return Ok(None) };
        let (value, node) = match object {
            Term::NamedNode(node) => match local_name(node.as_ref()) {
                Some(term) => (term.to_owned(), None),
                None => (name_of(store, node.as_ref())?, Some(node.into_string())),
            },
            Term::Literal(literal) => (literal.value().to_owned(), None),
            other => (other.to_string(), None),
        };
        let property = match predicate == rdf::TYPE {
            true => "type".to_owned(),
            false => {
                local_name(predicate.as_ref()).map_or_else(|| super::super::shorten(predicate.as_str()), str::to_owned)
            }
        };
        Ok(Some(Self { property, value, node, polarity, modality, confidence, rule, claim: claim.as_str().to_owned() }))
    }
}

/// The claims about a node, at most `most`.
pub(super) fn claims_of(store: &GraphStore, subject: &NamedNode, most: usize) -> Result<Vec<NamedNode>, QueryError> {
    let found = store.database().quads_for_pattern(None, Some(rdf::SUBJECT), Some(subject.into()), None);
    let mut claims = Vec::new();
    for quad in found.take(most) {
        if let NamedOrBlankNode::NamedNode(claim) = quad?.subject {
            claims.push(claim);
        }
    }
    claims.sort();
    claims.dedup();
    Ok(claims)
}
