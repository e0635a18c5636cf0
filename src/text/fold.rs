// Compiled twice: as `isnad::text::fold` and, by path, into `build.rs`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a name to the form used as a key: no case, no diacritics, no apostrophes or ʿayn marks,
/// hyphens and runs of space as one space, Arabic letter variants unified.
///
/// The fold is made for look-up only; it is never shown.
///
/// ```
/// use isnad::text::fold;
/// assert_eq!(fold("Şaydnāyā"), "saydnaya");
/// assert_eq!(fold("Deir ez-Zor"), fold("Deir  Ez Zor"));
/// assert_eq!(fold("Dar‘ā"), "dara");
/// assert_eq!(fold("حماة"), fold("حماه"));
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// As [`fold`], appending to `out`; a space separates it from what is already there.
pub fn fold_into(text: &str, out: &mut String) {
    let mut gap = !out.is_empty();
    let mut push = |letter: char, out: &mut String| {
        if gap && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        out.push(letter);
    };
    if text.is_ascii() {
        let mut pending = false;
        for letter in text.chars() {
            match letter {
                '\'' | '`' => {}
                _ if letter.is_ascii_alphanumeric() => {
                    if pending && !out.is_empty() {
                        out.push(' ');
                    }
                    pending = false;
                    push(letter.to_ascii_lowercase(), out);
                }
                '&' => push('&', out),
                _ => pending = true,
            }
        }
        return;
    }
    let mut pending = false;
    for letter in text.nfkd() {
        if is_combining_mark(letter) || is_dropped(letter) {
            continue;
        }
        if !(letter.is_alphanumeric() || letter == '&') {
            pending = true;
            continue;
        }
        if pending && !out.is_empty() {
            out.push(' ');
        }
        pending = false;
        match unify(letter) {
            Unified::One(letter) => push(letter, out),
            Unified::Word(word) => word.chars().for_each(|letter| push(letter, out)),
            Unified::Case => letter.to_lowercase().for_each(|letter| push(letter, out)),
        }
    }
}

enum Unified {
    One(char),
    Word(&'static str),
    Case,
}

/// Apostrophes, ʿayn and hamza marks, tatweel, zero-width and bidi controls.
fn is_dropped(letter: char) -> bool {
    matches!(letter,
        '\'' | '`' | '’' | '‘' | '´' | 'ʿ' | 'ʾ' | 'ʻ' | 'ʼ' | 'ʹ' | 'ˈ' | '\u{640}'
        | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn unify(letter: char) -> Unified {
    match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => Unified::One('ا'),
        'ى' | 'ی' | 'ئ' => Unified::One('ي'),
        'ة' => Unified::One('ه'),
        'ؤ' => Unified::One('و'),
        'ک' => Unified::One('ك'),
        'ß' => Unified::Word("ss"),
        'æ' | 'Æ' => Unified::Word("ae"),
        'œ' | 'Œ' => Unified::Word("oe"),
        'ø' | 'Ø' => Unified::One('o'),
        'ł' | 'Ł' => Unified::One('l'),
        'đ' | 'Đ' => Unified::One('d'),
        'ı' => Unified::One('i'),
        _ => Unified::Case,
    }
}
