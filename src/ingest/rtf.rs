//! Rich Text Format (Microsoft, version 1.9.1): the words, by control words and groups.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::docx::is_title;
use super::draft::Draft;
use super::error::{Error, Kind};
use super::paragraphs::{Break, Paragraphs};

/// Destinations whose text is not text of the document.
const SKIPPED: [&str; 31] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "generator",
    "pict",
    "object",
    "objdata",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "filetbl",
    "fldinst",
    "xe",
    "tc",
    "nonshppict",
    "annotation",
    "atnid",
    "atnauthor",
];

/// Groups that are open at the same time; more are an error.
const DEPTH: usize = 1000;

/// What holds until the end of a group.
#[derive(Clone, Copy)]
struct State {
    target: Target,
    encoding: &'static Encoding,
    /// How many letters to pass over after `\u`.
    substitutes: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Text,
    Title,
    Author,
    /// A note at the foot or the end.
    Note,
    Nothing,
    Fonts,
}

struct Reader<'a> {
    path: &'a str,
    text: Paragraphs,
    notes: Paragraphs,
    /// Within a row of a table.
    in_row: bool,
    title: String,
    author: String,
    states: Vec<State>,
    state: State,
    /// The encoding of each font that names one.
    fonts: Vec<(i32, &'static Encoding)>,
    font: i32,
    /// Bytes not decoded yet: letters of several bytes come as several `\'hh`.
    bytes: Vec<u8>,
    /// The first half of a pair of surrogates.
    half: Option<u16>,
    /// Letters still to pass over after `\u`.
    passed: usize,
    encoding: &'static Encoding,
}

/// The draft of an RTF file.
pub(super) fn read(path: &str, rtf: &[u8]) -> Result<Draft, Error> {
    let state = State { target: Target::Text, encoding: WINDOWS_1252, substitutes: 1 };
    let mut reader = Reader {
        path,
        text: Paragraphs::new(),
        notes: Paragraphs::new(),
        in_row: false,
        title: String::new(),
        author: String::new(),
        states: Vec::new(),
        state,
        fonts: Vec::new(),
        font: -1,
        bytes: Vec::new(),
        half: None,
        passed: 0,
        encoding: WINDOWS_1252,
    };
    reader.run(rtf)?;
    reader.text.breaks(Break::Paragraph);
    reader.text.push(&reader.notes.finish());
    let set = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(Draft {
        text: reader.text.finish(),
        title: set(reader.title).filter(|title| is_title(title)),
        author: set(reader.author),
        ..Draft::default()
    })
}

