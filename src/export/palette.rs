//! Colours, shapes and dashes: one look for all pictures.
//!
//! The category colours are the colour-blind-safe set of M. Okabe and K. Ito, *Color Universal
//! Design*, 2008. No meaning hangs on colour alone: categories differ in shape and symbol, statuses in
//! dashes and in the word before their label.

use serde::Serialize;

use super::escape::number;
use crate::graph::{Category, Status};

/// How nodes of a category look.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct CategoryStyle {
    /// The name in legends.
    pub name: &'static str,
    /// The colour of the shape.
    pub fill: &'static str,
    /// The nearest shape of Graphviz, as attributes.
    #[serde(skip)]
    pub dot_shape: &'static str,
    /// A white symbol inside a shape of radius 1, as an even-odd SVG path.
    pub symbol: &'static str,
}

/// How edges of a status look.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct StatusStyle {
    /// The name in legends.
    pub name: &'static str,
    /// The word put before the edge's label.
    pub prefix: &'static str,
    /// The colour on a light ground.
    pub light: &'static str,
    /// The colour on a dark ground.
    pub dark: &'static str,
    /// Lengths of dashes and gaps, in pixels; empty for a solid line.
    pub dash: &'static [u8],
    /// The line style of Graphviz.
    #[serde(skip)]
    pub dot_style: &'static str,
}

pub(super) fn category_style(category: Category) -> CategoryStyle {
    let (name, fill, dot_shape, symbol) = match category {
        Category::Person => ("Person", "#0072B2", "shape=ellipse", PERSON),
        Category::Group => ("Group", "#56B4E9", "shape=ellipse, peripheries=2, penwidth=1", GROUP),
        Category::Organization => ("Organisation", "#009E73", "shape=hexagon", ORGANIZATION),
        Category::Facility => ("Facility", "#D55E00", "shape=box", FACILITY),
        Category::Location => ("Place", "#E69F00", "shape=diamond", LOCATION),
        Category::Event => ("Event", "#CC79A7", "shape=box, style=\"rounded,filled\"", EVENT),
        Category::Other => ("Other", "#7A828C", "shape=triangle", ""),
    };
    CategoryStyle { name, fill, dot_shape, symbol }
}

impl CategoryStyle {
    /// Red, green and blue of the fill.
    pub fn channels(&self) -> [u32; 3] {
        let hex = |at: usize| self.fill.get(at..at + 2).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        [1, 3, 5].map(|at| hex(at).unwrap_or(0))
    }

    /// Black or white, whichever is easier to read on the fill.
    pub fn text(&self) -> &'static str {
        let [red, green, blue] = self.channels();
        // Relative luminance by the weights of ITU-R BT.709.
        if red * 2126 + green * 7152 + blue * 722 > 1_150_000 { "#111111" } else { "#FFFFFF" }
    }
}

pub(super) fn status_style(status: Status) -> StatusStyle {
    let (name, prefix, light, dark, dash, dot_style): (_, _, _, _, &'static [u8], _) = match status {
        Status::Fact => ("Reported as fact", "", "#66707C", "#98A2AE", &[], "solid"),
        Status::Doubtful => ("Doubtful", "perhaps: ", "#9A6700", "#E3B341", &[7, 4], "dashed"),
        Status::Negated => ("Denied", "not: ", "#C1121F", "#FF7B72", &[2, 4], "dotted"),
        Status::Planned => ("Planned", "planned: ", "#6F42C1", "#B794F6", &[11, 4, 2, 4], "dashed"),
    };
    StatusStyle { name, prefix, light, dark, dash, dot_style }
}

const PERSON: &str = "M-.21-.24a.21.21 0 1 1 .42 0a.21.21 0 1 1-.42 0ZM-.42.46a.42.4 0 0 1 .84 0Z";
const GROUP: &str = "M-.43-.2a.17.17 0 1 1 .34 0a.17.17 0 1 1-.34 0ZM.09-.2a.17.17 0 1 1 .34 0a.17.17 0 1 1-.34 0Z\
    M-.56.38a.3.3 0 0 1 .54 0ZM.02.38a.3.3 0 0 1 .54 0Z";
const ORGANIZATION: &str =
    "M-.48-.2L0-.5L.48-.2ZM-.38-.12H-.22V.26H-.38ZM-.08-.12H.08V.26H-.08ZM.22-.12H.38V.26H.22ZM-.48.32H.48V.44H-.48Z";
const FACILITY: &str = "M-.42-.5H.42V.5H.1V.22H-.1V.5H-.42ZM-.26-.34V-.18H-.1V-.34ZM.1-.34V-.18H.26V-.34ZM-.26-.06V.1H-.1V-.06Z\
    M.1-.06V.1H.26V-.06Z";
