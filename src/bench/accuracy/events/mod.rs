//! Events: the words that name them, their types, and who and what takes part.
//!
//! An event is found where words that name one of the reader's share a character with the annotators' trigger;
//! each is paired once, with one of the right kind if there is one. Its type is right if the table of the set
//! (`data/bench`) has the kind for it. Annotators mark what is denied, planned or imagined like anything else, and
//! so it counts here.
//!
//! Arguments are scored end to end. One is right if its event is paired with one of the right type, if the table has
//! the role for the annotators', and if the head words of both mentions are one ("Head-F1" of Li, Ji and Han,
//! "Document-Level Event Argument Extraction by Conditional Generation", NAACL 2021); where coreference counts, any
//! mention that annotators have of the same entity will do ("Coref-F1" there). Each gold argument is matched once.
//! Arguments in roles that no table has, such as dates, are left out.
//!
//! Every measure is taken twice: over all that annotators have, and over the types that the reader has a kind for
//! ("known types"), when its events of other kinds are left out, too. Where annotators marked one event of a
//! text only, what else the reader finds is neither right nor wrong: triggers have a recall alone, and arguments of
//! other events do not count.

mod ontologies;
#[cfg(test)]
mod tests;

use super::heads::head;
use super::systems::Findings;
use super::{Figures, GoldDocument, Marked, Mistake, MistakeKind, Score, Subject};
use crate::model::{Analysis, Annotations, Argument, Event, Span};
pub(super) use ontologies::Ontology;
use ontologies::Table;

/// Which events count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Types {
    /// All that annotators marked.
    All,
    /// Those of types that the reader has a kind of events for.
    Known,
}

/// What is measured on events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventMeasure {
    /// The words that name an event.
    Triggers(Types),
    /// These with the type of the event.
    Classes(Types),
    /// Who takes part, by the head word of the mention that annotators marked.
    Arguments(Types),
    /// Who takes part, by the head word of any mention of it.
    CoreferentArguments(Types),
}

impl EventMeasure {
    /// The name used in results.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Triggers(Types::All) => "triggers",
            Self::Triggers(Types::Known) => "triggers, known types",
            Self::Classes(Types::All) => "event types",
            Self::Classes(Types::Known) => "event types, known types",
            Self::Arguments(Types::All) => "arguments",
            Self::Arguments(Types::Known) => "arguments, known types",
            Self::CoreferentArguments(Types::All) => "coreferent arguments",
            Self::CoreferentArguments(Types::Known) => "coreferent arguments, known types",
        }
    }

    const fn types(self) -> Types {
        match self {
            Self::Triggers(types)
            | Self::Classes(types)
            | Self::Arguments(types)
            | Self::CoreferentArguments(types) => types,
        }
    }
}

/// The events that annotators marked in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GoldEvents {
    pub ontology: Ontology,
    pub events: Vec<GoldEvent>,
    /// Whether every event of the text is marked.
    pub exhaustive: bool,
}

/// An event that annotators marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GoldEvent {
    /// Its type in their ontology.
    pub kind: String,
    pub trigger: Span,
    pub arguments: Vec<GoldArgument>,
}

/// A filler of a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GoldArgument {
    pub role: String,
    pub mention: Span,
    /// All mentions of the same entity, itself among them.
    pub same: Vec<Span>,
}

/// What a measure comes to; none if no document has events or the system reads none.
pub(super) fn figures(documents: &[GoldDocument], findings: &[Findings], measure: EventMeasure) -> Option<Figures> {
    let mut score = Score::default();
    let mut exhaustive = None;
    for (document, findings) in documents.iter().zip(findings) {
        let Some(gold) = &document.events else { continue };
        let sides = Sides::new(document, gold, &findings.whole.as_ref()?.annotations, measure.types());
        exhaustive = Some(gold.exhaustive);
        let counted = match measure {
            EventMeasure::Triggers(_) => sides.events(|_, _| true),
            EventMeasure::Classes(_) => sides.events(|gold, found| sides.is_kind(gold, found)),
            EventMeasure::Arguments(_) => sides.arguments(false),
            EventMeasure::CoreferentArguments(_) => sides.arguments(true),
        };
        score.gold += counted.gold;
        score.predicted += counted.predicted;
        score.correct += counted.correct;
    }
    let of_events = matches!(measure, EventMeasure::Triggers(_) | EventMeasure::Classes(_));
    Some(match exhaustive? {
        false if of_events => Figures::Accuracy { gold: score.gold, correct: score.correct },
        _ => Figures::Counts(score),
    })
}

