//! Who says so: sources, what they say and how, and through whom it came.
//!
//! One file per way of giving a source: verbs of saying (`speech.rs`, with `content.rs` for what they cover and
//! `speakers.rs` for whom they belong to), quotations (`quotations.rs`), phrases such as "according to"
//! (`according.rs`), writings (`writings.rs`), footage (`footage.rs`), and words by which a text hands something on
//! without a source (`hedges.rs`). `chains.rs` then finds through whom each came, and `cover.rs` answers who stands
//! behind a span. The words are data (`data/lexicon/attributions.toml`), the structure is the language model's.

mod according;
mod chains;
mod content;
mod cover;
mod footage;
mod hedges;
mod quotations;
mod speakers;
mod speech;
mod words;
mod writings;

#[cfg(test)]
mod tests;

pub(super) use cover::Covering;

use std::collections::HashMap;

use super::clause::Clause;
use super::coreference::Resolved;
use super::lexicon::Lexicon;
use super::syntax::Syntax;
use super::text::Text;
use crate::model::{
    Attribution, AttributionKind, EntityType, Figure, MentionForm, Sentence, SourceKind, Span, Stance, WordShape,
};
use quotations::Quotation;
use words::AttributionWords;

/// Types of what can say something.
const SOURCES: &[EntityType] =
    &[EntityType::Person, EntityType::PersonGroup, EntityType::Organization, EntityType::Country];
/// Attributions of one sentence; one with more is no prose.
const MOST: usize = 32;

/// Finds attributions, in order of cue.
pub(super) fn find(text: &Text<'_>, resolved: &Resolved, figures: &[Figure], lexicon: &Lexicon) -> Vec<Attribution> {
    let clause = Clause::new(text, &resolved.found, lexicon);
    let finder = Finder {
        text,
        syntax: &text.syntax,
        clause: &clause,
        resolved,
        figures,
        lexicon,
        words: AttributionWords::embedded(),
        quotations: quotations::find(text),
    };
    let mut found = Drafts { bound: vec![None; finder.quotations.len()], ..Drafts::default() };
    for (number, sentence) in text.sentences().iter().enumerate() {
        finder.sentence(number, sentence, &mut found);
    }
    finder.go_on(&mut found);
    chains::close(text, found.list)
}

/// Somebody or something that says what an attribution covers.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Source {
    entity: Option<usize>,
    kind: SourceKind,
    /// First word of its name or description, and one past the last.
    words: (usize, usize),
    /// The kind of attribution that a writing makes, whatever its verb.
    writing: Option<AttributionKind>,
    confidence: f32,
}

/// An attribution on its way.
#[derive(Debug, Clone)]
struct Draft {
    source: Option<usize>,
    source_kind: SourceKind,
    source_words: Option<(usize, usize)>,
    /// First word of the cue, and one past the last.
    cue: (usize, usize),
    kind: AttributionKind,
    stance: Stance,
    content: Span,
    /// The draft through which it came, where the words say so.
    through: Option<usize>,
    rule: &'static str,
    confidence: f32,
}

/// What has been found so far.
#[derive(Debug, Default)]
struct Drafts {
    list: Vec<Draft>,
    /// Quotation → the draft that it belongs to.
    bound: Vec<Option<usize>>,
    /// Noun for a writing → whose it was when it was last named, and in which sentence.
    writings: HashMap<String, (usize, usize)>,
    /// First draft of the sentence that is being read.
    first: usize,
}

impl Drafts {
    /// Adds a draft unless the same source has the same content already; its index.
    fn push(&mut self, draft: Draft) -> Option<usize> {
        if self.list.len() - self.first >= MOST {
            return None;
        }
        let same = |known: &&Draft| {
            let twice = known.content == draft.content && known.source == draft.source;
            twice && (draft.source.is_some() || known.cue == draft.cue)
        };
        if let Some(known) = self.list[self.first..].iter().position(|known| same(&known)) {
            return Some(self.first + known);
        }
        self.list.push(draft);
        Some(self.list.len() - 1)
    }

    /// The drafts of the sentence that is being read.
    fn here(&self) -> &[Draft] {
        &self.list[self.first..]
    }
}

