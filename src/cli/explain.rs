//! `isnad explain`

use std::io::Write;

use anyhow::Result;
use isnad::graph::{self, View};
use isnad::link::{Pair, Reason};
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
    let object = args.object.as_ref().map(|object| resolve::entity(&store, object, None, output)).transpose()?;
    let identity = object.as_ref().map(|object| Identity::of(&store, &subject, object)).transpose()?.flatten();
    let quotes = match &object {
        Some(object) if *object != subject => between(&store, &subject, object)?,
        _ => {
            let mut quotes = query::quotes_of_claim(&store, subject.as_ref())?;
            quotes.extend(query::quotes_of(&store, subject.as_ref(), None, None)?);
            quotes
        }
    };
    let mut out = std::io::stdout().lock();
    if args.json {
        if let Some(identity) = &identity {
            writeln!(
                out,
                "{}",
                serde_json::json!({"same": identity.same, "pairs": identity.pairs.iter().map(|pair| {
                let reasons: Vec<_> = pair.reasons.iter().map(|reason| {
                    serde_json::json!({"weight": reason.weight, "text": reason.text})
                }).collect();
                serde_json::json!({"a": pair.entities.0, "b": pair.entities.1, "odds": finite(pair.odds), "reasons": reasons})
            }).collect::<Vec<_>>()})
            )?;
        }
        for quote in &quotes {
            writeln!(out, "{}", serde_json::to_string(quote)?)?;
        }
    } else {
        if let Some(identity) = &identity {
            identity.write(&store, &mut out, output)?;
        }
        for quote in &quotes {
            write_quote(&mut out, quote, output)?;
        }
    }
    if quotes.is_empty() && identity.is_none() {
        output.say("nothing in the graph says so");
    }
    Ok(if quotes.is_empty() && identity.is_none() { Outcome::Nothing } else { Outcome::Done })
}

/// Whether two nodes are one, and why.
struct Identity {
    same: bool,
    pairs: Vec<Pair>,
}

impl Identity {
    /// None for two that nobody could take for one.
    fn of(store: &GraphStore, one: &NamedNode, other: &NamedNode) -> Result<Option<Self>> {
        if one == other {
            return Ok(Some(Self { same: true, pairs: store.joined(one)? }));
        }
        Ok(store.weigh(one, other)?.map(|pair| Self { same: false, pairs: vec![pair] }))
    }

    fn write(&self, store: &GraphStore, out: &mut dyn Write, output: &Output) -> Result<()> {
        let said = match (self.same, self.pairs.is_empty()) {
            (true, true) => "both mean one entity, which has one IRI in all documents",
            (true, false) => "both mean one entity, put together out of these pairs",
            (false, _) => "two entities",
        };
        writeln!(out, "{said}")?;
        for pair in &self.pairs {
            let odds = match finite(pair.odds) {
                Some(odds) => format!("odds {odds:+.1}"),
                None if pair.odds > 0.0 => "as somebody decided".to_owned(),
                None => "the names are not alike".to_owned(),
            };
            let iris = format!("{} / {}", query::shorten(&pair.entities.0), query::shorten(&pair.entities.1));
            writeln!(out, "  {odds} {}", output.faint(&iris))?;
            for reason in &pair.reasons {
                let weight = finite(reason.weight).map(|weight| format!("{weight:+.1} ")).unwrap_or_default();
                writeln!(out, "    {weight}{}", clean(&told(store, reason)?))?;
            }
        }
        writeln!(out)?;
        Ok(())
    }
}

/// A reason with the name of what both share.
pub(super) fn told(store: &GraphStore, reason: &Reason) -> Result<String> {
    let Some(node) = reason.text.strip_prefix("both: ").and_then(|shared| NamedNode::new(shared).ok()) else {
        return Ok(reason.text.clone());
    };
    let shared = store.leads_to(node)?;
    let label = query::label(store, shared.as_ref())?;
    Ok(format!("both: {}", label.unwrap_or_else(|| query::shorten(shared.as_str()))))
}

fn finite(odds: f64) -> Option<f64> {
    odds.is_finite().then_some(odds)
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
    let page = quote.page.map(|page| format!(", page {page}")).unwrap_or_default();
    writeln!(out, "  {title}{publisher}{published}{}{page} [{}, {})", clean(&quote.source), quote.start, quote.end)?;
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
