//! Expressions of news and what they mean, with as many that are none. The document is of Monday, 9 December 2024.

use super::{Setting, find, inferred_publication};
use crate::extract::text::Text;
use crate::language::Analyser;
use crate::model::{Basis, Document, Interval, Reading};

/// The expressions of `text`: words, kind, value, and days.
fn told_on(text: &str, published: Option<&str>, setting: &Setting) -> Vec<String> {
    let mut document = Document::from_text("test", text);
    document.published = published.map(|day| Interval::day(day.parse().expect("a date"), Basis::Metadata));
    let analysis = Analyser::embedded(Reading::Fast).analyse(text);
    let text = Text::new(&document, &analysis);
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
    let written = |interval: Interval| match (interval.earliest, interval.latest) {
        (Some(one), Some(other)) if one == other => one.to_string(),
        (one, other) => format!("{}..{}", day(one), day(other)),
    };
    let found = find(&text, setting).into_iter().map(|found| {
        let days = found.time.interval.map_or_else(String::new, written);
        format!("{} | {} {} | {days}", text.slice(found.time.span), found.time.kind, found.time.value)
    });
    found.collect()
}

fn told(text: &str) -> Vec<String> {
    told_on(text, Some("2024-12-09"), &Setting::default())
}

fn check(table: &[(&str, &str)]) {
    let wrong: Vec<(String, &str)> = table
        .iter()
        .map(|(text, expected)| (told(text).join("; "), *expected))
        .filter(|(found, expected)| found != expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn dates() {
    check(&[
        ("On 27 November, rebels seized it.", "27 November | date 2024-11-27 | 2024-11-27"),
        ("It fell on Nov. 27th, 2024.", "Nov. 27th, 2024 | date 2024-11-27 | 2024-11-27"),
        ("They came by December 8, 2024.", "by December 8, 2024 | period ../2024-12-08 | ?..2024-12-08"),
        ("He died on the 7th of May, 1999.", "the 7th of May, 1999 | date 1999-05-07 | 1999-05-07"),
        (
            "Overnight on 7-8 December they fled.",
            "Overnight on 7-8 December | date 2024-12-07/2024-12-08TNI | 2024-12-07..2024-12-08",
        ),
        ("It was 7 to 8 December.", "7 to 8 December | period 2024-12-07/2024-12-08 | 2024-12-07..2024-12-08"),
        ("He was held in March 2011.", "March 2011 | date 2011-03 | 2011-03-01..2011-03-31"),
        ("He was held in March.", "March | date 2024-03 | 2024-03-01..2024-03-31"),
        ("He was shot in March last year.", "March last year | date 2023-03 | 2023-03-01..2023-03-31"),
        ("LIMA, 25 OCT 89 (AGENCY) -- A bomb exploded.", "25 OCT 89 | date 1989-10-25 | 1989-10-25"),
        ("He was freed on Sunday, 8 December.", "Sunday, 8 December | date 2024-12-08 | 2024-12-08"),
        ("the rebels have been there since 5 may.", "since 5 may | period 2024-05-05/.. | 2024-05-05..?"),
        ("He will be tried on 12 January.", "12 January | date 2025-01-12 | 2025-01-12"),
        ("On 27 December he was beaten.", "27 December | date 2023-12-27 | 2023-12-27"),
    ]);
}

#[test]
fn digits() {
    check(&[
        ("On 2024-12-08 the search ended.", "2024-12-08 | date 2024-12-08 | 2024-12-08"),
        ("On 27/11/2024 it fell.", "27/11/2024 | date 2024-11-27 | 2024-11-27"),
        ("On 11/27/2024 it fell.", "11/27/2024 | date 2024-11-27 | 2024-11-27"),
        ("On 27.11.2024 it fell.", "27.11.2024 | date 2024-11-27 | 2024-11-27"),
        // Nothing says which is the month: both.
        ("On 05/06/2024 it fell.", "05/06/2024 | date 2024-06-05|2024-05-06 | 2024-05-06..2024-06-05"),
        (
            "On 27/11/2024 it fell. On 05/06/2024 it rose.",
            "27/11/2024 | date 2024-11-27 | 2024-11-27; 05/06/2024 | date 2024-06-05 | 2024-06-05",
        ),
        ("The war of 2011-16 went on.", "2011-16 | period 2011/2016 | 2011-01-01..2016-12-31"),
    ]);
}

#[test]
fn weekdays_and_days_told_from_the_documents() {
    check(&[
        ("He was freed on Sunday.", "Sunday | date 2024-12-08 | 2024-12-08"),
        ("He was freed on Monday.", "Monday | date 2024-12-09 | 2024-12-09"),
        ("He will be tried on Friday.", "Friday | date 2024-12-13 | 2024-12-13"),
        ("He was shot last Friday.", "last Friday | date 2024-12-06 | 2024-12-06"),
        ("He will go next Friday.", "next Friday | date 2024-12-20 | 2024-12-20"),
        ("They fled Sunday night.", "Sunday night | date 2024-12-08TNI | 2024-12-08"),
        ("They fled yesterday.", "yesterday | date 2024-12-08 | 2024-12-08"),
        ("They fled the day before yesterday.", "the day before yesterday | date 2024-12-07 | 2024-12-07"),
        ("They fled last night.", "last night | date 2024-12-08TNI | 2024-12-08"),
        ("They fled two days ago.", "two days ago | date 2024-12-07 | 2024-12-07"),
        ("He was taken two years ago.", "two years ago | date 2022-12-09 | 2022-06-10..2023-06-09"),
        ("He was taken about two weeks ago.", "about two weeks ago | date 2024-11-25 | 2024-11-19..2024-12-01"),
        ("He was taken last week.", "last week | date 2024-W49 | 2024-12-02..2024-12-08"),
        ("He was taken earlier this month.", "earlier this month | date 2024-12 | 2024-12-01..2024-12-09"),
        ("He was freed in the past 10 days.", "the past 10 days | period P10D/2024-12-09 | 2024-11-29..2024-12-09"),
        ("He will go in two weeks.", "in two weeks | date 2024-12-23 | 2024-12-20..2024-12-26"),
    ]);
}

#[test]
fn parts_of_longer_times() {
    check(&[
        ("It began in early 2013.", "early 2013 | date 2013 | 2013-01-01..2013-04-30"),
        ("It began in mid-March 2012.", "mid-March 2012 | date 2012-03 | 2012-03-10..2012-03-20"),
        ("It began late last year.", "late last year | date 2023 | 2023-09-01..2023-12-31"),
        ("It was bombed during the 1980s.", "the 1980s | date 198X | 1980-01-01..1989-12-31"),
        ("It was bombed in the late 1980s.", "the late 1980s | date 198X | 1987-01-01..1989-12-31"),
        ("It was bombed in the ’80s.", "the ’80s | date 198X | 1980-01-01..1989-12-31"),
        ("It was built in the 19th century.", "the 19th century | date 18XX | 1801-01-01..1900-12-31"),
        ("It rose in the first quarter of 2013.", "the first quarter of 2013 | date 2013-Q1 | 2013-01-01..2013-03-31"),
        ("It rose in the first half of 2013.", "the first half of 2013 | date 2013-H1 | 2013-01-01..2013-06-30"),
        ("It fell in the summer of 2013.", "the summer of 2013 | date 2013-SU | 2013-06-01..2013-08-31"),
        ("It fell in the winter of 2013.", "the winter of 2013 | date 2013-WI | 2013-01-01..2014-02-28"),
    ]);
    let south = Setting { southern: true, ..Setting::default() };
    let found = told_on("It fell in the summer of 2013.", None, &south);
    assert_eq!(found, ["the summer of 2013 | date 2013-SU | 2013-01-01..2014-02-28"]);
}

#[test]
fn periods() {
    check(&[
        (
            "It lasted from March 2011 until August 2024.",
            "from March 2011 until August 2024 | period 2011-03/2024-08 | 2011-03-01..2024-08-31",
        ),
        (
            "They were killed between 2011 and 2016.",
            "between 2011 and 2016 | period 2011/2016 | 2011-01-01..2016-12-31",
        ),
        ("The years 2011–2016 were worse.", "2011–2016 | period 2011/2016 | 2011-01-01..2016-12-31"),
        ("He has been held since March 2011.", "since March 2011 | period 2011-03/.. | 2011-03-01..?"),
        ("He was held until 8 December.", "until 8 December | period ../2024-12-08 | ?..2024-12-08"),
        ("It went on after 2016.", "after 2016 | period 2016/.. | 2017-01-01..?"),
        ("It was so before 2011.", "before 2011 | period ../2011 | ?..2010-12-31"),
        ("It was so by the end of 2013.", "by the end of 2013 | period ../2013 | ?..2013-12-31"),
        (
            "It lasted from 27 November to 3 December 2024.",
            "from 27 November to 3 December 2024 | period 2024-11-27/2024-12-03 | 2024-11-27..2024-12-03",
        ),
        (
            "It lasted from November to March 2012.",
            "from November to March 2012 | period 2011-11/2012-03 | 2011-11-01..2012-03-31",
        ),
    ]);
}

#[test]
fn lengths_ages_and_times_that_come_again() {
    check(&[
        ("He was held for 13 years.", "13 years | duration P13Y | "),
        ("He spent more than four decades in prison.", "more than four decades | duration P40Y | "),
        ("He spent two years and six months in prison.", "two years and six months | duration P2Y6M | "),
        ("He spent twenty-four hours there.", "twenty-four hours | duration PT24H | "),
        ("They were hours away from death.", "hours | duration PTXH | "),
        ("They ended a decades-long rule.", "a decades-long | duration PXY | "),
        ("It took a year and a half.", "a year and a half | duration P1.5Y | "),
        ("It took two to three weeks.", "two to three weeks | duration P2W/P3W | "),
        ("Dozens were executed every week.", "every week | set P1W | "),
        ("They met daily.", "daily | set P1D | "),
        ("They prayed on Fridays.", "Fridays | set XXXX-WXX-5 | "),
        ("He was beaten three times a day.", "three times a day | set P1D | "),
        ("A 63-year-old man was freed.", "63-year-old | age P63Y | "),
        ("Omar Khalil, 63, was freed.", "63 | age P63Y | "),
        ("Two men aged 20 and 30 died.", "aged 20 | age P20Y | "),
        ("A man in his forties died.", "in his forties | age P40Y/P49Y | "),
    ]);
}

#[test]
fn hours_of_a_day() {
    check(&[
        ("They came at 5:30 p.m. local time.", "5:30 p.m. local time | time T17:30 | "),
        ("They came at 2:30 in the morning.", "2:30 in the morning | time T02:30 | "),
        ("They came at 1330 hours.", "1330 hours | time T13:30 | "),
        ("They came at noon on Sunday.", "at noon on Sunday | time 2024-12-08T12:00 | 2024-12-08"),
        ("They came on the morning of 3 May 2021.", "on the morning of 3 May 2021 | date 2021-05-03TMO | 2021-05-03"),
    ]);
}

#[test]
fn days_with_a_name_and_the_hijri_calendar() {
    check(&[
        ("He was freed on Christmas Day 2015.", "Christmas Day 2015 | date 2015-12-25 | 2015-12-25"),
        ("They met on Good Friday 2019.", "Good Friday 2019 | date 2019-04-19 | 2019-04-19"),
        ("They met on Human Rights Day.", "Human Rights Day | date 2024-12-10 | 2024-12-10"),
        ("They met on Eid al-Fitr 2022.", "Eid al-Fitr 2022 | date 2022-05-02/2022-05-06 | 2022-05-02..2022-05-06"),
        (
            "It was signed on 15 Sha’ban 1445 AH.",
            "15 Sha’ban 1445 AH | date 2024-02-24/2024-02-26 | 2024-02-24..2024-02-26",
        ),
        ("It was signed in Ramadan 1440.", "Ramadan 1440 | date 2019-05-05/2019-06-05 | 2019-05-05..2019-06-05"),
        ("It was signed during Ramadan.", "Ramadan | date 2024-03-10/2024-04-10 | 2024-03-10..2024-04-10"),
    ]);
}

#[test]
fn what_follows_is_told_from_what_was_told() {
    check(&[
        (
            "On 3 May 2012 he was taken. The next day he was beaten.",
            "3 May 2012 | date 2012-05-03 | 2012-05-03; The next day | date 2012-05-04 | 2012-05-04",
        ),
        (
            "On 3 May 2012 he was taken. Three years later he was freed.",
            "3 May 2012 | date 2012-05-03 | 2012-05-03; Three years later | date 2015-05-03 | 2014-11-02..2015-11-01",
        ),
        (
            "In 2012 he was taken. In August he was freed.",
            "2012 | date 2012 | 2012-01-01..2012-12-31; August | date 2012-08 | 2012-08-01..2012-08-31",
        ),
        (
            "He was shot on 25 November 2019.\n\nHe was taken on 16 November.\n\nHe was mourned on 5 May.",
            "25 November 2019 | date 2019-11-25 | 2019-11-25; 16 November | date 2019-11-16 | 2019-11-16; 5 May | date 2024-05-05 | 2024-05-05",
        ),
        // A year told by the way dates nothing else.
        (
            "The law of 2012 fell. In August he was freed.",
            "2012 | date 2012 | 2012-01-01..2012-12-31; August | date 2024-08 | 2024-08-01..2024-08-31",
        ),
        // Nor does the day on which somebody spoke.
        (
            "Police said on Sunday he was held. The next day he was beaten.",
            "Sunday | date 2024-12-08 | 2024-12-08; The next day | date XXXX-XX-XX | ",
        ),
    ]);
}

#[test]
fn no_year_is_invented() {
    let alone = |text: &str| told_on(text, None, &Setting::default()).join("; ");
    for (text, expected) in [
        ("On 27 November it fell.", "27 November | date XXXX-11-27 | "),
        ("It fell on Sunday.", "Sunday | date XXXX-WXX-7 | "),
        ("It fell yesterday.", "yesterday | date XXXX-XX-XX | "),
        ("It fell two years ago.", "two years ago | date P2Y | "),
        ("It fell in the past ten days.", "the past ten days | period P10D | "),
        (
            "On 27 November 2024 it fell. On 8 December they fled.",
            "27 November 2024 | date 2024-11-27 | 2024-11-27; 8 December | date 2024-12-08 | 2024-12-08",
        ),
    ] {
        assert_eq!(alone(text), expected, "{text}");
    }
    let year = Interval::between("2024-01-01".parse().unwrap(), "2024-12-31".parse().unwrap(), Basis::Metadata);
    let text = "It fell on 27 November.";
    let document = Document { published: Some(year), ..Document::from_text("test", text) };
    let analysis = Analyser::embedded(Reading::Fast).analyse(text);
    let found = find(&Text::new(&document, &analysis), &Setting::default());
    assert_eq!(found[0].time.interval, None, "in 2023 or in 2024");
}

#[test]
fn contradictions_leave_a_doubt() {
    let of = |text: &str| {
        let document = Document::from_text("test", text);
        let analysis = Analyser::embedded(Reading::Fast).analyse(text);
        find(&Text::new(&document, &analysis), &Setting::default()).remove(0).time
    };
    let basis = |text: &str| of(text).interval.map(|interval| interval.basis);
    assert_eq!(basis("He was freed on Sunday, 8 December 2024."), Some(Basis::Stated));
    assert_eq!(basis("He was freed on Friday, 8 December 2024."), Some(Basis::Inferred));
    assert_eq!(of("It lasted from 2016 to 2011.").interval, None);
}

#[test]
fn what_is_no_time() {
    let texts = [
        "May they rest in peace.",
        "1,984 people were held.",
        "He was held in Branch 215.",
        "The March on Damascus began.",
        "Sun Yat-sen was there.",
        "2000 people were held.",
        "They Sat on the floor.",
        "The second world war was long.",
        "31 February 2024",
        "1,2,3.000 of 99",
        "45 December 2024",
        "He came on 0 May 2020.",
        "The Sunday Times wrote it.",
        "They left by May and others.",
        "Flight 2011 was late.",
        "It cost $2000.",
        "COVID-19 spread.",
        "They won 3:2.",
        "The fall of the town was quick.",
        "He may march.",
        "The third prisoner was on the 5th floor.",
        "Ramadan Khalil was freed.",
        "A Christmas market was open.",
        "He was one of a few.",
        "He had no second thoughts.",
        "The minutes of the meeting were read.",
        "Three quarters of the houses burned.",
        "Resolution 1267 was read.",
        "The F-16 flew.",
        "Good morning, he said.",
        "Verse 3:16 was read.",
        "They held fast.",
        "A toll in the 20s was told.",
        "The guards left before 1330.",
    ];
    let wrong: Vec<Vec<String>> = texts.iter().map(|text| told(text)).filter(|found| !found.is_empty()).collect();
    assert_eq!(wrong, Vec::<Vec<String>>::new());
    let text = "Sunday Adeyemo was freed.";
    let setting = Setting { names: vec![crate::model::Span::new(0, 14)], ..Setting::default() };
    assert_eq!(told_on(text, Some("2024-12-09"), &setting), Vec::<String>::new(), "inside a name");
}

#[test]
fn the_calendar_has_ends() {
    for text in [
        "It was 99999999999 years ago.",
        "It was 9999 years ago.",
        "It was more than 99999999999999999999 centuries ago.",
        "It was 9000 years later, after 9999-12-31, and before 0001-01-01.",
        "The past 900000 weeks and the next 900000 centuries were long.",
        "On the 1st, the 2nd, the 3rd and the 31st of the 30th of the 29th.",
        "Two days before three days before four days before five days before Monday.",
        "The end of the beginning of the end of early late mid 2013.",
        "Between between between 2011 and and 2016.",
        "from to until since before after by on in",
        "9999-12-31T23:59:59 00/00/0000 99/99/9999 29/02/2023 2023-02-29",
        "Eid al-Fitr 2200, Easter 9999, Ramadan 1600 AH.",
        "every each daily per per per a a an",
        "１２ May ２０２４ ٢٧ November ½ year",
        "–-–/’'’80s’s’ 20’s",
    ] {
        // Nothing to be found, or something without days: what matters is that it ends.
        assert!(told(text).len() < 20, "{text}");
    }
    assert_eq!(told("It was 99999999999 years ago."), ["99999999999 years ago | date P99999999999Y | "]);
}

/// Words that the rules know and that stand between them.
const WORDS: &[&str] = &[
    "the",
    "a",
    "of",
    "on",
    "in",
    "at",
    "and",
    "to",
    "from",
    "between",
    "until",
    "since",
    "before",
    "after",
    "by",
    "within",
    "for",
    "about",
    "more than",
    "early",
    "mid-",
    "late",
    "end of",
    "last",
    "next",
    "this",
    "that",
    "same",
    "following",
    "past",
    "ago",
    "later",
    "earlier",
    "week",
    "month",
    "years",
    "days",
    "hours",
    "decade",
    "century",
    "quarter",
    "half",
    "Sunday",
    "Mon",
    "March",
    "May",
    "december",
    "8",
    "27th",
    "31",
    "2011",
    "2024",
    "99999999999",
    "1,2,3.000",
    "27/11",
    "11/12/2024",
    "2024-12-08",
    "1980s",
    "’80s",
    "twenty",
    "-four",
    "third",
    "few",
    "several",
    "dozens",
    "noon",
    "morning",
    "5 p.m.",
    "17:30",
    "every",
    "daily",
    "aged",
    "-old",
    "Christmas",
    "Eid al-Fitr",
    "Ramadan",
    "15 Sha’ban 1445 AH",
    "1600",
    "summer",
    "today",
    "-",
    "–",
    "/",
    ",",
    ".",
    "(",
    ")",
    "’s",
    "“",
    "prison",
    "Ali",
    "9999",
    "BC",
    "½",
    "١٢",
    "\u{301}",
];

proptest::proptest! {
    #[test]
    fn whatever_stands_there_is_told_in_order(
        words in proptest::collection::vec((proptest::sample::select(WORDS), proptest::bool::ANY), 1..25)
    ) {
        let text: String = words.iter().map(|(word, space)| format!("{word}{}", if *space { " " } else { "" })).collect();
        let published = Some(Interval::day("2024-12-09".parse().expect("a day"), Basis::Metadata));
        let document = Document { published, ..Document::from_text("test", text.as_str()) };
        let analysis = Analyser::rules().analyse(&text);
        let mut end = 0;
        for mention in find(&Text::new(&document, &analysis), &Setting::default()) {
            let span = mention.time.span;
            assert!(span.start >= end && span.start < span.end && span.end <= text.len(), "{text}: {span:?}");
            assert!(mention.first < mention.end, "{text}: {mention:?}");
            end = span.end;
            if let Some(Interval { earliest: Some(earliest), latest: Some(latest), .. }) = mention.time.interval {
                assert!(earliest <= latest, "{text}: {mention:?}");
            }
        }
    }
}

#[test]
fn long_sentences_end() {
    let words = "two days before the end of the week of Monday and from March until 3 p.m. on 5/6 ".repeat(300);
    let start = std::time::Instant::now();
    assert!(told(&words).len() > 500);
    assert!(start.elapsed().as_secs() < 60, "5,000 words");
}

#[test]
fn a_document_is_not_older_than_what_it_tells_as_past() {
    let published = |text: &str| {
        let document = Document::from_text("test", text);
        let analysis = Analyser::embedded(Reading::Fast).analyse(text);
        let text = Text::new(&document, &analysis);
        let found = inferred_publication(&find(&text, &Setting::default()));
        found.map(|(interval, words)| {
            (interval.earliest.unwrap().to_string(), interval.latest, text.slice(words).to_owned())
        })
    };
    let of = |day: &str, words: &str| Some((day.to_owned(), None, words.to_owned()));
    assert_eq!(published("He was freed on 8 December 2024, and held in 2011."), of("2024-12-08", "8 December 2024"));
    assert_eq!(
        published("He was freed on 8 December 2024. He will be tried on 3 May 2031."),
        of("2024-12-08", "8 December 2024")
    );
    assert_eq!(published("He was arrested in 2011 and freed in May 2012."), of("2012-05-01", "May 2012"));
    assert_eq!(published("He was bombed during the 1980s."), None, "too long ago to say anything");
    assert_eq!(published("He was freed on 8 December."), None);
    assert_eq!(published("He was freed on Sunday."), None);
}
