//! Relations that a row of words around two names says: "Ali Hassan, spokesman for the Moon Institute".

use super::Finder;
use super::pattern::{Element, Part, Pattern, Table, Times};
use super::wider::agrees;
use crate::extract::names::Found;
use crate::model::{EntityType, MentionForm, Relation, Sentence, Span, WordShape};

/// How many words `*` stands for at most.
const MOST: usize = 7;
/// Words of a class that belong together at most ("chief of staff").
const LONGEST_TERM: usize = 3;
/// Beginnings of tags of words that may stand inside a noun phrase.
const INNER_TAGS: &[&str] = &["NN", "JJ", "CD", "DT", "PRP$", "HYPH", "VBN", "VBG", "AFX"];

/// Where a pattern has got to, and the names it has found.
#[derive(Clone, Copy)]
struct State {
    at: usize,
    subject: Option<usize>,
    object: Option<usize>,
}

impl State {
    /// The state past a name that is this part of the relation.
    fn with(self, part: Part, mention: usize, at: usize) -> Self {
        match part {
            Part::Subject => Self { at, subject: Some(mention), ..self },
            Part::Object => Self { at, object: Some(mention), ..self },
            Part::Neither => Self { at, ..self },
        }
    }
}

impl Finder<'_, '_> {
    /// Tries every pattern at every word of a sentence.
    pub(super) fn phrases(&self, sentence: &Sentence, relations: &mut Vec<Relation>) {
        let table = Table::embedded();
        for first in sentence.words() {
            let named = self.name_at(first).is_some();
            for pattern in &table.patterns {
                let opens_with_name = matches!(pattern.elements[0], (Element::Name(..), Times::Once));
                if opens_with_name && !named {
                    continue;
                }
                let start = State { at: first, subject: None, object: None };
                if let Some(end) = self.follow(&pattern.elements, start, sentence) {
                    self.say(pattern, first, end, relations);
                }
            }
        }
    }

    /// The relation of a pattern that has been found from word `first` on.
    fn say(&self, pattern: &Pattern, first: usize, end: State, relations: &mut Vec<Relation>) {
        let (Some(subject), Some(object)) = (end.subject, end.object) else { return };
        if pattern.relation == "locatedIn" && !self.may_lie_in(subject, object) {
            return;
        }
        if self.is_modifier(object, end.at) || self.is_of_next(pattern, subject, object) {
            return;
        }
        // "the National Guard (NG)": letters that name no country are hardly a place.
        let place = &self.resolved.found[object];
        let letters = self.text.shape(place.first) == WordShape::Upper && place.kind != EntityType::Country;
        if pattern.relation == "locatedIn" && letters && self.text.word(place.first - 1) == "(" {
            return;
        }
        let evidence = self.text.span(first, end.at);
        for object in self.with_wider(object) {
            let evidence = evidence.cover(self.resolved.found[object].span(self.text));
            let pair = (self.entity(subject), self.entity(object));
            self.push(relations, &pattern.relation, pair, evidence, &pattern.rule, pattern.confidence);
        }
    }

    /// Whether a place at the end of what was read only says more about a noun: "of the Hama delegation", "of Hama's".
    fn is_modifier(&self, object: usize, end: usize) -> bool {
        let found = &self.resolved.found[object];
        let common = self.text.shape(end) == WordShape::Lower
            && self.text.syntax.tag(end).starts_with("NN")
            && !self.in_class("site", self.text.lower(end));
        found.kind.is_geographic() && found.end == end && (common || matches!(self.text.lower(end), "'s" | "’s"))
    }

    /// "X, the head of Y, Z": whether what stands after the subject may as well be said of the next name.
    fn is_of_next(&self, pattern: &Pattern, subject: usize, object: usize) -> bool {
        let apposition =
            matches!(pattern.elements.get(1), Some((Element::Words(words), Times::Once)) if words == &[","]);
        let first = |mention: usize| self.resolved.found[mention].first;
        apposition && first(subject) < first(object) && self.is_before_person(object)
    }

