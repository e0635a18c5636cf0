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
//! | JSON Lines | `.jsonl` `.ndjson` | one document a line | the fields named in [`JsonFields`] |
//!
//! `Document::text` is what all later evidence points into. Decoding strips a byte order mark and
//! turns CRLF into LF, and nothing else; a leading `date` is taken off, because it belongs to the
//! carrier. A dateline ("BEIRUT, Dec 9 (AP) —") stays, and gives a date only where no year has to
//! be invented for it.

mod dateline;
mod dates;
mod decode;
mod discover;
mod draft;
mod error;
mod html;
mod html_metadata;
mod jsonl;
mod language;
mod lines;
mod markdown;
mod nesting;
mod options;
mod paragraphs;
mod source;
mod text;
mod visible;

pub use discover::discover;
pub use error::Error;
pub(crate) use html::fragment_text;
pub use options::{FieldsError, JsonFields, Options};
pub use source::{Source, read_bytes};
