//! Which mentions fill the roles of a frame: from grammatical functions to noun phrases.

use super::frames::{Form, Function};
use super::participants::Participants;
use super::tied::Tied;
use super::trigger::Hit;
use super::words::EventWords;
use crate::extract::clause::Clause;
use crate::extract::coreference::Resolved;
use crate::extract::lexicon::Lexicon;
use crate::extract::text::Text;
use crate::model::{EntityType, MentionForm};

/// Steps from a noun to what stands for it ("hundreds of", "the body of").
const FARTHEST: usize = 4;
/// Words from a verb to the preposition after which whoever did it stands.
const WIDEST_CREDIT: usize = 20;

/// The fillers of one trigger.
pub(super) struct Fillers<'a, 't> {
    pub text: &'a Text<'t>,
    pub participants: Participants<'a, 't>,
    pub clause: &'a Clause<'a, 't>,
    pub resolved: &'a Resolved,
    pub lexicon: &'a Lexicon,
    pub words: &'a EventWords,
    /// Word → the mentions whose head it is, the widest first.
    pub heads: &'a [Vec<usize>],
    pub hit: Hit<'a>,
    tied: Vec<Tied>,
}

impl<'a, 't> Fillers<'a, 't> {
    pub fn new(
        text: &'a Text<'t>,
        clause: &'a Clause<'a, 't>,
        resolved: &'a Resolved,
        lexicon: &'a Lexicon,
        words: &'a EventWords,
        heads: &'a [Vec<usize>],
        hit: Hit<'a>,
    ) -> Self {
        let participants = Participants { syntax: &text.syntax };
        let mut fillers = Self { text, participants, clause, resolved, lexicon, words, heads, hit, tied: Vec::new() };
        fillers.tied = fillers.tied();
        fillers
    }

    /// The mention that fills a function, if one of `types` does.
    pub fn filler(&self, function: &Function, types: &[EntityType]) -> Option<usize> {
        let (hit, participants) = (&self.hit, self.participants);
        let verb = !matches!(hit.trigger.form, Form::Noun | Form::Phrase);
        let noun = hit.trigger.form == Form::Noun;
        let own = |word: Option<usize>| {
            let word = word?;
            // "those held under the regime being freed": not the regime, if the frame asks for people.
            let described = matches!(self.text.syntax.dep(hit.head), "acl" | "relcl")
                && self.text.syntax.head(hit.head) == Some(word);
            self.mention(word, types)
                .or_else(|| self.mention(participants.noun_before(word).filter(|_| described)?, types))
        };
        match function {
            Function::Object if verb => own(self.object()),
            Function::Subject if verb => own(participants.logical_subject(hit.head, hit.passive)),
            Function::Subject if noun => self.after("by", types).or_else(|| own(self.doer())),
            Function::Sole if verb => own(participants.subject(hit.head)),
            Function::Direct if verb => own(self.text.syntax.child(hit.head, &["dobj", "npadvmod", "attr"])),
            Function::Possessive if noun => own(self.owner()),
            Function::Sufferer if noun => own(self.sufferer()),
            Function::Harmed if noun => own(self.harmed()),
            Function::Beside if noun => self.beside(types),
            // "rebel attacks" does not say that a rebel is meant.
            Function::Modifier if noun => own(self.text.syntax.child(self.hit.end - 1, &["compound", "amod", "nmod"]))
                .filter(|&mention| {
                    let found = &self.resolved.found[mention];
                    found.form == MentionForm::Name
                        || !matches!(found.kind, EntityType::Person | EntityType::PersonGroup)
                }),
            Function::Accused if noun || hit.trigger.form == Form::Gerund => own(self.accused()),
            Function::SubjectOfPhrase if !verb && !noun => own(self.subject_of_phrase()),
            Function::ObjectOfPhrase if !verb && !noun => own(self.object_of_phrase()),
            Function::After(preposition) if preposition == "of" && verb && hit.trigger.words.len() == 1 => None,
            Function::After(preposition) => self.after(preposition, types),
            _ => None,
        }
    }

    /// The logical object. "took three teachers hostage": where the parser takes the trigger's own noun for the object,
    /// what stands right before it.
    fn object(&self) -> Option<usize> {
        let hit = &self.hit;
        let object = self.participants.logical_object(hit.head, hit.passive)?;
        let own = hit.trigger.words[1..].iter().any(|word| word == self.text.lower(object)) && object > hit.head;
        if own { object.checked_sub(1).filter(|&before| before > hit.head) } else { Some(object) }
    }

