//! One person, many spellings: what is linked across documents, and what people decide.

use std::fs;

use super::support::{Row, Workspace};

const LINKS: &str = "https://w3id.org/isnad/id/graph/links";

/// Documents that speak of one man in two spellings, of his father, and of two men of one common name.
fn with_documents() -> Workspace {
    let workspace = Workspace::new();
    workspace.write(
        "a/one.txt",
        "Ragheed al-Tatari, a pilot, was held at Sednaya Prison. Mohammed Ahmed was arrested in Homs.",
    );
    workspace.write(
        "a/two.txt",
        "Raghid Ahmad Tattari was freed from Saydnaya prison. Mohammed Ahmed was arrested in Aleppo.",
    );
    workspace.write("a/three.txt", "Ahmad al-Tatari was killed in Damascus in 1985.");
    workspace
}

fn built() -> Workspace {
    let workspace = with_documents();
    workspace.ok(&["build", "--reading", "fast", "a"]);
    workspace
}

/// The nodes of people whose name contains `part`.
fn people(workspace: &Workspace, part: &str) -> Vec<String> {
    let query = format!(
        "SELECT DISTINCT ?person WHERE {{ ?person a isnad:Person ; isnad:name ?name FILTER(CONTAINS(?name, '{part}')) }} ORDER BY ?person"
    );
    workspace.query(&query).iter().map(|row| row["person"].clone()).collect()
}

fn links(workspace: &Workspace, state: &str) -> Vec<Row> {
    workspace.query(&format!(
        "SELECT DISTINCT ?one ?other WHERE {{ GRAPH <{LINKS}> {{ ?link isnad:linkState '{state}' ; isnad:linkOf ?one, ?other FILTER(STR(?one) < STR(?other)) }} }} ORDER BY ?one ?other"
    ))
}

#[test]
fn one_man_in_two_spellings_is_one_node() {
    let workspace = built();
    let held = workspace.query(
        "SELECT DISTINCT ?person ?label WHERE { ?person rdfs:label ?label ; isnad:heldAt ?prison . ?person isnad:releasedFrom ?prison }",
    );
    assert_eq!(held.len(), 1, "{held:?}");
    // The fullest name; his father and those of a common name stay apart.
    assert_eq!(held[0]["label"], "Raghid Ahmad Tattari");
    assert_eq!(people(&workspace, "Tat").len(), 2);
    assert_eq!(people(&workspace, "Mohammed Ahmed").len(), 2);
    // The IRI that he had in the other document leads to him.
    let merged =
        workspace.query(&format!("SELECT ?from ?to WHERE {{ GRAPH <{LINKS}> {{ ?from isnad:mergedInto ?to }} }}"));
    assert_eq!(merged.len(), 1, "{merged:?}");
    assert_eq!(merged[0]["to"], held[0]["person"]);
    assert_eq!(workspace.ok(&["show", &merged[0]["from"]]), workspace.ok(&["show", &merged[0]["to"]]));
    assert!(!workspace.export().lines().any(|quad| quad.contains(&merged[0]["from"]) && !quad.contains(LINKS)));
}

#[test]
fn why_two_are_one_or_not_is_explained() {
    let workspace = built();
    let same = workspace.ok(&["explain", "Ragheed al-Tatari", "Raghid Ahmad Tattari"]);
    for words in ["one entity", "(table)", "few are called", "both: Saydnaya Military Prison"] {
        assert!(same.contains(words), "{words}: {same}");
    }
    let apart = workspace.ok(&["explain", "Ahmad al-Tatari", "Ragheed al-Tatari"]);
    assert!(apart.starts_with("two entities"), "{apart}");
    let json = workspace.ok(&["explain", "--json", "Ahmad al-Tatari", "Ragheed al-Tatari"]);
    let first: serde_json::Value = serde_json::from_str(json.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["same"], false, "{first}");
}

