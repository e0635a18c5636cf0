//! Answers and pictures in every format can be read by others.

use std::collections::BTreeSet;

use oxigraph::model::Term;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};

use super::support::{corpus, text};

const ROWS: &str = "SELECT ?thing ?name ?quote WHERE { ?thing isnad:name ?name . OPTIONAL { GRAPH ?g { ?thing isnad:evidence/oa:hasSelector/oa:exact ?quote } } }";

/// Answers as sets of rows; a value that is not bound is empty.
fn parsed(format: QueryResultsFormat, answer: &str) -> BTreeSet<Vec<String>> {
    let SliceQueryResultsParserOutput::Solutions(solutions) =
        QueryResultsParser::from_format(format).for_slice(answer.as_bytes()).expect("a header")
    else {
        panic!("rows are wanted")
    };
    let names = solutions.variables().to_vec();
    assert_eq!(names.iter().map(|name| name.as_str()).collect::<Vec<_>>(), ["thing", "name", "quote"]);
    let cell = |term: Option<&Term>| term.map(text).unwrap_or_default();
    solutions.map(|row| row.expect("a row")).map(|row| names.iter().map(|name| cell(row.get(name))).collect()).collect()
}

/// A reader of RFC 4180.
fn csv(answer: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut letters = answer.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter => cell.push(letter),
        }
    }
    assert!(!quoted && cell.is_empty() && row.is_empty(), "the last line is whole");
    rows
}

#[test]
fn rows_are_the_same_in_every_format() {
    let graph = corpus();
    let answer = |format: &str| graph.ok(&["query", "--format", format, ROWS]);
    let expected = parsed(QueryResultsFormat::Json, &answer("json"));
    assert!(expected.len() > 100, "{}", expected.len());
    assert!(expected.iter().any(|row| row[2].contains('"') || row[2].contains(',')), "something that needs quoting");
    assert_eq!(parsed(QueryResultsFormat::Xml, &answer("xml")), expected);
    assert_eq!(parsed(QueryResultsFormat::Tsv, &answer("tsv")), expected);
    let mut rows = csv(&answer("csv"));
    assert_eq!(rows.remove(0), ["thing", "name", "quote"]);
    assert_eq!(rows.into_iter().collect::<BTreeSet<_>>(), expected);
}

#[test]
fn yes_and_no_in_every_format() {
    let graph = corpus();
    for (sparql, code, value) in [("ASK { ?p a isnad:Prison }", 0, true), ("ASK { ?p a isnad:Checkpoint }", 1, false)] {
        for (name, format) in [("json", QueryResultsFormat::Json), ("xml", QueryResultsFormat::Xml)] {
            let ran = graph.run(&["query", "--format", name, sparql]);
            assert_eq!(ran.code, Some(code), "{ran:?}");
            let parsed = QueryResultsParser::from_format(format).for_slice(ran.stdout.as_bytes()).expect("an answer");
            assert!(
                matches!(parsed, SliceQueryResultsParserOutput::Boolean(found) if found == value),
                "{}",
                ran.stdout
            );
        }
    }
}

/// Names of the elements of an XML document, after a check that tags and quotes are balanced and
/// that no `&` or `<` stands for itself.
#[track_caller]
fn elements(xml: &str) -> Vec<String> {
    let (mut open, mut all) = (Vec::new(), Vec::new());
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        let words = &rest[..at];
        assert!(!open.is_empty() || words.trim().is_empty(), "text outside of the root: {words}");
        references(words);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix("!--") {
            rest = &after[after.find("-->").expect("a comment ends") + 3..];
            continue;
        }
        if let Some(after) = rest.strip_prefix("![CDATA[") {
            rest = &after[after.find("]]>").expect("CDATA ends") + 3..];
            continue;
        }
        if rest.starts_with(['?', '!']) {
            rest = &rest[rest.find('>').expect("a declaration ends") + 1..];
            continue;
        }
        let mut quote = None;
        let end = rest
            .char_indices()
            .find(|(_, letter)| match (quote, letter) {
                (None, '"' | '\'') => {
                    quote = Some(*letter);
                    false
                }
                (Some(mark), letter) if mark == *letter => {
                    quote = None;
                    false
                }
                (quote, '<') => panic!("`<` inside of a tag, quote {quote:?}: {}", &rest[..40.min(rest.len())]),
                (None, '>') => true,
                _ => false,
            })
            .map(|(at, _)| at)
            .expect("a tag ends");
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        references(tag);
        let name = |tag: &str| tag.split([' ', '\n', '\t', '/']).next().unwrap_or_default().to_owned();
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(closed.trim()), "{closed} closes another");
        } else {
            all.push(name(tag));
            if !tag.ends_with('/') {
                open.push(name(tag));
            }
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "left open: {open:?}");
    all
}

#[track_caller]
fn references(text: &str) {
    for (at, _) in text.match_indices('&') {
        let name = text[at + 1..].split(';').next().unwrap_or_default();
        let known = ["amp", "lt", "gt", "quot", "apos"].contains(&name) || name.starts_with('#');
        assert!(known, "`&{name}` is no reference");
    }
}

