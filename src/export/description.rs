//! What a data set is: VoID and DCAT in Turtle, or RO-Crate metadata in JSON-LD, with counts.
//!
//! No licence is stated: that of the documents and of what was made of them is for those who publish to say.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use oxigraph::model::GraphNameRef;
use oxigraph::model::vocab::rdf;
use serde_json::{Value, json};

use super::statements::{Lines, Statements};
use super::terms::{iri, split};
use crate::ontology::vocabulary::{ID_NAMESPACE, NAMESPACE, class, property};

/// The ontology that the data set is written in.
const ONTOLOGY: &str = "https://w3id.org/isnad/ontology";

/// What there is in a data set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Statements, each graph's on their own.
    pub quads: usize,
    /// Statements of the default graph.
    pub facts: usize,
    /// Named graphs.
    pub graphs: usize,
    /// Documents among the facts.
    pub documents: usize,
    /// Claims of all documents.
    pub claims: usize,
    /// Different subjects of facts.
    pub subjects: usize,
    /// Class → how many among the facts.
    pub classes: BTreeMap<String, usize>,
    /// Property → in how many facts.
    pub properties: BTreeMap<String, usize>,
    /// First and last day on which a document was published, as far as that is known.
    pub published: Option<(String, String)>,
    /// Languages of the documents.
    pub languages: BTreeSet<String>,
}

impl Counts {
    /// Counts the statements, one after the other.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn of(statements: &Statements<'_>) -> io::Result<Self> {
        let mut counts = Self::default();
        statements.each_graph(|name, lines| match name {
            GraphNameRef::DefaultGraph => counts.facts(lines),
            _ => counts.graph(lines),
        })?;
        counts.documents = counts.classes.get(class::DOCUMENT.as_str()).copied().unwrap_or_default();
        Ok(counts)
    }

    fn graph(&mut self, mut lines: Lines) -> io::Result<()> {
        let typed = format!("{} {}", rdf::TYPE, class::CLAIM);
        self.graphs += 1;
        while let Some(line) = lines.next()? {
            self.quads += 1;
            self.claims += usize::from(line.ends_with(typed.as_bytes()));
        }
        Ok(())
    }

    fn facts(&mut self, mut lines: Lines) -> io::Result<()> {
        let mut last = String::new();
        while let Some(line) = lines.next()? {
            self.quads += 1;
            self.facts += 1;
            let line = std::str::from_utf8(line).map_err(io::Error::other)?;
            let Some((subject, predicate, object)) = split(line) else { continue };
            if subject != last {
                self.subjects += 1;
                subject.clone_into(&mut last);
            }
            let Some(predicate) = iri(predicate) else { continue };
            *self.properties.entry(predicate.to_owned()).or_default() += 1;
            let value = || object.split('"').nth(1).unwrap_or_default().to_owned();
            if predicate == rdf::TYPE.as_str() {
                *self.classes.entry(iri(object).unwrap_or(object).to_owned()).or_default() += 1;
            } else if predicate == property::PUBLISHED_EARLIEST.as_str()
                || predicate == property::PUBLISHED_LATEST.as_str()
            {
                let day = value();
                let (first, last) = self.published.take().unwrap_or_else(|| (day.clone(), day.clone()));
                self.published = Some((first.min(day.clone()), last.max(day)));
            } else if predicate == crate::ontology::vocabulary::schema::IN_LANGUAGE.as_str() {
                self.languages.insert(value());
            }
        }
        Ok(())
    }
}

