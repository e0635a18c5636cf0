//! Footage as a source: "videos showed …", "in another clip, … can be seen", "footage emerged of …".

use super::{Draft, Drafts, Finder, Source};
use crate::model::{AttributionKind, Sentence, SourceKind, Span, Stance};

/// Sentences for which what "can be seen" is in the footage that was named last.
const REMEMBERED: usize = 3;

impl Finder<'_, '_> {
    /// Whether a verb may tell what footage shows.
    pub(super) fn is_footage_cue(&self, lemma: &str) -> bool {
        let nouns = &self.words.noun;
        nouns.shows.contains(lemma)
            || nouns.seen.contains(lemma)
            || nouns.emerging.contains(lemma)
            || self.words.verb.verifying.contains(lemma)
    }

    /// Whether a word is a noun for footage.
    pub(super) fn is_footage(&self, word: usize) -> bool {
        let lower = self.text.lower(word);
        // The model takes "Footage" at the head of a sentence for anything.
        let singular = lower.strip_suffix('s').unwrap_or(lower);
        let nouns = &self.words.noun.footage;
        (nouns.contains(lower) || nouns.contains(singular))
            && (self.syntax.tag(word).starts_with('N') || self.text.opens(word))
    }

    /// What footage shows by the verb at `verb`; whether it does.
    pub(super) fn footage(
        &self,
        verb: usize,
        lemma: &str,
        sentence: &Sentence,
        number: usize,
        found: &mut Drafts,
    ) -> bool {
        let nouns = &self.words.noun;
        let shown = if nouns.shows.contains(lemma) { self.shows(verb) } else { None };
        if let Some((noun, content, cue, stance)) = shown {
            self.push_footage(noun, content, cue, stance, sentence, number, found);
            return true;
        }
        let seen = if nouns.seen.contains(lemma) { self.seen(verb, sentence, number, found) } else { None };
        if let Some((words, content)) = seen {
            let draft = self.footage_draft(words, (verb, verb + 1), content, Stance::Asserts, "footage:seen");
            found.push(draft);
            return true;
        }
        let emerged = if nouns.emerging.contains(lemma) { self.emerges(verb) } else { None };
        if let Some((noun, content)) = emerged {
            self.push_footage(noun, content, (verb, verb + 1), Stance::Asserts, sentence, number, found);
            return true;
        }
        false
    }

    fn footage_draft(
        &self,
        words: (usize, usize),
        cue: (usize, usize),
        content: Span,
        stance: Stance,
        rule: &'static str,
    ) -> Draft {
        let source = Source { entity: None, kind: SourceKind::Footage, words, writing: None, confidence: 0.9 };
        Draft { content, stance, ..self.draft(source, cue, AttributionKind::Footage, rule) }
    }

    /// Adds what footage shows, and before it those through whom the footage came: "verified by X", "released by Y".
    #[expect(clippy::too_many_arguments, reason = "what is shown, by what, and where")]
    fn push_footage(
        &self,
        noun: usize,
        content: Span,
        cue: (usize, usize),
        stance: Stance,
        sentence: &Sentence,
        number: usize,
        found: &mut Drafts,
    ) {
        let words = self.footage_words(noun, cue.0);
        let whole = self.text.span(words.0.min(cue.0), words.1.max(cue.1)).cover(content);
        let through = self.handed_on_by(noun, whole, sentence, number, found);
        let draft = Draft { through, ..self.footage_draft(words, cue, content, stance, "footage:shows") };
        found.push(draft);
    }

    /// The draft of who handed on the footage or writing that a noun names, the last of several: "verified by X".
    pub(super) fn handed_on_by(
        &self,
        noun: usize,
        content: Span,
        sentence: &Sentence,
        number: usize,
        found: &mut Drafts,
    ) -> Option<usize> {
        let mut through = None;
        for (handed, by) in self.handed_on(noun) {
            for source in self.sources(by, sentence, number, found) {
                let draft = Draft {
                    content,
                    through,
                    ..self.draft(source, (handed, handed + 1), AttributionKind::Report, "handed-on")
                };
                through = found.push(draft).or(through);
            }
        }
        through
    }

    /// The words for the footage that stand before its verb.
    fn footage_words(&self, noun: usize, verb: usize) -> (usize, usize) {
        let (first, end) = self.syntax.subtree(noun);
        // "photographs that X say showed": the verb stands in a clause of the noun's own.
        let below = self.syntax.above(verb).any(|above| above == noun);
        let end = if below {
            noun + 1
        } else if verb > noun {
            end.min(verb)
        } else {
            end.min(noun + 1)
        };
        self.trimmed((first, end.max(noun + 1))).unwrap_or((noun, noun + 1))
    }

    /// Verbs by which others handed the footage on, each with the word for who did, the last to do so first.
    fn handed_on(&self, noun: usize) -> Vec<(usize, usize)> {
        let syntax = self.syntax;
        let mut list = Vec::new();
        let mut open: Vec<usize> = syntax.dependents(noun, &["acl", "relcl"]).collect();
        while let Some(verb) = open.pop() {
            let by = syntax.child(verb, &["agent"]).and_then(|by| syntax.child(by, &["pobj"]));
            if let Some(by) = by.filter(|_| self.words.verb.handing_on.contains(syntax.lemma(verb))) {
                list.push((verb, by));
            }
            open.extend(syntax.dependents(verb, &["conj"]).filter(|&next| next > verb));
            if list.len() > 4 {
                break;
            }
        }
        list.sort_unstable_by_key(|&(verb, _)| std::cmp::Reverse(verb));
        list
    }

