//! Which place a name means: "Hama" in Syria, not in Japan.

use std::collections::HashMap;

use super::names::Found;
use super::text::Text;
use crate::gazetteer::{Entry, Gazetteer, Hit, NameRole};
use crate::model::{EntityType, Place, Span};

/// The place that each of `spans` names, chosen as in a whole reading that found those names and, elsewhere,
/// `found`; none where the gazetteer has no place of this name. A facility counts where nothing else is called so, and
/// a people ("Syrian") stands for its country.
pub(super) fn of_spans(
    text: &Text<'_>,
    mut found: Vec<Found>,
    spans: &[Span],
    gazetteer: &Gazetteer,
) -> Vec<Option<Place>> {
    found.retain(|mention| !spans.iter().any(|span| span.overlaps(mention.span(text))));
    found.extend(spans.iter().filter_map(|span| named(text, *span, gazetteer)));
    found.sort_by_key(|mention| (mention.first, std::cmp::Reverse(mention.end)));
    choose(text, &mut found);
    let place_at = |span: &Span| found.iter().find(|mention| mention.exact == Some(*span))?.entries.first()?.place();
    spans.iter().map(place_at).collect()
}

/// The words of a span as the name of a place.
fn named(text: &Text<'_>, span: Span, gazetteer: &Gazetteer) -> Option<Found> {
    let (first, end) =
        (text.analysis.word_at(span.start), text.analysis.words.partition_point(|word| word.span.start < span.end));
    let hits = gazetteer.lookup(text.document.text.get(span.start..span.end)?);
    let demonym = |hit: &&Hit| hit.role == NameRole::Demonym;
    let places = hits.iter().filter(|hit| hit.entry.kind.is_geographic() && !demonym(hit));
    let sites = hits.iter().filter(|hit| hit.entry.kind == EntityType::Facility);
    let mut entries: Vec<Entry> = places.map(|hit| hit.entry.clone()).collect();
    if entries.is_empty() {
        entries = hits.iter().filter(demonym).chain(sites).map(|hit| hit.entry.clone()).collect();
    }
    let kind = entries.first()?.kind;
    (first < end).then(|| Found { exact: Some(span), entries, ..Found::new(first, end, kind, "given", 1.0) })
}

/// Puts the likeliest row first in every geographic mention, and sets the mention's type by it.
///
/// Evidence: countries that the document names or whose facilities, people and unambiguous cities
/// it names; population; whether the row is a region ("X governorate", "X province").
pub(super) fn choose(text: &Text<'_>, found: &mut [Found]) {
    let countries = country_weights(found);
    for mention in found.iter_mut() {
        if !mention.kind.is_geographic() || mention.entries.len() < 2 {
            continue;
        }
        let after = text.lower(mention.end);
        let region_word = matches!(after, "governorate" | "province" | "region" | "state" | "oblast" | "district");
        mention.entries.sort_by(|one, other| {
            let rank = |entry: &Entry| score(entry, &countries, region_word);
            rank(other).total_cmp(&rank(one)).then_with(|| one.key.cmp(&other.key))
        });
        mention.kind = mention.entries[0].kind;
    }
}

fn score(entry: &Entry, countries: &HashMap<String, f64>, region_word: bool) -> f64 {
    let country = entry.country.as_ref().and_then(|country| countries.get(country)).copied().unwrap_or(0.0);
    let size = match entry.kind {
        EntityType::Country => 9.0,
        EntityType::Region => {
            if region_word {
                12.0
            } else {
                4.5
            }
        }
        EntityType::Place => 6.0,
        _ => (entry.population as f64 + 1.0).log10(),
    };
    size + 8.0 * country.min(1.0)
}

/// How strongly the document speaks of each country, between 0 and 1.
fn country_weights(found: &[Found]) -> HashMap<String, f64> {
    let mut weights: HashMap<String, f64> = HashMap::new();
    for mention in found {
        let mut countries: Vec<&str> = mention.entries.iter().filter_map(|entry| entry.country.as_deref()).collect();
        countries.sort_unstable();
        countries.dedup();
        // A name that exists in one country only speaks for it.
        if let [country] = countries[..] {
            *weights.entry(country.to_owned()).or_default() += match mention.kind {
                EntityType::Country | EntityType::Nationality | EntityType::Facility => 1.0,
                _ => 0.5,
            };
        }
    }
    let most = weights.values().copied().fold(0.0, f64::max);
    if most > 0.0 {
        weights.values_mut().for_each(|weight| *weight /= most);
    }
    weights
}
