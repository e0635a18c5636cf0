//! What stands at the edge of every page: running heads, page numbers.

use std::collections::HashMap;

use super::line::Piece;

/// As many rows from the top and from the bottom may be such.
const ROWS: usize = 3;

/// How much further from the text than its lines are from each other the rest stands.
const APART: f64 = 1.25;

/// Takes from each page the rows at its edges that others have at the same height, numbers aside.
///
/// Only what stands apart from the text is taken, unless it counts the pages: pages may begin with the same words.
pub(super) fn remove(pages: &mut [Vec<Piece>]) {
    let mut seen: HashMap<(String, i64), usize> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        let rows = rows(page);
        let edges = [0, rows.len() - most(&rows)].into_iter().flat_map(|start| &rows[start..start + most(&rows)]);
        let mut keys: Vec<_> =
            edges.flatten().flat_map(|index| keys(&page[*index], number)).map(|(key, band, _)| (key, band)).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            *seen.entry(key).or_default() += 1;
        }
    }
    let enough = if pages.len() == 2 { 2 } else { 3 };
    for (number, page) in pages.iter_mut().enumerate() {
        let repeated = |piece: &Piece| {
            let found = keys(piece, number)
                .into_iter()
                .filter(|(key, band, _)| seen.get(&(key.clone(), *band)).is_some_and(|count| *count >= enough));
            found.map(|(.., counts)| counts).max()
        };
        let mut rows = rows(page);
        let most = most(&rows);
        let mut gaps: Vec<f64> = rows.windows(2).map(|pair| page[pair[0][0]].y - page[pair[1][0]].y).collect();
        gaps.sort_by(f64::total_cmp);
        let pitch = gaps.get(gaps.len() / 2).copied().unwrap_or_default();
        let mut gone: Vec<usize> = Vec::new();
        for _ in 0..2 {
            let found: Vec<Vec<(usize, bool)>> = rows
                .iter()
                .take(most)
                .map(|row| row.iter().filter_map(|index| Some((*index, repeated(&page[*index])?))).collect())
                .take_while(|found: &Vec<_>| !found.is_empty())
                .collect();
            let apart = |row: usize| {
                rows.get(row + 1).is_some_and(|next| (page[rows[row][0]].y - page[next[0]].y).abs() > APART * pitch)
            };
            let outside = (0..found.len()).rev().find(|row| apart(*row)).map_or(0, |row| row + 1);
            for (row, pieces) in found.into_iter().enumerate() {
                gone.extend(pieces.into_iter().filter(|(_, counts)| row < outside || *counts).map(|(index, _)| index));
            }
            rows.reverse();
        }
        let mut index = 0;
        page.retain(|_| {
            index += 1;
            !gone.contains(&(index - 1))
        });
    }
}

/// Indices of the pieces of each row, from the top.
fn rows(page: &[Piece]) -> Vec<Vec<usize>> {
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut order: Vec<usize> = (0..page.len()).collect();
    order.sort_by(|a, b| page[*b].y.total_cmp(&page[*a].y));
    for index in order {
        match rows.last_mut() {
            Some(row) if page[row[0]].y - page[index].y < 0.4 * page[index].size => row.push(index),
            _ => rows.push(vec![index]),
        }
    }
    rows
}

/// How many rows at either edge are looked at: the middle of a short page is no edge of it.
fn most(rows: &[Vec<usize>]) -> usize {
    ROWS.min(rows.len() / 3)
}

/// As many numbers in one piece may be that of the page.
const NUMBERS: usize = 3;

