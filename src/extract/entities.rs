//! Mentions → entities: which mentions of a document mean the same one.
//!
//! Precise rules first; when in doubt, two entities stay two.

use std::collections::HashMap;

use super::lexicon::Lexicon;
use super::names::Found;
use super::text::Text;
use crate::gazetteer::Gazetteer;
use crate::model::{Entity, EntityType, Mention, MentionForm};
use crate::text::{fold, name_parts, skeleton};

/// Sentences back in which a pronoun looks for a person.
const PRONOUN_REACH: usize = 3;

/// Mentions back in which a description or a pronoun looks for what it means.
const MOST_BACK: usize = 120;
/// Nouns that can stand for any organisation named just before.
const GENERIC: &[&str] = &[
    "group",
    "organisation",
    "organization",
    "agency",
    "network",
    "movement",
    "charity",
    "watchdog",
    "company",
    "union",
];

/// Entities, and for every mention the index of its entity.
pub(super) struct Resolved {
    pub entities: Vec<Entity>,
    pub mentions: Vec<Mention>,
    /// The mentions as found, in the same order as `mentions`.
    pub found: Vec<Found>,
}

/// Groups `found` (names, descriptions and pronouns, in order of position) into entities.
pub(super) fn resolve(text: &Text<'_>, mut found: Vec<Found>, gazetteer: &Gazetteer, lexicon: &Lexicon) -> Resolved {
    found.sort_by_key(|mention| (mention.first, std::cmp::Reverse(mention.end)));
    super::facilities::metonymy(text, &mut found, gazetteer, lexicon);
    super::places::choose(text, &mut found, gazetteer);
    let mut resolver = Resolver {
        text,
        lexicon,
        entities: Vec::new(),
        keys: HashMap::new(),
        newest: None,
        parts: HashMap::new(),
        of: vec![None; found.len()],
        genders: Vec::new(),
        last: Vec::new(),
    };
    // Full names first, so that a surname finds the person it shortens even before it.
    for (index, mention) in found.iter().enumerate() {
        if mention.form == MentionForm::Name
            && !(mention.kind == EntityType::Person && mention.end - mention.first == 1)
        {
            resolver.name(index, mention);
        }
    }
    resolver.index_parts();
    for (index, mention) in found.iter().enumerate() {
        if mention.form == MentionForm::Name && resolver.of[index].is_none() {
            resolver.short_name(index, mention);
        }
    }
    resolver.renumber(&found);
    for (index, mention) in found.iter().enumerate() {
        match mention.form {
            MentionForm::Nominal => resolver.nominal(index, mention, &found),
            MentionForm::Pronoun => resolver.pronoun(index, mention, &found),
            MentionForm::Name => {}
        }
    }
    let mentions = found
        .iter()
        .zip(&resolver.of)
        .map(|(mention, entity)| Mention {
            span: mention.span(text),
            kind: mention.kind,
            form: mention.form,
            entity: *entity,
            rule: mention.rule.to_string(),
            layers: mention.layers.clone(),
            confidence: mention.confidence,
        })
        .collect();
    let mut entities = resolver.entities;
    for entity in &mut entities {
        entity.aliases.sort();
        entity.aliases.dedup();
        let name = entity.name.clone();
        entity.aliases.retain(|alias| *alias != name);
    }
    Resolved { entities, mentions, found }
}

struct Resolver<'a, 't> {
    text: &'a Text<'t>,
    lexicon: &'a Lexicon,
    entities: Vec<Entity>,
    /// Key of a name → entity.
    keys: HashMap<String, usize>,
    /// Key of the entity added last.
    newest: Option<String>,
    /// Skeleton of a part of a person's name → persons.
    parts: HashMap<String, Vec<usize>>,
    /// Mention → entity.
    of: Vec<Option<usize>>,
    /// Entity → gender, where a mention told it.
    genders: Vec<Option<char>>,
    /// Entity → first mention.
    last: Vec<usize>,
}

