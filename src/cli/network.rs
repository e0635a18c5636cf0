//! `isnad network`

use std::io::Write;

use anyhow::{Result, bail};
use isnad::graph::{self, Net};
use isnad::ontology::Schema;
use isnad::query;
use isnad::store::{Access, GraphStore};
use oxigraph::model::NamedNodeRef;
use serde_json::{Value, json};

use super::Outcome;
use super::args::{CentralArgs, Common, GroupArgs, ListingArgs, Measure, NetworkArgs, NetworkQuestion, TogetherArgs};
use super::output::Output;
use super::resolve;

pub(crate) fn run(args: &NetworkArgs, common: &Common, output: &Output) -> Result<Outcome> {
    let store = GraphStore::open(&common.store, Access::Read)?;
    match &args.question {
        None => summary(&store, output),
        Some(NetworkQuestion::Central(args)) => central(&store, args, output),
        Some(NetworkQuestion::Components(args)) => {
            let net = Net::of_store(&store)?;
            groups(&store, &net, &graph::components(&net), args, output)
        }
        Some(NetworkQuestion::Communities(args)) => {
            let net = Net::of_store(&store)?;
            let (community, modularity) = graph::communities(&net);
            output.say(&format!("modularity {modularity:.3}"));
            groups(&store, &net, &community, args, output)
        }
        Some(NetworkQuestion::Together(args)) => together(&store, args, output),
    }
}

fn summary(store: &GraphStore, output: &Output) -> Result<Outcome> {
    let net = Net::of_store(store)?;
    let parts = graph::components(&net);
    let largest = parts.iter().filter(|part| **part == 0).count();
    let alone = |part: u32| parts.iter().filter(|own| **own == part).count();
    let count = parts.iter().max().map_or(0, |last| *last as usize + 1);
    let (community, modularity) = graph::communities(&net);
    let communities = community.iter().max().map_or(0, |last| *last as usize + 1);
    let degree = if net.is_empty() { 0.0 } else { 2.0 * net.edges() as f64 / net.len() as f64 };
    let pairs = (0..count as u32).rev().take_while(|part| alone(*part) == 2).count();
    let rows = [
        ("entities and events with a connection", net.len().to_string()),
        ("pairs that are connected", net.edges().to_string()),
        ("connections of each, on average", format!("{degree:.1}")),
        ("components", count.to_string()),
        ("in the largest", largest.to_string()),
        ("components of two", pairs.to_string()),
        ("communities", communities.to_string()),
        ("modularity", format!("{modularity:.3}")),
    ];
    let rows = rows.into_iter().map(|(what, value)| vec![what.to_owned(), value]).collect();
    writeln!(std::io::stdout().lock(), "{}", output.table(&["network", ""].map(str::to_owned), rows))?;
    Ok(if net.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// What a row shows of a node.
struct Shown {
    iri: String,
    label: String,
    class: String,
}

impl Shown {
    fn of(store: &GraphStore, iri: &str) -> Result<Self> {
        let node = NamedNodeRef::new_unchecked(iri);
        let class = query::class_of(store, node)?.unwrap_or_default();
        // Events have no name: their class and whom they befall is what is known of them.
        let label = match query::label(store, node)? {
            Some(label) => label,
            None => Schema::embedded().label(&class, "en").unwrap_or(&class).to_owned(),
        };
        Ok(Self { iri: iri.to_owned(), label, class })
    }
}

/// Whether there is such a class.
fn known(class: Option<&str>) -> Result<()> {
    match class {
        Some(class) if Schema::embedded().class(class).is_none() => {
            bail!("`{class}` is no class of the ontology\nhint: some are Person, Organization, Facility, City, Event")
        }
        _ => Ok(()),
    }
}

fn is_of(class: Option<&str>, of: &str) -> bool {
    class.is_none_or(|wanted| Schema::embedded().is_subclass(of, wanted))
}

fn central(store: &GraphStore, args: &CentralArgs, output: &Output) -> Result<Outcome> {
    known(args.class.as_deref())?;
    let net = Net::of_store(store)?;
    let degrees = graph::degrees(&net);
    let (name, values) = match args.by {
        Measure::Degree => ("degree", degrees.iter().map(|degree| *degree as f64).collect()),
        Measure::Betweenness => ("betweenness", graph::betweenness(&net)),
        Measure::Pagerank => ("pagerank", graph::page_rank(&net)),
    };
    let mut order: Vec<u32> = net.nodes().collect();
    order.sort_by(|one, other| values[*other as usize].total_cmp(&values[*one as usize]).then(one.cmp(other)));
    let mut rows = Vec::new();
    for node in order {
        if rows.len() == args.listing.top {
            break;
        }
        let shown = Shown::of(store, net.iri(node))?;
        if is_of(args.class.as_deref(), &shown.class) {
            let value = values[node as usize];
            let told = if args.by == Measure::Degree { format!("{value}") } else { format!("{value:.5}") };
            let line = json!({"iri": shown.iri, "label": shown.label, "class": shown.class, name: value, "degree": degrees[node as usize]});
            rows.push((vec![shown.label, shown.class, told, query::shorten(&shown.iri)], line));
        }
    }
    print(&["name", "class", name, "iri"], rows, &args.listing, output)
}

fn groups(store: &GraphStore, net: &Net, group: &[u32], args: &GroupArgs, output: &Output) -> Result<Outcome> {
    let count = group.iter().max().map_or(0, |last| *last as usize + 1);
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); count];
    for node in net.nodes() {
        members[group[node as usize] as usize].push(node);
    }
    let mut rows = Vec::new();
    for (number, mut members) in members.into_iter().enumerate().take(args.listing.top) {
        let size = members.len();
        // Those by whom a group is known: who is connected most within it.
        members.sort_by_key(|node| {
            let within = net.neighbours(*node).iter().filter(|other| group[**other as usize] == number as u32).count();
            (std::cmp::Reverse(within), *node)
        });
        let mut named = Vec::new();
        for node in members.iter().take(args.members) {
            named.push(Shown::of(store, net.iri(*node))?);
        }
        let names: Vec<&str> = named.iter().map(|shown| shown.label.as_str()).collect();
        let line = json!({
            "group": number + 1, "size": size,
            "members": named.iter().map(|shown| json!({"iri": shown.iri, "label": shown.label, "class": shown.class})).collect::<Vec<_>>(),
        });
        rows.push((vec![(number + 1).to_string(), size.to_string(), names.join("; ")], line));
    }
    print(&["group", "size", "most connected in it"], rows, &args.listing, output)
}

