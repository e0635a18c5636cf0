//! Templates of incidents, as in the Message Understanding Conferences: what happened, who did it to whom, and with what.
//!
//! Scored as by Du, Rush and Cardie ("Template Filling with Generative Transformers", NAACL 2021), whose program
//! (`eval.py` of their release) is followed in every respect: the templates found in a document are
//! aligned with the gold ones so that the document's micro-F1 is highest, each with one at most and only with one of
//! the same type of incident (of one of its types, where annators leave two open). A filler that was found is right if
//! all of its mentions are among those of a gold filler, compared in small letters and without
//! punctuation and articles; a gold filler is found if some filler matches it. The type of an incident counts as
//! a filler. What is not aligned is spurious or missing with all of its fillers.
//!
//! How templates come of what a reader found is said in `incidents`, in which words in `fillers`.

mod alignment;
mod fillers;
mod incidents;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::systems::Findings;
use super::{Figures, GoldDocument, Marked, Mistake, MistakeKind, Subject};
use crate::model::Span;
use alignment::{Alignment, Tally};

/// What a template says of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Slot {
    /// The type of the incident.
    #[serde(skip)]
    Incident,
    /// People who did it.
    #[serde(rename = "PerpInd")]
    Perpetrator,
    /// Organisations that did it.
    #[serde(rename = "PerpOrg")]
    PerpetratorOrganization,
    /// Things attacked.
    Target,
    /// People attacked, by name.
    Victim,
    /// What it was done with.
    Weapon,
}

impl Slot {
    /// Every slot.
    pub const ALL: [Self; 6] =
        [Self::Incident, Self::Perpetrator, Self::PerpetratorOrganization, Self::Target, Self::Victim, Self::Weapon];

    /// The name in the set and in results.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Incident => "incident type",
            Self::Perpetrator => "PerpInd",
            Self::PerpetratorOrganization => "PerpOrg",
            Self::Target => "Target",
            Self::Victim => "Victim",
            Self::Weapon => "Weapon",
        }
    }
}

/// An incident.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Template {
    /// Its type; where annotators leave two open, both with a stroke between.
    pub incident: String,
    /// Fillers of the other slots.
    pub slots: BTreeMap<Slot, Vec<Filler>>,
}

/// The mentions of an entity.
pub(super) type Filler = Vec<Words>;

/// A mention by its words, and where they stand, if that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub words: String,
    pub span: Option<Span>,
}

impl Template {
    /// The fillers of a slot.
    fn fillers(&self, slot: Slot) -> &[Filler] {
        self.slots.get(&slot).map_or(&[], Vec::as_slice)
    }

    /// Whether both have the same type and words.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let words = |template: &Self| -> Vec<Vec<Vec<String>>> {
            let filler = |filler: &Filler| filler.iter().map(|mention| mention.words.clone()).collect();
            Slot::ALL.iter().map(|slot| template.fillers(*slot).iter().map(filler).collect()).collect()
        };
        self.incident == other.incident && words(self) == words(other)
    }
}

/// What a slot comes to over all documents, or all slots together; none if no document has templates or the system
/// reads no events.
pub(super) fn figures(documents: &[GoldDocument], findings: &[Findings], slot: Option<Slot>) -> Option<Figures> {
    let mut total = Tally::default();
    let mut measured = false;
    for (document, findings) in documents.iter().zip(findings) {
        let Some(gold) = &document.templates else { continue };
        measured = true;
        let found = incidents::templates(&findings.whole.as_ref()?.annotations);
        let alignment = Alignment::best(gold, &found);
        total.add(&alignment.tally(slot));
    }
    measured.then(|| total.figures())
}

/// Types of incidents and fillers that were missed or are not there, under the best alignment.
pub(super) fn mistakes(documents: &[GoldDocument], findings: &[Findings]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (index, (document, findings)) in documents.iter().zip(findings).enumerate() {
        let (Some(gold), Some(whole)) = (&document.templates, &findings.whole) else { continue };
        let found = incidents::templates(&whole.annotations);
        let mut wrong = |missed: bool, template: &Template, slot: Slot, filler: Option<&Filler>| {
            let label = format!("{}/{}", template.incident, slot.as_str());
            let span = filler.and_then(|filler| filler.iter().find_map(|mention| mention.span));
            // What stands nowhere is shown at the beginning.
            let marked = Some(Marked { span: span.unwrap_or(Span::new(0, 0)), label });
            let (kind, gold, found) =
                if missed { (MistakeKind::Missed, marked, None) } else { (MistakeKind::Spurious, None, marked) };
            mistakes.push(Mistake { document: index, subject: Subject::Filler, kind, gold, found });
        };
        let alignment = Alignment::best(gold, &found);
        let (missed, spurious) = alignment.mistakes();
        missed.into_iter().for_each(|(template, slot, filler)| wrong(true, template, slot, filler));
        spurious.into_iter().for_each(|(template, slot, filler)| wrong(false, template, slot, filler));
    }
    mistakes
}
