//! Who takes part in what a verb tells: its subject and object, also where another clause holds them.
//!
//! The words that a verb governs come first. Where it has no subject of its own, the grammar says whose it shares: that
//! of the verb it is joined to ("was arrested and held"), that of the verb that governs its infinitive or participle
//! ("accused of killing", "after refusing"), or the noun that it describes ("women imprisoned in").

use crate::extract::syntax::Syntax;

/// Steps from one clause to the one that holds its subject.
const FARTHEST: usize = 8;
/// Relations of a subject.
const SUBJECTS: &[&str] = &["nsubj", "nsubjpass"];
/// Verbs whose own subject does what their complement says, though they have an object: "promised them to release".
const SUBJECT_CONTROL: &[&str] = &["promise", "vow", "threaten", "swear"];
/// Prepositions after which a gerund tells of the object of the verb before: "accused him of killing".
const OBJECT_CONTROL: &[&str] = &["of", "with", "from", "for", "into"];

/// Answers about the verbs of one text.
#[derive(Clone, Copy)]
pub(super) struct Participants<'a, 't> {
    pub syntax: &'a Syntax<'t>,
}

impl Participants<'_, '_> {
    /// Whether the verb at `word` says what is done to its subject: "was arrested", "women imprisoned in".
    pub fn is_passive(self, word: usize) -> bool {
        let syntax = self.syntax;
        let mut at = word;
        for _ in 0..FARTHEST {
            if syntax.child(at, &["auxpass", "nsubjpass", "agent"]).is_some() {
                return true;
            }
            if syntax.child(at, &["dobj"]).is_some()
                || syntax.dependents(at, &["aux"]).any(|aux| syntax.tag(aux) != "TO")
            {
                return false;
            }
            // "women imprisoned in the camp are …": a participle is no finite verb, whatever the parser makes of it.
            if syntax.child(at, &["nsubj"]).is_some() {
                return syntax.tag(at) == "VBN";
            }
            if !matches!(syntax.tag(at), "VBN" | "VBD" | "JJ") {
                return false;
            }
            match (syntax.dep(at), syntax.head(at)) {
                ("acl" | "amod", _) => return true,
                ("advcl" | "oprd" | "xcomp" | "acomp" | "pcomp", _) => return syntax.tag(at) == "VBN",
                // "was arrested and jailed": the auxiliary serves both.
                ("conj", Some(head)) if syntax.is_verb(head) => at = head,
                _ => return false,
            }
        }
        false
    }

    /// The understood subject of the verb at `word`, whatever its voice; a relative pronoun stands for its noun.
    pub fn subject(self, word: usize) -> Option<usize> {
        let syntax = self.syntax;
        let mut at = word;
        for _ in 0..FARTHEST {
            if let Some(subject) = syntax.child(at, SUBJECTS) {
                return Some(self.antecedent(subject).unwrap_or(subject));
            }
            let head = syntax.head(at)?;
            match syntax.dep(at) {
                "conj" | "dep" if !syntax.is_noun(head) => at = head,
                "xcomp" | "oprd" | "advcl" | "acomp" | "attr" | "ccomp" | "aux" | "auxpass" => {
                    let finite = matches!(syntax.tag(at), "VBD" | "VBZ" | "VBP");
                    if matches!(syntax.dep(at), "ccomp" | "advcl") && finite {
                        return None;
                    }
                    let object = syntax.child(head, &["dobj"]).filter(|_| {
                        matches!(syntax.dep(at), "xcomp" | "oprd" | "ccomp")
                            && !SUBJECT_CONTROL.contains(&syntax.lemma(head))
                    });
                    if object.is_some() {
                        return object;
                    }
                    at = head;
                }
                "pcomp" => {
                    let governor = syntax.head(head)?;
                    // "the arrest of two soldiers for killing": the soldiers.
                    let arrested = syntax.is_noun(governor).then(|| {
                        let of = syntax.dependents(governor, &["prep"]).find(|&prep| syntax.lemma(prep) == "of");
                        of.and_then(|of| syntax.child(of, &["pobj"]))
                    });
                    if let Some(Some(arrested)) = arrested.filter(|_| OBJECT_CONTROL.contains(&syntax.lemma(head))) {
                        return Some(arrested);
                    }
                    let held = OBJECT_CONTROL.contains(&syntax.lemma(head));
                    let object = syntax.child(governor, &["dobj"]).filter(|_| held && syntax.is_verb(governor));
                    if object.is_some() {
                        return object;
                    }
                    at = governor;
                }
                // "were hours away from being executed", "is responsible for killing"
                "prep" | "advmod" | "npadvmod" if !syntax.is_verb(at) => at = head,
                // "an order to bomb": whoever got it; "women imprisoned in": the women.
                "acl" if self.is_infinitive(at) => at = self.clause_of(head)?,
                "acl" | "relcl" | "amod" => return Some(head),
                _ => return None,
            }
        }
        None
    }

