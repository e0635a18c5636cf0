//! Relations that a verb says, by what depends on it: "Ali Hassan, who was born in Homs".

use super::Finder;
use super::pattern::{Table, Verbs, types};
use crate::extract::assertion;
use crate::extract::frames::Form;
use crate::model::{EntityType, MentionForm, Relation, Sentence};

/// Verbs over which a subject is looked for: "managed and later headed".
const MOST_STEPS: usize = 3;
/// How much less a relation is worth whose subject is a pronoun.
const BY_PRONOUN: f32 = 0.15;

impl Finder<'_, '_> {
    /// Tries every verb of a sentence.
    pub(super) fn verbs(&self, sentence: &Sentence, relations: &mut Vec<Relation>) {
        for word in sentence.words() {
            let Some(token) = self.grammar.token(word) else { continue };
            if !self.grammar.of(token).tag.starts_with("VB") {
                continue;
            }
            for verbs in Table::embedded().verbs.iter().filter(|verbs| self.is_of(token, verbs)) {
                self.verb(word, token, verbs, sentence, relations);
            }
        }
    }

    /// Whether a token is one of the verbs, with its particle.
    fn is_of(&self, token: usize, verbs: &Verbs) -> bool {
        let lemma = &self.grammar.of(token).lemma;
        verbs.lemmas.iter().any(|known| match known.split_once(' ') {
            None => known == lemma,
            Some((verb, particle)) => {
                verb == lemma
                    && self
                        .grammar
                        .dependents(token, &["prt", "advmod", "acomp"])
                        .any(|other| self.grammar.of(other).lemma == particle)
            }
        })
    }

    fn verb(&self, word: usize, token: usize, verbs: &Verbs, sentence: &Sentence, relations: &mut Vec<Relation>) {
        if verbs.passive && !self.is_participle(token) {
            return;
        }
        let kinds = |names: &[String]| types(names.iter().map(String::as_str)).unwrap_or_default();
        let (subjects, objects) = (kinds(&verbs.subject), kinds(&verbs.object));
        let Some(subject) = self.subject_of(token, &subjects) else { return };
        let first = self.text.lower(self.resolved.found[subject].first);
        let polarity = assertion::polarity(self.clause, word, Form::Past, sentence, first);
        let modality = assertion::modality(self.clause, word, word + 1, Form::Past, sentence);
        let from = relations.len();
        for subject in self.with_joined(subject, &subjects) {
            let found = &self.resolved.found[subject];
            let lessened = if found.form == MentionForm::Name { 0.0 } else { BY_PRONOUN };
            for object in self.objects_of(token, &verbs.prepositions, &objects) {
                let (one, other) = if verbs.inverse { (object, subject) } else { (subject, object) };
                let evidence = found.span(self.text).cover(self.text.span(word, word + 1));
                let evidence = evidence.cover(self.resolved.found[object].span(self.text));
                let pair = (self.entity(one), self.entity(other));
                self.push(relations, &verbs.relation, pair, evidence, &verbs.rule, verbs.confidence - lessened);
            }
        }
        for relation in &mut relations[from..] {
            (relation.polarity, relation.modality) = (polarity, modality);
        }
    }

    /// A mention, and the names that "and" joins to it: "Ali and Omar were born in".
    fn with_joined(&self, mention: usize, types: &[EntityType]) -> Vec<usize> {
        let mut joined = vec![mention];
        let last = self.grammar.token(self.resolved.found[mention].end - 1);
        let others = last.into_iter().flat_map(|token| self.grammar.dependents(token, &["conj"]).collect::<Vec<_>>());
        joined.extend(others.filter_map(|token| self.name_of(token, types)).filter(|&other| other != mention));
        joined
    }

    /// Whether a token is a participle that is passive: "was based", "a group based".
    fn is_participle(&self, token: usize) -> bool {
        let verb = self.grammar.of(token);
        let passive = self.grammar.dependents(token, &["auxpass", "nsubjpass"]).next().is_some();
        passive || (verb.tag == "VBN" && matches!(verb.dep.as_str(), "acl" | "advcl" | "relcl" | "conj" | "ROOT"))
    }

