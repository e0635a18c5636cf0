//! Lines written and read back, and lines that say the impossible.

use serde_json::{Value, json};

use super::{parse_line, write_line};
use crate::extract::Reader;
use crate::model::{Annotations, Basis, Document, Reading, TimeKind};

fn read(text: &str) -> Annotations {
    Reader::embedded(Reading::Fast).read(Document::from_text("test", text))
}

fn line(annotations: &Annotations) -> String {
    let mut out = Vec::new();
    write_line(annotations, &mut out).expect("into memory");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn times_go_there_and_back() {
    let written = read(
        "In Ḥamāh, Ali Hassan was detained for 13 years. He was freed at 5 p.m. on 3 May 2024. His brother was killed on Sunday.",
    );
    let back = parse_line(&line(&written)).expect("a line of its own");
    assert!(written.times.len() >= 3 && written.times.iter().any(|time| time.kind == TimeKind::Duration));
    assert_eq!(back.times, written.times);
    assert_eq!(back.events, written.events);
    assert!(back.events.iter().any(|event| event.duration.is_some()));
    assert_eq!(back.document, written.document, "the inferred date changes no identity");
    let basis = back.document.published.map(|published| published.basis);
    assert_eq!(basis, Some(Basis::Inferred));
    let words = back.document.published_by.map(|words| words.slice(&back.document.text));
    assert_eq!(words, Some("at 5 p.m. on 3 May 2024"));
}

#[test]
fn a_time_is_one_object() {
    let wire: Value = serde_json::from_str(&line(&read("Ḥasan was held for about 2 years."))).expect("JSON");
    assert_eq!(
        wire["times"],
        json!([{"id": "t1", "start": 19, "end": 32, "text": "about 2 years", "type": "duration", "value": "P2Y",
                "days": {"least": 547, "most": 914}, "rule": "time:duration"}])
    );
}

#[test]
fn impossible_times_are_refused() {
    let wire: Value = serde_json::from_str(&line(&read("Ali Hassan was detained for 13 years."))).expect("JSON");
    let with = |change: fn(&mut Value)| {
        let mut wire = wire.clone();
        change(&mut wire);
        parse_line(&wire.to_string()).map(|_| ()).map_err(|error| error.to_string())
    };
    assert_eq!(with(|_| {}), Ok(()));
    let problem = |change| with(change).expect_err("impossible");
    for (change, said) in [
        ((|wire| wire["times"][0]["end"] = json!(900)) as fn(&mut Value), "is not a place"),
        (|wire| wire["times"][0]["text"] = json!("14 years"), "not `14 years`"),
        (|wire| wire["times"][0]["type"] = json!("moment"), "moment"),
        (|wire| wire["times"][0]["days"] = json!({"least": 9, "most": 8}), "9 days at least"),
        (|wire| wire["times"][0]["interval"] = json!({"earliest": "2024-02-30"}), "`2024-02-30` is not a date"),
        (|wire| wire["events"][0]["duration"] = json!("t9"), "there is no time `t9`"),
        (|wire| wire["times"] = json!([wire["times"][0], wire["times"][0]]), "the time `t1` is there twice"),
        (|wire| wire["document"]["published"] = json!({"earliest": "2024", "start": 5, "end": 4}), "is not a place"),
    ] {
        assert!(problem(change).contains(said), "{said}: {}", problem(change));
    }
}
