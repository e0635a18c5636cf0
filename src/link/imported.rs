//! What linking knows of entities that came as RDF: their names, types and years, by the table `data/link/imported.toml`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use jiff::civil::Date;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedOrBlankNode, Quad, Term};
use serde::Deserialize;

use super::key::LinkRule;
use super::record::Record;
use crate::model::{EntityType, Gender};
use crate::ontology::Schema;
use crate::ontology::vocabulary::{ID_NAMESPACE, NAMESPACE};

/// Names of one entity that are kept.
const MOST_NAMES: usize = 64;

#[derive(Deserialize)]
struct Table {
    prefixes: BTreeMap<String, String>,
    class: Predicates,
    types: BTreeMap<EntityType, Vec<String>>,
    names: Names,
    life: LifeTerms,
}

#[derive(Deserialize)]
struct Predicates {
    predicates: Vec<String>,
}

#[derive(Deserialize)]
struct Names {
    main: Vec<String>,
    others: Vec<String>,
}

#[derive(Deserialize)]
struct LifeTerms {
    born: Vec<String>,
    died: Vec<String>,
    male: Vec<String>,
    female: Vec<String>,
    gender: Vec<String>,
}

/// What a statement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Class,
    Name,
    OtherName,
    Born,
    Died,
    Gender,
}

/// The table, by IRI.
struct Terms {
    predicates: HashMap<String, Says>,
    types: HashMap<String, EntityType>,
    genders: HashMap<String, Gender>,
}

impl Terms {
    fn embedded() -> &'static Self {
        static TERMS: OnceLock<Terms> = OnceLock::new();
        TERMS.get_or_init(|| {
            let table = include_str!("../../data/link/imported.toml");
            Self::new(toml::from_str(table).expect("a test reads the embedded table"))
        })
    }

    fn new(table: Table) -> Self {
        let iri = |short: &String| match short.split_once(':') {
            Some((prefix, local)) => {
                table.prefixes.get(prefix).map_or_else(|| short.clone(), |of| format!("{of}{local}"))
            }
            None => short.clone(),
        };
        let says = [
            (&table.class.predicates, Says::Class),
            (&table.names.main, Says::Name),
            (&table.names.others, Says::OtherName),
            (&table.life.born, Says::Born),
            (&table.life.died, Says::Died),
            (&table.life.gender, Says::Gender),
        ];
        let mut predicates: HashMap<String, Says> =
            says.iter().flat_map(|(list, says)| list.iter().map(|short| (iri(short), *says))).collect();
        predicates.insert(rdf::TYPE.as_str().to_owned(), Says::Class);
        let types = table.types.iter().flat_map(|(kind, list)| list.iter().map(|short| (iri(short), *kind))).collect();
        let genders = [(&table.life.male, Gender::Male), (&table.life.female, Gender::Female)];
        let genders =
            genders.iter().flat_map(|(list, gender)| list.iter().map(|short| (iri(short), *gender))).collect();
        Self { predicates, types, genders }
    }

    /// What something of a class is.
    fn kind(&self, class: &str) -> Option<EntityType> {
        if let Some(kind) = self.types.get(class) {
            return Some(*kind);
        }
        let own = class.strip_prefix(NAMESPACE)?;
        let schema = Schema::embedded();
        let above =
            schema.superclasses(own).into_iter().filter_map(|above| self.types.get(&format!("{NAMESPACE}{above}")));
        above.copied().next()
    }
}

#[derive(Default)]
struct Found {
    kinds: BTreeSet<EntityType>,
    names: BTreeSet<String>,
    others: BTreeSet<String>,
    born: BTreeSet<i16>,
    died: BTreeSet<(Date, Date)>,
    genders: BTreeSet<Gender>,
}

/// A record of every entity with a name and a type that the quads of an import speak of, in order of IRI; what has an IRI of
/// ours is left out, for it is what it is called.
///
/// ```
/// use isnad::link::imported_records;
/// use oxigraph::io::{RdfFormat, RdfParser};
/// let text = r#"<urn:x> a <http://xmlns.com/foaf/0.1/Person> ; <http://xmlns.com/foaf/0.1/name> "Ali Hassan" ."#;
/// let quads: Vec<_> = RdfParser::from_format(RdfFormat::Turtle).for_slice(text).map(Result::unwrap).collect();
/// assert_eq!(imported_records(&quads)[0].names, ["Ali Hassan"]);
/// ```
pub fn imported_records(quads: &[Quad]) -> Vec<Record> {
    let terms = Terms::embedded();
    let mut found: BTreeMap<&str, Found> = BTreeMap::new();
    for quad in quads {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
        let Some(says) = terms.predicates.get(quad.predicate.as_str()) else { continue };
        if subject.as_str().starts_with(ID_NAMESPACE) {
            continue;
        }
        let value = match &quad.object {
            Term::NamedNode(node) => node.as_str(),
            Term::Literal(literal) => literal.value(),
            _ => continue,
        };
        let entity = found.entry(subject.as_str()).or_default();
        match says {
            Says::Class => entity.kinds.extend(terms.kind(value)),
            Says::Name => drop(entity.names.insert(value.trim().to_owned())),
            Says::OtherName => drop(entity.others.insert(value.trim().to_owned())),
            Says::Born => entity.born.extend(days(value).map(|(first, _)| first.year())),
            Says::Died => entity.died.extend(days(value)),
            Says::Gender => entity.genders.extend(terms.genders.get(value)),
        }
    }
    found.into_iter().filter_map(|(iri, found)| found.record(iri)).collect()
}

