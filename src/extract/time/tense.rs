//! Whether the words around a time speak of what is over or of what is to come.

use super::super::lexicon::Lexicon;
use super::context::Tense;
use super::grammar::Grammar;

/// Auxiliaries of the future.
const WILL: &[&str] = &["will", "shall", "wo"];
/// Behind a form of "be" in the present they speak of the future: "is due to be executed".
const DUE: &[&str] = &["due", "set", "scheduled", "expected", "slated", "planned", "going"];
/// Words before a time within which an auxiliary is looked for where no model has read the text.
const REACH: usize = 10;

impl Grammar<'_> {
    /// The tense of the verb that governs the piece.
    pub(super) fn tense(&self, at: usize) -> Tense {
        let word = self.word(at);
        let syntax = &self.text.syntax;
        if syntax.tag(word).is_empty() {
            let will = (at.saturating_sub(REACH)..at)
                .any(|at| WILL.contains(&self.key(at)) || self.is_contracted(self.word(at)));
            return if will { Tense::Future } else { Tense::Unknown };
        }
        let mut verbs = std::iter::once(word)
            .chain(syntax.above(word))
            .filter(|&word| syntax.is_verb(word) || DUE.contains(&self.text.lower(word)));
        let Some(verb) = verbs.next() else { return Tense::Unknown };
        let above = verbs.next().filter(|_| matches!(syntax.dep(verb), "xcomp" | "ccomp") && syntax.tag(verb) == "VB");
        if self.is_to_come(verb) || above.is_some_and(|above| self.is_to_come(above)) {
            return Tense::Future;
        }
        // "to recommence on 18 May"
        let to_do = |&child: &usize| self.text.lower(child) == "to" && syntax.dep(child) == "aux";
        if matches!(syntax.dep(verb), "advcl" | "acl" | "relcl") && syntax.children(verb).iter().any(to_do) {
            return Tense::Future;
        }
        let past = |verb: usize| {
            let auxiliary = |&child: &usize| {
                matches!(self.text.lower(child), "was" | "were" | "had" | "did" | "has" | "have" | "been")
            };
            syntax.tag(verb) == "VBD" || syntax.tag(verb) == "VBN" && syntax.children(verb).iter().any(auxiliary)
        };
        if past(verb) || above.is_some_and(past) { Tense::Past } else { Tense::Unknown }
    }

    /// Whether others may be told from the time in the pieces `at..end`: it stands in a clause of its own right, and
    /// not in a noun's name ("the 1 February coup") or for when something was said.
    pub(super) fn is_anchor(&self, at: usize, end: usize) -> bool {
        let syntax = &self.text.syntax;
        let words = self.word(at)..self.word(end - 1) + 1;
        // "(Reuters, 3 May)" and texts that no model has read.
        let Some(top) = words.clone().find(|&word| syntax.head(word).is_some_and(|head| !words.contains(&head))) else {
            return true;
        };
        let modifies = matches!(syntax.dep(top), "compound" | "nmod" | "amod" | "poss" | "nummod");
        let mut verbs = syntax.above(top).filter(|&word| syntax.is_verb(word));
        let said = verbs.next().is_some_and(|verb| Lexicon::embedded().saying.verbs.contains(self.text.lower(verb)));
        !modifies && !said
    }

    /// Whether a verb has an auxiliary of the future, or is one.
    fn is_to_come(&self, verb: usize) -> bool {
        let syntax = &self.text.syntax;
        let will = |word: usize| WILL.contains(&self.text.lower(word)) || self.is_contracted(word);
        let present = |word: usize| matches!(self.text.lower(word), "is" | "are" | "am");
        let mut beside = syntax.children(verb).iter().copied().chain(syntax.head(verb));
        will(verb)
            || syntax.children(verb).iter().any(|&child| will(child))
            || DUE.contains(&self.text.lower(verb)) && beside.any(present)
    }

    /// "I’ll"
    fn is_contracted(&self, word: usize) -> bool {
        let lower = self.text.lower(word);
        lower.ends_with("'ll") || lower.ends_with("’ll")
    }
}
