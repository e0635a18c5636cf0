//! Relations between names: what the reader's own relations and events are in the terms of CoNLL04, and which of
//! them are right.
//!
//! A relation is right if its kind is, and if both names have the right words and types ("strict" as in Eberts and
//! Ulges, "Span-based Joint Entity and Relation Extraction with Transformer Pre-training", ECAI 2020).
//!
//! | reader | CoNLL04 |
//! | --- | --- |
//! | event `Killing` or `Execution`, from `agent` to `person`, both persons | Kill |
//! | `worksFor`, `memberOf`, `headOf` a person to an organisation | Work_For |
//! | the same from a person to a place; `residesIn`, `comesFrom`, `citizenOf`, `locatedIn` from a person to a place | Live_In |
//! | `locatedIn` from an organisation to a place | OrgBased_In |
//! | `locatedIn` from a place or facility to a place | Located_In |
//!
//! Everything else the reader knows has no counterpart. What is denied, only planned, averted or imagined is not
//! taken. The reader relates entities, annotators relate names: a name of the entity that stands nearest to
//! the words that say it is taken; an entity without a name has no relation here.

use std::collections::BTreeSet;

use super::systems::{Findings, name_kind};
use super::{Figures, GoldDocument, Marked, Mistake, MistakeKind, Name, NameKind, Score, Subject};
use crate::model::{Annotations, MentionForm, Modality, Polarity, Span};

/// The relations of CoNLL04.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RelationKind {
    /// A person kills a person.
    Kill,
    /// A person lives in or comes from a place.
    LiveIn,
    /// A place lies in another.
    LocatedIn,
    /// An organisation has its seat in a place.
    OrgBasedIn,
    /// A person works for an organisation.
    WorkFor,
}

impl RelationKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Kill, Self::LiveIn, Self::LocatedIn, Self::OrgBasedIn, Self::WorkFor];

    /// The name in the set and in results.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kill => "Kill",
            Self::LiveIn => "Live_In",
            Self::LocatedIn => "Located_In",
            Self::OrgBasedIn => "OrgBased_In",
            Self::WorkFor => "Work_For",
        }
    }

    /// What a relation of the reader's between names of these kinds is here.
    fn of(relation: &str, subject: NameKind, object: NameKind) -> Option<Self> {
        use NameKind::{Location, Organization, Person};
        match (relation, subject, object) {
            ("Killing" | "Execution", Person, Person) => Some(Self::Kill),
            ("worksFor" | "memberOf" | "headOf", Person, Organization) => Some(Self::WorkFor),
            (
                "worksFor" | "memberOf" | "headOf" | "residesIn" | "comesFrom" | "citizenOf" | "locatedIn",
                Person,
                Location,
            ) => Some(Self::LiveIn),
            ("locatedIn", Organization, Location) => Some(Self::OrgBasedIn),
            ("locatedIn", Location, Location) => Some(Self::LocatedIn),
            _ => None,
        }
    }
}

/// A relation between two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NamedRelation {
    pub kind: RelationKind,
    pub subject: Name,
    pub object: Name,
}

/// Counts relations of one kind, or of all; none if the system has no relations.
pub(super) fn figures(
    documents: &[GoldDocument],
    findings: &[Findings],
    kind: Option<RelationKind>,
) -> Option<Figures> {
    let mut score = Score::default();
    for (document, findings) in documents.iter().zip(findings) {
        let (mut gold, mut found) = sides(document, findings)?;
        let counts = |relation: &NamedRelation| kind.is_none_or(|kind| relation.kind == kind);
        gold.retain(counts);
        found.retain(counts);
        score.gold += gold.len();
        score.predicted += found.len();
        score.correct += gold.intersection(&found).count();
    }
    Some(Figures::Counts(score))
}

