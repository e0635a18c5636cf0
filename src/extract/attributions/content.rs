//! What a verb of saying covers: a quotation, a clause, a noun phrase; never simply the whole sentence.

use super::words::{Takes, Verb};
use super::{Drafts, Finder};
use crate::model::{EntityType, Sentence, Span, Stance, WordShape};

/// Words between a quotation and its verb.
const NEAR: usize = 16;
/// Sentences back in which something was said that "the claims" mean.
const SAID_BEFORE: usize = 3;

/// What is said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Content {
    pub span: Span,
    /// The quotations that it is, the one before the verb and the one behind it.
    pub quotation: Option<[Option<usize>; 2]>,
    pub rule: &'static str,
    pub confidence: f32,
}

impl Content {
    fn new(span: Span, rule: &'static str, confidence: f32) -> Self {
        Self { span, quotation: None, rule, confidence }
    }
}

impl Finder<'_, '_> {
    /// What the verb at `verb` tells; `first` is the first word of it and its speaker.
    pub(super) fn content(
        &self,
        verb: usize,
        class: &Verb,
        first: usize,
        sentence: &Sentence,
        number: usize,
        found: &Drafts,
    ) -> Option<Content> {
        let clause = class.takes(Takes::Clause);
        let quoted = if clause || class.takes(Takes::That) || class.takes(Takes::Quotation) {
            self.quoted(verb, first, sentence, found)
        } else {
            None
        };
        // "denies these allegations", whatever the model takes for its clause.
        let refers = class.stance != Stance::Asserts
            && self.syntax.child(verb, &["dobj"]).is_some_and(|object| {
                object > verb && self.words.noun.sayings.contains(self.syntax.lemma(object).to_lowercase().as_str())
            });
        let object = if refers { self.object_of(verb, class, number, found) } else { None };
        let told = quoted
            .or(object)
            .or_else(|| self.clause_of(verb, class, first))
            .or_else(|| self.infinitive_of(verb, class))
            .or_else(|| if clause { self.around(verb, first, sentence) } else { None })
            .or_else(|| self.object_of(verb, class, number, found))
            .or_else(|| if clause { self.before(verb, first, sentence) } else { None })?;
        // What is told within a quotation ends with it.
        let Some(around) = self.quotation_at(verb) else { return Some(told) };
        let around = self.text.span(self.quotations[around].first, self.quotations[around].end);
        let (start, end) = (told.span.start.max(around.start), told.span.end.min(around.end));
        (start < end).then(|| Content { span: Span::new(start, end), ..told })
    }

    /// The quotation that ends right before the verb and its speaker, and the one that opens right behind them.
    fn quoted(&self, verb: usize, first: usize, sentence: &Sentence, found: &Drafts) -> Option<Content> {
        if self.quotation_at(verb).is_some() {
            return self.quoted_within(verb, sentence);
        }
        let behind = self.quotations.partition_point(|quotation| quotation.first <= verb);
        let free = |index: &usize| found.bound[*index].is_none();
        let before = behind
            .checked_sub(1)
            .filter(|index| free(index) && self.ends_before(*index, first.min(verb), verb, sentence));
        let after = Some(behind).filter(|index| {
            *index < self.quotations.len()
                && free(index)
                && self.opens_after(*index, verb)
                && !self.is_partial(*index, verb)
        });
        let span = |index: usize| self.text.span(self.quotations[index].first, self.quotations[index].end);
        let whole = match (before, after) {
            (Some(before), Some(after)) => span(before).cover(span(after)),
            (Some(index), None) | (None, Some(index)) => span(index),
            (None, None) => return None,
        };
        Some(Content { quotation: Some([before, after]), ..Content::new(whole, "speech:quotation", 0.9) })
    }

