//! Fonts: which letters a code stands for, and how wide its glyph is (ISO 32000-1, 9.5 to 9.10).

use std::collections::HashMap;

use encoding_rs::{MACINTOSH, WINDOWS_1252};
use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};

use super::glyphs;

/// Widths listed one by one; more are not believed.
const WIDTHS: usize = 70_000;

/// A code of a string that is shown.
pub(super) struct Shown {
    /// None where nothing says which letters it stands for.
    pub letters: Option<String>,
    /// Of the font's size.
    pub width: f64,
    /// The code of a space of one byte, which word spacing widens.
    pub is_space: bool,
}

/// A font as far as text needs it.
pub(super) struct Font {
    composite: bool,
    /// Letters of the codes of one byte.
    simple: Vec<Option<String>>,
    to_unicode: Option<CMap>,
    /// Codes to glyphs; where it is none, they are the same.
    codes: Option<CMap>,
    /// Codes are UTF-16.
    is_unicode: bool,
    widths: HashMap<u32, f64>,
    default_width: f64,
    /// Standard fonts come without widths.
    name: String,
    scale: f64,
}

impl Font {
    pub fn read(dict: &Dict<'_>) -> Self {
        let name = dict.get::<Name<'_>>("BaseFont").map(|name| name.as_str().to_owned()).unwrap_or_default();
        let to_unicode = dict.get::<Stream<'_>>("ToUnicode").and_then(|stream| map(&stream));
        let kind = dict.get::<Name<'_>>("Subtype");
        let kind = kind.as_deref().unwrap_or_default();
        let mut font = Self {
            composite: kind == b"Type0",
            simple: Vec::new(),
            to_unicode,
            codes: None,
            is_unicode: false,
            widths: HashMap::new(),
            default_width: 0.0,
            name,
            scale: 0.001,
        };
        if font.composite {
            font.read_composite(dict);
        } else {
            font.read_simple(dict, kind == b"Type3");
        }
        font
    }

    fn read_simple(&mut self, dict: &Dict<'_>, is_type_3: bool) {
        let descriptor = dict.get::<Dict<'_>>("FontDescriptor");
        self.simple = letters(dict, descriptor.as_ref());
        let first = dict.get::<Number>("FirstChar").map_or(0, |first| first.as_i64());
        for (index, width) in
            dict.get::<Array<'_>>("Widths").iter().flat_map(|widths| widths.iter::<Number>()).take(256).enumerate()
        {
            if let Ok(code) = u32::try_from(first + index as i64) {
                self.widths.insert(code, width.as_f64());
            }
        }
        self.default_width = descriptor
            .and_then(|descriptor| descriptor.get::<Number>("MissingWidth"))
            .map_or(0.0, |width| width.as_f64());
        if is_type_3 {
            let matrix = dict.get::<Array<'_>>("FontMatrix").and_then(|matrix| matrix.iter::<Number>().next());
            self.scale = matrix.map_or(0.001, |scale| scale.as_f64().abs());
        }
    }

    fn read_composite(&mut self, dict: &Dict<'_>) {
        match dict.get::<Object<'_>>("Encoding") {
            Some(Object::Stream(stream)) => self.codes = map(&stream),
            Some(Object::Name(name)) => {
                let name = name.as_str();
                self.is_unicode = name.contains("UTF16") || name.contains("UCS2");
            }
            _ => {}
        }
        let Some(descendant) =
            dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next())
        else {
            return;
        };
        self.default_width = descendant.get::<Number>("DW").map_or(1000.0, |width| width.as_f64());
        let Some(widths) = descendant.get::<Array<'_>>("W") else { return };
        // Either `first [w1 w2 …]` or `first last w`.
        let mut numbers: Vec<f64> = Vec::new();
        for object in widths.iter::<Object<'_>>() {
            match object {
                Object::Number(number) => numbers.push(number.as_f64()),
                Object::Array(list) => {
                    let first = numbers.pop().unwrap_or(0.0);
                    for (index, width) in list.iter::<Number>().take(WIDTHS).enumerate() {
                        self.widths.insert(code(first).saturating_add(code(index as f64)), width.as_f64());
                    }
                    numbers.clear();
                }
                _ => {}
            }
            if let [first, last, width] = numbers[..] {
                for glyph in code(first)..=code(last).min(code(first).saturating_add(WIDTHS as u32)) {
                    self.widths.insert(glyph, width);
                }
                numbers.clear();
            }
            if self.widths.len() > WIDTHS {
                return;
            }
        }
    }

    /// The codes of a string, in order.
    pub fn shown<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = Shown> + 'a {
        bytes.chunks(if self.composite { 2 } else { 1 }).map(|chunk| {
            let code = chunk.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            if self.composite { self.composite_code(code, chunk.len()) } else { self.simple_code(code) }
        })
    }

    fn simple_code(&self, code: u32) -> Shown {
        let letters = self.mapped(code).or_else(|| self.simple.get(code as usize).cloned().flatten());
        let width = self.widths.get(&code).copied().or_else(|| {
            (self.widths.is_empty() && self.default_width == 0.0)
                .then(|| letters.as_deref().and_then(|letters| glyphs::width(&self.name, letters)).unwrap_or(500.0))
        });
        Shown { letters, width: width.unwrap_or(self.default_width) * self.scale, is_space: code == 32 }
    }

    fn composite_code(&self, code: u32, length: usize) -> Shown {
        let glyph = self.codes.as_ref().and_then(|codes| codes.lookup_cid_code(code, length as u8)).unwrap_or(code);
        let unit = || char::from_u32(code).filter(|_| self.is_unicode).map(String::from);
        let width = self.widths.get(&glyph).copied().unwrap_or(self.default_width);
        Shown { letters: self.mapped(code).or_else(unit), width: width * self.scale, is_space: false }
    }

    /// What the font's own table of letters says; some say "nothing" with a zero.
    fn mapped(&self, code: u32) -> Option<String> {
        let letters = match self.to_unicode.as_ref()?.lookup_bf_string(code)? {
            BfString::Char(letter) => letter.to_string(),
            BfString::String(letters) => letters,
        };
        let private = |letter: char| matches!(letter, '\0' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}');
        Some(letters).filter(|letters| !letters.is_empty() && !letters.chars().all(private))
    }
}