fn count(elements: &[String], name: &str) -> usize {
    elements.iter().filter(|element| *element == name).count()
}

#[test]
fn graphml_is_xml_with_nodes_and_edges() {
    let graph = corpus();
    for view in ["relations", "events", "all"] {
        let xml = graph.ok(&["export", "--format", "graphml", "--view", view]);
        let elements = elements(&xml);
        let (nodes, edges) = (count(&elements, "node"), count(&elements, "edge"));
        assert!(nodes > 30 && edges > 20, "{view}: {nodes} nodes, {edges} edges");
        assert!(xml.contains("Saydnaya Military Prison") && xml.contains("Ragheed al-Tatari"));
    }
}

#[test]
fn svg_is_xml_and_loads_nothing() {
    let graph = corpus();
    for arguments in [&["--root", "Tatari"][..], &[]] {
        let svg = graph.ok(&[&["export", "--format", "svg"], arguments].concat());
        let elements = elements(&svg);
        assert_eq!(elements.first().map(String::as_str), Some("svg"));
        assert!(count(&elements, "text") + count(&elements, "tspan") > 3);
        assert_eq!(count(&elements, "script") + count(&elements, "image") + count(&elements, "foreignObject"), 0);
        assert!(svg.contains("Tatari"));
        assert_eq!(remote(&svg), Vec::<String>::new());
    }
}

#[test]
fn dot_is_one_graph() {
    let dot = corpus().ok(&["export", "--format", "dot"]);
    assert!(dot.starts_with("digraph") && dot.trim_end().ends_with('}'), "{}", &dot[..80]);
    assert!(dot.contains("->") && dot.contains("Saydnaya Military Prison"));
    // Outside of strings, braces and brackets are balanced; every string ends.
    let (mut depth, mut string, mut escaped) = (0_i32, false, false);
    for letter in dot.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if string => escaped = true,
            '"' => string = !string,
            '{' | '[' if !string => depth += 1,
            '}' | ']' if !string => depth -= 1,
            _ => {}
        }
        assert!(depth >= 0);
    }
    assert!(depth == 0 && !string);
}

/// Everything that a page would fetch from elsewhere.
fn remote(page: &str) -> Vec<String> {
    let lower = page.to_lowercase();
    let mut found = Vec::new();
    for attribute in ["src", "href", "srcset", "action", "poster", "data", "xlink:href"] {
        for (at, _) in lower.match_indices(&format!("{attribute}=")) {
            let before = lower[..at].chars().next_back();
            let value = lower[at + attribute.len() + 1..].trim_start_matches(['"', '\'', ' ', '\\']);
            if before.is_none_or(|letter| !letter.is_alphanumeric() && letter != '-')
                && ["http:", "https:", "//", "ftp:", "ws:", "wss:"].iter().any(|start| value.starts_with(start))
            {
                found.push(value.chars().take(60).collect());
            }
        }
    }
    for call in [
        "url(http",
        "url(\"http",
        "url('http",
        "url(//",
        "@import",
        "fetch(",
        "xmlhttprequest",
        "importscripts",
        "navigator.sendbeacon",
        "new websocket",
    ] {
        found.extend(lower.match_indices(call).map(|(at, _)| lower[at..].chars().take(60).collect::<String>()));
    }
    found
}

#[test]
fn the_page_is_whole_and_loads_nothing() {
    let graph = corpus();
    assert_eq!(
        remote("<script src=\"https://x.example/a.js\"></script><a href='//x'>").len(),
        2,
        "the check itself finds what it is for"
    );
    for arguments in [&["--root", "Sednaya", "--depth", "1"][..], &[]] {
        let page = graph.ok(&[&["export", "--format", "html"], arguments].concat());
        assert!(page.to_lowercase().starts_with("<!doctype html") && page.trim_end().ends_with("</html>"));
        assert!(page.contains("Saydnaya Military Prison"));
        assert_eq!(remote(&page), Vec::<String>::new());
        for tag in ["html", "head", "body", "script", "style", "svg"] {
            let (open, closed) = (page.matches(&format!("<{tag}")).count(), page.matches(&format!("</{tag}>")).count());
            assert!(open >= closed && (closed > 0 || open == 0), "{tag}: {open} and {closed}");
        }
    }
}

#[test]
fn names_that_are_markup_stay_names() {
    let workspace = super::support::Workspace::new();
    let record = serde_json::json!({"text": "Rebels captured Hama on 5 December 2024.", "title": "</script><script>alert(1)</script> & \"x\" <b>", "publisher": "<img src=x onerror=alert(1)> & ]]>"});
    workspace.write("evil.jsonl", format!("{record}\n"));
    workspace.ok(&["build", "evil.jsonl"]);
    let page = workspace.ok(&["export", "--format", "html", "--view", "all"]);
    assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "a title became markup");
    elements(&workspace.ok(&["export", "--format", "svg", "--view", "all"]));
    elements(&workspace.ok(&["export", "--format", "graphml", "--view", "all"]));
}