impl Found {
    fn record(self, iri: &str) -> Option<Record> {
        // Of two types it is not known what it is.
        let [kind] = <[EntityType; 1]>::try_from(self.kinds.into_iter().collect::<Vec<_>>()).ok()?;
        let others = self.others.difference(&self.names).cloned().collect::<Vec<_>>();
        let mut names: Vec<String> = self.names.into_iter().chain(others).filter(|name| !name.is_empty()).collect();
        names.truncate(MOST_NAMES);
        if names.is_empty() {
            return None;
        }
        let one = |genders: BTreeSet<Gender>| <[Gender; 1]>::try_from(genders.into_iter().collect::<Vec<_>>()).ok();
        Some(Record {
            local: iri.to_owned(),
            kind,
            rule: LinkRule::Document,
            names,
            gender: one(self.genders).map(|[gender]| gender),
            born: self.born.first().copied().zip(self.born.last().copied()),
            died: self.died.first().zip(self.died.last()).map(|(first, last)| (first.0, last.1)),
            facts: Vec::new(),
            mentions: 0,
        })
    }
}

/// First and last day of a day, month or year, also at the head of a time.
fn days(text: &str) -> Option<(Date, Date)> {
    let text = text.trim_start_matches('+');
    let known = text.split('T').next().unwrap_or(text);
    // Wikidata writes a year as its first of January at midnight.
    let year_alone = text.ends_with("-01-01T00:00:00Z");
    let period: crate::model::Period = known.get(..if year_alone { 4 } else { known.len() })?.parse().ok()?;
    period.first.zip(period.last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::io::{RdfFormat, RdfParser};

    fn records(turtle: &str) -> Vec<Record> {
        let prefixes = "@prefix : <urn:> . @prefix schema: <https://schema.org/> . @prefix wd: <http://www.wikidata.org/entity/> .
            @prefix wdt: <http://www.wikidata.org/prop/direct/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
            @prefix isnad: <https://w3id.org/isnad/ontology#> . @prefix id: <https://w3id.org/isnad/id/> .
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . ";
        let text = format!("{prefixes}{turtle}");
        let quads: Vec<Quad> =
            RdfParser::from_format(RdfFormat::Turtle).for_slice(&text).collect::<Result<_, _>>().expect("Turtle");
        imported_records(&quads)
    }

    #[test]
    fn what_others_call_a_person_and_a_name() {
        let found = records(
            r#"wd:Q1 wdt:P31 wd:Q5 ; rdfs:label "Ali Hassan"@en, "علي حسن"@ar ; skos:altLabel "Abu Omar" ;
                 wdt:P569 "1958-01-01T00:00:00Z"^^xsd:dateTime ; wdt:P21 wd:Q6581097 .
               :s a isnad:Prison ; schema:name "Evin Prison" ."#,
        );
        assert_eq!(found.len(), 2);
        let person = &found[0];
        assert_eq!(
            (person.kind, person.gender, person.born),
            (EntityType::Person, Some(Gender::Male), Some((1958, 1958)))
        );
        assert_eq!(person.names, ["Ali Hassan", "علي حسن", "Abu Omar"]);
        assert_eq!((found[1].kind, found[1].local.as_str()), (EntityType::Facility, "urn:s"));
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let found = records(
            r#":a rdfs:label "no type" . :b a schema:Person . :c a schema:Person, schema:Organization ; rdfs:label "both" .
               <https://w3id.org/isnad/id/person/x> a isnad:Person ; isnad:name "ours" . :d a schema:Person ; rdfs:label "  " .
               :e a schema:Person ; rdfs:label "E" ; schema:birthDate "long ago" ; schema:deathDate "2013-05" ; schema:gender "?" ."#,
        );
        assert_eq!(found.len(), 1, "{found:?}");
        let (first, last) = found[0].died.expect("a month");
        assert_eq!(
            (found[0].born, found[0].gender, first.to_string().as_str(), last.to_string().as_str()),
            (None, None, "2013-05-01", "2013-05-31")
        );
    }
}
