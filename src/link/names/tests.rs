//! Names that are and are not spellings of one, by what makes them hard.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::{Comparison, How, Name, NameKind, compare, keys, pairs, score};

fn compared(kind: NameKind, one: &str, other: &str) -> Comparison {
    compare(&Name::parse(one, kind), &Name::parse(other, kind))
}

/// Says which of the pairs are not told right.
fn wrong(kind: NameKind, same: bool, pairs: &[(&str, &str)]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (one, other) in pairs {
        let compared = compared(kind, one, other);
        if compared.is_same() != same {
            wrong.push(format!("{one} | {other}: {:.2}", compared.score));
        }
    }
    wrong
}

#[test]
fn spellings_of_a_person_are_one() {
    let pairs = [
        // Articles.
        ("Walid al-Bunni", "Walid Bunni"),
        ("Riad ash-Shaqfa", "Riyad al-Shaqfeh"),
        ("Moaz Alkhatib", "Moaz al-Khatib"),
        // Vowels and diphthongs.
        ("Haytham Maleh", "Haitham al-Malih"),
        ("Suheir Atassi", "Suhayr al-Atasi"),
        ("Farouq Tayfur", "Farouk Taifour"),
        // Consonants.
        ("Qadri Jamil", "Kadri Djamil"),
        ("Hafez Jamali", "Hafiz Gamali"),
        ("Zuhair Shaqir", "Dhouheir Chakir"),
        ("Othman Ghazi", "Uthman Gazi"),
        // Doubled letters, ta marbuta, ʿayn.
        ("Bassam Hallak", "Basam Hallaq"),
        ("Hamza Barakat", "Hamzeh Barakat"),
        ("Rif'at Sa'id", "Rifaat Saeed"),
        // Abd, Abu, al-Din, -ullah, ibn.
        ("Abdul Karim Bakkar", "Abdelkerim Bakar"),
        ("Abd al-Rahman Sharaf", "Abdurrahman Charaf"),
        ("Abu Yahya al-Hamawi", "Abou Yahia al-Hamoui"),
        ("Salah al-Din Sharif", "Salaheddine Cherif"),
        ("Hizb Allah Amini", "Hizbullah Amini"),
        ("Turki ibn Faysal", "Turki bin Faisal"),
        // Turkish, Kurdish, German.
        ("Mazlum Abdi", "Mazloum Abdi"),
        ("Cemil Şahin", "Jamil Shahin"),
        ("Ehmed Xalid", "Ahmad Khalid"),
        ("Baschir Dschaber", "Bashir Jaber"),
        // Scripts.
        ("Haitham Manna", "هيثم مناع"),
        ("Farouk Tayfour", "فاروق طيفور"),
        ("Ramzan Kadyrov", "Рамзан Кадыров"),
        ("Kyriakos Velopoulos", "Κυριάκος Βελόπουλος"),
        // Initials, missing and turned parts, titles, words written as one.
        ("J. R. Biden", "Joe Robinette Biden"),
        ("Ahmad Tohme Khudr", "Ahmad Tohme"),
        ("Sabra, George", "George Sabra"),
        ("Sheikh Anas Suwayd", "Anas Sweid"),
        ("GeorgeSabra", "George Sabra"),
        // A slip of the pen.
        ("George Sarba", "George Sabra"),
    ];
    assert_eq!(wrong(NameKind::Person, true, &pairs), [""; 0]);
}

#[test]
fn other_people_are_not_one() {
    let pairs = [
        ("Walid al-Bunni", "Akram al-Bunni"),
        ("Walid al-Bunni", "Walid al-Halabi"),
        ("Mohammed al-Hamwi", "Mohammed al-Halabi"),
        ("Hafez al-Assad", "Bashar al-Assad"),
        ("Turki bin Faisal", "Faisal bin Turki"),
        ("Mohammed bin Nayef", "Nayef bin Mohammed"),
        ("Bassam Hallak", "Basem Hallak"),
        ("Hassan Sharif", "Hussein Sharif"),
        ("Abdul Karim Bakkar", "Abdul Rahim Bakkar"),
        ("Abu Yahya al-Hamawi", "Abu Yahya al-Libi"),
        ("Umm Yahya", "Abu Yahya"),
        ("Salah al-Din Sharif", "Nour al-Din Sharif"),
        ("U Tin Oo", "U Tin Tun"),
        ("Ma Ei", "Ma Ohn"),
        ("محمد الحموي", "محمد الحلبي"),
        ("Иван Петров", "Иван Сидоров"),
        // One name that many have says nothing.
        ("Mohammed", "Mohammed al-Hamwi"),
        ("Mohammed", "Muhammad"),
        ("Ahmad", "Ahmad"),
        ("Abu Ali", "Abou Ali"),
    ];
    assert_eq!(wrong(NameKind::Person, false, &pairs), [""; 0]);
}

