//! What follows from facts by the ontology: classes and properties above, inverse, symmetric and transitive properties.
//!
//! The rules are those of RDFS and OWL 2 RL that the ontology uses: `rdfs9`/`rdfs11` (`rdfs:subClassOf`), `rdfs5`/`rdfs7`
//! (`rdfs:subPropertyOf`), `prp-inv1`/`prp-inv2` (`owl:inverseOf`), `prp-symp` (`owl:SymmetricProperty`) and `prp-trp`
//! (`owl:TransitiveProperty`). They are read from the ontology; nothing here knows one of its terms.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use crate::ontology::vocabulary::owl;
use crate::ontology::{ALIGNMENTS, ONTOLOGY};

/// What follows from a property: a property, and whether it points the same way.
type Implied = (NamedNode, bool);

/// The rules of an ontology.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Class → all classes above it.
    classes: HashMap<NamedNode, Vec<NamedNode>>,
    /// Property → all that follows from it.
    properties: HashMap<NamedNode, Vec<Implied>>,
    transitive: BTreeSet<NamedNode>,
}

impl Rules {
    /// The rules of our ontology; with `aligned` also what follows in the vocabularies that it is aligned with.
    ///
    /// ```
    /// use isnad::infer::Rules;
    /// use isnad::ontology::vocabulary::class;
    /// let above = |aligned| Rules::embedded(aligned).classes_above(class::PRISON).count();
    /// assert!(above(false) > 1 && above(true) > above(false));
    /// ```
    pub fn embedded(aligned: bool) -> Self {
        let texts: &[&str] = if aligned { &[ONTOLOGY, ALIGNMENTS] } else { &[ONTOLOGY] };
        Self::read(texts)
    }

    fn read(texts: &[&str]) -> Self {
        let mut above: HashMap<NamedNode, Vec<NamedNode>> = HashMap::new();
        let mut implied: HashMap<NamedNode, Vec<Implied>> = HashMap::new();
        let mut transitive = BTreeSet::new();
        for text in texts {
            let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(text.as_bytes());
            for quad in quads.map(|quad| quad.expect("tests parse the texts that are embedded")) {
                let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) = (quad.subject, quad.object)
                else {
                    continue;
                };
                match quad.predicate.as_ref() {
                    rdfs::SUB_CLASS_OF => above.entry(subject).or_default().push(object),
                    rdfs::SUB_PROPERTY_OF => implied.entry(subject).or_default().push((object, true)),
                    owl::INVERSE_OF => {
                        implied.entry(subject.clone()).or_default().push((object.clone(), false));
                        implied.entry(object).or_default().push((subject, false));
                    }
                    rdf::TYPE if object == owl::SYMMETRIC_PROPERTY => {
                        implied.entry(subject.clone()).or_default().push((subject, false));
                    }
                    rdf::TYPE if object == owl::TRANSITIVE_PROPERTY => drop(transitive.insert(subject)),
                    _ => {}
                }
            }
        }
        let classes = above.keys().map(|class| {
            let all = closure(class.clone(), |class| above.get(class).cloned().unwrap_or_default());
            (class.clone(), all)
        });
        let properties = implied.keys().map(|property| {
            let all = closure((property.clone(), true), |(property, same)| {
                let of = implied.get(property).into_iter().flatten();
                of.map(|(other, way)| (other.clone(), way == same)).collect()
            });
            (property.clone(), all)
        });
        Self { classes: classes.collect(), properties: properties.collect(), transitive }
    }

    /// The classes above a class, however far.
    pub fn classes_above(&self, class: NamedNodeRef<'_>) -> impl Iterator<Item = &NamedNode> {
        self.classes.get(&class.into_owned()).into_iter().flatten()
    }

    /// Properties that lead from one to the next and on, as from a town to its country.
    pub fn transitive(&self) -> impl Iterator<Item = &NamedNode> {
        self.transitive.iter()
    }

    /// Properties from which something follows for the node that they point to.
    pub fn backwards(&self) -> impl Iterator<Item = &NamedNode> {
        self.properties.iter().filter(|(_, implied)| implied.iter().any(|(_, same)| !same)).map(|(own, _)| own)
    }

    /// What follows for a node from what is said of it and from what points to it, without what is said already.
    pub fn follow(&self, said: &Said) -> HashSet<(NamedNode, Term)> {
        let mut all = HashSet::new();
        for (predicate, object) in &said.forward {
            if let (true, Term::NamedNode(class)) = (*predicate == rdf::TYPE, object) {
                let above = self.classes.get(class).into_iter().flatten();
                all.extend(above.map(|above| (rdf::TYPE.into_owned(), above.clone().into())));
            }
            self.add(predicate, object, true, &mut all);
        }
        for (predicate, subject) in &said.backward {
            self.add(predicate, &subject.clone().into(), false, &mut all);
        }
        for (predicate, object) in &said.reached {
            all.insert((predicate.clone(), object.clone().into()));
            self.add(predicate, &object.clone().into(), true, &mut all);
        }
        for (predicate, subject) in &said.reaching {
            self.add(predicate, &subject.clone().into(), false, &mut all);
        }
        for fact in &said.forward {
            all.remove(fact);
        }
        all
    }

    fn add(&self, predicate: &NamedNode, other: &Term, forward: bool, all: &mut HashSet<(NamedNode, Term)>) {
        for (implied, same) in self.properties.get(predicate).into_iter().flatten() {
            // A value is no node that something can be said of.
            if *same == forward {
                all.insert((implied.clone(), other.clone()));
            }
        }
    }
}

