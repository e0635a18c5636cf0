//! How each edge runs: fanned out where parallel, from border to border, with room for its label.

use std::collections::BTreeMap;

use petgraph::graph::EdgeIndex;
use petgraph::visit::EdgeRef;

use super::describe::edge_label;
use super::escape::number;
use super::palette::inside;
use crate::graph::{
    Category, KnowledgeGraph, Layout, PlacedNode, Rectangle, RectangleIndex, loop_top, shorten, text_width,
};

/// The size of edge labels, in pixels.
pub(super) const EDGE_FONT_SIZE: f64 = 10.0;
const LABEL_WIDTH: f64 = 150.0;
const LABEL_HEIGHT: f64 = 13.0;
const LINE_LEFT_FREE: f64 = 16.0;
const PARALLEL_GAP: f64 = 24.0;
const WIDEST_FAN: f64 = 170.0;
const ARROW: f64 = 8.0;
const SAMPLES: u32 = 48;
/// Bends to try around a node in the way, in pixels.
const BENDS: [f64; 8] = [20.0, -20.0, 36.0, -36.0, 54.0, -54.0, 76.0, -76.0];
/// Where along the edge to try the label, best first.
const PLACES: [f64; 11] = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8];

/// A drawn edge.
pub(super) struct Route {
    /// The line as an SVG path, from border to border.
    pub path: String,
    /// The arrowhead as an SVG path.
    pub arrow: String,
    /// The shown label and the middle of its base line, where there is room.
    pub label: Option<(String, f64, f64)>,
}

type Point = (f64, f64);

/// Routes of all edges, by edge index.
pub(super) fn routes(graph: &KnowledgeGraph, layout: &Layout) -> Vec<Route> {
    let bends = bends(graph, layout);
    let curves = curves(graph, layout, &bends);
    let mut routes: Vec<Route> =
        curves.iter().map(|curve| Route { path: curve.path(), arrow: curve.arrow(), label: None }).collect();
    let mut taken = RectangleIndex::new(layout.width, layout.height);
    for node in &layout.nodes {
        taken.insert(node.bounds.grown(-2.0));
    }
    // What warns and what is best attested first.
    let mut order: Vec<_> = graph.edge_references().collect();
    order.sort_by_key(|edge| {
        let weight = edge.weight();
        (weight.status == crate::graph::Status::Fact, std::cmp::Reverse(weight.evidence.len()), edge.id())
    });
    for edge in order {
        let text = shorten(&edge_label(edge.weight()), EDGE_FONT_SIZE, LABEL_WIDTH);
        if text.is_empty() {
            continue;
        }
        let curve = &curves[edge.id().index()];
        let width = text_width(&text, EDGE_FONT_SIZE) + 4.0;
        if let Some(place) = place_label(curve, width, &taken) {
            taken.insert(place);
            let (x, y) = ((place.left + place.right) / 2.0, place.bottom - 3.5);
            routes[edge.id().index()].label = Some((text, x, y));
        }
    }
    routes
}

fn place_label(curve: &Curve, width: f64, taken: &RectangleIndex) -> Option<Rectangle> {
    let (start, end) = (curve.at(0.0), curve.at(1.0));
    let (x, y) = ((end.0 - start.0).abs(), (end.1 - start.1).abs());
    let length = x.hypot(y);
    let hidden = (width * length / x.max(1e-6)).min(LABEL_HEIGHT * length / y.max(1e-6));
    if !curve.is_loop && hidden + LINE_LEFT_FREE > length {
        return None;
    }
    PLACES.iter().find_map(|&at| {
        let (x, y) = curve.at(at);
        let place = Rectangle::around(x, y, width, LABEL_HEIGHT);
        (!taken.any_overlap(&place)).then_some(place)
    })
}

/// A cubic Bézier curve.
struct Curve {
    points: [Point; 4],
    straight: bool,
    is_loop: bool,
}

impl Curve {
    fn at(&self, t: f64) -> Point {
        let u = 1.0 - t;
        let weights = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
        self.points.iter().zip(weights).fold((0.0, 0.0), |sum, (p, w)| (sum.0 + p.0 * w, sum.1 + p.1 * w))
    }

    /// The part between two places (de Casteljau, by polar forms).
    fn part(&self, from: f64, to: f64) -> Curve {
        let polar = |a: f64, b: f64, c: f64| {
            let mix = |p: Point, q: Point, t: f64| (p.0 + (q.0 - p.0) * t, p.1 + (q.1 - p.1) * t);
            let [p, q, r, s] = self.points;
            let (x, y, z) = (mix(p, q, a), mix(q, r, a), mix(r, s, a));
            mix(mix(x, y, b), mix(y, z, b), c)
        };
        let points = [polar(from, from, from), polar(from, from, to), polar(from, to, to), polar(to, to, to)];
        Curve { points, ..*self }
    }

