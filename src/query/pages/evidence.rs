//! The words behind a statement, in their place in the document, with everybody through whom they came down.

use std::collections::BTreeMap;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::super::entity::{Quote, quotes_of_claim};
use super::super::error::QueryError;
use super::super::values::literal;
use super::super::voices::{Voice, chain};
use super::statement::{Statement, claims_of};
use crate::claims::iri;
use crate::model::Annotations;
use crate::ontology::vocabulary::{ID_NAMESPACE, property, schema};
use crate::store::GraphStore;

/// Claims that are looked at for one statement.
const MOST_CLAIMS: usize = 20_000;
/// Places in documents that are shown.
const MOST_PLACES: usize = 60;
/// Characters before and after the words that are shown at most.
const CONTEXT: usize = 400;

/// Which statement, or which node.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Asked {
    /// The node that something is said of; alone, all that is claimed of it.
    pub subject: String,
    /// What is said, as an IRI.
    pub predicate: Option<String>,
    /// The other node, as an IRI, or a value.
    pub object: Option<String>,
}

/// Words of a document and what was read from them.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Place {
    /// The words, their document and their place in it.
    #[serde(flatten)]
    pub quote: Quote,
    /// Where the document stands in the web.
    pub url: Option<String>,
    /// What stands before them.
    pub before: String,
    /// What stands after them.
    pub after: String,
    /// Who says so, one chain for each attribution.
    pub chains: Vec<Vec<Voice>>,
    /// What was read from them.
    pub statements: Vec<Statement>,
}

/// The words behind a statement.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Evidence {
    /// In order of documents.
    pub places: Vec<Place>,
    /// How many there are.
    pub total: usize,
}

/// The words behind a statement, a claim, an event, a figure, or the naming of an entity.
///
/// # Errors
/// If the database cannot be read.
pub fn evidence(store: &GraphStore, asked: &Asked) -> Result<Evidence, QueryError> {
    let subject = NamedNode::new_unchecked(asked.subject.as_str());
    let mut nodes: Vec<NamedNode> = Vec::new();
    if let Some(predicate) = &asked.predicate {
        let predicate = NamedNodeRef::new_unchecked(predicate);
        for claim in claims_of(store, &subject, MOST_CLAIMS)? {
            if has(store, &claim, rdf::PREDICATE, |term| *term == Term::from(predicate))?
                && asked
                    .object
                    .as_deref()
                    .map_or(Ok(true), |object| has(store, &claim, rdf::OBJECT, |term| is(term, object)))?
            {
                nodes.push(claim);
            }
        }
    } else {
        nodes.push(subject.clone());
        if subject.as_str().strip_prefix(ID_NAMESPACE).is_some_and(|local| local.starts_with("event/")) {
            nodes.extend(claims_of(store, &subject, MOST_CLAIMS)?);
        }
    }
    // What was read from the same words stands together.
    let mut places: BTreeMap<(String, usize, usize), Place> = BTreeMap::new();
    for node in nodes {
        let statement = Statement::of(store, &node)?;
        let mut chains = None;
        for quote in quotes_of_claim(store, node.as_ref())? {
            let key = (quote.document.clone(), quote.start, quote.end);
            let place = places.entry(key).or_insert_with(|| Place {
                quote,
                url: None,
                before: String::new(),
                after: String::new(),
                chains: Vec::new(),
                statements: Vec::new(),
            });
            place.statements.extend(statement.clone());
            let chains = match &chains {
                Some(chains) => chains,
                None => chains.insert(self::chains(store, &node)?),
            };
            place.chains.extend(chains.iter().cloned());
        }
    }
    let total = places.len();
    let mut documents: BTreeMap<String, (Option<Annotations>, Option<String>)> = BTreeMap::new();
    let mut shown: Vec<Place> = places.into_values().take(MOST_PLACES).collect();
    for place in &mut shown {
        place.chains.sort();
        place.chains.dedup();
        place.statements.sort();
        let document = &place.quote.document;
        if !documents.contains_key(document) {
            let id = iri::document_id(document).unwrap_or_default();
            let url = literal(store, NamedNodeRef::new_unchecked(document), schema::URL)?;
            documents.insert(document.clone(), (store.annotations(id)?, url));
        }
        if let Some((annotations, url)) = documents.get(document) {
            place.url.clone_from(url);
            if let Some(annotations) = annotations {
                (place.before, place.after) = around(annotations, place.quote.start, place.quote.end);
            }
        }
    }
    Ok(Evidence { places: shown, total })
}

