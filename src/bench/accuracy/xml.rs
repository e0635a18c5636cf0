//! Small XML files as trees.

use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{AccuracyError, files};

/// Elements inside each other beyond which a file is none of a set.
const DEEPEST: usize = 32;

/// An element with what is inside it.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub name: String,
    /// Number of its line, from 1.
    pub line: usize,
    attributes: Vec<(String, String)>,
    /// The text directly inside it.
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The elements of this name directly inside it.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The elements with one of these names inside it, at any depth, in order of the file.
    pub fn inside(&self, names: &[&str]) -> Vec<&Element> {
        let mut found = Vec::new();
        for child in &self.children {
            if names.contains(&child.name.as_str()) {
                found.push(child);
            }
            found.extend(child.inside(names));
        }
        found
    }
}

/// The outermost element of a file.
pub(super) fn file(path: &Path) -> Result<Element, AccuracyError> {
    parse(path, &files::content(path)?)
}

/// The outermost element of `content`; `path` is for messages.
pub(super) fn parse(path: &Path, content: &str) -> Result<Element, AccuracyError> {
    let mut reader = Reader::from_str(content);
    let mut lines = Lines { content, at: 0, line: 1 };
    let mut open: Vec<Element> = Vec::new();
    loop {
        let line = lines.at(reader.buffer_position());
        let malformed =
            |problem: String| AccuracyError::line(path, line, problem, "the set's files are well-formed XML");
        let event = reader.read_event().map_err(|error| malformed(error.to_string()))?;
        let closed = match event {
            Event::Start(tag) if open.len() < DEEPEST => {
                open.push(element(&tag, line).map_err(malformed)?);
                None
            }
            Event::Start(_) => return Err(malformed(format!("more than {DEEPEST} elements are inside each other"))),
            Event::Empty(tag) => Some(element(&tag, line).map_err(malformed)?),
            Event::End(_) => open.pop(),
            Event::Text(text) => {
                let text = text.unescape().map_err(|error| malformed(error.to_string()))?;
                open.last_mut().into_iter().for_each(|element| element.text.push_str(&text));
                None
            }
            Event::CData(text) => {
                let text = text.decode().map_err(|error| malformed(error.to_string()))?;
                open.last_mut().into_iter().for_each(|element| element.text.push_str(&text));
                None
            }
            Event::Eof => return Err(malformed("the file ends within an element, or has none".to_owned())),
            _ => None,
        };
        if let Some(closed) = closed {
            match open.last_mut() {
                Some(parent) => parent.children.push(closed),
                None => return Ok(closed),
            }
        }
    }
}

fn element(tag: &BytesStart<'_>, line: usize) -> Result<Element, String> {
    let name = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.unescape_value().map_err(|error| error.to_string())?;
        attributes.push((name(attribute.key.as_ref()), value.into_owned()));
    }
    Ok(Element { name: name(tag.name().as_ref()), line, attributes, ..Element::default() })
}

/// Counts lines from front to back.
struct Lines<'a> {
    content: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of a byte that is not before the last one asked for.
    fn at(&mut self, byte: u64) -> usize {
        let byte = usize::try_from(byte).map_or(self.content.len(), |byte| byte.min(self.content.len()));
        let passed = self.content.as_bytes().get(self.at..byte).unwrap_or_default();
        self.line += passed.iter().filter(|one| **one == b'\n').count();
        self.at = self.at.max(byte);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_with_attributes_and_text() {
        let content =
            "<?xml version=\"1.0\"?>\n<a>\n <b n=\"1 &lt; 2\">x &amp; y<![CDATA[<z>]]></b><c><b/></c>\n</a>\n";
        let tree = parse(Path::new("a.xml"), content).expect("well formed");
        let inner = tree.all("b").next().expect("an element");
        assert_eq!((inner.attribute("n"), inner.text.as_str(), inner.line), (Some("1 < 2"), "x & y<z>", 3));
        assert_eq!((tree.all("b").count(), tree.children.len(), inner.attribute("m")), (1, 2, None));
        assert_eq!(tree.inside(&["b"]).len(), 2);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let deep = "<a>".repeat(100);
        for (content, said) in [
            ("<a>\n<b></a>", "line 2"),
            ("<a>\n", "ends within an element"),
            ("", "has none"),
            ("<a>&unknown;</a>", "line 1"),
            ("<a b=c></a>", "line 1"),
            (deep.as_str(), "inside each other"),
        ] {
            let problem = parse(Path::new("a.xml"), content).expect_err("malformed").to_string();
            assert!(problem.contains(said) && problem.contains("a.xml") && problem.contains("hint: "), "{problem}");
        }
    }
}
