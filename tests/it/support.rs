//! A folder to work in, the binary run in it, and its answers taken apart.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex, Weak};
use std::thread;
use std::time::{Duration, Instant};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};

pub const BINARY: &str = env!("CARGO_BIN_EXE_isnad");
pub const ISNAD: &str = "https://w3id.org/isnad/ontology#";
pub const ID: &str = "https://w3id.org/isnad/id/";
pub const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
pub const OA: &str = "http://www.w3.org/ns/oa#";

/// Nothing of these tests may take longer; a hang must not hang the tests.
const PATIENCE: Duration = Duration::from_secs(60);

/// A row of an answer: variable → value. What is not bound is not there.
pub type Row = BTreeMap<String, String>;

/// A folder of its own, in which `data` is that of the project and the store is `isnad.graph`.
pub struct Workspace {
    folder: tempfile::TempDir,
}

/// What a run of the binary left behind.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    pub took: Duration,
}

impl Workspace {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::os::unix::fs::symlink(project().join("data"), folder.path().join("data")).expect("a link to data/");
        Self { folder }
    }

    /// A new workspace with the files of this one, the store included.
    pub fn copied(&self) -> Self {
        let copy = Self::new();
        copy_folder(&self.path("isnad.graph"), &copy.path("isnad.graph"));
        copy
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, with the folders above it.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("below the workspace")).expect("folders");
        fs::write(&path, content).expect("a file");
        path
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// A command in this folder that no setting of the user's reaches.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let bin = Path::new(BINARY).parent().expect("the binary is in a folder");
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
        command.current_dir(self.root()).env("PATH", path).env("HOME", self.root());
        for name in ["ISNAD_STORE", "ISNAD_LOG", "NO_COLOR", "RUST_BACKTRACE", "RUST_LOG"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs the binary; it must not panic, whatever else it does.
    #[track_caller]
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, b"")
    }

    /// Runs the binary with `input` on its standard input.
    #[track_caller]
    pub fn run_with(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut command = self.command(BINARY);
        command.args(arguments);
        finish(command, input, &format!("isnad {}", arguments.join(" ")))
    }

    /// Runs a line of the shell, the binary being on its path.
    #[track_caller]
    pub fn shell(&self, line: &str) -> Ran {
        let mut command = self.command("bash");
        command.args(["-c", line]);
        finish(command, b"", line)
    }

    /// Runs the binary, which must succeed, and returns its standard output.
    #[track_caller]
    pub fn ok(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, Some(0), "isnad {}: {ran:?}", arguments.join(" "));
        ran.stdout
    }

    /// Every quad of the store, as sorted N-Quads.
    #[track_caller]
    pub fn export(&self) -> String {
        self.ok(&["export", "--format", "nquads"])
    }

    /// Asks in SPARQL.
    #[track_caller]
    pub fn query(&self, sparql: &str) -> Vec<Row> {
        let ran = self.run(&["query", "--format", "json", sparql]);
        assert!(matches!(ran.code, Some(0 | 1)), "{sparql}: {ran:?}");
        rows(&ran.stdout)
    }

    /// Asks a saved question.
    #[track_caller]
    pub fn ask(&self, arguments: &[&str]) -> Vec<Row> {
        let ran = self.run(&[&["ask"], arguments, &["--format", "json"]].concat());
        assert!(matches!(ran.code, Some(0 | 1)), "{arguments:?}: {ran:?}");
        rows(&ran.stdout)
    }
}

impl Ran {
    /// Asserts an error: the code, the words and, where `hint` is wanted, what to do about it.
    #[track_caller]
    pub fn fails(&self, code: i32, words: &[&str]) -> &Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        for word in words {
            assert!(self.stderr.contains(word), "`{word}` is not in: {self:?}");
        }
        self
    }

    /// Asserts that nothing was written that a program could take for an answer.
    #[track_caller]
    pub fn silent(&self) -> &Self {
        assert_eq!(self.stdout, "", "standard output is data");
        self
    }
}

