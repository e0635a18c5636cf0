//! Phrases before a source: "according to X", "citing X", "X (SNHR)" behind a figure.

use super::{Draft, Drafts, Finder, Source};
use crate::model::{AttributionKind, EntityType, MentionForm, Sentence, SourceKind, Span, WordShape};

/// Words of a bracket that credits a source.
const LONGEST_BRACKET: usize = 14;

impl Finder<'_, '_> {
    /// One past the phrase before a source that begins at a word.
    pub(super) fn according_phrase(&self, token: usize) -> Option<usize> {
        let phrases = self.words.according.get(self.text.lower(token))?;
        phrases.iter().find(|words| self.text.has(token, words)).map(|words| token + words.len())
    }

    /// "according to X": the source says what the clause says.
    pub(super) fn according(&self, cue: (usize, usize), sentence: &Sentence, number: usize, found: &mut Drafts) {
        let syntax = self.syntax;
        let named = |at: usize| syntax.child(at, &["pobj"]).filter(|&word| word >= cue.1);
        let word = (cue.0..cue.1).rev().find_map(named).unwrap_or(cue.1);
        let sources = self.sources(word, sentence, number, found);
        let end = self.syntax.subtree(cue.0).1.max(self.syntax.subtree(word).1).max(word + 1);
        let last = (end..sentence.end).all(|at| self.text.shape(at) == WordShape::Punctuation);
        // "X said he was innocent, according to the paper" tells that X said so.
        let medium = sources.iter().any(|source| source.entity.is_some_and(|entity| self.is_medium(entity)));
        let whole = (medium && last && cue.0 > sentence.first).then(|| self.span_of((sentence.first, cue.0))).flatten();
        let Some(content) = whole.or_else(|| self.clause_around(cue, word, sentence)) else { return };
        if whole.is_some() {
            self.end_before(cue.0, found);
        }
        for source in sources {
            let kind = source.writing.unwrap_or(AttributionKind::Statement);
            found.push(Draft { content, ..self.draft(source, cue, kind, "according-to") });
        }
    }

    /// Cuts what was said in the sentence before a phrase that tells of all of it.
    fn end_before(&self, phrase: usize, found: &mut Drafts) {
        let (begun, stop) = (found.first, self.text.span(phrase, phrase + 1).start);
        for draft in
            found.list[begun..].iter_mut().filter(|draft| draft.content.start < stop && draft.content.end > stop)
        {
            let words = (self.text.analysis.word_at(draft.content.start), phrase);
            draft.content = self.span_of(words).unwrap_or(draft.content);
        }
    }

    /// The clause that a phrase with its source stands in, without the phrase where that is at an end of it.
    fn clause_around(&self, (first, _): (usize, usize), source: usize, sentence: &Sentence) -> Option<Span> {
        let syntax = self.syntax;
        let own = (first, syntax.subtree(first).1.max(syntax.subtree(source).1).max(source + 1));
        // "died, prompting strikes, according to X": the phrase is of the whole clause, not of the participle.
        let loose = |verb: usize| {
            matches!(syntax.dep(verb), "advcl" | "acl" | "xcomp" | "pcomp")
                && matches!(syntax.tag(verb), "VBG" | "VBN" | "VB")
                && syntax.child(verb, &["nsubj", "nsubjpass"]).is_none()
        };
        let host = syntax
            .above(first)
            .find(|&above| syntax.is_verb(above) && !(own.0..own.1).contains(&above) && !loose(above));
        // A clause behind the phrase is told by somebody else, where a comma parts it from the one before.
        let comma = first > sentence.first + 2 && self.text.word(first - 1) == ",";
        let host = match host {
            Some(host) if host > own.1 && comma => syntax.head(host).filter(|&before| before < first),
            host => host,
        };
        let words = match host {
            Some(host) => {
                let (from, to) = syntax.subtree(host);
                // What is joined to the clause by "and" or "while" has sources of its own.
                let other = syntax.dependents(host, &["conj", "advcl"]).filter(|&other| {
                    syntax.child(other, &["nsubj", "nsubjpass"]).is_some()
                        && (other > own.1 && first < other || other < first && self.separates(other, first))
                });
                let (mut from, mut to) = (from, to);
                for other in other {
                    let (start, end) = syntax.subtree(other);
                    if start >= own.1 {
                        to = to.min(start);
                    } else if end <= own.0 {
                        from = from.max(end);
                    }
                }
                (from, to.max(own.1))
            }
            None if comma => (sentence.first, own.1),
            None => (sentence.first, sentence.end),
        };
        let inside = self.trimmed((words.0.max(sentence.first), words.1.min(sentence.end)))?;
        self.span_of(self.without(inside, own))
    }

