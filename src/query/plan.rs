//! How a query is answered: its steps, with what each gives and takes.

use std::time::{Duration, Instant};

use oxigraph::sparql::{CancellationToken, QueryExplanation, QueryResults};
use serde_json::Value;

use super::error::{Kind, QueryError};
use super::sparql::{Evaluation, prepare, timed};
use crate::store::GraphStore;

/// A step of a plan. It is fed by the steps below it that are one deeper.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Step {
    /// How deep it lies; 0 gives the answers.
    pub depth: usize,
    /// What it does, in the words of the evaluator.
    pub what: String,
    /// Rows that it gave.
    pub rows: u64,
    /// Seconds that it took, the steps below it included.
    pub seconds: f64,
}

/// A plan that has been carried out.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Plan {
    /// From the answers down.
    pub steps: Vec<Step>,
    /// Answers that there are, or that there were when time was over.
    pub answers: usize,
    /// Seconds in all.
    pub seconds: f64,
    /// Whether all answers were found within the time allowed.
    pub complete: bool,
}

/// Answers a query, throws the answers away and tells how they were found; where time is over, how far it came.
///
/// # Errors
/// If the query is not SPARQL 1.1 or cannot be answered.
///
/// ```
/// use isnad::{query, store::GraphStore};
/// let store = GraphStore::in_memory().unwrap();
/// let plan = query::plan(&store, "SELECT * { VALUES ?n { 1 2 3 } FILTER(?n > 1) }", &Default::default()).unwrap();
/// assert_eq!((plan.answers, plan.complete), (2, true));
/// assert!(plan.steps.iter().any(|step| step.rows == 3));
/// ```
pub fn plan(store: &GraphStore, sparql: &str, how: &Evaluation) -> Result<Plan, QueryError> {
    let token = CancellationToken::new();
    let query = prepare(store, sparql, how, &token)?.on_store(store.database()).compute_statistics();
    let start = Instant::now();
    let mut answers = 0;
    let (outcome, explanation) = timed(how.timeout, &token, || {
        let (results, explanation) = query.explain();
        (results.map_err(QueryError::from).and_then(|results| exhaust(results, &token, &mut answers)), explanation)
    });
    let took = start.elapsed();
    match outcome {
        Err(error) if !error.is_timeout() => Err(error),
        outcome => told(&explanation, answers, took, outcome.is_ok()),
    }
}

/// Counts the answers until time is over: between two quads the evaluator can go on giving answers for long.
fn exhaust(results: QueryResults<'_>, token: &CancellationToken, answers: &mut usize) -> Result<(), QueryError> {
    match results {
        QueryResults::Boolean(_) => *answers = 1,
        QueryResults::Solutions(solutions) => {
            for solution in solutions {
                solution?;
                *answers += 1;
                if token.is_cancelled() {
                    return Err(QueryError::timeout());
                }
            }
        }
        QueryResults::Graph(triples) => {
            for triple in triples {
                triple?;
                *answers += 1;
                if token.is_cancelled() {
                    return Err(QueryError::timeout());
                }
            }
        }
    }
    Ok(())
}

fn told(explanation: &QueryExplanation, answers: usize, took: Duration, complete: bool) -> Result<Plan, QueryError> {
    let unreadable = |error: &dyn std::error::Error| QueryError(Kind::Plan(error.to_string()));
    let mut json = Vec::new();
    explanation.write_in_json(&mut json).map_err(|error| unreadable(&error))?;
    let tree: Value = serde_json::from_slice(&json).map_err(|error| unreadable(&error))?;
    let mut steps = Vec::new();
    collect(&tree["plan"], 0, &mut steps);
    Ok(Plan { steps, answers, seconds: took.as_secs_f64(), complete })
}

fn collect(node: &Value, depth: usize, steps: &mut Vec<Step>) {
    steps.push(Step {
        depth,
        what: node["name"].as_str().unwrap_or_default().to_owned(),
        rows: node["number of results"].as_u64().unwrap_or_default(),
        seconds: node["duration in seconds"].as_f64().unwrap_or_default(),
    });
    for child in node["children"].as_array().into_iter().flatten() {
        collect(child, depth + 1, steps);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{GraphName, NamedNode, Quad};

    #[test]
    fn a_plan_tells_how_far_a_slow_query_came() {
        let store = GraphStore::in_memory().expect("memory is enough");
        for number in 0..200 {
            let node = |name: &str| NamedNode::new(format!("urn:{name}{number}")).expect("an IRI");
            let quad = Quad::new(node("s"), node("p"), node("o"), GraphName::DefaultGraph);
            store.database().insert(quad.as_ref()).expect("memory is enough");
        }
        let how = Evaluation { timeout: Some(Duration::from_millis(50)), ..Evaluation::default() };
        let slow = plan(&store, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", &how).expect("a plan");
        assert!(!slow.complete && slow.answers > 0, "{slow:?}");
        let quick = plan(&store, "SELECT ?s { ?s ?p ?o } LIMIT 7", &how).expect("a plan");
        assert_eq!((quick.answers, quick.complete, quick.steps[0].rows), (7, true, 7), "{quick:?}");
        assert!(quick.steps.iter().any(|step| step.depth > 0 && step.what.contains("?p")), "{quick:?}");
        assert!(plan(&store, "SELECT", &how).is_err());
    }
}
