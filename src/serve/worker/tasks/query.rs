//! SPARQL and saved questions.

use std::io::Write;
use std::time::Instant;

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::NamedNode;
use oxigraph::sparql::QueryResults;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};

use super::super::frames::AnswerWriter;
use super::super::job::{Accepted, Failure, Format, Graphs};
use super::{begin, chosen};
use crate::ontology::vocabulary::PREFIXES;
use crate::query::{self, Dataset, Evaluation, QueryError, Questions, Scope};
use crate::store::{GraphStore, Inference};

/// Answers a query.
pub(super) fn query<W: Write>(
    store: &GraphStore,
    sparql: &str,
    scope: Scope,
    graphs: Option<&Graphs>,
    deadline: Instant,
    accepted: &Accepted,
    out: &mut AnswerWriter<W>,
) -> Result<(), Failure> {
    if scope == Scope::Inferred && store.inference()? == Inference::Off {
        return Err(Failure::new(
            400,
            "nothing has been inferred in this graph\nhint: `isnad infer` does it".to_owned(),
        ));
    }
    let how = Evaluation {
        scope,
        timeout: Some(deadline.saturating_duration_since(Instant::now())),
        dataset: graphs.map(dataset).transpose()?,
        given: Vec::new(),
    };
    query::evaluate(store, sparql, &how, |results| write(results, accepted, out))
}

/// Answers a saved question.
pub(super) fn ask<W: Write>(
    store: &GraphStore,
    name: &str,
    arguments: &[String],
    deadline: Instant,
    accepted: &Accepted,
    out: &mut AnswerWriter<W>,
) -> Result<(), Failure> {
    let questions = Questions::of_store(store.folder());
    let Some(question) = questions.iter().find(|question| question.name == name) else {
        return Err(Failure::new(404, format!("there is no saved question `{name}`\nhint: /ask lists them")));
    };
    let binding = question.bind(store, arguments).map_err(|error| {
        let detail = error.to_string();
        Failure::new(400, format!("{}\nhint: /ask/{name}{}", first_line(&detail), parameters(question)))
    })?;
    if let Some(head) = out.head() {
        head.understood = binding.understood;
    }
    let how = Evaluation {
        timeout: Some(deadline.saturating_duration_since(Instant::now())),
        given: binding.given,
        ..Evaluation::default()
    };
    query::evaluate(store, &question.sparql, &how, |results| write(results, accepted, out))
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// The parameters of a question as a query of a URL.
fn parameters(question: &query::Question) -> String {
    let shown: Vec<String> = question
        .parameters
        .iter()
        .map(|parameter| format!("{}={}", parameter.name, parameter.kind.to_string().to_uppercase()))
        .collect();
    if shown.is_empty() { String::new() } else { format!("?{}", shown.join("&")) }
}

fn dataset(graphs: &Graphs) -> Result<Dataset, Failure> {
    let named = |iris: &[String]| -> Result<Vec<NamedNode>, Failure> {
        let node = |iri: &String| {
            NamedNode::new(iri).map_err(|error| Failure::new(400, format!("`{iri}` is no absolute IRI: {error}")))
        };
        iris.iter().map(node).collect()
    };
    Ok(Dataset { default: named(&graphs.default)?, named: named(&graphs.named)? })
}

fn write<W: Write>(results: QueryResults<'_>, accepted: &Accepted, out: &mut AnswerWriter<W>) -> Result<(), Failure> {
    match results {
        QueryResults::Boolean(value) => {
            let format = results_format(accepted, "yes or no", out)?;
            QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(&mut *out, value)?;
            Ok(())
        }
        QueryResults::Solutions(solutions) => {
            let format = results_format(accepted, "a table", out)?;
            let serializer = QueryResultsSerializer::from_format(format);
            let mut writer = serializer.serialize_solutions_to_writer(&mut *out, solutions.variables().to_vec())?;
            for solution in solutions {
                writer.serialize(&solution.map_err(QueryError::from)?)?;
            }
            writer.finish()?;
            Ok(())
        }
        QueryResults::Graph(triples) => {
            let mut writer = rdf_serializer(accepted, out)?.for_writer(&mut *out);
            for triple in triples {
                writer.serialize_triple(&triple.map_err(QueryError::from)?)?;
            }
            writer.finish()?;
            Ok(())
        }
    }
}

fn results_format<W: Write>(
    accepted: &Accepted,
    kind: &str,
    out: &mut AnswerWriter<W>,
) -> Result<QueryResultsFormat, Failure> {
    let Format { content_type, media } = chosen(
        accepted.results.as_ref(),
        kind,
        "application/sparql-results+json, application/sparql-results+xml, text/csv or text/tab-separated-values",
    )?;
    begin(out, content_type);
    QueryResultsFormat::from_media_type(media).ok_or_else(|| Failure::new(500, "an unknown format of results"))
}

/// A serializer of triples in the format asked for, with the project's prefixes.
pub(super) fn rdf_serializer<W: Write>(
    accepted: &Accepted,
    out: &mut AnswerWriter<W>,
) -> Result<RdfSerializer, Failure> {
    let Format { content_type, media } = chosen(
        accepted.rdf.as_ref(),
        "triples",
        "text/turtle, application/n-triples, application/rdf+xml, application/ld+json, application/trig or application/n-quads",
    )?;
    begin(out, content_type);
    let unknown = || Failure::new(500, "an unknown format of RDF");
    let mut serializer = RdfSerializer::from_format(RdfFormat::from_media_type(media).ok_or_else(unknown)?);
    for (prefix, namespace) in PREFIXES {
        serializer = serializer.with_prefix(*prefix, *namespace).map_err(|_| unknown())?;
    }
    Ok(serializer)
}
