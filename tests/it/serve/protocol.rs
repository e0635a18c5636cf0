//! SPARQL 1.1 Protocol and Graph Store Protocol. The cases `query-…` and `bad-query-…` are those of the W3C's protocol
//! test suite, by their names there; its cases of updates are refused as one.

use std::sync::Arc;

use oxigraph::io::RdfFormat;

use super::http::{Reply, Server, escaped};
use crate::support::{Workspace, corpus, parse, rows};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const DIRECT: (&str, &str) = ("Content-Type", "application/sparql-query");
const RESULTS: &str = "application/sparql-results+json";

/// Two graphs and a fact, as the suite has them: one quad each.
const DATA: &str = "<urn:a> <urn:p> \"one\" <urn:data1> .\n<urn:b> <urn:p> \"two\" <urn:data2> .\n\
    <urn:c> <urn:p> \"three\" <urn:data3> .\n<urn:f> <urn:p> \"fact\" .\n";

fn with_graphs() -> (Workspace, Server) {
    let workspace = Workspace::new();
    workspace.write("data.nq", DATA);
    workspace.ok(&["import", "data.nq"]);
    let server = Server::start(&workspace, &[]);
    (workspace, server)
}

fn with_corpus() -> (Arc<Workspace>, Server) {
    let workspace = corpus();
    let server = Server::start(&workspace, &[]);
    (workspace, server)
}

#[track_caller]
fn is_true(reply: &Reply) {
    assert_eq!((reply.status, reply.media()), (200, RESULTS), "{reply:?}");
    assert_eq!(reply.json()["boolean"], true, "{reply:?}");
}

#[test]
fn queries_come_in_three_ways() {
    let (_workspace, server) = with_graphs();
    let query = escaped("ASK { ?s ?p ?o }");
    // query-get, query-post-form, query-post-direct
    is_true(&server.get(&format!("/sparql?query={query}"), RESULTS));
    is_true(&server.request("POST", "/sparql", &[FORM], format!("query={query}").as_bytes()));
    is_true(&server.request("POST", "/sparql", &[DIRECT], b"ASK { ?s ?p ?o }"));
    let charset = ("Content-Type", "application/sparql-query; charset=\"UTF-8\"");
    is_true(&server.request("POST", "/sparql", &[charset], b"ASK { ?s ?p ?o }"));
}

