//! SPARQL 1.1 Protocol, for queries.
//!
//! <https://www.w3.org/TR/sparql11-protocol/>

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};

use super::super::worker::{Graphs, Task};
use super::problem::Problem;
use super::{App, about, body, media};
use crate::query::Scope;

const FORM: &str = "application/x-www-form-urlencoded";
const QUERY: &str = "application/sparql-query";
const UPDATE: &str = "application/sparql-update";

/// Queries, and the description of the service where there is none.
pub(super) async fn sparql(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    let (parts, content) = request.into_parts();
    let of_url = pairs(parts.uri.query().unwrap_or_default().as_bytes())?;
    let asked = match parts.method {
        Method::GET | Method::HEAD if of_url.is_empty() => {
            return about::service(&app, &parts.headers).map(IntoResponse::into_response);
        }
        Method::GET | Method::HEAD => Asked::read(of_url)?,
        // The guard lets nothing else through.
        _ => {
            let kind = content_type(&parts.headers)?;
            let content = body::read(&app, &parts.headers, content).await?;
            match kind.as_str() {
                // Names of graphs may stand in the URL too: some clients write them there.
                FORM => Asked::read(pairs(&content)?.into_iter().chain(of_url).collect())?,
                QUERY => Asked::direct(of_url, &content)?,
                UPDATE => return Err(read_only()),
                other => {
                    let message = format!("a query cannot be posted as `{other}`\nhint: post {QUERY} or {FORM}");
                    return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
                }
            }
        }
    };
    let task = Task::Query { sparql: asked.sparql, scope: asked.scope, graphs: asked.graphs };
    app.answer(task, media::answers(&parts.headers)).await
}

/// A query and its dataset.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    sparql: String,
    scope: Scope,
    graphs: Option<Graphs>,
}

impl Asked {
    fn read(pairs: Vec<(String, String)>) -> Result<Self, Problem> {
        let mut queries = Vec::new();
        let mut scope = Scope::Facts;
        let is_set = |value: &str| !matches!(value, "false" | "0" | "no");
        let mut graphs: Option<Graphs> = None;
        for (name, value) in pairs {
            match name.as_str() {
                "query" => queries.push(value),
                "default-graph-uri" => graphs.get_or_insert_default().default.push(value),
                "named-graph-uri" => graphs.get_or_insert_default().named.push(value),
                "union-default-graph" if is_set(&value) => scope = Scope::Union,
                "inferred" if is_set(&value) && scope == Scope::Facts => scope = Scope::Inferred,
                "union-default-graph" | "inferred" => {}
                "update" | "using-graph-uri" | "using-named-graph-uri" => return Err(read_only()),
                // Clients send much that means nothing here, such as `format`.
                _ => {}
            }
        }
        if scope != Scope::Facts && graphs.is_some() {
            return Err(Problem::bad_request(
                "`union-default-graph` or `inferred` and names of graphs exclude each other",
            ));
        }
        match <[String; 1]>::try_from(queries) {
            Ok([sparql]) => Ok(Self { sparql, scope, graphs }),
            Err(queries) if queries.is_empty() => Err(Problem::bad_request(
                "there is no `query`\nhint: send ?query=… , or post it; without any parameter you get a description",
            )),
            Err(_) => Err(Problem::bad_request("`query` is given more than once")),
        }
    }

    fn direct(of_url: Vec<(String, String)>, content: &Bytes) -> Result<Self, Problem> {
        if of_url.iter().any(|(name, _)| name == "query") {
            return Err(Problem::bad_request("there is a query in the URL and another in the body"));
        }
        let query = ("query".to_owned(), utf8(content)?.to_owned());
        Self::read(of_url.into_iter().chain([query]).collect())
    }
}

fn read_only() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "updates are refused: the graph is only read here\nhint: it is changed by `isnad build`, `import` and `review`",
    )
}

/// The media type of a body. Its charset, where it names one, has to be UTF-8.
fn content_type(headers: &HeaderMap) -> Result<String, Problem> {
    let unsupported = |message: &str| Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message);
    let Some(value) = headers.get(CONTENT_TYPE) else {
        return Err(unsupported("the body has no Content-Type\nhint: post application/sparql-query"));
    };
    let value = value.to_str().map_err(|_| unsupported("the Content-Type cannot be read"))?;
    let mut parts = value.split(';');
    let media = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    for (name, value) in parts.filter_map(|parameter| parameter.split_once('=')) {
        let charset = value.trim().trim_matches('"');
        if name.trim().eq_ignore_ascii_case("charset")
            && !charset.eq_ignore_ascii_case("utf-8")
            && !charset.eq_ignore_ascii_case("us-ascii")
        {
            return Err(unsupported("the body has to be in UTF-8"));
        }
    }
    Ok(media)
}

fn utf8(bytes: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(bytes).map_err(|error| {
        Problem::bad_request(format!("the query is not UTF-8: byte {} belongs to no character", error.valid_up_to()))
    })
}

/// Names and values of a form, which have to be UTF-8.
pub(super) fn pairs(form: &[u8]) -> Result<Vec<(String, String)>, Problem> {
    let decoded = |text: &[u8]| -> Result<String, Problem> {
        let spaces: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
        let bytes: Vec<u8> = percent_encoding::percent_decode(&spaces).collect();
        utf8(&bytes).map(str::to_owned)
    };
    let pair = |pair: &[u8]| -> Result<(String, String), Problem> {
        let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        Ok((decoded(&pair[..at])?, decoded(pair.get(at + 1..).unwrap_or_default())?))
    };
    form.split(|byte| *byte == b'&').filter(|piece| !piece.is_empty()).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_to_the_letter() {
        let read = |form: &str| pairs(form.as_bytes()).expect("UTF-8");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(read("query=a+b%20c%2B&x"), [pair("query", "a b c+"), pair("x", "")]);
        assert_eq!(read("&&a=b=c&%3D=%26"), [pair("a", "b=c"), pair("=", "&")]);
        assert_eq!(read("a=%D8%B5&b=%zz"), [pair("a", "ص"), pair("b", "%zz")]);
        assert!(pairs(b"query=%ff").is_err());
    }

    #[test]
    fn one_query_and_any_graphs() {
        let read = |form: &str| Asked::read(pairs(form.as_bytes()).expect("UTF-8"));
        let asked =
            read("query=q&default-graph-uri=a&named-graph-uri=b&default-graph-uri=c&format=json").expect("fine");
        let graphs = Graphs { default: vec!["a".to_owned(), "c".to_owned()], named: vec!["b".to_owned()] };
        assert_eq!(asked, Asked { sparql: "q".to_owned(), scope: Scope::Facts, graphs: Some(graphs) });
        assert_eq!(read("query=q&union-default-graph=").expect("fine").scope, Scope::Union);
        assert_eq!(read("query=q&inferred=1").expect("fine").scope, Scope::Inferred);
        assert_eq!(read("query=q&inferred=0").expect("fine").scope, Scope::Facts);
        for wrong in ["", "default-graph-uri=a", "query=a&query=b", "update=x", "query=a&update=b"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
