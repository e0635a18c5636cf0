//! spaCy v3 pipelines → model files, without Python.
//!
//! Reads a pipeline folder (`nlp.to_disk`) or a wheel that holds one. Sizes, attributes, seeds and
//! moves come from the pipeline's own files; nothing is assumed of a particular model. Components
//! that cannot run are refused by name.

mod component;
mod config;
mod msgpack;
mod network;
mod source;
mod vocabulary;

use std::path::Path;

use config::Config;
use source::Source;

use super::error::{Error, Result};
use super::pipeline::Pipeline;
use super::tensor::Tensors;

/// Languages whose norms spaCy computes.
const OWN_NORMS: [&str; 3] = ["hi", "ht", "ne"];

/// Reads the pipeline at `path`, leaving out the components named in `without`.
pub(super) fn import(path: &Path, without: &[String]) -> Result<(Pipeline, Tensors)> {
    let mut source = Source::open(path)?;
    let config = Config::parse(&source.text("config.cfg")?)?;
    let meta: serde_json::Value =
        serde_json::from_slice(&source.bytes("meta.json")?).map_err(|error| Error::malformed("meta.json", error))?;
    let tokenizer = config.text("nlp.tokenizer", "@tokenizers").unwrap_or_default();
    if tokenizer != "spacy.Tokenizer.v1" {
        return Err(Error::unsupported("tokenizer", format!("it is {tokenizer:?}, not \"spacy.Tokenizer.v1\"")));
    }
    let language = config.text("nlp", "lang").unwrap_or_default();
    if OWN_NORMS.contains(&language.as_str()) {
        return Err(Error::unsupported("tokenizer", format!("spaCy's language \"{language}\" has norms in code")));
    }
    let mut tensors = Tensors::default();
    let vector_rows = vocabulary::vectors(&mut source, &mut tensors)?;
    let field = |name: &str| meta[name].as_str().unwrap_or_default().to_owned();
    let mut pipeline = Pipeline {
        name: field("name"),
        version: field("version"),
        language,
        licence: field("license"),
        author: field("author"),
        url: field("url"),
        tokenizer: vocabulary::tokenizer(&mut source)?,
        norms: vocabulary::norms(&mut source)?,
        vector_rows,
        components: Vec::new(),
    };
    let disabled = config.list("nlp", "disabled");
    for name in config.list("nlp", "pipeline") {
        if !disabled.contains(&name) && !without.contains(&name) {
            let component = component::read(&name, &config, &pipeline, &mut source, &mut tensors)?;
            pipeline.components.push(component);
        }
    }
    if !pipeline.components.iter().any(|component| component.needs_vectors()) {
        pipeline.vector_rows.clear();
        tensors.0.remove("vectors");
    }
    Ok((pipeline, tensors))
}
