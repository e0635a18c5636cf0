//! Invented sentences in which letters in brackets say which words mean the same: `[a Ana Ruiz]`, `[a she]`.
//! `[? they]` means nobody that the text names, `[- god]` is no mention.

use std::collections::BTreeMap;

use crate::extract::Reader;
use crate::model::{Annotations, Document, EntityType, Mention, MentionForm, Reading, Span};

/// The text without its marks, and what each mark covers.
fn marked(text: &str) -> (String, Vec<(String, Span)>) {
    let (mut plain, mut marks) = (String::new(), Vec::new());
    // Starts and labels of marks that are open.
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let next = &rest[letter.len_utf8()..];
        match letter {
            '[' => {
                let (label, words) = next.split_once(' ').expect("a label and words");
                open.push((label.to_owned(), plain.len()));
                rest = words;
                continue;
            }
            ']' => {
                let (label, start) = open.pop().expect("a mark that opened");
                marks.push((label, Span::new(start, plain.len())));
            }
            _ => plain.push(letter),
        }
        rest = next;
    }
    (plain, marks)
}

fn read(text: &str) -> Annotations {
    Reader::embedded(Reading::Fast).read(Document::from_text("test", text))
}

fn at(found: &Annotations, span: Span) -> Option<&Mention> {
    let here = found.mentions.iter().filter(|mention| mention.span == span);
    here.min_by_key(|mention| mention.form)
}

/// Asserts that marks of one label have one entity and marks of different labels do not.
#[track_caller]
fn check(text: &str) {
    let (plain, marks) = marked(text);
    let found = read(&plain);
    let mut entities: BTreeMap<String, usize> = BTreeMap::new();
    for (label, span) in marks {
        let words = span.slice(&plain);
        let mention = at(&found, span);
        if label == "-" {
            assert!(mention.is_none(), "{words:?} is a mention in {text}");
            continue;
        }
        let mention = mention.unwrap_or_else(|| panic!("{words:?} is no mention in {text}"));
        if label == "?" {
            let named = mention.entity.filter(|&entity| {
                found.mentions.iter().any(|other| other.entity == Some(entity) && other.form != MentionForm::Pronoun)
            });
            assert_eq!(named.map(|entity| &found.entities[entity].name), None, "{words:?} in {text}");
            continue;
        }
        let entity = mention.entity.unwrap_or_else(|| panic!("{words:?} means nobody in {text}"));
        let known = *entities.entry(label.clone()).or_insert(entity);
        let name = |entity: usize| found.entities[entity].name.as_str();
        assert_eq!(entity, known, "{words:?} means {:?}, not {:?}, in {text}", name(entity), name(known));
    }
    let mut all: Vec<usize> = entities.values().copied().collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), entities.len(), "two labels mean one in {text}: {entities:?}");
}

#[test]
fn names_and_what_they_are_called() {
    check("[a Juan Ortega] was arrested in [b Mandalay]. [a Ortega] had left [b Mandalay] before.");
    check("[a Omar Saleh], [a a Syrian teacher], was held in Homs. [b Hafez Saleh] was not.");
    check("[a The lawyer] [a Ana Ruiz] left Rosario.");
    check("[a Ana Ruiz] is [a a lawyer] from Rosario.");
    check("[a Ana Ruiz] is not [b a lawyer].");
    check("They reached [a the city] of [a Rosario] on Monday.");
    check("[a Carla Nunez] and [b her brother] left. [b The brother] did not say why.");
    check("[a Omar Hassan] left Homs. But [b Omar], a baker from Hama, stayed.");
}

#[test]
fn descriptions_that_come_again() {
    check("[a A juror] fell ill in Tulsa. [a The juror] was replaced.");
    check("[a A juror] fell ill. [b Another juror] stayed. [c The juror] was replaced.");
    check("[a The government] denied it. On Monday [a the government] said it again.");
    check("[a The Syrian government] denied it. [b The Turkish government] did not.");
    check("[a A prison] in Rosario was closed. [b A prison] in Salta was not.");
    check("[a The army] took Bago. The [a army] spokesman said so.");
    check("[a Three gunmen] died in Bago. [b Four gunmen] died in Loikaw.");
}

