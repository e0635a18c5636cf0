//! Reading: bytes → [`Document`](crate::model::Document), one file per format.
//!
//! [`discover`] turns what stands on a command line (paths, folders, globs, `-`) into
//! [`Source`]s, and [`Source::read`] hands the documents of one source to a callback, so that a
//! file of a million lines is never held in memory. [`read_bytes`] does the same for bytes that
//! are already there.
//!
//! | format | files | text | metadata |
//! | --- | --- | --- | --- |
//! | plain text | `.txt` and unknown | as it stands | a leading `date YYYY-MM-DD` |
//! | Markdown | `.md` `.markdown` | its words without markup | YAML front matter, first heading |
//! | HTML | `.html` `.htm` `.xhtml` | the article without its surroundings | JSON-LD, OpenGraph, meta tags |
//! | PDF | `.pdf` | lines put together as paragraphs, with the pages | title and author |
//! | Word, OpenDocument, RTF | `.docx` `.odt` `.rtf` | paragraphs, tables, notes | title and author |
//! | EPUB | `.epub` | the chapters | the package's |
//! | e-mail | `.eml` `.mht` `.mbox` | the plain text of each message; attachments are documents | its head |
//! | JSON | `.jsonl` `.ndjson` `.json` | one document a record | the fields named in [`JsonFields`] |
//! | tables | `.csv` `.tsv` | one document a row | the columns so named |
//! | RSS, Atom | `.xml` `.rss` `.atom` | one document an entry | the entry's |
//! | web archives | `.warc` `.warc.gz` | one document a page | the page's, and its address |
//! | archives | `.zip` `.tar` `.tar.gz` `.tgz` `.gz` | what is in them | |
//!
//! What a file is, is told by its first bytes (`format`), then by its name. What
//! comes from inside of another file is called `archive.zip!/path`, `message.eml!/attachment` or
//! `box.mbox#id`. Everything is read as a stream but single documents, and those have a limit; what
//! archives unpack to is limited in proportion to their size (`budget`), and PDF files are read in a
//! process of their own (`pdf`).
//!
//! `Document::text` is what all later evidence points into. Decoding (`decode`) strips a byte order mark and
//! turns CRLF into LF, and nothing else; a leading `date` is taken off, because it belongs to the
//! carrier. A dateline ("BEIRUT, Dec 9 (AP) —") stays, and gives a date only where no year has to
//! be invented for it.

mod archive;
mod budget;
mod dateline;
mod dates;
mod decode;
mod discover;
mod docx;
mod draft;
mod epub;
mod error;
mod format;
mod html;
mod html_metadata;
mod json;
mod jsonl;
mod language;
mod lines;
mod mail;
mod markdown;
mod markup;
mod mbox;
mod nesting;
mod odt;
mod options;
mod paragraphs;
mod pdf;
mod reading;
mod rtf;
mod source;
mod table;
mod tar;
mod text;
mod visible;
mod warc;
mod xml;
mod zip;

pub use discover::discover;
pub use error::Error;
pub(crate) use html::fragment_text;
pub use options::{FieldsError, JsonFields, Options};
pub use pdf::work as read_pdf;
pub use source::{Source, read_bytes};
