//! Who says so: sources, how they convey it, and through whom it came.

use super::clause::Clause;
use super::coreference::Resolved;
use super::lexicon::Lexicon;
use super::publications::{self, Published};
use super::text::Text;
use crate::model::{
    Attribution, AttributionKind, EntityType, Figure, MentionForm, Sentence, SourceKind, Span, WordShape,
};

const SOURCES: &[EntityType] = &[EntityType::Person, EntityType::PersonGroup, EntityType::Organization];
/// Attributions of one sentence; one with more is no prose.
const MOST: usize = 16;

/// Finds attributions, in order of sentence.
pub(super) fn find(text: &Text<'_>, resolved: &Resolved, figures: &[Figure], lexicon: &Lexicon) -> Vec<Attribution> {
    let clause = Clause::new(text, &resolved.found, lexicon);
    let finder = Finder { text, resolved, clause: &clause, lexicon };
    let mut found: Vec<Attribution> = Vec::new();
    for (number, sentence) in text.sentences().iter().enumerate() {
        let inside = figures_of(figures, sentence);
        let mut here = finder.sentence(number, sentence, inside);
        // "Al Jazeera, citing rights groups, said": what the groups say came through Al Jazeera.
        let reporter = here
            .iter()
            .position(|attribution| attribution.kind != AttributionKind::Footage && !finder.is_cited(attribution));
        if let Some(reporter) = reporter {
            for at in (0..here.len()).filter(|at| *at != reporter) {
                if finder.is_cited(&here[at]) {
                    here[at].via = Some(found.len() + reporter);
                }
            }
        }
        found.append(&mut here);
    }
    finder.go_on(&mut found);
    found
}

