//! What is said to have happened to those who are counted: killed, held, freed, missing.
//!
//! It is read from the noun itself ("detainees"), the words before it ("12 missing men"), what hangs on it
//! ("people held in custody", "who are under arrest or disappeared") and the verb whose subject or object it
//! is. An event that stands on one of these words is the one that the figure measures.

use super::Finder;
use super::number::Number;
use super::unit::Counted;
use super::words::Table;
use crate::model::Sentence;

/// Verbs joined to each other that are followed at most.
const DEEPEST: usize = 5;

/// Classes of events, each once, in the order found, and the event that is measured.
#[derive(Debug, Default)]
pub(super) struct States {
    pub kinds: Vec<String>,
    pub event: Option<usize>,
    /// Whether a clause tells it, and not only the noun and the words before it.
    pub told: bool,
}

/// What the counted are to a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Subject,
    Object,
}

impl Finder<'_, '_> {
    pub(super) fn states(&self, counted: &Counted, number: &Number, sentence: &Sentence) -> States {
        let mut states = States::default();
        for noun in counted.noun.into_iter().chain(counted.subject) {
            self.of_noun(noun, &mut states);
        }
        let before = states.kinds.len();
        self.of_clause(counted.head, number, &mut states);
        if let Some(subject) = counted.subject {
            self.of_clause(subject, number, &mut states);
        }
        // "136,614 people, including 12 women who are held": a clause behind the parts may be said of the whole.
        if let Some(noun) = counted.noun.filter(|noun| sentence.words().contains(noun)) {
            self.behind_parts(noun, &mut states);
        }
        states.told |= states.kinds.len() > before;
        states
    }

    fn of_noun(&self, noun: usize, states: &mut States) {
        let (text, syntax, words) = (self.text, &self.text.syntax, &self.words.states);
        let lemma = syntax.lemma(noun).to_lowercase();
        self.table(&words.people, &lemma, None, states);
        self.table(&words.events, &lemma, Some(noun), states);
        if self.words.unit.people.contains(text.lower(noun)) {
            self.table(&words.adjectives, text.lower(noun), Some(noun), states);
            states.told |= !states.kinds.is_empty();
            // "136,614 detained or forcibly disappeared"
            for joined in syntax
                .dependents(noun, &["conj"])
                .filter(|&joined| syntax.dependents(joined, &["nummod"]).next().is_none())
            {
                self.predicate(joined, states, 0);
            }
        }
        for &child in syntax.children(noun) {
            match syntax.dep(child) {
                "amod" | "compound" | "nmod" => self.table(&words.adjectives, text.lower(child), Some(child), states),
                "acl" | "relcl" | "advcl" if child > noun => {
                    let before = states.kinds.len();
                    self.predicate(child, states, 0);
                    states.told |= states.kinds.len() > before;
                }
                "prep" => {
                    self.phrase(child, states);
                    // "under arrest or forcibly disappeared"
                    for joined in syntax.dependents(child, &["conj"]) {
                        self.predicate(joined, states, 0);
                    }
                }
                _ => {}
            }
        }
    }

    /// What the verb says of which the noun is subject or object, and of what "of" joins it to.
    fn of_clause(&self, noun: usize, number: &Number, states: &mut States) {
        let (text, syntax) = (self.text, &self.text.syntax);
        let mut at = noun;
        for _ in 0..DEEPEST {
            match syntax.head(at).filter(|_| matches!(syntax.dep(at), "conj" | "appos")) {
                Some(head) if !syntax.is_verb(head) => at = head,
                _ => break,
            }
        }
        let Some(head) = syntax.head(at) else {
            // "45 dead", a heading without a verb.
            self.predicate_beside(number, states);
            return;
        };
        let part = match syntax.dep(at) {
            "nsubjpass" => Part::Object,
            "dobj" => Part::Object,
            "nsubj" => Part::Subject,
            // "by the army and the 27 students were freed": taken for one of those before, and yet the subject.
            _ if at != noun && self.before_passive(noun).is_some() => {
                if let Some(verb) = self.before_passive(noun) {
                    self.verb(verb, Part::Object, states, 0);
                }
                return;
            }
            "pobj" if text.lower(head) == "of" || text.lower(head) == "among" => {
                // "the arrest of 20 people", "was among the 20 prisoners freed"
                let own = syntax.lemma(noun).to_lowercase();
                let person = !self.words.states.events.contains_key(&own);
                if let Some(event) = syntax.head(head).filter(|&event| person && syntax.is_noun(event)) {
                    let lemma = syntax.lemma(event).to_lowercase();
                    self.table(&self.words.states.events, &lemma, Some(event), states);
                }
                return;
            }
            _ => return,
        };
        let passive = syntax.dep(at) == "nsubjpass" || syntax.tag(head) == "VBN" && self.is_bare_participle(head);
        let part = if passive { Part::Object } else { part };
        self.verb(head, part, states, 0);
    }

