//! ZIP archives, and the documents that are such: Word, OpenDocument, EPUB.

use std::io::{BufReader, Read};
use std::path::Path;
use std::rc::Rc;

use zip::ZipArchive;
use zip::result::ZipError;

use super::archive::{entry_name, is_document};
use super::budget::Unpacked;
use super::draft::Draft;
use super::error::{Error, Kind};
use super::format::Format;
use super::reading::{Entry, Reading, Seekable, hash_of};
use super::{docx, epub, odt};

/// The documents of an archive, or the one that it is.
pub(super) fn read(reading: &mut Reading<'_>, name: &str, mut bytes: Box<dyn Seekable>) -> Result<(), Error> {
    let sha256 = hash_of(name, &mut *bytes)?;
    let mut package = Package {
        name,
        archive: ZipArchive::new(BufReader::new(bytes)).map_err(|error| broken(name, error))?,
        limit: reading.options.carrier(),
        budget: Rc::clone(&reading.budget),
    };
    if let Some(draft) = package.document()? {
        return reading.draft_of(name, draft, sha256);
    }
    reading.inside(name, |reading| package.entries(reading))
}

/// An open archive.
pub(super) struct Package<'a> {
    pub name: &'a str,
    archive: ZipArchive<BufReader<Box<dyn Seekable>>>,
    limit: u64,
    budget: Rc<super::budget::Budget>,
}

impl Package<'_> {
    /// The document that the archive is, where it says so.
    fn document(&mut self) -> Result<Option<Draft>, Error> {
        if self.archive.index_for_name("[Content_Types].xml").is_some() {
            return docx::read(self).map(Some);
        }
        if self.archive.index_for_name("mimetype").is_none() {
            return Ok(None);
        }
        let kind = self.part("mimetype")?.unwrap_or_default();
        let kind = String::from_utf8_lossy(&kind).trim().to_owned();
        if kind == "application/epub+zip" {
            epub::read(self).map(Some)
        } else if kind.starts_with("application/vnd.oasis.opendocument.text") {
            odt::read(self).map(Some)
        } else if kind.starts_with("application/vnd.oasis.opendocument") {
            Err(Error::new(self.name, Kind::Office))
        } else {
            Ok(None)
        }
    }

    fn entries(&mut self, reading: &mut Reading<'_>) -> Result<(), Error> {
        let mut any = false;
        for index in 0..self.archive.len() {
            let path = self.archive.name_for_index(index).unwrap_or_default().to_owned();
            if !is_document(&path) {
                continue;
            }
            let inner = Entry {
                name: entry_name(self.name, &path),
                named: Format::known(Path::new(&path)),
                ..Entry::default()
            };
            let mut entry = match self.archive.by_index(index) {
                Ok(entry) => entry,
                Err(error) => {
                    any = true;
                    reading.give(Err(broken(&inner.name, error)));
                    continue;
                }
            };
            if !entry.is_file() || entry.is_symlink() {
                continue;
            }
            any = true;
            let mut bytes = BufReader::new(Unpacked(&mut entry, Rc::clone(&self.budget)));
            if let Err(error) = reading.stream(&inner, &mut bytes, None) {
                reading.give(Err(error));
            }
            if self.budget.is_spent() {
                return Ok(());
            }
        }
        if any { Ok(()) } else { Err(Error::new(self.name, Kind::NoDocuments)) }
    }

    /// A part of the package, if it has it.
    pub fn part(&mut self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let entry = match self.archive.by_name(path) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(broken(self.name, error)),
        };
        let mut bytes = Vec::new();
        let mut some = Unpacked(entry, Rc::clone(&self.budget)).take(self.limit.saturating_add(1));
        some.read_to_end(&mut bytes).map_err(|error| Error::io(self.name, error))?;
        if bytes.len() as u64 > self.limit {
            return Err(Error::new(self.name, Kind::TooLarge { size: None, limit: self.limit }));
        }
        Ok(Some(bytes))
    }
}

fn broken(name: &str, error: ZipError) -> Error {
    let kind = match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Kind::Encrypted,
        ZipError::Io(error) => return Error::io(name, error),
        error => Kind::Archive(error),
    };
    Error::new(name, kind)
}
