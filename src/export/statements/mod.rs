//! The statements of an export, sorted graph by graph and never all in memory.
//!
//! RocksDB has them in the order of hashes. Here every graph is sorted by itself, as lines of N-Triples, which is the
//! order of its terms as they are written; graphs come by their names, and last the default graph with its facts.

mod sort;

use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedOrBlankNode, Quad, Term, Triple};
use rayon::prelude::*;

use crate::store::GraphStore;
pub(super) use sort::{BUDGET, Sorted, Sorter};

/// Graphs that are sorted at the same time, for each thread.
const AT_ONCE: usize = 16;

/// What is done to every statement before it is written: left as it is, changed, or left out.
pub type Change = Box<dyn Fn(Quad) -> Option<Quad> + Send + Sync>;

/// The statements of a store, or of a part of it.
pub struct Statements<'a> {
    from: Origin<'a>,
    change: Option<Change>,
}

enum Origin<'a> {
    Store(&'a GraphStore),
    /// Quads in order of their graphs.
    Part(Vec<Quad>),
}

/// The triples of one graph, in order.
pub(super) struct Lines(Sorted);

impl<'a> Statements<'a> {
    /// Everything that a store holds.
    pub fn of_store(store: &'a GraphStore) -> Self {
        Self { from: Origin::Store(store), change: None }
    }

    /// These alone.
    pub fn of_part(mut quads: Vec<Quad>) -> Self {
        quads.sort_by_cached_key(|quad| graph_key(&quad.graph_name));
        Self { from: Origin::Part(quads), change: None }
    }

    /// The same, with something done to each of them.
    pub fn changed(mut self, change: Change) -> Self {
        self.change = Some(change);
        self
    }

    /// Names of the graphs in order, the default graph left out.
    fn names(&self) -> io::Result<Vec<GraphName>> {
        let mut names: Vec<GraphName> = match &self.from {
            Origin::Store(store) => {
                let names = store.database().named_graphs();
                names.map(|name| name.map(GraphName::from)).collect::<Result<_, _>>().map_err(io::Error::other)?
            }
            Origin::Part(quads) => quads.iter().map(|quad| quad.graph_name.clone()).collect(),
        };
        names.retain(|name| !name.is_default_graph());
        names.sort_by_cached_key(graph_key);
        names.dedup();
        Ok(names)
    }

    fn each_of(&self, graph: &GraphName, with: &mut dyn FnMut(Quad) -> io::Result<()>) -> io::Result<()> {
        let mut give = |quad: Quad| match &self.change {
            Some(change) => change(quad).map_or(Ok(()), &mut *with),
            None => with(quad),
        };
        match &self.from {
            Origin::Store(store) => {
                for quad in store.database().quads_for_pattern(None, None, None, Some(graph.as_ref())) {
                    give(quad.map_err(io::Error::other)?)?;
                }
            }
            Origin::Part(quads) => {
                let key = graph_key(graph);
                let start = quads.partition_point(|quad| graph_key(&quad.graph_name) < key);
                for quad in quads[start..].iter().take_while(|quad| quad.graph_name == *graph) {
                    give(quad.clone())?;
                }
            }
        }
        Ok(())
    }

    /// The triples of a graph, unless that is called off meanwhile.
    fn sorted(&self, graph: &GraphName, budget: usize, off: &AtomicBool) -> io::Result<Lines> {
        let mut sorter = Sorter::new(budget);
        self.each_of(graph, &mut |quad| {
            if off.load(Ordering::Relaxed) {
                return Err(io::Error::other("called off"));
            }
            sorter.push(|line| write_triple(line, &quad))
        })?;
        Ok(Lines(sorter.finish()?))
    }

