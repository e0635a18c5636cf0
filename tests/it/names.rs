//! How well an accurate reading finds names: in the articles, and in Arabic.

use std::collections::BTreeMap;
use std::ops::Range;

use super::support::{Workspace, project, seeds};

/// The names in the articles. A prison that is called by its town is a facility.
const NAMES: &[(&str, &str)] = &[
    ("Sednaya Prison", "Facility"),
    ("Sednaya", "Facility"),
    ("Saydnaya military prison", "Facility"),
    ("Saydnaya prison", "Facility"),
    ("Saydnaya", "Facility"),
    ("Suweida", "Facility"),
    ("Tartous Central Prison", "Facility"),
    ("Court of Justice", "Facility"),
    ("Rif Dimashq", "Location"),
    ("Syria", "Location"),
    ("Damascus", "Location"),
    ("Aleppo", "Location"),
    ("Hama", "Location"),
    ("Homs", "Location"),
    ("London", "Location"),
    ("Ragheed al-Tatari", "Person"),
    ("Tatari", "Person"),
    ("Hafez al-Assad", "Person"),
    ("Bashar Assad", "Person"),
    ("Bashar Barhoum", "Person"),
    ("Bashar", "Person"),
    ("Assad", "Person"),
    ("Bassam Masri", "Person"),
    ("Lina Khatib", "Person"),
    ("Khatib", "Person"),
    ("Heba", "Person"),
    ("Caesar", "Person"),
    ("Al Jazeera Arabic", "Organization"),
    ("Syrian Network for Human Rights", "Organization"),
    ("Hayat Tahrir al-Sham", "Organization"),
    ("HTS", "Organization"),
    ("Amnesty International", "Organization"),
    ("Associated Press", "Organization"),
    ("AP", "Organization"),
    ("Chatham House", "Organization"),
];

/// What may be taken for a name or not: rulers' houses, nicknames, departments, credits of pictures.
const OPEN: &[&str] = &[
    "Assad regime",
    "Assad family",
    "Assad dynasty",
    "Assad government",
    "human slaughterhouse",
    "Syrian intelligence",
    "Middle East and North Africa program",
    "God",
    "(AFP via Getty Images)",
    "(AP)",
];

type Found = (Range<usize>, String);

/// Names of people, organisations, facilities and locations in a text, by place in bytes.
fn read(workspace: &Workspace, file: &str) -> (String, Vec<Found>) {
    let line: serde_json::Value = serde_json::from_str(&workspace.ok(&["extract", file])).expect("JSON");
    let text = line["document"]["text"].as_str().expect("a text").to_owned();
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let place = |mention: &serde_json::Value, key: &str| bytes[mention[key].as_u64().expect("an offset") as usize];
    let mentions = line["mentions"].as_array().expect("mentions");
    let names = mentions.iter().filter(|mention| mention["form"] == "name").filter_map(|mention| {
        let kind = match mention["type"].as_str().expect("a type") {
            "City" | "Region" | "Country" | "Place" => "Location",
            kind @ ("Person" | "Organization" | "Facility") => kind,
            _ => return None,
        };
        Some((place(mention, "start")..place(mention, "end"), kind.to_owned()))
    });
    let names = names.collect();
    (text, names)
}

/// Where `name` stands as a word of its own.
fn places<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    text.match_indices(name).map(|(at, found)| at..at + found.len()).filter(|place| {
        let ends = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        ends(text[..place.start].chars().next_back()) && ends(text[place.end..].chars().next())
    })
}

/// The F measure of every type.
fn measures(gold: &[Found], found: &[Found]) -> BTreeMap<String, f64> {
    let of = |kind: &str, names: &[Found]| names.iter().filter(|name| name.1 == kind).count() as f64;
    let right = |kind: &str| gold.iter().filter(|name| name.1 == kind && found.contains(name)).count() as f64;
    let kinds: Vec<String> = gold.iter().map(|(_, kind)| kind.clone()).collect();
    kinds.into_iter().map(|kind| (kind.clone(), 2.0 * right(&kind) / (of(&kind, gold) + of(&kind, found)))).collect()
}

#[test]
fn names_in_the_articles() {
    let Some(folder) = seeds() else { return };
    let workspace = Workspace::new();
    let (mut gold, mut found) = (Vec::new(), Vec::new());
    for (number, file) in std::fs::read_dir(folder).expect("a folder").enumerate() {
        let (text, names) = read(&workspace, &file.expect("a file").path().display().to_string());
        let mut taken: Vec<Range<usize>> = OPEN.iter().flat_map(|open| places(&text, open)).collect();
        let touches = |taken: &[Range<usize>], place: &Range<usize>| {
            taken.iter().any(|other| other.start < place.end && place.start < other.end)
        };
        // Places in the second article come after all of the first.
        let shifted = |place: Range<usize>| place.start + (number << 32)..place.end + (number << 32);
        found.extend(names.into_iter().filter(|name| !touches(&taken, &name.0)).map(|(at, kind)| (shifted(at), kind)));
        for (name, kind) in NAMES {
            for place in places(&text, name) {
                if !touches(&taken, &place) {
                    taken.push(place.clone());
                    gold.push((shifted(place), (*kind).to_owned()));
                }
            }
        }
    }
    assert!(gold.len() > 50, "{} names", gold.len());
    for (kind, f1) in measures(&gold, &found) {
        assert!(f1 >= 0.95, "{kind}: {f1:.3}");
    }
}

#[test]
fn names_in_arabic() {
    let marked = std::fs::read_to_string(project().join("data/models/train/checks_ar.txt")).expect("the sentences");
    let (mut text, mut gold) = (String::new(), Vec::new());
    for line in marked.lines().filter(|line| !line.starts_with('#')) {
        for (number, part) in line.split(['[', ']']).enumerate() {
            match part.split_once('|') {
                Some((name, kind)) if number % 2 == 1 => {
                    let kind = if matches!(kind, "City" | "Country") { "Location" } else { kind };
                    gold.push((text.len()..text.len() + name.len(), kind.to_owned()));
                    text.push_str(name);
                }
                _ => text.push_str(part),
            }
        }
        text.push('\n');
    }
    assert!(gold.len() > 20, "{} names", gold.len());
    let workspace = Workspace::new();
    workspace.write("arabic.txt", &text);
    let (read, found) = read(&workspace, "arabic.txt");
    assert_eq!(read, text);
    let right = gold.iter().filter(|name| found.contains(name)).count();
    let f1 = 2.0 * right as f64 / (gold.len() + found.len()) as f64;
    assert!(f1 >= 0.8, "{f1:.3}: {found:?}");
}
