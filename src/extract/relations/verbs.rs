//! Relations that a verb says, by what depends on it: "Ali Hassan, who was born in Homs".

use super::Finder;
use super::pattern::{Table, Verbs, types};
use crate::extract::assertion;
use crate::model::{EntityType, MentionForm, Relation, Sentence};

/// Verbs over which a subject is looked for: "managed and later headed".
const MOST_STEPS: usize = 3;
/// How much less a relation is worth whose subject is a pronoun.
const BY_PRONOUN: f32 = 0.15;

impl Finder<'_, '_> {
    /// Tries every verb of a sentence.
    pub(super) fn verbs(&self, sentence: &Sentence, relations: &mut Vec<Relation>) {
        for word in sentence.words() {
            if !self.text.syntax.tag(word).starts_with("VB") {
                continue;
            }
            for verbs in Table::embedded().verbs.iter().filter(|verbs| self.is_of(word, verbs)) {
                self.verb(word, verbs, relations);
            }
        }
    }

    /// Whether a word is one of the verbs, with its particle.
    fn is_of(&self, word: usize, verbs: &Verbs) -> bool {
        let lemma = self.text.syntax.lemma(word);
        verbs.lemmas.iter().any(|known| match known.split_once(' ') {
            None => known == lemma,
            Some((verb, particle)) => {
                verb == lemma
                    && self
                        .text
                        .syntax
                        .dependents(word, &["prt", "advmod", "acomp"])
                        .any(|other| self.text.syntax.lemma(other) == particle)
            }
        })
    }

    fn verb(&self, word: usize, verbs: &Verbs, relations: &mut Vec<Relation>) {
        if verbs.passive && !self.is_participle(word) {
            return;
        }
        let kinds = |names: &[String]| types(names.iter().map(String::as_str)).unwrap_or_default();
        let (subjects, objects) = (kinds(&verbs.subject), kinds(&verbs.object));
        let Some(subject) = self.subject_of(word, &subjects) else { return };
        let (polarity, modality) = assertion::of(self.text, word);
        let from = relations.len();
        for subject in self.with_joined(subject, &subjects) {
            let found = &self.resolved.found[subject];
            let lessened = if found.form == MentionForm::Name { 0.0 } else { BY_PRONOUN };
            for object in self.objects_of(word, &verbs.prepositions, &objects) {
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
        let others = self.text.syntax.dependents(self.resolved.found[mention].end - 1, &["conj"]);
        joined.extend(others.filter_map(|word| self.name_of(word, types)).filter(|&other| other != mention));
        joined
    }

    /// Whether a word is a participle that is passive: "was based", "a group based".
    fn is_participle(&self, word: usize) -> bool {
        let syntax = &self.text.syntax;
        let passive = syntax.dependents(word, &["auxpass", "nsubjpass"]).next().is_some();
        passive
            || (syntax.tag(word) == "VBN" && matches!(syntax.dep(word), "acl" | "advcl" | "relcl" | "conj" | "ROOT"))
    }

    /// The mention that is the subject of the verb at `word`, also over a relative clause or a list of verbs.
    pub(super) fn subject_of(&self, word: usize, types: &[EntityType]) -> Option<usize> {
        let mut verb = word;
        for _ in 0..MOST_STEPS {
            if let Some(subject) = self.text.syntax.dependents(verb, &["nsubj", "nsubjpass"]).next() {
                let relative = matches!(self.text.syntax.tag(subject), "WP" | "WDT");
                if !relative {
                    return self.mention_of(subject, types);
                }
                let head = self.text.syntax.head(verb).filter(|_| self.text.syntax.dep(verb) == "relcl");
                return head.and_then(|head| self.mention_of(head, types));
            }
            let head = self.text.syntax.head(verb)?;
            match self.text.syntax.dep(verb) {
                "acl" | "relcl" => return self.mention_of(head, types),
                "conj" | "xcomp" | "advcl" => verb = head,
                _ => return None,
            }
        }
        None
    }

    /// The mention whose words a noun belongs to, or that the noun describes: "the lawyer Ali Hassan".
    pub(super) fn mention_of(&self, word: usize, types: &[EntityType]) -> Option<usize> {
        let covering = |word: usize| {
            let mention = self.clause.mention(word)?;
            let entity = self.entity(mention)?;
            (self.clause.fits(mention, types) && self.resolved.entities[entity].named).then_some(mention)
        };
        covering(word).or_else(|| {
            self.text.syntax.dependents(word, &["appos"]).find_map(covering).or_else(|| {
                let head = self.text.syntax.head(word).filter(|_| self.text.syntax.dep(word) == "appos");
                head.and_then(covering)
            })
        })
    }

    /// The names that are objects of a verb, or stand after one of the prepositions.
    fn objects_of(&self, word: usize, prepositions: &[String], types: &[EntityType]) -> Vec<usize> {
        let mut nouns: Vec<usize> = Vec::new();
        if prepositions.is_empty() {
            nouns.extend(self.text.syntax.dependents(word, &["dobj", "attr"]));
        }
        for preposition in self.text.syntax.dependents(word, &["prep", "agent"]) {
            if prepositions.iter().any(|known| *known == self.text.syntax.lemma(preposition)) {
                nouns.extend(self.text.syntax.dependents(preposition, &["pobj"]));
            }
        }
        let mut at = 0;
        while at < nouns.len() {
            nouns.extend(self.text.syntax.dependents(nouns[at], &["conj"]));
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

    /// The name that a word belongs to.
    pub(super) fn name_of(&self, word: usize, types: &[EntityType]) -> Option<usize> {
        let mention = self.clause.mention(word)?;
        (self.is_name(mention) && self.clause.fits(mention, types)).then_some(mention)
    }

    /// "the village of X", "the Damascus suburb of X", "the city X": the name that says which.
    fn name_within(&self, noun: usize, types: &[EntityType]) -> Option<usize> {
        let word = self.text.lower(noun);
        if !self.in_class("site", word) {
            return None;
        }
        let of = self
            .text
            .syntax
            .dependents(noun, &["prep"])
            .filter(|&preposition| self.text.syntax.lemma(preposition) == "of")
            .flat_map(|preposition| self.text.syntax.dependents(preposition, &["pobj"]));
        of.chain(self.text.syntax.dependents(noun, &["appos", "compound", "nmod"]))
            .find_map(|word| self.name_of(word, types))
    }
}