fn has(
    store: &GraphStore,
    claim: &NamedNode,
    part: NamedNodeRef<'_>,
    fits: impl Fn(&Term) -> bool,
) -> Result<bool, QueryError> {
    for quad in store.database().quads_for_pattern(Some(claim.into()), Some(part), None, None) {
        if fits(&quad?.object) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is(term: &Term, object: &str) -> bool {
    match term {
        Term::NamedNode(node) => node.as_str() == object,
        Term::Literal(value) => value.value() == object,
        _ => false,
    }
}

fn chains(store: &GraphStore, node: &NamedNode) -> Result<Vec<Vec<Voice>>, QueryError> {
    let mut chains = Vec::new();
    for quad in store.database().quads_for_pattern(Some(node.into()), Some(property::ATTRIBUTION), None, None) {
        let quad = quad?;
        if let (NamedOrBlankNode::NamedNode(_), Term::NamedNode(attribution)) = (quad.subject, quad.object) {
            chains.push(chain(store, attribution.as_ref())?);
        }
    }
    chains.sort();
    chains.dedup();
    Ok(chains)
}

/// The rest of the sentence before and after code points `start..end`, and the sentences next to it.
fn around(annotations: &Annotations, start: usize, end: usize) -> (String, String) {
    let text = &annotations.document.text;
    let byte = |point: usize| text.char_indices().nth(point).map_or(text.len(), |(at, _)| at);
    let (start, end) = (byte(start), byte(end));
    let sentences = &annotations.analysis.sentences;
    let first = sentences.partition_point(|sentence| sentence.span.end <= start).saturating_sub(1);
    let last = sentences.partition_point(|sentence| sentence.span.start < end);
    let from = sentences.get(first).map_or(start, |sentence| sentence.span.start.min(start));
    let to = sentences.get(last).map_or(end, |sentence| sentence.span.end.max(end));
    let before = text.get(from..start).unwrap_or_default();
    let after = text.get(end..to).unwrap_or_default();
    let cut = before.char_indices().rev().nth(CONTEXT).map_or(0, |(at, _)| at);
    (before[cut..].to_owned(), after.chars().take(CONTEXT).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Reader;
    use crate::model::Document;

    #[test]
    fn the_sentences_beside_the_words_are_shown() {
        let text = "Émile left. Ali Hassan was freed from Evin Prison. He went home. Nobody saw it.";
        let annotations = Reader::default().read(Document::from_text("t", text));
        let at = |words: &str| {
            let byte = text.find(words).expect("the words are there");
            let start = text[..byte].chars().count();
            (start, start + words.chars().count())
        };
        for (words, before, after) in [
            ("Ali Hassan was freed from Evin Prison.", "Émile left. ", " He went home."),
            ("was freed", "Émile left. Ali Hassan ", " from Evin Prison. He went home."),
            ("Émile left.", "", " Ali Hassan was freed from Evin Prison."),
            ("Nobody saw it.", "He went home. ", ""),
        ] {
            let (start, end) = at(words);
            let found = around(&annotations, start, end);
            assert_eq!((found.0.as_str(), found.1.as_str()), (before, after), "{words}");
        }
        assert_eq!(around(&annotations, 10_000, 10_001), ("Nobody saw it.".to_owned(), String::new()));
    }
}
