//! All triples of a graph.

use std::io::Write;
use std::time::Instant;

use oxigraph::model::{GraphNameRef, NamedNode};

use super::super::frames::AnswerWriter;
use super::super::job::{Accepted, Failure};
use super::query::rdf_serializer;
use crate::query::QueryError;
use crate::store::GraphStore;

/// How many triples are written between two looks at the clock.
const BETWEEN: usize = 1024;

/// Writes the triples of the graph of this name; of the default graph without one.
pub(super) fn graph<W: Write>(
    store: &GraphStore,
    name: Option<&str>,
    head: bool,
    deadline: Instant,
    accepted: &Accepted,
    out: &mut AnswerWriter<W>,
) -> Result<(), Failure> {
    let name = name.map(NamedNode::new).transpose();
    let name = name.map_err(|error| Failure::new(400, format!("the graph's name is no absolute IRI: {error}")))?;
    if let Some(name) = &name
        && !store.database().contains_named_graph(name).map_err(QueryError::from)?
    {
        return Err(Failure::new(404, format!("there is no graph <{}>", name.as_str())));
    }
    let graph = name.as_ref().map_or(GraphNameRef::DefaultGraph, |name| name.as_ref().into());
    let serializer = rdf_serializer(accepted, out)?;
    if head {
        return Ok(());
    }
    let mut writer = serializer.for_writer(&mut *out);
    for (at, quad) in store.database().quads_for_pattern(None, None, None, Some(graph)).enumerate() {
        if at % BETWEEN == 0 && Instant::now() > deadline {
            return Err(QueryError::timeout().into());
        }
        let quad = quad.map_err(QueryError::from)?;
        writer.serialize_triple(oxigraph::model::TripleRef::from(quad.as_ref()))?;
    }
    writer.finish()?;
    Ok(())
}
