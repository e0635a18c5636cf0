//! Who the subject of a verb of saying is: named, described, a writing, or somebody.

use super::{Draft, Drafts, Finder, SOURCES, Source};
use crate::extract::nouns::Nouns;
use crate::model::{AttributionKind, EntityType, MentionForm, Sentence, SourceKind, WordShape};

/// Speakers of one verb.
const MOST_JOINED: usize = 12;
/// Verbs up a tree that are asked for a subject.
const DEEPEST: usize = 6;

impl Finder<'_, '_> {
    /// Those who say what the verb tells, and the draft through which they are quoted, if there is one.
    pub(super) fn speakers(
        &self,
        verb: usize,
        sentence: &Sentence,
        number: usize,
        found: &mut Drafts,
    ) -> Option<(Vec<Source>, Option<usize>)> {
        if let Some((speaker, quoting)) = self.quoted_by(verb) {
            let speakers = self.sources(speaker, sentence, number, found);
            let through = self.quoter(quoting, verb, sentence, number, found);
            return (!speakers.is_empty()).then_some((speakers, through));
        }
        let subject = self.behind(verb, sentence).or_else(|| self.subject_of(verb));
        let speakers = match subject {
            Some(subject) if self.is_footage(subject) => return None,
            // What somebody tells of their own words has no other source than the quotation.
            Some(subject) if self.quotation_at(verb).is_some() && self.is_first_person(subject) => return None,
            Some(subject) if !self.within_same_quotation(verb, subject) => return None,
            Some(subject) => {
                // "X, an association of dockers, holds", "fighters led by X".
                let parsed = self.clause.speaker(verb, sentence, SOURCES).filter(|(_, parsed)| *parsed);
                let better = parsed.map(|(mention, _)| mention).filter(|&mention| {
                    let known = &self.clause.found[mention];
                    known.form == MentionForm::Name
                        && !(known.first..known.end).contains(&subject)
                        && known.end <= subject
                        && self.text.word(known.end) == ","
                });
                match better {
                    Some(mention) => self.joint(mention),
                    None => self.sources(subject, sentence, number, found),
                }
            }
            None => self.beside(verb, sentence),
        };
        (!speakers.is_empty()).then_some((speakers, None))
    }

    /// "…, reported the paper": who stands behind the verb at the end of a sentence, where the model sees an object.
    fn behind(&self, verb: usize, sentence: &Sentence) -> Option<usize> {
        let syntax = self.syntax;
        let comma = verb.checked_sub(1).is_some_and(|at| matches!(self.text.word(at), "," | "”" | "\""));
        let object = syntax.child(verb, &["dobj"]).filter(|&object| object > verb && comma)?;
        let own = syntax.child(verb, &["nsubj", "ccomp"]).is_some();
        let last = (syntax.subtree(object).1..sentence.end).all(|at| self.text.shape(at) == WordShape::Punctuation);
        let speaks =
            self.may_speak(object) || syntax.dependents(object, &["appos"]).any(|at| self.clause.mention(at).is_some());
        (last && !own && speaks).then_some(object)
    }

    /// "I", "we", "I'm".
    fn is_first_person(&self, word: usize) -> bool {
        let pronoun = self.text.lower(word).split(['\'', '’']).next();
        matches!(pronoun, Some("i" | "we"))
    }

    /// Whether two words stand in the same quotation, or both in none.
    pub(super) fn within_same_quotation(&self, one: usize, other: usize) -> bool {
        self.quotation_at(one) == self.quotation_at(other)
    }

    /// The word that is the subject of a verb of saying, over joined verbs, participles and relative pronouns.
    pub(super) fn subject_of(&self, verb: usize) -> Option<usize> {
        let syntax = self.syntax;
        let nominal = |word: &usize| !syntax.is_verb(*word) || self.clause.mention(*word).is_some();
        let mut at = verb;
        for _ in 0..DEEPEST {
            // "agency SANA said" has two subjects: the one beside the verb.
            let own = syntax.dependents(at, &["nsubj"]).filter(nominal).min_by_key(|subject| subject.abs_diff(at));
            let own = own.or_else(|| syntax.child(at, &["nsubjpass"]).filter(|_| at != verb));
            // "said the number is 20, adding that": numbers add nothing, so it is who said it.
            let goes_on =
                at != verb && syntax.tag(verb) == "VBG" && own.is_some_and(|subject| !self.may_speak(subject));
            if goes_on {
                at = syntax
                    .above(at)
                    .find(|&above| self.words.verbs.contains_key(syntax.lemma(above)) && syntax.is_verb(above))?;
                continue;
            }
            if let Some(subject) = own {
                let relative = matches!(self.text.lower(subject), "who" | "which" | "that")
                    && syntax.tag(subject).starts_with('W')
                    || self.text.lower(subject) == "that" && syntax.dep(at) == "relcl";
                return if relative {
                    syntax.above(at).find(|&above| !syntax.is_verb(above)).filter(|_| self.is_relative(at))
                } else {
                    Some(subject)
                };
            }
            let head = syntax.head(at)?;
            match syntax.dep(at) {
                "conj" | "xcomp" | "advcl" | "aux" if syntax.is_verb(head) => at = head,
                // "a statement saying that", "a man claiming to be"
                "acl" => return Some(head),
                // "after saying", "by claiming"
                "pcomp" => at = syntax.head(head).filter(|&above| syntax.is_verb(above))?,
                _ => return None,
            }
        }
        None
    }

