//! What is measured.

use crate::extract::Reader;
use crate::language::Analyser;
use crate::language::engine::{Error, Model};
use crate::model::{Annotations, Document, EntityType, MentionForm, Reading, Span};

use super::{GoldDocument, Measure, Name, NameKind};
use crate::model::Point;

/// A way to find names in a text, and for whole readings more than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// The names of the embedded language model alone, spaCy's en_core_web_sm: the baseline.
    SpacySm,
    /// The names of the embedded encoder alone.
    Encoder,
    /// The full reading without the encoder, as `isnad extract --reading fast` does it.
    IsnadFast,
    /// The full reading, as `isnad extract` does it.
    Isnad,
}

impl System {
    /// Every system, the baseline first.
    pub const ALL: &'static [Self] = &[Self::SpacySm, Self::Encoder, Self::IsnadFast, Self::Isnad];

    /// The name used on the command line and in results.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SpacySm => "spacy-sm",
            Self::Encoder => "encoder",
            Self::IsnadFast => "isnad-fast",
            Self::Isnad => "isnad",
        }
    }

    /// Whether the system answers what a measure asks: all of them find names, whole readings find the rest, too.
    pub const fn answers(self, measure: Measure) -> bool {
        matches!(measure, Measure::Names(_)) || matches!(self, Self::IsnadFast | Self::Isnad)
    }

    /// Makes the system ready.
    ///
    /// # Errors
    /// If its model cannot be read.
    pub fn load(self) -> Result<Recogniser, Error> {
        Ok(Recogniser(match self {
            Self::SpacySm => Kind::Model(Box::new(Model::embedded()?)),
            Self::Encoder => Kind::Encoder(Analyser::rules().with_embedded_encoder()),
            Self::IsnadFast => Kind::Reader(Reader::embedded(Reading::Fast)),
            Self::Isnad => Kind::Reader(Reader::embedded(Reading::Accurate)),
        }))
    }
}

/// A system that is ready to read. One serves any number of threads.
#[derive(Debug)]
pub struct Recogniser(Kind);

#[derive(Debug)]
enum Kind {
    Model(Box<Model>),
    Encoder(Analyser<'static>),
    Reader(Reader<'static>),
}

/// What a system found in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// Names in order, none inside another.
    pub names: Vec<Name>,
    /// All the rest, of systems that find more than names.
    pub(super) whole: Option<Whole>,
}

/// What a whole reading found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Whole {
    pub annotations: Annotations,
    /// Where the places lie whose names the annotators marked.
    pub located: Vec<Option<Point>>,
}

impl Recogniser {
    /// The names in `text`, in order, none inside another.
    pub fn names(&self, text: &str) -> Vec<Name> {
        match &self.0 {
            Kind::Model(model) => outermost(entities(model, text)),
            Kind::Encoder(analyser) => outermost(tagged(analyser, text)),
            Kind::Reader(reader) => outermost(mentions(&reader.read(Document::from_text("text", text)))),
        }
    }

    /// Reads the text of a document; of what its annotators say only the names of places are told, for the question
    /// where they lie.
    pub fn read(&self, document: &GoldDocument) -> Findings {
        if document.pair.is_some() {
            return Findings { names: Vec::new(), whole: None };
        }
        let Kind::Reader(reader) = &self.0 else {
            return Findings { names: self.names(&document.text), whole: None };
        };
        let annotations = reader.read(document.document());
        let spans: Vec<Span> = document.toponyms.iter().flat_map(|toponym| toponym.spans.iter().copied()).collect();
        let mut places = reader.locate(&annotations, &spans).into_iter().map(|place| place?.point());
        let located = document.toponyms.iter().map(|toponym| {
            let readings: Vec<Option<Point>> = places.by_ref().take(toponym.spans.len()).collect();
            readings.into_iter().flatten().next()
        });
        let located = located.collect();
        Findings { names: outermost(mentions(&annotations)), whole: Some(Whole { annotations, located }) }
    }
}

/// Names of the language model; those of kinds that no set has are there without a kind.
fn entities(model: &Model, text: &str) -> Vec<(Span, Option<NameKind>)> {
    let parsed = model.analyse(text);
    let span = |first: usize, end: usize| Span::new(parsed.tokens[first].start, parsed.tokens[end - 1].end);
    let kind = |label: &str| match label {
        "PERSON" => Some(NameKind::Person),
        "ORG" => Some(NameKind::Organization),
        "GPE" | "LOC" => Some(NameKind::Location),
        "FAC" => Some(NameKind::Facility),
        _ => None,
    };
    parsed.entities.iter().map(|entity| (span(entity.first, entity.end), kind(entity.label))).collect()
}

/// Names of the encoder; those of kinds that no set has are there without a kind.
fn tagged(analyser: &Analyser<'_>, text: &str) -> Vec<(Span, Option<NameKind>)> {
    let names = analyser.analyse(text).tagging.map(|tagging| tagging.names).unwrap_or_default();
    names.into_iter().map(|name| (name.span, name.label.parse().ok().and_then(name_kind))).collect()
}

/// What a type of entities is to the sets, as far as they agree.
pub(super) fn name_kind(kind: EntityType) -> Option<NameKind> {
    match kind {
        EntityType::Person => Some(NameKind::Person),
        EntityType::Organization => Some(NameKind::Organization),
        EntityType::Facility => Some(NameKind::Facility),
        kind if kind.is_geographic() => Some(NameKind::Location),
        _ => None,
    }
}

/// Mentions by name of the full reading; those of types that no set has are there without a kind.
fn mentions(annotations: &Annotations) -> Vec<(Span, Option<NameKind>)> {
    let names = annotations.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
    names.map(|mention| (mention.span, name_kind(mention.kind))).collect()
}

/// Leaves out what lies inside another name: gold is flat, and "Ravenholm" in "University of Ravenholm"
/// is no name of its own there. Names that overlap without one holding the other stay, and cost
/// precision.
fn outermost(mut found: Vec<(Span, Option<NameKind>)>) -> Vec<Name> {
    found.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut farthest = 0;
    found.retain(|(span, _)| {
        let inside = span.end <= farthest;
        farthest = farthest.max(span.end);
        !inside
    });
    found.into_iter().filter_map(|(span, kind)| Some(Name { span, kind: kind? })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outermost_name_counts() {
        let span = Span::new;
        let (person, place) = (Some(NameKind::Person), Some(NameKind::Location));
        let found = vec![(span(4, 6), place), (span(0, 6), None), (span(8, 12), person), (span(10, 14), place)];
        let names =
            [Name { span: span(8, 12), kind: NameKind::Person }, Name { span: span(10, 14), kind: NameKind::Location }];
        assert_eq!(outermost(found), names);
    }

    #[test]
    fn every_system_reads() {
        for system in System::ALL {
            let names = system.load().expect("it loads").names("Ali Hassan was released in Aleppo on Monday.");
            let place = Name { span: Span::new(27, 33), kind: NameKind::Location };
            assert!(names.contains(&place), "{system:?}: {names:?}");
        }
    }
}