    /// Where the noun of a preposition stands, for choosing the nearest of several prepositions.
    pub fn distance(&self, function: &Function, types: &[EntityType]) -> usize {
        let Function::After(preposition) = function else { return 0 };
        let found = self.tied_to(preposition, types);
        found.map_or(usize::MAX, |(tied, _)| tied.distance * self.text.len() + tied.noun.abs_diff(self.hit.head))
    }

    fn after(&self, preposition: &str, types: &[EntityType]) -> Option<usize> {
        self.tied_to(preposition, types).map(|(_, mention)| mention)
    }

    fn tied_to(&self, preposition: &str, types: &[EntityType]) -> Option<(&Tied, usize)> {
        self.tied
            .iter()
            .filter(|tied| tied.preposition == preposition)
            .filter_map(|tied| Some((tied, self.mention(tied.noun, types)?)))
            .min_by_key(|(tied, _)| (tied.distance, tied.noun.abs_diff(self.hit.head)))
    }

    /// The word that only carries a noun: "carried out the attack", "the attack took place", "an assassination attempt".
    pub fn carrier(&self) -> Option<usize> {
        let syntax = &self.text.syntax;
        let noun = self.hit.end - 1;
        let head = syntax.head(noun)?;
        // "an assassination attempt on"
        let carries = match syntax.dep(noun) {
            "dobj" | "nsubj" | "nsubjpass" | "attr" => syntax.is_verb(head),
            "compound" | "nmod" => !syntax.is_verb(head),
            // "subjected to torture at"
            "pobj" => {
                let verb = syntax.head(head).filter(|&verb| syntax.is_verb(verb))?;
                let known = format!("{} {}", syntax.lemma(verb), self.text.lower(head));
                return self.words.light.sufferers.contains(&known).then_some(verb);
            }
            _ => false,
        };
        carries.then_some(head)
    }

    /// Who does what a noun names, by the verb that carries it: "carried out the attack", "claimed responsibility for".
    fn doer(&self) -> Option<usize> {
        let syntax = &self.text.syntax;
        let light = &self.words.light;
        let noun = self.hit.end - 1;
        let mut at = noun;
        for _ in 0..FARTHEST {
            let head = syntax.head(at)?;
            let relation = syntax.dep(at);
            if syntax.is_verb(head) {
                let lemma = syntax.lemma(head);
                let passive = self.participants.is_passive(head);
                let particle = syntax.dependents(head, &["prt", "prep"]).map(|child| self.text.lower(child)).next();
                let whole = particle.map(|particle| format!("{lemma} {particle}"));
                let known = |list: &std::collections::HashSet<String>| {
                    list.contains(lemma) || whole.as_ref().is_some_and(|whole| list.contains(whole))
                };
                // "X is behind the attack", "the attack was attributed to X", "blamed the attack on X"
                let behind = lemma == "be" && self.text.lower(at) == "behind";
                let subject_or_object = relation.starts_with("nsubj") || relation == "dobj";
                let credited = subject_or_object.then(|| self.credited(head)).flatten();
                if behind {
                    return self.participants.subject(head);
                }
                if let Some(preposition) = credited {
                    return syntax.child(preposition, &["pobj"]);
                }
                let active = matches!(relation, "dobj" | "prep" | "pobj") && !passive && known(&light.doers);
                let blamed = matches!(relation, "prep" | "pobj" | "pcomp") && known(&light.blamed);
                return if active {
                    self.participants.logical_subject(head, false)
                } else if relation == "nsubjpass" && known(&light.doers) {
                    self.participants.logical_subject(head, true)
                } else if blamed && passive {
                    self.participants.subject(head)
                } else if blamed {
                    syntax.child(head, &["dobj"])
                } else {
                    None
                };
            }
            // "responsibility for the attack", "responsible for", "behind the attack"
            let passes = matches!(syntax.tag(head), "IN" | "TO") || light.nouns.contains(self.text.lower(head));
            if !passes {
                return None;
            }
            if matches!(syntax.tag(head), "JJ") && light.nouns.contains(self.text.lower(head)) {
                return self
                    .participants
                    .subject(head)
                    .or_else(|| syntax.head(head).filter(|_| syntax.dep(head) == "amod"));
            }
            at = head;
        }
        None
    }

