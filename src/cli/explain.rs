//! `isnad explain`

use std::io::Write;

use anyhow::Result;
use isnad::graph::{self, View};
use isnad::query::{self, Quote};
use isnad::store::{Access, GraphStore};
use oxigraph::model::NamedNode;

use super::Outcome;
use super::args::{Common, ExplainArgs};
use super::output::{Output, clean};
use super::resolve;

pub(crate) fn run(args: &ExplainArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let store = GraphStore::open(&common.store, Access::Read)?;
    let subject = resolve::entity(&store, &args.subject, None, output)?;
    let quotes = match &args.object {
        Some(object) => between(&store, &subject, &resolve::entity(&store, object, None, output)?)?,
        None => {
            let mut quotes = query::quotes_of_claim(&store, subject.as_ref())?;
            quotes.extend(query::quotes_of(&store, subject.as_ref(), None, None)?);
            quotes
        }
    };
    let mut out = std::io::stdout().lock();
    if args.json {
        for quote in &quotes {
            writeln!(out, "{}", serde_json::to_string(quote)?)?;
        }
    } else {
        for quote in &quotes {
            write_quote(&mut out, quote, output)?;
        }
    }
    if quotes.is_empty() {
        output.say("nothing in the graph says so");
    }
    Ok(if quotes.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// What is said of two entities together: claims of one about the other, and events they share.
fn between(store: &GraphStore, one: &NamedNode, other: &NamedNode) -> Result<Vec<Quote>> {
    let mut quotes = query::quotes_of(store, one.as_ref(), None, Some(other.as_ref()))?;
    quotes.extend(query::quotes_of(store, other.as_ref(), None, Some(one.as_ref()))?);
    let quads = store.sorted_quads()?;
    let events = graph::build(&quads, View::Events);
    let at = |node: &NamedNode| events.node_indices().find(|index| events[*index].iri == node.as_str());
    if let (Some(from), Some(to)) = (at(one), at(other)) {
        for event in events.neighbors_undirected(from) {
            if events.neighbors_undirected(event).any(|end| end == to) {
                let event = NamedNode::new(events[event].iri.clone())?;
                quotes.extend(query::quotes_of(store, event.as_ref(), None, Some(other.as_ref()))?);
            }
        }
    }
    quotes.sort();
    quotes.dedup_by(|one, other| one.claim == other.claim);
    Ok(quotes)
}

pub(super) fn write_quote(out: &mut dyn Write, quote: &Quote, output: &Output) -> Result<()> {
    writeln!(out, "“{}”", clean(&quote.quote))?;
    let title = quote.title.as_deref().map(|title| format!("{}, ", clean(title))).unwrap_or_default();
    let publisher = quote.publisher.as_deref().map(|publisher| format!("{}, ", clean(publisher))).unwrap_or_default();
    let published = quote.published.as_deref().map(|day| format!("{day}, ")).unwrap_or_default();
    writeln!(out, "  {title}{publisher}{published}{} [{}, {})", clean(&quote.source), quote.start, quote.end)?;
    for chain in &quote.said_by {
        writeln!(out, "  said by: {}", clean(chain))?;
    }
    if quote.claim.is_empty() && !quote.rule.is_empty() {
        writeln!(out, "  {}", output.faint(&format!("found by: {}", clean(&quote.rule))))?;
    }
    if !quote.claim.is_empty() {
        let how = [quote.polarity.as_str(), quote.modality.as_str()].join(", ");
        writeln!(
            out,
            "  {}",
            output.faint(&format!(
                "{how}; confidence {}; {}; {}",
                quote.confidence,
                clean(&quote.rule),
                query::shorten(&quote.claim)
            ))
        )?;
    }
    Ok(())
}
