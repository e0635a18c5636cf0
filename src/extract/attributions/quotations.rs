//! Words in quotation marks, over sentences and paragraphs.

use super::{Drafts, Finder};
use crate::extract::text::Text;
use crate::model::{AttributionKind, Sentence, SourceKind, Stance};

/// Words of the longest quotation; a mark that nothing closes by then ends with its paragraph.
const LONGEST: usize = 1500;
/// Sentences back in which somebody spoke, for a paragraph that is nothing but a quotation.
const SPOKE: usize = 4;

/// An outermost quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quotation {
    /// The mark that opens it.
    pub first: usize,
    /// One past the mark that closes it, or past the paragraph where none does.
    pub end: usize,
}

/// The outermost quotations of a text, in order. Marks within a quotation open and close further ones, to any depth;
/// what is not closed ends with its paragraph, unless the next one begins with a mark.
pub(super) fn find(text: &Text<'_>) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let sentences = text.sentences();
    // The quotation that is open: its first word, and the marks open in it, outermost first.
    let mut open: Option<(usize, Vec<char>)> = None;
    let mut index = 0;
    while index < sentences.len() {
        let paragraph = sentences[index].paragraph;
        let length = sentences[index..].iter().position(|sentence| sentence.paragraph != paragraph);
        let next = length.map_or(sentences.len(), |length| index + length);
        let (first, end) = (sentences[index].first, sentences[next - 1].end);
        // A quotation goes on only where the paragraph opens with its mark again.
        let goes_on = open.as_ref().is_some_and(|(_, marks)| Some(text.word(first)) == spelled(marks.first()));
        if let Some((start, _)) = open.take_if(|_| !goes_on) {
            found.push(Quotation { first: start, end: first });
        }
        let mut at = first + usize::from(goes_on);
        while at < end {
            let mark = text.word(at);
            match &mut open {
                None => {
                    if let Some(closing) = closing(text, at, mark) {
                        open = Some((at, vec![closing]));
                    }
                }
                Some((start, marks)) => {
                    if closes(text, at, mark, marks.last().copied()) {
                        marks.pop();
                        if marks.is_empty() {
                            found.push(Quotation { first: *start, end: at + 1 });
                            open = None;
                        }
                    } else if let Some(closing) = closing(text, at, mark).filter(|_| marks.len() < 16) {
                        marks.push(closing);
                    } else if mark == "”" && marks.contains(&'”') {
                        // “ … ‘ … ”: an inner mark was no quotation.
                        while marks.pop().is_some_and(|mark| mark != '”') {}
                        if marks.is_empty() {
                            found.push(Quotation { first: *start, end: at + 1 });
                            open = None;
                        }
                    }
                }
            }
            at += 1;
        }
        if let Some((start, _)) = open.take_if(|(start, _)| end - *start > LONGEST) {
            found.push(Quotation { first: start, end });
        }
        index = next;
    }
    if let Some((first, _)) = open {
        found.push(Quotation { first, end: text.len() });
    }
    found
}

fn spelled(closing: Option<&char>) -> Option<&'static str> {
    Some(match closing? {
        '”' => "“",
        '"' => "\"",
        '’' => "‘",
        _ => "«",
    })
}

/// The mark that closes what `mark` opens, if it opens a quotation here.
fn closing(text: &Text<'_>, at: usize, mark: &str) -> Option<char> {
    let next_close = || {
        let words = &text.analysis.words;
        words.get(at + 1).is_some_and(|next| next.span.start == words[at].span.end)
    };
    match mark {
        "“" | "„" => Some('”'),
        "\"" => Some('"'),
        "«" => Some('»'),
        // An apostrophe opens nothing.
        "‘" if next_close() => Some('’'),
        _ => None,
    }
}

/// Whether `mark` closes the quotation whose closing mark is `expected`.
fn closes(text: &Text<'_>, at: usize, mark: &str, expected: Option<char>) -> bool {
    let words = &text.analysis.words;
    match (mark, expected) {
        ("”", Some('”')) | ("\"", Some('"')) | ("»", Some('»')) => true,
        // The detainees’ families: an apostrophe behind a plural has a space and a small letter behind it.
        ("’", Some('’')) => {
            let ends = at > 0 && matches!(text.word(at - 1), "." | "," | "?" | "!" | "…");
            let spaced = words.get(at + 1).is_none_or(|next| {
                next.span.start > words[at].span.end || !text.word(at + 1).starts_with(char::is_alphanumeric)
            });
            ends || spaced && !text.lower(at.saturating_sub(1)).ends_with('s')
        }
        _ => false,
    }
}

impl Finder<'_, '_> {
    /// The outermost quotation in which a word stands.
    pub(super) fn quotation_at(&self, word: usize) -> Option<usize> {
        let after = self.quotations.partition_point(|quotation| quotation.first <= word);
        after.checked_sub(1).filter(|&index| word < self.quotations[index].end)
    }

