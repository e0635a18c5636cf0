//! The mentions of both sides, and what each of them means.

use std::collections::{BTreeMap, HashMap};

use super::super::systems::Findings;
use super::{GoldClusters, GoldDocument, Referents};
use crate::claims::linked_graph;
use crate::link::happenings::{self, EventRecord, happenings};
use crate::link::{Decisions, DocumentRecords, link, records, resolve};
use crate::model::{Annotations, Span};

/// A mention that a reader found.
pub(super) struct Found {
    /// How it names what it means: a name, a description or a pronoun; the kind of an event.
    pub form: String,
    /// What it means in its document.
    pub within: String,
    /// What it means across documents.
    pub across: String,
}

impl GoldDocument {
    pub(super) fn referents(&self, of: Referents) -> Option<&GoldClusters> {
        match of {
            Referents::Entities => self.clusters.as_ref(),
            Referents::Events => self.happenings.as_ref(),
        }
    }
}

/// Where the annotators' mentions stand, each in one cluster.
pub(super) fn gold(document: &GoldDocument, of: Referents) -> Option<BTreeMap<Span, String>> {
    let mut mentions = BTreeMap::new();
    for (name, spans) in &document.referents(of)?.clusters {
        for span in spans.iter().filter_map(|span| document.normalised(*span)) {
            mentions.entry(span).or_insert_with(|| name.clone());
        }
    }
    Some(mentions)
}

/// Where the reader's mentions stand, in the parts that were annotated, in every document; none for those without gold.
pub(super) fn found(
    documents: &[GoldDocument],
    findings: &[Findings],
    of: Referents,
) -> Vec<Option<BTreeMap<Span, Found>>> {
    let annotations: Vec<Option<&Annotations>> = documents
        .iter()
        .zip(findings)
        .map(|(document, findings)| {
            Some(&findings.whole.as_ref().filter(|_| document.referents(of).is_some())?.annotations)
        })
        .collect();
    let linked = Linked::new(&annotations);
    let of_document = |(index, document): (usize, &GoldDocument)| {
        let annotations = annotations[index]?;
        let gold = document.referents(of)?;
        let mut mentions: BTreeMap<Span, Found> = BTreeMap::new();
        let mut add = |span: Span, form: String, within: String, across: String| {
            let inside = |part: &Span| part.contains(span);
            if gold.annotated.as_deref().is_none_or(|parts| parts.iter().any(inside)) {
                mentions.entry(span).or_insert(Found { form, within, across });
            }
        };
        match of {
            Referents::Entities => {
                // The first of name, description and pronoun counts.
                let mut sorted: Vec<_> = annotations.mentions.iter().collect();
                sorted.sort_by_key(|mention| mention.form);
                for mention in sorted {
                    let marked = mention.head.filter(|_| gold.heads).unwrap_or(mention.span);
                    if let (Some(entity), Some(span)) = (mention.entity, document.normalised(marked)) {
                        let across = linked.entities[index][entity].clone();
                        add(span, mention.form.to_string(), entity.to_string(), across);
                    }
                }
            }
            Referents::Events => {
                for (number, event) in annotations.events.iter().enumerate() {
                    if let Some(span) = document.normalised(event.trigger) {
                        let node = &linked.nodes[index][number];
                        let across = linked.happenings.get(node).unwrap_or(node).clone();
                        add(span, event.kind.clone(), node.clone(), across);
                    }
                }
            }
        }
        Some(mentions)
    };
    documents.iter().enumerate().map(of_document).collect()
}

/// Everything linked, as a build of all documents does it.
struct Linked {
    /// IRIs in the graph of the entities of every document.
    entities: Vec<Vec<String>>,
    /// IRIs of the events of every document.
    nodes: Vec<Vec<String>>,
    /// IRI of an event → of the happening that it and others are accounts of.
    happenings: HashMap<String, String>,
}

impl Linked {
    fn new(annotations: &[Option<&Annotations>]) -> Self {
        let links: Vec<_> = annotations.iter().map(|found| found.map(link).unwrap_or_default()).collect();
        let mut all: Vec<DocumentRecords> = Vec::new();
        let mut nodes: Vec<Vec<String>> = Vec::new();
        let mut events: Vec<Vec<EventRecord>> = Vec::new();
        for (found, links) in annotations.iter().zip(&links) {
            let id = found.map(|found| found.document.id.as_str().to_owned()).unwrap_or_default();
            let records = found.map(|found| records(found, links)).unwrap_or_default();
            all.push(DocumentRecords { document: id, records });
            let own = found.map(|found| linked_graph(found, links).1).unwrap_or_default();
            events.push(found.map(|found| happenings::records(found, links, &own)).unwrap_or_default());
            nodes.push(own.into_iter().map(|node| node.into_string()).collect());
        }
        let resolution = resolve(&all, &Decisions::default());
        let events: Vec<&[EventRecord]> = events.iter().map(Vec::as_slice).collect();
        let found = happenings(&events, &|number, local| resolution.iri(&all[number].document, local));
        let accounts = found.into_iter().flat_map(|happening| {
            happening.accounts.into_iter().map(move |account| (account, happening.iri.clone())).collect::<Vec<_>>()
        });
        let iri = |number: usize, local: &str| resolution.iri(&all[number].document, local).to_owned();
        let entities = links
            .iter()
            .enumerate()
            .map(|(number, links)| links.iter().map(|link| iri(number, &link.iri)).collect())
            .collect();
        Self { entities, nodes, happenings: accounts.collect() }
    }
}
