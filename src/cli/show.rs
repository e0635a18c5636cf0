//! `isnad show`

use std::io::Write;

use anyhow::Result;
use isnad::query::{self, EventLine};
use isnad::store::{Access, GraphStore};

use super::Outcome;
use super::args::{Common, ShowArgs};
use super::output::{Output, clean};
use super::resolve;

pub(crate) fn run(args: &ShowArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let store = GraphStore::open(&common.store, Access::Read)?;
    let entity = resolve::entity(&store, &args.entity, None, output)?;
    let dossier = query::dossier(&store, entity.as_ref())?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&dossier)?)?;
        return Ok(if dossier.classes.is_empty() { Outcome::Nothing } else { Outcome::Done });
    }
    if dossier.classes.is_empty() {
        output.say(&format!("nothing is known of {}", query::shorten(entity.as_str())));
        return Ok(Outcome::Nothing);
    }
    writeln!(out, "{}  {}", output.bold(&clean(&dossier.label)), output.faint(&query::shorten(entity.as_str())))?;
    writeln!(out, "  {}", dossier.classes.join(", "))?;
    let others: Vec<String> =
        dossier.names.iter().filter(|name| **name != dossier.label).map(|name| clean(name)).collect();
    if !others.is_empty() {
        writeln!(out, "  also called: {}", others.join(" | "))?;
    }
    for (attribute, values) in &dossier.attributes {
        let values: Vec<String> = values.iter().map(|value| clean(value)).collect();
        writeln!(out, "  {attribute}: {}", values.join(", "))?;
    }
    if !dossier.relations.is_empty() {
        writeln!(out, "\n{}", output.bold("Relations"))?;
        for (relation, name, iri) in &dossier.relations {
            writeln!(out, "  {relation} {}  {}", clean(name), output.faint(&query::shorten(iri)))?;
        }
    }
    if !dossier.events.is_empty() {
        writeln!(out, "\n{}", output.bold("Events, in order of the last day they can lie on"))?;
        for event in &dossier.events {
            write_event(&mut out, event, output)?;
        }
    }
    writeln!(out, "\n{}", output.bold("Documents"))?;
    for document in &dossier.documents {
        writeln!(out, "  {}", clean(document))?;
    }
    Ok(Outcome::Done)
}

fn write_event(out: &mut dyn Write, event: &EventLine, output: &Output) -> Result<()> {
    let when = match (&event.earliest, &event.latest) {
        (Some(from), Some(to)) if from == to => from.clone(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (None, Some(to)) => format!("by {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, None) => "no date".to_owned(),
    };
    let doubt = if event.doubt.is_empty() { String::new() } else { format!(" [{}]", event.doubt.join(", ")) };
    let roles: Vec<String> =
        event.roles.iter().map(|(role, names)| format!("{role}: {}", clean(&names.join(", ")))).collect();
    writeln!(out, "  {when}  {}{doubt}  {}", output.bold(&event.class), roles.join("; "))?;
    for quote in &event.quotes {
        // The document stands behind the words; only who else says so is news.
        let others: Vec<&str> = quote.said_by.iter().filter_map(|chain| Some(chain.rsplit_once(" ← ")?.0)).collect();
        let said_by = if others.is_empty() { String::new() } else { format!(" — {}", clean(&others.join("; "))) };
        writeln!(
            out,
            "      {}{said_by}",
            output.faint(&format!(
                "“{}” {}{} [{}, {})",
                clean(&quote.quote),
                clean(&quote.source),
                quote.page.map(|page| format!(", page {page}")).unwrap_or_default(),
                quote.start,
                quote.end
            ))
        )?;
    }
    Ok(())
}
