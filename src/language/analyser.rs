//! Rules and model together.

use std::sync::LazyLock;

use smol_str::SmolStr;

use super::engine::Model;
use super::{sentence, words};
use crate::model::{Analysis, ModelName, Sentence, Span, Token};

/// Languages of models that are not written in Latin letters.
const OTHER_SCRIPTS: &[&str] = &["ar", "am", "bn", "el", "fa", "he", "hi", "hy", "ja", "ko", "mk", "ru", "uk", "zh"];

/// The model that comes with the program.
static EMBEDDED: LazyLock<Model> =
    LazyLock::new(|| Model::embedded().expect("a test reads the embedded model, byte for byte"));

/// Splits texts into words and sentences and reads them with a language model, or without one.
///
/// ```
/// use isnad::language::Analyser;
/// let text = "Gen. Hassan fled. He left at 3 p.m. on Sunday.";
/// let analysis = Analyser::embedded().analyse(text);
/// let sentences: Vec<&str> = analysis.sentences.iter().map(|s| s.span.slice(text)).collect();
/// assert_eq!(sentences, ["Gen. Hassan fled.", "He left at 3 p.m. on Sunday."]);
/// assert_eq!(analysis.tokens[2].lemma, "flee");
/// assert_eq!(analysis.names[0].label, "PERSON");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Analyser<'m> {
    model: Option<&'m Model>,
}

impl Analyser<'static> {
    /// With the model that comes with the program, which is unpacked at the first call.
    pub fn embedded() -> Self {
        Self { model: Some(&EMBEDDED) }
    }

    /// Words and sentences only.
    pub fn rules() -> Self {
        Self { model: None }
    }
}

impl<'m> Analyser<'m> {
    /// With a model of the user's.
    pub fn with_model(model: &'m Model) -> Self {
        Self { model: Some(model) }
    }

    /// Analyses `text`. No text is rewritten: everything found is a span of it. Takes time in
    /// proportion to the length of the text.
    pub fn analyse(&self, text: &str) -> Analysis {
        let words = words::split(text);
        let sentences = sentence::split(text, &words);
        let mut analysis = Analysis { words, sentences, ..Analysis::default() };
        if let Some(model) = self.model {
            read(model, text, &mut analysis);
        }
        analysis
    }
}

/// Adds what the model says of each sentence. Sentences in a script that the model was not made for
/// are left out: what it would say of them means nothing.
fn read(model: &Model, text: &str, analysis: &mut Analysis) {
    let latin = !OTHER_SCRIPTS.contains(&model.info().language.as_str());
    let pieces: Vec<std::ops::Range<usize>> = analysis
        .sentences
        .iter()
        .filter(|sentence| !latin || is_mostly_latin(sentence.span.slice(text)))
        .map(|Sentence { span, .. }| span.start..span.end)
        .collect();
    for piece in &pieces {
        let parsed = model.analyse(&text[piece.clone()]);
        // White space is a token to the model and none to its readers.
        let mut numbers = Vec::with_capacity(parsed.tokens.len());
        let mut next = analysis.tokens.len();
        let is_blank = |at: usize| {
            let token = &parsed.tokens[at];
            text[piece.start + token.start..piece.start + token.end].trim().is_empty()
        };
        for at in 0..parsed.tokens.len() {
            numbers.push(next);
            next += usize::from(!is_blank(at));
        }
        let span = |start: usize, end: usize| Span::new(piece.start + start, piece.start + end);
        for (at, token) in parsed.tokens.iter().enumerate().filter(|(at, _)| !is_blank(*at)) {
            let head = if is_blank(token.head) { numbers[at] } else { numbers[token.head] };
            analysis.tokens.push(Token {
                span: span(token.start, token.end),
                lemma: SmolStr::from(&*token.lemma),
                tag: SmolStr::from(token.tag),
                pos: SmolStr::from(token.pos),
                head,
                dep: SmolStr::from(token.dep),
            });
        }
        analysis.names.extend(parsed.entities.iter().map(|name| ModelName {
            span: span(parsed.tokens[name.first].start, parsed.tokens[name.end - 1].end),
            label: SmolStr::from(name.label),
            score: None,
        }));
    }
}

fn is_mostly_latin(text: &str) -> bool {
    let (mut latin, mut other) = (0, 0);
    for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
        match letter {
            '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => latin += 1,
            _ => other += 1,
        }
    }
    latin > other
}
