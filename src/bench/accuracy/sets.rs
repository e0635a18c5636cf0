//! The benchmark sets that this build is measured on.

use std::path::Path;

use super::{AccuracyError, Comparison, GoldDocument, Measure, Name, NameKind, compare};
use super::{conll04, re3d, uner_ewt, wikievents, worldwide};

/// A benchmark set: a folder, a format, and what is measured on it.
#[derive(Debug, Clone, Copy)]
pub struct Set {
    /// Name of the set and of its folder.
    pub name: &'static str,
    /// What is measured.
    pub measures: &'static [Measure],
    /// Where its files are, as told to somebody who looks for them.
    pub files: &'static str,
    read: fn(&Path) -> Result<Vec<GoldDocument>, AccuracyError>,
}

const ALL_KINDS: &[Measure] = &[
    Measure::Kind(NameKind::Person),
    Measure::Kind(NameKind::Organization),
    Measure::Kind(NameKind::Location),
    Measure::Kind(NameKind::Facility),
    Measure::All,
];

/// Of sets whose locations include facilities.
const WITHOUT_FACILITIES: &[Measure] = &[
    Measure::Kind(NameKind::Person),
    Measure::Kind(NameKind::Organization),
    Measure::Kind(NameKind::Location),
    Measure::All,
];

/// Every set, in the order in which they are measured.
pub const SETS: &[Set] = &[
    Set { name: "worldwide", measures: ALL_KINDS, files: "*.tsv", read: worldwide::read },
    Set { name: "uner_ewt", measures: WITHOUT_FACILITIES, files: "*.iob2", read: uner_ewt::read },
    Set {
        name: "re3d",
        measures: WITHOUT_FACILITIES,
        files: "*/documents.jsonl and */entities.jsonl",
        read: re3d::read,
    },
    Set { name: "conll04", measures: WITHOUT_FACILITIES, files: "*.txt", read: conll04::read },
    Set { name: "wikievents", measures: ALL_KINDS, files: "*.jsonl", read: wikievents::read },
];

impl Set {
    /// The documents of the set in its folder under `data`; none if the folder or its files are missing.
    ///
    /// # Errors
    /// If a file cannot be read or is not of the set's format.
    pub fn documents(&self, data: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
        let folder = data.join(self.name);
        if folder.is_dir() { (self.read)(&folder) } else { Ok(Vec::new()) }
    }

    /// Holds what was found against the gold. Where the set has no facilities of their own they are
    /// locations.
    pub fn compare(&self, documents: &[GoldDocument], mut found: Vec<Vec<Name>>) -> Comparison {
        if !self.measures.contains(&Measure::Kind(NameKind::Facility)) {
            let facilities = found.iter_mut().flatten().filter(|name| name.kind == NameKind::Facility);
            facilities.for_each(|name| name.kind = NameKind::Location);
        }
        compare(documents, &found)
    }
}
