//! Spelling: folding, so that forms of a name that differ only in marks compare equal.
//!
//! `build.rs` compiles `fold.rs` too, so that the embedded gazetteer and the text are folded by
//! the same code.

mod fold;
mod hash;
mod skeleton;

pub use fold::{fold, fold_into};
pub use hash::hash;
pub use skeleton::{name_parts, skeleton};
