//! Writings as sources: "a statement by X", "X's report", "figures from X", "the report".

use super::{Drafts, Finder, SOURCES, Source};
use crate::model::{AttributionKind, Sentence, SourceKind};

/// Sentences for which "the report" is still the one that was named.
const REMEMBERED: usize = 15;

impl Finder<'_, '_> {
    /// The writing that a noun names: whose it is, where the text says so here or said so before.
    pub(super) fn writing(
        &self,
        noun: usize,
        kind: AttributionKind,
        sentence: &Sentence,
        number: usize,
        found: &mut Drafts,
    ) -> Option<Source> {
        let lemma = self.syntax.lemma(noun).to_lowercase();
        let words = self.phrase(noun);
        let own = self.author(noun, sentence).and_then(|mention| self.source_of(mention));
        if let Some(author) = own {
            if let Some(entity) = author.entity {
                found.writings.insert(lemma, (entity, number));
            }
            let words = (words.0.min(author.words.0), words.1.max(author.words.1));
            return Some(Source { writing: Some(kind), words, ..author });
        }
        let definite = self
            .syntax
            .dependents(noun, &["det"])
            .any(|at| matches!(self.text.lower(at), "the" | "this" | "that" | "these" | "its" | "same"));
        let before = found.writings.get(&lemma).filter(|(_, at)| definite && at + REMEMBERED >= number);
        Some(match before {
            Some(&(entity, _)) => Source {
                entity: Some(entity),
                kind: self.name_kind(entity),
                words,
                writing: Some(kind),
                confidence: 0.7,
            },
            None => Source { entity: None, kind: SourceKind::Document, words, writing: Some(kind), confidence: 0.8 },
        })
    }

    /// The mention of whoever made a writing.
    fn author(&self, noun: usize, sentence: &Sentence) -> Option<usize> {
        let (text, syntax) = (self.text, self.syntax);
        let lemma = syntax.lemma(noun).to_lowercase();
        let social = |word: usize| {
            self.clause
                .mention(word)
                .filter(|&mention| self.clause.fits(mention, SOURCES) && !self.clause.found[mention].quiet)
        };
        let owner = || {
            // "X's count", "his statement", "a UN report"
            let owners = syntax.dependents(noun, &["poss", "compound", "nmod"]);
            owners.filter(|&word| word < noun).find_map(social)
        };
        let by = || {
            let prepositions = syntax.dependents(noun, &["prep", "agent"]).filter(|&at| at > noun);
            prepositions
                .filter(|&at| match text.lower(at) {
                    "by" | "from" => true,
                    "of" => self.words.noun.own_of.contains(lemma.as_str()),
                    _ => false,
                })
                .filter_map(|at| syntax.child(at, &["pobj"]))
                .find_map(|word| {
                    let mention = social(word)?;
                    // "a survey of teachers" asks them; "the figures of the Observatory" are its own.
                    let own = text.lower(self.clause.found[mention].first.saturating_sub(1)) != "of"
                        || self.clause.found[mention].kind == crate::model::EntityType::Organization;
                    own.then_some(mention)
                })
        };
        let made = || {
            let makes = |verb: &usize| self.words.verb.making.contains(syntax.lemma(*verb));
            let made =
                syntax.dependents(noun, &["acl"]).filter(makes).filter_map(|verb| syntax.child(verb, &["agent"]));
            made.filter_map(|by| syntax.child(by, &["pobj"])).find_map(social)
        };
        // Where the model sees no dependency: "statement by X" word by word.
        let adjacent = || {
            let preposition = matches!(text.lower(noun + 1), "by" | "from") && noun + 2 < sentence.end;
            let mention = preposition.then(|| self.clause.right(noun + 2, sentence, SOURCES)).flatten()?;
            (self.clause.found[mention].first <= noun + 4).then_some(mention)
        };
        // "the leadership issued a statement denying it"
        let issued = || {
            let verb = syntax
                .head(noun)
                .filter(|&verb| syntax.dep(noun) == "dobj" && self.words.verb.making.contains(syntax.lemma(verb)))?;
            self.subject_of(verb).and_then(social)
        };
        owner().or_else(issued).or_else(by).or_else(made).or_else(adjacent)
    }
}
