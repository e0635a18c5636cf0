//! What the words beside a facility say: where it lies, who runs it.

use super::{Attributes, Finder};
use crate::model::{EntityType, MentionForm, Relation, Sentence};

impl Finder<'_, '_> {
    /// Where a facility lies, what it is called, and who runs it.
    pub(super) fn site(
        &self,
        index: usize,
        sentence: &Sentence,
        relations: &mut Vec<Relation>,
        attributes: &mut Attributes,
    ) {
        let text = self.text;
        let mention = &self.resolved.found[index];
        let Some(entity) = self.entity(index) else { return };
        // "the country's “human slaughterhouse” jail"
        if mention.rule == "gazetteer:nickname" {
            attributes.push((entity, "nickname", self.words(mention.first, mention.end), mention.span(text)));
        }
        // "X, located in Y", "X in Y", "X, Y", "north of Y in the X"
        let mut at = mention.end;
        if text.word(at) == ","
            && matches!(text.lower(at + 1), "located" | "outside" | "near" | "in" | "north" | "south" | "east" | "west")
        {
            at += 1;
        }
        let located = text.lower(at) == "located";
        if located {
            at += 1;
        }
        let lies_in = matches!(text.lower(at), "in")
            || (located && text.lower(at) == "at")
            || (text.word(mention.end) == ","
                && self
                    .clause
                    .mention(mention.end + 1)
                    .is_some_and(|other| self.resolved.found[other].kind == EntityType::Country));
        if lies_in && at < sentence.end {
            let first = at + 1;
            let place = (first..sentence.end.min(first + 3)).find_map(|at| self.clause.mention(at)).filter(|&other| {
                self.resolved.found[other].kind.is_geographic() && self.resolved.found[other].form == MentionForm::Name
            });
            if let Some(place) = place.filter(|_| !mention.plural) {
                let evidence = mention.span(text).cover(self.resolved.found[place].span(text));
                self.push(
                    relations,
                    "locatedIn",
                    (Some(entity), self.entity(place)),
                    evidence,
                    if located { "located-in" } else { "in" },
                    if located { 0.95 } else { 0.8 },
                );
            }
        }
        if let Some((name, span)) = self.known_as(mention, sentence) {
            attributes.push((entity, "nickname", name, span));
        }
        let from = if text.word(mention.end) == "," { mention.end + 1 } else { mention.end };
        // "facilities run by Syrian intelligence"
        if matches!(text.lower(from), "run" | "operated" | "controlled" | "managed") && text.lower(from + 1) == "by" {
            let operator = (from + 2..sentence.end.min(from + 5))
                .find_map(|at| self.clause.mention(at))
                .filter(|&other| self.resolved.found[other].kind == EntityType::Organization);
            if let Some(operator) = operator {
                let evidence = mention.span(text).cover(self.resolved.found[operator].span(text));
                self.push(relations, "operates", (self.entity(operator), Some(entity)), evidence, "run-by", 0.85);
            }
        }
    }
}
