//! Writing the graph for other programs and for people: one file per format.
//!
//! The pictures and graph files here take a [`KnowledgeGraph`](crate::graph::KnowledgeGraph) and are
//! deterministic: the same graph gives the same bytes. Every writer escapes what its format needs,
//! as labels and quotes come from strangers.

pub mod csv;
pub mod cypher;
pub mod description;
pub mod dot;
pub mod ftm;
pub mod geojson;
pub mod gexf;
pub mod graphml;
pub mod html;
pub mod jsonld;
pub mod mermaid;
pub mod rdf;
pub mod redact;
pub mod svg;
pub mod turtle12;

mod describe;
mod escape;
mod palette;
mod picture;
mod records;
mod route;
mod statements;
mod terms;

pub use picture::PictureOptions;
pub use statements::{Change, Statements};

#[cfg(test)]
mod tests;
