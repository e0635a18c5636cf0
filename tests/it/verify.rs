//! Whether the graph still says what its documents say.

use std::fs;

use oxigraph::model::{GraphName, NamedNode, Quad};
use oxigraph::store::Store;

use super::support::{Workspace, corpus, with_store};

#[test]
fn every_quote_of_a_build_stands() {
    let graph = corpus();
    let told = graph.ok(&["verify"]);
    assert!(told.contains("claims of 11 documents") && told.trim_end().ends_with("all stand"), "{told}");
    assert_eq!(graph.ok(&["verify", "--json"]), "");
}

#[test]
fn a_quote_that_was_changed_is_found() {
    let (workspace, _) = with_store();
    let exact = NamedNode::new_unchecked("http://www.w3.org/ns/oa#exact");
    let store = Store::open(workspace.path("isnad.graph/quads")).expect("the database");
    let quotes = store.quads_for_pattern(None, Some(exact.as_ref()), None, None);
    let quotes: Vec<Quad> = quotes.collect::<Result<_, _>>().expect("quads");
    let old = quotes.iter().find(|quad| quad.graph_name != GraphName::DefaultGraph).expect("a quote").clone();
    store.remove(old.as_ref()).expect("removed");
    let new = Quad { object: oxigraph::model::Literal::new_simple_literal("was never held").into(), ..old };
    store.insert(new.as_ref()).expect("written");
    store.flush().expect("written");
    drop(store);
    let ran = workspace.run(&["verify"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(
        ran.stdout.contains("good.txt") && ran.stdout.contains("where the graph quotes “was never held”"),
        "{ran:?}"
    );
    let line = workspace.run(&["verify", "--json"]).stdout;
    let problem: serde_json::Value = serde_json::from_str(line.lines().next().expect("a line")).expect("JSON");
    assert!(problem["node"].as_str().is_some_and(|node| node.contains("/evidence/")), "{problem}");
}

#[test]
fn what_is_damaged_is_named() {
    let (workspace, _) = with_store();
    let shelf = fs::read_dir(workspace.path("isnad.graph/annotations")).expect("shelves").next().expect("one");
    let file =
        fs::read_dir(shelf.expect("a shelf").path()).expect("files").next().expect("one").expect("a file").path();
    let whole = fs::read(&file).expect("read");
    fs::write(&file, &whole[..whole.len() / 2]).expect("written");
    let name = file.file_name().expect("a name").to_string_lossy().into_owned();
    let ran = workspace.run(&["verify"]);
    assert!(ran.code == Some(1) && ran.stdout.contains(&name) && ran.stdout.contains("cannot be read"), "{ran:?}");
    let empty = Workspace::new();
    empty.run(&["verify"]).fails(2, &["there is no graph here", "hint:"]).silent();
    // What came as RDF has no text.
    let (graph, export) = with_store();
    graph.write("copy.nq", export);
    let copy = Workspace::new();
    copy.write("copy.nq", graph.read("copy.nq"));
    copy.ok(&["import", "copy.nq"]);
    let ran = copy.run(&["verify"]);
    assert!(ran.code == Some(0) && ran.stderr.contains("came as RDF"), "{ran:?}");
}
