//! Which nodes matter in a [`Net`], how it falls into parts, and which parts hang closely together.
//!
//! Everything is a function of the graph alone: the same graph gives the same numbers, on any number of cores.

use rayon::prelude::*;

use super::Net;

/// How likely a walk goes on to a neighbour rather than to any node (Brin and Page 1998).
const DAMPING: f64 = 0.85;
/// Steps of a walk at most.
const STEPS: usize = 100;
/// Change below which ranks stand.
const SETTLED: f64 = 1e-10;
/// Nodes up to which betweenness is counted from every node.
const EXACT: usize = 2_000;
/// Nodes from which it is counted where there are more.
const PIVOTS: usize = 256;
/// Pivots of one part of the work.
const CHUNK: usize = 8;

/// The part that each node belongs to, the largest first; parts of one size in the order of their first node.
///
/// ```
/// use isnad::graph::{Net, components};
/// let net = Net::of_pairs([("a", "b"), ("c", "d"), ("d", "e")]);
/// assert_eq!(components(&net), [1, 1, 0, 0, 0]);
/// ```
pub fn components(net: &Net) -> Vec<u32> {
    let mut part = vec![u32::MAX; net.len()];
    let mut parts = 0;
    let mut pending = Vec::new();
    for start in net.nodes() {
        if part[start as usize] != u32::MAX {
            continue;
        }
        part[start as usize] = parts;
        pending.push(start);
        while let Some(node) = pending.pop() {
            for &next in net.neighbours(node) {
                if part[next as usize] == u32::MAX {
                    part[next as usize] = parts;
                    pending.push(next);
                }
            }
        }
        parts += 1;
    }
    by_size(&part)
}

/// The same groups, numbered by size and by their first member.
pub(super) fn by_size(group: &[u32]) -> Vec<u32> {
    let groups = group.iter().max().map_or(0, |last| *last as usize + 1);
    let mut sizes: Vec<(usize, usize)> = vec![(0, usize::MAX); groups];
    for (node, group) in group.iter().enumerate() {
        let (size, first) = &mut sizes[*group as usize];
        *size += 1;
        *first = (*first).min(node);
    }
    let mut order: Vec<usize> = (0..groups).collect();
    order.sort_by_key(|&group| (std::cmp::Reverse(sizes[group].0), sizes[group].1));
    let mut rank = vec![0; groups];
    for (place, group) in order.into_iter().enumerate() {
        rank[group] = place as u32;
    }
    group.iter().map(|group| rank[*group as usize]).collect()
}

/// How many others each node is connected with.
pub fn degrees(net: &Net) -> Vec<usize> {
    net.nodes().map(|node| net.neighbours(node).len()).collect()
}

/// How often a random walk over the connections comes by each node: PageRank, which adds up to 1.
///
/// ```
/// use isnad::graph::{Net, page_rank};
/// let ranks = page_rank(&Net::of_pairs([("hub", "a"), ("hub", "b"), ("hub", "c")]));
/// assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9);
/// assert!(ranks[3] > 2.0 * ranks[0]);
/// ```
pub fn page_rank(net: &Net) -> Vec<f64> {
    let count = net.len() as f64;
    let mut ranks = vec![1.0 / count; net.len()];
    for _ in 0..STEPS {
        let shares: Vec<f64> = ranks
            .par_iter()
            .enumerate()
            .map(|(node, rank)| rank / net.neighbours(node as u32).len().max(1) as f64)
            .collect();
        // Who is connected with nobody goes anywhere.
        let lost: f64 =
            net.nodes().filter(|node| net.neighbours(*node).is_empty()).map(|node| ranks[node as usize]).sum();
        let base = (1.0 - DAMPING + DAMPING * lost) / count;
        let next: Vec<f64> = (0..net.len() as u32)
            .into_par_iter()
            .map(|node| {
                let come: f64 = net.neighbours(node).iter().map(|other| shares[*other as usize]).sum();
                base + DAMPING * come
            })
            .collect();
        let change: f64 = ranks.iter().zip(&next).map(|(one, other)| (one - other).abs()).sum();
        ranks = next;
        if change < SETTLED {
            break;
        }
    }
    ranks
}

