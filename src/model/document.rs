//! A text and what its carrier says about it.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Basis, Interval, Span};

/// The identity of a document: the first 16 hexadecimal digits of the SHA-256 of its content.
///
/// Two files with the same content are one document. The content is the decoded text together
/// with the metadata that changes what the text means: title, date, publisher, URL.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentId(String);

impl DocumentId {
    /// Takes an id as written in an annotation line (`doc:…` or bare).
    pub fn parse(text: &str) -> Option<Self> {
        let bare = text.strip_prefix("doc:").unwrap_or(text);
        let fits = !bare.is_empty()
            && bare.len() <= 64
            && bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        fits.then(|| Self(bare.to_owned()))
    }

    /// The id without its `doc:` prefix.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "doc:{}", self.0)
    }
}

/// A part of a text that stands on one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSpan {
    /// The number of the page, from 1, as a viewer counts them.
    pub number: usize,
    /// The part.
    pub span: Span,
}

/// One report, article or testimony, decoded and stripped of its carrier's format.
///
/// `text` never changes after this: every span of every later stage points into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Identity by content.
    pub id: DocumentId,
    /// Path or URL as given by the user; for one of several in a file with `#` and its id or number
    /// (`box.mbox#id`), for one in an archive or attached to a message with `!/` and its name there.
    pub source: String,
    /// SHA-256 of the bytes it was read from, 64 hexadecimal digits.
    pub sha256: String,
    /// Title, where the carrier gives one.
    pub title: Option<String>,
    /// When it was published, where known.
    pub published: Option<Interval>,
    /// The words of the text that `published` was inferred from.
    pub published_by: Option<Span>,
    /// Who published it, where the carrier says so.
    pub publisher: Option<String>,
    /// Canonical address, where the carrier gives one.
    pub url: Option<String>,
    /// Who wrote it, where the carrier says so; adds nothing to the identity.
    pub author: Option<String>,
    /// The encoding that the text was in, where it was not UTF-8.
    pub encoding: Option<String>,
    /// Which part of the text stands on which page, in the order of the text; empty where there are no pages.
    pub pages: Vec<PageSpan>,
    /// ISO 639-1 code of the text's language, where it could be told.
    pub language: Option<String>,
    /// The text.
    pub text: String,
}

impl Document {
    /// A document of `text` alone, as if read from `source`; its metadata can be filled in with
    /// struct update syntax followed by [`Document::with_identity`].
    ///
    /// ```
    /// use isnad::model::Document;
    /// let one = Document::from_text("a.txt", "He was released.");
    /// let two = Document::from_text("b.txt", "He was released.");
    /// assert_eq!(one.id, two.id, "identity is content, not name");
    /// ```
    pub fn from_text(source: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            id: DocumentId(String::new()),
            source: source.into(),
            sha256: hex(&Sha256::digest(text.as_bytes())),
            title: None,
            published: None,
            published_by: None,
            publisher: None,
            url: None,
            author: None,
            encoding: None,
            pages: Vec::new(),
            language: None,
            text,
        }
        .with_identity()
    }

    /// The number of the page on which what stands at `byte` begins.
    ///
    /// ```
    /// use isnad::model::{Document, PageSpan, Span};
    /// let pages = vec![PageSpan { number: 1, span: Span::new(0, 5) }, PageSpan { number: 2, span: Span::new(5, 9) }];
    /// let document = Document { pages, ..Document::from_text("a.pdf", "One. Two.") };
    /// assert_eq!((document.page_of(4), document.page_of(5)), (Some(1), Some(2)));
    /// ```
    pub fn page_of(&self, byte: usize) -> Option<usize> {
        let after = self.pages.partition_point(|page| page.span.start <= byte);
        self.pages[..after].last().map(|page| page.number)
    }

    /// Recomputes the id from text and metadata; what was inferred from the text adds nothing to it.
    pub fn with_identity(mut self) -> Self {
        let given = self.published.filter(|interval| interval.basis != Basis::Inferred);
        let published = given.map(|interval| format!("{:?}..{:?}", interval.earliest, interval.latest));
        let fields = [
            Some(self.text.as_str()),
            self.title.as_deref(),
            published.as_deref(),
            self.publisher.as_deref(),
            self.url.as_deref(),
        ];
        let mut digest = Sha256::new();
        for field in fields {
            let field = field.unwrap_or_default();
            digest.update((field.len() as u64).to_le_bytes());
            digest.update(field.as_bytes());
        }
        self.id = DocumentId(hex(&digest.finalize()[..8]));
        self
    }
}

/// Lower-case hexadecimal digits of `bytes`.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
