//! Which event gets which time. The document is of Monday, 9 December 2024.

use crate::extract::Reader;
use crate::model::{Basis, Document, Interval, Reading};

/// Every event of `text`: its words, its days, what they rest on, and how long it lasts.
fn events(text: &str, published: Option<&str>) -> Vec<String> {
    let mut document = Document::from_text("test", text);
    document.published = published.map(|day| Interval::day(day.parse().expect("a date"), Basis::Metadata));
    let read = Reader::embedded(Reading::Fast).read(document);
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
    let told = read.events.iter().map(|event| {
        let time = event.time.map_or_else(String::new, |(interval, _)| match (interval.earliest, interval.latest) {
            (Some(one), Some(other)) if one == other => format!("{one} {}", interval.basis),
            (one, other) => format!("{}..{} {}", day(one), day(other), interval.basis),
        });
        let length = event.duration.map_or("", |time| read.times[time].span.slice(text));
        format!("{} {time} {length}", event.trigger.slice(text)).trim_end().to_owned()
    });
    told.collect()
}

fn check(table: &[(&str, &[&str])]) {
    let wrong: Vec<_> = table
        .iter()
        .map(|(text, expected)| (events(text, Some("2024-12-09")), *expected))
        .filter(|(found, expected)| found != expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_time_belongs_to_the_event_that_governs_it() {
    check(&[
        ("Ali Hassan was arrested in Homs on 3 May 2012.", &["arrested 2012-05-03 stated"]),
        (
            "Ali Hassan was arrested in May 2012 and released in 2014.",
            &["arrested 2012-05-01..2012-05-31 stated", "released 2014-01-01..2014-12-31 stated"],
        ),
        ("The arrest of Ali Hassan on 3 May 2012 was illegal.", &["arrest 2012-05-03 stated"]),
        ("The arrest of Ali Hassan took place on 3 May 2012.", &["arrest 2012-05-03 stated"]),
        (
            "Ali Hassan, who was arrested in 2012, was released on Sunday.",
            &["arrested 2012-01-01..2012-12-31 stated", "released 2024-12-08 inferred"],
        ),
        (
            "Ali Hassan was arrested when he was visiting his mother in 2012.",
            &["arrested 2012-01-01..2012-12-31 inferred", "visiting 2012-01-01..2012-12-31 stated"],
        ),
    ]);
}

#[test]
fn the_date_of_a_saying_is_not_that_of_the_event() {
    check(&[
        ("Police said on Sunday that Ali Hassan was arrested.", &["arrested ?..2024-12-09 inferred"]),
        ("On Sunday, police said they had arrested Ali Hassan.", &["arrested ?..2024-12-09 inferred"]),
        // Nor is that of a dateline.
        ("Dec. 8 (Agency) -- Ten people were killed.", &["killed ?..2024-12-09 inferred"]),
        (
            "Police told reporters on Sunday that Ali Hassan was arrested in 2012.",
            &["arrested 2012-01-01..2012-12-31 stated"],
        ),
    ]);
}

#[test]
fn a_date_at_the_head_of_a_sentence_covers_what_is_joined() {
    check(&[
        (
            "On 3 May 2012, Ali Hassan was arrested and tortured.",
            &["arrested 2012-05-03 stated", "tortured 2012-05-03 stated"],
        ),
        (
            "On 3 May 2012, gunmen attacked the village, killing ten people.",
            &["attacked 2012-05-03 stated", "killing 2012-05-03 stated"],
        ),
        (
            "On Sunday, Ali Hassan, who was arrested in 2012, was released.",
            &["arrested 2012-01-01..2012-12-31 stated", "released 2024-12-08 inferred"],
        ),
    ]);
}

#[test]
fn what_comes_before_and_after_is_bounded() {
    check(&[
        (
            "Ali Hassan was arrested on 3 May 2012 after rebels killed ten people.",
            &["arrested 2012-05-03 stated", "killed ?..2012-05-03 inferred"],
        ),
        (
            "Ali Hassan was tortured before he was released on 3 May 2012.",
            &["tortured ?..2012-05-03 inferred", "released 2012-05-03 stated"],
        ),
        (
            "Ali Hassan has been detained since the start of the war in 2011.",
            &["detained 2011-01-01..2024-12-09 inferred"],
        ),
        ("Ali Hassan was released by 8 December.", &["released ?..2024-12-08 inferred"]),
        // The day is that on which they began; the last place was reached on another.
        (
            "On 27 November, rebels seized Aleppo, Hama and Homs, before reaching Damascus on Sunday.",
            &["seized 2024-11-27..2024-12-08 inferred"],
        ),
        ("On 27 November, rebels seized Aleppo before reaching Damascus on Sunday.", &["seized 2024-11-27 inferred"]),
    ]);
}

#[test]
fn lengths() {
    check(&[
        ("Ali Hassan was detained for 13 years.", &["detained ?..2024-12-09 inferred 13 years"]),
        ("Ali Hassan spent 43 years behind bars.", &["behind bars ?..2024-12-09 inferred 43 years"]),
        ("Ali Hassan was sentenced to ten years in prison.", &["sentenced ?..2024-12-09 inferred ten years"]),
        // How far off, and not how long.
        (
            "Ali Hassan was arrested two days after he was threatened.",
            &["arrested ?..2024-12-09 inferred", "threatened ?..2024-12-09 inferred"],
        ),
    ]);
}

#[test]
fn nothing_is_later_than_the_document_if_it_has_happened() {
    check(&[
        ("Ten people were killed this week.", &["killed 2024-12-09 inferred"]),
        ("Ten people were killed this year.", &["killed 2024-01-01..2024-12-09 inferred"]),
        ("Ali Hassan will be executed this year.", &["executed 2024-01-01..2024-12-31 inferred"]),
    ]);
}

#[test]
fn what_is_told_again_keeps_its_day() {
    check(&[
        (
            "Ali Hassan was arrested on Sunday. Police arrested Ali Hassan in Homs.",
            &["arrested 2024-12-08 inferred", "arrested 2024-12-08 inferred"],
        ),
        (
            "Ali Hassan was arrested on Sunday. Police arrested Omar Khalil in Homs.",
            &["arrested 2024-12-08 inferred", "arrested ?..2024-12-09 inferred"],
        ),
        (
            "Ali Hassan was arrested on Sunday. Ali Hassan was tortured in Homs.",
            &["arrested 2024-12-08 inferred", "tortured ?..2024-12-09 inferred"],
        ),
    ]);
}

#[test]
fn without_a_date_of_the_document_nothing_is_made_up() {
    assert_eq!(events("On 27 November, Ali Hassan was arrested.", None), ["arrested"]);
    assert_eq!(events("Ali Hassan was arrested on Sunday.", None), ["arrested"]);
    assert_eq!(events("Ali Hassan was arrested from 2016 to 2011.", None), ["arrested"]);
}
