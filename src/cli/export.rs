//! `isnad export`

use std::fs;
use std::io::{self, Cursor, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use isnad::export::csv::{self, Table};
use isnad::export::description::{self, Counts};
use isnad::export::redact::Policy;
use isnad::export::{
    PictureOptions, Statements, cypher, dot, ftm, geojson, gexf, graphml, html, jsonld, mermaid, rdf, svg, turtle12,
};
use isnad::graph::{self, KnowledgeGraph, Selection, View};
use isnad::store::{Access, GraphStore};
use oxigraph::io::RdfFormat;
use oxigraph::model::{NamedNode, Quad};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Outcome;
use super::args::{Common, ExportArgs, ExportFormat, TablesArg, ViewArg};
use super::output::Output;
use super::target::Target;
use super::{part, path};

/// Nodes from which on a drawing is no longer read but searched.
const MANY_NODES: usize = 300;

pub(crate) fn run(args: &ExportArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let policy = args.redact.as_deref().map(policy).transpose()?;
    let store = GraphStore::open(&common.store, Access::Read)?;
    let folder = args.output.as_deref().filter(|path| args.format == ExportFormat::Csv && !is_zip(path));
    if let Some(folder) = folder {
        prepare(folder, args.force)?;
        let Some(source) = Source::of(&store, args, policy.as_ref(), output)? else { return Ok(Outcome::Nothing) };
        write_folder(&tables(&source.quads()?, args), folder)?;
        return Ok(Outcome::Done);
    }
    if args.format == ExportFormat::Csv && args.output.is_none() && io::stdout().is_terminal() {
        bail!("tables are several files\nhint: give a folder or a .zip with -o");
    }
    // The target is opened before any work, so that a mistake costs nothing.
    let mut target = Target::open(args.output.as_deref(), args.force)?;
    let written = Source::of(&store, args, policy.as_ref(), output)
        .and_then(|source| source.map(|source| write(&source, args, output, &mut target)).transpose());
    match written {
        Ok(Some(written)) => target.finish(written)?,
        Ok(None) => {
            target.discard();
            return Ok(Outcome::Nothing);
        }
        Err(error) => {
            target.discard();
            return Err(error);
        }
    }
    Ok(Outcome::Done)
}

fn policy(path: &Path) -> Result<Policy> {
    let text = fs::read_to_string(path).with_context(|| format!("{}: the policy cannot be read", path.display()))?;
    Policy::parse(&text).with_context(|| format!("{}: this is no policy of redaction", path.display()))
}

/// What is exported.
struct Source<'a> {
    store: &'a GraphStore,
    statements: Statements<'a>,
    /// An entity in the middle of a picture, and how far the picture goes.
    root: Option<(NamedNode, usize)>,
}

impl<'a> Source<'a> {
    /// The graph or the part that is asked for; none, with a word about it, where there is no such part.
    fn of(store: &'a GraphStore, args: &ExportArgs, policy: Option<&Policy>, output: &Output) -> Result<Option<Self>> {
        let mut selection = part::selection(store, &args.part, output)?;
        let mut root = None;
        let only_root = Selection { root: None, ..selection.clone() }.is_everything();
        if is_picture(args.format) && only_root && policy.is_none() {
            // A picture goes by what it shows.
            root = selection.root.take().map(|(iri, depth)| (NamedNode::new_unchecked(iri), depth));
        }
        let statements = if selection.is_everything() {
            let statements = Statements::of_store(store);
            match policy {
                Some(policy) => statements.changed(policy.change(&store.sorted_quads()?)?),
                None => statements,
            }
        } else {
            let quads = store.sorted_quads()?;
            // Names are looked for in the whole graph: a part can hold words about people whom it leaves out.
            let change = policy.map(|policy| policy.change(&quads)).transpose()?;
            let part = selection.part(quads);
            if part.is_empty() {
                output.say("nothing in the graph is chosen by this\nhint: choose by less, or see `isnad stats` for what there is");
                return Ok(None);
            }
            match change {
                Some(change) => Statements::of_part(part).changed(change),
                None => Statements::of_part(part),
            }
        };
        Ok(Some(Self { store, statements, root }))
    }

    fn quads(&self) -> Result<Vec<Quad>> {
        Ok(self.statements.collect()?)
    }

    /// The graph as a view shows it.
    fn graph(&self, view: View) -> Result<KnowledgeGraph> {
        let graph = graph::build(&self.quads()?, view);
        match &self.root {
            Some((root, depth)) => Ok(graph::neighbourhood(&graph, path::index(&graph, root)?, *depth)),
            None => Ok(graph),
        }
    }
}