#[test]
fn sites_are_told_apart_by_number_sort_and_place() {
    let same = [
        ("Branch 293", "الفرع 293"),
        ("Branch 293", "Military Intelligence Branch 293"),
        ("Brigade Thirty-Four", "Brigade 34"),
        ("Sednaya Prison", "Saydnaya military prison"),
        ("Tadmor Prison", "سجن تدمر"),
        ("Deir Ezzor Central Prison", "سجن دير الزور المركزي"),
    ];
    assert_eq!(wrong(NameKind::Facility, true, &same), [""; 0]);
    let other = [
        ("Branch 215", "Branch 251"),
        ("Mezzeh Airport", "Mezzeh Prison"),
        ("Mezzeh Prison", "Mezzeh Military Hospital"),
        ("Hospital 601", "Mezzeh Prison"),
        ("Central Prison", "Central Prison"),
        ("Aleppo Central Prison", "Hama Central Prison"),
        ("First Military Prison", "Third Military Prison"),
    ];
    assert_eq!(wrong(NameKind::Facility, false, &other), [""; 0]);
    let town = Name::parse("Saydnaya", NameKind::Place);
    assert!(!compare(&town, &Name::parse("Saydnaya Prison", NameKind::Facility)).is_same());
    assert!(compare(&town, &Name::parse("Sednaya", NameKind::Place)).is_same());
}

#[test]
fn bodies_are_told_apart_by_what_they_do() {
    let same = [("Cham Holding LLC", "Cham Holding Limited Liability Company"), ("The World Bank", "World Bank")];
    assert_eq!(wrong(NameKind::Organization, true, &same), [""; 0]);
    let other = [
        ("Syrian Oil Company", "Syrian Gas Company"),
        ("Bank of Syria", "Bank of Jordan"),
        ("Ltd", "Limited"),
        ("Al-Nur Fund II", "Al-Nur Fund IX"),
    ];
    assert_eq!(wrong(NameKind::Organization, false, &other), [""; 0]);
}

#[test]
fn what_matched_is_told_part_by_part() {
    let told = |one, other| -> Vec<How> {
        compared(NameKind::Person, one, other).parts.into_iter().map(|part| part.how).collect()
    };
    assert_eq!(told("Qadlun Tayfur", "Kadlun Tayfour"), [How::Consonants("q", "k"), How::Vowels]);
    assert_eq!(told("Haitham Maleh", "هيثم المالح"), [How::Table, How::Transliteration]);
    assert_eq!(told("W. al-Bunni", "Walid Bunni"), [How::Initial, How::Article]);
    assert_eq!(told("Walid Bunni", "Walid Halabi"), [How::Same, How::Conflict]);
    assert_eq!(told("Walid Bunni", "Walid Ahmad Bunni"), [How::Same, How::Same, How::Missing]);
    assert_eq!(told("George Sarba", "George Sabra"), [How::Same, How::Typo]);
    assert_eq!(told("PolPot", "Pol Pot"), [How::Joined, How::Joined]);
    let sites = compared(NameKind::Facility, "Branch 215", "فرع 215").parts;
    assert_eq!(sites.into_iter().map(|part| part.how).collect::<Vec<_>>(), [How::Generic, How::Number]);
}

#[test]
fn nothing_matches_nothing() {
    for text in ["", " ", "bin", "al-", "🙂🙂", "—", "Dr.", "ابن", "ال", "\u{200f}", "A. B."] {
        for kind in [NameKind::Person, NameKind::Organization, NameKind::Facility, NameKind::Place] {
            let name = Name::parse(text, kind);
            assert_eq!(score(&name, &Name::parse("Mohammed Ali", kind)), 0.0, "{text} as {kind:?}");
        }
        let person = Name::parse(text, NameKind::Person);
        assert_eq!(score(&person, &person), 0.0, "{text}");
    }
}

#[test]
fn a_very_long_name_is_read_in_part() {
    let long = Name::parse(&"Muhammad ibn Abdullah ".repeat(500), NameKind::Person);
    assert!(long.parts().len() <= 16);
    assert!(score(&long, &Name::parse(&"x".repeat(10_000), NameKind::Person)) < 0.5);
    assert!(keys(&long).len() < 100);
}

