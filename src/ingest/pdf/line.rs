//! Glyphs → pieces of lines: what stands on one baseline without a wide gap.

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;

use super::bidi;
use super::content::Glyph;

/// Gaps wider than this, in sizes of the font, are between words.
const WORD: f64 = 0.15;
/// Gaps wider than this are between columns or cells, or may be.
const PIECE: f64 = 0.9;
/// Baselines nearer than this are one.
const BASELINE: f64 = 0.35;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub text: String,
    pub left: f64,
    pub right: f64,
    pub y: f64,
    pub size: f64,
    /// More of it is written from right to left.
    pub rtl: bool,
}

/// The pieces that glyphs make, from top to bottom.
pub(super) fn pieces(mut glyphs: Vec<Glyph>) -> Vec<Piece> {
    place_marks(&mut glyphs);
    lower_raised(&mut glyphs);
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut pieces = Vec::new();
    let mut row: Vec<Glyph> = Vec::new();
    for glyph in glyphs {
        if row.first().is_some_and(|first| first.y - glyph.y > BASELINE * first.size.max(glyph.size)) {
            split(std::mem::take(&mut row), &mut pieces);
        }
        row.push(glyph);
    }
    split(row, &mut pieces);
    pieces
}

/// Puts marks onto the baseline of the letter that they stand above or below, next to which they were written.
fn place_marks(glyphs: &mut [Glyph]) {
    for index in 0..glyphs.len() {
        let glyph = &glyphs[index];
        let is_thin = glyph.right - glyph.left < 0.01 * glyph.size;
        if !(is_mark(&glyph.letters) || is_thin && glyph.letters.contains(mark)) {
            continue;
        }
        let middle = glyph.left.midpoint(glyph.right);
        let beside =
            [index.checked_sub(1), Some(index + 1), index.checked_sub(2), Some(index + 2)].into_iter().flatten();
        let distance = |other: &Glyph| (other.left.midpoint(other.right) - middle).abs() + (other.y - glyph.y).abs();
        let near: Vec<&Glyph> = beside
            .filter_map(|at| glyphs.get(at))
            .filter(|other| {
                !is_mark(&other.letters) && !other.letters.trim().is_empty() && distance(other) < 2.0 * glyph.size
            })
            .collect();
        let nearest = near.iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).map(|other| other.y);
        // Some programs write the letter down with the mark as well as by itself.
        let base: String = glyph.letters.chars().filter(|letter| !mark(*letter)).collect();
        let is_twice = near.iter().any(|other| other.letters == base);
        if is_twice {
            glyphs[index].letters.retain(mark);
        }
        if let Some(y) = nearest {
            glyphs[index].y = y;
        }
    }
}

/// Puts small raised letters onto the line that they belong to; marks of notes are left out, as they are no words.
fn lower_raised(glyphs: &mut Vec<Glyph>) {
    let mut before: Option<(f64, f64, f64)> = None;
    let mut letters = 0_usize;
    let mut ended = false;
    glyphs.retain_mut(|glyph| {
        if let Some((y, size, right)) = before {
            let raised = glyph.size < size * 0.8 && glyph.y - y > size * 0.15 && glyph.y - y < size * 0.8;
            let near = (glyph.left - right).abs() < size * 0.6;
            if raised && near {
                glyph.y = y;
                before = Some((y, size, glyph.right));
                return !((letters >= 3 || ended) && glyph.letters.chars().all(|letter| letter.is_ascii_digit()));
            }
        }
        if !glyph.letters.trim().is_empty() {
            let alphabetic = glyph.letters.chars().all(char::is_alphabetic);
            ended = glyph
                .letters
                .chars()
                .all(|letter| letter.is_ascii_punctuation() || matches!(letter, '”' | '’' | '»' | '،' | '؟'));
            letters = if alphabetic { letters + 1 } else { 0 };
            before = Some((glyph.y, glyph.size, glyph.right));
        } else {
            letters = 0;
        }
        true
    });
}

/// Cuts a row of glyphs where gaps are wide.
fn split(mut row: Vec<Glyph>, pieces: &mut Vec<Piece>) {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    for glyph in &mut row {
        // A font that does not tell widths.
        if glyph.right <= glyph.left && !is_mark(&glyph.letters) {
            glyph.right = glyph.left + glyph.size * 0.5;
        }
    }
    let mut piece: Vec<Glyph> = Vec::new();
    let mut reach = f64::MIN;
    for glyph in row {
        // Letters printed twice to look bold.
        let twice = piece.iter().rev().take(3).any(|other| {
            other.letters == glyph.letters
                && (other.left - glyph.left).abs() < 0.08 * glyph.size
                && (other.y - glyph.y).abs() < 0.1 * glyph.size
        });
        if twice {
            continue;
        }
        if glyph.letters.trim().is_empty() {
            // Wide spaces may stand between columns; what follows decides by the gap that is left.
            if !piece.is_empty()
                && glyph.left - reach < PIECE * glyph.size
                && glyph.right - glyph.left < PIECE * glyph.size
            {
                piece.push(glyph);
            }
            continue;
        }
        if !piece.is_empty() && glyph.left - reach > PIECE * glyph.size {
            pieces.extend(make(std::mem::take(&mut piece)));
            reach = f64::MIN;
        }
        reach = reach.max(glyph.right);
        piece.push(glyph);
    }
    pieces.extend(make(piece));
}

