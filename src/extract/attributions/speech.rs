//! Verbs of saying: "X said …", "…, said X", "denied that …", "was quoted by X as saying …".

use super::words::{Takes, Verb};
use super::{Draft, Drafts, Finder, Source};
use crate::model::{AttributionKind, Sentence, SourceKind, Span, Stance};

impl Finder<'_, '_> {
    /// What a verb of saying tells, and who.
    pub(super) fn speech(&self, verb: usize, class: &Verb, sentence: &Sentence, number: usize, found: &mut Drafts) {
        if self.syntax.child(verb, &["auxpass"]).is_some() || self.syntax.child(verb, &["nsubjpass"]).is_some() {
            if !self.passive(verb, class, sentence, number, found) {
                self.passive_hedge(verb, self.syntax.lemma(verb), found);
            }
            return;
        }
        if !self.tells(verb) {
            self.passive_hedge(verb, self.syntax.lemma(verb), found);
            return;
        }
        let Some((speakers, through)) = self.speakers(verb, sentence, number, found) else { return };
        let first = speakers.iter().map(|speaker| speaker.words.0).min().unwrap_or(verb);
        let Some(content) = self.content(verb, class, first.min(verb), sentence, number, found) else { return };
        let medium = self.medium(verb, sentence);
        let written = self.written(verb);
        // "X told Reuters that …": what X said came through Reuters, which tells that X said it.
        let through = match medium {
            Some(medium) => {
                let whole = self.text.span(first.min(verb), medium.words.1.max(verb + 1)).cover(content.span);
                let report = Draft {
                    content: whole,
                    ..self.draft(medium, (verb, verb + 1), AttributionKind::Report, "speech:medium")
                };
                found.push(report).or(through)
            }
            // "the letter, seen by Reuters, says"
            None => self
                .subject_of(verb)
                .filter(|_| speakers.iter().any(|speaker| speaker.writing.is_some()))
                .and_then(|noun| {
                    let whole = self.text.span(first.min(verb), verb + 1).cover(content.span);
                    self.handed_on_by(noun, whole, sentence, number, found)
                })
                .or(through),
        };
        self.yield_to(verb, first, content.span, &speakers, found);
        let mut spoke = None;
        for speaker in speakers {
            if let Some((noun, _)) = written.filter(|_| speaker.writing.is_none())
                && let Some(entity) = speaker.entity
            {
                found.writings.insert(self.syntax.lemma(noun).to_lowercase(), (entity, number));
            }
            let kind = match speaker.writing {
                _ if content.quotation.is_some() => AttributionKind::Quote,
                Some(writing) if class.kind == AttributionKind::Statement => writing,
                None if class.kind == AttributionKind::Statement => written.map_or(class.kind, |(_, kind)| kind),
                _ => class.kind,
            };
            let draft = Draft {
                stance: class.stance,
                content: content.span,
                through,
                confidence: speaker.confidence.min(content.confidence),
                ..self.draft(speaker, (verb, verb + 1), kind, content.rule)
            };
            let index = found.push(draft);
            spoke = spoke.or(index);
        }
        if let (Some(quotations), Some(spoke)) = (content.quotation, spoke) {
            for quotation in quotations.into_iter().flatten() {
                found.bound[quotation] = Some(spoke);
            }
        }
    }

    /// "said in a report": the writing in which something is said, and its kind.
    fn written(&self, verb: usize) -> Option<(usize, AttributionKind)> {
        let syntax = self.syntax;
        let within = syntax.dependents(verb, &["prep"]).filter(|&at| matches!(self.text.lower(at), "in" | "on"));
        within.filter_map(|at| syntax.child(at, &["pobj"])).find_map(|noun| {
            let kind = self.words.noun.publications.get(syntax.lemma(noun).to_lowercase().as_str());
            kind.filter(|_| self.clause.mention(noun).is_none()).map(|kind| (noun, *kind))
        })
    }

    /// Ends what was said before in the sentence where this verb begins: "… described how …, estimating that …" by the
    /// same speaker, and "X said …, the paper reports", which tells all that X said.
    fn yield_to(&self, verb: usize, first: usize, content: Span, speakers: &[Source], found: &mut Drafts) {
        let cue = self.text.span(verb, verb + 1).start;
        let from = self.text.span(first, first + 1).start;
        let begun = found.first;
        for earlier in &mut found.list[begun..] {
            let own = self.text.span(earlier.cue.0, earlier.cue.1);
            let covers = own.end < cue && earlier.content.start < cue && earlier.content.end > cue;
            let same = speakers.iter().any(|speaker| speaker.entity.is_some() && speaker.entity == earlier.source);
            let goes_on = same && content.start >= cue && earlier.kind != AttributionKind::Quote;
            let reported = content.end <= from && content.contains(own) && earlier.content.start < from;
            if !covers || !(goes_on || reported) {
                continue;
            }
            let stop = if (own.end..cue).contains(&from) { from } else { cue };
            let words = (self.text.analysis.word_at(earlier.content.start), self.text.analysis.word_at(stop));
            if let Some(span) = self.span_of(words).filter(|span| span.end <= stop) {
                earlier.content = span;
            }
        }
    }

