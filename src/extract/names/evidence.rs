//! What the layers say of a document, looked up by place.

use std::collections::{HashMap, HashSet};

use crate::extract::lexicon::Lexicon;
use crate::extract::text::Text;
use crate::gazetteer::{Entry, Gazetteer, Hit};
use crate::model::{EntityType, ModelName, Span, Token};

use super::Found;

/// Inhabitants of a city that is meant where its name stands.
const LARGE: u64 = 500_000;

/// How a layer's span lies to the span that is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The same words.
    Exact,
    /// The layer's span holds it and more.
    Around,
    /// The layer's span is a part of it.
    Inside,
    /// They overlap.
    Across,
}

impl Fit {
    pub fn as_str(self) -> &'static str {
        match self {
            Fit::Exact => "exact",
            Fit::Around => "around",
            Fit::Inside => "inside",
            Fit::Across => "across",
        }
    }

    fn of(asked: Span, said: Span) -> Self {
        if asked == said {
            Fit::Exact
        } else if said.contains(asked) {
            Fit::Around
        } else if asked.contains(said) {
            Fit::Inside
        } else {
            Fit::Across
        }
    }
}

/// A name as the model has it, on the words it covers.
pub(super) struct ModelSpan<'a> {
    pub name: &'a ModelName,
    /// Without a leading article and a trailing possessive.
    pub span: Span,
    pub first: usize,
    pub end: usize,
}

/// Everything the layers say of one document.
pub(super) struct Evidence<'a, 't> {
    pub text: &'a Text<'t>,
    pub gazetteer: &'a Gazetteer,
    pub lexicon: &'a Lexicon,
    pub rules: &'a [Found],
    pub model: Vec<ModelSpan<'t>>,
    /// Word → its last token.
    tokens: Vec<Option<usize>>,
    /// Folded name → what the layers call it in the document, with how often.
    pub calls: HashMap<String, HashMap<&'t str, usize>>,
    /// Folded words of names of two or more words that a layer takes for a person's.
    pub person_parts: HashSet<String>,
    /// Acronyms that a longer name introduced in brackets.
    pub acronyms: HashSet<String>,
    /// Codes of the countries that the document names, or whose people, sites or large cities.
    pub countries: HashSet<String>,
}

impl<'a, 't> Evidence<'a, 't> {
    pub fn new(text: &'a Text<'t>, gazetteer: &'a Gazetteer, lexicon: &'a Lexicon, rules: &'a [Found]) -> Self {
        let mut evidence = Self {
            text,
            gazetteer,
            lexicon,
            rules,
            model: text.analysis.names.iter().filter_map(|name| on_words(text, name)).collect(),
            tokens: last_tokens(text),
            calls: HashMap::new(),
            person_parts: HashSet::new(),
            acronyms: HashSet::new(),
            countries: HashSet::new(),
        };
        evidence.read_document();
        evidence
    }

    fn read_document(&mut self) {
        let text = self.text;
        let mut parts = |first: usize, end: usize| {
            if end - first > 1 {
                self.person_parts
                    .extend((first..end).map(|at| text.folded(at).to_owned()).filter(|word| word.len() > 2));
            }
        };
        for span in &self.model {
            let name = crate::text::fold(text.slice(span.span));
            *self.calls.entry(name).or_default().entry(span.name.label.as_str()).or_default() += 1;
            if matches!(span.name.label.as_str(), "PERSON" | "PER") {
                parts(span.first, span.end);
            }
        }
        for mention in self.rules {
            let name = crate::text::fold(text.slice(mention.span(text)));
            *self.calls.entry(name).or_default().entry(mention.kind.as_str()).or_default() += 1;
            match mention.kind {
                EntityType::Person => parts(mention.first, mention.end),
                EntityType::Country | EntityType::Nationality | EntityType::Facility => {
                    self.countries.extend(mention.entries.iter().filter_map(|entry| entry.country.clone()));
                }
                // A city that cannot be taken for another one.
                EntityType::City if mention.entries.iter().any(|entry| entry.population >= LARGE) => {
                    let mut codes = mention.entries.iter().filter_map(|entry| entry.country.as_ref());
                    if let Some(code) = codes.next().filter(|code| codes.all(|other| other == *code)) {
                        self.countries.insert(code.clone());
                    }
                }
                _ => {}
            }
        }
        for at in 2..text.len().saturating_sub(1) {
            if text.word(at - 1) == "(" && text.word(at + 1) == ")" && is_acronym_of(text, at) {
                self.acronyms.insert(text.word(at).to_owned());
            }
        }
    }