fn is_mark(letters: &str) -> bool {
    letters.chars().all(mark)
}

fn mark(letter: char) -> bool {
    matches!(get_general_category(letter), GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark)
}

/// One piece of glyphs in the order of their places.
fn make(glyphs: Vec<Glyph>) -> Option<Piece> {
    let seen = |glyph: &&Glyph| !glyph.letters.trim().is_empty();
    let left = glyphs.iter().filter(seen).map(|glyph| glyph.left).reduce(f64::min)?;
    let right = glyphs.iter().filter(seen).map(|glyph| glyph.right).reduce(f64::max)?;
    let mut sizes: Vec<f64> = glyphs.iter().filter(seen).map(|glyph| glyph.size).collect();
    sizes.sort_by(f64::total_cmp);
    let size = sizes[sizes.len() / 2];
    let mut ys: Vec<f64> = glyphs.iter().filter(seen).map(|glyph| glyph.y).collect();
    ys.sort_by(f64::total_cmp);
    let y = ys[ys.len() / 2];
    let mut units: Vec<String> = Vec::with_capacity(glyphs.len());
    let mut reach = f64::MAX;
    let mut marks: Vec<(f64, String)> = Vec::new();
    let mut places: Vec<(f64, f64)> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        if is_mark(&glyph.letters) {
            marks.push(((glyph.left + glyph.right) / 2.0, glyph.letters));
            continue;
        }
        let is_space = glyph.letters.trim().is_empty();
        let apart = glyph.left - reach > WORD * glyph.size;
        if (is_space || apart) && units.last().is_some_and(|last| last != " ") {
            units.push(" ".to_owned());
            places.push((f64::NAN, f64::NAN));
        }
        if is_space {
            continue;
        }
        reach = if reach == f64::MAX { glyph.right } else { reach.max(glyph.right) };
        units.push(normal(&glyph.letters));
        places.push((glyph.left, glyph.right));
    }
    // A mark follows the letter above or below which it stands.
    for (x, mark) in marks {
        let distance =
            |(left, right): &(f64, f64)| if left.is_nan() { f64::MAX } else { (x - left.midpoint(*right)).abs() };
        if let Some((index, _)) = places.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1))) {
            units[index].push_str(&mark);
        }
    }
    if units.last().is_some_and(|last| last == " ") {
        units.pop();
    }
    let (text, rtl) = bidi::logical(units);
    (!text.trim().is_empty()).then_some(Piece { text, left, right, y, size, rtl })
}

/// Letters without what only belongs to their shape: ligatures and presentation forms.
fn normal(letters: &str) -> String {
    let shaped = |letter: char| matches!(letter, '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}');
    let plain: String = if letters.contains(shaped) { letters.nfkc().collect() } else { letters.to_owned() };
    plain.replace(|letter: char| letter.is_control() || letter == '\u{a0}', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, left: f64, y: f64) -> Vec<Glyph> {
        text.chars()
            .enumerate()
            .map(|(at, letter)| {
                let left = left + at as f64 * 5.0;
                Glyph { letters: letter.to_string(), left, right: left + 5.0, y, size: 10.0 }
            })
            .collect()
    }

    fn texts(glyphs: Vec<Vec<Glyph>>) -> Vec<String> {
        pieces(glyphs.concat()).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn words_lines_and_columns() {
        let raised = Glyph { letters: "1".into(), left: 25.0, right: 28.0, y: 103.0, size: 6.0 };
        for (glyphs, expected) in [
            (vec![word("two", 0.0, 50.0), word("one", 0.0, 100.0)], &["one", "two"][..]),
            (vec![word("one", 0.0, 100.0), word("word", 17.0, 100.0)], &["one word"]),
            (vec![word("left", 0.0, 100.0), word("right", 60.0, 101.0)], &["left", "right"]),
            (vec![word("bold", 0.0, 100.0), word("bold", 0.3, 100.0)], &["bold"]),
            (vec![word("noted", 0.0, 100.0), vec![raised], word("on", 31.0, 100.0)], &["noted on"]),
            (vec![word("a\u{fb01}t", 0.0, 100.0)], &["afit"]),
            (vec![word("نجس", 0.0, 100.0)], &["سجن"]),
        ] {
            assert_eq!(texts(glyphs), expected);
        }
    }
}
