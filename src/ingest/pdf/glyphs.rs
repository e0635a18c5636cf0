//! Names of glyphs, standard encodings and standard widths: tables in `data/pdf`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Letters by the name of their glyph.
static NAMES: LazyLock<HashMap<&str, String>> = LazyLock::new(|| {
    let rows = rows(include_str!("../../../data/pdf/glyphs.tsv"));
    rows.filter_map(|(name, codes)| Some((name, letters(codes.split(' '))?))).collect()
});

/// Names of glyphs by code in Adobe's standard encoding.
static STANDARD: LazyLock<HashMap<u8, &str>> = LazyLock::new(|| {
    let rows = rows(include_str!("../../../data/pdf/standard-encoding.tsv"));
    rows.filter_map(|(code, name)| Some((u8::from_str_radix(code, 16).ok()?, name))).collect()
});

/// Widths of the standard fonts by the name of the glyph.
static WIDTHS: LazyLock<HashMap<&str, Vec<f64>>> = LazyLock::new(|| {
    let rows = rows(include_str!("../../../data/pdf/widths.tsv"));
    rows.map(|(name, widths)| (name, widths.split('\t').map(|width| width.parse().unwrap_or(0.0)).collect())).collect()
});

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

fn letters<'a>(codes: impl Iterator<Item = &'a str>) -> Option<String> {
    codes.map(|code| u32::from_str_radix(code, 16).ok().and_then(char::from_u32)).collect()
}

/// The letters that a glyph stands for, by the rules of the Adobe Glyph List Specification.
pub(super) fn letters_of(name: &str) -> Option<String> {
    let base = name.split('.').next().filter(|base| !base.is_empty())?;
    base.split('_').map(component).collect()
}

fn component(name: &str) -> Option<String> {
    if let Some(letters) = NAMES.get(name) {
        return Some(letters.clone());
    }
    let hex = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit() || (b'A'..=b'F').contains(&digit));
    if let Some(digits) =
        name.strip_prefix("uni").filter(|digits| digits.len() >= 4 && digits.len() % 4 == 0 && hex(digits))
    {
        return letters((0..digits.len()).step_by(4).map(|at| &digits[at..at + 4]));
    }
    let digits = name.strip_prefix('u').filter(|digits| (4..=6).contains(&digits.len()) && hex(digits))?;
    letters(std::iter::once(digits))
}

/// The name of a glyph in Adobe's standard encoding.
pub(super) fn standard(code: u8) -> Option<&'static str> {
    STANDARD.get(&code).copied()
}

/// The width of a glyph of a standard font, in thousandths, by the name of the font.
pub(super) fn width(font: &str, letters: &str) -> Option<f64> {
    let font = font.to_ascii_lowercase();
    if font.contains("courier") {
        return Some(600.0);
    }
    let times = font.contains("times") || font.contains("serif") && !font.contains("sans");
    let bold = font.contains("bold");
    let column = match (times, bold, font.contains("italic") || font.contains("oblique")) {
        (false, bold, _) => usize::from(bold),
        (true, false, false) => 2,
        (true, true, false) => 3,
        (true, false, true) => 4,
        (true, true, true) => 5,
    };
    let letter = letters.chars().next()?;
    NAMES_OF.get(&letter).and_then(|name| WIDTHS.get(name)).and_then(|widths| widths.get(column)).copied()
}

/// Names of the glyphs of the standard fonts by letter.
static NAMES_OF: LazyLock<HashMap<char, &str>> =
    LazyLock::new(|| WIDTHS.keys().filter_map(|name| Some((NAMES.get(name)?.chars().next()?, *name))).collect());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_widths() {
        for (name, letters) in [
            ("A", Some("A")),
            ("f_i.alt", Some("fi")),
            ("uni06450645", Some("مم")),
            ("u1F600", Some("\u{1f600}")),
            ("afii57415", Some("ا")),
            ("g17", None),
            (".notdef", None),
        ] {
            assert_eq!(letters_of(name).as_deref(), letters, "{name}");
        }
        assert_eq!(standard(0x27), Some("quoteright"));
        assert_eq!(width("Helvetica", "i"), Some(222.0));
        assert_eq!(width("ABCDEF+Times-Bold", "i"), Some(278.0));
        assert_eq!(width("Courier", "i"), Some(600.0));
    }
}
