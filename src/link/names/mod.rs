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
mod keys;
mod letters;
mod model;
mod name;
mod parse;
mod part;
mod sounds;
mod spelling;
mod spellings;
mod split;
mod tables;
mod units;
mod vocabulary;

pub use compare::{Comparison, How, PartMatch, compare, score};
pub use features::{Effect, FEATURES, Feature, Features};
pub use keys::keys;
pub use letters::Script;
pub use name::{Name, NameKind};
pub use part::{Part, Role, Unit};
pub use sounds::sounds;

/// The features of two names, to learn weights from.
pub fn features(one: &Name, other: &Name) -> Features {
    Features::of(one, other, &align::align(one, other))
}

/// The pairs of names in a table such as `data/link/pairs.tsv`: kind, `same` or `other`, and both names, between tabs.
///
/// # Errors
/// If a line has other cells; which one is said.
pub fn pairs(table: &str) -> Result<Vec<(NameKind, String, String, bool)>, PairsError> {
    let mut pairs = Vec::new();
    for (index, line) in table.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
        let error = || PairsError { line: index + 1 };
        let cells: Vec<&str> = line.split('\t').collect();
        let &[kind, same, one, other] = cells.as_slice() else { return Err(error()) };
        let kind = match kind {
            "person" => NameKind::Person,
            "organization" => NameKind::Organization,
            "facility" => NameKind::Facility,
            "place" => NameKind::Place,
            _ => return Err(error()),
        };
        let same = match same {
            "same" => true,
            "other" => false,
            _ => return Err(error()),
        };
        pairs.push((kind, one.to_owned(), other.to_owned(), same));
    }
    Ok(pairs)
}

/// A line that is no pair of names.
#[derive(Debug, thiserror::Error)]
#[error(
    "line {line}: expected a kind (person, organization, facility, place), `same` or `other`, and two names, between tabs"
)]
pub struct PairsError {
    line: usize,
}
