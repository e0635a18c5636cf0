//! Events: triggers of frames, their roles, and whether they are said to have happened.

use super::assertion;
use super::clause::Clause;
use super::coreference::Resolved;
use super::dating;
use super::frames::{Form, Frames, Function, Trigger};
use super::lexicon::Lexicon;
use super::text::Text;
use super::time::TimeMention;
use crate::model::{Argument, Basis, EntityType, Event, Interval, Modality, Sentence, Span, WordShape};

/// Confidence in the type of what the gazetteer lists and a frame asks for.
const CONFIRMED: f32 = 0.7;
/// Words after a trigger within which "to death" belongs to it.
const BESIDE: usize = 8;

/// Finds events, in order of trigger.
pub(super) fn find(
    text: &Text<'_>,
    resolved: &Resolved,
    times: &[TimeMention],
    frames: &Frames,
    lexicon: &Lexicon,
) -> Vec<Event> {
    let mut clause = Clause::new(text, &resolved.found, lexicon);
    let hits = triggers(text, &clause, frames);
    for (token, trigger) in &hits {
        if trigger.form != Form::Noun {
            clause.verbs[*token] = true;
        }
    }
    let finder = Finder { text, resolved, clause: &clause, frames, lexicon };
    let mut events: Vec<(usize, Event)> = Vec::new();
    let mut last: Option<(usize, String)> = None;
    for (token, trigger) in hits {
        // One event per trigger: the first frame whose requirements are met.
        if last.as_ref().is_some_and(|(end, _)| token < *end) {
            continue;
        }
        if let Some(event) = finder.event(token, trigger) {
            let repeats = events.iter().rev().take(20).any(|(_, known)| {
                known.kind == event.kind && known.evidence == event.evidence && same_arguments(known, &event)
            });
            last = Some((token + trigger.words.len(), event.kind.clone()));
            if !repeats {
                events.push((token, event));
            }
        }
    }
    dating::date(text, lexicon, times, &mut events);
    events.into_iter().map(|(_, event)| event).collect()
}

fn same_arguments(one: &Event, other: &Event) -> bool {
    let key = |event: &Event| {
        event.arguments.iter().map(|argument| (argument.role.clone(), argument.entity)).collect::<Vec<_>>()
    };
    key(one) == key(other) && one.modality == other.modality && one.polarity == other.polarity
}

/// Every place where the words of a trigger stand outside a name.
fn triggers<'f>(text: &Text<'_>, clause: &Clause<'_, '_>, frames: &'f Frames) -> Vec<(usize, &'f Trigger)> {
    let mut hits = Vec::new();
    for token in 0..text.len() {
        let in_name =
            clause.mention(token).is_some_and(|mention| clause.found[mention].form == crate::model::MentionForm::Name);
        if in_name {
            continue;
        }
        for trigger in frames.beginning_with(text.lower(token)) {
            if text.has(token, &trigger.words) {
                hits.push((token, trigger));
            }
        }
    }
    hits
}

struct Finder<'a, 't> {
    text: &'a Text<'t>,
    resolved: &'a Resolved,
    clause: &'a Clause<'a, 't>,
    frames: &'a Frames,
    lexicon: &'a Lexicon,
}

