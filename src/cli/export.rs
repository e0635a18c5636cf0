//! `isnad export`

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use isnad::export::{PictureOptions, Statements, dot, graphml, html, rdf, svg};
use isnad::graph::{self, KnowledgeGraph, View};
use isnad::store::{Access, GraphStore};
use oxigraph::model::Quad;

use super::Outcome;
use super::args::{Common, ExportArgs, ExportFormat, ViewArg};
use super::output::Output;
use super::{path, resolve};

/// Nodes from which on a drawing is no longer read but searched.
const MANY_NODES: usize = 300;

pub(crate) fn run(args: &ExportArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let store = GraphStore::open(&common.store, Access::Read)?;
    // The target is opened before any work, so that a mistake costs nothing.
    let mut target = Target::open(args.output.as_deref(), args.force)?;
    match write(&store, args, output, &mut target) {
        Ok(written) => target.finish(written)?,
        Err(error) => {
            target.discard();
            return Err(error);
        }
    }
    Ok(Outcome::Done)
}

/// Writes what is asked for; the inner result is that of writing.
fn write(store: &GraphStore, args: &ExportArgs, output: &Output, target: &mut Target) -> Result<io::Result<()>> {
    let name = rdf_name(args.format);
    if let Some(format) = name.and_then(rdf::format_named) {
        let statements = match &args.root {
            Some(root) => Statements::of_part(around(store, &store.sorted_quads()?, root, args.depth, output)?),
            None => Statements::of_store(store),
        };
        return Ok(rdf::write(&statements, format, args.claims, target));
    }
    let quads = store.sorted_quads()?;
    let (graph, options) = picture(store, &quads, args, output)?;
    Ok(match args.format {
        ExportFormat::Dot => dot::write(&graph, &options, target),
        ExportFormat::Svg => svg::write(&graph, &options, target),
        ExportFormat::Html => html::write(&graph, &options, target),
        _ => graphml::write(&graph, target),
    })
}

fn rdf_name(format: ExportFormat) -> Option<&'static str> {
    Some(match format {
        ExportFormat::Turtle => "turtle",
        ExportFormat::Ntriples => "ntriples",
        ExportFormat::Nquads => "nquads",
        ExportFormat::Trig => "trig",
        ExportFormat::Rdfxml => "rdfxml",
        ExportFormat::Jsonld => "jsonld",
        ExportFormat::Graphml | ExportFormat::Dot | ExportFormat::Svg | ExportFormat::Html => return None,
    })
}

fn picture(
    store: &GraphStore,
    quads: &[Quad],
    args: &ExportArgs,
    output: &Output,
) -> Result<(KnowledgeGraph, PictureOptions)> {
    let view = match args.view {
        ViewArg::Relations => View::Relations,
        ViewArg::Events => View::Events,
        ViewArg::All => View::All,
    };
    let mut graph = graph::build(quads, view);
    let mut options =
        PictureOptions { subtitle: Some(format!("{} documents", store.documents())), ..PictureOptions::default() };
    if let Some(root) = &args.root {
        let entity = resolve::entity(store, root, None, output)?;
        let root = path::index(&graph, &entity)?;
        options.title = graph[root].label.clone();
        graph = graph::neighbourhood(&graph, root, args.depth);
    } else if matches!(args.format, ExportFormat::Svg | ExportFormat::Dot) && graph.node_count() > MANY_NODES {
        output.say(&format!(
            "the picture has {} nodes; --root ENTITY --depth N draws a part that can be read",
            graph.node_count()
        ));
    }
    Ok((graph, options))
}

/// The quads about what lies within `depth` steps of an entity: the nodes themselves, the claims that
/// connect them, and what these rest on.
fn around(store: &GraphStore, quads: &[Quad], root: &str, depth: usize, output: &Output) -> Result<Vec<Quad>> {
    let entity = resolve::entity(store, root, None, output)?;
    let whole = graph::build(quads, View::All);
    let near = graph::neighbourhood(&whole, path::index(&whole, &entity)?, depth);
    let iris = near.node_weights().map(|node| node.iri.clone()).collect();
    Ok(graph::quads_about(quads, &iris))
}

/// Where an export goes. A file appears under its name only when it is complete.
enum Target {
    Stdout(BufWriter<io::Stdout>),
    File { writer: BufWriter<File>, draft: PathBuf, path: PathBuf },
}

impl Target {
    fn open(path: Option<&Path>, force: bool) -> Result<Self> {
        let Some(path) = path else { return Ok(Self::Stdout(BufWriter::new(io::stdout()))) };
        if path.is_dir() {
            bail!("{} is a folder\nhint: give the name of a file in it", path.display());
        }
        if path.exists() && !path.is_file() {
            // A device or pipe is written to directly; nothing can be renamed over it.
            let file = OpenOptions::new()
                .write(true)
                .open(path)
                .with_context(|| format!("{} cannot be written", path.display()))?;
            return Ok(Self::File { writer: BufWriter::new(file), draft: path.to_owned(), path: path.to_owned() });
        }
        if path.exists() && !force {
            bail!("{} is there already\nhint: give another name, or --force to overwrite it", path.display());
        }
        let mut name = path.file_name().context("the output has no file name")?.to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let draft = path.with_file_name(name);
        let file = File::create(&draft).with_context(|| {
            format!("{} cannot be written\nhint: check that the folder exists and may be written to", path.display())
        })?;
        Ok(Self::File { writer: BufWriter::new(file), draft, path: path.to_owned() })
    }

    /// Leaves everything as it was.
    fn discard(self) {
        if let Self::File { draft, path, .. } = self
            && draft != path
        {
            // The draft is of no use; that it cannot be removed either changes nothing.
            let _ = fs::remove_file(&draft);
        }
    }

    /// Puts a complete file in its place; removes an incomplete one.
    fn finish(self, written: io::Result<()>) -> Result<()> {
        match self {
            Self::Stdout(mut out) => {
                written?;
                out.flush()?;
            }
            Self::File { mut writer, draft, path } => {
                let done = written
                    .and_then(|()| writer.flush())
                    .and_then(|()| if draft == path { Ok(()) } else { fs::rename(&draft, &path) });
                if let Err(error) = done {
                    if draft != path {
                        // The draft is of no use; that it cannot be removed either changes nothing.
                        let _ = fs::remove_file(&draft);
                    }
                    return Err(error).with_context(|| {
                        format!("{} could not be written completely, and was left as it was", path.display())
                    });
                }
            }
        }
        Ok(())
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::File { writer, .. } => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::File { writer, .. } => writer.flush(),
        }
    }
}