    fn path(&self) -> String {
        let point = |p: Point| format!("{} {}", number(p.0), number(p.1));
        let [p, q, r, s] = self.points;
        if self.straight {
            format!("M{}L{}", point(p), point(s))
        } else {
            format!("M{}C{} {} {}", point(p), point(q), point(r), point(s))
        }
    }

    fn arrow(&self) -> String {
        let tip = self.points[3];
        let back = self.at(0.9);
        let (x, y) = (tip.0 - back.0, tip.1 - back.1);
        let length = x.hypot(y);
        if length < 1e-6 {
            return String::new();
        }
        let (x, y) = (x / length * ARROW, y / length * ARROW);
        let corner =
            |side: f64| format!("L{} {}", number(tip.0 - x - side * y * 0.42), number(tip.1 - y + side * x * 0.42));
        format!("M{} {}{}{}Z", number(tip.0), number(tip.1), corner(1.0), corner(-1.0))
    }
}

/// How far beside the straight line the middle of each edge lies, positive to the right of its
/// direction as seen on the page: parallel edges fan out, single ones go around nodes in their way.
/// For a self-loop it is its number among the loops of its node.
pub(super) fn bends(graph: &KnowledgeGraph, layout: &Layout) -> Vec<f64> {
    let mut obstacles = RectangleIndex::new(layout.width, layout.height);
    for node in &layout.nodes {
        // Within any shape, so that an edge does not meet its own ends.
        obstacles.insert(Rectangle::around(node.x, node.y, 1.3 * node.radius, 1.3 * node.radius));
        obstacles.insert(node.label);
    }
    let mut parallel: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for edge in graph.edge_references() {
        let (a, b) = (edge.source().index(), edge.target().index());
        parallel.entry((a.min(b), a.max(b))).or_default().push(edge.id().index());
    }
    graph
        .edge_references()
        .map(|edge| {
            let (a, b) = (edge.source().index(), edge.target().index());
            let siblings = &parallel[&(a.min(b), a.max(b))];
            let rank = siblings.binary_search(&edge.id().index()).unwrap_or(0);
            if a == b {
                return rank as f64;
            }
            if siblings.len() == 1 {
                return around_obstacles(graph, layout, edge.id(), &obstacles);
            }
            let gap = PARALLEL_GAP.min(WIDEST_FAN / siblings.len() as f64);
            let bend = (rank as f64 - (siblings.len() - 1) as f64 / 2.0) * gap;
            if a > b { -bend } else { bend }
        })
        .collect()
}

/// The smallest bend with which the edge crosses the fewest nodes.
fn around_obstacles(graph: &KnowledgeGraph, layout: &Layout, edge: EdgeIndex, obstacles: &RectangleIndex) -> f64 {
    let crossed = |bend: f64| {
        let curve = curve(graph, layout, edge, bend);
        let met = |i: &u32| {
            let (x, y) = curve.at(f64::from(*i) / f64::from(SAMPLES));
            obstacles.any_overlap(&Rectangle::around(x, y, 3.0, 3.0))
        };
        (1..SAMPLES).filter(met).count()
    };
    let straight = curve(graph, layout, edge, 0.0);
    let (start, end) = (straight.at(0.0), straight.at(1.0));
    let most = (end.0 - start.0).hypot(end.1 - start.1) * 0.3;
    let (mut best, mut fewest) = (0.0, crossed(0.0));
    for bend in BENDS.into_iter().filter(|bend| bend.abs() <= most) {
        if fewest == 0 {
            break;
        }
        let count = crossed(bend);
        if count < fewest {
            (best, fewest) = (bend, count);
        }
    }
    best
}

fn curves(graph: &KnowledgeGraph, layout: &Layout, bends: &[f64]) -> Vec<Curve> {
    graph.edge_indices().zip(bends).map(|(edge, &bend)| curve(graph, layout, edge, bend)).collect()
}

fn curve(graph: &KnowledgeGraph, layout: &Layout, edge: EdgeIndex, bend: f64) -> Curve {
    let (a, b) = graph.edge_endpoints(edge).unwrap_or_default();
    let (source, target) = (&layout.nodes[a.index()], &layout.nodes[b.index()]);
    if a == b {
        return loop_curve(source, bend as u32);
    }
    between(source, target, bend, (graph[a].category, graph[b].category))
}