impl Finder<'_, '_> {
    fn event(&self, token: usize, trigger: &Trigger) -> Option<Event> {
        let text = self.text;
        let frame = &self.frames.frames[trigger.frame];
        let sentence = &text.sentences()[text.sentence_of(token)];
        let end = token + trigger.words.len();
        let form = self.form(token, trigger, sentence)?;
        let transitive = frame.roles.iter().any(|role| role.functions.contains(&Function::Object));
        let passive =
            form == Form::Past && (self.is_modifier(token) || self.clause.is_passive(token, end, sentence, transitive));
        let bare = !self.has_auxiliary(token, sentence);
        if trigger.passive_only && (!passive || (bare && !self.is_custodial(end))) {
            return None;
        }
        if form == Form::Noun && self.lexicon.compound.nouns.contains(text.lower(end)) {
            return None;
        }
        if frame.unless_followed_by.iter().any(|words| text.has(end, words)) {
            return None;
        }
        if !frame.only_with.is_empty() && !self.has_beside(token, end, sentence, &frame.only_with) {
            return None;
        }
        // "the disappeared": the word is the head of a noun phrase, and not who did it ("the killer of").
        let names_doer = frame.roles.iter().any(|role| role.functions.contains(&Function::Beside));
        let heads_phrase = self.clause.mention(token).is_some_and(|mention| {
            self.resolved.found[mention].end == end && self.resolved.found[mention].first < token
        });
        if heads_phrase && !names_doer {
            return None;
        }
        let mut arguments: Vec<Argument> = Vec::new();
        for role in &frame.roles {
            for function in nearest_first(&role.functions, |function| {
                self.filler(function, token, end, sentence, form, passive, &role.types)
            }) {
                let Some(mention) = self.filler(function, token, end, sentence, form, passive, &role.types) else {
                    continue;
                };
                let leftward = matches!(
                    function,
                    Function::Object | Function::Subject | Function::Sole | Function::SubjectOfPhrase
                );
                let mut added = false;
                for joined in self.clause.coordinates(mention, &role.types, leftward) {
                    let Some(entity) = self.resolved.mentions[joined].entity else { continue };
                    let taken = arguments.iter().any(|known| known.entity == entity);
                    if taken {
                        continue;
                    }
                    let found = &self.resolved.found[joined];
                    // The gazetteer has it and the frame asks for such a thing: its type is hardly in doubt.
                    let listed = if found.entries.is_empty() { 0.0 } else { CONFIRMED };
                    let confidence = found.confidence.max(listed).min(if joined == mention { 0.9 } else { 0.8 });
                    let rule = format!("{}/{}", frame.event, name_of(function, passive));
                    arguments.push(Argument {
                        role: role.name.clone(),
                        entity,
                        mention: Some(joined),
                        confidence,
                        rule,
                    });
                    added = true;
                }
                if added {
                    break;
                }
            }
        }
        let has = |role: &String| arguments.iter().any(|argument| argument.role == *role);
        let enough =
            frame.require.iter().all(has) && (frame.require_any.is_empty() || frame.require_any.iter().any(has));
        if !enough {
            return None;
        }
        drop_vague_sites(&mut arguments, self.resolved);
        let subject_first = self.subject_first(&arguments, token);
        let polarity = assertion::polarity(self.clause, token, form, sentence, subject_first);
        let modality = assertion::modality(self.clause, token, end, form, sentence);
        let confidence = arguments.iter().map(|argument| argument.confidence).fold(0.9, f32::min);
        Some(Event {
            kind: frame.event.clone(),
            trigger: text.span(token, end),
            evidence: sentence.span,
            polarity,
            modality,
            time: self.latest(modality),
            duration: None,
            arguments,
            attribution: Vec::new(),
            rule: format!("frame:{}/{}", frame.event, trigger.words.join("-")),
            confidence,
        })
    }

    /// The form in which an ambiguous trigger stands here; none if it does not name an event here.
    fn form(&self, token: usize, trigger: &Trigger, sentence: &Sentence) -> Option<Form> {
        let text = self.text;
        let before = token.checked_sub(1).filter(|at| *at >= sentence.first).map_or("", |at| text.lower(at));
        let verbal = matches!(
            before,
            "to" | "will"
                | "would"
                | "can"
                | "could"
                | "may"
                | "might"
                | "must"
                | "should"
                | "did"
                | "do"
                | "does"
                | "not"
                | "never"
                | "they"
                | "we"
                | "i"
                | "you"
                | "who"
                | "n't"
        );
        let nominal = matches!(
            before,
            "the"
                | "a"
                | "an"
                | "his"
                | "her"
                | "their"
                | "its"
                | "of"
                | "'s"
                | "’s"
                | "after"
                | "for"
                | "this"
                | "that"
                | "my"
                | "on"
                | "under"
                | "before"
                | "since"
                | "mass"
                | "secret"
        );
        match trigger.form {
            Form::Base if nominal && !verbal => None,
            Form::Noun if verbal && before != "to" && before != "that" => None,
            // "free" and "open" are adjectives more often than verbs.
            Form::Base if !verbal && self.clause.mention(token + trigger.words.len()).is_none() => None,
            form => Some(form),
        }
    }

