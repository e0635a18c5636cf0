//! The files of a pipeline, in a folder or in a wheel.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use crate::language::engine::error::{Error, Kind, Result};

/// No file of a pipeline is longer; the large English vectors have 400 MB.
const LONGEST: u64 = 4 << 30;

/// Where the files are.
pub(super) enum Source {
    Folder(PathBuf),
    Wheel { path: PathBuf, archive: Box<ZipArchive<File>>, root: String },
}

impl Source {
    pub fn open(path: &Path) -> Result<Self> {
        if path.is_dir() {
            return Ok(Self::Folder(innermost(path)));
        }
        let file = File::open(path).map_err(|source| Kind::Read { path: path.to_owned(), source })?;
        let archive = ZipArchive::new(file).map_err(|source| Kind::Archive { path: path.to_owned(), source })?;
        // Of the folders with a pipeline's configuration, the outermost.
        let root = archive
            .file_names()
            .filter_map(|name| name.strip_suffix("config.cfg"))
            .filter(|root| root.is_empty() || root.ends_with('/'))
            .min_by_key(|root| (root.len(), root.to_string()))
            .map(str::to_owned)
            .ok_or_else(|| Kind::Missing("config.cfg".to_owned()))?;
        Ok(Self::Wheel { path: path.to_owned(), archive: Box::new(archive), root })
    }

    /// The content of `name`, or `None` where the pipeline does not have it.
    pub fn optional(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        match self {
            Self::Folder(folder) => {
                let path = folder.join(name);
                match std::fs::read(&path) {
                    Ok(bytes) => Ok(Some(bytes)),
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                    Err(source) => Err(Kind::Read { path, source }.into()),
                }
            }
            Self::Wheel { path, archive, root } => {
                let file = match archive.by_name(&format!("{root}{name}")) {
                    Ok(file) => file,
                    Err(zip::result::ZipError::FileNotFound) => return Ok(None),
                    Err(source) => return Err(Kind::Archive { path: path.clone(), source }.into()),
                };
                let mut bytes = Vec::new();
                let read = file.take(LONGEST).read_to_end(&mut bytes);
                read.map_err(|source| Kind::Read { path: path.join(name), source })?;
                Ok(Some(bytes))
            }
        }
    }

    pub fn bytes(&mut self, name: &str) -> Result<Vec<u8>> {
        self.optional(name)?.ok_or_else(|| Kind::Missing(name.to_owned()).into())
    }

    pub fn text(&mut self, name: &str) -> Result<String> {
        String::from_utf8(self.bytes(name)?).map_err(|error| Error::malformed(name, error))
    }
}

/// A package's folder holds the pipeline in a versioned folder of its own.
fn innermost(path: &Path) -> PathBuf {
    if path.join("config.cfg").exists() {
        return path.to_owned();
    }
    let folders = std::fs::read_dir(path).into_iter().flatten().flatten();
    let mut inner: Vec<_> = folders.map(|entry| entry.path()).filter(|path| path.join("config.cfg").exists()).collect();
    inner.sort();
    inner.into_iter().next().unwrap_or_else(|| path.to_owned())
}
