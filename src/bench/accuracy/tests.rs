//! Every format on invented files.

use std::fs;
use std::path::Path;

use super::attacks::Attack;
use super::coreference::GoldClusters;
use super::relations::{NamedRelation, RelationKind};
use super::{Counted, Findings, GoldDocument, Name, NameKind, SETS, Score, Set, Slot, archive, compare};
use crate::model::Span;

const WORLDWIDE: &str = "Storm\tO\nin\tO\nNorland\tB-Location\n\nMina\tB-Person\nRavi\tI-Person\n’\tO\ns\tO\n\
                         University\tB-Organization\nof\tI-Organization\nNorland\tI-Organization\tB-Location\n.\tO\n";
const UNER: &str = "# newdoc id = one\n# sent_id = one-1\n# text = Don't, Mina.\n1\tDo\tO\t-\t-\n2\tn't\tO\t-\t-\n\
                    3\t,\tO\t-\t-\n4\tMina\tB-PER\t-\ta\n5\t.\tO\t-\t-\n\n# newdoc id = two\n# text = Norland\n\
                    1\tNorland\tB-LOC\t-\ta";
const CONLL04: &str = "#doc 7\n0\tMina\tB-Peop\t['Live_In', 'Other']\t[2, 1]\n1\tleft\tO\t['N']\t[1]\n\
                       2\tNorland.\tB-Loc\t['N']\t[2]\n\
                       #doc 8\n0\tNorland\tB-Other\t['N']\t[0]\n";
const RE3D_DOCUMENTS: &str =
    r#"{"_id": "D1", "text": "“Go,” said the Norland Army. The soldiers of Norland saw Mina.", "title": "x"}"#;
const RE3D_ENTITIES: &str = r#"{"documentId": "D1", "begin": 11, "end": 27, "type": "Organisation", "confidence": 1}
{"documentId": "D1", "begin": 29, "end": 52, "type": "Organisation", "confidence": 0.5}
{"documentId": "D1", "begin": 57, "end": 61, "type": "Person", "confidence": 0.75}
{"documentId": "D1", "begin": 45, "end": 52, "type": "Location", "confidence": 0.4}
{"documentId": "D1", "begin": 0, "end": 5, "type": "Quantity", "confidence": 1}
"#;
const WIKIEVENTS: &str = r#"{"doc_id": "w1", "tokens": [], "text": "", "sentences": [[[["Raid", 0, 4], ["in", 5, 7], ["Norland", 8, 15]], "Raid in Norland"], [[["Ravenholm", 17, 26], ["Jail", 27, 31], ["’s", 31, 33], ["guards", 34, 40], [".", 40, 41]], "Ravenholm Jail’s guards."]], "entity_mentions": [{"id": "GPE", "start": 2, "end": 3, "entity_type": "GPE"}, {"id": "FAC", "start": 3, "end": 5, "entity_type": "FAC"}, {"id": "PER", "start": 6, "end": 7, "entity_type": "PER"}, {"id": "WEA", "start": 0, "end": 1, "entity_type": "WEA"}]}"#;

const EVENTS: &str = r#""event_mentions": [{"event_type": "Life.Die", "trigger": {"start": 0, "end": 1}, "arguments": [{"entity_id": "GPE", "role": "Place"}, {"entity_id": "FAC", "role": "Place"}]}]}"#;
const RAMS: &str = r#"{"doc_key": "r1", "sentences": [["Mina", "left", "the", "pro", "-", "Moon", "jail", "."], ["Norland", "fell"]], "evt_triggers": [[9, 9, [["life.die.n/a", 1.0]]]], "gold_evt_links": [[[9, 9], [2, 6], "evt089arg02place"], [[9, 9], [0, 0], "evt089arg01victim"], [[1, 1], [0, 0], "evt001arg01victim"]]}"#;
const MUC4: &str = r#"{"docid": "M-1", "doctext": "mina was hurt.    the nlf said so.", "templates": [{"incident_type": "attack", "PerpInd": [], "PerpOrg": [[["nlf", 22], ["the nlf", 99]]], "Victim": [[["mina", 0]], []]}, {"incident_type": "attack", "PerpInd": [], "PerpOrg": [[["nlf", 0], ["the nlf", 18]]], "Victim": [[["mina", 0]]]}, {"incident_type": "arson"}]}"#;
const HRDS: &str = r#"[{"sample": {"Input.GLOBALEVENTID": 7, "Input.title": "Jailed!", "Input.publish_date": "2021-03-08 23:00:34", "Input.article_interface": "<p>Mina &amp; Omar.</p> <p>Held.</p>"},
 "merged_sample": {"perpetrator_mention": false, "perpetrator_type": null, "violation_types": ["unknown", "killing"], "year": "2021.0", "month": "02", "date": null, "city": "None", "region": "Rav", "country": "Norland", "victims": [{"victim_name": "Mina"}, {"victim_name": null}]}}]"#;

