//! The entity recogniser: BILUO transitions from left to right, greedy, as in spaCy's `ner.pyx`.
//!
//! An entity is begun, continued and closed, or one token long; it never crosses the start of a
//! sentence nor begins at white space.

use std::ops::Range;

use super::error::{Error, Result};
use super::labels::{Label, Labels};
use super::tensor::Tensors;
use super::transition::{Scorer, ScorerCache};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Begin,
    In,
    Last,
    Unit,
    Out,
}

/// The weights and moves of a recogniser.
#[derive(Debug)]
pub(super) struct EntityRecognizer {
    scorer: Scorer,
    moves: Vec<(Action, Label)>,
}

/// A name: tokens `first..end` and its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct EntitySpan {
    pub first: u32,
    pub end: u32,
    pub label: Label,
}

impl EntityRecognizer {
    /// Reads the recogniser `name` over vectors of `width` numbers; `moves` like `B-PERSON`.
    pub fn load(moves: &[String], name: &str, width: usize, tensors: &Tensors, labels: &mut Labels) -> Result<Self> {
        let moves = moves.iter().map(|name| {
            let (action, label) = name.split_once('-').unwrap_or((name, ""));
            let action = match action {
                "B" => Action::Begin,
                "I" => Action::In,
                "L" => Action::Last,
                "U" => Action::Unit,
                "O" => Action::Out,
                _ => return Err(Error::content(format!("unknown entity move {name}"))),
            };
            Ok((action, labels.number(label)))
        });
        let moves = moves.collect::<Result<Vec<_>>>()?;
        let scorer = Scorer::load(tensors, name, width, moves.len())?;
        // Whatever is begun can be closed, and a token can stay outside.
        let closed = |label| moves.contains(&(Action::Last, label));
        let complete = moves.iter().all(|&(action, label)| action != Action::Begin || closed(label));
        let outside = moves.iter().any(|&(action, _)| action == Action::Out);
        if !matches!(scorer.features(), 3 | 6) || !complete || !outside {
            return Err(Error::content(format!("{name} does not have a recogniser's features and moves")));
        }
        Ok(Self { scorer, moves })
    }

    /// The names among the tokens with these `vectors`; no name crosses the start of a sentence (1).
    pub fn recognise(
        &self,
        vectors: &[f32],
        spaces: &[bool],
        starts: &[i8],
        pieces: &[Range<usize>],
        cache: &mut ScorerCache,
    ) -> Vec<EntitySpan> {
        let mut scoring = self.scorer.begin(vectors, cache);
        let (mut entities, mut open) = (Vec::new(), None::<(usize, Label)>);
        let mut ids = [-1; 6];
        let ids = &mut ids[..self.scorer.features()];
        for (token, end) in pieces.iter().flat_map(|piece| piece.clone().map(|token| (token, piece.end))) {
            context(token, open.map(|(first, _)| first), ids);
            let scores = scoring.scores(ids);
            let continues = token + 1 < end && starts[token + 1] != 1;
            let mut best: Option<usize> = None;
            for (at, &(action, label)) in self.moves.iter().enumerate() {
                let valid = match (action, open) {
                    (Action::Begin, None) => continues && !label.is_empty() && !spaces[token],
                    (Action::Unit, None) => !label.is_empty() && !spaces[token],
                    (Action::Out, None) => true,
                    (Action::In, Some((_, begun))) => begun == label && continues,
                    (Action::Last, Some((_, begun))) => begun == label,
                    _ => false,
                };
                if valid && best.is_none_or(|best| scores[at] > scores[best]) {
                    best = Some(at);
                }
            }
            let Some(best) = best else { continue };
            let (action, label) = self.moves[best];
            let span = |first: usize| EntitySpan { first: first as u32, end: token as u32 + 1, label };
            match action {
                Action::Begin => open = Some((token, label)),
                Action::Last => entities.extend(open.take().map(|(first, _)| span(first))),
                Action::Unit => entities.push(span(token)),
                Action::In | Action::Out => {}
            }
        }
        entities
    }
}

/// The tokens that the scorer looks at (spaCy's `set_context_tokens`).
fn context(token: usize, open: Option<usize>, ids: &mut [i32]) {
    ids.fill(-1);
    ids[0] = token as i32;
    let Some(first) = open else { return };
    if ids.len() == 3 {
        ids[1] = first as i32;
        ids[2] = token as i32 - 1;
    } else {
        for (id, inside) in ids[1..].iter_mut().zip(first..token) {
            *id = inside as i32;
        }
    }
}
