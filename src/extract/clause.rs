//! Which noun phrase is what to a trigger: a shallow reading of the words around it.
//!
//! No parser: voice by auxiliaries, the subject to the left, the object to the right, prepositions
//! by the noun that follows (the subject: `subject.rs`). Type constraints of the frames do the rest.

use super::lexicon::Lexicon;
use super::names::Found;
use super::text::Text;
use crate::model::{EntityType, MentionForm, Sentence, WordShape};

/// The document's mentions by token.
pub(super) struct Clause<'a, 't> {
    pub text: &'a Text<'t>,
    pub found: &'a [Found],
    pub lexicon: &'a Lexicon,
    /// Token → the widest mention that covers it.
    at: Vec<Option<usize>>,
}

/// Members of one list that are read at most.
const LONGEST_LIST: usize = 40;

/// Words over which an object is found: "seized large areas of Syria, including the key cities of Aleppo".
const TRANSPARENT: &[&str] = &[
    "of",
    "the",
    "city",
    "cities",
    "town",
    "towns",
    "key",
    "major",
    "areas",
    "parts",
    "large",
    "swathes",
    "strategic",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "control",
    "capital",
    "country",
    "s",
    "’s",
    "'s",
    "a",
    "an",
    "his",
    "her",
    "their",
    "its",
    "former",
    "largest",
    "second",
    "third",
    "village",
    "nearby",
    "province",
    "historic",
    "ancient",
    "up",
    "to",
    "about",
    "around",
    "more",
    "than",
    "over",
    "some",
    "at",
    "least",
    "many",
    "scores",
    "hundreds",
    "thousands",
    "dozens",
    "tens",
    "all",
    "both",
    "now",
    "also",
    "neighbouring",
    "neighboring",
    "infamous",
    "notorious",
    "“",
    "”",
    "‘",
    "’",
    "\"",
];
const BOUNDARY: &[&str] = &[
    ";", ":", "“", "”", "\"", "who", "which", "that", "while", "because", "when", "where", "but", "before", "after",
    "although", "though", "since", "until", "as",
];
pub(super) const PREPOSITIONS: &[&str] = &[
    "off",
    "onto",
    "toward",
    "towards",
    "behind",
    "beyond",
    "during",
    "despite",
    "alongside",
    "along",
    "within",
    "throughout",
    "upon",
    "amid",
    "regarding",
    "including",
    "in",
    "of",
    "at",
    "from",
    "by",
    "with",
    "to",
    "for",
    "on",
    "under",
    "inside",
    "near",
    "across",
    "against",
    "into",
    "over",
    "outside",
    "among",
    "between",
    "through",
    "without",
    "about",
    "via",
    "around",
    "citing",
    "quoting",
];

impl<'a, 't> Clause<'a, 't> {
    pub fn new(text: &'a Text<'t>, found: &'a [Found], lexicon: &'a Lexicon) -> Self {
        let mut at = vec![None; text.len()];
        let mut order: Vec<usize> = (0..found.len()).filter(|&index| !found[index].quiet).collect();
        order.sort_by_key(|&index| (found[index].end - found[index].first, std::cmp::Reverse(index)));
        for index in order {
            at[found[index].first..found[index].end].fill(Some(index));
        }
        Self { text, found, lexicon, at }
    }

    /// The widest mention that covers a token.
    pub fn mention(&self, token: usize) -> Option<usize> {
        self.at.get(token).copied().flatten()
    }

    /// Whether a mention is of one of `types`.
    pub fn fits(&self, mention: usize, types: &[EntityType]) -> bool {
        types.contains(&self.found[mention].kind)
    }