const CLUSTERS: &str = r#"{"doc_key": "w1", "clusters": [["GPE", "WEA"], ["FAC"]], "informative_mentions": []}"#;
const ECB: &str = r#"<?xml version="1.0"?>
<Document doc_name="1_1ecbplus.xml">
<token t_id="1" sentence="0" number="0">http</token><token t_id="2" sentence="0" number="1">:</token>
<token t_id="3" sentence="0" number="2">//norland</token>
<token t_id="4" sentence="1" number="0">Mina</token><token t_id="5" sentence="1" number="1"> </token>
<token t_id="6" sentence="1" number="2">left</token><token t_id="7" sentence="1" number="3">Norland</token>
<token t_id="8" sentence="1" number="4">.</token>
<token t_id="9" sentence="2" number="0">She</token><token t_id="10" sentence="2" number="1">fled</token>
<token t_id="11" sentence="2" number="2">by</token><token t_id="12" sentence="2" number="3">boat</token>
<token t_id="13" sentence="3" number="0">Mina</token>
<Markables>
<HUMAN_PART_PER m_id="1"><token_anchor t_id="4"/></HUMAN_PART_PER>
<HUMAN_PART_PER m_id="2"><token_anchor t_id="9"/></HUMAN_PART_PER>
<ACTION_OCCURRENCE m_id="3"><token_anchor t_id="6"/></ACTION_OCCURRENCE>
<LOC_GEO m_id="4"><token_anchor t_id="7"/></LOC_GEO>
<NON_HUMAN_PART m_id="5"><token_anchor t_id="11"/><token_anchor t_id="12"/></NON_HUMAN_PART>
<HUMAN_PART_PER m_id="6"><token_anchor t_id="13"/></HUMAN_PART_PER>
<HUMAN_PART_PER m_id="7" instance_id="HUM1" TAG_DESCRIPTOR="mina"/>
</Markables>
<Relations>
<CROSS_DOC_COREF r_id="8" note="HUM1"><source m_id="1"/><source m_id="2"/><source m_id="6"/><target m_id="7"/></CROSS_DOC_COREF>
<INTRA_DOC_COREF r_id="9"><source m_id="4"/><target m_id="7"/></INTRA_DOC_COREF>
</Relations>
</Document>"#;
const CHECKED: &str = "Topic,File,Sentence Number\n1,1ecbplus,1\n1,1ecbplus,2\n2,1ecb,0\n";
const GEOVIRUS: &str = "<articles><article><text>Rain in Norland &amp; Rav.</text><locations><location><name>Norland</name>\
                        <start>9</start><end>16</end><location>\
                        <name>Rav</name><start>23</start><lat>7</lat><lon>8</lon></location><lat>1.5</lat><lon>-2</lon>\
                        </location></locations></article></articles>";
const TR_NEWS: &str = "<articles>\n<article docid=\"7\"><text><![CDATA[The Rav <river>.]]></text><toponyms><toponym>\
                       <phrase>Rav</phrase><start>4</start><gaztag><name>Ravenholm</name><lat>3</lat><lon>4</lon></gaztag>\
                       </toponym><toponym><phrase>river</phrase><start>0</start></toponym></toponyms></article>\n</articles>";
