//! Documents, and what they say of the entities that they name.

use std::collections::{BTreeSet, VecDeque};

use super::lists::LISTS;
use super::random::Random;
use super::world::{Entity, Truth, World};
use super::writing::{Hand, write};
use crate::link::key::{Link, by_name, listed, of_document};
use crate::link::{DocumentRecords, Fact, FactKind, LinkRule, Record};
use crate::model::EntityType;

/// Entities for every mention.
const ENTITIES: f64 = 0.3;

/// How much less the next entity is named than the one before it, as the exponent of its rank.
const ZIPF: f64 = 0.8;

/// Mentions from which on an entity is in the news everywhere, not only in its own story.
const FAMOUS: usize = 40;

/// Mentions that stand in documents about something else.
const ELSEWHERE: f64 = 0.1;

/// Documents have that many records.
const RECORDS: std::ops::RangeInclusive<usize> = 5..=30;

/// Records of documents, and which entities they stand for.
#[derive(Debug)]
pub struct Problem {
    /// What linking gets.
    pub documents: Vec<DocumentRecords>,
    /// For every document the number of the entity of each of its records.
    pub truth: Vec<Vec<u32>>,
    /// How many entities there are.
    pub entities: usize,
    world: World,
}

impl Problem {
    /// A problem of so many records, some millions at most. The same seed gives the same problem.
    ///
    /// ```
    /// use isnad::bench::linking::Problem;
    /// let problem = Problem::new(1000, 1);
    /// assert_eq!(problem.documents.iter().map(|document| document.records.len()).sum::<usize>(), 1000);
    /// assert_eq!(problem.documents, Problem::new(1000, 1).documents);
    /// ```
    pub fn new(mentions: usize, seed: u64) -> Self {
        let entities = ((mentions as f64 * ENTITIES) as usize).max(1).min(mentions);
        let world = World::new(entities, seed);
        let mut random = Random::new(seed, 7);
        let mut problem = Self { documents: Vec::new(), truth: Vec::new(), entities, world };
        let mut waiting = stories(&mut random, entities, mentions);
        let mut later = VecDeque::new();
        while !(waiting.is_empty() && later.is_empty()) {
            let size = RECORDS.start() + random.below(RECORDS.end() - RECORDS.start() + 1);
            problem.document(size, &mut waiting, &mut later, &mut random);
        }
        problem.shuffle(&mut random);
        problem
    }

