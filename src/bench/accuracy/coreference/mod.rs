//! Coreference: which mentions mean the same entity or event, within a document or across those of a set.
//!
//! The mentions are those that the reader found, by name, description and pronoun, as far as they have an
//! entity; the mentions of one entity are a cluster. Across documents those are one that linking takes for one in a graph
//! of all of them ([`crate::link`]). Mentions of an event are the words that name it; accounts of one happening are one
//! across documents. Spans are normalised as those of names are; where two
//! mentions come down to the same words the first of name, description and pronoun counts.
//!
//! Gold mentions are those of the clusters that annotators made, of whatever type. Where they left out
//! mentions that stand alone, clusters of one are left out on the reader's side, too.

mod assignment;
mod found;
mod metrics;

use std::collections::{BTreeMap, BTreeSet};

use super::systems::Findings;
use super::{Figures, GoldDocument, Marked, Mistake, MistakeKind, Subject};
use crate::model::Span;
use metrics::{Clusters, Tally};

/// What mentions mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Referents {
    /// Who, where and what.
    Entities,
    /// What happened.
    Events,
}

/// Over which texts mentions are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Within each document.
    Within,
    /// Across all documents of the set.
    Across,
}

impl Scope {
    /// The name used in results.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Within => "within",
            Self::Across => "across",
        }
    }
}

/// How clusters are held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// The mentions alone.
    Mentions,
    /// Links between mentions (MUC).
    Muc,
    /// The clusters of each mention (B³).
    BCubed,
    /// Whole clusters (CEAF with φ₄).
    CeafE,
    /// The mean F1 of MUC, B³ and CEAF-e.
    Conll,
}

impl Metric {
    /// The name used in results.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mentions => "mentions",
            Self::Muc => "MUC",
            Self::BCubed => "B³",
            Self::CeafE => "CEAF-e",
            Self::Conll => "CoNLL",
        }
    }
}

/// A mention: the index of its document, and where it stands.
type Place = (usize, Span);

/// What annotators say of coreference in a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct GoldClusters {
    /// The mentions of every entity under its name. Across documents the same name is the same entity.
    pub clusters: Vec<(String, Vec<Span>)>,
    /// The parts of the text that were annotated; none: all of it.
    pub annotated: Option<Vec<Span>>,
    /// Whether mentions that stand alone are marked, too.
    pub singletons: bool,
    /// Whether of a description its head alone is marked ("pilot" of "a young pilot"); then those of the reader are
    /// compared by their heads, too.
    pub heads: bool,
}

/// Scores the documents in which annotators made clusters; none if there is no such document, or the system
/// makes no clusters.
pub(super) fn figures(
    documents: &[GoldDocument],
    findings: &[Findings],
    of: Referents,
    scope: Scope,
    metric: Metric,
) -> Option<Figures> {
    let compared = compared(documents, findings, of, scope)?;
    let count =
        |side: fn(&(Clusters, Clusters)) -> &Clusters| compared.iter().flat_map(side).map(BTreeSet::len).sum::<usize>();
    let (gold, predicted) = (count(|(gold, _)| gold), count(|(_, found)| found));
    let total = |metric: fn(&Clusters, &Clusters) -> Tally| {
        let mut tally = Tally::default();
        compared.iter().for_each(|(gold, found)| tally += metric(gold, found));
        tally
    };
    let tally = match metric {
        Metric::Mentions => total(metrics::mentions),
        Metric::Muc => total(metrics::muc),
        Metric::BCubed => total(metrics::b_cubed),
        Metric::CeafE => total(metrics::ceaf_e),
        Metric::Conll => {
            let f1 = [metrics::muc, metrics::b_cubed, metrics::ceaf_e].map(|metric| total(metric).f1());
            return Some(Figures::Mean { gold, predicted, f1: f1.iter().sum::<f64>() / f1.len() as f64 });
        }
    };
    Some(Figures::Shares { gold, predicted, precision: tally.precision(), recall: tally.recall() })
}

/// Mentions that were missed or cut otherwise, and those that annotators have not; what was found is labelled with
/// its form. Mentions that stand alone are among them, even where annotators left those out.
pub(super) fn mistakes(documents: &[GoldDocument], findings: &[Findings]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let found = found::found(documents, findings, Referents::Entities);
    for (index, (document, found)) in documents.iter().zip(found).enumerate() {
        let (Some(gold), Some(found)) = (found::gold(document, Referents::Entities), found) else { continue };
        let gold: BTreeSet<Span> = gold.into_keys().collect();
        let mistake = |kind, gold: Option<Marked>, found: Option<Marked>| Mistake {
            document: index,
            subject: Subject::Mention,
            kind,
            gold,
            found,
        };
        for span in gold.iter().filter(|span| !found.iter().any(|(known, _)| known == *span)) {
            let near = found.iter().find(|(known, _)| known.overlaps(*span) && !gold.contains(known));
            let kind = near.map_or(MistakeKind::Missed, |_| MistakeKind::Boundary);
            let near = near.map(|(span, mention)| Marked { span: *span, label: mention.form.clone() });
            mistakes.push(mistake(kind, Some(Marked { span: *span, label: "mention".to_owned() }), near));
        }
        for (span, mention) in &found {
            if gold.iter().any(|known| known.overlaps(*span)) {
                continue;
            }
            let found = Marked { span: *span, label: mention.form.clone() };
            mistakes.push(mistake(MistakeKind::Spurious, None, Some(found)));
        }
    }
    mistakes
}