fn code(number: f64) -> u32 {
    number.clamp(0.0, 65_535.0) as u32
}

fn map(stream: &Stream<'_>) -> Option<CMap> {
    CMap::parse(&stream.decoded().ok()?, |_| None)
}

/// The letters of the 256 codes of a simple font: its base encoding with the differences it names.
fn letters(dict: &Dict<'_>, descriptor: Option<&Dict<'_>>) -> Vec<Option<String>> {
    let encoding = dict.get::<Object<'_>>("Encoding");
    let base = match &encoding {
        Some(Object::Name(name)) => Some(name.as_str().to_owned()),
        Some(Object::Dict(encoding)) => encoding.get::<Name<'_>>("BaseEncoding").map(|name| name.as_str().to_owned()),
        _ => None,
    };
    let is_true_type = dict.get::<Name<'_>>("Subtype").as_deref() == Some(b"TrueType");
    let table = |code: u8| -> Option<String> {
        match base.as_deref() {
            Some("WinAnsiEncoding") => byte_of(WINDOWS_1252, code),
            Some("MacRomanEncoding") => byte_of(MACINTOSH, code),
            _ if is_true_type => byte_of(WINDOWS_1252, code),
            _ => glyphs::standard(code).and_then(glyphs::letters_of),
        }
    };
    let mut letters: Vec<Option<String>> = (0..=255).map(table).collect();
    if base.is_none()
        && let Some(program) = descriptor.and_then(|descriptor| descriptor.get::<Stream<'_>>("FontFile"))
        && let Ok(program) = program.decoded()
    {
        own_encoding(&program, &mut letters);
    }
    if let Some(Object::Dict(encoding)) = &encoding {
        let mut code = 0_usize;
        for object in encoding.get::<Array<'_>>("Differences").iter().flat_map(|list| list.iter::<Object<'_>>()) {
            match object {
                Object::Number(number) => code = usize::try_from(number.as_i64()).unwrap_or(usize::MAX),
                Object::Name(name) => {
                    if let Some(slot) = letters.get_mut(code) {
                        *slot = glyphs::letters_of(name.as_str());
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
    }
    letters
}

fn byte_of(encoding: &'static encoding_rs::Encoding, code: u8) -> Option<String> {
    let (letter, _) = encoding.decode_without_bom_handling(std::slice::from_ref(&code));
    Some(letter.into_owned()).filter(|_| code >= 0x20)
}

/// The encoding that a Type 1 font program gives in its clear part: `dup 65 /A put`.
fn own_encoding(program: &[u8], letters: &mut [Option<String>]) {
    let clear = String::from_utf8_lossy(&program[..program.len().min(64 * 1024)]);
    let Some((_, encoding)) = clear.split_once("/Encoding") else { return };
    let end = encoding.find("readonly def").or_else(|| encoding.find(" def")).unwrap_or(encoding.len());
    let words: Vec<&str> = encoding[..end].split_whitespace().collect();
    for entry in words.windows(4) {
        if let ["dup", code, name, "put"] = entry
            && let Some(slot) = code.parse::<usize>().ok().and_then(|code| letters.get_mut(code))
        {
            *slot = glyphs::letters_of(name.trim_start_matches('/'));
        }
    }
}
