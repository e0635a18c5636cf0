//! One row of the gazetteer.

use crate::model::{EntityType, Place, Point};

/// A place, facility or organisation that is known beforehand.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Stable key, such as `geonames:170654` or `facility:sy-saydnaya-military-prison`.
    pub key: String,
    /// Type of entity.
    pub kind: EntityType,
    /// A subclass in the ontology, such as `Prison`.
    pub subtype: Option<String>,
    /// The usual name.
    pub name: String,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Inhabitants; 0 where unknown.
    pub population: u64,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Name or code of the first-level division.
    pub region: Option<String>,
    /// GeoNames id.
    pub geonames: Option<u64>,
    /// Who runs a facility.
    pub operator: Option<String>,
    /// The city of a facility, the capital of a country.
    pub city: Option<String>,
}

impl Entry {
    /// Reads a packed line: the fields of `tables::FIELDS`, separated by tabs.
    pub(super) fn unpack(line: &str) -> Option<Self> {
        let fields: Vec<&str> = line.split('\t').collect();
        let text = |at: usize| fields.get(at).copied().filter(|field| !field.is_empty()).map(str::to_owned);
        let kind: EntityType = fields.get(1)?.parse().ok()?;
        let subtype = match kind {
            EntityType::Facility | EntityType::Organization => text(3).filter(|subtype| subtype != kind.as_str()),
            _ => None,
        };
        let key = text(0)?;
        let geonames = match key.strip_prefix("geonames:") {
            Some(id) => id.parse().ok(),
            None => text(9).and_then(|id| id.parse().ok()),
        };
        Some(Self {
            kind,
            subtype,
            name: text(2)?,
            latitude: text(4).and_then(|degrees| degrees.parse().ok()),
            longitude: text(5).and_then(|degrees| degrees.parse().ok()),
            population: text(6).and_then(|count| count.parse().ok()).unwrap_or_default(),
            country: text(7),
            region: text(8),
            geonames,
            operator: text(10),
            city: text(11),
            key,
        })
    }

    /// Where it lies.
    pub fn point(&self) -> Option<Point> {
        Some(Point { latitude: self.latitude?, longitude: self.longitude? })
    }

    /// Its coordinates and ids, for an entity that was recognised as this entry.
    pub fn place(&self) -> Option<Place> {
        (self.kind.is_geographic() || self.kind == EntityType::Facility).then(|| Place {
            geonames: self.geonames,
            latitude: self.latitude,
            longitude: self.longitude,
            country: self.country.clone(),
            score: None,
            candidates: Vec::new(),
        })
    }
}
