//! The subject of a verb, read leftwards from it.
//!
//! What stands right before the verb group is its subject; prepositional phrases and relative
//! clauses between the two are passed over. Where the words say that the subject is something that is
//! no mention ("the airstrike killed", "they were killed"), there is none: nothing further left is
//! taken for it. Where the language model has found a subject that is a mention, it is that.

mod words;

use super::clause::{Clause, PREPOSITIONS};
use crate::model::{EntityType, MentionForm, Sentence, WordShape};
use words::{ADVERBS, AUXILIARIES, DETERMINERS, OTHER_SUBJECTS, QUANTITIES, SUBORDINATORS};

/// Tokens back in which a subject is looked for.
const REACH: usize = 60;
/// The subject that the language model gives a verb.
enum Parsed {
    Mention(usize),
    /// A noun that is no mention.
    Other,
    Unknown,
}

impl Clause<'_, '_> {
    /// Whether `word` is an auxiliary verb.
    pub fn is_auxiliary(word: &str) -> bool {
        AUXILIARIES.contains(&word)
    }

    /// Whether a word may stand between an auxiliary and its verb.
    pub fn is_adverb(word: &str) -> bool {
        ADVERBS.contains(&word) || (word.len() > 4 && word.ends_with("ly"))
    }

    /// The first token of the verb group whose last word stands at `token`: auxiliaries, adverbs and
    /// "refused to", "due to" before it.
    pub fn group_start(&self, token: usize, sentence: &Sentence) -> usize {
        let mut at = token;
        while at > sentence.first && token - at < 10 && self.mention(at - 1).is_none() {
            let word = self.text.lower(at - 1);
            let earlier = at.checked_sub(2).filter(|at| *at >= sentence.first).map_or("", |at| self.text.lower(at));
            let controlled = word == "to"
                && (self.lexicon.negation.verbs.contains(earlier)
                    || matches!(
                        earlier,
                        "due"
                            | "set"
                            | "about"
                            | "trying"
                            | "tried"
                            | "managed"
                            | "forced"
                            | "going"
                            | "used"
                            | "expected"
                            | "planned"
                            | "wanted"
                            | "had"
                            | "have"
                            | "has"
                            | "able"
                            | "began"
                            | "appearing"
                            | "appears"
                            | "appear"
                            | "appeared"
                            | "said"
                            | "believed"
                            | "reported"
                            | "known"
                            | "thought"
                            | "is"
                            | "are"
                            | "was"
                            | "were"
                    ));
            if controlled {
                at -= if AUXILIARIES.contains(&earlier) { 1 } else { 2 };
                continue;
            }
            if !(AUXILIARIES.contains(&word)
                || Self::is_adverb(word)
                || self.lexicon.negation.verbs.contains(word)
                || word == "n't")
            {
                break;
            }
            at -= 1;
        }
        at
    }

    /// The subject of the verb at `token`, if it is a mention of one of `types`.
    pub fn left(&self, token: usize, sentence: &Sentence, types: &[EntityType]) -> Option<usize> {
        match self.parsed(token, types) {
            Parsed::Mention(subject) => Some(subject),
            // "Shares in X fell": the shares did.
            Parsed::Other => None,
            Parsed::Unknown => self.shallow(token, sentence, types),
        }
    }

    /// As [`Clause::left`], for one who says something ("a statement from X said" has X for its source), and whether the
    /// language model says so.
    pub fn speaker(&self, token: usize, sentence: &Sentence, types: &[EntityType]) -> Option<(usize, bool)> {
        match self.parsed(token, types) {
            Parsed::Mention(subject) => Some((subject, true)),
            _ => self.shallow(token, sentence, types).map(|subject| (subject, false)),
        }
    }

