//! Learns how much each feature of two names counts: `data/link/names.toml`.
//!
//! ```text
//! cargo run --release --example name_weights -- data/link ../shared/bench/name_bench > names.toml
//! ```
//!
//! The pairs are those of `pairs.tsv`, others made of `spellings.tsv` (two spellings of a given name, or those of two given
//! names that look alike, each with a spelling of one family name) and of the places of the gazetteer, and, if a folder of the
//! set is given, of the name bench.
//! Logistic regression with a
//! penalty on squared weights; a weight of the sign that its feature cannot have is zero. What it comes to is told on
//! standard error, for the bench also by cross-validation: every tenth of it is judged by weights learned without it.

use std::path::Path;

use anyhow::{Context, Result};
use isnad::bench::accuracy::{has_arabic_elements, name_pairs};
use isnad::link::names::{FEATURES, Name, NameKind, Pair, features, pairs};

/// How much a pair of the project counts beside one of the bench.
const OWN: f64 = 1.0;

/// The same for a pair that is made.
const MADE: f64 = 0.03;

/// The same for all pairs of places together.
const PLACES: f64 = 60.0;

/// Countries whose places they are.
const COUNTRIES: [&str; 12] = ["SY", "IQ", "LB", "JO", "EG", "LY", "TN", "YE", "SD", "IR", "UA", "MM"];

/// How many pairs of places each of these gives.
const OF_A_COUNTRY: usize = 150;

/// How often a given name was seen that pairs are made of, a family name at least and at most, and how many letters two
/// given names that look alike may differ by.
const GIVEN: u32 = 40;
const FAMILY: std::ops::Range<u32> = 4..40;
const ALIKE: usize = 2;

/// The penalty on the square of a weight.
const PENALTY: f64 = 0.02;

/// Steps of descent.
const STEPS: usize = 4000;

/// Parts of the bench that are judged without having been learned from.
const FOLDS: usize = 10;

struct Example {
    values: Vec<f64>,
    same: bool,
    impossible: bool,
    weight: f64,
    pair: Pair,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().context("give the folder data/link")?;
    let table = |name: &str| {
        let path = Path::new(&folder).join(name);
        std::fs::read_to_string(&path).with_context(|| path.display().to_string())
    };
    let mut made: Vec<Example> = made(&table("spellings.tsv")?).into_iter().map(|pair| example(pair, MADE)).collect();
    let places = places(&table("../gazetteer/cities.tsv")?);
    let weight = PLACES / places.len().max(1) as f64;
    made.extend(places.into_iter().map(|pair| example(pair, weight)));
    let own: Vec<Example> =
        pairs(&table("pairs.tsv")?).context("pairs.tsv")?.into_iter().map(|pair| example(pair, OWN)).collect();
    let bench: Vec<Example> = match arguments.next() {
        Some(folder) => name_pairs(Path::new(&folder))?.into_iter().map(|(_, pair)| example(pair, 1.0)).collect(),
        None => Vec::new(),
    };
    let all: Vec<&Example> = own.iter().chain(&made).chain(&bench).collect();
    let weights = learn(&all);
    tell("own pairs, fitted", &own.iter().map(|one| (one, score(one, &weights))).collect::<Vec<_>>());
    tell("made pairs, fitted", &made.iter().map(|one| (one, score(one, &weights))).collect::<Vec<_>>());
    tell("bench, fitted", &bench.iter().map(|one| (one, score(one, &weights))).collect::<Vec<_>>());
    let mut judged = Vec::new();
    for fold in 0..FOLDS.min(bench.len()) {
        let held = |index: &usize| index % FOLDS == fold;
        let rest = bench.iter().enumerate().filter(|(index, _)| !held(index)).map(|(_, one)| one);
        let weights = learn(&own.iter().chain(&made).chain(rest).collect::<Vec<_>>());
        judged.extend(
            bench.iter().enumerate().filter(|(index, _)| held(index)).map(|(_, one)| (one, score(one, &weights))),
        );
    }
    tell("bench, cross-validated", &judged);
    if std::env::args().any(|argument| argument == "--errors") {
        for (one, score) in own.iter().chain(&made).chain(&bench).map(|one| (one, score(one, &weights))) {
            if (score >= 0.5) != one.same {
                eprintln!(
                    "{}\t{score:.2}\t{}\t{}",
                    if one.same { "same" } else { "other" },
                    one.pair.one,
                    one.pair.other
                );
            }
        }
    }
    println!(
        "# How much each feature of two names counts; made by `make name-weights`. src/link/names/features.rs says what"
    );
    println!("# they are. Names of a score of `accept` are taken for one.");
    println!("accept = 0.5\nbias = {:.3}\n\n[weights]", weights[FEATURES.len()]);
    for (feature, weight) in FEATURES.iter().zip(&weights) {
        println!("\"{}\" = {weight:.3}", feature.name);
    }
    Ok(())
}