    /// said “a number” of people were held: marks around some words of what is told in the text's own.
    fn is_partial(&self, index: usize, verb: usize) -> bool {
        let own = self.quotations[index];
        let colon = self.text.word(own.first - 1) == ":";
        let clauses = self.syntax.dependents(verb, &["ccomp"]).filter(|&content| content > verb);
        !colon
            && clauses.map(|content| self.syntax.subtree(content)).any(|(first, end)| {
                let before = (first.max(verb + 1)..own.first.max(verb + 1))
                    .any(|at| self.text.shape(at) != WordShape::Punctuation);
                let behind = (own.end..end.max(own.end)).any(|at| self.text.shape(at) != WordShape::Punctuation);
                before && !matches!(self.text.lower(first.max(verb + 1)), "that") || behind && own.end - own.first < 12
            })
    }

    /// ‘…’ within “…”: marks within a quotation are read where its own verb stands right beside them.
    fn quoted_within(&self, verb: usize, sentence: &Sentence) -> Option<Content> {
        let open = (verb + 1..sentence.end.min(verb + 4)).find(|&at| matches!(self.text.word(at), "‘" | "“" | "'"))?;
        let close = match self.text.word(open) {
            "‘" => "’",
            "'" => "'",
            _ => "”",
        };
        let close = (open + 1..sentence.end).find(|&at| self.text.word(at) == close)?;
        let plain = (verb + 1..open)
            .all(|at| self.text.shape(at) == WordShape::Punctuation || self.syntax.head(at) == Some(verb));
        plain.then(|| Content::new(self.text.span(open, close + 1), "speech:quotation-within", 0.7))
    }

    /// “…,” said X. Whether quotation `index` ends right before the words from `first` on.
    fn ends_before(&self, index: usize, first: usize, verb: usize, sentence: &Sentence) -> bool {
        let (text, own) = (self.text, self.quotations[index]);
        if own.end > first || first - own.end > NEAR {
            return false;
        }
        // A stop within the marks ends what is said, and what follows is another sentence.
        let last = text.word(own.end.saturating_sub(2));
        let asked = matches!(last, "?" | "!" | "…") || matches!(last, "," | "—" | "–" | "-");
        let comma = text.word(own.end) == ",";
        let inside = own.end > sentence.first;
        let starts_small = text.shape(sentence.first) == WordShape::Lower;
        let clause = self.syntax.dependents(verb, &["ccomp"]).any(|content| content > verb);
        let ends = asked || comma || inside && last != "." && self.is_utterance(index) || !inside && starts_small;
        if !ends || !inside && own.end < sentence.first {
            return false;
        }
        // Part of a sentence in marks is told with the rest of it: he called it “a massacre”, X said.
        let opens =
            text.sentences().get(text.sentence_of(own.first)).is_some_and(|sentence| sentence.first == own.first);
        let mark = own
            .first
            .checked_sub(1)
            .is_none_or(|at| matches!(text.word(at), "," | ":" | "”" | "—" | "–" | "." | "(" | "-"));
        let whole = opens && (comma || matches!(last, "," | "?" | "!"));
        if clause && !whole {
            return false;
        }
        (opens || mark)
            && (own.end..first).all(|at| {
                text.shape(at) == WordShape::Punctuation && !matches!(text.word(at), "." | ";")
                    || self.syntax.above(at).any(|above| above == verb || (first..=verb).contains(&above))
            })
    }

