//! Entities of FollowTheMoney → RDF.
//!
//! FollowTheMoney writes an entity as a line of JSON: `{"id": …, "schema": "Person", "properties": {"name": ["…"]}}`.
//! Its terms become those of its own namespace; a value that is the id of another entity of the file leads there.

use std::collections::HashSet;
use std::io::BufRead;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// Namespace of its schemata and properties.
const NAMESPACE: &str = "https://w3id.org/ftm#";
/// What the IRIs of entities begin with.
const ENTITIES: &str = "urn:ftm:";

fn node(prefix: &str, name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{prefix}{}", utf8_percent_encode(name, NON_ALPHANUMERIC)))
}

/// The quads of a file of entities, one on each line.
///
/// # Errors
/// What is wrong with which line.
pub(super) fn read(input: impl BufRead) -> Result<Vec<Quad>, String> {
    let mut entities: Vec<(String, String, serde_json::Map<String, Value>)> = Vec::new();
    for (number, line) in input.lines().enumerate() {
        let fail = |problem: &str| format!("line {}: {problem}", number + 1);
        let line = line.map_err(|error| fail(&error.to_string()))?;
        if line.trim().is_empty() {
            continue;
        }
        let entity: Value = serde_json::from_str(&line).map_err(|error| fail(&format!("no JSON: {error}")))?;
        let text = |key: &str| entity[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let (Some(id), Some(schema)) = (text("id"), text("schema")) else {
            return Err(fail("no entity of FollowTheMoney, which has `id`, `schema` and `properties`"));
        };
        let properties = entity["properties"].as_object().cloned().unwrap_or_default();
        entities.push((id, schema, properties));
    }
    let ids: HashSet<&str> = entities.iter().map(|(id, _, _)| id.as_str()).collect();
    let mut quads = Vec::new();
    for (id, schema, properties) in &entities {
        let own = node(ENTITIES, id);
        let mut add = |predicate: NamedNode, object: Term| {
            quads.push(Quad::new(own.clone(), predicate, object, GraphName::DefaultGraph));
        };
        add(rdf::TYPE.into_owned(), node(NAMESPACE, schema).into());
        for (name, values) in properties {
            for value in values.as_array().into_iter().flatten().filter_map(Value::as_str) {
                let object = if ids.contains(value) {
                    node(ENTITIES, value).into()
                } else {
                    Literal::new_simple_literal(value).into()
                };
                add(node(NAMESPACE, name), object);
            }
        }
    }
    Ok(quads)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_and_what_they_lead_to() {
        let text = r#"{"id": "a b", "schema": "Person", "properties": {"name": ["Ali \"Abu\" Hassan"], "country": ["sy"]}}

{"id": "m", "schema": "Membership", "properties": {"member": ["a b"], "organization": ["gone"]}}"#;
        let lines: Vec<String> = read(text.as_bytes()).expect("entities").iter().map(ToString::to_string).collect();
        assert_eq!(lines.len(), 6, "{lines:?}");
        assert!(
            lines[1..3].contains(&r#"<urn:ftm:a%20b> <https://w3id.org/ftm#name> "Ali \"Abu\" Hassan""#.to_owned())
        );
        assert!(lines.contains(&"<urn:ftm:m> <https://w3id.org/ftm#member> <urn:ftm:a%20b>".to_owned()));
        assert!(lines.contains(&r#"<urn:ftm:m> <https://w3id.org/ftm#organization> "gone""#.to_owned()));
    }

    #[test]
    fn what_is_none_says_where() {
        for (text, expected) in [
            ("{\"id\": \"a\", \"schema\": \"Person\"}\n{", "line 2: no JSON"),
            ("[]", "line 1: no entity"),
            ("{\"id\": \"\", \"schema\": \"Person\"}", "line 1: no entity"),
        ] {
            assert!(read(text.as_bytes()).expect_err("wrong").starts_with(expected), "{text}");
        }
    }
}
