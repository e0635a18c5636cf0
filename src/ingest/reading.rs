//! From a stream to its documents, whatever it is packed in.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::rc::Rc;

use sha2::{Digest, Sha256};

use crate::model::{Document, hex};

use super::budget::{Budget, Unpacked};
use super::draft::Draft;
use super::error::{Error, Kind};
use super::format::{Format, HEAD};
use super::options::Options;
use super::{decode, html, json, jsonl, mail, markdown, mbox, pdf, rtf, table, tar, text, warc, xml, zip};

/// How deep archives may lie in archives.
const DEPTH: usize = 6;

/// More than this of what has to be read out of order is kept in a file instead of memory.
const IN_MEMORY: usize = 8 * 1024 * 1024;

/// What is known of a stream besides its bytes.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// What documents say they come from: a path, `archive.zip!/path`, `box.mbox#id`.
    pub name: String,
    /// The format by its name or declared media type.
    pub named: Option<Format>,
    /// The encoding that its carrier declares.
    pub charset: Option<String>,
    /// Where its carrier says it was found.
    pub url: Option<String>,
}

/// A file, or what stands for one.
pub(super) trait Seekable: Read + Seek {}
impl<T: Read + Seek> Seekable for T {}

/// One source while it is read.
pub(super) struct Reading<'a> {
    pub options: &'a Options,
    pub budget: Rc<Budget>,
    sink: &'a mut dyn FnMut(Result<Document, Error>),
    depth: usize,
}

impl<'a> Reading<'a> {
    pub fn new(options: &'a Options, budget: Rc<Budget>, sink: &'a mut dyn FnMut(Result<Document, Error>)) -> Self {
        Self { options, budget, sink, depth: 0 }
    }

    /// Hands over a document, or why there is none.
    pub fn give(&mut self, outcome: Result<Document, Error>) {
        (self.sink)(outcome);
    }

    /// Reads a stream; `file` is the same where it is one of its own.
    ///
    /// # Errors
    /// If the stream as a whole cannot be read; what is wrong with a part of it goes to the sink.
    pub fn stream(&mut self, entry: &Entry, reader: &mut dyn BufRead, file: Option<&File>) -> Result<(), Error> {
        let name = entry.name.as_str();
        let mut head = Vec::with_capacity(HEAD);
        reader.take(HEAD as u64).read_to_end(&mut head).map_err(|error| Error::io(name, error))?;
        let format = Format::of(name, &head, entry.named)?;
        let mut reader = Cursor::new(head).chain(reader);
        let reader: &mut dyn BufRead = &mut reader;
        match format {
            Format::Text | Format::Markdown | Format::Html | Format::Rtf => self.text(entry, format, reader),
            Format::Mail => mail::read(self, name, &self.whole(name, reader, self.options.carrier())?),
            Format::JsonLines => jsonl::read(self, name, reader),
            Format::Json => json::read(self, name, reader),
            Format::Table => table::read(self, name, reader),
            Format::Mbox => mbox::read(self, name, reader),
            Format::Warc => self.inside(name, |reading| warc::read(reading, name, reader)),
            Format::Xml => xml::read(self, entry, reader),
            Format::Pdf => {
                let draft = pdf::read(name, self.file(name, reader, file)?, self.options)?;
                self.draft_of(name, draft.0, draft.1)
            }
            Format::Zip => {
                let seekable = self.seekable(name, reader, file)?;
                zip::read(self, name, seekable)
            }
            Format::Tar => self.inside(name, |reading| tar::read(reading, name, reader)),
            Format::Gzip => self.inside(name, |reading| {
                let unpacked = Unpacked(flate2::bufread::MultiGzDecoder::new(reader), Rc::clone(&reading.budget));
                let stem = name
                    .strip_suffix(".gz")
                    .map(str::to_owned)
                    .or_else(|| Some(format!("{}.tar", name.strip_suffix(".tgz")?)));
                let named = stem.and_then(|stem| Format::known(stem.as_ref()));
                let entry = Entry { named, ..entry.clone() };
                reading.stream(&entry, &mut BufReader::with_capacity(64 * 1024, unpacked), None)
            }),
        }
    }

