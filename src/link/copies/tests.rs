use proptest::prelude::*;

use super::*;

const REPORT: &[&str] = &[
    "Twelve miners were brought to the surface alive on Thursday after four days underground, officials said.",
    "The men had sheltered in a side tunnel when water broke into the lower galleries of the Karlin pit late on Sunday.",
    "Rescuers drilled a narrow shaft through sixty metres of rock and lowered food and blankets to them.",
    "Two of the miners were taken to a hospital in the provincial capital with broken bones.",
    "The company that runs the pit had been fined twice in the past year for pumps that did not work.",
    "A prosecutor has opened an inquiry into who signed the last safety report.",
];

const OTHER: &[&str] = &[
    "The city council voted on Tuesday to close the old fish market and move its traders to the harbour.",
    "Several stall holders said they had learned of the plan from a notice on the gate.",
    "The mayor told reporters that the roof of the hall had been found unsafe by three engineers.",
    "A petition against the move has gathered some nine thousand names within a week.",
    "Work on the new hall is to begin in spring and to take two years.",
];

const FOOTER: &[&str] = &[
    "This story has been updated.",
    "Sign up for our weekly letter to get the news that matters to your town in your inbox every Friday morning.",
    "Comments are read by our editors before they are published and may be shortened for length and clarity.",
];

fn signature(document: &str, parts: &[&[&str]]) -> Signature {
    Signature::new(document, None, parts.iter().flat_map(|part| part.iter().copied()))
}

fn groups(signatures: &[Signature]) -> Vec<(String, Vec<String>)> {
    let ids = |group: Group| (group.first, group.copies.into_iter().map(|copy| copy.document).collect());
    copies(signatures).groups.into_iter().map(ids).collect()
}

#[test]
fn agency_copy_is_found_under_another_headline_and_with_small_changes() {
    let edited: Vec<String> = REPORT
        .iter()
        .map(|sentence| {
            sentence.replace("officials said", "authorities said").replace("Two of the miners", "Two of them")
        })
        .collect();
    let edited: Vec<&str> = edited.iter().map(String::as_str).collect();
    let signatures = [
        signature("a", &[&["Miners saved."], REPORT]),
        signature(
            "b",
            &[
                &["Twelve come up alive from flooded pit."],
                &edited,
                &["Our correspondent adds that shops stayed shut."],
            ],
        ),
        signature("c", &[&REPORT[..4]]),
        signature("d", &[OTHER]),
    ];
    assert_eq!(groups(&signatures), [("a".to_owned(), vec!["b".to_owned(), "c".to_owned()])]);
    let copied = copies(&signatures).sentences;
    assert_eq!(copied.len(), 10, "{copied:#?}");
    assert!(copied.iter().all(|copy| copy.of == "a"));
    let shifted = copied.iter().filter(|copy| copy.document == "c").all(|copy| copy.of_sentence == copy.sentence + 1);
    assert!(shifted, "{copied:#?}");
}

#[test]
fn two_reports_on_one_thing_in_other_words_are_no_copies() {
    let own = [
        "After four days below ground, a dozen men came out of the flooded Karlin pit on Thursday.",
        "They survived in a side gallery that stayed dry, the head of the rescue team told this newspaper.",
        "Food had reached them through a drill hole sixty metres deep.",
        "Families sang when the first cage came up, and a brass band of retired miners played until evening.",
        "Twice last year the operator of the mine had to pay because its pumps had failed.",
    ];
    assert!(groups(&[signature("a", &[REPORT]), signature("b", &[&own])]).is_empty());
}

#[test]
fn what_a_site_adds_to_every_page_makes_no_copies() {
    let notes: Vec<Signature> = (0..30)
        .map(|at| {
            let own =
                format!("Note {at}: the {at}th bridge on road {at} is closed for the {at}th time, said driver {at}.");
            signature(&format!("note {at:02}"), &[&[own.as_str()], FOOTER])
        })
        .collect();
    assert!(groups(&notes).is_empty());
    assert!(copies(&notes).sentences.is_empty());
}

#[test]
fn a_few_words_are_no_copy() {
    let note = ["No one was hurt, police said.", "The road is open again."];
    let found = copies(&[signature("a", &[&note]), signature("b", &[&note])]);
    assert_eq!(found, Copies::default());
    assert_eq!(copies(&[]), Copies::default());
    assert_eq!(copies(&[signature("a", &[&["", "🙂", "..."]]), signature("b", &[&[""]])]), Copies::default());
}

#[test]
fn a_digest_makes_no_copies_of_what_it_puts_together() {
    let signatures = [signature("a", &[REPORT]), signature("b", &[OTHER]), signature("c", &[REPORT, OTHER])];
    let found = groups(&signatures);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].1, ["c"]);
}

#[test]
fn a_lifted_sentence_is_a_copy_and_the_documents_are_not() {
    let quoting = signature("b", &[OTHER, &REPORT[4..5]]);
    let found = copies(&[quoting, signature("a", &[REPORT])]);
    assert!(found.groups.is_empty());
    let copy = SentenceCopy { document: "b".into(), sentence: 5, of: "a".into(), of_sentence: 4 };
    assert_eq!(found.sentences, [copy]);
}

#[test]
fn the_first_published_comes_first() {
    let on = |document: &str, day: Option<&str>| {
        Signature::new(document, day.map(|day| day.parse().expect("a day")), REPORT.iter().copied())
    };
    let found = groups(&[on("a", None), on("b", Some("2024-12-09")), on("c", Some("2024-12-08"))]);
    assert_eq!(found, [("c".to_owned(), vec!["b".to_owned(), "a".to_owned()])]);
}

#[test]
fn a_signature_that_somebody_edited_harms_nobody() {
    let broken = r#"{"document":"x","sentences":[9,65535,3],"shingles":[3,1,2]}"#;
    let broken: Signature = serde_json::from_str(broken).expect("reads");
    assert_eq!(copies(&[broken.clone(), broken]), Copies::default());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_order_of_documents_does_not_matter(
        documents in prop::collection::vec(prop::collection::vec(0_usize..11, 0..9), 1..12),
        seed in prop::collection::vec(any::<u32>(), 12),
    ) {
        let all: Vec<&str> = REPORT.iter().chain(OTHER).copied().collect();
        let signatures: Vec<Signature> = documents
            .iter()
            .enumerate()
            .map(|(at, sentences)| Signature::new(&format!("{at:02}"), None, sentences.iter().map(|one| all[*one])))
            .collect();
        let mut mixed: Vec<(u32, Signature)> = seed.into_iter().zip(signatures.clone()).collect();
        mixed.sort_by_key(|(key, _)| *key);
        let mixed: Vec<Signature> = mixed.into_iter().map(|(_, signature)| signature).collect();
        prop_assert_eq!(copies(&signatures), copies(&mixed));
    }
}
