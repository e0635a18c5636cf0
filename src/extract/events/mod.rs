//! Events: which words tell of one, who takes part, and whether it is said to have happened.
//!
//! What names an event and what fills its roles is data (`ontology/frames/`): `frames.rs` reads it, `trigger.rs` finds
//! the words that name an event, `participants.rs` and `roles.rs` who takes part by the dependencies of the sentence,
//! `same.rs` which tellings mean one happening, `outcome.rs` what later words say of a plan.

mod frames;
mod outcome;
mod participants;
mod roles;
mod same;
mod tied;
mod trigger;
mod words;

#[cfg(test)]
mod tests;

pub use frames::{Frame, FrameError, Frames, Function, Role};

use std::collections::HashMap;

use super::assertion;
use super::clause::Clause;
use super::coreference::Resolved;
use super::dating;
use super::lexicon::Lexicon;
use super::text::Text;
use super::time::TimeMention;
use crate::model::{Argument, Basis, EntityType, Event, Interval, MentionForm, Modality, Polarity, Span};
use frames::{Form, Trigger};
use participants::Participants;
use roles::Fillers;
use trigger::{Hit, Search};
use words::EventWords;

/// Confidence in the type of what the gazetteer lists and a frame asks for.
const CONFIRMED: f32 = 0.7;
/// Confidence in a role's filler right by the grammar, and in one that a list joins to it.
const FILLED: (f32, f32) = (0.9, 0.8);
/// Confidence in a body that a group is said to belong to.
const BODY: f32 = 0.6;
/// Confidence in a place that stands in the clause above.
const INHERITED: f32 = 0.6;
/// Members of one list that are read at most.
const LONGEST_LIST: usize = 40;

/// Finds events, in order of trigger.
pub(super) fn find(
    text: &Text<'_>,
    resolved: &Resolved,
    times: &[TimeMention],
    frames: &Frames,
    lexicon: &Lexicon,
) -> Vec<Event> {
    let clause = Clause::new(text, &resolved.found, lexicon);
    let named = named_words(text, resolved);
    let heads = heads(text, resolved);
    let participants = Participants { syntax: &text.syntax };
    let words = EventWords::embedded();
    let hits = Search { text, participants, lexicon, words, named: &named, frames }.hits();
    let finder = Finder { text, resolved, clause: &clause, frames, lexicon, words, heads: &heads };
    let mut told: Vec<(usize, Event, bool)> = Vec::new();
    let mut taken = 0;
    for hit in hits {
        // One event per trigger: the first frame whose requirements are met, else one that may tell of an event before.
        let overlaps = hit.word < taken;
        if overlaps && !told.last().is_some_and(|(_, _, vague)| *vague) {
            continue;
        }
        if let Some((event, vague)) = finder.event(hit)
            && !(overlaps && vague)
        {
            if overlaps {
                told.pop();
            }
            taken = hit.end;
            told.push((hit.head, event, vague));
        }
    }
    told.sort_by_key(|(_, event, _)| event.trigger);
    let vague: Vec<bool> = told.iter().map(|(_, _, vague)| *vague).collect();
    let mut events: Vec<(usize, Event)> = told.into_iter().map(|(head, event, _)| (head, event)).collect();
    finder.share(&mut events);
    dating::date(text, lexicon, times, &mut events);
    same::join(text, resolved, &mut events, &vague);
    outcome::settle(&mut events);
    events.into_iter().map(|(_, event)| event).collect()
}

/// Which words are part of a name.
fn named_words(text: &Text<'_>, resolved: &Resolved) -> Vec<bool> {
    let mut named = vec![false; text.len()];
    for found in resolved.found.iter().filter(|found| found.form == MentionForm::Name) {
        named[found.first..found.end].fill(true);
    }
    named
}