    /// The last token of a word.
    pub fn token(&self, word: usize) -> Option<&'t Token> {
        self.text.analysis.tokens.get(self.tokens.get(word).copied().flatten()?)
    }

    /// Whether a row is in a country that the document names.
    pub fn is_home(&self, entry: &Entry) -> bool {
        entry.country.as_ref().is_some_and(|code| self.countries.contains(code))
    }

    /// What the model says of a span: the best fitting of its names.
    pub fn model_at(&self, span: Span) -> Option<(&ModelSpan<'t>, Fit)> {
        let from = self.model.partition_point(|name| name.span.end <= span.start);
        self.model[from..]
            .iter()
            .take_while(|name| name.span.start < span.end)
            .map(|name| (name, Fit::of(span, name.span)))
            .min_by_key(|(_, fit)| *fit)
    }

    /// What the rules say of a span: the best fitting of their mentions.
    pub fn rules_at(&self, span: Span) -> Option<(&Found, Fit)> {
        let from = self.rules.partition_point(|found| found.span(self.text).end <= span.start);
        self.rules[from..]
            .iter()
            .map(|found| (found, found.span(self.text)))
            .take_while(|(_, place)| place.start < span.end)
            .map(|(found, place)| (found, Fit::of(span, place)))
            .min_by_key(|(_, fit)| *fit)
    }

    /// The rows of the gazetteer that have the name of words `first..end`.
    pub fn hits(&self, first: usize, end: usize) -> Vec<Hit> {
        let mut name = String::new();
        for at in first..end {
            match self.text.folded(at) {
                "" => return Vec::new(),
                word => {
                    if !name.is_empty() {
                        name.push(' ');
                    }
                    name.push_str(word);
                }
            }
        }
        self.gazetteer.lookup_folded(&name)
    }
}

/// The model's name on words, without what is no part of a name.
fn on_words<'t>(text: &Text<'t>, name: &'t ModelName) -> Option<ModelSpan<'t>> {
    let mut first = text.analysis.word_at(name.span.start);
    let mut end = text.analysis.words.partition_point(|word| word.span.start < name.span.end);
    let mut span = name.span;
    while first + 1 < end && matches!(text.lower(first), "the" | "a" | "an") {
        first += 1;
        span = Span::new(text.span(first, first + 1).start, span.end);
    }
    while first + 1 < end && matches!(text.lower(end - 1), "'s" | "’s" | "'" | "’") {
        end -= 1;
        span = Span::new(span.start, text.span(end - 1, end).end);
    }
    // White space at the ends, where the model takes a line break for a part of the name.
    let written = span.slice(&text.document.text);
    let start = span.start + (written.len() - written.trim_start().len());
    let stop = span.end - (written.len() - written.trim_end().len());
    (first < end && start < stop).then(|| ModelSpan { name, span: Span::new(start, stop), first, end })
}

/// Word → the token that ends it.
fn last_tokens(text: &Text<'_>) -> Vec<Option<usize>> {
    let tokens = &text.analysis.tokens;
    let mut next = 0;
    text.analysis
        .words
        .iter()
        .map(|word| {
            while next < tokens.len() && tokens[next].span.end < word.span.end {
                next += 1;
            }
            (next < tokens.len() && tokens[next].span.start < word.span.end).then_some(next)
        })
        .collect()
}

/// Whether the word at `at`, in brackets, is made of the initials of the words before the bracket.
fn is_acronym_of(text: &Text<'_>, at: usize) -> bool {
    let letters: Vec<char> = text.word(at).chars().filter(|letter| letter.is_alphabetic()).collect();
    if letters.len() < 2 || letters.iter().filter(|letter| letter.is_uppercase()).count() * 2 <= letters.len() {
        return false;
    }
    let bracket = at - 1;
    let initials: Vec<char> = (bracket.saturating_sub(letters.len() * 2 + 2)..bracket)
        .filter(|&word| text.is_capital(word))
        .filter_map(|word| text.word(word).chars().next())
        .collect();
    let last = initials.last().copied();
    // The letters in order among the initials, from the last one on.
    let mut wanted = letters.iter().rev().map(|letter| letter.to_ascii_uppercase()).peekable();
    for initial in initials.iter().rev() {
        if wanted.peek() == Some(&initial.to_ascii_uppercase()) {
            wanted.next();
        }
    }
    last.is_some() && wanted.count() <= letters.len() / 3
}