/// Events of known types that were missed, mistyped or are not there, and their arguments.
pub(super) fn mistakes(documents: &[GoldDocument], findings: &[Findings]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (index, (document, findings)) in documents.iter().zip(findings).enumerate() {
        let (Some(gold), Some(whole)) = (&document.events, &findings.whole) else { continue };
        let sides = Sides::new(document, gold, &whole.annotations, Types::Known);
        let mistake = |(subject, kind, gold, found)| Mistake { document: index, subject, kind, gold, found };
        mistakes.extend(sides.event_mistakes().into_iter().chain(sides.argument_mistakes()).map(mistake));
    }
    mistakes
}

/// What is wrong, without its document.
type Wrong = (Subject, MistakeKind, Option<Marked>, Option<Marked>);

/// The events of a document that count.
struct Sides<'a> {
    document: &'a GoldDocument,
    annotations: &'a Annotations,
    table: &'static Table,
    exhaustive: bool,
    gold: Vec<&'a GoldEvent>,
    found: Vec<&'a Event>,
    /// Gold → found.
    pairs: Vec<Option<usize>>,
}

impl<'a> Sides<'a> {
    fn new(document: &'a GoldDocument, gold: &'a GoldEvents, annotations: &'a Annotations, types: Types) -> Self {
        let table = gold.ontology.table();
        let counts = |known: bool| types == Types::All || known;
        let events: Vec<&GoldEvent> = gold.events.iter().filter(|event| counts(table.has(&event.kind))).collect();
        let found = annotations.events.iter().filter(|event| counts(table.uses_kind(&event.kind))).collect();
        let pairs = vec![None; events.len()];
        let mut sides = Self { document, annotations, table, exhaustive: gold.exhaustive, gold: events, found, pairs };
        sides.pair(|sides, gold, found| sides.is_kind(gold, found));
        sides.pair(|_, _, _| true);
        if !sides.exhaustive {
            let paired = |at: &usize| sides.pairs.contains(&Some(*at));
            let kept: Vec<usize> = (0..sides.found.len()).filter(paired).collect();
            sides.pairs.iter_mut().for_each(|pair| *pair = pair.and_then(|at| kept.binary_search(&at).ok()));
            sides.found = kept.into_iter().map(|at| sides.found[at]).collect();
        }
        sides
    }

    /// Pairs what is not paired yet and fits.
    fn pair(&mut self, fits: impl Fn(&Self, usize, usize) -> bool) {
        for gold in 0..self.gold.len() {
            if self.pairs[gold].is_none() {
                let here = |&found: &usize| self.found[found].trigger.overlaps(self.gold[gold].trigger);
                let mut free = (0..self.found.len()).filter(|found| !self.pairs.contains(&Some(*found)));
                self.pairs[gold] = free.find(|found| here(found) && fits(self, gold, *found));
            }
        }
    }

    fn is_kind(&self, gold: usize, found: usize) -> bool {
        self.table.is_kind(&self.gold[gold].kind, &self.found[found].kind)
    }

    fn events(&self, right: impl Fn(usize, usize) -> bool) -> Score {
        let pairs = self.pairs.iter().enumerate().filter_map(|(gold, found)| Some((gold, (*found)?)));
        let correct = pairs.filter(|(gold, found)| right(*gold, *found)).count();
        Score { gold: self.gold.len(), predicted: self.found.len(), correct }
    }

