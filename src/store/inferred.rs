//! The graph of what follows from the facts: written on demand, and from then on kept true to them.
//!
//! Beside the rules of the ontology it has the country of every place and facility that the gazetteer knows.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use rayon::prelude::*;

use super::document_quads::DocumentQuads;
use super::error::StoreError;
use super::graph_store::GraphStore;
use crate::claims::iri;
use crate::gazetteer::Gazetteer;
use crate::infer::{Rules, Said, Ways};
use crate::link;
use crate::model::EntityType;
use crate::ontology::vocabulary::{class, owl, property};

/// Name of the file that says which rules are in force.
pub(super) const MARK: &str = "inferred";

/// Nodes that are worked out in one step.
const BATCH: usize = 4_096;

/// Which rules are in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inference {
    /// None: there is no such graph.
    Off,
    /// Those of our ontology.
    Own,
    /// Also what follows in the vocabularies that it is aligned with.
    Aligned,
}

/// What leads from place to place.
#[derive(Default)]
struct World {
    /// By transitive property.
    ways: HashMap<NamedNode, Ways>,
    /// Countries in which the gazetteer has something that is in the graph, with their names.
    countries: HashMap<NamedNode, String>,
}

impl Inference {
    fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Own => "own",
            Self::Aligned => "aligned",
        }
    }
}