/// Pairs of full names of given names and family names in Arabic letters and Latin ones.
fn made(spellings: &str) -> Vec<Pair> {
    let names: Vec<(&str, Vec<&str>, u32)> = spellings
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .map(|(arabic, spellings)| {
            let counted = spellings.split(' ').filter_map(|one| one.split_once(':'));
            let counted: Vec<(&str, u32)> = counted.map(|(name, count)| (name, count.parse().unwrap_or(0))).collect();
            (arabic, counted.iter().map(|(name, _)| *name).collect(), counted.iter().map(|(_, count)| count).sum())
        })
        .collect();
    let given: Vec<&(&str, Vec<&str>, u32)> = names.iter().filter(|(_, _, count)| *count >= GIVEN).collect();
    let family: Vec<&(&str, Vec<&str>, u32)> =
        names.iter().filter(|(_, latin, count)| FAMILY.contains(count) && latin.len() > 1).collect();
    let mut pairs = Vec::new();
    let mut add = |one: String, other: String, same| pairs.push(Pair { kind: NameKind::Person, one, other, same });
    for (index, (arabic, latin, _)) in given.iter().enumerate() {
        let (family_arabic, family_latin, _) = family[index * 7 % family.len()];
        for (at, spelling) in latin.iter().skip(1).take(2).enumerate() {
            let own = family_latin[(at + 1) % family_latin.len()];
            add(format!("{} {}", latin[0], family_latin[0]), format!("{spelling} {own}"), true);
        }
        add(format!("{arabic} {family_arabic}"), format!("{} {}", latin[0], family_latin[0]), true);
        let alike = given.iter().filter(|(other, spellings, _)| {
            other != arabic
                && spellings.iter().all(|one| !latin.contains(one))
                && differs(latin[0], spellings[0]) <= ALIKE
        });
        for (other, spellings, _) in alike.take(2) {
            add(format!("{} {}", latin[0], family_latin[0]), format!("{} {}", spellings[0], family_latin[0]), false);
            add(format!("{other} {family_arabic}"), format!("{} {}", latin[0], family_latin[0]), false);
        }
    }
    pairs
}

/// Pairs of names of places: those of one place whose consonants agree, and those of two of a country that look alike.
fn places(cities: &str) -> Vec<Pair> {
    let cities: Vec<Vec<&str>> = cities.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let place = |one: &str, other: &str, same| {
        let (one, other) = (one.to_owned(), other.to_owned());
        Pair { kind: NameKind::Place, one, other, same }
    };
    let skeleton = |text: &str| -> Vec<String> {
        Name::parse(text, NameKind::Place).parts().iter().map(|part| part.skeletons().swap_remove(0)).collect()
    };
    let mut pairs = Vec::new();
    for country in COUNTRIES {
        let own: Vec<&Vec<&str>> = cities.iter().filter(|cells| cells[5] == country).collect();
        let (mut same, mut other) = (Vec::new(), Vec::new());
        for (index, cells) in own.iter().enumerate() {
            let name = cells[1];
            let names = || cells[7].split('|').chain(cells[8].split('|')).filter(|one| !one.is_empty());
            let alike = names().filter(|one| *one != name && skeleton(one) == skeleton(name));
            same.extend(alike.take(2).map(|one| place(name, one, true)));
            let near = own[index + 1..].iter().filter(|near| {
                let distance = differs(&name.to_lowercase(), &near[1].to_lowercase());
                (1..=ALIKE).contains(&distance)
                    && !names().any(|one| near[7].split('|').any(|two| one == two) || one == near[1])
            });
            other.extend(near.take(1).map(|near| place(name, near[1], false)));
        }
        for pairs_of in [&same, &other] {
            let step = (pairs_of.len() / OF_A_COUNTRY).max(1);
            pairs.extend(pairs_of.iter().step_by(step).take(OF_A_COUNTRY).cloned());
        }
    }
    pairs
}

