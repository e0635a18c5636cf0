//! Writing the graph for other programs and for people: one file per format.
//!
//! The pictures and graph files here take a [`KnowledgeGraph`](crate::graph::KnowledgeGraph) and are
//! deterministic: the same graph gives the same bytes. Every writer escapes what its format needs,
//! as labels and quotes come from strangers.

pub mod dot;
pub mod graphml;
pub mod html;
pub mod rdf;
pub mod svg;

mod describe;
mod escape;
mod palette;
mod picture;
mod route;
mod statements;

pub use picture::PictureOptions;
pub use statements::{Change, Statements};

#[cfg(test)]
mod tests;
