//! What stands at the edge of every page: running heads, page numbers.

use std::collections::HashMap;

use super::line::Piece;

/// As many rows from the top and from the bottom may be such.
const ROWS: usize = 3;

/// Takes from each page the rows at its edges that others have at the same height, numbers aside.
pub(super) fn remove(pages: &mut [Vec<Piece>]) {
    let mut seen: HashMap<(String, i64), usize> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        let mut keys: Vec<_> = edges(page).into_iter().flat_map(|index| keys(&page[index], number)).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            *seen.entry(key).or_default() += 1;
        }
    }
    let enough = if pages.len() == 2 { 2 } else { 3 };
    for (number, page) in pages.iter_mut().enumerate() {
        let mut index = 0;
        let repeated: Vec<usize> = edges(page)
            .into_iter()
            .filter(|index| keys(&page[*index], number).iter().any(|key| seen.get(key).is_some_and(|count| *count >= enough)))
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

/// As many numbers in one piece may be that of the page.
const NUMBERS: usize = 3;

/// What a piece on the page `page` has in common with those of other pages: its words, with any of its numbers as the
/// distance from the number of the page, and its height, which may differ by a few points.
fn keys(piece: &Piece, page: usize) -> Vec<(String, i64)> {
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
        keys.extend([(key.clone(), band), (key, band + 1)]);
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
    Some(values.iter().enumerate().map(|(at, value)| if values.get(at + 1).is_some_and(|next| next > value) { -value } else { *value }).sum())
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
    fn heads_and_numbers_go_and_text_stays() {
        let mut pages: Vec<_> = ["alpha", "beta", "gamma"].iter().enumerate().map(|(at, words)| page(at + 1, words)).collect();
        remove(&mut pages);
        assert!(pages.iter().all(|page| page.len() == 6), "{pages:?}");
        let mut alone = vec![page(1, "alpha")];
        remove(&mut alone);
        assert_eq!(alone[0].len(), 8);
    }
}
