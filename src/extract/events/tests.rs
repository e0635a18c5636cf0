//! Who did what to whom, said in many ways; and what does not say it.

use super::Frames;
use crate::extract::Reader;
use crate::model::{Document, Event, Modality, Polarity, Reading};

/// Who is said to have killed whom, and whether it is said to have happened.
fn killings(text: &str) -> Vec<(String, String, bool)> {
    let found = Reader::default().read(Document::from_text("test", text));
    let mut pairs = Vec::new();
    for event in found.events.iter().filter(|event| event.kind == "Killing") {
        let filler = |role: &str| {
            let argument = event.arguments.iter().find(|argument| argument.role == role)?;
            Some(found.entities[argument.entity].name.clone())
        };
        if let (Some(agent), Some(person)) = (filler("agent"), filler("person")) {
            let sure = event.polarity == Polarity::Positive && event.modality == Modality::Actual;
            pairs.push((agent, person, sure));
        }
    }
    pairs
}

#[test]
fn who_killed_whom() {
    let pair = |sure| vec![("Omar Darwish".to_owned(), "Sami Khalil".to_owned(), sure)];
    for (text, sure) in [
        ("Omar Darwish, the assassin of Sami Khalil, was hanged.", true),
        ("Sami Khalil's killer, Omar Darwish, fled.", true),
        ("Omar Darwish was convicted of murdering Sami Khalil.", true),
        ("Omar Darwish was sentenced to death for the murder of Sami Khalil.", true),
        ("Omar Darwish fatally shot Sami Khalil.", true),
        ("Sami Khalil was shot to death by Omar Darwish in 1978.", true),
        ("Omar Darwish was accused of killing Sami Khalil.", false),
        ("Omar Darwish was charged in the slaying of Sami Khalil.", false),
        ("Omar Darwish is not the killer of Sami Khalil.", false),
    ] {
        assert_eq!(killings(text), pair(sure), "{text}");
    }
    for text in [
        "Omar Darwish shot Sami Khalil in the leg.",
        "Omar Darwish met the killer of the judge, and Sami Khalil.",
        "Omar Darwish mourned Sami Khalil, who was shot dead.",
    ] {
        assert_eq!(killings(text), [], "{text}");
    }
}

/// The events of a text as lines: kind, `not` where denied, mood unless actual, and fillers in order of role.
fn told(text: &str) -> Vec<String> {
    let found = Reader::embedded(Reading::Fast).read(Document::from_text("test", text));
    let line = |event: &Event| {
        let mut words = vec![event.kind.clone()];
        if event.polarity == Polarity::Negative {
            words.push("not".to_owned());
        }
        if event.modality != Modality::Actual {
            words.push(event.modality.as_str().to_owned());
        }
        let mut fillers: Vec<String> = event
            .arguments
            .iter()
            .map(|argument| format!("{}={}", argument.role, found.entities[argument.entity].name))
            .collect();
        fillers.sort();
        words.extend(fillers);
        words.join(" ")
    };
    found.events.iter().map(line).collect()
}

/// Asserts that a text tells just these events.
#[track_caller]
fn tells(text: &str, expected: &[&str]) {
    assert_eq!(told(text), expected, "{text}");
}

#[test]
fn participants_by_voice_and_clause() {
    tells("Soldiers arrested Omar Haddad in Aleppo.", &["Arrest agent=Soldiers person=Omar Haddad place=Aleppo"]);
    tells("Omar Haddad was arrested by soldiers.", &["Arrest agent=soldiers person=Omar Haddad"]);
    tells("The arrest of Omar Haddad by soldiers shocked Aleppo.", &["Arrest agent=soldiers person=Omar Haddad"]);
    tells("Women imprisoned in the camp wrote letters.", &["Detention facility=the camp person=Women"]);
    tells(
        "They freed the men who had been held at Evin Prison.",
        &["Release person=the men", "Detention facility=Evin Prison person=the men"],
    );
    tells(
        "Omar Haddad was arrested and later executed.",
        &["Arrest person=Omar Haddad", "Execution person=Omar Haddad"],
    );
    tells(
        "Rebels stormed the base, killing five soldiers.",
        &["Attack agent=Rebels target=the base", "Killing agent=Rebels person=five soldiers"],
    );
    tells("Omar Haddad was taken to Evin Prison.", &["Transfer destination=Evin Prison person=Omar Haddad"]);
    tells(
        "Gunmen took three teachers hostage in Aleppo.",
        &["Abduction agent=Gunmen person=three teachers place=Aleppo"],
    );
    tells("Militants carried out the attack on the hotel.", &["Attack agent=Militants target=the hotel"]);
    tells("Prisoners were subjected to torture at the barracks.", &["Torture facility=the barracks person=Prisoners"]);
}

