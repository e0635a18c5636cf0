//! Graph Store HTTP Protocol, for reading.
//!
//! <https://www.w3.org/TR/sparql11-http-rdf-update/>

use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::Response;

use super::super::worker::Task;
use super::problem::Problem;
use super::sparql::pairs;
use super::{App, media};

/// The triples of `?default` or `?graph=IRI`.
pub(super) async fn graphs(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    let pairs = pairs(request.uri().query().unwrap_or_default().as_bytes())?;
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let name = match pairs.as_slice() {
        [("default", "")] => None,
        [("graph", name)] => Some((*name).to_owned()),
        _ => {
            return Err(Problem::bad_request(
                "name one graph\nhint: ?default is the facts, ?graph=IRI the graph of a document",
            ));
        }
    };
    let head = *request.method() == Method::HEAD;
    app.answer(Task::Graph { name, head }, media::rdf(request.headers())).await
}
