//! What is said of a candidate, as features: short strings that the table of weights knows.
//!
//! Features of a layer begin with its name and a colon (`model:`, `encoder:`, `rules:`, `gazetteer:`, `document:`);
//! the others describe the words (`last=`, `tags=`…) and what stands around them (`before=`, `after=`…).

use std::fmt::Write as _;

use crate::gazetteer::{Hit, NameRole};
use crate::model::{EntityType, WordShape};

use super::candidate::Candidate;
use super::evidence::{Evidence, Fit, ModelSpan};
use super::weights::Class;

/// Features whose value is the logarithm of the probability that the encoder gives to each class, in the order of
/// [`Class::ALL`].
const LIKELIHOOD: [&str; Class::COUNT] = [
    "encoder:none likelihood",
    "encoder:person likelihood",
    "encoder:organization likelihood",
    "encoder:location likelihood",
    "encoder:facility likelihood",
    "encoder:nationality likelihood",
    "encoder:other likelihood",
];

/// Probabilities below this are taken for it.
const LEAST: f32 = 0.005;

/// Calls `say` with every feature of `candidate` and its value, in a fixed order. The value is 1 for what is so or
/// not, and a number for what there is more or less of.
pub(super) fn features(evidence: &Evidence<'_, '_>, candidate: Candidate, say: &mut dyn FnMut(&str, f32)) {
    if let Some(likelihoods) = evidence.likelihoods(candidate.span) {
        for (class, likelihood) in Class::ALL.into_iter().zip(likelihoods) {
            say(LIKELIHOOD[class as usize], likelihood.max(LEAST).ln());
        }
    }
    let mut line = String::with_capacity(64);
    let mut emit = |parts: std::fmt::Arguments<'_>| {
        line.clear();
        // Writing to a string cannot fail.
        let _ = line.write_fmt(parts);
        say(&line, 1.0);
    };
    let Candidate { first, end, span } = candidate;
    let text = evidence.text;
    let length = (end - first).min(5);
    emit(format_args!("bias"));

    // The model.
    let model = placed(evidence.model_at(span).map(|(name, fit)| (name, fit, name.name.label.as_str())), candidate);
    emit(format_args!("model:{model}"));
    emit(format_args!("model:{model} length={length}"));

    // The rules.
    let (rules, kind) = match evidence.rules_at(span) {
        None => ("-".to_owned(), "-"),
        Some((found, Fit::Exact)) => (format!("{} {}", found.rule, found.kind), found.kind.as_str()),
        Some((found, fit)) => (format!("{} {}", found.kind, fit.as_str()), fit.as_str()),
    };
    emit(format_args!("rules:{rules}"));
    emit(format_args!("model:{model} rules:{kind}"));

    // The gazetteer.
    let hits = evidence.hits(first, end);
    let gazetteer = gazetteer(&hits);
    emit(format_args!("gazetteer:{gazetteer}"));
    if gazetteer != "-" && !evidence.countries.is_empty() {
        let home = if hits.iter().any(|hit| evidence.is_home(&hit.entry)) { "home" } else { "abroad" };
        emit(format_args!("gazetteer:{gazetteer} {home}"));
        emit(format_args!("gazetteer:{home} model:{model}"));
    }
    emit(format_args!("gazetteer:{gazetteer} model:{model}"));
    if end - first > 1 {
        emit(format_args!("gazetteer-last:{}", self::gazetteer(&evidence.hits(end - 1, end))));
        emit(format_args!("gazetteer-first:{}", self::gazetteer(&evidence.hits(first, first + 1))));
    }
    let given = |at: usize| evidence.lexicon.is_given_name(text.folded(at));
    if given(first) {
        emit(format_args!("given-name length={length}"));
    }

    // The document.
    let name = crate::text::fold(text.slice(span));
    if let Some(calls) = evidence.calls.get(&name) {
        let total: usize = calls.values().sum();
        for (label, count) in sorted(calls) {
            let share = if *count * 3 >= total * 2 { "mostly" } else { "partly" };
            let often = if total > 3 { "often" } else { "seldom" };
            emit(format_args!("document:{label} {share} {often}"));
        }
    }
    if end - first == 1 && evidence.person_parts.contains(text.folded(first)) {
        emit(format_args!("document:part-of-person"));
        emit(format_args!("document:part-of-person model:{model}"));
    }
    if end - first == 1 && evidence.acronyms.contains(text.word(first)) {
        emit(format_args!("document:acronym"));
    }

    words(evidence, candidate, &model, &mut emit);
    surroundings(evidence, candidate, &model, &gazetteer, &mut emit);
}

