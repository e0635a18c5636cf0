//! `isnad model`

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use isnad::language::encoder::Encoder;
use isnad::language::engine::{ImportOptions, Model, Precision};
use sha2::{Digest, Sha256};

use super::Outcome;
use super::args::{ModelArgs, ModelCommand, ModelImportArgs, ModelInfoArgs};
use super::build::grouped;
use super::output::Output;

pub(crate) fn run(args: &ModelArgs, output: &Output) -> Result<Outcome> {
    match &args.command {
        ModelCommand::Info(args) => info(args, output),
        ModelCommand::Import(args) => import(args, output),
    }
}

/// Reads the file of a language model.
pub(super) fn read(path: &Path) -> Result<Model> {
    of_bytes(path, &bytes(path)?)
}

/// Reads the file of a names encoder.
pub(super) fn read_encoder(path: &Path) -> Result<Encoder> {
    encoder_of_bytes(path, &bytes(path)?)
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{}: the model cannot be read", path.display()))
}

fn of_bytes(path: &Path, bytes: &[u8]) -> Result<Model> {
    Model::read(bytes).with_context(|| format!("{}: this is no model that runs here", path.display()))
}

fn encoder_of_bytes(path: &Path, bytes: &[u8]) -> Result<Encoder> {
    Encoder::read(bytes).with_context(|| format!("{}: this is no names encoder that runs here", path.display()))
}

/// What `isnad model info` tells of a model of either kind.
struct Card {
    name: String,
    version: String,
    language: String,
    licence: String,
    components: Vec<String>,
    weights: usize,
    labels: Vec<String>,
}

impl Card {
    fn of_model(model: &Model) -> Self {
        let info = model.info();
        let mut labels = info.labels.clone();
        labels.sort();
        labels.dedup();
        Self {
            name: info.name.clone(),
            version: info.version.clone(),
            language: info.language.clone(),
            licence: info.licence.clone(),
            components: info.components.clone(),
            weights: info.weights,
            labels,
        }
    }

    fn of_encoder(encoder: &Encoder) -> Self {
        let info = encoder.info();
        Self {
            name: info.name.clone(),
            version: info.version.clone(),
            language: "multilingual".to_owned(),
            licence: info.licence.clone(),
            components: vec![format!("encoder of {} layers × {}", info.layers, info.hidden), "tagger".to_owned()],
            weights: info.weights,
            labels: info.types.clone(),
        }
    }
}

fn info(args: &ModelInfoArgs, output: &Output) -> Result<Outcome> {
    let Some(path) = &args.file else {
        print(&Card::of_model(&Model::embedded()?), None, args.json, output)?;
        print(&Card::of_encoder(&Encoder::embedded()?), None, args.json, output)?;
        return Ok(Outcome::Done);
    };
    let bytes = bytes(path)?;
    let card = if bytes.starts_with(Encoder::MARK) {
        Card::of_encoder(&encoder_of_bytes(path, &bytes)?)
    } else {
        Card::of_model(&of_bytes(path, &bytes)?)
    };
    print(&card, Some((path, &bytes)), args.json, output)?;
    Ok(Outcome::Done)
}

/// Prints a table or a line of JSON about a model of the program, or of a file with these bytes.
fn print(card: &Card, file: Option<(&PathBuf, &[u8])>, json: bool, output: &Output) -> Result<()> {
    let place = file.map_or_else(|| "part of the program".to_owned(), |(path, _)| path.display().to_string());
    let size = file.map(|(_, bytes)| bytes.len());
    let digest =
        file.map(|(_, bytes)| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let mut out = std::io::stdout().lock();
    if json {
        let value = serde_json::json!({
            "name": card.name, "version": card.version, "language": card.language, "licence": card.licence,
            "components": card.components, "weights": card.weights, "labels": card.labels, "file": place,
            "bytes": size, "sha256": digest,
        });
        writeln!(out, "{value}")?;
        return Ok(());
    }
    // Bundles of features ("Number=Sing|Person=3") would fill a page.
    let labels: Vec<&str> = card.labels.iter().map(String::as_str).filter(|label| !label.contains('=')).collect();
    let mut rows = vec![
        vec!["version".to_owned(), card.version.clone()],
        vec!["language".to_owned(), card.language.clone()],
        vec!["licence".to_owned(), card.licence.clone()],
        vec!["components".to_owned(), card.components.join(", ")],
        vec!["weights".to_owned(), grouped(card.weights)],
        vec!["labels".to_owned(), labels.join(" ")],
        vec!["file".to_owned(), place],
    ];
    rows.extend(size.map(|size| vec!["bytes".to_owned(), grouped(size)]));
    rows.extend(digest.map(|digest| vec!["sha256".to_owned(), digest]));
    writeln!(out, "{}", output.table(&["model".to_owned(), card.name.clone()], rows))?;
    Ok(())
}

fn import(args: &ModelImportArgs, output: &Output) -> Result<Outcome> {
    let is_encoder = args.pipeline.join("tagger.json").exists();
    let target = match &args.output {
        Some(path) => path.clone(),
        None if is_encoder => PathBuf::from("names.isnad-encoder"),
        None => {
            let name =
                args.pipeline.file_stem().context("the pipeline has no name\nhint: say where to write with -o")?;
            Path::new(name).with_extension("isnad-model")
        }
    };
    if target.exists() && !args.force {
        bail!("{} is there already\nhint: give another name with -o, or --force to overwrite it", target.display());
    }
    let failed = || format!("{}: it cannot be imported", args.pipeline.display());
    let (name, bytes) = if is_encoder {
        if args.full || !args.without.is_empty() {
            bail!("--full and --without are for pipelines; an encoder is imported whole, in 8 bits");
        }
        let bytes = Encoder::import(&args.pipeline).with_context(failed)?;
        (Card::of_encoder(&Encoder::read(&bytes)?), bytes)
    } else {
        let precision = if args.full { Precision::F32 } else { Precision::F16 };
        let options = ImportOptions { precision, without: args.without.clone() };
        let model = Model::import(&args.pipeline, &options).with_context(failed)?;
        let mut bytes = Vec::new();
        model.write(precision, &mut bytes)?;
        (Card::of_model(&model), bytes)
    };
    let draft = target.with_extension(format!("{}.part", std::process::id()));
    let written = File::create(&draft).map_err(anyhow::Error::from).and_then(|file| {
        let mut out = BufWriter::new(file);
        out.write_all(&bytes)?;
        out.flush()?;
        Ok(fs::rename(&draft, &target)?)
    });
    if let Err(error) = written {
        // The draft is of no use; that it cannot be removed either changes nothing.
        let _ = fs::remove_file(&draft);
        return Err(error).with_context(|| format!("{}: the model could not be written", target.display()));
    }
    output.say(&format!("{} {} is in {}", name.name, name.version, target.display()));
    Ok(Outcome::Done)
}
