//! The knowledge graph as people look at it: nodes with names, edges with evidence, in petgraph.
//!
//! The RDF store keeps every claim; this view keeps one [`Node`] per entity and one [`Edge`] per
//! statement, with its [`Evidence`] attached, which is the shape that pictures, paths and
//! neighbourhoods need. [`neighbourhood()`] and [`shortest_path`] cut it, [`layout()`] draws it in the
//! plane. Everything here is deterministic: the same graph gives the same bytes.

mod around;
mod build;
mod layout;
mod neighbourhood;
mod part;
mod path;
mod rectangle;
mod text_width;
mod view;

pub use around::quads_about;
pub use build::{View, build};
pub use layout::{FONT_SIZE, LINE_HEIGHT, Layout, PlacedNode, layout, loop_top};
pub use neighbourhood::neighbourhood;
pub(crate) use part::Said;
pub use part::Selection;
pub use path::{Path, Step, shortest_path};
pub use rectangle::{Rectangle, RectangleIndex};
pub use text_width::{display_text, is_right_to_left, shorten, text_width, wrap};
pub use view::{Category, Edge, Evidence, KnowledgeGraph, Node, Status};
