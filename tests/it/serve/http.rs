//! A server on a port of its own, and HTTP by hand: tests have to send what no client library would.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{BINARY, Workspace};

/// No answer may take longer; a hang must not hang the tests.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Server {
    child: Child,
    pub address: SocketAddr,
    stderr: Arc<Mutex<String>>,
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    /// Names in small letters; values of one name are joined.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
    /// Whether the body ended as it should.
    pub whole: bool,
}

impl Server {
    /// Serves the workspace's store.
    pub fn start(workspace: &Workspace, arguments: &[&str]) -> Self {
        let mut command = workspace.command(BINARY);
        command.arg("serve").args(arguments);
        if !arguments.contains(&"--listen") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let stderr = Arc::new(Mutex::new(String::new()));
        let (copy, mut errors) = (Arc::clone(&stderr), BufReader::new(child.stderr.take().expect("a pipe")));
        thread::spawn(move || {
            let mut line = String::new();
            while errors.read_line(&mut line).is_ok_and(|length| length > 0) {
                copy.lock().expect("no panic").push_str(&line);
                line.clear();
            }
        });
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("an address");
        let told = || stderr.lock().expect("no panic").clone();
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').parse();
        let address = address.unwrap_or_else(|error| panic!("{error} in {line:?}; {}", told()));
        Self { child, address, stderr }
    }

    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What the server has said so far.
    pub fn told(&self) -> String {
        self.stderr.lock().expect("no panic").clone()
    }

    /// Waits until the server has said this.
    #[track_caller]
    pub fn says(&self, words: &str) {
        let start = Instant::now();
        while !self.told().contains(words) {
            assert!(start.elapsed() < Duration::from_secs(10), "`{words}` is not in {}", self.told());
            thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        stream.set_write_timeout(Some(PATIENCE)).expect("a timeout");
        stream
    }

    /// Sends bytes as they are and reads one response.
    #[track_caller]
    pub fn raw(&self, request: &[u8]) -> Reply {
        let mut stream = self.connect();
        // A server that has heard enough may close its end.
        let _ = stream.write_all(request);
        read(&mut stream).expect("a response")
    }

    #[track_caller]
    pub fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            request.push_str(&format!("Host: {}\r\n", self.address));
        }
        if !body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        let mut bytes = request.into_bytes();
        bytes.extend_from_slice(body);
        self.raw(&bytes)
    }

    #[track_caller]
    pub fn get(&self, path: &str, accept: &str) -> Reply {
        self.request("GET", path, &[("Accept", accept)], b"")
    }

    /// Asks in SPARQL by GET.
    #[track_caller]
    pub fn query(&self, sparql: &str, accept: &str) -> Reply {
        self.get(&format!("/sparql?query={}", escaped(sparql)), accept)
    }

    /// Posts a query as it is.
    #[track_caller]
    pub fn post(&self, sparql: &str) -> Reply {
        self.request("POST", "/sparql", &[("Content-Type", "application/sparql-query")], sparql.as_bytes())
    }

    /// Whether the server still answers.
    pub fn lives(&self) -> bool {
        let reply = self.query("ASK {}", "*/*");
        reply.status == 200 && reply.text().contains("true")
    }

    pub fn signal(&self, name: &str) {
        let done = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(done.expect("kill runs").success());
    }

    /// Waits until the server has ended.
    pub fn ended(mut self, patience: Duration) -> Option<ExitStatus> {
        let start = Instant::now();
        while start.elapsed() < patience {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(20));
        }
        None
    }

    /// Processes that work for the server.
    pub fn workers(&self) -> Vec<String> {
        let listed = Command::new("ps").args(["-o", "pid=", "--ppid", &self.child.id().to_string()]).output();
        let listed = String::from_utf8(listed.expect("ps runs").stdout).expect("text");
        listed.split_whitespace().map(str::to_owned).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let told = self.told();
        let _ = self.child.kill();
        let _ = self.child.wait();
        assert!(thread::panicking() || !told.contains("panicked"), "{told}");
    }
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("UTF-8")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The media type without parameters.
    pub fn media(&self) -> &str {
        self.header("content-type").split(';').next().unwrap_or_default()
    }

    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Asserts an error with an explanation.
    #[track_caller]
    pub fn fails(&self, status: u16, words: &[&str]) {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        assert_eq!(self.media(), "application/problem+json");
        let told = self.json();
        assert_eq!(told["status"], status);
        for word in words {
            assert!(told.to_string().contains(word), "`{word}` is not in {told}");
        }
    }
}

/// Reads a response; none where the server closes without one.
pub fn read(stream: &mut TcpStream) -> Option<Reply> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
    let status = line.split(' ').nth(1)?.parse().ok()?;
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        let known = headers.entry(name.to_ascii_lowercase()).or_default();
        known.push_str(if known.is_empty() { "" } else { ", " });
        known.push_str(value);
    }
    let mut body = Vec::new();
    let whole = match (headers.get("content-length"), headers.get("transfer-encoding")) {
        (Some(length), _) => {
            let length: usize = length.parse().ok()?;
            let _ = (&mut reader).take(length as u64).read_to_end(&mut body);
            body.len() == length
        }
        (None, Some(_)) => chunks(&mut reader, &mut body).is_some(),
        (None, None) => reader.read_to_end(&mut body).is_ok(),
    };
    Some(Reply { status, headers, body, whole })
}

fn chunks(reader: &mut impl BufRead, body: &mut Vec<u8>) -> Option<()> {
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let length = usize::from_str_radix(line.trim(), 16).ok()?;
        let mut chunk = vec![0; length + 2];
        reader.read_exact(&mut chunk).ok()?;
        body.extend_from_slice(&chunk[..length]);
        if length == 0 {
            return Some(());
        }
    }
}

/// Text as a value in a URL or form.
pub fn escaped(text: &str) -> String {
    let keep = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    text.bytes().map(|byte| if keep(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
