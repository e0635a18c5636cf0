//! What a careful reader would ask of the two articles that the project was begun for, as saved questions: what must be
//! answered, with the words, and what must not. Names and facts stand here, the articles' text does not.

use std::fs;
use std::path::Path;

use super::support::{Row, Texts, articles, project, seeds};

/// A question: what is asked in words, the arguments of `isnad ask`, patterns of answers that must be there, and patterns
/// that must not. A pattern is `column=value` parts, all of one row; `~` for "contains", `!` for "is empty".
struct Question {
    asked: &'static str,
    arguments: &'static [&'static str],
    answers: &'static [&'static str],
    never: &'static [&'static str],
}

const QUESTIONS: &[Question] = &[
    Question {
        asked: "In which order was Ragheed al-Tatari arrested, moved and freed?",
        arguments: &["custody-history", "person=Ragheed al-Tatari"],
        answers: &[
            "step=1 kind=Arrest",
            "step=2 kind=Transfer site_name~Saydnaya open=true",
            "step=3 kind=Transfer site_name~Suwayda open=true",
            "step=4 kind=Transfer site_name~Tartus open=true",
            "step=5 kind=Release site_name~Tartus basis=stated",
        ],
        never: &["kind=Death", "kind=Escape", "step=6", "site_name~Adra"],
    },
    Question {
        asked: "Which custody is told of Bashar Barhoum, and who freed him?",
        arguments: &["custody-history", "person=Bashar Barhoum"],
        answers: &["kind=Detention", "kind=Release"],
        never: &["kind=Execution", "kind=Transfer"],
    },
    Question {
        asked: "Who was due to be executed, and was freed first?",
        arguments: &["due-to-be-executed"],
        answers: &["who=Bashar Barhoum modality=averted earliest=2024-12-08", "who~group modality=averted"],
        never: &["modality=planned", "who~Tatari", "who~Amnesty"],
    },
    Question {
        asked: "Who is looking for whom?",
        arguments: &["looking-for"],
        answers: &["who=Heba for=brother", "who=Heba for=brother-in-law", "who=Bassam Masri for=my son"],
        never: &["for=Heba", "who=my son", "who~Barhoum"],
    },
    Question {
        asked: "Whose whereabouts are unknown?",
        arguments: &["missing"],
        answers: &["who=cousin", "who=brother reported_by=Heba", "who=brother-in-law", "who~8,504 women"],
        never: &["who=Heba", "who~Masri", "who~Tatari"],
    },
    Question {
        asked: "Who was released, from where and by whom?",
        arguments: &["released"],
        answers: &[
            "who=Ragheed al-Tatari from~Tartus",
            "who=Bashar Barhoum by=rebels",
            "who~Tens of thousands from=Hama",
            "who~Tens of thousands from=Aleppo",
            "who~Tens of thousands from=Homs",
            "who~Tens of thousands from=Damascus",
            "who~Thousands of Syrians by~rebels",
            "who~one group from~a prison",
            "who~dozens of prisoners by~insurgents",
            "who~a toddler modality=reportedDoubtful",
        ],
        never: &["who=Heba", "from~Suwayda", "who=my son", "who=cousin", "who~group from~Saydnaya"],
    },
    Question {
        asked: "Why was Tatari arrested?",
        arguments: &["arrests", "person=Ragheed al-Tatari"],
        answers: &["what=Arrest ground~refusing to comply", "what=Detention"],
        never: &["what=Trial", "what=Sentence", "what=Charge"],
    },
    Question {
        asked: "Was Tatari ever tried?",
        arguments: &["not-facts", "person=Ragheed al-Tatari"],
        answers: &["event_type=Trial polarity=negative modality=actual"],
        never: &["event_type=Trial polarity=positive"],
    },
    Question {
        asked: "Did Tatari bomb Hama?",
        arguments: &["said-to-have-done", "agent=Ragheed al-Tatari"],
        answers: &["deed=Bombing polarity=negative to=Hama", "deed=Refusal polarity=positive"],
        never: &["deed=Bombing polarity=positive", "deed=Killing"],
    },
    Question {
        asked: "What is said to have happened at Saydnaya, and who reports it?",
        arguments: &["violations-at", "place=Saydnaya"],
        answers: &["violation=Execution who~dozens of people reported_by=Amnesty International", "violation=Detention"],
        never: &["who~Barhoum", "violation=Bombing", "violation=Execution who~Tatari"],
    },
    Question {
        asked: "Which unnamed people were at Saydnaya?",
        arguments: &["unnamed-at", "facility=Saydnaya"],
        answers: &[
            "who~hundreds of detainees",
            "who~children event_type=Detention",
            "who~prisoners event_type=Release",
        ],
        never: &["who~Tatari", "who=Heba", "who~group"],
    },
    Question {
        asked: "Who is called Bashar?",
        arguments: &["called", "name=Bashar"],
        answers: &["who=Bashar Barhoum known=age value=63", "who=Bashar Assad"],
        never: &["who=Bashar Assad known=age", "who=Bashar Barhoum names~Assad"],
    },
    Question {
        asked: "Who was killed, and how?",
        arguments: &["killed"],
        answers: &[
            "who~13,000 Syrians how=Killing earliest=2011-01-01 latest=2016-12-31",
            "who~dozens of people how=Execution",
        ],
        never: &["who~Barhoum", "who~Tatari", "who~Assad", "who~Heba"],
    },
    Question {
        asked: "Which happenings are told several times?",
        arguments: &["tellings"],
        answers: &["event_type=RegimeFall who~Assad", "event_type=Capture who~Damascus"],
        never: &["event_type=Trial"],
    },
    Question {
        asked: "Who is related to whom?",
        arguments: &["relatives"],
        answers: &["who=Heba relative=brother", "who=Bassam Masri relative=my son", "who=mother relative=cousin"],
        never: &["who=Heba relative=Bassam Masri", "who~Barhoum relative~Assad", "who~Hafez relative~Barhoum"],
    },
    Question {
        asked: "Which cities did the rebels take?",
        arguments: &["captured-cities"],
        answers: &["city=Aleppo", "city=Hama", "city=Homs", "city=Damascus"],
        never: &["city~Palmyra", "city~London", "city~Washington"],
    },
    Question {
        asked: "What did the opposition rebels do?",
        arguments: &["said-to-have-done", "agent=opposition rebels"],
        answers: &["deed=Capture to=Aleppo", "deed=Capture to=Damascus", "deed=Release to~Thousands of Syrians"],
        never: &["deed=Execution", "deed=Torture"],
    },
    Question {
        asked: "What did Hayat Tahrir al-Sham do?",
        arguments: &["said-to-have-done", "agent=Hayat Tahrir al-Sham"],
        answers: &["deed=Capture to=Aleppo", "deed=Capture to=Homs"],
        never: &["deed=Release", "deed=Execution"],
    },
    Question {
        asked: "What happened in Hama?",
        arguments: &["events-at", "place=Hama"],
        answers: &["event_type=Capture", "event_type=Release"],
        never: &["event_type=Bombing", "event_type=Execution"],
    },
    Question {
        asked: "What befell Ragheed al-Tatari, in order?",
        arguments: &["timeline", "entity=Ragheed al-Tatari"],
        answers: &[
            "event_type=Arrest role=person",
            "event_type=Transfer with~Saydnaya",
            "event_type=Release with~Tartus",
        ],
        never: &["event_type=Bombing", "event_type=Trial", "event_type=Execution"],
    },
    Question {
        asked: "Who is quoted by name?",
        arguments: &["quoted"],
        answers: &[
            "name=Lina Khatib",
            "name=Bassam Masri",
            "name=Heba",
            "name=Bashar Barhoum",
            "name=Amnesty International",
        ],
        never: &["name~Tatari", "name~Hafez", "name~Caesar"],
    },
    Question {
        asked: "Who works where, and as what?",
        arguments: &["roles"],
        answers: &[
            "who=Lina Khatib property=worksFor value=Chatham House",
            "who=Bashar Barhoum property=age value=63",
            "who=Ragheed al-Tatari property=occupation value=pilot",
        ],
        never: &["who=Heba property=worksFor", "who=Bassam Masri property=occupation"],
    },
    Question {
        asked: "Which claims are hedged, planned, denied or averted?",
        arguments: &["not-facts"],
        answers: &[
            "event_type=Execution modality=averted who=Bashar Barhoum",
            "event_type=Trial polarity=negative who=Ragheed al-Tatari",
            "event_type=Movement modality=reportedDoubtful who~Bashar",
            "event_type=Release modality=reportedDoubtful who~toddler",
        ],
        never: &["event_type=Release modality=averted", "event_type=Arrest"],
    },
    Question {
        asked: "Which documents name Chatham House?",
        arguments: &["mentions", "entity=Chatham House"],
        answers: &["source~003"],
        never: &["source~000_"],
    },
];