    /// Whether a comma and another person's name follow a mention.
    pub(super) fn is_before_person(&self, mention: usize) -> bool {
        let end = self.resolved.found[mention].end;
        let name = |at: &usize| self.past_class("title", *at) != Some(at + 1) && self.text.word(*at) != ".";
        self.text.word(end) == "," && (end + 1..end + 4).find(name).is_some_and(|at| self.is_person_name_at(at))
    }

    /// Follows the elements of a pattern from `state`; as few words as possible where a number is open.
    fn follow(&self, elements: &[(Element, Times)], state: State, sentence: &Sentence) -> Option<State> {
        let Some(((element, times), rest)) = elements.split_first() else { return Some(state) };
        let most = if matches!(times, Times::Any | Times::Some) { MOST } else { 1 };
        let mut state = state;
        if matches!(times, Times::Maybe | Times::Any)
            && let Some(end) = self.follow(rest, state, sentence)
        {
            return Some(end);
        }
        for _ in 0..most {
            state = self.step(element, state, sentence)?;
            if let Some(end) = self.follow(rest, state, sentence) {
                return Some(end);
            }
        }
        None
    }

    /// Past one element, if it stands at `state`.
    fn step(&self, element: &Element, state: State, sentence: &Sentence) -> Option<State> {
        let State { at, .. } = state;
        let past = |end: usize| Some(State { at: self.past_stop(end, sentence), ..state });
        if let Element::NotAfter(behind) = element {
            let stands = at > sentence.first && self.stands_before(behind, at);
            return (!stands).then_some(state);
        }
        if at >= sentence.end {
            return None;
        }
        match element {
            Element::Name(part, types) => {
                let mention = self.name_at(at).filter(|&mention| self.clause.fits(mention, types))?;
                // In "Hama-born" the word says more than the name.
                let joined =
                    self.resolved.found[mention].exact.is_some_and(|exact| exact.end < self.text.span(at, at + 1).end);
                let end = self.past_stop(self.resolved.found[mention].end, sentence);
                (!joined).then(|| state.with(*part, mention, end))
            }
            Element::Joined(part, types, ending) => {
                let mention = self.name_at(at).filter(|&mention| self.clause.fits(mention, types))?;
                let found = &self.resolved.found[mention];
                let last = self.text.span(found.end - 1, found.end);
                let rest = found.exact.filter(|exact| exact.end < last.end)?.end;
                let ends = self.text.slice(Span::new(rest, last.end)).eq_ignore_ascii_case(ending);
                ends.then(|| state.with(*part, mention, found.end))
            }
            Element::Owner if matches!(self.text.lower(at), "his" | "her") => {
                let owner = self.clause.mention(at).filter(|&owner| {
                    let entity = self.entity(owner).map(|entity| &self.resolved.entities[entity]);
                    entity.is_some_and(|entity| entity.named && entity.kind == EntityType::Person)
                        && self.resolved.found[owner].form == MentionForm::Pronoun
                })?;
                Some(state.with(Part::Subject, owner, at + 1))
            }
            Element::Words(words) if self.is_one_of(at, words) => past(at + 1),
            Element::Attached(words) if self.is_one_of(at, words) => {
                if self.text.syntax.belongs_to_noun(at) {
                    past(at + 1)
                } else {
                    None
                }
            }
            Element::Class(class) => past(self.past_class(class, at)?),
            Element::Aside if self.is_aside(at) => past(at + 1),
            Element::Inner if self.is_inner(at) => past(at + 1),
            Element::Noun if self.is_noun(at) => past(at + 1),
            _ => None,
        }
    }

    fn is_one_of(&self, at: usize, words: &[String]) -> bool {
        let word = self.text.lower(at);
        words.iter().any(|known| known == word)
    }

    /// Past the full stop of an abbreviation.
    fn past_stop(&self, at: usize, sentence: &Sentence) -> usize {
        if at + 1 < sentence.end && self.text.word(at) == "." { at + 1 } else { at }
    }