    /// The preposition after which a verb names whoever did it: "attributed the attack on the base to X", whatever noun
    /// the parser hangs it on.
    fn credited(&self, verb: usize) -> Option<usize> {
        let syntax = &self.text.syntax;
        let sentence = &self.text.sentences()[self.text.sentence_of(verb)];
        let until = sentence.end.min(verb + WIDEST_CREDIT);
        (verb + 1..until).find(|&at| {
            self.words.light.credited.contains(&format!("{} {}", syntax.lemma(verb), self.text.lower(at)))
                && syntax.above(at).take(FARTHEST).any(|above| above == verb)
        })
    }

    /// What a deed hits, by the verb whose subject it is: "the blast damaged the embassy", "was hit by the explosion".
    fn harmed(&self) -> Option<usize> {
        let syntax = &self.text.syntax;
        let noun = self.hit.end - 1;
        let head = syntax.head(noun)?;
        let (verb, active) = match syntax.dep(noun) {
            "nsubj" => (head, true),
            "pobj" if matches!(self.text.lower(head), "by" | "in") => (syntax.head(head)?, false),
            _ => return None,
        };
        let harms = syntax.is_verb(verb) && self.words.light.harms.contains(syntax.lemma(verb));
        let passive = self.participants.is_passive(verb);
        (harms && active != passive).then(|| self.participants.logical_object(verb, passive))?
    }

    /// To whom it happens, by the verb that carries the noun: "underwent torture", "was subjected to abuse".
    fn sufferer(&self) -> Option<usize> {
        let syntax = &self.text.syntax;
        let mut noun = self.hit.end - 1;
        // "subjected to forms of abuse, torture and executions"
        for _ in 0..FARTHEST {
            let above =
                syntax.head(noun).filter(|_| matches!(syntax.dep(noun), "conj" | "nmod" | "compound")).or_else(|| {
                    let of = syntax.head(noun).filter(|&of| self.text.lower(of) == "of")?;
                    syntax.head(of).filter(|&part| self.words.light.parts.contains(syntax.lemma(part)))
                });
            match above.filter(|&above| !syntax.is_verb(above)) {
                Some(above) => noun = above,
                None => break,
            }
        }
        let head = syntax.head(noun)?;
        let verb = match syntax.dep(noun) {
            "dobj" => head,
            // "was the target of an attack", "X, victim of a kidnapping"
            "pobj"
                if self.text.lower(head) == "of"
                    && syntax
                        .head(head)
                        .is_some_and(|word| self.words.light.undergone.contains(syntax.lemma(word))) =>
            {
                let word = syntax.head(head)?;
                return match syntax.dep(word) {
                    "attr" | "oprd" => self.participants.subject(syntax.head(word)?),
                    "appos" => syntax.head(word),
                    _ => None,
                };
            }
            "pobj" => syntax.head(head)?,
            _ => return None,
        };
        let lemma = syntax.lemma(verb);
        let preposition = if head == verb { String::new() } else { format!(" {}", self.text.lower(head)) };
        let known = self.words.light.sufferers.contains(&format!("{lemma}{preposition}"));
        if !known {
            return None;
        }
        let passive = self.participants.is_passive(verb);
        // "subjected them to torture"
        let object = syntax.child(verb, &["dobj"]).filter(|_| head != verb && !passive);
        object.or_else(|| self.participants.subject(verb))
    }

    /// "X's release", "his release".
    fn owner(&self) -> Option<usize> {
        self.text.syntax.child(self.hit.word, &["poss"]).or_else(|| self.text.syntax.child(self.hit.end - 1, &["poss"]))
    }

    /// The name beside a noun for somebody: "the killer, X", "killer X", "X, the killer of", "X was the killer".
    fn beside(&self, types: &[EntityType]) -> Option<usize> {
        let syntax = &self.text.syntax;
        let noun = self.hit.end - 1;
        let mut near: Vec<usize> = syntax.dependents(noun, &["appos"]).collect();
        let head = syntax.head(noun);
        match syntax.dep(noun) {
            "appos" | "compound" => near.extend(head),
            "attr" => near.extend(head.and_then(|verb| self.participants.subject(verb))),
            _ => {}
        }
        near.into_iter()
            .find_map(|word| self.mention(word, types))
            .filter(|&mention| self.resolved.found[mention].form == MentionForm::Name)
    }

    /// Who is tried, suspected or sentenced for what the trigger names: "X was convicted of the murder".
    fn accused(&self) -> Option<usize> {
        let syntax = &self.text.syntax;
        let words = &self.lexicon.accusation;
        let tried = syntax.above(self.hit.end - 1).take(6).find(|&at| {
            let word = self.text.lower(at);
            words.suspected.contains(word) || words.tried.contains(word)
        })?;
        let verb = if syntax.is_verb(tried) {
            tried
        } else {
            syntax.head(tried).filter(|&head| syntax.is_verb(head)).unwrap_or(tried)
        };
        if syntax.is_verb(verb) && !self.participants.is_passive(verb) && syntax.tag(tried).starts_with("VB") {
            return syntax.child(verb, &["dobj"]);
        }
        self.participants.subject(verb)
    }

