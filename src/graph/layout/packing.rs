//! Packing the boxes of components onto a page: skyline, bottom-left rule (here: top-left).

/// How much wider than high the page should be.
const ASPECT: f64 = 1.5;
/// Page widths to try, as parts of that of a page without waste.
const WIDTHS: [f64; 8] = [0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0];

/// The top left corner of each box (width, height), none overlapping and at least `gap` apart.
///
/// Tall boxes are placed first; each goes as far up, then as far left, as it can.
pub(super) fn pack(sizes: &[(f64, f64)], gap: f64) -> Vec<(f64, f64)> {
    let area: f64 = sizes.iter().map(|(width, height)| (width + gap) * (height + gap)).sum();
    let widest = sizes.iter().map(|size| size.0).fold(0.0, f64::max) + gap;
    // The height that a page of the wanted proportions needs to hold it all.
    let need = |corners: &[(f64, f64)]| {
        corners
            .iter()
            .zip(sizes)
            .fold(0.0_f64, |need, (corner, size)| need.max((corner.0 + size.0) / ASPECT).max(corner.1 + size.1))
    };
    WIDTHS
        .iter()
        .map(|factor| pack_into(((area * ASPECT).sqrt() * factor).max(widest), sizes, gap))
        .min_by(|a, b| need(a).total_cmp(&need(b)))
        .unwrap_or_default()
}

fn pack_into(page: f64, sizes: &[(f64, f64)], gap: f64) -> Vec<(f64, f64)> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by(|&a, &b| {
        let key = |i: usize| (sizes[i].1, sizes[i].0);
        key(b).partial_cmp(&key(a)).unwrap_or(std::cmp::Ordering::Equal).then(a.cmp(&b))
    });
    let mut skyline = vec![Step { left: 0.0, width: page, top: 0.0 }];
    let mut corners = vec![(0.0, 0.0); sizes.len()];
    for item in order {
        let (width, height) = (sizes[item].0 + gap, sizes[item].1 + gap);
        let best = (0..skyline.len())
            .filter_map(|at| Some((top_at(&skyline, at, width)?, at)))
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let Some((top, at)) = best else { continue };
        let left = skyline[at].left;
        corners[item] = (left, top);
        cover(&mut skyline, Step { left, width, top: top + height });
    }
    corners
}

/// A level part of the lower edge of what is already placed.
#[derive(Clone, Copy)]
struct Step {
    left: f64,
    width: f64,
    top: f64,
}

const NEARLY: f64 = 1e-6;

/// How far up a box of this width can go with its left side at the given step; `None` beyond the page.
fn top_at(skyline: &[Step], at: usize, width: f64) -> Option<f64> {
    let (mut top, mut left_over) = (0.0_f64, width);
    for step in &skyline[at..] {
        if left_over <= NEARLY {
            break;
        }
        top = top.max(step.top);
        left_over -= step.width;
    }
    (left_over <= NEARLY).then_some(top)
}

fn cover(skyline: &mut Vec<Step>, new: Step) {
    let right = new.left + new.width;
    let mut result: Vec<Step> = Vec::with_capacity(skyline.len() + 2);
    let mut placed = false;
    for step in skyline.iter() {
        let end = step.left + step.width;
        if end <= new.left + NEARLY || step.left >= right - NEARLY {
            if step.left >= right - NEARLY && !std::mem::replace(&mut placed, true) {
                result.push(new);
            }
            result.push(*step);
            continue;
        }
        if !std::mem::replace(&mut placed, true) {
            result.push(new);
        }
        if end > right + NEARLY {
            result.push(Step { left: right, width: end - right, top: step.top });
        }
    }
    *skyline = result;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Rectangle;
    use proptest::prelude::*;

    fn places(sizes: &[(f64, f64)]) -> Vec<Rectangle> {
        pack(sizes, 4.0)
            .into_iter()
            .zip(sizes)
            .map(|((left, top), (width, height))| Rectangle { left, top, right: left + width, bottom: top + height })
            .collect()
    }

    #[test]
    fn fills_beside_a_large_box() {
        let mut sizes = vec![(400.0, 400.0)];
        sizes.extend([(90.0, 40.0); 20]);
        let places = places(&sizes);
        assert!(places.iter().all(|place| place.bottom <= 440.0), "{places:?}");
    }

    proptest! {
        #[test]
        fn never_overlaps(sizes in prop::collection::vec((1.0..300.0_f64, 1.0..300.0_f64), 0..80)) {
            let places = places(&sizes);
            for (i, a) in places.iter().enumerate() {
                for b in &places[i + 1..] {
                    prop_assert!(!a.overlaps(b), "{a:?} {b:?}");
                }
            }
        }
    }
}
