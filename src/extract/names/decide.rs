//! The best candidates that do not overlap.

use std::collections::{HashMap, HashSet};

use smol_str::{SmolStr, format_smolstr};

use crate::extract::noise;
use crate::gazetteer::{Entry, NameRole};
use crate::model::{EntityType, Span, WordShape};

use super::Found;
use super::candidate::{Candidate, candidates};
use super::evidence::{Evidence, Fit, ModelSpan};
use super::features::features;
use super::weights::{Class, Scores, Weights, softmax};

/// How much the other places where the same words stand count against the place itself.
const AGREEMENT: f32 = 0.3;

/// Probability from which on the encoder's word is taken for a name or for none where it speaks alone.
const SURE: f32 = 0.9;

/// Inhabitants of a town that need not be introduced in its own country.
const LARGE: u64 = 100_000;

/// A candidate that has been weighed.
struct Weighed {
    candidate: Candidate,
    class: Class,
    /// Probability of the class.
    probability: f32,
    /// Logarithm of the odds of the class against none.
    gain: f32,
}

/// Weighs every candidate and returns the set of names with the best odds, in order of position.
///
/// Three kinds of names are not weighed but taken from the rules: facilities and organisations that the
/// gazetteer lists, which texts to learn from do not have; names in sentences that the language model has not read
/// (in a script it was not made for), to which the encoder adds its own; and, where nothing else stands,
/// nationalities, events, works, places in the countries that the document names, parts of the names of people, and
/// people whom the language model names, too.
pub(super) fn decide(evidence: &Evidence<'_, '_>, weights: &Weights) -> Vec<Found> {
    let text = evidence.text;
    let mut found: Vec<Found> = evidence.rules.iter().filter(|found| is_listed(found)).cloned().collect();
    unread(evidence, &mut found);
    let settled = Places::new(text.len(), &found);
    let scored: Vec<(Candidate, Scores)> = candidates(evidence)
        .into_iter()
        .filter(|candidate| settled.free(candidate.first, candidate.end) && !noise::in_credit(text, candidate.first))
        .map(|candidate| (candidate, scores(evidence, weights, candidate)))
        .collect();
    let mut weighed = agreed(evidence, scored);
    weighed.sort_by_key(|one| (one.candidate.span.end, one.candidate.span.start));
    found.extend(best(&weighed).into_iter().filter_map(|one| mention(evidence, weights, one)));
    let taken = Places::new(text.len(), &found);
    found.extend(sure(evidence, &taken).filter_map(|one| mention(evidence, weights, &one)));
    let taken = Places::new(text.len(), &found);
    let people: HashSet<&str> = found
        .iter()
        .filter(|found| found.kind == EntityType::Person && found.end - found.first > 1)
        .flat_map(|found| (found.first..found.end).map(|at| text.folded(at)))
        .collect();
    let aside = |found: &&Found| match class_of(found.kind) {
        Class::Nationality | Class::Other => true,
        Class::Location => found.entries.iter().any(|entry| evidence.is_home(entry)),
        Class::Person if found.end - found.first == 1 => people.contains(text.folded(found.first)),
        Class::Person => evidence
            .model_at(found.span(text))
            .is_some_and(|(name, fit)| fit == Fit::Exact && matches!(name.name.label.as_str(), "PERSON" | "PER")),
        _ => false,
    };
    let rest: Vec<Found> =
        evidence.rules.iter().filter(aside).filter(|found| taken.free(found.first, found.end)).cloned().collect();
    found.extend(rest);
    found.sort_by_key(|mention| mention.span(text).start);
    found
}

/// What the encoder is sure of where nothing else stands: names used in ways that the texts to learn from seldom have.
fn sure<'a>(evidence: &'a Evidence<'_, '_>, taken: &'a Places) -> impl Iterator<Item = Weighed> + 'a {
    evidence.encoder.iter().filter_map(|name| {
        let candidate = Candidate { span: name.span, first: name.first, end: name.end };
        let class = Class::of_type(&name.name.label);
        let probability = evidence.likelihoods(name.span)?[class as usize];
        let named = class != Class::Other && probability >= SURE;
        let free = taken.free(name.first, name.end) && !noise::in_credit(evidence.text, name.first);
        (named && free).then_some(Weighed { candidate, class, probability, gain: 0.0 })
    })
}