    /// The first mention of one of `types` right after `token` (exclusive), over transparent words.
    pub fn right(&self, token: usize, sentence: &Sentence, types: &[EntityType]) -> Option<usize> {
        let mut at = token;
        let mut steps = 0;
        while at < sentence.end && steps < 14 {
            if let Some(mention) = self.mention(at) {
                // "freed her brother": the brother, not her.
                if self.found[mention].possessive {
                    at += 1;
                    continue;
                }
                if self.fits(mention, types) {
                    return Some(mention);
                }
                at = self.found[mention].end.max(at + 1);
                // Past a mention of another type only over a list of parts: "…, including the cities of".
                let opens_list = self.text.word(at) == "," && self.text.lower(at + 1) == "including";
                let of_kind = matches!(self.text.lower(at), "’s" | "'s" | "of");
                if opens_list {
                    at += 2;
                } else if !of_kind {
                    return None;
                }
                steps += 1;
                continue;
            }
            let word = self.text.lower(at);
            let number = self.text.shape(at) == WordShape::Number;
            let adjective = self.text.shape(at) == WordShape::Lower
                && steps < 3
                && !PREPOSITIONS.contains(&word)
                && !BOUNDARY.contains(&word);
            // "took them off the road", "released a video of the man": the object is another thing.
            let other = matches!(word, "them" | "it" | "us" | "me" | "you" | "itself" | "themselves");
            let head_of = adjective && !TRANSPARENT.contains(&word) && self.text.lower(at + 1) == "of";
            if other || head_of || !(TRANSPARENT.contains(&word) || number || adjective) {
                return None;
            }
            at += 1;
            steps += 1;
        }
        None
    }

    /// Past "in Palmyra" after a site, where places are not what is listed.
    fn past_locative(&self, end: usize, types: &[EntityType]) -> usize {
        let place = (self.text.lower(end) == "in").then(|| self.mention(end + 1)).flatten();
        match place.filter(|&place| self.found[place].kind.is_geographic() && !types.contains(&self.found[place].kind))
        {
            Some(place) => self.found[place].end,
            None => end,
        }
    }

    /// The mention and those joined to it in a list, to the right and to the left, of the same types.
    /// People after a comma alone are no list ("said X, whose mother …", "left for X, Y said").
    pub fn coordinates(&self, mention: usize, types: &[EntityType], leftward: bool) -> Vec<usize> {
        let social =
            matches!(self.found[mention].kind, EntityType::Person | EntityType::PersonGroup | EntityType::Organization);
        let mut list = vec![mention];
        let mut sure = 1;
        let mut end = self.found[mention].end;
        while list.len() < LONGEST_LIST {
            let mut at = self.past_locative(end, types);
            let (mut joined, mut conjunction) = (false, false);
            let limit = at + 5;
            while at < self.text.len() && at < limit {
                match self.text.lower(at) {
                    "and" | "or" | "including" | "then" | "finally" => (joined, conjunction) = (true, true),
                    "," => joined = true,
                    "as" if self.text.lower(at + 1) == "well" => {
                        (joined, conjunction) = (true, true);
                        at += 2;
                    }
                    "in" | "at" | "from" | "the" | "both" | "of" | "cities" | "city" | "such" | "as" if joined => {}
                    _ => break,
                }
                at += 1;
            }
            match self.mention(at) {
                Some(next)
                    if joined
                        && self.found[next].first == at
                        && self.fits(next, types)
                        && self.text.lower(at) != "whose"
                        && self.found[next].form != MentionForm::Pronoun
                        && !list.contains(&next) =>
                {
                    list.push(next);
                    end = self.found[next].end;
                    if conjunction || !social {
                        sure = list.len();
                    }
                }
                _ => break,
            }
        }
        list.truncate(sure);
        if leftward {
            let mut first = self.found[mention].first;
            let mut conjunction = !social;
            while let Some(joint) = first.checked_sub(1).filter(|&at| matches!(self.text.lower(at), "and" | "," | "or"))
            {
                conjunction |= self.text.word(joint) != ",";
                match joint.checked_sub(1).and_then(|at| self.mention(at)) {
                    Some(previous)
                        if conjunction
                            && list.len() < LONGEST_LIST
                            && self.fits(previous, types)
                            && self.found[previous].form != MentionForm::Pronoun
                            && self.found[previous].end == joint
                            && !list.contains(&previous) =>
                    {
                        list.push(previous);
                        first = self.found[previous].first;
                    }
                    _ => break,
                }
            }
        }
        list
    }
}