    /// Whether a contrast stands between two words.
    fn separates(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| matches!(self.text.lower(at), "while" | "whereas" | "but" | ";"))
    }

    /// "citing X", "who cited X": what is said came from X through whoever cites.
    pub(super) fn cite(&self, cite: usize, sentence: &Sentence, number: usize, found: &mut Drafts) {
        let (text, syntax) = (self.text, self.syntax);
        let Some(object) = syntax.child(cite, &["dobj"]).filter(|&object| object > cite) else { return };
        let noun = syntax.lemma(object).to_lowercase();
        if self.words.verb.no_source.contains(noun.as_str()) || syntax.child(cite, &["neg"]).is_some() {
            return;
        }
        // "X quoted Y as saying" is told by the verb behind "as".
        if syntax.dependents(cite, &["prep"]).any(|at| text.lower(at) == "as") {
            return;
        }
        let sources = self.sources(object, sentence, number, found);
        let Some(citing) = self.citing(cite, found) else {
            self.cites_itself(cite, &sources, sentence, number, found);
            return;
        };
        let content = found.list[citing].content;
        for source in sources {
            let kind = source.writing.unwrap_or(AttributionKind::Statement);
            let draft =
                Draft { content, through: Some(citing), ..self.draft(source, (cite, cite + 1), kind, "citing") };
            found.push(draft);
        }
    }

    /// The draft of whoever cites: that of the verb above, or of the noun whose clause it is.
    fn citing(&self, cite: usize, found: &Drafts) -> Option<usize> {
        let syntax = self.syntax;
        let of_verb = |verb: usize| (found.first..found.list.len()).find(|&at| found.list[at].cue.0 == verb);
        let above = syntax.above(cite).take(4).find_map(of_verb);
        let antecedent = || {
            let noun = syntax.head(cite).filter(|_| syntax.dep(cite) == "relcl")?;
            (found.first..found.list.len())
                .find(|&at| found.list[at].source_words.is_some_and(|(first, end)| (first..end).contains(&noun)))
        };
        antecedent().or(above).or_else(|| {
            // "citing witnesses" before a verb that the model hangs elsewhere.
            syntax.dependents(cite, &["ccomp", "advcl", "conj"]).find_map(of_verb)
        })
    }

    /// "The paper cited witnesses who …", with no other verb of saying: the sentence is told by X through the subject.
    fn cites_itself(&self, cite: usize, sources: &[Source], sentence: &Sentence, number: usize, found: &mut Drafts) {
        let syntax = self.syntax;
        if syntax.tag(cite) != "VBG" || sources.is_empty() {
            return;
        }
        // "arrested 20 people, citing …" is no report; "20 died, the paper wrote, citing" has a verb.
        let Some(host) = syntax.head(cite).filter(|&host| syntax.is_verb(host)) else { return };
        let Some(subject) = syntax.child(host, &["nsubj"]) else { return };
        let reports = self
            .sources(subject, sentence, number, found)
            .iter()
            .any(|source| source.writing.is_some() || source.entity.is_some_and(|entity| self.is_medium(entity)));
        let words = self.without(syntax.subtree(host), (cite, syntax.subtree(cite).1));
        let Some(content) = self.span_of(words).filter(|_| reports) else { return };
        for &source in sources {
            let kind = source.writing.unwrap_or(AttributionKind::Statement);
            found.push(Draft { content, ..self.draft(source, (cite, cite + 1), kind, "citing") });
        }
    }

    /// The organisation that stands in brackets at the end of a sentence with a figure, or before a colon at its head.
    pub(super) fn credited(&self, sentence: &Sentence, number: usize, found: &mut Drafts) {
        let text = self.text;
        if !self.has_figure(sentence.span) {
            return;
        }
        let named = |at: usize| {
            self.clause.mention(at).filter(|&mention| {
                let found = &self.clause.found[mention];
                found.kind == EntityType::Organization && found.form == MentionForm::Name && found.first == at
            })
        };
        let colon = named(sentence.first).filter(|&mention| text.word(self.clause.found[mention].end) == ":");
        let credit = match colon {
            Some(mention) => Some((mention, (self.clause.found[mention].end, self.clause.found[mention].end + 1))),
            None => self.bracket(sentence, &named),
        };
        let source = credit.and_then(|(mention, cue)| Some((self.source_of(mention)?, cue)));
        if let Some((source, cue)) = source {
            let Some(whole) = self.trimmed((sentence.first, sentence.end)) else { return };
            let words = self.without(whole, (cue.0.min(source.words.0), cue.1));
            let Some(content) = self.span_of(words) else { return };
            found.push(Draft { content, ..self.draft(source, cue, AttributionKind::Report, "credited") });
            return;
        }
        self.counted_by(sentence, number, found);
    }

    fn bracket(&self, sentence: &Sentence, named: &dyn Fn(usize) -> Option<usize>) -> Option<(usize, (usize, usize))> {
        let text = self.text;
        let close = sentence.words().rev().take(3).find(|&at| text.word(at) == ")")?;
        let open = (sentence.first..close).rev().take(LONGEST_BRACKET).find(|&at| text.word(at) == "(")?;
        let source = named(open + 1)?;
        // "the Syrian Network for Human Rights (SNHR)" introduces an acronym and credits nobody.
        let introduces = open
            .checked_sub(1)
            .and_then(|before| self.clause.mention(before))
            .is_some_and(|before| self.clause.found[before].kind == EntityType::Organization);
        let whole =
            (self.clause.found[source].end..close).all(|at| text.word(at) == "," || self.clause.mention(at).is_some());
        (whole && !introduces).then_some((source, (open, close + 1)))
    }

    /// "a tally by X of 45 dead", "X's count: 45 dead": a writing with its source and a figure behind it, without a verb.
    fn counted_by(&self, sentence: &Sentence, number: usize, found: &mut Drafts) {
        for noun in sentence.words().take(LONGEST_BRACKET) {
            let lemma = self.syntax.lemma(noun).to_lowercase();
            let kind = self.words.noun.publications.get(lemma.as_str()).filter(|_| self.clause.mention(noun).is_none());
            let Some(kind) = kind.copied() else { continue };
            let Some(source) = self.writing(noun, kind, sentence, number, found) else { continue };
            let rest = Span::new(self.text.span(noun, noun + 1).end, sentence.span.end);
            if source.kind == SourceKind::Document || !self.has_figure(rest) {
                continue;
            }
            found.push(Draft { content: sentence.span, ..self.draft(source, (noun, noun + 1), kind, "counted-by") });
            return;
        }
    }
}