const DATETIME: &str = r#"[
    {"Input": "Çay on Monday 3pm, for two days, in 2009 or week 3.",
     "Context": {"ReferenceDateTime": "2024-12-09T10:00:00"},
     "Results": [
        {"Text": "monday 3pm", "Start": 7, "End": 16, "TypeName": "datetimeV2.datetime",
         "Resolution": {"values": [{"timex": "XXXX-WXX-1T15", "type": "datetime", "value": "2024-12-09 15:00:00"}]}},
        {"Text": "two days", "Start": 23, "End": 30, "TypeName": "datetimeV2.duration",
         "Resolution": {"values": [{"timex": "P2D", "type": "duration", "value": "172800"}]}},
        {"Text": "2009", "Start": 30, "End": 33, "TypeName": "datetimeV2.daterange",
         "Resolution": {"values": [{"timex": "2009", "type": "daterange", "start": "2009-01-01", "end": "2010-01-01"}]}},
        {"Text": "week 3", "Start": 44, "End": 49, "TypeName": "datetimeV2.daterange",
         "Resolution": {"values": [{"timex": "2024-W03", "type": "daterange", "start": "2024-01-15", "end": "2024-01-22"}]}}]},
    {"Input": "From May to June, or after 2010", "Results": [
        {"Text": "from may to june", "Start": 0, "End": 15, "TypeName": "datetimeV2.daterange",
         "Resolution": {"values": [{"timex": "(XXXX-05-01,XXXX-06-01,P1M)", "type": "daterange", "start": "2024-05-01", "end": "2024-06-01"}]}},
        {"Text": "after 2010", "Start": 21, "End": 30, "TypeName": "datetimeV2.daterange",
         "Resolution": {"values": [{"timex": "2010", "Mod": "after", "type": "daterange", "start": "2011-01-01"}]}}]}]"#;
const UCDP: &str = "where_coordinates,adm_1,latitude,longitude\nRav/Holm town,Norland,1,2\n";

/// Names and contents.
type Files<'a> = &'a [(&'a str, &'a str)];
/// Text and names of every document.
type Told<'a> = &'a [(&'a str, &'a str)];

fn set(name: &str) -> &'static Set {
    SETS.iter().find(|set| set.name == name).expect("a set")
}

fn read(name: &str, files: Files<'_>) -> Result<Vec<GoldDocument>, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (file, content) in files {
        let path = folder.path().join(name).join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        match file.strip_suffix(".tar.gz") {
            Some(inside) => archive::tests::write(&path, &[(&format!("{inside}.xml"), content)]),
            None => fs::write(path, content).expect("a file"),
        }
    }
    set(name).documents(folder.path()).map_err(|error| error.to_string())
}

/// Text and names of each document.
fn told(documents: &[GoldDocument]) -> Vec<(String, String)> {
    let names = |document: &GoldDocument| {
        let name = |name: &super::Name| format!("{} {}", name.kind.as_str(), name.span.slice(&document.text));
        document.names().iter().map(name).collect::<Vec<_>>().join(", ")
    };
    documents.iter().map(|document| (document.text.clone(), names(document))).collect()
}

#[test]
fn every_format_is_read() {
    let cases: [(&str, Files<'_>, Told<'_>); 5] = [
        (
            "worldwide",
            &[("a.tsv", WORLDWIDE), ("notes.md", "no file of the set")],
            &[(
                "Storm in Norland\n\nMina Ravi’s University of Norland.",
                "LOC Norland, PER Mina Ravi, ORG University of Norland",
            )],
        ),
        ("uner_ewt", &[("a.iob2", UNER)], &[("Don't, Mina.", "PER Mina"), ("Norland", "LOC Norland")]),
        ("conll04", &[("a.txt", CONLL04)], &[("Mina left Norland.", "PER Mina, LOC Norland."), ("Norland", "")]),
        (
            "re3d",
            &[("A/documents.jsonl", RE3D_DOCUMENTS), ("A/entities.jsonl", RE3D_ENTITIES), ("README", "")],
            &[("“Go,” said the Norland Army. The soldiers of Norland saw Mina.", "ORG Norland Army, PER Mina")],
        ),
        (
            "wikievents",
            &[("a.jsonl", WIKIEVENTS), ("a.coref.jsonl", "not read"), ("b.coref.jsonlines", "not read")],
            &[("Raid in Norland\n\nRavenholm Jail’s guards.", "LOC Norland, FAC Ravenholm Jail")],
        ),
    ];
    for (name, files, expected) in cases {
        let documents = read(name, files).expect("well formed");
        let expected: Vec<(String, String)> =
            expected.iter().map(|(text, names)| ((*text).to_owned(), (*names).to_owned())).collect();
        assert_eq!(told(&documents), expected, "{name}");
        let found: Vec<Findings> = documents.iter().map(|document| found(document.names())).collect();
        assert_eq!(set(name).compare(&documents, &found).score(Counted::All).f1(), 1.0, "{name}");
    }
}

