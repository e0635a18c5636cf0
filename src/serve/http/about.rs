//! What there is: the index, the service description, the description of the data, the health.

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HOST, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt;
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term, Triple};
use serde_json::json;

use super::super::worker::{Accepted, Job, Task};
use super::problem::Problem;
use super::{App, SPARQL, json, media, value};
use crate::ontology::vocabulary::{ID_NAMESPACE, NAMESPACE, PREFIXES, dcterms};
use crate::query::Statistics;

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
const VOID: &str = "http://rdfs.org/ns/void#";

/// The formats that answers can have, by their names in <https://www.w3.org/ns/formats/>.
const FORMATS: [&str; 10] = [
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "TriG",
    "N-Quads",
];

/// `/`: what can be asked.
pub(super) async fn index(request: Request) -> Result<Response, Problem> {
    json(
        request.headers(),
        &json!({
            "name": "isnad", "version": env!("CARGO_PKG_VERSION"),
            "paths": {
                "/sparql": "SPARQL 1.1 Protocol: ?query=, or post it; without a query the service description",
                "/graphs": "Graph Store Protocol for reading: ?default, ?graph=IRI",
                "/ask": "saved questions; /ask/NAME?parameter=value asks one",
                "/find": "entities by name: ?q=NAME, &type=CLASS, &limit=N",
                "/entity": "what is said of a node: /entity/PATH of its IRI, or ?iri=IRI; JSON or RDF",
                "/document": "a document's text and what was found in it: /document/ID",
                "/.well-known/void": "what the graph is made of",
                "/help": "what the pages are for; a browser gets a page from /, /entity, /document, /ask, /find and /sparql too",
                "/health": "whether the server works",
                "/metrics": "how it does, for Prometheus",
            },
        }),
    )
}

/// `/health`
pub(super) async fn health(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    json(
        request.headers(),
        &json!({
            "status": "ok", "documents": app.documents, "running": app.pool.running(), "waiting": app.pool.waiting(),
        }),
    )
}

/// `/sparql` without a query: the SPARQL 1.1 Service Description.
pub(super) fn service(app: &App, headers: &HeaderMap) -> Result<Response, Problem> {
    let base = base(app, headers);
    let mut about = Description::default();
    let service = about.subject(format!("{base}{SPARQL}#service"))?;
    let data = about.subject(format!("{base}{SPARQL}#dataset"))?;
    let facts = about.subject(format!("{base}{SPARQL}#facts"))?;
    about.link(&service, rdf::TYPE.as_str(), &format!("{SD}Service"))?;
    about.link(&service, &format!("{SD}endpoint"), &format!("{base}{SPARQL}"))?;
    about.link(&service, &format!("{SD}supportedLanguage"), &format!("{SD}SPARQL11Query"))?;
    for format in FORMATS {
        about.link(&service, &format!("{SD}resultFormat"), &format!("http://www.w3.org/ns/formats/{format}"))?;
    }
    about.link(&service, &format!("{SD}defaultDataset"), data.as_str())?;
    about.link(&data, rdf::TYPE.as_str(), &format!("{SD}Dataset"))?;
    about.link(&data, &format!("{SD}defaultGraph"), facts.as_str())?;
    about.link(&facts, rdf::TYPE.as_str(), &format!("{SD}Graph"))?;
    about.write(headers)
}

/// `/.well-known/void`: how much there is of what.
pub(super) async fn void(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    let headers = request.headers();
    let counted = app.statistics.get_or_try_init(|| counted(&app)).await?;
    let base = base(&app, headers);
    let mut about = Description::default();
    let data = about.subject(format!("{base}/.well-known/void#graph"))?;
    let term = |local: &str| format!("{VOID}{local}");
    about.link(&data, rdf::TYPE.as_str(), &term("Dataset"))?;
    about.text(&data, dcterms::TITLE.as_str(), "What reports say, and who says it")?;
    about.link(&data, &term("sparqlEndpoint"), &format!("{base}{SPARQL}"))?;
    about.text(&data, &term("uriSpace"), ID_NAMESPACE)?;
    about.link(&data, &term("vocabulary"), NAMESPACE)?;
    about.count(&data, &term("triples"), counted.quads)?;
    about.count(&data, &term("documents"), counted.documents)?;
    for (class, entities) in &counted.classes {
        let part = about.subject(format!("{base}/.well-known/void#{class}"))?;
        about.link(&data, &term("classPartition"), part.as_str())?;
        about.link(&part, &term("class"), &format!("{NAMESPACE}{class}"))?;
        about.count(&part, &term("entities"), *entities)?;
    }
    about.write(headers)
}

