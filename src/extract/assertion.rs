//! Whether what a word names is said to have happened: polarity and modality.
//!
//! Words of the event's own verb come first (negation, modal, adverb), then those that govern it, upwards as far as
//! they complete each other: "could not establish where he was killed" denies the establishing, not the killing;
//! "refused an order to bomb" denies the bombing. The words are data (`data/lexicon/assertion.toml`). The idea is that
//! of implicative and factive verbs (Karttunen 1971; Saurí and Pustejovsky 2009, FactBank).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::syntax::Syntax;
use super::text::Text;
use crate::model::{Modality, Polarity};

/// Steps up from an event that are looked at.
const HIGHEST: usize = 8;

/// What a governing word makes of what completes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Negative,
    Denied,
    Averted,
    Planned,
    Hypothetical,
    Doubtful,
    Factual,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Negation {
    words: HashSet<String>,
    determiners: HashSet<String>,
    prepositions: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Modal {
    planned: HashSet<String>,
    hypothetical: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Doubt {
    adverbs: HashSet<String>,
    adjectives: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Supposition {
    markers: HashSet<String>,
    past_is_fact: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Governor {
    negative: Vec<String>,
    denied: Vec<String>,
    averted: Vec<String>,
    planned: Vec<String>,
    hypothetical: Vec<String>,
    doubtful: Vec<String>,
    factual: Vec<String>,
    passive_only: HashSet<String>,
    infinitive_only: HashSet<String>,
    open_if_negated: HashSet<String>,
    shows: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    negation: Negation,
    modal: Modal,
    doubt: Doubt,
    supposition: Supposition,
    governor: Governor,
}

/// The words of `data/lexicon/assertion.toml`.
struct Words {
    file: File,
    effects: HashMap<String, Effect>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let file: File =
        toml::from_str(include_str!("../../data/lexicon/assertion.toml")).expect("a test reads the embedded words");
    let mut effects = HashMap::new();
    let governor = &file.governor;
    for (words, effect) in [
        (&governor.negative, Effect::Negative),
        (&governor.denied, Effect::Denied),
        (&governor.averted, Effect::Averted),
        (&governor.planned, Effect::Planned),
        (&governor.doubtful, Effect::Doubtful),
        (&governor.hypothetical, Effect::Hypothetical),
        (&governor.factual, Effect::Factual),
    ] {
        for word in words {
            effects.entry(word.clone()).or_insert(effect);
        }
    }
    Words { file, effects }
});

/// Whether what the word at `word` names is said to be so, and in which way.
pub(super) fn of(text: &Text<'_>, word: usize) -> (Polarity, Modality) {
    Reading { text, syntax: &text.syntax, words: &WORDS }.of(word)
}

struct Reading<'a, 't> {
    text: &'a Text<'t>,
    syntax: &'a Syntax<'t>,
    words: &'a Words,
}

/// What has been found so far on the way up.
#[derive(Default)]
struct Found {
    negative: bool,
    modality: Option<Modality>,
}

impl Found {
    fn set(&mut self, modality: Modality) {
        self.modality.get_or_insert(modality);
    }
}

impl Reading<'_, '_> {
    fn of(&self, word: usize) -> (Polarity, Modality) {
        let mut found = Found::default();
        let mut at = word;
        let mut inside = true;
        for _ in 0..HIGHEST {
            if inside {
                self.own(at, at == word, &mut found);
            }
            let Some(head) = self.syntax.head(at) else { break };
            match self.step(at, head, &mut found) {
                Step::Stop => break,
                Step::Up { shares } => inside = shares,
            }
            at = head;
        }
        let sentence = &self.text.sentences()[self.text.sentence_of(word)];
        if self.text.word(sentence.end - 1) == "?" {
            found.set(Modality::Hypothetical);
        }
        // "Free the prisoners!"
        let bare = self.syntax.tag(at) == "VB" && self.syntax.head(at).is_none();
        if bare && self.syntax.child(at, &["nsubj", "nsubjpass", "aux", "auxpass"]).is_none() {
            found.set(Modality::Hypothetical);
        }
        let polarity = if found.negative { Polarity::Negative } else { Polarity::Positive };
        (polarity, found.modality.unwrap_or(Modality::Actual))
    }

    /// What the words that belong to `at` say of it: "not", "will", "reportedly", "no".
    fn own(&self, at: usize, itself: bool, found: &mut Found) {
        let (text, syntax, file) = (self.text, self.syntax, &self.words.file);
        let verb = syntax.is_verb(at);
        for &child in syntax.children(at) {
            let word = text.lower(child);
            let lemma = syntax.lemma(child);
            match syntax.dep(child) {
                "neg" => found.negative = true,
                "advmod" | "preconj" if file.negation.words.contains(word) && child < at => found.negative = true,
                // "did n't" as one word
                "aux" | "auxpass" if word.ends_with("n't") || word.ends_with("n’t") || word == "cannot" => {
                    found.negative = true;
                }
                "det" if !verb && file.negation.determiners.contains(word) => found.negative = true,
                "nsubj" | "nsubjpass" | "dobj" if verb && self.is_nobody(child) => found.negative = true,
                "amod" if !verb && itself => match self.words.effects.get(word) {
                    _ if file.doubt.adjectives.contains(word) => found.set(Modality::ReportedDoubtful),
                    Some(Effect::Averted) => found.set(Modality::Averted),
                    Some(Effect::Planned) => found.set(Modality::Planned),
                    _ => {}
                },
                _ => {}
            }
            if syntax.dep(child) == "aux" && verb {
                if file.modal.planned.contains(word) {
                    found.set(Modality::Planned);
                } else if file.modal.hypothetical.contains(word) || file.modal.hypothetical.contains(lemma) {
                    found.set(Modality::Hypothetical);
                }
            }
            if syntax.dep(child) == "advmod" && file.doubt.adverbs.contains(word) {
                found.set(Modality::ReportedDoubtful);
            }
            if syntax.dep(child) == "mark" && file.supposition.markers.contains(word) {
                let past = file.supposition.past_is_fact.contains(word) && self.is_past(at);
                if !past {
                    found.set(Modality::Hypothetical);
                }
            }
            // "once arrested" stands as an adverb, "whether" too.
            if syntax.dep(child) == "advmod" && matches!(word, "whether" | "if") {
                found.set(Modality::Hypothetical);
            }
        }
    }

    /// "nobody", "no prisoner", "none of the men".
    fn is_nobody(&self, noun: usize) -> bool {
        let nobody = &self.words.file.negation.determiners;
        nobody.contains(self.text.lower(noun))
            || self.syntax.dependents(noun, &["det"]).any(|child| nobody.contains(self.text.lower(child)))
    }

    fn is_past(&self, verb: usize) -> bool {
        matches!(self.syntax.tag(verb), "VBD")
            || self.syntax.dependents(verb, &["aux", "auxpass"]).any(|aux| self.syntax.tag(aux) == "VBD")
    }

    /// What `head` makes of `at`, which it governs.
    fn step(&self, at: usize, head: usize, found: &mut Found) -> Step {
        let (syntax, file) = (self.syntax, &self.words.file);
        let infinitive = syntax.dependents(at, &["aux"]).any(|aux| syntax.tag(aux) == "TO");
        match syntax.dep(at) {
            "xcomp" | "ccomp" | "acomp" | "oprd" | "pcomp" | "dobj" | "pobj" | "nsubj" | "nsubjpass" | "attr" => {
                let relation = syntax.dep(at);
                if matches!(syntax.tag(head), "IN" | "TO" | "RB" | "RP") {
                    if file.negation.prepositions.contains(self.text.lower(head)) {
                        found.negative = true;
                        return Step::Stop;
                    }
                    // A preposition passes on what its own governor says: "accused of", "fear of", "away from".
                    return Step::Up { shares: false };
                }
                self.governed(head, relation, infinitive, found)
            }
            "prep" | "agent" => {
                let lemma = syntax.lemma(at);
                let holds =
                    matches!(lemma, "of" | "to" | "for" | "from" | "with" | "against" | "about" | "on" | "in" | "away");
                if !holds {
                    return Step::Stop;
                }
                let effect = self.effect(head, if lemma == "to" { "to" } else { "prep" });
                match effect {
                    // "killed in the attempt", "arrested in the plot": what completes a word stands after "of", "to", "for".
                    Some(_) if lemma == "in" || lemma == "on" => {
                        let charged = matches!(effect, Some(Effect::Doubtful)) && syntax.is_verb(head);
                        if charged { self.apply(effect, head, found) } else { Step::Stop }
                    }
                    Some(_) => self.apply(effect, head, found),
                    None if matches!(syntax.tag(head), "RB" | "IN") => Step::Up { shares: false },
                    None => Step::Stop,
                }
            }
            "advmod" | "npadvmod" if matches!(syntax.tag(at), "RB" | "IN") => Step::Up { shares: false },
            "acl" => {
                // "appears to show a child being held": what is shown is as sure as that it is shown.
                if !infinitive {
                    let shown = syntax.dep(head) == "dobj"
                        && syntax
                            .head(head)
                            .is_some_and(|verb| self.words.file.governor.shows.contains(syntax.lemma(verb)));
                    return if shown { Step::Up { shares: false } } else { Step::Stop };
                }
                match self.effect(head, "acl") {
                    Some(Effect::Factual) => Step::Stop,
                    // "the first to be released" was; "an order to bomb" says nothing yet.
                    None if matches!(syntax.tag(head), "JJ" | "CD" | "RB") => Step::Stop,
                    // "refused an order to bomb"
                    Some(Effect::Planned | Effect::Hypothetical) | None => {
                        let above = syntax.head(head).filter(|_| syntax.dep(head) == "dobj");
                        match above.and_then(|verb| self.effect(verb, "dobj")) {
                            Some(Effect::Negative) => found.negative = true,
                            Some(Effect::Averted) => found.set(Modality::Averted),
                            _ if self.effect(head, "acl") == Some(Effect::Planned) => found.set(Modality::Planned),
                            _ => found.set(Modality::Hypothetical),
                        }
                        Step::Stop
                    }
                    effect => self.apply(effect, head, found),
                }
            }
            "advcl" => {
                let prevented = infinitive && !matches!(syntax.lemma(head), "live" | "wake" | "return" | "survive");
                // "came to arrest him": the purpose, not what was done.
                if prevented {
                    match self.effect(head, "advcl") {
                        Some(effect) if effect != Effect::Factual => return self.apply(Some(effect), head, found),
                        _ => found.set(Modality::Hypothetical),
                    }
                }
                Step::Stop
            }
            "conj" => {
                // "will be arrested and tried", "threatened to arrest and kill him": one auxiliary for both.
                let own = syntax.child(at, &["nsubj", "nsubjpass", "aux", "auxpass"]).is_some();
                let bare = matches!(syntax.tag(at), "VB" | "VBN" | "VBG" | "NN" | "NNS");
                let same = syntax.is_verb(at) == syntax.is_verb(head);
                if !own && bare && same && syntax.tag(at) == syntax.tag(head) {
                    Step::Up { shares: true }
                } else {
                    Step::Stop
                }
            }
            "compound" | "nmod" if !syntax.is_verb(head) => {
                let effect = self.effect(head, "compound");
                if effect.is_some() { self.apply(effect, head, found) } else { Step::Stop }
            }
            _ => Step::Stop,
        }
    }

    /// What the verb, adjective or noun `head` makes of what stands to it as `relation`.
    fn governed(&self, head: usize, relation: &str, infinitive: bool, found: &mut Found) -> Step {
        let syntax = self.syntax;
        let effect = self.effect(head, relation);
        let nominal = matches!(relation, "dobj" | "pobj" | "nsubj" | "nsubjpass" | "attr");
        if nominal {
            return match effect {
                // "arrests are expected", "the attack failed"; "fears of", but "the fear killed".
                Some(Effect::Doubtful) if relation.starts_with("nsubj") && !self.is_passive(head) => Step::Stop,
                Some(Effect::Negative | Effect::Averted | Effect::Planned) if relation == "nsubj" => {
                    if matches!(syntax.lemma(head), "fail") {
                        self.apply(Some(Effect::Averted), head, found)
                    } else {
                        Step::Stop
                    }
                }
                Some(effect) => self.apply(Some(effect), head, found),
                None if relation == "attr" => Step::Up { shares: true },
                // "no arrests were made": the verb of the noun is denied, or supposed.
                None => {
                    self.own(head, false, found);
                    Step::Stop
                }
            };
        }
        match effect {
            Some(effect) => self.apply(Some(effect), head, found),
            // "was to be executed"
            None if relation == "xcomp" && infinitive && syntax.lemma(head) == "be" => {
                found.set(Modality::Planned);
                Step::Stop
            }
            // "saw that he was killed": a clause of its own is told, whoever tells it.
            None if relation == "ccomp" && !infinitive => Step::Stop,
            None => Step::Up { shares: true },
        }
    }

    /// The effect of a governing word, if it has one in this relation.
    fn effect(&self, head: usize, relation: &str) -> Option<Effect> {
        let (syntax, words) = (self.syntax, self.words);
        let lemma = syntax.lemma(head).to_lowercase();
        let effect = words.effects.get(&lemma).or_else(|| words.effects.get(self.text.lower(head))).copied()?;
        let negated = syntax.children(head).iter().any(|&child| {
            syntax.dep(child) == "neg"
                || self.text.lower(child).ends_with("n't")
                || self.text.lower(child).ends_with("n’t")
        });
        if negated && words.file.governor.open_if_negated.contains(&lemma) && relation == "ccomp" {
            return Some(Effect::Doubtful);
        }
        if words.file.governor.infinitive_only.contains(&lemma)
            && syntax.is_verb(head)
            && (matches!(relation, "ccomp" | "advcl" | "prep") || relation == "dobj" && self.is_also_factual(&lemma))
        {
            return None;
        }
        let limited = words.file.governor.passive_only.contains(&lemma) && syntax.is_verb(head);
        if limited && !self.is_passive(head) && relation != "xcomp" {
            return None;
        }
        Some(effect)
    }

    /// Whether a governor that announces before an infinitive speaks of what happened before a noun: "condemned to be
    /// hanged", but "condemned the killing".
    fn is_also_factual(&self, lemma: &str) -> bool {
        self.words.file.governor.factual.iter().any(|word| word == lemma)
    }

    fn is_passive(&self, verb: usize) -> bool {
        self.syntax.child(verb, &["auxpass", "nsubjpass"]).is_some()
            || (self.syntax.tag(verb) == "VBN" && self.syntax.child(verb, &["aux", "dobj"]).is_none())
    }

    fn apply(&self, effect: Option<Effect>, head: usize, found: &mut Found) -> Step {
        // "did not refuse", "never managed": what denies the governor turns it round.
        let mut above = Found::default();
        self.own(head, false, &mut above);
        match effect {
            Some(Effect::Negative) => found.negative ^= !above.negative,
            // What is denied keeps its polarity: that the source denies it is told by the attribution's stance.
            Some(Effect::Denied) if above.negative => {}
            Some(Effect::Denied) => found.set(Modality::ReportedDoubtful),
            Some(Effect::Averted) => found.set(if above.negative { Modality::Actual } else { Modality::Averted }),
            Some(Effect::Planned) => found.set(Modality::Planned),
            Some(Effect::Hypothetical) => found.set(Modality::Hypothetical),
            Some(Effect::Doubtful) => found.set(Modality::ReportedDoubtful),
            Some(Effect::Factual) => {
                let lemma = self.syntax.lemma(head);
                if self.words.file.governor.shows.contains(lemma) {
                    return Step::Up { shares: false };
                }
                found.negative ^= above.negative && !self.words.file.governor.open_if_negated.contains(lemma);
                if let Some(modality) = above.modality {
                    found.set(modality);
                }
            }
            None => {}
        }
        Step::Stop
    }
}

/// Where to look next.
enum Step {
    Stop,
    /// At the governor; `shares` if its own words speak of what it governs too.
    Up {
        shares: bool,
    },
}
