//! Annotations → claims: who says what of whom, and with which words.
//!
//! A document becomes one named graph. In it stand its entities' names and descriptions, its claims
//! (each with subject, predicate, object, polarity, modality, confidence, evidence and the chain of
//! those who say so), its figures and attributions. [`Policy`] then derives the plain facts of the
//! default graph from such a graph, and from nothing else, so that a policy can be changed without
//! reading a document again.

pub mod iri;

mod attributions;
mod custody;
mod document;
mod events;
mod figures;
mod graph;
mod policy;

pub use document::document_graph;
pub(crate) use document::linked_graph;
pub(crate) use figures::figure_iri;
pub use policy::{Policy, PolicyError};
