//! Rules and model together.

use std::ops::Range;
use std::sync::LazyLock;

use smol_str::SmolStr;

use super::encoder::Encoder;
use super::engine::{Model, ParsedToken};
use super::ordinary::is_ordinary;
use super::{sentence, truecase, words};
use crate::model::{Analysis, ModelName, Reading, Span, Token};

/// Languages of models that are not written in Latin letters.
const OTHER_SCRIPTS: &[&str] = &["ar", "am", "bn", "el", "fa", "he", "hi", "hy", "ja", "ko", "mk", "ru", "uk", "zh"];

/// Bytes of a token beyond which it is no word of any language.
const LONGEST_TOKEN: usize = 2_000;

/// The language model that comes with the program.
static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::embedded().expect("a test reads the embedded model, byte for byte"));

/// The names encoder that comes with the program.
static ENCODER: LazyLock<Encoder> =
    LazyLock::new(|| Encoder::embedded().expect("a test reads the embedded names encoder"));

/// Splits texts into words and sentences and reads them with a language model and a names encoder, with one of
/// them, or with none.
///
/// ```
/// use isnad::{language::Analyser, model::Reading};
/// let text = "Gen. Hassan fled. He left at 3 p.m. on Sunday.";
/// let analysis = Analyser::embedded(Reading::Fast).analyse(text);
/// let sentences: Vec<&str> = analysis.sentences.iter().map(|s| s.span.slice(text)).collect();
/// assert_eq!(sentences, ["Gen. Hassan fled.", "He left at 3 p.m. on Sunday."]);
/// assert_eq!(analysis.tokens[2].lemma, "flee");
/// assert_eq!(analysis.names[0].label, "PERSON");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Analyser<'m> {
    model: Option<&'m Model>,
    encoder: Option<&'m Encoder>,
}

impl Analyser<'static> {
    /// With the models that come with the program.
    pub fn embedded(reading: Reading) -> Self {
        let analyser = Self::rules().with_embedded_model();
        match reading {
            Reading::Accurate => analyser.with_embedded_encoder(),
            Reading::Fast => analyser,
        }
    }

    /// Words and sentences only.
    pub fn rules() -> Self {
        Self { model: None, encoder: None }
    }
}

impl<'m> Analyser<'m> {
    /// The same with a language model.
    pub fn with_model(self, model: &'m Model) -> Self {
        Self { model: Some(model), ..self }
    }

    /// The same with a names encoder.
    pub fn with_encoder(self, encoder: &'m Encoder) -> Self {
        Self { encoder: Some(encoder), ..self }
    }

    /// The same with the language model that comes with the program, which the first call unpacks.
    pub fn with_embedded_model(self) -> Self {
        Self { model: Some(&MODEL), ..self }
    }

    /// The same with the names encoder that comes with the program, which the first call unpacks.
    pub fn with_embedded_encoder(self) -> Self {
        Self { encoder: Some(&ENCODER), ..self }
    }

    /// How it reads.
    pub fn reading(&self) -> Reading {
        if self.encoder.is_some() { Reading::Accurate } else { Reading::Fast }
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
        let text = restored.as_ref().map_or(text, |(restored, _)| restored);
        if let Some(model) = self.model {
            read(model, text, &mut analysis);
        }
        if let Some(encoder) = self.encoder {
            let sentences = spans(&analysis, |span| knows_script(&text[span.clone()]));
            let read = sentences.into_iter().flat_map(|span| language(span, &analysis));
            let sentences: Vec<_> = read.filter(|span| may_name(text, span.clone(), &analysis)).collect();
            analysis.tagging = Some(encoder.tag(text, &sentences));
        }
        analysis
    }
}

/// The tokens of a sentence.
fn tokens_of(span: Range<usize>, analysis: &Analysis) -> &[Token] {
    let from = analysis.tokens.partition_point(|token| token.span.start < span.start);
    let rest = &analysis.tokens[from..];
    &rest[..rest.partition_point(|token| token.span.end <= span.end)]
}