/// Whether a row fits a pattern.
fn fits(row: &Row, pattern: &str) -> bool {
    parts(pattern).iter().all(|part| {
        let column = |mark: char| part.split_once(mark);
        if let Some((name, value)) = column('=') {
            row.get(name).is_some_and(|cell| cell == value)
        } else if let Some((name, value)) = column('~') {
            row.get(name).is_some_and(|cell| cell.to_lowercase().contains(&value.to_lowercase()))
        } else {
            panic!("`{part}` is no pattern")
        }
    })
}

/// The parts of a pattern: a word with `=` or `~` begins one.
fn parts(pattern: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in pattern.split(' ') {
        match parts.last_mut().filter(|_| !word.contains(['=', '~'])) {
            Some(last) => *last = format!("{last} {word}"),
            None => parts.push(word.to_owned()),
        }
    }
    parts
}

#[test]
fn what_a_careful_reader_would_ask() {
    let Some(graph) = articles() else { return };
    let texts = Texts::of(&graph, &[&seeds().expect("the articles are at hand")]);
    let mut wrong: Vec<String> = Vec::new();
    for question in QUESTIONS {
        let rows = graph.ask(question.arguments);
        for answer in question.answers.iter().filter(|answer| !rows.iter().any(|row| fits(row, answer))) {
            wrong.push(format!("{}\n  no answer {answer} in {rows:#?}", question.asked));
        }
        for never in question.never {
            if let Some(row) = rows.iter().find(|row| fits(row, never)) {
                wrong.push(format!("{}\n  answered {never}: {row:?}", question.asked));
            }
        }
        for row in rows.iter().filter(|row| row.contains_key("quote") && row.contains_key("source")) {
            let text = texts.from(&row["source"]).unwrap_or_else(|| panic!("no document is {}", row["source"]));
            if !text.contains(&row["quote"]) {
                wrong.push(format!("{}\n  quotes what its document does not say: {row:?}", question.asked));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_says_where_bashar_al_assad_is() {
    let Some(graph) = articles() else { return };
    let places = graph.query(
        "SELECT ?role ?where WHERE {
           ?person isnad:name ?name FILTER(CONTAINS(?name, 'Bashar') && !CONTAINS(?name, 'Barhoum'))
           { ?person ?role ?place . ?place a/rdfs:subClassOf* isnad:Entity FILTER(?role IN (isnad:residesIn, isnad:locatedIn, isnad:heldAt, isnad:comesFrom)) }
           UNION { ?event isnad:person ?person ; a isnad:Movement ; isnad:destination ?place BIND(isnad:destination AS ?role) }
           BIND(STR(?place) AS ?where)
         }",
    );
    assert_eq!(places, Vec::<Row>::new());
    let fled = graph.query(
        "SELECT ?modality WHERE {
           GRAPH ?document {
             ?other rdf:subject ?event ; rdf:predicate isnad:person ; rdf:object ?person .
             ?claim rdf:subject ?event ; rdf:predicate rdf:type ; rdf:object isnad:Movement ; isnad:modality ?m .
             ?person isnad:name ?name FILTER(CONTAINS(?name, 'Bashar'))
           }
           BIND(STRAFTER(STR(?m), 'modality-') AS ?modality)
         }",
    );
    assert!(!fled.is_empty() && fled.iter().all(|row| row["modality"] == "reportedDoubtful"), "{fled:?}");
}

/// Words of the articles by which a rule would know them: people and sites that no general table needs.
const TELLING: &[&str] =
    &["tatari", "barhoum", "masri", "khatib", "ragheed", "bassam masri", "chatham", "rif dimashq", "slaughterhouse"];

#[test]
fn no_rule_knows_the_articles() {
    let mut read = 0;
    for folder in ["ontology/frames", "data/lexicon", "src/extract", "src/claims"] {
        visit(&project().join(folder), &mut |path, text| {
            read += 1;
            // Given names stand in a general list.
            let ignored = path.ends_with("common.txt") || path.ends_with("nouns.toml");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default().to_lowercase();
            let comments = |line: &&str| !line.trim_start().starts_with("//") && !line.trim_start().starts_with('#');
            let code: String = code.lines().filter(comments).collect::<Vec<_>>().join("\n");
            for word in TELLING.iter().filter(|_| !ignored && !path.ends_with("tests.rs")) {
                assert!(!code.contains(word), "{} holds `{word}`", path.display());
            }
        });
    }
    assert!(read > 80, "{read} files");
}

fn visit(folder: &Path, look: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            visit(&path, look);
        } else if let Ok(text) = fs::read_to_string(&path) {
            look(&path, &text);
        }
    }
}
