//! The head word of a span, by the dependencies of the analysis.

use crate::model::{Analysis, Span};

/// The token of `span` that depends on nothing inside of it, found upwards from the first one as in Li, Ji and Han,
/// "Document-Level Event Argument Extraction by Conditional Generation" (NAACL 2021); all of it where no model
/// has read the text.
pub(super) fn head(analysis: &Analysis, span: Span) -> Span {
    let tokens = &analysis.tokens;
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let inside = |at: usize| tokens.get(at).is_some_and(|token| token.span.overlaps(span));
    if !inside(first) {
        return span;
    }
    let mut at = first;
    // No way up is longer than there are tokens.
    for _ in 0..tokens.len() {
        let next = tokens[at].head;
        if next == at || !inside(next) {
            break;
        }
        at = next;
    }
    tokens[at].span
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Analyser;
    use crate::model::Reading;

    #[test]
    fn the_word_that_governs_the_others_is_the_head() {
        let text = "The head of the village council left for the old town.";
        let analysis = Analyser::embedded(Reading::Fast).analyse(text);
        for (words, expected) in
            [("The head of the village council", "head"), ("the old town", "town"), ("village", "village")]
        {
            let start = text.find(words).expect("in the text");
            assert_eq!(head(&analysis, Span::new(start, start + words.len())).slice(text), expected);
        }
        let unread = Analyser::rules().analyse(text);
        assert_eq!(head(&unread, Span::new(0, 8)), Span::new(0, 8));
        assert_eq!(head(&analysis, Span::new(text.len(), text.len())), Span::new(text.len(), text.len()));
    }
}
