//! Blocks of pieces → paragraphs → the text, with the page of each part.

use std::collections::HashSet;

use super::line::Piece;

/// A line of a block.
#[derive(Debug)]
struct Line {
    text: String,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
    rtl: bool,
}

/// A paragraph, in parts as they stand on pages.
#[derive(Debug)]
struct Paragraph {
    parts: Vec<(usize, String)>,
    size: f64,
    /// Whether its last line goes on to the edge.
    full: bool,
}

/// A text, and where each page's share of it begins.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Flow {
    pub text: String,
    /// Offset and page number, in the order of the text.
    pub starts: Vec<(usize, usize)>,
}

/// The text of pages, each given as blocks in the order in which they are read.
///
/// Notes at the foot of a page come after everything else: they would cut sentences that go on overleaf.
pub(super) fn text(pages: Vec<Vec<Vec<Piece>>>) -> Flow {
    let body = body_size(&pages);
    let mut words = HashSet::new();
    let (mut paragraphs, mut notes): (Vec<Paragraph>, Vec<Paragraph>) = (Vec::new(), Vec::new());
    for (index, blocks) in pages.into_iter().enumerate() {
        let mut on_page: Vec<Paragraph> = Vec::new();
        for block in blocks {
            let lines = lines(block);
            for line in &lines {
                words.extend(line.text.split_whitespace().map(bare));
            }
            let new = paragraphs_of(lines, index + 1);
            append(&mut on_page, new, &words);
        }
        let foot = on_page.iter().rposition(|paragraph| paragraph.size > body * 0.92).map_or(0, |last| last + 1);
        // A page of small print is no foot.
        let is_note = |paragraph: &Paragraph| {
            paragraph.parts[0].1.starts_with(|letter: char| letter.is_numeric() || matches!(letter, '*' | '†'))
        };
        let notes_here =
            if foot > 0 && on_page.get(foot).is_some_and(is_note) { on_page.split_off(foot) } else { Vec::new() };
        append(&mut paragraphs, on_page, &words);
        notes.extend(notes_here);
    }
    paragraphs.extend(notes);
    written(paragraphs, &words)
}

/// The size that most letters have.
fn body_size(pages: &[Vec<Vec<Piece>>]) -> f64 {
    let mut sizes: Vec<(f64, usize)> =
        pages.iter().flatten().flatten().map(|piece| (piece.size, piece.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, length)| length).sum::<usize>() / 2;
    let mut sum = 0;
    sizes
        .iter()
        .find(|(_, length)| {
            sum += length;
            sum >= half
        })
        .map_or(10.0, |(size, _)| *size)
}

/// Puts the pieces of each line together.
fn lines(mut block: Vec<Piece>) -> Vec<Line> {
    block.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in block {
        match rows.last_mut() {
            Some(row) if row[0].y - piece.y < 0.4 * piece.size.min(row[0].size) => row.push(piece),
            _ => rows.push(vec![piece]),
        }
    }
    rows.into_iter()
        .map(|mut row| {
            let rtl = row.iter().filter(|piece| piece.rtl).count() * 2 > row.len();
            row.sort_by(|a, b| if rtl { b.right.total_cmp(&a.right) } else { a.left.total_cmp(&b.left) });
            let mut text = String::new();
            let mut edge = None;
            for piece in &row {
                if let Some(edge) = edge {
                    let gap: f64 = if rtl { edge - piece.right } else { piece.left - edge };
                    text.push_str(if gap > 2.0 * piece.size { "\t" } else { " " });
                }
                text.push_str(piece.text.trim());
                edge = Some(if rtl { piece.left } else { piece.right });
            }
            Line {
                text,
                left: row.iter().map(|piece| piece.left).fold(f64::MAX, f64::min),
                right: row.iter().map(|piece| piece.right).fold(f64::MIN, f64::max),
                y: row[0].y,
                size: row.iter().map(|piece| piece.size).fold(0.0, f64::max),
                rtl,
            }
        })
        .collect()
}

