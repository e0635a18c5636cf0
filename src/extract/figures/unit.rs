//! What a number counts: the noun that it stands before, or of which it tells the number.

use super::number::Number;
use super::{Finder, Known};
use crate::gazetteer::NameRole;
use crate::model::{Bound, EntityType, MentionForm, Sentence};

/// Words between a number and the noun that it counts.
const NEAR: usize = 12;

/// What is counted.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    /// The noun, where one stands there.
    pub noun: Option<usize>,
    /// The word that the number is the number of, in its clause: the noun, or the number itself.
    pub head: usize,
    /// The number's own word that the others of it belong to.
    pub own: usize,
    /// "the number of detainees … amounted to": the noun that the subject names.
    pub subject: Option<usize>,
    /// What one of them is called.
    pub unit: String,
    /// "20 of the prisoners", "12 of them".
    pub partitive: bool,
    /// Between 0 and 1.
    pub confidence: f32,
}

impl Finder<'_, '_> {
    /// What `number` counts; none where it counts nothing. `found` are the figures before it.
    pub(super) fn counted(&self, number: &Number, sentence: &Sentence, found: &[Known]) -> Option<Counted> {
        let syntax = &self.text.syntax;
        let inside = |word: usize| (number.first..number.end).contains(&word);
        let head = (number.first..number.end)
            .rev()
            .find(|&word| syntax.head(word).is_none_or(|head| !inside(head)))
            .unwrap_or(number.end - 1);
        let one_of = self.text.lower(number.first) == "one" && self.text.lower(number.end) == "of";
        if self.measured(number) || one_of {
            return None;
        }
        let tally = |at: usize| self.tally(at);
        if let Some(noun) = self.noun_after(number, head, sentence) {
            let unit = self.unit(noun, number)?;
            let subject = tally(noun);
            return Some(Counted {
                noun: Some(noun),
                head: noun,
                own: head,
                subject,
                unit,
                partitive: false,
                confidence: 0.9,
            });
        }
        if let Some(noun) = self.noun_of(number, head) {
            let unit = self.unit(noun, number)?;
            let determined = syntax.child(noun, &["det", "poss"]).is_some()
                || self.words.part.pronouns.contains(self.text.lower(noun));
            let partitive = number.bound != Bound::Vague && determined || self.stands_for_whole(noun);
            let subject = tally(head);
            return Some(Counted { noun: Some(noun), head, own: head, subject, unit, partitive, confidence: 0.85 });
        }
        if number.year {
            return None;
        }
        if let Some((noun, unit)) = self.tallied(head) {
            return Some(Counted {
                noun: None,
                head,
                own: head,
                subject: Some(noun),
                unit,
                partitive: false,
                confidence: 0.8,
            });
        }
        let bare = |head: usize, unit: String| Counted {
            noun: None,
            head,
            own: head,
            subject: None,
            unit,
            partitive: false,
            confidence: 0.7,
        };
        // "of whom 20 were women", "12 are children"
        if let Some(noun) = self.predicate_noun(head) {
            return Some(Counted { noun: Some(noun), ..bare(head, self.unit(noun, number)?) });
        }
        // "Of the 150 prisoners, 20 were freed"
        if let Some(whole) = self.of_the(sentence, found) {
            return Some(Counted { partitive: true, ..bare(head, whole.counted.unit.clone()) });
        }
        // "400 people were arrested in one town and 20 in the other"
        if let Some(before) = self.elliptic(head, sentence, found) {
            return Some(Counted { head: before.counted.head, own: head, ..bare(head, before.counted.unit.clone()) });
        }
        // "at least 300, among them 20 children, were arrested"
        let subject = if self.text.word(number.end) == "," && self.opens_part(number.end + 1) {
            syntax.head(head).filter(|_| syntax.dep(head) == "nummod").unwrap_or(head)
        } else {
            head
        };
        // "45 were killed", "killing 12"
        self.befalls_people(subject, number, sentence).then(|| bare(subject, "person".to_owned()))
    }

    /// "20 were women": the noun that says what they are.
    fn predicate_noun(&self, head: usize) -> Option<usize> {
        let syntax = &self.text.syntax;
        let verb = syntax.head(head).filter(|&verb| syntax.dep(head) == "nsubj" && syntax.lemma(verb) == "be")?;
        syntax.child(verb, &["attr"]).filter(|&noun| syntax.tag(noun) == "NNS" && noun > head)
    }