    /// X said that …: “…” A quotation behind a colon is of who speaks in the sentence, whatever stands between.
    pub(super) fn behind_colon(&self, sentence: &Sentence, found: &mut Drafts) {
        let text = self.text;
        let from = self.quotations.partition_point(|quotation| quotation.first <= sentence.first);
        for index in from..self.quotations.len() {
            let own = self.quotations[index];
            if own.first > sentence.end {
                break;
            }
            if text.word(own.first - 1) != ":" || found.bound[index].is_some() || !self.is_utterance(index) {
                continue;
            }
            let colon = text.span(own.first - 1, own.first);
            let speaks = |draft: &&Draft| {
                draft.cue.1 < own.first
                    && draft.source_kind != SourceKind::Footage
                    && draft.source_words.is_some()
                    && draft.stance == Stance::Asserts
                    && self.quotation_at(draft.cue.0).is_none()
                    && text.span(draft.cue.0, draft.cue.1).end <= colon.start
            };
            let Some(speaker) = found.here().iter().find(speaks).cloned() else { continue };
            let joint: Vec<Draft> = found
                .here()
                .iter()
                .filter(|draft| draft.cue == speaker.cue && draft.content == speaker.content)
                .cloned()
                .collect();
            // What is told before the colon ends there.
            let begun = found.first;
            for draft in found.list[begun..].iter_mut() {
                let (from, to) = (draft.content.start, draft.content.end);
                if from < colon.start && to > colon.start && text.span(draft.cue.0, draft.cue.1).end <= colon.start {
                    let words = (text.analysis.word_at(from), own.first - 1);
                    draft.content = self.span_of(words).unwrap_or(draft.content);
                }
            }
            let mut bound = None;
            for said in joint {
                let content = text.span(own.first, own.end);
                let draft = Draft {
                    kind: AttributionKind::Quote,
                    content,
                    rule: "speech:colon",
                    confidence: said.confidence.min(0.8),
                    ..said
                };
                bound = bound.or(found.push(draft));
            }
            found.bound[index] = bound;
        }
    }

    /// A draft with what a source and a cue say.
    pub(super) fn draft(
        &self,
        source: Source,
        cue: (usize, usize),
        kind: AttributionKind,
        rule: &'static str,
    ) -> Draft {
        Draft {
            source: source.entity,
            source_kind: source.kind,
            source_words: Some(source.words),
            cue,
            kind,
            stance: Stance::Asserts,
            content: Span::new(0, 0),
            through: None,
            rule,
            confidence: source.confidence,
        }
    }

    /// Whether the verb says that something was said: not that it will be, may be, or was not.
    fn tells(&self, verb: usize) -> bool {
        let (text, syntax) = (self.text, self.syntax);
        if matches!(syntax.dep(verb), "amod" | "compound" | "aux" | "auxpass") || syntax.child(verb, &["neg"]).is_some()
        {
            return false;
        }
        // "charged for disclosing", "without saying": nothing has been said yet, or it is what is held against somebody.
        if syntax.dep(verb) == "pcomp"
            && syntax
                .head(verb)
                .is_some_and(|at| matches!(text.lower(at), "for" | "of" | "without" | "from" | "against" | "about"))
        {
            return false;
        }
        let modal = |aux: usize| self.words.subject.modals.contains(text.lower(aux)) || syntax.tag(aux) == "MD";
        if syntax.dependents(verb, &["aux"]).any(modal) || matches!(syntax.tag(verb), "MD") {
            return false;
        }
        let conditional = |mark: usize| matches!(text.lower(mark), "if" | "unless" | "whether");
        if syntax.dependents(verb, &["mark"]).any(conditional) {
            return false;
        }
        let subject = syntax.child(verb, &["nsubj"]).is_some();
        let infinitive = syntax.dependents(verb, &["aux"]).any(|aux| text.lower(aux) == "to");
        if infinitive {
            let head = syntax.head(verb).filter(|_| matches!(syntax.dep(verb), "xcomp" | "advcl"));
            return head.is_some_and(|head| self.words.verb.going_on.contains(syntax.lemma(head)) && self.tells(head));
        }
        match syntax.tag(verb) {
            // "a statement released", "people said to be dead"
            "VBN" => {
                // "This report, put together by X, recorded 20 deaths", which the model takes for a heading.
                let heading =
                    syntax.dep(verb) == "acl" && syntax.head(verb).is_some_and(|noun| syntax.dep(noun) == "ROOT");
                let active = heading && syntax.dependents(verb, &["dobj", "ccomp"]).any(|object| object > verb);
                subject || active || syntax.child(verb, &["aux"]).is_some()
            }
            "VB" => subject,
            _ => true,
        }
    }

    /// "was confirmed by X", "was quoted by X as saying", "were documented by X": whether somebody says it.
    fn passive(&self, verb: usize, class: &Verb, sentence: &Sentence, number: usize, found: &mut Drafts) -> bool {
        let syntax = self.syntax;
        let modal = |aux: usize| self.words.subject.modals.contains(self.text.lower(aux));
        if syntax.child(verb, &["neg"]).is_some() || syntax.dependents(verb, &["aux"]).any(modal) {
            return true;
        }
        let by = syntax.child(verb, &["agent"]).and_then(|by| syntax.child(by, &["pobj"]));
        let Some(speakers) = by.map(|by| self.sources(by, sentence, number, found)).filter(|list| !list.is_empty())
        else {
            return false;
        };
        let told = syntax.child(verb, &["nsubjpass"]).or_else(|| syntax.child(verb, &["ccomp", "xcomp"]));
        let wanted = class.takes(Takes::Object) || class.takes(Takes::Clause) || class.takes(Takes::Saying);
        let Some(told) = told.filter(|_| wanted) else { return false };
        let sayings = self.words.noun.sayings.contains(syntax.lemma(told));
        let content = if sayings { self.saying(told, number, found) } else { self.span_of(syntax.subtree(told)) };
        let Some(content) = content else { return false };
        for speaker in speakers {
            let draft = Draft {
                stance: class.stance,
                content,
                ..self.draft(speaker, (verb, verb + 1), class.kind, "speech:passive")
            };
            found.push(draft);
        }
        true
    }
}
