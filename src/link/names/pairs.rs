//! Pairs of names of which it is known whether they are spellings of one.

use super::NameKind;

/// Two names of one kind, and whether they are spellings of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// How both are read.
    pub kind: NameKind,
    /// One of them.
    pub one: String,
    /// The other.
    pub other: String,
    /// Whether they are spellings of one.
    pub same: bool,
}

/// A line that is no pair of names.
#[derive(Debug, thiserror::Error)]
#[error(
    "line {line}: this is no pair of names\nhint: a kind (person, organization, facility, place), `same` or `other`, and both \
     names, between tabs"
)]
pub struct PairsError {
    line: usize,
}

/// The pairs of a table such as `data/link/pairs.tsv`, whose first line names the columns.
///
/// # Errors
/// If a line has other cells; which one is said.
///
/// ```
/// use isnad::link::names::pairs;
/// let table = "kind\tsame\tone\tother\nplace\tsame\tHoms\tHims\n";
/// assert!(pairs(table)?[0].same);
/// assert!(pairs("kind\tsame\tone\tother\nplace\tHoms\n").is_err());
/// # Ok::<(), isnad::link::names::PairsError>(())
/// ```
pub fn pairs(table: &str) -> Result<Vec<Pair>, PairsError> {
    let lines = table.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(index, line)| pair(line).ok_or(PairsError { line: index + 1 })).collect()
}

fn pair(line: &str) -> Option<Pair> {
    let cells: Vec<&str> = line.split('\t').collect();
    let &[kind, same, one, other] = cells.as_slice() else { return None };
    let kind = match kind {
        "person" => NameKind::Person,
        "organization" => NameKind::Organization,
        "facility" => NameKind::Facility,
        "place" => NameKind::Place,
        _ => return None,
    };
    let same = match same {
        "same" => true,
        "other" => false,
        _ => return None,
    };
    Some(Pair { kind, one: one.to_owned(), other: other.to_owned(), same })
}
