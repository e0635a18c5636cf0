//! Figures in sentences: number, bound, unit, state, rate, whole and period; and numbers that are none.

use super::super::Reader;
use crate::model::{Annotations, Document, Reading};

fn read(text: &str) -> Annotations {
    Reader::embedded(Reading::Fast).read(Document::from_text("test", text))
}

/// One line for each figure: `value..upper bound unit [states] per rate < value of the whole`.
fn figures(text: &str) -> Vec<String> {
    let found = read(text);
    let number = |value: Option<i64>| value.map_or_else(String::new, |value| value.to_string());
    found
        .figures
        .iter()
        .map(|figure| {
            let mut line = number(figure.value);
            if figure.upper.is_some() {
                line += &format!("..{}", number(figure.upper));
            }
            line += &format!(" {} {}", figure.bound, figure.unit);
            if !figure.counted.is_empty() {
                line += &format!(" [{}]", figure.counted.join(" "));
            }
            if let Some(rate) = figure.rate {
                line += &format!(" per {rate}");
            }
            if let Some(whole) = figure.part_of {
                line += &format!(" < {}", number(found.figures[whole].value));
            }
            line
        })
        .collect()
}

#[test]
fn what_is_counted_and_what_befell_it() {
    for (text, expected) in [
        ("Soldiers arrested 34 teachers in Lima.", &["34 exact teacher [Arrest]"][..]),
        ("About 400 people were killed and tortured.", &["400 about person [Killing Torture]"]),
        ("Fewer than 50 inmates escaped.", &["50 atMost inmate [Detention Escape]"]),
        ("Up to 13,000 Iranians were hanged.", &["13000 atMost person [Execution]"]),
        ("Over 53,000 photographs were smuggled out.", &["53000 atLeast photograph"]),
        ("More than two dozen facilities were searched.", &["24 atLeast facility"]),
        ("At least another 20 houses were burned.", &["20 atLeast house [Arson]"]),
        ("Nearly 300 miners remain in detention.", &["300 about miner [Detention]"]),
        ("Between 5,000 and 13,000 people were hanged.", &["5000..13000 range person [Execution]"]),
        ("Some 20 to 30 villagers died.", &["20..30 range villager [Death]"]),
        ("Tens of thousands of people fled.", &["20000 vague person [Movement]"]),
        ("Hundreds of those imprisoned under the junta were released.", &["200 vague person [Detention Release]"]),
        ("A dozen bodies were found in the well.", &["12 about body [Death]"]),
        ("Half a million people were displaced.", &["500000 about person [Movement]"]),
        ("Forty-five soldiers were found dead.", &["45 exact soldier [Death]"]),
        ("Twelve men are believed to have died.", &["12 exact man [Death]"]),
        ("The blast killed 12 and wounded 30.", &["12 exact person [Killing]", "30 exact person [Injury]"]),
        ("They counted 20 dead and 30 wounded.", &["20 exact person [Death]", "30 exact person [Injury]"]),
        ("The army freed 14 hostages.", &["14 exact hostage [Abduction Release]"]),
        ("Police killed 12 people and fled.", &["12 exact person [Killing]"]),
        ("The group documented the arrest of 1,204 lawyers.", &["1204 exact lawyer [Arrest]"]),
        ("The group documented 1,204 arrests.", &["1204 exact arrest [Arrest]"]),
        (
            "There are 600 people under arrest or forcibly disappeared.",
            &["600 exact person [Detention EnforcedDisappearance]"],
        ),
        ("One woman was abducted.", &["1 exact woman [Abduction]"]),
        ("The convoy lost 300 men or more.", &["300 atLeast man"]),
        ("Bombs damaged 3,000-4,000 homes.", &["3000..4000 range home [Destruction]"]),
        ("1.5 million people fled.", &["1500000 exact person [Movement]"]),
        ("Several hundred nurses were jailed.", &["300 vague nurse [Detention]"]),
    ] {
        assert_eq!(figures(text), expected, "{text}");
    }
}

#[test]
fn numbers_told_by_a_verb_count_what_their_subject_names() {
    for (text, expected) in [
        ("The death toll rose to 45.", "45 exact death [Death]"),
        ("The death toll rose from 20 to 45.", "45 exact death [Death]"),
        ("Activists put the number of dead at 85.", "85 exact person [Death]"),
        ("The number of prisoners held in the camp amounted to 7,012.", "7012 exact prisoner [Detention]"),
        ("The number of people detained since May stands at 600.", "600 exact person [Detention]"),
    ] {
        assert_eq!(figures(text), [expected], "{text}");
    }
}

#[test]
fn parts_know_their_whole() {
    for (text, expected) in [
        (
            "Police arrested 150 people, including 20 children and 8 women.",
            &["20 exact child [Arrest] < 150", "8 exact woman [Arrest] < 150"][..],
        ),
        ("At least 300 people, among them 20 children, were arrested.", &["20 exact child [Arrest] < 300"]),
        ("Some 120 miners were killed, of whom 20 were women.", &["20 exact woman [Killing] < 120"]),
        ("Of the 150 detainees, 20 were freed.", &["20 exact detainee [Release] < 150"]),
        ("The court tried 90 officers. Of those, 14 were convicted.", &["14 exact officer [Sentence] < 90"]),
        ("Guards beat 80 prisoners. Among them were 8 women.", &["8 exact woman [Torture Detention] < 80"]),
        (
            "Police arrested 12 people, seven women and five men.",
            &["7 exact woman [Arrest] < 12", "5 exact man [Arrest] < 12"],
        ),
        ("Only 12 of the 150 detainees were freed.", &["12 exact detainee [Detention Release] < 150"]),
    ] {
        let parts: Vec<String> = figures(text).into_iter().filter(|line| line.contains('<')).collect();
        let sorted = |line: &String| {
            let (head, rest) = line.split_once('[').expect("a state");
            let (states, whole) = rest.split_once(']').expect("closed");
            let mut states: Vec<&str> = states.split(' ').collect();
            states.sort_unstable();
            format!("{head}{states:?}{whole}")
        };
        let expected: Vec<String> = expected.iter().map(|line| sorted(&(*line).to_owned())).collect();
        assert_eq!(parts.iter().map(sorted).collect::<Vec<_>>(), expected, "{text}");
    }
}

