//! What a reader may be told.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;

/// How files are found and read.
///
/// ```
/// use isnad::ingest::Options;
/// let options = Options { max_bytes: 1024, ..Options::default() };
/// assert_eq!(options.fields.title, ["title", "headline"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Where the fields of a JSON record are found.
    pub fields: JsonFields,
    /// The longest text read, in bytes: of a document, or of one record of a file of records. 64 MiB.
    pub max_bytes: u64,
    /// The program and arguments that read a PDF file from standard input, as [`read_pdf`](super::read_pdf)
    /// does, in a process of their own. Without, PDF files are read in this process.
    pub pdf_worker: Option<(PathBuf, Vec<OsString>)>,
    /// Whether symbolic links met inside folders are followed (loops are reported, never
    /// followed). A link that is itself named is always followed. True by default.
    pub follow_links: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { fields: JsonFields::default(), max_bytes: 64 * 1024 * 1024, pdf_worker: None, follow_links: true }
    }
}

impl Options {
    /// The longest carrier of one text, such as a PDF file with pictures or a message with attachments.
    pub(super) fn carrier(&self) -> u64 {
        self.max_bytes.saturating_mul(8)
    }
}

/// Candidate names for each field of a JSON record or column of a table; the first that is there and not empty counts.
///
/// A name that begins with `/` is a JSON pointer (RFC 6901), any other one a key of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonFields {
    /// The text; a list of strings is joined as paragraphs.
    pub text: Vec<String>,
    /// The record's own name, used after `#` in [`Document::source`](crate::model::Document).
    pub id: Vec<String>,
    /// The title.
    pub title: Vec<String>,
    /// The day of publication.
    pub date: Vec<String>,
    /// Who published it: a string, or an object with a `name`.
    pub publisher: Vec<String>,
    /// Who wrote it: a string, an object with a `name`, or a list of these.
    pub author: Vec<String>,
    /// The canonical address.
    pub url: Vec<String>,
}

impl Default for JsonFields {
    fn default() -> Self {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
        Self {
            text: names(&["text", "body", "content", "article", "maintext", "full_text"]),
            id: names(&["id", "doc_id", "document_id", "uuid"]),
            title: names(&["title", "headline"]),
            date: names(&[
                "date",
                "published",
                "published_at",
                "date_published",
                "publish_date",
                "publication_date",
                "datePublished",
            ]),
            publisher: names(&["publisher", "site_name", "site", "source", "source_name"]),
            author: names(&["author", "authors", "byline", "creator"]),
            url: names(&["url", "link", "canonical_url", "source_url"]),
        }
    }
}

impl JsonFields {
    /// The keys of a command-line value, in the order of the fields.
    const KEYS: [&str; 7] = ["text", "id", "title", "date", "publisher", "author", "url"];

    /// Reads a command-line value such as `text=body,date=published_at`.
    ///
    /// Fields not mentioned keep their defaults; a field mentioned more than once gets its
    /// candidates in that order, and `|` separates candidates too.
    ///
    /// ```
    /// use isnad::ingest::JsonFields;
    /// let fields = JsonFields::parse("text=/article/body|/body,date=published_at").unwrap();
    /// assert_eq!(fields.text, ["/article/body", "/body"]);
    /// assert_eq!(fields.title, JsonFields::default().title);
    /// let error = JsonFields::parse("txt=body").unwrap_err();
    /// assert!(error.to_string().starts_with("`txt` is not a field of a document"));
    /// ```
    ///
    /// # Errors
    /// If a part is not of the form `field=name`, the field is not known, or a pointer is malformed.
    pub fn parse(value: &str) -> Result<Self, FieldsError> {
        let mut given: [Vec<String>; 7] = Default::default();
        for part in value.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (key, names) = part.split_once('=').ok_or_else(|| FieldsError::Form(part.to_owned()))?;
            let index = Self::KEYS
                .iter()
                .position(|known| *known == key.trim())
                .ok_or_else(|| FieldsError::Unknown(key.trim().to_owned()))?;
            for name in names.split('|').map(str::trim) {
                if name.is_empty() {
                    return Err(FieldsError::Empty(key.trim().to_owned()));
                }
                if name.starts_with('/') && !is_pointer(name) {
                    return Err(FieldsError::Pointer(name.to_owned()));
                }
                given[index].push(name.to_owned());
            }
        }
        let mut fields = Self::default();
        let slots = [
            &mut fields.text,
            &mut fields.id,
            &mut fields.title,
            &mut fields.date,
            &mut fields.publisher,
            &mut fields.author,
            &mut fields.url,
        ];
        for (slot, names) in slots.into_iter().zip(given) {
            if !names.is_empty() {
                *slot = names;
            }
        }
        Ok(fields)
    }
}

impl FromStr for JsonFields {
    type Err = FieldsError;

    fn from_str(value: &str) -> Result<Self, FieldsError> {
        Self::parse(value)
    }
}

/// Whether every `~` of a JSON pointer is followed by `0` or `1`.
fn is_pointer(pointer: &str) -> bool {
    pointer.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']))
}

/// A value that [`JsonFields::parse`] could not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FieldsError {
    /// A part without `=`.
    #[error("`{0}` does not say which field it is\nhint: write `field=name`, as in `text=body,date=published_at`")]
    Form(String),
    /// A field that no document has.
    #[error("`{0}` is not a field of a document\nhint: known are {known}", known = JsonFields::KEYS.join(", "))]
    Unknown(String),
    /// A field without a name.
    #[error("`{0}=` names nothing\nhint: write the key that holds it, as in `{0}=body`")]
    Empty(String),
    /// A malformed JSON pointer.
    #[error("`{0}` is not a JSON pointer\nhint: in a pointer, write `~0` for `~` and `~1` for `/`")]
    Pointer(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_lists() {
        assert_eq!(JsonFields::parse(""), Ok(JsonFields::default()));
        assert_eq!(JsonFields::parse("text=a,text=b").unwrap().text, ["a", "b"]);
        assert_eq!(JsonFields::parse(" title = a | b , ").unwrap().title, ["a", "b"]);
        assert_eq!(JsonFields::parse("text=/a~1b").unwrap().text, ["/a~1b"]);
        for (value, error) in [
            ("body", FieldsError::Form("body".into())),
            ("texts=body", FieldsError::Unknown("texts".into())),
            ("text=", FieldsError::Empty("text".into())),
            ("text=a||b", FieldsError::Empty("text".into())),
            ("text=/a~2", FieldsError::Pointer("/a~2".into())),
        ] {
            assert_eq!(JsonFields::parse(value), Err(error), "{value}");
        }
    }
}