    /// Quotations of a sentence that are part of what somebody says in the text's own words: he said it was “a
    /// massacre”.
    pub(super) fn told_with(&self, sentence: &Sentence, found: &mut Drafts) {
        let from = self.quotations.partition_point(|quotation| quotation.first < sentence.first);
        for index in from..self.quotations.len() {
            let own = self.quotations[index];
            if own.first >= sentence.end {
                break;
            }
            let mark = self.text.span(own.first, own.first + 1);
            let telling = (found.first..found.list.len()).rev().find(|&at| {
                let draft = &found.list[at];
                draft.content.contains(mark) && draft.source_kind != SourceKind::Footage && draft.source_words.is_some()
            });
            found.bound[index] = found.bound[index].or(telling);
        }
    }

    /// Gives quotations without a verb of their own to who spoke beside them: “…,” said X. “…”, and paragraphs that
    /// are nothing but a quotation.
    pub(super) fn go_on(&self, found: &mut Drafts) {
        let text = self.text;
        let paragraph = |word: usize| text.sentences().get(text.sentence_of(word)).map(|sentence| sentence.paragraph);
        for index in 0..self.quotations.len() {
            let own = self.quotations[index];
            if found.bound[index].is_some() || !self.is_utterance(index) {
                continue;
            }
            let after = index.checked_sub(1).and_then(|before| {
                let speaker = found.bound[before]?;
                let between = self.quotations[before].end..own.first;
                let close = paragraph(self.quotations[before].first) == paragraph(own.first)
                    && between.clone().count() <= 40
                    && self.is_of_speaker(between, found.list[speaker].cue.0);
                close.then_some(speaker)
            });
            if let Some(speaker) = after {
                self.extend(index, speaker, found);
            }
        }
        // “…” “…,” she said: the first has the speaker of the second.
        for index in (0..self.quotations.len().saturating_sub(1)).rev() {
            let (own, next) = (self.quotations[index], self.quotations[index + 1]);
            if found.bound[index].is_some() || !self.is_utterance(index) {
                continue;
            }
            if let Some(speaker) = found.bound[index + 1]
                .filter(|_| own.end == next.first && paragraph(own.first) == paragraph(next.first))
            {
                self.extend(index, speaker, found);
            }
        }
        for index in 0..self.quotations.len() {
            let own = self.quotations[index];
            let alone = text.sentences().get(text.sentence_of(own.first)).is_some_and(|sentence| {
                sentence.first == own.first
                    && (sentence.first == 0 || paragraph(sentence.first - 1) != Some(sentence.paragraph))
            });
            if found.bound[index].is_none() && alone && self.is_utterance(index) {
                self.alone(index, found);
            }
        }
    }

    /// Whether a quotation is something said, and no word that the text keeps at a distance.
    pub(super) fn is_utterance(&self, index: usize) -> bool {
        let own = self.quotations[index];
        let words = (own.first + 1..own.end).filter(|&at| self.text.shape(at) != crate::model::WordShape::Punctuation);
        let verb = (own.first..own.end).any(|at| self.syntax.is_verb(at));
        words.count() >= 3 && verb
    }

    /// Whether the words between two quotations are only those of who speaks: no other sentence of the text's own.
    fn is_of_speaker(&self, mut between: std::ops::Range<usize>, cue: usize) -> bool {
        let sentence = self.text.sentence_of(cue);
        between.all(|at| {
            self.text.sentence_of(at) == sentence || self.text.shape(at) == crate::model::WordShape::Punctuation
        })
    }

    /// Adds a quotation to what a draft and those who said it together cover.
    fn extend(&self, index: usize, speaker: usize, found: &mut Drafts) {
        let own = self.quotations[index];
        let (cue, content) = (found.list[speaker].cue, found.list[speaker].content);
        let span = self.text.span(own.first, own.end);
        if found.list[speaker].kind != AttributionKind::Quote {
            // What was told in the text's own words stays apart from the quotation behind it.
            let mut draft = found.list[speaker].clone();
            draft.kind = AttributionKind::Quote;
            draft.content = span;
            draft.rule = "quotation:goes-on";
            found.list.push(draft);
            found.bound[index] = Some(found.list.len() - 1);
            return;
        }
        let joint = found.list.iter_mut().filter(|draft| draft.cue == cue && draft.content == content);
        for draft in joint {
            draft.content = draft.content.cover(span);
        }
        found.bound[index] = Some(speaker);
    }

    /// A paragraph that begins with a quotation and names nobody: who spoke last in the one before.
    fn alone(&self, index: usize, found: &mut Drafts) {
        let own = self.quotations[index];
        let sentence = self.text.sentence_of(own.first);
        let spoke = found.list.iter().rposition(|draft| {
            let at = self.text.sentence_of(draft.cue.0);
            at < sentence
                && at + SPOKE >= sentence
                && matches!(draft.kind, AttributionKind::Quote | AttributionKind::Statement)
                && draft.stance == Stance::Asserts
                && draft.source.is_some()
                && matches!(draft.source_kind, SourceKind::Named | SourceKind::Unnamed)
                && self.quotation_at(draft.cue.0).is_none()
        });
        let Some(spoke) = spoke else { return };
        let mut draft = found.list[spoke].clone();
        draft.kind = AttributionKind::Quote;
        draft.cue = (own.first, own.first + 1);
        draft.content = self.text.span(own.first, own.end);
        draft.rule = "quotation:alone";
        draft.confidence = draft.confidence.min(0.6);
        found.list.push(draft);
        found.bound[index] = Some(found.list.len() - 1);
    }
}