fn found(names: &[Name]) -> Findings {
    Findings { names: names.to_vec(), whole: None }
}

#[test]
fn relations_stand_between_names() {
    let documents = read("conll04", &[("a.txt", CONLL04)]).expect("well formed");
    let [subject, object] = documents[0].names()[..] else { panic!("two names: {documents:?}") };
    assert_eq!(documents[0].relations, [NamedRelation { kind: RelationKind::LiveIn, subject, object }]);
    assert_eq!(documents[1].relations, []);
}

/// The words of every cluster.
fn clusters(document: &GoldDocument) -> Vec<(&str, Vec<&str>)> {
    let words = |spans: &[Span]| spans.iter().map(|span| span.slice(&document.text)).collect();
    let clusters = document.clusters.as_ref().expect("clusters");
    clusters.clusters.iter().map(|(name, spans)| (name.as_str(), words(spans))).collect()
}

#[test]
fn clusters_are_read_where_there_are_any() {
    let documents = read("wikievents", &[("a.jsonl", WIKIEVENTS)]).expect("well formed");
    assert_eq!(documents[0].clusters, None);
    let documents =
        read("wikievents", &[("a.jsonl", WIKIEVENTS), ("a.coref.jsonlines", CLUSTERS)]).expect("well formed");
    assert_eq!(clusters(&documents[0]), [("w1#0", vec!["Norland", "Raid"]), ("w1#1", vec!["Ravenholm Jail"])]);

    let files: Files<'_> = &[("1/1_1ecbplus.tar.gz", ECB)];
    assert_eq!(read("ecbplus", files), Ok(Vec::new()), "the archive is elsewhere");
    let files: Files<'_> = &[("1_1ecbplus.tar.gz", ECB), ("ECBplus_coreference_sentences.csv", CHECKED)];
    let documents = read("ecbplus", files).expect("well formed");
    assert_eq!((documents.len(), documents[0].name.as_str()), (1, "1#1ecbplus"));
    assert_eq!(documents[0].text, "http://norland\n\nMina left Norland. She fled by boat\n\nMina");
    let expected =
        [("1#1ecbplus m5", vec!["by boat"]), ("1#1ecbplus r9", vec!["Norland"]), ("HUM1", vec!["Mina", "She"])];
    assert_eq!(clusters(&documents[0]), expected);
    let happenings = documents[0].happenings.as_ref().map(|gold| gold.clusters.as_slice());
    let [(name, spans)] = happenings.expect("actions") else { panic!("one action: {happenings:?}") };
    assert_eq!((name.as_str(), spans[0].slice(&documents[0].text)), ("1#1ecbplus m3", "left"));
    let annotated = documents[0].clusters.as_ref().and_then(|GoldClusters { annotated, .. }| annotated.as_deref());
    let annotated: Vec<&str> = annotated.into_iter().flatten().map(|part| part.slice(&documents[0].text)).collect();
    assert_eq!(annotated, ["Mina left Norland.", "She fled by boat"]);
}

