//! Given names that were left off: "Juan Pablo [Reyes Soto]" is one name.

use super::Found;
use crate::extract::lexicon::Lexicon;
use crate::extract::nouns::Nouns;
use crate::extract::text::Text;
use crate::model::{EntityType, Span, WordShape};

/// Given names before a surname.
const MOST: usize = 3;

/// Takes the given names right before a person's name into it, where nothing else is made of them.
pub(super) fn complete(text: &Text<'_>, lexicon: &Lexicon, found: &mut [Found]) {
    let mut taken = vec![false; text.len()];
    for mention in found.iter() {
        taken[mention.first..mention.end].fill(true);
    }
    let given = |at: usize| {
        let name = text.folded(at);
        lexicon.is_given_name(name) || Nouns::embedded().gender_of(name).is_some()
    };
    let joins = |at: usize| {
        let gap = Span::new(text.span(at, at + 1).end, text.span(at + 1, at + 2).start);
        let named = text.is_capital(at) && text.shape(at) != WordShape::Upper && !lexicon.is_common(text.lower(at));
        named && !taken[at] && matches!(text.slice(gap), " ")
    };
    let persons = found.iter_mut().filter(|mention| mention.kind == EntityType::Person && mention.exact.is_none());
    for mention in persons {
        let words = (mention.first.saturating_sub(MOST)..mention.first).rev().take_while(|&at| joins(at));
        if let Some(first) = words.filter(|&at| given(at)).last() {
            mention.first = first;
        }
    }
}
