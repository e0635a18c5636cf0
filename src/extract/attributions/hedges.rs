//! Words by which a text hands something on without vouching for it: "reportedly", "is believed to", "alleged",
//! "allegations of", "could not be verified".

use super::{Draft, Drafts, Finder, Source};
use crate::model::{AttributionKind, Sentence, SourceKind, Span, Stance};

impl Finder<'_, '_> {
    fn hedge_draft(&self, cue: (usize, usize), content: Span, rule: &'static str) -> Draft {
        let source = Source { entity: None, kind: SourceKind::Unnamed, words: cue, writing: None, confidence: 0.8 };
        let mut draft = self.draft(source, cue, AttributionKind::Report, rule);
        draft.source_words = None;
        Draft { content, stance: Stance::Doubts, ..draft }
    }

    /// Adverbs, adjectives and nouns that hedge.
    pub(super) fn hedge(&self, word: usize, sentence: &Sentence, found: &mut Drafts) {
        let lower = self.text.lower(word);
        let hedge = &self.words.hedge;
        if hedge.adverbs.contains(lower) {
            // "the most likely": a degree, and no adverb of a clause
            let adverb = self.syntax.tag(word).starts_with("RB") && self.syntax.dep(word) != "amod";
            if let Some(content) = self.hedged_clause(word).filter(|_| adverb) {
                found.push(self.hedge_draft((word, word + 1), content, "hedge:adverb"));
            }
        } else if hedge.adjectives.contains(lower) {
            self.hedging_adjective(word, found);
        } else if self.syntax.is_noun(word) {
            self.hedging_noun(word, sentence, found);
        }
    }

    /// What an adverb hedges: the clause of its verb, or the phrase of its noun or preposition.
    fn hedged_clause(&self, adverb: usize) -> Option<Span> {
        let (text, syntax) = (self.text, self.syntax);
        let mut head = syntax.head(adverb)?;
        // "has reportedly fled": an auxiliary has no clause of its own.
        if matches!(syntax.dep(head), "aux" | "auxpass") {
            head = syntax.head(head)?;
        }
        let phrase = syntax.subtree(head);
        if syntax.is_verb(head) {
            // Clauses joined by "and" with a subject of their own, and what is only said besides, are not hedged.
            let own = |child: usize| {
                matches!(syntax.dep(child), "conj" | "advcl" | "parataxis")
                    && syntax.child(child, &["nsubj", "nsubjpass"]).is_some()
            };
            let (mut first, mut end) = phrase;
            for child in syntax.children(head).iter().copied().filter(|&child| own(child)) {
                let (from, to) = syntax.subtree(child);
                if from > head {
                    end = end.min(from);
                } else if to <= head {
                    first = first.max(to);
                }
            }
            return self.span_of((first, end));
        }
        // "Footage allegedly from the prison showed": only what stands behind.
        let from = if syntax.is_noun(head) || text.opens(head) && head < adverb { adverb.max(head) } else { phrase.0 };
        self.span_of((from.min(adverb), phrase.1.max(adverb + 1)))
    }

    /// "the alleged killing of 20 men", "unconfirmed reports of": the phrase of the noun.
    fn hedging_adjective(&self, adjective: usize, found: &mut Drafts) {
        let syntax = self.syntax;
        let noun = syntax
            .head(adjective)
            .filter(|&noun| matches!(syntax.dep(adjective), "amod" | "compound") && syntax.is_noun(noun));
        // "a suspected militant": who somebody is thought to be says nothing of what happened.
        let Some(noun) = noun.filter(|&noun| noun > adjective && self.clause.mention(noun).is_none()) else { return };
        let (_, end) = syntax.subtree(noun);
        if let Some(content) = self.span_of((adjective, end)) {
            found.push(self.hedge_draft((adjective, adjective + 1), content, "hedge:adjective"));
        }
    }

    /// "allegations of torture", "rumours that he fled", "there were reports of".
    fn hedging_noun(&self, noun: usize, sentence: &Sentence, found: &mut Drafts) {
        let (text, syntax) = (self.text, self.syntax);
        let lemma = syntax.lemma(noun).to_lowercase();
        let Some(&stance) = self.words.noun.telling.get(lemma.as_str()) else { return };
        if self.words.noun.plural_only.contains(lemma.as_str())
            && (syntax.tag(noun) != "NNS" || syntax.child(noun, &["det", "nummod"]).is_some())
        {
            return;
        }
        let told = syntax.children(noun).iter().copied().find(|&child| {
            let that = matches!(syntax.dep(child), "acl" | "ccomp" | "relcl")
                && syntax
                    .dependents(child, &["mark", "nsubj"])
                    .any(|mark| text.lower(mark) == "that" && syntax.dep(mark) == "mark");
            child > noun && (that || syntax.dep(child) == "prep" && text.lower(child) == "of")
        });
        let Some(told) = told.filter(|&told| sentence.words().contains(&told)) else { return };
        let (first, end) = syntax.subtree(told);
        let of = usize::from(text.lower(first) == "of");
        // "reports of the committee" are its own; "his claim that" has its source beside it.
        let own = syntax.child(first, &["pobj"]).is_some_and(|word| self.clause.mention(word).is_some()) && of == 1;
        let Some(content) = self.span_of((first + of, end)).filter(|_| !own) else { return };
        // "rejected claims that": told already, by who rejects them.
        if found.here().iter().any(|draft| draft.content == content) {
            return;
        }
        let by = syntax.dependents(noun, &["poss"]).chain(
            syntax
                .dependents(noun, &["prep", "agent"])
                .filter(|&at| matches!(text.lower(at), "by" | "from"))
                .filter_map(|at| syntax.child(at, &["pobj"])),
        );
        let source = by
            .filter_map(|word| self.clause.mention(word))
            .find(|&mention| self.clause.fits(mention, super::SOURCES))
            .and_then(|mention| self.source_of(mention));
        let draft = match source {
            Some(source) => {
                Draft { content, ..self.draft(source, (noun, noun + 1), AttributionKind::Statement, "noun:claim") }
            }
            None => Draft {
                stance: if stance == Stance::Asserts { Stance::Doubts } else { stance },
                ..self.hedge_draft((noun, noun + 1), content, "hedge:noun")
            },
        };
        found.push(draft);
    }

