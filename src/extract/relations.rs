//! Relations and attributes that need no event: where a site lies, who heads what, how old somebody is.

use super::clause::Clause;
use super::coreference::Resolved;
use super::lexicon::Lexicon;
use super::names::Found;
use super::text::Text;
use crate::model::{EntityType, MentionForm, Modality, Polarity, Relation, Sentence, Span, WordShape};

/// Finds relations between entities, and writes attributes into the entities themselves.
pub(super) fn find(text: &Text<'_>, resolved: &mut Resolved, lexicon: &Lexicon) -> Vec<Relation> {
    let mut attributes: Vec<(usize, &'static str, String, Span)> = Vec::new();
    let mut relations: Vec<Relation> = Vec::new();
    {
        let clause = Clause::new(text, &resolved.found, lexicon);
        let finder = Finder { text, resolved, clause: &clause, lexicon };
        for index in (0..resolved.found.len()).filter(|&index| !resolved.found[index].quiet) {
            let Some(sentence) = text.sentences().get(text.sentence_of(resolved.found[index].first)) else { continue };
            match resolved.found[index].kind {
                EntityType::Person => finder.person(index, sentence, &mut relations, &mut attributes),
                EntityType::Facility => finder.facility(index, sentence, &mut relations, &mut attributes),
                EntityType::Organization => finder.organization(index, sentence, &mut relations),
                EntityType::City => finder.city(index, sentence, &mut relations),
                _ => {}
            }
        }
    }
    for (entity, attribute, value, span) in attributes {
        let values = resolved.entities[entity].attributes.entry(attribute.to_owned()).or_default();
        if !values.iter().any(|(known, _)| *known == value) {
            values.push((value, span));
        }
    }
    relations.sort_by(|one, other| {
        (one.evidence, one.subject, &one.kind, one.object).cmp(&(
            other.evidence,
            other.subject,
            &other.kind,
            other.object,
        ))
    });
    relations.dedup_by(|one, other| {
        one.subject == other.subject
            && one.object == other.object
            && one.kind == other.kind
            && one.evidence == other.evidence
    });
    relations
}

struct Finder<'a, 't> {
    text: &'a Text<'t>,
    resolved: &'a Resolved,
    clause: &'a Clause<'a, 't>,
    lexicon: &'a Lexicon,
}

type Attributes = Vec<(usize, &'static str, String, Span)>;

impl Finder<'_, '_> {
    fn entity(&self, mention: usize) -> Option<usize> {
        self.resolved.mentions[mention].entity
    }

    fn push(
        &self,
        relations: &mut Vec<Relation>,
        kind: &str,
        pair: (Option<usize>, Option<usize>),
        evidence: Span,
        rule: &str,
        confidence: f32,
    ) {
        if let (Some(subject), Some(object)) = pair
            && subject != object
        {
            relations.push(Relation {
                kind: kind.to_owned(),
                subject,
                object,
                evidence,
                polarity: Polarity::Positive,
                modality: Modality::Actual,
                attribution: Vec::new(),
                rule: format!("relation:{kind}/{rule}"),
                confidence,
            });
        }
    }

    fn person(&self, index: usize, sentence: &Sentence, relations: &mut Vec<Relation>, attributes: &mut Attributes) {
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
        if let (Some(owner), Some(kind)) = (owner, self.lexicon.kinship.get(&mention.head)) {
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
        const POSITIONS: &[&str] = &[
            "fellow",
            "director",
            "head",
            "chief",
            "founder",
            "spokesman",
            "spokeswoman",
            "spokesperson",
            "researcher",
            "analyst",
            "professor",
            "executive",
            "chairman",
            "chairwoman",
            "leader",
            "commander",
            "secretary",
            "minister",
            "president",
            "coordinator",
            "editor",
        ];
        let from = mention.end + 1;
        let to = sentence.end.min(from + 24);
        let Some(noun) = (from..to.min(from + 5)).find(|&at| POSITIONS.contains(&text.lower(at))) else { return };
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
        attributes.push((entity, "position", words(text, from, end), text.span(mention.first, end)));
        if let Some(other) = employer {
            let heads = matches!(
                text.lower(noun),
                "head" | "director" | "chief" | "leader" | "chairman" | "chairwoman" | "president" | "commander"
            ) && text.lower(noun + 1) == "of"
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

    fn facility(&self, index: usize, sentence: &Sentence, relations: &mut Vec<Relation>, attributes: &mut Attributes) {
        let text = self.text;
        let mention = &self.resolved.found[index];
        let Some(entity) = self.entity(index) else { return };
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

    /// "known as the 'human slaughterhouse'", "known as “Caesar,”": the quoted name, and where it is said.
    fn known_as(&self, mention: &Found, sentence: &Sentence) -> Option<(String, Span)> {
        let text = self.text;
        let from = if text.word(mention.end) == "," { mention.end + 1 } else { mention.end };
        if text.lower(from) != "known" || text.lower(from + 1) != "as" {
            return None;
        }
        let open = (from + 2..from + 4).find(|&at| matches!(text.word(at), "‘" | "“" | "\"" | "'"))?;
        let close =
            (open + 1..sentence.end.min(open + 6)).find(|&at| matches!(text.word(at), "’" | "”" | "\"" | "'" | ","))?;
        (close > open + 1).then(|| (words(text, open + 1, close), text.span(mention.first, close)))
    }

    fn organization(&self, index: usize, sentence: &Sentence, relations: &mut Vec<Relation>) {
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

    /// "the city of X in Y", "X, Y" where the gazetteer puts X in Y.
    fn city(&self, index: usize, sentence: &Sentence, relations: &mut Vec<Relation>) {
        let text = self.text;
        let mention = &self.resolved.found[index];
        let next = mention.end;
        if next >= sentence.end || !matches!(text.lower(next), "," | "in") {
            return;
        }
        let Some(other) = self.clause.mention(next + 1).filter(|&other| self.resolved.found[other].first == next + 1)
        else {
            return;
        };
        let wider = &self.resolved.found[other];
        if !matches!(wider.kind, EntityType::Country | EntityType::Region) {
            return;
        }
        let inside = match (mention.entries.first(), wider.entries.first()) {
            (Some(city), Some(wider)) if wider.kind == EntityType::Country => city.country == wider.country,
            (Some(city), Some(wider)) => {
                city.region.as_deref().is_some_and(|region| wider.key == format!("region:{region}"))
            }
            _ => false,
        };
        if inside {
            let evidence = mention.span(text).cover(wider.span(text));
            self.push(
                relations,
                "locatedIn",
                (self.entity(index), self.entity(other)),
                evidence,
                "gazetteer-agrees",
                0.85,
            );
        }
    }
}

/// The words of tokens `first..end` with single spaces.
fn words(text: &Text<'_>, first: usize, end: usize) -> String {
    if first >= end {
        return String::new();
    }
    text.slice(text.span(first, end)).split_whitespace().collect::<Vec<_>>().join(" ")
}
