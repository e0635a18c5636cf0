//! The graph that is checked: all graphs of a store together, and the classes of the ontology.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use super::path::Values;
use super::shapes::subject_of;
use crate::ontology::Schema;
use crate::ontology::vocabulary::{NAMESPACE, local_name};
use crate::store::{GraphStore, StoreError};

/// Nodes whose classes are remembered.
const REMEMBERED: usize = 500_000;

type Properties = BTreeMap<NamedNode, Vec<Term>>;

pub(super) struct Data<'s> {
    store: &'s GraphStore,
    /// What was said of the node that was asked about last.
    last: RefCell<Option<(NamedOrBlankNode, Properties)>>,
    classes: RefCell<HashMap<NamedOrBlankNode, HashSet<NamedNode>>>,
    /// Class → those above it, by the store.
    above: HashMap<NamedNode, Vec<NamedNode>>,
}

impl<'s> Data<'s> {
    pub fn new(store: &'s GraphStore) -> Result<Self, StoreError> {
        let mut above: HashMap<NamedNode, Vec<NamedNode>> = HashMap::new();
        for quad in store.database().quads_for_pattern(None, Some(rdfs::SUB_CLASS_OF), None, None) {
            let quad = store.check(quad)?;
            if let (NamedOrBlankNode::NamedNode(class), Term::NamedNode(upper)) = (quad.subject, quad.object) {
                above.entry(class).or_default().push(upper);
            }
        }
        Ok(Self { store, last: RefCell::new(None), classes: RefCell::new(HashMap::new()), above })
    }

    /// The values of a property of a node, each once.
    pub fn objects(&self, node: &Term, predicate: &NamedNode) -> Result<Vec<Term>, StoreError> {
        let Some(node) = subject_of(node) else { return Ok(Vec::new()) };
        self.with_properties(&node, |properties| properties.get(predicate).cloned().unwrap_or_default())
    }

    /// The properties that a node has.
    pub fn properties(&self, node: &Term) -> Result<Vec<(NamedNode, Vec<Term>)>, StoreError> {
        let Some(node) = subject_of(node) else { return Ok(Vec::new()) };
        self.with_properties(&node, |properties| {
            properties.iter().map(|(predicate, values)| (predicate.clone(), values.clone())).collect()
        })
    }

    /// A shape asks for many properties of one node: they are read together.
    fn with_properties<T>(&self, node: &NamedOrBlankNode, take: impl Fn(&Properties) -> T) -> Result<T, StoreError> {
        if let Some((known, properties)) = &*self.last.borrow()
            && known == node
        {
            return Ok(take(properties));
        }
        let mut properties = Properties::new();
        for quad in self.store.database().quads_for_pattern(Some(node.as_ref()), None, None, None) {
            let quad = self.store.check(quad)?;
            let values = properties.entry(quad.predicate).or_default();
            if !values.contains(&quad.object) {
                values.push(quad.object);
            }
        }
        let taken = take(&properties);
        *self.last.borrow_mut() = Some((node.clone(), properties));
        Ok(taken)
    }

    /// The nodes that have `object` as a value of a property.
    pub fn subjects(&self, object: &Term, predicate: &NamedNode) -> Result<Vec<Term>, StoreError> {
        let found =
            self.store.database().quads_for_pattern(None, Some(predicate.as_ref()), Some(object.as_ref()), None);
        found.map(|quad| Ok(self.store.check(quad)?.subject.into())).collect()
    }

    /// The subjects, or objects, of a property.
    pub fn ends(&self, predicate: &NamedNode, subjects: bool) -> Result<Values, StoreError> {
        let mut ends = Values::new();
        for quad in self.store.database().quads_for_pattern(None, Some(predicate.as_ref()), None, None) {
            let quad = self.store.check(quad)?;
            let end: Term = if subjects { quad.subject.into() } else { quad.object };
            ends.insert(end.to_string(), end);
        }
        Ok(ends)
    }

    /// The nodes of a class and of those below it.
    pub fn instances(&self, class: &NamedNode) -> Result<Values, StoreError> {
        let mut instances = Values::new();
        let mut open = vec![class.clone()];
        let mut known = BTreeSet::new();
        while let Some(class) = open.pop() {
            if !known.insert(class.clone()) {
                continue;
            }
            let found =
                self.store.database().quads_for_pattern(None, Some(rdf::TYPE), Some(class.as_ref().into()), None);
            for quad in found {
                let node: Term = self.store.check(quad)?.subject.into();
                instances.insert(node.to_string(), node);
            }
            let below = self.above.iter().filter(|(_, above)| above.contains(&class)).map(|(below, _)| below.clone());
            open.extend(below);
            if let Some(local) = local_name(class.as_ref()) {
                let schema = Schema::embedded();
                let below =
                    schema.classes().filter(|other| other.name != local && schema.is_subclass(&other.name, local));
                open.extend(below.map(|class| NamedNode::new_unchecked(format!("{NAMESPACE}{}", class.name))));
            }
        }
        Ok(instances)
    }

    /// Whether a node is of a class, or of one below it.
    pub fn is_a(&self, node: &Term, class: &NamedNode) -> Result<bool, StoreError> {
        let Some(node) = subject_of(node) else { return Ok(false) };
        if let Some(classes) = self.classes.borrow().get(&node) {
            return Ok(classes.contains(class));
        }
        let mut classes = HashSet::new();
        let mut open: Vec<NamedNode> = Vec::new();
        for quad in self.store.database().quads_for_pattern(Some(node.as_ref()), Some(rdf::TYPE), None, None) {
            if let Term::NamedNode(class) = self.store.check(quad)?.object {
                open.push(class);
            }
        }
        while let Some(class) = open.pop() {
            if classes.insert(class.clone()) {
                open.extend(self.above.get(&class).into_iter().flatten().cloned());
                let local = local_name(class.as_ref()).unwrap_or_default();
                let above = Schema::embedded().superclasses(local);
                open.extend(above.iter().map(|name| NamedNode::new_unchecked(format!("{NAMESPACE}{name}"))));
            }
        }
        let is = classes.contains(class);
        let mut remembered = self.classes.borrow_mut();
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(node, classes);
        Ok(is)
    }
}