    /// The mention that is the subject of the verb at `token`, also over a relative clause or a list of verbs.
    pub(super) fn subject_of(&self, token: usize, types: &[EntityType]) -> Option<usize> {
        let mut verb = token;
        for _ in 0..MOST_STEPS {
            if let Some(subject) = self.grammar.dependents(verb, &["nsubj", "nsubjpass"]).next() {
                let relative = matches!(self.grammar.of(subject).tag.as_str(), "WP" | "WDT");
                if !relative {
                    return self.mention_of(subject, types);
                }
                let head = self.grammar.of(verb).head;
                return if self.grammar.of(verb).dep == "relcl" { self.mention_of(head, types) } else { None };
            }
            let known = self.grammar.of(verb);
            match known.dep.as_str() {
                "acl" | "relcl" => return self.mention_of(known.head, types),
                "conj" | "xcomp" | "advcl" if known.head != verb => verb = known.head,
                _ => return None,
            }
        }
        None
    }

    /// The mention whose words a noun belongs to, or that the noun describes: "the lawyer Ali Hassan".
    pub(super) fn mention_of(&self, token: usize, types: &[EntityType]) -> Option<usize> {
        let covering = |token: usize| {
            let word = self.grammar.word(token);
            let mention = self.clause.mention(word)?;
            let entity = self.entity(mention)?;
            (self.clause.fits(mention, types) && self.resolved.entities[entity].named).then_some(mention)
        };
        covering(token).or_else(|| {
            self.grammar.dependents(token, &["appos"]).find_map(covering).or_else(|| {
                let noun = self.grammar.of(token);
                if noun.dep == "appos" { covering(noun.head) } else { None }
            })
        })
    }

    /// The names that are objects of a verb, or stand after one of the prepositions.
    fn objects_of(&self, token: usize, prepositions: &[String], types: &[EntityType]) -> Vec<usize> {
        let mut nouns: Vec<usize> = Vec::new();
        if prepositions.is_empty() {
            nouns.extend(self.grammar.dependents(token, &["dobj", "attr"]));
        }
        for preposition in self.grammar.dependents(token, &["prep", "agent"]) {
            if prepositions.iter().any(|known| *known == *self.grammar.of(preposition).lemma) {
                nouns.extend(self.grammar.dependents(preposition, &["pobj"]));
            }
        }
        let mut at = 0;
        while at < nouns.len() {
            nouns.extend(self.grammar.dependents(nouns[at], &["conj"]));
            at += 1;
        }
        let mut objects = Vec::new();
        for noun in nouns {
            let found = self.name_of(noun, types).or_else(|| self.name_within(noun, types));
            for mention in found.into_iter().flat_map(|mention| self.with_wider(mention)) {
                if !objects.contains(&mention) {
                    objects.push(mention);
                }
            }
        }
        objects
    }

    /// The name that a token belongs to.
    pub(super) fn name_of(&self, token: usize, types: &[EntityType]) -> Option<usize> {
        let mention = self.clause.mention(self.grammar.word(token))?;
        (self.is_name(mention) && self.clause.fits(mention, types)).then_some(mention)
    }

    /// "the village of X", "the Damascus suburb of X", "the city X": the name that says which.
    fn name_within(&self, noun: usize, types: &[EntityType]) -> Option<usize> {
        let word = self.text.lower(self.grammar.word(noun));
        if !self.in_class("site", word) {
            return None;
        }
        let of = self
            .grammar
            .dependents(noun, &["prep"])
            .filter(|&preposition| self.grammar.of(preposition).lemma == "of")
            .flat_map(|preposition| self.grammar.dependents(preposition, &["pobj"]));
        of.chain(self.grammar.dependents(noun, &["appos", "compound", "nmod"]))
            .find_map(|token| self.name_of(token, types))
    }
}