#[track_caller]
fn finish(mut command: Command, input: &[u8], what: &str) -> Ran {
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let feeder = thread::spawn(move || {
        // A program that does not read its input closes it.
        let _ = stdin.write_all(&input);
    });
    let id = child.id();
    let (done, clock) = std::sync::mpsc::channel::<()>();
    let watchdog = thread::spawn(move || {
        if clock.recv_timeout(PATIENCE) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
            let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
        }
    });
    let Output { status, stdout, stderr } = child.wait_with_output().expect("the program ends");
    drop(done);
    watchdog.join().expect("the watchdog");
    feeder.join().expect("the feeder");
    let ran = Ran {
        code: status.code(),
        stdout: String::from_utf8(stdout).expect("standard output is UTF-8"),
        stderr: String::from_utf8(stderr).expect("standard error is UTF-8"),
        took: start.elapsed(),
    };
    assert!(!ran.stderr.contains("panicked"), "{what}: {ran:?}");
    assert!(ran.code.is_some(), "{what} was killed by a signal: {status}");
    ran
}

/// The folder of the project.
pub fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Values of one variable, each once.
pub fn values(rows: &[Row], variable: &str) -> BTreeSet<String> {
    rows.iter().filter_map(|row| row.get(variable).cloned()).collect()
}

/// A set of words, to compare with.
pub fn set(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// The rows of SPARQL results in JSON.
#[track_caller]
pub fn rows(json: &str) -> Vec<Row> {
    let parsed: serde_json::Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in {json}"));
    let bindings = parsed["results"]["bindings"].as_array().expect("bindings");
    let cell = |(name, term): (&String, &serde_json::Value)| {
        (name.clone(), term["value"].as_str().expect("a value").to_owned())
    };
    bindings.iter().map(|binding| binding.as_object().expect("an object").iter().map(cell).collect()).collect()
}

/// A file of standard output taken as RDF.
#[track_caller]
pub fn parse(format: RdfFormat, text: &str) -> Vec<Quad> {
    RdfParser::from_format(format)
        .for_slice(text.as_bytes())
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("{format:?}: {error}"))
}

/// Code points of every document, and where it came from, as the store names it.
pub struct Texts(BTreeMap<String, (String, Vec<char>)>);

