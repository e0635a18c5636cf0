//! One component of a pipeline: its factory decides which files are read.

use std::collections::BTreeMap;

use rmpv::Value;
use serde_json::Value as Json;

use super::config::Config;
use super::msgpack;
use super::network::Network;
use super::source::Source;
use crate::language::engine::attribute_ruler::{ConditionSpec, Operand, RuleSpec};
use crate::language::engine::error::{Error, Result};
use crate::language::engine::form_table::FormTable;
use crate::language::engine::lemmatizer::LemmatizerSpec;
use crate::language::engine::pipeline::{Component, Input, Kind, Pipeline};
use crate::language::engine::string_store::{string_id, symbol_name};
use crate::language::engine::tensor::Tensors;

/// Languages whose lemmatizer has rules of its own in spaCy.
const OWN_LEMMATIZER: [&str; 12] = ["ca", "el", "es", "fr", "ga", "ht", "it", "mk", "nl", "pl", "ru", "uk"];

/// Universal parts of speech, the keys of the lemmatizer's tables.
const POS: [&str; 20] = [
    "adj", "adp", "adv", "aux", "conj", "cconj", "det", "intj", "noun", "num", "part", "pron", "propn", "punct",
    "sconj", "sym", "verb", "x", "eol", "space",
];

/// Reads the component `name`.
pub(super) fn read(
    name: &str,
    config: &Config,
    pipeline: &Pipeline,
    source: &mut Source,
    tensors: &mut Tensors,
) -> Result<Component> {
    let section = format!("components.{name}");
    let factory = config.text(&section, "factory").unwrap_or_default();
    let overwrite = config.flag(&section, "overwrite");
    let kind = match factory.as_str() {
        "tok2vec" => Kind::Tok2Vec { network: network(name, source)?.tok2vec(tensors)? },
        "tagger" => Kind::Tagger {
            input: input(name, config, pipeline, source, tensors, Network::output)?,
            labels: settings(name, source)?["labels"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Json::as_str)
                .map(str::to_owned)
                .collect(),
            overwrite,
        },
        "morphologizer" if config.flag(&section, "extend") => {
            return Err(Error::unsupported(name, "it extends features that others set (extend = true)"));
        }
        "morphologizer" => Kind::Morphologizer {
            input: input(name, config, pipeline, source, tensors, Network::output)?,
            labels: morphologizer_labels(name, source)?,
            overwrite,
        },
        "senter" => Kind::Senter { input: input(name, config, pipeline, source, tensors, Network::output)?, overwrite },
        "parser" => Kind::Parser {
            input: input(name, config, pipeline, source, tensors, Network::scorer)?,
            moves: moves(name, &["S", "D", "L", "R", "B"], source)?,
        },
        "ner" => Kind::Ner {
            input: input(name, config, pipeline, source, tensors, Network::scorer)?,
            moves: moves(name, &["M", "B", "I", "L", "U", "O"], source)?,
        },
        "attribute_ruler" => Kind::AttributeRuler { rules: rules(name, source)? },
        "lemmatizer" => Kind::Lemmatizer {
            tables: lemmatizer(
                name,
                &config.text(&section, "mode").unwrap_or_default(),
                &pipeline.language,
                overwrite,
                source,
            )?,
        },
        other => return Err(Error::unsupported(name, format!("there is no \"{other}\" in this engine"))),
    };
    Ok(Component { name: name.to_owned(), kind })
}

fn network(name: &str, source: &mut Source) -> Result<Network> {
    Network::read(name, &source.bytes(&format!("{name}/model"))?)
}

fn settings(name: &str, source: &mut Source) -> Result<Json> {
    let file = format!("{name}/cfg");
    serde_json::from_slice(&source.bytes(&file)?).map_err(|error| Error::malformed(&file, error))
}

/// Reads the weights of what lies over the vectors with `head`, and tells where the vectors come from:
/// the component's own network, or the earlier component that it listens to.
fn input(
    name: &str,
    config: &Config,
    pipeline: &Pipeline,
    source: &mut Source,
    tensors: &mut Tensors,
    head: fn(&Network, &mut Tensors) -> Result<()>,
) -> Result<Input> {
    let network = network(name, source)?;
    head(&network, tensors)?;
    if !network.listens() {
        return Ok(Input::Own(network.tok2vec(tensors)?));
    }
    let section = format!("components.{name}.model.tok2vec");
    let upstream = config.text(&section, "upstream").unwrap_or_else(|| "*".to_owned());
    let shared = pipeline.components.iter().filter(|component| matches!(component.kind, Kind::Tok2Vec { .. }));
    let shared = shared.map(|component| &component.name).find(|shared| upstream == "*" || **shared == upstream);
    match shared {
        Some(shared) => Ok(Input::Shared(shared.clone())),
        None => Err(Error::unsupported(name, format!("it listens to \"{upstream}\", which does not run before it"))),
    }
}

