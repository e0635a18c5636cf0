//! The database, and what goes in and out of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{
    GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple,
};
use oxigraph::store::{StorageError, Store};

use super::cache::Cache;
use super::document_quads::{DocumentQuads, Linked};
use super::error::StoreError;
use super::folder::{self, Access};
use super::labels::renamed;
use super::name_index::touched;
use super::names::Names;
use super::relink::Linking;
use crate::claims::{Policy, iri};
use crate::link::Decisions;
use crate::model::{Document, Reading};
use crate::ontology::vocabulary::{class, property};

/// Memory for quads on their way to the database.
const LOADER_MEGABYTES: usize = 64;
/// Quads loaded after which the database is compacted.
const COMPACTED: usize = 1_000_000;

/// A graph on disk.
pub struct GraphStore {
    pub(super) store: Store,
    pub(super) folder: PathBuf,
    /// What was found in each document.
    pub(super) cache: Cache,
    /// The index of names once somebody has asked for it, or why there is none.
    pub(super) names: OnceLock<Result<Names, String>>,
    /// Entities that have changed since the index was written.
    pub(super) touched: BTreeSet<NamedNode>,
    /// What linking and decisions change, as they were last applied; of a store that can be written.
    pub(super) linked: Linked,
    /// Whether documents have come or gone since.
    pub(super) unlinked: bool,
    /// Held as long as the store is open; none for one in memory.
    pub(super) lock: Option<File>,
    /// Document IRI → its paths, as far as the store has them.
    pub(super) documents: BTreeMap<String, BTreeSet<String>>,
    /// Document IRI → how it was read, where that is known.
    readings: BTreeMap<String, Reading>,
    /// Entities whose names have changed since [`GraphStore::finish`].
    pub(super) renamed: BTreeSet<NamedNode>,
    /// Nodes whose facts have changed since then.
    pub(super) uninferred: BTreeSet<NamedNode>,
    /// Whether a build before was cut short.
    pub(super) resumed: bool,
    /// Quads that went in since the database was last compacted, as far as this process knows.
    loaded: AtomicUsize,
}

/// What became of documents that were added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    /// Documents that were not there.
    pub new: usize,
    /// Documents that took the place of an older version from the same path, or were read in another way
    /// before.
    pub replaced: usize,
    /// Quads written, facts included.
    pub quads: usize,
}

impl GraphStore {
    /// Opens the store in `folder`; with [`Access::Write`] it is made where it is missing.
    ///
    /// # Errors
    /// If there is no store, the folder holds something else, another process uses it, it has another
    /// format, or it cannot be read or written.
    pub fn open(folder: &Path, access: Access) -> Result<Self, StoreError> {
        let lock = folder::open(folder, access)?;
        let path = folder.join("quads");
        let store = match access {
            Access::Write => Store::open(&path),
            Access::Read => Store::open_read_only(&path),
        };
        let store = store.map_err(|error| StoreError::new(folder, error))?;
        let mut graph_store = Self::with(store, folder.to_owned(), Cache::in_folder(folder), Some(lock))?;
        // Who only asks has no use for all links at once.
        if access == Access::Write {
            graph_store.linked = graph_store.stored_links()?;
        }
        Ok(graph_store)
    }

    /// A store that lives in memory only.
    ///
    /// # Errors
    /// If the database cannot be made.
    pub fn in_memory() -> Result<Self, StoreError> {
        let folder = PathBuf::from("(in memory)");
        let store = Store::new().map_err(|error| StoreError::new(&folder, error))?;
        Self::with(store, folder, Cache::Memory(HashMap::new()), None)
    }