/// How many letters two words differ by, counted from both ends.
fn differs(one: &str, other: &str) -> usize {
    let same = |(one, other): &(char, char)| one == other;
    let front = one.chars().zip(other.chars()).take_while(same).count();
    let back = one.chars().rev().zip(other.chars().rev()).take_while(same).count();
    let longer = one.chars().count().max(other.chars().count());
    longer.saturating_sub(front + back)
}

fn example(pair: Pair, weight: f64) -> Example {
    let kind = pair.kind;
    let found = features(&Name::parse(&pair.one, kind), &Name::parse(&pair.other, kind));
    let mut values: Vec<f64> = found.values().iter().map(|value| f64::from(*value)).collect();
    // The last weight is the bias.
    values.push(1.0);
    Example { values, same: pair.same, impossible: found.is_impossible() || found.is_weak(), weight, pair }
}

fn score(example: &Example, weights: &[f64]) -> f64 {
    let sum: f64 = weights.iter().zip(&example.values).map(|(weight, value)| weight * value).sum();
    if example.impossible { 0.0 } else { 1.0 / (1.0 + (-sum).exp()) }
}

/// Projected gradient descent with momentum (Nesterov 1983).
fn learn(examples: &[&Example]) -> Vec<f64> {
    let examples: Vec<&&Example> = examples.iter().filter(|example| !example.impossible).collect();
    let count = FEATURES.len() + 1;
    let mut weights = vec![0.0; count];
    let mut ahead = weights.clone();
    let total: f64 = examples.iter().map(|example| example.weight).sum();
    for step in 0..STEPS {
        let mut gradient = vec![0.0; count];
        for example in &examples {
            let miss = (score(example, &ahead) - f64::from(u8::from(example.same))) * example.weight / total;
            for (slot, value) in gradient.iter_mut().zip(&example.values) {
                *slot += miss * value;
            }
        }
        let momentum = step as f64 / (step as f64 + 3.0);
        for at in 0..count {
            let penalty = if at < FEATURES.len() { PENALTY * ahead[at] / total.sqrt() } else { 0.0 };
            let mut next = ahead[at] - 0.5 * (gradient[at] + penalty);
            if FEATURES.get(at).is_some_and(|feature| !feature.effect.allows(next)) {
                next = 0.0;
            }
            ahead[at] = next + momentum * (next - weights[at]);
            weights[at] = next;
        }
    }
    weights
}

/// Pairs that are judged together, and which these are.
type Group = (&'static str, fn(&Pair) -> bool);

/// Says how well the pairs are told apart.
fn tell(what: &str, judged: &[(&Example, f64)]) {
    let groups: [Group; 4] = [
        ("all", |_| true),
        ("persons", |pair| pair.kind == NameKind::Person),
        ("others", |pair| pair.kind != NameKind::Person),
        ("Arabic elements", has_arabic_elements),
    ];
    for (group, of) in groups {
        let judged: Vec<(bool, bool)> =
            judged.iter().filter(|(one, _)| of(&one.pair)).map(|(one, score)| (one.same, *score >= 0.5)).collect();
        let count = |wanted: (bool, bool)| judged.iter().filter(|found| **found == wanted).count() as f64;
        let (right, missed, wrong) = (count((true, true)), count((true, false)), count((false, true)));
        let f1 = 2.0 * right / (2.0 * right + missed + wrong).max(1.0);
        eprintln!("{what}, {group}: {} pairs, {missed} missed, {wrong} wrong, F1 {f1:.3}", judged.len());
    }
}
