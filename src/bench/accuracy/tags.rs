//! Tags of tokens (`B-PER`, `I-PER`, `O`) and the spans that they make.

use std::ops::Range;

/// The tag of one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag<'a> {
    Outside,
    Begin(&'a str),
    Inside(&'a str),
}

impl<'a> Tag<'a> {
    /// Reads a tag; none if it is of another form.
    pub fn parse(text: &'a str) -> Option<Self> {
        match text.split_once('-') {
            None if text == "O" => Some(Self::Outside),
            Some(("B", label)) if !label.is_empty() => Some(Self::Begin(label)),
            Some(("I", label)) if !label.is_empty() => Some(Self::Inside(label)),
            _ => None,
        }
    }
}

/// The spans of tokens that `tags` make, with their labels. An inside tag without a beginning begins.
pub(super) fn spans<'a>(tags: &[Tag<'a>]) -> Vec<(Range<usize>, &'a str)> {
    let mut spans: Vec<(Range<usize>, &str)> = Vec::new();
    for (at, tag) in tags.iter().enumerate() {
        match (tag, spans.last_mut()) {
            (Tag::Outside, _) => {}
            (Tag::Inside(label), Some((range, last))) if range.end == at && last == label => range.end = at + 1,
            (Tag::Begin(label) | Tag::Inside(label), _) => spans.push((at..at + 1, label)),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_make_spans() {
        let read = |text: &'static str| {
            let tags: Option<Vec<Tag<'static>>> = text.split(' ').map(Tag::parse).collect();
            tags.map(|tags| spans(&tags))
        };
        assert_eq!(read("O O"), Some(vec![]));
        assert_eq!(read("B-P I-P O B-L"), Some(vec![(0..2, "P"), (3..4, "L")]));
        assert_eq!(read("B-P B-P I-L I-L"), Some(vec![(0..1, "P"), (1..2, "P"), (2..4, "L")]));
        assert_eq!(read("I-P O I-P"), Some(vec![(0..1, "P"), (2..3, "P")]));
        for malformed in ["B", "B-", "X-P", "", "P"] {
            assert_eq!(read(malformed), None, "{malformed}");
        }
    }
}
