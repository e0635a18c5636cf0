//! What people are to an organisation or a place, by what depends on the noun that says it: "Ali Hassan, head of the
//! Moon Institute and adviser to the Star Institute".

use super::Finder;
use crate::model::{EntityType, Relation, Sentence};

/// Nouns over which the person is looked for: "a founder, director and editor".
const MOST_STEPS: usize = 3;
const CONFIDENCE: f32 = 0.7;

impl Finder<'_, '_> {
    /// Tries every noun for a post in a sentence.
    pub(super) fn posts(&self, sentence: &Sentence, relations: &mut Vec<Relation>) {
        for word in sentence.words() {
            let Some(kind) = self.post_at(word) else { continue };
            if self.is_denied(word) {
                continue;
            }
            let Some(person) = self.holder_of(word) else { continue };
            for (object, of) in self.employers_of(word) {
                // "X, the head of Y, Z"
                if self.text.syntax.dep(word) == "appos" && self.is_before_person(object) {
                    continue;
                }
                let leads = of && self.in_class("head", self.text.lower(word)) && !self.is_lesser(word, sentence);
                let relation = if leads { "headOf" } else { kind };
                let found = &self.resolved.found;
                let evidence = found[person].span(self.text).cover(found[object].span(self.text));
                let evidence = evidence.cover(self.text.span(word, word + 1));
                let pair = (self.entity(person), self.entity(object));
                self.push(relations, relation, pair, evidence, "post", CONFIDENCE);
            }
        }
    }

    /// The relation that a noun for a post says, unless it is the head of something.
    fn post_at(&self, word: usize) -> Option<&'static str> {
        let noun = self.text.lower(word);
        if !self.text.syntax.tag(word).starts_with("NN") || self.clause.mention(word).is_some_and(|at| self.is_name(at))
        {
            return None;
        }
        if self.in_class("member", noun) { Some("memberOf") } else { self.is_post(noun).then_some("worksFor") }
    }

    /// "is not a member", "no longer the head".
    fn is_denied(&self, word: usize) -> bool {
        let denied = |noun: usize| {
            self.text.syntax.dependents(noun, &["neg", "advmod", "det"]).any(|other| {
                let word = self.text.lower(other);
                self.lexicon.negation.words.contains(word) || word == "longer" || word.ends_with("n't")
            })
        };
        let syntax = &self.text.syntax;
        denied(word) || (syntax.dep(word) == "attr" && syntax.head(word).is_some_and(denied))
    }

    /// Whether what stands before a noun makes it a lesser post: "vice president".
    fn is_lesser(&self, word: usize, sentence: &Sentence) -> bool {
        word > sentence.first && self.in_class("lesser", self.text.lower(word - 1))
    }

    /// The named person who has the post that the noun at `word` names.
    fn holder_of(&self, word: usize) -> Option<usize> {
        let mut noun = word;
        for _ in 0..MOST_STEPS {
            let syntax = &self.text.syntax;
            match (syntax.dep(noun), syntax.head(noun)) {
                ("appos" | "compound", Some(head)) => return self.mention_of(head, &[EntityType::Person]),
                ("attr", Some(head)) => return self.subject_of(head, &[EntityType::Person]),
                ("conj", Some(head)) => noun = head,
                _ => {
                    let mut others = syntax.dependents(noun, &["appos"]);
                    return others.find_map(|other| self.name_of(other, &[EntityType::Person]));
                }
            }
        }
        None
    }

    /// The organisations that the noun at `word` belongs to, and whether "of" or a possessive says so.
    fn employers_of(&self, word: usize) -> Vec<(usize, bool)> {
        const KINDS: &[EntityType] = &[EntityType::Organization];
        let mut employers = Vec::new();
        for owner in self.text.syntax.dependents(word, &["poss", "compound", "nmod"]) {
            employers.extend(self.name_of(owner, KINDS).map(|name| (name, true)));
        }
        for preposition in self.text.syntax.dependents(word, &["prep"]) {
            let word = self.text.syntax.lemma(preposition);
            if matches!(word, "of" | "for" | "at" | "with" | "in") {
                for noun in self.text.syntax.dependents(preposition, &["pobj"]) {
                    employers.extend(self.name_of(noun, KINDS).map(|name| (name, word == "of")));
                }
            }
        }
        employers
    }
}