    /// What the language model takes for the subject of the verb at `token`.
    fn parsed(&self, token: usize, types: &[EntityType]) -> Parsed {
        let Some(subject) = self.parsed_subject(token) else { return Parsed::Unknown };
        match self.mention(subject) {
            Some(parsed) if self.fits(parsed, types) => {
                let named = self.described(parsed, types).or_else(|| self.led_by(subject, types));
                Parsed::Mention(named.unwrap_or(parsed))
            }
            None if self.text.syntax.is_noun(subject) => Parsed::Other,
            _ => Parsed::Unknown,
        }
    }

    /// The subject by the words to the left of the verb alone.
    fn shallow(&self, token: usize, sentence: &Sentence, types: &[EntityType]) -> Option<usize> {
        let text = self.text;
        let group = self.group_start(token, sentence);
        let finite = (group..token).any(|at| {
            AUXILIARIES.contains(&text.lower(at)) && !matches!(text.lower(at), "being" | "having" | "been" | "be")
        });
        let mut at = group;
        // What stands right before the verb group, prepositional phrases aside.
        let mut adjacent = true;
        let opener = group.checked_sub(1).filter(|at| *at >= sentence.first).map_or("", |at| text.lower(at));
        if OTHER_SUBJECTS.contains(&opener) && self.mention(group - 1).is_none() {
            return None;
        }
        if SUBORDINATORS.contains(&opener) {
            // "was arrested after refusing": the subject is that of the clause before.
            at -= 1;
            adjacent = false;
        }
        while at > sentence.first && token - at < REACH {
            at -= 1;
            let word = text.lower(at);
            if let Some(mention) = self.mention(at) {
                let found = &self.found[mention];
                let direct = adjacent && found.end == group;
                at = found.first;
                match self.place_of(mention, sentence) {
                    // "the prisoners freed by …", but "was among the prisoners freed"
                    Standing::After(preposition) => {
                        if direct && !finite && !matches!(preposition, "by" | "among") && self.fits(mention, types) {
                            return Some(mention);
                        }
                    }
                    Standing::Possessor => {}
                    Standing::ObjectOf(verb) => {
                        let relative =
                            verb.checked_sub(1).is_some_and(|before| matches!(text.lower(before), "who" | "which"));
                        if direct && self.fits(mention, types) && !(finite && relative) {
                            return Some(mention);
                        }
                    }
                    Standing::Free => {
                        if self.fits(mention, types) {
                            return Some(self.described(mention, types).unwrap_or(mention));
                        }
                        // "the regime has been killing": the subject is another kind of thing.
                        if direct {
                            return None;
                        }
                    }
                }
                continue;
            }
            // "Homs: captured on 8 December"
            let label = word == ":"
                && at + 1 == group
                && at > sentence.first
                && self.mention(at - 1).is_some_and(|mention| self.found[mention].first == sentence.first);
            if matches!(word, "”" | "“" | "\"" | ";" | ":") && !label {
                return None;
            }
            if matches!(word, "who" | "whom" | "which" | "that") {
                return self.antecedent(at, at + 1 == group, sentence, types);
            }
            let participial = text.lower(at + 1).ends_with("ing") || (word == "as" && text.lower(at + 1) == "well");
            if SUBORDINATORS.contains(&word) && !participial {
                return None;
            }
            if self.is_saying(at, sentence)
                || (matches!(word, "they" | "we" | "i") && !PREPOSITIONS.contains(&self.before(at, sentence)))
            {
                return None;
            }
            if matches!(word, "," | "and" | "or" | "but" | "(" | ")" | "—" | "–" | "-") {
                adjacent = false;
                continue;
            }
            if adjacent {
                match self.unknown_phrase(at, sentence) {
                    Some(Phrase::AfterPreposition(start)) => at = start,
                    Some(Phrase::Subject) => return None,
                    None => adjacent = PREPOSITIONS.contains(&word),
                }
            }
        }
        None
    }

