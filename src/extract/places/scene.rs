//! What a document as a whole says of where it is set.

use std::collections::HashMap;

use super::{COUNTRY, REGION, is_place, size};
use crate::extract::names::Found;
use crate::gazetteer::Entry;
use crate::model::{EntityType, Point};

/// How far a place counts as near, in kilometres.
const REACH: f64 = 300.0;
/// The size of what is more than a village.
const LARGE: f64 = 4.0;

/// Country or region → how much of the document speaks of it.
type Shares = HashMap<String, f64>;

/// How strongly a document speaks of each country and region, between 0 and 1.
pub(super) struct Scene {
    countries: Shares,
    regions: Shares,
}

impl Scene {
    /// A name that exists in one country, or in one region, only speaks for it, and so does the name of that.
    pub fn new(found: &[Found], within: &[Option<usize>]) -> Self {
        let (mut countries, mut regions) = (Shares::new(), Shares::new());
        for (index, mention) in found.iter().enumerate() {
            // Villages that share the name of a town do not count.
            let any = mention.entries.iter().any(|entry| size(entry) >= LARGE);
            let large = || mention.entries.iter().filter(|entry| !any || size(entry) >= LARGE || !is_place(mention));
            if let Some(country) = only(large().filter_map(|entry| entry.country.as_deref())) {
                let weight = match mention.kind {
                    EntityType::Country | EntityType::Nationality | EntityType::Facility => 1.0,
                    _ => 0.5,
                };
                *countries.entry(country.to_owned()).or_default() += weight;
            }
            let region = only(large().filter_map(|entry| match entry.kind {
                EntityType::Region => entry.key.strip_prefix("region:").or(entry.region.as_deref()),
                _ => entry.region.as_deref(),
            }));
            let holds = index > 0 && within[index - 1] == Some(index);
            if let Some(region) = region {
                *regions.entry(region.to_owned()).or_default() += if holds { 1.0 } else { 0.5 };
            }
        }
        scale(&mut countries);
        scale(&mut regions);
        Self { countries, regions }
    }

    /// What this counts for a place.
    pub fn of(&self, entry: &Entry) -> f64 {
        COUNTRY * self.country(entry) + REGION * self.region(entry)
    }

    /// Whether the document speaks of the country of a place.
    pub fn speaks_of(&self, entry: &Entry) -> bool {
        self.country(entry) >= 0.15 || self.region(entry) > 0.0
    }

    /// Whether the document speaks of any country.
    pub fn is_set(&self) -> bool {
        !self.countries.is_empty()
    }

    fn country(&self, entry: &Entry) -> f64 {
        entry.country.as_ref().and_then(|country| self.countries.get(country)).copied().unwrap_or_default()
    }

    fn region(&self, entry: &Entry) -> f64 {
        let region = entry.region.as_deref().or_else(|| entry.key.strip_prefix("region:"));
        region.and_then(|region| self.regions.get(region)).copied().unwrap_or_default()
    }
}

fn only<'e>(mut codes: impl Iterator<Item = &'e str>) -> Option<&'e str> {
    let first = codes.next()?;
    codes.all(|other| other == first).then_some(first)
}

/// Counts as shares of the largest one, which is the surer the larger it is.
fn scale(shares: &mut Shares) {
    let most = shares.values().copied().fold(0.0, f64::max);
    shares.values_mut().for_each(|share| *share /= most + 1.0);
}

/// Places of which there is no doubt.
pub(super) struct Near {
    /// Key, point and region of each.
    anchors: Vec<(String, Point, Option<String>)>,
}

impl Near {
    /// At most this many count, the first of the document, so that a long one takes no longer.
    const MOST: usize = 64;

    pub fn new<'e>(undoubted: impl Iterator<Item = &'e Entry>) -> Self {
        let mut anchors: Vec<(String, Point, Option<String>)> = Vec::new();
        for entry in undoubted {
            let Some(point) = entry.point() else { continue };
            if anchors.len() < Self::MOST && anchors.iter().all(|(key, ..)| *key != entry.key) {
                anchors.push((entry.key.clone(), point, entry.region.clone()));
            }
        }
        Self { anchors }
    }

    /// How near a place lies to those of other names than `rows` have: from 0, none in reach, to 1, many there. For a
    /// region: how many lie in it.
    pub fn to(&self, entry: &Entry, rows: &[Entry]) -> f64 {
        let Some(point) = entry.point() else { return 0.0 };
        let others = self.anchors.iter().filter(|(key, ..)| rows.iter().all(|row| row.key != *key));
        let own = entry.key.strip_prefix("region:");
        let closeness = |anchor: Point, region: Option<&str>| match own {
            Some(own) => f64::from(region == Some(own)),
            None => (1.0 - anchor.kilometres_to(point) / REACH).max(0.0),
        };
        let sum: f64 = others.map(|(_, anchor, region)| closeness(*anchor, region.as_deref())).sum();
        sum / (sum + 1.0)
    }
}