/// Writes the description as a VoID and DCAT data set.
///
/// # Errors
/// Those of `out`.
///
/// ```
/// use isnad::export::description::{Counts, void};
/// let mut text = Vec::new();
/// void(&Counts { quads: 7, ..Counts::default() }, &mut text)?;
/// assert!(String::from_utf8_lossy(&text).contains("void:triples 7"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn void(counts: &Counts, out: &mut dyn Write) -> io::Result<()> {
    for (prefix, namespace) in [
        ("dcat", "http://www.w3.org/ns/dcat#"),
        ("dcterms", "http://purl.org/dc/terms/"),
        ("id", ID_NAMESPACE),
        ("isnad", NAMESPACE),
        ("prov", "http://www.w3.org/ns/prov#"),
        ("void", "http://rdfs.org/ns/void#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ] {
        writeln!(out, "@prefix {prefix}: <{namespace}> .")?;
    }
    writeln!(out, "\n<#dataset> a void:Dataset, dcat:Dataset ;")?;
    writeln!(out, "    dcterms:title \"{TITLE}\"@en ;")?;
    writeln!(out, "    dcterms:description \"{}\"@en ;", summary(counts))?;
    writeln!(out, "    dcterms:conformsTo <{ONTOLOGY}> ;")?;
    writeln!(out, "    void:vocabulary <{ONTOLOGY}> ;")?;
    writeln!(out, "    void:uriSpace \"{ID_NAMESPACE}\" ;")?;
    writeln!(out, "    void:triples {} ;", counts.quads)?;
    writeln!(out, "    void:documents {} ;", counts.documents)?;
    for language in &counts.languages {
        writeln!(out, "    dcterms:language \"{language}\" ;")?;
    }
    if let Some((first, last)) = &counts.published {
        writeln!(
            out,
            "    dcterms:temporal [ a dcterms:PeriodOfTime ; dcat:startDate \"{first}\"^^xsd:date ; dcat:endDate \"{last}\"^^xsd:date ] ;"
        )?;
    }
    writeln!(
        out,
        "    prov:wasGeneratedBy [ a prov:Activity ; prov:wasAssociatedWith [ a prov:SoftwareAgent ; dcterms:title \"{}\" ] ] ;",
        program()
    )?;
    writeln!(out, "    void:subset <#facts>, <#claims> .\n")?;
    writeln!(out, "<#claims> a void:Dataset ;")?;
    writeln!(out, "    dcterms:title \"What the documents say, a graph for each\"@en ;")?;
    writeln!(out, "    void:triples {} ;", counts.quads - counts.facts)?;
    writeln!(out, "    void:classPartition [ void:class isnad:Claim ; void:entities {} ] .\n", counts.claims)?;
    writeln!(out, "<#facts> a void:Dataset ;")?;
    writeln!(out, "    dcterms:title \"Accepted facts\"@en ;")?;
    writeln!(out, "    void:triples {} ;", counts.facts)?;
    writeln!(out, "    void:distinctSubjects {} ;", counts.subjects)?;
    for (class, count) in &counts.classes {
        writeln!(out, "    void:classPartition [ void:class <{class}> ; void:entities {count} ] ;")?;
    }
    for (property, count) in &counts.properties {
        writeln!(out, "    void:propertyPartition [ void:property <{property}> ; void:triples {count} ] ;")?;
    }
    writeln!(out, "    void:properties {} .", counts.properties.len())
}

/// Writes the description as `ro-crate-metadata.json` (RO-Crate 1.1).
///
/// # Errors
/// Those of `out`.
pub fn ro_crate(counts: &Counts, out: &mut dyn Write) -> io::Result<()> {
    let variables = |counts: &BTreeMap<String, usize>| -> Vec<Value> {
        let entry =
            |(name, count): (&String, &usize)| json!({"@type": "PropertyValue", "propertyID": name, "value": count});
        counts.iter().map(entry).collect()
    };
    let mut dataset = json!({
        "@id": "./",
        "@type": "Dataset",
        "name": TITLE,
        "description": summary(counts),
        "conformsTo": {"@id": ONTOLOGY},
        "variableMeasured": variables(&counts.classes),
        "inLanguage": counts.languages,
        "size": format!("{} statements", counts.quads),
        "hasPart": [],
    });
    if let Some((first, last)) = &counts.published {
        dataset["temporalCoverage"] = json!(format!("{first}/{last}"));
    }
    let metadata = json!({
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            },
            dataset,
            {"@id": "#program", "@type": "SoftwareApplication", "name": "isnad", "softwareVersion": env!("CARGO_PKG_VERSION")},
            {"@id": "#made", "@type": "CreateAction", "instrument": {"@id": "#program"}, "result": {"@id": "./"}},
        ],
    });
    serde_json::to_writer_pretty(&mut *out, &metadata)?;
    writeln!(out)
}

const TITLE: &str = "A knowledge graph of reports on human-rights violations";

fn program() -> String {
    format!("isnad {}", env!("CARGO_PKG_VERSION"))
}

fn summary(counts: &Counts) -> String {
    format!(
        "{} facts about {} subjects and {} claims, from {} documents. Every claim leads to the words that make it and to those who said them. The licence is for the publisher to state.",
        counts.facts, counts.subjects, counts.claims, counts.documents
    )
}