    /// X said: “…” Whether quotation `index` opens right behind the verb and what belongs to it.
    fn opens_after(&self, index: usize, verb: usize) -> bool {
        let (text, own) = (self.text, self.quotations[index]);
        if own.first - verb > NEAR {
            return false;
        }
        let between = verb + 1..own.first;
        let crossing = text.sentence_of(verb) != text.sentence_of(own.first);
        let last = text.word(own.first - 1);
        if between.clone().any(|at| matches!(text.word(at), "." | ";" | "?" | "!" | "”")) || crossing && last != ":" {
            return false;
        }
        let of_verb =
            |at: usize| text.shape(at) == WordShape::Punctuation || self.syntax.above(at).any(|above| above == verb);
        let other = |at: usize| self.syntax.is_verb(at) && self.words.verbs.contains_key(self.syntax.lemma(at));
        // "when a child cried: “…”" is of who tells it.
        let holder = if self.syntax.dep(verb) == "conj" { self.syntax.head(verb).unwrap_or(verb) } else { verb };
        let beside = self.syntax.dep(holder) == "advcl"
            && self
                .syntax
                .dependents(holder, &["mark", "advmod"])
                .any(|mark| mark < holder && self.words.subject.circumstances.contains(self.text.lower(mark)));
        if between.clone().any(other) || beside {
            return false;
        }
        let told = between.clone().any(|at| self.syntax.is_verb(at) && self.syntax.dep(at) == "ccomp");
        if last == ":" && !told || own.first == verb + 1 {
            return true;
        }
        // Clauses between are told in other words: "said that he was innocent, “…”".
        let plain = between.clone().all(of_verb) && !between.clone().any(|at| self.syntax.is_verb(at));
        let comma = last == ",";
        let bridge = matches!(text.lower(own.first - 1), "that" | "with" | "as" | "by")
            || matches!(self.syntax.dep(own.first - 1), "dobj" | "dative" | "pobj" | "advmod" | "nsubj" | "npadvmod");
        plain && (comma || bridge) && self.is_utterance(index)
    }

    /// "said that the men were free", "the men, police said, were free".
    fn clause_of(&self, verb: usize, class: &Verb, speaker: usize) -> Option<Content> {
        let syntax = self.syntax;
        // "find out that", "go on that": another sense
        let particle = !class.takes(Takes::Clause) && syntax.child(verb, &["prt"]).is_some();
        if particle {
            return None;
        }
        let that = |content: usize| {
            class.takes(Takes::Clause)
                || syntax
                    .dependents(content, &["mark", "advmod", "nsubj", "det"])
                    .any(|mark| matches!(self.text.lower(mark), "that" | "how" | "whether" | "why"))
        };
        let told =
            |content: &usize| syntax.is_verb(*content) || syntax.child(*content, &["nsubj", "cop", "mark"]).is_some();
        let takes = class.takes(Takes::Clause) || class.takes(Takes::That);
        let clauses = syntax.dependents(verb, &["ccomp"]).filter(|content| takes && that(*content) && told(content));
        let words = clauses.map(|content| {
            let (first, end) = syntax.subtree(content);
            // "photographs that X say showed": what is drawn out of a clause is no part of what X say.
            (if content > verb { first.max(verb + 1) } else { first }, end)
        });
        // "said in a report that", where the model hangs the clause on the report.
        let reported = || {
            let within = syntax.dependents(verb, &["prep"]).filter_map(|at| syntax.child(at, &["pobj"]));
            let clauses = within.flat_map(|noun| syntax.dependents(noun, &["acl", "relcl", "ccomp"]));
            clauses.filter(|_| takes).find(|&content| {
                syntax.dependents(content, &["mark"]).any(|mark| self.text.lower(mark) == "that" && mark > verb)
            })
        };
        let words = words.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
        let (mut first, end) = words.or_else(|| reported().map(|content| syntax.subtree(content)))?;
        // "X said Y was free, the paper reports": what the paper reports is that X said so.
        let outer = syntax.head(verb).filter(|&outer| {
            syntax.dep(verb) == "ccomp"
                && end <= speaker
                && outer < first
                && self.words.verbs.contains_key(syntax.lemma(outer))
        });
        if let Some(outer) = outer {
            first = syntax.subtree(outer).0.min(outer);
        }
        let span = self.span_of((first, end))?;
        Some(Content::new(span, "speech:clause", 0.9))
    }

    /// "claimed to have hit the base", "denied to have"
    fn infinitive_of(&self, verb: usize, class: &Verb) -> Option<Content> {
        let syntax = self.syntax;
        let infinitive = syntax
            .child(verb, &["xcomp"])
            .filter(|&word| word > verb && (class.takes(Takes::Object) || class.takes(Takes::Gerund)))?;
        let to = syntax.dependents(infinitive, &["aux"]).any(|aux| self.text.lower(aux) == "to");
        self.span_of(syntax.subtree(infinitive)).filter(|_| to).map(|span| Content::new(span, "speech:infinitive", 0.8))
    }

