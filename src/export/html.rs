//! The graph as one HTML page to explore: it needs no network, and its policy forbids any.

use std::collections::BTreeMap;
use std::io::{self, Write};

use petgraph::visit::EdgeRef;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::PictureOptions;
use super::describe::{dates, edge_label};
use super::escape::{base64, json_in_html, shown, xml_shown};
use super::palette::{CategoryStyle, StatusStyle, category_style, outline, status_style};
use super::route::bends;
use crate::graph::{Category, FONT_SIZE, KnowledgeGraph, LINE_HEIGHT, Layout, Status, layout};

const PAGE: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/page.css");
/// One script in four files: the data and what is shown, the canvas, the panel, and the hands.
const SCRIPT: &str = concat!(
    include_str!("page/model.js"),
    include_str!("page/drawing.js"),
    include_str!("page/panel.js"),
    include_str!("page/page.js")
);

/// Writes the page: the graph to pan, zoom and drag; search and filters; the evidence of every
/// statement on a click.
///
/// All text reaches the page as JSON and is set as text, never as markup. The content security
/// policy allows exactly the page's own script and style, by their SHA-256, and no request.
///
/// # Errors
///
/// Those of `out`, and a failure to serialise, which the data cannot cause.
///
/// ```
/// use isnad::export::{PictureOptions, html};
/// use isnad::graph::KnowledgeGraph;
/// let mut page = Vec::new();
/// html::write(&KnowledgeGraph::new(), &PictureOptions::default(), &mut page)?;
/// assert!(page.starts_with(b"<!doctype html>"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write(graph: &KnowledgeGraph, options: &PictureOptions, out: &mut dyn Write) -> io::Result<()> {
    let json = serde_json::to_string(&page_data(graph, options, &layout(graph)))?;
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    );
    let title = xml_shown(&options.title);
    let parts = BTreeMap::from([
        ("POLICY", policy),
        ("TITLE", title),
        ("STYLE", STYLE.to_owned()),
        ("DATA", json_in_html(&json)),
        ("SCRIPT", SCRIPT.to_owned()),
    ]);
    // `{{NAME}}` in the page is replaced once, so that nothing in the data is taken for a name.
    let mut rest = PAGE;
    while let Some((before, after)) = rest.split_once("{{") {
        out.write_all(before.as_bytes())?;
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        out.write_all(parts.get(name).map_or("", String::as_str).as_bytes())?;
        rest = after;
    }
    out.write_all(rest.as_bytes())
}

fn hash(text: &str) -> String {
    base64(&Sha256::digest(text.as_bytes()))
}

/// Everything the script needs; its fields are explained in `page/model.js`.
#[derive(Serialize)]
struct PageData {
    title: String,
    subtitle: Option<String>,
    width: f64,
    height: f64,
    font_size: f64,
    line_height: f64,
    categories: Vec<PageCategory>,
    statuses: Vec<StatusStyle>,
    nodes: Vec<PageNode>,
    edges: Vec<PageEdge>,
}

#[derive(Serialize)]
struct PageCategory {
    #[serde(flatten)]
    style: CategoryStyle,
    outline: String,
}

#[derive(Serialize)]
struct PageNode {
    x: f64,
    y: f64,
    radius: f64,
    lines: Vec<String>,
    category: usize,
    class: String,
    label: String,
    aliases: Vec<String>,
    /// Names and values in the order to show them, dates and coordinates among them.
    details: Vec<(String, String)>,
    iri: String,
}

#[derive(Serialize)]
struct PageEdge {
    source: usize,
    target: usize,
    label: String,
    status: usize,
    bend: f64,
    evidence: Vec<PageEvidence>,
}

#[derive(Serialize)]
struct PageEvidence {
    document: String,
    publisher: Option<String>,
    date: Option<String>,
    quote: String,
    start: usize,
    end: usize,
    said_by: Vec<String>,
    confidence: f64,
    rule: String,
}

fn page_data(graph: &KnowledgeGraph, options: &PictureOptions, layout: &Layout) -> PageData {
    let categories = Category::ALL
        .into_iter()
        .map(|category| PageCategory { style: category_style(category), outline: outline(category, 1.0) })
        .collect();
    PageData {
        title: shown(&options.title),
        subtitle: options.subtitle.as_deref().map(shown),
        width: tenths(layout.width),
        height: tenths(layout.height),
        font_size: FONT_SIZE,
        line_height: LINE_HEIGHT,
        categories,
        statuses: Status::ALL.into_iter().map(status_style).collect(),
        nodes: page_nodes(graph, layout),
        edges: page_edges(graph, &bends(graph, layout)),
    }
}