/// Relations that were missed, and those that annotators have not; a found relation between the same names of
/// another kind or the other way round is mistyped, one between names that share words is cut wrong.
pub(super) fn mistakes(documents: &[GoldDocument], findings: &[Findings]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (index, (document, findings)) in documents.iter().zip(findings).enumerate() {
        let Some((gold, found)) = sides(document, findings) else { continue };
        let marked = |relation: NamedRelation| {
            let span = relation.subject.span.cover(relation.object.span);
            Marked { span, label: relation.kind.as_str().to_owned() }
        };
        let mistake = |kind, gold: Option<NamedRelation>, found: Option<NamedRelation>| Mistake {
            document: index,
            subject: Subject::Relation,
            kind,
            gold: gold.map(marked),
            found: found.map(marked),
        };
        let mut unexplained: Vec<NamedRelation> = found.difference(&gold).copied().collect();
        for missed in gold.difference(&found) {
            let ends = |relation: &NamedRelation| (relation.subject.span, relation.object.span);
            let (subject, object) = ends(missed);
            let same = unexplained.iter().position(|other| {
                let other = ends(other);
                other == (subject, object) || other == (object, subject)
            });
            let near = || {
                let fits = |(one, two): (Span, Span)| one.overlaps(subject) && two.overlaps(object);
                unexplained.iter().position(|other| fits(ends(other)))
            };
            let (kind, at) = match same {
                Some(at) => (MistakeKind::Mistyped, Some(at)),
                None => near().map_or((MistakeKind::Missed, None), |at| (MistakeKind::Boundary, Some(at))),
            };
            let found = at.map(|at| unexplained.remove(at));
            mistakes.push(mistake(kind, Some(*missed), found));
        }
        mistakes.extend(unexplained.into_iter().map(|found| mistake(MistakeKind::Spurious, None, Some(found))));
    }
    mistakes
}

/// Gold and found relations of a document, both normalised.
fn sides(document: &GoldDocument, findings: &Findings) -> Option<(BTreeSet<NamedRelation>, BTreeSet<NamedRelation>)> {
    let annotations = &findings.whole.as_ref()?.annotations;
    let normal = |name: Name| {
        // The set's places include facilities.
        let kind = if name.kind == NameKind::Facility { NameKind::Location } else { name.kind };
        Some(Name { span: document.normalised(name.span)?, kind })
    };
    let gold = document.relations.iter().filter_map(|relation| {
        Some(NamedRelation { subject: normal(relation.subject)?, object: normal(relation.object)?, ..*relation })
    });
    let found = said(annotations).filter_map(|(relation, subject, object, words)| {
        let subject = normal(name_near(annotations, subject, words)?)?;
        let object = normal(name_near(annotations, object, words)?)?;
        Some(NamedRelation { kind: RelationKind::of(relation, subject.kind, object.kind)?, subject, object })
    });
    Some((gold.collect(), found.filter(|relation| relation.subject.span != relation.object.span).collect()))
}

/// What the reader takes for said: relation, both entities, and the words that say it.
fn said(annotations: &Annotations) -> impl Iterator<Item = (&str, usize, usize, Span)> {
    let holds = |polarity: Polarity, modality: Modality| {
        polarity == Polarity::Positive && matches!(modality, Modality::Actual | Modality::ReportedDoubtful)
    };
    let relations = annotations.relations.iter().filter(move |relation| holds(relation.polarity, relation.modality));
    let relations =
        relations.map(|relation| (relation.kind.as_str(), relation.subject, relation.object, relation.evidence));
    let events = annotations.events.iter().filter(move |event| holds(event.polarity, event.modality));
    let pairs = events.flat_map(|event| {
        let fillers = |role: &'static str| event.arguments.iter().filter(move |argument| argument.role == role);
        fillers("agent").flat_map(move |agent| {
            fillers("person").map(move |person| (event.kind.as_str(), agent.entity, person.entity, event.trigger))
        })
    });
    relations.chain(pairs)
}