impl GraphStore {
    /// Which rules are in force.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn inference(&self) -> Result<Inference, StoreError> {
        if self.lock.is_none() {
            return Ok(Inference::Off);
        }
        match fs::read_to_string(self.folder.join(MARK)) {
            Ok(text) if text.trim() == Inference::Aligned.as_str() => Ok(Inference::Aligned),
            Ok(_) => Ok(Inference::Own),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Inference::Off),
            Err(error) => self.kept(Err(error)),
        }
    }

    /// Puts rules in force and writes all that follows by them; from then on every build keeps it true. Returns how many
    /// triples follow. A run that is cut short is made good by the next build.
    ///
    /// # Errors
    /// If the database or the folder cannot be read or written.
    pub fn infer(&mut self, inference: Inference) -> Result<usize, StoreError> {
        super::folder::set_unfinished(&self.folder, self.lock.is_some(), true)?;
        let graph = iri::inferred();
        self.check(self.store.clear_graph(GraphNameRef::NamedNode(graph.as_ref())))?;
        let mark = self.folder.join(MARK);
        let marked = match inference {
            Inference::Off if mark.exists() => fs::remove_file(&mark),
            Inference::Off => Ok(()),
            rules => {
                let draft = mark.with_extension("new");
                fs::write(&draft, rules.as_str()).and_then(|()| fs::rename(&draft, &mark))
            }
        };
        self.kept(marked)?;
        self.infer_all(inference)?;
        if !self.unlinked {
            super::folder::set_unfinished(&self.folder, self.lock.is_some(), false)?;
        }
        self.check(self.store.flush())?;
        let quads = self.store.quads_for_pattern(None, None, None, Some(GraphNameRef::NamedNode(graph.as_ref())));
        self.check(quads.map(|quad| quad.map(|_| 1)).sum())
    }

    /// Notes the nodes that facts which come or go speak of.
    pub(super) fn note_facts(&mut self, batch: &[DocumentQuads], gone: &[Quad]) {
        let mut note = |subject: &NamedOrBlankNode, object: &Term| {
            if let NamedOrBlankNode::NamedNode(node) = subject {
                self.uninferred.insert(node.clone());
            }
            if let Term::NamedNode(node) = object {
                self.uninferred.insert(node.clone());
            }
        };
        for fact in batch.iter().flat_map(|quads| &quads.facts) {
            note(&fact.subject, &fact.object);
        }
        for quad in gone.iter().filter(|quad| quad.graph_name == GraphName::DefaultGraph) {
            note(&quad.subject, &quad.object);
        }
    }

    /// Brings what follows up to date with the facts that have changed; with all of them after a build that was cut short.
    pub(super) fn update_inferred(&mut self) -> Result<(), StoreError> {
        let mut changed = std::mem::take(&mut self.uninferred);
        // Labels are facts too.
        changed.extend(self.touched.iter().cloned());
        let inference = self.inference()?;
        if inference == Inference::Off {
            return Ok(());
        }
        if super::folder::is_unfinished(&self.folder) && self.resumed {
            return self.infer_all(inference);
        }
        let rules = Rules::embedded(inference == Inference::Aligned);
        let world = self.world(&rules)?;
        // What could be reached before the change is in the graph still; what can be reached now, in the world.
        let graph = iri::inferred();
        let mut nodes = changed.clone();
        for predicate in rules.transitive() {
            let far = &world.ways[predicate];
            for node in &changed {
                nodes.extend(far.reached(node));
                nodes.extend(far.reaching(node));
                let before = [(Some(node), None), (None, Some(node))];
                for (subject, object) in before {
                    let quads = self.store.quads_for_pattern(
                        subject.map(|node| node.as_ref().into()),
                        Some(predicate.as_ref()),
                        object.map(|node| node.as_ref().into()),
                        Some(GraphNameRef::NamedNode(graph.as_ref())),
                    );
                    for quad in quads {
                        let quad = self.check(quad)?;
                        if let (NamedOrBlankNode::NamedNode(one), Term::NamedNode(other)) = (quad.subject, quad.object)
                        {
                            nodes.extend([one, other]);
                        }
                    }
                }
            }
        }
        nodes.extend(self.redirected()?);
        self.write_inferred(&nodes, &rules, &world)
    }

    pub(super) fn infer_all(&mut self, inference: Inference) -> Result<(), StoreError> {
        self.uninferred.clear();
        if inference == Inference::Off {
            return Ok(());
        }
        let rules = Rules::embedded(inference == Inference::Aligned);
        let world = self.world(&rules)?;
        let mut nodes = self.redirected()?;
        nodes.extend(world.ways.values().flat_map(Ways::nodes).cloned());
        for quad in self.store.quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph)) {
            let quad = self.check(quad)?;
            if let NamedOrBlankNode::NamedNode(node) = quad.subject {
                nodes.insert(node);
            }
            if let Term::NamedNode(node) = quad.object
                && rules.backwards().any(|predicate| *predicate == quad.predicate)
            {
                nodes.insert(node);
            }
        }
        self.write_inferred(&nodes, &rules, &world)
    }

    /// Where everything lies, by the facts and by the gazetteer.
    fn world(&self, rules: &Rules) -> Result<World, StoreError> {
        let mut world = World::default();
        let default = Some(GraphNameRef::DefaultGraph);
        for predicate in rules.transitive() {
            let mut ways = Ways::default();
            for quad in self.store.quads_for_pattern(None, Some(predicate.as_ref()), None, default) {
                let quad = self.check(quad)?;
                if let (NamedOrBlankNode::NamedNode(from), Term::NamedNode(to)) = (quad.subject, quad.object) {
                    ways.add(from, to);
                }
            }
            world.ways.insert(predicate.clone(), ways);
        }
        let gazetteer = Gazetteer::embedded();
        for quad in self.store.quads_for_pattern(None, Some(property::GAZETTEER_SOURCE), None, default) {
            let quad = self.check(quad)?;
            let (NamedOrBlankNode::NamedNode(node), Term::Literal(key)) = (quad.subject, quad.object) else { continue };
            let country = gazetteer.by_key(key.value()).and_then(|entry| entry.country);
            let Some(country) = country.and_then(|code| gazetteer.by_key(&format!("country:{code}"))) else { continue };
            let above = NamedNode::new_unchecked(link::listed(EntityType::Country, &country.key).iri);
            if above != node {
                world.ways.entry(property::LOCATED_IN.into_owned()).or_default().add(node, above.clone());
                world.countries.insert(above, country.name);
            }
        }
        Ok(world)
    }

    /// The IRIs that lead or led to others.
    fn redirected(&self) -> Result<BTreeSet<NamedNode>, StoreError> {
        let (links, inferred) = (iri::links(), iri::inferred());
        let mut nodes = BTreeSet::new();
        for (predicate, graph) in [(property::MERGED_INTO, &links), (owl::SAME_AS, &inferred)] {
            let graph = Some(GraphNameRef::NamedNode(graph.as_ref()));
            for quad in self.store.quads_for_pattern(None, Some(predicate), None, graph) {
                if let NamedOrBlankNode::NamedNode(node) = self.check(quad)?.subject {
                    nodes.insert(node);
                }
            }
        }
        Ok(nodes)
    }

    /// Writes what follows for these nodes in the place of what followed before.
    fn write_inferred(&self, nodes: &BTreeSet<NamedNode>, rules: &Rules, world: &World) -> Result<(), StoreError> {
        let graph = iri::inferred();
        let nodes: Vec<&NamedNode> = nodes.iter().collect();
        for batch in nodes.chunks(BATCH) {
            let changes: Vec<(Vec<Quad>, Vec<Quad>)> =
                batch.par_iter().map(|node| self.changes(node, rules, world, &graph)).collect::<Result<_, _>>()?;
            let (gone, new): (Vec<Vec<Quad>>, Vec<Vec<Quad>>) = changes.into_iter().unzip();
            let gone: Vec<Quad> = gone.into_iter().flatten().collect();
            self.replace(&gone, new.into_iter().flatten())?;
        }
        Ok(())
    }

    /// What no longer follows for a node, and what follows now and did not before.
    fn changes(
        &self,
        node: &NamedNode,
        rules: &Rules,
        world: &World,
        graph: &NamedNode,
    ) -> Result<(Vec<Quad>, Vec<Quad>), StoreError> {
        let default = Some(GraphNameRef::DefaultGraph);
        let mut said = Said::default();
        for quad in self.store.quads_for_pattern(Some(node.into()), None, None, default) {
            let quad = self.check(quad)?;
            said.forward.insert((quad.predicate, quad.object));
        }
        for predicate in rules.backwards() {
            for quad in self.store.quads_for_pattern(None, Some(predicate.as_ref()), Some(node.into()), default) {
                if let NamedOrBlankNode::NamedNode(subject) = self.check(quad)?.subject {
                    said.backward.insert((predicate.clone(), subject));
                }
            }
        }
        for (predicate, ways) in &world.ways {
            let far = |nodes: BTreeSet<NamedNode>| nodes.into_iter().map(|other| (predicate.clone(), other));
            said.reached.extend(far(ways.reached(node)));
            said.reaching.extend(far(ways.reaching(node)));
        }
        let unnamed = said.forward.is_empty();
        if let Some(name) = world.countries.get(node).filter(|_| unnamed) {
            let country = (rdf::TYPE.into_owned(), class::COUNTRY.into_owned().into());
            said.forward.extend([country, (rdfs::LABEL.into_owned(), Literal::new_simple_literal(name).into())]);
        }
        let mut follows = rules.follow(&said);
        if unnamed {
            // No document names the country: what the gazetteer has is no fact.
            follows.extend(said.forward);
        }
        let links = iri::links();
        let redirects = self.store.quads_for_pattern(
            Some(node.into()),
            Some(property::MERGED_INTO),
            None,
            Some(GraphNameRef::NamedNode(links.as_ref())),
        );
        for quad in redirects {
            follows.insert((owl::SAME_AS.into_owned(), self.check(quad)?.object));
        }
        let mut gone = Vec::new();
        let own = Some(GraphNameRef::NamedNode(graph.as_ref()));
        for quad in self.store.quads_for_pattern(Some(node.into()), None, None, own) {
            let quad = self.check(quad)?;
            if !follows.remove(&(quad.predicate.clone(), quad.object.clone())) {
                gone.push(quad);
            }
        }
        let new = follows
            .into_iter()
            .map(|(predicate, object)| Quad::new(node.clone(), predicate, object, GraphName::NamedNode(graph.clone())));
        Ok((gone, new.collect()))
    }
}
