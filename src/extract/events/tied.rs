//! What prepositions and relatives tie to a trigger.

use super::frames::Form;
use super::roles::Fillers;

/// A noun that a preposition ties to a trigger.
#[derive(Debug, Clone)]
pub(super) struct Tied {
    /// The preposition, in lower case; two words for "out of".
    pub preposition: String,
    pub noun: usize,
    /// 0 for the trigger's own; more where another word stands between.
    pub distance: usize,
}

impl Fillers<'_, '_> {
    /// Every noun that a preposition ties to the trigger, to its object, or to the verb that carries its noun.
    pub fn tied(&self) -> Vec<Tied> {
        let (syntax, hit) = (&self.text.syntax, &self.hit);
        let mut tied = Vec::new();
        let verb = !matches!(hit.trigger.form, Form::Noun);
        for word in hit.word..hit.end {
            self.prepositions_of(word, 0, &mut tied);
        }
        if verb {
            let object = syntax.child(hit.head, &["dobj", "oprd", "dative", "attr"]);
            for noun in object.into_iter().filter(|&noun| noun > hit.head) {
                self.prepositions_of(noun, 1, &mut tied);
            }
            // "a man arrested in Hama" in a longer phrase: the parser hangs some phrases on the subject.
            if hit.passive
                && let Some(agent) = syntax.child(hit.head, &["agent"])
            {
                let noun = syntax.child(agent, &["pobj"]);
                noun.into_iter().for_each(|noun| self.prepositions_of(noun, 2, &mut tied));
            }
        } else if let Some(carrier) = self.carrier() {
            self.prepositions_of(carrier, 1, &mut tied);
        }
        self.relative_places(&mut tied);
        // "at a prison in Rif Dimashq": the second says more of the first.
        for at in 0..tied.len() {
            let (noun, distance) = (tied[at].noun, tied[at].distance);
            if matches!(
                tied[at].preposition.as_str(),
                "in" | "at" | "from" | "to" | "near" | "inside" | "outside" | "into"
            ) {
                self.prepositions_of(noun, distance + 3, &mut tied);
            }
        }
        tied
    }

    fn prepositions_of(&self, word: usize, distance: usize, tied: &mut Vec<Tied>) {
        let syntax = &self.text.syntax;
        for &child in syntax.children(word) {
            let relation = syntax.dep(child);
            let passes = matches!(relation, "prep" | "agent" | "dative" | "prt")
                || (relation == "advmod" && matches!(syntax.tag(child), "IN" | "RB" | "RP"));
            if !passes {
                continue;
            }
            let preposition = self.text.lower(child).to_owned();
            for &noun in syntax.children(child) {
                match syntax.dep(noun) {
                    "pobj" | "pcomp" => tied.push(Tied { preposition: preposition.clone(), noun, distance }),
                    "prep" => {
                        let both = format!("{preposition} {}", self.text.lower(noun));
                        let inner = self.text.lower(noun).to_owned();
                        for pobj in syntax.dependents(noun, &["pobj"]) {
                            tied.push(Tied { preposition: both.clone(), noun: pobj, distance });
                            tied.push(Tied { preposition: inner.clone(), noun: pobj, distance });
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// "the prison where he was held", "Tartous Central Prison, from where he was released".
    fn relative_places(&self, tied: &mut Vec<Tied>) {
        let syntax = &self.text.syntax;
        let (text, hit) = (self.text, &self.hit);
        let sentence = &text.sentences()[text.sentence_of(hit.word)];
        let from = hit.word.saturating_sub(8).max(sentence.first);
        let Some(relative) = (from..hit.word).rev().find(|&at| matches!(text.lower(at), "where" | "which")) else {
            return;
        };
        let own = syntax.above(relative).take(3).any(|above| above == hit.head)
            || text.lower(relative) == "where" && syntax.head(relative).is_none_or(|head| head > relative);
        if !own {
            return;
        }
        // "the prison was where thousands were held"
        let copula = syntax.head(hit.head).filter(|&copula| syntax.lemma(copula) == "be" && copula < relative);
        if let Some(site) = copula.and_then(|copula| syntax.child(copula, &["nsubj"])) {
            tied.push(Tied { preposition: "in".to_owned(), noun: site, distance: 0 });
            tied.push(Tied { preposition: "at".to_owned(), noun: site, distance: 0 });
            return;
        }
        let before = relative.checked_sub(1).map_or("", |at| text.lower(at));
        let prepositions: &[&str] = match before {
            "from" | "in" | "at" | "to" => &[before],
            _ if text.lower(relative) == "where" => &["in", "at", "inside"],
            _ => return,
        };
        let lead = relative - usize::from(prepositions.len() == 1);
        let Some(noun) = lead.checked_sub(1).map(|at| if text.word(at) == "," { at.saturating_sub(1) } else { at })
        else {
            return;
        };
        if noun < sentence.first {
            return;
        }
        for preposition in prepositions {
            tied.push(Tied { preposition: (*preposition).to_owned(), noun, distance: 0 });
        }
    }
}