#[test]
fn people_decide_and_take_back() {
    let workspace = built();
    let before = workspace.export();
    let merged = links(&workspace, "same");
    assert_eq!(merged.len(), 1);
    let (one, other) = (&merged[0]["one"], &merged[0]["other"]);
    let decide =
        |verdict: &str, a: &str, b: &str| format!("[[decision]]\nverdict = \"{verdict}\"\na = \"{a}\"\nb = \"{b}\"\n");
    workspace.write("isnad.graph/decisions.toml", decide("different", one, other));
    workspace.ok(&["build", "--relink"]);
    assert_eq!(people(&workspace, "Tat").len(), 3);
    assert!(links(&workspace, "same").is_empty() && links(&workspace, "possible").is_empty());
    // Two of a common name are one if somebody says so, whatever the odds.
    let namesakes = people(&workspace, "Mohammed Ahmed");
    workspace.write("mine.toml", decide("same", &namesakes[0], &namesakes[1]));
    workspace.ok(&["build", "--relink", "--decisions", "mine.toml"]);
    assert_eq!((people(&workspace, "Mohammed Ahmed").len(), people(&workspace, "Tat").len()), (1, 2));
    // A name to be shown by.
    let name = format!("[[decision]]\nverdict = \"name\"\na = \"{}\"\nname = \"M. Ahmed of Homs\"\n", namesakes[0]);
    workspace.write("mine.toml", name);
    workspace.ok(&["build", "--relink", "--decisions", "mine.toml"]);
    let shown = workspace.query(&format!("SELECT ?label WHERE {{ <{}> rdfs:label ?label }}", namesakes[0]));
    assert_eq!(shown[0]["label"], "M. Ahmed of Homs");
    // A class.
    let class = format!("[[decision]]\nverdict = \"type\"\na = \"{}\"\ntype = \"Organization\"\n", namesakes[0]);
    workspace.write("mine.toml", class);
    workspace.ok(&["build", "--relink", "--decisions", "mine.toml"]);
    assert_eq!(people(&workspace, "Mohammed Ahmed"), [namesakes[1].clone()]);
    let typed = workspace.query(&format!("SELECT ?class WHERE {{ <{}> a ?class }}", namesakes[0]));
    assert!(typed.iter().all(|row| row["class"].ends_with("#Organization")) && !typed.is_empty(), "{typed:?}");
    // Without decisions everything is as it was.
    fs::remove_file(workspace.path("isnad.graph/decisions.toml")).expect("removed");
    workspace.ok(&["build", "--relink"]);
    assert!(workspace.export() == before);
}

#[test]
fn order_and_increments_do_not_matter_to_links() {
    let expected = built().export();
    for order in [["a/three.txt", "a/two.txt", "a/one.txt"], ["a/two.txt", "a/one.txt", "a/three.txt"]] {
        let workspace = with_documents();
        order.iter().for_each(|file| drop(workspace.ok(&["build", "--reading", "fast", file])));
        assert!(workspace.export() == expected, "{order:?}");
    }
    // A document that goes takes its links with it.
    let workspace = built();
    workspace.write("a/two.txt", "Nothing happened in Tartus.");
    workspace.ok(&["build", "--reading", "fast", "a"]);
    assert_eq!(links(&workspace, "same"), []);
    assert_eq!(people(&workspace, "Tat").len(), 2);
}

#[test]
fn decisions_that_cannot_be_followed_are_named() {
    let workspace = built();
    let before = workspace.export();
    let write = |text: &str| workspace.write("d.toml", text);
    let build = ["build", "--relink", "--decisions", "d.toml"];
    for (text, words) in [
        ("[[decision]]\nverdict = 'same'\na = 'urn:x'\n", ["d.toml, decision 1", "`b` is missing"]),
        ("[[decision]]\nverdict = 'perhaps'\na = 'urn:x'\nb = 'urn:y'\n", ["d.toml, line 2", "perhaps"]),
        ("[[decision]]\nverdict = 'same'\na = 'urn:x'\nb = 'urn:x'\n", ["decision 1", "same IRI"]),
        ("[[decision]]\nverdict = 'same'\na = 'Ali'\nb = 'urn:x'\n", ["`Ali` is not an IRI", "isnad find"]),
        ("[[decision]]\nverdict = 'type'\na = 'urn:x'\ntype = 'Dragon'\n", ["`Dragon`", "ontology"]),
        ("<<<<<<< mine\n", ["d.toml, line 1", "[[decision]]"]),
    ] {
        write(text);
        workspace.run(&build).fails(2, &words).silent();
    }
    workspace.run(&["build", "--relink", "--decisions", "none.toml"]).fails(2, &["none.toml", "no such file"]).silent();
    assert!(workspace.export() == before, "nothing has changed");
    // Unknown entities and contradictions are told, and the rest is done.
    let namesakes = people(&workspace, "Mohammed Ahmed");
    let merged = links(&workspace, "same");
    let decision =
        |verdict: &str, a: &str, b: &str| format!("[[decision]]\nverdict = '{verdict}'\na = '{a}'\nb = '{b}'\n");
    let all = [
        decision("same", &namesakes[0], "https://w3id.org/isnad/id/person/none"),
        decision("same", &namesakes[0], &namesakes[1]),
        decision("different", &namesakes[1], &namesakes[0]),
        decision("different", &merged[0]["one"], &merged[0]["other"]),
    ];
    write(&all.join("\n"));
    let ran = workspace.run(&build);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for words in ["id:person/none", "other decisions to be different"] {
        assert!(ran.stderr.contains(words), "{words}: {}", ran.stderr);
    }
    assert_eq!((people(&workspace, "Mohammed Ahmed").len(), people(&workspace, "Tat").len()), (2, 3));
}