    /// Whether the word for a subject can be of somebody who speaks.
    fn may_speak(&self, word: usize) -> bool {
        let speaks = self.clause.mention(word).is_some_and(|mention| self.clause.fits(mention, SOURCES));
        let lemma = self.syntax.lemma(word).to_lowercase();
        speaks || !self.syntax.is_noun(word) || self.words.noun.publications.contains_key(lemma.as_str())
    }

    /// Whether a verb stands in a relative clause.
    fn is_relative(&self, verb: usize) -> bool {
        let deps = std::iter::once(verb).chain(self.syntax.above(verb)).take(DEEPEST);
        deps.take_while(|&at| self.syntax.is_verb(at)).any(|at| matches!(self.syntax.dep(at), "relcl" | "acl"))
    }

    /// The sources that a word names or describes, with those joined to it.
    pub(super) fn sources(&self, word: usize, sentence: &Sentence, number: usize, found: &mut Drafts) -> Vec<Source> {
        let (text, syntax) = (self.text, self.syntax);
        let lower = text.lower(word);
        let denied = |at: usize| self.words.subject.nobody.contains(text.lower(at));
        if denied(word) || syntax.dependents(word, &["det"]).any(denied) {
            return Vec::new();
        }
        let mention = self.clause.mention(word).filter(|&mention| self.speaks(mention));
        let lemma = syntax.lemma(word).to_lowercase();
        if mention.is_none_or(|mention| self.clause.found[mention].form != MentionForm::Name)
            && let Some(kind) = self.words.noun.publications.get(lemma.as_str())
        {
            return self.writing(word, *kind, sentence, number, found).into_iter().collect();
        }
        if let Some(mention) = mention {
            return self.joint_at(mention, word);
        }
        // "the officer, X, told": the name beside a description that nothing else knows.
        let beside = syntax
            .dependents(word, &["appos"])
            .filter_map(|at| self.clause.mention(at))
            .find(|&mention| self.speaks(mention) && self.clause.found[mention].form == MentionForm::Name);
        if let Some(mention) = beside {
            return self.joint(mention);
        }
        let unnamed = Source {
            entity: None,
            kind: SourceKind::Unnamed,
            words: self.phrase(word),
            writing: None,
            confidence: 0.6,
        };
        if lower == "it" {
            return vec![self.body_before(number, found).map_or(unnamed, |entity| Source {
                entity: Some(entity),
                kind: self.name_kind(entity),
                confidence: 0.5,
                ..unnamed
            })];
        }
        let pronoun = matches!(lower, "he" | "she" | "they" | "we" | "i");
        let somebody = self.words.subject.somebody.contains(lower)
            && matches!(syntax.tag(word), "DT" | "NNS" | "JJ" | "JJS" | "JJR" | "CD" | "NN" | "PRP" | "PDT");
        let called = Nouns::embedded().sense(&lemma).map(|sense| sense.kind);
        let social = syntax.is_noun(word)
            && (self.lexicon.is_social_noun(lower)
                || matches!(called, Some(EntityType::Person | EntityType::PersonGroup | EntityType::Organization)));
        if pronoun || somebody || social { vec![unnamed] } else { Vec::new() }
    }

    /// The body that spoke in this sentence or the one before: who "it" is that says more.
    fn body_before(&self, number: usize, found: &Drafts) -> Option<usize> {
        let near = found.list.iter().rev().take_while(|draft| self.text.sentence_of(draft.cue.0) + 1 >= number);
        near.filter_map(|draft| draft.source).find(|&entity| {
            matches!(self.resolved.entities[entity].kind, EntityType::Organization | EntityType::Country)
        })
    }