    /// The arguments of a found event that count.
    fn arguments_of(&self, found: usize) -> impl Iterator<Item = &'a Argument> {
        self.found[found].arguments.iter().filter(|argument| self.table.uses_role(&argument.role))
    }

    fn arguments(&self, coreference: bool) -> Score {
        let gold = self.gold.iter().map(|event| event.arguments.len()).sum();
        let predicted = (0..self.found.len()).map(|found| self.arguments_of(found).count()).sum();
        let correct = (0..self.gold.len()).map(|gold| self.matches(gold, coreference).iter().flatten().count()).sum();
        Score { gold, predicted, correct }
    }

    /// For every argument of a gold event the one of those that [`Self::arguments_of`] its pair that matches it.
    fn matches(&self, gold: usize, coreference: bool) -> Vec<Option<usize>> {
        let event = self.gold[gold];
        let mut matches = vec![None; event.arguments.len()];
        let Some(found) = self.pairs[gold].filter(|found| self.is_kind(gold, *found)) else { return matches };
        for (number, argument) in self.arguments_of(found).enumerate() {
            let right = |wanted: &GoldArgument| {
                self.table.is_role(&wanted.role, &argument.role) && self.is_head(wanted, argument, coreference)
            };
            let mut free = (0..matches.len()).filter(|at| matches[*at].is_none());
            if let Some(at) = free.find(|at| right(&event.arguments[*at])) {
                matches[at] = Some(number);
            }
        }
        matches
    }

    /// Whether the head words of both are one.
    fn is_head(&self, gold: &GoldArgument, found: &Argument, coreference: bool) -> bool {
        let Some(found) = self.head_of(found) else { return false };
        let one = std::slice::from_ref(&gold.mention);
        let mentions = if coreference { gold.same.as_slice() } else { one };
        let heads = mentions.iter().filter_map(|mention| self.document.normalised(*mention));
        heads.map(|mention| head(self.analysis(), mention)).any(|head| head.overlaps(found))
    }

    /// The head word of the mention that fills a role.
    fn head_of(&self, argument: &Argument) -> Option<Span> {
        let mention = &self.annotations.mentions[argument.mention?];
        mention.head.or_else(|| Some(head(self.analysis(), self.document.normalised(mention.span)?)))
    }

    const fn analysis(&self) -> &'a Analysis {
        &self.annotations.analysis
    }

    fn event_mistakes(&self) -> Vec<Wrong> {
        let wanted = |gold: usize| Marked { span: self.gold[gold].trigger, label: self.gold[gold].kind.clone() };
        let told = |found: usize| Marked { span: self.found[found].trigger, label: self.found[found].kind.clone() };
        let mut wrong = Vec::new();
        for (gold, pair) in self.pairs.iter().enumerate() {
            match *pair {
                None => wrong.push((Subject::Event, MistakeKind::Missed, Some(wanted(gold)), None)),
                Some(found) if !self.is_kind(gold, found) => {
                    wrong.push((Subject::Event, MistakeKind::Mistyped, Some(wanted(gold)), Some(told(found))));
                }
                Some(_) => {}
            }
        }
        let spurious = (0..self.found.len()).filter(|found| !self.pairs.contains(&Some(*found)));
        wrong.extend(spurious.map(|found| (Subject::Event, MistakeKind::Spurious, None, Some(told(found)))));
        wrong
    }

    /// Of events that were found as such; coreference counts.
    fn argument_mistakes(&self) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        for (gold, event) in self.gold.iter().enumerate() {
            let Some(found) = self.pairs[gold].filter(|found| self.is_kind(gold, *found)) else { continue };
            let matches = self.matches(gold, true);
            let arguments: Vec<&Argument> = self.arguments_of(found).collect();
            let told = |argument: &Argument| {
                let mention = argument.mention.map(|mention| self.annotations.mentions[mention].span);
                let label = format!("{}/{}", self.found[found].kind, argument.role);
                mention.map(|span| Marked { span, label })
            };
            let mut unexplained: Vec<&Argument> = (0..arguments.len())
                .filter(|number| !matches.contains(&Some(*number)))
                .map(|number| arguments[number])
                .collect();
            for (argument, _) in event.arguments.iter().zip(&matches).filter(|(_, found)| found.is_none()) {
                let same = unexplained.iter().position(|other| self.is_head(argument, other, true));
                let kind = same.map_or(MistakeKind::Missed, |_| MistakeKind::Mistyped);
                let other = same.and_then(|at| told(unexplained.remove(at)));
                let label = format!("{}/{}", event.kind, argument.role);
                wrong.push((Subject::Argument, kind, Some(Marked { span: argument.mention, label }), other));
            }
            let spurious = unexplained.into_iter().filter_map(told);
            wrong.extend(spurious.map(|found| (Subject::Argument, MistakeKind::Spurious, None, Some(found))));
        }
        wrong
    }
}
