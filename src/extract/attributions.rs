//! Who says so: sources, how they convey it, and through whom it came.

use super::clause::Clause;
use super::entities::Resolved;
use super::lexicon::Lexicon;
use super::text::Text;
use crate::model::{Attribution, AttributionKind, EntityType, MentionForm, Sentence, SourceKind, Span};

const SOURCES: &[EntityType] = &[EntityType::Person, EntityType::PersonGroup, EntityType::Organization];

/// Finds attributions, in order of sentence.
pub(super) fn find(text: &Text<'_>, resolved: &Resolved, lexicon: &Lexicon) -> Vec<Attribution> {
    let clause = Clause::new(text, &resolved.found);
    let finder = Finder { text, resolved, clause: &clause, lexicon };
    let mut found: Vec<Attribution> = Vec::new();
    for (number, sentence) in text.sentences().iter().enumerate() {
        let before = found.len();
        finder.sentence(number, sentence, &mut found);
        // "Al Jazeera, citing rights groups, said": what the groups say came through Al Jazeera.
        let reporter = found[before..].iter().position(|attribution| attribution.kind != AttributionKind::Footage && !finder.is_cited(attribution)).map(|at| at + before);
        if let Some(reporter) = reporter {
            for at in before..found.len() {
                if at != reporter && finder.is_cited(&found[at]) {
                    found[at].via = Some(reporter);
                }
            }
        }
    }
    finder.go_on(&mut found);
    found
}

struct Finder<'a, 't> {
    text: &'a Text<'t>,
    resolved: &'a Resolved,
    clause: &'a Clause<'a, 't>,
    lexicon: &'a Lexicon,
}

impl Finder<'_, '_> {
    fn is_cited(&self, attribution: &Attribution) -> bool {
        let words = self.text.slice(attribution.cue).to_lowercase();
        self.lexicon.saying.citing.contains(&words)
    }

    fn sentence(&self, number: usize, sentence: &Sentence, found: &mut Vec<Attribution>) {
        let text = self.text;
        let saying = &self.lexicon.saying;
        let mut token = sentence.first;
        while token < sentence.end {
            let word = text.lower(token);
            let in_name = self.clause.mention(token).is_some_and(|mention| self.resolved.found[mention].form == MentionForm::Name);
            let according = saying.according.iter().find(|phrase| phrase.split(' ').enumerate().all(|(offset, word)| text.lower(token + offset) == word));
            if let Some(phrase) = according {
                let end = token + phrase.split(' ').count();
                self.push(found, self.clause.right(end, sentence, SOURCES), (token, end), AttributionKind::Statement, sentence.span);
                token = end;
                continue;
            }
            if saying.citing.contains(word) && !in_name {
                self.push(found, self.clause.right(token + 1, sentence, SOURCES), (token, token + 1), AttributionKind::Statement, sentence.span);
            } else if saying.verbs.contains(word) && !in_name {
                self.saying(number, sentence, token, found);
            } else if saying.shows.contains(word) {
                self.footage(sentence, token, found);
            }
            token += 1;
        }
    }

    /// "X said …", "… said X", "X, 63, explained: “…”".
    fn saying(&self, number: usize, sentence: &Sentence, token: usize, found: &mut Vec<Attribution>) {
        let text = self.text;
        let word = text.lower(token);
        // "report", "put", "count" as nouns or in the passive have no speaker.
        let before = token.checked_sub(1).map_or("", |at| text.lower(at));
        if matches!(before, "the" | "a" | "an" | "to" | "of" | "this" | "was" | "were" | "been" | "be" | "being" | "are" | "is") {
            return;
        }
        let quoted = self.quote(number, sentence);
        // A direct object may follow "told"; the speaker then stands before.
        let inverted = self.clause.mention(token + 1).or_else(|| self.clause.mention(token + 2).filter(|_| matches!(text.lower(token + 1), "the")));
        let after = inverted
            .filter(|&mention| SOURCES.contains(&self.resolved.found[mention].kind) && self.resolved.found[mention].first <= token + 2)
            // "said the child was born": what follows is a clause, not the speaker.
            .filter(|&mention| {
                let end = self.resolved.found[mention].end;
                let name = self.resolved.found[mention].form == MentionForm::Name;
                end >= sentence.end || matches!(text.word(end), "," | "." | ":" | "”" | "(" | "“" | "—" | "–") || text.lower(end) == "who" || (name && matches!(text.lower(end), "in" | "on" | "of" | "at"))
            })
            .filter(|_| {
                let opens = token == sentence.first || matches!(before, "”" | "\"" | "’" | "," | "?" | "!" | "people");
                opens || self.clause.left(token, sentence, SOURCES).is_none() && !matches!(word, "told" | "tells" | "tell")
            });
        let strict = matches!(word, "put" | "puts" | "found" | "describe" | "described" | "describes" | "denied" | "believe" | "believes" | "asked" | "count" | "report");
        let source = after.or_else(|| {
            let left = self.clause.left(token, sentence, SOURCES)?;
            let gap = token.saturating_sub(self.resolved.found[left].end);
            // A subject stands near its verb, but for a parenthesis between commas.
            let parenthesis = text.word(self.resolved.found[left].end) == "," && text.word(token - 1) == ",";
            (gap <= if strict { 2 } else { 4 } || parenthesis).then_some(left)
        });
        // "the man said that": a pronoun that refers to nobody is no source.
        let Some(source) = source.filter(|&mention| self.resolved.mentions[mention].entity.is_some()) else { return };
        let kind = if quoted.is_some() {
            AttributionKind::Quote
        } else if self.lexicon.saying.estimates.contains(word) {
            AttributionKind::Estimate
        } else if self.lexicon.saying.reports.contains(word) {
            AttributionKind::Report
        } else {
            AttributionKind::Statement
        };
        let cue = (token, token + 1);
        let content = quoted.unwrap_or(sentence.span);
        // "… described how …, estimating that …": the second verb takes the rest of the sentence.
        let rest = Span::new(text.span(token, token + 1).start, sentence.span.end);
        for speaker in self.clause.coordinates(source, SOURCES, true) {
            let entity = self.resolved.mentions[speaker].entity;
            let earlier = found.iter_mut().find(|known| entity.is_some() && known.source == entity && known.content == content);
            match earlier {
                Some(earlier) if word.ends_with("ing") && rest.start > earlier.cue.end => {
                    earlier.content = Span::new(content.start, rest.start);
                    self.push(found, Some(speaker), cue, kind, rest);
                }
                _ => self.push(found, Some(speaker), cue, kind, content),
            }
        }
    }