    /// Whether a mention can say something.
    fn speaks(&self, mention: usize) -> bool {
        let found = &self.clause.found[mention];
        let place = matches!(found.kind, EntityType::City | EntityType::Region) && found.form == MentionForm::Name;
        (SOURCES.contains(&found.kind) || place)
            && !found.possessive
            && !self.words.subject.nobody.contains(self.text.lower(found.first))
            && self.resolved.mentions[mention].entity.is_some()
    }

    /// A mention and those joined to its head word, as sources: "X, Y and officials", "Minister X and Minister Y".
    fn joint_at(&self, mention: usize, word: usize) -> Vec<Source> {
        let syntax = self.syntax;
        let mut list = self.clause.coordinates(mention, SOURCES, true);
        let mut open = vec![word];
        while let Some(at) = open.pop() {
            let joined = syntax.dependents(at, &["conj"]).filter(|&next| !syntax.is_verb(next));
            let before = syntax.dependents(at, &["nmod"]).filter(|&next| syntax.child(next, &["cc"]).is_some());
            for next in joined.chain(before).take(MOST_JOINED) {
                open.push(next);
                let known = self.clause.mention(next).filter(|&mention| self.speaks(mention));
                if let Some(mention) = known.filter(|mention| !list.contains(mention) && list.len() < MOST_JOINED) {
                    list.push(mention);
                }
            }
            if list.len() >= MOST_JOINED {
                break;
            }
        }
        list.sort_by_key(|&mention| self.clause.found[mention].first);
        self.distinct(list)
    }

    /// A mention and those joined to it, as sources.
    fn joint(&self, mention: usize) -> Vec<Source> {
        self.distinct(self.clause.coordinates(mention, SOURCES, true))
    }

    /// Mentions as sources, each entity once.
    fn distinct(&self, list: Vec<usize>) -> Vec<Source> {
        let mut list: Vec<Source> = list.into_iter().filter_map(|mention| self.source_of(mention)).collect();
        let mut seen = Vec::new();
        list.retain(|source| {
            let new = !seen.contains(&source.entity);
            seen.push(source.entity);
            new
        });
        list
    }

    /// A mention as a source.
    pub(super) fn source_of(&self, mention: usize) -> Option<Source> {
        let known = &self.resolved.mentions[mention];
        let found = &self.clause.found[mention];
        let entity = known.entity?;
        let sure = if known.form == MentionForm::Pronoun { known.confidence } else { 0.9 };
        Some(Source {
            entity: Some(entity),
            kind: self.name_kind(entity),
            words: (found.first, found.end),
            writing: None,
            confidence: sure,
        })
    }

    /// The words of a noun phrase up to its noun: "a security official".
    pub(super) fn phrase(&self, noun: usize) -> (usize, usize) {
        let first = self.syntax.children(noun).iter().copied().filter(|&child| {
            child < noun && matches!(self.syntax.dep(child), "det" | "amod" | "compound" | "nummod" | "poss" | "nmod")
        });
        (first.min().unwrap_or(noun).max(noun.saturating_sub(8)), noun + 1)
    }

    /// A speaker right beside a verb to which the model gives no subject: “…,” said X.
    fn beside(&self, verb: usize, sentence: &Sentence) -> Vec<Source> {
        let near = |at: usize| sentence.words().contains(&at).then(|| self.clause.mention(at)).flatten();
        let after =
            (verb + 1..=verb + 2).find_map(|at| near(at).filter(|&mention| self.clause.found[mention].first <= at));
        let before = || verb.checked_sub(1).and_then(near);
        let quoted = self.syntax.dep(verb) == "ROOT" || self.syntax.dep(verb) == "parataxis";
        let mention = if quoted { after.or_else(before) } else { None };
        mention.filter(|&mention| self.speaks(mention)).map_or_else(Vec::new, |mention| self.joint(mention))
    }

    /// "X quoted Y as saying", "Y was quoted as saying": the word for who is quoted, and the verb.
    fn quoted_by(&self, verb: usize) -> Option<(usize, usize)> {
        let syntax = self.syntax;
        let quotes = |at: &usize| self.words.verb.quoting.contains(syntax.lemma(*at)) && syntax.is_verb(*at);
        let behind_as = syntax.head(verb).filter(|&at| syntax.dep(verb) == "pcomp" && self.text.lower(at) == "as");
        // "was quoted by X saying"
        let plain = || {
            syntax
                .head(verb)
                .filter(|_| syntax.tag(verb) == "VBG" && matches!(syntax.dep(verb), "advcl" | "xcomp" | "acl"))
        };
        let quoting = behind_as.and_then(|at| syntax.head(at)).filter(quotes).or_else(|| plain().filter(quotes))?;
        let who = syntax.child(quoting, &["nsubjpass"]).or_else(|| syntax.child(quoting, &["dobj"]))?;
        Some((who, quoting))
    }

