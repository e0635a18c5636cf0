//! Who says what, how, and through whom; and words that only look like saying.

use std::time::Instant;

use super::super::Reader;
use crate::model::{Annotations, Document, Reading, SourceKind, Stance};

fn read(text: &str) -> Annotations {
    Reader::embedded(Reading::Fast).read(Document::from_text("test", text))
}

/// Who an attribution is of: the name of its source, else the words for it.
fn who(found: &Annotations, at: usize) -> String {
    let said = &found.attributions[at];
    match (said.source, said.source_words) {
        (Some(source), _) => found.entities[source].name.clone(),
        (None, Some(words)) => words.slice(&found.document.text).to_owned(),
        (None, None) => format!("“{}”", said.cue.slice(&found.document.text)),
    }
}

/// One line for each attribution: `who [via whom …] kind[, stance]: content`.
fn said(text: &str) -> Vec<String> {
    let found = read(text);
    (0..found.attributions.len())
        .map(|at| {
            let said = &found.attributions[at];
            let mut line = who(&found, at);
            let mut via = said.via;
            while let Some(outer) = via {
                line += &format!(" via {}", who(&found, outer));
                via = found.attributions[outer].via;
            }
            line += &format!(" {}", said.kind);
            if said.stance != Stance::Asserts {
                line += &format!(", {}", said.stance);
            }
            format!("{line}: {}", said.content.slice(text))
        })
        .collect()
}

#[track_caller]
fn expect(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(said(text), *expected, "{text}");
    }
}

#[test]
fn indirect_speech_covers_its_clause() {
    expect(&[
        ("Maria Lopez said that the camp was empty.", &["Maria Lopez statement: the camp was empty"]),
        ("The camp was empty, police said on Monday.", &["police statement: The camp was empty"]),
        (
            "The men, police said, were later released.",
            &["police statement: The men, police said, were later released"],
        ),
        ("Residents put the number of dead at 20.", &["Residents estimate: the number of dead at 20"]),
        (
            "The Harbour Network documented the arrest of 20 people.",
            &["Harbour Network report: the arrest of 20 people"],
        ),
        (
            "Rights groups describe how people are beaten, estimating that 20 die each week.",
            &["Rights groups statement: how people are beaten", "Rights groups estimate: 20 die each week"],
        ),
        ("Ali Hassan accused the guards of beating him.", &["Ali Hassan statement: the guards of beating him"]),
        ("As police said, the camp was empty.", &["police statement: the camp was empty"]),
        (
            "Torture is common, say rights groups, lawyers and former detainees.",
            &[
                "rights groups statement: Torture is common",
                "lawyers statement: Torture is common",
                "former detainees statement: Torture is common",
            ],
        ),
        ("The rebels claimed to have hit the base.", &["The rebels statement: to have hit the base"]),
        ("Maria Lopez went on to say that he was free.", &["Maria Lopez statement: he was free"]),
        ("Maria Lopez warned of new arrests.", &["Maria Lopez statement: new arrests"]),
        ("Others claimed that he was dead.", &["Others statement: he was dead"]),
    ]);
}

