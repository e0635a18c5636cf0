//! Which language a text is in, where that can be told.

use whatlang::{Lang, detect, detect_script};

/// Fewer letters than this tell nothing reliable.
const LETTERS: usize = 40;

/// As much of a text as is looked at, in bytes.
const HEAD: usize = 32 * 1024;

/// ISO 639-1 code of the language of `text`: the one `declared` by its carrier if the script of
/// the text allows it, else the one recognised from the text, if that is reliable.
///
/// A declaration is not trusted blindly, because templates leave `lang="en"` on Arabic pages.
pub(super) fn language(text: &str, declared: Option<&str>) -> Option<String> {
    let head = &text[..text.floor_char_boundary(HEAD)];
    let enough = head.chars().filter(|c| c.is_alphabetic()).take(LETTERS).count() == LETTERS;
    if let Some(code) = declared.and_then(declared_code).filter(|code| !enough || script_allows(head, code)) {
        return Some(code);
    }
    if !enough {
        return None;
    }
    detect(head).filter(whatlang::Info::is_reliable).and_then(|info| iso_639_1(info.lang())).map(str::to_owned)
}

/// The two-letter code in a BCP 47 tag such as `en-GB`, or of a three-letter code known here.
fn declared_code(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    match primary.len() {
        2 if primary.bytes().all(|byte| byte.is_ascii_lowercase()) => Some(primary),
        3 => Lang::from_code(&primary).and_then(iso_639_1).map(str::to_owned),
        _ => None,
    }
}

/// Whether the language can be written in the script most of `text` is in.
fn script_allows(text: &str, code: &str) -> bool {
    let knows = Lang::all().iter().any(|lang| iso_639_1(*lang) == Some(code));
    let Some(script) = detect_script(text).filter(|_| knows) else { return true };
    script.langs().iter().any(|lang| iso_639_1(*lang) == Some(code))
}

/// ISO 639-3 codes, as `whatlang` gives them, each with its ISO 639-1 code.
const CODES: &str = "\
    epo eo  eng en  rus ru  cmn zh  spa es  por pt  ita it  ben bn  fra fr \
    deu de  ukr uk  kat ka  ara ar  hin hi  jpn ja  heb he  yid yi  pol pl \
    amh am  jav jv  kor ko  nob nb  dan da  swe sv  fin fi  tur tr  nld nl \
    hun hu  ces cs  ell el  bul bg  bel be  mar mr  kan kn  ron ro  slv sl \
    hrv hr  srp sr  mkd mk  lit lt  lav lv  est et  tam ta  vie vi  urd ur \
    tha th  guj gu  uzb uz  pan pa  aze az  ind id  tel te  pes fa  mal ml \
    ori or  mya my  nep ne  sin si  khm km  tuk tk  aka ak  zul zu  sna sn \
    afr af  lat la  slk sk  cat ca  tgl tl  hye hy  cym cy";

/// ISO 639-1 code of a language of `whatlang`.
fn iso_639_1(lang: Lang) -> Option<&'static str> {
    let mut codes = CODES.split_ascii_whitespace();
    codes.find(|code| *code == lang.code())?;
    codes.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "Thousands of prisoners have been freed from the infamous jails of the country, and families are searching for those who are missing.";
    const ARABIC: &str = "أُطلق سراح آلاف السجناء من السجون في جميع أنحاء سوريا، وما زالت العائلات تبحث عن أبنائها المفقودين منذ سنوات طويلة.";

    #[test]
    fn every_language_has_a_code() {
        for lang in Lang::all() {
            assert!(iso_639_1(*lang).is_some_and(|code| code.len() == 2), "{lang:?}");
        }
    }

    #[test]
    fn languages() {
        for (text, declared, language_code) in [
            (ENGLISH, None, Some("en")),
            (ARABIC, None, Some("ar")),
            (
                "Des milliers de prisonniers ont été libérés des prisons syriennes, et les familles cherchent toujours leurs disparus.",
                None,
                Some("fr"),
            ),
            (ENGLISH, Some("en-GB"), Some("en")),
            (ENGLISH, Some("eng"), Some("en")),
            (ARABIC, Some("en-US"), Some("ar")),
            (ARABIC, Some("ar_SY"), Some("ar")),
            (ENGLISH, Some("x-default"), Some("en")),
            (ENGLISH, Some("gd"), Some("gd")),
            ("Freed.", Some("en"), Some("en")),
            ("Freed.", None, None),
            ("Freed.", Some("english"), None),
            ("", None, None),
        ] {
            assert_eq!(language(text, declared).as_deref(), language_code, "{declared:?} {text}");
        }
    }
}
