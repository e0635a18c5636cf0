//! The questions that the project was begun for, asked of the two articles it was begun with: in plain
//! SPARQL, and as saved questions. Names and facts stand here, the articles' text does not.

use std::fs;

use super::support::{ID, Row, Texts, Workspace, articles, seeds, set, values};

/// Evidence of a claim, to be put into the pattern of a document's graph.
const WORDS: &str = "?claim isnad:evidence/oa:hasSelector ?at . ?at oa:exact ?quote ; oa:start ?start ; oa:end ?end .";

/// Asserts of every row that its quote is what the document says at the code points given, and that
/// the file itself has these words.
#[track_caller]
fn rests_on_words(workspace: &Workspace, rows: &[Row]) {
    let folder = seeds().expect("asked only with the articles at hand");
    let texts = Texts::of(workspace, &[&folder]);
    assert_eq!(texts.len(), 2);
    let files: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|file| fs::read_to_string(file.expect("a file").path()).expect("text"))
        .collect();
    assert!(!rows.is_empty());
    for row in rows {
        let slice = texts.slice(&row["document"], &row["start"], &row["end"]);
        assert_eq!(slice.as_deref(), Some(row["quote"].as_str()), "{row:?}");
        assert!(row["quote"].split_whitespace().count() > 3, "a sentence, not a word: {row:?}");
        assert!(files.iter().any(|file| file.contains(&row["quote"])), "in no file: {row:?}");
    }
}

/// Asserts of every answer of a saved question that its quote stands in the document it names.
#[track_caller]
fn quotes_its_source(workspace: &Workspace, rows: &[Row]) {
    let texts = Texts::of(workspace, &[&seeds().expect("asked only with the articles at hand")]);
    assert!(!rows.is_empty());
    for row in rows {
        let text = texts.from(&row["source"]).unwrap_or_else(|| panic!("no document is {}", row["source"]));
        let quote = row.get("quote").unwrap_or_else(|| panic!("no quote: {row:?}"));
        assert!(quote.split_whitespace().count() > 3 && text.contains(quote.as_str()), "{row:?}");
    }
}

fn facility(name: &str) -> String {
    format!("{ID}facility/{name}")
}

#[test]
fn where_tatari_was_held() {
    let Some(graph) = articles() else { return };
    let held = graph.query(&format!(
        "SELECT DISTINCT ?relation ?facility ?document ?quote ?start ?end WHERE {{
           ?person a isnad:Person ; isnad:name ?name FILTER(CONTAINS(?name, 'Tatari'))
           VALUES ?property {{ isnad:heldAt isnad:releasedFrom isnad:transferredTo }}
           ?person ?property ?facility . ?facility a isnad:Facility .
           BIND(STRAFTER(STR(?property), '#') AS ?relation)
           GRAPH ?document {{ ?claim rdf:subject ?person ; rdf:predicate ?property ; rdf:object ?facility . {WORDS} }}
         }}"
    ));
    let asked = graph.ask(&["held-at", "person=Ragheed al-Tatari"]);
    let three = [
        facility("sy-saydnaya-military-prison"),
        facility("sy-suwayda-central-prison"),
        facility("sy-tartus-central-prison"),
    ];
    for rows in [&held, &asked] {
        assert_eq!(values(rows, "facility"), three.iter().cloned().collect());
        let released: Vec<Row> = rows.iter().filter(|row| row["relation"] == "releasedFrom").cloned().collect();
        assert_eq!(values(&released, "facility"), set(&[&three[2]]), "released from one prison only");
    }
    rests_on_words(&graph, &held);
    quotes_its_source(&graph, &asked);
}

#[test]
fn documents_that_mention_saydnaya_under_any_spelling() {
    let Some(graph) = articles() else { return };
    let rows = graph.query(
        "SELECT DISTINCT ?prison ?document ?source ?quote ?start ?end WHERE {
           ?prison a isnad:Prison ; isnad:name ?name FILTER(REGEX(?name, '^s[ae][iy]?dnaya', 'i'))
           ?document schema:mentions ?prison ; isnad:sourcePath ?source .
           GRAPH ?document { ?prison isnad:evidence/oa:hasSelector ?at . ?at oa:exact ?quote ; oa:start ?start ; oa:end ?end }
         }",
    );
    assert_eq!(
        values(&rows, "prison"),
        set(&[&facility("sy-saydnaya-military-prison")]),
        "one prison, however it is spelt"
    );
    assert_eq!(values(&rows, "source").len(), 2);
    rests_on_words(&graph, &rows);
    for spelling in ["Saydnaya", "Sednaya", "Seidnaya", "Saidnaya prison"] {
        let asked = graph.ask(&["mentions", &format!("entity={spelling}")]);
        assert_eq!(values(&asked, "entity"), values(&rows, "prison"), "{spelling}");
        assert_eq!(values(&asked, "source"), values(&rows, "source"), "{spelling}");
        quotes_its_source(&graph, &asked);
    }
}

