//! Requests → jobs → responses.

mod about;
mod body;
mod graphs;
mod guard;
mod media;
mod metrics;
mod negotiate;
mod nodes;
mod pages;
mod problem;
mod questions;
mod sparql;

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_TYPE, LOCATION, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::any;
use axum::{Router, middleware};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use tokio::sync::OnceCell;
use tower_http::compression::CompressionLayer;

use super::settings::Settings;
use super::worker::{Accepted, Job, Pool, Task};
use crate::ontology::vocabulary::ID_NAMESPACE;
use crate::query::Statistics;
use guard::Guard;
use metrics::Metrics;
use problem::Problem;

/// Where queries go.
const SPARQL: &str = "/sparql";
/// What names in the question were taken to mean, one after another.
const UNDERSTOOD: HeaderName = HeaderName::from_static("isnad-understood");

/// What a URL's path or a header cannot hold as it is.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\');

/// What every handler has.
#[derive(Clone)]
struct App(Arc<Inner>);

struct Inner {
    settings: Settings,
    guard: Guard,
    pool: Arc<Pool>,
    metrics: Metrics,
    documents: usize,
    started: Instant,
    /// Counted once: nobody writes while the graph is served.
    statistics: OnceCell<Statistics>,
    /// What the first page shows, likewise.
    overview: OnceCell<Bytes>,
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// Everything that answers to requests.
pub(super) fn router(settings: Settings, documents: usize) -> Router {
    let app = App(Arc::new(Inner {
        guard: Guard::new(&settings),
        pool: Pool::new(settings.clone()),
        metrics: Metrics::default(),
        settings,
        documents,
        started: Instant::now(),
        statistics: OnceCell::new(),
        overview: OnceCell::new(),
    }));
    // What a browser can look at as well.
    let shown = Router::new()
        .route("/", any(about::index))
        .route(SPARQL, any(sparql::sparql))
        .route("/ask", any(questions::list))
        .route("/ask/{name}", any(questions::ask))
        .route("/find", any(questions::find))
        .route("/entity", any(nodes::by_iri))
        .route("/entity/{*path}", any(nodes::by_path))
        .route("/document/{id}", any(nodes::document))
        .route_layer(middleware::from_fn(pages::instead));
    Router::new()
        .route("/graphs", any(graphs::graphs))
        .route("/.well-known/void", any(about::void))
        .route("/health", any(about::health))
        .route("/metrics", any(metrics::show))
        .route("/help", any(pages::page))
        .route("/assets/{name}", any(pages::asset))
        .merge(pages::routes())
        .merge(shown)
        .layer(CompressionLayer::new())
        // Outside of the routes, so that it sees what no route answers to.
        .layer(middleware::from_fn_with_state(app.clone(), guard::guard))
        .layer(middleware::from_fn_with_state(app.clone(), metrics::observe))
        .with_state(app)
}

impl App {
    /// Has a job done and turns its answer into a response.
    async fn answer(&self, task: Task, accepted: Accepted) -> Result<Response, Problem> {
        let milliseconds = u64::try_from(self.settings.timeout.as_millis()).unwrap_or(u64::MAX);
        let answer = self.pool.run(&Job { task, accepted, milliseconds }).await?;
        let mut response = Response::new(answer.body);
        let head = answer.head;
        let headers = response.headers_mut();
        headers.insert(VARY, HeaderValue::from_static("accept"));
        if let Some(iri) = head.see {
            headers.insert(LOCATION, location(&iri)?);
            *response.status_mut() = StatusCode::SEE_OTHER;
            return Ok(response);
        }
        headers.insert(CONTENT_TYPE, value(&head.content_type)?);
        if !head.understood.is_empty() {
            let told = head.understood.join("; ");
            headers.insert(UNDERSTOOD, value(&utf8_percent_encode(&told, CONTROLS).to_string())?);
        }
        Ok(response)
    }
}

/// Where a node is described.
fn location(iri: &str) -> Result<HeaderValue, Problem> {
    match iri.strip_prefix(ID_NAMESPACE) {
        Some(local) => value(&format!("/entity/{}", utf8_percent_encode(local, ESCAPED))),
        None => value(&format!("/entity?iri={}", utf8_percent_encode(iri, percent_encoding::NON_ALPHANUMERIC))),
    }
}

fn value(text: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::try_from(text)
        .map_err(|_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the answer cannot be described"))
}

/// Something small in JSON.
fn json(request: &HeaderMap, content: &serde_json::Value) -> Result<Response, Problem> {
    if !media::takes_json(request) {
        return Err(Problem::new(StatusCode::NOT_ACCEPTABLE, "this is told as JSON\nhint: accept application/json"));
    }
    let mut response = Response::new(Body::from(format!("{content}\n")));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}
