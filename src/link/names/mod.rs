//! Names: whether two are spellings of one.
//!
//! A name is read once ([`Name::parse`]) and compared often ([`compare()`]). Reading finds its parts and what they do:
//! titles, "ibn", articles, "Abd al-X" as one, numbers, words such as "prison" or "Ltd". Comparing puts the parts of both
//! names together, each pair by the cheapest of several ways (the same word, a spelling that people are known to use,
//! sounds that spellings take for each other, letters of two scripts, a slip of the pen), and a logistic regression weighs
//! what agrees, what is missing and what contradicts. How much a part tells depends on how common it is.
//!
//! Everything that is known of names is data in `data/link`: see the README there.

mod align;
mod compare;
mod features;
mod inventory;
mod keys;
mod letters;
mod model;
mod name;
mod pairs;
mod parse;
mod part;
mod sounds;
mod spelling;
mod spellings;
mod split;
mod tables;
#[cfg(test)]
mod tests;
mod units;
mod vocabulary;

pub use compare::{Comparison, How, PartMatch, compare, features, score};
pub use features::{Effect, FEATURES, Feature, Features};
pub use keys::keys;
pub use letters::Script;
pub use name::{Name, NameKind};
pub use pairs::{Pair, PairsError, pairs};
pub use part::{Part, Role, Unit};
pub use sounds::sounds;
