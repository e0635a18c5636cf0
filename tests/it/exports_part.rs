//! Parts of the graph, exports without names, and targets that cannot be written.

use std::collections::BTreeSet;
use std::fs;

use oxigraph::io::RdfFormat;

use super::support::{Graph, ISNAD, RDF, Workspace, corpus, graph as graph_of, parse, subject, text};

const FORMATS: [&str; 19] = [
    "turtle", "ntriples", "nquads", "trig", "rdfxml", "jsonld", "turtle12", "graphml", "gexf", "dot", "svg", "html",
    "csv", "cypher", "ftm", "mermaid", "geojson", "void", "ro-crate",
];

/// What an export holds, as text; tables are unpacked.
#[track_caller]
fn export(graph: &Workspace, format: &str, arguments: &[&str]) -> String {
    if format != "csv" {
        return graph.ok(&[&["export", "--format", format], arguments].concat());
    }
    let files = Workspace::new();
    let folder = files.path("tables");
    graph.ok(&[&["export", "--format", "csv", "-o", folder.to_str().expect("a path")], arguments].concat());
    let mut names: Vec<_> = fs::read_dir(&folder).expect("tables").map(|file| file.expect("a file").path()).collect();
    names.sort();
    names.iter().map(|name| fs::read_to_string(name).expect("UTF-8")).collect()
}

fn part(graph: &Workspace, arguments: &[&str]) -> Vec<oxigraph::model::Quad> {
    parse(RdfFormat::NQuads, &export(graph, "nquads", arguments))
}

fn subjects(quads: &[oxigraph::model::Quad], kind: &str) -> BTreeSet<String> {
    quads.iter().map(subject).filter(|iri| iri.contains(&format!("/id/{kind}/")) && !iri.contains('#')).collect()
}

#[test]
fn the_same_bytes_every_time() {
    let graph = corpus();
    for format in FORMATS {
        assert_eq!(export(&graph, format, &[]), export(&graph, format, &[]), "{format}");
    }
}

#[test]
fn quads_come_in_order() {
    let graph = corpus();
    let text = graph.export();
    let quads = parse(RdfFormat::NQuads, &text);
    let key = |quad: &oxigraph::model::Quad| {
        let graph = graph_of(quad);
        (graph.is_empty(), graph, quad.subject.to_string(), quad.predicate.to_string(), quad.object.to_string())
    };
    assert!(quads.windows(2).all(|pair| key(&pair[0]) < key(&pair[1])), "graph by graph, the facts last");
}

#[test]
fn a_document_is_its_graph_and_its_facts() {
    let graph = corpus();
    let all = Graph::of(&graph);
    let quads = part(&graph, &["--source", "01-agency-wire"]);
    let graphs: BTreeSet<String> = quads.iter().map(graph_of).collect();
    assert_eq!(graphs.len(), 2, "its own and the default graph: {graphs:?}");
    let own = graphs.iter().find(|name| !name.is_empty()).expect("its own");
    let whole = |quads: &[oxigraph::model::Quad]| quads.iter().filter(|quad| graph_of(quad) == *own).count();
    assert_eq!(whole(&quads), whole(&all.quads));
    let facts = quads.iter().filter(|quad| graph_of(quad).is_empty());
    assert!(facts.clone().count() > 50 && facts.count() < all.facts().count() / 2);
}

#[test]
fn a_class_brings_what_it_is_joined_to() {
    let graph = corpus();
    let quads = part(&graph, &["--class", "Prison"]);
    let all = Graph::of(&graph);
    let prisons: BTreeSet<String> = all.of_class(&format!("{ISNAD}Prison")).into_iter().map(|(iri, _)| iri).collect();
    let kept: BTreeSet<String> = quads
        .iter()
        .filter(|quad| {
            quad.predicate.as_str() == format!("{RDF}type") && text(&quad.object) == format!("{ISNAD}Prison")
        })
        .map(subject)
        .collect();
    assert_eq!(kept, prisons);
    assert!(
        !subjects(&quads, "person").is_empty()
            && subjects(&quads, "person").len() < subjects(&all.quads, "person").len()
    );
    assert!(!subjects(&quads, "evidence").is_empty(), "claims keep their words");
}

