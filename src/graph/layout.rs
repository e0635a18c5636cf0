//! Where every node and its label goes: stress layout per component, boxes pushed apart, components
//! packed.
//!
//! The result has no overlapping boxes, where a node's box holds its shape, its self-loops and its
//! label. There is no randomness: the stress solver shuffles with a fixed seed.

mod overlap;
mod packing;
mod stress;

use std::collections::BTreeSet;

use petgraph::visit::EdgeRef;

use super::{KnowledgeGraph, Rectangle, display_text, is_right_to_left, text_width, wrap};

/// The size of node labels, in pixels.
pub const FONT_SIZE: f64 = 12.0;
/// The distance between the lines of a label, in pixels.
pub const LINE_HEIGHT: f64 = 15.0;

const LABEL_WIDTH: f64 = 132.0;
const LABEL_LINES: usize = 3;
/// A shape may reach this much beyond its radius (the tips of diamonds).
const SHAPE_REACH: f64 = 1.15;
const LABEL_GAP: f64 = 3.0;
const SPACE_AROUND: f64 = 7.0;
const SPACE_BETWEEN_COMPONENTS: f64 = 26.0;
/// Height of the first self-loop above its shape, and of each one more.
const LOOP_HEIGHT: f64 = 26.0;
const NEXT_LOOP: f64 = 11.0;

/// A picture's geometry, in pixels, from (0, 0) to (width, height).
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// One entry per node, by node index.
    pub nodes: Vec<PlacedNode>,
    /// The right end of the picture.
    pub width: f64,
    /// The bottom of the picture.
    pub height: f64,
}

/// Where a node is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedNode {
    /// The centre of the shape.
    pub x: f64,
    /// The centre of the shape.
    pub y: f64,
    /// The radius of the shape.
    pub radius: f64,
    /// The label, broken into lines and shortened, free of control characters.
    pub lines: Vec<String>,
    /// Whether the label reads from right to left.
    pub right_to_left: bool,
    /// Where the label is; lines are centred in it, [`LINE_HEIGHT`] apart.
    pub label: Rectangle,
    /// Everything that belongs to the node, with some space around; no two nodes' overlap.
    pub bounds: Rectangle,
}

/// Lays the graph out; deterministic, for some thousands of nodes.
///
/// ```
/// use isnad::graph::{Category, KnowledgeGraph, Node, layout};
/// let mut graph = KnowledgeGraph::new();
/// graph.add_node(Node::new("urn:a", "Northport", "City", Category::Location));
/// let picture = layout(&graph);
/// assert_eq!(picture.nodes[0].lines, ["Northport"]);
/// ```
pub fn layout(graph: &KnowledgeGraph) -> Layout {
    let mut nodes = sized_nodes(graph);
    let neighbours = neighbours(graph);
    let components = components(&neighbours);
    let mut sizes = Vec::with_capacity(components.len());
    for component in &components {
        place_component(component, &neighbours, &mut nodes);
        let bounds = bounds_of(component, &nodes);
        for &node in component {
            nodes[node].move_by(-bounds.left, -bounds.top);
        }
        sizes.push((bounds.width(), bounds.height()));
    }
    let corners = packing::pack(&sizes, SPACE_BETWEEN_COMPONENTS);
    let (mut width, mut height) = (0.0_f64, 0.0_f64);
    for ((component, corner), size) in components.iter().zip(&corners).zip(&sizes) {
        for &node in component {
            nodes[node].move_by(corner.0, corner.1);
        }
        width = width.max(corner.0 + size.0);
        height = height.max(corner.1 + size.1);
    }
    Layout { nodes, width, height }
}

impl PlacedNode {
    fn move_by(&mut self, x: f64, y: f64) {
        self.x += x;
        self.y += y;
        self.label = self.label.moved(x, y);
        self.bounds = self.bounds.moved(x, y);
    }
}

/// Every node at the origin, with its radius, label and box.
fn sized_nodes(graph: &KnowledgeGraph) -> Vec<PlacedNode> {
    let mut degrees = vec![0_u32; graph.node_count()];
    let mut loops = vec![0_u32; graph.node_count()];
    for edge in graph.edge_references() {
        let (source, target) = (edge.source().index(), edge.target().index());
        degrees[source] += 1;
        degrees[target] += 1;
        loops[source] += u32::from(source == target);
    }
    graph
        .node_indices()
        .map(|node| {
            let label = &graph[node].label;
            let lines = wrap(label, FONT_SIZE, LABEL_WIDTH, LABEL_LINES);
            sized_node(lines, is_right_to_left(&display_text(label)), degrees[node.index()], loops[node.index()])
        })
        .collect()
}