    /// Reads what is inside of something, unless that is too deep.
    pub fn inside<T>(&mut self, name: &str, work: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.depth >= DEPTH {
            return Err(Error::new(name, Kind::Deep(DEPTH)));
        }
        self.depth += 1;
        let outcome = work(self);
        self.depth -= 1;
        outcome
    }

    /// A text in memory.
    fn text(&mut self, entry: &Entry, format: Format, reader: &mut dyn BufRead) -> Result<(), Error> {
        let name = entry.name.as_str();
        let bytes = self.whole(name, reader, self.options.max_bytes)?;
        let draft = if format == Format::Rtf {
            rtf::read(name, &bytes)?
        } else {
            let decoded = decode::decode(name, &bytes, entry.charset.as_deref())?;
            let draft = match format {
                Format::Markdown => markdown::read(name, &decoded.text)?,
                Format::Html => html::read(name, &decoded.text)?,
                _ => text::read(decoded.text),
            };
            Draft { encoding: decoded.encoding, ..draft }
        };
        let draft = Draft { url: draft.url.or_else(|| entry.url.clone()), ..draft };
        self.draft_of(name, draft, hash(&bytes))
    }

    /// Hands over the document of a draft.
    pub fn draft_of(&mut self, name: &str, draft: Draft, sha256: String) -> Result<(), Error> {
        if draft.text.len() as u64 > self.options.max_bytes {
            return Err(Error::new(name, Kind::TooLarge { size: None, limit: self.options.max_bytes }));
        }
        let document = draft.finish(name, name.to_owned(), sha256)?;
        self.give(Ok(document));
        Ok(())
    }

    /// All bytes of a stream of no more than `limit`.
    pub fn whole(&self, name: &str, reader: &mut dyn BufRead, limit: u64) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| Error::io(name, error))?;
        if bytes.len() as u64 > limit {
            return Err(Error::new(name, Kind::TooLarge { size: None, limit }));
        }
        Ok(bytes)
    }

    /// The stream as something that can be read out of order.
    fn seekable(&self, name: &str, reader: &mut dyn BufRead, file: Option<&File>) -> Result<Box<dyn Seekable>, Error> {
        if let Some(file) = file {
            return Ok(Box::new(self.rewound(name, file)?));
        }
        let mut spool = tempfile::SpooledTempFile::new(IN_MEMORY);
        self.spool(name, reader, &mut spool)?;
        spool.seek(SeekFrom::Start(0)).map_err(|error| Error::io(name, error))?;
        Ok(Box::new(spool))
    }

    /// The stream as a file of its own.
    fn file(&self, name: &str, reader: &mut dyn BufRead, file: Option<&File>) -> Result<File, Error> {
        if let Some(file) = file {
            return self.rewound(name, file);
        }
        let mut spool = tempfile::tempfile().map_err(|error| Error::io(name, error))?;
        self.spool(name, reader, &mut spool)?;
        spool.seek(SeekFrom::Start(0)).map_err(|error| Error::io(name, error))?;
        Ok(spool)
    }

    fn rewound(&self, name: &str, file: &File) -> Result<File, Error> {
        let again = || {
            let mut file = file.try_clone()?;
            file.seek(SeekFrom::Start(0))?;
            Ok(file)
        };
        again().map_err(|error| Error::io(name, error))
    }

    fn spool(&self, name: &str, reader: &mut dyn BufRead, out: &mut dyn io::Write) -> Result<(), Error> {
        let limit = self.options.carrier();
        let mut some = reader.take(limit.saturating_add(1));
        let copied = io::copy(&mut some, out).map_err(|error| Error::io(name, error))?;
        if copied > limit {
            return Err(Error::new(name, Kind::TooLarge { size: None, limit }));
        }
        Ok(())
    }
}

/// SHA-256 of bytes, in hexadecimal digits.
pub(super) fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 of all that can be read, which is read from its start again afterwards.
pub(super) fn hash_of(name: &str, reader: &mut dyn Seekable) -> Result<String, Error> {
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut read = || {
        reader.seek(SeekFrom::Start(0))?;
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => digest.update(&buffer[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        reader.seek(SeekFrom::Start(0)).map(drop)
    };
    read().map_err(|error| Error::io(name, error))?;
    Ok(hex(&digest.finalize()))
}
