//! Mentions → entities: which mentions of a document mean the same one.
//!
//! One file per family of sieves, the most precise first: names (`names.rs`), what the grammar says to be one
//! (`apposition.rs`, `relative.rs`), descriptions (`descriptions.rs`, `places.rs`), who speaks
//! (`quotations.rs`, `introductions.rs`), pronouns (`pronouns.rs`, `binding.rs`). Every search looks back over
//! a bounded number of mentions. When in doubt, two entities stay two: what might be one is told as a
//! [`Doubt`], never merged. Pronouns without an antecedent have no entity while events are read; those that
//! go together are counted as one afterwards (`chains.rs`), for the annotations alone.

mod apposition;
mod binding;
mod chains;
mod descriptions;
mod introductions;
mod kinship;
mod names;
mod places;
mod pronouns;
mod quotations;
mod relative;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::lexicon::Lexicon;
use super::names::Found;
use super::nouns::Nouns;
use super::syntax::Syntax;
use super::text::Text;
use crate::gazetteer::Gazetteer;
use crate::model::{Entity, EntityType, Gender, GrammaticalNumber, Mention, MentionForm, Span};
use crate::text::name_parts;
use descriptions::Called;
use quotations::Quotation;

/// Mentions back in which a description or a pronoun looks for what it means.
const MOST_BACK: usize = 120;

/// Entities, and for every mention the index of its entity.
pub(super) struct Resolved {
    pub entities: Vec<Entity>,
    pub mentions: Vec<Mention>,
    /// The mentions as found, in the same order as `mentions`.
    pub found: Vec<Found>,
    /// Pairs of entities that may be one.
    pub doubts: Vec<Doubt>,
    /// Pronouns without an entity that go together.
    pub chains: Vec<Vec<usize>>,
}

/// Two entities that may be one, and nothing decides it.
pub(super) struct Doubt {
    /// The later one.
    pub entity: usize,
    /// The earlier one.
    pub other: usize,
    /// The words that may mean it.
    pub evidence: Span,
    /// How likely it is, between 0 and 1.
    pub confidence: f32,
}

/// Groups `found` (names, descriptions and pronouns) into entities.
pub(super) fn resolve<'t>(
    text: &Text<'t>,
    mut found: Vec<Found>,
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
) -> Resolved {
    let syntax = &text.syntax;
    found.sort_by_key(|mention| (mention.first, std::cmp::Reverse(mention.end)));
    super::facilities::metonymy(text, &mut found, gazetteer, lexicon);
    super::places::choose(text, &mut found, gazetteer);
    found.sort_by_key(|mention| {
        let span = mention.span(text);
        (span.start, std::cmp::Reverse(span.end), mention.form)
    });
    for mention in found.iter_mut().filter(|mention| mention.form == MentionForm::Name) {
        mention.head_word = head_of_name(syntax, mention);
    }
    let mut resolver = Resolver::new(text, syntax, &found, lexicon);
    resolver.names();
    resolver.descriptions();
    resolver.introductions();
    resolver.relatives();
    resolver.pronouns();
    let chains = resolver.chains();
    let (mut entities, of, doubts, doubtful) = (resolver.entities, resolver.of, resolver.doubts, resolver.doubtful);
    for entity in &mut entities {
        entity.aliases.sort();
        entity.aliases.dedup();
        let name = entity.name.clone();
        entity.aliases.retain(|alias| *alias != name);
    }
    for (index, mention) in found.iter_mut().enumerate() {
        show(mention, of[index].map(|entity| &entities[entity]));
        if doubtful[index] {
            mention.confidence = mention.confidence.min(DOUBTFUL);
        }
    }
    let mentions = found.iter().zip(&of).map(|(found, entity)| mention(text, syntax, found, *entity)).collect();
    Resolved { entities, mentions, found, doubts, chains }
}

/// Confidence of a pronoun that might well mean another: no fact may rest on it.
const DOUBTFUL: f32 = 0.45;

