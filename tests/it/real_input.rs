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

/// The attributions of the articles: who, how, through whom, and the words.
fn attributions(graph: &Workspace, pattern: &str) -> Vec<Row> {
    graph.query(&format!(
        "SELECT DISTINCT ?name ?words ?kind ?stance ?cue ?through ?through_words ?document ?quote ?start ?end WHERE {{
           GRAPH ?document {{
             ?said a isnad:Attribution ; isnad:cue ?cue ; isnad:attributionKind ?how ; isnad:stance ?held ; isnad:evidence/oa:hasSelector ?at .
             ?at oa:exact ?quote ; oa:start ?start ; oa:end ?end .
             OPTIONAL {{ ?said isnad:sourceWords ?words }}
             OPTIONAL {{ ?said isnad:via/isnad:sourceWords ?through_words }}
             {pattern}
           }}
           OPTIONAL {{ GRAPH ?document {{ ?said isnad:source ?source }} ?source rdfs:label ?name }}
           OPTIONAL {{ GRAPH ?document {{ ?said isnad:via ?outer . ?outer isnad:source ?medium ; isnad:cue ?any }} ?medium rdfs:label ?through }}
           BIND(STRAFTER(STR(?how), 'attributionKind-') AS ?kind)
           BIND(STRAFTER(STR(?held), 'stance-') AS ?stance)
         }}"
    ))
}

fn has(row: &Row, column: &str, value: &str) -> bool {
    row.get(column).is_some_and(|known| known == value)
}

#[test]
fn detainees_are_counted_with_their_parts_and_period() {
    let Some(graph) = articles() else { return };
    let rows = graph.ask(&["figures"]);
    let network: Vec<Row> =
        rows.iter().filter(|row| has(row, "by", "Syrian Network for Human Rights")).cloned().collect();
    assert_eq!(values(&network, "value"), set(&["136614", "3698", "8504"]));
    for row in &network {
        assert_eq!((row["from"].as_str(), row["to"].as_str()), ("2011-03-01", "2024-08-31"), "{row:?}");
        assert_eq!(row["counted"], "Detention | EnforcedDisappearance", "{row:?}");
        assert_eq!(row["where"], "Syria");
        let part = row.get("part_of").map(String::as_str);
        match row["value"].as_str() {
            "136614" => assert_eq!((row["unit"].as_str(), part), ("person", None)),
            "3698" => assert_eq!((row["unit"].as_str(), part), ("child", Some("136,614"))),
            _ => assert_eq!((row["unit"].as_str(), part), ("woman", Some("136,614"))),
        }
    }
    quotes_its_source(&graph, &network);
}

#[test]
fn the_dead_of_five_years_are_an_upper_bound_and_the_weekly_ones_a_rate() {
    let Some(graph) = articles() else { return };
    let rows = graph.ask(&["figures", "unit=person"]);
    let told: Vec<Row> = rows.iter().filter(|row| has(row, "by", "Amnesty International")).cloned().collect();
    assert_eq!(told.len(), 2, "{told:?}");
    let killed = told.iter().find(|row| row["counted"] == "Killing").expect("those killed");
    assert_eq!((killed["value"].as_str(), killed["bound"].as_str()), ("13000", "atMost"));
    assert_eq!((killed["from"].as_str(), killed["to"].as_str()), ("2011-01-01", "2016-12-31"));
    let executed = told.iter().find(|row| row["counted"] == "Execution").expect("those executed");
    assert_eq!((executed["bound"].as_str(), executed["rate"].as_str()), ("vague", "week"));
    assert!(!executed.contains_key("from"), "the years are those of the killings: {executed:?}");
    let others: Vec<&Row> = rows.iter().filter(|row| has(row, "value", "13000")).collect();
    assert_eq!(others.len(), 2, "other groups say so with Amnesty: {others:?}");
}

#[test]
fn the_photographs_show_what_rights_groups_say() {
    let Some(graph) = articles() else { return };
    let rows = graph.ask(&["figures", "unit=photograph"]);
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0]["value"].as_str(), rows[0]["bound"].as_str()), ("53000", "atLeast"));
    assert!(!rows[0].contains_key("by"), "the article itself counts them: {rows:?}");
    let shown = attributions(
        &graph,
        "?said isnad:sourceKind isnad:sourceKind-footage . FILTER(CONTAINS(?words, 'photographs'))",
    );
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0]["quote"].contains("torture") && !shown[0]["quote"].contains("smuggled"), "{shown:?}");
    assert_eq!(shown[0]["through"], "human rights groups");
    rests_on_words(&graph, &shown);
}

#[test]
fn which_claims_rest_on_footage() {
    let Some(graph) = articles() else { return };
    let rows = graph.ask(&["footage"]);
    quotes_its_source(&graph, &rows);
    let freed: Vec<Row> = rows.iter().filter(|row| row["what"] == "Release").cloned().collect();
    assert!(values(&freed, "source").len() == 2 && freed.len() >= 5, "{freed:?}");
    let seen = values(&rows, "footage");
    for words in ["Several videos", "another viral clip", "shocking footage"] {
        assert!(seen.contains(words), "{words} is not among {seen:?}");
    }
    for row in &rows {
        assert!(!row["quote"].contains("Amnesty") && !row["quote"].contains("Masri"), "no footage shows {row:?}");
    }
    let shown = rows.iter().find(|row| row["footage"].starts_with("Striking images")).expect("the child");
    assert_eq!(shown["modality"], "reportedDoubtful", "they only appear to show it");
}