/// Adds the names of sentences that the language model has not read: the encoder's, and what the rules find there
/// and the encoder does not speak against.
fn unread(evidence: &Evidence<'_, '_>, found: &mut Vec<Found>) {
    let unread = |first: usize, end: usize| (first..end).all(|at| evidence.token(at).is_none());
    let settled = Places::new(evidence.text.len(), found);
    let alone = |name: &&ModelSpan<'_>| unread(name.first, name.end) && settled.free(name.first, name.end);
    let tagged = evidence.encoder.iter().filter(alone).filter_map(|name| {
        // What is known only to be something else is worth no mention.
        let kind: EntityType = name.name.label.parse().ok()?;
        let mut found = Found::new(name.first, name.end, kind, "", name.name.score.unwrap_or(0.5));
        found.rule = format_smolstr!("encoder:{}", Class::of_type(&name.name.label).as_str());
        found.exact = (name.span != evidence.text.span(name.first, name.end)).then_some(name.span);
        found.confidence = (found.confidence * 100.0).round() / 100.0;
        let hits = evidence.hits(name.first, name.end).into_iter().filter(|hit| hit.entry.kind == kind);
        found.entries = hits.map(|hit| hit.entry).collect();
        Some(found)
    });
    found.extend(tagged);
    let settled = Places::new(evidence.text.len(), found);
    let spoken_against = |rule: &Found| {
        let likelihoods = evidence.likelihoods(rule.span(evidence.text));
        likelihoods.is_some_and(|of| of[Class::None as usize] > SURE)
    };
    let ruled = evidence
        .rules
        .iter()
        .filter(|rule| unread(rule.first, rule.end) && settled.free(rule.first, rule.end) && !spoken_against(rule));
    found.extend(ruled.cloned());
}

/// Whether the gazetteer lists a facility or an organisation of this name.
fn is_listed(found: &Found) -> bool {
    matches!(found.kind, EntityType::Facility | EntityType::Organization) && !found.entries.is_empty()
}

/// The words that mentions cover.
struct Places(Vec<bool>);

impl Places {
    fn new(words: usize, found: &[Found]) -> Self {
        let mut covered = vec![false; words];
        for mention in found {
            covered[mention.first..mention.end].fill(true);
        }
        Self(covered)
    }

    fn free(&self, first: usize, end: usize) -> bool {
        !self.0[first..end].contains(&true)
    }
}

fn scores(evidence: &Evidence<'_, '_>, weights: &Weights, candidate: Candidate) -> Scores {
    let mut scores = Scores::default();
    features(evidence, candidate, &mut |feature, value| {
        if let Some(weight) = weights.of(feature) {
            scores.iter_mut().zip(weight).for_each(|(score, weight)| *score += weight * value);
        }
    });
    scores
}

/// The candidates that are likelier a name than none, each with its likeliest class, after the places where
/// the same words stand have agreed: what is said of one of them counts for the others.
fn agreed(evidence: &Evidence<'_, '_>, scored: Vec<(Candidate, Scores)>) -> Vec<Weighed> {
    let name = |candidate: &Candidate| evidence.text.slice(candidate.span);
    let mut sums: HashMap<&str, (Scores, f32)> = HashMap::new();
    for (candidate, scores) in &scored {
        let (sum, count) = sums.entry(name(candidate)).or_default();
        sum.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
        *count += 1.0;
    }
    let weigh_agreed = |(candidate, mut scores): (Candidate, Scores)| {
        let (sum, count) = &sums[name(&candidate)];
        if *count > 1.0 {
            for (score, sum) in scores.iter_mut().zip(sum) {
                let others = (sum - *score) / (count - 1.0);
                *score += AGREEMENT * others;
            }
        }
        weigh(candidate, &scores)
    };
    scored.into_iter().filter_map(weigh_agreed).collect()
}