#[test]
fn the_pairs_of_the_project_are_told_apart() {
    let pairs = pairs(include_str!("../../../data/link/pairs.tsv")).expect("every line is a pair");
    let right = pairs.iter().filter(|pair| compared(pair.kind, &pair.one, &pair.other).is_same() == pair.same).count();
    assert!(right as f64 >= 0.95 * pairs.len() as f64, "{right} of {}", pairs.len());
    let (mut shared, mut all) = (0, 0);
    for pair in pairs.iter().filter(|pair| pair.same) {
        let (one, other) = (keys(&Name::parse(&pair.one, pair.kind)), keys(&Name::parse(&pair.other, pair.kind)));
        all += 1;
        shared += usize::from(one.iter().any(|key| other.contains(key)));
    }
    assert!(f64::from(all) * 0.98 <= shared as f64, "{shared} of {all} share a key");
}

/// A table of the benchmark data, which is not part of the project; says so where it is not there.
fn outside(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gazetteers").join(name);
    let text = fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("{} is not there; nothing is tested on it", path.display());
    }
    text
}

#[test]
fn spellings_seen_in_reports_are_told_apart() {
    let Some(table) = outside("name_match_tests.tsv") else { return };
    let sites = ["Prison", "prison", "Branch"];
    let mut wrong = Vec::new();
    let mut all = 0;
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let &[same, one, other, ..] = cells.as_slice() else { continue };
        let site = |text: &str| sites.iter().any(|word| text.contains(word));
        // Two words or more without a word for a site are somebody.
        let kind = |text: &str| match (site(text), one.contains(' ') && other.contains(' ')) {
            (true, _) => NameKind::Facility,
            (_, true) if !one.starts_with("Deir") && !one.starts_with("Khan") && !one.starts_with("Abu Kamal") => {
                NameKind::Person
            }
            _ => NameKind::Place,
        };
        let compared = compare(&Name::parse(one, kind(one)), &Name::parse(other, kind(other)));
        all += 1;
        if compared.is_same() != (same == "pos") {
            wrong.push(format!("{same}: {one} | {other}: {:.2}", compared.score));
        }
    }
    assert!(wrong.len() * 20 <= all, "{} of {all}: {wrong:?}", wrong.len());
}

#[test]
fn spellings_of_sites_lead_to_their_site_and_to_no_other() {
    let Some(table) = outside("syria_facilities.tsv") else { return };
    // Each spelling is held against all other names of every site. It leads to the best one, if the odds of
    // no other are nearly as good.
    let sites: Vec<Vec<&str>> = table
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let spellings = cells[8].split(';').filter(|text| !text.trim().is_empty());
            [cells[1], cells[2]].into_iter().chain(spellings).collect()
        })
        .collect();
    let names: Vec<Vec<Name>> =
        sites.iter().map(|site| site.iter().map(|text| Name::parse(text, NameKind::Facility)).collect()).collect();
    let odds = |score: f64| (score / (1.0 - score)).ln();
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for (own, site) in names.iter().enumerate() {
        for spelling in site.iter().skip(2) {
            let best = |other: usize| {
                let others = names[other].iter().filter(|name| other != own || name.text() != spelling.text());
                others.map(|name| score(spelling, name)).fold(0.0, f64::max)
            };
            let mut reached: Vec<(f64, usize)> = (0..names.len()).map(|other| (best(other), other)).collect();
            reached.sort_by(|one, other| other.0.total_cmp(&one.0));
            all += 1;
            if reached[0].0 < Comparison::threshold() || odds(reached[0].0) - odds(reached[1].0) < 0.25 {
                continue;
            }
            if reached[0].1 == own {
                right += 1;
            } else {
                wrong.push(format!("{} leads to {}", spelling.text(), sites[reached[0].1][0]));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    eprintln!("{right} of {all} spellings lead to their site");
    assert!(right * 10 >= all * 9, "{right} of {all}");
}

proptest! {
    #[test]
    fn any_text_is_a_name_and_the_order_of_two_does_not_matter(
        one in "\\PC{0,40}|([A-Z][a-z]{0,8}[ '.,-]){0,6}|[ابتجحدرسعلمنوي ]{0,20}",
        other in "\\PC{0,40}|([A-Z][a-z]{0,8}[ '.,-]){0,6}|[ابتجحدرسعلمنوي ]{0,20}",
        kind in 0..4,
    ) {
        let kind = [NameKind::Person, NameKind::Organization, NameKind::Facility, NameKind::Place][kind as usize];
        let (one, other) = (Name::parse(&one, kind), Name::parse(&other, kind));
        let there = compare(&one, &other);
        prop_assert!((0.0..=1.0).contains(&there.score));
        prop_assert!((there.score - score(&other, &one)).abs() < 1e-6);
        for part in one.parts() {
            prop_assert!(one.text().contains(one.written(part)));
        }
    }
}