    /// Whether one of `phrases` stands right before the trigger, or after it with nothing but its object between.
    fn has_beside(&self, token: usize, end: usize, sentence: &Sentence, phrases: &[Vec<String>]) -> bool {
        let until = (end..sentence.end.min(end + BESIDE))
            .find(|&at| matches!(self.text.lower(at), "," | ";" | ":" | "who" | "that" | "but"))
            .unwrap_or(sentence.end.min(end + BESIDE));
        phrases.iter().any(|words| {
            let before = token.checked_sub(words.len()).filter(|at| *at >= sentence.first);
            before.is_some_and(|at| self.text.has(at, words))
                || (end..until).any(|at| self.text.has(at, words) && at + words.len() <= sentence.end)
        })
    }

    /// Whether the trigger is a participle inside a noun phrase: "the freed detainees".
    fn is_modifier(&self, token: usize) -> bool {
        self.clause.mention(token).is_some_and(|mention| {
            let found = &self.resolved.found[mention];
            found.form == crate::model::MentionForm::Nominal && token + 1 < found.end
        })
    }

    #[expect(clippy::too_many_arguments, reason = "the place of a trigger is told by all of these")]
    fn filler(
        &self,
        function: &Function,
        token: usize,
        end: usize,
        sentence: &Sentence,
        form: Form,
        passive: bool,
        types: &[EntityType],
    ) -> Option<usize> {
        let clause = self.clause;
        let verb = !matches!(form, Form::Noun | Form::Phrase);
        match function {
            Function::Object if verb && self.is_modifier(token) => {
                clause.mention(token).filter(|&mention| types.contains(&self.resolved.found[mention].kind))
            }
            Function::Object if verb && passive => clause.left(token, sentence, types),
            Function::Object if verb || form == Form::Phrase => clause.right(end, sentence, types),
            Function::Subject if verb && passive => clause.after("by", end, sentence, types),
            Function::Subject if verb => clause.left(token, sentence, types),
            Function::Subject => clause.after("by", end, sentence, types),
            Function::Sole if verb => clause.left(token, sentence, types),
            Function::Direct if verb => clause.right(end, sentence, types),
            Function::Possessive if form == Form::Noun => clause.possessor(token, types),
            Function::Beside if form == Form::Noun => clause.beside(token, end, sentence, types),
            Function::Modifier if form == Form::Noun => clause.modifier(token, types),
            Function::Accused if matches!(form, Form::Noun | Form::Gerund) => clause.accused(token, sentence, types),
            Function::SubjectOfPhrase if form == Form::Phrase => clause.left(token, sentence, types),
            Function::ObjectOfPhrase if form == Form::Phrase => clause.right(end, sentence, types),
            Function::After(preposition) if preposition == "of" && verb => None,
            Function::After(preposition) => clause
                .after(preposition, end, sentence, types)
                .or_else(|| self.fronted(preposition, token, sentence, types)),
            _ => None,
        }
    }

    /// A prepositional phrase before the trigger, at the head of its clause: "from where he was
    /// released" after the facility, "In Hama, rebels freed …".
    fn fronted(&self, preposition: &str, token: usize, sentence: &Sentence, types: &[EntityType]) -> Option<usize> {
        let text = self.text;
        // "…, from where he was released"
        if preposition == "from" {
            let from = token.saturating_sub(6).max(sentence.first);
            let relative = (from..token)
                .find(|&at| text.lower(at) == "from" && matches!(text.lower(at + 1), "where" | "which"))?;
            let before = relative.checked_sub(if text.word(relative.saturating_sub(1)) == "," { 2 } else { 1 })?;
            return self.clause.mention(before).filter(|&mention| types.contains(&self.resolved.found[mention].kind));
        }
        if !matches!(preposition, "in" | "at") || text.lower(sentence.first) != preposition {
            return None;
        }
        let mention = self.clause.right(sentence.first + 1, sentence, types)?;
        (text.word(self.resolved.found[mention].end) == ",").then_some(mention)
    }

