//! Short reports of other settings than Syria, among them some in which no prison appears: what has to be found in
//! each, and what must not be.
//!
//! The texts and what is asked of them stand in `tests/settings/`. `entities` are a type and a name; `events` a type
//! and roles that one event has together; a type alone forbids every event of it. `places` are a name and a country.
//! The names of a pair in `apart` are of different entities.

use std::collections::BTreeSet;
use std::fs;

use serde::Deserialize;
use serde_json::Value;

use super::support::{Workspace, project};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    entities: Vec<String>,
    forbidden_entities: Vec<String>,
    #[serde(default)]
    forbidden_types: Vec<String>,
    #[serde(default)]
    events: Vec<String>,
    forbidden_events: Vec<String>,
    places: Vec<String>,
    apart: Vec<[String; 2]>,
}

/// One annotation line.
struct Read(Value);

impl Read {
    fn list(&self, name: &str) -> &[Value] {
        self.0[name].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    fn entity(&self, id: &Value) -> &Value {
        self.list("entities").iter().find(|entity| entity["id"] == *id).expect("an entity for every id")
    }

    /// Every name that an entity has.
    fn names(entity: &Value) -> BTreeSet<&str> {
        let aliases = entity["aliases"].as_array().into_iter().flatten();
        aliases.chain([&entity["name"]]).filter_map(Value::as_str).collect()
    }

    fn entities_called<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r Value> {
        self.list("entities").iter().filter(move |entity| Self::names(entity).contains(name))
    }

    fn has_entity(&self, asked: &str) -> bool {
        let (kind, name) = asked.split_once(' ').expect("a type and a name");
        self.entities_called(name).any(|entity| entity["type"] == kind)
    }

    /// Whether an event that is said to have happened has the type and all the roles asked for.
    fn has_event(&self, asked: &str) -> bool {
        let (kind, roles) = asked.split_once(' ').unwrap_or((asked, ""));
        let mut wanted: Vec<(&str, String)> = Vec::new();
        for word in roles.split(' ').filter(|word| !word.is_empty()) {
            match (word.split_once('='), wanted.last_mut()) {
                (Some((role, name)), _) => wanted.push((role, name.to_owned())),
                (None, Some((_, name))) => *name = format!("{name} {word}"),
                (None, None) => panic!("{asked}: a role begins with its name and `=`"),
            }
        }
        let fills = |event: &Value, role: &str, name: &str| {
            let arguments = event["arguments"].as_array().into_iter().flatten();
            arguments
                .filter(|argument| argument["role"] == role)
                .any(|argument| Self::names(self.entity(&argument["entity"])).contains(name))
        };
        let happened = |event: &Value| {
            event["polarity"].as_str().is_none_or(|polarity| polarity == "positive")
                && event["modality"].as_str().is_none_or(|modality| modality == "actual")
        };
        self.list("events").iter().any(|event| {
            event["type"] == kind && happened(event) && wanted.iter().all(|(role, name)| fills(event, role, name))
        })
    }
}

/// What is wrong with what was read.
fn wrong(asked: &Asked, read: &Read) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut check = |right: bool, what: String| {
        if !right {
            wrong.push(what);
        }
    };
    for entity in &asked.entities {
        check(read.has_entity(entity), format!("missing: {entity}"));
    }
    for entity in &asked.forbidden_entities {
        check(!read.has_entity(entity), format!("found: {entity}"));
    }
    for kind in &asked.forbidden_types {
        check(read.list("entities").iter().all(|entity| entity["subtype"] != **kind), format!("found a {kind}"));
    }
    for event in &asked.events {
        check(read.has_event(event), format!("missing: {event}"));
    }
    for event in &asked.forbidden_events {
        check(!read.has_event(event), format!("found: {event}"));
    }
    for place in &asked.places {
        let (name, country) = place.rsplit_once(' ').expect("a name and a country");
        let right = read.entities_called(name).any(|entity| entity["place"]["country"] == country);
        check(right, format!("not in {country}: {name}"));
    }
    for [one, other] in &asked.apart {
        let ids =
            |name: &str| read.entities_called(name).map(|entity| entity["id"].to_string()).collect::<BTreeSet<_>>();
        let (one_ids, other_ids) = (ids(one), ids(other));
        check(!one_ids.is_empty() && one_ids.is_disjoint(&other_ids), format!("not apart: {one}, {other}"));
    }
    wrong
}

#[test]
fn other_settings_are_read_as_well() {
    let workspace = Workspace::new();
    let folder = project().join("tests/settings");
    let mut texts: Vec<_> = fs::read_dir(&folder)
        .expect("the folder of the texts")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    texts.sort();
    assert!(texts.len() >= 10, "{} texts", texts.len());
    let mut all = Vec::new();
    for path in texts {
        let asked = fs::read_to_string(path.with_extension("toml")).expect("what is asked of the text");
        let asked: Asked = toml::from_str(&asked).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let line = workspace.ok(&["extract", path.to_str().expect("UTF-8")]);
        let read = Read(serde_json::from_str(&line).expect("JSON"));
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        all.extend(wrong(&asked, &read).into_iter().map(|what| format!("{name}: {what}")));
    }
    assert!(all.is_empty(), "\n{}", all.join("\n"));
}

/// Two villages as GeoNames gives them, with numbers that nobody has.
const DUMP: &str = "990000001\tAl Qaryatan Fawqa\tAl Qaryatan Fawqa\tUpper Qaryatan\t34.10\t37.20\tP\tPPL\tSY\t\t11\t\t\t\t0\t\t700\tAsia/Damascus\t2020-01-01\n\
                    990000002\tTall Zahr\tTall Zahr\t\t36.10\t37.90\tP\tPPL\tSY\t\t09\t\t\t\t0\t\t400\tAsia/Damascus\t2020-01-01\n";

#[test]
fn a_user_adds_villages_and_sites() {
    let workspace = Workspace::new();
    workspace.write("SY.txt", DUMP);
    workspace.write("sites.tsv", "id\tname\tkind\tcountry\nsy-zahr-camp\tZahr Detention Camp\tDetentionCentre\tSY\n");
    workspace.write("note.txt", "Ali Hassan was held at Zahr Detention Camp near Tall Zahr, Syria, in 2013.");
    let tables = ["extract", "note.txt", "--gazetteer", "SY.txt", "--gazetteer", "sites.tsv"];
    let read = Read(serde_json::from_str(&workspace.ok(&tables)).expect("JSON"));
    let village = read.entities_called("Tall Zahr").next().expect("the village");
    assert_eq!((&village["type"], &village["place"]["geonames"]), (&"City".into(), &990_000_002.into()));
    assert!(read.has_event("Detention person=Ali Hassan facility=Zahr Detention Camp"));
    // Without the tables nobody knows where the village lies.
    let read = Read(serde_json::from_str(&workspace.ok(&["extract", "note.txt"])).expect("JSON"));
    assert!(read.entities_called("Tall Zahr").all(|entity| entity["place"]["geonames"].is_null()));

    workspace.write("bad.txt", DUMP.replace("37.90", "east"));
    let refused = workspace.run(&["extract", "note.txt", "--gazetteer", "bad.txt"]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.stderr.contains("bad.txt: line 2: `east`") && refused.stderr.contains("hint:"), "{refused:?}");
}
