//! The folder of a store: manifest and lock.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::{Kind, StoreError};

/// The version of the store's layout and of the graph's shape.
pub const FORMAT: u64 = 3;

/// The decisions of people, unless they are kept elsewhere.
pub const DECISIONS: &str = "decisions.toml";

/// Stands in the folder from the first document of a build until its labels are written.
const UNFINISHED: &str = "unfinished";

/// What a store is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Others may read at the same time; nobody may write.
    Read,
    /// Nobody else may use the store. It is made where it is missing.
    Write,
}

#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    format: u64,
    /// Version of the program that made the folder.
    isnad: String,
}

/// Checks or makes the folder, and takes its lock, which lasts as long as the file is open.
pub(super) fn open(folder: &Path, access: Access) -> Result<File, StoreError> {
    let fail = |kind: Kind| StoreError::new(folder, kind);
    if folder.exists() && !folder.is_dir() {
        return Err(fail(Kind::NotAFolder));
    }
    let manifest = folder.join("manifest.json");
    match access {
        Access::Read if !manifest.exists() => {
            let occupied = fs::read_dir(folder).is_ok_and(has_foreign);
            return Err(fail(if occupied { Kind::NotAStore } else { Kind::Missing(folder.to_owned()) }));
        }
        Access::Read => {}
        Access::Write => fs::create_dir_all(folder).map_err(|error| fail(error.into()))?,
    }
    if access == Access::Write
        && !manifest.exists()
        && has_foreign(fs::read_dir(folder).map_err(|error| fail(error.into()))?)
    {
        return Err(fail(Kind::NotAStore));
    }
    let lock = lock(folder, access)?;
    if manifest.exists() {
        check(folder, &manifest)?;
    } else {
        write(&manifest).map_err(|error| fail(error.into()))?;
    }
    Ok(lock)
}

/// Whether a folder holds what no store has. Another program may be making one this moment: its manifest may be there
/// by now.
fn has_foreign(entries: fs::ReadDir) -> bool {
    const OWN: [&str; 11] = [
        "lock",
        "manifest.json",
        "manifest.json.new",
        "quads",
        super::cache::FOLDER,
        super::names::FOLDER,
        super::inferred::MARK,
        "inferred.new",
        crate::query::QUESTIONS_FOLDER,
        DECISIONS,
        UNFINISHED,
    ];
    entries.filter_map(Result::ok).any(|entry| !entry.file_name().to_str().is_some_and(|name| OWN.contains(&name)))
}

fn lock(folder: &Path, access: Access) -> Result<File, StoreError> {
    let fail = |kind: Kind| StoreError::new(folder, kind);
    let path = folder.join("lock");
    let file = match access {
        Access::Write => OpenOptions::new().create(true).truncate(false).write(true).open(&path),
        Access::Read => OpenOptions::new().read(true).open(&path),
    };
    let file = file.map_err(|error| fail(error.into()))?;
    let taken = match access {
        Access::Write => file.try_lock(),
        Access::Read => file.try_lock_shared(),
    };
    match (taken, access) {
        (Ok(()), _) => Ok(file),
        (Err(TryLockError::WouldBlock), Access::Read) => Err(fail(Kind::LockedByWriter)),
        (Err(TryLockError::WouldBlock), Access::Write) => Err(fail(Kind::LockedByReader)),
        (Err(TryLockError::Error(error)), _) => Err(fail(error.into())),
    }
}

fn check(folder: &Path, manifest: &Path) -> Result<(), StoreError> {
    let text = fs::read_to_string(manifest).map_err(|error| StoreError::new(folder, error))?;
    let parsed: Manifest =
        serde_json::from_str(&text).map_err(|error| StoreError::new(folder, Kind::Manifest(error.to_string())))?;
    if parsed.format != FORMAT {
        return Err(StoreError::new(folder, Kind::OtherFormat { found: parsed.format, known: FORMAT }));
    }
    Ok(())
}

/// Writes the manifest under another name first, so that it is never half there.
fn write(manifest: &Path) -> io::Result<()> {
    let text = serde_json::to_string_pretty(&Manifest { format: FORMAT, isnad: env!("CARGO_PKG_VERSION").to_owned() })?;
    let draft = manifest.with_extension("json.new");
    fs::write(&draft, text + "\n")?;
    fs::rename(&draft, manifest)
}

/// Whether a build was cut short before its labels were written.
pub(super) fn is_unfinished(folder: &Path) -> bool {
    folder.join(UNFINISHED).exists()
}

/// Notes that labels are missing, or that they are all there; nothing to note for a store in memory.
pub(super) fn set_unfinished(folder: &Path, on_disk: bool, unfinished: bool) -> Result<(), StoreError> {
    let mark = folder.join(UNFINISHED);
    if !on_disk || mark.exists() == unfinished {
        return Ok(());
    }
    let done = if unfinished { fs::write(&mark, "") } else { fs::remove_file(&mark) };
    done.map_err(|error| StoreError::new(folder, error))
}