    /// The draft of who quotes: the subject of "quoted", or who "by" names.
    fn quoter(
        &self,
        quoting: usize,
        verb: usize,
        sentence: &Sentence,
        number: usize,
        found: &mut Drafts,
    ) -> Option<usize> {
        let syntax = self.syntax;
        let by = syntax.child(quoting, &["agent"]).and_then(|by| syntax.child(by, &["pobj"]));
        let passive = syntax.child(quoting, &["nsubjpass"]).is_some();
        // "was quoted in the paper as saying"
        let within = || {
            let within =
                syntax.dependents(quoting, &["prep"]).find(|&at| matches!(self.text.lower(at), "in" | "on"))?;
            syntax.child(within, &["pobj"])
        };
        let who = by.or_else(|| if passive { within() } else { self.subject_of(quoting) })?;
        let quoters = self.sources(who, sentence, number, found);
        let whole = syntax.subtree(quoting);
        let content = self.span_of((whole.0.min(who), whole.1.max(verb + 1)))?;
        let mut first = None;
        for quoter in quoters {
            let draft = Draft {
                content,
                ..self.draft(quoter, (quoting, quoting + 1), AttributionKind::Report, "speech:quoted")
            };
            first = first.or(found.push(draft));
        }
        first
    }

    /// The medium to which somebody speaks: "told Reuters", "in an interview with Reuters", "speaking to the AP".
    pub(super) fn medium(&self, verb: usize, sentence: &Sentence) -> Option<Source> {
        let (text, syntax) = (self.text, self.syntax);
        let medium = |word: usize| {
            let mention = self.clause.mention(word)?;
            let entity = self.resolved.mentions[mention].entity?;
            // "the news site X"
            let called = syntax
                .dependents(word, &["compound", "nmod", "appos"])
                .any(|at| self.words.media.heads.contains(text.lower(at)));
            let known = self.is_medium(entity) || called && self.clause.fits(mention, &[EntityType::Organization]);
            known.then(|| self.source_of(mention)).flatten()
        };
        let told = || syntax.dependents(verb, &["dobj", "dative"]).filter(|&word| word > verb).find_map(medium);
        let to = |verb: usize, words: &[&str]| {
            let preposition =
                syntax.dependents(verb, &["prep", "dative"]).find(|&at| words.contains(&text.lower(at)))?;
            medium(syntax.child(preposition, &["pobj"])?)
        };
        let occasion = || {
            let prepositions = syntax
                .dependents(verb, &["prep"])
                .filter(|&at| matches!(text.lower(at), "in" | "during" | "on" | "via" | "by" | "through"));
            prepositions.filter_map(|at| syntax.child(at, &["pobj"])).find_map(|noun| {
                let known = self.words.noun.occasions.contains(syntax.lemma(noun));
                if known { to(noun, &["with", "to", "on", "for", "by"]) } else { None }
            })
        };
        // "who gave only her first name while speaking to the AP"
        let speaking = || {
            let (first, end) = syntax.subtree(verb);
            let near = first.max(sentence.first).max(verb.saturating_sub(20))..end.min(sentence.end).min(verb + 20);
            let speaks = |at: &usize| {
                self.words.verb.speaking.contains(syntax.lemma(*at))
                    && syntax.tag(*at) == "VBG"
                    && self.quotation_at(*at).is_none()
                    && syntax.above(*at).any(|above| above == verb)
            };
            near.filter(speaks).find_map(|at| to(at, &["to", "with"]))
        };
        told().or_else(|| to(verb, &["to"])).or_else(occasion).or_else(speaking)
    }

    /// Whether an entity is a newspaper, a broadcaster, an agency.
    pub(super) fn is_medium(&self, entity: usize) -> bool {
        let known = &self.resolved.entities[entity];
        let name = known.name.to_lowercase();
        let media = &self.words.media;
        let mut words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let last = words.clone().next_back().unwrap_or_default();
        known.kind == EntityType::Organization
            && (known.subtype.as_deref() == Some("MediaOrganization")
                || media.heads.contains(last)
                || media.endings.iter().any(|ending| last.len() > ending.len() && last.ends_with(ending.as_str()))
                || words.any(|word| media.names.contains(word)))
    }
}
