//! A source and the way from its bytes to documents.

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::model::Document;

use super::budget::{Budget, Packed};
use super::error::{Error, Kind};
use super::format::Format;
use super::options::Options;
use super::reading::{Entry, Reading};

/// A file, or standard input, that documents can be read from.
///
/// ```
/// use isnad::ingest::{discover, Options};
/// # let folder = std::env::temp_dir().join(format!("isnad-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// let file = folder.join("report.txt");
/// std::fs::write(&file, "date 2024-12-09\nThe prison was opened.").unwrap();
///
/// let options = Options::default();
/// for source in discover(&[folder.display().to_string()], &options) {
///     source.unwrap().read(&options, &mut |document| {
///         assert_eq!(document.unwrap().text, "The prison was opened.");
///     });
/// }
/// # std::fs::remove_dir_all(&folder).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    name: String,
    /// None for standard input.
    path: Option<PathBuf>,
}

impl Source {
    pub(super) fn file(path: PathBuf) -> Self {
        Self { name: path.to_string_lossy().into_owned(), path: Some(path) }
    }

    pub(super) fn standard_input() -> Self {
        Self { name: "-".to_owned(), path: None }
    }

    /// The path as the user gave it, or as found in a folder so given; `-` for standard input.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file, unless it is standard input.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Reads the source and hands each document, or what hindered it, to `sink` in order.
    ///
    /// A file that holds several documents gives one call for each, and of records, messages and
    /// archives never more than one is held in memory; any other file gives exactly one call. What
    /// a file is, is told by how it begins, then by its name.
    pub fn read(&self, options: &Options, sink: &mut dyn FnMut(Result<Document, Error>)) {
        let outcome = match &self.path {
            None => {
                let budget = Budget::new(0, options.max_bytes);
                let mut input = BufReader::new(Packed(io::stdin().lock(), Rc::clone(&budget)));
                Reading::new(options, budget, sink).stream(&self.entry(), &mut input, None)
            }
            Some(path) => self.read_file(path, options, sink),
        };
        if let Err(error) = outcome {
            sink(Err(error));
        }
    }

    fn entry(&self) -> Entry {
        let named = self.path.as_deref().and_then(Format::known);
        Entry { name: self.name.clone(), named, ..Entry::default() }
    }

    fn read_file(
        &self,
        path: &Path,
        options: &Options,
        sink: &mut dyn FnMut(Result<Document, Error>),
    ) -> Result<(), Error> {
        // Looked at again: what was a file when it was found may be a pipe by now.
        let before = fs::metadata(path).map_err(|error| Error::io(&self.name, error))?;
        if let Some(kind) = special(&before) {
            return Err(Error::new(&self.name, Kind::Special(kind)));
        }
        let file = File::open(path).map_err(|error| Error::io(&self.name, error))?;
        let mut reader = BufReader::with_capacity(64 * 1024, &file);
        let budget = Budget::new(before.len(), options.max_bytes);
        let entry = self.entry();
        // The last document is held until it is known that the file has stayed as it was.
        let mut last = None;
        let mut hold = |outcome| {
            if let Some(before) = last.replace(outcome) {
                sink(before);
            }
        };
        let outcome = Reading::new(options, budget, &mut hold).stream(&entry, &mut reader, Some(&file));
        let after = file.metadata().map_err(|error| Error::io(&self.name, error))?;
        if (before.len(), before.modified().ok()) != (after.len(), after.modified().ok()) {
            return Err(Error::new(&self.name, Kind::Changed));
        }
        if let Some(last) = last {
            sink(last);
        }
        // A text that is too long says how long it is, which only the file knows.
        outcome.map_err(|error| error.of_size(&self.name, before.len()))
    }
}

/// Reads documents from bytes that are already in memory; the format is told by the bytes and by the
/// extension of `name`, which is also the documents' source.
///
/// ```
/// use isnad::ingest::{read_bytes, Options};
/// let page = b"---\ndate: 2024-12-09\n---\n# Freed\n\nHe was **freed**.";
/// let document = read_bytes("report.md", page, &Options::default()).remove(0).unwrap();
/// assert_eq!(document.title.as_deref(), Some("Freed"));
/// assert_eq!(document.text, "Freed\n\nHe was freed.");
/// ```
pub fn read_bytes(name: &str, mut bytes: &[u8], options: &Options) -> Vec<Result<Document, Error>> {
    let mut documents = Vec::new();
    let mut sink = |document| documents.push(document);
    let budget = Budget::new(bytes.len() as u64, options.max_bytes);
    let entry = Entry { name: name.to_owned(), named: Format::known(Path::new(name)), ..Entry::default() };
    let outcome = Reading::new(options, budget, &mut sink).stream(&entry, &mut bytes, None);
    if let Err(error) = outcome {
        documents.push(Err(error));
    }
    documents
}

/// What a thing is that is neither file nor folder.
pub(super) fn special(metadata: &fs::Metadata) -> Option<&'static str> {
    let kind = metadata.file_type();
    if kind.is_file() {
        return None;
    }
    if kind.is_dir() {
        return Some("folder");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("named pipe");
        }
        if kind.is_socket() {
            return Some("socket");
        }
        if kind.is_char_device() || kind.is_block_device() {
            return Some("device");
        }
    }
    Some("special file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changes_while_it_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n{\"text\": \"Three.\"}\n").unwrap();
        let mut told = Vec::new();
        Source::file(path.clone()).read(&Options::default(), &mut |outcome| {
            told.push(outcome.map_or_else(|error| error.to_string(), |document| document.text));
            if told.len() == 1 {
                std::fs::write(&path, "{}").unwrap();
            }
        });
        assert_eq!(told.len(), 3, "{told:?}");
        assert_eq!(told[..2], ["One.", "Two."]);
        assert!(told[2].contains("changed while it was read"), "{told:?}");
    }

    #[test]
    fn the_limit() {
        let options = Options { max_bytes: 10, ..Options::default() };
        assert!(read_bytes("a.txt", b"ten bytes!", &options)[0].is_ok());
        let error = read_bytes("a.txt", b"ten bytes!!", &options).remove(0).unwrap_err();
        assert!(error.to_string().contains("--max-size"), "{error}");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "eleven bytes").unwrap();
        let mut told = String::new();
        Source::file(path).read(&options, &mut |outcome| told = outcome.unwrap_err().to_string());
        assert!(told.contains("its size of 12 bytes is more than the limit of 10 bytes"), "{told}");
    }
}
