//! SPARQL 1.1 over facts and claims.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Term, Variable};
use oxigraph::sparql::{CancellationToken, PreparedSparqlQuery, QueryResults};
use spargebra::SparqlParser;

use super::error::{Kind, QueryError};
use super::functions;
use super::hoist::hoist;
use super::rewrite::rewrite;
use super::search::Search;
use crate::claims::iri;
use crate::ontology::vocabulary::PREFIXES;
use crate::store::GraphStore;

/// What the default graph of a query is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum Scope {
    /// Accepted facts; the documents' claims stand in named graphs (`GRAPH ?document { … }`).
    #[default]
    Facts,
    /// Facts, and what follows from them by the ontology, where that has been worked out.
    Inferred,
    /// Facts and all named graphs as one.
    Union,
}

/// The graphs of a query, where the asker names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dataset {
    /// What the default graph is made of.
    pub default: Vec<NamedNode>,
    /// What `GRAPH` ranges over.
    pub named: Vec<NamedNode>,
}

/// How a query is to be answered.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// What the default graph is.
    pub scope: Scope,
    /// Stop after this long.
    pub timeout: Option<Duration>,
    /// These graphs, whatever the query and `scope` say.
    pub dataset: Option<Dataset>,
    /// Variables that are given.
    pub given: Vec<(String, Term)>,
}

/// Answers a query and hands its results to `read` while the clock runs.
///
/// The prefixes of [`PREFIXES`] are set. No other server is ever asked: `SERVICE` is an error. The
/// evaluator looks at the clock when it reads a quad, so that a join of values that are there already
/// can overrun.
///
/// # Errors
/// If the query is not SPARQL 1.1, cannot be answered, takes too long, or `read` fails.
///
/// ```
/// use isnad::{query, store::GraphStore};
/// use oxigraph::sparql::QueryResults;
/// let store = GraphStore::in_memory().unwrap();
/// let yes = query::evaluate::<_, query::QueryError>(&store, "ASK {}", &Default::default(), |results| {
///     Ok(matches!(results, QueryResults::Boolean(true)))
/// });
/// assert!(yes.unwrap());
/// ```
pub fn evaluate<T, E: From<QueryError>>(
    store: &GraphStore,
    sparql: &str,
    how: &Evaluation,
    read: impl FnOnce(QueryResults<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let token = CancellationToken::new();
    let query = prepare(store, sparql, how, &token)?;
    timed(how.timeout, &token, || {
        let results = query.on_store(store.database()).execute().map_err(|error| E::from(error.into()));
        results.and_then(read)
    })
}

/// A query with its dataset and its given variables, which stops when `token` is cancelled.
pub(super) fn prepare(
    store: &GraphStore,
    sparql: &str,
    how: &Evaluation,
    token: &CancellationToken,
) -> Result<PreparedSparqlQuery, QueryError> {
    let wrong = |error: &dyn std::error::Error| QueryError(Kind::Syntax(told(&error.to_string())));
    let mut parser = SparqlParser::new();
    for (prefix, namespace) in PREFIXES {
        parser = parser.with_prefix(*prefix, *namespace).map_err(|error| wrong(&error))?;
    }
    let query = parser.parse_query(sparql).map_err(|error| wrong(&error))?;
    let query = hoist(rewrite(query, &mut Search::new(store, &how.given))?);
    let mut query = functions::evaluator().with_cancellation_token(token.clone()).for_query(query);
    match how.scope {
        Scope::Facts => {}
        Scope::Inferred => {
            let graphs = vec![GraphName::DefaultGraph, iri::inferred().into()];
            query.dataset_mut().set_default_graph(graphs);
        }
        Scope::Union => query.dataset_mut().set_default_graph_as_union(),
    }
    if let Some(dataset) = &how.dataset {
        let specification = query.dataset_mut();
        specification.set_default_graph(dataset.default.iter().cloned().map(GraphName::from).collect());
        specification.set_available_named_graphs(dataset.named.iter().cloned().map(NamedOrBlankNode::from).collect());
    }
    for (name, value) in &how.given {
        let variable = Variable::new(name.as_str()).map_err(|error| wrong(&error))?;
        query = query.substitute_variable(variable, value.clone());
    }
    Ok(query)
}

/// Works while the clock runs, which cancels `token` at the end of its time.
pub(super) fn timed<T>(limit: Option<Duration>, token: &CancellationToken, work: impl FnOnce() -> T) -> T {
    let Some(limit) = limit else { return work() };
    thread::scope(|scope| {
        let (done, clock) = mpsc::channel::<()>();
        scope.spawn(move || {
            if clock.recv_timeout(limit) == Err(mpsc::RecvTimeoutError::Timeout) {
                token.cancel();
            }
        });
        let answer = work();
        drop(done);
        answer
    })
}

/// The parser's message; of a prefix that is not declared, without all else that could stand there, and without the
/// classes of characters that a name could go on with.
fn told(message: &str) -> String {
    if let Some((place, _)) = message.split_once(": expected one of Prefix not found") {
        return format!("{place}: the prefix of this name is not declared");
    }
    let Some((place, expected)) = message.split_once("expected one of ") else { return message.to_owned() };
    let words: Vec<&str> = expected.split(", ").filter(|word| !word.starts_with('[')).collect();
    if words.is_empty() { message.to_owned() } else { format!("{place}expected one of {}", words.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::Triple;

    fn ask(sparql: &str, how: &Evaluation) -> Result<bool, QueryError> {
        let store = GraphStore::in_memory().expect("memory is enough");
        evaluate(&store, sparql, how, |results| Ok(matches!(results, QueryResults::Boolean(true))))
    }

    #[test]
    fn refuses_to_ask_others() {
        for silent in ["", "SILENT "] {
            let sparql = format!("ASK {{ SERVICE {silent}<http://127.0.0.1:9/sparql> {{ ?s ?p ?o }} }}");
            let error = ask(&sparql, &Evaluation::default()).expect_err("no federation");
            assert!(error.to_string().contains("SERVICE is refused"), "{error}");
        }
    }

    #[test]
    fn says_where_the_syntax_is_wrong() {
        let error = ask("SELECT ?s WHERE { ?s isnad:heldAt }", &Evaluation::default()).expect_err("wrong");
        assert!(error.to_string().contains("1:") && error.to_string().contains("hint"), "{error}");
        let error = ask("SELECT ?s", &Evaluation::default()).expect_err("wrong");
        assert!(
            error.to_string().contains("1:10: expected one of \"$\"") && !error.to_string().contains('['),
            "{error}"
        );
    }

    #[test]
    fn stops_when_the_time_is_over() {
        let store = GraphStore::in_memory().expect("memory is enough");
        for number in 0..200 {
            let node = |name: &str| NamedNode::new(format!("urn:{name}{number}")).expect("an IRI");
            let triple = Triple::new(node("s"), node("p"), node("o"));
            store.database().insert(triple.in_graph(GraphName::DefaultGraph).as_ref()).expect("memory is enough");
        }
        let how = Evaluation { timeout: Some(Duration::from_millis(50)), ..Evaluation::default() };
        let sparql = "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) = STR(?l)) }";
        let start = std::time::Instant::now();
        let answer: Result<(), QueryError> = evaluate(&store, sparql, &how, |_| Ok(()));
        assert!(answer.expect_err("too long").is_timeout());
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    }
}
