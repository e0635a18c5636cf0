//! How the graph hangs together, by our own measures and by those of networkx.

use std::collections::{BTreeMap, BTreeSet};

use isnad::graph::{Net, quads_about, read_about};
use isnad::store::{Access, GraphStore};
use serde_json::Value;

use super::readers;
use super::support::{Workspace, corpus};

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn measured(graph: &Workspace, by: &str) -> BTreeMap<String, f64> {
    let listed = lines(&graph.ok(&["network", "central", "--by", by, "--top", "100000", "--json"]));
    let value = |line: &Value| (line["iri"].as_str().expect("an IRI").to_owned(), line[by].as_f64().expect("a number"));
    listed.iter().map(value).collect()
}

#[test]
fn measures_are_those_of_networkx() {
    let graph = corpus();
    let net =
        Net::of_store(&GraphStore::open(&graph.path("isnad.graph"), Access::Read).expect("a store")).expect("read");
    let files = Workspace::new();
    let pairs: Vec<String> = net
        .nodes()
        .flat_map(|one| net.neighbours(one).iter().map(move |other| (one, *other)).collect::<Vec<_>>())
        .map(|(one, other)| serde_json::json!([net.iri(one), net.iri(other)]).to_string())
        .collect();
    let edges = files.write("edges.jsonl", pairs.join("\n"));
    let groups = lines(&graph.ok(&["network", "communities", "--top", "100000", "--members", "100000", "--json"]));
    let members = |group: &Value| -> Vec<String> {
        let members = group["members"].as_array().expect("a list");
        members.iter().map(|member| member["iri"].as_str().expect("an IRI").to_owned()).collect()
    };
    let communities: Vec<String> = groups.iter().map(|group| serde_json::json!(members(group)).to_string()).collect();
    let communities = files.write("communities.jsonl", communities.join("\n"));
    let theirs = readers::read("network.py", &[&edges, &communities]);

    assert_eq!(
        (theirs["nodes"].as_u64(), theirs["edges"].as_u64()),
        (Some(net.len() as u64), Some(net.edges() as u64))
    );
    assert!(net.len() > 50, "{}", net.len());
    for by in ["degree", "betweenness", "pagerank"] {
        let own = measured(&graph, by);
        let expected = theirs[by].as_object().expect("values");
        assert_eq!(own.len(), expected.len());
        for (iri, value) in own {
            let expected = expected[&iri].as_f64().expect("a number");
            assert!((value - expected).abs() < 1e-6, "{by} of {iri}: {value}, networkx {expected}");
        }
    }
    let parts = lines(&graph.ok(&["network", "components", "--top", "100000", "--json"]));
    let sizes: Vec<u64> = parts.iter().filter_map(|part| part["size"].as_u64()).collect();
    let expected: Vec<u64> = theirs["components"].as_array().expect("sizes").iter().filter_map(Value::as_u64).collect();
    assert_eq!(sizes, expected);
    assert_eq!(theirs["connected"], true, "every community holds together");
    let (modularity, louvain) = (theirs["modularity"].as_f64().expect("one"), theirs["louvain"].as_f64().expect("one"));
    assert!(modularity >= louvain - 0.005, "{modularity}, Louvain by networkx {louvain}");
    let told = graph.run(&["network", "communities"]).stderr;
    assert!(told.contains(&format!("modularity {modularity:.3}")), "{told}");
}

#[test]
fn what_is_read_around_some_is_what_is_there() {
    let graph = corpus();
    let store = GraphStore::open(&graph.path("isnad.graph"), Access::Read).expect("a store");
    let all = store.sorted_quads().expect("quads");
    let net = Net::of_store(&store).expect("read");
    let mut several = 0;
    for node in net.nodes().step_by(7) {
        let near = net.neighbours(node).iter().map(|other| net.iri(*other).to_owned());
        let entities: BTreeSet<String> = near.chain([net.iri(node).to_owned()]).collect();
        let expected: BTreeSet<String> = quads_about(&all, &entities).iter().map(ToString::to_string).collect();
        let read: BTreeSet<String> =
            read_about(&store, &entities).expect("read").iter().map(ToString::to_string).collect();
        assert_eq!(read, expected, "{entities:?}");
        several += usize::from(read.len() > 100);
    }
    assert!(several > 10, "{several}");
}

#[test]
fn all_ways_between_two() {
    let graph = corpus();
    let one = graph.ok(&["path", "Ahmed al-Sharaa", "Homs"]);
    let steps = one.lines().filter(|line| line.contains('→') || line.contains('←')).count();
    assert!(steps >= 2 && one.contains('“'), "{one}");
    let all = graph.ok(&["path", "Ahmed al-Sharaa", "Homs", "--all", "--max", "3"]);
    let ways: Vec<&str> = all.split("\n\n").collect();
    assert!(ways.len() > 1 && ways.contains(&one.trim_end()), "{one}\n{all}");
    let lengths: Vec<usize> = ways
        .iter()
        .map(|way| way.lines().filter(|line| line.trim_start().starts_with(['←', '→']) || line.contains(" → ")).count())
        .collect();
    assert!(lengths.is_sorted(), "{lengths:?}");
    assert_eq!(ways.iter().collect::<BTreeSet<_>>().len(), ways.len(), "none twice");
    graph.run(&["path", "Ahmed al-Sharaa", "Homs", "--max", "0"]).fails(1, &["no connection of at most 0 steps"]);
}

#[test]
fn who_is_named_together() {
    let graph = corpus();
    let all = lines(&graph.ok(&["network", "together", "--json", "--top", "100000"]));
    let counts: Vec<u64> = all.iter().filter_map(|pair| pair["documents"].as_u64()).collect();
    assert!(counts.is_sorted_by(|one, other| one >= other) && counts[0] > 1, "{counts:?}");
    let own = lines(&graph.ok(&["network", "together", "Sednaya", "--json", "--top", "100000"]));
    let iri = &own[0]["one"]["iri"];
    assert!(own.iter().all(|pair| pair["one"]["iri"] == *iri));
    let other_of = |pair: &Value| match (&pair["one"]["iri"], &pair["other"]["iri"]) {
        (one, other) if one == iri => Some(format!("{other} {}", pair["documents"])),
        (one, other) if other == iri => Some(format!("{one} {}", pair["documents"])),
        _ => None,
    };
    let expected: BTreeSet<String> = all.iter().filter_map(other_of).collect();
    let found: BTreeSet<String> = own.iter().filter_map(other_of).collect();
    assert_eq!(found, expected);
    let people = lines(&graph.ok(&["network", "together", "Sednaya", "--class", "Person", "--json"]));
    assert!(!people.is_empty() && people.iter().all(|pair| pair["other"]["class"] == "Person"), "{people:?}");
    graph.run(&["network", "together", "--class", "Shoe"]).fails(2, &["`Shoe` is no class", "hint:"]).silent();
    graph.run(&["network", "central", "--by", "weight"]).fails(2, &["degree", "betweenness", "pagerank"]).silent();
}
