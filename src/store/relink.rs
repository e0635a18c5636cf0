//! The entities of all documents, linked: which are one, and what that changes in the graph.
//!
//! The graph's node of an entity is that of its cluster; the IRI that it has in a document leads there by
//! `isnad:mergedInto`. These redirects, and why entities are or may be one, are a named graph of their own. Where linking
//! comes to another result than before, the documents concerned are written again from what is kept of them. Documents that
//! are copies of one text are found on the way.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::document_quads::{DocumentQuads, Linked, Same};
use super::error::StoreError;
use super::graph_store::{GraphStore, id_of, renamed};
use crate::claims::{Policy, iri};
use crate::link::copies::{Group, Signature, copies};
use crate::link::{self, Decisions, DocumentRecords, Pair, Reason, Resolution, Unfollowed};
use crate::ontology::vocabulary::{NAMESPACE, class, local_name, property};

/// Documents that are written again in one step.
const BATCH: usize = 128;

/// What linking came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Linking {
    /// IRIs that lead to others.
    pub merged: usize,
    /// Pairs that may be one.
    pub possible: usize,
    /// Documents that are copies of others.
    pub copies: usize,
    /// Documents that were written again.
    pub rewritten: usize,
    /// Decisions that could not be followed.
    pub unfollowed: Vec<Unfollowed>,
}

impl GraphStore {
    /// What linking and decisions have changed, as the graph has it.
    pub(super) fn stored_links(&self) -> Result<Linked, StoreError> {
        let mut same = Same::new();
        let mut classes = BTreeMap::new();
        let graph = iri::links();
        for quad in self.store.quads_for_pattern(None, Some(rdf::TYPE), None, Some(graph.as_ref().into())) {
            let quad = self.check(quad)?;
            if let (NamedOrBlankNode::NamedNode(entity), Term::NamedNode(class)) = (quad.subject, quad.object)
                && class.as_ref() != class::LINK
                && let Some(local) = local_name(class.as_ref())
            {
                classes.insert(entity.into_string(), local.to_owned());
            }
        }
        for quad in self.store.quads_for_pattern(None, Some(property::MERGED_INTO), None, Some(graph.as_ref().into())) {
            let quad = self.check(quad)?;
            if let (NamedOrBlankNode::NamedNode(from), Term::NamedNode(to)) = (quad.subject, quad.object) {
                same.insert(from.into_string(), to.into_string());
            }
        }
        Ok(Linked { same, classes })
    }

