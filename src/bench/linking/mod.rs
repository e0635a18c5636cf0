//! Linking across documents, measured on invented ones of which everything is known.
//!
//! Nobody has annotated a million mentions. Here they are made, from a seed: people, facilities and organisations of
//! several languages ([`Problem::new`]), some of them with the same name, father and son, "Branch 215" and "Branch 251";
//! documents that name them in one of many spellings and tell some of what is true of them. What linking makes of the
//! records is then held against what they stand for ([`measure()`]).

mod documents;
mod lists;
mod measure;
mod random;
mod world;
mod writing;

pub use documents::Problem;
pub use measure::{Linked, Shares, completeness, measure};