/// The candidate's likeliest class, if that is likelier than none.
fn weigh(candidate: Candidate, scores: &Scores) -> Option<Weighed> {
    let (class, score) = Class::ALL
        .into_iter()
        .zip(scores)
        .skip(1)
        .max_by(|one, other| one.1.total_cmp(other.1).then(other.0.as_str().cmp(one.0.as_str())))?;
    let gain = score - scores[0];
    (gain > 0.0).then(|| Weighed { candidate, class, probability: softmax(scores)[class as usize], gain })
}

/// The candidates without overlap whose gains add up to most. `weighed` is in order of end.
fn best(weighed: &[Weighed]) -> Vec<&Weighed> {
    // best[i]: the most that the first i candidates give; taken[i]: whether the i-th is among them.
    let mut most = vec![0.0_f32; weighed.len() + 1];
    let mut taken = vec![None; weighed.len()];
    for (at, one) in weighed.iter().enumerate() {
        let free = weighed[..at].partition_point(|other| other.candidate.span.end <= one.candidate.span.start);
        let with = most[free] + one.gain;
        if with > most[at] {
            taken[at] = Some(free);
        }
        most[at + 1] = most[at].max(with);
    }
    let mut chosen = Vec::new();
    let mut at = weighed.len();
    while at > 0 {
        match taken[at - 1] {
            Some(free) => {
                chosen.push(&weighed[at - 1]);
                at = free;
            }
            None => at -= 1,
        }
    }
    chosen.reverse();
    chosen
}

/// The mention that a chosen candidate becomes.
fn mention(evidence: &Evidence<'_, '_>, weights: &Weights, one: &Weighed) -> Option<Found> {
    let Candidate { span, first, end } = untitled(evidence, one);
    let text = evidence.text;
    let ruled = evidence.rules_at(span).filter(|(_, fit)| *fit == Fit::Exact).map(|(found, _)| found);
    let model = evidence.model_at(span).filter(|(_, fit)| *fit == Fit::Exact).map(|(name, _)| name.name.label.as_str());
    let tagged = evidence.encoder_at(span).filter(|(_, fit)| *fit == Fit::Exact);
    let tagged: Option<EntityType> = tagged.and_then(|(name, _)| name.name.label.parse().ok());
    let mut entries: Vec<(Entry, NameRole)> =
        evidence.hits(first, end).into_iter().map(|hit| (hit.entry, hit.role)).collect();
    let demonym = !entries.is_empty() && entries.iter().all(|(_, role)| *role == NameRole::Demonym);
    let class = match (one.class, ruled) {
        (Class::Location, _) if demonym => Class::Nationality,
        // "outside the Court of Justice": where it stands, not who sits there.
        (Class::Organization, Some(found)) if found.kind == EntityType::Facility && stands_at(evidence, first) => {
            Class::Facility
        }
        // "seized Homs": nobody of that name is in the document, and the town lies in its country.
        (Class::Person | Class::Organization, Some(found)) if is_town_at_home(evidence, found, one.class) => {
            Class::Location
        }
        // The texts that weights were learned from call buildings places.
        (Class::Location, _) if entries.is_empty() && is_building(evidence, span) => Class::Facility,
        (class, _) => class,
    };
    let same = ruled.filter(|found| class_of(found.kind) == class);
    let kind = match class {
        Class::None => return None,
        // "Associate Fellow": a post without the name of who holds it.
        Class::Person if (first..end).all(|at| evidence.lexicon.titles.words.contains(text.lower(at))) => return None,
        Class::Person => EntityType::Person,
        Class::Organization => EntityType::Organization,
        Class::Facility => EntityType::Facility,
        Class::Nationality => EntityType::Nationality,
        Class::Location => {
            let said = same.map(|found| found.kind).or(tagged.filter(|kind| kind.is_geographic()));
            place_kind(evidence, first, end, said, &mut entries)
        }
        Class::Other => match (same.map(|found| found.kind), model) {
            (Some(kind), _) => kind,
            (None, Some("EVENT")) => EntityType::NamedEvent,
            (None, _) if tagged == Some(EntityType::NamedEvent) => EntityType::NamedEvent,
            (None, Some("WORK_OF_ART")) => EntityType::Work,
            (None, Some("LAW")) => EntityType::Law,
            (None, Some("PRODUCT")) => EntityType::Product,
            // What is known only to be something else is worth no mention.
            (None, _) => return None,
        },
    };
    let mut found = match same {
        Some(found) => Found { kind, layers: Vec::new(), ..found.clone() },
        None => Found::new(first, end, kind, "", 0.0),
    };
    if found.entries.is_empty() {
        found.entries = entries
            .into_iter()
            .filter(|(entry, role)| match kind {
                EntityType::Person => false,
                EntityType::Nationality => *role == NameRole::Demonym,
                kind if kind.is_geographic() => entry.kind.is_geographic() && *role != NameRole::Demonym,
                kind => entry.kind == kind && *role != NameRole::Town,
            })
            .map(|(entry, _)| entry)
            .collect();
    }
    if kind == EntityType::Facility && found.subtype.is_none() {
        found.subtype =
            found.entries.first().and_then(|entry| entry.subtype.clone()).or_else(|| facility(evidence, first, end));
    }
    found.exact = (span != text.span(first, end)).then_some(span);
    // As it is written in an annotation line.
    found.confidence = (one.probability * 100.0).round() / 100.0;
    found.layers = layers(evidence, weights, one);
    found.rule = match (&found.rule, found.layers.first()) {
        (rule, _) if !rule.is_empty() => rule.clone(),
        (_, Some((layer, _))) => layer.clone(),
        (_, None) => SmolStr::new_static("words"),
    };
    Some(found)
}

