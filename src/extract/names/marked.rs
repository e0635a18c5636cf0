//! What the layers say of texts whose names are marked: the material that weights are learned from.

use crate::extract::lexicon::Lexicon;
use crate::extract::text::Text;
use crate::gazetteer::Gazetteer;
use crate::language::Analyser;
use crate::model::{Document, Span};

use super::candidate::candidates;
use super::evidence::Evidence;
use super::features::features;
use super::rules;
use super::weights::Class;

/// A text and its names.
#[derive(Debug, Clone, PartialEq)]
pub struct MarkedText {
    /// The text.
    pub text: String,
    /// Where names stand and what they are: `person`, `organization`, `location`, `facility`,
    /// `nationality`, `other`; `?` where it is not known whether or what.
    pub names: Vec<(Span, String)>,
}

/// A span that may be a name, whether it is one, and what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct NameExample {
    /// Where.
    pub span: Span,
    /// What the name is, as in [`MarkedText::names`]; `none` for a span that is no name.
    pub class: &'static str,
    /// Features, as the table of weights knows them, with their values.
    pub features: Vec<(String, f32)>,
}

/// Every candidate for a name in a text as `analyser` reads it, but for those that touch what is marked `?`.
///
/// # Errors
/// If a name has an unknown class or does not stand in the text.
///
/// ```
/// use isnad::extract::{MarkedText, name_examples};
/// use isnad::{language::Analyser, model::{Reading, Span}};
/// let text = MarkedText { text: "She left Aleppo.".into(), names: vec![(Span::new(9, 15), "location".into())] };
/// let examples = name_examples(&text, Analyser::embedded(Reading::Fast))?;
/// assert!(examples.iter().any(|one| one.class == "location" && one.features.contains(&("before=left".to_owned(), 1.0))));
/// # Ok::<(), String>(())
/// ```
pub fn name_examples(marked: &MarkedText, analyser: Analyser<'_>) -> Result<Vec<NameExample>, String> {
    let mut known: Vec<(Span, &'static str)> = Vec::with_capacity(marked.names.len());
    let mut open: Vec<Span> = Vec::new();
    for (span, name) in &marked.names {
        if marked.text.get(span.start..span.end).is_none_or(str::is_empty) {
            return Err(format!("no name stands at bytes {}..{}", span.start, span.end));
        }
        match Class::ALL.iter().find(|class| class.as_str() == name) {
            Some(class) => known.push((*span, class.as_str())),
            None if name == "?" => open.push(*span),
            None => return Err(format!("`{name}` is no class of names")),
        }
    }
    let document = Document::from_text("marked", &marked.text);
    let analysis = analyser.analyse(&document.text);
    let text = Text::new(&document, &analysis);
    let (gazetteer, lexicon) = (Gazetteer::embedded(), Lexicon::embedded());
    let rules = rules::find(&text, gazetteer, lexicon);
    let evidence = Evidence::new(&text, gazetteer, lexicon, &rules);
    let touches = |one: Span, other: Span| one.start < other.end && other.start < one.end;
    let examples = candidates(&evidence).into_iter().filter(|one| !open.iter().any(|span| touches(*span, one.span)));
    Ok(examples
        .map(|candidate| {
            let mut said = Vec::with_capacity(64);
            features(&evidence, candidate, &mut |feature, value| said.push((feature.to_owned(), value)));
            let class = known.iter().find(|(span, _)| *span == candidate.span).map_or("none", |(_, class)| *class);
            NameExample { span: candidate.span, class, features: said }
        })
        .collect())
}