impl Resolver<'_, '_> {
    fn add(&mut self, index: usize, mention: &Found, name: String, named: bool) -> usize {
        let entry = mention.entries.first();
        self.entities.push(Entity {
            kind: mention.kind,
            subtype: mention.subtype.clone().or_else(|| entry.and_then(|entry| entry.subtype.clone())),
            name,
            named,
            aliases: Vec::new(),
            gazetteer: entry.map(|entry| entry.key.clone()),
            canonical: entry.filter(|_| mention.kind != EntityType::Nationality).map(|entry| entry.name.clone()),
            place: mention.place(),
            attributes: Default::default(),
        });
        self.genders.push(mention.gender);
        self.last.push(index);
        self.of[index] = Some(self.entities.len() - 1);
        self.entities.len() - 1
    }

    fn join(&mut self, index: usize, mention: &Found, entity: usize) {
        self.of[index] = Some(entity);
        self.genders[entity] = self.genders[entity].or(mention.gender);
        if mention.form == MentionForm::Name {
            let name = self.name_of(mention);
            let fuller = name_parts(&name).len() > name_parts(&self.entities[entity].name).len();
            let known = &mut self.entities[entity];
            if fuller && known.gazetteer.is_none() {
                let old = std::mem::replace(&mut known.name, name);
                known.aliases.push(old);
            } else {
                known.aliases.push(name);
            }
        }
    }