/// Gold and found clusters of every document, or of all together.
fn compared(
    documents: &[GoldDocument],
    findings: &[Findings],
    of: Referents,
    scope: Scope,
) -> Option<Vec<(Clusters, Clusters)>> {
    let mut compared = Vec::new();
    // Name or IRI of an entity → its mentions, for all documents so far.
    let (mut all_gold, mut all_found) = (BTreeMap::new(), BTreeMap::new());
    let mut singletons = true;
    for (index, (document, found)) in documents.iter().zip(found::found(documents, findings, of)).enumerate() {
        let (Some(gold), Some(found)) = (found::gold(document, of), found) else { continue };
        singletons = document.referents(of).is_some_and(|clusters| clusters.singletons);
        for (span, name) in gold {
            all_gold.entry(name).or_insert_with(BTreeSet::new).insert((index, span));
        }
        for (span, mention) in found {
            let name = match scope {
                Scope::Within => mention.within,
                Scope::Across => mention.across,
            };
            all_found.entry(name).or_insert_with(BTreeSet::new).insert((index, span));
        }
        if scope == Scope::Within {
            compared.push((taken(&mut all_gold, true), taken(&mut all_found, singletons)));
        }
    }
    if !all_gold.is_empty() {
        compared.push((taken(&mut all_gold, true), taken(&mut all_found, singletons)));
    }
    (!compared.is_empty()).then_some(compared)
}

fn taken(clusters: &mut BTreeMap<String, BTreeSet<Place>>, singletons: bool) -> Clusters {
    std::mem::take(clusters).into_values().filter(|cluster| singletons || cluster.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::accuracy::System;

    /// A text in which letters in brackets, "[a Ali Hassan]", name the entity of the words after them.
    fn document(marked: &str, singletons: bool) -> GoldDocument {
        let mut text = String::new();
        let mut clusters: BTreeMap<String, Vec<Span>> = BTreeMap::new();
        for part in marked.split('[') {
            let Some((inside, rest)) = part.split_once(']') else {
                text.push_str(part);
                continue;
            };
            let (name, words) = inside.split_once(' ').expect("a name and words");
            let start = text.len();
            text.push_str(words);
            clusters.entry(name.to_owned()).or_default().push(Span::new(start, text.len()));
            text.push_str(rest);
        }
        let mut document = GoldDocument::new("one", text, Vec::new());
        let clusters = clusters.into_iter().collect();
        document.clusters = Some(GoldClusters { clusters, annotated: None, singletons, heads: false });
        document
    }

    fn read(documents: &[GoldDocument]) -> Vec<Findings> {
        let reader = System::IsnadFast.load().expect("it loads");
        documents.iter().map(|document| reader.read(document)).collect()
    }

    #[test]
    fn clusters_are_entities() {
        let documents = [document("[a Ali Hassan] was arrested in [b Aleppo]. [a Hassan] left [b Aleppo].", false)];
        let findings = read(&documents);
        let shares = |metric| figures(&documents, &findings, Referents::Entities, Scope::Within, metric);
        let right = Some(Figures::Shares { gold: 4, predicted: 4, precision: 1.0, recall: 1.0 });
        assert_eq!((shares(Metric::Mentions), shares(Metric::Muc), shares(Metric::CeafE)), (right, right, right));
        assert_eq!(shares(Metric::Conll), Some(Figures::Mean { gold: 4, predicted: 4, f1: 1.0 }));
        assert!(mistakes(&documents, &findings).is_empty());
    }

    #[test]
    fn who_stands_alone_counts_where_annotators_mark_it() {
        let marked = "[a Ali Hassan] was arrested in Homs. [a Hassan] left Aleppo.";
        for (singletons, expected) in [(false, 2), (true, 4)] {
            let documents = [document(marked, singletons)];
            let found = figures(&documents, &read(&documents), Referents::Entities, Scope::Within, Metric::Mentions)
                .expect("clusters");
            assert_eq!((found.gold(), found.predicted()), (2, Some(expected)));
        }
    }

    #[test]
    fn across_documents_the_iri_decides() {
        let documents =
            [document("[a Ragheed al-Tatari] was freed.", true), document("They held [a Raghid Tatary].", true)];
        let findings = read(&documents);
        let muc = |scope| {
            figures(&documents, &findings, Referents::Entities, scope, Metric::Muc).and_then(|figures| figures.recall())
        };
        assert_eq!((muc(Scope::Within), muc(Scope::Across)), (Some(0.0), Some(1.0)));
    }

    #[test]
    fn what_was_not_annotated_is_not_counted() {
        let mut documents = [document("[a Ali Hassan] was arrested. Omar Saleh left Aleppo.", true)];
        if let Some(clusters) = &mut documents[0].clusters {
            clusters.annotated = Some(vec![Span::new(0, 24)]);
        }
        let found = figures(&documents, &read(&documents), Referents::Entities, Scope::Within, Metric::Mentions)
            .expect("clusters");
        assert_eq!((found.gold(), found.predicted()), (1, Some(1)));
        let unmarked = [GoldDocument::new("one", "Ali Hassan was arrested.", Vec::new())];
        assert_eq!(figures(&unmarked, &read(&unmarked), Referents::Entities, Scope::Within, Metric::Muc), None);
    }
}