struct Finder<'a, 't> {
    text: &'a Text<'t>,
    syntax: &'a Syntax<'t>,
    clause: &'a Clause<'a, 't>,
    resolved: &'a Resolved,
    figures: &'a [Figure],
    lexicon: &'a Lexicon,
    words: &'a AttributionWords,
    quotations: Vec<Quotation>,
}

impl Finder<'_, '_> {
    fn sentence(&self, number: usize, sentence: &Sentence, found: &mut Drafts) {
        found.first = found.list.len();
        let mut cites: Vec<usize> = Vec::new();
        for token in sentence.words() {
            if self.text.shape(token) == WordShape::Punctuation || self.in_name(token) {
                continue;
            }
            if let Some(end) = self.according_phrase(token) {
                self.according((token, end), sentence, number, found);
            } else if self.syntax.is_verb(token) {
                let lemma = self.syntax.lemma(token);
                if self.words.verb.citing.contains(lemma) {
                    cites.push(token);
                }
                self.verb(token, lemma, sentence, number, found);
            } else {
                self.hedge(token, sentence, found);
            }
        }
        self.behind_colon(sentence, found);
        for cite in cites {
            self.cite(cite, sentence, number, found);
        }
        self.told_with(sentence, found);
        if found.here().is_empty() {
            self.credited(sentence, number, found);
        }
    }

    /// Everything that a verb may be a cue of.
    fn verb(&self, verb: usize, lemma: &str, sentence: &Sentence, number: usize, found: &mut Drafts) {
        let hedged = self.seems(verb, lemma, found) || self.unverified(verb, lemma, sentence, number, found);
        if hedged || self.is_footage_cue(lemma) && self.footage(verb, lemma, sentence, number, found) {
            return;
        }
        if let Some(class) = self.words.verbs.get(lemma) {
            self.speech(verb, class, sentence, number, found);
        } else {
            self.passive_hedge(verb, lemma, found);
        }
    }

    /// Whether a word stands within a name.
    fn in_name(&self, token: usize) -> bool {
        self.clause.mention(token).is_some_and(|mention| self.resolved.found[mention].form == MentionForm::Name)
    }

    /// The words `first..end` without marks at their ends; none if nothing is left.
    fn trimmed(&self, (mut first, mut end): (usize, usize)) -> Option<(usize, usize)> {
        let mark = |at: usize| {
            self.text.shape(at) == WordShape::Punctuation
                && !matches!(
                    self.text.word(at),
                    "“" | "”" | "\"" | "(" | ")" | "‘" | "’" | "$" | "£" | "€" | "%" | "'s" | "’s"
                )
        };
        while first < end
            && (mark(first)
                || matches!(self.text.lower(first), "that" | "while" | "whereas" | "and" | "but" | ")" | "”"))
        {
            first += 1;
        }
        while end > first
            && (mark(end - 1)
                || matches!(self.text.word(end - 1), "(" | "“" | "and" | "or" | "but" | "the" | "a" | "an"))
        {
            end -= 1;
        }
        (first < end).then_some((first, end))
    }

    /// The span of words without the marks at their ends, but with the marks of a quotation that is partly in them.
    fn span_of(&self, words: (usize, usize)) -> Option<Span> {
        let (mut first, mut end) = self.trimmed(words)?;
        let marks = |mark: &str| (first..end).filter(|&at| self.text.word(at) == mark).count();
        let (opened, closed, plain) = (marks("“"), marks("”"), marks("\""));
        let close = (end..end + 3).find(|&at| matches!(self.text.word(at), "”" | "\""));
        let open = first.checked_sub(1).filter(|&at| matches!(self.text.word(at), "“" | "\""));
        if closed > opened || plain % 2 == 1 && close.is_none() {
            first = open.unwrap_or(first);
        } else if opened > closed || plain % 2 == 1 {
            end = close.map_or(end, |close| close + 1);
        }
        Some(self.text.span(first, end))
    }

    /// Whether a figure stands within a span.
    fn has_figure(&self, span: Span) -> bool {
        let first = self.figures.partition_point(|figure| figure.span.start < span.start);
        self.figures.get(first).is_some_and(|figure| span.contains(figure.span))
    }

    fn name_kind(&self, entity: usize) -> SourceKind {
        if self.resolved.entities[entity].named { SourceKind::Named } else { SourceKind::Unnamed }
    }
}