#[test]
fn what_came_as_rdf_stays_as_it_came() {
    let workspace = built();
    workspace.write("graph.nq", workspace.export());
    workspace.write("b/four.txt", "Ragheed al-Tatari was seen in Homs.");
    workspace.ok(&["import", "graph.nq", "--store", "other"]);
    workspace.ok(&["build", "--reading", "fast", "b", "--store", "other"]);
    let after = workspace.ok(&["export", "--format", "nquads", "--store", "other"]);
    let lost = |quad: &&str| !quad.contains(LINKS) && !quad.contains("rdf-schema#label") && !after.contains(*quad);
    assert_eq!(workspace.export().lines().filter(lost).collect::<Vec<_>>(), [""; 0]);
    assert!(after.contains("was seen in Homs"));
}

#[test]
fn review_asks_and_writes() {
    let workspace = Workspace::new();
    workspace.write("a/one.txt", "Mohammed Khatib was held at Sednaya Prison in 2012.");
    workspace.write("a/two.txt", "Muhammad al-Khateeb was held at Sednaya Prison in 2013.");
    workspace.ok(&["build", "--reading", "fast", "a"]);
    let listed = workspace.ok(&["review", "--list"]);
    assert_eq!(listed.lines().count(), 1, "{listed}");
    assert!(
        listed.contains("Mohammed Khatib (1) / Muhammad al-Khateeb (1)")
            || listed.contains("Muhammad al-Khateeb (1) / Mohammed Khatib (1)")
    );
    let json: serde_json::Value = serde_json::from_str(&workspace.ok(&["review", "--json"])).expect("JSON");
    assert!(json["a"]["iri"].is_string() && json["reasons"].is_array(), "{json}");
    let ran = workspace.run_with(&["review", "--author", "Lina"], b"s\n");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for words in ["1 of 1", "Sednaya Prison in 2012", "Sednaya Prison in 2013", "[s]ame"] {
        assert!(ran.stdout.contains(words), "{words}: {}", ran.stdout);
    }
    assert!(ran.stderr.contains("one decision written to"), "{}", ran.stderr);
    let written = workspace.read("isnad.graph/decisions.toml");
    assert!(written.contains("verdict = \"same\"") && written.contains("author = \"Lina\""), "{written}");
    workspace.ok(&["build", "--relink"]);
    assert_eq!(people(&workspace, "Kha").len(), 1);
    assert_eq!(workspace.ok(&["review", "--list"]), "");
}

