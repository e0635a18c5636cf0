//! What can be said on the command line.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use isnad::model::Reading;

pub(crate) use super::bench::args::BenchArgs;
pub(crate) use super::export_args::{ExportArgs, ExportFormat, PartArgs, TablesArg, ViewArg};

/// Builds and asks an evidence-first knowledge graph of people, facilities, places and events.
///
/// Every statement in the graph leads to the words that say it and to those who said them.
#[derive(Debug, Parser)]
#[command(name = "isnad", version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "Start with:\n  isnad build data/corpus\n  isnad ask")]
pub(crate) struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Folder of the graph
    #[arg(long, global = true, env = "ISNAD_STORE", default_value = "isnad.graph", value_name = "DIR")]
    pub store: PathBuf,
    /// Say only what went wrong
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say what is being done
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// When to use colour
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN")]
    pub color: Colour,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read files and add them to the graph
    #[command(
        after_help = "Examples:\n  isnad build data/corpus\n  isnad build reports.zip inbox.mbox crawl.warc.gz\n  \
        isnad build --fields text=summary,date=incident_date incidents.csv"
    )]
    Build(BuildArgs),
    /// Print what was found in files, one JSON object per document
    #[command(after_help = "Example:\n  isnad extract data/corpus/01-agency-wire.txt")]
    Extract(ExtractArgs),
    /// Find entities by name, in any spelling
    #[command(after_help = "Example:\n  isnad find Seidnaya")]
    Find(FindArgs),
    /// Show everything the graph says of one entity
    #[command(after_help = "Example:\n  isnad show \"Ragheed al-Tatari\"")]
    Show(ShowArgs),
    /// Show why the graph says something: the words, the document, the source, the rule
    #[command(
        after_help = "Examples:\n  isnad explain \"Ragheed al-Tatari\"\n  isnad explain \"Ragheed al-Tatari\" Sednaya"
    )]
    Explain(ExplainArgs),
    /// Decide which entities are one, with the evidence before you
    #[command(after_help = "Example:\n  isnad review")]
    Review(ReviewArgs),
    /// Ask in SPARQL
    #[command(
        after_help = "Example:\n  isnad query 'SELECT ?name WHERE { ?p a isnad:Prison ; rdfs:label ?name } ORDER BY ?name'\n\n\
        The default graph holds accepted facts; each document's claims are in a graph of their own:\n  \
        isnad query 'SELECT ?g (COUNT(?c) AS ?n) WHERE { GRAPH ?g { ?c a isnad:Claim } } GROUP BY ?g'\n\n\
        Names in any spelling or script, with or without how like they are:\n  \
        isnad query 'SELECT ?p { ?p isnad:heldAt ?site . ?site fun:spelled \"Seydnaya\" }'\n  \
        isnad query 'SELECT ?name ?score { (?e ?score) fun:spelled \"Homs\" . ?e rdfs:label ?name }'\n\n\
        Names compared, days that are not exactly known, and GeoSPARQL:\n  \
        fun:likeness(name, name[, class])  fun:fold(name)\n  \
        fun:mayBeIn(earliest, latest, \"2024-12\")  fun:isIn(earliest, latest, \"2011..2013\")\n  \
        fun:mayBeBefore(earliest, latest, earliest, latest)  fun:isBefore(earliest, latest, earliest, latest)\n  \
        geof:distance(wkt, wkt, uom:metre)  geof:sfWithin(wkt, wkt)  and the others of GeoSPARQL 1.1"
    )]
    Query(QueryArgs),
    /// Ask a saved question; without a name, list them
    #[command(
        after_help = "Examples:\n  isnad ask\n  isnad ask captured-cities\n  isnad ask held-at person=\"Ragheed al-Tatari\"\n\n\
        Questions of your own are SPARQL files with such a header; put them into the folder `questions` of the store:\n  \
        # title: Where somebody was held\n  \
        # parameter: person entity Person — who\n  \
        # example: isnad ask held-at person=\"Ragheed al-Tatari\"\n\n\
        A parameter is a variable of the query: `entity CLASS`, `text`, `date` or `number`, and `optional` if need be."
    )]
    Ask(AskArgs),
    /// Show how two entities are connected, with the words for every step
    #[command(
        after_help = "Examples:\n  isnad path \"Ahmed al-Sharaa\" Homs\n  isnad path \"Ahmed al-Sharaa\" Homs --all --max 3"
    )]
    Path(PathArgs),
    /// Show how the graph hangs together: who is central, what groups there are
    #[command(after_help = "Example:\n  isnad network\n  isnad network central --class Facility")]
    Network(NetworkArgs),
    /// Write the graph, or a part of it, for other programs or as a picture
    #[command(
        after_help = "Examples:\n  isnad export --format turtle -o graph.ttl\n  isnad export --format html --root Sednaya --depth 1 -o sednaya.html\n  \
        isnad export --format csv -o tables.zip --class Prison\n  \
        isnad export --format csv --tables neo4j -o import\n  \
        isnad export --format geojson --period 2024-12 -o december.geojson\n  \
        isnad export --format mermaid --question held-at person=\"Ragheed al-Tatari\""
    )]
    Export(ExportArgs),
    /// Load RDF files into graphs of their own
    #[command(
        after_help = "Example:\n  isnad export --format nquads -o copy.nq && isnad --store other.graph import copy.nq"
    )]
    Import(ImportArgs),
    /// Work out what follows from the facts, in a graph of its own
    #[command(
        after_help = "Example:\n  isnad infer\n  isnad query --inferred 'SELECT ?x { ?x isnad:locatedIn ?c . ?c rdfs:label \"Syria\" }'"
    )]
    Infer(InferArgs),
    /// Answer SPARQL, saved questions and lookups over HTTP
    #[command(
        after_help = "Example:\n  isnad serve\n  curl -G http://127.0.0.1:7878/sparql --data-urlencode 'query=ASK {}'"
    )]
    Serve(super::serve::ServeArgs),
    /// Check the graph against shapes: what lacks evidence, contradicts itself or cannot be
    #[command(after_help = "Example:\n  isnad validate")]
    Validate(ValidateArgs),
    /// Check that every quote stands in the text of its document
    #[command(after_help = "Example:\n  isnad verify")]
    Verify(VerifyArgs),
    /// Count what is in the graph: by class, by document
    #[command(after_help = "Example:\n  isnad stats")]
    Stats(StatsArgs),
    /// The language model: what it is, and making one from a spaCy pipeline
    #[command(after_help = "Example:\n  isnad model info")]
    Model(ModelArgs),
    /// Measure this build
    #[command(after_help = "Example:\n  isnad bench speed --data ../shared/bench\n  \
        isnad bench accuracy --list")]
    Bench(BenchArgs),
    /// Print a completion script for a shell
    #[command(after_help = "Example:\n  isnad completions bash > ~/.local/share/bash-completion/completions/isnad")]
    Completions(CompletionsArgs),
    /// Print the manual page, or write one for every command
    #[command(after_help = "Example:\n  isnad man | man -l -")]
    Man(ManArgs),
    /// Read one PDF file from standard input, for a process that reads many
    #[command(hide = true)]
    ReadPdf(ReadPdfArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ReadPdfArgs {
    /// Longest text, in bytes
    pub longest: u64,
}

/// How files are read.
#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// Files, folders, globs, or `-` for standard input: text, Markdown, HTML, PDF, Word, OpenDocument, RTF, EPUB,
    /// e-mail, JSON, tables, feeds, web archives, and archives of these
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// How many threads to use [default: as many as there are cores]
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
    /// Fields of JSON records and columns of tables: text=…,title=…,date=…,publisher=…,author=…,url=…,id=…
    #[arg(long, value_name = "FIELDS")]
    pub fields: Option<String>,
    /// Largest text that is read, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    pub max_size: u64,
    /// A table of further facilities, in the columns of data/gazetteer/facilities.tsv, or the places of a country as
    /// GeoNames gives them, such as SY.txt; may be given several times
    #[arg(long, value_name = "FILE")]
    pub gazetteer: Vec<PathBuf>,
    /// Further event frames, in the keys of ontology/frames/custody.toml: how events of a kind are said, and with
    /// `class` a kind of your own below one of the ontology (repeatable)
    #[arg(long, value_name = "FILE")]
    pub frames: Vec<PathBuf>,
    /// The language model to read with, made by `isnad model import` [default: the one in the program]
    #[arg(long, value_name = "FILE", env = "ISNAD_MODEL")]
    pub model: Option<PathBuf>,
    /// How to read names: accurate, with the names encoder, or fast, several times as quick, without it
    #[arg(long, value_name = "HOW", default_value = "accurate", value_parser = reading())]
    pub reading: Reading,
    /// The names encoder of accurate readings, made by `isnad model import` [default: the one in the program]
    #[arg(long, value_name = "FILE", env = "ISNAD_ENCODER")]
    pub encoder: Option<PathBuf>,
}