/// Type and trigger of every event, and roles with the mentions of each argument.
fn events(document: &GoldDocument) -> Vec<String> {
    let words = |span: &Span| span.slice(&document.text).to_owned();
    let told = |event: &super::events::GoldEvent| {
        let argument = |argument: &super::events::GoldArgument| {
            format!("{} {}", argument.role, argument.same.iter().map(words).collect::<Vec<_>>().join("|"))
        };
        let arguments: Vec<String> = event.arguments.iter().map(argument).collect();
        format!("{} {}: {}", event.kind, words(&event.trigger), arguments.join(", "))
    };
    document.events.as_ref().expect("events").events.iter().map(told).collect()
}

#[test]
fn events_have_arguments() {
    let with_events = format!("{}, {EVENTS}", WIKIEVENTS.trim_end_matches('}'));
    assert_eq!(read("wikievents", &[("a.jsonl", WIKIEVENTS)]).expect("well formed")[0].events, None);
    let documents =
        read("wikievents", &[("a.jsonl", &with_events), ("a.coref.jsonlines", CLUSTERS)]).expect("well formed");
    assert_eq!(events(&documents[0]), ["Life.Die Raid: Place Norland|Raid, Place Ravenholm Jail"]);
    let documents = read("rams", &[("a.jsonlines", RAMS), ("meta.json", "not read")]).expect("well formed");
    assert_eq!(documents[0].text, "Mina left the pro-Moon jail. Norland fell");
    assert_eq!(events(&documents[0]), ["life.die.n/a fell: place the pro-Moon jail, victim Mina"]);
}

#[test]
fn reports_get_their_capitals_back_and_equal_templates_count_once() {
    let documents = read("muc4", &[("a.json", MUC4), ("pretty_a.json", "not read")]).expect("well formed");
    assert_eq!(
        (documents[0].name.as_str(), documents[0].text.as_str()),
        ("a#M-1", "MINA WAS HURT.\n\n  THE NLF SAID SO.")
    );
    let templates = documents[0].templates.as_deref().expect("templates");
    let incidents: Vec<&str> = templates.iter().map(|template| template.incident.as_str()).collect();
    assert_eq!(incidents, ["attack", "arson"]);
    let fillers = |slot| templates[0].slots.get(&slot).map_or(0, Vec::len);
    assert_eq!((fillers(Slot::Victim), fillers(Slot::PerpetratorOrganization), fillers(Slot::Weapon)), (1, 1, 0));
    let spans: Vec<Option<&str>> = templates[0].slots[&Slot::PerpetratorOrganization][0]
        .iter()
        .map(|mention| mention.span.map(|span| span.slice(&documents[0].text)))
        .collect();
    assert_eq!(spans, [Some("NLF"), None]);
}

#[test]
fn articles_have_headlines_and_answers() {
    let documents = read("hrdsattack", &[("a.json", HRDS)]).expect("well formed");
    assert_eq!((documents[0].name.as_str(), documents[0].text.as_str()), ("a#7", "Jailed!\n\nMina & Omar.\n\nHeld."));
    let published = documents[0].document().published.and_then(|published| published.latest);
    assert_eq!(published.map(|day| day.to_string()).as_deref(), Some("2021-03-08"));
    let expected = Attack {
        victims: vec!["Mina".to_owned()],
        violations: ["killing".to_owned()].into(),
        year: Some(2021),
        month: Some(2),
        region: Some("Rav".to_owned()),
        country: Some("Norland".to_owned()),
        ..Attack::default()
    };
    assert_eq!(documents[0].attack, Some(expected));
    let told = HRDS.replace("Jailed!", "Held.");
    let documents = read("hrdsattack", &[("a.json", &told)]).expect("well formed");
    assert_eq!(documents[0].text, "Mina & Omar.\n\nHeld.", "the text has the headline");
}

