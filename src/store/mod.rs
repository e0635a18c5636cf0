//! Claims and facts → quads on disk, in Oxigraph.
//!
//! A store is a folder: `manifest.json` says which format it has, `lock` keeps two writers apart,
//! `quads/` is the database. A document goes in whole or not at all.

mod cache;
mod document_quads;
mod error;
mod folder;
mod followthemoney;
mod graph_store;
mod import;
mod inferred;
mod kept;
mod labels;
mod links;
mod name_index;
mod names;
mod relink;
mod verify;

pub use document_quads::DocumentQuads;
pub use error::StoreError;
pub use folder::{Access, DECISIONS, FORMAT};
pub use graph_store::{Added, GraphStore};
pub use import::Imported;
pub use inferred::Inference;
pub use names::Named;
pub use relink::Linking;
pub use verify::{Problem, Verified};
