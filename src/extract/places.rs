//! Which place a name means: "Hama" in Syria, not in Japan.

use std::collections::HashMap;

use super::names::Found;
use super::text::Text;
use crate::gazetteer::Entry;
use crate::model::EntityType;

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
