//! The knowledge graph as people look at it: nodes with names, edges with evidence, in petgraph.
//!
//! The RDF store keeps every claim; this view keeps one [`Node`] per entity and one [`Edge`] per
//! statement, with its [`Evidence`] attached, which is the shape that pictures, paths and
//! neighbourhoods need. [`neighbourhood()`] and [`shortest_path`] cut it, [`layout()`] draws it in the
//! plane. [`Net`] has the facts alone, as numbers, for what asks about all of them at once; [`Walk`] finds ways in the
//! database itself. Everything here is deterministic: the same graph gives the same bytes.

mod around;
mod build;
mod communities;
mod layout;
mod measures;
mod neighbourhood;
mod net;
mod part;
mod path;
mod rectangle;
mod standing;
mod text_width;
mod view;
mod walk;

pub use around::{quads_about, read_about};
pub use build::{View, build};
pub use communities::communities;
pub use layout::{FONT_SIZE, LINE_HEIGHT, Layout, PlacedNode, layout, loop_top};
pub use measures::{betweenness, components, degrees, page_rank};
pub use neighbourhood::neighbourhood;
pub use net::Net;
pub(crate) use part::Said;
pub use part::Selection;
pub use path::{Path, Step, shortest_path, simple_paths};
pub use rectangle::{Rectangle, RectangleIndex};
pub use standing::{Standing, standings};
pub use text_width::{display_text, is_right_to_left, shorten, text_width, wrap};
pub use view::{Category, Edge, Evidence, KnowledgeGraph, Node, Status};
pub use walk::{Between, MOST_NODES, Walk};