#[test]
fn what_nobody_has_said_is_no_attribution() {
    for text in [
        "The report is long and the count was wrong.",
        "He put the book on the table.",
        "She will say that he left.",
        "They did not say where he was.",
        "If she says so, we go.",
        "No group said that it did it.",
        "Nobody said that he was there.",
        "He found the door open and held the lamp.",
        "They asked him to leave.",
        "He was told to wait.",
        "The claims of the port are listed.",
        "The footage was long.",
        "Citing ill health, he resigned.",
        "It was said by no one.",
        "They count on him to report to work.",
        "He could say that it was late.",
        "She was charged for disclosing secrets.",
    ] {
        assert_eq!(said(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn quotations_are_found_on_either_side_and_go_on() {
    expect(&[
        ("“We know nothing,” said Heba Nasser.", &["Heba Nasser quote: “We know nothing,”"]),
        ("“Where is he?” Heba Nasser asked.", &["Heba Nasser quote: “Where is he?”"]),
        ("Omar Aziz said: “Go home. Do not come back.” He left.", &["Omar Aziz quote: “Go home. Do not come back.”"]),
        (
            "“Go home,” Omar Aziz said, “and stay there.”",
            &["Omar Aziz quote: “Go home,” Omar Aziz said, “and stay there.”"],
        ),
        (
            "“We know nothing,” said Heba Nasser. “They took them all.”",
            &["Heba Nasser quote: “We know nothing,” said Heba Nasser. “They took them all.”"],
        ),
        (
            "Heba Nasser said she was held near the river in the old town: “They came at night.”",
            &[
                "Heba Nasser statement: she was held near the river in the old town",
                "Heba Nasser quote: “They came at night.”",
            ],
        ),
        ("\"We know nothing,\" said Heba Nasser.", &["Heba Nasser quote: \"We know nothing,\""]),
        (
            "Heba Nasser said it was “a massacre” of the poor.",
            &["Heba Nasser statement: it was “a massacre” of the poor"],
        ),
    ]);
}

#[test]
fn a_quotation_over_paragraphs_is_one() {
    let found = said("“They beat us every day.\n\n“We had no water,” Samir Haddad said.\n\nThe camp is closed.");
    assert_eq!(found, ["Samir Haddad quote: “They beat us every day.\n\n“We had no water,”"]);
    let found = said("Samir Haddad said he was held for a year.\n\n“We had no water there.”\n\nThe camp is closed.");
    assert_eq!(
        found,
        ["Samir Haddad statement: he was held for a year", "Samir Haddad quote: “We had no water there.”"]
    );
}

#[test]
fn marks_that_nest_or_never_close_do_no_harm() {
    let nested = "Ali Hassan said: “She told me: ‘He said: “They shouted: ‘Go, “go,” go!’” to us.’”";
    assert!(said(nested).iter().any(|line| line.starts_with("Ali Hassan quote: “She told me")), "{:?}", said(nested));
    for text in [
        "Ali Hassan said: “We saw them go. The camp is closed.\n\nPolice said that he was free.",
        "Ali Hassan said: ”We saw them” go” and “left.",
        "””””“““““ said",
        "“",
        "He said “",
        "said: “Go” said: “Go” said: “Go",
        "‘Tis said’ ‘by’ ‘‘‘",
        "\" \" \" said \" \"",
    ] {
        for line in said(text) {
            assert!(!line.is_empty());
        }
    }
    let lines = said("Ali Hassan said: “We saw them go. The camp is closed.\n\nPolice said that he was free.");
    assert!(lines.contains(&"Police statement: he was free".to_owned()), "{lines:?}");
}

#[test]
fn sources_before_and_behind_a_phrase() {
    expect(&[
        ("According to Human Rights Watch, 20 people died.", &["Human Rights Watch statement: 20 people died"]),
        (
            "Twenty people died, according to the ministry, which gave no details.",
            &["the ministry statement: Twenty people died"],
        ),
        ("Five died in May, while according to the army ten died in June.", &["the army statement: ten died in June"]),
        ("A report by Human Rights Watch says that 20 people died.", &["Human Rights Watch report: 20 people died"]),
        ("The indictment says that 20 people died.", &["The indictment report: 20 people died"]),
        (
            "More than 4,000 deaths in custody (Human Rights Watch).",
            &["Human Rights Watch report: More than 4,000 deaths in custody"],
        ),
    ]);
}

#[test]
fn the_report_is_the_one_that_was_named() {
    let found = said("Human Rights Watch said in a report that he was free. The report said that 20 people died.");
    assert_eq!(found, ["Human Rights Watch report: he was free", "Human Rights Watch report: 20 people died"]);
}

#[test]
fn chains_lead_to_the_one_who_handed_it_on() {
    expect(&[
        (
            "Al Jazeera, citing human rights organisations, said that the child was born in prison.",
            &[
                "human rights organisations via Al Jazeera statement: the child was born in prison",
                "Al Jazeera statement: the child was born in prison",
            ],
        ),
        (
            "Omar Aziz, who cited a UN report, said that 20 people died.",
            &["UN via Omar Aziz report: 20 people died", "Omar Aziz statement: 20 people died"],
        ),
        (
            "Reuters quoted Omar Aziz as saying that he was free.",
            &[
                "Reuters report: Reuters quoted Omar Aziz as saying that he was free",
                "Omar Aziz via Reuters statement: he was free",
            ],
        ),
        (
            "Omar Aziz was quoted by Reuters as saying that he was free.",
            &[
                "Reuters report: Omar Aziz was quoted by Reuters as saying that he was free",
                "Omar Aziz via Reuters statement: he was free",
            ],
        ),
        (
            "Omar Aziz told Reuters that he was free.",
            &[
                "Reuters report: Omar Aziz told Reuters that he was free",
                "Omar Aziz via Reuters statement: he was free",
            ],
        ),
        (
            "In an interview with Reuters, Omar Aziz said that he was free.",
            &["Reuters report: Omar Aziz said that he was free", "Omar Aziz via Reuters statement: he was free"],
        ),
        (
            "Police said that witnesses told them that the men fled.",
            &[
                "Police statement: witnesses told them that the men fled",
                "witnesses via Police statement: the men fled",
            ],
        ),
        (
            "Omar Aziz said he was free, according to Reuters.",
            &["Omar Aziz via Reuters statement: he was free", "Reuters statement: Omar Aziz said he was free"],
        ),
    ]);
}

#[test]
fn what_two_hand_on_came_through_each() {
    let found = said(
        "Amnesty International and Human Rights Watch said that witnesses told them that soldiers burned the village.",
    );
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(
        found.contains(&"witnesses via Amnesty International statement: soldiers burned the village".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&"witnesses via Human Rights Watch statement: soldiers burned the village".to_owned()),
        "{found:?}"
    );
}

#[test]
fn footage_is_a_source() {
    expect(&[
        (
            "Several videos showed rebels freeing hundreds of detainees.",
            &["Several videos footage: rebels freeing hundreds of detainees"],
        ),
        (
            "Striking images appear to show a child being held in a cell.",
            &["Striking images footage, doubts: a child being held in a cell"],
        ),
        (
            "In another clip, a man can be seen leaving his cell.",
            &["another clip footage: a man can be seen leaving his cell"],
        ),
        (
            "Police released photographs that rights groups say showed signs of torture.",
            &[
                "rights groups statement: showed signs of torture",
                "photographs via rights groups footage: signs of torture",
            ],
        ),
        (
            "Footage emerged of a toddler being freed from a cell.",
            &["Footage footage: a toddler being freed from a cell"],
        ),
        (
            "A video verified by Reuters shows men in a yard.",
            &[
                "Reuters report: A video verified by Reuters shows men in a yard",
                "A video verified by Reuters via Reuters footage: men in a yard",
            ],
        ),
    ]);
    let found = read("One video showed a gate. A man can be heard shouting.");
    assert_eq!(found.attributions.len(), 2);
    assert!(found.attributions.iter().all(|said| said.source_kind == SourceKind::Footage));
    assert_eq!(said("A man can be heard shouting."), Vec::<String>::new(), "no footage is named");
}

#[test]
fn hedges_have_no_source() {
    expect(&[
        (
            "Ali Hassan reportedly died in custody.",
            &["“reportedly” report, doubts: Ali Hassan reportedly died in custody"],
        ),
        ("He is believed to have fled.", &["“believed” report, doubts: He is believed to have fled"]),
        ("It is feared that he died.", &["“feared” report, doubts: he died"]),
        ("Three men were reported killed.", &["“reported” report, doubts: Three men were reported killed"]),
        ("The camp appears to be empty.", &["“appears” report, doubts: The camp appears to be empty"]),
        ("There were rumours that he had fled.", &["“rumours” report, doubts: he had fled"]),
        ("The alleged torture of 20 men shocked the town.", &["“alleged” report, doubts: alleged torture of 20 men"]),
        (
            "Maria Lopez said that he had reportedly fled.",
            &[
                "Maria Lopez statement: he had reportedly fled",
                "“reportedly” via Maria Lopez report, doubts: he had reportedly fled",
            ],
        ),
    ]);
}

#[test]
fn denials_refer_to_what_was_said() {
    expect(&[
        ("The army denied that it had shelled the camp.", &["The army statement, denies: it had shelled the camp"]),
        (
            "Officials rejected claims that prisoners were tortured.",
            &["Officials statement, denies: prisoners were tortured"],
        ),
        ("The guards denied beating the boy.", &["The guards statement, denies: beating the boy"]),
        (
            "Police said that the army had shelled the camp. The army denied the allegations.",
            &[
                "Police statement: the army had shelled the camp",
                "the army statement, denies: the army had shelled the camp",
            ],
        ),
        (
            "Police said that the army had shelled the camp. The claims could not be verified.",
            &[
                "Police statement: the army had shelled the camp",
                "“verified” report, doubts: the army had shelled the camp",
            ],
        ),
        (
            "Police said that the army had shelled the camp. Reuters could not verify the report.",
            &[
                "Police statement: the army had shelled the camp",
                "Reuters statement, doubts: the army had shelled the camp",
            ],
        ),
    ]);
}

#[test]
fn findings_take_the_innermost_attributions() {
    let found = read("Police said that witnesses told them that 20 men were killed. The army denied the allegations.");
    let by = |list: &[usize]| list.iter().map(|&said| who(&found, said).to_lowercase()).collect::<Vec<_>>();
    assert_eq!(by(&found.figures[0].attribution), ["witnesses", "the army"], "they deny what the witnesses say");
    let found = read("Police said that 20 men were killed. The army denied the report.");
    let by = |list: &[usize]| list.iter().map(|&said| who(&found, said).to_lowercase()).collect::<Vec<_>>();
    assert_eq!(by(&found.figures[0].attribution), ["police", "the army"]);
    let killing = found.events.iter().find(|event| event.kind == "Killing").expect("a killing");
    assert_eq!(by(&killing.attribution), ["police", "the army"]);
    let found = read("Twenty men were killed. Police said that the camp was empty.");
    assert!(found.figures[0].attribution.is_empty());
}

#[test]
fn chains_end_whatever_the_text() {
    for text in [
        "He said she said he said she said he said she said he said that it was so.",
        "According to X, according to Y, according to Z, citing W, who cited V, 20 died.",
        "Reuters, citing Reuters, quoting Reuters, told Reuters that Reuters said so.",
    ] {
        let found = read(text);
        for start in 0..found.attributions.len() {
            let mut at = Some(start);
            let mut steps = 0;
            while let Some(index) = at {
                at = found.attributions[index].via;
                steps += 1;
                assert!(steps <= found.attributions.len(), "{text}");
            }
        }
    }
}

#[test]
fn a_sentence_of_thousands_of_words_takes_no_longer_per_word() {
    for text in [
        "the rebels said that 20 men were killed and ".repeat(600),
        "“he said ".repeat(2500),
        "according to the army, citing police, ".repeat(800),
        "20 men, 30 women, ".repeat(1200),
        "videos showed ".repeat(2500),
        "\" he said \" ".repeat(1700),
    ] {
        let begun = Instant::now();
        let found = read(&text);
        assert!(begun.elapsed().as_secs() < 20, "{}…", &text[..20]);
        assert!(found.attributions.len() <= text.len());
    }
}