    /// Hands out every graph in order: those of documents, as far as something is in them, then the facts.
    pub(super) fn each_graph(&self, mut with: impl FnMut(GraphNameRef<'_>, Lines) -> io::Result<()>) -> io::Result<()> {
        let names = self.names()?;
        let at_once = AT_ONCE * rayon::current_num_threads();
        let off = AtomicBool::new(false);
        thread::scope(|scope| {
            // The facts are the largest graph by far, and are sorted while the others are written.
            let facts = scope.spawn(|| self.sorted(&GraphName::DefaultGraph, BUDGET, &off));
            let mut named = || {
                for some in names.chunks(at_once) {
                    let sorted: Vec<_> =
                        some.par_iter().map(|name| self.sorted(name, BUDGET / AT_ONCE, &off)).collect();
                    for (name, lines) in some.iter().zip(sorted) {
                        let lines = lines?;
                        // The database remembers graphs from which everything has been removed.
                        if !lines.is_empty() {
                            with(name.as_ref(), lines)?;
                        }
                    }
                }
                Ok::<(), io::Error>(())
            };
            // Who no longer reads does not wait for the facts.
            named().inspect_err(|_| off.store(true, Ordering::Relaxed))?;
            let facts = facts.join().map_err(|_| io::Error::other("the facts could not be sorted"))?;
            with(GraphNameRef::DefaultGraph, facts?)
        })
    }

    /// The triples of the default graph.
    pub(super) fn facts(&self) -> io::Result<Lines> {
        self.sorted(&GraphName::DefaultGraph, BUDGET, &AtomicBool::new(false))
    }

    /// The triples of all graphs, each once.
    pub(super) fn merged(&self) -> io::Result<Lines> {
        let mut sorter = Sorter::new(BUDGET);
        let mut names = self.names()?;
        names.push(GraphName::DefaultGraph);
        for name in &names {
            self.each_of(name, &mut |quad| sorter.push(|line| write_triple(line, &quad)))?;
        }
        Ok(Lines(sorter.finish()?))
    }

    /// Every statement, in the same order, for formats that need all at once.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn collect(&self) -> io::Result<Vec<Quad>> {
        let mut quads = Vec::new();
        self.each_graph(|name, lines| {
            lines.triples(|triple| {
                quads.push(triple.in_graph(name.into_owned()));
                Ok(())
            })
        })?;
        Ok(quads)
    }
}

impl Lines {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next triple as a line of N-Triples, without the dot that ends it.
    pub fn next(&mut self) -> io::Result<Option<&[u8]>> {
        self.0.next()
    }

    /// Hands out the triples themselves.
    pub fn triples(self, mut with: impl FnMut(Triple) -> io::Result<()>) -> io::Result<()> {
        // What the store holds was checked when it came in.
        let parser = RdfParser::from_format(RdfFormat::NTriples).lenient();
        for quad in parser.for_reader(LineReader { lines: self, rest: Vec::new(), at: 0 }) {
            with(quad.map_err(io::Error::other)?.into())?;
        }
        Ok(())
    }
}

/// Lines as a file of N-Triples.
struct LineReader {
    lines: Lines,
    rest: Vec<u8>,
    at: usize,
}

impl Read for LineReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at == self.rest.len() {
            self.rest.clear();
            self.at = 0;
            while self.rest.len() < out.len() {
                let Some(line) = self.lines.next()? else { break };
                self.rest.extend_from_slice(line);
                self.rest.extend_from_slice(b" .\n");
            }
        }
        let length = out.len().min(self.rest.len() - self.at);
        out[..length].copy_from_slice(&self.rest[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

fn graph_key(name: &GraphName) -> (bool, String) {
    (name.is_default_graph(), name.to_string())
}

fn write_triple(line: &mut Vec<u8>, quad: &Quad) {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => write_iri(line, node.as_str()),
        NamedOrBlankNode::BlankNode(node) => line.extend_from_slice(node.to_string().as_bytes()),
    }
    line.push(b' ');
    write_iri(line, quad.predicate.as_str());
    line.push(b' ');
    match &quad.object {
        Term::NamedNode(node) => write_iri(line, node.as_str()),
        Term::Literal(literal) => write_literal(line, literal),
        other => line.extend_from_slice(other.to_string().as_bytes()),
    }
}

fn write_iri(line: &mut Vec<u8>, iri: &str) {
    line.push(b'<');
    line.extend_from_slice(iri.as_bytes());
    line.push(b'>');
}

fn write_literal(line: &mut Vec<u8>, literal: &Literal) {
    line.extend_from_slice(literal.to_string().as_bytes());
}
