//! A text with what its annotators saw in it.

use std::ops::Range;

use super::attacks::Attack;
use super::capitals;
use super::coreference::GoldClusters;
use super::events::GoldEvents;
use super::relations::NamedRelation;
use super::templates::Template;
use super::times::GoldTime;
use super::toponyms::Toponym;
use crate::link::names::Pair;
use crate::model::{Document, Interval, Span};

/// What a name names, as far as the sets agree on types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A human being.
    Person,
    /// An organisation.
    Organization,
    /// A place that is no facility: city, region, country, river.
    Location,
    /// A building or site.
    Facility,
}

impl NameKind {
    /// The name of its measure.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "PER",
            Self::Organization => "ORG",
            Self::Location => "LOC",
            Self::Facility => "FAC",
        }
    }
}

/// A name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// Where.
    pub span: Span,
    /// Of what.
    pub kind: NameKind,
}

/// A document of a benchmark set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GoldDocument {
    /// Its file and, where a file holds several documents, after a `#` its name or number there.
    pub name: String,
    /// The text as a reader sees it.
    pub text: String,
    /// Tokens of the annotators, in order; none where they marked characters.
    pub(super) tokens: Vec<Span>,
    /// Names that the annotators marked.
    pub(super) names: Vec<Name>,
    /// Spans that they marked as something else than a name; what is found inside is neither right nor
    /// wrong, because they did not say.
    pub(super) unjudged: Vec<Span>,
    /// Relations between names.
    pub(super) relations: Vec<NamedRelation>,
    /// Which mentions mean the same, where the annotators said so.
    pub(super) clusters: Option<GoldClusters>,
    /// Which words tell of the same happening, where the annotators said so.
    pub(super) happenings: Option<GoldClusters>,
    /// Names of places with their coordinates.
    pub(super) toponyms: Vec<Toponym>,
    /// When it was published, where the set says so.
    pub(super) published: Option<Interval>,
    /// Events, where the annotators marked any.
    pub(super) events: Option<GoldEvents>,
    /// The incidents that it reports, where the annotators said so.
    pub(super) templates: Option<Vec<Template>>,
    /// The attack that it reports, where the annotators said so.
    pub(super) attack: Option<Attack>,
    /// Times, where the annotators marked them.
    pub(super) times: Option<Vec<GoldTime>>,
    /// Two names, in sets that have these and no texts.
    pub(super) pair: Option<Pair>,
}

impl GoldDocument {
    /// A document whose names are spans of characters.
    pub fn new(name: impl Into<String>, text: impl Into<String>, names: Vec<Name>) -> Self {
        Self { name: name.into(), text: text.into(), names, ..Self::default() }
    }

    /// Two names, with a text for who looks at mistakes.
    pub(super) fn of_names(name: String, pair: Pair) -> Self {
        let text = format!("{} | {}", pair.one, pair.other);
        Self { name, text, pair: Some(pair), ..Self::default() }
    }

    /// A document of tokens, whose names are ranges of them.
    pub(super) fn of_tokens(name: String, text: String, tokens: Vec<Span>, names: &[(Range<usize>, NameKind)]) -> Self {
        let span = |range: &Range<usize>| Span::new(tokens[range.start].start, tokens[range.end - 1].end);
        let names = names.iter().map(|(range, kind)| Name { span: span(range), kind: *kind }).collect();
        Self { name, text, tokens, names, ..Self::default() }
    }

    /// What is read: the text, and when it was published.
    pub(super) fn document(&self) -> Document {
        Document { published: self.published, ..Document::from_text("text", self.text.as_str()) }.with_identity()
    }

    /// The names that the annotators marked.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// `span` as it is compared: over whole tokens, without white space at its ends, leading articles
    /// and a trailing possessive. None if nothing is left.
    pub(super) fn normalised(&self, span: Span) -> Option<Span> {
        let span = self.whole_tokens(span);
        let text = span.slice(&self.text);
        let mut core = text.trim();
        while let Some(rest) = without_article(core) {
            core = rest;
        }
        let start = span.start + (text.trim_end().len() - core.len());
        let possessive = ["'s", "’s"].iter().find_map(|mark| core.strip_suffix(mark)).filter(|rest| !rest.is_empty());
        let core = possessive.unwrap_or(core).trim_end();
        (!core.is_empty()).then(|| Span::new(start, start + core.len()))
    }

    /// Takes a marked span of a set that marks descriptions, too: a name is looked for, what is no name (see
    /// `capitals`) is left unjudged.
    pub(super) fn judge(&mut self, marked: Span, kind: NameKind) {
        let Some(span) = self.normalised(marked) else { return };
        if capitals::is_name(span.slice(&self.text), &self.text) {
            self.names.push(Name { span, kind });
        } else {
            self.unjudged.push(span);
        }
    }

    /// The smallest span of whole tokens that covers `span`; itself where there are no tokens.
    fn whole_tokens(&self, span: Span) -> Span {
        let first = self.tokens.partition_point(|token| token.end <= span.start);
        let end = self.tokens.partition_point(|token| token.start < span.end);
        match self.tokens.get(first..end) {
            Some([only]) => *only,
            Some([first, .., last]) => first.cover(*last),
            _ => span,
        }
    }
}

/// The words after a leading article; none if there is no article.
fn without_article(text: &str) -> Option<&str> {
    let (word, rest) = text.split_once(char::is_whitespace)?;
    ["the", "a", "an"].iter().any(|article| word.eq_ignore_ascii_case(article)).then(|| rest.trim_start())
}
