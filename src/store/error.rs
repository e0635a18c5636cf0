//! What can go wrong with a store.

use std::io;
use std::path::{Path, PathBuf};

use oxigraph::store::StorageError;

/// A store that cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {kind}", folder.display())]
pub struct StoreError {
    folder: PathBuf,
    #[source]
    kind: Kind,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum Kind {
    #[error("there is no graph here\nhint: make one with `isnad build INPUT… --store {}`", .0.display())]
    Missing(PathBuf),
    #[error("this folder has files in it and is not a graph\nhint: give `--store` a new or empty folder")]
    NotAStore,
    #[error("this is a file, and a graph is a folder\nhint: give `--store` a new or empty folder")]
    NotAFolder,
    #[error(
        "another isnad is writing to this graph\nhint: wait until it has finished, or give `--store` another folder"
    )]
    LockedByWriter,
    #[error("another isnad is using this graph\nhint: writing has to wait until it has finished")]
    LockedByReader,
    #[error(
        "the graph has format {found}, this isnad writes format {known}\nhint: build it again from the sources into a new folder, or use the isnad that made it"
    )]
    OtherFormat { found: u64, known: u64 },
    #[error(
        "the manifest cannot be read: {0}\nhint: restore manifest.json, or build the graph again into a new folder"
    )]
    Manifest(String),
    #[error("{0}\nhint: check permissions and free space; what was in the graph before is still there")]
    Io(#[from] io::Error),
    #[error("{}: {problem}\nhint: the formats are .ttl .nt .nq .trig .rdf .xml .jsonld; nothing of this file was loaded", path.display())]
    Import { path: PathBuf, problem: String },
    #[error(
        "the database says: {0}\nhint: check permissions and free space; what was in the graph before is still there"
    )]
    Storage(#[from] StorageError),
}

impl StoreError {
    pub(super) fn new(folder: &Path, kind: impl Into<Kind>) -> Self {
        Self { folder: folder.to_owned(), kind: kind.into() }
    }

    /// Whether there is no graph at the place.
    pub fn is_missing(&self) -> bool {
        matches!(self.kind, Kind::Missing(_))
    }
}
