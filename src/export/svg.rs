//! A picture of the graph as one standalone SVG file.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use super::PictureOptions;
use super::describe::{edge_text, node_text};
use super::escape::{number, xml, xml_shown};
use super::palette::{category_style, outline, status_style};
use super::route::{EDGE_FONT_SIZE, Route, routes};
use crate::graph::{
    Category, Edge, FONT_SIZE, KnowledgeGraph, LINE_HEIGHT, Layout, PlacedNode, Status, is_right_to_left, layout,
    shorten, text_width,
};

const MARGIN: f64 = 24.0;
const NARROWEST: f64 = 560.0;
const TITLE_SIZE: f64 = 20.0;
const SUBTITLE_SIZE: f64 = 12.5;
const LEGEND_ROW: f64 = 24.0;
const LEGEND_SIZE: f64 = 11.5;

/// Writes the picture: a heading, the graph, a legend; every node and edge explains itself in a
/// `<title>`. It has a dark dress for readers who prefer one, and loads nothing.
///
/// # Errors
///
/// Those of `out`.
///
/// ```
/// use isnad::export::{PictureOptions, svg};
/// use isnad::graph::{Category, KnowledgeGraph, Node};
/// let mut graph = KnowledgeGraph::new();
/// graph.add_node(Node::new("urn:a", "Northport", "City", Category::Location));
/// let mut picture = Vec::new();
/// svg::write(&graph, &PictureOptions::default(), &mut picture)?;
/// assert!(String::from_utf8_lossy(&picture).contains("Northport"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write(graph: &KnowledgeGraph, options: &PictureOptions, out: &mut dyn Write) -> io::Result<()> {
    let layout = layout(graph);
    let routes = routes(graph, &layout);
    let width = (layout.width + 2.0 * MARGIN).max(NARROWEST);
    let heading = heading_height(options);
    let legend = legend(graph, width - 2.0 * MARGIN);
    let legend_top = heading + layout.height + 2.0 * MARGIN;
    let rows = legend.last().map_or(0.0, |entry| entry.y + LEGEND_ROW);
    let height = legend_top + rows + if rows > 0.0 { MARGIN / 2.0 } else { 0.0 };

    let size = format!("{} {}", number(width), number(height));
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"isnad\" viewBox=\"0 0 {size}\" width=\"{}\" height=\"{}\" role=\"img\" aria-label=\"{}\">",
        number(width),
        number(height),
        xml_shown(&options.title)
    )?;
    writeln!(out, "<title>{}</title>\n<style>{}</style>", xml_shown(&options.title), style())?;
    writeln!(out, "<rect class=\"ground\" width=\"100%\" height=\"100%\"/>")?;
    write_heading(out, options, width)?;
    let left = (width - layout.width) / 2.0;
    writeln!(out, "<g transform=\"translate({} {})\">", number(left), number(heading + MARGIN))?;
    write_edges(out, graph, &routes)?;
    write_nodes(out, graph, &layout)?;
    for (route, edge) in routes.iter().zip(graph.edge_weights()) {
        write_edge_label(out, route, edge)?;
    }
    writeln!(out, "</g>")?;
    write_legend(out, &legend, width, legend_top)?;
    writeln!(out, "</svg>")
}

