//! Names of one entity: the same name, its acronym, a surname, and a country called by its people.

use std::collections::{BTreeSet, HashMap};

use super::descriptions::UNDECIDED;
use super::{Doubt, Found, Resolver};
use crate::model::{EntityType, MentionForm};
use crate::text::{fold, name_parts, skeleton};

/// Longer names with a part in common that are looked at.
const MOST_LONGER: usize = 20;
/// Bearers of a surname that are told.
const MOST_BEARERS: usize = 3;

impl Resolver<'_, '_> {
    /// Every name: full ones first, so that a surname finds the person it shortens even before it.
    pub(super) fn names(&mut self) {
        let short = |mention: &Found| mention.kind == EntityType::Person && mention.end - mention.first == 1;
        let names: Vec<usize> =
            (0..self.found.len()).filter(|&index| self.found[index].form == MentionForm::Name).collect();
        let people = |mention: &Found| mention.kind == EntityType::Nationality;
        for &index in names.iter().filter(|&&index| !short(&self.found[index]) && !people(&self.found[index])) {
            self.name(index);
        }
        for &index in names.iter().filter(|&&index| people(&self.found[index])) {
            self.people(index);
        }
        self.shortened_names();
        self.index_parts();
        for &index in names.iter().filter(|&&index| short(&self.found[index])) {
            self.short_name(index);
        }
        self.renumber();
        self.doubt_surnames(&names);
    }

    /// "Reyes Soto" and "Ana Reyes", where the document has one "Ana Reyes Soto": the same person.
    fn shortened_names(&mut self) {
        let parts: Vec<Vec<String>> = self
            .entities
            .iter()
            .map(|entity| match entity.kind {
                EntityType::Person => name_parts(&entity.name).iter().map(|part| skeleton(part)).collect(),
                _ => Vec::new(),
            })
            .collect();
        // Long names by each part.
        let mut longer: HashMap<&str, Vec<usize>> = HashMap::new();
        for (entity, parts) in parts.iter().enumerate().filter(|(_, parts)| parts.len() > 2) {
            for part in parts {
                longer.entry(part).or_default().push(entity);
            }
        }
        let whole = |own: &[String]| {
            let known = longer.get(own.first()?.as_str())?.iter().take(MOST_LONGER);
            let mut wholes = known
                .filter(|&&at| parts[at].len() > own.len() && parts[at].windows(own.len()).any(|part| part == own));
            let one = wholes.next().copied()?;
            wholes.all(|&other| other == one).then_some(one)
        };
        let of: Vec<Option<usize>> = parts.iter().map(|own| whole(own).filter(|_| own.len() > 1)).collect();
        let last = |entity: usize| std::iter::successors(Some(entity), |&at| of[at]).take(MOST_LONGER).last();
        for index in 0..self.found.len() {
            let Some(entity) = self.of[index] else { continue };
            if let Some(whole) = last(entity).filter(|&whole| whole != entity) {
                self.join(index, whole);
            }
        }
        self.renumber();
    }

    /// A surname that two of the document bear: nobody is chosen, and that is told.
    fn doubt_surnames(&mut self, names: &[usize]) {
        let mut told: BTreeSet<usize> = BTreeSet::new();
        for &index in names.iter().filter(|&&index| self.found[index].end - self.found[index].first == 1) {
            let Some(entity) = self.of[index].filter(|&entity| self.entities[entity].kind == EntityType::Person) else {
                continue;
            };
            let part = name_parts(&self.name_of(index)).first().map(|part| skeleton(part)).unwrap_or_default();
            let bearers = self.parts.get(&part).map_or(&[][..], Vec::as_slice);
            if bearers.len() < 2 || bearers.contains(&entity) || !told.insert(entity) {
                continue;
            }
            let evidence = self.found[index].span(self.text);
            let confidence = UNDECIDED / bearers.len() as f32 * 2.0;
            let doubts = bearers.iter().take(MOST_BEARERS).map(|&other| Doubt { entity, other, evidence, confidence });
            self.doubts.extend(doubts);
        }
    }

    fn name(&mut self, index: usize) {
        let mention = &self.found[index];
        let name = self.name_of(index);
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
            Some(&entity) => self.join(index, entity),
            None => {
                let entity = self.add(index, name, true);
                self.newest = Some(key.clone());
                self.keys.insert(key, entity);
            }
        }
        // "Hayat Tahrir al-Sham (HTS)": the acronym in brackets is another name.
        if mention.rule == "acronym:introduced" {
            self.merge_acronym(index);
        }
    }

    /// "Russian troops", where the text names Russia: what the adjective tells of is that country.
    fn people(&mut self, index: usize) {
        let mention = &self.found[index];
        let adjective = !self.syntax.tag(mention.head_word).ends_with('S');
        let country = mention.entries.first().and_then(|entry| self.keys.get(&entry.key)).copied();
        match country.filter(|_| adjective) {
            Some(country) => self.of[index] = Some(country),
            None => self.name(index),
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

    /// Whether ", a …" behind a name says who that is: somebody new.
    fn is_introduced(&self, end: usize) -> bool {
        self.text.word(end) == "," && matches!(self.text.lower(end + 1), "a" | "an")
    }

    /// Whether the last part of a person's name has this skeleton.
    fn has_surname(&self, entity: usize, key: &str) -> bool {
        name_parts(&self.entities[entity].name).last().is_some_and(|part| skeleton(part) == key)
    }

    /// A single name: the one person of the document whose name it shortens, or a person of its own.
    fn short_name(&mut self, index: usize) {
        let mention = &self.found[index];
        let name = self.name_of(index);
        // Of its own before, and so again.
        if let Some(&entity) = self.keys.get(&format!("person-single {}", fold(&name))) {
            self.join(index, entity);
            return;
        }
        let own = name_parts(&name).first().map(|part| skeleton(part)).unwrap_or_default();
        let introduced = self.is_introduced(mention.end);
        let matches: Vec<usize> = self
            .parts
            .get(&own)
            .into_iter()
            .flatten()
            .copied()
            .filter(
                |&entity| !matches!([self.genders[entity], mention.gender], [Some(one), Some(other)] if one != other),
            )
            // "Ali, a baker": not Ali Hassan, who was named before.
            .filter(|&entity| !introduced || self.has_surname(entity, &own))
            .take(2)
            .collect();
        match matches.as_slice() {
            [entity] => self.join(index, *entity),
            // Two could be meant ("Assad" of Hafez and Bashar): nobody is chosen.
            _ => {
                let key = format!("person-single {}", fold(&name));
                let entity = self.add(index, name, true);
                self.keys.insert(key, entity);
            }
        }
    }

    /// Puts named entities in order of first mention.
    fn renumber(&mut self) {
        let mut order: Vec<usize> = Vec::with_capacity(self.entities.len());
        let mut seen = vec![false; self.entities.len()];
        for index in 0..self.found.len() {
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
        for entity in self.parts.values_mut().flatten() {
            *entity = place[*entity];
        }
        self.keys.clear();
    }
}

/// The key of a full name: the skeletons of its parts.
fn person_key(name: &str) -> String {
    name_parts(name).iter().map(|part| skeleton(part)).collect::<Vec<_>>().join(" ")
}
