use std::time::Instant;

use petgraph::graph::NodeIndex;
use proptest::prelude::*;

use super::*;
use crate::graph::{Category, Edge, Node, Status};

fn graph(labels: &[String], edges: &[(usize, usize)]) -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new();
    for (i, label) in labels.iter().enumerate() {
        graph.add_node(Node::new(format!("urn:{i}"), label, "Thing", Category::ALL[i % 7]));
    }
    for &(a, b) in edges {
        let edge = Edge::new("p", "p", Status::Fact);
        graph.add_edge(NodeIndex::new(a % labels.len()), NodeIndex::new(b % labels.len()), edge);
    }
    graph
}

fn assert_good(picture: &Layout) {
    for (i, a) in picture.nodes.iter().enumerate() {
        let shape = Rectangle::around(a.x, a.y, 2.0 * a.radius, 2.0 * a.radius);
        for part in [shape, a.label] {
            assert_eq!(a.bounds.union(&part), a.bounds, "the box of {i} holds its parts");
        }
        for line in &a.lines {
            assert!(text_width(line, FONT_SIZE) <= a.label.width() + 1e-6);
        }
        let page = Rectangle { left: -1e-6, top: -1e-6, right: picture.width + 1e-6, bottom: picture.height + 1e-6 };
        assert_eq!(page.union(&a.bounds), page, "{i} is on the page");
        for (j, b) in picture.nodes.iter().enumerate().skip(i + 1) {
            assert!(!a.bounds.overlaps(&b.bounds), "{i} and {j} overlap: {:?} {:?}", a.bounds, b.bounds);
        }
    }
}

#[test]
fn empty_single_pair_and_loop() {
    let empty = layout(&KnowledgeGraph::new());
    assert_eq!((empty.nodes.len(), empty.width, empty.height), (0, 0.0, 0.0));
    let names = |count: usize| -> Vec<String> { (0..count).map(|i| format!("Name {i}")).collect() };
    for (count, edges) in [
        (1, vec![]),
        (1, vec![(0, 0); 9]),
        (2, vec![(0, 1), (1, 0), (0, 1)]),
        (40, vec![]),
        (120, (1..120).map(|i| (0, i)).collect()),
        (60, (0..60).flat_map(|a| (0..a).map(move |b| (a, b))).collect()),
        (200, (1..200).map(|i| (i - 1, i)).collect()),
    ] {
        assert_good(&layout(&graph(&names(count), &edges)));
    }
}

#[test]
fn hostile_labels_keep_to_their_boxes() {
    let labels = [
        "x".repeat(10_000),
        "سجن المدينة المركزي ".repeat(500),
        "漢字".repeat(5_000),
        "\u{301}".repeat(10_000),
        "\u{202E}\u{0}\u{1b}".to_owned(),
        String::new(),
        "<script>alert(1)</script>".to_owned(),
    ];
    let picture = layout(&graph(&labels, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6)]));
    assert_good(&picture);
    for node in &picture.nodes {
        assert!(node.lines.len() <= LABEL_LINES && node.label.width() <= LABEL_WIDTH + 1e-6);
    }
}

#[test]
fn same_graph_same_picture() {
    let labels: Vec<String> = (0..80).map(|i| format!("Someone number {i}")).collect();
    let edges: Vec<_> = (0..130).map(|i| (i * 7 % 80, i * 13 % 80)).collect();
    assert_eq!(layout(&graph(&labels, &edges)), layout(&graph(&labels, &edges)));
}

#[test]
fn neighbours_are_nearer_than_strangers() {
    // A ladder: 2 × 20 nodes.
    let labels: Vec<String> = (0..40).map(|i| format!("Node {i}")).collect();
    let edges: Vec<_> = (0..20)
        .flat_map(|i| [(2 * i, 2 * i + 1), (2 * i, 2 * i + 2), (2 * i + 1, 2 * i + 3)])
        .filter(|&(a, b)| a < 40 && b < 40)
        .collect();
    let picture = layout(&graph(&labels, &edges));
    let distance = |a: usize, b: usize| {
        let (a, b) = (&picture.nodes[a], &picture.nodes[b]);
        (a.x - b.x).hypot(a.y - b.y)
    };
    let mean = |pairs: &[(usize, usize)]| pairs.iter().map(|&(a, b)| distance(a, b)).sum::<f64>() / pairs.len() as f64;
    let all: Vec<_> = (0..40).flat_map(|a| (0..a).map(move |b| (a, b))).collect();
    assert!(mean(&edges) * 4.0 < mean(&all), "{} {}", mean(&edges), mean(&all));
}

#[test]
fn five_hundred_nodes_in_time() {
    let labels: Vec<String> = (0..500).map(|i| format!("Person with a name {i}")).collect();
    let edges: Vec<_> = (0..900_usize).map(|i| (i * i % 487 % 60, i * 31 % 500)).collect();
    let start = Instant::now();
    let picture = layout(&graph(&labels, &edges));
    let elapsed = start.elapsed();
    assert_good(&picture);
    let limit = if cfg!(debug_assertions) { 30 } else { 2 };
    assert!(elapsed.as_secs() < limit, "{elapsed:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn boxes_never_overlap(
        labels in prop::collection::vec("[A-Za-zء-ي漢字 ]{0,60}", 1..300),
        edges in prop::collection::vec((0..300_usize, 0..300_usize), 0..500),
    ) {
        assert_good(&layout(&graph(&labels, &edges)));
    }
}
