//! Whose relative a description means: "her brother", "Ana's cousin", "his son and daughter".

use super::Resolved;
use crate::extract::lexicon::Lexicon;
use crate::extract::text::Text;
use crate::model::EntityType;

/// Mentions before and after in which the owner of a description is found.
const NEAR: usize = 4;
/// Members of a list of relatives.
const MOST: usize = 6;

impl Resolved {
    /// The mention of the person whose relative the description `index` means.
    pub fn relative_of(&self, text: &Text<'_>, index: usize, lexicon: &Lexicon) -> Option<usize> {
        let mut at = index;
        for _ in 0..MOST {
            let first = self.found[at].first;
            let near = at.saturating_sub(NEAR)..(at + NEAR).min(self.found.len());
            let pronoun = near.clone().find(|&other| {
                let known = &self.found[other];
                known.possessive && (known.end == first || known.first == first)
            });
            if pronoun.is_some() {
                return pronoun;
            }
            let before = first.checked_sub(1)?;
            let ends = |other: &usize| {
                let known = &self.found[*other];
                known.end == before && matches!(known.kind, EntityType::Person | EntityType::PersonGroup)
            };
            match text.lower(before) {
                "'s" | "’s" => return near.clone().find(ends),
                // "her brother and brother-in-law": one owner for both.
                "and" => {
                    at = near
                        .clone()
                        .find(ends)
                        .filter(|&other| lexicon.kinship.contains_key(&self.found[other].head))?
                }
                _ => return None,
            }
        }
        None
    }
}