impl Reader<'_> {
    fn run(&mut self, rtf: &[u8]) -> Result<(), Error> {
        let mut at = 0;
        // A group whose first control word follows.
        let (mut opened, mut ignorable) = (false, false);
        while let Some(&byte) = rtf.get(at) {
            at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    if self.states.len() >= DEPTH {
                        return Err(Error::new(self.path, Kind::Nesting(DEPTH)).at_byte(at - 1));
                    }
                    self.states.push(self.state);
                    (opened, ignorable) = (true, false);
                    self.passed = 0;
                }
                b'}' => {
                    self.flush();
                    match self.states.pop() {
                        Some(state) => self.state = state,
                        None => return Ok(()),
                    }
                    self.passed = 0;
                }
                b'\r' | b'\n' => {}
                b'\\' => {
                    let Some(&next) = rtf.get(at) else { break };
                    if next.is_ascii_alphabetic() {
                        let start = at;
                        while rtf.get(at).is_some_and(u8::is_ascii_alphabetic) {
                            at += 1;
                        }
                        let word = std::str::from_utf8(&rtf[start..at]).unwrap_or_default();
                        let digits = at;
                        if rtf.get(at) == Some(&b'-') {
                            at += 1;
                        }
                        while rtf.get(at).is_some_and(u8::is_ascii_digit) {
                            at += 1;
                        }
                        let number: Option<i32> =
                            std::str::from_utf8(&rtf[digits..at]).ok().and_then(|text| text.parse().ok());
                        if rtf.get(at) == Some(&b' ') {
                            at += 1;
                        }
                        if word == "bin" {
                            at = at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0));
                        } else if ignorable && !matches!(word, "shppict" | "ud" | "footnote")
                            || opened && SKIPPED.contains(&word)
                        {
                            self.state.target = if word == "fonttbl" { Target::Fonts } else { Target::Nothing };
                        } else {
                            self.word(word, number);
                        }
                        (opened, ignorable) = (false, false);
                        continue;
                    }
                    at += 1;
                    match next {
                        b'\'' => {
                            let hex = rtf.get(at..at + 2).and_then(|digits| std::str::from_utf8(digits).ok());
                            if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                                at += 2;
                                self.byte(byte);
                            }
                        }
                        b'*' => ignorable = opened,
                        b'~' => self.letters(" "),
                        b'_' => self.letters("-"),
                        b'\\' | b'{' | b'}' => self.byte(next),
                        b'\r' | b'\n' => self.word("par", None),
                        _ => {}
                    }
                }
                _ => {
                    opened = false;
                    self.byte(byte);
                }
            }
        }
        self.flush();
        Ok(())
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        match (word, number) {
            ("u", Some(code)) => {
                // Negative numbers are what is left of 16 bits.
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "the format counts 16 bits with a sign"
                )]
                self.unit(code as u16);
                self.passed = self.state.substitutes;
            }
            ("uc", Some(count)) => self.state.substitutes = usize::try_from(count).unwrap_or(0).min(8),
            ("ansicpg", Some(page)) => {
                self.flush();
                self.encoding = code_page(page).unwrap_or(WINDOWS_1252);
                self.state.encoding = self.encoding;
            }
            ("mac", _) => self.state.encoding = encoding_rs::MACINTOSH,
            ("f", Some(font)) if self.state.target == Target::Fonts => self.font = font,
            ("fcharset", Some(set)) if self.state.target == Target::Fonts => {
                if let Some(encoding) = character_set(set) {
                    self.fonts.push((self.font, encoding));
                }
            }
            ("f" | "af", Some(font)) => {
                let encoding = self
                    .fonts
                    .iter()
                    .find(|(number, _)| *number == font)
                    .map_or(self.encoding, |(_, encoding)| encoding);
                if word == "f" && !std::ptr::eq(encoding, self.state.encoding) {
                    self.flush();
                    self.state.encoding = encoding;
                }
            }
            ("plain", _) => {
                self.flush();
                self.state.encoding = self.encoding;
            }
            ("title", _) => self.state.target = Target::Title,
            ("author", _) => self.state.target = Target::Author,
            ("info", _) => self.state.target = Target::Nothing,
            ("trowd", _) => self.in_row = true,
            ("row", _) => {
                self.in_row = false;
                self.breaks(Break::Paragraph);
            }
            ("par", _) if self.in_row && self.state.target == Target::Text => self.breaks(Break::Cell),
            ("par" | "sect" | "page" | "nestrow", _) => self.breaks(Break::Paragraph),
            ("footnote", _) => {
                self.flush();
                self.notes.breaks(Break::Paragraph);
                self.state.target = Target::Note;
            }
            ("line" | "softline", _) => self.breaks(Break::Line),
            ("tab" | "cell" | "nestcell", _) => self.breaks(Break::Cell),
            ("emspace" | "enspace" | "qmspace", _) => self.letters(" "),
            ("emdash", _) => self.letters("—"),
            ("endash", _) => self.letters("–"),
            ("lquote", _) => self.letters("‘"),
            ("rquote", _) => self.letters("’"),
            ("ldblquote", _) => self.letters("“"),
            ("rdblquote", _) => self.letters("”"),
            ("bullet", _) => self.letters("•"),
            _ => {}
        }
    }

    fn breaks(&mut self, kind: Break) {
        self.flush();
        match self.state.target {
            Target::Text => self.text.breaks(kind),
            Target::Note => self.notes.breaks(kind),
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.passed > 0 {
            self.passed -= 1;
        } else {
            self.bytes.push(byte);
        }
    }

    /// One unit of UTF-16.
    fn unit(&mut self, unit: u16) {
        self.flush_bytes();
        let units = match self.half.take() {
            Some(half) => vec![half, unit],
            None if (0xd800..0xdc00).contains(&unit) => {
                self.half = Some(unit);
                return;
            }
            None => vec![unit],
        };
        let text = String::from_utf16_lossy(&units);
        self.put(&text);
    }

    fn letters(&mut self, letters: &str) {
        self.flush();
        self.put(letters);
    }

    fn flush(&mut self) {
        self.flush_bytes();
        if self.half.take().is_some() {
            self.put("\u{fffd}");
        }
    }

    fn flush_bytes(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let (text, _) = self.state.encoding.decode_without_bom_handling(&bytes);
        self.put(&text);
    }

    fn put(&mut self, letters: &str) {
        match self.state.target {
            Target::Text => self.text.push_collapsed(letters),
            Target::Note => self.notes.push_collapsed(letters),
            Target::Title => self.title.push_str(letters),
            Target::Author => self.author.push_str(letters),
            Target::Nothing | Target::Fonts => {}
        }
    }
}

/// The encoding of a Windows code page.
fn code_page(page: i32) -> Option<&'static Encoding> {
    let label = match page {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        65001 => "utf-8".to_owned(),
        page => format!("windows-{page}"),
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a `\fcharset`.
fn character_set(set: i32) -> Option<&'static Encoding> {
    code_page(match set {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(rtf: &[u8]) -> String {
        read("a.rtf", rtf).unwrap().text
    }

    #[test]
    fn words_of_a_file() {
        for (rtf, expected) in [
            (&br"{\rtf1\ansi One \b two\b0 \par Three\line four}"[..], "One two\n\nThree\nfour"),
            (br"{\rtf1\ansi{\fonttbl{\f0 Arial;}{\f1\fcharset178 Arial;}}{\*\generator X;}\f1\'d3\'cc\'e4\f0  caf\'e9}", "سجن café"),
            (br"{\rtf1\ansi\uc1 na\u239?ve \u1587?\u1580?\u1606?{\uc0 \u8212}x \u-10179?\u-8704?}", "naïve سجن—x \u{1f600}"),
            (br"{\rtf1{\info{\title T}{\author A}}{\header no}{\field{\*\fldinst HYPERLINK x}{\fldrslt link}} \{a\}\~b\_c}", "link {a} b-c"),
            (br"{\rtf1\ansicpg1251 \'cc\'e8\'f0{\pict\bin5 }}}}}} ok}", "Мир ok"),
            (br"{\rtf1\trowd {a\par}\cell b\cell\row c\par}", "a\tb\n\nc"),
            (br"{\rtf1 One.{\super 1}{\*\footnote\pard Note.\par} Two.\par}", "One.1 Two.\n\nNote."),
        ] {
            assert_eq!(text(rtf), expected, "{}", String::from_utf8_lossy(rtf));
        }
        let draft = read("a.rtf", br"{\rtf1{\info{\title A title}{\author Mona}}x}").unwrap();
        assert_eq!((draft.title.as_deref(), draft.author.as_deref()), (Some("A title"), Some("Mona")));
        assert!(read("a.rtf", &b"{".repeat(100_000)).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_never_panic(rtf in "\\{\\\\rtf1[{}\\\\a-z0-9'* -]{0,80}", bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = read("a.rtf", rtf.as_bytes());
            let _ = read("a.rtf", &bytes);
        }
    }
}
