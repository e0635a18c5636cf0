//! The ontology file and the graphs that are built with it know the same terms.

use std::collections::BTreeSet;
use std::fs;

use oxigraph::io::RdfFormat;
use oxigraph::model::{Quad, Term};

use super::formats::samples;
use super::support::{Graph, ISNAD, Workspace, articles, corpus, parse, project, subject, text};

fn ontology() -> Vec<Quad> {
    parse(RdfFormat::Turtle, &fs::read_to_string(project().join("ontology/isnad.ttl")).expect("the ontology"))
}

/// Local names of the ontology's terms in a graph, wherever they stand.
fn used(quads: &[Quad]) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for quad in quads {
        let object = match &quad.object {
            Term::NamedNode(node) => node.as_str(),
            Term::Literal(literal) => literal.datatype().as_str(),
            _ => "",
        };
        for iri in [&subject(quad), quad.predicate.as_str(), object] {
            terms.extend(iri.strip_prefix(ISNAD).map(str::to_owned));
        }
    }
    terms
}

fn in_use() -> BTreeSet<String> {
    let mut terms = used(&Graph::of(&corpus()).quads);
    if let Some(workspace) = articles() {
        terms.extend(used(&Graph::of(&workspace).quads));
    }
    // No sample speaks of one in two spellings, of two who may be one, of a town that may be several, names every part of a name, or tells by a
    // date in the text alone when it was written.
    let doubt = Workspace::new();
    doubt.write("doubt.txt", "A juror fell ill in Tulsa. Another juror stayed. The juror was replaced.");
    doubt.write(
        "names.txt",
        "Mr. Faisal bin Omar was released in Springfield on Monday. Mr. Abu Salim al-Hamwi was arrested there.",
    );
    doubt.write("undated.txt", "The juror was released in Tulsa on 3 May 2021.");
    doubt.write("one.txt", "Daria Tatarian was held in Tulsa.");
    doubt.write("other.txt", "Darya Tatarian was freed in Tulsa.");
    let copied = "Rescuers searched the flooded villages along the river on Monday for people who had not been heard of since \
                  the old dam gave in. At least forty houses were swept away after three days of rain, the governor said.";
    doubt.write("report.txt", copied);
    doubt.write("copy.txt", format!("{copied} More rain is expected."));
    // Nor has one pages, an author or another encoding.
    doubt.write("paged.pdf", samples::pdf(&[&["The juror was released in Tulsa."]]));
    doubt.write("latin.txt", b"The juror left the caf\xe9 in Tulsa.");
    doubt.write("written.md", "---\nauthor: Mona Haddad\n---\nThe juror fell ill in Tulsa.");
    doubt.ok(&["build", "paged.pdf", "latin.txt", "written.md"]);
    doubt.ok(&["build", "doubt.txt", "names.txt", "undated.txt", "one.txt", "other.txt", "report.txt", "copy.txt"]);
    // What follows from a place lying in another.
    doubt.ok(&["infer"]);
    terms.extend(used(&Graph::of(&doubt).quads));
    // What somebody set apart.
    doubt.write("again.txt", "Daria Tatarian was moved to Tulsa.");
    doubt.ok(&["build", "again.txt"]);
    let decided = doubt.run_with(&["review", "Daria Tatarian"], b"d\nd\nd\n");
    assert_eq!(decided.code, Some(0), "{decided:?}");
    doubt.ok(&["build", "--relink"]);
    terms.extend(used(&Graph::of(&doubt).quads));
    terms
}

#[test]
fn every_term_in_use_is_defined() {
    let defined: BTreeSet<String> =
        ontology().iter().filter_map(|quad| subject(quad).strip_prefix(ISNAD).map(str::to_owned)).collect();
    let undefined: Vec<String> = in_use().difference(&defined).cloned().collect();
    assert!(undefined.is_empty(), "{undefined:?}");
}

/// Roles that an event frame fills, whether or not a sample speaks of one.
fn roles_of_frames() -> BTreeSet<String> {
    let files = fs::read_dir(project().join("ontology/frames")).expect("the frames");
    let mut roles = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(file.expect("an entry").path()).expect("a file of frames");
        let parsed: toml::Table = text.parse().expect("TOML");
        for frame in parsed["frame"].as_array().expect("frames") {
            roles.extend(frame["roles"].as_table().expect("roles").keys().cloned());
        }
    }
    assert!(roles.contains("person"));
    roles
}

/// Relations that the table of patterns makes, whether or not a sample has one.
fn relations_of_patterns() -> BTreeSet<String> {
    let text = fs::read_to_string(project().join("data/lexicon/relations.toml")).expect("the table");
    let parsed: toml::Table = text.parse().expect("TOML");
    let entries = ["phrase", "verb"].map(|key| parsed[key].as_array().expect("entries"));
    let relations = entries.into_iter().flatten().map(|entry| entry["relation"].as_str().expect("a name").to_owned());
    let relations: BTreeSet<String> = relations.collect();
    assert!(relations.contains("memberOf"));
    relations
}

/// Classes of events, facilities, organisations and things are there for other corpora as well.
const OPEN: [&str; 4] = ["Event", "Facility", "Organization", "Product"];

#[test]
fn every_defined_term_is_used_or_says_why_not() {
    let quads = ontology();
    let local = |iri: &str| iri.strip_prefix(ISNAD).map(str::to_owned);
    let with = |predicate: &str| -> BTreeSet<String> {
        quads
            .iter()
            .filter(|quad| quad.predicate.as_str().ends_with(predicate))
            .filter_map(|quad| local(&subject(quad)))
            .collect()
    };
    let superclasses: BTreeSet<(String, String)> = quads
        .iter()
        .filter(|quad| quad.predicate.as_str().ends_with("#subClassOf"))
        .filter_map(|quad| Some((local(&subject(quad))?, local(&text(&quad.object))?)))
        .collect();
    let mut open: BTreeSet<String> = OPEN.iter().map(|name| (*name).to_owned()).collect();
    loop {
        let more: Vec<String> = superclasses
            .iter()
            .filter(|(below, above)| open.contains(above) && !open.contains(below))
            .map(|(below, _)| below.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        open.extend(more);
    }
    assert!(open.contains("Execution") && open.contains("Prison") && !open.contains("Person"));
    // What the ontology says of its own terms is used there.
    let annotations: BTreeSet<String> = quads.iter().filter_map(|quad| local(quad.predicate.as_str())).collect();
    let excused: BTreeSet<String> =
        [with("#reserved"), with("#grouping"), open, annotations, in_use(), roles_of_frames(), relations_of_patterns()]
            .into_iter()
            .flatten()
            .collect();
    let is_term = |quad: &&Quad| {
        quad.predicate.as_str().ends_with("#type")
            && ["#Class", "Property"].iter().any(|kind| text(&quad.object).ends_with(kind))
    };
    let terms: BTreeSet<String> = quads.iter().filter(is_term).filter_map(|quad| local(&subject(quad))).collect();
    assert!(terms.len() > 100, "{terms:?}");
    let unused: Vec<String> = terms.difference(&excused).cloned().collect();
    assert!(unused.is_empty(), "neither used nor reserved: {unused:?}");
}
