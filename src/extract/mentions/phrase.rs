//! Where noun phrases begin, by the dependencies: over articles, numbers, adjectives and nouns before the head.

use super::Finder;
use crate::extract::names::Found;
use crate::model::{Span, WordShape};

/// Relations of what belongs to a noun phrase and stands before its head.
const BEFORE_HEAD: &[&str] =
    &["det", "amod", "nummod", "compound", "nmod", "quantmod", "advmod", "predet", "nn", "npadvmod", "punct", "appos"];
/// Determiners of what the reader is taken to know.
const DEFINITE: &[&str] = &["the", "this", "that", "these", "those"];
/// Words before the head that are looked at.
const LONGEST: usize = 10;

impl Finder<'_, '_> {
    /// The first word of the noun phrase whose head stands at `head`, without a possessor. Names other than
    /// nationalities end it.
    pub(super) fn phrase_start(&self, head: usize) -> usize {
        let mut first = head;
        while let Some(before) = first.checked_sub(1).filter(|&at| head - at <= LONGEST) {
            let inside = self.syntax.head(before).is_some_and(|above| (first..=head).contains(&above));
            let word = self.text.shape(before) != WordShape::Punctuation && self.text.lower(before) != "and";
            let free = !self.taken[before] || self.is_demonym(before);
            let fits = inside && word && free && BEFORE_HEAD.contains(&self.syntax.dep(before));
            if !fits || self.starts_anew(before, first) {
                break;
            }
            first = before;
        }
        first
    }

    /// Whether a phrase that begins at `first` cannot go on to the left with `before`: on another line, before an
    /// article, or with a verb before a number ("arrested 12 people").
    pub(super) fn starts_anew(&self, before: usize, first: usize) -> bool {
        let gap = Span::new(self.text.span(before, before + 1).end, self.text.span(first, first + 1).start);
        let determined = matches!(self.syntax.tag(first), "DT" | "PRP$") && self.syntax.tag(before) != "PDT";
        let counted = self.syntax.tag(first) == "CD" && self.syntax.tag(before).starts_with('V');
        // "at least ten": how many, and not which.
        let bounded =
            matches!(self.text.lower(before), "least" | "most") && before > 0 && self.text.lower(before - 1) == "at";
        self.text.slice(gap).contains('\n')
            || determined
            || bounded
            || counted
            || matches!(self.syntax.tag(before), "VBD" | "VBZ" | "VBP")
    }

    /// Whether the phrase from `first` to its head is one that the reader is taken to know.
    pub(super) fn is_definite(&self, first: usize, head: usize) -> bool {
        DEFINITE.contains(&self.text.lower(first)) || self.possessor(first, head).is_some()
    }

    /// The possessive pronoun or ending right before the phrase.
    pub(super) fn possessor(&self, first: usize, head: usize) -> Option<usize> {
        let before = first.checked_sub(1)?;
        let owned = self.syntax.tag(before) == "PRP$" || matches!(self.text.lower(before), "'s" | "’s" | "whose");
        let near = self.syntax.child(head, &["poss"]).is_some();
        (owned && near).then_some(before)
    }

    /// Whether a possessive pronoun stands at `word`.
    pub(super) fn owns(&self, word: usize) -> bool {
        matches!(self.syntax.tag(word), "PRP$" | "WP$") && !self.taken[word]
    }

    /// Notes the head word of a description, and takes the possessive pronoun before it into its span:
    /// "my son". For the reading of clauses the pronoun stays a word of its own.
    pub(super) fn complete(&self, mention: &mut Found) {
        mention.head_word = mention.end - 1;
        let start = self.phrase_start(mention.head_word).min(mention.first);
        let pronoun = start.checked_sub(1).filter(|&at| self.owns(at));
        let first = pronoun.unwrap_or(start);
        if first < mention.first && !(first..mention.first).any(|at| self.taken[at] && !self.is_demonym(at)) {
            mention.exact = Some(self.text.span(first, mention.end));
        }
    }
}
