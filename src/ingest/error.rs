//! What can go wrong while reading.

use std::fmt;
use std::io;

use super::budget::{Bomb, RATIO};

/// A file, or one line of it, that could not be read as a document.
///
/// It prints what went wrong, where, and on a `hint:` line what to do about it; the underlying
/// error, if any, is its [`source`](std::error::Error::source).
///
/// ```
/// use isnad::ingest::{discover, Options};
/// let found = discover(&["no/such/file.txt".to_owned()], &Options::default());
/// let error = found[0].as_ref().unwrap_err();
/// assert_eq!(error.path(), "no/such/file.txt");
/// assert!(error.to_string().starts_with("no/such/file.txt: no such file or folder"));
/// ```
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    path: String,
    line: Option<u64>,
    byte: Option<u64>,
    kind: Kind,
}

/// The kinds of error; private, so that new ones are no breaking change.
#[derive(Debug, thiserror::Error)]
pub(super) enum Kind {
    #[error("no such file or folder\nhint: check the spelling; a relative path starts at the working directory")]
    Missing,
    #[error(
        "the pattern matches no readable file\nhint: check the spelling, and quote the pattern so that the shell leaves it alone"
    )]
    NoMatch,
    #[error("not a valid pattern\nhint: write `[[]` for a literal `[`")]
    Pattern(#[source] globset::Error),
    #[error("a {0}, not a file; it was not opened\nhint: to read a stream, pipe it in and give `-` as the input")]
    Special(&'static str),
    #[error(
        "a symbolic link that leads back to the folder {0}; it was not followed\nhint: remove the link, or name the folders to read one by one"
    )]
    Loop(String),
    #[error("permission denied\nhint: check who may read it, for instance with `ls -l`")]
    Permission(#[source] io::Error),
    #[error("cannot be read\nhint: check that the disk or the network is there, and try again")]
    Io(#[source] io::Error),
    #[error("it is damaged or cut off\nhint: check that it was copied completely")]
    Damaged(#[source] io::Error),
    #[error("{size} is more than the limit of {limit} bytes\nhint: split it, or raise the limit with `--max-size`", size = size_words(*size))]
    TooLarge { size: Option<u64>, limit: u64 },
    #[error("there is no text in it\nhint: leave it out, or check that it was saved completely")]
    Empty,
    #[error("looks like a binary file ({0})\nhint: {1}")]
    Binary(&'static str, &'static str),
    #[error("the text is damaged: it is not valid {0}\nhint: check that it was saved completely")]
    Encoding(&'static str),
    #[error(
        "not valid UTF-8\nhint: some bytes are damaged, or two encodings are mixed; `iconv -f UTF-8 -t UTF-8 -c` leaves out what is wrong"
    )]
    Utf8(#[source] std::str::Utf8Error),
    #[error(
        "it is not what its name says, and looks like nothing that can be read\nhint: check that it was saved completely"
    )]
    Misnamed,
    #[error(
        "it unpacks to more than {RATIO} times its size, which only bombs do; the rest of it was not read\nhint: if it is none, unpack it and read the files"
    )]
    Bomb,
    #[error("archives lie more than {0} deep in archives\nhint: unpack it, and read what is in it")]
    Deep(usize),
    #[error("the archive cannot be read\nhint: check with `unzip -t` that it is complete")]
    Archive(#[source] zip::result::ZipError),
    #[error("nothing in it can be read as a document\nhint: leave it out, or unpack it and convert what is in it")]
    NoDocuments,
    #[error("it was changed while it was read\nhint: read it again once nobody writes to it")]
    Changed,
    #[error("it is encrypted\nhint: save it without a password")]
    Encrypted,
    #[error("an office file that is no text document\nhint: save it as CSV or PDF")]
    Office,
    #[error("the document has no part {0}\nhint: check that it was saved completely, or save it again")]
    NoPart(String),
    #[error("the XML is not well-formed\nhint: check that it was saved completely, or save it again")]
    Xml(#[source] quick_xml::Error),
    #[error(
        "XML of the kind <{0}>, neither RSS nor Atom nor XHTML\nhint: convert it to text, or to JSON with a field `text`"
    )]
    OtherXml(String),
    #[error("the message cannot be taken apart\nhint: check that it was saved completely")]
    Mail(#[source] mailparse::MailParseError),
    #[error(
        "a row is longer than the limit of {0} bytes\nhint: a quotation mark may be open; close it, or raise the limit with `--max-size`"
    )]
    LongRow(u64),
    #[error("the row cannot be read\nhint: save the table as CSV in UTF-8")]
    Row,
    #[error(
        "no column holds the text ({has})\nhint: name the one that does, as in `--fields text=NAME`; looked for {sought}"
    )]
    NoTextColumn { has: String, sought: String },
    #[error("a record of the web archive has no length or no head\nhint: check the archive with `warcio check`")]
    WarcRecord,
    #[error("it is cut off in the middle of a record\nhint: check that it was copied completely")]
    Cut,
    #[error("the page is packed as {0}, which is not read\nhint: fetch it again without that")]
    Coding(String),
    #[error("the PDF file is damaged\nhint: open it in a viewer and print it into a new file")]
    Pdf,
    #[error("the PDF file has no text, only pictures\nhint: recognise its letters first, for instance with `ocrmypdf`")]
    PdfPictures,
    #[error(
        "the letters of the PDF file cannot be told from their shapes\nhint: recognise them, for instance with `ocrmypdf --force-ocr`"
    )]
    PdfLetters,
    #[error(
        "reading the PDF file took longer than {0} s and was stopped\nhint: print it into a new file, or convert it with `pdftotext`"
    )]
    PdfLate(u64),
    #[error(
        "reading the PDF file took more memory than it may, or failed\nhint: print it into a new file, or convert it with `pdftotext`"
    )]
    PdfFailed,
    #[error(
        "the front matter is not valid YAML\nhint: put values that contain `: ` or begin with a sign in quotation marks"
    )]
    FrontMatter(#[source] serde_saphyr::Error),
    #[error("the front matter is longer than {0} bytes\nhint: close it with a line `---`")]
    LongFrontMatter(usize),
    #[error(
        "elements are nested too deeply or left open too often to be read safely (limit {0})\nhint: convert it to text with another tool"
    )]
    Nesting(usize),
    #[error(
        "the page could not be taken apart, because the HTML library failed\nhint: convert it to text with another tool, and please report this page"
    )]
    Html,
    #[error(
        "no text that can be read was found on the page\nhint: the page may need JavaScript; save it from a browser after it has loaded"
    )]
    NoVisibleText,
    #[error("not valid JSON\nhint: each document must be one JSON record; in JSON Lines, one a line")]
    Record(#[source] serde_json::Error),
    #[error(
        "the value is not a JSON record but {0}\nhint: each document must be one JSON record, such as {{\"text\": \"…\"}}"
    )]
    NotRecord(&'static str),
    #[error(
        "the record has no text ({has})\nhint: name the field that holds it, as in `--fields text=NAME`; looked for {sought}"
    )]
    NoTextField { has: String, sought: String },
}

