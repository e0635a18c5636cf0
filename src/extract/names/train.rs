//! Learning the table of weights from texts whose names are marked.
//!
//! Multinomial logistic regression over candidates, by stochastic gradient with per-weight steps
//! (AdaGrad, Duchi et al. 2011) and a squared penalty. The same texts give the same table.

use std::collections::HashMap;

use crate::extract::lexicon::Lexicon;
use crate::extract::text::Text;
use crate::gazetteer::Gazetteer;
use crate::language::Analyser;
use crate::model::{Document, Span};

use super::candidate::candidates;
use super::evidence::Evidence;
use super::features::features;
use super::rules;
use super::weights::{Class, Scores, softmax};

/// Passes over the examples.
const PASSES: usize = 12;
const STEP: f32 = 0.08;
const PENALTY: f32 = 2e-5;
/// A feature that is rarer says nothing reliable.
const RARE: usize = 4;
/// Smaller weights are left out of the table.
const SMALL: f32 = 0.03;

/// A text and its names.
#[derive(Debug, Clone, PartialEq)]
pub struct MarkedText {
    /// The text.
    pub text: String,
    /// Where names stand and what they are: `person`, `organization`, `location`, `facility`,
    /// `nationality`, `other`; `?` where it is not known whether or what.
    pub names: Vec<(Span, String)>,
}

/// What is known of a candidate.
struct Example {
    class: usize,
    features: Vec<u32>,
}

/// Learns how much every feature counts and returns the table as text, in order of features.
///
/// # Errors
/// If a name has an unknown class or does not stand in its text.
pub fn learn(texts: &[MarkedText]) -> Result<String, String> {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut counts: Vec<usize> = Vec::new();
    let mut examples = Vec::new();
    for (number, marked) in texts.iter().enumerate() {
        read(marked, &mut numbers, &mut counts, &mut examples)
            .map_err(|problem| format!("text {}: {problem}", number + 1))?;
    }
    for example in &mut examples {
        example.features.retain(|feature| counts[*feature as usize] >= RARE);
    }
    let weights = descend(&examples, counts.len());
    let mut lines: Vec<String> = numbers
        .iter()
        .filter(|(_, number)| weights[**number as usize].iter().any(|weight| weight.abs() >= SMALL))
        .map(|(feature, number)| {
            let weights = weights[*number as usize].map(|weight| format!("{weight:.2}"));
            format!("{feature}\t{}", weights.join("\t"))
        })
        .collect();
    lines.sort();
    let classes = Class::ALL.map(Class::as_str).join("\t");
    Ok(format!("# feature\t{classes}\n{}\n", lines.join("\n")))
}

/// Adds the examples of one text.
fn read(
    marked: &MarkedText,
    numbers: &mut HashMap<String, u32>,
    counts: &mut Vec<usize>,
    examples: &mut Vec<Example>,
) -> Result<(), String> {
    let mut gold: HashMap<Span, usize> = HashMap::new();
    let mut unknown: Vec<Span> = Vec::new();
    for (span, name) in &marked.names {
        if marked.text.get(span.start..span.end).is_none_or(str::is_empty) {
            return Err(format!("no name stands at bytes {}..{}", span.start, span.end));
        }
        match Class::ALL.iter().position(|class| class.as_str() == name) {
            Some(class) => drop(gold.insert(*span, class)),
            None if name == "?" => unknown.push(*span),
            None => return Err(format!("`{name}` is no class of names")),
        }
    }
    let document = Document::from_text("training", &marked.text);
    let analysis = Analyser::embedded().analyse(&document.text);
    let text = Text::new(&document, &analysis);
    let (gazetteer, lexicon) = (Gazetteer::embedded(), Lexicon::embedded());
    let rules = rules::find(&text, gazetteer, lexicon);
    let evidence = Evidence::new(&text, gazetteer, lexicon, &rules);
    for candidate in candidates(&evidence) {
        if unknown.iter().any(|span| span.start < candidate.span.end && candidate.span.start < span.end) {
            continue;
        }
        let mut list = Vec::with_capacity(64);
        features(&evidence, candidate, &mut |feature| {
            let next = numbers.len() as u32;
            let number = *numbers.entry(feature.to_owned()).or_insert(next);
            if number == next {
                counts.push(0);
            }
            counts[number as usize] += 1;
            list.push(number);
        });
        examples.push(Example { class: gold.get(&candidate.span).copied().unwrap_or(0), features: list });
    }
    Ok(())
}

fn descend(examples: &[Example], features: usize) -> Vec<Scores> {
    let mut weights = vec![Scores::default(); features];
    let mut squares = vec![[1e-3_f32; Class::COUNT]; features];
    // A stride that shares no factor with the number of examples visits each of them once per pass,
    // in an order that mixes the texts.
    let mut stride = examples.len() * 5 / 8 + 1;
    while !examples.is_empty() && greatest_common_divisor(stride, examples.len()) != 1 {
        stride += 1;
    }
    let mut at = 0;
    for _ in 0..PASSES * examples.len() {
        at = (at + stride) % examples.len();
        let example = &examples[at];
        let mut scores = Scores::default();
        for feature in &example.features {
            scores.iter_mut().zip(weights[*feature as usize]).for_each(|(score, weight)| *score += weight);
        }
        let mut slope = softmax(&scores);
        slope[example.class] -= 1.0;
        for feature in &example.features {
            let (weights, squares) = (&mut weights[*feature as usize], &mut squares[*feature as usize]);
            for class in 0..Class::COUNT {
                let step = slope[class] + PENALTY * weights[class];
                squares[class] += step * step;
                weights[class] -= STEP * step / squares[class].sqrt();
            }
        }
    }
    weights
}

fn greatest_common_divisor(one: usize, other: usize) -> usize {
    if other == 0 { one } else { greatest_common_divisor(other, one % other) }
}
