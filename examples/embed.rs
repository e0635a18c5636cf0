//! The whole way within another program: texts in, a graph in memory, answers and the words behind them out.
//!
//! ```text
//! cargo run --release --example embed
//! ```

use std::error::Error;

use isnad::claims::Policy;
use isnad::extract::Reader;
use isnad::graph::{Between, Walk};
use isnad::link::Decisions;
use isnad::model::Document;
use isnad::query::{self, Evaluation, QueryError};
use isnad::store::{DocumentQuads, GraphStore};
use oxigraph::sparql::QueryResults;

const REPORTS: [(&str, &str); 2] = [
    ("monday.txt", "Ragheed al-Tatari, a pilot, was held at Sednaya Prison for years, his sister told Reuters."),
    ("friday.txt", "Raghid Tattari was freed from Saydnaya prison on 8 December 2024."),
];

fn main() -> Result<(), Box<dyn Error>> {
    // Each document by itself: this part can run anywhere, on as many threads as there are.
    let reader = Reader::default();
    let policy = Policy::default();
    let mut documents = Vec::new();
    for (name, text) in REPORTS {
        let annotations = reader.read(Document::from_text(name, text));
        println!("{name}: {} entities, {} events", annotations.entities.len(), annotations.events.len());
        documents.push(DocumentQuads::new(&annotations, &policy)?);
    }

    // All documents together: stored, and linked by their names and what they share.
    let mut store = GraphStore::in_memory()?;
    store.add(&mut documents, &policy)?;
    let linking = store.finish(&policy, &Decisions::default())?;
    println!("{} quads; {} entities lead to others", store.quads()?, linking.merged);

    // Asked in SPARQL, with the words that say so.
    let sparql = "SELECT ?name ?quote {
        ?person isnad:heldAt|isnad:releasedFrom ?site . ?site fun:spelled 'Seydnaya' . ?person rdfs:label ?name .
        GRAPH ?document { ?claim rdf:subject ?person ; rdf:object ?site ; isnad:evidence/oa:hasSelector/oa:exact ?quote }
    }";
    query::evaluate::<_, QueryError>(&store, sparql, &Evaluation::default(), |results| {
        let QueryResults::Solutions(solutions) = results else { return Ok(()) };
        for solution in solutions {
            let solution = solution?;
            println!("{} {}", solution["name"], solution["quote"]);
        }
        Ok(())
    })?;

    // Found by any spelling, and walked from.
    let found = query::find(&store, "رغيد الططري", Some("Person"))?;
    let person = found.first().ok_or("nobody is called so")?;
    let prison = query::find(&store, "Saydnaya", None)?;
    let prison = prison.first().ok_or("nothing is called so")?;
    let between = Walk::new(&store).shortest(person.entity.as_str(), prison.entity.as_str(), 3)?;
    if let Between::Nodes(nodes) = between {
        println!("{} and {}: {} nodes on the shortest ways", person.label, prison.label, nodes.len());
    }
    Ok(())
}