    fn with(store: Store, folder: PathBuf, cache: Cache, lock: Option<File>) -> Result<Self, StoreError> {
        let mut graph_store = Self {
            store,
            folder,
            cache,
            names: OnceLock::new(),
            touched: BTreeSet::new(),
            linked: Linked::default(),
            unlinked: false,
            lock,
            documents: BTreeMap::new(),
            readings: BTreeMap::new(),
            renamed: BTreeSet::new(),
            uninferred: BTreeSet::new(),
            resumed: false,
            loaded: AtomicUsize::new(0),
        };
        let mut documents: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for quad in graph_store.store.quads_for_pattern(
            None,
            Some(property::SOURCE_PATH),
            None,
            Some(GraphNameRef::DefaultGraph),
        ) {
            let quad = graph_store.check(quad)?;
            if let (NamedOrBlankNode::NamedNode(document), Term::Literal(path)) = (quad.subject, quad.object) {
                documents.entry(document.as_str().to_owned()).or_default().insert(path.value().to_owned());
            }
        }
        graph_store.documents = documents;
        graph_store.readings = graph_store.stored_readings()?;
        if folder::is_unfinished(&graph_store.folder) {
            graph_store.unlinked = true;
            graph_store.resumed = true;
            // A build was cut short between its documents and their labels: look at every entity.
            for predicate in [property::NAME, property::DESCRIPTION] {
                for quad in
                    graph_store.store.quads_for_pattern(None, Some(predicate), None, Some(GraphNameRef::DefaultGraph))
                {
                    if let NamedOrBlankNode::NamedNode(entity) = graph_store.check(quad)?.subject {
                        graph_store.renamed.insert(entity);
                    }
                }
            }
        }
        Ok(graph_store)
    }

    fn stored_readings(&self) -> Result<BTreeMap<String, Reading>, StoreError> {
        let mut readings = BTreeMap::new();
        let stored =
            self.store.quads_for_pattern(None, Some(property::READING), None, Some(GraphNameRef::DefaultGraph));
        for quad in stored {
            let quad = self.check(quad)?;
            if let (NamedOrBlankNode::NamedNode(document), Term::Literal(reading)) = (quad.subject, quad.object)
                && let Ok(reading) = reading.value().parse()
            {
                readings.insert(document.into_string(), reading);
            }
        }
        Ok(readings)
    }

    pub(crate) fn check<T>(&self, result: Result<T, StorageError>) -> Result<T, StoreError> {
        result.map_err(|error| StoreError::new(&self.folder, error))
    }

    pub(super) fn kept<T>(&self, result: io::Result<T>) -> Result<T, StoreError> {
        result.map_err(|error| StoreError::new(&self.folder, error))
    }

    /// The database itself.
    pub fn database(&self) -> &Store {
        &self.store
    }

    /// The folder it lies in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How many documents there are.
    pub fn documents(&self) -> usize {
        self.documents.len()
    }