/// The readings there are, for help and completions.
pub(super) fn reading() -> impl TypedValueParser<Value = Reading> {
    PossibleValuesParser::new(Reading::ALL.iter().map(|reading| reading.as_str()))
        .try_map(|reading| reading.parse::<Reading>())
}

#[derive(Debug, Args)]
pub(crate) struct BuildArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    /// The inputs are annotation lines already, as `isnad extract` prints them
    #[arg(long)]
    pub annotations: bool,
    /// What people decided about which entities are one [default: decisions.toml in the store's folder]
    #[arg(long, value_name = "FILE", env = "ISNAD_DECISIONS")]
    pub decisions: Option<PathBuf>,
    /// Read nothing: link what is there again, by the decisions as they are now
    #[arg(long, conflicts_with = "inputs")]
    pub relink: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExtractArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    /// Print only these layers: sentences tokens mentions entities events relations figures attributions
    #[arg(long, value_name = "LAYERS", value_delimiter = ',')]
    pub layers: Option<Vec<Layer>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layer {
    Sentences,
    Tokens,
    Mentions,
    Entities,
    Events,
    Relations,
    Figures,
    Attributions,
}

#[derive(Debug, Args)]
pub(crate) struct FindArgs {
    /// A name, in any spelling
    #[arg(value_name = "TEXT")]
    pub text: String,
    /// Only entities of this class, such as Person or Prison
    #[arg(long = "type", value_name = "CLASS")]
    pub class: Option<String>,
    /// How many to list
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub limit: usize,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// A name or an IRI
    #[arg(value_name = "ENTITY")]
    pub entity: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ReviewArgs {
    /// Go through the documents of one entity instead, to set apart those that mean another by its name
    #[arg(value_name = "ENTITY")]
    pub entity: Option<String>,
    /// Where decisions are read and written [default: decisions.toml in the store's folder]
    #[arg(long, value_name = "FILE", env = "ISNAD_DECISIONS")]
    pub decisions: Option<PathBuf>,
    /// Who decides, noted with every decision
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// List the undecided pairs instead of asking
    #[arg(long)]
    pub list: bool,
    /// List them as lines of JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// A name, or the IRI of an entity or claim
    #[arg(value_name = "ENTITY|CLAIM")]
    pub subject: String,
    /// A second entity: why both are one or not, and what is said of both
    #[arg(value_name = "ENTITY")]
    pub object: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct QueryArgs {
    /// The query
    #[arg(value_name = "SPARQL", required_unless_present = "file", conflicts_with = "file")]
    pub sparql: Option<String>,
    /// Read the query from a file, or from standard input with `-`
    #[arg(long, short, value_name = "FILE")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub answer: AnswerArgs,
    /// Let the default graph be facts and claims together
    #[arg(long, conflicts_with = "inferred")]
    pub union: bool,
    /// Let the default graph be facts and what follows from them (`isnad infer`)
    #[arg(long)]
    pub inferred: bool,
    /// Print how the query is answered instead of its answers: each step, what it gives and how long it takes
    #[arg(long)]
    pub explain: bool,
}

/// How answers are printed.
#[derive(Debug, Args)]
pub(crate) struct AnswerArgs {
    /// Format of the answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: AnswerFormat,
    /// Stop after this long, such as 30s or 2m
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = super::query::duration)]
    pub timeout: std::time::Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    Table,
    Json,
    Xml,
    Csv,
    Tsv,
    Turtle,
    Ntriples,
    Nquads,
    Trig,
    Rdfxml,
    Jsonld,
}