#[test]
fn the_request_says_which_graphs() {
    let (_workspace, server) = with_graphs();
    let one_in_default = "ASK { ?s ?p 'one' }";
    let one_and_two = "ASK { ?s ?p 'one' . ?t ?p 'two' }";
    let both_named = "ASK { GRAPH <urn:data1> { ?s ?p 'one' } GRAPH <urn:data2> { ?t ?p 'two' } }";
    let full = "ASK { ?s ?p 'three' GRAPH ?g { ?t ?p 'one' } GRAPH ?h { ?u ?p 'two' } FILTER(?g != ?h) }";
    let closed = "ASK { FILTER NOT EXISTS { GRAPH ?g { ?s ?p 'three' } } FILTER NOT EXISTS { ?s ?p 'fact' } }";
    let own = "ASK FROM <urn:data2> { FILTER NOT EXISTS { ?s ?p 'two' } ?s ?p 'one' }";
    let (d1, d2, d3) = ("default-graph-uri=urn:data1", "default-graph-uri=urn:data2", "default-graph-uri=urn:data3");
    let (n1, n2) = ("named-graph-uri=urn:data1", "named-graph-uri=urn:data2");
    for (name, query, graphs) in [
        ("query-dataset-default-graph", one_in_default, vec![d1]),
        ("query-dataset-default-graphs", one_and_two, vec![d1, d2]),
        ("query-dataset-named-graphs", both_named, vec![n1, n2]),
        ("query-dataset-full", full, vec![d3, n1, n2]),
        ("what is not named is not there", closed, vec![d1, n2]),
        ("query-multiple-dataset: the request wins over the query", own, vec![d1]),
    ] {
        let graphs = graphs.join("&");
        let query = (escaped(query), query);
        for reply in [
            server.get(&format!("/sparql?query={}&{graphs}", query.0), RESULTS),
            server.request("POST", "/sparql", &[FORM], format!("{graphs}&query={}", query.0).as_bytes()),
            server.request("POST", &format!("/sparql?{graphs}"), &[DIRECT], query.1.as_bytes()),
        ] {
            assert_eq!(reply.json()["boolean"], true, "{name}: {reply:?}");
        }
    }
    let facts = |extra: &str| {
        let path = format!("/sparql?query={}{extra}", escaped("SELECT ?o { ?s ?p ?o } ORDER BY ?o"));
        rows(&server.get(&path, RESULTS).text()).iter().map(|row| row["o"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(facts(""), ["fact"]);
    assert_eq!(facts("&union-default-graph=true"), ["fact", "one", "three", "two"]);
}

/// Name, method, path, headers, body; status and words of the answer.
type Case<'a> = (&'a str, &'a str, &'a str, Vec<(&'a str, &'a str)>, &'a [u8], u16, &'a [&'a str]);

#[test]
fn bad_requests_are_refused_with_reason() {
    let (_workspace, server) = with_graphs();
    let ask = escaped("ASK {}");
    let url = format!("/sparql?query={ask}");
    let form = format!("query={ask}");
    let utf16: Vec<u8> = "ASK {}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let twice = format!("/sparql?query={ask}&query={ask}");
    let relative = format!("{url}&default-graph-uri=x");
    let direct16 = ("Content-Type", "application/sparql-query; charset=UTF-16");
    let update = ("Content-Type", "application/sparql-update");
    let text = ("Content-Type", "text/plain");
    let cases: Vec<Case> = vec![
        ("bad-query-method", "PUT", &url, vec![], b"", 405, &["only be read"]),
        ("bad-multiple-queries", "GET", &twice, vec![], b"", 400, &["more than once"]),
        ("bad-query-wrong-media-type", "POST", "/sparql", vec![text], b"ASK {}", 415, &["text/plain"]),
        ("bad-query-missing-form-type", "POST", "/sparql", vec![], form.as_bytes(), 415, &["no Content-Type"]),
        ("bad-query-missing-direct-type", "POST", "/sparql", vec![], b"ASK {}", 415, &["no Content-Type"]),
        ("bad-query-non-utf8", "POST", "/sparql", vec![direct16], &utf16, 415, &["UTF-8"]),
        ("non-utf8 without saying so", "POST", "/sparql", vec![DIRECT], b"ASK { ?s ?p '\xff' }", 400, &["UTF-8", "13"]),
        ("bad-query-syntax", "GET", "/sparql?query=ASK%20%7B", vec![], b"", 400, &["\"line\":1", "\"column\":6"]),
        ("a query in the URL and in the body", "POST", &url, vec![DIRECT], b"ASK {}", 400, &["URL"]),
        ("no query in a form", "POST", "/sparql", vec![FORM], b"a=b", 400, &["no `query`"]),
        ("graphs without a query", "GET", "/sparql?default-graph-uri=urn:x", vec![], b"", 400, &["no `query`"]),
        ("a graph that is no IRI", "GET", &relative, vec![], b"", 400, &["`x`"]),
        ("an update, direct", "POST", "/sparql", vec![update], b"CLEAR ALL", 403, &["updates are refused"]),
        ("an update, as a form", "POST", "/sparql", vec![FORM], b"update=CLEAR+ALL", 403, &["updates are refused"]),
        ("an update by GET", "GET", "/sparql?update=CLEAR+ALL", vec![], b"", 403, &["updates are refused"]),
        ("an update as a query", "POST", "/sparql", vec![DIRECT], b"CLEAR ALL", 400, &["\"line\":1"]),
    ];
    for (name, method, path, headers, body, status, words) in cases {
        let reply = server.request(method, path, &headers, body);
        assert_eq!(reply.status, status, "{name}: {reply:?}");
        reply.fails(status, words);
    }
    assert_eq!(server.request("PUT", "/sparql", &[], b"").header("allow"), "GET, HEAD, POST, OPTIONS");
    for silent in ["", "SILENT"] {
        let query = format!("ASK {{ SERVICE {silent} <http://127.0.0.1:9/> {{ ?s ?p ?o }} }}");
        server.query(&query, "*/*").fails(403, &["SERVICE is refused"]);
    }
    let plain = server.query("SELECT", "text/plain");
    assert_eq!((plain.status, plain.header("content-type")), (400, "text/plain; charset=utf-8"));
    assert!(plain.text().starts_with("Bad Request: ") && plain.text().contains("\nhint: "), "{plain:?}");
}

#[test]
fn the_format_is_the_one_asked_for() {
    let (_workspace, server) = with_graphs();
    let (select, ask, describe) = ("SELECT ?o { ?s ?p ?o }", "ASK {}", "DESCRIBE <urn:f>");
    let construct = "CONSTRUCT WHERE { ?s ?p ?o }";
    for (query, accept, expected) in [
        // query-content-type-select, -ask, -describe, -construct
        (select, "application/sparql-results+xml", Some("application/sparql-results+xml")),
        (ask, "application/sparql-results+json", Some("application/sparql-results+json")),
        (describe, "application/rdf+xml", Some("application/rdf+xml")),
        (construct, "text/turtle", Some("text/turtle")),
        (select, "text/csv", Some("text/csv")),
        (select, "text/tab-separated-values;q=0.9, text/csv;q=0.8", Some("text/tab-separated-values")),
        (select, "application/json", Some("application/json")),
        (select, "*/*", Some(RESULTS)),
        // One Accept for every form, as clients send it.
        (select, "application/rdf+xml, application/sparql-results+xml;q=0.5", Some("application/sparql-results+xml")),
        (construct, "application/sparql-results+json, application/ld+json;q=0.1", Some("application/ld+json")),
        (construct, "application/n-triples", Some("application/n-triples")),
        (construct, "application/trig", Some("application/trig")),
        (construct, "application/n-quads", Some("application/n-quads")),
        (construct, "*/*", Some("text/turtle")),
        (select, "text/turtle", None),
        (ask, "image/png", None),
        (construct, "text/csv", None),
        (select, "*/*;q=0", None),
    ] {
        let reply = server.query(query, accept);
        match expected {
            Some(media) => {
                assert_eq!((reply.status, reply.media()), (200, media), "{query} {accept}");
                assert_eq!(reply.text().contains("fact"), query != ask, "{reply:?}");
                assert!(reply.header("vary").contains("accept"), "{reply:?}");
            }
            None => reply.fails(406, &["accept"]),
        }
    }
    let turtle = server.query(construct, "text/turtle");
    let triples = parse(RdfFormat::NTriples, &server.query(construct, "application/n-triples").text());
    assert_eq!(parse(RdfFormat::Turtle, &turtle.text()), triples);
    assert_eq!(triples.len(), 1);
}

#[test]
fn graphs_are_read_and_never_written() {
    let (workspace, server) = with_graphs();
    let nt = "application/n-triples";
    for (path, expected) in [
        ("/graphs?default", "<urn:f> <urn:p> \"fact\" .\n"),
        ("/graphs?graph=urn:data2", "<urn:b> <urn:p> \"two\" .\n"),
        ("/graphs?graph=urn%3Adata3", "<urn:c> <urn:p> \"three\" .\n"),
    ] {
        let reply = server.get(path, nt);
        assert_eq!((reply.status, reply.media(), reply.text().as_str()), (200, nt, expected), "{path}");
        let head = server.request("HEAD", path, &[("Accept", nt)], b"");
        assert_eq!((head.status, head.media(), head.body.len()), (200, nt, 0), "{path}");
        for method in ["PUT", "POST", "DELETE", "PATCH"] {
            let refused = server.request(method, path, &[("Content-Type", nt)], b"<urn:x> <urn:x> <urn:x> .");
            refused.fails(405, &["only be read"]);
            assert_eq!(refused.header("allow"), "GET, HEAD, OPTIONS");
        }
    }
    server.get("/graphs?graph=urn:none", "*/*").fails(404, &["urn:none"]);
    assert_eq!(server.request("HEAD", "/graphs?graph=urn:none", &[], b"").status, 404);
    for wrong in ["/graphs", "/graphs?default&graph=urn:data1", "/graphs?graph=data1", "/graphs?graph=", "/graphs?x"] {
        server.get(wrong, "*/*").fails(400, &[]);
    }
    server.get("/graphs?default", "text/csv").fails(406, &["text/turtle"]);
    drop(server);
    assert_eq!(workspace.export().lines().count(), DATA.lines().count());
}

#[test]
fn head_and_options() {
    let (_workspace, server) = with_corpus();
    for path in ["/", "/sparql", "/sparql?query=ASK%7B%7D", "/ask", "/health", "/metrics", "/.well-known/void"] {
        let (head, get) = (server.request("HEAD", path, &[], b""), server.get(path, "*/*"));
        assert_eq!((head.status, head.media(), head.body.len()), (200, get.media(), 0), "{path}");
        for reply in [&head, &get] {
            assert_eq!(reply.header("x-content-type-options"), "nosniff");
            assert!(reply.header("content-security-policy").contains("default-src 'none'"));
            assert_eq!(reply.header("access-control-allow-origin"), "");
        }
        let options = server.request("OPTIONS", path, &[], b"");
        assert_eq!((options.status, options.header("allow").contains("POST")), (204, path.starts_with("/sparql")));
    }
}

#[test]
fn every_answer_is_whole_and_may_be_compressed() {
    let (workspace, server) = with_corpus();
    let everything = "SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o";
    let plain = server.query(everything, "text/csv");
    assert!(plain.status == 200 && plain.whole, "{}: {}", plain.status, server.told());
    assert!(plain.body.len() > 500_000, "{}: {:?}", plain.body.len(), plain.text().lines().take(3).collect::<Vec<_>>());
    assert_eq!(plain.header("transfer-encoding"), "chunked", "what is long is streamed");
    assert_eq!(plain.text(), workspace.ok(&["query", "--format", "csv", everything]));
    let path = format!("/sparql?query={}", escaped(everything));
    let packed = server.request("GET", &path, &[("Accept", "text/csv"), ("Accept-Encoding", "gzip")], b"");
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.whole && packed.body.len() * 4 < plain.body.len(), "{}", packed.body.len());
    let mut unpacked = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(packed.body.as_slice()), &mut unpacked).expect("gzip");
    assert!(unpacked == plain.body);
}