    /// The word that the language model takes for the subject of the verb at `word`, or of the verb before it to which
    /// this one is joined: "was arrested and held".
    fn parsed_subject(&self, word: usize) -> Option<usize> {
        let syntax = &self.text.syntax;
        let mut verb = word;
        for _ in 0..4 {
            if !syntax.is_verb(verb) {
                return None;
            }
            // A label before the clause may look like a subject, too: "The count: X says".
            match syntax.dependents(verb, &["nsubj", "nsubjpass"]).filter(|&subject| subject < verb).last() {
                None if syntax.dep(verb) == "conj" => verb = syntax.head(verb)?,
                subject => return subject,
            }
        }
        None
    }

    /// "fighters led by X": the body that acts through people who are only described.
    fn led_by(&self, subject: usize, types: &[EntityType]) -> Option<usize> {
        let syntax = &self.text.syntax;
        let leads = |verb: &usize| matches!(syntax.lemma(*verb), "lead" | "command" | "head");
        let by = |verb| syntax.dependents(verb, &["agent"]).next();
        let leader = syntax.dependents(subject, &["acl"]).filter(leads).find_map(by)?;
        let leader = self.mention(syntax.child(leader, &["pobj"])?)?;
        let known = &self.found[leader];
        (known.form == MentionForm::Name && known.kind == EntityType::Organization && self.fits(leader, types))
            .then_some(leader)
    }

    /// "X, an association of former inmates, …": the name that a description with "a" follows.
    fn described(&self, mention: usize, types: &[EntityType]) -> Option<usize> {
        let found = &self.found[mention];
        let comma = found
            .first
            .checked_sub(1)
            .filter(|&at| self.text.word(at) == "," && matches!(self.text.lower(found.first), "a" | "an"))?;
        let name = self.mention(comma.checked_sub(1)?)?;
        let known = &self.found[name];
        (known.form == MentionForm::Name && known.end == comma && known.kind == found.kind && self.fits(name, types))
            .then_some(name)
    }

    fn before(&self, at: usize, sentence: &Sentence) -> &str {
        at.checked_sub(1).filter(|at| *at >= sentence.first).map_or("", |at| self.text.lower(at))
    }

    fn is_saying(&self, at: usize, sentence: &Sentence) -> bool {
        self.lexicon.saying.verbs.contains(self.text.lower(at))
            && !DETERMINERS.contains(&self.before(at, sentence))
            && !AUXILIARIES.contains(&self.before(at, sentence))
    }

    /// The mention that a relative pronoun at `at` stands for.
    fn antecedent(&self, at: usize, adjacent: bool, sentence: &Sentence, types: &[EntityType]) -> Option<usize> {
        let pronoun = if self.text.lower(at) == "whom" { "who" } else { self.text.lower(at) };
        if pronoun == "that" && !adjacent {
            return None;
        }
        let mut back = at;
        let mut commas = 0;
        while back > sentence.first && at - back < 7 {
            back -= 1;
            if let Some(mention) = self.mention(back) {
                if self.fits(mention, types) {
                    return Some(mention);
                }
                if pronoun != "who" {
                    return None;
                }
                back = self.found[mention].first;
                continue;
            }
            let word = self.text.lower(back);
            commas += usize::from(word == ",");
            if commas > 2 || (pronoun != "who" && word != ",") || matches!(word, ";" | ":" | "“" | "”" | "\"") {
                return None;
            }
        }
        None
    }

