//! What went wrong, as the client can read it: problem+json (RFC 9457) or plain text.

use axum::body::Body;
use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::super::worker::Failure;
use super::negotiate::Accept;

/// Characters of a message; a parser can repeat all of a query.
const LONGEST: usize = 2000;

/// An answer that is none. How it is written is decided last, by [`write()`].
#[derive(Debug, Clone)]
pub(super) struct Problem {
    status: StatusCode,
    detail: String,
    hint: Option<String>,
    allow: Option<&'static str>,
}

impl Problem {
    /// A message, with a hint after `\nhint: `.
    pub fn new(status: StatusCode, message: impl AsRef<str>) -> Self {
        let (detail, hint) = match message.as_ref().split_once("\nhint: ") {
            Some((detail, hint)) => (detail, Some(hint)),
            None => (message.as_ref(), None),
        };
        let short = |text: &str| text.chars().take(LONGEST).collect::<String>();
        Self { status, detail: short(detail), hint: hint.map(short), allow: None }
    }

    pub fn bad_request(message: impl AsRef<str>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// A method that is not for this resource; `allow` are those that are.
    pub fn method(allow: &'static str) -> Self {
        let message = "this can only be read\nhint: the graph is changed by `isnad build`, `import` and `review`";
        Self { allow: Some(allow), ..Self::new(StatusCode::METHOD_NOT_ALLOWED, message) }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let status = StatusCode::from_u16(failure.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::new(status, failure.detail)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        let headers = response.headers_mut();
        if let Some(allow) = self.allow {
            headers.insert(ALLOW, HeaderValue::from_static(allow));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

const JSON: &str = "application/problem+json";
const OFFERS: &[&str] = &[JSON, "application/json", "text/plain"];

/// Gives a response that is an error its body, as the client would rather have it; who accepts nothing of this gets
/// JSON. Other responses stay as they are.
pub(super) fn write(request: &HeaderMap, mut response: Response) -> Response {
    let status = response.status();
    let problem = match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem,
        // An error that the machinery below has made, such as for a path that nothing answers to.
        None if status.is_client_error() || status.is_server_error() => Problem::new(status, usual(status)),
        None => return response,
    };
    let media = Accept::of(request).best(OFFERS, |media| media).copied().unwrap_or(JSON);
    let body = if media == "text/plain" { problem.plain() } else { problem.json() };
    let content_type = if media == "text/plain" { "text/plain; charset=utf-8" } else { media };
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    *response.body_mut() = Body::from(body);
    response
}

fn usual(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "there is nothing of this name\nhint: / says what there is",
        _ => status.canonical_reason().unwrap_or("this cannot be done"),
    }
}

impl Problem {
    fn title(&self) -> &'static str {
        self.status.canonical_reason().unwrap_or("Error")
    }

    fn plain(&self) -> String {
        let hint = self.hint.as_ref().map(|hint| format!("\nhint: {hint}")).unwrap_or_default();
        format!("{}: {}{hint}\n", self.title(), self.detail)
    }

    fn json(&self) -> String {
        let mut value = serde_json::json!({
            "type": "about:blank", "title": self.title(), "status": self.status.as_u16(), "detail": self.detail,
        });
        if let Some(hint) = &self.hint {
            value["hint"] = hint.as_str().into();
        }
        if let Some((line, column)) = self.position() {
            value["line"] = line.into();
            value["column"] = column.into();
        }
        format!("{value}\n")
    }

    /// Where a query cannot be read: the parser's message has "at 3:14".
    fn position(&self) -> Option<(u64, u64)> {
        let (_, after) = self.detail.split_once(" at ")?;
        let end = after.find(|letter: char| !letter.is_ascii_digit() && letter != ':').unwrap_or(after.len());
        let mut numbers = after[..end].trim_end_matches(':').split(':').map(str::parse);
        match (numbers.next(), numbers.next()) {
            (Some(Ok(line)), Some(Ok(column))) => Some((line, column)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_position_is_told_where_there_is_one() {
        for (message, expected) in [
            ("error at 3:14: expected }", Some((3, 14))),
            ("error at 3:14", Some((3, 14))),
            ("error at noon", None),
            ("error at 3", None),
            ("error", None),
        ] {
            assert_eq!(Problem::bad_request(message).position(), expected, "{message}");
        }
    }
}