    /// Whether two entities are called the same, or one is kin of the other: why they are hard to tell apart.
    pub fn likeness(&self, one: u32, other: u32) -> &'static str {
        let (one, other) = (one as usize, other as usize);
        let (a, b) = (&self.world.entities[one], &self.world.entities[other]);
        let person = a.kind == EntityType::Person && b.kind == EntityType::Person;
        if (a.kind, a.group, &a.words, a.sort, a.number) == (b.kind, b.group, &b.words, b.sort, b.number) {
            "the same name"
        } else if person && a.words.first() == b.words.first() && a.words.last() == b.words.last() {
            "other middle names"
        } else if person && a.words.last() == b.words.last() && self.world.circle(one) == self.world.circle(other) {
            "one family"
        } else if a.kind == b.kind && a.number != b.number {
            "other numbers"
        } else {
            "other names"
        }
    }

    /// Takes the next mentions into a document. What it names already is left for later.
    fn document(&mut self, size: usize, waiting: &mut VecDeque<u32>, later: &mut VecDeque<u32>, random: &mut Random) {
        let id = format!("{:016x}", random.next());
        let hand = Hand::new(random);
        let mut named = BTreeSet::new();
        let mut locals = BTreeSet::new();
        let mut document = DocumentRecords { document: id, records: Vec::with_capacity(size) };
        let mut truth = Vec::with_capacity(size);
        // Each that waits is tried once; if all are named already, the document is complete.
        let mut retried = later.len();
        while document.records.len() < size {
            let next = if retried > 0 && (waiting.is_empty() || document.records.len() < size / 2) {
                retried -= 1;
                later.pop_front()
            } else {
                waiting.pop_front()
            };
            let Some(entity) = next else { break };
            if !named.insert(entity) {
                later.push_back(entity);
                continue;
            }
            let record = self.record(&document.document, entity as usize, truth.len(), hand, random);
            // Two people of one name would be one in a document.
            if locals.insert(record.local.clone()) {
                document.records.push(record);
                truth.push(entity);
            } else {
                later.push_back(entity);
            }
        }
        self.tell(&mut document, random);
        for record in &mut document.records {
            record.facts.sort_unstable();
            record.facts.dedup();
            record.facts.shrink_to_fit();
        }
        document.records.shrink_to_fit();
        self.documents.push(document);
        self.truth.push(truth);
    }

    fn record(&self, document: &str, number: usize, at: usize, hand: Hand, random: &mut Random) -> Record {
        let entity = &self.world.entities[number];
        let truth = self.world.truth(number);
        let name = write(entity, number, hand, random);
        let place = listed(EntityType::City, &place_key(truth.place));
        let located = random.is(0.5).then_some(place.iri.as_str());
        let Link { iri, rule, .. } = if entity.listed && random.is(0.9) {
            listed(entity.kind, &format!("facility:invented-{number}"))
        } else {
            by_name(entity.kind, &name, located).unwrap_or_else(|| of_document(entity.kind, document, &name, at * 100))
        };
        let mut names = vec![name];
        if random.is(0.15) {
            let hand = if random.is(0.3) { hand.other() } else { hand };
            let alias = write(entity, number, hand, random);
            if alias != names[0] {
                names.push(alias);
            }
        }
        let person = entity.kind == EntityType::Person;
        let year = truth.born + if random.is(0.04) { random.below(7) as i16 - 3 } else { 0 };
        let before = i16::from(random.is(0.5));
        let slack = if random.is(0.3) { random.below(20) as i64 } else { 0 };
        let died = truth.died.filter(|_| person && random.is(0.3)).and_then(|day| {
            let span = jiff::Span::new().days(slack);
            Some((day.checked_sub(span).ok()?, day.checked_add(span).ok()?))
        });
        Record {
            local: iri,
            kind: entity.kind,
            rule,
            names,
            gender: (person && random.is(0.4)).then_some(truth.gender),
            born: (person && random.is(0.2)).then(|| (year - before, year - before + 1)),
            died,
            facts: self.facts(entity, &truth, place.iri, hand, random),
            mentions: 1 + (random.share().powi(4) * 12.0) as u32,
        }
    }

    /// What the document says of the entity that is true of it.
    fn facts(&self, entity: &Entity, truth: &Truth, place: String, hand: Hand, random: &mut Random) -> Vec<Fact> {
        let mut facts = Vec::new();
        let mut say = |kind, value| facts.push(Fact { kind, value });
        if random.is(0.35) {
            say(FactKind::Place, place);
        }
        if entity.kind == EntityType::Person {
            if random.is(0.3) {
                say(FactKind::Trait, LISTS.occupations[truth.occupation].clone());
            }
            for (happening, day) in truth.happened {
                if random.is(0.15) {
                    say(FactKind::Event, format!("{} {day}", LISTS.happenings[happening]));
                }
            }
        }
        for other in truth.others {
            let kind = self.world.entities[other].kind;
            if random.is(0.15)
                && let Some(kind) = kind_of_fact(kind)
                && let Some(link) = self.link(other, hand, random)
            {
                say(kind, link.iri);
            }
        }
        facts
    }

    /// The link by which another document would know an entity.
    fn link(&self, number: usize, hand: Hand, random: &mut Random) -> Option<Link> {
        let entity = &self.world.entities[number];
        match entity.listed {
            true => Some(listed(entity.kind, &format!("facility:invented-{number}"))),
            false => by_name(entity.kind, &write(entity, number, hand, random), None),
        }
    }

    /// Events of the document: who takes part in one shares in what the others are.
    fn tell(&self, document: &mut DocumentRecords, random: &mut Random) {
        let records = document.records.len();
        for _ in 0..records / 5 {
            let part: BTreeSet<usize> = (0..2 + random.below(3)).map(|_| random.below(records)).collect();
            for &one in &part {
                for other in part.iter().filter(|&&other| other != one) {
                    let shared = &document.records[*other];
                    if shared.rule != LinkRule::Document
                        && let Some(kind) = kind_of_fact(shared.kind)
                    {
                        let value = shared.local.clone();
                        document.records[one].facts.push(Fact { kind, value });
                    }
                }
            }
        }
    }

    /// Puts the documents into an order that tells nothing.
    fn shuffle(&mut self, random: &mut Random) {
        let mut both: Vec<(DocumentRecords, Vec<u32>)> =
            std::mem::take(&mut self.documents).into_iter().zip(std::mem::take(&mut self.truth)).collect();
        random.shuffle(&mut both);
        (self.documents, self.truth) = both.into_iter().unzip();
    }
}

fn place_key(place: usize) -> String {
    format!("geonames:{}", 9_000_000 + place)
}

fn kind_of_fact(kind: EntityType) -> Option<FactKind> {
    Some(match kind {
        EntityType::Facility => FactKind::Site,
        EntityType::Organization => FactKind::Body,
        EntityType::Person => FactKind::Company,
        _ => return None,
    })
}

/// Mentions in the order in which documents take them: story by story, each with some of those who are named everywhere.
fn stories(random: &mut Random, entities: usize, mentions: usize) -> VecDeque<u32> {
    let counts = counts(entities, mentions);
    let mut ranks: Vec<u32> = (0..entities as u32).collect();
    random.shuffle(&mut ranks);
    // Where in the order each mention stands.
    let mut placed: Vec<(f64, u32)> = Vec::with_capacity(mentions);
    for (&entity, count) in ranks.iter().zip(counts) {
        for _ in 0..count {
            let elsewhere = count >= FAMOUS || random.is(ELSEWHERE);
            let within = (f64::from(entity / 20) + random.share()) * 20.0;
            placed.push((if elsewhere { random.share() * entities as f64 } else { within }, entity));
        }
    }
    placed.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    placed.into_iter().map(|(_, entity)| entity).collect()
}

