//! Who leads an organisation: "led by X", "X, who heads".

use super::Finder;
use crate::model::{EntityType, MentionForm, Relation, Sentence};

impl Finder<'_, '_> {
    /// Who leads an organisation.
    pub(super) fn organization(&self, index: usize, sentence: &Sentence, relations: &mut Vec<Relation>) {
        let text = self.text;
        let mention = &self.resolved.found[index];
        // "X, led by Y", "X (HTS) is headed by Y"
        let limit = sentence.end.min(mention.end + 8);
        let cue = (mention.end..limit).find(|&at| {
            matches!(text.lower(at), "led" | "headed" | "commanded" | "directed" | "run") && text.lower(at + 1) == "by"
        });
        if let Some(cue) = cue {
            let between = (mention.end..cue).all(|at| {
                matches!(
                    text.lower(at),
                    "," | "(" | ")" | "is" | "was" | "which" | "group" | "now" | "long" | "currently"
                ) || self.clause.mention(at).and_then(|other| self.entity(other)) == self.entity(index)
            });
            let head = (cue + 2..sentence.end.min(cue + 5)).find_map(|at| self.clause.mention(at)).filter(|&other| {
                self.resolved.found[other].kind == EntityType::Person
                    && self.resolved.found[other].form == MentionForm::Name
            });
            if let (true, Some(head)) = (between, head) {
                let evidence = mention.span(text).cover(self.resolved.found[head].span(text));
                self.push(relations, "headOf", (self.entity(head), self.entity(index)), evidence, "led-by", 0.85);
            }
        }
        // "Y, who heads X", "Y heads X", "Y, head of X"
        let verb = mention
            .first
            .checked_sub(1)
            .filter(|at| *at > sentence.first)
            .map(|at| if text.lower(at) == "the" { at - 1 } else { at });
        if let Some(verb) = verb
            .filter(|&at| matches!(text.lower(at), "heads" | "leads" | "headed" | "leading" | "heading" | "commands"))
        {
            let person = self.clause.left(verb, sentence, &[EntityType::Person]);
            if let Some(person) = person.filter(|&person| verb - self.resolved.found[person].end <= 3) {
                let evidence = self.resolved.found[person].span(text).cover(mention.span(text));
                self.push(relations, "headOf", (self.entity(person), self.entity(index)), evidence, "heads", 0.85);
            }
        }
    }
}