const LOCATION: &str = "M0 .52C-.22.22-.32.08-.32-.12a.32.32 0 0 1 .64 0C.32.08.22.22 0 .52ZM-.12-.12a.12.12 0 1 0 .24 0a.12.12 0 1 0-.24 0Z";
const EVENT: &str = "M-.34-.3H.34V.34H-.34ZM-.24-.08V.24H.24V-.08ZM-.22-.42H-.1V-.3H-.22ZM.1-.42H.22V-.3H.1Z";

/// The outline of a shape of this radius around the origin, as an SVG path.
pub(super) fn outline(category: Category, radius: f64) -> String {
    let points = |corners: &[(f64, f64)]| {
        let corners: Vec<_> =
            corners.iter().map(|(x, y)| format!("{} {}", precise(x * radius), precise(y * radius))).collect();
        format!("M{}Z", corners.join("L"))
    };
    let r = precise(radius);
    match category {
        Category::Person | Category::Group => format!("M-{r} 0A{r} {r} 0 1 1 {r} 0A{r} {r} 0 1 1-{r} 0Z"),
        Category::Organization => {
            points(&[(-1.08, 0.0), (-0.54, -0.94), (0.54, -0.94), (1.08, 0.0), (0.54, 0.94), (-0.54, 0.94)])
        }
        Category::Facility => rounded(radius, 0.92, 0.92, 0.24),
        Category::Location => points(&[(0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0)]),
        Category::Event => rounded(radius, 1.15, 0.7, 0.7),
        Category::Other => points(&[(0.0, -1.0), (1.0, 0.8), (-1.0, 0.8)]),
    }
}

/// Whether a point, relative to the centre, is inside the shape; the same shapes as [`outline`].
pub(super) fn inside(category: Category, radius: f64, x: f64, y: f64) -> bool {
    let (x, y) = (x.abs() / radius, y / radius);
    match category {
        Category::Person | Category::Group => x.hypot(y) <= 1.0,
        Category::Organization => y.abs() <= 0.94 && x <= 1.08 - y.abs() * 0.54 / 0.94,
        Category::Facility => x <= 0.92 && y.abs() <= 0.92,
        Category::Location => x + y.abs() <= 1.15,
        Category::Event => (x - 0.45).max(0.0).hypot(y) <= 0.7,
        Category::Other => y <= 0.8 && x <= (y + 1.0) / 1.8,
    }
}

fn rounded(radius: f64, half_width: f64, half_height: f64, corner: f64) -> String {
    let at = |value: f64| precise(value * radius);
    let arc = |x: f64, y: f64| format!("A{0} {0} 0 0 1 {1} {2}", at(corner), at(x), at(y));
    let (w, h, c) = (half_width, half_height, corner);
    format!(
        "M{} {}H{}{}V{}{}H{}{}V{}{}Z",
        at(c - w),
        at(-h),
        at(w - c),
        arc(w, c - h),
        at(h - c),
        arc(w - c, h),
        at(c - w),
        arc(-w, h - c),
        at(c - h),
        arc(c - w, -h)
    )
}

/// Two decimals, as the shapes are also drawn at radius 1; one for whole pixels is [`number`].
fn precise(value: f64) -> String {
    if value.fract().abs() < 1e-9 { number(value) } else { format!("{value:.2}").replace("-0.00", "0.00") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_out() {
        for (category, expected) in
            [(Category::Person, "#FFFFFF"), (Category::Location, "#111111"), (Category::Group, "#111111")]
        {
            assert_eq!(category_style(category).text(), expected);
        }
    }

    #[test]
    fn colours_and_dashes_are_distinct() {
        for (i, a) in Category::ALL.iter().enumerate() {
            for b in &Category::ALL[i + 1..] {
                assert_ne!(category_style(*a).fill, category_style(*b).fill);
                assert_ne!(category_style(*a).dot_shape, category_style(*b).dot_shape);
            }
        }
        for (i, a) in Status::ALL.iter().enumerate() {
            for b in &Status::ALL[i + 1..] {
                assert_ne!(status_style(*a).dash, status_style(*b).dash);
                assert_ne!(status_style(*a).prefix, status_style(*b).prefix);
            }
        }
    }

    #[test]
    fn centres_are_inside_and_far_points_are_not() {
        for category in Category::ALL {
            assert!(inside(category, 10.0, 0.0, 0.0));
            for (x, y) in [(12.0, 0.0), (-12.0, 0.0), (0.0, 12.0), (0.0, -12.0)] {
                assert!(!inside(category, 10.0, x, y), "{category:?} {x} {y}");
            }
            assert!(outline(category, 10.0).starts_with('M') && outline(category, 1.0).ends_with('Z'));
        }
    }
}
