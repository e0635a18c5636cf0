//! A document under construction from tagged tokens.

use std::ops::Range;

use super::detokenise::{Hyphens, TextBuilder};
use super::tags::{Tag, spans};
use super::{GoldDocument, NameKind};

/// Collects the sentences of one document.
pub(super) struct TaggedDocument<'t> {
    /// Which labels are names, and of what.
    kind: fn(&str) -> Option<NameKind>,
    builder: TextBuilder,
    names: Vec<(Range<usize>, NameKind)>,
    tokens: Vec<&'t str>,
    tags: Vec<Tag<'t>>,
}

impl<'t> TaggedDocument<'t> {
    pub fn new(kind: fn(&str) -> Option<NameKind>) -> Self {
        Self { kind, builder: TextBuilder::default(), names: Vec::new(), tokens: Vec::new(), tags: Vec::new() }
    }

    /// Adds a token to the sentence that is being read.
    pub fn push(&mut self, token: &'t str, tag: Tag<'t>) {
        self.tokens.push(token);
        self.tags.push(tag);
    }

    /// Ends the sentence, whose text has to be guessed.
    pub fn end_sentence(&mut self, hyphens: Hyphens) {
        if !self.tokens.is_empty() {
            let range = self.builder.push_tokens(&self.tokens, hyphens);
            self.take_names(range.start);
        }
    }

    /// Ends the sentence, whose text is known; fails with the first token that is not in it.
    pub fn end_sentence_of(&mut self, text: &str) -> Result<(), &'t str> {
        if !self.tokens.is_empty() {
            let range = self.builder.push_sentence(text, &self.tokens)?;
            self.take_names(range.start);
        }
        Ok(())
    }

    fn take_names(&mut self, first: usize) {
        for (range, label) in spans(&self.tags) {
            self.names.extend((self.kind)(label).map(|kind| (first + range.start..first + range.end, kind)));
        }
        self.tokens.clear();
        self.tags.clear();
    }

    /// Whether a sentence is being read.
    pub fn in_sentence(&self) -> bool {
        !self.tokens.is_empty()
    }

    /// The document, unless it has no sentence.
    pub fn finish(self, name: String) -> Option<GoldDocument> {
        let TextBuilder { text, tokens, .. } = self.builder;
        (!tokens.is_empty()).then(|| GoldDocument::of_tokens(name, text, tokens, &self.names))
    }
}
