//! Which mentions a pronoun cannot mean by its place in the sentence.

use super::Resolver;

impl Resolver<'_, '_> {
    /// Whether grammar keeps the pronoun `index` from meaning what the mention `other` before it means.
    pub(super) fn is_bound_apart(&self, index: usize, other: usize) -> bool {
        let (pronoun, known) = (&self.found[index], &self.found[other]);
        if self.sentence[index] != self.sentence[other] {
            return false;
        }
        let (own, head) = (pronoun.first, known.head_word);
        // "her brother": neither the brother nor who is part of him.
        let contains = (known.first..known.end).contains(&own) || self.syntax.head(own) == Some(head);
        // "Omar and he": two.
        let listed = self.syntax.dep(own) == "conj" && self.syntax.governor(own) == self.syntax.governor(head);
        contains || listed || self.is_object_of_same_clause(index, other)
    }

    /// "Omar saw him": an object that is no reflexive is not the subject of its clause, nor another object of it.
    fn is_object_of_same_clause(&self, index: usize, other: usize) -> bool {
        let pronoun = &self.found[index];
        if pronoun.possessive || self.is_reflexive(index) {
            return false;
        }
        let (syntax, own) = (self.syntax, pronoun.first);
        if syntax.is_subject(own) {
            return false;
        }
        let Some(verb) = syntax.governor(own) else { return false };
        let head = self.found[other].head_word;
        syntax.governor(head) == Some(verb) || syntax.subject(verb) == Some(head)
    }

    /// "himself", "themselves".
    pub(super) fn is_reflexive(&self, index: usize) -> bool {
        let word = &self.found[index].head;
        word.ends_with("self") || word.ends_with("selves")
    }

    /// The mention that a reflexive pronoun means: the subject of its clause.
    pub(super) fn subject_of_clause(&self, index: usize) -> Option<usize> {
        let verb = self.syntax.governor(self.found[index].first)?;
        let subject = self.syntax.subject(verb)?;
        self.at_head(subject).filter(|&other| other < index)
    }
}
