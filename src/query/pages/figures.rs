//! Counts that have to do with an entity: given by it, about it as a place, or about its events.

use std::collections::BTreeSet;

use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::super::error::QueryError;
use super::super::values::{literal, node, notation};
use super::super::voices::{Voice, chain};
use super::{Linked, Source};
use crate::ontology::vocabulary::{local_name, property};
use crate::store::GraphStore;

/// Attributions of one source that are looked at.
const MOST_SAID: usize = 2_000;

/// A count, with who gives it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct FigureView {
    /// Its IRI.
    pub iri: String,
    /// The number's words.
    pub text: String,
    /// The number, the lower one of a range.
    pub value: Option<String>,
    /// The upper number of a range.
    pub upper: Option<String>,
    /// Exact, at least…
    pub bound: String,
    /// What is counted, in the singular.
    pub unit: String,
    /// Local names of classes of events: what befell the counted.
    pub counted: Vec<String>,
    /// How often, where it is no total.
    pub rate: String,
    /// Where.
    pub place: Option<Linked>,
    /// First day of the period.
    pub from: Option<String>,
    /// Last day of the period.
    pub to: Option<String>,
    /// Between 0 and 1, two decimals.
    pub confidence: Option<String>,
    /// Whether the sentence hedges it.
    pub modality: String,
    /// Who says so, one chain for each attribution.
    pub chains: Vec<Vec<Voice>>,
    /// The document.
    pub source: Source,
}

/// The figures that an entity gives, or that are about it or one of its events; at most `most`, and how many there are.
pub(super) fn figures<'e>(
    store: &GraphStore,
    entity: NamedNodeRef<'_>,
    events: impl Iterator<Item = &'e str>,
    most: usize,
) -> Result<(Vec<FigureView>, usize), QueryError> {
    let mut found: BTreeSet<NamedNode> = BTreeSet::new();
    let mut add = |predicate: NamedNodeRef<'_>, object: NamedNodeRef<'_>, most: usize| -> Result<(), QueryError> {
        let quads = store.database().quads_for_pattern(None, Some(predicate), Some(object.into()), None);
        for quad in quads.take(most) {
            if let NamedOrBlankNode::NamedNode(figure) = quad?.subject
                && literal(store, figure.as_ref(), property::UNIT)?.is_some()
            {
                found.insert(figure);
            }
        }
        Ok(())
    };
    add(property::FIGURE_PLACE, entity, MOST_SAID)?;
    for event in events {
        add(property::FIGURE_EVENT, NamedNodeRef::new_unchecked(event), MOST_SAID)?;
    }
    let said = store.database().quads_for_pattern(None, Some(property::SOURCE), Some(entity.into()), None);
    for quad in said.take(MOST_SAID) {
        if let NamedOrBlankNode::NamedNode(attribution) = quad?.subject {
            add(property::ATTRIBUTION, attribution.as_ref(), MOST_SAID)?;
        }
    }
    let total = found.len();
    let mut figures: Vec<FigureView> =
        found.into_iter().take(most).map(|figure| view(store, &figure)).collect::<Result<_, _>>()?;
    // Those that count the same stand side by side.
    let number = |figure: &FigureView| figure.value.as_deref().and_then(|value| value.parse::<i64>().ok());
    figures.sort_by(|one, other| {
        (&one.unit, &one.counted)
            .cmp(&(&other.unit, &other.counted))
            .then_with(|| number(other).cmp(&number(one)))
            .then_with(|| one.iri.cmp(&other.iri))
    });
    Ok((figures, total))
}

fn view(store: &GraphStore, figure: &NamedNode) -> Result<FigureView, QueryError> {
    let text = |predicate| literal(store, figure.as_ref(), predicate);
    let value = |predicate| notation(store, figure.as_ref(), predicate);
    let mut view = FigureView {
        iri: figure.as_str().to_owned(),
        text: text(property::TEXT)?.unwrap_or_default(),
        value: text(property::VALUE)?,
        upper: text(property::UPPER_VALUE)?,
        bound: value(property::BOUND)?,
        unit: text(property::UNIT)?.unwrap_or_default(),
        counted: Vec::new(),
        rate: value(property::RATE)?,
        place: node(store, figure.as_ref(), property::FIGURE_PLACE)?
            .map(|place| Linked::of(store, place.as_ref()))
            .transpose()?,
        from: text(property::PERIOD_EARLIEST)?,
        to: text(property::PERIOD_LATEST)?,
        confidence: text(property::CONFIDENCE)?,
        modality: value(property::MODALITY)?,
        chains: Vec::new(),
        source: Source::default(),
    };
    for quad in store.database().quads_for_pattern(Some(figure.into()), None, None, None) {
        let quad = quad?;
        let Term::NamedNode(object) = &quad.object else { continue };
        if quad.predicate == property::COUNTED {
            view.counted.extend(local_name(object.as_ref()).map(str::to_owned));
        } else if quad.predicate == property::ATTRIBUTION {
            view.chains.push(chain(store, object.as_ref())?);
        }
        if let (GraphNameRef::NamedNode(document), true) = (quad.graph_name.as_ref(), view.source.iri.is_empty()) {
            view.source = Source::of(store, document)?;
        }
    }
    view.counted.sort();
    view.counted.dedup();
    view.chains.sort();
    view.chains.dedup();
    Ok(view)
}
