//! `/api/…`: what the pages ask for.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use axum::routing::any;
use axum::{Router, routing::MethodRouter};
use serde_json::{Map, Value, json};

use super::super::super::worker::{Accepted, Page, Task};
use super::super::problem::Problem;
use super::super::sparql::pairs;
use super::super::{App, about, questions};
use crate::ontology::Schema;
use crate::ontology::vocabulary::PREFIXES;
use crate::query::pages::Asked;

/// Entities that a search lists unless told, and at most.
const FOUND: usize = 20;
const MOST_FOUND: usize = 100;
/// Languages of the labels that the pages show.
const LANGUAGES: [&str; 2] = ["en", "ar"];

/// The paths of the answers.
pub(in super::super) fn routes() -> Router<App> {
    let get: fn() -> MethodRouter<App> = || any(page);
    Router::new()
        .route("/api/search", get())
        .route("/api/entity", get())
        .route("/api/evidence", get())
        .route("/api/document", get())
        .route("/api/overview", any(overview))
        .route("/api/statistics", any(statistics))
        .route("/api/vocabulary", any(vocabulary))
        .route("/api/questions", any(questions::list))
        .route("/api/ask/{name}", any(questions::ask))
}

async fn page(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    let given = pairs(request.uri().query().unwrap_or_default().as_bytes())?;
    let value = |name: &str| given.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let needed = |name: &str| {
        let value = value(name).filter(|value| !value.trim().is_empty());
        value.ok_or_else(|| Problem::bad_request(format!("`{name}` is missing")))
    };
    let page = match request.uri().path() {
        "/api/search" => {
            let limit = match value("limit") {
                None => FOUND,
                Some(limit) => limit.parse().map_err(|_| Problem::bad_request(format!("`{limit}` is not a number")))?,
            };
            Page::Search { text: needed("q")?, class: value("type"), limit: limit.min(MOST_FOUND) }
        }
        "/api/entity" => Page::Entity { iri: needed("iri")? },
        "/api/document" => Page::Document { iri: needed("iri")? },
        // Nothing else comes here.
        _ => Page::Evidence(Asked {
            subject: needed("subject")?,
            predicate: value("predicate"),
            object: value("object"),
        }),
    };
    app.answer(Task::Page(page), Accepted::default()).await
}

/// What the first page shows.
async fn overview(State(app): State<App>) -> Result<Response, Problem> {
    let known = app.overview.get_or_try_init(|| about::whole(&app, Task::Page(Page::Overview))).await?;
    Ok(written(known.clone()))
}

/// Counts of the whole graph.
async fn statistics(State(app): State<App>) -> Result<Response, Problem> {
    let counted = app.statistics.get_or_try_init(|| about::counted(&app)).await?;
    Ok(written(json!(counted).to_string()))
}

/// The terms of the ontology with their labels, and the prefixes of queries.
async fn vocabulary() -> Response {
    let schema = Schema::embedded();
    let labels = |name: &str| -> Map<String, Value> {
        let label = |language: &&str| Some(((*language).to_owned(), schema.label(name, language)?.into()));
        LANGUAGES.iter().filter_map(label).collect()
    };
    let classes: Map<String, Value> = schema
        .classes()
        .map(|class| {
            let above: Vec<&str> = schema.superclasses(&class.name);
            (class.name.clone(), json!({"labels": labels(&class.name), "above": above}))
        })
        .collect();
    let properties: Map<String, Value> =
        schema.properties().map(|term| (term.name.clone(), json!({"labels": labels(&term.name)}))).collect();
    let values: Map<String, Value> =
        schema.concepts().map(|value| (value.name.clone(), json!({"labels": labels(&value.name)}))).collect();
    let prefixes: Map<String, Value> =
        PREFIXES.iter().map(|(prefix, namespace)| ((*prefix).to_owned(), (*namespace).into())).collect();
    written(json!({"classes": classes, "properties": properties, "values": values, "prefixes": prefixes}).to_string())
}

fn written(content: impl Into<Body>) -> Response {
    let mut response = Response::new(content.into());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
