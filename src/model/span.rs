//! Positions in a document's text.

use serde::{Deserialize, Serialize};

/// A half-open range `[start, end)` of UTF-8 byte offsets into a document's text.
///
/// Both ends lie on character boundaries and `start <= end`. Two spans that only touch do not
/// overlap.
///
/// ```
/// use isnad::model::Span;
/// let text = "held in Ḥamāh";
/// let span = Span::new(8, text.len());
/// assert_eq!(span.slice(text), "Ḥamāh");
/// assert!(!Span::new(0, 4).overlaps(Span::new(4, 7)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` up to, not including, `end`.
    ///
    /// # Panics
    /// If `start > end`.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span cannot end before it starts: {start}..{end}");
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words it covers in `text`.
    pub fn slice(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Whether both cover at least one common byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// Translates between byte offsets and counts of Unicode code points.
///
/// Annotation lines and RDF use code points, as the W3C Web Annotation `TextPositionSelector`
/// does; inside the program spans are bytes. One checkpoint every 64 bytes keeps both directions
/// cheap for texts of any length.
///
/// ```
/// use isnad::model::CodePoints;
/// let points = CodePoints::new("Şaydnāyā jail");
/// assert_eq!(points.of_byte(13), 9 + 1);
/// assert_eq!(points.to_byte(10), Some(13));
/// assert_eq!(points.to_byte(99), None);
/// ```
#[derive(Debug, Clone)]
pub struct CodePoints<'a> {
    text: &'a str,
    /// Code points before the first character that starts at or after byte `64 * i`, and that byte.
    checkpoints: Vec<(usize, usize)>,
}

const STRIDE: usize = 64;

impl<'a> CodePoints<'a> {
    /// Indexes `text`.
    pub fn new(text: &'a str) -> Self {
        let mut checkpoints = Vec::with_capacity(text.len() / STRIDE + 1);
        for (points, (byte, _)) in text.char_indices().enumerate() {
            if byte >= checkpoints.len() * STRIDE {
                checkpoints.push((points, byte));
            }
        }
        if checkpoints.is_empty() {
            checkpoints.push((0, 0));
        }
        Self { text, checkpoints }
    }

    /// How many code points come before byte offset `byte` (clamped to the text's end).
    pub fn of_byte(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let index = self.checkpoints.partition_point(|&(_, at)| at <= byte).saturating_sub(1);
        let (points, at) = self.checkpoints[index];
        points + self.text[at..byte].chars().count()
    }

    /// The byte offset where code point number `point` starts; the text's length is allowed.
    pub fn to_byte(&self, point: usize) -> Option<usize> {
        let index = self.checkpoints.partition_point(|&(points, _)| points <= point).saturating_sub(1);
        let (mut points, at) = self.checkpoints[index];
        for (offset, _) in self.text[at..].char_indices() {
            if points == point {
                return Some(at + offset);
            }
            points += 1;
        }
        (points == point).then_some(self.text.len())
    }
}