/// What a piece on the page `page` has in common with those of other pages: its words, with any of its numbers as the
/// distance from the number of the page, its height, which may differ by a few points, and whether it counts the pages.
fn keys(piece: &Piece, page: usize) -> Vec<(String, i64, bool)> {
    #[expect(clippy::cast_possible_truncation, reason = "heights of pages are small")]
    let band = (piece.y / 12.0).floor() as i64;
    let words: Vec<(&str, Option<i64>)> = parts(&piece.text).into_iter().map(|part| (part, number(part))).collect();
    let numbers = words.iter().filter(|(_, number)| number.is_some()).count();
    let mut keys = Vec::new();
    for chosen in 0_usize..1 << numbers.min(NUMBERS) {
        let mut met = 0;
        let key: String = words
            .iter()
            .map(|(part, number)| match number {
                Some(number) => {
                    met += 1;
                    let relative = met <= NUMBERS && chosen >> (met - 1) & 1 == 1;
                    if relative { format!("#{}", number - page as i64) } else { (*part).to_owned() }
                }
                None => (*part).to_owned(),
            })
            .collect();
        keys.extend([(key.clone(), band, chosen > 0), (key, band + 1, chosen > 0)]);
    }
    keys
}

/// Runs of digits, of letters, and what is between.
fn parts(text: &str) -> Vec<&str> {
    let kind = |letter: char| if letter.is_ascii_digit() { 0 } else { 1 + u8::from(letter.is_alphabetic()) };
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, letter) in text.char_indices() {
        if before.is_some_and(|before| before != kind(letter)) {
            parts.push(&text[start..at]);
            start = at;
        }
        before = Some(kind(letter));
    }
    parts.push(&text[start..]);
    parts
}

/// The number that a part is, in digits or as a Roman one.
fn number(part: &str) -> Option<i64> {
    if part.len() <= 6 && part.bytes().all(|byte| byte.is_ascii_digit()) {
        return part.parse().ok();
    }
    if part.is_empty() || part.len() > 8 {
        return None;
    }
    let value = |letter: u8| match letter.to_ascii_lowercase() {
        b'i' => Some(1),
        b'v' => Some(5),
        b'x' => Some(10),
        b'l' => Some(50),
        b'c' => Some(100),
        _ => None,
    };
    let values: Vec<i64> = part.bytes().map(value).collect::<Option<_>>()?;
    Some(
        values
            .iter()
            .enumerate()
            .map(|(at, value)| if values.get(at + 1).is_some_and(|next| next > value) { -value } else { *value })
            .sum(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: usize, words: &str) -> Vec<Piece> {
        let piece = |text: String, y: f64| Piece { text, left: 50.0, right: 200.0, y, size: 10.0, rtl: false };
        let mut page =
            vec![piece("Sample Report".to_owned(), 800.0 + number as f64), piece(format!("Page {number} of 9"), 30.0)];
        page.extend((0..6).map(|line| piece(format!("{words} {line}"), 700.0 - f64::from(line) * 12.0)));
        page
    }

    #[test]
    fn numbers_that_do_not_follow_the_page_are_text() {
        let note = |page: usize, note: usize| {
            let mut pieces = self::page(page, "alpha");
            pieces[1].text = format!("{note}. Interview {note} in Gaziantep");
            pieces
        };
        let mut pages = vec![note(1, 1), note(2, 4), note(3, 9), note(4, 10)];
        remove(&mut pages);
        assert!(pages.iter().all(|page| page.iter().any(|piece| piece.text.contains("Interview"))), "{pages:?}");
        assert_eq!(["xiv", "iv", "12", "xml"].map(number), [Some(14), Some(4), Some(12), None]);
    }

    #[test]
    fn pages_that_begin_alike_keep_their_first_lines() {
        let mut pages = vec![page(1, "alpha"), page(2, "alpha"), page(3, "alpha")];
        for page in &mut pages {
            page.remove(1);
            page.remove(0);
        }
        remove(&mut pages);
        assert!(pages.iter().all(|page| page.len() == 6), "{pages:?}");
    }

    #[test]
    fn heads_and_numbers_go_and_text_stays() {
        let mut pages: Vec<_> =
            ["alpha", "beta", "gamma"].iter().enumerate().map(|(at, words)| page(at + 1, words)).collect();
        remove(&mut pages);
        assert!(pages.iter().all(|page| page.len() == 6), "{pages:?}");
        let mut alone = vec![page(1, "alpha")];
        remove(&mut alone);
        assert_eq!(alone[0].len(), 8);
    }
}
