//! How the name of an entity is written in a document.

use super::lists::{LISTS, List, People, Spelled, Things, capital};
use super::random::Random;
use super::world::{Entity, Word};
use crate::model::EntityType;

/// How an author writes names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hand {
    /// In Arabic letters, where there are any.
    arabic: bool,
    /// What is put before names that have an article.
    article: &'static str,
}

impl Hand {
    /// The hand of a document.
    pub fn new(random: &mut Random) -> Self {
        const ARTICLES: &[&str] = &["al-", "al-", "al-", "al-", "Al-", "Al-", "Al ", "el-", "El ", "al ", "", ""];
        Self { arabic: random.is(0.15), article: random.one(ARTICLES).copied().unwrap_or_default() }
    }

    /// The hand of somebody who writes the other script.
    pub fn other(self) -> Self {
        Self { arabic: !self.arabic, ..self }
    }
}

/// Writes the name of the entity of this number; the rest is up to chance.
pub(super) fn write(entity: &Entity, number: usize, hand: Hand, random: &mut Random) -> String {
    let writer = Writer { entity, number, hand };
    if entity.kind == EntityType::Person { writer.person(random) } else { writer.thing(random) }
}

struct Writer<'a> {
    entity: &'a Entity,
    number: usize,
    hand: Hand,
}

impl Writer<'_> {
    fn person(&self, random: &mut Random) -> String {
        let people = &LISTS.people[usize::from(self.entity.group)];
        let all = self.entity.words.len();
        let kept = kept(all, people, random);
        let arabic = self.hand.arabic && kept.iter().all(|&at| self.arabic(people.pieces(at, all), at).is_some());
        let mut words: Vec<String> =
            kept.iter().map(|&at| self.word(people.pieces(at, all), at, arabic, random)).collect();
        if words.len() > 1 && !people.whole && random.is(0.03) {
            let at = random.below(words.len() - 1);
            words[at] = format!("{}.", words[at].chars().next().unwrap_or('A'));
        }
        if words.len() > 2 && LISTS.lists[people.pieces(all - 1, all)[0]].has_article && random.is(0.05) {
            let son = if arabic { "بن" } else { ["bin", "ibn", "ben"][random.below(3)] };
            words.insert(1, son.to_owned());
        }
        let mut name = words.join(" ");
        if words.len() > 1 && !arabic && random.is(0.005) {
            let (given, family) = (words[..words.len() - 1].join(" "), &words[words.len() - 1]);
            name = format!("{family}, {given}");
        }
        if words.len() > 1 && random.is(0.04) {
            let titles = if arabic { &LISTS.arabic_titles } else { &LISTS.latin_titles };
            name = format!("{} {name}", random.one(titles).map_or("", String::as_str));
        }
        name
    }

    fn thing(&self, random: &mut Random) -> String {
        let things = &LISTS.things[usize::from(self.entity.group)];
        let sort = &things.sorts[usize::from(self.entity.sort)];
        let words = 0..self.entity.words.len();
        if let Some(sort) = sort.arabic.as_ref().filter(|_| self.hand.arabic) {
            let written: Option<Vec<String>> = words.clone().map(|at| self.arabic(&things.words[at], at)).collect();
            match written {
                Some(words) if !words.is_empty() => return format!("{sort} {}", words.join(" ")),
                Some(_) if things.numbers.is_some() => return format!("{sort} {}", self.entity.number),
                _ => {}
            }
        }
        let written: Vec<String> = words.map(|at| self.word(&things.words[at], at, false, random)).collect();
        let form = self.usual(things, random);
        let sort = spelling(sort, self.entity.sort.into(), self.number, random);
        form.replace("{sort}", sort)
            .replace("{name}", &written.join(" "))
            .replace("{first}", written.first().map_or("", String::as_str))
            .replace("{last}", written.last().map_or("", String::as_str))
            .replace("{nth}", &ordinal(self.entity.number))
            .replace("{n}", &self.entity.number.to_string())
    }

    /// The form in which the entity is called more often than not.
    fn usual<'a>(&self, things: &'a Things, random: &mut Random) -> &'a str {
        let mut own = Random::new(4, self.number as u64);
        let form = if random.is(0.6) { own.one(&things.forms) } else { random.one(&things.forms) };
        form.map_or("", String::as_str)
    }

    /// A word in Arabic letters, where all its pieces have any.
    fn arabic(&self, lists: &[usize], at: usize) -> Option<String> {
        let pieces = lists.iter().zip(self.entity.words[at]);
        let mut word: String =
            pieces.map(|(&list, piece)| piece_of(list, piece).arabic.as_deref()).collect::<Option<_>>()?;
        if has_article(lists, self.number) && !word.starts_with("ال") {
            word.insert_str(0, "ال");
        }
        Some(word)
    }

    fn word(&self, lists: &[usize], at: usize, arabic: bool, random: &mut Random) -> String {
        if let Some(word) = arabic.then(|| self.arabic(lists, at)).flatten() {
            return word;
        }
        let pieces: Word = self.entity.words[at];
        let mut word = String::new();
        for (&list, piece) in lists.iter().zip(pieces) {
            word.push_str(spelling(piece_of(list, piece), at, self.number, random));
        }
        let is_arabic = piece_of(lists[0], pieces[0]).arabic.is_some();
        if is_arabic {
            romanise(&mut word, random);
        }
        if random.is(0.01) {
            slip(&mut word, random);
        }
        if has_article(lists, self.number) && !random.is(0.1) {
            word = format!("{}{word}", article(self.hand.article, &word, random));
        }
        word
    }
}

