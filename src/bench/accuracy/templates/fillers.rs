//! What fills the slots of a template, and in which words.

use super::incidents::{SlotRule, TABLE};
use super::{Slot, Words};
use crate::model::{Annotations, Argument, Entity, EntityType, Event, Mention, MentionForm, Span};

/// Asks a document about the fillers of its events.
pub(super) struct Reader<'a> {
    pub annotations: &'a Annotations,
}

impl<'a> Reader<'a> {
    fn entity(&self, argument: &Argument) -> &'a Entity {
        &self.annotations.entities[argument.entity]
    }

    fn text(&self, span: Span) -> &'a str {
        span.slice(&self.annotations.document.text)
    }

    fn mentions(&self, entity: usize, form: MentionForm) -> impl Iterator<Item = &'a Mention> {
        self.annotations.mentions.iter().filter(move |mention| mention.entity == Some(entity) && mention.form == form)
    }

    /// Whether the head of the description that fills a role is one of `words`.
    pub fn is_called(&self, argument: &Argument, words: &std::collections::BTreeSet<String>) -> bool {
        let own = argument.mention.map(|mention| self.text(self.annotations.mentions[mention].span));
        let entity = self.entity(argument);
        let described = (!entity.named).then_some(entity.name.as_str());
        own.into_iter().chain(described).filter_map(last_word).any(|head| words.contains(&head))
    }

    /// The armed group of which the document speaks most.
    pub fn armed_group(&self) -> Option<usize> {
        let entities = self.annotations.entities.iter().enumerate();
        let groups = entities.filter(|(_, entity)| entity.named && entity.subtype.as_deref() == Some("ArmedGroup"));
        let said =
            |entity: usize| self.annotations.mentions.iter().filter(|mention| mention.entity == Some(entity)).count();
        groups.map(|(at, _)| at).max_by_key(|&at| (said(at), std::cmp::Reverse(at)))
    }

    pub fn fills(&self, slot: Slot, rule: &SlotRule, event: &Event, argument: &Argument) -> bool {
        let entity = self.entity(argument);
        let combatants = &TABLE.combatants;
        // "a rebel unit": people, though it acts as a body.
        let unit = entity.kind == EntityType::Organization && !entity.named && self.is_called(argument, &TABLE.groups);
        let fits = match slot {
            Slot::Perpetrator => unit || rule.types.contains(&entity.kind),
            Slot::PerpetratorOrganization => {
                !unit
                    && rule.types.contains(&entity.kind)
                    && (entity.named || self.is_called(argument, &combatants.bodies))
            }
            Slot::Target => entity.named || !self.is_called(argument, &combatants.installations),
            _ => rule.types.is_empty() || rule.types.contains(&entity.kind),
        };
        fits && rule.roles.contains(&argument.role)
            && (rule.kinds.is_empty() || rule.kinds.contains(&event.kind))
            && (entity.named || !rule.named)
    }

    /// The name of an entity where it stands.
    pub fn name(&self, entity: usize) -> Words {
        let name = &self.annotations.entities[entity].name;
        let span = self.mentions(entity, MentionForm::Name).map(|mention| mention.span);
        let span = span.min_by_key(|span| (self.text(*span) != name, span.start));
        Words { words: span.map_or(name.as_str(), |span| self.text(span)).to_owned(), span }
    }

    /// The words that stand for whoever fills a slot: its fullest name, or the description that fills the role, or its
    /// first; none where they say nothing.
    pub fn words(&self, slot: Slot, argument: &Argument) -> Option<Words> {
        if self.mentions(argument.entity, MentionForm::Name).next().is_some() {
            let name = self.name(argument.entity);
            let titled = (slot == Slot::Perpetrator).then(|| self.titled(argument.entity, &name.words)).flatten();
            return Some(titled.map_or(name, |span| Words { words: self.text(span).to_owned(), span: Some(span) }));
        }
        let own = argument.mention.map(|mention| &self.annotations.mentions[mention]);
        let described = own.filter(|mention| mention.form == MentionForm::Nominal);
        let mention = described.or_else(|| self.mentions(argument.entity, MentionForm::Nominal).next())?;
        let span = self.bare(slot, mention.span);
        let head = last_word(self.text(span)).filter(|_| slot == Slot::Perpetrator);
        let group = head.as_ref().is_some_and(|head| TABLE.groups.contains(head));
        let whole = self.of(span).filter(|_| group);
        let alone = group && whole.is_none() && !self.text(span).contains(' ');
        let denied = self.text(mention.span).to_lowercase().starts_with("no ");
        if alone || denied || head.is_some_and(|head| TABLE.nobody.contains(&head)) {
            return None;
        }
        let span = match slot {
            Slot::Target => self.of_whom(span),
            _ => whole.unwrap_or(span),
        };
        Some(Words { words: self.text(span).to_owned(), span: Some(span) })
    }

    /// A name with the title before it, where the document has it so.
    fn titled(&self, entity: usize, name: &str) -> Option<Span> {
        let text = &self.annotations.document.text;
        self.mentions(entity, MentionForm::Name).filter(|mention| self.text(mention.span) == name).find_map(|mention| {
            let before = text[..mention.span.start].trim_end_matches(' ');
            let start = before.rfind(|letter: char| letter.is_whitespace()).map_or(0, |at| at + 1);
            let title = before[start..].trim_end_matches('.').to_lowercase();
            TABLE.titles.contains(&title).then(|| Span::new(start, mention.span.end))
        })
    }

    /// A description without its article and the like.
    fn bare(&self, slot: Slot, span: Span) -> Span {
        let mut span = span;
        while let Some((first, rest)) = self.text(span).split_once(char::is_whitespace) {
            let word = first.to_lowercase();
            let number = slot == Slot::Target
                && (TABLE.numbers.contains(&word) || word.chars().all(|letter| letter.is_ascii_digit()));
            if !number && !TABLE.left_off.contains(&word) || rest.trim().is_empty() {
                break;
            }
            span = Span::new(span.end - rest.trim_start().len(), span.end);
        }
        span
    }

    /// A thing with whose it is: "Omar Ravi's house", "offices of the ministry".
    fn of_whom(&self, span: Span) -> Span {
        let text = &self.annotations.document.text;
        let bare = |at: usize| text[..at].trim_end_matches(' ').len();
        let ends = |at: usize| self.annotations.mentions.iter().map(|mention| mention.span).find(|one| one.end == at);
        let before = &text[..bare(span.start)];
        let owner = ["'s", "'S", "’s", "’S"].iter().find_map(|mark| before.strip_suffix(mark));
        if let Some(mut owner) = owner.and_then(|owner| ends(owner.len())) {
            // "Minister Omar Ravi's": what stands before the name.
            while let Some(title) = ends(bare(owner.start)).filter(|title| title.start < owner.start) {
                owner = title;
            }
            return self.bare(Slot::Target, Span::new(owner.start, span.end));
        }
        let site = last_word(self.text(span)).is_some_and(|head| TABLE.sites.contains(&head));
        self.of(span).filter(|_| site).unwrap_or(span)
    }

    /// A description with the mention that follows it after "of": "members of the brigade".
    fn of(&self, span: Span) -> Option<Span> {
        let rest = &self.annotations.document.text[span.end..];
        let after =
            rest.trim_start().split_once(char::is_whitespace).filter(|(word, _)| word.eq_ignore_ascii_case("of"))?;
        let start = span.end + (rest.len() - after.1.len());
        let mentions = self.annotations.mentions.iter().map(|mention| mention.span);
        let next = |mention: &Span| {
            let gap = self.annotations.document.text.get(start..mention.start).unwrap_or("-").trim().to_lowercase();
            matches!(gap.as_str(), "" | "the" | "a" | "an")
        };
        mentions.filter(next).max_by_key(|mention| mention.end).map(|mention| Span::new(span.start, mention.end))
    }
}

/// The last word, in small letters.
fn last_word(words: &str) -> Option<String> {
    let mut parts = words.split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '-' | '\'')));
    parts.rfind(|part| !part.is_empty()).map(str::to_lowercase)
}