impl Texts {
    /// Reads `isnad extract`'s lines.
    pub fn of(workspace: &Workspace, inputs: &[&str]) -> Self {
        let lines = workspace.ok(&[&["extract", "--layers", "sentences"], inputs].concat());
        let document = |line: &str| {
            let line: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
            let text = |name: &str| line["document"][name].as_str().expect("a text").to_owned();
            let iri = format!("{ID}document/{}", text("id").trim_start_matches("doc:"));
            (iri, (text("source"), text("text").chars().collect()))
        };
        Self(lines.lines().map(document).collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The words at code points `start..end` of a document.
    pub fn slice(&self, document: &str, start: &str, end: &str) -> Option<String> {
        let (start, end): (usize, usize) = (start.parse().ok()?, end.parse().ok()?);
        Some(self.0.get(document)?.1.get(start..end)?.iter().collect())
    }

    /// The document that came from a path.
    pub fn from(&self, source: &str) -> Option<String> {
        let (_, text) = self.0.values().find(|(path, _)| path == source)?;
        Some(text.iter().collect())
    }
}

/// The two articles that the project began with: other people's text, and so not in the repository.
/// Without them a test says so and does nothing, but never in CI.
pub fn seeds() -> Option<String> {
    let folder = project().join("../shared/seeds");
    if folder.is_dir() {
        return Some(folder.display().to_string());
    }
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{} is missing, and CI must have it", folder.display());
    // Written past the test harness, which would keep it to itself.
    let _ =
        writeln!(std::io::stderr(), "skipped: {} is missing, so nothing is tested on real articles", folder.display());
    None
}

/// A workspace whose store holds the sample corpus. Shared by all tests that only read.
pub fn corpus() -> Arc<Workspace> {
    static SHARED: Mutex<Weak<Workspace>> = Mutex::new(Weak::new());
    shared(&SHARED, "data/corpus")
}

/// A workspace whose store holds the two articles. Shared by all tests that only read.
pub fn articles() -> Option<Arc<Workspace>> {
    static SHARED: Mutex<Weak<Workspace>> = Mutex::new(Weak::new());
    seeds().map(|folder| shared(&SHARED, &folder))
}

fn shared(slot: &Mutex<Weak<Workspace>>, input: &str) -> Arc<Workspace> {
    let mut slot = slot.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(workspace) = slot.upgrade() {
        return workspace;
    }
    let workspace = Arc::new(Workspace::new());
    workspace.ok(&["build", input]);
    *slot = Arc::downgrade(&workspace);
    workspace
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// An order of `0..length` that looks like none, and is another for another seed.
pub fn shuffled(length: usize, seed: u64) -> Vec<usize> {
    // SplitMix64: neighbouring seeds give unlike orders.
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let mut order: Vec<usize> = (0..length).collect();
    for at in (1..length).rev() {
        order.swap(at, (next() % (at as u64 + 1)) as usize);
    }
    order
}

/// Quads by subject, for looking things up in an export.
pub struct Graph {
    pub quads: Vec<Quad>,
    by_subject: BTreeMap<String, Vec<usize>>,
}

impl Graph {
    pub fn of(workspace: &Workspace) -> Self {
        let quads = parse(RdfFormat::NQuads, &workspace.export());
        let mut by_subject: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, quad) in quads.iter().enumerate() {
            by_subject.entry(subject(quad)).or_default().push(at);
        }
        Self { quads, by_subject }
    }

    /// The objects of a subject's property, as text, in every graph, each once.
    pub fn objects(&self, subject: &str, predicate: &str) -> BTreeSet<String> {
        let own = self.by_subject.get(subject).into_iter().flatten().map(|at| &self.quads[*at]);
        own.filter(|quad| quad.predicate.as_str() == predicate).map(|quad| text(&quad.object)).collect()
    }

    /// The only object of a subject's property.
    #[track_caller]
    pub fn one(&self, subject: &str, predicate: &str) -> String {
        let found = self.objects(subject, predicate);
        assert_eq!(found.len(), 1, "{predicate} of {subject}: {found:?}");
        found.into_iter().next().expect("one")
    }

    /// Subjects of a class, with the graph that says so.
    pub fn of_class(&self, class: &str) -> BTreeSet<(String, String)> {
        let typed = self
            .quads
            .iter()
            .filter(|quad| quad.predicate.as_str() == format!("{RDF}type") && text(&quad.object) == class);
        typed.map(|quad| (subject(quad), graph(quad))).collect()
    }

    /// The triples of the default graph.
    pub fn facts(&self) -> impl Iterator<Item = &Quad> {
        self.quads.iter().filter(|quad| quad.graph_name == GraphName::DefaultGraph)
    }
}

pub fn subject(quad: &Quad) -> String {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    }
}

/// Name of a quad's graph; empty for the default graph.
pub fn graph(quad: &Quad) -> String {
    match &quad.graph_name {
        GraphName::NamedNode(node) => node.as_str().to_owned(),
        GraphName::BlankNode(node) => node.to_string(),
        GraphName::DefaultGraph => String::new(),
    }
}

/// An IRI, or the value of a literal.
pub fn text(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }
}

/// A text with one release in it.
pub const GOOD: &str = "Ali Hassan was released from Evin Prison.\n";

/// A workspace with [`GOOD`] as `good.txt` and a store of it, and that store's export.
pub fn with_store() -> (Workspace, String) {
    let workspace = Workspace::new();
    workspace.write("good.txt", GOOD);
    workspace.ok(&["build", "good.txt"]);
    let export = workspace.export();
    assert!(export.contains("Ali Hassan"));
    (workspace, export)
}
