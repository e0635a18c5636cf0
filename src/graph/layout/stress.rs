//! Points whose distances in the plane are as close as possible to those in the graph.
//!
//! Stochastic gradient descent on stress: J. X. Zheng, S. Pawar, D. F. M. Goodman, *Graph Drawing by
//! Stochastic Gradient Descent*, IEEE TVCG 2018 (arXiv:1710.04626). Components of up to
//! [`MOST_EXACT`] nodes use all pairs; larger ones edges and the distances to a few pivots, after M. Ortmann,
//! M. Klimenta, U. Brandes, *A Sparse Stress Model*, 2016.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

const MOST_EXACT: usize = 900;
const PIVOTS: usize = 60;
/// Rounds for large components; small ones can afford more.
const FEWEST_ROUNDS: u32 = 40;
const MOST_ROUNDS: u32 = 400;
/// Rounds times nodes.
const EFFORT: u32 = 20_000;
/// The size of the last steps, as a part of the shortest distance.
const PRECISION: f64 = 0.02;
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

/// A wish: that two points be `distance` apart. Either end moves by its own weight.
struct Term {
    a: u32,
    b: u32,
    distance: f64,
    weight_a: f64,
    weight_b: f64,
}

/// Places the nodes of one connected component, whose edges with their wanted lengths (all
/// positive) are given as adjacency lists; the longest extent lies level.
pub(super) fn positions(lengths: &[Vec<(usize, f64)>]) -> Vec<[f64; 2]> {
    let mut terms = if lengths.len() <= MOST_EXACT { all_pairs(lengths) } else { pivots(lengths) };
    let mut points = spiral(lengths);
    let nearest = terms.iter().map(|term| term.distance).fold(f64::INFINITY, f64::min);
    let farthest = terms.iter().map(|term| term.distance).fold(0.0, f64::max);
    let first = farthest * farthest;
    let last = PRECISION * nearest * nearest;
    let rounds = (EFFORT / lengths.len().max(1) as u32).clamp(FEWEST_ROUNDS, MOST_ROUNDS);
    let decay = (first / last).ln() / f64::from(rounds - 1);
    let mut state = SEED;
    for round in 0..rounds {
        shuffle(&mut terms, &mut state);
        let step = first * (-decay * f64::from(round)).exp();
        for term in &terms {
            pull(term, step, &mut points);
        }
    }
    level(&mut points);
    points
}

fn pull(term: &Term, step: f64, points: &mut [[f64; 2]]) {
    let (a, b) = (term.a as usize, term.b as usize);
    let (mut x, mut y) = (points[a][0] - points[b][0], points[a][1] - points[b][1]);
    let mut distance = x.hypot(y);
    if distance < 1e-9 {
        // Two points in one place: any direction will do, the same one every time.
        (x, y, distance) = (1.0, 0.0, 1.0);
    }
    let half = (distance - term.distance) / (2.0 * distance);
    let move_a = half * (term.weight_a * step).min(1.0);
    let move_b = half * (term.weight_b * step).min(1.0);
    points[a][0] -= move_a * x;
    points[a][1] -= move_a * y;
    points[b][0] += move_b * x;
    points[b][1] += move_b * y;
}

fn all_pairs(lengths: &[Vec<(usize, f64)>]) -> Vec<Term> {
    let mut terms = Vec::with_capacity(lengths.len() * lengths.len() / 2);
    for a in 0..lengths.len() {
        for (b, distance) in distances(lengths, a).into_iter().enumerate().take(a) {
            let weight = 1.0 / (distance * distance);
            terms.push(Term { a: a as u32, b: b as u32, distance, weight_a: weight, weight_b: weight });
        }
    }
    terms
}

fn pivots(lengths: &[Vec<(usize, f64)>]) -> Vec<Term> {
    let mut terms = Vec::new();
    for (a, list) in lengths.iter().enumerate() {
        for &(b, distance) in list.iter().filter(|&&(b, _)| b < a) {
            let weight = 1.0 / (distance * distance);
            terms.push(Term { a: a as u32, b: b as u32, distance, weight_a: weight, weight_b: weight });
        }
    }
    let mut chosen: Vec<(usize, Vec<f64>)> = Vec::new();
    let mut nearest = vec![f64::INFINITY; lengths.len()];
    let mut next = busiest(lengths);
    while chosen.len() < PIVOTS {
        let from_here = distances(lengths, next);
        for (near, distance) in nearest.iter_mut().zip(&from_here) {
            *near = near.min(*distance);
        }
        chosen.push((next, from_here));
        next = (0..lengths.len()).max_by(|&a, &b| nearest[a].total_cmp(&nearest[b]).then(b.cmp(&a))).unwrap_or(0);
    }
    for (pivot, from_pivot) in &chosen {
        let mut sorted = from_pivot.clone();
        sorted.sort_by(f64::total_cmp);
        for (node, &distance) in from_pivot.iter().enumerate() {
            if node == *pivot || distance <= 0.0 {
                continue;
            }
            // The pivot stands for those nearer to it than half way.
            let stands_for = sorted.partition_point(|&other| other <= distance / 2.0).max(1) as f64;
            let weight = stands_for / PIVOTS as f64 / (distance * distance);
            terms.push(Term { a: node as u32, b: *pivot as u32, distance, weight_a: weight, weight_b: 0.0 });
        }
    }
    terms
}