#[test]
fn a_time_a_place_and_a_question() {
    let graph = corpus();
    let all = subjects(&Graph::of(&graph).quads, "event").len();
    let december = part(&graph, &["--period", "2024-12"]);
    let events = subjects(&december, "event").len();
    assert!(events > 5 && events < all, "{events} of {all}");
    let place = part(&graph, &["--place", "Hama"]);
    assert!(place.iter().any(|quad| text(&quad.object) == "Hama") && place.len() < december.len() * 4);
    let question = part(&graph, &["--question", "held-at", "person=Ragheed al-Tatari"]);
    let held = graph.ask(&["held-at", "person=Ragheed al-Tatari"]);
    for row in &held {
        let facility = row.values().find(|value| value.contains("/id/facility/")).expect("a facility");
        assert!(question.iter().any(|quad| subject(quad) == *facility), "{facility}");
    }
    assert!(!held.is_empty() && question.iter().any(|quad| quad.predicate.as_str() == format!("{ISNAD}heldAt")));
    // What several choose is what all of them choose.
    let both = part(&graph, &["--period", "2024-12", "--class", "Prison"]);
    assert!(both.len() < december.len() && !both.is_empty());
}

#[test]
fn a_part_in_every_format() {
    let graph = corpus();
    for format in FORMATS {
        let part = export(&graph, format, &["--class", "Prison", "--period", "2000.."]);
        let whole = export(&graph, format, &[]);
        assert!(part.len() < whole.len() && !part.is_empty(), "{format}: {} of {}", part.len(), whole.len());
    }
}

#[test]
fn what_cannot_be_chosen_says_so() {
    let graph = corpus();
    for (arguments, words) in [
        (&["--format", "grapml"][..], &["grapml", "graphml"][..]),
        (&["--format", "turtle", "--root", "Nobody Whatsoever"], &["nobody and nothing", "hint"]),
        (&["--format", "turtle", "--class", "Prisn"], &["no class", "Prison"]),
        (&["--format", "turtle", "--source", "no such report"], &["no document", "hint"]),
        (&["--format", "turtle", "--period", "2024..2023"], &["2024-01-01 is after"]),
        (&["--format", "turtle", "--period", "last week"], &["YYYY"]),
        (&["--format", "turtle", "--question", "held"], &["no saved question", "hint"]),
        (&["--format", "turtle", "--question", "held-at"], &["needs `person`"]),
        (&["--format", "turtle", "--place", "Atlantis Under Sea"], &["nobody and nothing"]),
        (&["--format", "turtle", "--redact", "missing.toml"], &["missing.toml", "cannot be read"]),
        (&["--format", "csv", "-o", "tables.csv"], &["one file", "hint"]),
        (&["--format", "csv", "-o", "data"], &["has files in it", "hint"]),
        (&["--format", "turtle", "-o", "data"], &["is a folder", "hint"]),
        (&["--format", "turtle", "-o", "no/such/folder/x.ttl"], &["cannot be written", "hint"]),
    ] {
        graph.run(&[&["export"], arguments].concat()).fails(2, words).silent();
    }
    for format in FORMATS.into_iter().filter(|format| *format != "csv") {
        let ran = graph.run(&["export", "--format", format, "--period", "1066"]);
        ran.fails(1, &["nothing in the graph is chosen"]).silent();
    }
    let files = Workspace::new();
    let target = files.path("empty.ttl");
    graph
        .run(&["export", "--format", "turtle", "--period", "1066", "-o", target.to_str().expect("a path")])
        .fails(1, &[]);
    assert!(!target.exists() && fs::read_dir(files.root()).expect("a folder").count() == 1, "nothing is left behind");
}

#[test]
fn a_full_disk_is_an_error() {
    let graph = corpus();
    for format in FORMATS {
        for line in [
            format!("isnad export --format {format} -o /dev/full"),
            format!("isnad export --format {format} > /dev/full"),
        ] {
            if format == "csv" && line.contains("-o") {
                continue;
            }
            let ran = graph.shell(&line);
            assert_eq!(ran.code, Some(2), "{line}: {ran:?}");
            assert!(ran.stderr.contains("No space left"), "{line}: {ran:?}");
        }
    }
}

#[test]
fn what_is_there_stays_unless_told() {
    let (graph, files) = (corpus(), Workspace::new());
    for (format, name) in [("turtle12", "x.ttl"), ("csv", "x.zip"), ("gexf", "x.gexf")] {
        let path = files.write(name, "mine");
        let path = path.to_str().expect("a path");
        graph.run(&["export", "--format", format, "-o", path]).fails(2, &["is there already", "--force"]);
        assert_eq!(files.read(name), "mine");
        graph.ok(&["export", "--format", format, "-o", path, "--force"]);
        assert_ne!(fs::read(path).expect("a file"), b"mine");
    }
    let folder = files.write("tables/notes.txt", "mine");
    let folder = folder.parent().and_then(|folder| folder.to_str()).expect("a path").to_owned();
    graph.run(&["export", "--format", "csv", "-o", &folder]).fails(2, &["has files in it"]);
    graph.ok(&["export", "--format", "csv", "-o", &folder, "--force"]);
    assert_eq!(files.read("tables/notes.txt"), "mine");
    assert!(files.read("tables/claims.csv").starts_with("\u{feff}iri,"));
}

