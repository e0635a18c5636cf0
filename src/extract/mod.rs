//! Analysis → annotations: who and what a document speaks of, and what it says of them.
//!
//! One file per kind of finding; what they know comes from `data/` and `ontology/`. Names come from several
//! layers weighed against each other (`names/`): the language model, rules, gazetteer, the document. The
//! rest is rules: nouns, event frames and a shallow reading of each sentence.

mod assertion;
mod attributions;
mod clause;
mod coreference;
mod dating;
mod events;
mod facilities;
mod figures;
mod lexicon;
mod lines;
mod mentions;
mod names;
mod noise;
mod nouns;
mod people;
mod places;
mod relations;
mod subject;
mod syntax;
mod text;
mod time;

pub use events::{Frame, FrameError, Frames, Function, Role};
pub(crate) use lines::write_line_without_tokens;
pub use lines::{LineError, parse_line, write_line};
pub use names::{MarkedText, NameExample, name_examples};

use crate::gazetteer::Gazetteer;
use crate::language::Analyser;
use crate::model::{
    Analysis, Annotations, Document, EntityType, Figure, MentionForm, Modality, Place, Polarity, Reading, Relation,
    Span, Stance,
};
use coreference::Resolved;
use lexicon::Lexicon;
use text::Text;

/// Reads documents with one gazetteer, one set of frames and one language model.
///
/// ```
/// use isnad::{extract::Reader, model::Document};
/// let document = Document::from_text("note.txt", "Ali Hassan was released from Evin Prison on 3 May 2021.");
/// let found = Reader::default().read(document);
/// let release = &found.events[0];
/// assert_eq!(release.kind, "Release");
/// let names: Vec<&str> = release.arguments.iter().map(|a| found.entities[a.entity].name.as_str()).collect();
/// assert_eq!(names, ["Ali Hassan", "Evin Prison"]);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    gazetteer: &'a Gazetteer,
    frames: &'a Frames,
    analyser: Analyser<'a>,
}

impl Default for Reader<'static> {
    /// The one that comes with the program, reading accurately.
    fn default() -> Self {
        Self::embedded(Reading::Accurate)
    }
}

impl Reader<'static> {
    /// A reader with the gazetteer, frames and models that come with the program.
    pub fn embedded(reading: Reading) -> Self {
        Self::new(Gazetteer::embedded(), Frames::embedded(), Analyser::embedded(reading))
    }
}

impl<'a> Reader<'a> {
    /// A reader with tables of its own.
    pub fn new(gazetteer: &'a Gazetteer, frames: &'a Frames, analyser: Analyser<'a>) -> Self {
        Self { gazetteer, frames, analyser }
    }

    /// How it reads.
    pub fn reading(&self) -> Reading {
        self.analyser.reading()
    }

    /// Analyses the document and finds what it speaks of.
    pub fn read(&self, document: Document) -> Annotations {
        let analysis = self.analyser.analyse(&document.text);
        self.annotate(document, analysis)
    }

    /// Where the places lie whose names stand at `spans` of a document that was read, in the order of `spans`; none
    /// where the gazetteer has no such place. Between places of one name it chooses as a whole reading does, by what
    /// else the document names.
    ///
    /// ```
    /// use isnad::{extract::Reader, model::{Document, Span}};
    /// let reader = Reader::default();
    /// let read = reader.read(Document::from_text("note.txt", "They fled Tripoli. Libya is at war."));
    /// let place = &reader.locate(&read, &[Span::new(10, 17)])[0];
    /// assert_eq!(place.as_ref().and_then(|place| place.country.as_deref()), Some("LY"));
    /// ```
    pub fn locate(&self, read: &Annotations, spans: &[Span]) -> Vec<Option<Place>> {
        if spans.is_empty() {
            return Vec::new();
        }
        let text = Text::new(&read.document, &read.analysis);
        let found = names::find(&text, self.gazetteer, Lexicon::embedded());
        places::of_spans(&text, found, spans, self.gazetteer)
    }

    /// Finds what a document speaks of, given its analysis.
    pub fn annotate(&self, mut document: Document, analysis: Analysis) -> Annotations {
        let lexicon = Lexicon::embedded();
        let (resolved, times, events, relations, figures, attributions) = {
            let text = Text::new(&document, &analysis);
            let mut found = names::find(&text, self.gazetteer, lexicon);
            let described = mentions::find(&text, &found, self.gazetteer, self.frames, lexicon);
            found.extend(described);
            let mut resolved = coreference::resolve(&text, found, self.gazetteer, lexicon);
            let times = time::find(&text, &setting(&resolved));
            let mut events = events::find(&text, &resolved, &times, self.frames, lexicon);
            let mut relations = relations::find(&text, &mut resolved, lexicon);
            people::name_parts(&text, &mut resolved);
            let mut figures = figures::find(&text, &resolved, &times, &events, self.gazetteer, lexicon);
            let attributions = attributions::find(&text, &resolved, &figures, lexicon);
            let covering = attributions::Covering::new(&attributions);
            events.iter_mut().for_each(|event| event.attribution = covering.of(event.trigger));
            relations.iter_mut().for_each(|relation| relation.attribution = covering.of(relation.evidence));
            for figure in &mut figures {
                figure.attribution = covering.of(figure.span);
                let hedged = figure.attribution.iter().any(|&said| attributions[said].stance == Stance::Doubts);
                if hedged && figure.modality == Modality::Actual {
                    figure.modality = Modality::ReportedDoubtful;
                }
            }
            let claimants = |figure: &Figure| -> Vec<Option<usize>> {
                figure.attribution.iter().map(|&said| attributions[said].source).collect()
            };
            let figures = figures::unite(figures, &claimants);
            relations.extend(resolved.doubts.iter().map(possibly_same));
            relations.sort_by_key(|relation| relation.evidence);
            resolved.close_chains();
            (resolved, times, events, relations, figures, attributions)
        };
        if let (None, Some((interval, words))) = (document.published, time::inferred_publication(&times)) {
            (document.published, document.published_by) = (Some(interval), Some(words));
        }
        Annotations {
            document,
            reading: Some(analysis.reading()),
            analysis,
            mentions: resolved.mentions,
            entities: resolved.entities,
            times: times.into_iter().map(|mention| mention.time).collect(),
            events,
            relations,
            figures,
            attributions,
        }
    }
}

/// What the names of a document say for its times.
fn setting(resolved: &Resolved) -> time::Setting {
    let names = resolved.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
    let names = names.filter(|mention| !mention.kind.is_geographic() && mention.kind != EntityType::NamedEvent);
    let latitudes = || resolved.entities.iter().filter_map(|entity| entity.place.as_ref()?.latitude);
    time::Setting {
        names: names.map(|mention| mention.span).collect(),
        southern: latitudes().filter(|latitude| *latitude < 0.0).count() * 2 > latitudes().count(),
    }
}

/// A doubt whether two entities are one, as a relation: told, and never a merge.
fn possibly_same(doubt: &coreference::Doubt) -> Relation {
    Relation {
        kind: "possiblySameAs".to_owned(),
        subject: doubt.entity,
        object: doubt.other,
        evidence: doubt.evidence,
        polarity: Polarity::Positive,
        modality: Modality::Hypothetical,
        attribution: Vec::new(),
        rule: "coreference:undecided".to_owned(),
        confidence: doubt.confidence,
    }
}

#[cfg(test)]
mod tests;
