//! Claims and facts → quads on disk, in Oxigraph.
//!
//! A store is a folder: `manifest.json` says which format it has, `lock` keeps two writers apart,
//! `quads/` is the database. A document goes in whole or not at all.

mod error;
mod folder;
mod graph_store;
mod import;
mod labels;

pub use error::StoreError;
pub use folder::{Access, FORMAT};
pub use graph_store::{Added, DocumentQuads, GraphStore};
pub use import::Imported;
