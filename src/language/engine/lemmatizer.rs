//! Dictionary forms: spaCy's rule and lookup lemmatizers.
//!
//! The rule tables of the English models derive from WordNet (see `data/models/README.md`).

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::error::{Error, Result};
use super::form_table::FormTable;
use super::labels::{Label, Labels};
use super::lexeme::{Attribute, Lexeme};
use super::python_text::is_alpha;
use super::seeded_hash::SeededMap;

/// The tables, as the model file tells them; keys of the outer maps are lower-case parts of speech.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct LemmatizerSpec {
    /// English: a form whose features say that it is the base form is its own lemma.
    pub base_forms: bool,
    pub overwrite: bool,
    /// Lookup mode: string id of a form → lemma.
    pub lookup: Option<Vec<(u64, String)>>,
    /// Lines of a [`FormTable`]: forms that are lemmas, and forms with their irregular lemmas.
    pub index: BTreeMap<String, String>,
    pub exceptions: BTreeMap<String, String>,
    pub rules: BTreeMap<String, Vec<(String, String)>>,
}

/// The tables of one part of speech.
#[derive(Debug, Default)]
struct Tables {
    index: FormTable,
    exceptions: FormTable,
    rules: Vec<(String, String)>,
}

/// The compiled tables.
#[derive(Debug)]
pub(super) struct Lemmatizer {
    base_forms: bool,
    pub overwrite: bool,
    lookup: Option<SeededMap<u64, String>>,
    tables: HashMap<String, Tables>,
}

impl Lemmatizer {
    pub fn new(spec: &LemmatizerSpec) -> Result<Self> {
        let mut tables: HashMap<String, Tables> = HashMap::new();
        for (pos, forms) in &spec.index {
            tables.entry(pos.clone()).or_default().index = FormTable::new("the lemmas' index", forms)?;
        }
        for (pos, exceptions) in &spec.exceptions {
            tables.entry(pos.clone()).or_default().exceptions = FormTable::new("the lemmas' exceptions", exceptions)?;
        }
        for (pos, rules) in &spec.rules {
            tables.entry(pos.clone()).or_default().rules = rules.clone();
        }
        if tables.is_empty() && spec.lookup.is_none() {
            return Err(Error::content("the lemmatizer has no tables"));
        }
        let lookup = spec.lookup.as_ref().map(|lookup| lookup.iter().cloned().collect());
        Ok(Self { base_forms: spec.base_forms, overwrite: spec.overwrite, lookup, tables })
    }

    /// The lemma of a form with this part of speech and these features.
    pub fn lemma(&self, lexeme: &Lexeme, pos: Label, morph: Label, labels: &Labels) -> Box<str> {
        if let Some(lookup) = &self.lookup {
            return lookup
                .get(&lexeme.feature(Attribute::Orth, false))
                .map_or_else(|| lexeme.text.clone(), |lemma| lemma.as_str().into());
        }
        let pos = labels.name(pos).to_lowercase();
        if matches!(pos.as_str(), "" | "eol" | "space") || (self.base_forms && is_base_form(&pos, labels.name(morph))) {
            return lexeme.lower.clone();
        }
        match self.tables.get(&pos) {
            Some(tables) => tables.lemma(&lexeme.text, &lexeme.lower),
            None if pos == "propn" => lexeme.text.clone(),
            None => lexeme.lower.clone(),
        }
    }
}

impl Tables {
    fn lemma(&self, text: &str, lower: &str) -> Box<str> {
        let (mut forms, mut unknown): (Vec<String>, Option<String>) = (Vec::new(), None);
        for (old, new) in &self.rules {
            let Some(stem) = lower.strip_suffix(old.as_str()) else { continue };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if self.index.find(&form).is_some() {
                forms.insert(0, form);
            } else if !form.chars().all(is_alpha) {
                forms.push(form);
            } else {
                unknown.get_or_insert(form);
            }
        }
        // The first of the exceptions that no rule gave comes last in, first out, as in spaCy.
        let exceptions = self.exceptions.find(lower).into_iter().flatten();
        for exception in exceptions {
            if !forms.iter().any(|form| form == exception) {
                forms.insert(0, exception.to_owned());
            }
        }
        match forms.into_iter().next().or(unknown) {
            Some(form) => form.into(),
            None => text.into(),
        }
    }
}

/// spaCy's `EnglishLemmatizer.is_base_form`.
fn is_base_form(pos: &str, features: &str) -> bool {
    let feature = |name: &str| {
        features
            .split('|')
            .filter_map(|feature| feature.split_once('='))
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value)
    };
    match pos {
        "noun" if feature("Number") == Some("Sing") => true,
        "verb"
            if feature("VerbForm") == Some("Fin")
                && feature("Tense") == Some("Pres")
                && feature("Number").is_none() =>
        {
            true
        }
        _ => matches!(feature("VerbForm"), Some("Inf" | "None")) || feature("Degree") == Some("Pos"),
    }
}
