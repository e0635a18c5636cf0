//! `isnad validate`

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use isnad::ontology::SHAPES;
use isnad::store::{Access, GraphStore};
use isnad::validate::{Severity, Shapes, validate};

use super::Outcome;
use super::args::{Common, ReportFormat, ValidateArgs};
use super::output::{Output, clean};

pub(crate) fn run(args: &ValidateArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let shapes = match &args.shapes {
        Some(path) => read(path)?,
        None => Shapes::parse("ontology/shapes.ttl", SHAPES)?,
    };
    let store = GraphStore::open(&common.store, Access::Read)?;
    let report = validate(&store, &shapes)?;
    let mut out = std::io::stdout().lock();
    match args.format {
        ReportFormat::Turtle => report.turtle(&mut out)?,
        ReportFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&report.json())?)?,
        ReportFormat::Text if report.conforms() => writeln!(out, "the graph conforms to {} shapes", shapes.len())?,
        ReportFormat::Text => {
            for line in report.lines() {
                let value = line.value.map(|value| format!(" “{}”", clean(&value))).unwrap_or_default();
                let path = if line.path.is_empty() { String::new() } else { format!(" {}", clean(&line.path)) };
                let severity = output.bold(&line.severity.as_str().to_lowercase());
                writeln!(out, "{severity}: {}{path}{value}: {}", clean(&line.focus), clean(&line.message))?;
            }
        }
    }
    let counts = [Severity::Violation, Severity::Warning, Severity::Info].map(|severity| report.count(severity));
    if let [violations, warnings, infos] = counts
        && !report.conforms()
    {
        output.say(&format!("{violations} violations, {warnings} warnings, {infos} notes"));
    }
    Ok(if report.conforms() { Outcome::Done } else { Outcome::Nothing })
}

fn read(path: &Path) -> Result<Shapes> {
    let text = std::fs::read_to_string(path).with_context(|| {
        format!("{}: the shapes cannot be read\nhint: --shapes takes a file in Turtle", path.display())
    })?;
    Ok(Shapes::parse(&path.display().to_string(), &text)?)
}
