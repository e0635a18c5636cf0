//! What can be said to `isnad export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// What to write
    #[arg(long, short, value_name = "FORMAT")]
    pub format: ExportFormat,
    /// Where to write it: a file; for csv a folder, or a .zip [default: standard output, for csv as a zip]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub part: PartArgs,
    /// What a picture or graph file shows [default: relations; everything for cypher, geojson and tables]
    #[arg(long, value_name = "VIEW")]
    pub view: Option<ViewArg>,
    /// Let formats without graphs (turtle, ntriples, rdfxml) hold claims as well as facts
    #[arg(long)]
    pub claims: bool,
    /// Which tables csv is: for spreadsheets, with formulas made harmless, or nodes.csv and relationships.csv for
    /// `neo4j-admin database import full --multiline-fields=true --nodes=nodes.csv --relationships=relationships.csv`
    #[arg(long, value_name = "KIND", default_value = "spreadsheet")]
    pub tables: TablesArg,
    /// Leave out or replace names, quotations and documents by a policy in TOML: key = "secret", names = ["Person"],
    /// roles = ["person"], keep = ["A Minister"], quotes = false, documents = ["report"], properties = ["age"]
    #[arg(long, value_name = "POLICY")]
    pub redact: Option<PathBuf>,
}

/// A part of the graph; several of these together mean what all of them choose.
#[derive(Debug, Args)]
#[command(next_help_heading = "Only a part")]
pub(crate) struct PartArgs {
    /// Only what is near this entity
    #[arg(long, value_name = "ENTITY")]
    pub root: Option<String>,
    /// How many steps from the root
    #[arg(long, default_value_t = 1, value_name = "N", requires = "root")]
    pub depth: usize,
    /// Only nodes of this class, such as Prison, and what they are joined to (repeatable)
    #[arg(long, value_name = "CLASS")]
    pub class: Vec<String>,
    /// Only what a document says: its IRI, or a part of its path or title (repeatable)
    #[arg(long, value_name = "DOCUMENT")]
    pub source: Vec<String>,
    /// Only events and statements of this time, and who takes part: 2011..2013, 2024-12, ..2020-05-01
    #[arg(long, value_name = "FROM..TO")]
    pub period: Option<isnad::model::Period>,
    /// Only this place, what is said to lie in it, and what is joined to that (repeatable)
    #[arg(long, value_name = "PLACE")]
    pub place: Vec<String>,
    /// Only the answers to a saved question, and what joins them: the name of the question and its parameters
    #[arg(long, value_names = ["NAME", "PARAM=VALUE"], num_args = 1..)]
    pub question: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TablesArg {
    Spreadsheet,
    Neo4j,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// RDF: facts as Turtle
    Turtle,
    /// RDF: facts, a line each
    Ntriples,
    /// RDF: facts and the documents' graphs, a line each
    Nquads,
    /// RDF: facts and the documents' graphs
    Trig,
    /// RDF: facts as XML
    Rdfxml,
    /// RDF: facts and the documents' graphs as JSON, with a context of short names
    Jsonld,
    /// RDF 1.2: every statement with the claims that make it as reifiers
    Turtle12,
    /// A graph for Gephi, yEd, Cytoscape, networkx, igraph
    Graphml,
    /// A graph for Gephi and its timeline
    Gexf,
    /// A graph for Graphviz
    Dot,
    /// A picture
    Svg,
    /// A page to look around in
    Html,
    /// Tables: entities, events, relations, claims, figures, sources
    Csv,
    /// Statements that fill a Neo4j or Memgraph database
    Cypher,
    /// FollowTheMoney entities, a line of JSON each
    Ftm,
    /// A diagram for Markdown
    Mermaid,
    /// Places, facilities and events on a map
    Geojson,
    /// What the data set is: VoID and DCAT, with counts
    Void,
    /// What the data set is: RO-Crate metadata, with counts
    RoCrate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ViewArg {
    /// Short relations ("held at"); events only where no relation tells of them
    Relations,
    /// Every event as a node
    Events,
    /// Both
    All,
}
