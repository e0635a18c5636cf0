//! Rules and model together.

use std::ops::Range;
use std::sync::LazyLock;

use smol_str::SmolStr;

use super::engine::{Model, ParsedToken};
use super::{sentence, truecase, words};
use crate::model::{Analysis, ModelName, Span, Token};

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
        let restored = truecase::restore(text, &analysis.words, &analysis.sentences);
        if let Some((restored, chosen)) = &restored {
            for (sentence, _) in analysis.sentences.iter().zip(chosen).filter(|(_, chosen)| **chosen) {
                for word in &mut analysis.words[sentence.words()] {
                    word.shape = words::shape_in(restored, word);
                }
            }
        }
        if let Some(model) = self.model {
            read(model, restored.as_ref().map_or(text, |(restored, _)| restored), &mut analysis);
        }
        analysis
    }
}

/// Adds what the model says of each sentence. Sentences in a script that the model was not made for
/// are left out: what it would say of them means nothing.
fn read(model: &Model, text: &str, analysis: &mut Analysis) {
    let latin = !OTHER_SCRIPTS.contains(&model.info().language.as_str());
    let sentences: Vec<Range<usize>> = analysis
        .sentences
        .iter()
        .map(|sentence| sentence.span.start..sentence.span.end)
        .filter(|sentence| !latin || is_mostly_latin(&text[sentence.clone()]))
        .collect();
    let parsed = model.analyse_sentences(text, &sentences);
    // White space is a token to the model and none to its readers.
    let is_blank = |token: &ParsedToken<'_>| text[token.start..token.end].trim().is_empty();
    let mut count = 0;
    let numbers: Vec<usize> = parsed
        .tokens
        .iter()
        .map(|token| {
            count += usize::from(!is_blank(token));
            count - usize::from(!is_blank(token))
        })
        .collect();
    analysis.tokens = parsed
        .tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| !is_blank(token))
        .map(|(at, token)| Token {
            span: Span::new(token.start, token.end),
            lemma: SmolStr::from(&*token.lemma),
            tag: SmolStr::from(token.tag),
            pos: SmolStr::from(token.pos),
            head: numbers[if is_blank(&parsed.tokens[token.head]) { at } else { token.head }],
            dep: SmolStr::from(token.dep),
        })
        .collect();
    analysis.names = parsed
        .entities
        .iter()
        .map(|name| ModelName {
            span: Span::new(parsed.tokens[name.first].start, parsed.tokens[name.end - 1].end),
            label: SmolStr::from(name.label),
            score: None,
        })
        .collect();
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