/// Word → the mentions whose head it is, the widest first.
fn heads(text: &Text<'_>, resolved: &Resolved) -> Vec<Vec<usize>> {
    let mut heads: Vec<Vec<usize>> = vec![Vec::new(); text.len()];
    for (index, found) in resolved.found.iter().enumerate() {
        let outside =
            |word: &usize| text.syntax.head(*word).is_none_or(|head| !(found.first..found.end).contains(&head));
        let head = (found.first..found.end).rev().find(outside).unwrap_or(found.end - 1);
        heads[head].push(index);
    }
    for list in &mut heads {
        list.sort_by_key(|&index| {
            let found = &resolved.found[index];
            (found.kind == EntityType::Nationality, std::cmp::Reverse(found.end - found.first), index)
        });
    }
    heads
}

struct Finder<'a, 't> {
    text: &'a Text<'t>,
    resolved: &'a Resolved,
    clause: &'a Clause<'a, 't>,
    frames: &'a Frames,
    lexicon: &'a Lexicon,
    words: &'a EventWords,
    heads: &'a [Vec<usize>],
}

impl<'a> Finder<'a, '_> {
    /// The event that a trigger tells of, and whether what the frame requires is missing.
    fn event(&self, hit: Hit<'a>) -> Option<(Event, bool)> {
        let text = self.text;
        let trigger: &Trigger = hit.trigger;
        let frame = &self.frames.frames[trigger.frame];
        let sentence = &text.sentences()[text.sentence_of(hit.word)];
        if trigger.form == Form::Noun && self.is_person(hit) && !frame.names_doer() {
            return None;
        }
        let fillers = Fillers::new(text, self.clause, self.resolved, self.lexicon, self.words, self.heads, hit);
        let mut arguments: Vec<Argument> = Vec::new();
        for role in &frame.roles {
            let mut functions: Vec<&Function> = role.functions.iter().collect();
            functions.sort_by_cached_key(|function| {
                (matches!(function, Function::After(_)), fillers.distance(function, &role.types))
            });
            for function in functions {
                let Some(mention) = fillers.filler(function, &role.types) else { continue };
                if self.fill(&mut arguments, mention, role, function, &hit, &frame.event) {
                    break;
                }
            }
        }
        let has = |role: &String| arguments.iter().any(|argument| argument.role == *role);
        let enough =
            frame.require.iter().all(has) && (frame.require_any.is_empty() || frame.require_any.iter().any(has));
        if !enough && !self.may_be_told_before(hit) {
            return None;
        }
        self.drop_vague_sites(&mut arguments);
        let (mut polarity, modality) = assertion::of(text, hit.end_word());
        // "not been seen since": what denies belongs to the trigger.
        if trigger.is_negated() {
            polarity = Polarity::Positive;
        }
        let confidence = arguments.iter().map(|argument| argument.confidence).fold(0.9, f32::min);
        let event = Event {
            kind: frame.event.clone(),
            class: frame.class.clone(),
            trigger: text.span(hit.word, hit.end),
            evidence: sentence.span,
            polarity,
            modality,
            time: self.latest(modality),
            duration: None,
            arguments,
            attribution: Vec::new(),
            same: None,
            rule: format!("frame:{}/{}", frame.event, trigger.words.join("-")),
            confidence,
        };
        Some((event, !enough))
    }

    /// Adds a mention and those joined to it as fillers of a role, as far as they fill no other.
    fn fill(
        &self,
        arguments: &mut Vec<Argument>,
        mention: usize,
        role: &Role,
        function: &Function,
        hit: &Hit<'_>,
        event: &str,
    ) -> bool {
        let mut added = false;
        let (joined, open) = self.joined(mention, &role.types, hit);
        for joined in joined {
            let Some(entity) = self.resolved.mentions[joined].entity else { continue };
            if arguments.iter().any(|known| known.entity == entity) {
                continue;
            }
            let found = &self.resolved.found[joined];
            // The gazetteer has it and the frame asks for such a thing: its type is hardly in doubt.
            let listed = if found.entries.is_empty() { 0.0 } else { CONFIRMED };
            let most = if joined == mention { FILLED.0 } else { FILLED.1 };
            arguments.push(Argument {
                role: role.name.clone(),
                entity,
                mention: Some(joined),
                open,
                confidence: found.confidence.max(listed).min(most),
                rule: format!("{event}/{}", function.name(hit.passive)),
            });
            added = true;
            if role.name == "agent" && role.types.contains(&EntityType::Organization) {
                self.add_bodies(arguments, joined, event);
            }
        }
        added
    }

    /// The organisations that a person or group acts for by its own phrase: "FMLN guerrillas", "members of the army",
    /// "fighters led by X".
    fn add_bodies(&self, arguments: &mut Vec<Argument>, mention: usize, event: &str) {
        let syntax = &self.text.syntax;
        let found = &self.resolved.found[mention];
        if !matches!(found.kind, EntityType::Person | EntityType::PersonGroup) || found.form == MentionForm::Name {
            return;
        }
        let noun = self.head_of(mention);
        let mut words: Vec<usize> = syntax.dependents(noun, &["compound", "amod", "nmod", "poss"]).collect();
        let prepositions =
            syntax.dependents(noun, &["prep"]).filter(|&prep| matches!(self.text.lower(prep), "of" | "from"));
        words.extend(prepositions.filter_map(|prep| syntax.child(prep, &["pobj"])));
        for clause in
            syntax.dependents(noun, &["acl"]).filter(|&verb| self.words.light.belonging.contains(syntax.lemma(verb)))
        {
            let ties = syntax
                .dependents(clause, &["agent", "prep"])
                .filter(|&tie| matches!(self.text.lower(tie), "by" | "to" | "with"));
            words.extend(ties.filter_map(|tie| syntax.child(tie, &["pobj"])));
        }
        // "the X group": the name stands before the noun.
        let before: Vec<usize> =
            words.iter().flat_map(|&word| syntax.dependents(word, &["compound", "nmod", "appos", "amod"])).collect();
        words.extend(before);
        for word in words {
            let body = self.heads[word].iter().copied().find(|&other| {
                let body = &self.resolved.found[other];
                body.kind == EntityType::Organization && body.form == MentionForm::Name
            });
            let entity = body.and_then(|body| self.resolved.mentions[body].entity);
            let Some(entity) = entity.filter(|entity| arguments.iter().all(|known| known.entity != *entity)) else {
                continue;
            };
            arguments.push(Argument {
                role: "agent".to_owned(),
                entity,
                mention: body,
                open: false,
                confidence: BODY,
                rule: format!("{event}/body-of-agent"),
            });
        }
    }

    /// A mention with those joined to it: by a list, as examples ("cities such as"), or as one of them ("was among"); and
    /// whether the text names them only as examples.
    fn joined(&self, mention: usize, types: &[EntityType], hit: &Hit<'_>) -> (Vec<usize>, bool) {
        let syntax = &self.text.syntax;
        let found = &self.resolved.found[mention];
        let noun = self.head_of(mention);
        let at = |word: usize| self.heads[word].iter().copied().find(|&other| self.clause.fits(other, types));
        // "cities such as Homs and Hama": the cities are those.
        let lists =
            |word: &str| matches!(word, "as" | "like" | "including") || (word == "of" && found.kind.is_geographic());
        let examples = syntax.dependents(noun, &["prep"]).filter(|&prep| lists(self.text.lower(prep)));
        let example = examples.filter_map(|prep| syntax.child(prep, &["pobj"])).find_map(at);
        if found.form == MentionForm::Nominal
            && found.plural
            && let Some(example) = example.filter(|&one| one != mention)
        {
            return (self.clause.coordinates(example, types, false), true);
        }
        let leftward = found.end <= hit.word;
        let mut joined = self.clause.coordinates(mention, types, leftward);
        // The list as the grammar has it, with the names that say who a group is: "three reporters, A, B and C".
        let grouped = found.form == MentionForm::Nominal && found.plural;
        let mut words = vec![noun];
        let mut next = 0;
        while next < words.len() && words.len() < LONGEST_LIST {
            let word = words[next];
            next += 1;
            words.extend(syntax.dependents(word, if grouped || next > 1 { &["conj", "appos"] } else { &["conj"] }));
        }
        for other in words.into_iter().skip(1).filter_map(at) {
            let pronoun = self.resolved.found[other].form == MentionForm::Pronoun;
            if !pronoun && !joined.contains(&other) {
                joined.push(other);
            }
        }
        // "Ali Hassan was among the prisoners freed"
        let among = syntax.head(noun).filter(|&prep| matches!(self.text.lower(prep), "among" | "amongst"));
        let member = among.and_then(|prep| syntax.head(prep)).filter(|&verb| syntax.lemma(verb) == "be");
        let member = member.and_then(|verb| syntax.child(verb, &["nsubj"])).and_then(at);
        joined.extend(member.filter(|member| !joined.contains(member)));
        (joined, false)
    }

    /// The head word of a mention.
    fn head_of(&self, mention: usize) -> usize {
        let found = &self.resolved.found[mention];
        (found.first..found.end).find(|&at| self.heads[at].contains(&mention)).unwrap_or(found.end - 1)
    }

    /// Whether the noun of a trigger is somebody: "the disappeared", "the killer".
    fn is_person(&self, hit: Hit<'_>) -> bool {
        self.heads[hit.end - 1].iter().any(|&mention| {
            let found = &self.resolved.found[mention];
            found.form == MentionForm::Nominal && matches!(found.kind, EntityType::Person | EntityType::PersonGroup)
        })
    }

    /// Whether a trigger without participants may tell of what was told before: "the attack", "that killing".
    fn may_be_told_before(&self, hit: Hit<'_>) -> bool {
        hit.trigger.form == Form::Noun
            && self.text.syntax.child(hit.end - 1, &["det"]).is_some_and(|determiner| {
                matches!(self.text.lower(determiner), "the" | "this" | "that" | "these" | "those")
            })
    }

    /// Where a named facility fills the role, an unnamed plural beside it says nothing more.
    fn drop_vague_sites(&self, arguments: &mut Vec<Argument>) {
        let named = arguments
            .iter()
            .any(|argument| argument.role == "facility" && self.resolved.entities[argument.entity].named);
        if named {
            let before = arguments.len();
            arguments.retain(|argument| {
                let vague = argument.mention.is_some_and(|mention| {
                    let found = &self.resolved.found[mention];
                    found.plural && found.kind == EntityType::Facility
                });
                argument.role != "facility" || !vague
            });
            // "several jails including X": there may be others.
            if arguments.len() < before {
                arguments
                    .iter_mut()
                    .filter(|argument| argument.role == "facility")
                    .for_each(|argument| argument.open = true);
            }
        }
    }

    /// Without a date of its own, what happened did so no later than the document was published.
    fn latest(&self, modality: Modality) -> Option<(Interval, Option<Span>)> {
        if !matches!(modality, Modality::Actual | Modality::ReportedDoubtful) {
            return None;
        }
        let latest = self.text.document.published.and_then(|published| published.latest)?;
        Some((Interval { earliest: None, latest: Some(latest), basis: Basis::Inferred }, None))
    }

    /// What an event inherits from the clause that it hangs on: "exploded in Hama, killing five" killed them in Hama.
    fn share(&self, events: &mut [(usize, Event)]) {
        let syntax = &self.text.syntax;
        let mut first: HashMap<usize, usize> = HashMap::new();
        for (index, (head, _)) in events.iter().enumerate() {
            first.entry(*head).or_insert(index);
        }
        for index in 0..events.len() {
            let head = events[index].0;
            let participial = syntax.dep(head) == "advcl" && syntax.tag(head) == "VBG";
            let Some(above) = syntax.head(head).filter(|_| participial) else { continue };
            let Some(&whole) = first.get(&above) else { continue };
            if events[index].1.arguments.iter().any(|argument| is_site(&argument.role)) {
                continue;
            }
            let inherited: Vec<Argument> = events[whole]
                .1
                .arguments
                .iter()
                .filter(|argument| is_site(&argument.role))
                .map(|argument| Argument {
                    confidence: argument.confidence.min(INHERITED),
                    rule: format!("{}/from-clause", events[index].1.kind),
                    ..argument.clone()
                })
                .collect();
            events[index].1.arguments.extend(inherited);
        }
    }
}

/// Roles of where something happens.
fn is_site(role: &str) -> bool {
    matches!(role, "place" | "facility")
}
