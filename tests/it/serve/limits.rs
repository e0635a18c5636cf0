//! What a client cannot do to the server: stop it, fill it, fool it.

use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::thread;
use std::time::{Duration, Instant};

use super::http::{Server, escaped, read};
use crate::support::{Workspace, corpus, with_store};

/// Counts the pairs and triples of values that are there already: the evaluator reads no quad and never looks whether
/// it is to stop.
fn deaf(values: usize) -> String {
    let numbers: Vec<String> = (0..values).map(|number| number.to_string()).collect();
    let numbers = numbers.join(" ");
    format!(
        "SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} VALUES ?c {{ {numbers} }} }}"
    )
}

#[test]
fn a_query_bomb_costs_its_worker_and_nothing_else() {
    let workspace = corpus();
    let server = Server::start(&workspace, &["--timeout", "1s", "--memory", "512", "--concurrency", "1"]);
    let doubled = "BIND(CONCAT(?x, ?x, ?x, ?x, ?x, ?x, ?x, ?x) AS ?y)";
    let growing = (0..10).fold("BIND('a long word to begin with' AS ?x0)".to_owned(), |query, step| {
        query + &doubled.replace("?x", &format!("?x{step}")).replace("?y", &format!("?x{}", step + 1))
    });
    let nested = format!("SELECT * {} ?s ?p ?o {}", "{".repeat(50_000), "}".repeat(50_000));
    for (name, query, status) in [
        ("values", deaf(3000), 504),
        ("quads", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }".to_owned(), 504),
        ("paths", "SELECT * { ?s (!<urn:x>|^!<urn:y>)* ?o . ?t (!<urn:x>|^!<urn:y>)+ ?o } ORDER BY ?s".to_owned(), 504),
        ("strings", format!("SELECT (STRLEN(?x10) AS ?n) {{ {growing} }}"), 500),
        ("sorting", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i".to_owned(), 500),
        ("nesting", nested, 500),
    ] {
        let start = Instant::now();
        let reply = server.post(&query);
        assert_eq!(reply.status, status, "{name}: {reply:?}");
        reply.fails(status, &[if status == 504 { "longer than allowed" } else { "more memory" }]);
        assert!(start.elapsed() < Duration::from_secs(10), "{name}: {:?}", start.elapsed());
        assert!(server.lives(), "after {name}");
    }
    assert!(server.workers().len() <= 1, "{:?}", server.workers());
}

#[test]
fn an_answer_that_is_broken_off_looks_so() {
    let workspace = corpus();
    let server = Server::start(&workspace, &["--timeout", "500ms"]);
    let reply = server.query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "text/csv");
    assert_eq!(reply.status, 200);
    assert!(!reply.whole && reply.body.len() > 100_000, "{}", reply.body.len());
    server.says("broken off");
}

#[test]
fn a_client_that_leaves_frees_its_worker() {
    let workspace = corpus();
    let server = Server::start(&workspace, &["--timeout", "50s", "--concurrency", "1"]);
    let path = format!("/sparql?query={}", escaped("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"));
    let mut stream = server.connect();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    thread::sleep(Duration::from_millis(500));
    drop(stream);
    let start = Instant::now();
    assert!(server.lives());
    assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
}

#[test]
fn who_comes_when_all_are_busy_is_told_to_come_again() {
    let workspace = corpus();
    let server = Server::start(&workspace, &["--timeout", "4s", "--concurrency", "1"]);
    let bomb = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let replies: Vec<_> = thread::scope(|scope| {
        let asked: Vec<_> = (0..25).map(|_| scope.spawn(|| server.query(bomb, "*/*"))).collect();
        thread::sleep(Duration::from_millis(1000));
        // What needs no worker is answered at once.
        let start = Instant::now();
        let health = server.get("/health", "*/*").json();
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
        assert_eq!((&health["running"], &health["waiting"]), (&1.into(), &16.into()), "{health}");
        asked.into_iter().map(|asked| asked.join().expect("an answer")).collect()
    });
    let refused: Vec<_> = replies.iter().filter(|reply| reply.status == 503).collect();
    assert!(refused.len() >= 8 && refused.len() < 25, "{}", refused.len());
    assert!(refused.iter().all(|reply| reply.header("retry-after").parse::<u32>().is_ok()));
    refused[0].fails(503, &["ask again"]);
    assert!(replies.iter().all(|reply| matches!(reply.status, 503 | 504)));
    assert!(server.lives());
}