    /// The passive verb whose auxiliary stands right behind a noun, if it has no subject of its own.
    fn before_passive(&self, noun: usize) -> Option<usize> {
        let syntax = &self.text.syntax;
        let verb = syntax.head(noun + 1).filter(|_| syntax.dep(noun + 1) == "auxpass")?;
        (verb > noun && syntax.child(verb, &["nsubjpass", "nsubj"]).is_none()).then_some(verb)
    }

    /// "12 killed and 30 wounded": a participle without auxiliary whose subject the number seems to be.
    fn is_bare_participle(&self, verb: usize) -> bool {
        self.text.syntax.child(verb, &["aux", "auxpass", "dobj"]).is_none()
    }

    /// What a verb tells of its subject or object, and the verbs joined to it.
    fn verb(&self, verb: usize, part: Part, states: &mut States, depth: usize) {
        let (syntax, words) = (&self.text.syntax, &self.words.states);
        if depth > DEEPEST || syntax.child(verb, &["neg"]).is_some() {
            return;
        }
        let table = if part == Part::Object { &words.object } else { &words.subject };
        let lemma = syntax.lemma(verb);
        self.table(table, lemma, Some(verb), states);
        if part == Part::Subject && words.suffering.contains(lemma) {
            for object in syntax.dependents(verb, &["dobj"]) {
                self.table(&words.events, &syntax.lemma(object).to_lowercase(), Some(object), states);
            }
        }
        let light = words.light.contains(lemma);
        if light {
            self.complements(verb, states, depth);
        }
        let passive = syntax.child(verb, &["auxpass", "nsubjpass"]).is_some();
        for joined in syntax.dependents(verb, &["conj"]) {
            if syntax.child(joined, &["nsubj", "nsubjpass", "expl"]).is_some() {
                continue;
            }
            // "were arrested and tortured" shares the voice, "were arrested and died" does not; of an object only
            // what is done to it goes on: "killed 20 people and fled".
            let object = syntax.child(joined, &["dobj"]).is_some();
            match part {
                // "were executed or died"
                Part::Object if passive && !object && words.subject.contains_key(syntax.lemma(joined)) => {
                    self.verb(joined, Part::Subject, states, depth + 1)
                }
                Part::Object if syntax.tag(joined) == "VBN" && !object => {
                    self.verb(joined, Part::Object, states, depth + 1)
                }
                Part::Subject if !object => self.verb(joined, Part::Subject, states, depth + 1),
                _ => {}
            }
        }
        self.phrases_at(verb, states);
    }

    /// "were found dead", "are believed to have died", "remain in custody".
    fn complements(&self, verb: usize, states: &mut States, depth: usize) {
        let (text, syntax, words) = (self.text, &self.text.syntax, &self.words.states);
        if depth > DEEPEST {
            return;
        }
        for &child in syntax.children(verb) {
            match syntax.dep(child) {
                "acomp" | "oprd" | "attr" | "advmod" | "amod" | "ccomp" | "xcomp" | "conj"
                    if !syntax.is_verb(child) =>
                {
                    self.table(&words.adjectives, text.lower(child), Some(child), states);
                    self.phrases_at(child, states);
                    self.complements(child, states, depth + 1);
                }
                "xcomp" | "oprd" | "acomp" | "advcl" => {
                    let passive = syntax.child(child, &["auxpass"]).is_some()
                        || syntax.tag(child) == "VBN" && self.is_bare_participle(child);
                    self.verb(child, if passive { Part::Object } else { Part::Subject }, states, depth + 1);
                }
                "prep" => {
                    self.phrase(child, states);
                    for joined in syntax.dependents(child, &["conj"]) {
                        self.predicate(joined, states, depth + 1);
                    }
                }
                "conj" if syntax.child(child, &["nsubj", "nsubjpass"]).is_none() => {
                    self.predicate(child, states, depth + 1)
                }
                _ => {}
            }
        }
    }

