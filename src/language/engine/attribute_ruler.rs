//! Rules over tokens that set parts of speech, features, lemmas: spaCy's `attribute_ruler`.
//!
//! All matches are found before the first is applied; later rules overwrite earlier ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::error::{Error, Result};
use super::labels::{Label, Labels};
use super::lexeme::{Lexeme, Lexicon};
use super::python_regex::Expression;

/// One rule, as the model file tells it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct RuleSpec {
    /// Alternatives; each is one condition map per token.
    pub patterns: Vec<Vec<BTreeMap<String, ConditionSpec>>>,
    /// What is set, such as POS → NOUN.
    pub attrs: BTreeMap<String, String>,
    /// The token of the match that is changed; negative counts from the end.
    pub index: i32,
}

/// A condition on one attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum ConditionSpec {
    Flag(bool),
    Equals(String),
    Operator(BTreeMap<String, Operand>),
}

/// The right side of IN, NOT_IN and REGEX.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Operand {
    Text(String),
    List(Vec<String>),
}

/// The compiled rules.
#[derive(Debug)]
pub(super) struct AttributeRuler {
    patterns: Vec<Pattern>,
    /// Tag that the first token must have → patterns; the others are tried at every token.
    by_tag: Vec<Vec<usize>>,
    any: Vec<usize>,
    changes: Vec<Vec<(Layer, Label, Arc<str>)>>,
}

#[derive(Debug)]
struct Pattern {
    rule: usize,
    tokens: Vec<Vec<Condition>>,
    /// Position of the changed token in the match.
    index: usize,
}

#[derive(Debug)]
enum Condition {
    /// A set of labels, by number.
    Layer(Layer, Vec<bool>),
    Form(Form, Text),
    Space(bool),
}

#[derive(Debug, Clone, Copy)]
enum Layer {
    Tag,
    Pos,
    Dep,
    Morph,
    Lemma,
}

#[derive(Debug, Clone, Copy)]
enum Form {
    Text,
    Lower,
    Norm,
}

#[derive(Debug)]
enum Text {
    Equals(String),
    In(Vec<String>),
    NotIn(Vec<String>),
    Regex(Box<Expression>),
}

impl Text {
    fn new(spec: &ConditionSpec) -> Result<Self> {
        if let ConditionSpec::Equals(text) = spec {
            return Ok(Self::Equals(text.clone()));
        }
        if let ConditionSpec::Operator(operators) = spec
            && let Some((operator, operand)) = operators.first_key_value()
            && operators.len() == 1
        {
            match (operator.as_str(), operand) {
                ("IN", Operand::List(list)) => return Ok(Self::In(list.clone())),
                ("NOT_IN", Operand::List(list)) => return Ok(Self::NotIn(list.clone())),
                ("REGEX", Operand::Text(pattern)) => {
                    return Expression::new(pattern).map(|regex| Self::Regex(Box::new(regex))).map_err(Error::content);
                }
                _ => {}
            }
        }
        Err(Error::content(format!("attribute ruler: cannot use the condition {spec:?}")))
    }

    fn holds(&self, text: &str) -> bool {
        match self {
            Self::Equals(wanted) => wanted == text,
            Self::In(list) => list.iter().any(|wanted| wanted == text),
            Self::NotIn(list) => !list.iter().any(|wanted| wanted == text),
            Self::Regex(regex) => regex.is_match(text),
        }
    }
}

impl AttributeRuler {
    /// Compiles `rules`; call it after every other component has entered its labels.
    pub fn new(rules: &[RuleSpec], labels: &mut Labels) -> Result<Self> {
        let mut changes = Vec::new();
        for rule in rules {
            let mut change = Vec::new();
            for (name, value) in &rule.attrs {
                let layer = layer(name).ok_or_else(|| Error::content(format!("attribute ruler: cannot set {name}")))?;
                let value = match layer {
                    Layer::Morph => normalised_features(value),
                    _ => value.clone(),
                };
                let label = if matches!(layer, Layer::Lemma) { Label::default() } else { labels.number(&value) };
                change.push((layer, label, value.into()));
            }
            changes.push(change);
        }
        let mut ruler = Self { patterns: Vec::new(), by_tag: Vec::new(), any: Vec::new(), changes };
        for (number, rule) in rules.iter().enumerate() {
            for alternative in &rule.patterns {
                ruler.add(number, rule.index, alternative, labels)?;
            }
        }
        Ok(ruler)
    }

