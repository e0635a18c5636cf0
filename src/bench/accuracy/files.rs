//! The files of a set, and their lines.

use std::fs;
use std::path::{Path, PathBuf};

use super::AccuracyError;

/// The entries of `folder` whose path is wanted, in order of name.
pub(super) fn within(folder: &Path, wanted: fn(&Path) -> bool) -> Result<Vec<PathBuf>, AccuracyError> {
    let unreadable = |error: std::io::Error| {
        AccuracyError::file(folder, error.to_string(), "give the folder that holds the sets with --data")
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if wanted(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Whether the path ends in `.extension`.
pub(super) fn has_extension(path: &Path, extension: &str) -> bool {
    path.is_file() && path.extension().is_some_and(|own| own == extension)
}

/// The name of the file without its ending.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The content of a file of text.
pub(super) fn content(path: &Path) -> Result<String, AccuracyError> {
    let text = fs::read_to_string(path).map_err(|error| {
        AccuracyError::file(path, error.to_string(), "the files of a set are UTF-8 text; copy the set again")
    })?;
    // Some editors put a byte order mark at the beginning.
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The lines of a file of JSON Lines as `T`, each with its number, empty ones left out.
pub(super) fn json_lines<T: serde::de::DeserializeOwned>(
    path: &Path,
    expected: &str,
) -> Result<Vec<(usize, T)>, AccuracyError> {
    let content = content(path)?;
    let read = |(index, line): (usize, &str)| match serde_json::from_str(line) {
        Ok(value) => Ok((index + 1, value)),
        Err(error) => Err(AccuracyError::line(path, index + 1, error.to_string(), format!("expected {expected}"))),
    };
    content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(read).collect()
}
