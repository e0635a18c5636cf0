//! `data/link/happenings.toml`: by what accounts of one happening are known.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::ontology::Schema;

/// How accounts of some kinds of happenings are known to be of one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    kinds: Vec<String>,
    /// Roles whose filler it befalls once.
    pub once: Vec<String>,
    /// Roles whose filler it can befall again.
    pub shared: Vec<String>,
    /// Roles whose filler is known by a name in what it is called.
    #[serde(default)]
    pub words: Vec<String>,
    /// How far apart the days of two accounts may lie.
    pub days: i32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    happening: Vec<Rule>,
}

/// The rules, and which kind is under which.
#[derive(Debug)]
pub(super) struct Rules {
    pub list: Vec<Rule>,
    by_kind: HashMap<String, usize>,
}

impl Rules {
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Rules> = LazyLock::new(|| {
            let file: File = toml::from_str(include_str!("../../../data/link/happenings.toml"))
                .expect("a test reads the embedded rules");
            let mut by_kind = HashMap::new();
            for kind in Schema::embedded().event_classes().map(|class| class.name.as_str()) {
                let under = |rule: &Rule| rule.kinds.iter().any(|root| Schema::embedded().is_subclass(kind, root));
                if let Some(at) = file.happening.iter().position(under) {
                    by_kind.insert(kind.to_owned(), at);
                }
            }
            Rules { list: file.happening, by_kind }
        });
        &EMBEDDED
    }

    /// The rule of a kind of events; none where their accounts are not put together.
    pub fn of(&self, kind: &str) -> Option<usize> {
        self.by_kind.get(kind).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_speak_of_classes_and_roles_of_the_ontology() {
        let (rules, schema) = (Rules::embedded(), Schema::embedded());
        assert!(rules.list.len() > 10);
        for rule in &rules.list {
            assert!(rule.kinds.iter().all(|kind| schema.is_subclass(kind, "Event")), "{rule:?}");
            assert!(
                rule.once.iter().chain(&rule.shared).chain(&rule.words).all(|role| schema.property(role).is_some()),
                "{rule:?}"
            );
            assert!(!rule.once.is_empty() || !rule.shared.is_empty(), "{rule:?}");
        }
        assert_eq!(rules.of("Execution"), rules.of("Death"));
        assert_eq!(rules.of("Statement"), None);
    }
}
