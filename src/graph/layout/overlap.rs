//! Pushing boxes apart until none overlap, moving them as little as may be.

use super::packing;
use crate::graph::Rectangle;

const SWEEPS: usize = 60;
const GROWTH: f64 = 1.06;
const MOST_GROWTHS: usize = 150;
/// Boxes are pushed this much farther than needed, so that the sweeps come to an end.
const SLACK: f64 = 0.5;

/// Moves the boxes until no two overlap, keeping their sizes.
///
/// Overlapping pairs are pushed apart along the axis that needs less, relative to their size (label
/// boxes are wide and low: by absolute size nearly all would go up or down, into columns); where they do not come free,
/// the whole drawing is widened and they are pushed again. Should that fail too, the boxes are
/// packed in rows, so the promise holds for any input.
pub(super) fn remove(boxes: &mut [Rectangle]) {
    for _ in 0..MOST_GROWTHS {
        for _ in 0..SWEEPS {
            if !push_apart(boxes) {
                return;
            }
        }
        for place in boxes.iter_mut() {
            let (x, y) = ((place.left + place.right) / 2.0, (place.top + place.bottom) / 2.0);
            *place = place.moved(x * (GROWTH - 1.0), y * (GROWTH - 1.0));
        }
    }
    let sizes: Vec<_> = boxes.iter().map(|place| (place.width(), place.height())).collect();
    for (place, corner) in boxes.iter_mut().zip(packing::pack(&sizes, SLACK)) {
        *place = place.moved(corner.0 - place.left, corner.1 - place.top);
    }
}

/// One sweep from left to right over all overlapping pairs; false when there was none.
fn push_apart(boxes: &mut [Rectangle]) -> bool {
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    order.sort_by(|&a, &b| boxes[a].left.total_cmp(&boxes[b].left).then(a.cmp(&b)));
    let mut pushed = false;
    let mut open: Vec<usize> = Vec::new();
    for &b in &order {
        let left = boxes[b].left;
        open.retain(|&a| boxes[a].right > left);
        for &a in &open {
            pushed |= push_pair(boxes, a, b);
        }
        open.push(b);
    }
    // A push may move a box behind the sweep; only a sweep without any push proves the end, and
    // only if it saw every pair.
    pushed || any_overlap(boxes)
}

fn any_overlap(boxes: &[Rectangle]) -> bool {
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    order.sort_by(|&a, &b| boxes[a].left.total_cmp(&boxes[b].left));
    order.iter().enumerate().any(|(at, &a)| {
        order[at + 1..].iter().take_while(|&&b| boxes[b].left < boxes[a].right).any(|&b| boxes[a].overlaps(&boxes[b]))
    })
}

fn push_pair(boxes: &mut [Rectangle], a: usize, b: usize) -> bool {
    let (first, second) = (boxes[a], boxes[b]);
    if !first.overlaps(&second) {
        return false;
    }
    let x = first.right.min(second.right) - first.left.max(second.left) + SLACK;
    let y = first.bottom.min(second.bottom) - first.top.max(second.top) + SLACK;
    let (dx, dy) =
        (second.left + second.right - first.left - first.right, second.top + second.bottom - first.top - first.bottom);
    // Boxes in the same place part by their order.
    let side = |difference: f64| {
        if difference == 0.0 { if a < b { 1.0 } else { -1.0 } } else { difference.signum() }
    };
    let (narrow, low) = (first.width() + second.width(), first.height() + second.height());
    let (move_x, move_y) = if x / narrow < y / low { (side(dx) * x / 2.0, 0.0) } else { (0.0, side(dy) * y / 2.0) };
    boxes[a] = first.moved(-move_x, -move_y);
    boxes[b] = second.moved(move_x, move_y);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_in_one_place_come_apart() {
        for count in [0, 1, 2, 50] {
            let mut boxes = vec![Rectangle::around(5.0, 5.0, 80.0, 20.0); count];
            remove(&mut boxes);
            assert!(!any_overlap(&boxes), "{count}");
            assert!(boxes.iter().all(|place| (place.width() - 80.0).abs() < 1e-6));
        }
    }

    #[test]
    fn what_does_not_overlap_stays() {
        let before = [Rectangle::around(0.0, 0.0, 10.0, 10.0), Rectangle::around(10.0, 0.0, 10.0, 10.0)];
        let mut after = before;
        remove(&mut after);
        assert_eq!(before, after);
    }
}
