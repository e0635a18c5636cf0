//! Every claim rests on words, and every fact on a claim.

use std::collections::BTreeSet;

use super::support::{Graph, ID, ISNAD, OA, RDF, Texts, Workspace, articles, corpus, graph, seeds, subject, text};

/// Runs a check over the corpus, and over the articles where they are at hand.
fn everywhere(check: impl Fn(&Graph, &Texts)) {
    let run = |workspace: &Workspace, input: &str| check(&Graph::of(workspace), &Texts::of(workspace, &[input]));
    run(&corpus(), "data/corpus");
    if let (Some(workspace), Some(folder)) = (articles(), seeds()) {
        run(&workspace, &folder);
    }
}

fn own(local: &str) -> String {
    format!("{ISNAD}{local}")
}

/// Whether a claim is told as something that happened.
fn is_plain(graph: &Graph, claim: &str) -> bool {
    graph.one(claim, &own("polarity")) == own("polarity-positive")
        && graph.one(claim, &own("modality")) == own("modality-actual")
}

/// What a claim says.
fn said(graph: &Graph, claim: &str) -> (String, String, String) {
    let part = |name: &str| graph.one(claim, &format!("{RDF}{name}"));
    (part("subject"), part("predicate"), part("object"))
}

#[test]
fn the_evidence_of_every_claim_is_what_the_document_says_there() {
    everywhere(|all, texts| {
        let mut count = 0;
        for class in ["Claim", "Figure", "Attribution"] {
            for (node, document) in all.of_class(&own(class)) {
                assert!(document.starts_with(&format!("{ID}document/")), "{node} is in graph `{document}`");
                let evidence = all.objects(&node, &own("evidence"));
                // The document's own attribution rests on all of it.
                if class == "Attribution" && all.objects(&node, &own("cue")).is_empty() {
                    assert_eq!(all.one(&node, &own("sourceKind")), own("sourceKind-document"));
                    continue;
                }
                assert!(!evidence.is_empty(), "{node} rests on nothing");
                for evidence in evidence {
                    assert_eq!(all.one(&evidence, &format!("{OA}hasSource")), document);
                    let selector = all.one(&evidence, &format!("{OA}hasSelector"));
                    let [start, end, exact] =
                        ["start", "end", "exact"].map(|name| all.one(&selector, &format!("{OA}{name}")));
                    assert_eq!(texts.slice(&document, &start, &end), Some(exact), "{node}");
                    count += 1;
                }
            }
        }
        assert!(count > 100, "only {count}");
    });
}

#[test]
fn every_claim_is_complete() {
    everywhere(|all, _| {
        for (claim, _) in all.of_class(&own("Claim")) {
            let (_, predicate, _) = said(all, &claim);
            assert!(predicate.starts_with(ISNAD) || predicate == format!("{RDF}type"), "{predicate}");
            let confidence: f64 = all.one(&claim, &own("confidence")).parse().expect("a number");
            assert!((0.0..=1.0).contains(&confidence), "{confidence}");
            assert!(!all.one(&claim, &own("rule")).is_empty());
            is_plain(all, &claim);
        }
    });
}

#[test]
fn every_fact_between_nodes_rests_on_a_plain_claim() {
    everywhere(|all, _| {
        let claims: BTreeSet<(String, String, String)> = all
            .of_class(&own("Claim"))
            .iter()
            .filter(|(claim, _)| is_plain(all, claim))
            .map(|(claim, _)| said(all, claim))
            .collect();
        let accounts: BTreeSet<(String, String)> = all
            .of_class(&own("Claim"))
            .into_iter()
            .filter(|(claim, _)| is_plain(all, claim))
            .map(|(claim, graph)| (said(all, &claim).0, graph))
            .collect();
        let mut count = 0;
        for fact in all.facts() {
            let (one, property, other) = (subject(fact), fact.predicate.as_str().to_owned(), text(&fact.object));
            if !one.starts_with(ID) || !other.starts_with(ID) || !property.starts_with(ISNAD) {
                continue;
            }
            if property == own("account") {
                // Which document tells of an event: that it happened must be claimed in that document.
                assert!(accounts.contains(&(one.clone(), other.clone())), "{one} is no event of {other}");
                continue;
            }
            assert!(
                claims.contains(&(one.clone(), property.clone(), other.clone())),
                "nobody says <{one}> <{property}> <{other}>"
            );
            count += 1;
        }
        assert!(count > 50, "only {count}");
    });
}

#[test]
fn what_is_denied_planned_or_doubted_has_no_type_among_the_facts() {
    everywhere(|all, _| {
        let (mut plain, mut other) = (BTreeSet::new(), BTreeSet::new());
        for (claim, _) in all.of_class(&own("Claim")) {
            let (event, property, _) = said(all, &claim);
            if property == format!("{RDF}type") {
                if is_plain(all, &claim) {
                    plain.insert(event)
                } else {
                    other.insert(event)
                };
            }
        }
        let doubtful: BTreeSet<&String> = other.difference(&plain).collect();
        assert!(doubtful.len() >= 3 && plain.len() >= 10, "{} and {}", doubtful.len(), plain.len());
        let typed: BTreeSet<String> =
            all.facts().filter(|fact| fact.predicate.as_str() == format!("{RDF}type")).map(subject).collect();
        for event in doubtful {
            assert!(!typed.contains(event), "{event} has a type");
            assert!(
                !all.facts().any(|fact| subject(fact) == *event || text(&fact.object) == *event),
                "{event} is among the facts"
            );
        }
        for event in &plain {
            assert!(typed.contains(event) || all.objects(event, &own("account")).len() == 1, "{event} is lost");
        }
    });
}

#[test]
fn graphs_are_those_of_documents() {
    everywhere(|all, texts| {
        let graphs: BTreeSet<String> = all.quads.iter().map(graph).filter(|name| !name.is_empty()).collect();
        let documents: BTreeSet<String> =
            all.of_class(&own("Document")).into_iter().map(|(document, _)| document).collect();
        let links = "https://w3id.org/isnad/id/graph/links".to_owned();
        assert_eq!(graphs.into_iter().filter(|name| *name != links).collect::<BTreeSet<_>>(), documents);
        assert_eq!(documents.len(), texts.len());
    });
}
