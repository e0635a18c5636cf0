//! What can go wrong when a pipeline is imported or a model file is read.

use std::path::PathBuf;

use crate::language::container::Damage;

/// Why a pipeline could not be imported or a model file not be read.
///
/// Analysing a text never fails; only models do.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Kind);

#[derive(Debug, thiserror::Error)]
pub(super) enum Kind {
    #[error("cannot read {}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("cannot write the model")]
    Write(#[source] std::io::Error),
    #[error("cannot open {} as a wheel", path.display())]
    Archive { path: PathBuf, source: zip::result::ZipError },
    #[error("the pipeline has no file {0}")]
    Missing(String),
    #[error("{file}: {problem}")]
    Malformed { file: String, problem: String },
    #[error(
        "component \"{component}\" cannot run here: {reason}\nhint: leave it out, or train the pipeline without it"
    )]
    Unsupported { component: String, reason: String },
    #[error(transparent)]
    Damaged(#[from] Damage),
    #[error("model file: {0}")]
    Content(String),
}

impl Error {
    pub(super) fn malformed(file: &str, problem: impl std::fmt::Display) -> Self {
        Kind::Malformed { file: file.to_owned(), problem: problem.to_string() }.into()
    }

    pub(super) fn unsupported(component: &str, reason: impl std::fmt::Display) -> Self {
        Kind::Unsupported { component: component.to_owned(), reason: reason.to_string() }.into()
    }

    pub(super) fn content(problem: impl std::fmt::Display) -> Self {
        Kind::Content(problem.to_string()).into()
    }
}

pub(super) type Result<T> = std::result::Result<T, Error>;