#[test]
fn what_is_hedged_says_so() {
    let Some(graph) = articles() else { return };
    let hedges = attributions(&graph, "?said isnad:stance isnad:stance-doubts .");
    let cues = values(&hedges, "cue");
    for cue in ["reportedly", "allegedly", "appear to show", "appearing", "reported"] {
        assert!(cues.contains(cue), "{cue} is not among {cues:?}");
    }
    let fled = hedges.iter().find(|row| row["cue"] == "reportedly").expect("found above");
    assert!(fled["quote"].contains("Bashar") && fled["quote"].contains("fled"), "{fled:?}");
    assert!(!fled["quote"].contains("capture"), "only its own clause is hedged: {fled:?}");
    quotes_its_source(&graph, &graph.ask(&["hedged"]));
}

#[test]
fn who_is_quoted_with_what() {
    let Some(graph) = articles() else { return };
    for (speaker, words) in [
        ("Bassam Masri", ["searching", "13 years"]),
        ("Bashar Barhoum", ["the sun", "new lease of life"]),
        ("Heba", ["so many of us", "burned our hearts"]),
        ("Lina Khatib", ["mistrust", "culture of fear"]),
    ] {
        let rows = graph.ask(&["says", &format!("speaker={speaker}"), "kind=quote"]);
        for word in words {
            assert!(rows.iter().any(|row| row["quote"].contains(word)), "{speaker} does not say {word}: {rows:?}");
        }
        quotes_its_source(&graph, &rows);
    }
    let rebel = attributions(&graph, "?said isnad:attributionKind isnad:attributionKind-quote .");
    let said = |name: &str, word: &str| rebel.iter().any(|row| has(row, "name", name) && row["quote"].contains(word));
    assert!(said("one of the rebels", "has fallen") && said("the fighter", "revolutionaries"), "{rebel:?}");
}

#[test]
fn who_has_it_from_whom() {
    let Some(graph) = articles() else { return };
    let rows = graph.ask(&["chains"]);
    quotes_its_source(&graph, &rows);
    let link = |who: &str, through: &str, word: &str| {
        rows.iter().any(|row| has(row, "who", who) && has(row, "through", through) && row["quote"].contains(word))
    };
    assert!(link("human rights organisations", "Al Jazeera Arabic", "born in prison"), "{rows:?}");
    assert!(link("Heba", "Associated Press", "brother"), "{rows:?}");
    assert!(link("Bashar Barhoum", "Associated Press", "due to be executed"), "{rows:?}");
    assert!(link("one group", "A shocking clip shared to social media", "executed"), "{rows:?}");
}

#[test]
fn what_looks_alike_stays_two() {
    let Some(graph) = articles() else { return };
    let rows = graph.query(
        "SELECT DISTINCT ?entity ?name WHERE { ?entity isnad:name|isnad:alias|isnad:nickname|isnad:description ?name }",
    );
    let named = |name: &str| -> Vec<&String> {
        rows.iter().filter(|row| row["name"] == name).map(|row| &row["entity"]).collect()
    };
    for (one, other) in [
        ("Bashar Barhoum", "Assad"),
        ("Bashar Barhoum", "Bashar"),
        ("Hafez al-Assad", "Bashar Assad"),
        ("a prison", "Sednaya Prison"),
        ("a prison", "Tartous Central Prison"),
        ("a small child", "a toddler"),
        ("a small child", "a young child"),
        ("a toddler", "a young child"),
        ("brother", "brother-in-law"),
        ("One freed detainee", "One man"),
        ("One man", "Ragheed al-Tatari"),
        ("Lina Khatib", "Bassam Masri"),
        ("a cell", "an underground cell"),
    ] {
        let (left, right) = (named(one), named(other));
        assert!(!left.is_empty() && !right.is_empty(), "{one}: {left:?}; {other}: {right:?}");
        assert!(left.iter().all(|entity| !right.contains(entity)), "{one} and {other}: {left:?} {right:?}");
    }
    // The two that were to be executed.
    let due: std::collections::BTreeSet<String> =
        graph.ask(&["due-to-be-executed"]).iter().map(|row| row["who"].clone()).collect();
    assert_eq!(due.len(), 2, "{due:?}");
}

#[test]
fn both_articles_tell_of_one_fall() {
    let Some(graph) = articles() else { return };
    let rows = graph.ask(&["happenings"]);
    quotes_its_source(&graph, &rows);
    let happenings: std::collections::BTreeSet<&String> = rows.iter().map(|row| &row["happening"]).collect();
    let sources: std::collections::BTreeSet<&String> = rows.iter().map(|row| &row["source"]).collect();
    assert_eq!((happenings.len(), sources.len()), (1, 2), "{rows:?}");
    assert!(rows.iter().all(|row| row["event_type"] == "RegimeFall" && row["independent"] == "2"), "{rows:?}");
    // Cities, the prison and the president are one node each, which both documents mention.
    for name in ["Damascus", "Aleppo", "Homs", "Saydnaya Military Prison"] {
        let documents = graph.query(&format!(
            "SELECT ?entity (COUNT(DISTINCT ?document) AS ?documents) WHERE {{ ?entity rdfs:label '{name}' . ?document schema:mentions ?entity }} GROUP BY ?entity"
        ));
        assert_eq!(documents.len(), 1, "{name}: {documents:?}");
        assert_eq!(documents[0]["documents"], "2", "{name}");
    }
}
