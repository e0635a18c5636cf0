//! One claim as pages show it.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use super::super::error::QueryError;
use super::super::values::{literal, name_of, notation, one};
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
        let Some(Term::NamedNode(predicate)) = one(store, claim.into(), rdf::PREDICATE)? else { return Ok(None) };
        let Some(object) = one(store, claim.into(), rdf::OBJECT)? else { return Ok(None) };
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
        Ok(Some(Self {
            property,
            value,
            node,
            polarity: notation(store, claim.as_ref(), property::POLARITY)?,
            modality: notation(store, claim.as_ref(), property::MODALITY)?,
            confidence: literal(store, claim.as_ref(), property::CONFIDENCE)?,
            rule: literal(store, claim.as_ref(), property::RULE)?,
            claim: claim.as_str().to_owned(),
        }))
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
