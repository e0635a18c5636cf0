//! What the words beside a person say: age, occupation, position, nationality.

use super::{Attributes, Finder};
use crate::extract::clause::Clause;
use crate::model::{EntityType, MentionForm, Relation, Sentence, WordShape};

impl Finder<'_, '_> {
    /// What stands beside a person: age, occupation, position, aliases, nationality, kin.
    pub(super) fn person(
        &self,
        index: usize,
        sentence: &Sentence,
        relations: &mut Vec<Relation>,
        attributes: &mut Attributes,
    ) {
        let text = self.text;
        let mention = &self.resolved.found[index];
        let Some(entity) = self.entity(index) else { return };
        // "Ali Hassan, 63," and "a 63-year-old writer"
        if mention.form == MentionForm::Name
            && text.word(mention.end) == ","
            && text.shape(mention.end + 1) == WordShape::Number
        {
            let age = text.word(mention.end + 1);
            let closed =
                matches!(text.word(mention.end + 2), "," | "." | ")" | "") || text.lower(mention.end + 2) == "and";
            if age.len() <= 2 && closed && age.parse::<u8>().is_ok_and(|age| age > 0) {
                attributes.push((entity, "age", age.to_owned(), text.span(mention.first, mention.end + 2)));
            }
        }
        for at in mention.first..mention.end {
            let word = text.lower(at);
            if let Some(age) = word.strip_suffix("-year-old").filter(|age| age.parse::<u8>().is_ok()) {
                attributes.push((entity, "age", age.to_owned(), mention.span(text)));
            }
        }
        if mention.form == MentionForm::Nominal && self.lexicon.occupation.nouns.contains(&mention.head) {
            attributes.push((entity, "occupation", mention.head.clone(), mention.span(text)));
        }
        self.apposition(index, entity, sentence, attributes);
        if let Some((name, span)) = self.known_as(mention, sentence) {
            attributes.push((entity, "alias", name, span));
        }
        self.position(index, entity, sentence, relations, attributes);
        // "a Syrian pilot": citizen of Syria.
        if mention.form == MentionForm::Nominal {
            let near = index.saturating_sub(4)..(index + 5).min(self.resolved.found.len());
            let nation = near.into_iter().find(|&other| {
                let known = &self.resolved.found[other];
                known.kind == EntityType::Nationality && known.first >= mention.first && known.end <= mention.end
            });
            if let Some(nation) = nation.and_then(|other| self.entity(other)) {
                self.push(relations, "citizenOf", (Some(entity), Some(nation)), mention.span(text), "adjective", 0.8);
            }
        }
        // "her brother", "Heba … her brother and brother-in-law"
        let owner = self.resolved.relative_of(text, index, self.lexicon);
        // "her brother Omar": Omar is.
        let named = self.relative(mention.end - 1, sentence).is_some();
        if let (Some(owner), Some(kind), false) = (owner, self.lexicon.kinship.get(&mention.head), named) {
            let evidence = self.resolved.found[owner].span(text).cover(mention.span(text));
            self.push(relations, "relativeOf", (Some(entity), self.entity(owner)), evidence, kind, 0.7);
        }
    }

    /// "X, a former air force pilot," and "the activist X".
    fn apposition(&self, index: usize, entity: usize, sentence: &Sentence, attributes: &mut Attributes) {
        let text = self.text;
        let mention = &self.resolved.found[index];
        if mention.form != MentionForm::Name {
            return;
        }
        let describes = |other: usize| {
            let known = &self.resolved.found[other];
            (known.form == MentionForm::Nominal
                && known.kind == EntityType::Person
                && self.lexicon.occupation.nouns.contains(&known.head))
            .then(|| known.head.clone())
        };
        if text.word(mention.end) == "," && mention.end + 1 < sentence.end {
            let next = if text.shape(mention.end + 1) == WordShape::Number { mention.end + 3 } else { mention.end + 1 };
            if let Some(other) = self.clause.mention(next).filter(|&other| self.resolved.found[other].first == next)
                && let Some(noun) = describes(other)
            {
                attributes.push((
                    entity,
                    "occupation",
                    noun,
                    mention.span(text).cover(self.resolved.found[other].span(text)),
                ));
            }
        }
        if mention.first > sentence.first {
            let before = text.lower(mention.first - 1);
            if self.lexicon.occupation.nouns.contains(before) {
                attributes.push((entity, "occupation", before.to_owned(), text.span(mention.first - 1, mention.end)));
            }
        }
    }

    /// "Lina …, Associate Fellow in the … program at the London think tank Chatham House".
    fn position(
        &self,
        index: usize,
        entity: usize,
        sentence: &Sentence,
        relations: &mut Vec<Relation>,
        attributes: &mut Attributes,
    ) {
        let text = self.text;
        let mention = &self.resolved.found[index];
        if mention.form != MentionForm::Name || text.word(mention.end) != "," {
            return;
        }
        let from = mention.end + 1;
        let to = sentence.end.min(from + 24);
        let Some(noun) = (from..to.min(from + 5)).find(|&at| self.is_post(text.lower(at))) else { return };
        let plain = (from..noun).all(|at| {
            text.shape(at) != WordShape::Punctuation
                && self.clause.mention(at).is_none_or(|other| {
                    self.resolved.found[other].kind != EntityType::Person
                        || self.resolved.found[other].form == MentionForm::Nominal
                })
        });
        if !plain {
            return;
        }
        let employer = (noun + 1..to)
            .take_while(|&at| !matches!(text.word(at), ";" | "." | "”" | "“") && !Clause::is_auxiliary(text.lower(at)))
            .take_while(|&at| !self.is_person_name_at(at))
            .filter_map(|at| self.clause.mention(at))
            .find(|&other| {
                self.resolved.found[other].kind == EntityType::Organization
                    && self.resolved.found[other].form == MentionForm::Name
            });
        let stop = (noun + 1..to)
            .find(|&at| {
                matches!(text.word(at), "," | ";" | "." | "”" | "“" | ":")
                    || Clause::is_auxiliary(text.lower(at))
                    || self.lexicon.saying.verbs.contains(text.lower(at))
            })
            .unwrap_or(to);
        let end = employer.map_or(stop, |other| self.resolved.found[other].end.min(to));
        attributes.push((entity, "position", self.words(from, end), text.span(mention.first, end)));
        if let Some(other) = employer.filter(|&other| !self.is_before_person(other)) {
            let heads = self.in_class("head", text.lower(noun))
                && text.lower(noun + 1) == "of"
                && self.resolved.found[other].first <= noun + 4;
            let kind = if heads { "headOf" } else { "worksFor" };
            self.push(
                relations,
                kind,
                (Some(entity), self.entity(other)),
                text.span(mention.first, end),
                "apposition",
                0.8,
            );
        }
    }
}