#[test]
fn deeds_that_are_subjects_or_befall_their_subject() {
    let cases = [
        ("The explosion damaged the windows of the consulate in Homs.", "Explosion", "target", "the consulate"),
        ("A bomb blast hit a truck full of policemen.", "Bombing", "target", "a truck"),
        ("The embassy was damaged by a bomb explosion.", "Bombing", "organization", "The embassy"),
        ("The depot was the target of an attack.", "Attack", "target", "The depot"),
        ("Armed men shot repeatedly at a bus.", "Attack", "target", "a bus"),
        ("The minister attributed the attack on the embassy to the Red Front.", "Attack", "agent", "Red Front"),
        ("He announced the arrest of 45 soldiers for killing 6 priests.", "Killing", "agent", "45 soldiers"),
    ];
    for (text, kind, role, words) in cases {
        let found = Reader::embedded(Reading::Fast).read(Document::from_text("test", text));
        let filled = found.events.iter().filter(|event| event.kind == kind).any(|event| {
            event.arguments.iter().any(|argument| {
                argument.role == role
                    && argument.mention.is_some_and(|mention| found.mentions[mention].span.slice(text) == words)
            })
        });
        assert!(filled, "{text}: {:#?}", found.events);
    }
    // "Rebel attacks" names no rebel.
    let found =
        Reader::embedded(Reading::Fast).read(Document::from_text("test", "The rebel attacks damaged a bridge."));
    assert!(found.events.iter().all(|event| event.arguments.iter().all(|argument| argument.role != "agent")));
}

#[test]
fn lists_and_examples() {
    tells(
        "Police arrested Omar Haddad, Sami Khalil and Rana Aziz.",
        &["Arrest agent=Police person=Omar Haddad person=Rana Aziz person=Sami Khalil"],
    );
    tells("Omar Haddad was among the prisoners freed.", &["Release person=Omar Haddad"]);
    let found = Reader::default().read(Document::from_text(
        "test",
        "Omar Haddad was held in several jails including Evin Prison and Rajai Shahr Prison.",
    ));
    let open: Vec<bool> =
        found.events[0].arguments.iter().filter(|known| known.role == "facility").map(|known| known.open).collect();
    assert_eq!(open, [true, true], "other jails may stand between them");
}

#[test]
fn what_did_not_happen() {
    for (text, expected) in [
        ("Omar Haddad was never arrested.", "Arrest not person=Omar Haddad"),
        ("No prisoner was released.", "Release not person=No prisoner"),
        ("Officers refused to release Omar Haddad.", "Release not agent=Officers person=Omar Haddad"),
        ("Omar Haddad was held without trial.", "Detention person=Omar Haddad"),
        ("The army denied that Omar Haddad was tortured.", "Torture reported-doubtful person=Omar Haddad"),
        ("Omar Haddad will be executed on Friday.", "Execution planned person=Omar Haddad"),
        ("Omar Haddad was due to be executed.", "Execution planned person=Omar Haddad"),
        ("Lawyers demanded the release of Omar Haddad.", "Release hypothetical person=Omar Haddad"),
        ("Omar Haddad could be arrested.", "Arrest hypothetical person=Omar Haddad"),
        ("If Omar Haddad is arrested, we will march.", "Arrest hypothetical person=Omar Haddad"),
        ("Police foiled an attack on the hotel.", "Attack averted target=the hotel"),
        ("Omar Haddad was reportedly killed.", "Killing reported-doubtful person=Omar Haddad"),
        ("Omar Haddad is believed to have been killed.", "Killing reported-doubtful person=Omar Haddad"),
        ("Was Omar Haddad arrested?", "Arrest hypothetical person=Omar Haddad"),
        ("They feared that Omar Haddad had been killed.", "Killing hypothetical person=Omar Haddad"),
    ] {
        let lines = told(text);
        assert!(lines.iter().any(|line| line == expected), "{text}: {lines:?}");
    }
    for text in [
        "Omar Haddad managed to escape from Evin Prison.",
        "Omar Haddad was forced to flee Syria.",
        "The court confirmed that Omar Haddad had been executed.",
        "Omar Haddad did not deny that his brother was arrested.",
    ] {
        let lines = told(text);
        let plain = |line: &String| {
            !["not", "planned", "hypothetical", "doubtful", "averted"].iter().any(|word| line.contains(word))
        };
        assert!(lines.iter().any(plain), "{text}: {lines:?}");
    }
}

#[test]
fn a_plan_that_its_victim_outlived_was_averted() {
    let lines = told("Omar Haddad was due to be hanged on Sunday. Guards released Omar Haddad on Saturday.");
    assert!(lines.contains(&"Execution averted person=Omar Haddad".to_owned()), "{lines:?}");
    let lines = told("Omar Haddad was to be executed. The execution did not take place.");
    assert_eq!(lines, ["Execution averted person=Omar Haddad"]);
    let lines = told("Omar Haddad was due to be hanged on Sunday. Guards released Sami Khalil on Saturday.");
    assert!(lines.contains(&"Execution planned person=Omar Haddad".to_owned()), "another man: {lines:?}");
}

