//! Other names: "known as the 'human slaughterhouse'", "alias Abu Omar".

use super::Finder;
use crate::extract::names::Found;
use crate::model::{Sentence, Span};

impl Finder<'_, '_> {
    /// "known as the 'human slaughterhouse'", "known as “Caesar,”": the quoted name, and where it is said.
    pub(super) fn known_as(&self, mention: &Found, sentence: &Sentence) -> Option<(String, Span)> {
        let text = self.text;
        let from = if text.word(mention.end) == "," { mention.end + 1 } else { mention.end };
        if text.lower(from) != "known" || text.lower(from + 1) != "as" {
            return None;
        }
        let open = (from + 2..from + 4).find(|&at| matches!(text.word(at), "‘" | "“" | "\"" | "'"))?;
        let close =
            (open + 1..sentence.end.min(open + 6)).find(|&at| matches!(text.word(at), "’" | "”" | "\"" | "'" | ","))?;
        (close > open + 1).then(|| (self.words(open + 1, close), text.span(mention.first, close)))
    }
}
