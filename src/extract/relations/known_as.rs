//! Other names: "known as the 'human slaughterhouse'", "alias Abu Omar".

use super::Finder;
use crate::extract::names::Found;
use crate::model::{Sentence, Span};

impl Finder<'_, '_> {
    /// "known as the 'human slaughterhouse'", "known as “Caesar,”": the other name, and where it is said.
    pub(super) fn known_as(&self, mention: &Found, sentence: &Sentence) -> Option<(String, Span)> {
        let text = self.text;
        let from = if matches!(text.word(mention.end), "," | "(") { mention.end + 1 } else { mention.end };
        let from = self.past_class("alias", from).filter(|&past| past < sentence.end)?;
        // "alias Abu Omar"
        let name = self.name_at(from).map(|name| &self.resolved.found[name]).filter(|name| name.kind == mention.kind);
        if let Some(name) = name {
            return Some((self.words(name.first, name.end), text.span(mention.first, name.end)));
        }
        let open = (from..from + 2).find(|&at| matches!(text.word(at), "‘" | "“" | "\"" | "'"))?;
        let close =
            (open + 1..sentence.end.min(open + 6)).find(|&at| matches!(text.word(at), "’" | "”" | "\"" | "'" | ","))?;
        (close > open + 1).then(|| (self.words(open + 1, close), text.span(mention.first, close)))
    }
}
