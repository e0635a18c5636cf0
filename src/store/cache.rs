//! What was found in each document, kept beside the database: linking and another policy need no reading.
//!
//! A document's file is compressed and has two lines: its records and signature for linking, and its annotation line
//! without tokens.
//! It is written under another name first, so that it is never half there.

use std::collections::HashMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::extract;
use crate::link::copies::Signature;
use crate::link::happenings::EventRecord;
use crate::link::{DocumentRecords, Record};
use crate::model::Annotations;

/// Name of the folder in that of the store.
pub(super) const FOLDER: &str = "annotations";

/// What the ids of imports begin with; those of documents have no full stop.
pub(super) const IMPORT: &str = "import.";

/// What linking needs of a document.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    pub records: DocumentRecords,
    pub signature: Signature,
    pub events: Vec<EventRecord>,
    /// Where the signature's sentences stand, in code points.
    pub sentences: Vec<(usize, usize)>,
}

/// The compressed lines of one document.
pub(super) fn pack(kept: &Kept, annotations: &Annotations) -> io::Result<Vec<u8>> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    serde_json::to_writer(&mut packed, kept)?;
    packed.write_all(b"\n")?;
    extract::write_line_without_tokens(annotations, &mut packed)?;
    packed.finish()
}

fn unpack(packed: impl Read) -> BufReader<ZlibDecoder<impl Read>> {
    BufReader::new(ZlibDecoder::new(packed))
}

/// An error with the file that it is about.
fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// The annotations of all documents.
pub(super) enum Cache {
    Folder(PathBuf),
    Memory(HashMap<String, Vec<u8>>),
}

impl Cache {
    pub fn in_folder(store: &Path) -> Self {
        Self::Folder(store.join(FOLDER))
    }

    fn path(folder: &Path, document: &str) -> PathBuf {
        let shelf: String = document.chars().take(2).collect();
        folder.join(shelf).join(format!("{document}.json.zz"))
    }

    pub fn put(&mut self, document: &str, packed: &[u8]) -> io::Result<()> {
        match self {
            Self::Memory(kept) => drop(kept.insert(document.to_owned(), packed.to_vec())),
            Self::Folder(folder) => {
                let path = Self::path(folder, document);
                let draft = path.with_extension("new");
                if let Some(shelf) = path.parent() {
                    fs::create_dir_all(shelf).map_err(|error| at(shelf, &error))?;
                }
                fs::write(&draft, packed).map_err(|error| at(&draft, &error))?;
                fs::rename(&draft, &path).map_err(|error| at(&path, &error))?;
            }
        }
        Ok(())
    }

    /// Keeps what linking needs of the entities that came as RDF.
    pub fn put_import(&mut self, id: &str, records: Vec<Record>) -> io::Result<()> {
        let id = format!("{IMPORT}{id}");
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        serde_json::to_writer(&mut packed, &DocumentRecords { document: id.clone(), records })?;
        let packed = packed.finish()?;
        self.put(&id, &packed)
    }

    /// The entities that came as RDF, by import, in the order of their ids.
    pub fn imports(&self) -> io::Result<Vec<DocumentRecords>> {
        let mut ids: Vec<String> = match self {
            Self::Memory(kept) => kept.keys().filter(|id| id.starts_with(IMPORT)).cloned().collect(),
            Self::Folder(folder) => {
                let path = Self::path(folder, IMPORT);
                let Some(shelf) = path.parent() else { return Ok(Vec::new()) };
                match fs::read_dir(shelf) {
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
                    Err(error) => return Err(at(shelf, &error)),
                    Ok(files) => {
                        let names = files.map(|file| file.map(|file| file.file_name().to_string_lossy().into_owned()));
                        let names = names.collect::<io::Result<Vec<String>>>().map_err(|error| at(shelf, &error))?;
                        let ids = names.iter().filter_map(|name| name.strip_suffix(".json.zz"));
                        ids.filter(|id| id.starts_with(IMPORT)).map(str::to_owned).collect()
                    }
                }
            }
        };
        ids.sort_unstable();
        let read = |id: &String| {
            let mut line = String::new();
            self.open(id)?.read_line(&mut line)?;
            serde_json::from_str(&line).map_err(|error| self.invalid(id, error))
        };
        ids.iter().map(read).collect()
    }

    /// Takes out what is kept of a document that is no longer in the graph.
    pub fn remove(&mut self, document: &str) -> io::Result<()> {
        match self {
            Self::Memory(kept) => drop(kept.remove(document)),
            Self::Folder(folder) => {
                let path = Self::path(folder, document);
                match fs::remove_file(&path) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&path, &error)),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn open(&self, document: &str) -> io::Result<Box<dyn BufRead + '_>> {
        match self {
            Self::Memory(kept) => {
                let packed = kept.get(document).ok_or(io::ErrorKind::NotFound)?;
                Ok(Box::new(unpack(packed.as_slice())))
            }
            Self::Folder(folder) => {
                let path = Self::path(folder, document);
                let file = fs::File::open(&path).map_err(|error| at(&path, &error))?;
                Ok(Box::new(unpack(file)))
            }
        }
    }

    /// What is kept of a document is not what was written.
    fn invalid(&self, document: &str, error: impl std::fmt::Display) -> io::Error {
        let place = match self {
            Self::Folder(folder) => Self::path(folder, document).display().to_string(),
            Self::Memory(_) => document.to_owned(),
        };
        let remedy = "build the graph again from the sources into a new folder";
        io::Error::new(io::ErrorKind::InvalidData, format!("{place} is damaged: {error}; {remedy}"))
    }

    /// What linking needs of documents, in their order; those that came as RDF have nothing kept and are left out.
    pub fn kept(&self, documents: &[&str]) -> io::Result<Vec<Kept>> {
        let first_line = |document: &str| -> io::Result<Kept> {
            let mut line = String::new();
            self.open(document)?.read_line(&mut line)?;
            serde_json::from_str(&line).map_err(|error| self.invalid(document, error))
        };
        let read = |document: &&str| match first_line(document) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            kept => Some(kept),
        };
        documents.par_iter().filter_map(read).collect()
    }

    /// What was found in a document.
    pub fn annotations(&self, document: &str) -> io::Result<Annotations> {
        let mut lines = self.open(document)?.lines();
        let mut next = || match lines.next() {
            Some(Ok(line)) => Ok(line),
            Some(Err(error)) => Err(self.invalid(document, error)),
            None => Err(self.invalid(document, "its end is missing")),
        };
        next()?;
        let line = next()?;
        extract::parse_line(&line).map_err(|error| self.invalid(document, error))
    }
}
