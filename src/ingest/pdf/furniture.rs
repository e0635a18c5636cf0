//! What stands at the edge of every page: running heads, page numbers.

use std::collections::HashMap;

use super::line::Piece;

/// As many rows from the top and from the bottom may be such.
const ROWS: usize = 3;

/// Takes from each page the rows at its edges that others have at the same height, numbers aside.
pub(super) fn remove(pages: &mut [Vec<Piece>]) {
    let mut seen: HashMap<(String, i64), usize> = HashMap::new();
    for page in pages.iter() {
        let mut keys: Vec<_> = edges(page).into_iter().flat_map(|index| heights(&page[index])).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            *seen.entry(key).or_default() += 1;
        }
    }
    let enough = if pages.len() == 2 { 2 } else { 3 };
    for page in pages.iter_mut() {
        let mut index = 0;
        let repeated: Vec<usize> = edges(page)
            .into_iter()
            .filter(|index| heights(&page[*index]).iter().any(|key| seen.get(key).is_some_and(|count| *count >= enough)))
            .collect();
        page.retain(|_| {
            index += 1;
            !repeated.contains(&(index - 1))
        });
    }
}

/// Indices of the pieces in the outermost rows.
fn edges(page: &[Piece]) -> Vec<usize> {
    let mut rows: Vec<(f64, Vec<usize>)> = Vec::new();
    let mut order: Vec<usize> = (0..page.len()).collect();
    order.sort_by(|a, b| page[*b].y.total_cmp(&page[*a].y));
    for index in order {
        match rows.last_mut() {
            Some((y, row)) if *y - page[index].y < 0.4 * page[index].size => row.push(index),
            _ => rows.push((page[index].y, vec![index])),
        }
    }
    let count = rows.len();
    // The middle of a short page is no edge of it.
    let most = ROWS.min(count / 3);
    rows.into_iter().enumerate().filter(|(at, _)| *at < most || at + most >= count).flat_map(|(_, (_, row))| row).collect()
}

/// What a piece says with numbers as one sign, at the heights that it may be at: they differ by a few points.
fn heights(piece: &Piece) -> [(String, i64); 2] {
    let mut words = String::with_capacity(piece.text.len());
    for word in piece.text.split_whitespace() {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let roman = bare.len() <= 6 && !bare.is_empty() && bare.bytes().all(|byte| b"ivxlcIVXLC".contains(&byte));
        let mut last = ' ';
        for letter in if roman { "#" } else { word }.chars() {
            let letter = if letter.is_numeric() { '#' } else { letter };
            if !(letter == '#' && last == '#') {
                words.push(letter);
            }
            last = letter;
        }
        words.push(' ');
    }
    #[expect(clippy::cast_possible_truncation, reason = "heights of pages are small")]
    let band = (piece.y / 12.0).floor() as i64;
    [(words.clone(), band), (words, band + 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: usize, words: &str) -> Vec<Piece> {
        let piece = |text: String, y: f64| Piece { text, left: 50.0, right: 200.0, y, size: 10.0, rtl: false };
        let mut page = vec![piece("Sample Report".to_owned(), 800.0 + number as f64), piece(format!("Page {number} of 9"), 30.0)];
        page.extend((0..6).map(|line| piece(format!("{words} {line}"), 700.0 - f64::from(line) * 12.0)));
        page
    }

    #[test]
    fn heads_and_numbers_go_and_text_stays() {
        let mut pages: Vec<_> = ["alpha", "beta", "gamma"].iter().enumerate().map(|(at, words)| page(at + 1, words)).collect();
        remove(&mut pages);
        assert!(pages.iter().all(|page| page.len() == 6), "{pages:?}");
        let mut alone = vec![page(1, "alpha")];
        remove(&mut alone);
        assert_eq!(alone[0].len(), 8);
    }
}
