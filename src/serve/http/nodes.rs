//! Entities, claims and documents by their IRIs.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use percent_encoding::percent_decode_str;

use super::super::worker::{Accepted, Task};
use super::problem::Problem;
use super::sparql::pairs;
use super::{App, media};
use crate::ontology::vocabulary::ID_NAMESPACE;

/// The node whose IRI ends as the path does: `/entity/city/geonames-170017`.
pub(super) async fn by_path(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    let path = request.uri().path().trim_start_matches("/entity/");
    let local = percent_decode_str(path).decode_utf8().map_err(|_| Problem::bad_request("the path is not UTF-8"))?;
    let iri = format!("{ID_NAMESPACE}{local}");
    node(&app, &request.into_parts().0.headers, iri).await
}

/// The node of `?iri=`.
pub(super) async fn by_iri(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    let pairs = pairs(request.uri().query().unwrap_or_default().as_bytes())?;
    match pairs.as_slice() {
        [(name, iri)] if name == "iri" => node(&app, &request.into_parts().0.headers, iri.clone()).await,
        _ => Err(Problem::bad_request("name an entity\nhint: /entity?iri=IRI")),
    }
}

async fn node(app: &App, headers: &HeaderMap, iri: String) -> Result<Response, Problem> {
    let accepted = media::node(headers);
    if !accepted.json && accepted.rdf.is_none() {
        let message = "a node is told as JSON or as triples\nhint: accept application/json or text/turtle";
        return Err(Problem::new(StatusCode::NOT_ACCEPTABLE, message));
    }
    app.answer(Task::Node { iri }, accepted).await
}

/// The text of a document and what was found in it.
pub(super) async fn document(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    if !media::takes_json(request.headers()) {
        let message = "what was found in a document is told as JSON\nhint: accept application/json; /entity/document/… has triples";
        return Err(Problem::new(StatusCode::NOT_ACCEPTABLE, message));
    }
    app.answer(Task::Document { id }, Accepted::default()).await
}