#[test]
fn places_have_coordinates() {
    let told = |set: &str, files: Files<'_>| -> Vec<(String, Vec<String>)> {
        let words = |document: &GoldDocument| {
            let toponyms = document.toponyms.iter().map(|toponym| {
                let names: Vec<&str> = toponym.spans.iter().map(|span| span.slice(&document.text)).collect();
                let place = toponym.point.map(|point| format!("{} {}", point.latitude, point.longitude));
                format!("{}: {}", names.join("|"), place.unwrap_or_default())
            });
            (format!("{}: {}", document.name, document.text), toponyms.collect())
        };
        read(set, files).expect("well formed").iter().map(words).collect()
    };
    let expected = [
        ("GeoVirus#1: Rain in Norland & Rav.".to_owned(), vec!["Norland: 1.5 -2".to_owned(), "Rav: 7 8".to_owned()]),
        ("TR-News#7: The Rav <river>.".to_owned(), vec!["Rav: 3 4".to_owned(), "river: ".to_owned()]),
    ];
    assert_eq!(told("geoparsing", &[("GeoVirus.xml", GEOVIRUS), ("TR-News.xml", TR_NEWS)]), expected);
    let expected =
        ("places#2: Rav/Holm town, Syria".to_owned(), vec!["Rav/Holm town|Rav|Holm town|Holm: 1 2".to_owned()]);
    assert_eq!(told("ucdp_places", &[("places.csv", UCDP)]), [expected]);
}

#[test]
fn times_have_readings() {
    let documents = read("datetime", &[("a.json", DATETIME)]).expect("well formed");
    let told = |document: &GoldDocument| -> Vec<String> {
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let times = document.times.iter().flatten().map(|time| {
            let days: Vec<String> =
                time.days.iter().map(|(first, last)| format!("{}..{}", day(*first), day(*last))).collect();
            format!("{} {:?} {} {}", time.span.slice(&document.text), time.class, time.timex.join("|"), days.join("|"))
        });
        times.collect()
    };
    let expected = [
        "Monday 3pm Clock XXXX-WXX-1T15 2024-12-09..2024-12-09",
        "two days News P2D ",
        // Its offsets are those of other words.
        "2009 News 2009 2009-01-01..2009-12-31",
        "week 3 Assistant 2024-W03 2024-01-15..2024-01-21",
    ];
    assert_eq!(told(&documents[0]), expected);
    let published = documents[0].published.and_then(|published| published.latest);
    assert_eq!(published.map(|day| day.to_string()).as_deref(), Some("2024-12-09"));
    let expected = [
        "From May to June News (XXXX-05-01,XXXX-06-01,P1M) 2024-05-01..2024-05-31|2024-05-01..2024-06-01|2024-05-01..2024-06-30",
        "after 2010 News 2010 2011-01-01..|2011-01-02..",
    ];
    assert_eq!(told(&documents[1]), expected);
    assert_eq!((documents[1].name.as_str(), documents[1].published), ("a#2", None));
}