fn style() -> String {
    let mut rules = format!(
        "\n.isnad{{font-family:'Noto Sans','Noto Sans Arabic','Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}}\
         \n.isnad text{{fill:#1B1F24;text-anchor:middle}}.isnad .ground{{fill:#FFFFFF}}\
         \n.isnad .name{{font-size:{FONT_SIZE}px;stroke:#FFFFFF;stroke-width:3.5px;stroke-linejoin:round;paint-order:stroke}}\
         \n.isnad .said{{font-size:{EDGE_FONT_SIZE}px;stroke:#FFFFFF;stroke-width:4px;stroke-linejoin:round;paint-order:stroke}}\
         \n.isnad .head{{font-size:{TITLE_SIZE}px;font-weight:600}}.isnad .sub{{font-size:{SUBTITLE_SIZE}px;fill:#59636E}}\
         \n.isnad .key{{font-size:{LEGEND_SIZE}px;text-anchor:start}}.isnad .rule{{stroke:#D1D9E0}}\
         \n.isnad .shape{{stroke:#FFFFFF;stroke-width:1.5px}}.isnad .symbol{{fill:#FFFFFF;fill-rule:evenodd}}\
         \n.isnad .line{{fill:none}}"
    );
    let mut dark = String::from(
        "\n.isnad text{fill:#E6EDF3}.isnad .ground{fill:#0D1117}.isnad .name,.isnad .said{stroke:#0D1117}\
         .isnad .shape{stroke:#0D1117}.isnad .sub{fill:#9198A1}.isnad .rule{stroke:#30363D}",
    );
    for status in Status::ALL {
        let look = status_style(status);
        let name = status.as_str();
        let dash: Vec<_> = look.dash.iter().map(u8::to_string).collect();
        let dash = if dash.is_empty() { String::new() } else { format!(";stroke-dasharray:{}", dash.join(" ")) };
        rules += &format!(
            "\n.isnad .{name} .line{{stroke:{0}{dash}}}.isnad .{name} .tip,.isnad text.{name}{{fill:{0}}}",
            look.light
        );
        dark += &format!(
            "\n.isnad .{name} .line{{stroke:{0}}}.isnad .{name} .tip,.isnad text.{name}{{fill:{0}}}",
            look.dark
        );
    }
    for category in Category::ALL {
        rules += &format!("\n.isnad .{} .shape{{fill:{}}}", category.as_str(), category_style(category).fill);
    }
    format!("{rules}\n@media (prefers-color-scheme:dark){{{dark}}}\n")
}

fn heading_height(options: &PictureOptions) -> f64 {
    let title = if options.title.trim().is_empty() { 0.0 } else { 46.0 };
    title + if options.subtitle.is_some() { 20.0 } else { 0.0 }
}

fn write_heading(out: &mut dyn Write, options: &PictureOptions, width: f64) -> io::Result<()> {
    let mut line = |class: &str, text: &str, size: f64, y: f64| {
        let text = shorten(&crate::graph::display_text(text), size * 1.06, width - 2.0 * MARGIN);
        let direction = direction(is_right_to_left(&text));
        let (x, y) = (number(width / 2.0), number(y));
        writeln!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\"{direction}>{}</text>", xml(&text))
    };
    let mut y = 20.0;
    if !options.title.trim().is_empty() {
        y = 42.0;
        line("head", &options.title, TITLE_SIZE, y)?;
        y += 20.0;
    }
    match &options.subtitle {
        Some(subtitle) => line("sub", subtitle, SUBTITLE_SIZE, y),
        None => Ok(()),
    }
}

fn direction(right_to_left: bool) -> &'static str {
    if right_to_left { " direction=\"rtl\"" } else { "" }
}

fn write_edges(out: &mut dyn Write, graph: &KnowledgeGraph, routes: &[Route]) -> io::Result<()> {
    for (edge, route) in graph.edge_references().zip(routes) {
        let weight = edge.weight();
        // Better attested statements have somewhat thicker lines.
        let thickness = 1.2 + (weight.evidence.len().max(1) as f64).ln().min(2.0) * 0.6;
        writeln!(
            out,
            "<g class=\"{}\"><title>{}</title><path class=\"line\" stroke-width=\"{}\" d=\"{}\"/><path class=\"tip\" d=\"{}\"/></g>",
            weight.status.as_str(),
            xml_shown(&edge_text(graph, edge.id())),
            number(thickness),
            route.path,
            route.arrow
        )?;
    }
    Ok(())
}

fn write_edge_label(out: &mut dyn Write, route: &Route, edge: &Edge) -> io::Result<()> {
    let Some((text, x, y)) = &route.label else { return Ok(()) };
    writeln!(
        out,
        "<text class=\"said {}\" x=\"{}\" y=\"{}\"{}>{}</text>",
        edge.status.as_str(),
        number(*x),
        number(*y),
        direction(is_right_to_left(text)),
        xml(text)
    )
}

fn write_nodes(out: &mut dyn Write, graph: &KnowledgeGraph, layout: &Layout) -> io::Result<()> {
    for (node, place) in graph.node_weights().zip(&layout.nodes) {
        write!(
            out,
            "<g class=\"{}\" transform=\"translate({} {})\"><title>{}</title>",
            node.category.as_str(),
            number(place.x),
            number(place.y),
            xml_shown(&node_text(node))
        )?;
        write_shape(out, node.category, place.radius)?;
        write_name(out, place)?;
        writeln!(out, "</g>")?;
    }
    Ok(())
}