    /// The words of a name on one line.
    fn name_of(&self, mention: &Found) -> String {
        let words = self.text.slice(mention.span(self.text));
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn name(&mut self, index: usize, mention: &Found) {
        let name = self.name_of(mention);
        let key = match mention.entries.first() {
            Some(entry) if mention.kind == EntityType::Nationality => format!("nationality {}", entry.key),
            Some(entry) => entry.key.clone(),
            None if mention.kind == EntityType::Person => format!("person {}", person_key(&name)),
            None => format!(
                "{} {}",
                mention.kind,
                name_parts(&name).iter().map(|part| skeleton(part)).collect::<Vec<_>>().join(" ")
            ),
        };
        match self.keys.get(&key) {
            Some(&entity) => self.join(index, mention, entity),
            None => {
                let entity = self.add(index, mention, name, true);
                self.newest = Some(key.clone());
                self.keys.insert(key, entity);
            }
        }
        // "Hayat Tahrir al-Sham (HTS)": the acronym in brackets is another name.
        if mention.rule == "acronym:introduced" {
            self.merge_acronym(index);
        }
    }

    fn merge_acronym(&mut self, index: usize) {
        let before = (0..index)
            .rev()
            .take(4)
            .find(|&other| self.of[other].is_some_and(|entity| self.entities[entity].kind == EntityType::Organization));
        if let (Some(before), Some(own)) = (before.and_then(|other| self.of[other]), self.of[index])
            && before != own
            && own + 1 == self.entities.len()
        {
            let acronym = self.entities[own].name.clone();
            self.entities[before].aliases.push(acronym);
            if let Some(key) = self.newest.take() {
                self.keys.insert(key, before);
            }
            self.entities.pop();
            self.genders.pop();
            self.last.pop();
            self.of[index] = Some(before);
        }
    }

    /// Notes the persons by the parts of their names.
    fn index_parts(&mut self) {
        for (index, known) in self.entities.iter().enumerate().filter(|(_, known)| known.kind == EntityType::Person) {
            for part in std::iter::once(&known.name).chain(&known.aliases).flat_map(|name| name_parts(name)) {
                let key = skeleton(&part);
                let list = self.parts.entry(key.clone()).or_default();
                if !key.is_empty() && list.last() != Some(&index) {
                    list.push(index);
                }
            }
        }
    }

    /// A single name: the one person of the document whose name it shortens, or a person of its own.
    fn short_name(&mut self, index: usize, mention: &Found) {
        let name = self.name_of(mention);
        let own = name_parts(&name).first().map(|part| skeleton(part)).unwrap_or_default();
        let matches: Vec<usize> = self
            .parts
            .get(&own)
            .into_iter()
            .flatten()
            .copied()
            .filter(
                |&entity| !matches!([self.genders[entity], mention.gender], [Some(one), Some(other)] if one != other),
            )
            .take(2)
            .collect();
        match matches.as_slice() {
            [entity] => self.join(index, mention, *entity),
            // Two could be meant ("Assad" of Hafez and Bashar): nobody is chosen.
            _ => {
                let key = format!("person-single {}", fold(&name));
                match self.keys.get(&key) {
                    Some(&entity) => self.join(index, mention, entity),
                    None => {
                        let entity = self.add(index, mention, name, true);
                        self.keys.insert(key, entity);
                    }
                }
            }
        }
    }

    /// Puts named entities in order of first mention.
    fn renumber(&mut self, found: &[Found]) {
        let mut order: Vec<usize> = Vec::with_capacity(self.entities.len());
        let mut seen = vec![false; self.entities.len()];
        for index in 0..found.len() {
            if let Some(entity) = self.of[index]
                && !std::mem::replace(&mut seen[entity], true)
            {
                order.push(entity);
            }
        }
        let mut place = vec![0; self.entities.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        self.of.iter_mut().flatten().for_each(|entity| *entity = place[*entity]);
        self.entities = order.iter().map(|&old| self.entities[old].clone()).collect();
        self.genders = order.iter().map(|&old| self.genders[old]).collect();
        self.last = order.iter().map(|&old| self.last[old]).collect();
        self.keys.clear();
    }

    fn nominal(&mut self, index: usize, mention: &Found, found: &[Found]) {
        let text = self.text;
        let name = self.name_of(mention);
        match mention.kind {
            // "the prison": the facility spoken of last, if it can be one.
            EntityType::Facility if mention.definite && !mention.plural => {
                let sentence = text.sentence_of(mention.first);
                // "the central prison of Tartus" is told by its own place.
                let placed = matches!(text.lower(mention.end), "of" | "in" | "at")
                    && (index + 1..found.len())
                        .take(2)
                        .any(|other| found[other].first <= mention.end + 2 && found[other].kind.is_geographic());
                let before = (0..index).rev().take(if placed { 0 } else { MOST_BACK }).find(|&other| {
                    let near = text.sentence_of(found[other].first) + 6 >= sentence;
                    let fits = self.of[other].is_some_and(|entity| {
                        let known = &self.entities[entity];
                        known.kind == EntityType::Facility
                            && fits_class(known.subtype.as_deref(), mention.subtype.as_deref())
                    });
                    near && fits && !found[other].plural
                });
                match before.and_then(|other| self.of[other]) {
                    Some(entity) => self.of[index] = Some(entity),
                    None => {
                        self.add(index, mention, name, false);
                    }
                }
            }
            // "the rebels" are the same rebels through a text.
            EntityType::PersonGroup if self.lexicon.person.collective.contains_key(&mention.head) => {
                let noun = &self.lexicon.person.collective[&mention.head];
                let key = format!("group {noun}");
                // "thousands of rebels" are some rebels, "the rebels" and "Syrian rebels" the same.
                let some = (mention.first..mention.end).any(|at| text.lower(at) == "of");
                match self.keys.get(&key).filter(|_| !some) {
                    Some(&entity) => self.of[index] = Some(entity),
                    None if some => {
                        self.add(index, mention, name, false);
                    }
                    None => {
                        let entity = self.add(index, mention, name, false);
                        self.keys.insert(key, entity);
                    }
                }
            }
            EntityType::Organization
                if mention.definite && !mention.plural && self.named_so(index, mention, found).is_some() =>
            {
                self.of[index] = self.named_so(index, mention, found)
            }
            EntityType::Organization => {
                let key = format!("organization {}", mention.head);
                let keyed = !mention.plural && mention.definite;
                match self.keys.get(&key).filter(|_| keyed) {
                    Some(&entity) => self.of[index] = Some(entity),
                    None => {
                        let entity = self.add(index, mention, name, false);
                        if keyed {
                            self.keys.insert(key, entity);
                        }
                    }
                }
            }
            // "the former prisoner": the one so called in the sentence before, if there is just one.
            EntityType::Person if self.appositive(index, mention, found).is_some() => {
                self.of[index] = self.appositive(index, mention, found)
            }
            EntityType::Person if mention.definite => {
                let sentence = text.sentence_of(mention.first);
                let same: Vec<usize> = (0..index)
                    .rev()
                    .take(MOST_BACK)
                    .filter(|&other| {
                        text.sentence_of(found[other].first) + 2 >= sentence
                            && found[other].head == mention.head
                            && found[other].kind == EntityType::Person
                    })
                    .filter_map(|other| self.of[other])
                    .collect();
                match same.as_slice() {
                    [entity] => self.of[index] = Some(*entity),
                    _ => {
                        self.add(index, mention, name, false);
                    }
                }
            }
            _ => {
                self.add(index, mention, name, false);
            }
        }
    }

    /// "the network" after one organisation whose name has that word, or, where the word fits any, after
    /// exactly one organisation in this sentence and the one before.
    fn named_so(&self, index: usize, mention: &Found, found: &[Found]) -> Option<usize> {
        let text = self.text;
        // "the Syrian network", "the rights group": told apart by its own words.
        if mention.end - mention.first > 2 {
            return None;
        }
        let sentence = text.sentence_of(mention.first);
        let recent = |reach: usize| {
            (0..index)
                .rev()
                .take(MOST_BACK)
                .take_while(move |&other| text.sentence_of(found[other].first) + reach >= sentence)
                .filter(|&other| {
                    found[other].form == MentionForm::Name && found[other].kind == EntityType::Organization
                })
        };
        let only = |mut candidates: Vec<usize>| {
            candidates.sort_unstable();
            candidates.dedup();
            (candidates.len() == 1).then(|| candidates[0])
        };
        let worded = only(
            recent(4)
                .filter(|&other| (found[other].first..found[other].end).any(|at| text.lower(at) == mention.head))
                .filter_map(|other| self.of[other])
                .collect(),
        );
        worded.or_else(|| {
            GENERIC
                .contains(&mention.head.as_str())
                .then(|| only(recent(1).filter_map(|other| self.of[other]).collect()))
                .flatten()
        })
    }

    /// "X, a Syrian pilot …", "the activist X": the description and the name are one.
    fn appositive(&self, index: usize, mention: &Found, found: &[Found]) -> Option<usize> {
        let text = self.text;
        let named = |other: usize| {
            (found[other].kind == EntityType::Person && found[other].form == MentionForm::Name)
                .then(|| self.of[other])
                .flatten()
        };
        let before = (0..index)
            .rev()
            .take(4)
            .find(|&other| found[other].end + 1 == mention.first && text.word(found[other].end) == ",");
        let in_list =
            text.lower(mention.end) == "and" || (text.word(mention.end) == "," && text.lower(mention.end + 1) == "and");
        let article = matches!(text.lower(mention.first), "a" | "an" | "the" | "one" | "another")
            || self.lexicon.person.modifiers.contains(text.lower(mention.first));
        if let Some(entity) = before.and_then(named).filter(|_| article && !in_list) {
            return Some(entity);
        }
        let after = (index + 1..found.len()).take(3).find(|&other| found[other].first == mention.end);
        after.and_then(named)
    }

    /// "he": the first person of the nearest sentence that has one of that gender.
    fn pronoun(&mut self, index: usize, mention: &Found, found: &[Found]) {
        let text = self.text;
        let sentence = text.sentence_of(mention.first);
        for back in 0..=PRONOUN_REACH {
            let Some(wanted) = sentence.checked_sub(back) else { break };
            let candidate = (index.saturating_sub(MOST_BACK)..index).find(|&other| {
                let known = &found[other];
                text.sentence_of(known.first) == wanted
                    && known.kind == EntityType::Person
                    && self.of[other]
                        .is_some_and(|entity| self.genders[entity].is_none_or(|gender| Some(gender) == mention.gender))
                    && !self.is_speaker_after(known)
            });
            if let Some(entity) = candidate.and_then(|other| self.of[other]) {
                self.genders[entity] = self.genders[entity].or(mention.gender);
                self.of[index] = Some(entity);
                return;
            }
        }
    }

    /// Whether a mention only says who spoke, after the words spoken ("…, said Ali Hassan").
    fn is_speaker_after(&self, mention: &Found) -> bool {
        mention.first > 0 && self.lexicon.saying.verbs.contains(self.text.lower(mention.first - 1))
    }
}

/// The key of a full name: the skeletons of its parts.
fn person_key(name: &str) -> String {
    name_parts(name).iter().map(|part| skeleton(part)).collect::<Vec<_>>().join(" ")
}

/// Whether a facility of class `known` can be called by a noun of class `called`.
fn fits_class(known: Option<&str>, called: Option<&str>) -> bool {
    match (known, called) {
        (_, None) => true,
        (Some(known), Some(called)) => known == called || (known == "DetentionCentre" && called == "Prison"),
        (None, Some(_)) => false,
    }
}
