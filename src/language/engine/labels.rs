//! The closed vocabulary of a model (tags, parts of speech, relations, features, types), numbered.

use std::collections::HashMap;

/// The number of a label; 0 is the empty label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Label(u32);

impl Label {
    pub fn index(self) -> usize {
        self.0 as usize
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// All labels of a model.
#[derive(Debug)]
pub(super) struct Labels {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Labels {
    pub fn new() -> Self {
        Self { names: vec![String::new()], numbers: HashMap::from([(String::new(), 0)]) }
    }

    /// The label `name`, entered if it is new.
    pub fn number(&mut self, name: &str) -> Label {
        let names = &mut self.names;
        Label(*self.numbers.entry(name.to_owned()).or_insert_with(|| {
            names.push(name.to_owned());
            (names.len() - 1) as u32
        }))
    }

    pub fn find(&self, name: &str) -> Option<Label> {
        self.numbers.get(name).map(|&number| Label(number))
    }

    pub fn name(&self, label: Label) -> &str {
        &self.names[label.0 as usize]
    }

    /// All labels in the order of their numbers.
    pub fn all(&self) -> impl Iterator<Item = (Label, &str)> {
        self.names.iter().enumerate().map(|(at, name)| (Label(at as u32), name.as_str()))
    }
}
