//! Which place a name means: "Hama" in Syria, not in Japan.
//!
//! Each row of the gazetteer that has the name gets a score, the logarithm of odds of its being meant: how many
//! people know it (its inhabitants), what the words around say ("Paris, Tex.", "Washington state"), how much the
//! document speaks of its country and its region, and how near it lies to places of which there is no doubt. The
//! kinds of evidence are those of Leidner, "Toponym Resolution in Text" (2007).

mod scene;

use std::collections::HashMap;

use super::names::Found;
use super::text::Text;
use crate::gazetteer::{Entry, Gazetteer, NameRole};
use crate::model::{EntityType, MentionForm, Place, Span};
use crate::text::fold;
use scene::{Near, Scene};

/// Inhabitants of a place that may be meant although nothing else in the document speaks of its country …
const KNOWN: u64 = 15_000;
/// … and where the document does speak of another country.
const FAMOUS: u64 = 100_000;
/// What the words around count that say in what a place lies.
const WITHIN: f64 = 6.0;
/// What a document counts that speaks of the country, of the region, of a place nearby.
const COUNTRY: f64 = 1.5;
const REGION: f64 = 2.0;
const NEARBY: f64 = 1.5;
/// The size of a place whose name is not rather that of a people.
const LARGE: f64 = 5.0;
/// What it counts that the words around the same name say so elsewhere in the document.
const SAME: f64 = 4.0;
/// What it counts to stand in a list with regions of the same country.
const LISTED: f64 = 2.0;
/// How near the town lies that a quarter belongs to, in kilometres.
const QUARTER: f64 = 40.0;

/// The place that each of `spans` names, chosen as in a whole reading that found those names and, elsewhere,
/// `found`; none where the gazetteer has no place of this name. A facility counts where nothing else is called so, and
/// a people ("Syrian") stands for its country.
pub(super) fn of_spans(
    text: &Text<'_>,
    mut found: Vec<Found>,
    spans: &[Span],
    gazetteer: &Gazetteer,
) -> Vec<Option<Place>> {
    found.retain(|mention| !spans.iter().any(|span| span.overlaps(mention.span(text))));
    found.extend(spans.iter().filter_map(|span| named(text, *span, gazetteer)));
    found.sort_by_key(|mention| (mention.first, std::cmp::Reverse(mention.end)));
    choose(text, &mut found, gazetteer);
    let place_at = |span: &Span| found.iter().find(|mention| mention.exact == Some(*span))?.place();
    spans.iter().map(place_at).collect()
}

/// The words of a span as the name of a place.
fn named(text: &Text<'_>, span: Span, gazetteer: &Gazetteer) -> Option<Found> {
    let (first, end) =
        (text.analysis.word_at(span.start), text.analysis.words.partition_point(|word| word.span.start < span.end));
    let name = fold(text.document.text.get(span.start..span.end)?);
    let hits = gazetteer.lookup_folded(&name);
    let people = hits.iter().filter(|hit| hit.role == NameRole::Demonym);
    let sites = hits.iter().filter(|hit| hit.entry.kind == EntityType::Facility);
    let towns = hits.iter().any(|hit| hit.role != NameRole::Demonym && size(&hit.entry) > LARGE);
    let mut entries: Vec<Entry> = people.filter(|_| !towns).map(|hit| hit.entry.clone()).collect();
    if entries.is_empty() {
        entries = gazetteer.places(&name).into_iter().map(|hit| hit.entry).collect();
    }
    if entries.is_empty() {
        entries = sites.map(|hit| hit.entry.clone()).collect();
    }
    let kind = entries.first()?.kind;
    (first < end).then(|| Found { exact: Some(span), entries, ..Found::new(first, end, kind, "given", 1.0) })
}

