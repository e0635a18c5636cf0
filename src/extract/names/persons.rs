//! Which runs of capitals name persons: what the words around them say, what their own words say,
//! and, for single names, what the rest of the document says.

use std::collections::HashSet;

use super::Found;
use super::rules::{Finder, rejected};
use crate::gazetteer::NameRole;
use crate::model::{EntityType, WordShape};
use smol_str::SmolStr;

impl Finder<'_, '_> {
    /// A run of capitals that names no person: by its last word, by a word of nationality or a country
    /// in it, or by ordinary words. One that is worth no mention has no confidence.
    pub(super) fn thing(&self, token: usize, first: usize, end: usize, titled: bool) -> Option<Found> {
        let text = self.text;
        let things = &self.lexicon.thing;
        let last = text.lower(end - 1);
        let typed = things.openers.get(text.lower(first)).or_else(|| things.heads.get(last).filter(|_| !titled));
        let given = self.lexicon.is_given_name(text.folded(first));
        match typed {
            Some(EntityType::Other) if !given => return Some(rejected(first, end)),
            Some(kind) if !given => return Some(Found::new(first, end, *kind, "head-noun:thing", 0.7)),
            _ => {}
        }
        if titled || given {
            return None;
        }
        let hits = |at: usize| self.gazetteer.lookup_folded(text.folded(at));
        let national = (first..end)
            .any(|at| hits(at).iter().any(|hit| hit.role == NameRole::Demonym && text.shape(at) != WordShape::Lower))
            || hits(end - 1).iter().any(|hit| hit.entry.kind == EntityType::Country && hit.role == NameRole::Primary);
        let joined = text.word(end - 1).split_once('-').is_some_and(|(_, tail)| tail.starts_with(char::is_lowercase));
        let cued = self.person_cue(first, end);
        let post = things.posts.contains(last);
        let ordinary = self.lexicon.is_common(last)
            || (first..end).filter(|&at| self.lexicon.is_common(text.lower(at))).count() * 2 > end - first;
        (post || joined || ordinary || (national && !cued)).then(|| rejected(token, end))
    }

    /// Whether the words around tokens `first..end` say that they name a person.
    pub(super) fn person_cue(&self, first: usize, end: usize) -> bool {
        let text = self.text;
        let saying = &self.lexicon.saying.verbs;
        let before = |back: usize| first.checked_sub(back).map_or("", |at| text.lower(at));
        let title = self.lexicon.titles.words.contains(before(1)) && before(1) != "former";
        let said_before = matches!(before(1), "said" | "says" | "explained" | "added" | "recalled" | "asked" | "told");
        let next = text.lower(end);
        let said_after = saying.contains(next) && next != "found" && next != "report" && next != "reports";
        let relative = next == "," && matches!(text.lower(end + 1), "who" | "whose" | "aged");
        let who = matches!(next, "who" | "whose");
        let age = next == ","
            && text.shape(end + 1) == WordShape::Number
            && text.word(end + 1).len() <= 2
            && matches!(text.word(end + 2), "," | "." | "");
        let named = matches!(before(1), "named" | "called") && before(2) != "was";
        let kin = self.lexicon.kinship.contains_key(before(1));
        title || said_before || said_after || relative || who || age || named || kin
    }

    /// Decides single names by the other names of the document, and drops those nothing speaks for.
    pub(super) fn resolve_single_names(&self, found: &mut [Found]) {
        let parts: Vec<Vec<String>> = found
            .iter()
            .filter(|mention| mention.kind == EntityType::Person && mention.end - mention.first > 1)
            .map(|mention| crate::text::name_parts(self.text.slice(mention.span(self.text))))
            .collect();
        let surnames: HashSet<String> = parts.iter().filter_map(|parts| parts.last().cloned()).collect();
        let known: HashSet<String> = parts.into_iter().flatten().collect();
        // "Hamwi" after "Ali al-Hamwi" is the man, though a town is called so.
        for mention in found.iter_mut() {
            let town =
                mention.kind.is_geographic() && mention.kind != EntityType::Country && mention.end - mention.first == 1;
            let name = crate::text::fold(self.text.word(mention.first));
            if town && surnames.contains(&name) {
                *mention = Found::new(mention.first, mention.end, EntityType::Person, "person:part-of-name", 0.75);
            }
        }
        let cued: HashSet<String> = found
            .iter()
            .filter(|mention| {
                mention.kind == EntityType::Person && mention.end - mention.first == 1 && mention.confidence >= 0.8
            })
            .map(|mention| self.text.folded(mention.first).to_owned())
            .collect();
        for mention in found.iter_mut() {
            if mention.kind != EntityType::Person || mention.end - mention.first != 1 || mention.confidence >= 0.8 {
                continue;
            }
            let name = crate::text::name_parts(self.text.word(mention.first));
            let is_part = name.first().is_some_and(|name| known.contains(name));
            if is_part {
                mention.confidence = 0.75;
                mention.rule = SmolStr::new_static("person:part-of-name");
            } else if cued.contains(self.text.folded(mention.first)) {
                mention.confidence = 0.7;
                mention.rule = SmolStr::new_static("person:named-elsewhere");
            } else {
                mention.confidence = 0.0;
            }
        }
    }
}