    /// Where an IRI leads: to the node of the entity that it means.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn leads_to(&self, entity: NamedNode) -> Result<NamedNode, StoreError> {
        let graph = iri::links();
        let leads = self.store.quads_for_pattern(
            Some(entity.as_ref().into()),
            Some(property::MERGED_INTO),
            None,
            Some(graph.as_ref().into()),
        );
        for quad in leads {
            if let Term::NamedNode(to) = self.check(quad)?.object {
                return Ok(to);
            }
        }
        Ok(entity)
    }

    /// The IRIs that the entity of a node has in its documents.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn locals(&self, entity: &NamedNode) -> Result<BTreeSet<String>, StoreError> {
        let graph = iri::links();
        let leading = self.store.quads_for_pattern(
            None,
            Some(property::MERGED_INTO),
            Some(entity.as_ref().into()),
            Some(graph.as_ref().into()),
        );
        let mut locals = BTreeSet::from([entity.as_str().to_owned()]);
        for quad in leading {
            if let NamedOrBlankNode::NamedNode(from) = self.check(quad)?.subject {
                locals.insert(from.into_string());
            }
        }
        Ok(locals)
    }

    /// How likely two entities are one, and why; none where no document names either.
    ///
    /// # Errors
    /// If what is kept of the documents cannot be read.
    pub fn weigh(&self, one: &NamedNode, other: &NamedNode) -> Result<Option<Pair>, StoreError> {
        let ids: Vec<&str> = self.documents.keys().map(|document| id_of(document)).collect();
        let documents: Vec<DocumentRecords> =
            self.kept(self.cache.kept(&ids))?.into_iter().map(|kept| kept.records).collect();
        Ok(link::weigh(&documents, &self.locals(one)?, &self.locals(other)?))
    }

    /// Why entities of documents were taken for the entity of a node: the pairs that were joined.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn joined(&self, entity: &NamedNode) -> Result<Vec<Pair>, StoreError> {
        let locals = self.locals(entity)?;
        let mut links: BTreeSet<NamedNode> = BTreeSet::new();
        for local in &locals {
            let local = NamedNodeRef::new_unchecked(local);
            for quad in self.store.quads_for_pattern(None, Some(property::LINK_OF), Some(local.into()), None) {
                if let NamedOrBlankNode::NamedNode(link) = self.check(quad)?.subject {
                    links.insert(link);
                }
            }
        }
        let mut pairs: Vec<Pair> = Vec::new();
        for link in links {
            pairs.extend(self.stored_pair(&link)?.filter(|(state, _)| state == "same").map(|(_, pair)| pair));
        }
        Ok(likeliest_first(pairs))
    }

    /// Pairs of entities that may be one, by the IRIs that they have in documents.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn possible(&self) -> Result<Vec<Pair>, StoreError> {
        let state = Literal::new_simple_literal("possible");
        let mut pairs = Vec::new();
        for quad in self.store.quads_for_pattern(None, Some(property::LINK_STATE), Some((&state).into()), None) {
            if let NamedOrBlankNode::NamedNode(link) = self.check(quad)?.subject {
                pairs.extend(self.stored_pair(&link)?.map(|(_, pair)| pair));
            }
        }
        Ok(likeliest_first(pairs))
    }

    /// The state and pair of a link.
    fn stored_pair(&self, link: &NamedNode) -> Result<Option<(String, Pair)>, StoreError> {
        let mut state = None;
        let mut pair = Pair { entities: (String::new(), String::new()), odds: 0.0, reasons: Vec::new() };
        let mut entities: Vec<String> = Vec::new();
        for quad in self.store.quads_for_pattern(Some(link.as_ref().into()), None, None, None) {
            let quad = self.check(quad)?;
            match (quad.predicate.as_ref(), quad.object) {
                (predicate, Term::NamedNode(entity)) if predicate == property::LINK_OF => {
                    entities.push(entity.into_string());
                }
                (predicate, Term::Literal(value)) if predicate == property::LINK_STATE => {
                    state = Some(value.value().to_owned());
                }
                (predicate, Term::Literal(value)) if predicate == property::LINK_ODDS => {
                    pair.odds = value.value().parse().unwrap_or_default();
                }
                (predicate, Term::Literal(value)) if predicate == property::LINK_REASON => {
                    if let Some((weight, text)) = value.value().split_once(' ') {
                        let weight = weight.parse().unwrap_or_default();
                        pair.reasons.push(Reason { text: text.to_owned(), weight });
                    }
                }
                _ => {}
            }
        }
        entities.sort();
        pair.reasons.sort_by(|one, other| {
            other.weight.abs().total_cmp(&one.weight.abs()).then_with(|| one.text.cmp(&other.text))
        });
        Ok(match (state, entities.as_slice()) {
            (Some(state), [one, other]) => {
                pair.entities = (one.clone(), other.clone());
                Some((state, pair))
            }
            _ => None,
        })
    }

    /// Links the entities of all documents, if documents or decisions have changed since that was last done.
    pub(super) fn link(&mut self, policy: &Policy, decisions: &Decisions) -> Result<Linking, StoreError> {
        let digest = digest(decisions);
        if !self.unlinked && self.linked_by()? == digest {
            return Ok(Linking { merged: self.linked.same.len(), ..Linking::default() });
        }
        let ids: Vec<&str> = self.documents.keys().map(|document| id_of(document)).collect();
        let kept = self.kept(self.cache.kept(&ids))?;
        let (documents, signatures): (Vec<DocumentRecords>, Vec<Signature>) =
            kept.into_iter().map(|kept| (kept.records, kept.signature)).unzip();
        let copies = copies(&signatures);
        let resolution = link::resolve(&documents, decisions);
        let leads = |iri: &str| resolution.same.get(iri).cloned().unwrap_or_else(|| iri.to_owned());
        let classes = decisions.classes().map(|(entity, class)| (leads(entity), class.to_owned())).collect();
        let linked = Linked { same: resolution.same.clone(), classes };
        let mut changed = differing(&self.linked.same, &linked.same);
        // Classes are of nodes of the graph: every IRI that leads to one of these is concerned.
        let retyped = differing(&self.linked.classes, &linked.classes);
        changed.extend(linked.same.iter().filter(|(_, to)| retyped.contains(*to)).map(|(from, _)| from.clone()));
        changed.extend(retyped);
        let concerned: Vec<String> = documents
            .iter()
            .filter(|document| document.records.iter().any(|record| changed.contains(&record.local)))
            .map(|document| document.document.clone())
            .collect();
        let mut rewritten = 0;
        for batch in concerned.chunks(BATCH) {
            self.write_again(batch, policy, &linked)?;
            rewritten += batch.len();
        }
        // Names that were decided on before, and those that are now.
        self.renamed.extend(self.decided_names()?);
        self.renamed.extend(decisions.names().map(|(entity, _)| NamedNode::new_unchecked(leads(entity))));
        self.write_links(&resolution, &linked, &copies.groups, decisions, &digest)?;
        self.linked = linked;
        self.unlinked = false;
        Ok(Linking {
            merged: self.linked.same.len(),
            possible: resolution.possible.len(),
            copies: copies.groups.iter().map(|group| group.copies.len()).sum(),
            rewritten,
            unfollowed: resolution.unfollowed,
        })
    }

    /// Writes documents again from what is kept of them.
    fn write_again(&mut self, ids: &[String], policy: &Policy, linked: &Linked) -> Result<(), StoreError> {
        let batch: Vec<DocumentQuads> = self.kept(
            ids.par_iter()
                .map(|id| self.cache.annotations(id).map(|found| DocumentQuads::linked(&found, policy, linked)))
                .collect(),
        )?;
        let leaving: BTreeSet<String> = batch.iter().map(|quads| quads.document.as_str().to_owned()).collect();
        let mut gone: Vec<Quad> = Vec::new();
        for document in &leaving {
            let quads = self.retract(document, &leaving, policy)?;
            gone.extend(quads.into_iter().filter(|quad| quad.predicate != property::SOURCE_PATH));
        }
        self.write(&gone, &batch)?;
        self.renamed.extend(renamed(&batch, &gone));
        Ok(())
    }

    /// The digest of the decisions that the links of the graph rest on; empty without any.
    fn linked_by(&self) -> Result<String, StoreError> {
        let graph = iri::links();
        let stored = self.store.quads_for_pattern(
            Some(graph.as_ref().into()),
            Some(property::SHA256),
            None,
            Some(graph.as_ref().into()),
        );
        for quad in stored {
            if let Term::Literal(digest) = self.check(quad)?.object {
                return Ok(digest.value().to_owned());
            }
        }
        Ok(String::new())
    }

    /// Entities that are shown by a name that somebody decided on.
    fn decided_names(&self) -> Result<Vec<NamedNode>, StoreError> {
        let graph = iri::links();
        let mut named = Vec::new();
        for quad in self.store.quads_for_pattern(None, Some(rdfs::LABEL), None, Some(graph.as_ref().into())) {
            if let NamedOrBlankNode::NamedNode(entity) = self.check(quad)?.subject {
                named.push(entity);
            }
        }
        Ok(named)
    }

    /// Puts the links in the place of those before, in one step.
    fn write_links(
        &self,
        resolution: &Resolution,
        linked: &Linked,
        groups: &[Group],
        decisions: &Decisions,
        digest: &str,
    ) -> Result<(), StoreError> {
        let graph = iri::links();
        let name = GraphName::NamedNode(graph.clone());
        let known: HashSet<Quad> =
            self.check(self.store.quads_for_pattern(None, None, None, Some(graph.as_ref().into())).collect())?;
        let mut wanted: HashSet<Quad> = HashSet::new();
        let mut add = |subject: &NamedNode, predicate: NamedNodeRef<'_>, object: Term| {
            wanted.insert(Quad::new(subject.clone(), predicate, object, name.clone()));
        };
        if !digest.is_empty() {
            add(&graph, property::SHA256, Literal::new_simple_literal(digest).into());
        }
        for (entity, name) in decisions.names() {
            let name = Literal::new_simple_literal(name);
            let entity = linked.same.get(entity).map_or(entity, String::as_str);
            add(&NamedNode::new_unchecked(entity), rdfs::LABEL, name.into());
        }
        for (entity, class) in &linked.classes {
            let class = NamedNode::new_unchecked(format!("{NAMESPACE}{class}"));
            add(&NamedNode::new_unchecked(entity.as_str()), rdf::TYPE, class.into());
        }
        for (from, to) in &resolution.same {
            let to = NamedNode::new_unchecked(to.as_str());
            add(&NamedNode::new_unchecked(from.as_str()), property::MERGED_INTO, to.into());
        }
        let document = |id: &str| NamedNode::new_unchecked(iri::document_with(id));
        for Group { first, copies } in groups {
            for copy in copies {
                add(&document(&copy.document), property::COPY_OF, document(first).into());
                let share = Literal::new_typed_literal(format!("{:.2}", copy.share), xsd::DECIMAL);
                add(&document(&copy.document), property::COPIED_SHARE, share.into());
            }
        }
        for (pairs, state) in [(&resolution.joined, "same"), (&resolution.possible, "possible")] {
            for Pair { entities: (one, other), odds, reasons } in pairs {
                let link = NamedNode::new_unchecked(iri::node("link", &[one, other]));
                add(&link, rdf::TYPE, class::LINK.into_owned().into());
                for entity in [one, other] {
                    add(&link, property::LINK_OF, NamedNode::new_unchecked(entity.as_str()).into());
                }
                add(&link, property::LINK_STATE, Literal::new_simple_literal(state).into());
                let decimal = Literal::new_typed_literal(format!("{odds:.2}"), xsd::DECIMAL);
                add(&link, property::LINK_ODDS, decimal.into());
                for reason in reasons {
                    let text = format!("{:+.1} {}", reason.weight, reason.text);
                    add(&link, property::LINK_REASON, Literal::new_simple_literal(text).into());
                }
            }
        }
        let gone: Vec<Quad> = known.difference(&wanted).cloned().collect();
        self.replace(&gone, wanted.difference(&known).cloned())
    }
}

fn likeliest_first(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_by(|one, other| other.odds.total_cmp(&one.odds).then_with(|| one.entities.cmp(&other.entities)));
    pairs
}

/// The keys whose values differ, or which only one side has.
fn differing(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> BTreeSet<String> {
    let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    keys.into_iter().filter(|key| one.get(*key) != other.get(*key)).cloned().collect()
}

/// Empty without decisions.
fn digest(decisions: &Decisions) -> String {
    if decisions.list.is_empty() {
        return String::new();
    }
    crate::model::hex(&Sha256::digest(format!("{decisions:?}").as_bytes()))
}
