//! "Talbiseh, Homs, Syria": places that are named together with the wider ones they lie in.

use super::Finder;
use crate::extract::names::Found;
use crate::model::{EntityType, Relation};

/// Wider places after one name at most.
const LONGEST_CHAIN: usize = 3;

impl Finder<'_, '_> {
    /// "X, Y": X lies in Y.
    pub(super) fn wider_place(&self, index: usize, relations: &mut Vec<Relation>) {
        if !self.is_name(index) {
            return;
        }
        let Some((outer, confidence)) = self.wider(index) else { return };
        let found = &self.resolved.found;
        let evidence = found[index].span(self.text).cover(found[outer].span(self.text));
        let pair = (self.entity(index), self.entity(outer));
        let rule = if confidence > 0.8 { "gazetteer-agrees" } else { "comma" };
        self.push(relations, "locatedIn", pair, evidence, rule, confidence);
    }

    /// A name, and the wider places named after it: "of Duma, Syria".
    pub(super) fn with_wider(&self, mention: usize) -> Vec<usize> {
        let mut chain = vec![mention];
        while chain.len() <= LONGEST_CHAIN
            && let Some((outer, _)) = chain.last().and_then(|&last| self.wider(last))
        {
            chain.push(outer);
        }
        chain
    }

    /// The place named after a comma in which `inner` lies, and how sure that is.
    fn wider(&self, inner: usize) -> Option<(usize, f32)> {
        let one = &self.resolved.found[inner];
        let comma = one.end + usize::from(self.text.word(one.end) == ".");
        if self.text.word(comma) != "," {
            return None;
        }
        let outer = self.name_at(comma + 1)?;
        let other = &self.resolved.found[outer];
        if !other.kind.is_geographic() || self.text.sentence_of(one.first) != self.text.sentence_of(other.first) {
            return None;
        }
        if !one.kind.is_geographic() {
            // "Moon Institute, Hama, Syria": an address.
            let addressed = matches!(one.kind, EntityType::Organization | EntityType::Facility)
                && other.kind != EntityType::Country
                && self.wider(outer).is_some();
            return addressed.then_some((outer, 0.65));
        }
        if agrees(one, other) {
            return Some((outer, 0.85));
        }
        let width = self.width(other);
        let lower = rank(one.kind) < width || self.is_district(one) && rank(one.kind) == width;
        (lower && !self.in_list(inner, outer)).then_some((outer, 0.65))
    }

    /// How wide the place is that a name after a comma stands for: a region or a country, or a town where the
    /// gazetteer has one of this name, too.
    fn width(&self, found: &Found) -> usize {
        let word = self.text.lower(found.end - 1);
        let word = if word == "." && found.end - found.first > 1 { self.text.lower(found.end - 2) } else { word };
        if self.in_class("short region", word.trim_end_matches('.')) && found.end - found.first <= 2 {
            return rank(EntityType::Region);
        }
        let entries = found.entries.iter().map(|entry| rank(entry.kind));
        if found.kind == EntityType::Country { rank(found.kind) } else { entries.min().unwrap_or(rank(found.kind)) }
    }

    /// Whether the last word of a name says that it is a part of a region: "Orange County".
    pub(super) fn is_district(&self, found: &Found) -> bool {
        self.in_class("site", self.text.lower(found.end - 1))
    }

    /// Whether two places with a comma between them are members of a list.
    fn in_list(&self, inner: usize, outer: usize) -> bool {
        let (one, other) = (&self.resolved.found[inner], &self.resolved.found[outer]);
        let place =
            |at: usize| self.name_at(at).is_some_and(|mention| self.resolved.found[mention].kind.is_geographic());
        let next = match self.text.word(other.end) {
            "and" | "or" | "&" => place(other.end + 1),
            "," => {
                let joint = usize::from(matches!(self.text.word(other.end + 1), "and" | "or"));
                let at = other.end + 1 + joint;
                // "Duma, Syria, and Tyre, Lebanon" are two places with their countries.
                let also_wider = self.name_at(at).is_some_and(|next| {
                    let next = &self.resolved.found[next];
                    agrees(other, next) || joint > 0 && rank(next.kind) < rank(other.kind)
                });
                place(at) && !also_wider
            }
            _ => false,
        };
        let before = one.first.checked_sub(1).is_some_and(|comma| {
            matches!(self.text.word(comma), "," | "and" | "or")
                && comma.checked_sub(1).and_then(|at| self.clause.mention(at)).is_some_and(|mention| {
                    let known = &self.resolved.found[mention];
                    known.kind.is_geographic() && rank(known.kind) >= rank(one.kind) && known.kind == other.kind
                })
        });
        before || next && (other.kind != EntityType::Country || one.kind == other.kind)
    }
}

/// How wide places of a type are.
fn rank(kind: EntityType) -> usize {
    match kind {
        EntityType::City | EntityType::Place | EntityType::Facility => 0,
        EntityType::Region => 1,
        _ => 2,
    }
}

/// Whether the gazetteer has a place of the inner name in one of the outer name.
pub(super) fn agrees(inner: &Found, outer: &Found) -> bool {
    outer.entries.iter().any(|outer| {
        inner.entries.iter().any(|entry| match outer.kind {
            EntityType::Country => rank(entry.kind) < rank(outer.kind) && entry.country == outer.country,
            EntityType::Region => {
                let region = entry.region.as_deref().filter(|_| rank(entry.kind) == 0);
                region.is_some_and(|region| outer.key.strip_prefix("region:") == Some(region))
            }
            _ => false,
        })
    })
}