/// The moves in the order of the scores: by action, then by falling frequency, then by falling label;
/// labels added after training (negative frequency) last.
fn moves(name: &str, actions: &[&str], source: &mut Source) -> Result<Vec<String>> {
    let file = format!("{name}/moves");
    let saved = msgpack::read(&file, &source.bytes(&file)?)?;
    let text = msgpack::get(&saved, "moves").and_then(msgpack::text).unwrap_or_default();
    let counts: BTreeMap<String, BTreeMap<String, i64>> =
        serde_json::from_str(text).map_err(|error| Error::malformed(&file, error))?;
    let (mut moves, mut added) = (Vec::new(), Vec::new());
    for (action, labels) in counts {
        let action: usize = action.parse().map_err(|error| Error::malformed(&file, error))?;
        let Some(&letter) = actions.get(action) else {
            return Err(Error::malformed(&file, format!("unknown action {action}")));
        };
        let mut labels: Vec<_> = labels.into_iter().map(|(label, count)| (count, label)).collect();
        labels.sort_unstable_by(|a, b| b.cmp(a));
        for (count, label) in labels {
            // spaCy has no move M, and no O with a label.
            if letter == "M" || (letter == "O" && !label.is_empty()) {
                continue;
            }
            let text = if label.is_empty() { letter.to_owned() } else { format!("{letter}-{label}") };
            if count < 0 { added.push((count, label, text)) } else { moves.push(text) }
        }
    }
    added.sort_by(|a, b| (b.0, &b.1).cmp(&(a.0, &a.1)));
    moves.extend(added.into_iter().map(|(_, _, text)| text));
    Ok(moves)
}

/// The labels in the order of the file, which is that of the outputs.
fn morphologizer_labels(name: &str, source: &mut Source) -> Result<Vec<(String, String)>> {
    #[derive(serde::Deserialize)]
    struct Settings {
        labels_morph: Ordered,
        labels_pos: BTreeMap<String, u64>,
    }
    let file = format!("{name}/cfg");
    let settings: Settings =
        serde_json::from_slice(&source.bytes(&file)?).map_err(|error| Error::malformed(&file, error))?;
    let labels = settings.labels_morph.0.into_iter().map(|(label, features)| {
        let pos = settings.labels_pos.get(&label).and_then(|&id| symbol_name(id)).unwrap_or_default();
        (features, pos.to_owned())
    });
    Ok(labels.collect())
}

/// A JSON object of strings in the order in which it is written.
struct Ordered(Vec<(String, String)>);

impl<'de> serde::Deserialize<'de> for Ordered {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Entries;
        impl<'de> serde::de::Visitor<'de> for Entries {
            type Value = Ordered;