fn paragraphs_of(lines: Vec<Line>, page: usize) -> Vec<Paragraph> {
    // How far apart lines are, in sizes of their letters.
    let mut pitches: Vec<f64> = lines.windows(2).map(|pair| (pair[0].y - pair[1].y) / pair[1].size.max(0.1)).collect();
    pitches.sort_by(f64::total_cmp);
    // A few lines do not tell how far apart lines are.
    let most = if pitches.len() < 3 { 1.5 } else { 2.6 };
    let pitch = pitches.get(pitches.len() / 2).copied().unwrap_or(1.0).clamp(1.0, most);
    let left = lines.iter().map(|line| line.left).fold(f64::MAX, f64::min);
    let right = lines.iter().map(|line| line.right).fold(f64::MIN, f64::max);
    let mut paragraphs: Vec<(Paragraph, Vec<String>)> = Vec::new();
    let mut before: Option<Line> = None;
    for line in lines {
        let begins = before.as_ref().is_none_or(|before| begins(before, &line, pitch, left, right));
        let full = is_full(&line, left, right);
        match paragraphs.last_mut() {
            Some((paragraph, texts)) if !begins => {
                texts.push(line.text.clone());
                paragraph.full = full;
            }
            _ => paragraphs.push((Paragraph { parts: Vec::new(), size: line.size, full }, vec![line.text.clone()])),
        }
        before = Some(line);
    }
    paragraphs
        .into_iter()
        .map(|(mut paragraph, lines)| {
            paragraph.parts.push((page, lines.join("\n")));
            paragraph
        })
        .collect()
}

/// Whether a line reaches the edge where the next word would have had no room.
fn is_full(line: &Line, left: f64, right: f64) -> bool {
    let room = if line.rtl { line.left - left } else { right - line.right };
    room < 0.2 * (right - left)
}

/// Whether a line begins a paragraph.
fn begins(before: &Line, line: &Line, pitch: f64, left: f64, right: f64) -> bool {
    let gap = before.y - line.y;
    if gap > 1.3 * pitch * line.size || !(0.88..=1.14).contains(&(line.size / before.size.max(0.1))) {
        return true;
    }
    if line.text.contains('\t') || before.text.contains('\t') || is_item(&line.text) || is_listed(&before.text) {
        return true;
    }
    let indent = |line: &Line| if line.rtl { right - line.right } else { line.left - left };
    let ended = ends(&before.text);
    if indent(line) > 0.8 * line.size && indent(before) < 0.4 * line.size && (ended || !is_full(before, left, right)) {
        return true;
    }
    if is_full(before, left, right) {
        return ended && is_numbered(&line.text);
    }
    // A short line ends a paragraph, or is a heading.
    ended || !line.text.starts_with(|letter: char| letter.is_lowercase())
}

/// Whether a text ends as sentences do.
fn ends(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '»', ')', ']', '\'']);
    text.ends_with(['.', '!', '?', ':', ';', '…', '؟', '۔', '。'])
}

/// Whether a line of a table of contents leads to a page.
fn is_listed(text: &str) -> bool {
    let entry = text.trim_end_matches(|letter: char| letter.is_ascii_alphanumeric());
    entry.ends_with(". . ") || entry.ends_with(".. ") || entry.ends_with("....")
}

fn is_item(text: &str) -> bool {
    text.starts_with(['•', '▪', '◦', '‣', '■', '●', '○', '–', '\u{f0b7}'])
        && text.chars().nth(1).is_some_and(char::is_whitespace)
}

/// Whether a text begins with the number of a paragraph or item: `12.`, `(a)`.
fn is_numbered(text: &str) -> bool {
    let Some(word) = text.split_whitespace().next() else { return false };
    let bare = word.trim_start_matches('(');
    let Some(inner) = bare.strip_suffix(['.', ')']) else { return false };
    (1..=3).contains(&inner.chars().count())
        && (inner.chars().all(char::is_numeric) || inner.chars().count() == 1 && inner.chars().all(char::is_alphabetic))
}

/// Adds paragraphs; the first may go on with the last one there.
fn append(paragraphs: &mut Vec<Paragraph>, new: Vec<Paragraph>, words: &HashSet<String>) {
    let mut new = new.into_iter();
    if let (Some(last), Some(first)) = (paragraphs.last_mut(), new.as_slice().first())
        && let (Some((_, end)), Some((_, start))) = (last.parts.last(), first.parts.first())
    {
        let same = (0.92..=1.08).contains(&(first.size / last.size.max(0.1)));
        let lower = start.starts_with(char::is_lowercase);
        let uncased = start
            .starts_with(|letter: char| letter.is_alphabetic() && !letter.is_uppercase() && !letter.is_lowercase());
        let hyphenated = hyphenated(end, start, words).is_some();
        if same
            && !ends(end)
            && (lower && (last.full || hyphenated) || uncased && last.full)
            && let Some(first) = new.next()
        {
            last.parts.extend(first.parts);
            last.full = first.full;
        }
    }
    paragraphs.extend(new);
}