/// The name of an entity that stands nearest to `words`, or among them.
fn name_near(annotations: &Annotations, entity: usize, words: Span) -> Option<Name> {
    let names = annotations
        .mentions
        .iter()
        .filter(|mention| mention.entity == Some(entity) && mention.form == MentionForm::Name);
    let distance = |span: Span| span.start.saturating_sub(words.end).max(words.start.saturating_sub(span.end));
    let nearest = names.min_by_key(|mention| (distance(mention.span), mention.span))?;
    Some(Name { span: nearest.span, kind: name_kind(nearest.kind)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::accuracy::System;

    const TEXT: &str = "Lina Omar, director of the Moon Institute, said Ali Hassan was killed by Sami Darwish.";

    fn name(words: &str, kind: NameKind) -> Name {
        let start = TEXT.find(words).expect("in the text");
        Name { span: Span::new(start, start + words.len()), kind }
    }

    fn gold() -> GoldDocument {
        let (person, organization) = (NameKind::Person, NameKind::Organization);
        let mut document = GoldDocument::new("one", TEXT, Vec::new());
        document.relations = vec![
            NamedRelation {
                kind: RelationKind::WorkFor,
                subject: name("Lina Omar", person),
                object: name("the Moon Institute", organization),
            },
            NamedRelation {
                kind: RelationKind::Kill,
                subject: name("Sami Darwish", person),
                object: name("Ali Hassan", person),
            },
        ];
        document
    }

    fn read(document: &GoldDocument) -> Vec<Findings> {
        vec![System::IsnadFast.load().expect("it loads").read(document)]
    }

    #[test]
    fn relations_and_events_are_told_in_the_terms_of_the_set() {
        let document = gold();
        let findings = read(&document);
        let documents = std::slice::from_ref(&document);
        let counts = |kind| figures(documents, &findings, kind);
        assert_eq!(counts(None), Some(Figures::Counts(Score { gold: 2, predicted: 2, correct: 2 })));
        let one = Some(Figures::Counts(Score { gold: 1, predicted: 1, correct: 1 }));
        assert_eq!(counts(Some(RelationKind::Kill)), one);
        assert_eq!(counts(Some(RelationKind::LiveIn)), Some(Figures::Counts(Score::default())));
        assert!(mistakes(documents, &findings).is_empty());
    }

    #[test]
    fn kind_direction_and_words_have_to_be_right() {
        let findings = read(&gold());
        let mut documents = [gold()];
        let killing = &mut documents[0].relations[1];
        std::mem::swap(&mut killing.subject, &mut killing.object);
        documents[0].relations[0].subject = name("Lina", NameKind::Person);
        let counts = figures(&documents, &findings, None);
        assert_eq!(counts, Some(Figures::Counts(Score { gold: 2, predicted: 2, correct: 0 })));
        let kinds: Vec<MistakeKind> = mistakes(&documents, &findings).iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [MistakeKind::Mistyped, MistakeKind::Boundary]);
        documents[0].relations.clear();
        let kinds: Vec<MistakeKind> = mistakes(&documents, &findings).iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [MistakeKind::Spurious; 2]);
    }

    #[test]
    fn types_decide_what_a_relation_is() {
        use NameKind::{Location, Organization, Person};
        for (relation, subject, object, kind) in [
            ("worksFor", Person, Location, Some(RelationKind::LiveIn)),
            ("locatedIn", Organization, Location, Some(RelationKind::OrgBasedIn)),
            ("locatedIn", Location, Location, Some(RelationKind::LocatedIn)),
            ("locatedIn", Location, Organization, None),
            ("relativeOf", Person, Person, None),
            ("Killing", Organization, Person, None),
            ("Release", Person, Person, None),
        ] {
            assert_eq!(RelationKind::of(relation, subject, object), kind, "{relation}");
        }
    }

    #[test]
    fn who_reads_no_relations_is_not_measured() {
        let document = gold();
        let findings = [System::SpacySm.load().expect("it loads").read(&document)];
        assert_eq!(figures(&[document], &findings, None), None);
    }
}
