//! Which part of the graph a command line means.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use isnad::graph::Selection;
use isnad::ontology::Schema;
use isnad::ontology::vocabulary::{property, schema};
use isnad::query::{self, Evaluation, Questions};
use isnad::store::GraphStore;
use oxigraph::model::{GraphNameRef, NamedOrBlankNode, Term};
use oxigraph::sparql::QueryResults;

use super::args::PartArgs;
use super::output::{Output, clean};
use super::resolve;

/// The part that the arguments choose.
pub(super) fn selection(store: &GraphStore, args: &PartArgs, output: &Output) -> Result<Selection> {
    for class in &args.class {
        known_class(class)?;
    }
    let mut selection = Selection { classes: args.class.clone(), period: args.period, ..Selection::default() };
    if let Some(root) = &args.root {
        selection.root = Some((resolve::entity(store, root, None, output)?.into_string(), args.depth));
    }
    for place in &args.place {
        selection.places.push(resolve::entity(store, place, Some("SpatialThing"), output)?.into_string());
    }
    for source in &args.source {
        selection.sources.extend(documents(store, source)?);
    }
    if let Some((name, parameters)) = args.question.split_first() {
        selection.answers = Some(answers(store, name, parameters, output)?);
    }
    Ok(selection)
}

fn known_class(name: &str) -> Result<()> {
    let schema = Schema::embedded();
    if schema.class(name).is_some() {
        return Ok(());
    }
    let near = schema.classes().map(|class| class.name.as_str()).filter(|known| is_near(known, name));
    let near: Vec<&str> = near.collect();
    let hint = if near.is_empty() {
        "`isnad stats` lists those that there are".to_owned()
    } else {
        format!("did you mean {}?", near.join(" or "))
    };
    bail!("there is no class `{}`\nhint: {hint}", clean(name));
}

/// Whether one is the other in another case, a part of it, or one letter away from it.
fn is_near(known: &str, name: &str) -> bool {
    let (known, name) = (known.to_lowercase(), name.to_lowercase());
    let same_ends = |one: &str, other: &str| {
        let start = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        let end = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b).count();
        start + end + 1 >= one.chars().count().max(other.chars().count())
    };
    known == name || name.len() > 3 && (known.contains(&name) || name.contains(&known) || same_ends(&known, &name))
}

/// Documents of this IRI, or with these words in their path or title.
fn documents(store: &GraphStore, wanted: &str) -> Result<Vec<String>> {
    let iri = resolve::iri(wanted)?;
    let mut found = BTreeSet::new();
    for predicate in [property::SOURCE_PATH, schema::HEADLINE] {
        let named = store.database().quads_for_pattern(None, Some(predicate), None, Some(GraphNameRef::DefaultGraph));
        for quad in named {
            let quad = quad?;
            if let (NamedOrBlankNode::NamedNode(document), Term::Literal(name)) = (quad.subject, quad.object)
                && (iri.as_ref() == Some(&document) || iri.is_none() && name.value().contains(wanted))
            {
                found.insert(document.into_string());
            }
        }
    }
    if found.is_empty() {
        bail!("no document is called `{}`\nhint: `isnad ask sources` lists them", clean(wanted));
    }
    Ok(found.into_iter().collect())
}

/// The nodes that answer a saved question, and those that it was asked about.
fn answers(store: &GraphStore, name: &str, parameters: &[String], output: &Output) -> Result<BTreeSet<String>> {
    let questions = Questions::of_store(store.folder());
    let question = questions.get(name)?;
    let binding = question.bind(store, parameters)?;
    for understood in &binding.understood {
        output.say(understood);
    }
    let mut found = BTreeSet::new();
    let mut add = |term: &Term| {
        if let Term::NamedNode(node) = term {
            found.insert(node.as_str().to_owned());
        }
    };
    binding.given.iter().for_each(|(_, term)| add(term));
    let how = Evaluation { given: binding.given, ..Evaluation::default() };
    query::evaluate::<_, anyhow::Error>(store, &question.sparql, &how, |results| {
        match results {
            QueryResults::Solutions(solutions) => {
                for solution in solutions {
                    solution?.iter().for_each(|(_, term)| add(term));
                }
            }
            QueryResults::Graph(triples) => {
                for triple in triples {
                    let triple = triple?;
                    add(&triple.subject.into());
                    add(&triple.object);
                }
            }
            QueryResults::Boolean(_) => {}
        }
        Ok(())
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_hints() {
        for (known, name, near) in [
            ("Prison", "prison", true),
            ("Prison", "Prisn", true),
            ("Prison", "Prisons", true),
            ("City", "Prison", false),
            ("SecurityBranch", "Branch", true),
            ("Law", "a", false),
        ] {
            assert_eq!(is_near(known, name), near, "{known} {name}");
        }
    }
}
