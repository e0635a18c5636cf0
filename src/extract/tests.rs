//! Short texts from several settings: what must be found, and what must not.

use super::Reader;
use crate::model::{Annotations, Document, MentionForm, Polarity, Reading};

/// The findings of a text, one per line: `Event[trigger] role=name …`, `by Name: "cue"`, `Type Name`.
fn findings(text: &str) -> Vec<String> {
    let found = Reader::default().read(Document::from_text("test", text));
    let mut lines: Vec<String> = events(&found);
    lines.extend(
        found
            .attributions
            .iter()
            .filter_map(|said| Some(format!("by {}: {}", found.entities[said.source?].name, said.cue.slice(text)))),
    );
    lines.extend(found.figures.iter().map(|figure| format!("{} {}", figure.value.unwrap_or_default(), figure.unit)));
    lines.extend(
        found
            .mentions
            .iter()
            .filter(|mention| mention.form == MentionForm::Name)
            .map(|mention| format!("{} {}", mention.kind, mention.span.slice(text))),
    );
    lines
}

fn events(found: &Annotations) -> Vec<String> {
    let argument = |role: &str, entity: usize| format!("{role}={}", found.entities[entity].name);
    found
        .events
        .iter()
        .map(|event| {
            let mut roles: Vec<String> =
                event.arguments.iter().map(|known| argument(&known.role, known.entity)).collect();
            roles.sort();
            let sign = if event.polarity == Polarity::Negative { "not " } else { "" };
            format!("{sign}{} {}", event.kind, roles.join(" "))
        })
        .collect()
}

/// Text; lines that must be among the findings (a prefix is enough); words no finding may begin with.
type Case = (&'static str, &'static [&'static str], &'static [&'static str]);

#[test]
fn other_settings() {
    let cases: &[Case] = &[
        (
            "Reza Karimi was arrested in Tehran in 2019. He was held in Evin Prison for two years. Police said he was well.",
            &["Arrest person=Reza Karimi", "Detention facility=Evin Prison person=Reza Karimi", "by Police: said"],
            &["Person Police", "Person Evin"],
        ),
        (
            "Authorities deny that prisoners in Insein Prison were beaten. A report by the Burma Rights Network estimated that 1,200 detainees were moved.",
            &["Injury", "by Burma Rights Network: estimated", "1200 detainee"],
            &["Person Authorities", "Person Burma"],
        ),
        (
            "Marta Suarez, who survived the camp, said her brother was killed there in 1977. The court could not establish where he died.",
            &["by Marta Suarez: said", "Killing person=brother", "Death"],
            &["not Death", "Killing person=Marta Suarez", "by brother"],
        ),
        (
            "Officials refused to release Omar Fathy from Tora Prison. They were criticised.",
            &["not Release"],
            &["Release "],
        ),
        (
            "The detainees were never tried. Lawyers described conditions. Former officials will be held to account.",
            &["not Trial person=The detainees"],
            &["Detention", "Trial"],
        ),
        (
            "Russian troops withdrew from Kherson. In one message left for Ivan Petrenko, Oksana Bondar said the city was free.",
            &["by Oksana Bondar: said", "City Kherson"],
            &["by Ivan Petrenko"],
        ),
        (
            "Workers walked out on Monday. State radio reports a loss for 300 miners, and says that the strike is over.",
            &["by State radio: reports", "by State radio: says", "300"],
            &["by 300", "Person Workers", "Person State"],
        ),
        (
            "A man accused of robbing President Carla Nunez's daughter was sentenced to three years. They said they were beaten.",
            &["Sentence person=A man"],
            &["Sentence person=daughter", "Injury person=A man", "Injury person=daughter"],
        ),
        (
            "The World Cup final was seen by many. Goalkeeper Daniel Ortega held the ball and captain Luis Moreno praised the Harmonized Training System.",
            &["NamedEvent World Cup", "Person Daniel Ortega"],
            &["Person World Cup", "Person Harmonized", "Detention", "Execution"],
        ),
        (
            "Quarterly Report\n\nExports held steady and stocks were released. 1/5 Prisoners of war. Resolution 1267 was cited. Sales fell (Trade Watch).",
            &[],
            &["Detention", "Release", "5 prisoner", "1267", "RegimeFall", "Person Quarterly", "by Trade Watch"],
        ),
        (
            "More than 4,000 deaths in custody (Central Rights Observatory).",
            &["by Central Rights Observatory", "4000 death"],
            &["Person Central"],
        ),
        (
            "The Harbour Workers Union, an association of dockers, holds that 40 strikers were killed. He held the lamp.",
            &["by Harbour Workers Union: holds", "Killing person=40 strikers"],
            &["by an association", "Detention"],
        ),
    ];
    for (text, expected, forbidden) in cases {
        let lines = findings(text);
        for line in *expected {
            assert!(lines.iter().any(|found| found.starts_with(line)), "{text}\nmissing {line:?} in {lines:#?}");
        }
        for line in *forbidden {
            assert!(!lines.iter().any(|found| found.starts_with(line)), "{text}\nforbidden {line:?} in {lines:#?}");
        }
    }
}

#[test]
fn long_sentences_take_no_longer_per_word() {
    for text in [
        "word ".repeat(20_000),
        "Ahmed Hassan, ".repeat(5_000),
        "(".repeat(20_000),
        "the rebels said Zorblax was arrested and ".repeat(2_000),
    ] {
        for (reading, seconds) in [(Reading::Fast, 5), (Reading::Accurate, 30)] {
            let begun = std::time::Instant::now();
            Reader::embedded(reading).read(Document::from_text("test", &text));
            assert!(begun.elapsed().as_secs() < seconds, "{reading}: {}…", &text[..30]);
        }
    }
}
