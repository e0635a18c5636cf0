//! How the server does, in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::App;

/// Upper bounds of the histogram, in seconds.
const BOUNDS: [f64; 8] = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10.0, 60.0];

/// What has been answered.
#[derive(Default)]
pub(super) struct Metrics(Mutex<BTreeMap<(String, u16), Answered>>);

#[derive(Debug, Clone, Default, PartialEq)]
struct Answered {
    count: u64,
    seconds: f64,
    /// Those that took no longer than the bound of their place.
    within: [u64; BOUNDS.len()],
}

impl Metrics {
    fn add(&self, route: &str, status: u16, took: Duration) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let answered = all.entry((route.to_owned(), status)).or_default();
        answered.count += 1;
        answered.seconds += took.as_secs_f64();
        for (bound, within) in BOUNDS.iter().zip(&mut answered.within) {
            *within += u64::from(took.as_secs_f64() <= *bound);
        }
    }

    fn all(&self) -> BTreeMap<(String, u16), Answered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Notes how a request was answered, and how long it took until the answer began.
pub(super) async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), start.elapsed());
    app.metrics.add(&route, status, took);
    tracing::debug!("{method} {route} {status} in {took:.1?}");
    response
}

/// `/metrics`
pub(super) async fn show(State(app): State<App>) -> Response {
    let mut text = String::new();
    let mut one = |name: &str, kind: &str, help: &str, value: String| {
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}");
    };
    one("isnad_documents", "gauge", "Documents of the graph.", app.documents.to_string());
    one("isnad_jobs_running", "gauge", "Requests that are being worked on.", app.pool.running().to_string());
    one("isnad_jobs_waiting", "gauge", "Requests that wait for a worker.", app.pool.waiting().to_string());
    one("isnad_jobs_limit", "gauge", "Requests worked on at most.", app.settings.concurrency.to_string());
    one("isnad_workers_started_total", "counter", "Workers that were started.", app.pool.started().to_string());
    one(
        "isnad_uptime_seconds",
        "gauge",
        "Time since the start.",
        format!("{:.3}", app.started.elapsed().as_secs_f64()),
    );
    text.push_str(&requests(&app.metrics.all()));
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    ([(CONTENT_TYPE, kind)], text).into_response()
}

fn requests(all: &BTreeMap<(String, u16), Answered>) -> String {
    let name = "isnad_http_request_seconds";
    let mut text = format!("# HELP {name} Time until an answer began, by path and status.\n# TYPE {name} histogram\n");
    for ((route, status), answered) in all {
        let labels = format!("path=\"{route}\",status=\"{status}\"");
        for (bound, within) in BOUNDS.iter().zip(answered.within) {
            let _ = writeln!(text, "{name}_bucket{{{labels},le=\"{bound}\"}} {within}");
        }
        let _ = writeln!(text, "{name}_bucket{{{labels},le=\"+Inf\"}} {}", answered.count);
        let _ = writeln!(text, "{name}_sum{{{labels}}} {:.6}", answered.seconds);
        let _ = writeln!(text, "{name}_count{{{labels}}} {}", answered.count);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_counts_upwards() {
        let metrics = Metrics::default();
        for milliseconds in [2, 50, 70_000] {
            metrics.add("/sparql", 200, Duration::from_millis(milliseconds));
        }
        let text = requests(&metrics.all());
        for line in [
            "isnad_http_request_seconds_bucket{path=\"/sparql\",status=\"200\",le=\"0.001\"} 0",
            "isnad_http_request_seconds_bucket{path=\"/sparql\",status=\"200\",le=\"0.005\"} 1",
            "isnad_http_request_seconds_bucket{path=\"/sparql\",status=\"200\",le=\"0.1\"} 2",
            "isnad_http_request_seconds_bucket{path=\"/sparql\",status=\"200\",le=\"+Inf\"} 3",
            "isnad_http_request_seconds_sum{path=\"/sparql\",status=\"200\"} 70.052000",
        ] {
            assert!(text.lines().any(|known| known == line), "{line} in\n{text}");
        }
    }
}