    fn subject_of_phrase(&self) -> Option<usize> {
        let syntax = &self.text.syntax;
        if syntax.is_verb(self.hit.head) {
            return self.participants.subject(self.hit.head);
        }
        // "scores of those behind bars", "is behind bars"
        let head = syntax.head(self.hit.head)?;
        if syntax.is_verb(head) {
            let object = syntax.child(head, &["dobj"]).filter(|_| !self.participants.is_passive(head));
            // "spent 43 years behind bars": not the years.
            let object = object.filter(|&object| {
                self.heads[object].iter().any(|&known| {
                    matches!(self.resolved.found[known].kind, EntityType::Person | EntityType::PersonGroup)
                })
            });
            return object.filter(|&object| object > head).or_else(|| self.participants.subject(head));
        }
        Some(head)
    }

    fn object_of_phrase(&self) -> Option<usize> {
        let syntax = &self.text.syntax;
        let last = self.hit.end - 1;
        let inside = (self.hit.word..self.hit.end).rev().find_map(|word| {
            syntax
                .children(word)
                .iter()
                .copied()
                .find(|&child| child >= self.hit.end && matches!(syntax.dep(child), "dobj" | "pobj"))
        });
        inside.or_else(|| syntax.child(last, &["pobj", "dobj"]))
    }

    /// The mention of one of `types` that a noun is, or that stands for it: the antecedent of a relative pronoun, the
    /// prisoners of "hundreds of prisoners", the name beside a title.
    fn mention(&self, word: usize, types: &[EntityType]) -> Option<usize> {
        let mut at = self.participants.antecedent(word).unwrap_or(word);
        for _ in 0..FARTHEST {
            if let Some(whole) = self.whole(at) {
                at = whole;
            }
            let known = self.heads.get(at).into_iter().flatten().copied();
            if let Some(mention) =
                known.clone().find(|&mention| self.is_referring(mention) && self.clause.fits(mention, types))
            {
                return Some(mention);
            }
            let covering = self.clause.mention(at).filter(|&mention| {
                let found = &self.resolved.found[mention];
                self.is_referring(mention)
                    && self.clause.fits(mention, types)
                    && found.end <= at + 2
                    && !found.possessive
            });
            if covering.is_some() {
                return covering;
            }
            at = self.inner(at, types)?;
        }
        None
    }

    /// The building or vehicle of which a word names a part: "the windows of the consulate".
    fn whole(&self, part: usize) -> Option<usize> {
        let syntax = &self.text.syntax;
        if !self.words.light.details.contains(syntax.lemma(part)) {
            return None;
        }
        let of = syntax.dependents(part, &["prep"]).find(|&prep| self.text.lower(prep) == "of");
        of.and_then(|of| syntax.child(of, &["pobj"])).or_else(|| syntax.child(part, &["poss"]))
    }

    /// What stands for a noun that is no mention: the prisoners of "hundreds of prisoners", the towns of "large areas of
    /// the north, including the towns of", the name in apposition.
    fn inner(&self, noun: usize, types: &[EntityType]) -> Option<usize> {
        let syntax = &self.text.syntax;
        let part = self.words.light.parts.contains(syntax.lemma(noun))
            || matches!(syntax.tag(noun), "CD" | "DT" | "JJ" | "RB");
        let preposition = |wanted: &[&str], of: usize| {
            let found = syntax.dependents(of, &["prep"]).find(|&prep| wanted.contains(&self.text.lower(prep)));
            found.and_then(|prep| syntax.child(prep, &["pobj"]))
        };
        let of = preposition(&["of", "among"], noun);
        let example = preposition(&["including"], noun).or_else(|| of.and_then(|of| preposition(&["including"], of)));
        of.filter(|&of| {
            part && (example.is_none() || self.heads[of].iter().any(|&mention| self.clause.fits(mention, types)))
        })
        .or(example)
        .or_else(|| syntax.child(noun, &["appos"]))
    }

    /// Whether a mention refers to somebody or something that the document knows.
    fn is_referring(&self, mention: usize) -> bool {
        self.resolved.mentions[mention].entity.is_some()
    }
}