/// What a model calls the candidate, and where its name lies if it is another span.
fn placed(said: Option<(&ModelSpan<'_>, Fit, &str)>, candidate: Candidate) -> String {
    match said {
        None => "-".to_owned(),
        Some((_, Fit::Exact, label)) => label.to_owned(),
        Some((name, fit, label)) => {
            let side = match fit {
                Fit::Inside if name.end == candidate.end => "-end",
                Fit::Inside if name.first == candidate.first => "-start",
                _ => "",
            };
            format!("{label} {}{side}", fit.as_str())
        }
    }
}

/// The name's own words.
fn words(
    evidence: &Evidence<'_, '_>,
    candidate: Candidate,
    model: &str,
    emit: &mut dyn FnMut(std::fmt::Arguments<'_>),
) {
    let Candidate { first, end, .. } = candidate;
    let (text, lexicon) = (evidence.text, evidence.lexicon);
    let length = (end - first).min(5);
    let last = text.lower(end - 1);
    emit(format_args!("length={length}"));
    emit(format_args!("last={last}"));
    emit(format_args!("first={}", text.lower(first)));
    let head = if lexicon.facility.is_head(last) {
        "facility"
    } else if lexicon.organization.heads.contains(last) {
        "organization"
    } else if let Some(kind) = lexicon.thing.heads.get(last) {
        kind.as_str()
    } else if lexicon.thing.posts.contains(last) {
        "post"
    } else {
        "-"
    };
    emit(format_args!("head={head} length={length}"));
    emit(format_args!("head={head} model:{model}"));
    if lexicon.organization.openers.contains(text.lower(first)) {
        emit(format_args!("opener of={}", text.lower(first + 1) == "of" && first + 1 < end));
    }
    if lexicon.titles.words.contains(text.lower(first)) {
        emit(format_args!("title-inside length={length}"));
    }
    let mut tags = String::new();
    for at in first..end.min(first + 6) {
        let tag = evidence.token(at).map_or("?", |token| token.tag.as_str());
        let tag = match tag {
            "NNP" | "NNPS" => "N",
            "NN" | "NNS" => "n",
            tag => tag,
        };
        tags.push_str(tag);
        tags.push('.');
    }
    emit(format_args!("tags={tags}"));
    let shapes: String = (first..end.min(first + 6))
        .map(|at| match text.shape(at) {
            WordShape::Capitalised if text.word(at).chars().count() == 1 => 'I',
            WordShape::Capitalised => 'C',
            WordShape::Upper => 'U',
            WordShape::Lower => 'l',
            WordShape::Number => '0',
            WordShape::Punctuation => '.',
        })
        .collect();
    emit(format_args!("shapes={shapes}"));
    let common = (first..end).filter(|&at| lexicon.is_common(text.lower(at))).count();
    let common = match common {
        0 => "none",
        count if count == end - first => "all",
        _ => "some",
    };
    emit(format_args!("common={common} length={length}"));
    for at in first + 1..end {
        let word = text.lower(at);
        if !text.is_capital(at)
            && matches!(word, "and" | "," | "of" | "for" | "in" | "'s" | "’s" | "the" | "-" | "/" | ".")
        {
            emit(format_args!("inside={word}"));
        }
    }
    let words = || (first..end).map(|at| text.word(at));
    if words().any(|word| word.contains(|letter: char| letter.is_ascii_digit())) {
        emit(format_args!("digit"));
    }
    if words().any(|word| word.contains('-')) {
        emit(format_args!("hyphen length={length}"));
    }
    if candidate.span != text.span(first, end) {
        emit(format_args!("part-of-word"));
    }
    // Endings of single words and of the last word: "-stan", "-ov", "-ville".
    if last.is_ascii() && last.len() > 3 {
        emit(format_args!("ending={} length={}", &last[last.len() - 2..], (end - first).min(2)));
        emit(format_args!("ending={} length={}", &last[last.len() - 3..], (end - first).min(2)));
    }
}

/// What stands around the name.
fn surroundings(
    evidence: &Evidence<'_, '_>,
    candidate: Candidate,
    model: &str,
    gazetteer: &str,
    emit: &mut dyn FnMut(std::fmt::Arguments<'_>),
) {
    let Candidate { first, end, .. } = candidate;
    let (text, lexicon) = (evidence.text, evidence.lexicon);
    let sentence = text.sentences().get(text.sentence_of(first));
    let (from, to) = sentence.map_or((first, end), |sentence| (sentence.first, sentence.end));
    let before = |back: usize| first.checked_sub(back).filter(|&at| at >= from);
    let word = |at: Option<usize>| at.map_or("^", |at| text.lower(at));
    let tag = |at: Option<usize>| at.and_then(|at| evidence.token(at)).map_or("^", |token| token.tag.as_str());
    let next = |on: usize| Some(end - 1 + on).filter(|&at| at < to);
    let function = |at: Option<usize>| {
        at.is_none_or(|at| lexicon.function.words.contains(text.lower(at)) || text.shape(at) == WordShape::Punctuation)
    };
    emit(format_args!("before={}", word(before(1))));
    emit(format_args!("before-tag={}", tag(before(1))));
    emit(format_args!("after={}", word(next(1))));
    emit(format_args!("after-tag={}", tag(next(1))));
    if function(before(1)) {
        emit(format_args!("before={} model:{model}", word(before(1))));
        emit(format_args!("before={} gazetteer:{gazetteer}", word(before(1))));
    }
    if word(before(1)) == "of" {
        emit(format_args!("before-of={}", word(before(2))));
    }
    if text.word(first.wrapping_sub(1)) == "the" && before(1).is_some() {
        emit(format_args!("the after-tag={}", tag(next(1))));
    }
    if text.opens(first) {
        emit(format_args!("opens common={}", lexicon.is_common(text.lower(first))));
        emit(format_args!("opens model:{model}"));
    }
    let capital = |at: Option<usize>| at.is_some_and(|at| text.is_capital(at));
    emit(format_args!("capital before={} after={}", capital(before(1)), capital(next(1))));
    emit(format_args!("capital after={} model:{model}", capital(next(1))));
    if lexicon.titles.words.contains(word(before(1))) {
        emit(format_args!("title-before"));
    }
    if lexicon.kinship.contains_key(word(before(1))) {
        emit(format_args!("kin-before"));
    }
    if lexicon.saying.verbs.contains(word(next(1))) {
        emit(format_args!("says"));
    }
    if lexicon.facility.is_head(word(next(1))) || lexicon.facility.qualifiers.contains(word(next(1))) {
        emit(format_args!("facility-after"));
    }
    if next(1).is_some_and(|at| text.shape(at) == WordShape::Number) {
        emit(format_args!("number-after head={}", lexicon.facility.numbered.contains_key(text.lower(end - 1))));
    }
    if lexicon.person.singular.contains_key(word(next(1))) || lexicon.is_plural_person(word(next(1))) {
        emit(format_args!("person-noun-after"));
    }
    if lexicon.person.singular.contains_key(word(before(1))) || lexicon.occupation.words.contains(word(before(1))) {
        emit(format_args!("person-noun-before"));
    }
    if word(next(1)) == "," && matches!(text.lower(end + 1), "who" | "whose" | "which" | "where" | "aged") {
        emit(format_args!("relative={}", text.lower(end + 1)));
    }
    if word(next(1)) == "," && text.shape(end + 1) == WordShape::Number && text.word(end + 1).len() == 2 {
        emit(format_args!("age"));
    }
    if word(next(1)) == "(" && text.shape(end + 1) == WordShape::Upper && text.word(end + 2) == ")" {
        emit(format_args!("acronym-after"));
    }
    if word(before(1)) == "(" && word(next(1)) == ")" {
        emit(format_args!("bracketed model:{model}"));
    }
    // In a heading every word has a capital, which then says little.
    if let Some(sentence) = sentence {
        let letters = |at: usize| !matches!(text.shape(at), WordShape::Punctuation | WordShape::Number);
        let words = sentence.words().take(60).filter(|&at| letters(at)).count();
        let capitals = sentence.words().take(60).filter(|&at| text.is_capital(at)).count();
        if words > 3 && capitals * 3 > words * 2 {
            emit(format_args!("heading length={}", (end - first).min(5)));
            emit(format_args!("heading model:{model}"));
        }
    }
    // The syntax: what the name is to its head.
    if let Some(token) = evidence.token(end - 1) {
        emit(format_args!("dep={}", token.dep));
        let head = &text.analysis.tokens[token.head];
        if token.dep == "nsubj" && lexicon.saying.verbs.contains(head.span.slice(&text.document.text)) {
            emit(format_args!("subject-of-saying"));
        }
        if matches!(token.dep.as_str(), "pobj" | "nsubj" | "dobj" | "poss" | "nsubjpass") {
            emit(format_args!("{} of={}", token.dep, head.lemma));
        }
        if token.dep == "compound" {
            emit(format_args!("compound of={}", head.tag));
        }
        if token.dep == "appos" {
            emit(format_args!("apposition to={}", head.tag));
        }
    }
}

/// What the rows of a name are: the likeliest reading, and how large a place.
fn gazetteer(hits: &[Hit]) -> String {
    let role = |hit: &Hit| match hit.role {
        NameRole::Demonym => Some("demonym"),
        NameRole::Acronym => Some("acronym"),
        NameRole::Nickname => Some("nickname"),
        _ => None,
    };
    let Some(first) = hits.iter().find(|hit| role(hit).is_none()) else {
        return hits.first().and_then(role).unwrap_or("-").to_owned();
    };
    let kind = |wanted: EntityType| hits.iter().any(|hit| hit.entry.kind == wanted && role(hit).is_none());
    for wanted in [EntityType::Country, EntityType::Facility, EntityType::Organization] {
        if kind(wanted) {
            return wanted.as_str().to_owned();
        }
    }
    let population = hits.iter().map(|hit| hit.entry.population).max().unwrap_or_default();
    let size = match population {
        0 => "",
        1..50_000 => " small",
        50_000..500_000 => " middling",
        _ => " large",
    };
    let region = if kind(EntityType::Region) { " region" } else { "" };
    let first = if kind(EntityType::City) { EntityType::City } else { first.entry.kind };
    format!("{first}{size}{region}")
}

fn sorted<'a>(calls: &'a std::collections::HashMap<&'a str, usize>) -> Vec<(&'a &'a str, &'a usize)> {
    let mut list: Vec<_> = calls.iter().collect();
    list.sort();
    list
}
