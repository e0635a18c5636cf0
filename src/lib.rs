//! Builds an evidence-first knowledge graph from news reports and testimony.
//!
//! The way through the house, each arrow a function from plain data to plain data:
//!
//! ```text
//! files ─ ingest ─► Document ─ language ─► Analysis ─ extract ─► Annotations
//!                                                                     │
//!            all documents' Annotations ─ link ─► entities ─ claims ─► claims
//!                                                                     │
//!                                   store (Oxigraph) ◄────────────────┘
//!                                      │
//!                     query · export · graph · explain
//! ```
//!
//! See `ARCHITECTURE.md` for the reasons and [`pipeline`] for the stages put together.

pub mod bench;
pub mod claims;
pub mod export;
pub mod extract;
pub mod gazetteer;
pub mod graph;
pub mod infer;
pub mod ingest;
pub mod language;
mod limits;
pub mod link;
pub mod model;
pub mod ontology;
pub mod pipeline;
pub mod query;
pub mod serve;
pub mod store;
pub mod text;
pub mod validate;
