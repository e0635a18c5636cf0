//! Bytes → text: UTF-8 only, and nothing is guessed.

use super::error::{Error, Kind};

/// File types that are often handed over by mistake, by their first bytes.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "PDF", "take its text out with `pdftotext FILE FILE.txt`"),
    (b"PK\x03\x04", "a ZIP archive or office document", "unpack it, or save the document as text"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save the document as text"),
    (b"\x1f\x8b", "gzip", "unpack it with `gunzip`"),
    (b"\x28\xb5\x2f\xfd", "Zstandard", "unpack it with `unzstd`"),
    (b"\x89PNG", "a PNG image", "leave it out"),
    (b"\xff\xd8\xff", "a JPEG image", "leave it out"),
];
const LEAVE_OUT: &str = "leave it out, or convert it to text";

/// Decodes `bytes` as UTF-8: strips a byte order mark, turns CRLF into LF, and nothing else.
pub(super) fn decode(path: &str, bytes: &[u8]) -> Result<String, Error> {
    for (signature, name, hint) in SIGNATURES {
        if bytes.starts_with(signature) {
            return Err(Error::new(path, Kind::Binary(name, hint)));
        }
    }
    match bytes {
        [0xff, 0xfe, ..] => return Err(Error::new(path, Kind::Utf16("UTF-16LE")).at_byte(0)),
        [0xfe, 0xff, ..] => return Err(Error::new(path, Kind::Utf16("UTF-16BE")).at_byte(0)),
        _ => {}
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Error::new(path, Kind::Binary("it holds a NUL byte", LEAVE_OUT)).at_byte(at));
    }
    let controls = bytes.iter().filter(|byte| is_control(**byte)).count();
    if controls >= 5 && controls > bytes.len() / 100 {
        return Err(Error::new(path, Kind::Binary("it holds many control bytes", LEAVE_OUT)));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(clean(text)),
        Err(error) => {
            let at = error.valid_up_to();
            Err(Error::new(path, Kind::Utf8(declared_encoding(bytes), error)).at_byte(at))
        }
    }
}

/// Strips a byte order mark and turns CRLF into LF.
pub(super) fn clean(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n")
}

/// Whether text has no business holding this byte.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b) || byte == 0x7f
}

/// The encoding an HTML or XML file says it is in, for the hint; WINDOWS-1252 otherwise.
fn declared_encoding(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    ["charset=", "encoding="]
        .iter()
        .filter_map(|key| head.split_once(key))
        .map(|(_, rest)| {
            let name = rest.trim_start_matches(['"', '\'']);
            let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(name.len());
            name[..end].to_ascii_uppercase()
        })
        .find(|name| (3..=20).contains(&name.len()) && name != "UTF-8")
        .unwrap_or_else(|| "WINDOWS-1252".to_owned())
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
            assert_eq!(decode("f", bytes).unwrap(), text);
        }
    }

    #[test]
    fn what_is_not_text() {
        for (bytes, byte, told) in [
            (&b"\xff\xfeh\0i\0"[..], Some(0), "iconv -f UTF-16LE -t UTF-8"),
            (b"\xfe\xff\0h\0i", Some(0), "iconv -f UTF-16BE -t UTF-8"),
            (b"ab\0c", Some(2), "looks like a binary file"),
            (b"\x01\x02\x03\x04\x05abc", None, "many control bytes"),
            (b"caf\xe9 latin", Some(3), "iconv -f WINDOWS-1252 -t UTF-8"),
            (b"<meta charset=\"windows-1256\">\xc7", Some(29), "iconv -f WINDOWS-1256 -t UTF-8"),
            (b"<meta charset=utf-8>\xc7", Some(20), "iconv -f WINDOWS-1252 -t UTF-8"),
            (b"%PDF-1.7\n", None, "pdftotext"),
            (b"half \xe2\x80", Some(5), "not valid UTF-8"),
        ] {
            let error = decode("f", bytes).unwrap_err();
            assert_eq!(error.byte(), byte, "{error}");
            assert!(error.to_string().contains(told), "{error}");
        }
    }
}