/// Whether one word is the name of a large town in a country that the document names, and neither the encoder nor the
/// rest of the document is sure of another class.
fn is_town_at_home(evidence: &Evidence<'_, '_>, found: &Found, class: Class) -> bool {
    let doubtful = evidence.likelihoods(found.span(evidence.text)).is_some_and(|of| of[class as usize] < SURE);
    let at_home = |entry: &Entry| entry.population >= LARGE && evidence.is_home(entry);
    found.kind == EntityType::City
        && found.end - found.first == 1
        && doubtful
        && found.entries.iter().any(at_home)
        && !evidence.person_parts.contains(evidence.text.folded(found.first))
}

/// Whether the encoder takes a place for a facility more likely than for anything else.
fn is_building(evidence: &Evidence<'_, '_>, span: Span) -> bool {
    let likelihoods = evidence.likelihoods(span);
    likelihoods.is_some_and(|of| of[Class::Facility as usize] > 0.5)
}

/// The candidate without the titles before a person's name.
fn untitled(evidence: &Evidence<'_, '_>, one: &Weighed) -> Candidate {
    let (text, mut candidate) = (evidence.text, one.candidate);
    let is_title = |at: usize| evidence.lexicon.titles.words.contains(text.lower(at)) || text.word(at) == ".";
    while one.class == Class::Person && is_title(candidate.first) && candidate.first + 1 < candidate.end {
        candidate.first += 1;
        candidate.span = Span::new(text.span(candidate.first, candidate.end).start, candidate.span.end);
    }
    candidate
}

/// Whether a preposition of place stands before a name, or before its article.
fn stands_at(evidence: &Evidence<'_, '_>, first: usize) -> bool {
    let text = evidence.text;
    let at = first.saturating_sub(1 + usize::from(first > 0 && text.lower(first - 1) == "the"));
    first > 0 && matches!(text.lower(at), "at" | "in" | "inside" | "outside" | "near" | "by" | "to" | "from")
}

