//! XML in pieces: what opens, what closes, and the text between.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::error::{Error, Kind};

/// More levels than this and a document is refused.
const DEPTH: usize = 1000;

/// One piece; an empty element opens and closes.
pub(super) enum Piece<'a> {
    Open(Element<'a>),
    /// The local name.
    Close(&'a str),
    /// Character data with its references resolved.
    Text(Cow<'a, str>),
}

/// The start of an element.
pub(super) struct Element<'a> {
    /// Without its prefix.
    pub name: &'a str,
    start: &'a BytesStart<'a>,
}

impl Element<'_> {
    /// The value of an attribute, told by its local name.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let found = self.start.attributes().flatten().find(|each| each.key.local_name().as_ref() == name.as_bytes())?;
        Some(resolved(&String::from_utf8_lossy(&found.value)).into_owned())
    }

    /// The prefix and name as written.
    pub fn qualified(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.start.name().0).into_owned().into()
    }
}

/// Hands the pieces of `xml` to `take` in order.
///
/// # Errors
/// If it is not well-formed, or nested too deeply.
pub(super) fn walk(path: &str, xml: &str, take: &mut dyn FnMut(Piece<'_>)) -> Result<(), Error> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        let at = |reader: &Reader<&[u8]>| usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
        let event = reader.read_event();
        match event.map_err(|error| Error::new(path, Kind::Xml(error)).at_byte(at(&reader)))? {
            Event::Eof if depth > 0 => return Err(Error::new(path, Kind::Cut)),
            Event::Eof => return Ok(()),
            Event::Start(start) => {
                depth += 1;
                if depth > DEPTH {
                    return Err(Error::new(path, Kind::Nesting(DEPTH)));
                }
                open(&start, take);
            }
            Event::Empty(start) => {
                open(&start, take);
                take(Piece::Close(&local(start.local_name().as_ref())));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                take(Piece::Close(&local(end.local_name().as_ref())));
            }
            Event::Text(text) => {
                let text = String::from_utf8_lossy(&text);
                take(Piece::Text(resolved(&text)));
            }
            Event::CData(text) => take(Piece::Text(String::from_utf8_lossy(&text))),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

fn open(start: &BytesStart<'_>, take: &mut dyn FnMut(Piece<'_>)) {
    take(Piece::Open(Element { name: &local(start.local_name().as_ref()), start }));
}

fn local(name: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(name)
}

/// References resolved; one that XML does not know (`&nbsp;`) stays for what reads HTML.
fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Owned(text.to_owned());
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.as_bytes().iter().take(40).position(|byte| *byte == b';');
        match end.and_then(|end| Some((quick_xml::escape::unescape(&rest[..=end]).ok()?, end))) {
            Some((letters, end)) => {
                out.push_str(&letters);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(xml: &str) -> Result<String, Error> {
        let mut told = String::new();
        walk("a.xml", xml, &mut |piece| match piece {
            Piece::Open(element) => {
                told += &format!(
                    "<{}{}>",
                    element.name,
                    element.attribute("v").map(|v| format!(" {v}")).unwrap_or_default()
                );
            }
            Piece::Close(name) => told += &format!("</{name}>"),
            Piece::Text(text) => told += &text,
        })?;
        Ok(told)
    }

    #[test]
    fn pieces_of_a_document() {
        assert_eq!(
            pieces("<?xml version='1.0'?><a:b x:v='1 &lt; 2'>one &amp; &#x62d;&nbsp;<![CDATA[<i>]]><c/></a:b>")
                .unwrap(),
            "<b 1 < 2>one & ح&nbsp;<i><c></c></b>"
        );
        assert!(pieces("<a><b></a>").unwrap_err().byte().is_some());
        assert!(pieces(&"<a>".repeat(100_000)).is_err());
    }
}
