//! Names of places, facilities and organisations that are known beforehand.
//!
//! The tables of `data/gazetteer` are packed at compile time; opening them costs nothing. A user's
//! own facilities, in the columns of `facilities.tsv`, and the villages of a country, as GeoNames gives them, can be
//! added at run time.

mod entry;
mod geonames;
mod index;
mod tables;

pub use entry::Entry;
pub use index::{Gazetteer, Hit, TableError};
pub use tables::NameRole;