/// Puts the likeliest row first in every geographic mention, and sets the mention's type by it. A name that no row of
/// any likelihood has is left without rows.
pub(super) fn choose(text: &Text<'_>, found: &mut [Found], gazetteer: &Gazetteer) {
    for mention in found.iter_mut().filter(|mention| is_place(mention)) {
        add_rows(text, mention, gazetteer);
    }
    let within = containers(text, found);
    let scene = Scene::new(found, &within);
    let words = Words { text, within: &within };
    // First without, then with the places of which there is no doubt.
    let mut scores: Vec<Vec<f64>> = Vec::with_capacity(found.len());
    for (index, mention) in found.iter().enumerate() {
        scores.push(if is_place(mention) { words.scores(found, index, mention, &scene) } else { Vec::new() });
    }
    let told: Vec<Told> = (0..found.len()).map(|index| Told::of(found, index, &within)).collect();
    let near = Near::new(found.iter().zip(&scores).filter_map(|(mention, scores)| undoubted(mention, scores)));
    let same = same_elsewhere(text, found, &scores, &told);
    for ((index, mention), mut scores) in found.iter_mut().enumerate().zip(scores) {
        if !is_place(mention) || mention.entries.is_empty() {
            continue;
        }
        for (score, entry) in scores.iter_mut().zip(&mention.entries) {
            *score += NEARBY * near.to(entry, &mention.entries);
            if told[index] != Told::Here && same[index].as_ref() == Some(&entry.key) {
                *score += SAME;
            }
        }
        decide(mention, scores, told[index], &scene);
    }
}

fn is_place(mention: &Found) -> bool {
    mention.kind.is_geographic() && mention.form == MentionForm::Name
}

/// For each mention, the key of the row that words around another mention of the same name speak for.
fn same_elsewhere(text: &Text<'_>, found: &[Found], scores: &[Vec<f64>], told: &[Told]) -> Vec<Option<String>> {
    let name = |mention: &Found| fold(text.slice(mention.span(text)));
    let mut keys: HashMap<String, String> = HashMap::new();
    for ((mention, scores), _) in found.iter().zip(scores).zip(told).filter(|(_, told)| **told == Told::Here) {
        if let Some(best) = best_of(scores) {
            keys.entry(name(mention)).or_insert_with(|| mention.entries[best].key.clone());
        }
    }
    if keys.is_empty() {
        return vec![None; found.len()];
    }
    found.iter().map(|mention| is_place(mention).then(|| keys.get(&name(mention)).cloned()).flatten()).collect()
}

fn best_of(scores: &[f64]) -> Option<usize> {
    (0..scores.len()).max_by(|&one, &other| scores[one].total_cmp(&scores[other]).then(other.cmp(&one)))
}

/// Adds the rows that say nothing of whether words are a name, now that it is known.
fn add_rows(text: &Text<'_>, mention: &mut Found, gazetteer: &Gazetteer) {
    let words = text.slice(mention.span(text));
    let behind = mention.first > 0 && matches!(text.word(mention.first - 1), "," | "(" | "-" | "–");
    let as_written = words.chars().next().is_some_and(char::is_uppercase)
        && (words.contains('.') || text.word(mention.end) == "." || words.chars().all(char::is_uppercase));
    for hit in gazetteer.places(&fold(words)) {
        let known = mention.entries.iter().any(|entry| entry.key == hit.entry.key);
        let short = hit.role == NameRole::Abbreviation;
        if !known && (!short || (behind && as_written)) && (hit.role != NameRole::Acronym || as_written) {
            mention.entries.push(hit.entry);
        }
    }
}

/// Which mention each mention is said to lie in: "Paris, Tex.", "Manbij in northern Syria", "Sweida (Syria)", "Cairo's
/// Abbasiya".
fn containers(text: &Text<'_>, found: &[Found]) -> Vec<Option<usize>> {
    let mut within = vec![None; found.len()];
    for (index, pair) in found.windows(2).enumerate() {
        let (one, next) = (&pair[0], &pair[1]);
        if !is_place(one) || !is_place(next) || next.first < one.end || next.first - one.end > 4 {
            continue;
        }
        // "Kafr Nabl village, Syria"
        let end = one.end + usize::from(is_place_noun(text.lower(one.end)) && one.end + 1 < next.first);
        match (text.lower(end), next.first - end) {
            (",", 1) if !is_list(text, found, index) => within[index] = Some(index + 1),
            ("(", 1) => within[index] = Some(index + 1),
            ("in", _) if (end + 1..next.first).all(|at| is_direction(text.lower(at))) => {
                within[index] = Some(index + 1)
            }
            ("'s" | "’s", 1) => within[index + 1] = Some(index),
            _ => {}
        }
    }
    within
}

/// Nouns that may stand behind the name of a place.
fn is_place_noun(word: &str) -> bool {
    is_area_noun(word) || is_town_noun(word) || matches!(word, "area" | "camp" | "neighbourhood" | "neighborhood")
}

