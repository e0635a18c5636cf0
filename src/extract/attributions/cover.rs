//! Which attributions stand behind a span.

use crate::model::{Attribution, Span};

/// Contents that are looked at for one span.
const MOST: usize = 4000;

/// Finds the innermost attributions whose content covers a span, without looking at all of them.
pub(in crate::extract) struct Covering<'a> {
    attributions: &'a [Attribution],
    /// Indices, in order of where the content starts, the widest first.
    order: Vec<usize>,
    /// For every place in `order`, the farthest end up to it.
    farthest: Vec<usize>,
}

impl<'a> Covering<'a> {
    pub fn new(attributions: &'a [Attribution]) -> Self {
        let mut order: Vec<usize> = (0..attributions.len()).collect();
        order.sort_by_key(|&index| {
            let content = attributions[index].content;
            (content.start, std::cmp::Reverse(content.end), index)
        });
        let farthest = order
            .iter()
            .scan(0, |end, &index| {
                *end = attributions[index].content.end.max(*end);
                Some(*end)
            })
            .collect();
        Self { attributions, order, farthest }
    }

    /// The attributions with the smallest content that covers `span`, in order: several where several say it together,
    /// or one denies what another says. Those through whom another of them came are reached by its chain.
    pub fn of(&self, span: Span) -> Vec<usize> {
        let content = |at: usize| self.attributions[self.order[at]].content;
        let last = self.order.partition_point(|&index| self.attributions[index].content.start <= span.start);
        let covering = (0..last)
            .rev()
            .take(MOST)
            .take_while(|&at| self.farthest[at] >= span.end)
            .filter(|&at| content(at).contains(span));
        let Some(smallest) = covering.clone().map(content).min_by_key(|content| content.len()) else {
            return Vec::new();
        };
        let mut list: Vec<usize> = covering.filter(|&at| content(at) == smallest).map(|at| self.order[at]).collect();
        list.sort_unstable();
        let through: Vec<usize> = list.iter().filter_map(|&index| self.attributions[index].via).collect();
        list.retain(|index| !through.contains(index));
        list
    }
}
