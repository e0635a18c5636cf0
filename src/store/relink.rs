//! The entities of all documents, linked: which are one, and what that changes in the graph.
//!
//! The graph's node of an entity is that of its cluster; the IRI that it has in a document leads there by
//! `isnad:mergedInto`. These redirects, and why entities are or may be one, are a named graph of their own. Where linking
//! comes to another result than before, the documents concerned are written again from what is kept of them. Documents that
//! are copies of one text are found on the way.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use oxigraph::model::{NamedNode, Quad};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::cache::{IMPORT, Kept};
use super::document_quads::{DocumentQuads, Linked};
use super::error::StoreError;
use super::graph_store::{GraphStore, id_of};
use super::links::Results;
use crate::claims::{Policy, iri};
use crate::link::copies::{Signature, copies};
use crate::link::happenings::{EventRecord, happenings};
use crate::link::{self, Decisions, DocumentRecords, Pair, Unfollowed};
use crate::ontology::vocabulary::property;

/// Documents that are written again in one step.
const BATCH: usize = 128;

/// What linking came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Linking {
    /// IRIs that lead to others.
    pub merged: usize,
    /// Pairs that may be one.
    pub possible: usize,
    /// Happenings that several documents have accounts of.
    pub happenings: usize,
    /// Documents that are copies of others.
    pub copies: usize,
    /// Documents that were written again.
    pub rewritten: usize,
    /// Decisions that could not be followed.
    pub unfollowed: Vec<Unfollowed>,
}

impl GraphStore {
    /// How likely two entities are one, and why; none where no document names either.
    ///
    /// # Errors
    /// If what is kept of the documents cannot be read.
    pub fn weigh(&self, one: &NamedNode, other: &NamedNode) -> Result<Option<Pair>, StoreError> {
        Ok(link::weigh(&self.records()?, &self.stored_apart()?, &self.locals(one)?, &self.locals(other)?))
    }

    /// An entity beside itself as each of its documents has it, with the IRI of the document: how well that fits the
    /// others. Documents that came as RDF are left out.
    ///
    /// # Errors
    /// If the database, or what is kept of the documents, cannot be read.
    pub fn in_documents(&self, entity: &NamedNode) -> Result<Vec<(String, Pair)>, StoreError> {
        let found = link::in_documents(&self.records()?, &self.stored_apart()?, &self.locals(entity)?);
        Ok(found.into_iter().map(|(id, pair)| (iri::document_with(&id), pair)).collect())
    }

    /// What linking needs of every document that did not come as RDF.
    fn all_kept(&self) -> Result<Vec<Kept>, StoreError> {
        let ids: Vec<&str> = self.documents.keys().map(|document| id_of(document)).collect();
        self.kept(self.cache.kept(&ids))
    }

    fn records(&self) -> Result<Vec<DocumentRecords>, StoreError> {
        let mut records: Vec<DocumentRecords> = self.all_kept()?.into_iter().map(|kept| kept.records).collect();
        records.extend(self.kept(self.cache.imports())?);
        Ok(records)
    }

    /// Links the entities of all documents, if documents or decisions have changed since that was last done.
    pub(super) fn link(&mut self, policy: &Policy, decisions: &Decisions) -> Result<Linking, StoreError> {
        let digest = digest(decisions);
        if !self.unlinked && self.linked_by()? == digest {
            return self.stored_linking();
        }
        let kept = self.all_kept()?;
        let mut documents: Vec<DocumentRecords> = Vec::with_capacity(kept.len());
        let (mut signatures, mut events): (Vec<Signature>, Vec<Vec<EventRecord>>) = (Vec::new(), Vec::new());
        let mut sentences: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for kept in kept {
            sentences.insert(kept.records.document.clone(), kept.sentences);
            documents.push(kept.records);
            signatures.push(kept.signature);
            events.push(kept.events);
        }
        documents.extend(self.kept(self.cache.imports())?);
        let copies = copies(&signatures);
        let place = |document: &str, sentence: usize| {
            let (start, end) = sentences.get(document)?.get(sentence).copied()?;
            Some(iri::evidence_in(document, start, end))
        };
        let copied: Vec<(String, String)> = copies
            .sentences
            .iter()
            .filter_map(|copy| Some((place(&copy.document, copy.sentence)?, place(&copy.of, copy.of_sentence)?)))
            .collect();
        let resolution = link::resolve(&documents, decisions);
        let events: Vec<&[EventRecord]> = events.iter().map(Vec::as_slice).collect();
        let happenings = happenings(&events, &|number, local| resolution.iri(&documents[number].document, local));
        let leads = |iri: &str| resolution.same.get(iri).cloned().unwrap_or_else(|| iri.to_owned());
        let classes = decisions.classes().map(|(entity, class)| (leads(entity), class.to_owned())).collect();
        let linked = Linked { same: resolution.same.clone(), apart: resolution.apart.clone(), classes };
        let mut changed = differing(&self.linked.same, &linked.same);
        // Classes are of nodes of the graph: every IRI that leads to one of these is concerned.
        let retyped = differing(&self.linked.classes, &linked.classes);
        changed.extend(linked.same.iter().filter(|(_, to)| retyped.contains(*to)).map(|(from, _)| from.clone()));
        changed.extend(retyped);
        let concerned: Vec<String> = documents
            .iter()
            // What came as RDF stays as it came: redirects lead from there to the graph's entities.
            .filter(|document| !document.document.starts_with(IMPORT))
            .filter(|document| {
                self.linked.apart.get(&document.document) != linked.apart.get(&document.document)
                    || document
                        .records
                        .iter()
                        .any(|record| changed.contains(link::own(&linked.apart, &document.document, &record.local)))
            })
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
        self.write_links(
            &Results {
                resolution: &resolution,
                linked: &linked,
                copies: &copies.groups,
                copied: &copied,
                happenings: &happenings,
            },
            decisions,
            &digest,
        )?;
        self.linked = linked;
        self.unlinked = false;
        Ok(Linking {
            merged: self.linked.same.len(),
            possible: resolution.possible.len(),
            happenings: happenings.len(),
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
        self.note(&batch, &gone);
        Ok(())
    }
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
