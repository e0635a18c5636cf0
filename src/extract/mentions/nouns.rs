//! Descriptions by the tables of nouns and the dependencies: "a young juror", "the bakery", "the government".

use super::Finder;
use crate::extract::names::Found;
use crate::extract::nouns::Sense;
use crate::model::{EntityType, MentionForm, Token};

/// Relations of a noun that only says something of the noun after it.
const MODIFIERS: &[&str] = &["compound", "nmod", "amod", "npadvmod", "nn"];
/// Words for whoever it may be.
const ANYBODY: &[&str] = &["anyone", "anybody", "someone", "somebody", "everyone", "everybody"];
/// Nouns that say how much of the noun after "of" is meant: "a group of miners" are miners.
const MEASURES: &[&str] = &["group", "number", "part", "side", "state", "member", "team", "body", "series"];

impl Finder<'_, '_> {
    /// Descriptions whose nouns only the tables know, in order.
    pub(super) fn nouns(&mut self) -> Vec<Found> {
        let mut found = Vec::new();
        for word in 0..self.text.len() {
            let mention = self.title(word).or_else(|| self.noun(word));
            if let Some(mention) = mention {
                self.taken[mention.first..mention.end].fill(true);
                found.push(mention);
            }
        }
        found
    }

    /// "President X", "actress X": the noun right before the name of its bearer.
    fn title(&self, word: usize) -> Option<Found> {
        let next = word + 1;
        let noun = self.text.lower(word).trim_end_matches('.');
        if self.taken[word] || !self.persons.get(next).copied().unwrap_or(false) || !self.nouns.is_title(noun) {
            return None;
        }
        let mut mention = self.description(word, self.phrase_start(word), EntityType::Person, "head-noun:title");
        noun.clone_into(&mut mention.head);
        mention.definite = true;
        mention.gender = self.gender(noun);
        mention.quiet = true;
        Some(mention)
    }

    fn noun(&self, word: usize) -> Option<Found> {
        let syntax = self.syntax;
        let capital = self.text.is_capital(word) && !self.text.opens(word);
        if self.taken[word] || !syntax.is_noun(word) || capital {
            return None;
        }
        let (noun, sense) = self.sense(word)?;
        let modifies = MODIFIERS.contains(&syntax.dep(word)) && syntax.head(word).is_some_and(|head| head > word);
        let first = self.phrase_start(word);
        // "a bomb attack": with what, though it only stands before the noun.
        let of_event = || syntax.head(word).is_some_and(|head| self.frames.has_noun(self.text.lower(head)));
        let told = modifies && sense.subtype != Some("Weapon") && !(sense.kind == EntityType::Person && of_event());
        if told || !self.is_spoken_of(word, first, sense, &noun) {
            return None;
        }
        let plural = syntax.tag(word) == "NNS" || modifies;
        let kind = match sense.kind {
            EntityType::Person if plural => EntityType::PersonGroup,
            kind => kind,
        };
        let mut mention = self.description(word, first, kind, "head-noun:table");
        mention.definite = self.is_definite(first, word);
        mention.plural = plural || kind == EntityType::PersonGroup;
        mention.gender = self.gender(&noun);
        mention.head = noun;
        mention.subtype = sense.subtype.map(str::to_owned);
        // The reading of clauses knows sites and places by name; "anyone" is nobody.
        let social = matches!(kind, EntityType::Person | EntityType::PersonGroup | EntityType::Organization);
        mention.quiet = !social || ANYBODY.contains(&mention.head.as_str());
        Some(mention)
    }

    /// The dictionary form of a noun and what it calls.
    fn sense(&self, word: usize) -> Option<(String, Sense)> {
        let person = &self.lexicon.person;
        let spelled = self.text.lower(word);
        let lemma = self.syntax.lemma(word).to_lowercase();
        let known = self.nouns.sense(spelled).map(|sense| (spelled.to_owned(), sense));
        known.or_else(|| self.nouns.sense(&lemma).map(|sense| (lemma.clone(), sense))).or_else(|| {
            let social = person.singular.contains_key(&lemma) || self.lexicon.is_plural_person(spelled);
            social.then_some((
                lemma,
                Sense {
                    kind: EntityType::Person,
                    subtype: None,
                    wary: person.not_before_of.contains(spelled),
                    described: false,
                },
            ))
        })
    }