#[test]
fn no_redacted_name_is_left_anywhere() {
    let graph = corpus();
    let files = Workspace::new();
    for (quotes, name) in [("false", "strict.toml"), ("true", "with-quotes.toml")] {
        let policy = files.write(name, format!("key = \"for this test\"\nnames = [\"Person\"]\nquotes = {quotes}\n"));
        let policy = policy.to_str().expect("a path");
        let rows = graph.query("SELECT DISTINCT ?iri ?name WHERE { ?iri a isnad:Person ; isnad:name ?name }");
        assert!(rows.len() > 10);
        let own = |word: &&str| word.chars().count() > 4 && word.starts_with(char::is_uppercase);
        let mut words: BTreeSet<String> = BTreeSet::new();
        for row in &rows {
            let parts = row["name"].split(|letter: char| !letter.is_alphanumeric()).filter(own);
            words.extend(parts.map(str::to_lowercase));
            words.insert(row["iri"].rsplit('/').next().expect("a name").to_owned());
        }
        for format in FORMATS {
            let written = export(&graph, format, &["--redact", policy]).to_lowercase();
            let whole = export(&graph, format, &[]).to_lowercase();
            for word in &words {
                assert!(!written.contains(word.as_str()), "{format}, quotes {quotes}: {word}");
            }
            let counted = ["void", "ro-crate"].contains(&format);
            assert!(
                counted || words.iter().any(|word| whole.contains(word.as_str())),
                "{format}: the check itself finds names"
            );
        }
        let quads = parse(RdfFormat::NQuads, &export(&graph, "nquads", &["--redact", policy]));
        let has_quotes = quads.iter().any(|quad| quad.predicate.as_str().ends_with("#exact"));
        assert_eq!(has_quotes, quotes == "true");
        let people = |quads: &[oxigraph::model::Quad]| subjects(quads, "person").len();
        assert_eq!(people(&quads), people(&Graph::of(&graph).quads), "they are still there, under another name");
    }
}

#[test]
fn a_policy_keeps_and_leaves_out_what_it_says() {
    let graph = corpus();
    let files = Workspace::new();
    let policy = files.write(
        "policy.toml",
        "key = \"k\"\nnames = [\"Person\"]\nkeep = [\"Ragheed al-Tatari\"]\nquotes = true\ndocuments = [\"03-situation\"]\nproperties = [\"age\"]\n",
    );
    let arguments = ["--redact", policy.to_str().expect("a path")];
    let quads = parse(RdfFormat::NQuads, &export(&graph, "nquads", &arguments));
    let all = Graph::of(&graph);
    assert!(quads.iter().any(|quad| text(&quad.object) == "Ragheed al-Tatari"));
    let documents = |quads: &[oxigraph::model::Quad]| subjects(quads, "document").len();
    assert_eq!(documents(&quads), documents(&all.quads) - 1);
    // What only that document says is gone from the facts as well.
    let facts = |quads: &[oxigraph::model::Quad]| quads.iter().filter(|quad| graph_of(quad).is_empty()).count();
    assert!(facts(&quads) < facts(&all.quads) - 20);
    let ages = |quads: &[oxigraph::model::Quad]| {
        quads.iter().filter(|quad| quad.predicate.as_str() == format!("{ISNAD}age")).count()
    };
    assert_eq!(ages(&quads), 0);
}

#[test]
fn a_document_that_was_replaced_leaves_no_trace() {
    let workspace = Workspace::new();
    workspace.write("note.txt", "Ali Hassan was released from Evin Prison.\n");
    workspace.ok(&["build", "note.txt"]);
    workspace.write("note.txt", "Ali Hassan was arrested in Tehran on 3 May 2021.\n");
    workspace.ok(&["build", "note.txt"]);
    workspace.ok(&["build", "note.txt", "--store", "fresh"]);
    for format in FORMATS.into_iter().filter(|format| *format != "csv") {
        let arguments = ["export", "--format", format];
        assert_eq!(
            workspace.ok(&arguments),
            workspace.ok(&[&arguments[..], &["--store", "fresh"]].concat()),
            "{format}"
        );
    }
}
