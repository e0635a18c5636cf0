//! Names of SHACL.

use oxigraph::model::NamedNode;

pub(super) const NAMESPACE: &str = "http://www.w3.org/ns/shacl#";

/// The local name of a property or class of SHACL.
pub(super) fn sh(node: &NamedNode) -> Option<&str> {
    node.as_str().strip_prefix(NAMESPACE)
}
