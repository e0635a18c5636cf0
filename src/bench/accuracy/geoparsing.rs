//! Places in news in the XML of Gritta et al. 2018 and 2020: `article` elements with a `text`, and the names of places
//! in it with their coordinates: `location` (GeoVirus) or `toponym` (TR-News, LGL).
//!
//! Offsets count code points, from 1 in GeoVirus and from 0 elsewhere, and in some articles of TR-News they are off by
//! a few words: where the name does not stand at its offset, its nearest occurrence is taken. A name that stands
//! nowhere near is left out. Adjectives ("Norlandic") are marked as places, too; for a whole reading they are
//! peoples, so that it misses them.

use std::path::Path;

use super::toponyms::Toponym;
use super::xml::{self, Element};
use super::{AccuracyError, GoldDocument, files};
use crate::model::{CodePoints, Point, Span};

const EXPECTED: &str = "an `article` has a `text`, and `location` elements with `name`, `start`, `lat` and `lon`, or \
                        `toponym` elements with `phrase` and `start`, and `lat` and `lon` inside `gaztag`";

/// Bytes that an offset may be off.
const REACH: usize = 500;

pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    let mut documents = Vec::new();
    for path in files::within(folder, |path| files::has_extension(path, "xml"))? {
        let root = xml::file(&path)?;
        for (index, article) in root.all("article").enumerate() {
            let number = article.attribute("docid").map_or_else(|| (index + 1).to_string(), str::to_owned);
            documents.push(document(&path, format!("{}#{number}", files::stem(&path)), article)?);
        }
    }
    Ok(documents)
}

fn document(path: &Path, name: String, article: &Element) -> Result<GoldDocument, AccuracyError> {
    let missing = |element: &Element, what: &str| {
        AccuracyError::line(path, element.line, format!("`{}` has no {what}", element.name), EXPECTED)
    };
    let text = &article.all("text").next().ok_or_else(|| missing(article, "`text`"))?.text;
    let points = CodePoints::new(text);
    let mut toponyms = Vec::new();
    // Here and there one stands inside another by mistake.
    for marked in article.inside(&["location", "toponym"]) {
        let field = |name: &'static str| {
            let text = |element: &Element| element.all(name).next().map(|field| field.text.trim().to_owned());
            text(marked).or_else(|| marked.all("gaztag").find_map(text)).filter(|text| !text.is_empty())
        };
        let words = if marked.name == "toponym" { field("phrase") } else { field("name") };
        let words = words.ok_or_else(|| missing(marked, "name or phrase"))?;
        let start = field("start").and_then(|start| start.parse::<usize>().ok());
        let start = start.ok_or_else(|| missing(marked, "`start` that is a number"))?;
        let point = match (field("lat"), field("lon")) {
            (Some(latitude), Some(longitude)) => match (latitude.parse(), longitude.parse()) {
                (Ok(latitude), Ok(longitude)) => Some(Point { latitude, longitude }),
                _ => return Err(missing(marked, "`lat` and `lon` that are numbers")),
            },
            _ => None,
        };
        if let Some(span) = place(text, &points, start, &words) {
            toponyms.push(Toponym { spans: vec![span], point });
        }
    }
    Ok(GoldDocument { toponyms, ..GoldDocument::new(name, text, Vec::new()) })
}

/// Where `words` stand at code point `start`, counted from 0 or 1, or else the nearest to it.
fn place(text: &str, points: &CodePoints<'_>, start: usize, words: &str) -> Option<Span> {
    let counted = [Some(start), start.checked_sub(1)].into_iter().flatten();
    let exact = counted.filter_map(|start| points.to_byte(start)).find(|at| text[*at..].starts_with(words));
    let at = exact.or_else(|| {
        let wanted = points.to_byte(start).unwrap_or(text.len());
        let occurrences = text.match_indices(words).map(|(at, _)| at).filter(|at| at.abs_diff(wanted) <= REACH);
        occurrences.min_by_key(|at| at.abs_diff(wanted))
    })?;
    Some(Span::new(at, at + words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_from_zero_or_one_and_may_be_off() {
        let text = "In Ḥama and Homs, then Ḥama.";
        let points = CodePoints::new(text);
        let found = |start, words| place(text, &points, start, words).map(|span| span.start);
        assert_eq!(found(3, "Ḥama"), Some(3));
        assert_eq!(found(4, "Ḥama"), Some(3), "counted from 1");
        assert_eq!(found(12, "Homs"), Some(14));
        assert_eq!(found(20, "Ḥama"), Some(25), "the nearest");
        assert_eq!(found(99, "Ḥama"), Some(25), "past the end");
        assert_eq!(found(3, "Idlib"), None);
        let far = format!("{}Homs", " ".repeat(REACH + 1));
        assert_eq!(place(&far, &CodePoints::new(&far), 0, "Homs"), None);
    }
}
