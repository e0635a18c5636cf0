//! Towns that stand for their prison: "several jails including Sednaya, Suweida as well as …".

use smol_str::SmolStr;

use super::lexicon::Lexicon;
use super::names::Found;
use super::text::Text;
use crate::gazetteer::{Entry, Gazetteer, NameRole};
use crate::model::{EntityType, MentionForm};

/// Words between the members of a list.
const LIST: &[&str] = &[
    ",",
    "and",
    "or",
    "as",
    "well",
    "including",
    "like",
    "such",
    "in",
    "at",
    "finally",
    "then",
    "later",
    "also",
    "both",
    ";",
];
/// Words of custody: a town after them may be a prison.
const CUSTODY: &[&str] = &[
    "held",
    "kept",
    "jailed",
    "imprisoned",
    "detained",
    "incarcerated",
    "transferred",
    "prisons",
    "jails",
    "prisoners",
    "detainees",
    "inmates",
    "cells",
    "executed",
    "tortured",
    "hanged",
    "freed",
    "released",
];

/// Classes of facilities where people are held.
const CUSTODIAL: &[&str] = &["Prison", "DetentionCentre", "SecurityBranch"];

/// Turns names of towns into facilities where the words around them say so.
///
/// Two signs count: the town is a member of a list whose other member or head noun is a facility
/// ("several jails including X", "at Tadmor Prison, in X and in Y"); or the gazetteer knows exactly
/// one prison that goes by the town's name and a word of custody stands before it in the sentence.
pub(super) fn metonymy(text: &Text<'_>, found: &mut [Found], gazetteer: &Gazetteer, lexicon: &Lexicon) {
    for index in 0..found.len() {
        let mention = &found[index];
        if mention.form != MentionForm::Name || !mention.kind.is_geographic() || mention.kind == EntityType::Country {
            continue;
        }
        let name = text.slice(mention.span(text)).to_owned();
        let (entry, weight) = if in_list_of_facilities(text, found, index, lexicon) {
            (prison_of(&name, gazetteer), 0.75)
        } else if after_custody(text, found, index) {
            (only_town_prison(&name, gazetteer), 0.65)
        } else {
            continue;
        };
        let listed = weight > 0.7;
        if entry.is_none() && !listed {
            continue;
        }
        let mention = &mut found[index];
        mention.kind = EntityType::Facility;
        mention.subtype = Some("Prison".to_owned());
        mention.rule = SmolStr::new_static(if listed { "metonymy:list-of-facilities" } else { "metonymy:custody" });
        mention.confidence = weight;
        mention.entries = entry.into_iter().collect();
    }
}

/// Whether the mention belongs to a list that has a facility in it, or follows "jails including".
fn in_list_of_facilities(text: &Text<'_>, found: &[Found], index: usize, lexicon: &Lexicon) -> bool {
    let joined = |one: &Found, other: &Found| {
        other.first >= one.end
            && other.first - one.end <= 4
            && other.first > one.end
            && (one.end..other.first).all(|at| LIST.contains(&text.lower(at)))
            && !(one.end..other.first).all(|at| matches!(text.lower(at), "in" | "at"))
    };
    let is_site = |mention: &Found| {
        let custodial = mention.subtype.as_deref().is_some_and(|class| CUSTODIAL.contains(&class));
        mention.kind == EntityType::Facility && custodial && (mention.form == MentionForm::Name || mention.plural)
    };
    let is_place = |mention: &Found| mention.kind.is_geographic() && mention.form == MentionForm::Name;
    // To the left: places up to a facility or a plural noun for facilities.
    let mut at = index;
    while at > 0 {
        let before = &found[at - 1];
        if before.end > found[at].first {
            break;
        }
        let gap: Vec<&str> = (before.end..found[at].first).map(|token| text.lower(token)).collect();
        if before.plural
            && before.kind == EntityType::Facility
            && lexicon.facility.plural.contains_key(&before.head)
            && (gap.contains(&"including") || gap.contains(&"like") || gap == ["such", "as"])
        {
            return true;
        }
        if !joined(before, &found[at]) {
            break;
        }
        if is_site(before) {
            // "at Evin Prison, Tehran" is an address, no list.
            let listed = gap.iter().any(|word| !matches!(*word, "," | "in" | "at"));
            let goes_on =
                found.get(at + 1).is_some_and(|next| joined(&found[at], next) && (is_place(next) || is_site(next)));
            return listed || goes_on || before.plural || at < index;
        }
        if !is_place(before) {
            break;
        }
        at -= 1;
    }
    // To the right: only to a named prison, and only where the sentence is about custody.
    let mut at = index;
    while at + 1 < found.len() && joined(&found[at], &found[at + 1]) {
        let next = &found[at + 1];
        if is_site(next) && next.subtype.as_deref() == Some("Prison") {
            return after_custody(text, found, index);
        }
        if !is_place(next) {
            break;
        }
        at += 1;
    }
    false
}

/// Whether a word of custody and a preposition of place stand before the mention in its sentence.
fn after_custody(text: &Text<'_>, found: &[Found], index: usize) -> bool {
    let mention = &found[index];
    let Some(sentence) = text.sentences().get(text.sentence_of(mention.first)) else { return false };
    let before = mention.first.checked_sub(1).map_or("", |at| text.lower(at));
    let listed = index > 0 && found[index - 1].end + 1 == mention.first;
    if !(matches!(before, "in" | "at" | "to" | "from" | "inside" | "of") || listed) {
        return false;
    }
    let from = mention.first.saturating_sub(15).max(sentence.first);
    (from..mention.first).any(|at| CUSTODY.contains(&text.lower(at)))
}

/// The prison that a town's name stands for: the only one called by the town's name, else "X Prison".
fn prison_of(name: &str, gazetteer: &Gazetteer) -> Option<Entry> {
    only_town_prison(name, gazetteer).or_else(|| {
        let mut named: Vec<Entry> = [format!("{name} Prison"), format!("{name} Central Prison")]
            .iter()
            .flat_map(|name| gazetteer.lookup(name))
            .map(|hit| hit.entry)
            .filter(|entry| entry.kind == EntityType::Facility)
            .collect();
        named.dedup_by(|one, other| one.key == other.key);
        (named.len() == 1).then(|| named.remove(0))
    })
}

fn only_town_prison(name: &str, gazetteer: &Gazetteer) -> Option<Entry> {
    let mut prisons: Vec<Entry> = gazetteer
        .lookup(name)
        .into_iter()
        .filter(|hit| hit.role == NameRole::Town && hit.entry.subtype.as_deref() == Some("Prison"))
        .map(|hit| hit.entry)
        .collect();
    (prisons.len() == 1).then(|| prisons.remove(0))
}