fn write_shape(out: &mut dyn Write, category: Category, radius: f64) -> io::Result<()> {
    write!(out, "<path class=\"shape\" d=\"{}\"/>", outline(category, radius))?;
    let symbol = category_style(category).symbol;
    if symbol.is_empty() {
        return Ok(());
    }
    write!(out, "<path class=\"symbol\" transform=\"scale({})\" d=\"{symbol}\"/>", number(radius))
}

fn write_name(out: &mut dyn Write, place: &PlacedNode) -> io::Result<()> {
    for (line, text) in place.lines.iter().enumerate() {
        let y = place.label.top - place.y + (line as f64 + 0.78) * LINE_HEIGHT;
        let direction = direction(place.right_to_left);
        write!(out, "<text class=\"name\" y=\"{}\"{direction}>{}</text>", number(y), xml(text))?;
    }
    Ok(())
}

/// One sample in the legend, placed relative to the legend's top left corner.
struct LegendEntry {
    sample: Sample,
    name: &'static str,
    x: f64,
    y: f64,
}

enum Sample {
    Shape(Category),
    Line(Status),
}

/// Samples for what the graph has, in rows.
fn legend(graph: &KnowledgeGraph, width: f64) -> Vec<LegendEntry> {
    let shapes = Category::ALL
        .into_iter()
        .filter(|category| graph.node_weights().any(|node| node.category == *category))
        .map(|category| (Sample::Shape(category), category_style(category).name));
    let lines = Status::ALL
        .into_iter()
        .filter(|status| graph.edge_weights().any(|edge| edge.status == *status))
        .map(|status| (Sample::Line(status), status_style(status).name));
    let (mut x, mut y) = (0.0, 0.0);
    let mut entries = Vec::new();
    for (sample, name) in shapes.chain(lines) {
        let wide = sample.width() + text_width(name, LEGEND_SIZE) + 26.0;
        if x > 0.0 && x + wide > width {
            (x, y) = (0.0, y + LEGEND_ROW);
        }
        entries.push(LegendEntry { sample, name, x, y });
        x += wide;
    }
    entries
}

impl Sample {
    fn width(&self) -> f64 {
        match self {
            Sample::Shape(_) => 16.0,
            Sample::Line(_) => 40.0,
        }
    }
}

fn write_legend(out: &mut dyn Write, entries: &[LegendEntry], width: f64, top: f64) -> io::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let (left, right, y) = (number(MARGIN), number(width - MARGIN), number(top - 4.0));
    writeln!(out, "<path class=\"rule\" d=\"M{left} {y}H{right}\"/>")?;
    for entry in entries {
        let (x, y) = (MARGIN + entry.x, top + entry.y + LEGEND_ROW / 2.0);
        let (at_x, at_y) = (number(x + 8.0), number(y));
        match entry.sample {
            Sample::Shape(category) => {
                write!(out, "<g class=\"{}\" transform=\"translate({at_x} {at_y})\">", category.as_str())?;
                write_shape(out, category, 8.0)?;
            }
            Sample::Line(status) => {
                write!(out, "<g class=\"{}\" transform=\"translate({at_x} {at_y})\">", status.as_str())?;
                write!(
                    out,
                    "<path class=\"line\" stroke-width=\"1.6\" d=\"M-8 0H20\"/><path class=\"tip\" d=\"M27 0L19-3.4V3.4Z\"/>"
                )?;
            }
        }
        let (x, y) = (number(x + entry.sample.width() + 6.0), number(y + 4.0));
        writeln!(out, "</g><text class=\"key\" x=\"{x}\" y=\"{y}\">{}</text>", entry.name)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{assert_well_formed, hostile, text};

    #[test]
    fn hostile_text_stays_text() {
        let options = PictureOptions { title: "<&\"]]>".into(), subtitle: Some("\u{202E}x".into()) };
        let written = text(|out| write(&hostile(), &options, out));
        assert_well_formed(&written);
        assert!(!written.contains("<script") && !written.contains('\u{202E}'));
        assert!(written.contains("direction=\"rtl\""));
        assert!(!written.contains("NaN") && !written.contains("inf "));
    }

    #[test]
    fn an_empty_graph_is_a_picture_too() {
        let written = text(|out| write(&KnowledgeGraph::new(), &PictureOptions::default(), out));
        assert_well_formed(&written);
        assert!(!written.contains("class=\"rule\""));
    }

    #[test]
    fn same_graph_same_bytes() {
        let options = PictureOptions::default();
        let once = || text(|out| write(&hostile(), &options, out));
        assert_eq!(once(), once());
    }
}