            fn expecting(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
                out.write_str("an object of strings")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> std::result::Result<Ordered, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Ordered(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

fn rules(name: &str, source: &mut Source) -> Result<Vec<RuleSpec>> {
    let file = format!("{name}/patterns");
    let saved = msgpack::read(&file, &source.bytes(&file)?)?;
    let problem = |what: &str| Error::malformed(&file, what);
    let mut rules = Vec::new();
    for rule in saved.as_array().into_iter().flatten() {
        let mut patterns = Vec::new();
        for pattern in msgpack::get(rule, "patterns").and_then(Value::as_array).into_iter().flatten() {
            let mut tokens = Vec::new();
            for token in pattern.as_array().into_iter().flatten() {
                let mut conditions = BTreeMap::new();
                for (key, value) in token.as_map().into_iter().flatten() {
                    let key = msgpack::text(key).ok_or_else(|| problem("a condition without a name"))?;
                    let value =
                        condition(value).ok_or_else(|| problem("a condition that is no text, flag or operator"))?;
                    conditions.insert(key.to_owned(), value);
                }
                tokens.push(conditions);
            }
            patterns.push(tokens);
        }
        let attrs = msgpack::get(rule, "attrs").and_then(Value::as_map).into_iter().flatten();
        let attrs = attrs.map(|(key, value)| Some((msgpack::text(key)?.to_owned(), msgpack::text(value)?.to_owned())));
        let attrs = attrs.collect::<Option<BTreeMap<_, _>>>().ok_or_else(|| problem("a value that is no text"))?;
        let index = msgpack::get(rule, "index").and_then(Value::as_i64).unwrap_or(0);
        rules.push(RuleSpec {
            patterns,
            attrs,
            index: i32::try_from(index).map_err(|error| problem(&error.to_string()))?,
        });
    }
    Ok(rules)
}

fn condition(value: &Value) -> Option<ConditionSpec> {
    if let Some(flag) = value.as_bool() {
        return Some(ConditionSpec::Flag(flag));
    }
    if let Some(operators) = value.as_map() {
        let operators = operators.iter().map(|(name, operand)| {
            let operand = match operand.as_array() {
                Some(list) => Operand::List(list.iter().filter_map(msgpack::text).map(str::to_owned).collect()),
                None => Operand::Text(msgpack::text(operand)?.to_owned()),
            };
            Some((msgpack::text(name)?.to_owned(), operand))
        });
        return operators.collect::<Option<_>>().map(ConditionSpec::Operator);
    }
    msgpack::text(value).map(|text| ConditionSpec::Equals(text.to_owned()))
}

fn lemmatizer(name: &str, mode: &str, language: &str, overwrite: bool, source: &mut Source) -> Result<LemmatizerSpec> {
    let own = OWN_LEMMATIZER.contains(&language);
    if !matches!((mode, own), ("rule", false) | ("lookup", _)) || (mode, language) == ("lookup", "nl") {
        return Err(Error::unsupported(name, format!("its mode is \"{mode}\" for the language \"{language}\"")));
    }
    let file = format!("{name}/lookups/lookups.bin");
    let tables = msgpack::read(&file, &source.bytes(&file)?)?;
    let table = |name: &str| msgpack::get(&tables, name).and_then(Value::as_map).into_iter().flatten();
    let problem = || Error::malformed(&file, "a table of an unknown shape");
    let mut spec = LemmatizerSpec { base_forms: language == "en", overwrite, ..Default::default() };
    if mode == "lookup" {
        let lookup = table("lemma_lookup").map(|(id, lemma)| {
            let lemma = lemma.as_array().and_then(|list| list.first()).unwrap_or(lemma);
            Some((id.as_u64()?, msgpack::text(lemma)?.to_owned()))
        });
        let mut lookup = lookup.collect::<Option<Vec<_>>>().ok_or_else(problem)?;
        lookup.sort_unstable();
        spec.lookup = Some(lookup);
        return Ok(spec);
    }
    // The tables' keys are string ids of parts of speech; what is keyed otherwise is never looked up.
    let pos = |id: &Value| POS.into_iter().find(|pos| id.as_u64() == Some(string_id(pos)) || id.as_str() == Some(pos));
    let texts = |list: &Value| -> Option<Vec<String>> {
        list.as_array()?.iter().map(|text| Some(msgpack::text(text)?.to_owned())).collect()
    };
    for (id, forms) in table("lemma_index") {
        if let Some(pos) = pos(id) {
            let forms = texts(forms).ok_or_else(problem)?;
            let lines = FormTable::text(forms.iter().map(|form| (form.as_str(), Vec::new())));
            spec.index.insert(pos.to_owned(), lines);
        }
    }
    for (id, forms) in table("lemma_exc") {
        if let Some(pos) = pos(id) {
            let forms =
                forms.as_map().into_iter().flatten().map(|(form, lemmas)| Some((msgpack::text(form)?, texts(lemmas)?)));
            let forms = forms.collect::<Option<Vec<_>>>().ok_or_else(problem)?;
            let rows = forms.iter().map(|(form, lemmas)| (*form, lemmas.iter().map(String::as_str).collect()));
            spec.exceptions.insert(pos.to_owned(), FormTable::text(rows));
        }
    }
    for (id, rules) in table("lemma_rules") {
        if let Some(pos) = pos(id) {
            let rules = rules.as_array().into_iter().flatten().map(|rule| match texts(rule)?.as_slice() {
                [old, new] => Some((old.clone(), new.clone())),
                _ => None,
            });
            spec.rules.insert(pos.to_owned(), rules.collect::<Option<_>>().ok_or_else(problem)?);
        }
    }
    Ok(spec)
}