fn sized_node(lines: Vec<String>, right_to_left: bool, degree: u32, loops: u32) -> PlacedNode {
    let radius = (11.0 + 2.2 * f64::from(degree).sqrt()).min(26.0);
    let reach = radius * SHAPE_REACH;
    let width = lines.iter().map(|line| text_width(line, FONT_SIZE)).fold(0.0, f64::max);
    let top = reach + LABEL_GAP;
    let label =
        Rectangle { left: -width / 2.0, top, right: width / 2.0, bottom: top + lines.len() as f64 * LINE_HEIGHT };
    let mut bounds = Rectangle::around(0.0, 0.0, 2.0 * reach, 2.0 * reach).union(&label);
    if loops > 0 {
        bounds.top = -loop_top(radius, loops - 1);
    }
    PlacedNode { x: 0.0, y: 0.0, radius, lines, right_to_left, label, bounds: bounds.grown(SPACE_AROUND) }
}

/// How far above the centre of a node its self-loop number `index` reaches.
/// ```
/// assert!(isnad::graph::loop_top(12.0, 1) > isnad::graph::loop_top(12.0, 0));
/// ```
pub fn loop_top(radius: f64, index: u32) -> f64 {
    radius + LOOP_HEIGHT + NEXT_LOOP * f64::from(index.min(5))
}

/// The neighbours of every node, sorted, without itself.
fn neighbours(graph: &KnowledgeGraph) -> Vec<Vec<usize>> {
    let mut sets = vec![BTreeSet::new(); graph.node_count()];
    for edge in graph.edge_references() {
        let (source, target) = (edge.source().index(), edge.target().index());
        if source != target {
            sets[source].insert(target);
            sets[target].insert(source);
        }
    }
    sets.into_iter().map(|set| set.into_iter().collect()).collect()
}

/// The connected components, each sorted, in the order of their first node.
fn components(neighbours: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut seen = vec![false; neighbours.len()];
    let mut components = Vec::new();
    for start in 0..neighbours.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut component = vec![start];
        let mut at = 0;
        while at < component.len() {
            for &next in &neighbours[component[at]] {
                if !std::mem::replace(&mut seen[next], true) {
                    component.push(next);
                }
            }
            at += 1;
        }
        component.sort_unstable();
        components.push(component);
    }
    components
}

fn bounds_of(component: &[usize], nodes: &[PlacedNode]) -> Rectangle {
    component.iter().map(|&node| nodes[node].bounds).reduce(|a, b| a.union(&b)).unwrap_or_default()
}

fn place_component(component: &[usize], neighbours: &[Vec<usize>], nodes: &mut [PlacedNode]) {
    if component.len() < 2 {
        return;
    }
    let size = |node: usize| (nodes[node].bounds.width() * nodes[node].bounds.height()).sqrt();
    // Small graphs have the page to themselves: longer edges, with room for what they say.
    let gap = 34.0 + (60.0 - component.len() as f64).max(0.0);
    let local = |node: usize| component.binary_search(&node).ok();
    let lengths: Vec<Vec<(usize, f64)>> = component
        .iter()
        .map(|&node| {
            neighbours[node]
                .iter()
                .filter_map(|&next| {
                    let room = (size(node) + size(next)) / 2.0;
                    Some((local(next)?, room + gap + 9.0 * crowd(neighbours, node, next).sqrt()))
                })
                .collect()
        })
        .collect();
    let centres = stress::positions(&lengths);
    let mut boxes: Vec<Rectangle> = component
        .iter()
        .zip(&centres)
        .map(|(&node, &[x, y])| Rectangle::around(x, y, nodes[node].bounds.width(), nodes[node].bounds.height()))
        .collect();
    overlap::remove(&mut boxes);
    for (&node, place) in component.iter().zip(&boxes) {
        let bounds = nodes[node].bounds;
        nodes[node].move_by(place.left - bounds.left, place.top - bounds.top);
    }
}

/// How many neighbours only one of the two has: edges between crowded nodes need to be longer
/// (Gansner, Koren, North: Graph Drawing by Stress Majorization, 2004, section 4).
fn crowd(neighbours: &[Vec<usize>], a: usize, b: usize) -> f64 {
    let shared = neighbours[a].iter().filter(|next| neighbours[b].binary_search(next).is_ok()).count();
    (neighbours[a].len() + neighbours[b].len() - 2 * shared) as f64
}

#[cfg(test)]
mod tests;
