//! How the event types and roles of a set stand to those of this program: tables in `data/bench`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// What annotators call an event, and what that is here.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    /// Type, or the beginning of a type up to a full stop → kinds of events.
    types: BTreeMap<String, BTreeSet<String>>,
    /// Role → roles.
    roles: BTreeMap<String, BTreeSet<String>>,
}

/// Whose event types a set uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::bench::accuracy) enum Ontology {
    /// KAIROS.
    Kairos,
    /// AIDA.
    Aida,
}

impl Ontology {
    pub(super) fn table(self) -> &'static Table {
        static KAIROS: LazyLock<Table> = LazyLock::new(|| read(include_str!("../../../../data/bench/kairos.toml")));
        static AIDA: LazyLock<Table> = LazyLock::new(|| read(include_str!("../../../../data/bench/aida.toml")));
        match self {
            Self::Kairos => &KAIROS,
            Self::Aida => &AIDA,
        }
    }
}

fn read(text: &str) -> Table {
    toml::from_str(text).expect("a test reads the embedded tables")
}

impl Table {
    /// Whether there is something here for the type of an annotator.
    pub fn has(&self, kind: &str) -> bool {
        self.kinds(kind).is_some_and(|kinds| !kinds.is_empty())
    }

    /// Whether an event of kind `own` is right where annotators have one of type `kind`.
    pub fn is_kind(&self, kind: &str, own: &str) -> bool {
        self.kinds(kind).is_some_and(|kinds| kinds.contains(own))
    }

    /// Whether some type has events of kind `own` for it.
    pub fn uses_kind(&self, own: &str) -> bool {
        self.types.values().any(|kinds| kinds.contains(own))
    }

    /// Whether an argument in the role `own` is right where annotators have one in `role`.
    pub fn is_role(&self, role: &str, own: &str) -> bool {
        self.roles.get(role).is_some_and(|roles| roles.contains(own))
    }

    /// Whether some role has `own` for it.
    pub fn uses_role(&self, own: &str) -> bool {
        self.roles.values().any(|roles| roles.contains(own))
    }

    /// The kinds that stand for the longest known beginning of a type.
    fn kinds(&self, kind: &str) -> Option<&BTreeSet<String>> {
        let mut known = kind;
        loop {
            match self.types.get(known) {
                Some(kinds) => return Some(kinds),
                None => known = known.rsplit_once('.')?.0,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_beginning_decides() {
        for (ontology, kind, own, right) in [
            (Ontology::Kairos, "Life.Die.Unspecified", "Killing", true),
            (Ontology::Kairos, "Life.Die", "Release", false),
            (Ontology::Kairos, "Life.Diet", "Killing", false),
            (Ontology::Kairos, "Movement.Transportation.Evacuation", "Transfer", true),
            (Ontology::Kairos, "Movement.Transportation.PreventPassage", "Transfer", false),
            (Ontology::Aida, "justice.arrestjaildetain.arrestjaildetain", "Detention", true),
            (Ontology::Aida, "government.vote.n/a", "Detention", false),
        ] {
            assert_eq!(ontology.table().is_kind(kind, own), right, "{kind} {own}");
        }
        assert!(!Ontology::Kairos.table().has("Movement.Transportation.PreventPassage"));
        assert!(Ontology::Kairos.table().has("Movement.Transportation"));
    }

    #[test]
    fn roles_are_those_of_the_table() {
        let aida = Ontology::Aida.table();
        assert!(
            aida.is_role("victim", "person") && !aida.is_role("victim", "agent") && !aida.is_role("money", "agent")
        );
        assert!(aida.uses_role("instrument") && !aida.uses_role("beneficiary"));
        assert!(aida.uses_kind("Robbery") && !aida.uses_kind("Birth"));
    }
}