fn is_area_noun(word: &str) -> bool {
    matches!(word, "governorate" | "province" | "region" | "state" | "oblast" | "district" | "county")
}

fn is_town_noun(word: &str) -> bool {
    matches!(word.strip_suffix('s').unwrap_or(word), "city" | "citie" | "town" | "village" | "suburb" | "municipality")
}

/// Words between "in" and the name of what holds a place: "in the north-western Idlib countryside".
fn is_direction(word: &str) -> bool {
    let part = word.strip_suffix("ern").unwrap_or(word);
    matches!(part, "the" | "central" | "rural" | "upper" | "lower" | "mid" | "-")
        || part.split('-').all(|part| {
            matches!(part, "north" | "south" | "east" | "west" | "northeast" | "northwest" | "southeast" | "southwest")
        })
}

/// Whether a mention and the next one stand in a list of equals: "Georgia, Armenia and Turkey".
fn is_list(text: &Text<'_>, found: &[Found], index: usize) -> bool {
    let wide =
        |entry: &Entry| matches!(entry.kind, EntityType::Country | EntityType::Region) && entry.population > KNOWN;
    let listed = listed(text, found, index + 1) || (index > 0 && listed(text, found, index - 1));
    listed && found[index].entries.iter().any(wide)
}

/// Whether only commas and conjunctions stand between a mention of a place and the next one.
fn listed(text: &Text<'_>, found: &[Found], index: usize) -> bool {
    let Some((one, next)) = found.get(index).zip(found.get(index + 1)) else { return false };
    let joins = |at: usize| matches!(text.lower(at), "," | "and" | "or" | "as" | "well");
    is_place(one)
        && is_place(next)
        && (1..5).contains(&next.first.saturating_sub(one.end))
        && (one.end..next.first).all(joins)
}

/// Whether rows of one name are rather a region of this country than a town.
fn is_region_of(rows: &[Entry], country: Option<&str>) -> bool {
    let largest = |kind: EntityType| {
        let of_kind = rows.iter().filter(|row| row.kind == kind && row.country.as_deref() == country);
        of_kind.map(size).fold(0.0, f64::max)
    };
    largest(EntityType::Region) > largest(EntityType::City).max(4.0)
}

/// The rows of the mentions that stand in a list before and behind a mention.
fn peers<'f>(text: &Text<'_>, found: &'f [Found], index: usize) -> Vec<&'f [Entry]> {
    let before = index.checked_sub(1).filter(|&before| listed(text, found, before));
    let after = listed(text, found, index).then_some(index + 1);
    before.into_iter().chain(after).map(|at| found[at].entries.as_slice()).collect()
}

/// What the words around a mention say.
struct Words<'a, 't> {
    text: &'a Text<'t>,
    within: &'a [Option<usize>],
}

impl Words<'_, '_> {
    /// The score of every row of a mention.
    fn scores(&self, found: &[Found], index: usize, mention: &Found, scene: &Scene) -> Vec<f64> {
        let after = self.text.lower(mention.end);
        let office =
            |word: &str| matches!(word, "gov" | "gov." | "governor" | "sen" | "sen." | "senator" | "lawmakers");
        let before = |count: usize| mention.first.checked_sub(count).map_or("", |at| self.text.lower(at));
        let region_word = is_area_noun(after) || office(after) || (is_area_noun(before(2)) && before(1) == "of");
        let town_word = is_town_noun(before(2)) && before(1) == "of";
        let peers = peers(self.text, found, index);
        let holds = index > 0 && self.within[index - 1] == Some(index);
        let score = |entry: &Entry| {
            let mut score = size(entry) + scene.of(entry);
            if entry.kind == EntityType::Region {
                let listed = peers.iter().any(|rows| is_region_of(rows, entry.country.as_deref()));
                score += if region_word { WITHIN } else { 0.0 } + if listed { LISTED } else { 0.0 };
            }
            if town_word && entry.kind == EntityType::City {
                score += WITHIN;
            }
            // Whoever goes on through "X, Y, Z" is in Z, too.
            let mut container = self.within[index];
            for _ in 0..3 {
                let Some(at) = container else { break };
                if found[at].entries.iter().any(|whole| lies_in(entry, whole)) {
                    score += WITHIN;
                }
                container = self.within[at];
            }
            if holds && found[index - 1].entries.iter().any(|part| lies_in(part, entry)) {
                score += WITHIN / 2.0;
            }
            score
        };
        mention.entries.iter().map(score).collect()
    }
}