fn class_of(kind: EntityType) -> Class {
    match kind {
        EntityType::Person => Class::Person,
        EntityType::Organization => Class::Organization,
        EntityType::Facility => Class::Facility,
        EntityType::Nationality => Class::Nationality,
        kind if kind.is_geographic() => Class::Location,
        _ => Class::Other,
    }
}

/// Which kind of place: what the gazetteer has, else what the rules or the encoder say, or the name's last word.
fn place_kind(
    evidence: &Evidence<'_, '_>,
    first: usize,
    end: usize,
    said: Option<EntityType>,
    entries: &mut Vec<(Entry, NameRole)>,
) -> EntityType {
    entries.retain(|(entry, role)| entry.kind.is_geographic() && *role != NameRole::Demonym);
    let known = entries.iter().map(|(entry, _)| entry.kind).min_by_key(|kind| {
        [EntityType::Country, EntityType::City, EntityType::Region].iter().position(|one| one == kind).unwrap_or(3)
    });
    let head = evidence.lexicon.thing.heads.get(evidence.text.lower(end - 1)).copied();
    let head = head.filter(|kind| kind.is_geographic() && end - first > 1);
    known.or(said).or(head).unwrap_or(EntityType::Place)
}

/// The class of a facility by its head noun.
fn facility(evidence: &Evidence<'_, '_>, first: usize, end: usize) -> Option<String> {
    let (text, nouns) = (evidence.text, &evidence.lexicon.facility);
    let words = |from: usize| (from..end).map(|at| text.lower(at)).collect::<Vec<_>>().join(" ");
    let head = (end.saturating_sub(3).max(first)..end).find_map(|from| nouns.singular.get(&words(from)));
    let numbered = || {
        (first + 1 < end && text.shape(end - 1) == WordShape::Number)
            .then(|| nouns.numbered.get(text.lower(end - 2)))
            .flatten()
    };
    head.or_else(numbered).cloned()
}

/// What each layer counted for the class, strongest first; what spoke against it is left out.
fn layers(evidence: &Evidence<'_, '_>, weights: &Weights, one: &Weighed) -> Vec<(SmolStr, f32)> {
    const NAMES: [&str; 5] = ["model", "encoder", "rules", "gazetteer", "document"];
    let mut sums: Vec<(SmolStr, f32)> = Vec::new();
    let mut rest = 0.0;
    let encoder = format_smolstr!("encoder:{}", likeliest(evidence, one.candidate.span));
    features(evidence, one.candidate, &mut |feature, value| {
        let Some(weight) = weights.of(feature) else { return };
        let counted = (weight[one.class as usize] - weight[Class::None as usize]) * value;
        let layer = feature.split_once(':').filter(|(layer, said)| NAMES.contains(layer) && !said.contains('='));
        let Some((layer, said)) = layer else {
            rest += counted;
            return;
        };
        let said = said.split(' ').next().unwrap_or_default();
        let layer = match layer {
            "rules" => SmolStr::new(said),
            // What the encoder thinks of every class is one voice.
            "encoder" => encoder.clone(),
            _ => format_smolstr!("{layer}:{said}"),
        };
        match sums.iter_mut().find(|(known, _)| *known == layer) {
            Some((_, sum)) => *sum += counted,
            None => sums.push((layer, counted)),
        }
    });
    sums.push((SmolStr::new_static("words"), rest));
    sums.retain(|(layer, sum)| *sum > 0.05 && !layer.ends_with('-'));
    sums.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    // As they are written in an annotation line.
    sums.iter_mut().for_each(|(_, sum)| *sum = (*sum * 100.0).round() / 100.0);
    sums
}

/// The class that the encoder finds likeliest for a span.
fn likeliest(evidence: &Evidence<'_, '_>, span: Span) -> &'static str {
    let likelihoods = evidence.likelihoods(span).unwrap_or_default();
    let best = Class::ALL
        .into_iter()
        .reduce(|best, class| if likelihoods[class as usize] > likelihoods[best as usize] { class } else { best });
    best.map_or("none", Class::as_str)
}