    /// "53" or "D-Ohio" between the commas after a name.
    fn is_aside(&self, at: usize) -> bool {
        let word = self.text.lower(at);
        self.text.shape(at) == WordShape::Number
            || word.split_once('-').is_some_and(|(party, state)| !state.is_empty() && self.in_class("party", party))
    }

    /// Whether an element stands right before word `at`.
    fn stands_before(&self, element: &Element, at: usize) -> bool {
        let at = if self.text.word(at - 1) == "." { at - 1 } else { at };
        match element {
            Element::Words(words) => self.is_one_of(at - 1, words),
            Element::Class(class) => at.checked_sub(1).and_then(|before| self.past_class(class, before)) == Some(at),
            Element::Name(_, types) => self
                .clause
                .mention(at - 1)
                .is_some_and(|mention| self.is_name(mention) && self.clause.fits(mention, types)),
            Element::Inner => self.is_inner(at - 1),
            Element::Noun => self.is_noun(at - 1),
            Element::Aside => self.is_aside(at - 1),
            Element::Attached(_) | Element::NotAfter(_) | Element::Joined(..) | Element::Owner => false,
        }
    }

    /// Past the longest term of a class that begins at `at`, outside names of places and organisations.
    pub(super) fn past_class(&self, class: &str, at: usize) -> Option<usize> {
        let words = Table::embedded().classes.get(class)?;
        let mut term = String::new();
        let mut end = None;
        for next in at..at + LONGEST_TERM {
            if self.name_at(next).is_some() && next > at {
                break;
            }
            let word = self.text.lower(next);
            if word.is_empty() {
                break;
            }
            if word == "." && next > at {
                continue;
            }
            if !term.is_empty() {
                term.push(' ');
            }
            term.push_str(word);
            if words.contains(&term) {
                end = Some(next + 1);
            }
        }
        end
    }

    /// Whether the word may stand inside a noun phrase, and belongs to no name.
    pub(super) fn is_inner(&self, at: usize) -> bool {
        let named = self.clause.mention(at).is_some_and(|mention| {
            let kind = self.resolved.found[mention].kind;
            self.is_name(mention) && kind != EntityType::Nationality && !kind.is_geographic()
        });
        if named || self.text.shape(at) == WordShape::Punctuation {
            return false;
        }
        let tag = self.text.syntax.tag(at);
        INNER_TAGS.iter().any(|known| tag.starts_with(known))
            || (tag.is_empty() && self.text.shape(at) != WordShape::Punctuation)
    }

    fn is_noun(&self, at: usize) -> bool {
        self.text.shape(at) == WordShape::Lower
            && self.text.syntax.tag(at) == "NN"
            && self.clause.mention(at).is_none_or(|mention| !self.is_name(mention))
    }

    /// The name that begins at word `at`.
    pub(super) fn name_at(&self, at: usize) -> Option<usize> {
        self.clause
            .mention(at)
            .filter(|&mention| self.is_name(mention) && self.resolved.found[mention].first == at)
            .or_else(|| {
                // Within a description: "the Syrian pilot".
                self.names.get(&at).copied()
            })
    }

    pub(super) fn is_name(&self, mention: usize) -> bool {
        self.resolved.found[mention].form == MentionForm::Name
    }

    /// Whether the gazetteer has nothing against it that `inner` lies in `outer`.
    fn may_lie_in(&self, inner: usize, outer: usize) -> bool {
        let (inner, outer) = (&self.resolved.found[inner], &self.resolved.found[outer]);
        if !inner.kind.is_geographic() {
            return true;
        }
        let known = |found: &Found| !found.entries.is_empty();
        let region = || outer.entries.iter().any(|entry| entry.kind == EntityType::Region);
        match (inner.kind, outer.kind) {
            (EntityType::Country, _) => false,
            _ if agrees(inner, outer) => true,
            (EntityType::Region, EntityType::City) if self.is_district(inner) && region() => true,
            (EntityType::Region, EntityType::City) => false,
            (EntityType::City, EntityType::City) => !(known(inner) && known(outer)),
            _ => true,
        }
    }
}
