//! The dependency parser: arc-eager transitions with sentence breaks.
//!
//! Nivre 2003 with the changes of Honnibal & Johnson 2015 (a reduced token without a head goes back to
//! the buffer; `Break` begins a sentence), greedy, as in spaCy's `arc_eager.pyx`.

use std::ops::Range;

use super::error::{Error, Result};
use super::labels::{Label, Labels};
use super::linear::greatest;
use super::projectivity::{Tree, deprojectivise};
use super::tensor::Tensors;
use super::transition::{Scorer, ScorerCache};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

/// The weights and moves of a parser.
#[derive(Debug)]
pub(super) struct Parser {
    scorer: Scorer,
    moves: Vec<(Action, Label)>,
    /// The moves of one action that lie together.
    groups: Vec<(Action, Range<usize>)>,
    root: Label,
}

impl Parser {
    /// Reads the parser `name` over vectors of `width` numbers; `moves` like `L-nsubj`.
    pub fn load(moves: &[String], name: &str, width: usize, tensors: &Tensors, labels: &mut Labels) -> Result<Self> {
        let moves = moves.iter().map(|name| {
            let (action, label) = name.split_once('-').unwrap_or((name, ""));
            let action = match action {
                "S" => Action::Shift,
                "D" => Action::Reduce,
                "L" => Action::Left,
                "R" => Action::Right,
                "B" => Action::Break,
                _ => return Err(Error::content(format!("unknown parser move {name}"))),
            };
            if let Some((own, _)) = label.split_once("||") {
                labels.number(own);
            }
            Ok((action, labels.number(label)))
        });
        let moves = moves.collect::<Result<Vec<_>>>()?;
        let scorer = Scorer::load(tensors, name, width, moves.len())?;
        if !matches!(scorer.features(), 8 | 13) || !moves.iter().any(|(action, _)| *action == Action::Shift) {
            return Err(Error::content(format!("{name} does not have a parser's features and moves")));
        }
        let mut groups: Vec<(Action, Range<usize>)> = Vec::new();
        for (at, &(action, _)) in moves.iter().enumerate() {
            match groups.last_mut() {
                Some((last, range)) if *last == action => range.end = at + 1,
                _ => groups.push((action, at..at + 1)),
            }
        }
        Ok(Self { scorer, moves, groups, root: labels.number("ROOT") })
    }

    /// Parses the tokens with these `vectors`, each of `pieces` for itself; `spaces` tells which are white
    /// space, `starts` where sentences may (1) or may not (−1) begin, 0 where that is open.
    pub fn parse(
        &self,
        vectors: &[f32],
        spaces: &[bool],
        starts: &[i8],
        pieces: &[Range<usize>],
        labels: &Labels,
        cache: &mut ScorerCache,
    ) -> Tree {
        let mut state = State::new(starts, self.root);
        let mut scoring = self.scorer.begin(vectors, cache);
        let mut ids = [-1; 13];
        let ids = &mut ids[..self.scorer.features()];
        for piece in pieces {
            (state.next, state.end) = (piece.start as i32, piece.end as i32);
            while !state.is_final() {
                state.context(ids);
                let scores = scoring.scores(ids);
                let valid = state.valid();
                let mut best: Option<usize> = None;
                for (_, group) in self.groups.iter().filter(|(action, _)| valid[*action as usize]) {
                    let at = group.start + greatest(&scores[group.clone()]);
                    if best.is_none_or(|best| scores[at] > scores[best]) {
                        best = Some(at);
                    }
                }
                let Some(best) = best else { break };
                let (action, label) = self.moves[best];
                state.apply(action, label);
            }
            state.stack.clear();
            state.put_back.clear();
        }
        let mut tree = state.tree();
        deprojectivise(&mut tree, spaces, labels);
        tree
    }
}

/// The state of a parse: a stack, a buffer (tokens put back lie before those not yet read), arcs.
struct State<'a> {
    stack: Vec<i32>,
    put_back: Vec<i32>,
    next: i32,
    /// The end of the piece that is being parsed.
    end: i32,
    /// By child: its head or −1, the relation, and the sibling that got the same head before it.
    heads: Vec<i32>,
    labels: Vec<Label>,
    elder: Vec<i32>,
    /// By head: the child that came last, on its left and on its right, or −1.
    left: Vec<i32>,
    right: Vec<i32>,
    /// The first token below each token.
    edges: Vec<i32>,
    unshiftable: Vec<bool>,
    begins: Vec<bool>,
    given: &'a [i8],
}

impl<'a> State<'a> {
    fn new(given: &'a [i8], root: Label) -> Self {
        let length = given.len();
        Self {
            stack: Vec::new(),
            put_back: Vec::new(),
            next: 0,
            end: 0,
            heads: vec![-1; length],
            labels: vec![root; length],
            elder: vec![-1; length],
            left: vec![-1; length],
            right: vec![-1; length],
            edges: (0..length as i32).collect(),
            unshiftable: vec![false; length],
            begins: given.iter().map(|&start| start == 1).collect(),
            given,
        }
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffered() == 0
    }