/// "21st".
fn ordinal(number: u16) -> String {
    let ending = match (number % 10, number % 100) {
        (1, last) if last != 11 => "st",
        (2, last) if last != 12 => "nd",
        (3, last) if last != 13 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// The words of a name that are written.
fn kept(all: usize, people: &People, random: &mut Random) -> Vec<usize> {
    if all == 1 || (people.whole && random.is(0.97)) {
        return (0..all).collect();
    }
    let how = random.share();
    if how < 0.05 {
        vec![if random.is(0.5) { 0 } else { all - 1 }]
    } else if how < 0.55 {
        vec![0, all - 1]
    } else if how < 0.7 && all > 2 {
        let without = 1 + random.below(all - 2);
        (0..all).filter(|&at| at != without).collect()
    } else {
        (0..all).collect()
    }
}

fn piece_of(list: usize, piece: u16) -> &'static Spelled {
    &LISTS.lists[list].names[usize::from(piece)]
}

/// A spelling: for the most part the one that the entity is usually written with.
fn spelling<'a>(spelled: &'a Spelled, at: usize, entity: usize, random: &mut Random) -> &'a str {
    if random.is(0.6) { spelled.draw(&mut Random::new(at as u64 + 5, entity as u64)) } else { spelled.draw(random) }
}

/// Whether this entity has its name with an article: most names of places of origin and of families have one.
fn has_article(lists: &[usize], entity: usize) -> bool {
    let of_family = |list: &List| list.has_article;
    lists.iter().any(|&list| of_family(&LISTS.lists[list])) && Random::new(3, entity as u64).is(0.7)
}

/// The article of a hand, now and then as it sounds before the name: "ash-".
fn article(usual: &str, word: &str, random: &mut Random) -> String {
    let sound: String = match word.to_lowercase() {
        small if small.starts_with("sh") => "sh".to_owned(),
        small => small.chars().take(1).filter(|first| "sdtnrz".contains(*first)).collect(),
    };
    if !usual.is_empty() && !sound.is_empty() && random.is(0.12) {
        return format!("a{sound}-");
    }
    usual.to_owned()
}

/// Ways of writing Arabic sounds that a table of words does not have.
fn romanise(word: &mut String, random: &mut Random) {
    if word.ends_with('a') && random.is(0.08) {
        word.push('h');
    }
    if random.is(0.05) {
        let letters: Vec<char> = word.chars().collect();
        let doubled = (1..letters.len()).find(|&at| letters[at] == letters[at - 1]);
        let single = (2..letters.len().saturating_sub(1)).find(|&at| {
            "bdfjlmnrstz".contains(letters[at])
                && "aeiou".contains(letters[at - 1])
                && "aeiou".contains(letters[at + 1])
        });
        match (doubled, single) {
            (Some(at), _) => drop(word.remove(letters[..at].iter().map(|one| one.len_utf8()).sum())),
            (None, Some(at)) => word.insert(letters[..at].iter().map(|one| one.len_utf8()).sum(), letters[at]),
            (None, None) => {}
        }
    }
}

/// A slip of the pen: two letters swapped, or one left out.
fn slip(word: &mut String, random: &mut Random) {
    let mut letters: Vec<char> = word.to_lowercase().chars().collect();
    if letters.len() < 4 {
        return;
    }
    let at = 1 + random.below(letters.len() - 2);
    if random.is(0.5) {
        letters.swap(at, at + 1);
    } else {
        letters.remove(at);
    }
    *word = capital(&letters.into_iter().collect::<String>());
}
