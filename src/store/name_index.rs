//! Keeping the index of names true to the graph.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedOrBlankNode, Quad, Term};

use super::document_quads::DocumentQuads;
use super::error::StoreError;
use super::graph_store::GraphStore;
use super::names::{Named, Names};
use crate::ontology::Schema;
use crate::ontology::vocabulary::{local_name, property, schema};

impl GraphStore {
    /// Entities with a name that may be what `text` spells, at most `limit`, the likeliest first; every spelling and script
    /// in which names are compared is tried, and the beginning of the last word.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn named(&self, text: &str, limit: usize) -> Result<Vec<Named>, StoreError> {
        let names = self.names.get_or_init(|| self.open_names());
        match names {
            Ok(names) => self.kept(names.search(text, limit)),
            Err(problem) => Err(StoreError::new(&self.folder, std::io::Error::other(problem.clone()))),
        }
    }

    /// The entities that most documents mention, at most `limit`.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn most_named(&self, limit: usize) -> Result<Vec<Named>, StoreError> {
        match self.names.get_or_init(|| self.open_names()) {
            Ok(names) => self.kept(names.most_mentioned(limit)),
            Err(problem) => Err(StoreError::new(&self.folder, std::io::Error::other(problem.clone()))),
        }
    }

    fn open_names(&self) -> Result<Names, String> {
        if self.lock.is_none() {
            Ok(Names::in_memory())
        } else {
            Names::open(&self.folder).map_err(|error| error.to_string())
        }
    }

    /// Writes the entities that have changed since this was last done to the index; all, where there is none that is whole.
    pub(super) fn write_names(&mut self) -> Result<(), StoreError> {
        self.names.get_or_init(|| self.open_names());
        let changed = std::mem::take(&mut self.touched);
        let known = self.names.take().unwrap_or_else(|| Ok(Names::in_memory()));
        let (mut names, whole) = match known {
            Ok(names) => (names, true),
            // Damaged: it is written again.
            Err(_) => (Names::none(&self.folder), false),
        };
        let all = !whole || self.resumed || names.wants_all(changed.len());
        let imported = self.imported_names()?;
        let written = if all {
            let entities = self.all_named(imported)?;
            names.write_all(entities)
        } else if changed.is_empty() {
            Ok(())
        } else {
            let entities: Result<Vec<Named>, StoreError> =
                changed.iter().map(|entity| self.named_of(entity, imported.get(entity.as_str()))).collect();
            names.add(entities?)
        };
        self.kept(written)?;
        // What is in the log alone would be read again whenever the store is opened.
        if self.lock.is_some() {
            self.check(self.store.flush())?;
        }
        self.names = Ok(names).into();
        Ok(())
    }

    /// Leaves no index, so that the next is written of all entities.
    pub(super) fn forget_names(&mut self) -> Result<(), StoreError> {
        let none = if self.lock.is_none() { Names::in_memory() } else { Names::none(&self.folder) };
        self.names = Ok(none).into();
        Ok(())
    }

    /// What imports call entities, by the IRI that stands for each.
    fn imported_names(&self) -> Result<BTreeMap<String, Gathered>, StoreError> {
        let mut all: BTreeMap<String, Gathered> = BTreeMap::new();
        for record in self.kept(self.cache.imports())?.into_iter().flat_map(|import| import.records) {
            let node = self.linked.same.get(&record.local).unwrap_or(&record.local);
            let gathered = all.entry(node.clone()).or_default();
            gathered.label = gathered.label.take().or_else(|| record.names.first().cloned());
            gathered.classes.insert(record.kind.as_str().to_owned());
            gathered.names.extend(record.names);
        }
        Ok(all)
    }

    /// One entity as the index has it.
    fn named_of(&self, entity: &NamedNode, imported: Option<&Gathered>) -> Result<Named, StoreError> {
        let default = Some(GraphNameRef::DefaultGraph);
        let mut found = Gathered::default();
        for quad in self.store.quads_for_pattern(Some(entity.into()), None, None, default) {
            found.add(&self.check(quad)?);
        }
        let mentions = self.store.quads_for_pattern(None, Some(schema::MENTIONS), Some(entity.into()), default);
        for quad in mentions {
            self.check(quad)?;
            found.documents += 1;
        }
        if let Some(imported) = imported {
            found.join(imported.clone());
        }
        Ok(found.named(entity.as_str()))
    }

    fn all_named(&self, imported: BTreeMap<String, Gathered>) -> Result<Vec<Named>, StoreError> {
        let mut all: BTreeMap<String, Gathered> = BTreeMap::new();
        let default = Some(GraphNameRef::DefaultGraph);
        for predicate in NAMES.iter().copied().chain([rdfs::LABEL, property::DESCRIPTION]) {
            for quad in self.store.quads_for_pattern(None, Some(predicate), None, default) {
                let quad = self.check(quad)?;
                if let NamedOrBlankNode::NamedNode(entity) = &quad.subject {
                    all.entry(entity.as_str().to_owned()).or_default().add(&quad);
                }
            }
        }
        for quad in self.store.quads_for_pattern(None, Some(rdf::TYPE), None, default) {
            let quad = self.check(quad)?;
            if let NamedOrBlankNode::NamedNode(entity) = &quad.subject
                && let Some(gathered) = all.get_mut(entity.as_str())
            {
                gathered.add(&quad);
            }
        }
        for quad in self.store.quads_for_pattern(None, Some(schema::MENTIONS), None, default) {
            if let Term::NamedNode(entity) = self.check(quad)?.object
                && let Some(gathered) = all.get_mut(entity.as_str())
            {
                gathered.documents += 1;
            }
        }
        for (iri, gathered) in imported {
            all.entry(iri).or_default().join(gathered);
        }
        let entities = all.into_iter().map(|(iri, gathered)| gathered.named(&iri));
        Ok(entities.filter(|named| !named.classes.is_empty()).collect())
    }
}

