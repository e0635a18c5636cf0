//! The vocabulary of the graph: terms as constants, and the schema read from `ontology/isnad.ttl`.
//!
//! The class hierarchy, labels, roles and kinds of event are data, read by [`Schema`]. Code that has
//! to name a term uses a constant of [`vocabulary`]: a new term is a line there and nothing else.
//!
//! ```
//! use isnad::ontology::{Schema, vocabulary::class};
//! assert!(Schema::embedded().is_subclass("Prison", "Facility"));
//! assert_eq!(class::PRISON.as_str(), "https://w3id.org/isnad/ontology#Prison");
//! ```

mod error;
mod external;
mod kinds;
mod schema;
mod term;
#[cfg(test)]
mod tests;
pub mod vocabulary;

pub use error::SchemaError;
pub use schema::Schema;
pub use term::{Class, Concept, Property, PropertyKind};

/// The ontology itself, in Turtle.
pub const ONTOLOGY: &str = include_str!("../../ontology/isnad.ttl");
/// How its terms stand to those of other vocabularies, in Turtle.
pub const ALIGNMENTS: &str = include_str!("../../ontology/alignments.ttl");
/// SHACL shapes of the graph, in Turtle.
pub const SHAPES: &str = include_str!("../../ontology/shapes.ttl");