#[test]
fn a_body_of_100_megabytes() {
    let workspace = corpus();
    let server = Server::start(&workspace, &["--max-body", "1"]);
    // One that is announced is not read.
    let head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n";
    server.raw(format!("{head}Content-Length: 104857600\r\n\r\n").as_bytes()).fails(413, &["1048576 bytes"]);
    // One that is not announced is read as far as it may go; the server then closes.
    let mut stream = server.connect();
    stream.write_all(format!("{head}Transfer-Encoding: chunked\r\n\r\n").as_bytes()).expect("sent");
    let chunk = [b"10000\r\n".as_slice(), &vec![b' '; 0x10000], b"\r\n"].concat();
    let sent = (0..1600).take_while(|_| stream.write_all(&chunk).is_ok()).count();
    assert!(sent < 1600, "100 MB were taken");
    if let Some(reply) = read(&mut stream) {
        reply.fails(413, &["1048576 bytes"]);
    }
    // One that is as long as it may be is read.
    let most = format!("ASK {{}} #{}", "x".repeat(1024 * 1024 - 8));
    assert_eq!(server.post(&most).status, 200);
    assert_eq!(server.post(&format!("{most}x")).status, 413);
}

#[test]
fn slow_clients_are_disconnected() {
    let workspace = corpus();
    let server = Server::start(&workspace, &[]);
    let closed = |sent: &[u8], again: &[u8]| {
        let mut stream = server.connect();
        stream.set_read_timeout(Some(Duration::from_secs(1))).expect("a timeout");
        stream.write_all(sent).expect("sent");
        let start = Instant::now();
        let mut told = Vec::new();
        while start.elapsed() < Duration::from_secs(40) {
            let mut bytes = [0; 1024];
            match stream.read(&mut bytes) {
                Ok(0) => return (start.elapsed(), String::from_utf8_lossy(&told).into_owned()),
                Ok(length) => told.extend_from_slice(&bytes[..length]),
                // A byte a second.
                Err(_) if stream.write_all(again).is_err() => {
                    return (start.elapsed(), String::from_utf8_lossy(&told).into_owned());
                }
                Err(_) => {}
            }
        }
        panic!("the server still waits for {:?}", String::from_utf8_lossy(sent))
    };
    thread::scope(|scope| {
        let body = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 1000\r\n\r\nASK";
        let slow = [
            scope.spawn(|| closed(b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"a")),
            scope.spawn(|| closed(body, b" ")),
            scope.spawn(|| closed(b"", b"")),
            scope.spawn(|| closed(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n", b"")),
        ];
        for (at, slow) in slow.into_iter().enumerate() {
            let (took, told) = slow.join().expect("closed");
            assert!(took > Duration::from_secs(10) && took < Duration::from_secs(25), "{at}: {took:?}");
            assert_eq!(told.contains("408"), at < 2 && !told.is_empty(), "{at}: {told}");
        }
    });
    assert!(server.lives());
}

#[test]
fn tricks_with_heads_and_paths() {
    let workspace = corpus();
    let server = Server::start(&workspace, &[]);
    let host = "Host: localhost\r\n";
    let long = "x".repeat(40_000);
    let many: String = (0..500).map(|number| format!("X-{number}: x\r\n")).collect();
    for (request, statuses) in [
        (format!("GET /sparql?query={long} HTTP/1.1\r\n{host}\r\n"), &[414][..]),
        (format!("GET /{} HTTP/1.1\r\n{host}\r\n", "x".repeat(200_000)), &[414, 431]),
        (format!("GET / HTTP/1.1\r\n{host}X: {}\r\n\r\n", "x".repeat(200_000)), &[431]),
        (format!("GET / HTTP/1.1\r\n{host}{many}\r\n"), &[431]),
        (format!("GET /../../etc/passwd HTTP/1.1\r\n{host}\r\n"), &[404]),
        (format!("GET /entity/..%2f..%2f..%2fetc/passwd HTTP/1.1\r\n{host}\r\n"), &[404]),
        (format!("GET //sparql HTTP/1.1\r\n{host}\r\n"), &[404]),
        (format!("GET /\0 HTTP/1.1\r\n{host}\r\n"), &[400]),
        (format!("GET / HTTP/1.1\r\n{host}X: a\0b\r\n\r\n"), &[400]),
        (format!("GET / HTTP/9.9\r\n{host}\r\n"), &[400, 505]),
        (format!("TRACE / HTTP/1.1\r\n{host}\r\n"), &[405]),
        (format!("CONNECT example.org:80 HTTP/1.1\r\n{host}\r\n"), &[400, 405, 421]),
        (format!("NONSENSE / HTTP/1.1\r\n{host}\r\n"), &[405]),
        (format!("POST /sparql HTTP/1.1\r\n{host}Content-Length: -1\r\n\r\n"), &[400]),
        (format!("POST /sparql HTTP/1.1\r\n{host}Content-Length: 1\r\nContent-Length: 2\r\n\r\n"), &[400]),
        ("\x16\x03\x01 this is TLS".to_owned(), &[400]),
        // Who calls the server by a name that is not its own may be a page elsewhere.
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), &[400]),
        ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned(), &[421]),
        ("GET / HTTP/1.1\r\nHost: localhost.evil.example:7878\r\n\r\n".to_owned(), &[421]),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n".to_owned(), &[400]),
        ("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(), &[421]),
        ("GET http://localhost/health HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(), &[200]),
        (format!("GET /health HTTP/1.1\r\nHost: [::1]:{}\r\n\r\n", server.address.port()), &[200]),
        (format!("GET /health?%00%ff=..%2f HTTP/1.1\r\n{host}\r\n"), &[200]),
    ] {
        let reply = server.raw(request.as_bytes());
        let shown: String = request.chars().take(80).collect();
        assert!(
            statuses.contains(&reply.status),
            "{shown:?}: {} {}",
            reply.status,
            String::from_utf8_lossy(&reply.body)
        );
        let told = String::from_utf8_lossy(&reply.body).into_owned();
        assert!(!told.contains(&workspace.root().display().to_string()), "{told}");
    }
    let named = Server::start(&workspace, &["--host", "graph.example"]);
    assert_eq!(named.request("GET", "/health", &[("Host", "GRAPH.example:80")], b"").status, 200);
    assert_eq!(named.request("GET", "/health", &[("Host", "other.example")], b"").status, 421);
}

#[test]
fn it_ends_when_told_and_lets_requests_end_before() {
    let workspace = corpus();
    for signal in ["TERM", "INT"] {
        let server = Server::start(&workspace, &["--grace", "30s", "--timeout", "2s"]);
        let mut busy = server.connect();
        let bomb = escaped("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }");
        write!(busy, "GET /sparql?query={bomb} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
        let idle = server.connect();
        thread::sleep(Duration::from_millis(500));
        server.signal(signal);
        thread::sleep(Duration::from_millis(300));
        assert!(std::net::TcpStream::connect(server.address).is_err(), "nobody new");
        assert_eq!(read(&mut busy).expect("an answer").status, 504);
        drop(idle);
        let status = server.ended(Duration::from_secs(10)).expect("it ends");
        assert_eq!(status.code(), Some(0));
    }
    // Who takes longer than that is broken off; the workers end too.
    let server = Server::start(&workspace, &["--grace", "500ms", "--timeout", "1m"]);
    let mut busy = server.connect();
    let bomb = escaped("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }");
    write!(busy, "GET /sparql?query={bomb} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    thread::sleep(Duration::from_millis(500));
    let workers = server.workers();
    assert_eq!(workers.len(), 1);
    server.signal("TERM");
    assert_eq!(server.ended(Duration::from_secs(5)).and_then(|status| status.code()), Some(0));
    assert!(read(&mut busy).is_none());
    let start = Instant::now();
    while std::path::Path::new(&format!("/proc/{}", workers[0])).exists() {
        assert!(start.elapsed() < Duration::from_secs(5), "the worker goes on");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn nobody_builds_what_is_served() {
    let (workspace, before) = with_store();
    let server = Server::start(&workspace, &[]);
    workspace.write("more.txt", "Omar Khalil was arrested in Homs.\n");
    workspace.run(&["build", "more.txt"]).fails(2, &["another isnad is using this graph"]).silent();
    assert!(workspace.export() == before, "others may read");
    drop(server);
    let lock = OpenOptions::new().read(true).write(true).open(workspace.path("isnad.graph/lock")).expect("a lock");
    lock.lock().expect("nobody else has it");
    workspace.run(&["serve", "--listen", "127.0.0.1:0"]).fails(2, &["another isnad is writing", "hint:"]).silent();
}

#[test]
fn what_cannot_be_served_is_told() {
    let workspace = Workspace::new();
    workspace.run(&["serve", "--listen", "127.0.0.1:0"]).fails(2, &["no graph here", "hint:"]).silent();
    let (workspace, _) = with_store();
    let server = Server::start(&workspace, &[]);
    let taken = server.address.to_string();
    workspace.run(&["serve", "--listen", &taken]).fails(2, &[&taken, "--listen"]).silent();
    for wrong in [&["--listen", "nowhere"][..], &["--timeout", "soon"], &["--concurrency", "0"], &["--memory", "1"]] {
        workspace.run(&[&["serve"], wrong].concat()).fails(2, &[wrong[0]]).silent();
    }
    let open = Server::start(&workspace, &["--listen", "0.0.0.0:0"]);
    open.says("other machines");
}
