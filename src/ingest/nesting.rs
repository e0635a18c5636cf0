//! How deeply the elements of a page are nested, told before it is parsed.
//!
//! An HTML parser looks at all open elements for many of the tags it meets, and opens all
//! unclosed formatting elements again in every paragraph, so that a hostile page of a megabyte
//! can cost hours or gigabytes. One pass over the tags finds such pages.

use std::collections::HashMap;

use super::error::{Error, Kind};

/// More open elements than this and a page is refused; a real one has fewer than 100, and
/// browsers stop at 512.
const DEPTH: usize = 500;

/// The sum over all tags of the elements open there: a million tags 50 levels deep.
const WORK: usize = 50_000_000;

/// The sum over all tags of the formatting elements open there; a real page has some thousands.
const REOPENED: usize = 4_000_000;

/// Elements without content.
const VOID: [&str; 15] = [
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements closed by what follows them, which cannot nest without another one between.
const CLOSED_BY_NEXT: [&str; 17] = [
    "p", "li", "dd", "dt", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "html", "head", "body",
    "rp", "rt",
];

/// Elements that the parser opens again in every block that follows while they are not closed.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements whose content is no markup.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Refuses a page whose elements are nested too deeply.
pub(super) fn check(path: &str, html: &str) -> Result<(), Error> {
    if is_safe(html) { Ok(()) } else { Err(Error::new(path, Kind::Nesting(DEPTH))) }
}

/// Refuses a parsed tree of more levels than tags that passed [`check`] can make: a table alone
/// makes four.
pub(super) fn check_depth(depth: usize) -> Result<(), Kind> {
    if depth <= 5 * DEPTH { Ok(()) } else { Err(Kind::Nesting(DEPTH)) }
}

/// Whether an element has no content in HTML.
pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name.to_ascii_lowercase().as_str())
}

fn is_safe(html: &str) -> bool {
    let bytes = html.as_bytes();
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut work, mut formatting, mut reopened) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut at = 0;
    while let Some(found) = memchr(b'<', bytes, at) {
        at = found + 1;
        if bytes[at..].starts_with(b"!--") {
            at = html[at + 3..].find("-->").map_or(bytes.len(), |end| at + 3 + end);
            continue;
        }
        let closing = bytes.get(at) == Some(&b'/');
        let start = at + usize::from(closing);
        if !bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let end = start
            + bytes[start..]
                .iter()
                .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
                .unwrap_or(bytes.len() - start);
        let name = html[start..end].to_ascii_lowercase();
        let after = tag_end(bytes, end);
        at = after;
        let is = |list: &[&str]| list.contains(&name.as_str());
        let foreign = ["svg", "math"].iter().any(|root| open.get(*root).is_some_and(|count| *count > 0));
        if !foreign && (is(&VOID) || is(&CLOSED_BY_NEXT)) {
            reopened += formatting;
        } else if closing {
            if let Some(count) = open.get_mut(&name).filter(|count| **count > 0) {
                *count -= 1;
                depth -= 1;
                formatting -= usize::from(is(&FORMATTING));
            }
        } else if !foreign && is(&RAW) {
            at = raw_end(bytes, after, &name);
        } else if !(foreign && bytes[..after].ends_with(b"/>")) {
            reopened += formatting;
            depth += 1;
            formatting += usize::from(is(&FORMATTING));
            *open.entry(name).or_default() += 1;
        }
        work += depth;
        if depth > DEPTH || work > WORK || reopened > REOPENED {
            return false;
        }
    }
    true
}

fn memchr(byte: u8, bytes: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.iter().position(|found| *found == byte).map(|found| from + found)
}

/// One past the `>` of a tag whose name ends at `at`; a `>` inside a quoted value does not count.
fn tag_end(bytes: &[u8], mut at: usize) -> usize {
    let mut value_follows = false;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'>' => return at,
            b'"' | b'\'' if value_follows => {
                at = memchr(byte, bytes, at).map_or(bytes.len(), |quote| quote + 1);
                value_follows = false;
            }
            b'=' => value_follows = true,
            _ if byte.is_ascii_whitespace() => {}
            _ => value_follows = false,
        }
    }
    at
}

/// Where the closing tag of a raw element begins.
fn raw_end(bytes: &[u8], mut at: usize, name: &str) -> usize {
    while let Some(found) = memchr(b'<', bytes, at) {
        let rest = &bytes[found + 1..];
        if rest.first() == Some(&b'/')
            && rest.get(1..=name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
        {
            return found;
        }
        at = found + 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_pages() {
        for (name, page) in [
            ("div", "<div>".repeat(100_000)),
            ("font", "<font color=1>".repeat(3_000)),
            ("quoted close", "<div title='</div>'>".repeat(3_000)),
            ("foreign", format!("<svg>{}", "<td>".repeat(3_000))),
            ("foreign style", format!("<svg><style>{}", "<g>".repeat(3_000))),
            ("wrong close", "<div></span>".repeat(3_000)),
            ("work", format!("{}{}", "<div>".repeat(450), "<p>".repeat(120_000))),
            ("reopened", format!("{}{}", "<b>".repeat(450), "<p>".repeat(10_000))),
        ] {
            assert!(!is_safe(&page), "{name}");
        }
    }

    #[test]
    fn harmless_pages() {
        for (name, page) in [
            ("empty", String::new()),
            ("siblings", "<div><b>x</b></div>".repeat(50_000)),
            ("unclosed", "<p>one<li>two<br><img src=x><td>".repeat(50_000)),
            ("script", format!("<script>{}</script>", "'<div>'".repeat(50_000))),
            ("comment", format!("<!-- {} -->", "<div>".repeat(50_000))),
            ("signs", "a < b << c <1 </ >".repeat(1_000)),
            ("cut", "<div title=\"<b".to_owned()),
            ("paths", format!("<svg>{}</svg>", "<path d='M0'/>".repeat(5_000))),
        ] {
            assert!(is_safe(&page), "{name}");
        }
    }
}
