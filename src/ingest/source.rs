//! A source and the way from its bytes to documents.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use crate::model::Document;

use super::draft::Draft;
use super::error::{Error, Kind};
use super::options::Options;
use super::{decode, html, jsonl, markdown, text};

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
    /// A file of JSON Lines gives one call per line and never more than one line is held in
    /// memory; any other file gives exactly one call. Standard input is recognised by how it
    /// begins: `{` is JSON Lines, `<!doctype` or `<html` HTML, anything else plain text.
    pub fn read(&self, options: &Options, sink: &mut dyn FnMut(Result<Document, Error>)) {
        let outcome = match &self.path {
            None => self.read_standard_input(options, sink),
            Some(path) => self.read_file(path, options, sink),
        };
        if let Err(error) = outcome {
            sink(Err(error));
        }
    }

    fn read_file(
        &self,
        path: &Path,
        options: &Options,
        sink: &mut dyn FnMut(Result<Document, Error>),
    ) -> Result<(), Error> {
        // Looked at again: what was a file when it was found may be a pipe by now.
        let metadata = fs::metadata(path).map_err(|error| Error::io(&self.name, error))?;
        if let Some(kind) = special(&metadata) {
            return Err(Error::new(&self.name, Kind::Special(kind)));
        }
        let format = Format::of(path)?;
        if format != Format::JsonLines && metadata.len() > options.max_bytes {
            let kind = Kind::TooLarge { size: Some(metadata.len()), limit: options.max_bytes };
            return Err(Error::new(&self.name, kind));
        }
        let file = File::open(path).map_err(|error| Error::io(&self.name, error))?;
        read_stream(&self.name, format, &mut BufReader::with_capacity(64 * 1024, file), options, sink)
    }

    fn read_standard_input(
        &self,
        options: &Options,
        sink: &mut dyn FnMut(Result<Document, Error>),
    ) -> Result<(), Error> {
        let mut input = io::stdin().lock();
        let mut head = Vec::new();
        input.by_ref().take(1024).read_to_end(&mut head).map_err(|error| Error::io("-", error))?;
        let format = Format::of_head(&head);
        read_stream("-", format, &mut Cursor::new(head).chain(input), options, sink)
    }
}

/// Reads documents from bytes that are already in memory; the format is told by the extension of
/// `name`, which is also the documents' source.
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
    let outcome =
        Format::of(Path::new(name)).and_then(|format| read_stream(name, format, &mut bytes, options, &mut sink));
    if let Err(error) = outcome {
        documents.push(Err(error));
    }
    documents
}

fn read_stream(
    name: &str,
    format: Format,
    reader: &mut dyn BufRead,
    options: &Options,
    sink: &mut dyn FnMut(Result<Document, Error>),
) -> Result<(), Error> {
    if format == Format::JsonLines {
        jsonl::read(name, reader, options, sink);
        return Ok(());
    }
    let mut bytes = Vec::new();
    reader.take(options.max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| Error::io(name, error))?;
    if bytes.len() as u64 > options.max_bytes {
        return Err(Error::new(name, Kind::TooLarge { size: None, limit: options.max_bytes }));
    }
    let decoded = decode::decode(name, &bytes)?;
    let draft: Draft = match format {
        Format::Markdown => markdown::read(name, &decoded)?,
        Format::Html => html::read(name, &decoded)?,
        Format::Text | Format::JsonLines => text::read(decoded),
    };
    sink(Ok(draft.finish(name, name.to_owned(), &bytes)?));
    Ok(())
}

/// The formats, told by the extension of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Markdown,
    Html,
    JsonLines,
}

impl Format {
    /// The format of a known extension.
    pub fn known(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            _ => None,
        }
    }

    /// The format of a file that was named: unknown ones are read as text, but JSON is no text.
    fn of(path: &Path) -> Result<Self, Error> {
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
            return Err(Error::new(path.to_string_lossy(), Kind::Json));
        }
        Ok(Self::known(path).unwrap_or(Self::Text))
    }

    /// The format of a stream that begins with `head`.
    fn of_head(head: &[u8]) -> Self {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        let begins = |with: &[u8]| head.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
        if begins(b"{") {
            Self::JsonLines
        } else if begins(b"<!doctype") || begins(b"<html") {
            Self::Html
        } else {
            Self::Text
        }
    }
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
    fn formats() {
        for (name, format) in [
            ("a.txt", Format::Text),
            ("a.TXT", Format::Text),
            ("a.log", Format::Text),
            ("a", Format::Text),
            ("a.md", Format::Markdown),
            ("a.HTM", Format::Html),
            ("a.ndjson", Format::JsonLines),
        ] {
            assert_eq!(Format::of(Path::new(name)).unwrap(), format, "{name}");
        }
        assert!(Format::of(Path::new("a.json")).is_err());
        for (head, format) in [
            ("{\"text\": 1}", Format::JsonLines),
            ("\u{feff} <!DOCTYPE html>", Format::Html),
            ("<HTML>", Format::Html),
            ("<p>", Format::Text),
            ("", Format::Text),
            ("DAMASCUS", Format::Text),
        ] {
            assert_eq!(Format::of_head(head.as_bytes()), format, "{head}");
        }
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
