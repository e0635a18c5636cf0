//! One relation where several rules say the same of two entities in the same words.

use std::collections::BTreeMap;

use crate::model::Relation;

/// Relations of a person to an organisation, the most telling first.
const POSTS: &[&str] = &["headOf", "memberOf", "worksFor"];
/// Relations of somebody to a place, the most telling first.
const HOMES: &[&str] = &["citizenOf", "residesIn", "comesFrom", "locatedIn"];

/// Puts relations in order, and leaves out those that another one on overlapping words says as well or better.
pub(super) fn settle(mut relations: Vec<Relation>) -> Vec<Relation> {
    let key = |relation: &Relation| (relation.evidence, relation.subject, relation.object);
    relations.sort_by(|one, other| {
        (key(one), &one.kind)
            .cmp(&(key(other), &other.kind))
            .then_with(|| other.confidence.total_cmp(&one.confidence))
            .then_with(|| one.rule.cmp(&other.rule))
    });
    let mut of_pair: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    let mut kept = vec![true; relations.len()];
    for at in 0..relations.len() {
        let pair = (relations[at].subject, relations[at].object);
        let earlier = of_pair.entry(pair).or_default();
        for &known in earlier.iter().filter(|&&known| relations[known].evidence.overlaps(relations[at].evidence)) {
            if kept[known] && kept[at] {
                match better(&relations[known], &relations[at]) {
                    Some(true) => kept[at] = false,
                    Some(false) => kept[known] = false,
                    None => {}
                }
            }
        }
        earlier.push(at);
    }
    let mut kept = kept.into_iter();
    relations.retain(|_| kept.next().unwrap_or(true));
    relations
}

/// Whether `one` is the better of two relations of one pair; none if both say something.
fn better(one: &Relation, other: &Relation) -> Option<bool> {
    if one.kind == other.kind {
        return Some(one.confidence >= other.confidence);
    }
    [POSTS, HOMES].iter().find_map(|ranks| {
        let rank = |relation: &Relation| ranks.iter().position(|kind| *kind == relation.kind);
        Some(rank(one)? < rank(other)?)
    })
}