fn loop_curve(node: &PlacedNode, rank: u32) -> Curve {
    // A Bézier curve reaches three quarters of the way to its control points.
    let foot = node.radius * 0.7;
    let top = (loop_top(node.radius, rank) - foot) / 0.75 + foot;
    let side = node.radius * 1.15 + f64::from(rank.min(5)) * 3.0;
    let (x, y) = (node.x, node.y);
    Curve {
        points: [(x - foot, y - foot), (x - side, y - top), (x + side, y - top), (x + foot, y - foot)],
        straight: false,
        is_loop: true,
    }
}

fn between(source: &PlacedNode, target: &PlacedNode, bend: f64, categories: (Category, Category)) -> Curve {
    let (x, y) = (target.x - source.x, target.y - source.y);
    let length = x.hypot(y).max(1e-6);
    // The middle of the curve lies `bend` beside the line.
    let (side_x, side_y) = (-y / length * bend * 4.0 / 3.0, x / length * bend * 4.0 / 3.0);
    let third = |t: f64| (source.x + x * t + side_x, source.y + y * t + side_y);
    let whole = Curve {
        points: [(source.x, source.y), third(0.3), third(0.7), (target.x, target.y)],
        straight: bend == 0.0,
        is_loop: false,
    };
    let outside = |node: &PlacedNode, category: Category, t: f64, margin: f64| {
        let (x, y) = whole.at(t);
        !node.label.grown(margin).contains(x, y) && !inside(category, node.radius + margin, x - node.x, y - node.y)
    };
    let leaves = border(|t| outside(source, categories.0, t, 1.0));
    let arrives = 1.0 - border(|t| outside(target, categories.1, 1.0 - t, 2.5));
    if leaves >= arrives { whole } else { whole.part(leaves, arrives) }
}

/// The place where the curve is out of a node for good, followed from the node.
fn border(outside: impl Fn(f64) -> bool) -> f64 {
    let step = 1.0 / f64::from(SAMPLES);
    let last_inside = (0..SAMPLES).rev().map(|i| f64::from(i) * step).find(|&t| !outside(t));
    let (mut from, mut to) = match last_inside {
        Some(t) => (t, t + step),
        None => return 0.0,
    };
    for _ in 0..12 {
        let middle = (from + to) / 2.0;
        if outside(middle) { to = middle } else { from = middle }
    }
    to
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Edge, Node, Status, layout};

    fn graph(edges: &[(usize, usize)]) -> KnowledgeGraph {
        let mut graph = KnowledgeGraph::new();
        let nodes: Vec<_> = (0..3)
            .map(|i| graph.add_node(Node::new(format!("urn:{i}"), format!("Node {i}"), "X", Category::Person)))
            .collect();
        for &(a, b) in edges {
            let edge = Edge::new("p", "p", Status::Fact);
            graph.add_edge(nodes[a], nodes[b], edge);
        }
        graph
    }

    #[test]
    fn parallel_edges_and_loops_are_told_apart() {
        let graph = graph(&[(0, 1), (0, 1), (1, 0), (2, 2), (2, 2)]);
        let routes = routes(&graph, &layout(&graph));
        for (i, a) in routes.iter().enumerate() {
            assert!(!a.arrow.is_empty());
            assert!(routes[i + 1..].iter().all(|b| a.path != b.path), "{}", a.path);
        }
    }

    #[test]
    fn loops_stay_in_their_box() {
        let graph = graph(&[(2, 2), (2, 2), (2, 2), (2, 2)]);
        let layout = layout(&graph);
        let bounds = layout.nodes[2].bounds;
        for curve in curves(&graph, &layout, &bends(&graph, &layout)) {
            for i in 0..=20 {
                let (x, y) = curve.at(f64::from(i) / 20.0);
                assert!(bounds.contains(x, y), "{x} {y} {bounds:?}");
            }
        }
    }

    #[test]
    fn edges_end_outside_shapes_and_labels() {
        let graph = graph(&[(0, 1), (1, 2), (2, 0)]);
        let layout = layout(&graph);
        let bends = bends(&graph, &layout);
        for (curve, edge) in curves(&graph, &layout, &bends).iter().zip(graph.edge_references()) {
            let target = &layout.nodes[edge.target().index()];
            let (x, y) = curve.points[3];
            assert!((x - target.x).hypot(y - target.y) > target.radius);
            assert!(!target.label.contains(x, y));
        }
    }
}