    /// "Of the 150 prisoners, 20 …": the whole that opens the sentence.
    pub(super) fn of_the<'k>(&self, sentence: &Sentence, found: &'k [Known]) -> Option<&'k Known> {
        if self.text.lower(sentence.first) != "of" {
            return None;
        }
        // "Of those, 14 have appeared in court": the figure of the sentence before.
        if self.stands_for_whole(sentence.first + 1) {
            let before =
                found.iter().rfind(|known| known.number.first < sentence.first && known.figure.part_of.is_none())?;
            let near = self.text.sentence_of(before.number.first) + 1 == self.text.sentence_of(sentence.first);
            return near.then_some(before);
        }
        let opens = |known: &&Known| known.number.first > sentence.first && known.number.first <= sentence.first + 4;
        let inside = found.iter().rev().take_while(|known| known.number.first >= sentence.first);
        inside.filter(opens).find(|known| known.counted.noun.is_some())
    }

    /// A number joined to a figure before it that leaves out what both count.
    fn elliptic<'k>(&self, head: usize, sentence: &Sentence, found: &'k [Known]) -> Option<&'k Known> {
        let syntax = &self.text.syntax;
        let joined = syntax.head(head).filter(|_| matches!(syntax.dep(head), "conj" | "appos"))?;
        let place = matches!(self.text.lower(head + 1), "in" | "at" | "near" | "from");
        let many = self.text.lower(head) != "one";
        let last = found.last().filter(|known| known.number.first >= sentence.first && place && many)?;
        let same = last.counted.noun == Some(joined) || last.counted.head == joined || syntax.is_verb(joined);
        same.then_some(last)
    }

    /// "20 prisoners", "more than two dozen secret facilities", "dozens more people".
    fn noun_after(&self, number: &Number, head: usize, sentence: &Sentence) -> Option<usize> {
        let (text, syntax) = (self.text, &self.text.syntax);
        let near = |noun: &usize| (number.end..sentence.end.min(number.end + NEAR)).contains(noun);
        let modifies = ["nummod", "quantmod", "amod", "compound", "nmod", "det", "advmod", "npadvmod", "appos"];
        // "five times locals warned", "20 km of road": what stands right behind is measured.
        let next = text.lower(number.end);
        let lemma = syntax.lemma(number.end).to_lowercase();
        let vague = |word: &str| self.words.unit.measures.contains(word) || self.words.unit.vague.contains(word);
        if next != "more"
            && next != "other"
            && next != "another"
            && (vague(next) || vague(&lemma))
            && syntax.is_noun(number.end)
        {
            return None;
        }
        let parsed = syntax
            .head(head)
            .filter(|noun| near(noun) && modifies.contains(&syntax.dep(head)) && self.is_countable(*noun))
            // What stands between a number and its noun is part of the phrase.
            .filter(|&noun| (number.end..noun).all(|at| self.in_phrase(at)));
        parsed.or_else(|| {
            let noun = (number.end..sentence.end.min(number.end + 5))
                .take_while(|&at| self.in_phrase(at) || self.is_countable(at))
                .find(|&at| self.is_countable(at) && !self.is_modifier(at))?;
            (text.lower(noun) != "of").then_some(noun)
        })
    }

    /// Whether a word may stand between a number and its noun.
    fn in_phrase(&self, at: usize) -> bool {
        let tag = self.text.syntax.tag(at);
        matches!(
            tag,
            "JJ" | "JJR" | "JJS" | "NN" | "NNS" | "NNP" | "NNPS" | "VBN" | "VBG" | "RB" | "RBS" | "CD" | "POS" | "HYPH"
        ) || matches!(self.text.word(at), "-" | "“" | "”" | "‘" | "’" | "\"" | "'")
            || tag == "CC" && self.text.lower(at) == "and" && self.text.syntax.tag(at + 1).starts_with("JJ")
            || tag == "," && self.text.syntax.tag(at + 1).starts_with("JJ")
    }

    fn is_modifier(&self, at: usize) -> bool {
        let syntax = &self.text.syntax;
        matches!(syntax.dep(at), "compound" | "nmod" | "amod" | "poss")
            && syntax.head(at).is_some_and(|head| head > at && head <= at + 3)
    }

    /// Whether a word can be what is counted: a noun, or "20 dead".
    fn is_countable(&self, at: usize) -> bool {
        let syntax = &self.text.syntax;
        // "130 more were injured"
        let more = self.text.lower(at) == "more" && !matches!(syntax.tag(at + 1), "NN" | "NNS" | "JJ" | "IN" | "CD");
        matches!(syntax.tag(at), "NN" | "NNS" | "NNPS" | "NNP")
            || more
            || self.words.unit.people.contains(self.text.lower(at)) && !self.is_modifier(at) && !self.is_finite(at)
    }

    /// "were killed", where "20 killed" is not.
    fn is_finite(&self, at: usize) -> bool {
        self.text.syntax.dependents(at, &["aux", "auxpass"]).any(|auxiliary| auxiliary < at)
    }

    /// "dozens of people", "20 of them", "hundreds of those imprisoned".
    fn noun_of(&self, number: &Number, head: usize) -> Option<usize> {
        let syntax = &self.text.syntax;
        let of = (number.end..=number.end + 1).find(|&at| self.text.lower(at) == "of")?;
        let parsed = syntax.child(of, &["pobj", "pcomp"]).filter(|noun| *noun <= of + NEAR);
        let noun = parsed.or_else(|| {
            syntax.dependents(head, &["prep"]).filter(|&at| at == of).find_map(|at| syntax.child(at, &["pobj"]))
        })?;
        Some(noun)
    }

    /// Whether a sign of money or of a share stands by the number.
    fn measured(&self, number: &Number) -> bool {
        let next = self.text.lower(number.end);
        let lemma = self.text.syntax.lemma(number.end).to_lowercase();
        self.words.unit.measures.contains(next)
            || self.words.unit.measures.contains(&lemma)
            || matches!(self.text.word(number.end), "%" | "°" | "/")
    }

    /// What one of those is called that the noun at `noun` means; none where it is measured or says nothing.
    fn unit(&self, noun: usize, number: &Number) -> Option<String> {
        let (text, syntax, words) = (self.text, &self.text.syntax, &self.words.unit);
        let lower = text.lower(noun);
        let lemma = syntax.lemma(noun).to_lowercase();
        let tag = syntax.tag(noun);
        let known = |word: &str| words.measures.contains(word) || words.vague.contains(word);
        if known(&lemma) || known(lower) || self.clause.mention(noun).is_some_and(|mention| self.is_thing(mention)) {
            return None;
        }
        if words.anybody.contains(lower) || tag.starts_with("PRP") || words.people.contains(lower) {
            return Some("person".to_owned());
        }
        if tag.starts_with("NNP") {
            return self.is_demonym(noun).then(|| "person".to_owned());
        }
        let person = &self.lexicon.person;
        if let Some(unit) = person.plural.get(lower).or_else(|| person.collective.get(lower)) {
            return Some(self.joined(noun, unit));
        }
        let plural = tag == "NNS" || words.collective.contains(lower) || lower.ends_with('s') && lemma != lower;
        let single = number.value == 1 && number.upper.is_none();
        // "the 2011 uprising", "a 20 year term": one thing, whatever the number.
        if !plural && (!single || number.year) {
            return None;
        }
        let word = if lemma.is_empty() { lower } else { &lemma };
        (word.chars().all(|letter| letter.is_alphabetic() || letter == '-')).then(|| self.joined(noun, word))
    }

    /// "family member", "detention centre": the unit together with the noun before it, where it says little.
    fn joined(&self, noun: usize, unit: &str) -> String {
        let before = noun.checked_sub(1).filter(|&at| {
            self.text.syntax.tag(at) == "NN"
                && self.text.syntax.dep(at) == "compound"
                && self.words.unit.joined.contains(unit)
        });
        before.map_or_else(|| unit.to_owned(), |at| format!("{} {unit}", self.text.lower(at)))
    }

    /// Whether a mention is a name of no people: "20 Downing Street".
    fn is_thing(&self, mention: usize) -> bool {
        let found = &self.resolved.found[mention];
        let people = matches!(found.kind, EntityType::Nationality | EntityType::PersonGroup | EntityType::Person);
        found.form == MentionForm::Name && !people && !self.is_demonym(found.end - 1)
    }

    /// "13,000 Iranians"
    fn is_demonym(&self, noun: usize) -> bool {
        let people = self.clause.mention(noun).is_some_and(|mention| {
            matches!(self.resolved.found[mention].kind, EntityType::Nationality | EntityType::PersonGroup)
        });
        let listed =
            || self.gazetteer.lookup_folded(self.text.folded(noun)).iter().any(|hit| hit.role == NameRole::Demonym);
        people || listed()
    }

    /// Whether a unit is of people.
    pub(super) fn is_people(&self, unit: &str) -> bool {
        let sense = || crate::extract::nouns::Nouns::embedded().sense(unit).map(|sense| sense.kind);
        unit == "person"
            || self.lexicon.person.singular.contains_key(unit)
            || matches!(sense(), Some(EntityType::Person | EntityType::PersonGroup))
    }

    /// The noun whose number the number at `head` is by its verb: "the number of detainees … amounted to 136,614".
    fn tally(&self, head: usize) -> Option<usize> {
        self.tallied(head).map(|(noun, _)| noun)
    }

    /// As [`Finder::tally`], with the unit.
    fn tallied(&self, head: usize) -> Option<(usize, String)> {
        let (text, syntax, words) = (self.text, &self.text.syntax, &self.words.unit);
        let governor = syntax.head(head)?;
        let to =
            matches!(syntax.dep(head), "pobj" | "pcomp" | "nummod") && words.reaching_to.contains(text.lower(governor));
        let verb = if to { syntax.head(governor)? } else { governor };
        // "from 20 to 45" hangs one preposition on the other.
        let verb = if words.reaching_to.contains(text.lower(verb)) { syntax.head(verb)? } else { verb };
        if !words.reaching.contains(syntax.lemma(verb)) {
            return None;
        }
        let tally =
            |noun: usize| words.tallies.get(syntax.lemma(noun).to_lowercase().as_str()).map(|unit| (noun, unit));
        // "put the number of dead at 45", "the toll rose to 45", "bringing the toll to 45"
        let (tally, own) = syntax
            .dependents(verb, &["dobj", "nsubj", "nsubjpass"])
            .chain(syntax.subject(verb))
            .filter(|&noun| noun != head)
            .find_map(tally)?;
        let of = syntax.children(tally).iter().copied().find(|&at| text.lower(at) == "of");
        let whose =
            of.and_then(|of| syntax.child(of, &["pobj"])).or_else(|| syntax.child(tally, &["compound", "nmod"]));
        match whose {
            Some(noun) => {
                let many =
                    Number { first: head, end: head + 1, value: 1, upper: None, bound: Bound::Exact, year: false };
                self.unit(noun, &many).map(|unit| (noun, unit))
            }
            None => (!own.is_empty()).then(|| (tally, own.clone())),
        }
    }

    /// "45 were killed", "killing 12 and wounding 30": a number alone, of those to whom something happens.
    fn befalls_people(&self, head: usize, number: &Number, sentence: &Sentence) -> bool {
        let syntax = &self.text.syntax;
        let small = number.value < 3 && self.text.lower(number.first) == "one";
        let people = |class: &String| !self.words.states.of_things.contains(class);
        let table = match syntax.dep(head) {
            "nsubjpass" | "dobj" => &self.words.states.object,
            "nsubj" => &self.words.states.subject,
            // "the deaths of 33"
            "pobj" => {
                let of = syntax.head(head).filter(|&of| self.text.lower(of) == "of");
                let event = of.and_then(|of| syntax.head(of)).filter(|&event| syntax.is_noun(event));
                return event.is_some_and(|event| {
                    let classes = self.words.states.events.get(syntax.lemma(event));
                    classes.is_some_and(|classes| classes.iter().all(people))
                });
            }
            _ => return false,
        };
        let Some(verb) = syntax.head(head).filter(|verb| sentence.words().contains(verb) && !small) else {
            return false;
        };
        let told = |verb: usize| table.get(syntax.lemma(verb)).is_some_and(|classes| classes.iter().all(people));
        // "12 killed" has no auxiliary, and the model takes the number for the subject.
        let reduced = syntax.tag(verb) == "VBN"
            && self.words.states.object.get(syntax.lemma(verb)).is_some_and(|classes| classes.iter().all(people));
        told(verb) || reduced
    }
}