/// Counts what there is.
pub(super) async fn counted(app: &App) -> Result<Statistics, Problem> {
    let bytes = whole(app, Task::Statistics).await?;
    serde_json::from_slice(&bytes).map_err(|_| unreadable())
}

/// All of an answer, to be kept.
pub(super) async fn whole(app: &App, task: Task) -> Result<Bytes, Problem> {
    let milliseconds = u64::try_from(app.settings.timeout.as_millis()).unwrap_or(u64::MAX);
    let answer = app.pool.run(&Job { task, accepted: Accepted::default(), milliseconds }).await?;
    Ok(answer.body.collect().await.map_err(|_| unreadable())?.to_bytes())
}

fn unreadable() -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the graph cannot be counted")
}

/// Where the client finds the server, by the name that it has called it by.
fn base(app: &App, headers: &HeaderMap) -> String {
    let called = headers.get(HOST).and_then(|host| host.to_str().ok()).map(str::to_owned);
    let called = called.filter(|host| NamedNode::new(format!("http://{host}/")).is_ok());
    format!("http://{}", called.unwrap_or_else(|| app.settings.listen.to_string()))
}

/// Triples that describe something.
#[derive(Default)]
struct Description(Vec<Triple>);

impl Description {
    fn subject(&self, iri: String) -> Result<NamedNode, Problem> {
        NamedNode::new(iri).map_err(|_| Problem::bad_request("the Host is no name"))
    }

    fn add(&mut self, subject: &NamedNode, predicate: &str, object: Term) -> Result<(), Problem> {
        self.0.push(Triple::new(subject.clone(), NamedNodeRef::new_unchecked(predicate), object));
        Ok(())
    }

    fn link(&mut self, subject: &NamedNode, predicate: &str, object: &str) -> Result<(), Problem> {
        let object = self.subject(object.to_owned())?;
        self.add(subject, predicate, object.into())
    }

    fn text(&mut self, subject: &NamedNode, predicate: &str, text: &str) -> Result<(), Problem> {
        self.add(subject, predicate, Literal::new_simple_literal(text).into())
    }

    fn count(&mut self, subject: &NamedNode, predicate: &str, count: usize) -> Result<(), Problem> {
        self.add(subject, predicate, Literal::new_typed_literal(count.to_string(), xsd::INTEGER).into())
    }

    fn write(&self, headers: &HeaderMap) -> Result<Response, Problem> {
        let unwritten = || Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the description cannot be written");
        let format = media::rdf(headers).rdf.ok_or_else(|| {
            Problem::new(StatusCode::NOT_ACCEPTABLE, "this is told as triples\nhint: accept text/turtle")
        })?;
        let known = RdfFormat::from_media_type(&format.media).ok_or_else(unwritten)?;
        let mut serializer = RdfSerializer::from_format(known);
        for (prefix, namespace) in PREFIXES.iter().copied().chain([("sd", SD), ("void", VOID)]) {
            serializer = serializer.with_prefix(prefix, namespace).map_err(|_| unwritten())?;
        }
        let mut writer = serializer.for_writer(Vec::new());
        for triple in &self.0 {
            writer.serialize_triple(triple).map_err(|_| unwritten())?;
        }
        let mut response = Response::new(Body::from(writer.finish().map_err(|_| unwritten())?));
        response.headers_mut().insert(CONTENT_TYPE, value(&format.content_type)?);
        response.headers_mut().insert(VARY, HeaderValue::from_static("accept"));
        Ok(response)
    }
}
