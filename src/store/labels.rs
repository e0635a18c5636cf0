//! Which of its names an entity is shown by.

use std::collections::{BTreeSet, HashMap};

use oxigraph::model::vocab::rdfs;
use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::document_quads::DocumentQuads;
use super::error::StoreError;
use super::graph_store::GraphStore;
use crate::link::Decisions;
use crate::ontology::vocabulary::property;

impl GraphStore {
    /// Gives every entity whose names have changed the best of them, or the one that was decided on, as label.
    pub(super) fn write_labels(&mut self, decisions: &Decisions) -> Result<(), StoreError> {
        let leads = |iri: &'_ str| self.linked.same.get(iri).cloned().unwrap_or_else(|| iri.to_owned());
        let decided: HashMap<String, &str> = decisions.names().map(|(iri, name)| (leads(iri), name)).collect();
        let mut removed = Vec::new();
        let mut written = Vec::new();
        for entity in &self.renamed {
            let mut names: BTreeSet<String> = BTreeSet::new();
            let mut labels = Vec::new();
            let mut fixed = false;
            for quad in self.store.quads_for_pattern(Some(entity.into()), None, None, Some(GraphNameRef::DefaultGraph))
            {
                let quad = self.check(quad)?;
                let Term::Literal(value) = &quad.object else { continue };
                match quad.predicate.as_ref() {
                    predicate if is_name(predicate) => drop(names.insert(value.value().to_owned())),
                    predicate if predicate == rdfs::LABEL => labels.push(quad),
                    predicate if predicate == property::GAZETTEER_SOURCE => fixed = true,
                    _ => {}
                }
            }
            // What the gazetteer knows keeps its name there, but for a people ("Syrians").
            let decided = decided.get(entity.as_str()).copied();
            if fixed && decided.is_none() && !labels.is_empty() && !entity.as_str().contains("/nationality/") {
                continue;
            }
            let best = decided.or_else(|| best(names.iter().map(String::as_str))).map(|name| {
                Quad::new(entity.clone(), rdfs::LABEL, Literal::new_simple_literal(name), GraphName::DefaultGraph)
            });
            let kept = best.as_ref().is_some_and(|best| labels.contains(best));
            removed.extend(labels.into_iter().filter(|label| Some(label) != best.as_ref()));
            written.extend(best.filter(|_| !kept));
        }
        if !removed.is_empty() {
            let mut transaction = self.check(self.store.start_transaction())?;
            for quad in &removed {
                transaction.remove(quad);
            }
            self.check(transaction.commit())?;
        }
        if !written.is_empty() {
            self.load(written.into_iter())?;
        }
        self.touched.append(&mut self.renamed);
        Ok(())
    }
}

fn is_name(predicate: NamedNodeRef<'_>) -> bool {
    predicate == property::NAME || predicate == property::DESCRIPTION
}

/// The entities that get or lose a name.
pub(super) fn renamed(batch: &[DocumentQuads], gone: &[Quad]) -> BTreeSet<NamedNode> {
    let facts = batch.iter().flat_map(|quads| &quads.facts).map(|fact| (&fact.subject, fact.predicate.as_ref()));
    let leaving = gone
        .iter()
        .filter(|quad| quad.graph_name == GraphName::DefaultGraph)
        .map(|quad| (&quad.subject, quad.predicate.as_ref()));
    facts
        .chain(leaving)
        .filter(|(_, predicate)| is_name(*predicate))
        .filter_map(|(subject, _)| match subject {
            NamedOrBlankNode::NamedNode(entity) => Some(entity.clone()),
            NamedOrBlankNode::BlankNode(_) => None,
        })
        .collect()
}

/// The name to show: the one with most parts, then the longest, then the first in order. A function
/// of the set of names, so that no order of documents matters.
pub(super) fn best<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names.max_by_key(|name| (name.split_whitespace().count().min(4), name.chars().count(), std::cmp::Reverse(*name)))
}

#[cfg(test)]
mod tests {
    use super::best;

    #[test]
    fn the_fullest_name_wins_in_any_order() {
        let names = ["Tatari", "Ragheed al-Tatari", "Ragheed Tatari"];
        assert_eq!(best(names.into_iter()), Some("Ragheed al-Tatari"));
        assert_eq!(best(names.into_iter().rev()), Some("Ragheed al-Tatari"));
        assert_eq!(best(std::iter::empty()), None);
    }
}