    /// "appears to have fled", "seems to": what seems so.
    pub(super) fn seems(&self, verb: usize, lemma: &str, found: &mut Drafts) -> bool {
        let syntax = self.syntax;
        if !self.words.verb.seeming.contains(lemma) {
            return false;
        }
        let Some(complement) = syntax.child(verb, &["xcomp", "ccomp", "oprd"]) else { return false };
        // "images appear to show" is told with what they show.
        if self.words.noun.shows.contains(syntax.lemma(complement))
            && syntax.child(verb, &["nsubj"]).is_some_and(|subject| self.is_footage(subject))
        {
            return true;
        }
        if let Some(content) = self.span_of(syntax.subtree(verb)) {
            found.push(self.hedge_draft((verb, verb + 1), content, "hedge:seems"));
        }
        true
    }

    /// "is believed to have fled", "were reported killed", "it is feared that".
    pub(super) fn passive_hedge(&self, verb: usize, lemma: &str, found: &mut Drafts) {
        let syntax = self.syntax;
        let reduced =
            syntax.tag(verb) == "VBN" && syntax.dep(verb) == "acl" && syntax.child(verb, &["xcomp"]).is_some();
        let passive = reduced || syntax.child(verb, &["auxpass", "nsubjpass"]).is_some();
        if !self.words.verb.hedging.contains(lemma) || !passive || syntax.child(verb, &["neg", "agent"]).is_some() {
            return;
        }
        let complement = syntax.child(verb, &["xcomp", "ccomp", "oprd", "acomp"]);
        let extra = || syntax.child(verb, &["nsubjpass"]).filter(|&subject| self.counts_as_told(subject));
        let Some(told) = complement.or_else(extra) else { return };
        // "it is believed that he fled"
        let words = if syntax.dep(told) == "ccomp" { syntax.subtree(told) } else { syntax.subtree(verb) };
        let modal =
            syntax.dependents(verb, &["aux"]).any(|aux| self.words.subject.modals.contains(self.text.lower(aux)));
        if let Some(content) = self.span_of(words).filter(|_| !modal) {
            found.push(self.hedge_draft((verb, verb + 1), content, "hedge:passive"));
        }
    }

    /// "Secret executions have been reported": a noun for something that happens.
    fn counts_as_told(&self, noun: usize) -> bool {
        self.syntax.is_noun(noun) && self.clause.mention(noun).is_none()
    }

    /// "could not be independently verified", "X could not verify the footage": what is left open, and by whom.
    pub(super) fn unverified(
        &self,
        verb: usize,
        lemma: &str,
        sentence: &Sentence,
        number: usize,
        found: &mut Drafts,
    ) -> bool {
        let (text, syntax) = (self.text, self.syntax);
        if !self.words.verb.verifying.contains(lemma) {
            return false;
        }
        let unable = |head: &usize| self.words.verb.unable.contains(text.lower(*head));
        let negated = syntax.child(verb, &["neg"]).is_some()
            || syntax.head(verb).is_some_and(|head| unable(&head) && syntax.dep(verb) == "xcomp");
        if !negated {
            return false;
        }
        let passive = syntax.child(verb, &["auxpass"]).is_some();
        let subject = syntax.child(verb, &["nsubj", "nsubjpass"]).or_else(|| syntax.subject(verb));
        let told = if passive { subject } else { syntax.child(verb, &["dobj", "ccomp"]) };
        let Some(told) = told else { return true };
        let sayings = self.words.noun.sayings.contains(syntax.lemma(told).to_lowercase().as_str())
            || matches!(text.lower(told), "this" | "that" | "it" | "these");
        let content = if sayings { self.doubted(told, number, found) } else { self.span_of(syntax.subtree(told)) };
        let Some(content) = content else { return true };
        let cue = (verb, verb + 1);
        let sources = match subject.filter(|_| !passive) {
            Some(subject) => self.sources(subject, sentence, number, found),
            None => Vec::new(),
        };
        if sources.is_empty() {
            found.push(self.hedge_draft(cue, content, "hedge:unverified"));
        }
        for source in sources {
            found.push(Draft {
                content,
                stance: Stance::Doubts,
                ..self.draft(source, cue, AttributionKind::Statement, "hedge:unverified")
            });
        }
        true
    }

    /// What "the claims" or "this" mean that nobody could verify: what was said just before.
    fn doubted(&self, told: usize, number: usize, found: &Drafts) -> Option<Span> {
        let pronoun = matches!(self.text.lower(told), "this" | "that" | "it" | "these");
        let before = || {
            let last = found.list.iter().rev().find(|draft| draft.stance == Stance::Asserts)?;
            let near = self.text.sentence_of(last.cue.0) + 2 >= number;
            near.then_some(last.content)
        };
        if pronoun { before() } else { self.saying(told, number, found) }
    }
}