    /// "people detained", "who were killed", "who are under arrest or disappeared": what hangs on a noun.
    fn predicate(&self, word: usize, states: &mut States, depth: usize) {
        let (text, syntax, words) = (self.text, &self.text.syntax, &self.words.states);
        if depth > DEEPEST {
            return;
        }
        if !syntax.is_verb(word) {
            self.table(&words.adjectives, text.lower(word), Some(word), states);
            self.phrase(word, states);
            return;
        }
        // "people the army arrested": those who did it stand before the verb.
        let subject = syntax.child(word, &["nsubj"]);
        let own = subject.is_none_or(|subject| matches!(text.lower(subject), "who" | "which" | "that"));
        let passive = syntax.child(word, &["auxpass", "nsubjpass"]).is_some()
            || syntax.tag(word) == "VBN" && syntax.child(word, &["aux"]).is_none();
        self.verb(word, if passive || !own { Part::Object } else { Part::Subject }, states, depth);
    }

    /// A participle right behind the number: "45 dead", "12 killed".
    fn predicate_beside(&self, number: &Number, states: &mut States) {
        let next = self.text.lower(number.end);
        self.table(&self.words.states.adjectives, next, Some(number.end), states);
    }

    /// A clause behind the parts of a whole that tells what is said of the whole as well.
    fn behind_parts(&self, noun: usize, states: &mut States) {
        let (text, syntax) = (self.text, &self.text.syntax);
        let including = |&at: &usize| at > noun && self.words.part.including.contains(text.lower(at));
        let Some(including) = syntax.children(noun).iter().copied().find(including) else { return };
        let Some(mut part) = syntax.child(including, &["pobj"]) else { return };
        for _ in 0..DEEPEST {
            let Some(next) = syntax.dependents(part, &["conj"]).find(|&next| syntax.is_noun(next)) else { break };
            part = next;
        }
        let mut behind = States::default();
        for clause in syntax.dependents(part, &["relcl"]) {
            self.predicate(clause, &mut behind, 0);
        }
        // "120 killed, including 5 children who had been abducted" says nothing of the 120.
        if behind.kinds.iter().any(|kind| states.kinds.contains(kind)) {
            for kind in behind.kinds {
                add(states, kind);
            }
            states.event = states.event.or(behind.event);
        }
    }

    /// "in Syrian custody", "under arrest", "behind bars": a preposition with its noun.
    fn phrase(&self, preposition: usize, states: &mut States) {
        let (text, syntax) = (self.text, &self.text.syntax);
        self.phrases_at(preposition, states);
        let Some(object) = syntax.child(preposition, &["pobj"]) else { return };
        let known = self.words.states.phrases.get(text.lower(preposition)).map_or(&[][..], Vec::as_slice);
        for (_, class) in known.iter().filter(|(words, _)| words.len() == 2 && words[1] == text.lower(object)) {
            add(states, class.clone());
            states.event = states.event.or(self.events_at[object]);
        }
    }

    /// Fixed phrases that begin at a word or right before it.
    fn phrases_at(&self, word: usize, states: &mut States) {
        for start in word.saturating_sub(1)..=word {
            let Some(known) = self.words.states.phrases.get(self.text.lower(start)) else { continue };
            for (words, class) in
                known.iter().filter(|(words, _)| start + words.len() > word && self.text.has(start, words))
            {
                add(states, class.clone());
                states.event = states.event.or((start..start + words.len()).find_map(|at| self.event_at(at)));
            }
        }
    }

    fn event_at(&self, word: usize) -> Option<usize> {
        self.events_at.get(word).copied().flatten()
    }

    /// Adds what a table says of `lemma`; the event that stands at `word` says it better.
    fn table(&self, table: &Table, lemma: &str, word: Option<usize>, states: &mut States) {
        let event = word.and_then(|word| self.event_at(word));
        let Some(classes) = table.get(lemma) else { return };
        match event {
            Some(event) => {
                add(states, self.events[event].kind.clone());
                states.event = states.event.or(Some(event));
            }
            None => classes.iter().for_each(|class| add(states, class.clone())),
        }
    }
}

fn add(states: &mut States, kind: String) {
    if !states.kinds.contains(&kind) {
        states.kinds.push(kind);
    }
}
