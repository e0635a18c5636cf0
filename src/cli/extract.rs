//! `isnad extract`

use std::io::{BufWriter, Write};

use anyhow::{Result, bail};
use isnad::extract;
use isnad::model::Annotations;
use isnad::pipeline;

use super::Outcome;
use super::args::{ExtractArgs, Layer};
use super::build::{Tools, options, required, set_threads, sources};
use super::output::Output;

pub(crate) fn run(args: &ExtractArgs, output: &Output) -> Result<Outcome> {
    required(&args.read)?;
    set_threads(args.read.jobs)?;
    let options = options(&args.read)?;
    let tools = Tools::new(&args.read)?;
    let (sources, mut failed) = sources(&args.read, &options, output);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut written = 0;
    pipeline::annotate(&sources, &options, tools.reader(), &mut |annotations| -> Result<()> {
        match annotations {
            Ok(mut annotations) => {
                written += 1;
                keep(&mut annotations, args.layers.as_deref());
                extract::write_line(&annotations, &mut out)?;
            }
            Err(error) => {
                failed += 1;
                output.warn(&error.to_string());
            }
        }
        Ok(())
    })?;
    out.flush()?;
    match (failed, written) {
        (0, _) => Ok(Outcome::Done),
        (failed, 0) => bail!("none of the {failed} inputs could be read; the reasons are above"),
        _ => Ok(Outcome::Nothing),
    }
}

/// Empties the layers that were not asked for; what refers to an emptied layer goes with it.
fn keep(annotations: &mut Annotations, layers: Option<&[Layer]>) {
    let Some(layers) = layers else { return };
    let without = |layer: Layer| !layers.contains(&layer);
    if without(Layer::Sentences) {
        annotations.analysis.sentences.clear();
    }
    if without(Layer::Tokens) {
        annotations.analysis.tokens.clear();
    }
    if without(Layer::Mentions) {
        annotations.mentions.clear();
        annotations
            .events
            .iter_mut()
            .flat_map(|event| &mut event.arguments)
            .for_each(|argument| argument.mention = None);
    }
    if without(Layer::Events) {
        annotations.events.clear();
        annotations.figures.iter_mut().for_each(|figure| figure.event = None);
    }
    if without(Layer::Relations) {
        annotations.relations.clear();
    }
    if without(Layer::Figures) {
        annotations.figures.clear();
    }
    if without(Layer::Attributions) {
        annotations.attributions.clear();
        annotations.events.iter_mut().for_each(|event| event.attribution.clear());
        annotations.relations.iter_mut().for_each(|relation| relation.attribution.clear());
        annotations.figures.iter_mut().for_each(|figure| figure.attribution.clear());
    }
    if without(Layer::Entities) {
        annotations.entities.clear();
        annotations.mentions.iter_mut().for_each(|mention| mention.entity = None);
        annotations.events.iter_mut().for_each(|event| event.arguments.clear());
        annotations.relations.clear();
        annotations.figures.iter_mut().for_each(|figure| figure.place = None);
        annotations.attributions.iter_mut().for_each(|said| said.source = None);
    }
}