#[derive(Debug, Args)]
pub(crate) struct AskArgs {
    /// Name of the question
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Its parameters
    #[arg(value_name = "PARAM=VALUE")]
    pub parameters: Vec<String>,
    #[command(flatten)]
    pub answer: AnswerArgs,
    /// Show IRIs in tables too
    #[arg(long)]
    pub iris: bool,
    /// A folder of further questions (*.rq), besides `questions` in the folder of the store
    #[arg(long, value_name = "DIR")]
    pub questions: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct PathArgs {
    /// A name or an IRI
    #[arg(value_name = "A")]
    pub from: String,
    /// A name or an IRI
    #[arg(value_name = "B")]
    pub to: String,
    /// Longest connection to look for, in steps
    #[arg(long, default_value_t = 6, value_name = "N")]
    pub max: usize,
    /// Every connection that comes by nobody twice, the shortest first, instead of one of the shortest
    #[arg(long)]
    pub all: bool,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// Print every problem as a line of JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct InferArgs {
    /// Also what follows in the vocabularies that the ontology is aligned with: schema.org, FOAF, SEM, PROV-O
    #[arg(long, conflicts_with = "off")]
    pub aligned: bool,
    /// Take it all out again, and infer no more
    #[arg(long)]
    pub off: bool,
}

#[derive(Debug, Args)]
pub(crate) struct NetworkArgs {
    /// What to tell; a summary if it is left out
    #[command(subcommand)]
    pub question: Option<NetworkQuestion>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NetworkQuestion {
    /// Who and what most connections come together at, or lead over
    #[command(after_help = "Example:\n  isnad network central --by betweenness --class Person")]
    Central(CentralArgs),
    /// Parts that nothing connects with each other
    #[command(after_help = "Example:\n  isnad network components")]
    Components(GroupArgs),
    /// Groups that hang together more than with the rest (Leiden)
    #[command(after_help = "Example:\n  isnad network communities --members 8")]
    Communities(GroupArgs),
    /// Who and what documents name together; copies of one text count once
    #[command(after_help = "Examples:\n  isnad network together Sednaya\n  isnad network together --class Person")]
    Together(TogetherArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CentralArgs {
    /// By what to order
    #[arg(long, value_enum, default_value_t = Measure::Degree)]
    pub by: Measure,
    /// Of this class only, such as Person or Facility; the others still connect
    #[arg(long, value_name = "CLASS")]
    pub class: Option<String>,
    #[command(flatten)]
    pub listing: ListingArgs,
}

/// A measure of how central a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Measure {
    /// Number of others that facts connect it with
    Degree,
    /// Share of the shortest ways between two others that lead over it
    Betweenness,
    /// How often a random walk comes by it: PageRank
    Pagerank,
}

#[derive(Debug, Args)]
pub(crate) struct GroupArgs {
    /// Members of each group to name
    #[arg(long, default_value_t = 5, value_name = "N")]
    pub members: usize,
    #[command(flatten)]
    pub listing: ListingArgs,
}

#[derive(Debug, Args)]
pub(crate) struct TogetherArgs {
    /// Only with this one: a name or an IRI
    #[arg(value_name = "ENTITY")]
    pub entity: Option<String>,
    /// Of this class only, such as Person
    #[arg(long, value_name = "CLASS")]
    pub class: Option<String>,
    #[command(flatten)]
    pub listing: ListingArgs,
}

/// How many rows to print, and how.
#[derive(Debug, Args)]
pub(crate) struct ListingArgs {
    /// Rows to print
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub top: usize,
    /// Print every row as a line of JSON, with IRIs
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ValidateArgs {
    /// Shapes in Turtle, SHACL Core [default: those of the ontology]
    #[arg(long, value_name = "FILE")]
    pub shapes: Option<PathBuf>,
    /// How the report is written; turtle is that of the W3C
    #[arg(long, short, default_value = "text", value_name = "FORMAT")]
    pub format: ReportFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Text,
    Turtle,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// RDF files: .ttl .nt .nq .trig .rdf .xml .jsonld
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct StatsArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ModelArgs {
    #[command(subcommand)]
    pub command: ModelCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelCommand {
    /// Print name, version, licence, components, labels and size of a model
    Info(ModelInfoArgs),
    /// Turn a spaCy v3 pipeline (a folder or a wheel), or an export of a names encoder, into one model file
    Import(ModelImportArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ModelInfoArgs {
    /// A model file [default: the ones that are part of the program]
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ModelImportArgs {
    /// Folder or wheel of a pipeline, or folder of an encoder's export
    #[arg(value_name = "PIPELINE")]
    pub pipeline: PathBuf,
    /// Where to write the model [default: the pipeline's name with .isnad-model, names.isnad-encoder]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Keep weights in 32 bits instead of 16
    #[arg(long)]
    pub full: bool,
    /// Components to leave out, such as ones that cannot run here
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub without: Vec<String>,
    /// Overwrite the file if it is there
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// Which shell
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// Write a page for every command into this folder
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}