/// The word of a name that the others belong to.
fn head_of_name(syntax: &Syntax<'_>, mention: &Found) -> usize {
    let inside = mention.first..mention.end;
    let outside = |&word: &usize| syntax.head(word).is_none_or(|head| !inside.contains(&head));
    inside.clone().rev().find(outside).unwrap_or(mention.end - 1)
}

/// What the reading of clauses may see of a mention, now that its entity is known: a pronoun is of the kind
/// of what it stands for.
fn show(mention: &mut Found, entity: Option<&Entity>) {
    let Some(entity) = entity else { return };
    match mention.form {
        MentionForm::Pronoun => {
            mention.kind = entity.kind;
            // Clauses read relative pronouns themselves.
            let relative = matches!(mention.head.as_str(), "who" | "whom" | "whose" | "which" | "that" | "where");
            mention.quiet = relative || entity.kind.is_geographic();
        }
        MentionForm::Nominal if mention.rule != "head-noun:title" && mention.rule != "modifier:organization" => {
            let site = mention.kind.is_geographic() || mention.kind == EntityType::Facility;
            mention.quiet &= !(site && entity.named && entity.kind == mention.kind);
        }
        _ => {}
    }
}

fn mention(text: &Text<'_>, syntax: &Syntax<'_>, found: &Found, entity: Option<usize>) -> Mention {
    let described = found.form != MentionForm::Name;
    let several = found.plural || matches!(found.kind, EntityType::PersonGroup);
    let head = syntax.span(found.head_word).filter(|head| found.span(text).contains(*head));
    let one = matches!(found.form, MentionForm::Nominal) || found.gender.is_some() || found.head == "i";
    Mention {
        span: found.span(text),
        kind: found.kind,
        form: found.form,
        entity,
        head: (found.form == MentionForm::Nominal).then(|| head.unwrap_or_else(|| found.span(text))),
        number: if described && several {
            Some(GrammaticalNumber::Plural)
        } else {
            (described && one).then_some(GrammaticalNumber::Singular)
        },
        gender: found.gender.and_then(|letter| match letter {
            'm' => Some(Gender::Male),
            'f' => Some(Gender::Female),
            _ => None,
        }),
        rule: found.rule.to_string(),
        layers: found.layers.clone(),
        confidence: found.confidence,
    }
}

struct Resolver<'a, 't> {
    text: &'a Text<'t>,
    syntax: &'a Syntax<'t>,
    lexicon: &'a Lexicon,
    nouns: &'a Nouns,
    found: &'a [Found],
    /// Mention → its sentence.
    sentence: Vec<usize>,
    /// Word → the mention whose head it is, no pronoun if there is another.
    heads: Vec<Option<usize>>,
    quotations: Vec<Quotation>,
    /// The mentions that speak in quotations, in order.
    quotations_by: Vec<usize>,
    entities: Vec<Entity>,
    /// Key of a name → entity.
    keys: HashMap<String, usize>,
    /// Key of the entity added last.
    newest: Option<String>,
    /// Skeleton of a part of a person's name → persons.
    parts: HashMap<String, Vec<usize>>,
    /// Noun → what was called so.
    called: HashMap<String, Vec<Called>>,
    /// Mention → entity.
    of: Vec<Option<usize>>,
    /// Entity → gender, where a mention told it.
    genders: Vec<Option<char>>,
    /// Mention → whether another entity is as likely.
    doubtful: Vec<bool>,
    doubts: Vec<Doubt>,
}