/// Writes what is asked for; the inner result is that of writing.
fn write(source: &Source<'_>, args: &ExportArgs, output: &Output, target: &mut Target) -> Result<io::Result<()>> {
    let view = match args.view {
        Some(ViewArg::Events) => View::Events,
        Some(ViewArg::All) => View::All,
        Some(ViewArg::Relations) => View::Relations,
        None if is_picture(args.format) => View::Relations,
        None => View::Whole,
    };
    let statements = &source.statements;
    let rdf = |format, target: &mut Target| rdf::write(statements, format, args.claims, target);
    Ok(match args.format {
        ExportFormat::Turtle => rdf(RdfFormat::Turtle, target),
        ExportFormat::Ntriples => rdf(RdfFormat::NTriples, target),
        ExportFormat::Nquads => rdf(RdfFormat::NQuads, target),
        ExportFormat::Trig => rdf(RdfFormat::TriG, target),
        ExportFormat::Rdfxml => rdf(RdfFormat::RdfXml, target),
        ExportFormat::Jsonld => jsonld::write(statements, target),
        ExportFormat::Turtle12 => turtle12::write(statements, target),
        ExportFormat::Void => description::void(&Counts::of(statements)?, target),
        ExportFormat::RoCrate => description::ro_crate(&Counts::of(statements)?, target),
        ExportFormat::Csv => write_zip(&tables(&source.quads()?, args), target),
        ExportFormat::Ftm => ftm::write(&source.quads()?, target),
        ExportFormat::Cypher => cypher::write(&source.graph(view)?, target),
        ExportFormat::Geojson => geojson::write(&source.graph(view)?, target),
        ExportFormat::Graphml => graphml::write(&source.graph(view)?, target),
        ExportFormat::Gexf => gexf::write(&source.graph(view)?, target),
        ExportFormat::Mermaid => {
            let graph = source.graph(view)?;
            if graph.edge_count() > mermaid::MOST_EDGES {
                output.say(&format!(
                    "Mermaid draws {} edges unless its maxEdges is raised, and these are {}; --root ENTITY makes a smaller part",
                    mermaid::MOST_EDGES,
                    graph.edge_count()
                ));
            }
            mermaid::write(&graph, target)
        }
        ExportFormat::Dot | ExportFormat::Svg | ExportFormat::Html => {
            let (graph, options) = picture(source, view, args, output)?;
            match args.format {
                ExportFormat::Dot => dot::write(&graph, &options, target),
                ExportFormat::Svg => svg::write(&graph, &options, target),
                _ => html::write(&graph, &options, target),
            }
        }
    })
}

/// Whether a format shows the graph by a view, with short relations in the place of events where there are any.
fn is_picture(format: ExportFormat) -> bool {
    matches!(
        format,
        ExportFormat::Graphml
            | ExportFormat::Gexf
            | ExportFormat::Dot
            | ExportFormat::Svg
            | ExportFormat::Html
            | ExportFormat::Mermaid
    )
}

fn picture(
    source: &Source<'_>,
    view: View,
    args: &ExportArgs,
    output: &Output,
) -> Result<(KnowledgeGraph, PictureOptions)> {
    let graph = source.graph(view)?;
    let subtitle = format!("{} documents", source.store.documents());
    let mut options = PictureOptions { subtitle: Some(subtitle), ..PictureOptions::default() };
    if let Some((root, _)) = &source.root {
        options.title = graph[path::index(&graph, root)?].label.clone();
    } else if args.format != ExportFormat::Html && graph.node_count() > MANY_NODES {
        output.say(&format!(
            "the picture has {} nodes; --root ENTITY --depth N draws a part that can be read",
            graph.node_count()
        ));
    }
    Ok((graph, options))
}

fn tables(quads: &[Quad], args: &ExportArgs) -> Vec<Table> {
    match args.tables {
        TablesArg::Spreadsheet => csv::spreadsheet(quads),
        TablesArg::Neo4j => csv::neo4j(quads),
    }
}

fn is_zip(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

/// Makes the folder of the tables. One with something in it is used only if that is wanted.
fn prepare(folder: &Path, force: bool) -> Result<()> {
    let is_table = folder.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    if is_table || folder.exists() && !folder.is_dir() {
        bail!("{} is one file, and tables are several\nhint: give a folder or a .zip", folder.display());
    }
    let is_empty = fs::read_dir(folder).map(|mut entries| entries.next().is_none()).unwrap_or(true);
    if !is_empty && !force {
        bail!(
            "{} has files in it\nhint: give a new folder, or --force to write the tables between them",
            folder.display()
        );
    }
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))
}

fn write_folder(tables: &[Table], folder: &Path) -> Result<()> {
    for table in tables {
        let mut target = Target::open(Some(&folder.join(table.name)), true)?;
        let written = table.write(&mut target);
        target.finish(written)?;
    }
    Ok(())
}

/// Writes the tables as one archive, the same for the same tables.
fn write_zip(tables: &[Table], out: &mut dyn Write) -> io::Result<()> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for table in tables {
        archive.start_file(table.name, options)?;
        table.write(&mut archive)?;
    }
    out.write_all(archive.finish()?.get_ref())
}