/// A sentence without what the language model has taken for no language: the stretches that are left.
fn language(span: Range<usize>, analysis: &Analysis) -> Vec<Range<usize>> {
    // Every token that was read has a tag.
    let is_read = |token: &Token| !token.tag.is_empty() && token.span.len() <= LONGEST_TOKEN;
    let tokens = tokens_of(span.clone(), analysis);
    if tokens.iter().all(is_read) {
        return vec![span];
    }
    let stretches = tokens.chunk_by(|one, other| is_read(one) == is_read(other));
    let read = stretches.filter(|stretch| is_read(&stretch[0]));
    read.map(|stretch| stretch[0].span.start..stretch[stretch.len() - 1].span.end).collect()
}

/// Whether a sentence may hold a name. One of which the language model has read every word, taken none for a
/// proper noun, and which has no capital but that of the ordinary word it begins with, holds none; the encoder
/// need not spend its time on it.
fn may_name(text: &str, span: Range<usize>, analysis: &Analysis) -> bool {
    let tokens = tokens_of(span.clone(), analysis);
    let Some(first) = tokens.first() else { return true };
    let word = first.span.slice(text);
    let rest = &text[first.span.end..span.end];
    !(word.starts_with(char::is_uppercase)
        && is_ordinary(&word.to_lowercase())
        && !rest.contains(char::is_uppercase)
        && tokens.iter().all(|token| token.pos != "PROPN"))
}

/// Adds what the model says of each sentence. Sentences in a script that the model was not made for
/// are left out: what it would say of them means nothing.
fn read(model: &Model, text: &str, analysis: &mut Analysis) {
    let latin = !OTHER_SCRIPTS.contains(&model.info().language.as_str());
    let sentences = spans(analysis, |sentence| !latin || is_mostly_latin(&text[sentence]));
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

/// Where the sentences that pass a test stand.
fn spans(analysis: &Analysis, test: impl Fn(Range<usize>) -> bool) -> Vec<Range<usize>> {
    let spans = analysis.sentences.iter().map(|sentence| sentence.span.start..sentence.span.end);
    spans.filter(|span| test(span.clone())).collect()
}

fn is_latin(letter: char) -> bool {
    matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

fn is_mostly_latin(text: &str) -> bool {
    is_mostly(text, is_latin)
}

/// Whether a text is written in what the encoder's vocabulary has pieces for: Latin and Arabic letters.
fn knows_script(text: &str) -> bool {
    is_mostly(text, |letter| {
        is_latin(letter) || matches!(letter, '\u{600}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
    })
}

/// Whether most letters of a text pass a test.
fn is_mostly(text: &str, test: impl Fn(char) -> bool) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic());
    let (known, other) = letters
        .fold((0, 0), |(known, other), letter| if test(letter) { (known + 1, other) } else { (known, other + 1) });
    known > other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_language_is_cut_out() {
        let read = |text: &str| Analyser::embedded(Reading::Fast).analyse(text);
        let prose = "He was held in Adra prison near Damascus for three years, and then released.\n".repeat(70);
        let text = format!("{prose}{}\n{prose}", "A ".repeat(30_000));
        let analysis = read(&text);
        let left = spans(&analysis, |_| true).into_iter().flat_map(|span| language(span, &analysis));
        let left: usize = left.map(|span| span.len()).sum();
        // The prose is left, and less than a tenth of the rest.
        assert!((2 * prose.len() - 200..2 * prose.len() + 6_000).contains(&left), "{left} of {}", text.len());
        let whole = read(&prose);
        let uncut = |span: Range<usize>| language(span.clone(), &whole) == vec![span];
        assert!(spans(&whole, |_| true).into_iter().all(uncut));
        let long = read(&format!("He left {} for Homs.", "a.".repeat(2_000)));
        assert_eq!(language(0..long.sentences[0].span.end, &long).len(), 2, "what stands before and behind it");
        let unread = language(0..5, &Analysis::default());
        assert_eq!((unread.len(), unread[0].clone()), (1, 0..5), "without a language model everything is language");
    }
}
