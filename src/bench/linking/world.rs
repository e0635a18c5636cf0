//! Who and what there is: entities with names and what is true of them.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::lists::{LISTS, Lists};
use super::random::Random;
use crate::model::{EntityType, Gender};

/// Entities that one story is about: they are told of together.
const CIRCLE: usize = 20;

/// Of all entities, people.
const PEOPLE: f64 = 0.75;

/// People who are a brother or sister, or a child, of somebody of their circle.
const RELATED: f64 = 0.2;

/// People and things that are called as somebody or something else is, to the letter.
const NAMESAKES: f64 = 0.015;

/// Numbers that are another's with two digits swapped.
const SWAPPED: f64 = 0.3;

/// Facilities that the gazetteer lists.
const LISTED: f64 = 0.15;

/// Places in which circles are.
const PLACES: usize = 1500;

/// A word of a name: the numbers of its pieces in their lists.
pub(super) type Word = [u16; 2];

/// A person or thing.
#[derive(Debug, Clone)]
pub(super) struct Entity {
    pub kind: EntityType,
    /// Which of the groups of people, or of the sorts of things.
    pub group: u8,
    pub words: Vec<Word>,
    /// Which of the sorts of its group; 0 of people.
    pub sort: u8,
    pub number: u16,
    pub listed: bool,
}

/// What is true of an entity, whether a document says so or not.
#[derive(Debug, Clone)]
pub(super) struct Truth {
    pub gender: Gender,
    pub born: i16,
    pub died: Option<Date>,
    pub occupation: usize,
    /// Kinds of happenings and their days.
    pub happened: [(usize, Date); 2],
    /// Entities of its circle that it has to do with.
    pub others: [usize; 3],
    /// The number of the place where it lives or stands.
    pub place: usize,
}

/// All entities.
#[derive(Debug)]
pub(super) struct World {
    pub entities: Vec<Entity>,
    seed: u64,
}

impl World {
    /// So many entities.
    pub fn new(entities: usize, seed: u64) -> Self {
        let mut random = Random::new(seed, 0);
        let mut world = Self { entities: Vec::with_capacity(entities), seed };
        for at in 0..entities {
            let entity = world.entity(at, &mut random);
            world.entities.push(entity);
        }
        world
    }

    fn entity(&self, at: usize, random: &mut Random) -> Entity {
        if at > 0 && random.is(NAMESAKES) {
            let mut namesake = self.entities[random.below(at)].clone();
            namesake.listed = false;
            return namesake;
        }
        if random.is(PEOPLE) { self.person(at, random) } else { self.thing(random) }
    }

    fn person(&self, at: usize, random: &mut Random) -> Entity {
        let lists: &Lists = &LISTS;
        let kind = EntityType::Person;
        let circle = &self.entities[at - at % CIRCLE..at];
        let relative = random.one(circle).filter(|one| one.kind == kind && random.is(RELATED));
        if let Some(relative) = relative.filter(|one| !lists.people[usize::from(one.group)].whole) {
            let people = &lists.people[usize::from(relative.group)];
            let mut words = relative.words.clone();
            let given = word(&people.words[0], random);
            // A child has the given name of the father after its own, a brother what the brother has.
            if people.pieces(1, 3) == people.pieces(0, 3) && random.is(0.5) {
                words.insert(0, given);
                if words.len() > 4 {
                    words.remove(3);
                }
            } else {
                words[0] = given;
            }
            return Entity { words, ..relative.clone() };
        }
        let group = lists.people_shares.draw(random);
        let people = &lists.people[group];
        let mut words: Vec<Word> = people.words.iter().map(|pieces| word(pieces, random)).collect();
        while !people.whole && words.len() > 2 && random.is(0.5) {
            words.remove(words.len() - 2);
        }
        Entity { kind, group: group as u8, words, sort: 0, number: 0, listed: false }
    }

    fn thing(&self, random: &mut Random) -> Entity {
        let group = LISTS.things_shares.draw(random);
        let things = &LISTS.things[group];
        let number = things.numbers.map_or(0, |(first, last)| self.number(first, last, random));
        Entity {
            kind: things.kind,
            group: group as u8,
            words: things.words.iter().map(|pieces| word(pieces, random)).collect(),
            sort: random.below(things.sorts.len()) as u8,
            number,
            listed: things.kind == EntityType::Facility && random.is(LISTED),
        }
    }

    /// A number; often one that is easily taken for that of another entity.
    fn number(&self, first: u16, last: u16, random: &mut Random) -> u16 {
        let other = random.one(&self.entities).map_or(0, |entity| entity.number);
        if other >= 10 && random.is(SWAPPED) {
            let swapped = other / 100 * 100 + other % 10 * 10 + other / 10 % 10;
            if (first..=last).contains(&swapped) {
                return swapped;
            }
        }
        // Low numbers are more frequent than high ones.
        let share = random.share() * random.share();
        first + (share * f64::from(last - first + 1)) as u16
    }

    /// The numbers of the entities of a circle.
    pub fn circle(&self, entity: usize) -> std::ops::Range<usize> {
        let first = entity - entity % CIRCLE;
        first..(first + CIRCLE).min(self.entities.len())
    }

    /// What is true of an entity.
    pub fn truth(&self, entity: usize) -> Truth {
        let mut of_circle = Random::new(self.seed ^ 1, (entity / CIRCLE) as u64);
        // Some places are in the news much more than others.
        let place = (of_circle.share().powi(3) * PLACES as f64) as usize;
        let mut random = Random::new(self.seed ^ 2, entity as u64);
        let mut day = |random: &mut Random| {
            // Several are arrested in one raid.
            let since = if random.is(0.3) { of_circle.below(4000) } else { random.below(4000) };
            let first = date(2011, 3, 15);
            first.checked_add((since as i64).days()).unwrap_or(first)
        };
        let circle = self.circle(entity);
        let happening = |random: &mut Random| random.below(LISTS.happenings.len());
        let [one, other] = [happening(&mut random), happening(&mut random)];
        let happened = [(one, day(&mut random)), (other, day(&mut random))];
        let last = happened[0].1.max(happened[1].1);
        let died = random.is(0.15).then(|| last.checked_add((random.below(900) as i64).days()).unwrap_or(last));
        Truth {
            gender: self.gender(entity),
            born: 1940 + random.below(60) as i16,
            died,
            occupation: random.below(LISTS.occupations.len()),
            happened,
            others: [0; 3].map(|_| circle.start + random.below(circle.len())),
            place,
        }
    }

    /// Whoever has the same given name has the same gender.
    fn gender(&self, entity: usize) -> Gender {
        let given = self.entities[entity].words.first().copied().unwrap_or_default();
        let group = u64::from(self.entities[entity].group);
        let mut random = Random::new(group, u64::from(given[0]));
        if random.is(0.25) { Gender::Female } else { Gender::Male }
    }
}

/// A word of pieces of the lists of these numbers.
fn word(lists: &[usize], random: &mut Random) -> Word {
    let mut word = [0; 2];
    for (piece, &list) in word.iter_mut().zip(lists) {
        *piece = LISTS.lists[list].draw(random);
    }
    word
}
