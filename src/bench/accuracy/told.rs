//! Annotations made by hand, for tests.

use std::collections::BTreeMap;

use super::systems::Whole;
use super::{Findings, GoldDocument};
use crate::language::Analyser;
use crate::model::{
    Annotations, Argument, Basis, Document, Entity, EntityType, Event, Interval, Mention, MentionForm, Modality,
    Polarity, Reading, Span,
};

/// What a reader might have found in a text.
pub(super) struct Told(Annotations);

impl Told {
    pub fn new(text: &str) -> Self {
        let analysis = Analyser::embedded(Reading::Fast).analyse(text);
        Self(Annotations {
            document: Document::from_text("text", text),
            analysis,
            reading: None,
            mentions: Vec::new(),
            entities: Vec::new(),
            times: Vec::new(),
            events: Vec::new(),
            relations: Vec::new(),
            figures: Vec::new(),
            attributions: Vec::new(),
        })
    }

    /// Where words stand for the first time.
    pub fn span(&self, words: &str) -> Span {
        let start = self.0.document.text.find(words).expect("in the text");
        Span::new(start, start + words.len())
    }

    /// Somebody or something by name, where it is first named; its index.
    pub fn named(&mut self, words: &str, kind: EntityType) -> usize {
        self.entity(words, kind, MentionForm::Name)
    }

    /// Somebody or something by a description; its index.
    pub fn described(&mut self, words: &str, kind: EntityType) -> usize {
        self.entity(words, kind, MentionForm::Nominal)
    }

    fn entity(&mut self, words: &str, kind: EntityType, form: MentionForm) -> usize {
        let entity = self.0.entities.len();
        self.0.entities.push(Entity {
            kind,
            subtype: None,
            name: words.to_owned(),
            named: form == MentionForm::Name,
            aliases: Vec::new(),
            gazetteer: None,
            canonical: None,
            place: None,
            attributes: BTreeMap::new(),
        });
        self.0.mentions.push(Mention {
            span: self.span(words),
            kind,
            form,
            entity: Some(entity),
            head: None,
            number: None,
            gender: None,
            rule: String::new(),
            layers: Vec::new(),
            confidence: 1.0,
        });
        entity
    }

    /// When the text was published.
    pub fn published(&mut self, when: Interval) {
        self.0.document.published = Some(when);
    }

    /// What else is known of an entity.
    pub fn known(&mut self, entity: usize, change: impl FnOnce(&mut Entity)) {
        change(&mut self.0.entities[entity]);
    }

    /// Something that happened, with roles and entities.
    pub fn event(&mut self, kind: &str, trigger: &str, arguments: &[(&str, usize)]) -> &mut Event {
        let trigger = self.span(trigger);
        let arguments = arguments.iter().map(|(role, entity)| Argument {
            role: (*role).to_owned(),
            entity: *entity,
            mention: self.0.mentions.iter().position(|mention| mention.entity == Some(*entity)),
            confidence: 1.0,
            open: false,
            rule: String::new(),
        });
        let event = Event {
            kind: kind.to_owned(),
            class: None,
            trigger,
            evidence: trigger,
            polarity: Polarity::Positive,
            modality: Modality::Actual,
            time: None,
            duration: None,
            arguments: arguments.collect(),
            attribution: Vec::new(),
            same: None,
            rule: String::new(),
            confidence: 1.0,
        };
        self.0.events.push(event);
        self.0.events.last_mut().expect("one was put there")
    }

    pub fn annotations(self) -> Annotations {
        self.0
    }

    /// As what a system found.
    pub fn findings(self) -> Findings {
        Findings { names: Vec::new(), whole: Some(Whole { annotations: self.0, located: Vec::new() }) }
    }

    /// A gold document of the same text.
    pub fn gold(&self) -> GoldDocument {
        GoldDocument::new("one", self.0.document.text.as_str(), Vec::new())
    }
}

/// Words that say when something was, on one day.
pub(super) fn on(day: &str) -> Option<(Interval, Option<Span>)> {
    Some((Interval::day(day.parse().expect("a day"), Basis::Stated), Some(Span::new(0, 0))))
}