#[test]
fn malformed_files_are_named_with_line_and_remedy() {
    let documents = ("A/documents.jsonl", RE3D_DOCUMENTS);
    let unknown = RE3D_ENTITIES.replace("\"D1\"", "\"D2\"");
    let outside = RE3D_ENTITIES.replace("27", "270");
    let twice = format!("{RE3D_DOCUMENTS}\n{RE3D_DOCUMENTS}");
    let strange = WIKIEVENTS.replace("Raid in Norland\"", "Fire in Norland\"");
    let far = WIKIEVENTS.replace("\"end\": 7", "\"end\": 70");
    let unknown_key = CLUSTERS.replace("w1", "w2");
    let unknown_mention = CLUSTERS.replace("WEA", "VEH");
    let no_end = CONLL04.replace("[2, 1]", "[2]");
    let no_number = CONLL04.replace("[2, 1]", "[x, 1]");
    let far_end = CONLL04.replace("[2, 1]", "[9, 1]");
    let sentences = ("ECBplus_coreference_sentences.csv", CHECKED);
    let no_token = ECB.replace("<token_anchor t_id=\"9\"/>", "<token_anchor t_id=\"90\"/>");
    let no_id = ECB.replace("m_id=\"2\"", "");
    let open = ECB.replace("</Markables>", "");
    let no_start = GEOVIRUS.replace("start>", "begin>");
    let no_degrees = TR_NEWS.replace("<lat>3", "<lat>north");
    let far_trigger =
        format!("{}, {EVENTS}", WIKIEVENTS.trim_end_matches('}')).replace("\"end\": 1}, \"arg", "\"end\": 11}, \"arg");
    let no_mention = format!("{}, {EVENTS}", WIKIEVENTS.trim_end_matches('}'))
        .replace("\"entity_id\": \"FAC\"", "\"entity_id\": \"VEH\"");
    let far_argument = RAMS.replace("[2, 6]", "[2, 60]");
    let no_type = RAMS.replace("[[\"life.die.n/a\", 1.0]]", "[]");
    let strange_slot = MUC4.replace("PerpInd", "Perp");
    let no_day = HRDS.replace("2021-03-08", "yesterday");
    let no_victims = HRDS.replace("victims", "sufferers");
    let no_input = DATETIME.replace("Input", "Text");
    let no_time = DATETIME.replace("2024-12-09T10", "soon");
    let no_words = DATETIME.replace("two days\"", "ten days\"");
    let cases: [(&str, Files<'_>, &[&str]); 41] = [
        ("worldwide", &[("a.tsv", "Mina\tO\n\nRavi")], &["a.tsv, line 3", "no tag"]),
        ("worldwide", &[("a.tsv", "Mina\tPerson")], &["a.tsv, line 1", "`Person` is no tag", "B-Person"]),
        ("worldwide", &[("a.tsv", "\tO")], &["a.tsv, line 1", "no token"]),
        ("uner_ewt", &[("a.iob2", "1\tMina\tB-PER\t-\t-\n")], &["a.iob2, line 2", "no text", "# text ="]),
        ("uner_ewt", &[("a.iob2", "# text = Mona\n1\tMina\tB-PER\n")], &["a.iob2, line 3", "`Mina`"]),
        ("uner_ewt", &[("a.iob2", "# text = Mina\n1 Mina B-PER\n")], &["a.iob2, line 2", "no token", "tabs"]),
        ("conll04", &[("a.txt", "#doc 1\n0\tMina\n")], &["a.txt, line 2", "no tag", "B-Peop"]),
        ("conll04", &[("a.txt", "#doc 1\n0\tMina\tO\n")], &["a.txt, line 2", "no list of relations", "['Kill']"]),
        ("conll04", &[("a.txt", &no_end)], &["a.txt, line 2", "not as many relations"]),
        ("conll04", &[("a.txt", &no_number)], &["a.txt, line 2", "`x` is no number"]),
        ("conll04", &[("a.txt", &far_end)], &["a.txt, line 2", "leads to no token"]),
        (
            "wikievents",
            &[("a.jsonl", WIKIEVENTS), ("a.coref.jsonlines", "[]")],
            &["a.coref.jsonlines, line 1", "doc_key"],
        ),
        (
            "wikievents",
            &[("a.jsonl", WIKIEVENTS), ("a.coref.jsonlines", &unknown_key)],
            &["line 1", "no document `w2`"],
        ),
        (
            "wikievents",
            &[("a.jsonl", WIKIEVENTS), ("a.coref.jsonlines", &unknown_mention)],
            &["line 1", "mention `VEH`"],
        ),
        ("ecbplus", &[("1_1ecbplus.tar.gz", ECB)], &["ECBplus_coreference_sentences.csv", "No such file"]),
        (
            "ecbplus",
            &[("1_1ecbplus.tar.gz", ECB), ("ECBplus_coreference_sentences.csv", "Topic\n1,1ecbplus\n")],
            &["ECBplus_coreference_sentences.csv, line 2", "three fields"],
        ),
        ("ecbplus", &[("1_1ecbplus.tar.gz", &no_token), sentences], &["1_1ecbplus.xml, line 13", "no token `90`"]),
        ("ecbplus", &[("1_1ecbplus.tar.gz", &no_id), sentences], &["1_1ecbplus.xml, line 13", "no `m_id`"]),
        ("ecbplus", &[("1_1ecbplus.tar.gz", &open), sentences], &["1_1ecbplus.xml, line 24", "well-formed XML"]),
        ("geoparsing", &[("GeoVirus.xml", &no_start)], &["GeoVirus.xml, line 1", "no `start`"]),
        ("geoparsing", &[("TR-News.xml", &no_degrees)], &["TR-News.xml, line 2", "no `lat` and `lon`"]),
        ("ucdp_places", &[("a.csv", "where_coordinates,latitude\n")], &["a.csv, line 1", "no column `longitude`"]),
        ("ucdp_places", &[("a.csv", "where_coordinates,latitude,longitude\nRav,1\n")], &["a.csv, line 2", "fields"]),
        ("ucdp_places", &[("a.csv", "where_coordinates,latitude,longitude\nRav,x,1\n")], &["a.csv, line 2", "numbers"]),
        ("datetime", &[("a.json", &no_input)], &["a.json, line", "`Input`"]),
        ("datetime", &[("a.json", &no_time)], &["a.json", "a#1: `soon:00:00` is no date"]),
        ("datetime", &[("a.json", &no_words)], &["a.json", "a#1: `ten days` does not stand there"]),
        ("re3d", &[documents], &["entities.jsonl", "No such file"]),
        ("re3d", &[documents, ("A/entities.jsonl", &unknown)], &["entities.jsonl, line 1", "`D2`", "documents.jsonl"]),
        ("re3d", &[documents, ("A/entities.jsonl", &outside)], &["entities.jsonl, line 1", "11..270", "code points"]),
        ("re3d", &[("A/documents.jsonl", &twice), ("A/entities.jsonl", "")], &["documents.jsonl, line 2", "already"]),
        ("wikievents", &[("a.jsonl", "\n{}")], &["a.jsonl, line 2", "doc_id", "entity_mentions"]),
        ("wikievents", &[("a.jsonl", &strange)], &["a.jsonl, line 1", "`Raid`"]),
        ("wikievents", &[("a.jsonl", &far_trigger)], &["a.jsonl, line 1", "0..11"]),
        ("wikievents", &[("a.jsonl", &no_mention)], &["a.jsonl, line 1", "no mention `VEH`"]),
        ("rams", &[("a.jsonlines", &far_argument)], &["a.jsonlines, line 1", "2 to 60"]),
        ("rams", &[("a.jsonlines", &no_type)], &["a.jsonlines, line 1", "no type"]),
        ("muc4", &[("a.json", &strange_slot)], &["a.json, line 1", "`Perp`", "PerpInd"]),
        ("hrdsattack", &[("a.json", &no_day)], &["a.json", "article 1", "`yesterday", "2021-03-08"]),
        ("hrdsattack", &[("a.json", &no_victims)], &["a.json, line 2", "`victims`", "Input.title"]),
        ("wikievents", &[("a.jsonl", &far)], &["a.jsonl, line 1", "6..70"]),
    ];
    for (name, files, said) in cases {
        let problem = read(name, files).expect_err("malformed");
        assert!(said.iter().chain(&["\nhint: "]).all(|words| problem.contains(words)), "{name}: {problem}");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("worldwide")).expect("a folder");
    fs::write(folder.path().join("worldwide/a.tsv"), b"\xff\xfe").expect("a file");
    let problem = set("worldwide").documents(folder.path()).expect_err("no text").to_string();
    assert!(problem.contains("a.tsv") && problem.contains("UTF-8"), "{problem}");
}

#[test]
fn a_missing_folder_holds_nothing() {
    for set in SETS {
        assert_eq!(set.documents(Path::new("/nowhere/at/all")).expect("no error"), []);
    }
}

#[test]
fn facilities_are_locations_where_the_set_has_none() {
    let documents = read("conll04", &[("a.txt", CONLL04)]).expect("well formed");
    let mut names: Vec<Vec<_>> = documents.iter().map(|document| document.names().to_vec()).collect();
    names[0][1].kind = NameKind::Facility;
    let location = Counted::Kind(NameKind::Location);
    assert_eq!(compare(&documents, &names).score(location), Score { gold: 1, predicted: 0, correct: 0 });
    let found: Vec<Findings> = names.iter().map(|names| found(names)).collect();
    assert_eq!(set("conll04").compare(&documents, &found).score(location), Score { gold: 1, predicted: 1, correct: 1 });
}
