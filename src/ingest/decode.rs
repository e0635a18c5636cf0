//! Bytes → text: UTF-8, or the encoding that is declared or, failing that, recognised.
//!
//! Recognition is `chardetng`, the detector of Firefox (<https://hsivonen.fi/chardetng/>).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::error::{Error, Kind};

const LEAVE_OUT: &str = "leave it out, or convert it to text";

/// A text and the encoding it was in, where that was not UTF-8.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub text: String,
    pub encoding: Option<String>,
}

/// Decodes `bytes`, strips a byte order mark, and turns CRLF into LF, and nothing else.
///
/// A byte order mark counts first, then UTF-8 where it fits, then what the carrier `declared` or the text
/// itself declares, then what is recognised.
pub(super) fn decode(path: &str, bytes: &[u8], declared: Option<&str>) -> Result<Decoded, Error> {
    if let Some(encoding) = utf_16(bytes) {
        let (text, malformed) = encoding.decode_with_bom_removal(bytes);
        return if malformed {
            Err(Error::new(path, Kind::Encoding(encoding.name())))
        } else {
            Ok(Decoded { text: clean(&text), encoding: Some(encoding.name().to_owned()) })
        };
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Error::new(path, Kind::Binary("it holds a NUL byte", LEAVE_OUT)).at_byte(at));
    }
    let controls = bytes.iter().filter(|byte| is_control(**byte)).count();
    if controls >= 5 && controls > bytes.len() / 100 {
        return Err(Error::new(path, Kind::Binary("it holds many control bytes", LEAVE_OUT)));
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(Decoded { text: clean(text), encoding: None }),
        Err(error) => error,
    };
    if is_damaged_utf_8(bytes) {
        return Err(Error::new(path, Kind::Utf8(error)).at_byte(error.valid_up_to()));
    }
    let declared = declared.map(str::to_owned).or_else(|| declared_encoding(bytes));
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|found| *found != UTF_8);
    let recognised = || recognise(bytes);
    for encoding in declared.into_iter().chain(std::iter::once_with(recognised)) {
        let (text, malformed) = encoding.decode_without_bom_handling(bytes);
        if !malformed {
            return Ok(Decoded { text: clean(&text), encoding: Some(encoding.name().to_owned()) });
        }
    }
    Err(Error::new(path, Kind::Utf8(error)).at_byte(error.valid_up_to()))
}

/// The encoding of a stream by its first bytes; none where it is UTF-8.
pub(super) fn encoding_of(head: &[u8]) -> Option<&'static Encoding> {
    if let Some(encoding) = utf_16(head) {
        return Some(encoding);
    }
    let error = std::str::from_utf8(head).err()?;
    // What is cut in the middle of a letter at its end is no error.
    if error.error_len().is_none() || is_damaged_utf_8(head) { None } else { Some(recognise(head)) }
}

fn recognise(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 by its byte order mark, or by the zero bytes that every other letter of a Western text has.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(512) & !1];
    if head.len() < 16 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let most = head.len() / 2 * 9 / 10;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd >= most => Some(UTF_16LE),
        (even, 0) if even >= most => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether most of what is not ASCII is UTF-8: then no other encoding is meant, and some of it is broken.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 2
}

/// Strips a byte order mark and turns CRLF into LF.
pub(super) fn clean(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n")
}

/// Whether text has no business holding this byte.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b) || byte == 0x7f
}

/// The encoding an HTML or XML file says it is in.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    ["charset=", "encoding="].iter().filter_map(|key| head.split_once(key)).find_map(|(_, rest)| {
        let name = rest.trim_start_matches(['"', '\'']);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(name.len());
        Some(name[..end].to_owned()).filter(|name| (3..=20).contains(&name.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marks_and_line_ends_change() {
        for (bytes, text) in [
            (&b"\xef\xbb\xbfone\r\ntwo"[..], "one\ntwo"),
            (b"  one\rtwo\t\n\n", "  one\rtwo\t\n\n"),
            ("سجن صيدنايا".as_bytes(), "سجن صيدنايا"),
            (b"one \x07 bell", "one \x07 bell"),
            (b"", ""),
        ] {
            assert_eq!(decode("f", bytes, None).unwrap(), Decoded { text: text.to_owned(), encoding: None });
        }
    }

    #[test]
    fn other_encodings() {
        let utf_16: Vec<u8> = "He was freed in Hama.".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let (arabic, ..) = encoding_rs::WINDOWS_1256.encode("أطلق سراح آلاف السجناء من السجون في جميع أنحاء سوريا");
        let (russian, ..) = encoding_rs::KOI8_R.encode("Его освободили из тюрьмы в Дамаске в воскресенье вечером");
        for (bytes, declared, text, encoding) in [
            (&b"\xff\xfeh\0i\0"[..], None, "hi", "UTF-16LE"),
            (b"\xfe\xff\0h\0i", None, "hi", "UTF-16BE"),
            (&utf_16, None, "He was freed in Hama.", "UTF-16BE"),
            (b"The caf\xe9 in Hama was closed.", None, "The café in Hama was closed.", "windows-1252"),
            (&arabic, None, "أطلق سراح آلاف السجناء من السجون في جميع أنحاء سوريا", "windows-1256"),
            (&russian, None, "Его освободили из тюрьмы в Дамаске в воскресенье вечером", "KOI8-U"),
            (
                b"<meta charset=\"windows-1256\">\xd3\xcc\xe4",
                None,
                "<meta charset=\"windows-1256\">سجن",
                "windows-1256",
            ),
            (b"\xd3\xcc\xe4", Some("cp1256"), "سجن", "windows-1256"),
            (
                b"<meta charset=utf-8>The caf\xe9 in Hama was closed.",
                None,
                "<meta charset=utf-8>The café in Hama was closed.",
                "windows-1252",
            ),
        ] {
            let decoded = decode("f", bytes, declared).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding.as_deref()), (text, Some(encoding)));
        }
    }

    #[test]
    fn what_is_not_text() {
        let damaged = ["سجن صيدنايا ".as_bytes(), b"\xe9 end"].concat();
        for (bytes, byte, told) in [
            (&b"ab\0c"[..], Some(2), "looks like a binary file"),
            (b"\x01\x02\x03\x04\x05abc", None, "many control bytes"),
            (&damaged, Some(22), "not valid UTF-8"),
            (b"\xff\xfe\x00\xd8a\0", None, "UTF-16LE"),
        ] {
            let error = decode("f", bytes, None).unwrap_err();
            assert_eq!(error.byte(), byte, "{error}");
            assert!(error.to_string().contains(told), "{error}");
        }
    }

    #[test]
    fn the_encoding_of_a_stream() {
        assert_eq!(encoding_of(b"plain"), None);
        assert_eq!(encoding_of("سجن".as_bytes().split_last().unwrap().1), None, "cut within a letter");
        assert_eq!(encoding_of(b"caf\xe9 in Hama").map(Encoding::name), Some("windows-1252"));
    }
}