fn busiest(lengths: &[Vec<(usize, f64)>]) -> usize {
    (0..lengths.len()).max_by_key(|&node| (lengths[node].len(), std::cmp::Reverse(node))).unwrap_or(0)
}

/// A node in Dijkstra's queue, nearest first.
struct Reached {
    distance: f64,
    node: usize,
}

impl Ord for Reached {
    fn cmp(&self, other: &Self) -> Ordering {
        other.distance.total_cmp(&self.distance).then(other.node.cmp(&self.node))
    }
}
impl PartialOrd for Reached {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Reached {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Reached {}

fn distances(lengths: &[Vec<(usize, f64)>], start: usize) -> Vec<f64> {
    let mut distances = vec![f64::INFINITY; lengths.len()];
    distances[start] = 0.0;
    let mut queue = BinaryHeap::from([Reached { distance: 0.0, node: start }]);
    while let Some(Reached { distance, node }) = queue.pop() {
        if distance > distances[node] {
            continue;
        }
        for &(next, length) in &lengths[node] {
            if distance + length < distances[next] {
                distances[next] = distance + length;
                queue.push(Reached { distance: distance + length, node: next });
            }
        }
    }
    distances
}

/// Nodes along a spiral in the order of a breadth-first walk from the busiest: a start that has
/// neighbours near each other and no two points in one place.
fn spiral(lengths: &[Vec<(usize, f64)>]) -> Vec<[f64; 2]> {
    let mut order = vec![busiest(lengths)];
    let mut seen = vec![false; lengths.len()];
    seen[order[0]] = true;
    let mut at = 0;
    while at < order.len() {
        for &(next, _) in &lengths[order[at]] {
            if !std::mem::replace(&mut seen[next], true) {
                order.push(next);
            }
        }
        at += 1;
    }
    let mut points = vec![[0.0, 0.0]; lengths.len()];
    for (place, node) in order.into_iter().enumerate() {
        let (radius, angle) = (60.0 * (place as f64).sqrt(), place as f64 * 2.399_963_229_728_653);
        points[node] = [radius * angle.cos(), radius * angle.sin()];
    }
    points
}

/// Turns the points so that their longest extent lies level, around their middle.
fn level(points: &mut [[f64; 2]]) {
    let count = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point[0] / count, y + point[1] / count));
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for point in points.iter_mut() {
        *point = [point[0] - x, point[1] - y];
        xx += point[0] * point[0];
        yy += point[1] * point[1];
        xy += point[0] * point[1];
    }
    let (sin, cos) = (0.5 * (2.0 * xy).atan2(xx - yy)).sin_cos();
    for point in points.iter_mut() {
        *point = [cos * point[0] + sin * point[1], cos * point[1] - sin * point[0]];
    }
}

/// Fisher and Yates' shuffle with Marsaglia's xorshift64.
fn shuffle(terms: &mut [Term], state: &mut u64) {
    for i in (1..terms.len()).rev() {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        terms.swap(i, (*state % (i as u64 + 1)) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adjacency(count: usize, edges: &[(usize, usize)]) -> Vec<Vec<(usize, f64)>> {
        let mut lists = vec![Vec::new(); count];
        for &(a, b) in edges {
            lists[a].push((b, 100.0));
            lists[b].push((a, 100.0));
        }
        lists
    }

    fn distance(points: &[[f64; 2]], a: usize, b: usize) -> f64 {
        (points[a][0] - points[b][0]).hypot(points[a][1] - points[b][1])
    }

    #[test]
    fn what_can_be_drawn_exactly_is() {
        // A path of four lies straight and level; a triangle has equal sides.
        let path = positions(&adjacency(4, &[(0, 1), (1, 2), (2, 3)]));
        assert!((distance(&path, 0, 3) - 300.0).abs() < 3.0, "{path:?}");
        assert!((path[0][1] - path[3][1]).abs() < 3.0, "{path:?}");
        let triangle = positions(&adjacency(3, &[(0, 1), (1, 2), (2, 0)]));
        for (a, b) in [(0, 1), (1, 2), (2, 0)] {
            assert!((distance(&triangle, a, b) - 100.0).abs() < 2.0, "{triangle:?}");
        }
    }

    #[test]
    fn large_components_use_pivots() {
        let count = MOST_EXACT + 300;
        let edges: Vec<_> = (0..count).map(|i| (i, (i + 1) % count)).collect();
        let ring = positions(&adjacency(count, &edges));
        let across = distance(&ring, 0, count / 2);
        assert!(across > 20.0 * distance(&ring, 0, 1), "a ring stays open: {across}");
        assert!(ring.iter().flatten().all(|coordinate| coordinate.is_finite()));
    }
}