/// On what share of the shortest ways between two others each node lies (Brandes 2001); 0 to 1.
///
/// In a graph of more than 2,000 nodes the ways from 256 of them are counted, which stand for all (Brandes and Pich 2007).
///
/// ```
/// use isnad::graph::{Net, betweenness};
/// assert_eq!(betweenness(&Net::of_pairs([("a", "b"), ("b", "c")])), [0.0, 1.0, 0.0]);
/// ```
pub fn betweenness(net: &Net) -> Vec<f64> {
    let pivots = if net.len() <= EXACT { net.len() } else { PIVOTS };
    let step = net.len() as f64 / pivots.max(1) as f64;
    let sources: Vec<u32> = (0..pivots).map(|number| (number as f64 * step) as u32).collect();
    let mut sums = vec![0.0; net.len()];
    // A few rounds at a time, added up in order, so that neither memory nor the sums depend on the number of cores.
    let cores = rayon::current_num_threads().max(1);
    for round in sources.chunks(CHUNK * cores) {
        let parts: Vec<Vec<f64>> = round.par_chunks(CHUNK).map(|sources| dependencies(net, sources)).collect();
        for part in parts {
            sums.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
        }
    }
    let others = (net.len() as f64 - 1.0) * (net.len() as f64 - 2.0);
    let scale = if others > 0.0 { net.len() as f64 / pivots as f64 / others } else { 0.0 };
    sums.iter_mut().for_each(|sum| *sum *= scale);
    sums
}

/// How much the shortest ways from these nodes depend on each node.
fn dependencies(net: &Net, sources: &[u32]) -> Vec<f64> {
    let mut sums = vec![0.0; net.len()];
    let mut ways = vec![0.0_f64; net.len()];
    let mut distance = vec![u32::MAX; net.len()];
    let mut rests = vec![0.0_f64; net.len()];
    let mut order: Vec<u32> = Vec::new();
    for &source in sources {
        order.clear();
        order.push(source);
        ways[source as usize] = 1.0;
        distance[source as usize] = 0;
        let mut at = 0;
        while let Some(&node) = order.get(at) {
            at += 1;
            for &next in net.neighbours(node) {
                if distance[next as usize] == u32::MAX {
                    distance[next as usize] = distance[node as usize] + 1;
                    order.push(next);
                }
                if distance[next as usize] == distance[node as usize] + 1 {
                    ways[next as usize] += ways[node as usize];
                }
            }
        }
        for &node in order.iter().rev() {
            let share = (1.0 + rests[node as usize]) / ways[node as usize];
            for &nearer in net.neighbours(node) {
                if distance[nearer as usize] != u32::MAX && distance[nearer as usize] + 1 == distance[node as usize] {
                    rests[nearer as usize] += ways[nearer as usize] * share;
                }
            }
            if node != source {
                sums[node as usize] += rests[node as usize];
            }
        }
        for &node in &order {
            ways[node as usize] = 0.0;
            distance[node as usize] = u32::MAX;
            rests[node as usize] = 0.0;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two triangles, joined by one edge, and a pair by itself.
    fn barbell() -> Net {
        let pairs = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("d", "e"), ("e", "f"), ("d", "f"), ("x", "y")];
        Net::of_pairs(pairs)
    }

    #[test]
    fn parts_come_by_size() {
        assert_eq!(components(&barbell()), [0, 0, 0, 0, 0, 0, 1, 1]);
        assert!(components(&Net::of_pairs::<String>([])).is_empty());
    }

    #[test]
    fn the_ends_of_a_bridge_lie_between() {
        // By hand: c lies on the ways from a and b to d, e, f and back, 12 of 42 ordered pairs; so does d.
        let between = betweenness(&barbell());
        let expected = [0.0, 0.0, 12.0 / 42.0, 12.0 / 42.0, 0.0, 0.0, 0.0, 0.0];
        assert!(between.iter().zip(expected).all(|(own, expected)| (own - expected).abs() < 1e-12), "{between:?}");
    }

    #[test]
    fn pivots_stand_for_all() {
        // A star of many rays: every way leads over its middle.
        let rays = (0..3_000).map(|ray| ("middle".to_owned(), format!("ray{ray:04}")));
        let net = Net::of_pairs(rays);
        let between = betweenness(&net);
        assert!((between[0] - 1.0).abs() < 0.01 && between[1] == 0.0, "{} {}", between[0], between[1]);
        let cores = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
        assert_eq!(cores.install(|| betweenness(&net)), between, "on one core too");
    }

    #[test]
    fn ranks_add_up_where_some_are_alone() {
        let mut pairs: Vec<(String, String)> = vec![("a".into(), "a".into())];
        pairs.extend((0..10).map(|number| ("hub".to_owned(), format!("n{number}"))));
        let net = Net::of_pairs(pairs);
        let ranks = page_rank(&net);
        assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{ranks:?}");
        let hub = net.node("hub").expect("there") as usize;
        assert!(ranks.iter().enumerate().all(|(node, rank)| node == hub || *rank < ranks[hub]));
    }
}
