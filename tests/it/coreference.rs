//! Who is meant by which words in the articles. The words here are names and short descriptions; the articles'
//! text does not stand here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use super::support::{Workspace, seeds};

/// What a reading says of the article in which a word stands.
struct Article {
    /// Its text, by code points.
    text: Vec<char>,
    line: Value,
}

/// The article that holds `word`, read with the encoder and without; none where the articles are not at hand.
fn article(word: &str) -> Option<Vec<Article>> {
    let folder = seeds()?;
    let mut files = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
    let file = files.find(|file| fs::read_to_string(file).expect("text").contains(word)).expect("an article");
    let workspace = Workspace::new();
    let read = |reading: &str| {
        let output = workspace.ok(&["extract", "--reading", reading, &file.display().to_string()]);
        let line: Value = serde_json::from_str(&output).expect("JSON");
        let text = line["document"]["text"].as_str().expect("a text").chars().collect();
        Article { text, line }
    };
    Some(vec![read("accurate"), read("fast")])
}

impl Article {
    fn mentions(&self) -> &[Value] {
        self.line["mentions"].as_array().expect("mentions")
    }

    /// The mentions of these words, in order.
    fn all(&self, words: &str) -> Vec<&Value> {
        self.mentions().iter().filter(|mention| mention["text"] == words).collect()
    }

    #[track_caller]
    fn first(&self, words: &str) -> &Value {
        self.all(words).first().copied().unwrap_or_else(|| panic!("{words:?} is no mention"))
    }

    /// The entity of the first mention of these words.
    #[track_caller]
    fn entity(&self, words: &str) -> &str {
        self.first(words)["entity"].as_str().unwrap_or_else(|| panic!("{words:?} means nobody"))
    }

    /// The words of every mention of an entity.
    fn words_of(&self, entity: &str) -> BTreeSet<&str> {
        let own = self.mentions().iter().filter(|mention| mention["entity"] == entity);
        own.filter_map(|mention| mention["text"].as_str()).collect()
    }

    fn of<'a>(&'a self, entity: &str) -> &'a Value {
        let entities = self.line["entities"].as_array().expect("entities");
        entities.iter().find(|known| known["id"] == entity).expect("an entity of this id")
    }

    /// Who is a relative of whom, by the names of both.
    fn relatives(&self) -> BTreeMap<&str, &str> {
        let relations = self.line["relations"].as_array().expect("relations");
        let name = |relation: &'_ Value, end: &str| relation[end].as_str().expect("an id").to_owned();
        let relatives = relations.iter().filter(|relation| relation["type"] == "relativeOf");
        relatives
            .map(|relation| (name(relation, "subject"), name(relation, "object")))
            .map(|(one, other)| {
                (self.of(&one)["name"].as_str().expect("a name"), self.of(&other)["name"].as_str().expect("a name"))
            })
            .collect()
    }
}

#[test]
fn descriptions_and_pronouns_are_mentions() {
    for (word, mentions) in [
        ("Tatari", &["a Syrian pilot", "The prison", "He", "who", "they", "the country"][..]),
        ("Barhoum", &["my son", "women detainees", "one of the rebels", "he", "their", "We", "crowds"]),
    ] {
        for article in article(word).unwrap_or_default() {
            for words in mentions {
                let mention = article.first(words);
                let span = |key: &str| mention[key].as_u64().expect("an offset") as usize;
                let slice: String = article.text[span("start")..span("end")].iter().collect();
                assert_eq!(slice, **words);
            }
        }
    }
}

#[test]
fn the_pilot_is_tatari() {
    for article in article("Tatari").unwrap_or_default() {
        let tatari = article.entity("Ragheed al-Tatari");
        assert_eq!(article.entity("a Syrian pilot"), tatari);
        assert!(
            article.words_of(tatari).is_superset(&["Tatari", "who", "he", "He"].into()),
            "{:?}",
            article.words_of(tatari)
        );
        assert_ne!(article.entity("Hafez al-Assad"), article.entity("Bashar"));
        assert_eq!(article.entity("His"), article.entity("Bashar"));
        assert_ne!(article.entity("a prison"), article.entity("Sednaya Prison"));
        assert_eq!(article.entity("The prison"), article.entity("Sednaya Prison"));
    }
}

#[test]
fn the_prisoner_who_told_is_barhoum() {
    for article in article("Barhoum").unwrap_or_default() {
        let barhoum = article.entity("Bashar Barhoum");
        assert_eq!(article.entity("One prisoner"), barhoum);
        assert_ne!(article.entity("Bashar Assad"), barhoum);
        let own = article.words_of(barhoum);
        assert!(own.is_superset(&["he", "his", "him", "I", "me"].into()), "{own:?}");
        assert!(!own.iter().any(|words| words.contains("Assad") || words.contains("God")), "{own:?}");
    }
}