fn together(store: &GraphStore, args: &TogetherArgs, output: &Output) -> Result<Outcome> {
    known(args.class.as_deref())?;
    let entity = args.entity.as_ref().map(|text| resolve::entity(store, text, None, output)).transpose()?;
    let pairs = query::named_together(store, entity.as_ref().map(|entity| entity.as_ref()))?;
    let mut rows = Vec::new();
    for pair in pairs {
        if rows.len() == args.listing.top {
            break;
        }
        let (one, other) = (Shown::of(store, &pair.one)?, Shown::of(store, &pair.other)?);
        // Of one that is given, only the others are chosen.
        let chosen = (entity.is_some() || is_of(args.class.as_deref(), &one.class))
            && is_of(args.class.as_deref(), &other.class);
        if chosen {
            let line = json!({
                "one": {"iri": one.iri, "label": one.label, "class": one.class},
                "other": {"iri": other.iri, "label": other.label, "class": other.class},
                "documents": pair.documents, "jaccard": pair.jaccard,
            });
            let share = format!("{:.2}", pair.jaccard);
            rows.push((vec![one.label, other.label, other.class, pair.documents.to_string(), share], line));
        }
    }
    print(&["one", "other", "class of the other", "documents", "of those of either"], rows, &args.listing, output)
}

fn print(header: &[&str], rows: Vec<(Vec<String>, Value)>, listing: &ListingArgs, output: &Output) -> Result<Outcome> {
    let mut out = std::io::stdout().lock();
    let none = rows.is_empty();
    if listing.json {
        for (_, line) in &rows {
            writeln!(out, "{line}")?;
        }
    } else if none {
        output.say("nothing of the sort is connected");
    } else {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        writeln!(out, "{}", output.table(&header, rows.into_iter().map(|(row, _)| row).collect()))?;
    }
    Ok(if none { Outcome::Nothing } else { Outcome::Done })
}