/// The word in lower case without signs around it.
fn bare(word: &str) -> String {
    word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase()
}

/// How many bytes of the end of `before` a hyphen takes that is only there because the line ended.
///
/// It stays where the text has the word with a hyphen elsewhere and not without.
fn hyphenated(before: &str, after: &str, words: &HashSet<String>) -> Option<usize> {
    let hyphen = before.chars().next_back().filter(|letter| matches!(letter, '-' | '\u{ad}' | '\u{2010}'))?;
    let stem = before[..before.len() - hyphen.len_utf8()].rsplit(char::is_whitespace).next()?;
    let rest = after.split_whitespace().next()?;
    if !stem.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_lowercase) {
        return (hyphen == '\u{ad}').then(|| hyphen.len_utf8());
    }
    let known = |between: &str| words.contains(&bare(&format!("{stem}{between}{rest}")));
    (hyphen == '\u{ad}' || known("") || !known("-")).then(|| hyphen.len_utf8())
}

/// Writes paragraphs with their lines joined.
fn written(paragraphs: Vec<Paragraph>, words: &HashSet<String>) -> Flow {
    let mut flow = Flow::default();
    for paragraph in paragraphs {
        if !flow.text.is_empty() {
            flow.text.push_str("\n\n");
        }
        let begin = flow.text.len();
        for (page, part) in paragraph.parts {
            for (index, line) in part.split('\n').enumerate() {
                let line = line.trim();
                if flow.text.len() > begin {
                    match hyphenated(&flow.text[begin..], line, words) {
                        Some(hyphen) => flow.text.truncate(flow.text.len() - hyphen),
                        // A hyphen that stays joins what it stands between.
                        None if flow.text.ends_with('-')
                            && !flow.text.ends_with(" -")
                            && line.starts_with(char::is_alphanumeric) => {}
                        None => flow.text.push(' '),
                    }
                }
                if index == 0 && flow.starts.last().is_none_or(|(_, last)| *last != page) {
                    flow.starts.push((flow.text.len(), page));
                }
                flow.text.push_str(line);
            }
        }
    }
    flow
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(lines: &[(&str, f64, f64, f64)]) -> Vec<Piece> {
        lines
            .iter()
            .map(|(text, left, right, y)| Piece {
                text: (*text).into(),
                left: *left,
                right: *right,
                y: *y,
                size: 10.0,
                rtl: false,
            })
            .collect()
    }

    #[test]
    fn sentences_are_whole() {
        let one = block(&[
            ("Heading", 50.0, 120.0, 730.0),
            ("The men were re-", 50.0, 300.0, 700.0),
            ("leased from a well-", 50.0, 300.0, 688.0),
            ("known prison of the al-", 50.0, 300.0, 676.0),
            ("Assad years. It is well-known.", 50.0, 220.0, 664.0),
            ("A new paragraph goes on", 60.0, 300.0, 652.0),
        ]);
        let two = block(&[("on the next page.", 50.0, 200.0, 700.0), ("Last.", 50.0, 90.0, 650.0)]);
        let flow = text(vec![vec![one], vec![two]]);
        assert_eq!(
            flow.text,
            "Heading\n\nThe men were released from a well-known prison of the al-Assad years. It is well-known.\n\n\
             A new paragraph goes on on the next page.\n\nLast."
        );
        assert_eq!(flow.starts, [(0, 1), (flow.text.find("on the next").unwrap(), 2)]);
    }

    #[test]
    fn notes_come_last() {
        let mut page =
            block(&[("The sentence goes on from", 50.0, 300.0, 700.0), ("here to the end of the", 50.0, 300.0, 688.0)]);
        page.extend(block(&[("1 A note.", 50.0, 120.0, 60.0)]).into_iter().map(|piece| Piece { size: 7.0, ..piece }));
        let next = block(&[("page and further.", 50.0, 180.0, 700.0)]);
        let flow = text(vec![vec![page], vec![next]]);
        assert_eq!(flow.text, "The sentence goes on from here to the end of the page and further.\n\n1 A note.");
        assert_eq!(flow.starts.iter().map(|(_, page)| *page).collect::<Vec<_>>(), [1, 2, 1]);
    }
}
