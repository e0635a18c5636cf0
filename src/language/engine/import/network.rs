//! `thinc` models: the list of nodes with their attributes and weights.
//!
//! A model's file lists its nodes breadth first; a node's name is that of its layer, or the names of
//! its parts joined by `>>` and `|`. The embedding's maxout layer lies less deep than the encoder's.

use rmpv::Value;

use super::msgpack;
use crate::language::engine::error::{Error, Result};
use crate::language::engine::lexeme::Attribute;
use crate::language::engine::tensor::Tensors;
use crate::language::engine::tok2vec::Tok2VecSpec;

/// A model as read.
pub(super) struct Network {
    component: String,
    nodes: Vec<Node>,
}

struct Node {
    name: String,
    attributes: Value,
    weights: Value,
}

/// The layers that can run.
const KNOWN: [&str; 17] = [
    "hashembed",
    "ints-getitem",
    "maxout",
    "layernorm",
    "dropout",
    "expand_window",
    "extract_features",
    "list2ragged",
    "ragged2list",
    "static_vectors",
    "list2array",
    "linear",
    "softmax",
    "tok2vec-listener",
    "precomputable_affine",
    "parser_model",
    "noop",
];

impl Network {
    /// Reads the file `model` of `component` from its bytes.
    pub fn read(component: &str, bytes: &[u8]) -> Result<Self> {
        let file = format!("{component}/model");
        let model = msgpack::read(&file, bytes)?;
        let list = |key: &str| msgpack::get(&model, key).and_then(Value::as_array).map(Vec::as_slice);
        let (Some(nodes), Some(attributes), Some(weights)) = (list("nodes"), list("attrs"), list("params")) else {
            return Err(Error::malformed(&file, "not a thinc model"));
        };
        if nodes.len() != attributes.len() || nodes.len() != weights.len() {
            return Err(Error::malformed(&file, "nodes, attributes and weights differ in number"));
        }
        let name = |node: &Value| msgpack::get(node, "name").and_then(msgpack::text).unwrap_or_default().to_owned();
        let nodes: Vec<Node> = (nodes.iter().zip(attributes).zip(weights))
            .map(|((node, attributes), weights)| Node {
                name: name(node),
                attributes: attributes.clone(),
                weights: weights.clone(),
            })
            .collect();
        for node in &nodes {
            let composite = node.name.contains(['>', '|', '(']);
            if !composite && !KNOWN.contains(&node.name.as_str()) {
                return Err(Error::unsupported(component, format!("its network has a layer \"{}\"", node.name)));
            }
        }
        Ok(Self { component: component.to_owned(), nodes })
    }