#[test]
fn figures_that_are_no_parts_stand_alone() {
    for text in [
        "Police arrested 150 people. Rebels killed 20 soldiers.",
        "Police arrested 20 men and 150 women were freed.",
        "Five women and ten men were tried.",
        "Twenty people were held, including the mayor. Ten houses were burned.",
        "They freed 20 men, including 300 others who had fled.",
    ] {
        assert!(figures(text).iter().all(|line| !line.contains('<')), "{text}: {:?}", figures(text));
    }
}

#[test]
fn what_befell_a_part_did_not_befall_the_whole() {
    let found = figures("Guards killed 120 people, including 5 children who had been abducted.");
    assert_eq!(found, ["120 exact person [Killing]", "5 exact child [Abduction] < 120"]);
    let found = figures("The camp holds 900 people, including 50 women who are in detention or forcibly disappeared.");
    assert!(found[0].starts_with("900") && found[0].contains("EnforcedDisappearance"), "{found:?}");
}

#[test]
fn rates_are_no_totals() {
    for (text, rate) in [
        ("Dozens of people were executed every week.", Some("per week")),
        ("Soldiers killed as many as 200 civilians a day.", Some("per day")),
        ("Each month 300 people were deported.", Some("per month")),
        ("The court hears 40 cases per year.", Some("per year")),
        ("A day later 200 civilians were killed.", None),
        ("Guards killed 200 civilians a day after the protest.", None),
        ("The men held 20 hostages for a week.", None),
        ("Nine people were arrested in a day.", None),
    ] {
        let found = figures(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        match rate {
            Some(rate) => assert!(found[0].ends_with(rate), "{text}: {found:?}"),
            None => assert!(!found[0].contains(" per "), "{text}: {found:?}"),
        }
    }
}

#[test]
fn numbers_that_count_nothing_are_no_figures() {
    for text in [
        "Maria Lopez, 63, lives here.",
        "The 24-year-old teacher left.",
        "He was 24 years old and aged 20.",
        "They won 3-2 in the end.",
        "It costs $500 or 300 euros.",
        "He walked 20 km in 3 hours at 5 p.m.",
        "Prices rose by 15 percent and 3%.",
        "Branch 215 and Resolution 1267 are known.",
        "The 2011 uprising began in March 2011.",
        "Two men said that they were tired.",
        "One of them smiled.",
        "3. Prisoners",
        "1/5 Families",
        "There are 1,2,3.000 reasons.",
        "Three out of four agree, and one in five women stay.",
        "Call 555-1234 or see page 12.",
        "The temperature was 20 degrees at 9:30.",
        "On May 5 they left; Room 101 was empty.",
        "It was day 16 of the strike.",
        "He did it three times, in two ways.",
        "A few came, and many left.",
        "He is one in a million.",
    ] {
        assert_eq!(figures(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn periods_are_those_of_the_clause() {
    let found = read(
        "Rights groups said on 3 May 2022 that up to 900 people were killed between 2011 and 2016, and 20 guards in 2019 were dismissed.",
    );
    let years: Vec<(String, String)> = found
        .figures
        .iter()
        .filter_map(|figure| figure.period)
        .map(|period| {
            (
                period.earliest.map_or(String::new(), |day| day.to_string()),
                period.latest.map_or(String::new(), |day| day.to_string()),
            )
        })
        .collect();
    let span = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(years, [span("2011-01-01", "2016-12-31"), span("2019-01-01", "2019-12-31")]);
}

#[test]
fn a_figure_given_twice_by_one_claimant_is_one() {
    let text = "The Harbour Network said that 136,614 people were detained. Ships left.\n\nThe Harbour Network said that 136,614 people were detained.";
    let found = read(text);
    assert_eq!(found.figures.len(), 1);
    assert_eq!(found.figures[0].evidence.len(), 2);
    for other in [
        // Another claimant, another number, a round number, another state.
        "The Harbour Network said that 136,614 people were detained. Police said that 136,614 people were detained.",
        "The Harbour Network said that 136,614 people were detained. The Harbour Network said that 136,615 people were detained.",
        "The Harbour Network said that 5,000 people were detained. The Harbour Network said that 5,000 people were detained.",
        "The Harbour Network said that 136,614 people were detained. The Harbour Network said that 136,614 people were killed.",
    ] {
        assert_eq!(read(other).figures.len(), 2, "{other}");
    }
}

#[test]
fn places_and_events_are_those_of_the_counted() {
    let found = read("In 2023, 400 people were arrested in Lima and 20 in Cusco.");
    let places: Vec<&str> =
        found.figures.iter().filter_map(|figure| Some(found.entities[figure.place?].name.as_str())).collect();
    assert_eq!(places, ["Lima", "Cusco"]);
    let event = found.figures[0].event.expect("the arrest");
    assert_eq!(found.events[event].kind, "Arrest");
    assert_eq!(read("The Lima office counted 400 votes.").figures[0].place, None);
}
