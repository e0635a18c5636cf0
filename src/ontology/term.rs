//! What the ontology says of one term.

/// A class of the ontology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Local name, such as `Release`.
    pub name: String,
    /// Local names of its direct superclasses in the ontology, sorted.
    pub superclasses: Vec<String>,
    /// Whether it only gathers the classes below it.
    pub grouping: bool,
}

/// What the values of a property are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PropertyKind {
    /// Nodes.
    Object,
    /// Literals.
    Datatype,
    /// Remarks on terms.
    Annotation,
}

/// A property of the ontology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Local name, such as `heldAt`.
    pub name: String,
    /// What its values are.
    pub kind: PropertyKind,
    /// Local names of its direct superproperties, sorted.
    pub superproperties: Vec<String>,
    /// Local names of the classes it belongs to, sorted; of any one of them, where there are several.
    pub domain: Vec<String>,
    /// Local name of the class of its values, or the IRI of another vocabulary's class or datatype.
    pub range: Option<String>,
    /// Whether it only gathers the properties below it.
    pub grouping: bool,
}

/// A value of a controlled list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// Local name, such as `modality-planned`.
    pub name: String,
    /// Local name of its list, such as `scheme-modality`.
    pub scheme: String,
    /// The word used in annotation lines, such as `planned`.
    pub notation: String,
}
