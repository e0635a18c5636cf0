//! The layer of rules: names by gazetteer, name shape, head nouns and cues.
//!
//! Each mention records the rule that found it. Precision first: a capitalised word about which
//! nothing is known is left alone.

use smol_str::SmolStr;

use super::Found;
use crate::extract::lexicon::Lexicon;
use crate::extract::noise;
use crate::extract::text::Text;
use crate::gazetteer::{Gazetteer, Hit, NameRole};
use crate::model::{EntityType, WordShape};

/// Finds named mentions by rule, in order of position and without overlap.
pub(super) fn find(text: &Text<'_>, gazetteer: &Gazetteer, lexicon: &Lexicon) -> Vec<Found> {
    let finder = Finder { text, gazetteer, lexicon };
    let mut found: Vec<Found> = Vec::new();
    for sentence in text.sentences() {
        let mut token = sentence.first;
        // Inside a run of capitals that is no person, no part of it is one.
        let mut rejected = sentence.first;
        while token < sentence.end {
            match finder.at(token, sentence.first, sentence.end) {
                Some(mention) if mention.confidence <= 0.0 => {
                    rejected = rejected.max(mention.end);
                    token += 1;
                }
                Some(mention)
                    if token < rejected && !matches!(mention.kind, EntityType::Organization | EntityType::Facility) =>
                {
                    token += 1
                }
                Some(mention) => {
                    token = mention.end.max(token + 1);
                    found.push(mention);
                }
                None => token += 1,
            }
        }
    }
    finder.resolve_single_names(&mut found);
    found.retain(|mention| mention.confidence > 0.0 && !noise::in_credit(text, mention.first));
    houses(text, lexicon, &mut found);
    found
}

/// "the Assad regime": a rule, not a person.
pub(super) fn houses(text: &Text<'_>, lexicon: &Lexicon, found: &mut [Found]) {
    for at in 0..found.len() {
        let mention = &found[at];
        let free = found.get(at + 1).is_none_or(|next| next.first > mention.end);
        if mention.kind == EntityType::Person
            && mention.exact.is_none()
            && free
            && lexicon.organization.dynasties.contains(text.lower(mention.end))
        {
            let mention = &mut found[at];
            mention.end += 1;
            mention.kind = EntityType::Organization;
            mention.rule = SmolStr::new_static("head-noun:dynasty");
            mention.confidence = 0.8;
        }
    }
}

/// A run of capitals that is no name of a person.
pub(super) fn rejected(first: usize, end: usize) -> Found {
    Found::new(first, end, EntityType::Other, "rejected", 0.0)
}

/// What finds names, with what it knows.
pub(super) struct Finder<'a, 't> {
    pub text: &'a Text<'t>,
    pub gazetteer: &'a Gazetteer,
    pub lexicon: &'a Lexicon,
}

impl Finder<'_, '_> {
    /// The mention that begins at `token`, in a sentence of tokens `first..end`.
    fn at(&self, token: usize, first: usize, end: usize) -> Option<Found> {
        let text = self.text;
        let quoted = token > 0 && matches!(text.word(token - 1), "‘" | "“" | "\"" | "'");
        if !text.is_capital(token) {
            if !text.word(token).is_ascii() {
                return self.in_other_script(token, end);
            }
            let hit = quoted.then(|| self.nickname(token, end)).flatten();
            return hit.or_else(|| self.numbered_facility(token, end));
        }
        // A word that is capitalised only because it stands first.
        let opener = self.lexicon.function.words.contains(text.lower(token))
            || (text.opens(token) && self.is_ordinary(token) && !self.lexicon.titles.words.contains(text.lower(token)));
        if opener
            && self.is_name_part(token + 1, end)
            && let Some(mention) = self
                .organization(token, end)
                .filter(|mention| mention.end - token > 1 && !self.lexicon.function.words.contains(text.lower(token)))
        {
            return Some(mention);
        }
        if opener
            && (text.opens(token) || quoted || !self.is_name_part(token + 1, end))
            && self.gazetteer_hit(token, end).is_none_or(|(count, _)| count == 1)
        {
            return self.numbered_facility(token, end);
        }
        if self.lexicon.name.not_names.contains(text.lower(token))
            && !(self.is_name_part(token + 1, end)
                && self.gazetteer_hit(token, end).is_some_and(|(count, _)| count > 1))
        {
            return None;
        }
        if let Some(mention) =
            self.nickname(token, end).filter(|mention| mention.entries[0].kind != EntityType::Facility || quoted)
        {
            return Some(mention);
        }
        self.numbered_facility(token, end).or_else(|| self.court(token, end)).or_else(|| self.run(token, first, end))
    }