    /// The noun before the one that a participle or relative clause is hung on: "those held under the regime being freed".
    /// Which noun of such a chain is meant the grammar leaves open; the reader of roles asks what fits.
    pub fn noun_before(self, noun: usize) -> Option<usize> {
        let syntax = self.syntax;
        let preposition = syntax.head(noun).filter(|_| syntax.dep(noun) == "pobj")?;
        let head = syntax.head(preposition)?;
        if !syntax.is_verb(head) {
            return Some(head);
        }
        match syntax.dep(head) {
            "acl" | "relcl" => syntax.head(head),
            _ => None,
        }
    }

    /// Who does it, as far as the verb's grammar says: its subject, or "by …" where it is passive.
    pub fn logical_subject(self, word: usize, passive: bool) -> Option<usize> {
        if !passive {
            return self.subject(word).filter(|&subject| !self.is_gap_object(word, subject));
        }
        let syntax = self.syntax;
        let by = syntax
            .child(word, &["agent"])
            .or_else(|| syntax.dependents(word, &["prep"]).find(|&prep| syntax.lemma(prep) == "by"))?;
        syntax.child(by, &["pobj"])
    }

    /// To whom or what it is done: the object, or the subject where the verb is passive.
    pub fn logical_object(self, word: usize, passive: bool) -> Option<usize> {
        let syntax = self.syntax;
        if passive {
            return self.subject(word);
        }
        if let Some(object) = syntax.child(word, &["dobj"]) {
            return Some(self.antecedent(object).unwrap_or(object));
        }
        // "the bombing of": a gerund that is used as a noun.
        if syntax.tag(word) == "VBG" {
            let of = syntax.dependents(word, &["prep"]).find(|&prep| syntax.lemma(prep) == "of");
            if let Some(object) = of.and_then(|of| syntax.child(of, &["pobj"])) {
                return Some(object);
            }
        }
        // "the men they killed"
        if syntax.dep(word) == "relcl" && syntax.child(word, &["nsubj"]).is_some_and(|own| !self.is_relative(own)) {
            return syntax.head(word);
        }
        // "captured and killed two men": one object for both.
        let joined = syntax.dependents(word, &["conj"]).find(|&verb| syntax.is_verb(verb) && verb - word <= 3);
        joined.filter(|&verb| syntax.child(verb, SUBJECTS).is_none()).and_then(|verb| syntax.child(verb, &["dobj"]))
    }

    /// Whether `noun` is what the relative clause of the verb at `word` leaves out as its object.
    fn is_gap_object(self, word: usize, noun: usize) -> bool {
        self.syntax.dep(word) == "relcl"
            && self.syntax.head(word) == Some(noun)
            && self.syntax.child(word, &["nsubj"]).is_some_and(|own| !self.is_relative(own))
    }

    /// Whether the verb stands with "to".
    pub fn is_infinitive(self, word: usize) -> bool {
        let to = self.syntax.dependents(word, &["aux"]).any(|aux| self.syntax.tag(aux) == "TO");
        to || (self.syntax.dep(word) == "conj"
            && self.syntax.tag(word) == "VB"
            && self
                .syntax
                .head(word)
                .is_some_and(|head| self.syntax.dependents(head, &["aux"]).any(|aux| self.syntax.tag(aux) == "TO")))
    }

    /// Whether a word is a relative pronoun.
    pub fn is_relative(self, word: usize) -> bool {
        matches!(self.syntax.tag(word), "WP" | "WDT" | "WRB" | "WP$")
    }

    /// The noun that a relative pronoun stands for.
    pub fn antecedent(self, word: usize) -> Option<usize> {
        if !self.is_relative(word) {
            return None;
        }
        let syntax = self.syntax;
        let clause = syntax.above(word).take(FARTHEST).find(|&at| syntax.dep(at) == "relcl")?;
        // "…, from where he was released": what stands right before.
        syntax.head(clause)
    }

    /// The verb in whose clause a noun stands.
    pub fn clause_of(self, noun: usize) -> Option<usize> {
        self.syntax.above(noun).take(FARTHEST).find(|&at| self.syntax.is_verb(at))
    }
}
