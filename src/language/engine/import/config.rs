//! `config.cfg`: sections with dotted names, values in JSON.

use std::collections::HashMap;

use serde_json::Value;

use crate::language::engine::error::{Error, Result};

/// Section → key → value. References (`${…}`) stay text: nothing that is read here needs them.
#[derive(Debug, Default)]
pub(super) struct Config(HashMap<String, HashMap<String, Value>>);

impl Config {
    pub fn parse(text: &str) -> Result<Self> {
        let mut config = Self::default();
        let mut section = String::new();
        let mut entries: Vec<(String, String, String)> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let plain = line.trim();
            if plain.is_empty() || plain.starts_with(['#', ';']) {
                continue;
            }
            if line.starts_with(char::is_whitespace)
                && let Some((_, _, value)) = entries.last_mut()
            {
                // A value goes on in indented lines.
                value.push(' ');
                value.push_str(plain);
            } else if let Some(name) = plain.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
                section = name.to_owned();
                config.0.entry(section.clone()).or_default();
            } else if let Some((key, value)) = plain.split_once('=') {
                entries.push((section.clone(), key.trim().to_owned(), value.trim().to_owned()));
            } else {
                return Err(Error::malformed("config.cfg", format!("line {} has no value", number + 1)));
            }
        }
        for (section, key, value) in entries {
            let value = serde_json::from_str(&value).unwrap_or(Value::String(value));
            config.0.entry(section).or_default().insert(key, value);
        }
        Ok(config)
    }

    pub fn value(&self, section: &str, key: &str) -> Option<&Value> {
        if let Some(value) = self.0.get(section).and_then(|section| section.get(key)) {
            return Some(value);
        }
        // A section may also be written as a JSON value of its parent.
        let (parent, name) = section.rsplit_once('.')?;
        self.0.get(parent)?.get(name)?.get(key)
    }

    pub fn text(&self, section: &str, key: &str) -> Option<String> {
        self.value(section, key)?.as_str().map(str::to_owned)
    }

    pub fn list(&self, section: &str, key: &str) -> Vec<String> {
        let list = self.value(section, key).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    pub fn flag(&self, section: &str, key: &str) -> bool {
        self.value(section, key).and_then(Value::as_bool).unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_json_values_and_continued_lines_are_read() {
        let config = Config::parse(
            "# a comment\n[nlp]\nlang = \"en\"\npipeline = [\"tok2vec\",\n    \"ner\"]\ntokenizer = {\"@tokenizers\":\"T\"}\n[a.b]\nx = ${c.d:e}\nyes = true\n",
        );
        let config = config.unwrap();
        assert_eq!(config.text("nlp", "lang").as_deref(), Some("en"));
        assert_eq!(config.list("nlp", "pipeline"), ["tok2vec", "ner"]);
        assert_eq!(config.text("nlp.tokenizer", "@tokenizers").as_deref(), Some("T"));
        assert_eq!(config.text("a.b", "x").as_deref(), Some("${c.d:e}"));
        assert!(config.flag("a.b", "yes") && !config.flag("a.b", "no"));
        assert!(config.value("z", "x").is_none());
        assert!(Config::parse("[nlp]\nnonsense").is_err());
    }
}