#[test]
fn pronouns_of_the_third_person() {
    check("[a Omar Saleh] was arrested in Homs. [a He] was held for a year.");
    check("[a Omar Saleh] met [b Heba Nasser] in Homs. [b She] gave [a him] [b her] notes.");
    check("[a Omar Saleh] saw [? him] in Homs.");
    check("[a The miners] left the pit. [a They] were tired and [a their] lamps were out.");
    check("[a Ana Ruiz] said that [a she] was beaten by [b guards].");
    check("[a The company] said [a it] had closed the mine.");
    check("[a Omar Saleh] and [a his] wife left Homs.");
    check("[a Omar Saleh] shot [a himself] in Homs.");
    check("In Tulsa [- it] is clear that the trial ended.");
    check("Praise God, [? he] heard our voices.");
    check("[a The soldiers] had left Bago when bombs fell there. [? They] exploded all night.");
    check("[a The soldiers] dropped bombs on Bago. [a They] were tired.");
    check("[? They] took the lamps and never said why.");
}

#[test]
fn relative_pronouns() {
    check("[a Ana Ruiz], [a who] survived the camp, left Rosario.");
    check("[a The detainees] [a who] were freed wept.");
    check("[a Heba], [b [a whose] brother] disappeared, left Homs.");
    check("Soldiers stormed [a the hospital] [a where] nurses hid.");
    check("Nobody knows [- who] shot the nurse.");
}

#[test]
fn who_speaks_in_quotations() {
    check("“[a I] was held for a year,” said [a Ana Ruiz]. “[a My] cell had no window.”");
    check("[a Ana Ruiz] said: “[a I] saw [? him] in Rosario.”");
    check("“[a We] are ready to negotiate,” [a the union] said.");
    check("[a Omar Saleh] told [b the detainees]: “[b You] are free.”");
    check("[a Omar Saleh] left. “[b I] stayed in Homs,” said [b Heba Nasser].");
}

#[test]
fn who_is_named_in_the_next_paragraph() {
    check(
        "[a One miner] told the reporter [a he] was beaten in Salta.\n\n[a Juan Ortega], 40, explained: “[a I] was held for a year.”",
    );
    check(
        "[a One miner] told the reporter she was beaten.\n\nThe strike began in May.\n\n[b Juan Ortega], 40, explained: “[b I] was not there.”",
    );
    let known = "[b Juan Ortega] opened the mine.\n\n[a One miner] told the reporter that it was dark.\n\n[b Juan Ortega], 40, explained: “[b I] did not know.”";
    check(known);
}

#[test]
fn houses_and_rules_are_no_people() {
    let found = read("Rebels ended the Okello regime in May. The Okello family fled.");
    let persons = found.mentions.iter().filter(|mention| mention.kind == EntityType::Person);
    assert_eq!(persons.count(), 0);
}

#[test]
fn doubts_are_told_and_never_merged() {
    let found = read("A juror fell ill in Tulsa. Another juror stayed. The juror was replaced.");
    let doubt = found.relations.iter().find(|relation| relation.kind == "possiblySameAs").expect("a doubt");
    assert!(doubt.subject != doubt.object && doubt.confidence < 0.5);
}

#[test]
fn mentions_know_their_head_number_and_gender() {
    use crate::model::{Gender, GrammaticalNumber};
    let text = "Seven young widows left Bago. A Burmese businessman stayed.";
    let found = read(text);
    let mention = |words: &str| {
        found.mentions.iter().find(|mention| mention.span.slice(text) == words).expect("a mention of these words")
    };
    let (widows, man) = (mention("Seven young widows"), mention("A Burmese businessman"));
    assert_eq!(widows.head.map(|head| head.slice(text)), Some("widows"));
    assert_eq!((widows.number, widows.kind), (Some(GrammaticalNumber::Plural), EntityType::PersonGroup));
    assert_eq!((man.number, man.gender), (Some(GrammaticalNumber::Singular), Some(Gender::Male)));
}

#[test]
fn pronouns_without_antecedent_are_in_no_event() {
    let found = read("They were arrested in Bago on Monday. They never said why.");
    assert!(found.events.iter().all(|event| event.arguments.iter().all(|argument| argument.role != "person")));
}

#[test]
fn a_name_may_shorten_one_longer_name() {
    check("[a Ana Rivas Soto] was freed on Monday. [a Ana Rivas] met [b Juan Rivas] in Rosario.");
    check("[a Ana Rivas Soto] met [b Luis Rivas Soto]. [c Rivas Soto] left Rosario.");
}