    fn nodes<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.nodes.iter().filter(move |node| node.name == name)
    }

    fn node<'a>(&'a self, name: &'a str) -> Result<&'a Node> {
        self.nodes(name).next().ok_or_else(|| self.malformed(format!("no layer \"{name}\"")))
    }

    fn malformed(&self, problem: impl std::fmt::Display) -> Error {
        Error::malformed(&format!("{}/model", self.component), problem)
    }

    /// Copies the weight `from` of `node` to the tensor `to`.
    fn copy(&self, node: &Node, from: &str, to: String, tensors: &mut Tensors) -> Result<()> {
        let array = msgpack::get(&node.weights, from).and_then(msgpack::array);
        let array = array.ok_or_else(|| self.malformed(format!("layer \"{}\" has no usable {from}", node.name)))?;
        tensors.insert(to, array);
        Ok(())
    }

    fn integer(&self, node: &Node, name: &str) -> Result<u64> {
        let packed = msgpack::get(&node.attributes, name).and_then(Value::as_slice);
        let value = packed.and_then(|packed| msgpack::read("attribute", packed).ok()).and_then(|value| value.as_u64());
        value.ok_or_else(|| self.malformed(format!("layer \"{}\" has no {name}", node.name)))
    }

    pub fn listens(&self) -> bool {
        self.nodes("tok2vec-listener").next().is_some()
    }

    /// The token-to-vector part, whose weights become `{component}.…`.
    pub fn tok2vec(&self, tensors: &mut Tensors) -> Result<Tok2VecSpec> {
        let name = &self.component;
        let features = self.node("extract_features")?;
        let packed = msgpack::get(&features.attributes, "columns").and_then(Value::as_slice).unwrap_or_default();
        let attributes = msgpack::read("columns", packed)?;
        let attributes: Vec<&Value> = attributes.as_array().into_iter().flatten().collect();
        let mut columns = Vec::new();
        for (at, node) in self.nodes("hashembed").enumerate() {
            // In MultiHashEmbed the n-th table reads the n-th column.
            let value = attributes.get(at).ok_or_else(|| self.malformed("more tables than columns"))?;
            let seed = u32::try_from(self.integer(node, "seed")?).map_err(|error| self.malformed(error))?;
            columns.push((attribute(name, value)?, seed));
            self.copy(node, "E", format!("{name}.embed.{at}"), tensors)?;
        }
        if columns.len() != attributes.len() {
            return Err(Error::unsupported(name, "its embedding is not MultiHashEmbed"));
        }
        let static_vectors = match self.nodes("static_vectors").next() {
            None => false,
            Some(node) => {
                self.copy(node, "W", format!("{name}.vectors"), tensors)?;
                true
            }
        };
        let layers: Vec<_> = self.nodes("maxout").zip(self.nodes("layernorm")).collect();
        let depth = self.nodes("expand_window").count();
        if layers.len() != depth + 1 || self.nodes("layernorm").count() != layers.len() {
            return Err(Error::unsupported(name, "its encoder is not MaxoutWindowEncoder"));
        }
        let mut window = 0;
        for node in self.nodes("expand_window") {
            let size = self.integer(node, "window_size")? as usize;
            if window != 0 && window != size {
                return Err(Error::unsupported(name, "its layers have windows of different sizes"));
            }
            window = size;
        }
        for (at, (maxout, norm)) in layers.into_iter().enumerate() {
            let to = if at == 0 { format!("{name}.mix") } else { format!("{name}.encode.{}", at - 1) };
            self.copy(maxout, "W", format!("{to}.weight"), tensors)?;
            self.copy(maxout, "b", format!("{to}.bias"), tensors)?;
            self.copy(norm, "G", format!("{to}.gain"), tensors)?;
            self.copy(norm, "b", format!("{to}.shift"), tensors)?;
        }
        Ok(Tok2VecSpec { columns, static_vectors, window, depth })
    }

    /// The output layer of a tagger, as `{component}.output`.
    pub fn output(&self, tensors: &mut Tensors) -> Result<()> {
        let node = self.node("softmax")?;
        self.copy(node, "W", format!("{}.output.weight", self.component), tensors)?;
        self.copy(node, "b", format!("{}.output.bias", self.component), tensors)
    }

    /// The scorer of a transition-based component.
    pub fn scorer(&self, tensors: &mut Tensors) -> Result<()> {
        let name = &self.component;
        let upper = self.flag(self.node("parser_model")?, "has_upper");
        let mut linear = self.nodes("linear");
        // Breadth first, the second layer comes before the one that reduces the vectors.
        if upper {
            let node = linear.next().ok_or_else(|| self.malformed("no upper layer"))?;
            self.copy(node, "W", format!("{name}.upper.weight"), tensors)?;
            self.copy(node, "b", format!("{name}.upper.bias"), tensors)?;
        }
        let node = linear.next().ok_or_else(|| self.malformed("no layer \"linear\""))?;
        self.copy(node, "W", format!("{name}.reduce.weight"), tensors)?;
        self.copy(node, "b", format!("{name}.reduce.bias"), tensors)?;
        let node = self.node("precomputable_affine")?;
        self.copy(node, "W", format!("{name}.lower.weight"), tensors)?;
        self.copy(node, "b", format!("{name}.lower.bias"), tensors)?;
        self.copy(node, "pad", format!("{name}.lower.pad"), tensors)
    }

    fn flag(&self, node: &Node, name: &str) -> bool {
        let packed = msgpack::get(&node.attributes, name).and_then(Value::as_slice);
        packed
            .and_then(|packed| msgpack::read("attribute", packed).ok())
            .and_then(|value| value.as_bool())
            .unwrap_or(true)
    }
}

/// An attribute by name, or by spaCy's number.
fn attribute(component: &str, value: &Value) -> Result<Attribute> {
    let name = match value.as_u64() {
        Some(id) => crate::language::engine::string_store::symbol_name(id),
        None => msgpack::text(value),
    };
    Ok(match name.unwrap_or_default() {
        "ORTH" => Attribute::Orth,
        "LOWER" => Attribute::Lower,
        "NORM" => Attribute::Norm,
        "PREFIX" => Attribute::Prefix,
        "SUFFIX" => Attribute::Suffix,
        "SHAPE" => Attribute::Shape,
        "SPACY" => Attribute::Spacy,
        "IS_SPACE" => Attribute::IsSpace,
        _ => return Err(Error::unsupported(component, format!("it embeds the attribute {value}"))),
    })
}