    /// Whether the noun speaks of somebody or something here, and not only of a kind: "the bar", not "at bar".
    fn is_spoken_of(&self, word: usize, first: usize, sense: Sense, noun: &str) -> bool {
        let plural = self.syntax.tag(word) == "NNS";
        let determined = self.syntax.child(word, &["det", "poss"]).is_some();
        let described = first < word;
        let of = self.text.lower(word + 1) == "of";
        if MEASURES.contains(&noun) && of {
            return false;
        }
        // "opposition figures", but "its figures"
        if sense.described {
            return self.syntax.child(word, &["amod", "compound", "nmod"]).is_some();
        }
        match sense.kind {
            // "rebel units", "houses were destroyed"
            _ if sense.wary => determined || plural && (described || self.is_acted_on(word)),
            EntityType::Person | EntityType::PersonGroup | EntityType::Product => true,
            EntityType::Organization => determined || plural || described || self.nouns.is_sole(noun),
            _ => determined || plural || described,
        }
    }

    /// Whether something is done to what the noun calls.
    fn is_acted_on(&self, word: usize) -> bool {
        let mut chain = std::iter::once(word).chain(self.syntax.above(word)).take(4);
        let first = chain.find(|&at| self.syntax.dep(at) != "conj");
        first.is_some_and(|at| matches!(self.syntax.dep(at), "dobj" | "nsubjpass"))
    }

    /// Bodies that say whose something is: "government forces", "pro-government". They are seen by coreference
    /// alone.
    pub(super) fn modifiers(&self) -> Vec<Found> {
        let sentences = self.text.sentences().iter();
        sentences
            .flat_map(|sentence| self.syntax.tokens_of(sentence))
            .filter_map(|(word, token)| self.modifier(word, token))
            .collect()
    }

    fn modifier(&self, word: usize, token: &Token) -> Option<Found> {
        let (text, syntax) = (self.text, self.syntax);
        let written = text.slice(token.span).to_lowercase();
        if !self.nouns.is_sole(&written) {
            return None;
        }
        let part = token.span != text.span(word, word + 1) && text.word(word).contains('-');
        let capital = text.is_capital(word) && !text.opens(word);
        let before_noun = syntax.is_noun(word)
            && MODIFIERS.contains(&syntax.dep(word))
            && syntax.head(word).is_some_and(|head| head > word && !text.is_capital(head));
        if capital || !(part || before_noun) {
            return None;
        }
        let mut mention = self.description(word, word, EntityType::Organization, "modifier:organization");
        mention.exact = part.then_some(token.span);
        mention.head = written;
        mention.quiet = true;
        Some(mention)
    }

    fn description(&self, head: usize, first: usize, kind: EntityType, rule: &'static str) -> Found {
        let mut mention = Found::new(first, head + 1, kind, rule, 0.6);
        mention.form = MentionForm::Nominal;
        mention.head_word = head;
        let pronoun = first.checked_sub(1).filter(|&at| self.owns(at));
        mention.exact = pronoun.map(|at| self.text.span(at, head + 1));
        mention
    }

    /// The gender of those whom a noun calls.
    fn gender(&self, noun: &str) -> Option<char> {
        let known = self.lexicon.person.singular.get(noun).and_then(|gender| gender.chars().next());
        known.filter(|gender| *gender != '-').or_else(|| {
            let feminine = noun.ends_with("woman") || noun.ends_with("ess") && noun != "witness";
            let masculine = noun.ends_with("man") && noun != "human";
            match noun {
                "lady" | "girlfriend" | "bride" | "queen" | "mum" | "mom" | "mama" | "grandma" => Some('f'),
                "gentleman" | "boyfriend" | "king" | "dad" | "daddy" | "papa" | "grandpa" | "guy" | "lad" => Some('m'),
                _ if feminine => Some('f'),
                _ => masculine.then_some('m'),
            }
        })
    }
}
