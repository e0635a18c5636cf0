//! RDF files → graphs of their own.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};

use super::error::{Kind, StoreError};
use super::followthemoney;
use super::graph_store::GraphStore;
use crate::claims::iri;
use crate::link::imported_records;
use crate::ontology::vocabulary::ID_NAMESPACE;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Quads loaded.
    pub quads: usize,
    /// Entities with a name and a type, which take part in linking.
    pub entities: usize,
    /// The graph that triples went to; none where the file names graphs itself.
    pub graph: Option<String>,
}

impl GraphStore {
    /// Loads an RDF file, all or nothing.
    ///
    /// Triples go to a graph named after the file's content; quads of a format with graphs keep
    /// theirs, the default graph included, so that an export can be loaded again.
    ///
    /// Entities with names take part in linking; [`GraphStore::finish`] is to be called after the last file.
    ///
    /// # Errors
    /// If the file cannot be read or is not of its extension's format; the error says the line.
    pub fn import(&mut self, path: &Path) -> Result<Imported, StoreError> {
        let fail = |problem: String| StoreError::new(self.folder(), Kind::Import { path: path.to_owned(), problem });
        let extension =
            path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_ascii_lowercase();
        let known = ["ttl", "nt", "nq", "trig", "rdf", "xml", "jsonld"].contains(&extension.as_str());
        let format = RdfFormat::from_extension(&extension).filter(|_| known);
        let entities = ["ftm", "ijson", "json", "jsonl"].contains(&extension.as_str());
        if format.is_none() && !entities {
            return Err(fail(format!("`.{extension}` is neither an RDF format nor FollowTheMoney's")));
        }
        let file = BufReader::new(File::open(path).map_err(|error| fail(error.to_string()))?);
        let mut quads: Vec<Quad> = Vec::new();
        if let Some(format) = format {
            for quad in RdfParser::from_format(format).rename_blank_nodes().for_reader(file) {
                quads.push(quad.map_err(|error| fail(error.to_string()))?);
            }
        } else {
            quads = followthemoney::read(file).map_err(fail)?;
        }
        let graph = (!format.is_some_and(|format| format.supports_datasets())).then(|| {
            let mut lines: Vec<String> = quads.iter().filter(|quad| !has_blank(quad)).map(Quad::to_string).collect();
            lines.sort_unstable();
            NamedNode::new_unchecked(iri::node("import", &[&lines.join("\n")]))
        });
        if let Some(graph) = &graph {
            quads.iter_mut().for_each(|quad| quad.graph_name = GraphName::NamedNode(graph.clone()));
        }
        debug_assert!(graph.as_ref().is_none_or(|graph| graph.as_str().starts_with(ID_NAMESPACE)));
        let count = quads.len();
        let records = imported_records(&quads);
        let entities = records.len();
        if entities > 0 {
            super::folder::set_unfinished(&self.folder, self.lock.is_some(), true)?;
            let mut all: Vec<String> = quads.iter().map(Quad::to_string).collect();
            all.sort_unstable();
            let kept = self.cache.put_import(&iri::hash(&[&all.join("\n")]), records);
            self.kept(kept)?;
            self.unlinked = true;
        }
        self.replace(&[], quads.into_iter())?;
        self.forget_names()?;
        // Otherwise linking comes first, and then the rest.
        if entities == 0 {
            let inference = self.inference()?;
            self.infer_all(inference)?;
            self.write_names()?;
        } else {
            self.resumed = true;
        }
        Ok(Imported { quads: count, entities, graph: graph.map(|graph| graph.as_str().to_owned()) })
    }
}

fn has_blank(quad: &Quad) -> bool {
    matches!(quad.subject, NamedOrBlankNode::BlankNode(_)) || matches!(quad.object, Term::BlankNode(_))
}
