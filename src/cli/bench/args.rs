//! What `isnad bench` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use isnad::model::Reading;

use super::super::args::{ExportFormat, reading};

#[derive(Debug, Args)]
pub(crate) struct BenchArgs {
    #[command(subcommand)]
    pub command: BenchCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BenchCommand {
    /// How much of what others annotated is found, and how much of what is found is right
    #[command(after_help = "Example:\n  isnad bench accuracy --data ../shared/bench worldwide --system isnad")]
    Accuracy(AccuracyArgs),
    /// How fast, and how often, somebody is found by another spelling among invented people, bodies and sites
    #[command(after_help = "Example:\n  isnad bench find --entities 1000")]
    Find(FindBenchArgs),
    /// How fast an invented graph is exported, and in how much memory
    #[command(after_help = "Example:\n  isnad bench exports --quads 1000000 --format nquads")]
    Exports(ExportsArgs),
    /// How well and how fast entities are linked across documents, on invented ones of which the truth is known
    #[command(after_help = "Example:\n  isnad bench linking --mentions 10000")]
    Linking(LinkingArgs),
    /// Words, documents and quads per second, peak memory, and how they grow
    Speed(SpeedArgs),
}

#[derive(Debug, Args)]
pub(crate) struct AccuracyArgs {
    /// Names of sets; a set is a folder [default: those that are there]
    #[arg(value_name = "SET")]
    pub sets: Vec<String>,
    /// Folder that holds the folders of the sets
    #[arg(long, value_name = "DIR", default_value = "../shared/bench")]
    pub data: PathBuf,
    /// Measure this system: spacy-sm (the language model alone), encoder (the names encoder alone), isnad-fast or
    /// isnad (the full readings) [default: all]
    #[arg(long = "system", value_name = "NAME")]
    pub systems: Vec<String>,
    /// Print a line of JSON for every set, system and measure
    #[arg(long)]
    pub json: bool,
    /// List the sets and what is measured on each
    #[arg(long)]
    pub list: bool,
    /// Write every mistake (names, relations, mentions, places, times) into this file, a line of JSON each
    #[arg(long, value_name = "FILE")]
    pub errors: Option<PathBuf>,
    /// Overwrite that file
    #[arg(long, requires = "errors")]
    pub force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct FindBenchArgs {
    /// How many entities the graph has
    #[arg(long, value_name = "N", default_value_t = 300_000, value_parser = clap::value_parser!(u32).range(1..=2_000_000))]
    pub entities: u32,
    /// What they are drawn by: the same number, the same entities
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,
    /// Print a line of JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExportsArgs {
    /// How many quads the graph has, about
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    pub quads: u32,
    /// Formats to write, separated by commas
    #[arg(long, value_name = "FORMATS", default_value = "nquads,ntriples,turtle,trig,jsonld", value_delimiter = ',')]
    pub format: Vec<ExportFormat>,
    /// Compact the database first: what was loaded last otherwise lies in many files, and is slow to read
    #[arg(long)]
    pub compact: bool,
    /// Print a line of JSON for every format
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LinkingArgs {
    /// How many entities of documents to link; may be given several times [default: 10000, 100000 and 1000000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub mentions: Vec<u32>,
    /// What the invented documents are drawn by: the same number, the same documents
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,
    /// Print a line of JSON for every number of mentions
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SpeedArgs {
    /// Folder with the benchmark sets muc4, hrdsattack and geoparsing
    #[arg(long, value_name = "DIR", default_value = "../shared/bench")]
    pub data: PathBuf,
    /// Build with this reading only, accurate or fast [default: both, accurate on up to 500 documents]
    #[arg(long, value_name = "HOW", value_parser = reading())]
    pub reading: Option<Reading>,
    /// Print a line of JSON for every measure
    #[arg(long)]
    pub json: bool,
}