/// The figures of a sentence; figures stand in order of position.
fn figures_of<'f>(figures: &'f [Figure], sentence: &Sentence) -> &'f [Figure] {
    let first = figures.partition_point(|figure| figure.span.start < sentence.span.start);
    let end = figures.partition_point(|figure| figure.span.start < sentence.span.end);
    &figures[first..end.max(first)]
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

    fn sentence(&self, number: usize, sentence: &Sentence, figures: &[Figure]) -> Vec<Attribution> {
        let text = self.text;
        let saying = &self.lexicon.saying;
        let mut found: Vec<Attribution> = Vec::new();
        let marks: Vec<usize> =
            sentence.words().filter(|&at| matches!(text.word(at), "“" | "”" | "\"")).take(64).collect();
        let published = publications::find(self.clause, sentence, figures);
        let mut token = sentence.first;
        while token < sentence.end && found.len() < MOST {
            let word = text.lower(token);
            let in_name = self
                .clause
                .mention(token)
                .is_some_and(|mention| self.resolved.found[mention].form == MentionForm::Name);
            let according = saying
                .according
                .iter()
                .find(|phrase| phrase.split(' ').enumerate().all(|(offset, word)| text.lower(token + offset) == word));
            if let Some(phrase) = according {
                let end = token + phrase.split(' ').count();
                self.push(
                    &mut found,
                    self.clause.right(end, sentence, SOURCES),
                    (token, end),
                    AttributionKind::Statement,
                    sentence.span,
                );
                token = end;
                continue;
            }
            if published.as_ref().is_some_and(|published| published.cue.0 == token) {
                self.published(published.as_ref(), sentence, &mut found);
            } else if saying.citing.contains(word) && !in_name {
                self.push(
                    &mut found,
                    self.clause.right(token + 1, sentence, SOURCES),
                    (token, token + 1),
                    AttributionKind::Statement,
                    sentence.span,
                );
            } else if saying.verbs.contains(word) && !in_name {
                self.saying((number, sentence), token, &marks, &mut found);
            } else if saying.shows.contains(word) {
                self.footage(sentence, token, &mut found);
            }
            token += 1;
        }
        if found.is_empty() {
            self.published(publications::credited(self.clause, sentence, figures).as_ref(), sentence, &mut found);
        }
        found
    }

    /// What a named publication tells.
    fn published(&self, published: Option<&Published>, sentence: &Sentence, found: &mut Vec<Attribution>) {
        let Some(published) = published else { return };
        let word = self.text.lower(published.cue.0);
        let kind = if self.lexicon.saying.estimates.contains(word) {
            AttributionKind::Estimate
        } else {
            AttributionKind::Report
        };
        let content = match published.verb {
            Some(verb) => Span::new(self.text.span(verb, verb + 1).end, sentence.span.end),
            None => sentence.span,
        };
        self.push(found, Some(published.source), published.cue, kind, content);
    }

    /// Whether the verb at `token` tells something here: it is no noun, not passive, and what needs
    /// a content clause has one.
    fn tells(&self, token: usize, sentence: &Sentence) -> bool {
        let text = self.text;
        let saying = &self.lexicon.saying;
        let word = text.lower(token);
        let mut back = token;
        while back > sentence.first && Clause::is_adverb(text.lower(back - 1)) {
            back -= 1;
        }
        let before = back.checked_sub(1).filter(|at| *at >= sentence.first).map_or("", |at| text.lower(at));
        // "report", "put", "count" as nouns, in the passive or in the infinitive have no speaker.
        if matches!(
            before,
            "the"
                | "a"
                | "an"
                | "to"
                | "of"
                | "this"
                | "was"
                | "were"
                | "been"
                | "be"
                | "being"
                | "are"
                | "is"
                | "its"
                | "their"
                | "his"
                | "her"
                | "'s"
                | "’s"
                | "not"
                | "n't"
        ) {
            return false;
        }
        let next = text.lower(token + 1);
        if let Some(needed) = saying.needs.get(word) {
            return next == needed;
        }
        let content = saying.content_words.contains(next)
            || text.shape(token + 1) == WordShape::Number
            || text.is_capital(token + 1)
            || matches!(next, ":" | "“" | "\"" | "," | "in" | "on" | "last")
            || self.clause.mention(token + 1).is_some();
        let clausal = next == "," || matches!(next, "in" | "on" | "last");
        let ends = token + 2 >= sentence.end;
        !saying.content_only.contains(word)
            || (content && !clausal)
            || (clausal && (token + 2..sentence.end.min(token + 8)).any(|at| text.lower(at) == "that"))
            || (ends && (matches!(before, "," | "”") || self.clause.mention(token.saturating_sub(1)).is_some()))
    }

    /// Where a name ends with what stands in brackets behind it: "the Red Crescent Society (RCS)".
    fn past_bracket(&self, end: usize, limit: usize) -> usize {
        let closed = (end..limit).find(|&at| self.text.word(at) == ")");
        closed.filter(|_| self.text.word(end) == "(").map_or(end, |at| at + 1)
    }

    /// "X said …", "… said X", "X, 63, explained: “…”".
    fn saying(
        &self,
        (number, sentence): (usize, &Sentence),
        token: usize,
        marks: &[usize],
        found: &mut Vec<Attribution>,
    ) {
        let text = self.text;
        let word = text.lower(token);
        if !self.tells(token, sentence) {
            return;
        }
        let before = token.checked_sub(1).map_or("", |at| text.lower(at));
        let inverted = self.inverted(token, sentence, before);
        let group = self.clause.group_start(token, sentence);
        // "X reports a pardon, and says that …": the speaker goes on.
        let goes_on = group > sentence.first && text.lower(group - 1) == "and";
        let direct = || {
            let (left, parsed) = self.clause.speaker(token, sentence, SOURCES)?;
            let end = self.past_bracket(self.resolved.found[left].end, group);
            let gap = group.saturating_sub(end);
            let past = end + usize::from(text.word(end) == ")");
            let strict = self.lexicon.saying.content_only.contains(word);
            // A subject stands near its verb, but for a parenthesis between commas, and where the model knows better.
            let parenthesis = text.word(past) == "," && group > past + 1 && text.word(group - 1) == ",";
            let relative = group > sentence.first && matches!(text.lower(group - 1), "who" | "which");
            (parsed || gap <= if strict { 2 } else { 4 } || parenthesis || relative).then_some(left)
        };
        let source = inverted.or_else(direct);
        // "the man said that": a pronoun that refers to nobody is no source; neither is "no group".
        let source = source.filter(|&mention| {
            self.resolved.mentions[mention].entity.is_some()
                && !matches!(text.lower(self.resolved.found[mention].first), "no" | "none" | "neither")
        });
        let entities: Vec<usize> = match source {
            Some(source) => self
                .clause
                .coordinates(source, SOURCES, true)
                .into_iter()
                .filter_map(|speaker| self.resolved.mentions[speaker].entity)
                .collect(),
            None if goes_on => found
                .iter()
                .rev()
                .find(|earlier| earlier.kind != AttributionKind::Footage && !self.is_cited(earlier))
                .and_then(|earlier| earlier.source)
                .into_iter()
                .collect(),
            None => return,
        };
        let speaker_first = source.map_or(token, |mention| self.resolved.found[mention].first);
        let quoted = self.quote(number, sentence, (token.min(speaker_first), token), inverted.is_some(), marks);
        let kind = if quoted.is_some() {
            AttributionKind::Quote
        } else if self.lexicon.saying.estimates.contains(word) {
            AttributionKind::Estimate
        } else if self.lexicon.saying.reports.contains(word) {
            AttributionKind::Report
        } else {
            AttributionKind::Statement
        };
        let content = quoted.unwrap_or_else(|| self.content(token, group, sentence, inverted.is_some()));
        for entity in entities {
            // "… described how …, estimating that …": the second verb takes the rest of the sentence.
            let rest = text.span(token, token + 1).start;
            for earlier in found
                .iter_mut()
                .filter(|earlier| earlier.source == Some(entity) && earlier.kind != AttributionKind::Quote)
            {
                if earlier.content.end > rest
                    && earlier.content.start < rest
                    && earlier.cue.end < rest
                    && quoted.is_none()
                {
                    earlier.content = Span::new(earlier.content.start, rest);
                }
            }
            self.push_entity(found, entity, (token, token + 1), kind, content);
        }
    }

    /// The speaker after the verb: "…, said X", "say human rights groups".
    fn inverted(&self, token: usize, sentence: &Sentence, before: &str) -> Option<usize> {
        let text = self.text;
        let resolved = self.resolved;
        let after = self
            .clause
            .mention(token + 1)
            .or_else(|| self.clause.mention(token + 2).filter(|_| text.lower(token + 1) == "the"))?;
        let found = &resolved.found[after];
        if !SOURCES.contains(&found.kind)
            || found.first > token + 2
            || found.first <= token
            || found.first >= sentence.end
        {
            return None;
        }
        // "said the child was born": what follows is a clause, not the speaker.
        let next = text.lower(found.end);
        let name = found.form == MentionForm::Name;
        let closed = found.end >= sentence.end
            || matches!(text.word(found.end), "," | "." | ":" | "”" | "(" | "“" | "—" | "–" | "-" | "\"")
            || next == "who"
            || (name
                && matches!(next, "in" | "on" | "of" | "at" | "from" | "during" | "after" | "as" | "with" | "when"));
        let opens = token == sentence.first || matches!(before, "”" | "\"" | "’" | "," | "?" | "!" | "people");
        let free = opens
            || (self.clause.speaker(token, sentence, SOURCES).is_none()
                && !matches!(text.lower(token), "told" | "tells" | "tell")
                && !self.lexicon.saying.content_only.contains(text.lower(token)));
        (closed && free).then_some(after)
    }

    /// What a verb of saying without quotation marks covers: the rest of its sentence; the whole of it
    /// where the verb stands last ("…, police said") or between commas.
    fn content(&self, token: usize, group: usize, sentence: &Sentence, inverted: bool) -> Span {
        let text = self.text;
        let last = (token + 1..sentence.end).all(|at| text.shape(at) == WordShape::Punctuation);
        let next = text.word(token + 1);
        // "photographs that human rights groups say showed …", "…, police said on Friday."
        let short = sentence.end - token <= 5 && sentence.end - sentence.first > 9 && group > sentence.first + 3;
        if inverted || last || next == "," || short || token <= sentence.first + 1 {
            return sentence.span;
        }
        let relative = group > sentence.first && matches!(text.lower(group - 1), "who" | "which");
        let stop = (token + 1..sentence.end)
            .find(|&at| text.word(at) == ";" || (text.word(at) == "," && (relative || text.lower(at + 1) == "while")))
            .unwrap_or(sentence.end);
        let end = if stop > token + 1 { text.span(stop - 1, stop).end } else { sentence.span.end };
        let within = (sentence.first..group).rev().take(8).any(|at| text.lower(at) == "that");
        if within {
            sentence.span
        } else {
            Span::new(text.span(token, token + 1).end, end.max(text.span(token, token + 1).end))
        }
    }

    /// “…,” said X. “…” — a quotation that goes on in the same paragraph is X's too.
    fn go_on(&self, found: &mut [Attribution]) {
        let text = self.text;
        let sentences = text.sentences();
        for said in found.iter_mut().filter(|said| said.kind == AttributionKind::Quote) {
            let Some(own) = self.text.analysis.sentence_at(said.content.end.saturating_sub(1)) else { continue };
            let mut next = own + 1;
            if sentences.get(next).is_none_or(|sentence| {
                sentence.paragraph != sentences[own].paragraph || text.word(sentence.first) != "“"
            }) {
                continue;
            }
            while let Some(sentence) = sentences
                .get(next)
                .filter(|sentence| sentence.paragraph == sentences[own].paragraph && next <= own + 12)
            {
                said.content = said.content.cover(sentence.span);
                if sentence.words().any(|at| text.word(at) == "”") {
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
        let taken = found.last().is_some_and(|last| last.kind == AttributionKind::Footage);
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

    /// The words in quotation marks that belong to a verb of saying: those right after it, or those
    /// that end right before it or its speaker; also a quotation that began some sentences before.
    fn quote(
        &self,
        number: usize,
        sentence: &Sentence,
        (first, token): (usize, usize),
        inverted: bool,
        marks: &[usize],
    ) -> Option<Span> {
        let text = self.text;
        let (start, end) = (*marks.first()?, *marks.last()?);
        let closes_before = marks.iter().rev().find(|&&mark| mark < first).is_some_and(|&mark| first - mark <= 2);
        let opens_after =
            marks.iter().find(|&&mark| mark > token).is_some_and(|&mark| mark - token <= 2 && text.word(mark) != "”");
        if !(closes_before || opens_after || (inverted && start < first && first - start <= 1)) {
            return None;
        }
        if end - start > 3 {
            // “…,” he said, and went to the “scene”: the quotation is what stands on its side.
            let from = if closes_before { start } else { *marks.iter().find(|&&mark| mark > token)? };
            return Some(text.span(from, end.max(from) + 1));
        }
        // A quote of several sentences: the mark that closes stands here, the one that opens before.
        let sentences = text.sentences();
        let opened =
            (number.saturating_sub(4)..number).rev().find(|&other| text.word(sentences[other].first) == "“")?;
        (text.word(end) == "”" && sentences[opened].paragraph == sentence.paragraph)
            .then(|| text.span(sentences[opened].first, end + 1))
    }

    fn push(
        &self,
        found: &mut Vec<Attribution>,
        source: Option<usize>,
        cue: (usize, usize),
        kind: AttributionKind,
        content: Span,
    ) {
        if let Some(entity) = source.and_then(|mention| self.resolved.mentions[mention].entity) {
            self.push_entity(found, entity, cue, kind, content);
        }
    }

    fn push_entity(
        &self,
        found: &mut Vec<Attribution>,
        entity: usize,
        cue: (usize, usize),
        kind: AttributionKind,
        content: Span,
    ) {
        if found.iter().any(|known| known.source == Some(entity) && known.content == content) {
            return;
        }
        found.push(Attribution {
            source: Some(entity),
            source_kind: if self.resolved.entities[entity].named { SourceKind::Named } else { SourceKind::Unnamed },
            cue: self.text.span(cue.0, cue.1),
            kind,
            via: None,
            content,
        });
    }
}