#[test]
fn a_document_that_means_another_by_a_rare_name_is_set_apart() {
    let workspace = Workspace::new();
    for (file, place) in [("one", "Sednaya Prison"), ("two", "Sednaya Prison"), ("three", "Tadmor Prison")] {
        workspace
            .write(&format!("a/{file}.txt"), format!("Ragheed al-Tatari was held at {place}. This is report {file}."));
    }
    workspace.ok(&["build", "--reading", "fast", "a"]);
    let before = workspace.export();
    let [man] = people(&workspace, "Tatari").try_into().expect("one man");
    let ran = workspace.run_with(&["review", "Ragheed al-Tatari"], b"d\nb\nn\nn\nn\n");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.contains("3 of 3") && !ran.stderr.contains("written"), "taken back: {ran:?}");
    // Documents come in the order of their ids: the page of Tadmor is the one whose second side names it.
    let second = |page: &&str| page.rsplit("(Person, 1 document)").next().is_some_and(|side| side.contains("Tadmor"));
    let pages: Vec<&str> = ran.stdout.split(" of 3: one or two?").skip(1).collect();
    // Decided, on to the second, back to the first, and through.
    let order = [0, 1, 0, 1, 2];
    let at = pages.iter().zip(order).find(|(page, _)| second(page)).map(|(_, at)| at);
    let at = at.expect("the page of Tadmor");
    let keys: String = (0..3).map(|page| if page == at { "d\n" } else { "n\n" }).collect();
    let ran = workspace.run_with(&["review", "Ragheed al-Tatari"], keys.as_bytes());
    assert!(ran.stderr.contains("one decision written"), "{ran:?}");
    workspace.ok(&["build", "--relink"]);
    let men = people(&workspace, "Tatari");
    assert_eq!(men.len(), 2, "{men:?}");
    let held = workspace
        .query("SELECT DISTINCT ?person ?place WHERE { ?person isnad:heldAt/rdfs:label ?place } ORDER BY ?place");
    assert_eq!(held.len(), 2, "{held:?}");
    assert_eq!(held.iter().filter(|row| row["person"] == man).count(), 1, "one keeps the IRI: {held:?}");
    // A document that comes later is read by the same rules, in the same graph as one built at once.
    workspace.write("a/four.txt", "Ragheed al-Tatari was seen in Homs.");
    workspace.ok(&["build", "--reading", "fast", "a"]);
    assert_eq!(people(&workspace, "Tatari").len(), 2);
    fs::remove_file(workspace.path("a/four.txt")).expect("removed");
    // Taken back, everything is as it was; what was decided can be asked of the graph.
    let asked = workspace.query(&format!(
        "SELECT ?document WHERE {{ GRAPH <{LINKS}> {{ ?own isnad:setApartFrom <{man}> ; isnad:onlyIn ?document }} }}"
    ));
    assert_eq!(asked.len(), 1);
    fs::remove_file(workspace.path("isnad.graph/decisions.toml")).expect("removed");
    workspace.write("a/four.txt", "Nothing was seen in Homs.");
    workspace.ok(&["build", "--reading", "fast", "a"]);
    assert_eq!(people(&workspace, "Tatari"), [man]);
    assert!(before.lines().all(|quad| workspace.export().contains(quad)));
}