    /// How many quads there are, facts included.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn quads(&self) -> Result<usize, StoreError> {
        self.check(self.store.len())
    }

    /// Whether this very document, from this very path, is there, read in this way or in an unknown one.
    pub fn has(&self, document: &Document, reading: Option<Reading>) -> bool {
        let own = iri::document(&document.id);
        self.documents.get(&own).is_some_and(|paths| paths.contains(&document.source)) && !self.differs(&own, reading)
    }

    /// Every document that is there and was read in this way: id and path.
    pub fn known(&self, reading: Reading) -> impl Iterator<Item = (String, String)> + '_ {
        let same = self.documents.iter().filter(move |(document, _)| !self.differs(document, Some(reading)));
        same.flat_map(|(document, paths)| {
            let id = id_of(document).to_owned();
            paths.iter().map(move |path| (id.clone(), path.clone()))
        })
    }

    /// Whether a document was read in another way than this one, as far as both are known.
    fn differs(&self, document: &str, reading: Option<Reading>) -> bool {
        matches!((self.readings.get(document), reading), (Some(stored), Some(new)) if *stored != new)
    }

    /// Adds documents, all or none. A document whose path another version came from replaces it, and so does
    /// one that is there as it was read in another way.
    ///
    /// # Errors
    /// If the database cannot be read or written; nothing has changed then.
    pub fn add(&mut self, batch: &mut [DocumentQuads], policy: &Policy) -> Result<Added, StoreError> {
        batch.iter_mut().for_each(|quads| quads.relink(policy, &self.linked));
        let batch: &[DocumentQuads] = batch;
        let mut added = Added::default();
        let mut documents = self.documents.clone();
        let mut stale: BTreeSet<String> = BTreeSet::new();
        let mut unpathed: Vec<(String, String)> = Vec::new();
        // Read in another way before: everything of them goes but their paths.
        let mut reread: BTreeSet<String> = BTreeSet::new();
        let mut readings = self.readings.clone();
        for quads in batch {
            let own = quads.document.as_str();
            let older: Vec<String> = documents
                .iter()
                .filter(|(known, paths)| known.as_str() != own && paths.contains(&quads.source))
                .map(|(known, _)| known.clone())
                .collect();
            for known in &older {
                if let Some(paths) = documents.get_mut(known) {
                    paths.remove(&quads.source);
                    // Also where no path is left: the same batch can bring it back from another one.
                    unpathed.push((known.clone(), quads.source.clone()));
                    if paths.is_empty() {
                        documents.remove(known);
                        stale.insert(known.clone());
                    }
                }
            }
            let first = documents.get(own).is_none_or(BTreeSet::is_empty);
            stale.remove(own);
            documents.entry(own.to_owned()).or_default().insert(quads.source.clone());
            let again = self.differs(own, quads.reading) && reread.insert(own.to_owned());
            if let Some(reading) = quads.reading {
                readings.insert(own.to_owned(), reading);
            }
            match (older.is_empty() && !again, first) {
                (false, _) => added.replaced += 1,
                (true, true) => added.new += 1,
                // The same text from one more path: no new document.
                (true, false) => {}
            }
        }
        let mut gone: Vec<Quad> = Vec::new();
        let leaving: BTreeSet<String> = stale.union(&reread).cloned().collect();
        for document in &leaving {
            let quads = self.retract(document, &leaving, policy)?;
            let kept = !stale.contains(document);
            gone.extend(quads.into_iter().filter(|quad| !(kept && quad.predicate == property::SOURCE_PATH)));
        }
        for (document, path) in unpathed {
            let node = NamedNode::new_unchecked(document);
            for graph in [GraphName::DefaultGraph, GraphName::NamedNode(node.clone())] {
                gone.push(Quad::new(
                    node.clone(),
                    property::SOURCE_PATH,
                    Literal::new_simple_literal(path.as_str()),
                    graph,
                ));
            }
        }
        for quads in batch {
            added.quads += quads.graph.len() + quads.facts.len();
        }
        folder::set_unfinished(&self.folder, self.lock.is_some(), true)?;
        for quads in batch {
            let kept = self.cache.put(id_of(quads.document.as_str()), &quads.packed);
            self.kept(kept)?;
        }
        self.write(&gone, batch)?;
        for document in &stale {
            let removed = self.cache.remove(id_of(document));
            self.kept(removed)?;
        }
        self.unlinked = true;
        self.note(batch, &gone);
        self.documents = documents;
        self.readings = readings;
        self.readings.retain(|document, _| self.documents.contains_key(document));
        Ok(added)
    }

    /// Notes whose labels and names a batch and what goes with it may have changed.
    pub(super) fn note(&mut self, batch: &[DocumentQuads], gone: &[Quad]) {
        self.renamed.extend(renamed(batch, gone));
        self.touched.extend(touched(batch, gone));
        self.note_facts(batch, gone);
    }

    /// The quads that go when a document goes: its graph, and the facts that no other document supports.
    pub(super) fn retract(
        &self,
        document: &str,
        stale: &BTreeSet<String>,
        policy: &Policy,
    ) -> Result<Vec<Quad>, StoreError> {
        let name = NamedNodeRef::new_unchecked(document);
        let graph: Vec<Quad> =
            self.check(self.store.quads_for_pattern(None, None, None, Some(name.into())).collect::<Result<_, _>>())?;
        let mut gone = graph.clone();
        for fact in policy.facts(&graph) {
            if !self.is_supported(&fact, stale, policy)? {
                gone.push(fact.in_graph(GraphName::DefaultGraph));
            }
        }
        Ok(gone)
    }

    /// Whether a document that stays supports the fact.
    fn is_supported(&self, fact: &Triple, stale: &BTreeSet<String>, policy: &Policy) -> Result<bool, StoreError> {
        let links = iri::links();
        let stays = |graph: &GraphName| match graph {
            GraphName::NamedNode(name) => *name != links && !stale.contains(name.as_str()),
            GraphName::BlankNode(_) | GraphName::DefaultGraph => false,
        };
        let plain = self.store.quads_for_pattern(
            Some(fact.subject.as_ref()),
            Some(fact.predicate.as_ref()),
            Some(fact.object.as_ref()),
            None,
        );
        for quad in plain {
            if stays(&self.check(quad)?.graph_name) {
                return Ok(true);
            }
        }
        let subject: Term = fact.subject.clone().into();
        let claims = self.store.quads_for_pattern(None, Some(rdf::SUBJECT), Some(subject.as_ref()), None);
        for quad in claims {
            let quad = self.check(quad)?;
            if !stays(&quad.graph_name) {
                continue;
            }
            let claim: Vec<Quad> = self.check(
                self.store
                    .quads_for_pattern(Some(quad.subject.as_ref()), None, None, Some(quad.graph_name.as_ref()))
                    .collect::<Result<_, _>>(),
            )?;
            if policy.facts(&claim).contains(fact) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Writes a batch in one step. Without anything to remove it goes through the bulk loader, which
    /// is many times faster than a transaction and takes effect as a whole too.
    pub(super) fn write(&self, gone: &[Quad], batch: &[DocumentQuads]) -> Result<(), StoreError> {
        let facts =
            batch.iter().flat_map(|quads| &quads.facts).map(|fact| fact.clone().in_graph(GraphName::DefaultGraph));
        self.replace(gone, batch.iter().flat_map(|quads| &quads.graph).cloned().chain(facts))
    }

    /// Takes quads out and puts others in, in one step.
    pub(super) fn replace(&self, gone: &[Quad], quads: impl Iterator<Item = Quad>) -> Result<(), StoreError> {
        if gone.is_empty() {
            return self.load(quads);
        }
        let mut transaction = self.check(self.store.start_transaction())?;
        for quad in gone {
            transaction.remove(quad);
        }
        for quad in quads {
            transaction.insert(&quad);
        }
        self.check(transaction.commit())
    }

    /// Adds quads through the bulk loader.
    pub(super) fn load(&self, quads: impl Iterator<Item = Quad>) -> Result<(), StoreError> {
        let mut loader =
            self.store.bulk_loader().with_num_threads(1).with_max_memory_size_in_megabytes(LOADER_MEGABYTES);
        let mut count = 0;
        self.check(loader.load_quads(quads.inspect(|_| count += 1)))?;
        self.loaded.fetch_add(count, Ordering::Relaxed);
        self.check(loader.commit())
    }

    /// Orders what lies in many files after a large load: until then every look-up asks most of them.
    fn compact(&self) -> Result<(), StoreError> {
        if self.lock.is_some() && self.loaded.load(Ordering::Relaxed) >= COMPACTED {
            self.check(self.store.optimize())?;
            self.loaded.store(0, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Links the entities of all documents, and gives every entity whose names have changed the best of its names as
    /// label. To be called after the last [`GraphStore::add`]; where that did not happen, the next call does it.
    ///
    /// # Errors
    /// If the database, or what is kept of the documents, cannot be read or written.
    pub fn finish(&mut self, policy: &Policy, decisions: &Decisions) -> Result<Linking, StoreError> {
        let linking = self.link(policy, decisions)?;
        self.write_labels(decisions)?;
        self.update_inferred()?;
        self.write_names()?;
        self.compact()?;
        folder::set_unfinished(&self.folder, self.lock.is_some(), false)?;
        self.resumed = false;
        Ok(linking)
    }

    /// Every quad, in the order of graph, subject, predicate and object: the same content gives the
    /// same order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn sorted_quads(&self) -> Result<Vec<Quad>, StoreError> {
        let mut quads: Vec<Quad> = self.check(self.store.iter().collect::<Result<_, _>>())?;
        quads.sort_by_cached_key(|quad| {
            (
                quad.graph_name.to_string(),
                quad.subject.to_string(),
                quad.predicate.as_str().to_owned(),
                quad.object.to_string(),
            )
        });
        Ok(quads)
    }

    /// How many claims there are.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn claims(&self) -> Result<usize, StoreError> {
        let claims = self.store.quads_for_pattern(None, Some(rdf::TYPE), Some(class::CLAIM.into()), None);
        self.check(claims.map(|quad| quad.map(|_| 1)).sum::<Result<usize, _>>())
    }
}

/// The id of a document, of its IRI.
pub(super) fn id_of(document: &str) -> &str {
    document.rsplit('/').next().unwrap_or(document)
}