fn page_nodes(graph: &KnowledgeGraph, layout: &Layout) -> Vec<PageNode> {
    let place = |category| Category::ALL.iter().position(|&other| other == category).unwrap_or(0);
    graph
        .node_weights()
        .zip(&layout.nodes)
        .map(|(node, at)| {
            let mut details: Vec<(String, String)> = Vec::new();
            details.extend(dates(node).map(|dates| ("Dates".to_owned(), shown(&dates))));
            if let (Some(latitude), Some(longitude)) = (node.latitude, node.longitude)
                && latitude.is_finite()
                && longitude.is_finite()
            {
                details.push(("Coordinates".to_owned(), format!("{latitude:.4}, {longitude:.4}")));
            }
            details.extend(node.details.iter().map(|(name, value)| (shown(name), shown(value))));
            PageNode {
                x: tenths(at.x),
                y: tenths(at.y),
                radius: tenths(at.radius),
                lines: at.lines.clone(),
                category: place(node.category),
                class: shown(&node.class),
                label: shown(&node.label),
                aliases: node.aliases.iter().map(|name| shown(name)).collect(),
                details,
                iri: shown(&node.iri),
            }
        })
        .collect()
}

fn page_edges(graph: &KnowledgeGraph, bends: &[f64]) -> Vec<PageEdge> {
    let place = |status| Status::ALL.iter().position(|&other| other == status).unwrap_or(0);
    graph
        .edge_references()
        .zip(bends)
        .map(|(edge, &bend)| PageEdge {
            source: edge.source().index(),
            target: edge.target().index(),
            label: edge_label(edge.weight()),
            status: place(edge.weight().status),
            bend: tenths(bend),
            evidence: edge
                .weight()
                .evidence
                .iter()
                .map(|evidence| PageEvidence {
                    document: shown(&evidence.document),
                    publisher: evidence.publisher.as_deref().map(shown),
                    date: evidence.date.as_deref().map(shown),
                    quote: shown(&evidence.quote),
                    start: evidence.start,
                    end: evidence.end,
                    said_by: evidence.said_by.iter().map(|speaker| shown(speaker)).collect(),
                    confidence: if evidence.confidence.is_finite() { evidence.confidence.clamp(0.0, 1.0) } else { 0.0 },
                    rule: shown(&evidence.rule),
                })
                .collect(),
        })
        .collect()
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{hostile, text};

    fn page(graph: &KnowledgeGraph) -> String {
        text(|out| write(graph, &PictureOptions { title: "</title><script>{{DATA}}".into(), subtitle: None }, out))
    }

    #[test]
    fn nothing_breaks_out_of_the_data() {
        let written = page(&hostile());
        assert_eq!(written.matches("<script").count(), 2, "the data and the page's own");
        assert_eq!(written.matches("</script>").count(), 2);
        assert_eq!(written.matches("</style>").count(), 1);
        assert!(!written.contains(['\u{2028}', '\u{2029}', '\u{202E}', '\u{0}']));
        let data = written.split("type=\"application/json\">").nth(1).unwrap().split("</script>").next().unwrap();
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["nodes"].as_array().unwrap().len(), hostile().node_count());
        assert_eq!(data["nodes"][0]["label"], "<script>alert(1)</script>");
    }

    #[test]
    fn the_policy_names_what_the_page_holds() {
        let written = page(&KnowledgeGraph::new());
        let between = |start: &str, end: &str| written.split(start).nth(1).unwrap().split(end).next().unwrap();
        for (element, end) in [("<script>", "</script>"), ("<style>", "</style>")] {
            let hash = base64(&Sha256::digest(between(element, end).as_bytes()));
            assert!(between("content=\"default-src", "\"").contains(&format!("'sha256-{hash}'")), "{element}");
        }
    }

    #[test]
    fn the_page_asks_for_nothing_and_parses_no_markup() {
        for word in ["http://", "https://", "url(", "@import", "src=", "innerHTML", "insertAdjacent", "eval(", "fetch("]
        {
            let bare = format!("{PAGE}{STYLE}{SCRIPT}").replace("^https?:", "");
            assert!(!bare.contains(word), "{word}");
        }
    }
}
