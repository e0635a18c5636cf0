//! The built pages, which are part of the program.

use std::io::Read;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::read::GzDecoder;

use super::super::media;
use super::super::problem::Problem;

/// A file of the built pages, compressed twice.
struct Asset {
    /// Its path below `/`.
    path: &'static str,
    /// A hash over its content, in quotation marks.
    tag: &'static str,
    brotli: &'static [u8],
    gzip: &'static [u8],
}

/// What `make web` built; nothing where it has not.
static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// The page that every address of a page gets.
const INDEX: &str = "index.html";

/// Nothing comes from elsewhere, no script or style stands in the page itself, and what is shown is never a program.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// What is shown where the program was built without pages.
const UNBUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>isnad</title>\
    <h1>This build of isnad has no pages</h1>\
    <p>Run <code>make web</code> in its source folder and build again (<code>make build</code> does both).\
    <p>Everything else works: SPARQL at <code>/sparql</code>, saved questions at <code>/ask</code>, search at \
    <code>/find</code>.</html>";

/// Answers with the page where a browser asks for something to look at, and lets programs have their data.
pub(in super::super) async fn instead(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads && media::wants_page(request.headers()) {
        return page(request).await.into_response();
    }
    next.run(request).await
}

/// The page itself.
pub(in super::super) async fn page(request: Request) -> Result<Response, Problem> {
    let Some(index) = ASSETS.iter().find(|asset| asset.path == INDEX) else {
        let mut response = Response::new(Body::from(UNBUILT));
        complete(response.headers_mut(), "text/html; charset=utf-8", "no-cache");
        return Ok(response);
    };
    send(index, request.headers(), "no-cache")
}

/// A file of the pages, by its path. Names with a hash in them change with the content, so that it can be kept for good.
pub(in super::super) async fn asset(request: Request) -> Result<Response, Problem> {
    let path = request.uri().path().trim_start_matches('/');
    let asset = ASSETS.iter().find(|asset| asset.path == path).ok_or_else(missing)?;
    let keep = if path.ends_with(".txt") { "no-cache" } else { "public, max-age=31536000, immutable" };
    send(asset, request.headers(), keep)
}

fn missing() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "there is nothing of this name\nhint: / says what there is")
}

fn send(asset: &Asset, headers: &HeaderMap, keep: &'static str) -> Result<Response, Problem> {
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|tags| tags.to_str().ok());
    let fresh = known.flat_map(|tags| tags.split(',')).any(|tag| tag.trim().trim_start_matches("W/") == asset.tag);
    let (encoding, bytes) = if fresh {
        (None, Bytes::new())
    } else if takes(headers, "br") {
        (Some("br"), Bytes::from_static(asset.brotli))
    } else if takes(headers, "gzip") {
        (Some("gzip"), Bytes::from_static(asset.gzip))
    } else {
        let mut bytes = Vec::new();
        let unreadable = |_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "a page is damaged");
        GzDecoder::new(asset.gzip).read_to_end(&mut bytes).map_err(unreadable)?;
        (None, bytes.into())
    };
    let mut response = Response::new(Body::from(bytes));
    if fresh {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let fields = response.headers_mut();
    complete(fields, media_type(asset.path), keep);
    fields.insert(ETAG, HeaderValue::from_static(asset.tag));
    if let Some(encoding) = encoding {
        fields.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Ok(response)
}

fn complete(fields: &mut HeaderMap, media: &'static str, keep: &'static str) {
    fields.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    fields.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    fields.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    fields.insert(VARY, HeaderValue::from_static("accept, accept-encoding"));
}

/// Whether a client takes this encoding.
fn takes(headers: &HeaderMap, encoding: &str) -> bool {
    let told = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    told.flat_map(|value| value.split(',')).any(|part| {
        let (name, quality) = part.split_once(';').unwrap_or((part, ""));
        let refused = quality.trim().strip_prefix("q=").is_some_and(|quality| quality.parse() == Ok(0.0_f32));
        name.trim().eq_ignore_ascii_case(encoding) && !refused
    })
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_taken_unless_it_is_refused() {
        for (accept, expected) in [
            ("gzip, deflate, br", true),
            ("BR;q=0.5", true),
            ("br;q=0", false),
            ("br; q=0.0, gzip", false),
            ("gzip", false),
            ("brotli", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, accept.parse().expect("a value"));
            assert_eq!(takes(&headers, "br"), expected, "{accept}");
        }
    }
}
