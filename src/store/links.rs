//! The graph of links: which entities are one and why, which may be, and what was decided.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::document_quads::{Linked, Same};
use super::error::StoreError;
use super::graph_store::{GraphStore, id_of};
use super::relink::Linking;
use crate::claims::iri;
use crate::link::copies::Group;
use crate::link::happenings::Happening;
use crate::link::{Apart, Decisions, Pair, Reason, Resolution};
use crate::ontology::vocabulary::{NAMESPACE, class, local_name, property};

/// What linking came to, to be written down.
pub(super) struct Results<'r> {
    pub resolution: &'r Resolution,
    pub linked: &'r Linked,
    pub copies: &'r [Group],
    /// Sentences as evidence, and those that they are copies of.
    pub copied: &'r [(String, String)],
    pub happenings: &'r [Happening],
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
                && class.as_ref() != class::HAPPENING
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
        let apart = self.stored_apart()?;
        Ok(Linked { same, apart, classes })
    }

    /// What was set apart, as the graph has it.
    pub(super) fn stored_apart(&self) -> Result<Apart, StoreError> {
        let graph = iri::links();
        let mut apart = Apart::new();
        for quad in
            self.store.quads_for_pattern(None, Some(property::SET_APART_FROM), None, Some(graph.as_ref().into()))
        {
            let quad = self.check(quad)?;
            if let (NamedOrBlankNode::NamedNode(own), Term::NamedNode(local)) = (quad.subject, quad.object)
                && let Some(document) = self.only_in(&own)?
            {
                apart.entry(id_of(&document).to_owned()).or_default().insert(local.into_string(), own.into_string());
            }
        }
        Ok(apart)
    }

    /// The first value of a property in the graph of links.
    fn linked_value(&self, node: &NamedNode, property: NamedNodeRef<'_>) -> Result<Option<Term>, StoreError> {
        let graph = iri::links();
        let (node, graph) = (Some(node.as_ref().into()), Some(graph.as_ref().into()));
        let first = self.store.quads_for_pattern(node, Some(property), None, graph).next();
        Ok(first.map(|quad| self.check(quad)).transpose()?.map(|quad| quad.object))
    }

    /// The IRI of the document, of an IRI that an entity has in one document alone, whatever others call so.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn only_in(&self, entity: &NamedNode) -> Result<Option<String>, StoreError> {
        Ok(match self.linked_value(entity, property::ONLY_IN)? {
            Some(Term::NamedNode(document)) => Some(document.into_string()),
            _ => None,
        })
    }

    /// What linking has come to, as the graph has it.
    pub(super) fn stored_linking(&self) -> Result<Linking, StoreError> {
        let graph = iri::links();
        let count = |predicate: NamedNodeRef<'_>, object: Option<&Term>| -> Result<usize, StoreError> {
            let found = self.store.quads_for_pattern(
                None,
                Some(predicate),
                object.map(Term::as_ref),
                Some(graph.as_ref().into()),
            );
            found.map(|quad| self.check(quad).map(|_| 1)).sum()
        };
        let possible = Term::from(Literal::new_simple_literal("possible"));
        Ok(Linking {
            merged: count(property::MERGED_INTO, None)?,
            possible: count(property::LINK_STATE, Some(&possible))?,
            happenings: count(rdf::TYPE, Some(&class::HAPPENING.into_owned().into()))?,
            copies: count(property::COPY_OF, None)?,
            ..Linking::default()
        })
    }

    /// Where an IRI leads: to the node of the entity that it means.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn leads_to(&self, entity: NamedNode) -> Result<NamedNode, StoreError> {
        Ok(match self.linked_value(&entity, property::MERGED_INTO)? {
            Some(Term::NamedNode(to)) => to,
            _ => entity,
        })
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

    /// Why entities of documents were taken for the entity of a node: the pairs that were joined.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn joined(&self, entity: &NamedNode) -> Result<Vec<Pair>, StoreError> {
        self.pairs_of(entity, "same")
    }

    /// The pairs of the entity of a node and others that may be the same, where nobody has decided.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn in_doubt(&self, entity: &NamedNode) -> Result<Vec<Pair>, StoreError> {
        self.pairs_of(entity, "possible")
    }

    fn pairs_of(&self, entity: &NamedNode, wanted: &str) -> Result<Vec<Pair>, StoreError> {
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
            pairs.extend(self.stored_pair(&link)?.filter(|(state, _)| state == wanted).map(|(_, pair)| pair));
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
        let mut pair = Pair { entities: (String::new(), String::new()), odds: f64::INFINITY, reasons: Vec::new() };
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
                    // A decision has no weight: it wins.
                    let weighed =
                        value.value().split_once(' ').and_then(|(weight, text)| Some((weight.parse().ok()?, text)));
                    let (weight, text) = weighed.unwrap_or((f64::INFINITY, value.value()));
                    pair.reasons.push(Reason { text: text.to_owned(), weight });
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

    /// The digest of the decisions that the links of the graph rest on; empty without any.
    pub(super) fn linked_by(&self) -> Result<String, StoreError> {
        Ok(match self.linked_value(&iri::links(), property::SHA256)? {
            Some(Term::Literal(digest)) => digest.value().to_owned(),
            _ => String::new(),
        })
    }

    /// Entities that are shown by a name that somebody decided on.
    pub(super) fn decided_names(&self) -> Result<Vec<NamedNode>, StoreError> {
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
    pub(super) fn write_links(
        &self,
        results: &Results<'_>,
        decisions: &Decisions,
        digest: &str,
    ) -> Result<(), StoreError> {
        let Results { resolution, linked, copies, copied, happenings } = results;
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
        for (id, apart) in &resolution.apart {
            for (local, own) in apart {
                let own = NamedNode::new_unchecked(own.as_str());
                add(&own, property::SET_APART_FROM, NamedNode::new_unchecked(local.as_str()).into());
                add(&own, property::ONLY_IN, document(id).into());
            }
        }
        for (own, id) in &resolution.mixed {
            add(&NamedNode::new_unchecked(own.as_str()), property::ONLY_IN, document(id).into());
        }
        for Group { first, copies } in *copies {
            for copy in copies {
                add(&document(&copy.document), property::COPY_OF, document(first).into());
                let share = Literal::new_typed_literal(format!("{:.2}", copy.share), xsd::DECIMAL);
                add(&document(&copy.document), property::COPIED_SHARE, share.into());
            }
        }
        for (sentence, first) in *copied {
            let first = NamedNode::new_unchecked(first.as_str());
            add(&NamedNode::new_unchecked(sentence.as_str()), property::COPIED_FROM, first.into());
        }
        for Happening { iri, accounts, shared } in *happenings {
            let happening = NamedNode::new_unchecked(iri.as_str());
            add(&happening, rdf::TYPE, class::HAPPENING.into_owned().into());
            for account in accounts {
                add(&NamedNode::new_unchecked(account.as_str()), property::ACCOUNT_OF, happening.clone().into());
            }
            for entity in shared {
                add(&happening, property::HAPPENED_TO, NamedNode::new_unchecked(entity.as_str()).into());
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
                if odds.is_finite() {
                    let decimal = Literal::new_typed_literal(format!("{odds:.2}"), xsd::DECIMAL);
                    add(&link, property::LINK_ODDS, decimal.into());
                }
                for Reason { text, weight } in reasons {
                    let text = if weight.is_finite() { format!("{weight:+.1} {text}") } else { text.clone() };
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
