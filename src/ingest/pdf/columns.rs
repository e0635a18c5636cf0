//! Pieces of lines → blocks in the order in which they are read.
//!
//! A page is cut where a gutter runs between two sides that both hold lines of text, as in the recursive X-Y cut
//! (Nagy and Seth 1984), but lines that go across the gutter only end what stands beside it above them.

use super::line::Piece;

const DEPTH: usize = 6;

/// Fewer lines than this on a side are no column.
const LINES: usize = 4;

/// Shorter than this, on average and in sizes of the font, are the entries of a table.
const WIDTH: f64 = 7.0;

/// The blocks of a page.
pub(super) fn blocks(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let rtl = pieces.iter().filter(|piece| piece.rtl).count() * 2 > pieces.len();
    let mut blocks = Vec::new();
    cut(pieces, rtl, 0, &mut blocks);
    blocks
}

fn cut(mut pieces: Vec<Piece>, rtl: bool, depth: usize, blocks: &mut Vec<Vec<Piece>>) {
    let gutter = if depth < DEPTH { gutter(&pieces) } else { None };
    let Some(gutter) = gutter else {
        if !pieces.is_empty() {
            blocks.push(pieces);
        }
        return;
    };
    pieces.sort_by(|a, b| b.y.total_cmp(&a.y));
    let (mut across, mut left, mut right) = (Vec::new(), Vec::new(), Vec::new());
    let flush = |sides: [&mut Vec<Piece>; 2], blocks: &mut Vec<Vec<Piece>>| {
        let [left, right] = sides.map(std::mem::take);
        let (first, second) = if rtl { (right, left) } else { (left, right) };
        cut(first, rtl, depth + 1, blocks);
        cut(second, rtl, depth + 1, blocks);
    };
    for piece in pieces {
        match side(&piece, gutter) {
            Side::Across => {
                flush([&mut left, &mut right], blocks);
                across.push(piece);
                continue;
            }
            Side::Left => left.push(piece),
            Side::Right => right.push(piece),
        }
        if !across.is_empty() {
            blocks.push(std::mem::take(&mut across));
        }
    }
    flush([&mut left, &mut right], blocks);
    if !across.is_empty() {
        blocks.push(across);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Across,
}

fn side(piece: &Piece, gutter: f64) -> Side {
    if piece.right <= gutter {
        Side::Left
    } else if piece.left >= gutter {
        Side::Right
    } else {
        Side::Across
    }
}

/// Where the best gutter is, if there is one.
fn gutter(pieces: &[Piece]) -> Option<f64> {
    // A gutter ends where lines begin, on one side or (from right to left) on the other.
    let mut edges: Vec<f64> =
        pieces.iter().map(|piece| piece.left - 0.5).chain(pieces.iter().map(|piece| piece.right + 0.5)).collect();
    edges.sort_by(f64::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    edges.truncate(400);
    let scored = edges.into_iter().filter_map(|edge| Some((score(pieces, edge)?, edge)));
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, edge)| edge)
}

/// How good a gutter is; none where it is none.
fn score(pieces: &[Piece], gutter: f64) -> Option<f64> {
    let on = |wanted: Side| pieces.iter().filter(move |piece| side(piece, gutter) == wanted);
    let (left, right, across) = (on(Side::Left).count(), on(Side::Right).count(), on(Side::Across).count());
    let fewer = left.min(right);
    if fewer < LINES || across * 2 > left + right || !is_prose(on(Side::Left)) || !is_prose(on(Side::Right)) {
        return None;
    }
    let span = |wanted: Side| {
        let (low, high) =
            on(wanted).fold((f64::MAX, f64::MIN), |(low, high), piece| (low.min(piece.y), high.max(piece.y)));
        (low, high)
    };
    let ((low, high), (other_low, other_high)) = (span(Side::Left), span(Side::Right));
    let beside = high.min(other_high) - low.max(other_low);
    if beside < 0.3 * (high - low).min(other_high - other_low) || beside <= 0.0 {
        return None;
    }
    Some(fewer as f64 - 2.0 * across as f64)
}

/// Whether most lines are long enough to be sentences.
fn is_prose<'a>(pieces: impl Iterator<Item = &'a Piece>) -> bool {
    let widths: Vec<f64> = pieces.map(|piece| (piece.right - piece.left) / piece.size.max(1.0)).collect();
    let long = widths.iter().filter(|width| **width >= WIDTH).count();
    long * 5 >= widths.len() * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, left: f64, right: f64, y: f64) -> Piece {
        Piece { text: text.into(), left, right, y, size: 10.0, rtl: false }
    }

    fn order(pieces: Vec<Piece>) -> String {
        let blocks = blocks(pieces);
        let words = |block: &Vec<Piece>| block.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" ");
        blocks.iter().map(words).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn columns_and_what_goes_across() {
        let mut page = vec![piece("title", 50.0, 500.0, 700.0)];
        for line in 0..5 {
            let y = 600.0 - f64::from(line) * 12.0;
            page.push(piece(&format!("a{line}"), 50.0, 250.0, y));
            page.push(piece(&format!("b{line}"), 280.0, 480.0, y));
        }
        assert_eq!(order(page.clone()), "title | a0 a1 a2 a3 a4 | b0 b1 b2 b3 b4");
        page.push(piece("wide", 50.0, 500.0, 570.0));
        assert_eq!(order(page), "title | a0 a1 a2 | b0 b1 b2 | wide | a3 a4 | b3 b4");
    }

    #[test]
    fn tables_and_single_columns_stay_whole() {
        let rows: Vec<Piece> = (0..8)
            .flat_map(|row| {
                let y = 600.0 - f64::from(row) * 12.0;
                [piece("k", 50.0, 90.0, y), piece("v", 200.0, 240.0, y)]
            })
            .collect();
        assert_eq!(order(rows).matches('|').count(), 0);
        let lines: Vec<Piece> = (0..8).map(|row| piece("line", 50.0, 450.0, 600.0 - f64::from(row) * 12.0)).collect();
        assert_eq!(order(lines).matches('|').count(), 0);
    }
}