    /// "The men, police said, were free", where the model hangs the verb on what it tells; "as police said".
    fn around(&self, verb: usize, first: usize, sentence: &Sentence) -> Option<Content> {
        let syntax = self.syntax;
        let as_said =
            syntax.dep(verb) == "advcl" && syntax.dependents(verb, &["mark"]).any(|mark| self.text.lower(mark) == "as");
        let host = syntax.head(verb).filter(|_| syntax.dep(verb) == "parataxis" || as_said);
        // "… his own people said X": a clause that the model takes for the subject.
        let subject = || syntax.dependents(verb, &["nsubj", "csubj"]).find(|&word| syntax.is_verb(word) && word < verb);
        let words = match host {
            // "X said it was so, the paper reports." tells the whole sentence.
            Some(_) if !as_said && self.ends_sentence(verb, first, sentence) => (sentence.first, first),
            Some(host) => {
                let (from, to) = syntax.subtree(verb);
                self.without(syntax.subtree(host), (first.min(from), to.max(verb + 1)))
            }
            None => syntax.subtree(subject()?),
        };
        let inside = words.0 >= sentence.first && words.1 <= sentence.end;
        let span = self.span_of(words).filter(|_| inside)?;
        Some(Content::new(span, "speech:around", 0.8))
    }

    /// Words without a part at one of their ends; with it, where it stands in the middle.
    pub(super) fn without(&self, (first, end): (usize, usize), (from, to): (usize, usize)) -> (usize, usize) {
        if to >= end && from > first {
            (first, from)
        } else if from <= first && to < end {
            (to, end)
        } else {
            (first, end)
        }
    }

    /// A noun phrase, a gerund or what follows "of", as far as the verb's class has them.
    fn object_of(&self, verb: usize, class: &Verb, number: usize, found: &Drafts) -> Option<Content> {
        let (text, syntax) = (self.text, self.syntax);
        if class.takes(Takes::Gerund)
            && let Some(gerund) = syntax.child(verb, &["xcomp", "ccomp"]).filter(|&word| syntax.tag(word) == "VBG")
        {
            return self.span_of(syntax.subtree(gerund)).map(|span| Content::new(span, "speech:gerund", 0.85));
        }
        if class.takes(Takes::Of) {
            let of = syntax
                .dependents(verb, &["prep"])
                .find(|&at| matches!(text.lower(at), "of" | "about" | "against" | "to"));
            let told = of.and_then(|of| syntax.child(of, &["pobj", "pcomp"]));
            // "spoke to reporters" tells nothing yet.
            let told = told.filter(|&told| syntax.is_verb(told) || self.clause.mention(told).is_none());
            return self.span_of(syntax.subtree(told?)).map(|span| Content::new(span, "speech:of", 0.7));
        }
        // "while reporting a stolen car"
        let beside =
            syntax.tag(verb) == "VBG" && syntax.child(verb, &["mark", "advmod"]).is_some_and(|mark| mark < verb);
        let object = syntax.dependents(verb, &["dobj", "oprd"]).find(|&object| object > verb && !beside)?;
        let sayings = self.words.noun.sayings.contains(syntax.lemma(object).to_lowercase().as_str());
        if sayings && (class.takes(Takes::Saying) || class.stance != Stance::Asserts) {
            return self.saying(object, number, found).map(|span| Content::new(span, "speech:saying", 0.8));
        }
        let (first, end) = self.object_words(verb, object);
        if class.takes(Takes::Against) {
            // "accused the guards of beating him"
            let of = |at: usize| matches!(text.lower(at), "of" | "for" | "on");
            let charged = (first..end)
                .any(|at| of(at) && matches!(syntax.head(at), Some(head) if head == verb || head == object));
            return self
                .span_of((first, end))
                .filter(|_| charged)
                .map(|span| Content::new(span, "speech:against", 0.85));
        }
        // "reported him to the police", "denied the station its licence": whom it happens to is nothing said.
        let whom = self.clause.mention(object).is_some_and(|mention| {
            matches!(
                self.clause.found[mention].kind,
                EntityType::Person | EntityType::Organization | EntityType::Facility
            )
        });
        let described = syntax.dependents(verb, &["prep", "oprd"]).any(|at| text.lower(at) == "as");
        let noun = matches!(syntax.tag(object), "NN" | "NNS" | "CD" | "NNP" | "NNPS") && (!whom || described);
        let span = self.span_of((first, end)).filter(|_| noun)?;
        let counted = class.takes(Takes::Number) && self.has_figure(span);
        (class.takes(Takes::Object) || counted).then(|| Content::new(span, "speech:object", 0.75))
    }