/// Which event of a text each later one repeats.
fn tellings(text: &str) -> Vec<Option<usize>> {
    let found = Reader::embedded(Reading::Fast).read(Document::from_text("test", text));
    found.events.iter().map(|event| event.same).collect()
}

#[test]
fn several_tellings_of_one_happening() {
    assert_eq!(tellings("Omar Haddad was killed in Aleppo. The killing of Omar Haddad shocked many."), [None, Some(0)]);
    assert_eq!(tellings("Gunmen attacked the hotel. The attack lasted hours."), [None, Some(0)]);
    assert_eq!(tellings("Rebels captured Hama. The capture of Hama took a day."), [None, Some(0)]);
    for apart in [
        "Omar Haddad was killed in Aleppo. Sami Khalil was killed in Aleppo.",
        "Omar Haddad was held at Evin Prison. Omar Haddad was held at Tora Prison.",
        "Gunmen attacked the hotel. Gunmen attacked the court.",
        "Omar Haddad was arrested in 2012. Omar Haddad was arrested in 2019.",
        "Omar Haddad was not arrested in Homs. Omar Haddad was arrested in Hama.",
        "A bomb exploded in Homs. Soldiers shelled Homs.",
    ] {
        assert_eq!(tellings(apart), [None, None], "{apart}");
    }
    assert_eq!(tellings("The attack was widely condemned."), [], "of which nothing is told");
}

#[test]
fn words_that_name_no_event_here() {
    for text in [
        "The company released its figures.",
        "He held the door and kept his promise.",
        "The minister will be held to account.",
        "Shares in the bank fell.",
        "The film was shot in Aleppo.",
        "She was sentenced to life in prison.",
        "He tried to help.",
        "The murder charge was dropped.",
        "The singer captured the mood of the crowd.",
        "A free market opened its doors.",
        "He suffered a heart attack.",
    ] {
        let lines = told(text);
        let custody = [
            "Release",
            "Detention",
            "Trial person=He",
            "RegimeFall",
            "Killing",
            "Arrest",
            "Capture",
            "Injury",
            "Attack",
        ];
        assert!(!lines.iter().any(|line| custody.iter().any(|kind| line.starts_with(kind))), "{text}: {lines:?}");
    }
}

#[test]
fn grounds_stay_in_the_words_of_the_text() {
    let lines = told("Omar Haddad was arrested for writing a poem.");
    assert_eq!(lines, ["Arrest person=Omar Haddad reason=writing a poem"]);
    let lines = told("Omar Haddad was charged with armed robbery.");
    assert!(lines.contains(&"Charge charge=armed robbery person=Omar Haddad".to_owned()), "{lines:?}");
    let lines = told("Omar Haddad was held for ten years.");
    assert_eq!(lines, ["Detention person=Omar Haddad"]);
}

#[test]
fn a_users_frames_come_first_and_may_name_a_class_of_their_own() {
    let mut frames = Frames::embedded().clone();
    let own = "[[frame]]\nevent = \"Attack\"\nclass = \"https://example.org/events#Blockade\"\nverbs = [\"blockade\"]\n\
        require = [\"place\"]\n[frame.roles]\nplace = [\"object\"]\n";
    frames.add("own.toml", own, crate::ontology::Schema::embedded()).expect("good frames");
    let gazetteer = crate::gazetteer::Gazetteer::embedded();
    let reader = Reader::new(gazetteer, &frames, crate::language::Analyser::embedded(Reading::Fast));
    let found = reader.read(Document::from_text("test", "Government forces blockaded Homs in 2012."));
    let event = &found.events[0];
    assert_eq!((event.kind.as_str(), event.class.as_deref()), ("Attack", Some("https://example.org/events#Blockade")));
}

#[test]
fn hard_text_is_read_in_bounded_time() {
    let nested = format!("{}He was arrested.{}", "“He said ".repeat(500), "”".repeat(500));
    let long = "the guards who arrested the men who killed ".repeat(1_000);
    let list = format!("Police arrested {}.", "Omar Haddad and ".repeat(2_000));
    for text in [nested, long, list, "attack ".repeat(20_000), "arrested, ".repeat(20_000)] {
        let begun = std::time::Instant::now();
        told(&text);
        assert!(begun.elapsed().as_secs() < 20, "{}… took {:?}", &text[..40], begun.elapsed());
    }
}

#[test]
fn a_killing_that_is_condemned_happened() {
    for (text, sure) in [
        ("The minister condemned the killing of Sami Khalil by Omar Darwish.", true),
        ("The minister attributed the murder of Sami Khalil to Omar Darwish.", true),
        ("The minister plans the murder of Sami Khalil by Omar Darwish.", false),
    ] {
        let pair = ("Omar Darwish".to_owned(), "Sami Khalil".to_owned(), sure);
        assert_eq!(killings(text), [pair], "{text}");
    }
}