/// How likely a place is meant where its name stands and nothing else is known: by how many live there.
fn size(entry: &Entry) -> f64 {
    // Of many small places nobody has counted the inhabitants.
    let inhabitants = (entry.population.max(300) as f64).log10();
    match entry.kind {
        EntityType::Country => inhabitants + 2.0,
        // "Homs" is the town rather than its governorate.
        EntityType::Region => inhabitants - 1.0,
        EntityType::Place if entry.population > 0 => inhabitants + 2.0,
        EntityType::Place => 6.0,
        _ => inhabitants,
    }
}

/// Whether one place is a part of another.
fn lies_in(part: &Entry, whole: &Entry) -> bool {
    if part.key == whole.key {
        return false;
    }
    match whole.kind {
        EntityType::Country => {
            part.country.is_some() && part.country == whole.country && part.kind != EntityType::Country
        }
        EntityType::Region => match (whole.key.strip_prefix("region:"), &part.region) {
            (Some(region), Some(within)) => region == within,
            // A district: what lies in its region and near its middle.
            (None, Some(_)) => part.region == whole.region && part.kind == EntityType::City && near(part, whole, 80.0),
            _ => false,
        },
        EntityType::City => part.country == whole.country && near(part, whole, QUARTER),
        _ => false,
    }
}

fn near(one: &Entry, other: &Entry, kilometres: f64) -> bool {
    one.point().zip(other.point()).is_some_and(|(one, other)| one.kilometres_to(other) < kilometres)
}

/// The row of which there is no doubt, if it is a place on the map rather than an area.
fn undoubted<'f>(mention: &'f Found, scores: &[f64]) -> Option<&'f Entry> {
    let best = best_of(scores)?;
    let entry = &mention.entries[best];
    let second = (0..scores.len()).filter(|&at| at != best).map(|at| scores[at]).fold(f64::MIN, f64::max);
    let small = matches!(entry.kind, EntityType::City) || entry.key.starts_with("district:");
    (small && scores[best] - second > 2.0).then_some(entry)
}

/// What the words around a mention say of where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Nothing,
    /// In a place that one of its rows lies in.
    Here,
    /// In a country or region that none of its rows lies in.
    Elsewhere,
}

impl Told {
    fn of(found: &[Found], index: usize, within: &[Option<usize>]) -> Self {
        let Some(whole) = within[index].map(|at| &found[at]) else { return Self::Nothing };
        let rows = &found[index].entries;
        let area = |entry: &Entry| matches!(entry.kind, EntityType::Country | EntityType::Region);
        if rows.iter().any(|part| whole.entries.iter().any(|whole| lies_in(part, whole))) {
            Self::Here
        } else if whole.entries.iter().any(area) && rows.iter().all(|row| row.kind == EntityType::City) {
            Self::Elsewhere
        } else {
            Self::Nothing
        }
    }
}

/// Sorts the rows of a mention by score, and drops those that nothing speaks for.
fn decide(mention: &mut Found, scores: Vec<f64>, told: Told, scene: &Scene) {
    let mut rows: Vec<(f64, Entry)> = scores.into_iter().zip(std::mem::take(&mut mention.entries)).collect();
    // A village abroad that happens to have the name.
    let famous = if scene.is_set() { FAMOUS } else { KNOWN };
    let known = |entry: &Entry| entry.kind != EntityType::City || entry.population >= famous;
    rows.retain(|(_, entry)| match told {
        Told::Here => true,
        Told::Nothing => known(entry) || scene.speaks_of(entry),
        Told::Elsewhere => false,
    });
    rows.sort_by(|(one, first), (other, second)| other.total_cmp(one).then_with(|| first.key.cmp(&second.key)));
    let Some((best, chosen)) = rows.first().cloned() else { return };
    mention.kind = chosen.kind;
    // Whether the town or its province of the same name is meant is no doubt of where it lies.
    rows.retain(|(_, row)| !lies_in(&chosen, row) && !lies_in(row, &chosen));
    let odds: f64 = rows.iter().map(|(score, _)| (score - best).exp()).sum();
    mention.certainty = Some((1.0 / odds) as f32);
    mention.entries = rows.into_iter().map(|(_, entry)| entry).collect();
}

#[cfg(test)]
mod tests;