    /// "videos showed rebels freeing …", "appear to show", "photographs that X say showed": the footage, what it shows,
    /// the cue, and whether it only seems to.
    fn shows(&self, verb: usize) -> Option<(usize, Span, (usize, usize), Stance)> {
        let (text, syntax) = (self.text, self.syntax);
        if syntax.child(verb, &["neg"]).is_some()
            || syntax.dependents(verb, &["aux"]).any(|aux| self.words.subject.modals.contains(text.lower(aux)))
        {
            return None;
        }
        let passive = syntax.child(verb, &["auxpass"]).is_some();
        let seems = syntax
            .head(verb)
            .filter(|&head| syntax.dep(verb) == "xcomp" && self.words.verb.purporting.contains(syntax.lemma(head)));
        let holder = seems.unwrap_or(verb);
        let noun = self.footage_of(holder).filter(|_| !passive)?;
        let (_, end) = syntax.subtree(verb);
        // What follows the verb, without the clauses joined to it that have their own subject.
        let other =
            syntax.dependents(verb, &["conj"]).filter(|&other| syntax.child(other, &["nsubj", "nsubjpass"]).is_some());
        let end =
            other.map(|other| syntax.subtree(other).0).filter(|&other| other > verb).min().unwrap_or(end).min(end);
        let content = self.span_of((verb + 1, end.max(verb + 1)))?;
        let cue = (seems.unwrap_or(verb).min(verb), verb + 1);
        Some((noun, content, cue, if seems.is_some() { Stance::Doubts } else { Stance::Asserts }))
    }

    /// The noun for footage that is the subject of a verb, or on which it hangs.
    fn footage_of(&self, verb: usize) -> Option<usize> {
        let syntax = self.syntax;
        let mut at = verb;
        for _ in 0..5 {
            if let Some(subject) = syntax.child(at, &["nsubj", "csubj", "nsubjpass"]) {
                if self.is_footage(subject) {
                    return Some(subject);
                }
                // "dozens of videos showed"
                let of = syntax.dependents(subject, &["prep"]).find(|&of| self.text.lower(of) == "of");
                if let Some(noun) = of.and_then(|of| syntax.child(of, &["pobj"])).filter(|&noun| self.is_footage(noun))
                {
                    return Some(noun);
                }
                if !matches!(self.text.lower(subject), "that" | "which") {
                    // "Footage allegedly from X showed": taken for anything but the subject.
                    let opening = syntax.children(at).iter().copied().find(|&word| word < at && self.text.opens(word));
                    return opening.filter(|&word| self.is_footage(word) && !syntax.is_noun(word));
                }
                // "photographs that rights groups say showed"
                return syntax.above(at).find(|&above| !syntax.is_verb(above)).filter(|&noun| self.is_footage(noun));
            }
            let head = syntax.head(at)?;
            match syntax.dep(at) {
                "acl" | "relcl" => return Some(head).filter(|&noun| self.is_footage(noun)),
                "conj" | "advcl" | "xcomp" if syntax.is_verb(head) => at = head,
                _ => return None,
            }
        }
        None
    }

    /// "can be seen": in footage that the clause names, or that was named shortly before.
    fn seen(&self, verb: usize, sentence: &Sentence, number: usize, found: &Drafts) -> Option<((usize, usize), Span)> {
        let (text, syntax) = (self.text, self.syntax);
        let able = syntax.dependents(verb, &["aux"]).any(|aux| matches!(text.lower(aux), "can" | "could"));
        let passive = syntax.child(verb, &["auxpass"]).is_some();
        if !passive || syntax.child(verb, &["neg"]).is_some() || self.quotation_at(verb).is_some() {
            return None;
        }
        let inside = sentence.words().find(|&at| {
            self.is_footage(at)
                && syntax
                    .head(at)
                    .is_some_and(|head| matches!(text.lower(head), "in" | "on" | "from" | "by" | "throughout"))
        });
        let (words, first) = match inside {
            // "In another clip, …" is no part of what is seen in it.
            Some(noun) => {
                let (from, to) = syntax.subtree(noun);
                let words = (from, to.min(if noun < verb { verb } else { to }));
                let opening = from <= sentence.first + 1 && noun < verb;
                let comma = (noun..verb).find(|&at| text.word(at) == ",").map_or(noun + 1, |at| at + 1);
                (self.phrase(noun).0.max(words.0), if opening { comma } else { sentence.first })
            }
            None => {
                let last =
                    found.list.iter().rev().find(|draft| draft.source_kind == SourceKind::Footage).filter(|_| able)?;
                let at = text.sentence_of(last.cue.0);
                (last.source_words.filter(|_| at + REMEMBERED >= number)?.0, sentence.first)
            }
        };
        let whole = match inside {
            Some(noun) => (words, noun + 1),
            None => found.list.iter().rev().find(|draft| draft.source_kind == SourceKind::Footage)?.source_words?,
        };
        let content = self.span_of((first.min(verb), sentence.end))?;
        Some((whole, content))
    }

    /// "footage emerged of a toddler being freed"
    fn emerges(&self, verb: usize) -> Option<(usize, Span)> {
        let syntax = self.syntax;
        let noun = self.footage_of(verb)?;
        let of = |word: usize| syntax.dependents(word, &["prep"]).find(|&of| self.text.lower(of) == "of" && of > noun);
        let of = of(verb).or_else(|| of(noun))?;
        let content = self.span_of((of + 1, syntax.subtree(of).1.max(of + 1)))?;
        Some((noun, content))
    }
}
