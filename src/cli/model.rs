//! `isnad model`

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
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

/// Reads a model file.
pub(super) fn read(path: &Path) -> Result<Model> {
    of_bytes(path, &bytes(path)?)
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{}: the model cannot be read", path.display()))
}

fn of_bytes(path: &Path, bytes: &[u8]) -> Result<Model> {
    Model::read(bytes).with_context(|| format!("{}: this is no model that runs here", path.display()))
}

fn info(args: &ModelInfoArgs, output: &Output) -> Result<Outcome> {
    let (model, place, size, digest) = match &args.file {
        None => (Model::embedded()?, "part of the program".to_owned(), None, None),
        Some(path) => {
            let bytes = bytes(path)?;
            let model = of_bytes(path, &bytes)?;
            let digest = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
            (model, path.display().to_string(), Some(bytes.len()), Some(digest))
        }
    };
    let info = model.info();
    let mut labels = info.labels.clone();
    labels.sort();
    labels.dedup();
    let mut out = std::io::stdout().lock();
    if args.json {
        let value = serde_json::json!({
            "name": info.name, "version": info.version, "language": info.language, "licence": info.licence,
            "components": info.components, "weights": info.weights, "labels": labels, "file": place, "bytes": size,
            "sha256": digest,
        });
        writeln!(out, "{value}")?;
        return Ok(Outcome::Done);
    }
    // Bundles of features ("Number=Sing|Person=3") would fill a page.
    let without_features: Vec<&str> = labels.iter().map(String::as_str).filter(|label| !label.contains('=')).collect();
    let mut rows = vec![
        vec!["version".to_owned(), info.version.clone()],
        vec!["language".to_owned(), info.language.clone()],
        vec!["licence".to_owned(), info.licence.clone()],
        vec!["components".to_owned(), info.components.join(", ")],
        vec!["weights".to_owned(), grouped(info.weights)],
        vec!["labels".to_owned(), without_features.join(" ")],
        vec!["file".to_owned(), place],
    ];
    rows.extend(size.map(|size| vec!["bytes".to_owned(), grouped(size)]));
    rows.extend(digest.map(|digest| vec!["sha256".to_owned(), digest]));
    writeln!(out, "{}", output.table(&["model".to_owned(), info.name.clone()], rows))?;
    Ok(Outcome::Done)
}

fn import(args: &ModelImportArgs, output: &Output) -> Result<Outcome> {
    let target = match &args.output {
        Some(path) => path.clone(),
        None => {
            let name =
                args.pipeline.file_stem().context("the pipeline has no name\nhint: say where to write with -o")?;
            Path::new(name).with_extension("isnad-model")
        }
    };
    if target.exists() && !args.force {
        bail!("{} is there already\nhint: give another name with -o, or --force to overwrite it", target.display());
    }
    let precision = if args.full { Precision::F32 } else { Precision::F16 };
    let options = ImportOptions { precision, without: args.without.clone() };
    let model = Model::import(&args.pipeline, &options)
        .with_context(|| format!("{}: it cannot be imported", args.pipeline.display()))?;
    let draft = target.with_extension(format!("{}.part", std::process::id()));
    let written = File::create(&draft).map_err(anyhow::Error::from).and_then(|file| {
        let mut out = BufWriter::new(file);
        model.write(precision, &mut out)?;
        out.flush()?;
        Ok(fs::rename(&draft, &target)?)
    });
    if let Err(error) = written {
        // The draft is of no use; that it cannot be removed either changes nothing.
        let _ = fs::remove_file(&draft);
        return Err(error).with_context(|| format!("{}: the model could not be written", target.display()));
    }
    output.say(&format!("{} {} is in {}", model.info().name, model.info().version, target.display()));
    Ok(Outcome::Done)
}
