//! Names that the gazetteer lists, at a place of the text.

use super::Found;
use super::rules::Finder;
use crate::gazetteer::{Entry, Hit, NameRole};
use crate::model::{EntityType, WordShape};

/// Inhabitants of a city whose name is looked for in a script without capitals.
const TOWN: u64 = 50_000;

impl Finder<'_, '_> {
    /// The longest gazetteer name at `token` that is written like a name.
    pub(super) fn gazetteer_hit(&self, token: usize, end: usize) -> Option<(usize, Vec<Hit>)> {
        let mut words: Vec<&str> = Vec::with_capacity(12);
        for at in token..end.min(token + 12) {
            let word = self.text.folded(at);
            // A possessive may stand inside a name ("Women's Prison"), a mark may not; a full stop
            // belongs to an abbreviation before it.
            if word.is_empty() {
                break;
            }
            words.push(word);
        }
        let mut limit = words.len();
        while limit > 0 {
            let (count, mut hits) = self.gazetteer.longest(&words[..limit])?;
            let last = token + count - 1;
            hits.retain(|hit| self.is_written_as(hit, token, last));
            if !hits.is_empty() {
                return Some((count, hits));
            }
            limit = count - 1;
        }
        None
    }

    pub(super) fn is_written_as(&self, hit: &Hit, first: usize, last: usize) -> bool {
        let text = self.text;
        let lower_tail = (first + 1..=last).all(|at| !text.is_capital(at));
        match hit.role {
            NameRole::Acronym => first == last && text.shape(first) == WordShape::Upper,
            NameRole::Nickname => true,
            // "Saydnaya military prison", "Syrian intelligence": the head may be in lower case.
            _ if matches!(hit.entry.kind, EntityType::Facility | EntityType::Organization) => true,
            _ => first == last || text.is_capital(last) || !lower_tail,
        }
    }

    pub(super) fn mention_of(&self, token: usize, count: usize, hits: Vec<Hit>, rule: &'static str) -> Option<Found> {
        let kind = hits
            .iter()
            .map(|hit| if hit.role == NameRole::Demonym { EntityType::Nationality } else { hit.entry.kind })
            .min_by_key(|kind| match kind {
                EntityType::Facility => 0,
                EntityType::Organization => 1,
                EntityType::Country => 2,
                EntityType::Nationality => 3,
                EntityType::City => 4,
                EntityType::Region => 5,
                _ => 6,
            })?;
        let entries: Vec<Entry> = hits
            .into_iter()
            .filter(|hit| {
                kind == EntityType::Nationality
                    || hit.entry.kind == kind
                    || (kind.is_geographic() && hit.entry.kind.is_geographic())
            })
            .map(|hit| hit.entry)
            .collect();
        let mut mention = Found::new(token, token + count, kind, rule, 0.9);
        mention.subtype = entries.first().and_then(|entry| entry.subtype.clone());
        mention.entries = entries;
        Some(mention)
    }

    /// A nickname of a facility in quotation marks or lower case.
    pub(super) fn nickname(&self, token: usize, end: usize) -> Option<Found> {
        let (count, mut hits) = self.gazetteer_hit(token, end)?;
        hits.retain(|hit| hit.role == NameRole::Nickname);
        self.mention_of(token, count, hits, "gazetteer:nickname")
    }

    /// A gazetteer name in a script without capitals; conjunctions and prepositions may be joined to it.
    pub(super) fn in_other_script(&self, token: usize, end: usize) -> Option<Found> {
        let (count, mut hits) = self.gazetteer_hit(token, end).or_else(|| {
            let stripped = self.text.folded(token).strip_prefix(['و', 'ب', 'ل', 'ف', 'ك'])?;
            let mut words = vec![stripped];
            words.extend(
                (token + 1..end.min(token + 6)).map(|at| self.text.folded(at)).take_while(|word| !word.is_empty()),
            );
            self.gazetteer.longest(&words)
        })?;
        hits.retain(|hit| hit.role != NameRole::Demonym && hit.role != NameRole::Acronym);
        // Without capitals, a single word that some small town is called is most often just a word.
        hits.retain(|hit| count > 1 || hit.entry.kind != EntityType::City || hit.entry.population >= TOWN);
        self.mention_of(token, count, hits, "gazetteer:other-script")
    }
}