#[test]
fn god_and_ruling_houses_are_no_people() {
    for word in ["Tatari", "Barhoum"] {
        for article in article(word).unwrap_or_default() {
            for mention in article.mentions().iter().filter(|mention| mention["type"] == "Person") {
                let words = mention["text"].as_str().expect("words");
                let house = ["regime", "family", "dynasty", "God"].iter().any(|noun| words.ends_with(noun));
                assert!(!house, "{mention}");
            }
        }
    }
    for article in article("Barhoum").unwrap_or_default() {
        let text: String = article.text.iter().collect();
        let deity = text[..text.find("God,").expect("it stands there")].chars().count();
        let after = |mention: &&Value| mention["start"].as_u64().is_some_and(|start| start as usize > deity);
        let he = article.mentions().iter().filter(after).find(|mention| mention["text"] == "he").expect("a mention");
        assert_eq!(he["entity"], Value::Null, "nobody gave it");
    }
}

#[test]
fn who_speaks_is_i() {
    for article in article("Barhoum").unwrap_or_default() {
        let masri = article.entity("Bassam Masri");
        assert!(article.words_of(masri).is_superset(&["I", "my"].into()));
        let son = article.entity("my son");
        assert_ne!(son, masri);
        assert!(article.words_of(son).is_superset(&["he", "him", "He"].into()), "{:?}", article.words_of(son));
    }
}

#[test]
fn relatives_are_people_of_their_own() {
    for article in article("Barhoum").unwrap_or_default() {
        let heba = article.entity("Heba");
        assert!(
            article.words_of(heba).is_superset(&["who", "her", "she", "whose"].into()),
            "{:?}",
            article.words_of(heba)
        );
        let people = ["her brother", "brother-in-law", "cousin"].map(|words| article.entity(words));
        let all: BTreeSet<&str> = people.iter().copied().chain([heba]).collect();
        assert_eq!(all.len(), 4, "four people: {people:?}");
        let relatives = article.relatives();
        for kin in ["brother", "brother-in-law", "mother"] {
            assert_eq!(relatives.get(kin), Some(&"Heba"), "{relatives:?}");
        }
        assert_eq!(relatives.get("cousin"), Some(&"mother"), "{relatives:?}");
    }
}

#[test]
fn a_pseudonym_is_of_its_bearer() {
    for article in article("Barhoum").unwrap_or_default() {
        let defector = article.of(article.entity("a Syrian military defector"));
        let known = format!("{} {} {}", defector["name"], defector["aliases"], defector["attributes"]["alias"]);
        assert!(known.contains("Caesar"), "{known}");
    }
}

#[test]
fn sites_are_what_the_words_say() {
    for article in article("Tatari").unwrap_or_default() {
        // Called by their towns in a list of jails.
        for words in ["Sednaya", "Suweida", "Tartous Central Prison"] {
            assert_eq!(article.first(words)["type"], "Facility", "{words}");
        }
        let sednaya = article.entity("Sednaya Prison");
        assert_eq!(article.of(sednaya)["attributes"]["nickname"][0], "human slaughterhouse");
        let unnamed = article.entity("a prison");
        assert_ne!(unnamed, sednaya, "an unnamed prison is one of its own");
        let lies = |site: &str| {
            let relations = article.line["relations"].as_array().expect("relations");
            let mut found = relations.iter().filter(|one| one["type"] == "locatedIn" && one["subject"] == site);
            found.next().map(|one| article.of(one["object"].as_str().expect("an id"))["name"].clone())
        };
        assert_eq!(lies(unnamed), Some("Rif Dimashq".into()));
        assert_ne!(article.entity("Hafez al-Assad"), article.entity("Bashar"), "father and son");
    }
    for article in article("Barhoum").unwrap_or_default() {
        let saydnaya = article.of(article.entity("human slaughterhouse"));
        assert_eq!(saydnaya["attributes"]["nickname"][0], "human slaughterhouse");
        let operators = article.line["relations"].as_array().expect("relations").iter();
        let operator = operators.filter(|one| one["type"] == "operates").map(|one| &one["subject"]).next();
        assert_eq!(operator.and_then(Value::as_str), Some(article.entity("Syrian intelligence")));
    }
}

#[test]
fn people_have_ages_posts_and_parts_of_names() {
    for article in article("Barhoum").unwrap_or_default() {
        let barhoum = article.of(article.entity("Bashar Barhoum"));
        assert_eq!(barhoum["attributes"]["age"][0], "63");
        assert_ne!(article.entity("Bashar Barhoum"), article.entity("Bashar Assad"), "namesakes");
        let khatib = article.entity("Lina Khatib");
        assert_eq!(article.entity("Khatib"), khatib, "a surname");
        let post = article.of(khatib)["attributes"]["position"][0].as_str().expect("a post").to_owned();
        assert!(post.starts_with("Associate Fellow in the Middle East and North Africa"), "{post}");
        let mut relations = article.line["relations"].as_array().expect("relations").iter();
        let works =
            relations.find(|one| one["type"] == "worksFor" && one["subject"] == khatib).expect("where she works");
        assert_eq!(works["object"], article.entity("Chatham House"));
    }
}