#[test]
fn what_was_decided_is_explained_as_that() {
    let workspace = built();
    let namesakes = people(&workspace, "Mohammed Ahmed");
    workspace.write(
        "isnad.graph/decisions.toml",
        format!(
            "[[decision]]\nverdict = 'same'\na = '{}'\nb = '{}'\nauthor = 'Lina'\nnote = 'his mother'\n",
            namesakes[0], namesakes[1]
        ),
    );
    workspace.ok(&["build", "--relink"]);
    let told = workspace.ok(&["explain", &namesakes[0], &namesakes[1]]);
    assert!(told.contains("as somebody decided") && told.contains("decided by Lina: his mother"), "{told}");
    // A build that changes nothing tells the same of the graph.
    let merged = |ran: &str| {
        ran.lines()
            .filter(|line| ["merged", "to review", "copies"].iter().any(|name| line.contains(name)))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let first = merged(&workspace.ok(&["build", "--reading", "fast", "a"]));
    assert_eq!(first.len(), 3, "{first:?}");
    assert_eq!(merged(&workspace.ok(&["build", "--relink"])), first);
}

#[test]
fn names_that_say_nothing_are_never_merged_and_take_bounded_time() {
    let workspace = Workspace::new();
    let long = "Abd".repeat(4_000);
    for number in 0..300 {
        let extra = match number % 3 {
            0 => "Mohammed was arrested in Homs. ".to_owned(),
            1 => "Mohammed Ahmed was arrested in Homs. Dr. Al was there. ".to_owned(),
            _ => format!("Omar {long} was arrested in Homs. "),
        };
        workspace.write(&format!("a/{number}.txt"), format!("{extra}Report {number}."));
    }
    let ran = workspace.run(&["build", "--reading", "fast", "a"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.took.as_secs() < 60, "{:?}", ran.took);
    assert_eq!(people(&workspace, "Mohammed Ahmed").len(), 100);
}

#[test]
fn accounts_of_one_happening_stay_beside_each_other() {
    let workspace = Workspace::new();
    let agency = "Rebels captured Hama on 5 December 2024, after days of fighting on the roads north of the town. Ragheed al-Tatari was killed in Homs on 3 March 2012, his family told the agency by telephone.";
    workspace.write("a/one.txt", agency);
    workspace.write("a/copy.txt", format!("Headline of a newspaper\n\n{agency}"));
    workspace.write(
        "a/two.txt",
        "Raghid Tatary was executed on 7 March 2012. The city of Hama was captured on 6 December 2024.",
    );
    workspace.write("a/three.txt", "Hama was captured by the army on 4 July 2016.");
    let ran = workspace.ok(&["build", "--reading", "fast", "a"]);
    assert!(ran.contains("2 told by several documents"), "{ran}");
    let rows: serde_json::Value =
        serde_json::from_str(&workspace.ok(&["ask", "happenings", "--format", "json"])).expect("JSON");
    let cell = |row: &serde_json::Value, name: &str| row[name]["value"].as_str().unwrap_or_default().to_owned();
    let rows = rows["results"]["bindings"].as_array().expect("rows");
    let told = |name: &str| -> Vec<[String; 4]> {
        let of = rows.iter().filter(|row| cell(row, "happened_to").contains(name));
        of.map(|row| ["event_type", "independent", "earliest", "source"].map(|column| cell(row, column))).collect()
    };
    let expected = |rows: [[&str; 4]; 3]| rows.map(|row| row.map(str::to_owned));
    // The days differ and stay; the copy is told as one, and is no further source.
    let mut deaths = told("Tatar");
    deaths.sort();
    assert_eq!(
        deaths,
        expected([
            ["Execution", "2", "2012-03-07", "a/two.txt"],
            ["Killing", "2", "2012-03-03", "a/copy.txt"],
            ["Killing", "2", "2012-03-03", "a/one.txt"],
        ])
    );
    assert_eq!(
        told("Hama").iter().map(|row| row[2].as_str()).collect::<Vec<_>>(),
        ["2024-12-05", "2024-12-05", "2024-12-06"]
    );
    let of_one = workspace.ok(&["ask", "happenings", "entity=Hama", "--format", "csv"]);
    assert_eq!(of_one.lines().count(), 4, "{of_one}");
    // Taken back with the document that told it.
    workspace.write("a/two.txt", "Nothing happened.");
    workspace.write("a/copy.txt", "Nothing happened either.");
    workspace.ok(&["build", "--reading", "fast", "a"]);
    assert_eq!(workspace.run(&["ask", "happenings"]).code, Some(1));
}

#[test]
fn ten_increments_make_the_graph_of_one_build() {
    let texts: Vec<String> = (0..30)
        .map(|number| {
            let name = [
                "Ragheed al-Tatari",
                "Raghid Tatary",
                "Ragheed Ahmad Tattari",
                "Mohammed Khatib",
                "Muhammad al-Khateeb",
            ][number % 5];
            let site = ["Sednaya Prison", "Saydnaya prison", "Tadmor Prison"][number % 3];
            let deed = ["was held at", "was freed from", "was taken to"][number % 4 % 3];
            format!(
                "{name} {deed} {site} in {}. Hama was captured on {} December 2024.",
                1990 + number % 7,
                1 + number % 9
            )
        })
        .collect();
    let write = |workspace: &Workspace, numbers: &[usize]| {
        for &number in numbers {
            workspace.write(&format!("a/{number}.txt"), texts[number].as_str());
        }
    };
    let workspace = Workspace::new();
    let all: Vec<usize> = (0..texts.len()).collect();
    write(&workspace, &all);
    workspace.ok(&["build", "--reading", "fast", "a"]);
    let expected = workspace.export();
    // A few orders that have nothing to do with that of the names.
    for step in [7, 11, 13] {
        let workspace = Workspace::new();
        let order: Vec<usize> = all.iter().map(|number| number * step % texts.len()).collect();
        for increment in order.chunks(3) {
            write(&workspace, increment);
            workspace.ok(&["build", "--reading", "fast", "a"]);
        }
        assert!(workspace.export() == expected, "in steps of {step}");
    }
}
