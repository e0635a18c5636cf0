//! Making any text safe inside XML, DOT and a JSON block of an HTML page.

use std::fmt::Write as _;

use crate::graph::display_text;

/// Text for XML content or a quoted attribute; characters that XML 1.0 cannot hold are dropped.
pub(super) fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // A parser would turn these into spaces or line feeds in an attribute.
            '\t' | '\n' | '\r' => {
                let _ = write!(escaped, "&#{};", character as u32);
            }
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            // Allowed but discouraged by XML, and nothing to look at.
            '\u{7F}'..='\u{9F}' => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Text to look at, for XML: cleaned line by line, then escaped.
pub(super) fn xml_shown(text: &str) -> String {
    xml(&shown(text))
}

/// Text to look at: every line cleaned by [`display_text`].
pub(super) fn shown(text: &str) -> String {
    text.lines().map(display_text).collect::<Vec<_>>().join("\n")
}

/// A quoted string for a DOT label or tooltip, where backslashes and entities have a meaning.
pub(super) fn dot(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    escaped.push('"');
    for character in shown(text).chars() {
        match character {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '&' => escaped.push_str("&amp;"),
            '\n' => escaped.push_str("\\n"),
            _ => escaped.push(character),
        }
    }
    escaped.push('"');
    escaped
}

/// JSON that cannot end the script element it stands in, nor a JavaScript string.
pub(super) fn json_in_html(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len() + 8);
    for character in json.chars() {
        match character {
            // In JSON these stand inside strings only.
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(escaped, "\\u{:04x}", character as u32);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Standard base64 with padding (RFC 4648).
pub(super) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            if digit <= chunk.len() {
                text.push(char::from(DIGITS[(group >> (18 - 6 * digit) & 63) as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

/// A number with one decimal, never `-0.0`.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    if text == "-0.0" { "0.0".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_escapes_and_drops() {
        for (text, expected) in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("]]>", "]]&gt;"),
            ("\"'&", "&quot;&#39;&amp;"),
            ("a\u{0}\u{8}\u{1b}\u{FFFE}\u{FFFF}\u{85}b", "ab"),
            ("a\tb\r\n", "a&#9;b&#13;&#10;"),
            ("سجن \u{1F600}", "سجن \u{1F600}"),
        ] {
            assert_eq!(xml(text), expected);
        }
        assert_eq!(xml_shown("a\u{202E} <\nb"), "a &lt;&#10;b");
    }

    #[test]
    fn dot_strings_hold() {
        for (text, expected) in [
            (r#"a "b""#, r#""a \"b\"""#),
            (r"back\", r#""back\\""#),
            (r"\N", r#""\\N""#),
            ("one\ntwo", r#""one\ntwo""#),
            ("&lt;", r#""&amp;lt;""#),
        ] {
            assert_eq!(dot(text), expected);
        }
    }

    #[test]
    fn json_cannot_end_its_element() {
        assert_eq!(
            json_in_html("\"</script><!--&\u{2028}\u{2029}\""),
            r#""\u003c/script\u003e\u003c!--\u0026\u2028\u2029""#
        );
    }

    #[test]
    fn base64_agrees_with_the_rfc() {
        for (text, expected) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }

    #[test]
    fn numbers_have_one_decimal() {
        assert_eq!([number(-0.01), number(1.25), number(-3.0)], ["0.0", "1.2", "-3.0"]);
    }
}
