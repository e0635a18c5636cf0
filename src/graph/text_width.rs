//! How wide a label will be, without a font at hand, and how to break it into lines.

use unicode_width::UnicodeWidthChar;

/// Advance widths of ASCII 32–126 in thousandths of the font size, after Helvetica's metrics (AFM).
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// What a reader's font may add to Helvetica: Noto Sans is about 6% wider, DejaVu Sans 12%.
const SAFETY: f64 = 1.13;

const ELLIPSIS: char = '…';

/// An upper estimate of the width of one line of text in a common sans-serif font, in the unit of
/// `font_size`.
///
/// ```
/// use isnad::graph::text_width;
/// assert!(text_width("ill", 12.0) < text_width("WWW", 12.0));
/// assert_eq!(text_width("", 12.0), 0.0);
/// ```
pub fn text_width(text: &str, font_size: f64) -> f64 {
    text.chars().map(character_width).sum::<f64>() * font_size * SAFETY
}

fn character_width(character: char) -> f64 {
    if let Some(width) = (character as usize).checked_sub(32).and_then(|at| ASCII.get(at)) {
        return f64::from(*width) / 1000.0;
    }
    match (character.width().unwrap_or(0), character as u32) {
        (0, _) => 0.0,
        (2, 0x1F000..) => 1.3,
        (2, _) => 1.05,
        (_, 0x00C0..=0x024F | 0x0370..=0x052F | 0x1E00..=0x1FFF) => 0.66,
        (_, 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF) => 0.64,
        (_, 0x2026) => 1.0,
        _ => 0.85,
    }
}

/// The text as it may be shown on one line: every run of white space one space, without control
/// characters and without the bidirectional embeddings, overrides and isolates that can make a name
/// read as another. Joiners and direction marks, which scripts need, stay.
///
/// ```
/// use isnad::graph::display_text;
/// assert_eq!(display_text(" a\n\tb\u{202E}c\u{0} "), "a bc");
/// ```
pub fn display_text(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut space = false;
    for character in text.chars() {
        if character.is_whitespace() {
            space = true;
        } else if !is_hidden_control(character) {
            if std::mem::take(&mut space) && !shown.is_empty() {
                shown.push(' ');
            }
            shown.push(character);
        }
    }
    shown
}

fn is_hidden_control(character: char) -> bool {
    character.is_control()
        || matches!(character as u32,
            0x202A..=0x202E | 0x2060 | 0x2066..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB | 0xE0000..=0xE007F)
        || (character as u32 & 0xFFFE) == 0xFFFE
}

/// Whether the first letter with a direction is of a right-to-left script.
///
/// ```
/// use isnad::graph::is_right_to_left;
/// assert!(is_right_to_left("12 سجن"));
/// assert!(!is_right_to_left("Prison سجن"));
/// ```
pub fn is_right_to_left(text: &str) -> bool {
    text.chars().find(|character| character.is_alphabetic()).is_some_and(|character| {
        matches!(character as u32,
            0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
    })
}

/// The text cut to at most `width`, with an ellipsis where something is missing.
///
/// ```
/// use isnad::graph::{shorten, text_width};
/// assert_eq!(shorten("short", 12.0, 100.0), "short");
/// let cut = shorten("rather longer than that", 12.0, 60.0);
/// assert!(cut.ends_with('…') && text_width(&cut, 12.0) <= 60.0);
/// ```
pub fn shorten(text: &str, font_size: f64, width: f64) -> String {
    let unit = font_size * SAFETY;
    let (mut used, mut end) = (0.0, 0);
    for (at, character) in text.char_indices() {
        used += character_width(character) * unit;
        if used > width {
            let mut cut = text[..end].trim_end().to_owned();
            cut.push(ELLIPSIS);
            return cut;
        }
        // The longest prefix that still leaves room for the ellipsis, not parting a letter from the
        // marks that stand on it.
        let next = text[at + character.len_utf8()..].chars().next();
        if used + character_width(ELLIPSIS) * unit <= width && next.is_none_or(|next| character_width(next) > 0.0) {
            end = at + character.len_utf8();
        }
    }
    text.to_owned()
}

/// Breaks a text at its spaces into at most `most_lines` lines no wider than `width`; a word that
/// is too wide is broken inside, and what does not fit is replaced by an ellipsis.
///
/// The text is cleaned by [`display_text`] first. An empty text gives no lines.
pub fn wrap(text: &str, font_size: f64, width: f64, most_lines: usize) -> Vec<String> {
    let text = display_text(text);
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() && most_lines > 0 {
        if lines.len() + 1 == most_lines {
            lines.push(shorten(rest, font_size, width));
            break;
        }
        let end = line_end(rest, font_size, width);
        lines.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    lines
}

/// Where the first line of the text ends: after its last word that fits, or inside a too long word.
fn line_end(text: &str, font_size: f64, width: f64) -> usize {
    let (mut used, mut word_end, mut inside) = (0.0, None, 0);
    for (at, character) in text.char_indices() {
        if character == ' ' {
            word_end = Some(at);
        }
        if character_width(character) > 0.0 {
            // A place before a letter, so after the marks of the one before.
            inside = at;
        }
        used += character_width(character) * font_size * SAFETY;
        if used > width && character != ' ' {
            let one = text.chars().next().map_or(0, char::len_utf8);
            return word_end.unwrap_or(inside).max(one);
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wraps_at_spaces() {
        for (text, lines, expected) in [
            ("", 3, &[][..]),
            ("   \n ", 3, &[]),
            ("Northport", 3, &["Northport"]),
            ("The Central Prison of Northport", 3, &["The Central", "Prison of", "Northport"]),
            ("The Central Prison of Northport", 2, &["The Central", "Prison of…"]),
            ("anything", 0, &[]),
        ] {
            assert_eq!(wrap(text, 10.0, 65.0, lines), expected, "{text:?}");
        }
    }

    #[test]
    fn takes_hidden_controls_out() {
        for (text, expected) in [
            ("a\u{202E}b", "ab"),
            ("a\u{2066}b\u{2069}", "ab"),
            ("a\u{200D}b\u{200F}", "a\u{200D}b\u{200F}"),
            ("\u{0}\u{1b}[31m\u{7f}\u{85}x", "[31m x"),
            ("a\r\n b", "a b"),
            ("\u{FFFF}z", "z"),
        ] {
            assert_eq!(display_text(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_mark_stays_on_its_letter() {
        let text = "e\u{301}".repeat(60);
        for line in wrap(&text, 12.0, 80.0, 3) {
            assert!(line.starts_with('e'), "{line:?}");
            assert!(line.trim_end_matches(ELLIPSIS).ends_with('\u{301}'), "{line:?}");
        }
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide(text in "\\PC{0,200}", width in 40.0..200.0_f64, most in 1..4_usize) {
            let lines = wrap(&text, 12.0, width, most);
            prop_assert!(lines.len() <= most);
            for line in &lines {
                prop_assert!(text_width(line, 12.0) <= width + 1e-6, "{line:?}");
                prop_assert!(!line.is_empty());
            }
        }
    }
}