    /// “…,” said X. “…” — a quotation that goes on in the same paragraph is X's too.
    fn go_on(&self, found: &mut [Attribution]) {
        let text = self.text;
        let sentences = text.sentences();
        for said in found.iter_mut().filter(|said| said.kind == AttributionKind::Quote) {
            let Some(own) = self.text.analysis.sentence_at(said.content.end.saturating_sub(1)) else { continue };
            let mut next = own + 1;
            if sentences.get(next).is_none_or(|sentence| sentence.paragraph != sentences[own].paragraph || text.word(sentence.first) != "“") {
                continue;
            }
            while let Some(sentence) = sentences.get(next).filter(|sentence| sentence.paragraph == sentences[own].paragraph) {
                said.content = said.content.cover(sentence.span);
                if sentence.tokens().any(|at| text.word(at) == "”") {
                    break;
                }
                next += 1;
            }
        }
    }

    /// "Footage … appears to show", "Videos … showed".
    fn footage(&self, sentence: &Sentence, token: usize, found: &mut Vec<Attribution>) {
        let text = self.text;
        let from = token.saturating_sub(14).max(sentence.first);
        let noun = (from..token).rev().find(|&at| self.lexicon.saying.footage.contains(text.lower(at)));
        let taken = found.last().is_some_and(|last| last.kind == AttributionKind::Footage && sentence.span.contains(last.cue));
        if noun.is_some() && !taken {
            found.push(Attribution {
                source: None,
                source_kind: SourceKind::Footage,
                cue: text.span(token, token + 1),
                kind: AttributionKind::Footage,
                via: None,
                content: sentence.span,
            });
        }
    }

    /// The words in quotation marks that this sentence holds or ends.
    fn quote(&self, number: usize, sentence: &Sentence) -> Option<Span> {
        let text = self.text;
        let is_mark = |at: usize| matches!(text.word(at), "“" | "”" | "\"");
        let marks: Vec<usize> = (sentence.first..sentence.end).filter(|&at| is_mark(at)).collect();
        let (first, last) = (*marks.first()?, *marks.last()?);
        if last - first > 3 {
            return Some(text.span(first, last + 1));
        }
        // A quote of several sentences: the mark that closes stands here, the one that opens before.
        let sentences = text.sentences();
        let opened = (number.saturating_sub(4)..number).rev().find(|&other| text.word(sentences[other].first) == "“")?;
        (text.word(last) == "”" && sentences[opened].paragraph == sentence.paragraph).then(|| text.span(sentences[opened].first, last + 1))
    }

    fn push(&self, found: &mut Vec<Attribution>, source: Option<usize>, cue: (usize, usize), kind: AttributionKind, content: Span) {
        let Some(mention) = source else { return };
        let Some(entity) = self.resolved.mentions[mention].entity else { return };
        let named = self.resolved.entities[entity].named;
        let repeated = found.iter().any(|known| known.source == Some(entity) && known.content == content);
        if repeated {
            return;
        }
        found.push(Attribution {
            source: Some(entity),
            source_kind: if named { SourceKind::Named } else { SourceKind::Unnamed },
            cue: self.text.span(cue.0, cue.1),
            kind,
            via: None,
            content,
        });
    }
}