/// Predicates of names.
const NAMES: [oxigraph::model::NamedNodeRef<'static>; 3] = [property::NAME, property::ALIAS, property::NICKNAME];

/// What the quads of an entity say of its names.
#[derive(Clone, Default)]
struct Gathered {
    names: BTreeSet<String>,
    labels: BTreeSet<String>,
    descriptions: BTreeSet<String>,
    label: Option<String>,
    classes: BTreeSet<String>,
    documents: u32,
}

impl Gathered {
    fn add(&mut self, quad: &Quad) {
        match (&quad.object, quad.predicate.as_ref()) {
            (Term::Literal(name), predicate) if NAMES.contains(&predicate) => {
                self.names.insert(name.value().to_owned());
            }
            (Term::Literal(name), predicate) if predicate == rdfs::LABEL => {
                self.labels.insert(name.value().to_owned());
                if self.label.as_deref().is_none_or(|label| name.value() < label) {
                    self.label = Some(name.value().to_owned());
                }
            }
            (Term::Literal(name), predicate) if predicate == property::DESCRIPTION => {
                self.descriptions.insert(name.value().to_owned());
            }
            (Term::NamedNode(class), predicate) if predicate == rdf::TYPE => {
                self.classes.extend(local_name(class.as_ref()).map(str::to_owned));
            }
            _ => {}
        }
    }

    /// What an import says besides: its names, and what the graph itself does not say.
    fn join(&mut self, imported: Self) {
        self.names.extend(imported.names);
        self.label = self.label.take().or(imported.label);
        if self.classes.is_empty() {
            self.classes = imported.classes;
        }
    }

    fn named(mut self, iri: &str) -> Named {
        // The label of what has no name is one of its descriptions.
        self.names.extend(self.labels.difference(&self.descriptions).cloned());
        let mut classes: Vec<String> = self.classes.into_iter().collect();
        Schema::embedded().sort_by_depth(&mut classes);
        let first = self.names.first().or(self.descriptions.first()).cloned();
        Named {
            iri: iri.to_owned(),
            label: self.label.or(first).unwrap_or_default(),
            classes,
            documents: self.documents,
            names: self.names.into_iter().collect(),
            descriptions: self.descriptions.into_iter().collect(),
        }
    }
}

/// The entities whose names, classes or documents a batch or what goes with it changes.
pub(super) fn touched(batch: &[DocumentQuads], gone: &[Quad]) -> BTreeSet<NamedNode> {
    let mut touched = BTreeSet::new();
    for quads in batch {
        for fact in quads.facts.iter().filter(|fact| fact.predicate == schema::MENTIONS) {
            if let Term::NamedNode(entity) = &fact.object {
                touched.insert(entity.clone());
            }
        }
    }
    for quad in gone.iter().filter(|quad| quad.graph_name == GraphName::DefaultGraph) {
        if let (Term::NamedNode(entity), true) = (&quad.object, quad.predicate == schema::MENTIONS) {
            touched.insert(entity.clone());
        }
    }
    touched
}
