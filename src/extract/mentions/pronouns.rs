//! Pronouns: personal, possessive, reflexive and relative.

use super::Finder;
use crate::extract::names::Found;
use crate::model::{EntityType, MentionForm, Token};

/// Verbs whose "it" stands for nothing: "it seems", "it rained".
const EMPTY: &[&str] = &["seem", "appear", "turn", "rain", "snow", "happen", "take", "matter", "remain", "follow"];

impl Finder<'_, '_> {
    /// Every pronoun that may stand for somebody or something, in order.
    pub(super) fn pronouns(&self) -> Vec<Found> {
        let sentences = self.text.sentences().iter();
        sentences
            .flat_map(|sentence| self.syntax.tokens_of(sentence))
            .filter_map(|(word, token)| self.pronoun(word, token))
            .collect()
    }

    fn pronoun(&self, word: usize, token: &Token) -> Option<Found> {
        let written = self.text.slice(token.span).to_lowercase();
        let (kind, gender, plural) = match written.as_str() {
            "he" | "him" | "his" | "himself" => (EntityType::Person, Some('m'), false),
            "she" | "her" | "hers" | "herself" => (EntityType::Person, Some('f'), false),
            "i" | "me" | "my" | "mine" | "myself" if token.tag != "NN" => (EntityType::Person, None, false),
            "you" | "your" | "yours" | "yourself" => (EntityType::Person, None, false),
            "we" | "us" | "our" | "ours" | "ourselves" => (EntityType::PersonGroup, None, true),
            "they" | "them" | "their" | "theirs" | "themselves" => (EntityType::PersonGroup, None, true),
            "it" | "its" | "itself" if !self.is_empty(word, token) => (EntityType::Other, None, false),
            "who" | "whom" | "whose" | "which" | "that" | "where" if self.is_relative(word, token) => {
                (EntityType::Other, None, false)
            }
            _ => return None,
        };
        // "US" and "IT" are no pronouns.
        let acronym = written.len() > 1 && self.text.slice(token.span).chars().all(char::is_uppercase);
        if acronym || self.is_in_name(word) {
            return None;
        }
        let mut mention = Found::new(word, word + 1, kind, "pronoun", 0.6);
        mention.form = MentionForm::Pronoun;
        mention.gender = gender;
        mention.plural = plural;
        mention.head_word = word;
        mention.possessive = matches!(token.tag.as_str(), "PRP$" | "WP$");
        mention.exact = (self.text.span(word, word + 1) != token.span).then_some(token.span);
        mention.quiet = gender.is_none();
        mention.head = written;
        Some(mention)
    }

    /// Whether a name covers the word.
    fn is_in_name(&self, word: usize) -> bool {
        self.taken[word] && self.syntax.tag(word).starts_with("NNP")
    }

    /// "it is clear that", "it seems", "it rained".
    fn is_empty(&self, word: usize, token: &Token) -> bool {
        if token.dep == "expl" {
            return true;
        }
        let Some(verb) = self.syntax.head(word).filter(|_| token.dep.starts_with("nsubj")) else { return false };
        let clause = ["ccomp", "csubj", "csubjpass", "advcl"];
        let heads_clause = self.syntax.child(verb, &clause).is_some_and(|child| child > word);
        let says = self.lexicon.saying.verbs.contains(self.text.lower(verb));
        let be = self.syntax.lemma(verb) == "be";
        let quality = self.syntax.child(verb, &["acomp", "attr"]);
        let extended =
            quality.is_some_and(|at| self.syntax.child(at, &["xcomp", "ccomp", "relcl", "acl", "advcl"]).is_some());
        be && (heads_clause || extended || quality.is_some_and(|at| self.text.lower(at + 1) == "to"))
            || EMPTY.contains(&self.syntax.lemma(verb))
            || heads_clause && token.dep == "nsubjpass" && says
    }

    /// Whether the word opens a clause that says something of the noun before it.
    fn is_relative(&self, word: usize, token: &Token) -> bool {
        let tagged = matches!(token.tag.as_str(), "WP" | "WP$" | "WDT" | "WRB");
        tagged && self.syntax.above(word).any(|at| self.syntax.dep(at) == "relcl")
    }
}
