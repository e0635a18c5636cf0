//! What the tests of several formats share.

use crate::graph::{Category, Edge, Evidence, KnowledgeGraph, Node, Status};

/// A graph of labels and quotes that try to break out of every format, with a self-loop and
/// parallel edges.
pub(super) fn hostile() -> KnowledgeGraph {
    let labels = [
        "<script>alert(1)</script>".to_owned(),
        "\"quoted\" 'twice' & <b>bold</b>".to_owned(),
        "]]> --> </style></title></svg>".to_owned(),
        "\u{202E}gnp.exe\u{2066}".to_owned(),
        "long ".repeat(2_000),
        "\u{0}\u{1}\u{8}\u{b}\u{1b}[31m\u{7f}\u{FFFE}\u{FFFF}".to_owned(),
        "back\\slash\\N\\".to_owned(),
        "سجن المدينة المركزي".to_owned(),
        "\u{2028}line\u{2029}para\r\nbreak\t".to_owned(),
        String::new(),
    ];
    let mut graph = KnowledgeGraph::new();
    for (i, label) in labels.iter().enumerate() {
        let mut node = Node::new(format!("urn:{i}\"<>"), label, label, Category::ALL[i % 7]);
        node.aliases = labels.to_vec();
        node.details = vec![(label.clone(), label.clone())];
        node.earliest = Some(label.clone());
        node.latitude = Some(f64::NAN);
        node.longitude = Some(f64::INFINITY);
        graph.add_node(node);
    }
    let nodes: Vec<_> = graph.node_indices().collect();
    for (i, label) in labels.iter().enumerate() {
        let evidence = Evidence {
            document: label.clone(),
            publisher: Some(label.clone()),
            date: Some(label.clone()),
            quote: label.clone(),
            start: 0,
            end: usize::MAX,
            said_by: vec![label.clone(), label.clone()],
            confidence: [f64::NAN, 0.5, 9.0][i % 3],
            rule: label.clone(),
        };
        let edge = Edge {
            evidence: vec![evidence; i % 3],
            earliest: Some(label.clone()),
            latest: Some("2024-02-30".into()),
            ..Edge::new(label.clone(), label.clone(), Status::ALL[i % 4])
        };
        graph.add_edge(nodes[i], nodes[(i + 1) % nodes.len()], edge.clone());
        graph.add_edge(nodes[0], nodes[1], edge.clone());
        graph.add_edge(nodes[2], nodes[2], edge);
    }
    graph
}

/// What a writer writes, which must be UTF-8 and must not fail.
pub(super) fn text(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("writing into memory");
    String::from_utf8(bytes).expect("UTF-8")
}

/// A small check of XML: tags nest, attributes are quoted, no stray `<`, `&` or control character.
pub(super) fn assert_well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        assert_text(&rest[..start]);
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        if let Some(closing) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closing));
        } else if !tag.starts_with('?') {
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
            assert_text(tag);
            if !tag.ends_with('/') {
                open.push(tag.split_whitespace().next().unwrap_or_default());
            }
        }
        rest = &rest[end + 1..];
    }
    assert_eq!((open, rest.trim()), (vec![], ""));
}

fn assert_text(text: &str) {
    assert!(!text.contains('<'), "{text}");
    for (at, _) in text.match_indices('&') {
        let entity = text[at + 1..].split(';').next().unwrap_or_default();
        let known = ["amp", "lt", "gt", "quot"].contains(&entity) || entity.starts_with('#');
        assert!(known, "&{entity}");
    }
    let bad = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    assert!(!text.contains(bad), "{text:?}");
}