    fn buffered(&self) -> usize {
        (self.end - self.next) as usize + self.put_back.len()
    }

    /// The `at`-th token of the stack, counted from its top, or −1.
    fn stacked(&self, at: usize) -> i32 {
        if at < self.stack.len() { self.stack[self.stack.len() - 1 - at] } else { -1 }
    }

    /// The `at`-th token of the buffer, or −1.
    fn buffer(&self, at: usize) -> i32 {
        if at < self.put_back.len() {
            return self.put_back[self.put_back.len() - 1 - at];
        }
        let token = self.next + (at - self.put_back.len()) as i32;
        if token < self.end { token } else { -1 }
    }

    /// The `at`-th child (from 1, the latest first) on one side of `head`, or −1.
    fn child(&self, side: &[i32], head: i32, at: usize) -> i32 {
        let Ok(head) = usize::try_from(head) else { return -1 };
        let mut child = side[head];
        for _ in 1..at {
            child = usize::try_from(child).map_or(-1, |child| self.elder[child]);
        }
        child
    }

    /// The tokens that the scorer looks at (spaCy's `set_context_tokens`).
    fn context(&self, ids: &mut [i32]) {
        let (b0, s0, s1) = (self.buffer(0), self.stacked(0), self.stacked(1));
        let (left, right) = (|head, at| self.child(&self.left, head, at), |head, at| self.child(&self.right, head, at));
        if ids.len() == 8 {
            ids.copy_from_slice(&[b0, self.buffer(1), s0, s1, self.stacked(2), left(b0, 1), left(s0, 1), right(s0, 1)]);
        } else {
            // The sixth place is written twice in spaCy; the second value counts.
            ids.copy_from_slice(&[
                b0,
                self.buffer(1),
                s0,
                s1,
                self.stacked(2),
                left(s0, 1),
                right(s0, 1),
                left(b0, 1),
                right(s0, 2),
                left(s1, 1),
                left(s1, 2),
                right(s1, 1),
                right(s1, 2),
            ]);
        }
    }

    fn begins(&self, token: i32) -> bool {
        usize::try_from(token).is_ok_and(|token| self.begins[token])
    }

    fn cannot_begin(&self, token: i32) -> bool {
        usize::try_from(token).is_ok_and(|token| self.given[token] == -1)
    }

    /// Which actions are possible, in the order of [`Action`].
    fn valid(&self) -> [bool; 5] {
        let (depth, buffered, b0, b1) = (self.stack.len(), self.buffered(), self.buffer(0), self.buffer(1));
        let fixed = usize::try_from(b0).is_ok_and(|b0| self.unshiftable[b0]);
        let shift = depth == 0 || (buffered >= 2 && !self.begins(b0) && !fixed);
        let reduce = depth > 0 && (buffered == 0 || depth > 1 || !self.cannot_begin(self.edges[b0 as usize]));
        let arc = depth > 0 && buffered > 0 && !self.begins(b0);
        let split = buffered >= 2 && b1 == b0 + 1 && !self.begins(b1) && !self.cannot_begin(b1);
        [shift, reduce, arc, arc, split]
    }

    fn push(&mut self) {
        let token = self.put_back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    fn add_arc(&mut self, head: i32, child: i32, label: Label) {
        let at = child as usize;
        if let Ok(old) = usize::try_from(self.heads[at]) {
            let side = if self.heads[at] > child { &mut self.left } else { &mut self.right };
            // A child that is given away was the last to come: those after it left the stack first.
            if side[old] == child {
                side[old] = self.elder[at];
            }
        }
        let side = if head > child {
            self.edges[head as usize] = self.edges[at];
            &mut self.left
        } else {
            &mut self.right
        };
        self.elder[at] = std::mem::replace(&mut side[head as usize], child);
        (self.heads[at], self.labels[at]) = (head, label);
    }

    fn apply(&mut self, action: Action, label: Label) {
        let (s0, b0) = (self.stacked(0), self.buffer(0));
        match action {
            Action::Shift => self.push(),
            Action::Reduce => {
                if self.heads[s0 as usize] < 0 && self.stack.len() > 1 {
                    self.unshiftable[s0 as usize] = true;
                    self.put_back.push(s0);
                }
                self.stack.pop();
            }
            Action::Left => {
                self.add_arc(b0, s0, label);
                self.unshiftable[b0 as usize] = false;
                self.stack.pop();
            }
            Action::Right => {
                self.add_arc(s0, b0, label);
                self.push();
            }
            Action::Break => self.begins[b0 as usize + 1] = true,
        }
    }

    /// Heads and labels; a token without a head is its own.
    fn tree(self) -> Tree {
        let heads = self.heads.iter().enumerate().map(|(token, &head)| u32::try_from(head).unwrap_or(token as u32));
        Tree { heads: heads.collect(), labels: self.labels }
    }
}
