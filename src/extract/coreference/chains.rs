//! Pronouns that go together and have no antecedent: "They took him. They never said why."
//!
//! Nobody knows whom they mean, so they are no entity while events are read; the annotations count those of
//! one stretch of talk as one.

use super::{Resolved, Resolver};
use crate::model::{Entity, MentionForm};

/// Sentences between two such pronouns at most.
const REACH: usize = 3;

impl Resolver<'_, '_> {
    /// Pronouns without an entity, in groups of those that mean the same.
    pub(super) fn chains(&self) -> Vec<Vec<usize>> {
        let mut chains: Vec<Vec<usize>> = Vec::new();
        // The chain that each person of speech goes on.
        let mut last: [Option<usize>; 4] = [None; 4];
        for index in 0..self.found.len() {
            let Some(person) = self.person_of(index).filter(|_| self.of[index].is_none()) else { continue };
            let going = last[person].filter(|&chain| {
                let earlier = chains[chain].last().copied().unwrap_or(index);
                let near = self.sentence[earlier] + REACH >= self.sentence[index];
                near && (person == 0 || self.talk(earlier) == self.talk(index))
            });
            match going {
                Some(chain) => chains[chain].push(index),
                None => {
                    last[person] = Some(chains.len());
                    chains.push(vec![index]);
                }
            }
        }
        chains.retain(|chain| chain.len() > 1);
        chains
    }

    /// Who speaks where a mention stands.
    fn talk(&self, mention: usize) -> (bool, Option<usize>) {
        let quotation = self.quotation_at(self.found[mention].first);
        let speaker = quotation.and_then(|quotation| quotation.speaker);
        (quotation.is_some(), speaker.map(|speaker| self.of[speaker].unwrap_or(usize::MAX)))
    }

    /// Which person of speech a pronoun is of: they, I, we, he.
    fn person_of(&self, index: usize) -> Option<usize> {
        if self.found[index].form != MentionForm::Pronoun {
            return None;
        }
        match self.found[index].head.as_str() {
            "they" | "them" | "their" | "theirs" | "themselves" => Some(0),
            "i" | "me" | "my" | "mine" | "myself" => Some(1),
            "we" | "us" | "our" | "ours" | "ourselves" => Some(2),
            _ => None,
        }
    }
}

impl Resolved {
    /// Gives pronouns that go together an entity, after everything that speaks of entities has been read.
    pub fn close_chains(&mut self) {
        for chain in std::mem::take(&mut self.chains) {
            let Some(&first) = chain.first() else { continue };
            self.entities.push(Entity {
                kind: self.found[first].kind,
                subtype: None,
                name: self.found[first].head.clone(),
                named: false,
                aliases: Vec::new(),
                gazetteer: None,
                canonical: None,
                place: None,
                attributes: Default::default(),
            });
            for index in chain {
                self.mentions[index].entity = Some(self.entities.len() - 1);
            }
        }
    }
}
