//! What can be wrong with a benchmark folder.

use std::path::{Path, PathBuf};

/// A file of a benchmark set that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}{}: {problem}\nhint: {hint}", path.display(), line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct AccuracyError {
    path: PathBuf,
    /// Counted from 1.
    line: Option<usize>,
    problem: String,
    hint: String,
}

impl AccuracyError {
    pub(super) fn file(path: &Path, problem: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: None, problem: problem.into(), hint: hint.into() }
    }

    pub(super) fn line(path: &Path, line: usize, problem: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: Some(line), problem: problem.into(), hint: hint.into() }
    }
}