#[test]
fn cities_the_rebels_took() {
    let Some(graph) = articles() else { return };
    let rows = graph.query(&format!(
        "SELECT DISTINCT ?city ?by ?document ?quote ?start ?end WHERE {{
           ?capture a isnad:Capture ; isnad:place ?place ; isnad:agent ?agent .
           ?place a isnad:City ; rdfs:label ?city . ?agent rdfs:label ?by .
           GRAPH ?document {{ ?claim rdf:subject ?capture ; rdf:predicate isnad:place ; rdf:object ?place . {WORDS} }}
         }}"
    ));
    let asked = graph.ask(&["captured-cities"]);
    for rows in [&rows, &asked] {
        assert_eq!(values(rows, "city"), set(&["Aleppo", "Damascus", "Hama", "Homs"]));
        for by in values(rows, "by") {
            assert!(by.to_lowercase().contains("rebel") || by.contains("Tahrir al-Sham"), "not by {by}");
        }
    }
    rests_on_words(&graph, &rows);
    quotes_its_source(&graph, &asked);
}

#[test]
fn who_is_quoted_by_name() {
    let Some(graph) = articles() else { return };
    let rows = graph.query(
        "SELECT DISTINCT ?name ?document ?quote ?start ?end WHERE {
           GRAPH ?document {
             ?said a isnad:Attribution ; isnad:sourceKind isnad:sourceKind-named ; isnad:source ?speaker ; isnad:evidence/oa:hasSelector ?at .
             ?at oa:exact ?quote ; oa:start ?start ; oa:end ?end .
           }
           ?speaker rdfs:label ?name .
         }",
    );
    let asked = graph.ask(&["quoted"]);
    for rows in [&rows, &asked] {
        let names = values(rows, "name");
        for name in ["Bassam Masri", "Heba", "Lina Khatib", "Bashar Barhoum"] {
            assert!(names.contains(name), "{name} is not among {names:?}");
        }
        assert!(!names.iter().any(|name| name.contains("Tatari")), "he is spoken of and says nothing");
    }
    rests_on_words(&graph, &rows);
    quotes_its_source(&graph, &asked);
}

#[test]
fn an_execution_that_was_due_is_no_fact() {
    let Some(graph) = articles() else { return };
    let told = |pattern: &str| {
        graph.query(&format!(
            "SELECT DISTINCT ?event ?document ?quote ?start ?end ?modality WHERE {{
               {pattern}
               GRAPH ?document {{
                 ?claim rdf:subject ?event ; rdf:predicate rdf:type ; rdf:object isnad:Execution ; isnad:modality ?modality . {WORDS}
                 FILTER(CONTAINS(?quote, 'due to be executed'))
               }}
             }}"
        ))
    };
    let claimed = told("");
    rests_on_words(&graph, &claimed);
    for modality in values(&claimed, "modality") {
        assert!(modality.ends_with("-planned") || modality.ends_with("-averted"), "{modality}");
    }
    assert_eq!(told("?event a isnad:Execution ."), Vec::<Row>::new());
    assert_eq!(told("?event ?any ?thing ."), Vec::<Row>::new(), "nothing of it stands among the facts");
    let victims = graph.query("SELECT ?name WHERE { ?event a isnad:Execution ; isnad:person/rdfs:label ?name }");
    assert!(
        !values(&victims, "name").iter().any(|name| name.contains("Barhoum") || name == "One prisoner"),
        "{victims:?}"
    );
    let asked = graph.ask(&["not-facts"]);
    assert!(asked.iter().any(|row| row["event_type"] == "Execution" && row["modality"] != "actual"), "{asked:?}");
    quotes_its_source(&graph, &asked);
}

#[test]
fn a_trial_that_never_was_is_no_fact() {
    let Some(graph) = articles() else { return };
    let facts = graph.query("SELECT ?event WHERE { ?event a isnad:Trial ; isnad:person/isnad:name ?name FILTER(CONTAINS(?name, 'Tatari')) }");
    assert_eq!(facts, Vec::<Row>::new());
    let denied = graph.query(&format!(
        "SELECT ?document ?quote ?start ?end WHERE {{
           ?person isnad:name ?name FILTER(CONTAINS(?name, 'Tatari'))
           GRAPH ?document {{
             ?claim rdf:subject ?event ; rdf:predicate rdf:type ; rdf:object isnad:Trial ; isnad:polarity isnad:polarity-negative . {WORDS}
             ?other rdf:subject ?event ; rdf:predicate isnad:person ; rdf:object ?person .
           }}
         }}"
    ));
    rests_on_words(&graph, &denied);
    let asked = graph.ask(&["not-facts", "person=Tatari"]);
    assert!(asked.iter().any(|row| row["event_type"] == "Trial" && row["polarity"] == "negative"), "{asked:?}");
}