    /// The words of an object and of the prepositions behind it: "the deaths of 20 men in Lima on Monday".
    fn object_words(&self, verb: usize, object: usize) -> (usize, usize) {
        let syntax = self.syntax;
        let (first, mut end) = syntax.subtree(object);
        for behind in syntax.dependents(verb, &["prep", "npadvmod"]).filter(|&behind| behind > object) {
            end = end.max(syntax.subtree(behind).1);
        }
        (first.max(verb + 1), end.max(verb + 1))
    }

    /// What "the allegations" mean: what hangs on the noun, or what was said before, or the noun itself.
    pub(super) fn saying(&self, noun: usize, number: usize, found: &Drafts) -> Option<Span> {
        let syntax = self.syntax;
        let hanging = syntax.children(noun).iter().copied().filter(|&child| {
            child > noun
                && (matches!(syntax.dep(child), "acl" | "relcl" | "ccomp" | "appos")
                    || syntax.dep(child) == "prep" && matches!(self.text.lower(child), "of" | "about" | "that"))
        });
        let own =
            hanging.map(|child| syntax.subtree(child)).reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
        if let Some((first, end)) = own {
            let of = usize::from(matches!(self.text.lower(first), "of" | "about"));
            return self.span_of((first + of, end));
        }
        let definite = syntax.child(noun, &["det", "poss"]).is_some();
        let start = self.text.span(noun, noun + 1).start;
        let before = found.list.iter().rev().find(|draft| {
            let at = self.text.sentence_of(draft.cue.0);
            let earlier =
                at < number || draft.content.end < start && self.text.span(draft.cue.0, draft.cue.1).end < start;
            draft.stance == Stance::Asserts && earlier && at + SAID_BEFORE >= number
        });
        before.filter(|_| definite).map(|draft| draft.content).or_else(|| self.span_of(syntax.subtree(noun)))
    }

    /// Whether only what belongs to a verb follows it in its sentence, and its speaker stands before it.
    fn ends_sentence(&self, verb: usize, first: usize, sentence: &Sentence) -> bool {
        let (text, syntax) = (self.text, self.syntax);
        let rest = verb + 1..sentence.end;
        let adjunct = |at: usize| {
            text.shape(at) == WordShape::Punctuation
                || syntax.above(at).any(|above| above == verb) && !syntax.is_verb(at)
        };
        first > sentence.first
            && rest.clone().count() <= 12
            && rest.clone().all(adjunct)
            && !rest.into_iter().any(|at| matches!(text.word(at), ":" | "“" | "\""))
    }

    /// "…, police said on Monday": a verb with its speaker at the end of the sentence tells what stands before.
    fn before(&self, verb: usize, first: usize, sentence: &Sentence) -> Option<Content> {
        let (text, syntax) = (self.text, self.syntax);
        let last = self.ends_sentence(verb, first, sentence);
        let enough = first > sentence.first + 3;
        let comma = first.checked_sub(1).is_some_and(|at| matches!(text.word(at), "," | "”" | "—" | "–" | "-"))
            || syntax.dep(verb) == "ROOT" && syntax.child(verb, &["nsubj"]).is_some_and(|subject| subject > verb);
        let span = self.span_of((sentence.first, first)).filter(|_| last && enough && comma)?;
        Some(Content::new(span, "speech:before", 0.6))
    }
}