/// What is known of a node.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Facts of it.
    pub forward: HashSet<(NamedNode, Term)>,
    /// Facts that point to it, of the properties of [`Rules::backwards`]: property and the other node.
    pub backward: BTreeSet<(NamedNode, NamedNode)>,
    /// Nodes that it leads to over others, by transitive properties.
    pub reached: BTreeSet<(NamedNode, NamedNode)>,
    /// Nodes that lead to it over others.
    pub reaching: BTreeSet<(NamedNode, NamedNode)>,
}

/// The edges of one transitive property, both ways.
#[derive(Debug, Clone, Default)]
pub struct Ways {
    forward: BTreeMap<NamedNode, BTreeSet<NamedNode>>,
    backward: BTreeMap<NamedNode, BTreeSet<NamedNode>>,
}

impl Ways {
    /// Adds an edge.
    pub fn add(&mut self, from: NamedNode, to: NamedNode) {
        self.backward.entry(to.clone()).or_default().insert(from.clone());
        self.forward.entry(from).or_default().insert(to);
    }

    /// All nodes that have an edge.
    pub fn nodes(&self) -> impl Iterator<Item = &NamedNode> {
        self.forward.keys().chain(self.backward.keys())
    }

    /// All nodes that can be reached from one, itself included only where the edges lead in a circle.
    pub fn reached(&self, node: &NamedNode) -> BTreeSet<NamedNode> {
        reach(node, &self.forward)
    }

    /// All nodes from which one can be reached.
    pub fn reaching(&self, node: &NamedNode) -> BTreeSet<NamedNode> {
        reach(node, &self.backward)
    }
}

fn reach(start: &NamedNode, edges: &BTreeMap<NamedNode, BTreeSet<NamedNode>>) -> BTreeSet<NamedNode> {
    let mut found = BTreeSet::new();
    let mut pending = vec![start];
    while let Some(node) = pending.pop() {
        for next in edges.get(node).into_iter().flatten() {
            if found.insert(next.clone()) {
                pending.push(next);
            }
        }
    }
    found
}

/// Everything that leads on from a start, without the start itself, in order.
fn closure<T: Clone + Eq + std::hash::Hash + Ord>(start: T, next: impl Fn(&T) -> Vec<T>) -> Vec<T> {
    let mut found: HashSet<T> = HashSet::from([start.clone()]);
    let mut queue = VecDeque::from([start.clone()]);
    while let Some(item) = queue.pop_front() {
        for next in next(&item) {
            if found.insert(next.clone()) {
                queue.push_back(next);
            }
        }
    }
    found.remove(&start);
    let mut all: Vec<T> = found.into_iter().collect();
    all.sort();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::vocabulary::property;

    const TEXT: &str = r#"
        @prefix : <urn:> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :Prison rdfs:subClassOf :Facility . :Facility rdfs:subClassOf :Place .
        :in a owl:TransitiveProperty ; rdfs:subPropertyOf :near ; owl:inverseOf :holds .
        :near a owl:SymmetricProperty .
        :name rdfs:subPropertyOf :label .
    "#;

    fn node(name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("urn:{name}"))
    }

    fn shown(follows: HashSet<(NamedNode, Term)>) -> String {
        let short = |text: &str| text.replace("urn:", "").replace(['<', '>'], "");
        let lines = follows.iter().map(|(predicate, object)| {
            let predicate = if *predicate == rdf::TYPE { "a".to_owned() } else { short(predicate.as_str()) };
            format!("{predicate} {}", short(&object.to_string()))
        });
        let mut lines: Vec<String> = lines.collect();
        lines.sort();
        lines.join(", ")
    }

    #[test]
    fn each_rule() {
        let rules = Rules::read(&[TEXT]);
        let fact = |predicate: NamedNode, object: NamedNode| (predicate, Term::from(object));
        let said = |forward: Vec<(NamedNode, Term)>| Said { forward: forward.into_iter().collect(), ..Said::default() };
        assert_eq!(
            shown(rules.follow(&said(vec![fact(rdf::TYPE.into_owned(), node("Prison"))]))),
            "a Facility, a Place"
        );
        assert_eq!(shown(rules.follow(&said(vec![fact(node("in"), node("b"))]))), "near b");
        let known = vec![fact(node("in"), node("b")), fact(node("near"), node("b"))];
        assert_eq!(shown(rules.follow(&said(known))), "", "it is said already");
        let pointed = Said { backward: BTreeSet::from([(node("in"), node("a"))]), ..Said::default() };
        assert_eq!(shown(rules.follow(&pointed)), "holds a, near a");
        let mut ways = Ways::default();
        for (from, to) in [("a", "b"), ("b", "c"), ("c", "d")] {
            ways.add(node(from), node(to));
        }
        let far = |names: BTreeSet<NamedNode>| names.into_iter().map(|other| (node("in"), other)).collect();
        let over = Said { reached: far(ways.reached(&node("a"))), ..said(vec![fact(node("in"), node("b"))]) };
        assert_eq!(shown(rules.follow(&over)), "in c, in d, near b, near c, near d");
        let below = Said { reaching: far(ways.reaching(&node("d"))), ..Said::default() };
        assert_eq!(shown(rules.follow(&below)), "holds a, holds b, holds c, near a, near b, near c");
        ways.add(node("d"), node("a"));
        assert!(ways.reached(&node("a")).contains(&node("a")), "a circle ends");
    }

    #[test]
    fn the_ontology_has_rules() {
        let rules = Rules::embedded(false);
        assert!(rules.transitive().any(|term| *term == property::LOCATED_IN));
        assert!(rules.backwards().count() >= 2);
        let aligned = Rules::embedded(true);
        assert!(aligned.properties.len() > rules.properties.len());
    }
}