    fn add(
        &mut self,
        rule: usize,
        index: i32,
        tokens: &[BTreeMap<String, ConditionSpec>],
        labels: &mut Labels,
    ) -> Result<()> {
        let index = if index < 0 { tokens.len() as i64 + i64::from(index) } else { i64::from(index) };
        let index = usize::try_from(index).ok().filter(|&index| index < tokens.len());
        let index = index.ok_or_else(|| Error::content(format!("attribute ruler: rule {rule} has no such token")))?;
        let mut conditions = Vec::new();
        for token in tokens {
            conditions
                .push(token.iter().map(|(name, spec)| condition(name, spec, labels)).collect::<Result<Vec<_>>>()?);
        }
        let number = self.patterns.len();
        match tokens[0].get("TAG") {
            Some(ConditionSpec::Equals(tag)) => {
                let tag = labels.number(tag).index();
                self.by_tag.resize_with(self.by_tag.len().max(tag + 1), Vec::new);
                self.by_tag[tag].push(number);
            }
            _ => self.any.push(number),
        }
        self.patterns.push(Pattern { rule, tokens: conditions, index });
        Ok(())
    }

    /// Applies the rules to `document`.
    pub fn apply(&self, document: &mut Document, lexicon: &Lexicon) {
        let mut matches: Vec<(usize, usize, usize)> = Vec::new();
        for (at, end) in document.pieces.iter().flat_map(|piece| piece.clone().map(|at| (at, piece.end))) {
            let tagged = self.by_tag.get(document.tags[at].index()).into_iter().flatten();
            for &number in tagged.chain(&self.any) {
                let pattern = &self.patterns[number];
                let fits = at + pattern.tokens.len() <= end;
                if fits
                    && pattern.tokens.iter().enumerate().all(|(offset, conditions)| {
                        let lexeme = lexicon.get(document.tokens[at + offset].lexeme);
                        conditions.iter().all(|condition| condition.holds(document, at + offset, lexeme))
                    })
                {
                    matches.push((pattern.rule, at, at + pattern.index));
                }
            }
        }
        matches.sort_unstable();
        for (rule, _, token) in matches {
            for (layer, label, value) in &self.changes[rule] {
                match layer {
                    Layer::Tag => document.tags[token] = *label,
                    Layer::Pos => document.pos[token] = *label,
                    Layer::Dep => document.deps[token] = *label,
                    Layer::Morph => document.morphs[token] = *label,
                    Layer::Lemma => document.lemmas[token] = Some(Arc::clone(value)),
                }
            }
        }
    }
}

impl Condition {
    fn holds(&self, document: &Document, at: usize, lexeme: &Lexeme) -> bool {
        match self {
            Self::Layer(layer, set) => {
                let label = match layer {
                    Layer::Tag => document.tags[at],
                    Layer::Pos => document.pos[at],
                    Layer::Dep => document.deps[at],
                    Layer::Morph | Layer::Lemma => document.morphs[at],
                };
                set.get(label.index()).copied().unwrap_or(false)
            }
            Self::Form(form, text) => text.holds(match form {
                Form::Text => &lexeme.text,
                Form::Lower => &lexeme.lower,
                Form::Norm => &lexeme.norm,
            }),
            Self::Space(wanted) => lexeme.is_space == *wanted,
        }
    }
}

fn layer(name: &str) -> Option<Layer> {
    Some(match name {
        "TAG" => Layer::Tag,
        "POS" => Layer::Pos,
        "DEP" => Layer::Dep,
        "MORPH" => Layer::Morph,
        "LEMMA" => Layer::Lemma,
        _ => return None,
    })
}

fn condition(name: &str, spec: &ConditionSpec, labels: &mut Labels) -> Result<Condition> {
    let form = match name {
        "ORTH" | "TEXT" => Some(Form::Text),
        "LOWER" => Some(Form::Lower),
        "NORM" => Some(Form::Norm),
        _ => None,
    };
    if let Some(form) = form {
        return Ok(Condition::Form(form, Text::new(spec)?));
    }
    if let ("IS_SPACE", ConditionSpec::Flag(wanted)) = (name, spec) {
        return Ok(Condition::Space(*wanted));
    }
    match layer(name) {
        None | Some(Layer::Lemma) => Err(Error::content(format!("attribute ruler: cannot match {name} with {spec:?}"))),
        Some(layer) => {
            let text = Text::new(spec)?;
            if let Text::Equals(name) = &text {
                labels.number(name);
            }
            Ok(Condition::Layer(layer, labels.all().map(|(_, name)| text.holds(name)).collect()))
        }
    }
}

/// Universal Dependencies' order of features: by name without regard to case; "_" is none.
pub(super) fn normalised_features(features: &str) -> String {
    if features == "_" {
        return String::new();
    }
    let mut features: Vec<&str> = features.split('|').filter(|feature| !feature.is_empty()).collect();
    features.sort_by_key(|feature| feature.split('=').next().unwrap_or("").to_lowercase());
    features.join("|")
}
