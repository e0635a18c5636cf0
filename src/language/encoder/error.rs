//! What can go wrong when a model is imported or its file is read.

use std::path::PathBuf;

use crate::language::container::Damage;

/// Why a model could not be imported or its file not be read.
///
/// Reading a text never fails; only models do.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Kind);

#[derive(Debug, thiserror::Error)]
pub(super) enum Kind {
    #[error("cannot read {}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{file}: {problem}")]
    Malformed { file: String, problem: String },
    #[error(transparent)]
    Damaged(#[from] Damage),
    #[error("names model: {0}")]
    Content(String),
}

impl Error {
    pub(super) fn malformed(file: &str, problem: impl std::fmt::Display) -> Self {
        Kind::Malformed { file: file.to_owned(), problem: problem.to_string() }.into()
    }

    pub(super) fn content(problem: impl std::fmt::Display) -> Self {
        Kind::Content(problem.to_string()).into()
    }
}

pub(super) type Result<T> = std::result::Result<T, Error>;