    /// Whether what follows a bare participle ("held", "tried") is a place, a time or an end.
    fn is_custodial(&self, end: usize) -> bool {
        let next = self.text.lower(end);
        matches!(
            next,
            "in" | "at"
                | "by"
                | "for"
                | "since"
                | "without"
                | "inside"
                | "there"
                | "captive"
                | "incommunicado"
                | "under"
                | "on"
                | "until"
                | "during"
                | "before"
                | ","
                | "."
                | "near"
                | "outside"
                | "with"
                | "and"
        ) && !matches!(self.text.shape(end + 1), WordShape::Punctuation)
            || matches!(next, "." | ",")
    }

    /// The first word of the argument right before the trigger: "no prisoner was killed".
    fn subject_first(&self, arguments: &[Argument], token: usize) -> &str {
        let subject = arguments
            .iter()
            .filter_map(|argument| argument.mention)
            .filter(|&mention| self.resolved.found[mention].end <= token)
            .max_by_key(|&mention| self.resolved.found[mention].end);
        subject.map_or("", |mention| self.text.lower(self.resolved.found[mention].first))
    }

    /// Whether a form of "be" stands shortly before the trigger.
    fn has_auxiliary(&self, token: usize, sentence: &Sentence) -> bool {
        (token.saturating_sub(4).max(sentence.first)..token).any(|at| {
            matches!(
                self.text.lower(at),
                "was" | "were" | "is" | "are" | "be" | "been" | "being" | "wasn't" | "weren't" | "wasn’t" | "weren’t"
            )
        })
    }

    /// Without a date of its own, what happened did so no later than the document was published.
    fn latest(&self, modality: Modality) -> Option<(Interval, Option<Span>)> {
        if !matches!(modality, Modality::Actual | Modality::ReportedDoubtful) {
            return None;
        }
        let latest = self.text.document.published.and_then(|published| published.latest)?;
        Some((Interval { earliest: None, latest: Some(latest), basis: Basis::Inferred }, None))
    }
}

/// The functions of a role as they are to be tried: other functions in the frame's order, then the
/// prepositions by where in the sentence their noun stands.
fn nearest_first(functions: &[Function], place: impl Fn(&Function) -> Option<usize>) -> Vec<&Function> {
    let mut order: Vec<&Function> = functions.iter().collect();
    order.sort_by_key(|function| match function {
        Function::After(_) => (1, place(function).unwrap_or(usize::MAX)),
        _ => (0, 0),
    });
    order
}

/// Where a named facility fills the role, an unnamed plural beside it says nothing more.
fn drop_vague_sites(arguments: &mut Vec<Argument>, resolved: &Resolved) {
    let named =
        arguments.iter().any(|argument| argument.role == "facility" && resolved.entities[argument.entity].named);
    if named {
        arguments.retain(|argument| {
            let vague = argument.mention.is_some_and(|mention| {
                resolved.found[mention].plural && resolved.found[mention].kind == EntityType::Facility
            });
            argument.role != "facility" || !vague
        });
    }
}

fn name_of(function: &Function, passive: bool) -> String {
    match function {
        Function::Object if passive => "passive-subject".to_owned(),
        Function::Object => "object".to_owned(),
        Function::Subject if passive => "by-agent".to_owned(),
        Function::Subject => "subject".to_owned(),
        Function::Sole => "sole".to_owned(),
        Function::Direct => "direct".to_owned(),
        Function::Possessive => "possessive".to_owned(),
        Function::Beside => "beside".to_owned(),
        Function::Modifier => "modifier".to_owned(),
        Function::Accused => "accused".to_owned(),
        Function::SubjectOfPhrase => "subject-of-phrase".to_owned(),
        Function::ObjectOfPhrase => "object-of-phrase".to_owned(),
        Function::After(preposition) => preposition.clone(),
    }
}
