//! What is checked of every request and stands on every response.

use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, ORIGIN,
    REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::super::settings::{Settings, URI_BYTES};
use super::problem::{self, Problem};
use super::{App, SPARQL};

const READ: &str = "GET, HEAD, OPTIONS";
const READ_OR_POST: &str = "GET, HEAD, POST, OPTIONS";

/// Who may ask, and by which name.
pub(super) struct Guard {
    /// Names by which the server may be called; none: any.
    hosts: Option<Vec<String>>,
    origins: Vec<String>,
}

impl Guard {
    /// A server of the loopback, or one that was told its names, answers to no other name: a page elsewhere could
    /// otherwise let its own name lead here, and read what it may not (DNS rebinding).
    pub fn new(settings: &Settings) -> Self {
        let loopback = settings.listen.ip().is_loopback();
        let hosts = (loopback || !settings.hosts.is_empty()).then(|| {
            let own = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned);
            let listening = match settings.listen.ip() {
                std::net::IpAddr::V4(ip) => ip.to_string(),
                std::net::IpAddr::V6(ip) => format!("[{ip}]"),
            };
            let told = settings.hosts.iter().map(|host| host.to_ascii_lowercase());
            own.into_iter().chain([listening]).chain(told).collect()
        });
        Self { hosts, origins: settings.cors.clone() }
    }

    fn check(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Problem> {
        if uri.path_and_query().is_some_and(|told| told.as_str().len() > URI_BYTES) {
            let message = "the URL is too long\nhint: post the query";
            return Err(Problem::new(StatusCode::URI_TOO_LONG, message));
        }
        self.check_host(uri, headers)?;
        match *method {
            Method::GET | Method::HEAD | Method::OPTIONS => Ok(()),
            Method::POST if uri.path() == SPARQL => Ok(()),
            _ => Err(Problem::method(allowed(uri))),
        }
    }

    fn check_host(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Problem> {
        let mut told = headers.get_all(HOST).iter();
        let header = match (told.next(), told.next()) {
            (Some(host), None) => host.to_str().ok(),
            // HTTP/1.0 has none, and says the name nowhere.
            (None, _) => None,
            (Some(_), Some(_)) => return Err(Problem::bad_request("there is more than one Host")),
        };
        let Some(hosts) = &self.hosts else { return Ok(()) };
        let called = [uri.authority().map(|authority| authority.as_str()), header];
        let mut called = called.into_iter().flatten().map(name).peekable();
        if called.peek().is_none() {
            return Err(Problem::bad_request("there is no Host"));
        }
        if called.all(|name| hosts.contains(&name)) {
            return Ok(());
        }
        let message = "this server does not go by that name\nhint: `isnad serve --host NAME` lets it";
        Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, message))
    }

    /// The origin that may read the response.
    fn origin(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let origin = headers.get(ORIGIN)?;
        let named = |allowed: &String| origin.as_bytes() == allowed.as_bytes();
        if self.origins.iter().any(|allowed| allowed == "*") {
            return Some(HeaderValue::from_static("*"));
        }
        self.origins.iter().any(named).then(|| origin.clone())
    }
}

/// The name of a host, without its port, in small letters.
fn name(host: &str) -> String {
    let bare = match host.rsplit_once(':') {
        // The last colon of an address of IPv6 stands before its bracket.
        Some((name, port)) if !port.contains(']') => name,
        _ => host,
    };
    bare.trim_end_matches('.').to_ascii_lowercase()
}

fn allowed(uri: &Uri) -> &'static str {
    if uri.path() == SPARQL { READ_OR_POST } else { READ }
}

/// Lets a request through, or not, and completes the response.
pub(super) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let uri = request.uri().clone();
    let options = *request.method() == Method::OPTIONS;
    let response = match app.guard.check(request.method(), &uri, &headers) {
        Ok(()) if options => {
            (StatusCode::NO_CONTENT, [(ALLOW, HeaderValue::from_static(allowed(&uri)))]).into_response()
        }
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    };
    let mut response = problem::write(&headers, response);
    let fields = response.headers_mut();
    for (name, value) in
        [(X_CONTENT_TYPE_OPTIONS, "nosniff"), (X_FRAME_OPTIONS, "DENY"), (REFERRER_POLICY, "no-referrer")]
    {
        fields.insert(name, HeaderValue::from_static(value));
    }
    // Pages have theirs.
    for (name, value) in
        [(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"), (CACHE_CONTROL, "no-cache")]
    {
        fields.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if let Some(origin) = app.guard.origin(&headers) {
        fields.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        fields.append(VARY, HeaderValue::from_static("origin"));
        fields.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("isnad-understood"));
        if options {
            fields.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(allowed(&uri)));
            fields.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("accept, content-type"));
            fields.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_host_is_its_name_without_the_port() {
        for (host, expected) in [
            ("localhost:7878", "localhost"),
            ("LOCALHOST", "localhost"),
            ("127.0.0.1", "127.0.0.1"),
            ("[::1]:80", "[::1]"),
            ("[::1]", "[::1]"),
            ("localhost.:1", "localhost"),
            ("evil.example#localhost", "evil.example#localhost"),
            ("", ""),
        ] {
            assert_eq!(name(host), expected);
        }
    }
}