/// How often the entity of each rank is named; each once at least.
fn counts(entities: usize, mentions: usize) -> Vec<usize> {
    let count = |first: f64, rank: usize| ((first / ((rank + 1) as f64).powf(ZIPF)) as usize).max(1);
    let total = |first: f64| (0..entities).map(|rank| count(first, rank)).sum::<usize>();
    let (mut low, mut high) = (0.0, mentions as f64);
    for _ in 0..50 {
        let middle = (low + high) / 2.0;
        if total(middle) <= mentions { low = middle } else { high = middle }
    }
    let mut counts: Vec<usize> = (0..entities).map(|rank| count(low, rank)).collect();
    // What rounding left over.
    let left = mentions.saturating_sub(counts.iter().sum());
    for rank in 0..left {
        counts[rank % entities] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::super::lists::is_arabic;
    use super::*;

    #[test]
    fn a_seed_decides_everything() {
        let problem = Problem::new(800, 5);
        assert_eq!(problem.documents, Problem::new(800, 5).documents);
        assert_ne!(problem.documents, Problem::new(800, 6).documents);
        assert!(Problem::new(0, 5).documents.is_empty());
    }

    #[test]
    fn documents_are_like_real_ones() {
        let problem = Problem::new(20_000, 5);
        let sizes: Vec<usize> = problem.documents.iter().map(|document| document.records.len()).collect();
        assert_eq!(sizes.iter().sum::<usize>(), 20_000);
        let usual = sizes.iter().filter(|size| RECORDS.contains(size)).count();
        assert!(usual * 100 >= sizes.len() * 95, "{usual} of {}", sizes.len());
        for (document, truth) in problem.documents.iter().zip(&problem.truth) {
            let locals: BTreeSet<&str> = document.records.iter().map(|record| record.local.as_str()).collect();
            let entities: BTreeSet<&u32> = truth.iter().collect();
            assert_eq!((locals.len(), entities.len()), (truth.len(), truth.len()));
        }
    }

    #[test]
    fn entities_are_named_often_and_variously() {
        let problem = Problem::new(20_000, 5);
        let mut names: HashMap<u32, Vec<&str>> = HashMap::new();
        for (document, truth) in problem.documents.iter().zip(&problem.truth) {
            for (record, entity) in document.records.iter().zip(truth) {
                names.entry(*entity).or_default().push(&record.names[0]);
            }
        }
        assert_eq!(names.len(), problem.entities);
        let most = names.values().map(Vec::len).max().expect("entities");
        let once = names.values().filter(|names| names.len() == 1).count();
        assert!(most > 300 && once > problem.entities / 10, "{most} {once}");
        for names in names.values().filter(|names| names.len() > 30) {
            assert!(names.iter().collect::<BTreeSet<_>>().len() > 3, "{names:?}");
        }
        let both = |names: &&Vec<&str>| [true, false].iter().all(|is| names.iter().any(|name| is_arabic(name) == *is));
        assert!(names.values().filter(both).count() > problem.entities / 10);
    }

    #[test]
    fn some_are_hard_to_tell_apart() {
        let problem = Problem::new(20_000, 5);
        let mut kinds: BTreeSet<&str> = BTreeSet::new();
        for entity in 0..problem.entities as u32 {
            kinds.extend((entity.saturating_sub(20)..entity).map(|other| problem.likeness(other, entity)));
            kinds.insert(problem.likeness(entity / 2, entity));
        }
        for kind in ["one family", "other numbers", "other names"] {
            assert!(kinds.contains(kind), "{kinds:?}");
        }
        let mut called: HashMap<String, u32> = HashMap::new();
        for entity in &problem.world.entities {
            *called.entry(format!("{:?} {:?} {}", entity.kind, entity.words, entity.number)).or_default() += 1;
        }
        assert!(called.values().any(|count| *count > 1));
    }

    #[test]
    fn what_is_told_of_one_is_told_again() {
        let problem = Problem::new(20_000, 5);
        let mut told: HashMap<(u32, &Fact), usize> = HashMap::new();
        for (document, truth) in problem.documents.iter().zip(&problem.truth) {
            for (record, entity) in document.records.iter().zip(truth) {
                record.facts.iter().for_each(|fact| *told.entry((*entity, fact)).or_default() += 1);
            }
        }
        for kind in
            [FactKind::Site, FactKind::Place, FactKind::Body, FactKind::Company, FactKind::Trait, FactKind::Event]
        {
            let again = told.iter().filter(|((_, fact), count)| fact.kind == kind && **count > 1).count();
            assert!(again > 0, "{kind:?}");
        }
    }
}