    /// Whether the word at `token` is ordinary English, a noun for people or for an organisation.
    fn is_ordinary(&self, token: usize) -> bool {
        let word = self.text.lower(token);
        self.lexicon.is_common(word) || self.lexicon.is_social_noun(word)
    }

    /// Whether a token can go on a name: capitalised, or an article before a capital.
    fn is_name_part(&self, token: usize, end: usize) -> bool {
        token < end
            && (self.text.is_capital(token)
                || (self.lexicon.name.particles.contains(self.text.lower(token))
                    && token + 1 < end
                    && self.text.is_capital(token + 1)))
    }

    /// A run of capitalised words from `token`, classified by what it holds.
    fn run(&self, token: usize, first: usize, end: usize) -> Option<Found> {
        let text = self.text;
        let known = self.gazetteer_hit(token, end);
        if let Some(facility) = self.named_facility(token, end, known.as_ref()) {
            return Some(facility);
        }
        if let Some(organization) = self.organization(token, end)
            && known.as_ref().is_none_or(|(count, _)| *count < organization.end - organization.first)
        {
            return Some(organization);
        }
        let (name_start, run_end, gender) = self.name_run(token, end);
        if let Some((count, hits)) = known {
            // A gazetteer name that is the whole run, or an organisation or facility at its head.
            let whole = token + count >= run_end;
            let solid = hits
                .iter()
                .any(|hit| matches!(hit.entry.kind, EntityType::Organization | EntityType::Facility) && count > 1);
            let demonym = hits.iter().all(|hit| hit.role == NameRole::Demonym);
            let country = hits.iter().any(|hit| hit.entry.kind == EntityType::Country && hit.role != NameRole::Demonym);
            // "New York Gov. X", "Aleppo Mayor X"
            let titled = self.lexicon.titles.words.contains(text.lower(token + count));
            if whole || solid || demonym || titled || (count > 1 && self.lexicon.is_common(text.lower(token + count))) {
                let social =
                    hits.iter().any(|hit| matches!(hit.entry.kind, EntityType::Organization | EntityType::Facility));
                let cued = count == 1
                    && !country
                    && !demonym
                    && !social
                    && text.shape(token) != WordShape::Upper
                    && self.person_cue(token, token + count);
                let hits: Vec<Hit> = if cued { Vec::new() } else { hits };
                if cued {
                    return Some(Found::new(token, token + count, EntityType::Person, "person:cue", 0.8));
                }
                return self.mention_of(token, count, hits, "gazetteer:name");
            }
        }
        if run_end == name_start {
            return None;
        }
        let length = run_end - name_start;
        let titled = name_start > token;
        if length == 1 {
            let word = text.lower(name_start);
            let noun = !titled && (self.lexicon.function.words.contains(word) || self.is_ordinary(name_start));
            if self.lexicon.name.not_names.contains(word) || noun {
                return None;
            }
            if text.shape(name_start) == WordShape::Upper && !titled {
                return self.acronym(name_start);
            }
            let cued = titled || self.person_cue(name_start, run_end);
            let confidence = if cued { 0.8 } else { 0.3 };
            let mut mention = Found::new(
                name_start,
                run_end,
                EntityType::Person,
                if titled { "person:title" } else { "person:cue" },
                confidence,
            );
            if !cued {
                mention.rule = SmolStr::new_static("person:single-name");
            }
            mention.gender = gender;
            return Some(mention);
        }
        if let Some(thing) = self.thing(token, name_start, run_end, titled) {
            return Some(thing);
        }
        // Two or more words: a person, unless the words are those of headings or of things.
        if (name_start..run_end).all(|at| text.shape(at) == WordShape::Upper) {
            return None;
        }
        let ordinary = (name_start..run_end)
            .filter(|&at| {
                self.lexicon.function.words.contains(text.lower(at))
                    || self.lexicon.name.not_names.contains(text.lower(at))
            })
            .count();
        if ordinary > 0 || (name_start..run_end).any(|at| text.shape(at) == WordShape::Number) || length > 6 {
            return Some(rejected(name_start, run_end));
        }
        let cued = titled || self.person_cue(name_start, run_end);
        let at_start = name_start == first;
        let confidence = if cued {
            0.95
        } else if at_start {
            0.65
        } else {
            0.75
        };
        let mut mention = Found::new(
            name_start,
            run_end,
            EntityType::Person,
            if cued { "person:cue" } else { "person:shape" },
            confidence,
        );
        mention.gender = gender;
        Some(mention)
    }

