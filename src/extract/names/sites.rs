//! Facilities that are named by their head noun, their number or their town.

use smol_str::SmolStr;

use super::Found;
use super::rules::Finder;
use crate::gazetteer::{Entry, Hit, NameRole};
use crate::model::{EntityType, WordShape};

impl Finder<'_, '_> {
    /// "Branch 215", "Hospital 601", "Military Hospital 601".
    pub(super) fn numbered_facility(&self, token: usize, end: usize) -> Option<Found> {
        let text = self.text;
        let mut head = token;
        while head < end
            && text.is_capital(head)
            && !self.lexicon.facility.numbered.contains_key(text.lower(head))
            && head < token + 3
        {
            head += 1;
        }
        let class = self.lexicon.facility.numbered.get(text.lower(head))?;
        if head + 1 >= end || text.shape(head + 1) != WordShape::Number || !text.is_capital(head) {
            return None;
        }
        if text.word(head + 1).len() > 4 || !text.word(head + 1).bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        if let Some((count, hits)) = self.gazetteer_hit(head, end).filter(|(count, _)| *count >= 2) {
            let mut mention = self.mention_of(head, count, hits, "gazetteer:numbered-facility")?;
            mention.first = token;
            return Some(mention);
        }
        let mut mention = Found::new(token, head + 2, EntityType::Facility, "head-noun:numbered-facility", 0.85);
        mention.subtype = Some(class.clone());
        Some(mention)
    }

    /// "Court of Justice", "Palace of Justice in Damascus".
    pub(super) fn court(&self, token: usize, end: usize) -> Option<Found> {
        let text = self.text;
        if !matches!(text.lower(token), "court" | "palace")
            || text.lower(token + 1) != "of"
            || !text.is_capital(token + 2)
            || token + 2 >= end
        {
            return None;
        }
        let mut last = token + 2;
        while last + 1 < end && text.is_capital(last + 1) {
            last += 1;
        }
        let mut mention = Found::new(token, last + 1, EntityType::Facility, "head-noun:court", 0.85);
        mention.subtype = Some("Court".to_owned());
        Some(mention)
    }

    /// A name followed by the head noun of a facility: "Tartous Central Prison", "Saydnaya military prison".
    pub(super) fn named_facility(&self, token: usize, end: usize, known: Option<&(usize, Vec<Hit>)>) -> Option<Found> {
        let text = self.text;
        if let Some((count, hits)) = known {
            let facilities: Vec<Hit> = hits
                .iter()
                .filter(|hit| hit.entry.kind == EntityType::Facility && hit.role != NameRole::Town)
                .cloned()
                .collect();
            if !facilities.is_empty() && (hits.len() == facilities.len() || *count > 1) {
                return self.mention_of(token, *count, facilities, "gazetteer:facility");
            }
        }
        // The name: capitalised words (and particles), then qualifiers in any case, then the head.
        let mut at = token;
        let mut named = 0;
        while at < end && at < token + 6 {
            if let Some((words, class)) = self.facility_head(at, end) {
                if named == 0 {
                    return None;
                }
                let name_end = at + words;
                let mut mention = Found::new(token, name_end, EntityType::Facility, "head-noun:facility", 0.85);
                mention.subtype = Some(class);
                return Some(self.with_town(mention, known));
            }
            let qualifier = self.lexicon.facility.qualifiers.contains(text.lower(at));
            let demonym = at == token
                && self.gazetteer.lookup_folded(text.folded(at)).iter().any(|hit| hit.role == NameRole::Demonym);
            if qualifier || demonym || text.lower(at) == "'s" || text.lower(at) == "’s" {
                // A possessive is part of a facility's name only before a capital: "Aleppo's Central Prison".
                if text.lower(at).ends_with('s')
                    && text.lower(at).len() <= 4
                    && !text.is_capital(at + 1)
                    && text.shape(at) == WordShape::Punctuation
                {
                    return None;
                }
                at += 1;
            } else if text.is_capital(at) || (self.lexicon.name.particles.contains(text.lower(at)) && at > token) {
                named += 1;
                at += 1;
            } else {
                break;
            }
        }
        None
    }

    /// A town and "prison" that the gazetteer lists under a longer name.
    pub(super) fn with_town(&self, mut mention: Found, known: Option<&(usize, Vec<Hit>)>) -> Found {
        let class = mention.subtype.clone();
        let Some((_, hits)) = known else { return mention };
        let matches: Vec<Entry> = hits
            .iter()
            .filter(|hit| hit.role == NameRole::Town && hit.entry.subtype == class)
            .map(|hit| hit.entry.clone())
            .collect();
        if matches.len() == 1 {
            mention.entries = matches;
            mention.rule = SmolStr::new_static("gazetteer:town-facility");
        }
        mention
    }

    /// The head noun of a facility at `token`: its words, and its class.
    pub(super) fn facility_head(&self, token: usize, end: usize) -> Option<(usize, String)> {
        let facility = &self.lexicon.facility;
        for words in (1..=3).rev() {
            if token + words > end {
                continue;
            }
            let phrase = (token..token + words).map(|at| self.text.lower(at)).collect::<Vec<_>>().join(" ");
            if phrase == "facility" {
                continue;
            }
            if let Some(class) = facility.singular.get(&phrase) {
                return Some((words, class.clone()));
            }
        }
        (facility.branch_heads.contains(self.text.lower(token)) && self.text.is_capital(token))
            .then(|| (1, "SecurityBranch".to_owned()))
    }
}