impl<'a, 't> Resolver<'a, 't> {
    fn new(text: &'a Text<'t>, syntax: &'a Syntax<'t>, found: &'a [Found], lexicon: &'a Lexicon) -> Self {
        let mut heads = vec![None; text.len()];
        for (index, mention) in found.iter().enumerate() {
            let known: &mut Option<usize> = &mut heads[mention.head_word];
            if known.is_none_or(|known| mention.form < found[known].form) {
                *known = Some(index);
            }
        }
        let mut resolver = Self {
            text,
            syntax,
            lexicon,
            nouns: Nouns::embedded(),
            found,
            sentence: found.iter().map(|mention| text.sentence_of(mention.first)).collect(),
            heads,
            quotations: Vec::new(),
            quotations_by: Vec::new(),
            entities: Vec::new(),
            keys: HashMap::new(),
            newest: None,
            parts: HashMap::new(),
            called: HashMap::new(),
            of: vec![None; found.len()],
            genders: Vec::new(),
            doubtful: vec![false; found.len()],
            doubts: Vec::new(),
        };
        resolver.quotations = resolver.find_quotations();
        resolver.quotations_by = resolver.quotations.iter().filter_map(|quotation| quotation.speaker).collect();
        resolver.quotations_by.sort_unstable();
        resolver
    }

    fn add(&mut self, index: usize, name: String, named: bool) -> usize {
        let mention = &self.found[index];
        let entry = mention.entries.first();
        self.entities.push(Entity {
            kind: mention.kind,
            subtype: mention.subtype.clone().or_else(|| entry.and_then(|entry| entry.subtype.clone())),
            name,
            named,
            aliases: Vec::new(),
            gazetteer: entry.map(|entry| entry.key.clone()),
            canonical: entry.filter(|_| mention.kind != EntityType::Nationality).map(|entry| entry.name.clone()),
            place: mention.place(),
            attributes: Default::default(),
        });
        self.genders.push(self.gender_of(index));
        self.of[index] = Some(self.entities.len() - 1);
        self.entities.len() - 1
    }

    fn join(&mut self, index: usize, entity: usize) {
        let mention = &self.found[index];
        self.of[index] = Some(entity);
        self.genders[entity] = self.genders[entity].or(self.gender_of(index));
        if mention.form == MentionForm::Name {
            let name = self.name_of(index);
            let fuller = name_parts(&name).len() > name_parts(&self.entities[entity].name).len();
            let known = &mut self.entities[entity];
            if (fuller || !known.named) && known.gazetteer.is_none() {
                let old = std::mem::replace(&mut known.name, name);
                if known.named {
                    known.aliases.push(old);
                }
                known.named = true;
            } else {
                known.aliases.push(name);
            }
        }
        // "army spokesmen" before "the army": the body is called by the description, not by its bare noun.
        let known = &self.entities[entity];
        let bare = mention.form == MentionForm::Nominal && !known.named && !known.name.contains(' ');
        if bare && self.text.lower(mention.first) == "the" {
            self.entities[entity].name = self.name_of(index);
        }
    }

    /// The gender that a mention tells by its title, noun or given name.
    fn gender_of(&self, index: usize) -> Option<char> {
        let mention = &self.found[index];
        let given = mention.kind == EntityType::Person && mention.form == MentionForm::Name;
        mention.gender.or_else(|| given.then(|| self.nouns.gender_of(self.text.folded(mention.first))).flatten())
    }

    /// The words of a mention on one line, as it is called where it has no other name.
    fn name_of(&self, index: usize) -> String {
        let mention = &self.found[index];
        let span = match mention.form {
            MentionForm::Name => mention.span(self.text),
            _ => self.text.span(mention.first, mention.end),
        };
        self.text.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The mention whose head stands at `word`.
    fn at_head(&self, word: usize) -> Option<usize> {
        self.heads.get(word).copied().flatten()
    }

    /// The word right before a mention, possessive pronoun included, in lower case.
    fn first_word(&self, index: usize) -> usize {
        self.text.analysis.word_at(self.found[index].span(self.text).start)
    }

    /// The kind of what a mention means.
    fn kind(&self, index: usize) -> EntityType {
        self.of[index].map_or(self.found[index].kind, |entity| self.entities[entity].kind)
    }
}