fn size_words(size: Option<u64>) -> String {
    size.map_or_else(|| "what it holds".to_owned(), |size| format!("its size of {size} bytes"))
}

impl Error {
    pub(super) fn new(path: impl Into<String>, kind: Kind) -> Self {
        Self(Box::new(Inner { path: path.into(), line: None, byte: None, kind }))
    }

    pub(super) fn io(path: impl Into<String>, error: io::Error) -> Self {
        let kind = match error.kind() {
            _ if error.get_ref().is_some_and(|inner| inner.is::<Bomb>()) => Kind::Bomb,
            io::ErrorKind::NotFound => Kind::Missing,
            io::ErrorKind::PermissionDenied => Kind::Permission(error),
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                Kind::Damaged(error)
            }
            _ => Kind::Io(error),
        };
        Self::new(path, kind)
    }

    pub(super) fn at_line(mut self, line: u64) -> Self {
        self.0.line = Some(line);
        self
    }

    pub(super) fn at_byte(mut self, byte: usize) -> Self {
        self.0.byte = Some(byte as u64);
        self
    }

    /// The same, with the size where it is the whole file `name` that is too large.
    pub(super) fn of_size(mut self, name: &str, length: u64) -> Self {
        if self.0.path == name
            && self.0.line.is_none()
            && let Kind::TooLarge { size: size @ None, .. } = &mut self.0.kind
        {
            *size = Some(length);
        }
        self
    }

    pub(super) fn kind(&self) -> &Kind {
        &self.0.kind
    }

    /// The file, folder or pattern as the user gave it (`-` for standard input).
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The number of the line, from 1, where it is known.
    pub fn line(&self) -> Option<u64> {
        self.0.line
    }

    /// The offset in bytes, from 0, within the file or (with [`Error::line`]) within the line,
    /// where it is known.
    pub fn byte(&self) -> Option<u64> {
        self.0.byte
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        if inner.path == "-" {
            f.write_str("standard input")?;
        } else {
            // Names come from archives and attackers: no newline, escape or bidi override of a
            // name may reach the terminal.
            for character in inner.path.chars() {
                if character.is_control() || is_invisible(character) {
                    write!(f, "{}", character.escape_unicode())?;
                } else {
                    write!(f, "{character}")?;
                }
            }
        }
        if let Some(line) = inner.line {
            write!(f, ", line {line}")?;
        }
        if let Some(byte) = inner.byte {
            write!(f, ", byte {byte}")?;
        }
        write!(f, ": {}", inner.kind)
    }
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&self.0.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped_and_positions_told() {
        let error = Error::new("a\n\u{1b}[31m\u{202e}b.txt", Kind::Empty).at_line(3).at_byte(9);
        let told = error.to_string();
        assert!(
            told.starts_with("a\\u{a}\\u{1b}[31m\\u{202e}b.txt, line 3, byte 9: there is no text in it\nhint: "),
            "{told}"
        );
        assert!(!told.ends_with('.'));
        assert!(Error::new("-", Kind::Empty).to_string().starts_with("standard input: "));
    }

    #[test]
    fn causes_are_kept() {
        use std::error::Error as _;
        let error = Error::io("x", io::Error::from(io::ErrorKind::PermissionDenied));
        assert!(matches!(error.kind(), Kind::Permission(_)));
        assert!(error.source().is_some());
        assert!(Error::new("x", Kind::Missing).source().is_none());
    }
}