    /// How a mention stands in its clause, by the words before it.
    fn place_of(&self, mention: usize, sentence: &Sentence) -> Standing<'_> {
        let text = self.text;
        let found = &self.found[mention];
        if matches!(text.lower(found.end), "'s" | "’s") || found.possessive {
            return Standing::Possessor;
        }
        // "which studied them", never a subject.
        let object = matches!(found.head.as_str(), "him" | "her" | "them" | "me" | "us");
        if found.form == MentionForm::Pronoun && object && found.first > sentence.first {
            return Standing::ObjectOf(found.first - 1);
        }
        let mut lead = found.first;
        for _ in 0..6 {
            if lead <= sentence.first {
                return Standing::Free;
            }
            let before = lead - 1;
            let word = text.lower(before);
            // "President X's daughter": what stands before the possessor counts.
            let owner = if matches!(word, "'s" | "’s") {
                before.checked_sub(1).and_then(|at| self.mention(at))
            } else {
                self.mention(before).filter(|&owner| self.found[owner].possessive)
            };
            if let Some(owner) = owner {
                lead = self.found[owner].first;
                continue;
            }
            if self.is_quantifier(before, sentence) {
                lead = before.saturating_sub(usize::from(matches!(word, "to" | "than" | "least"))).max(sentence.first);
                continue;
            }
            if word == "of" && QUANTITIES.contains(&self.before(before, sentence)) {
                lead = before - 1;
                continue;
            }
            if PREPOSITIONS.contains(&word) {
                return Standing::After(PREPOSITIONS.iter().find(|known| **known == word).copied().unwrap_or_default());
            }
            if word == "whom" {
                return Standing::ObjectOf(before);
            }
            let title = text.is_capital(before) && self.lexicon.titles.words.contains(word);
            let plain = (title || text.shape(before) == WordShape::Lower)
                && self.mention(before).is_none()
                && !self.is_saying(before, sentence)
                && !AUXILIARIES.contains(&word);
            if !plain
                || matches!(word, "and" | "or" | "but" | "who" | "which" | "that")
                || SUBORDINATORS.contains(&word)
            {
                return Standing::Free;
            }
            lead = before;
        }
        Standing::Free
    }

    /// "up to 13,000", "over 40", "between 5,000 and 13,000": a word that bounds the number after it.
    fn is_quantifier(&self, at: usize, sentence: &Sentence) -> bool {
        let word = self.text.lower(at);
        let earlier = self.before(at, sentence);
        let number = self.text.shape(at + 1) == WordShape::Number
            || matches!(
                self.text.lower(at + 1),
                "dozens" | "hundreds" | "thousands" | "two" | "three" | "four" | "five" | "six" | "ten" | "half"
            );
        number
            && (matches!(
                word,
                "over" | "about" | "around" | "nearly" | "some" | "almost" | "approximately" | "between"
            ) || (word == "to" && (earlier == "up" || self.text.shape(at - 1) == WordShape::Number))
                || (word == "than" && matches!(earlier, "more" | "less" | "fewer"))
                || (word == "least" && earlier == "at"))
    }

    /// The noun phrase of unknown words that ends at `at`: "the airstrike", "Assad's rule".
    fn unknown_phrase(&self, at: usize, sentence: &Sentence) -> Option<Phrase> {
        let text = self.text;
        let mut first = at;
        for _ in 0..4 {
            let word = text.lower(first);
            if DETERMINERS.contains(&word) || matches!(word, "'s" | "’s") {
                let before = self.before(first, sentence);
                if first == at {
                    return None;
                }
                return Some(if PREPOSITIONS.contains(&before) {
                    Phrase::AfterPreposition(first - 1)
                } else {
                    Phrase::Subject
                });
            }
            let plain = matches!(text.shape(first), WordShape::Lower | WordShape::Number)
                && !PREPOSITIONS.contains(&word)
                && !AUXILIARIES.contains(&word)
                && self.mention(first).is_none();
            if !plain || first <= sentence.first {
                return None;
            }
            first -= 1;
            if self.mention(first).is_some() {
                return None;
            }
        }
        None
    }
}

/// How a mention stands in its clause.
enum Standing<'a> {
    /// Nothing that makes it something else than a subject.
    Free,
    /// After a preposition.
    After(&'a str),
    /// After the verb at this token.
    ObjectOf(usize),
    /// Before a possessive ending.
    Possessor,
}

/// What a noun phrase without a mention is to the verb after it.
enum Phrase {
    /// Its subject.
    Subject,
    /// Part of a prepositional phrase that begins at this token.
    AfterPreposition(usize),
}