    /// Whether more than a space or a line break stands before a token: the cells of a table.
    fn apart(&self, token: usize) -> bool {
        let words = &self.text.analysis.words;
        self.text.document.text[words[token - 1].span.end..words[token].span.start].contains('\t')
    }

    /// Titles from `token`, then the name after them: where it starts, where it ends, the title's gender.
    fn name_run(&self, token: usize, end: usize) -> (usize, usize, Option<char>) {
        let text = self.text;
        let mut start = token;
        let mut gender = None;
        while start < end && text.is_capital(start) && self.lexicon.titles.words.contains(text.lower(start)) {
            gender =
                self.lexicon.titles.gender.get(text.lower(start)).and_then(|gender| gender.chars().next()).or(gender);
            start += 1;
            if text.word(start) == "." {
                start += 1;
            }
            // "Secretary of State X"
            if text.lower(start) == "of"
                && text.is_capital(start + 1)
                && self.is_ordinary(start + 1)
                && text.is_capital(start + 2)
            {
                start += 2;
            }
        }
        let mut at = start;
        while at < end && at < start + 10 && (at == start || !self.apart(at)) {
            let initial = text.word(at).chars().count() == 1 && text.is_capital(at);
            if initial && text.word(at + 1) == "." && at + 2 < end && text.is_capital(at + 2) && at > start {
                at += 2;
            } else if (self.lexicon.name.particles.contains(text.lower(at))
                && at + 1 < end
                && text.is_capital(at + 1)
                && at > start)
                || (text.is_capital(at) && !self.lexicon.name.not_names.contains(text.lower(at)))
            {
                at += 1;
            } else {
                break;
            }
        }
        (start, at.max(start), gender)
    }

    /// "Syrian Network for Human Rights", "Ministry of Interior".
    fn organization(&self, token: usize, end: usize) -> Option<Found> {
        let text = self.text;
        let organization = &self.lexicon.organization;
        let opener = organization.openers.contains(text.lower(token)) && matches!(text.lower(token + 1), "of" | "for");
        let mut last = None;
        let mut at = token;
        let mut heads_open = opener;
        while at < end && at < token + 12 {
            let word = text.lower(at);
            if text.is_capital(at) {
                if at > token && self.lexicon.titles.words.contains(word) && !organization.heads.contains(word) {
                    break;
                }
                heads_open |= organization.heads.contains(word) || organization.openers.contains(word);
                if heads_open && at > token && !self.lexicon.name.not_names.contains(word) {
                    last = Some(at);
                }
                at += 1;
            } else if heads_open
                && self.lexicon.name.connectors.contains(word)
                && (text.is_capital(at + 1)
                    || (self.lexicon.name.connectors.contains(text.lower(at + 1)) && text.is_capital(at + 2)))
            {
                // "and" joins two names as often as the parts of one: only inside "of … and …".
                if word == "and" && !opener {
                    break;
                }
                if matches!(word, "in" | "to" | "on") && !opener {
                    break;
                }
                at += 1;
            } else if self.lexicon.name.particles.contains(word) && text.is_capital(at + 1) && at > token {
                at += 1;
            } else {
                break;
            }
        }
        let last = last?;
        Some(Found::new(token, last + 1, EntityType::Organization, "head-noun:organization", 0.8))
    }

    /// An acronym that the gazetteer knows, or that a longer name introduced in brackets.
    fn acronym(&self, token: usize) -> Option<Found> {
        let text = self.text;
        let bracketed = text.word(token.wrapping_sub(1)) == "("
            && text.word(token + 1) == ")"
            && token >= 2
            && text.is_capital(token - 2);
        bracketed.then(|| Found::new(token, token + 1, EntityType::Organization, "acronym:introduced", 0.8))
    }
}
