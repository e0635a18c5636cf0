//! Places of events in Syria as the UCDP Georeferenced Event Dataset writes them, a line each with coordinates.
//!
//! Each becomes a tiny document, "Dayr Rav town, Syria": the country is known, and nothing else. The name is given,
//! and its place is chosen as in any document. As the dataset adds the class of a place in small
//! letters ("town", "gas field") and gives further names after `/` and in brackets, the name may be the whole of it, or
//! one of these names with or without its class; the first of them that has a place counts.

use std::path::Path;

use super::toponyms::Toponym;
use super::{AccuracyError, GoldDocument, files};
use crate::model::{Point, Span};

const EXPECTED: &str = "the first line names the columns `where_coordinates`, `latitude` and `longitude`, among others, \
                        and no field holds a comma";

pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>, AccuracyError> {
    let mut documents = Vec::new();
    for path in files::within(folder, |path| files::has_extension(path, "csv"))? {
        read_file(&path, &mut documents)?;
    }
    Ok(documents)
}

fn read_file(path: &Path, documents: &mut Vec<GoldDocument>) -> Result<(), AccuracyError> {
    let content = files::content(path)?;
    let mut lines = content.lines().enumerate();
    let header: Vec<&str> = lines.next().map(|(_, line)| line.split(',').map(str::trim).collect()).unwrap_or_default();
    let column = |name: &str| {
        let missing = || AccuracyError::line(path, 1, format!("there is no column `{name}`"), EXPECTED);
        header.iter().position(|column| *column == name).ok_or_else(missing)
    };
    let columns = [column("where_coordinates")?, column("latitude")?, column("longitude")?];
    for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let malformed = |problem: &str| AccuracyError::line(path, index + 1, problem, EXPECTED);
        let fields: Vec<&str> = line.split(',').map(str::trim).collect();
        if fields.len() != header.len() {
            return Err(malformed("there are not as many fields as columns"));
        }
        let [place, latitude, longitude] = columns.map(|column| fields[column]);
        let point = match (latitude.parse(), longitude.parse()) {
            (Ok(latitude), Ok(longitude)) => Some(Point { latitude, longitude }),
            _ => return Err(malformed("latitude and longitude are no numbers")),
        };
        if place.is_empty() {
            return Err(malformed("there is no place"));
        }
        let name = format!("{}#{}", files::stem(path), index + 1);
        let toponyms = vec![Toponym { spans: names(place), point }];
        documents.push(GoldDocument { toponyms, ..GoldDocument::new(name, format!("{place}, Syria"), Vec::new()) });
    }
    Ok(())
}

/// Where in the place's words its names stand, the likeliest first.
fn names(place: &str) -> Vec<Span> {
    let whole = Span::new(0, place.len());
    let mut spans = vec![whole];
    let mut start = 0;
    for part in place.split_inclusive(['/', '(', ')']) {
        let words = part.trim_end_matches(['/', '(', ')']);
        let first = start + (words.len() - words.trim_start().len());
        for words in [words.trim(), unclassed(words.trim())] {
            let span = Span::new(first, first + words.len());
            if !span.is_empty() && !spans.contains(&span) {
                spans.push(span);
            }
        }
        start += part.len();
    }
    spans
}

/// The words without those in small letters at the end.
fn unclassed(mut words: &str) -> &str {
    while let Some((rest, _)) = words.rsplit_once(' ').filter(|(_, last)| last.starts_with(char::is_lowercase)) {
        words = rest.trim_end();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_several_names() {
        let told = |place: &'static str| -> Vec<&str> { names(place).iter().map(|span| span.slice(place)).collect() };
        assert_eq!(told("Ravenholm"), ["Ravenholm"]);
        assert_eq!(told("Rav gas field"), ["Rav gas field", "Rav"]);
        assert_eq!(told("Rav / Holm village"), ["Rav / Holm village", "Rav", "Holm village", "Holm"]);
        assert_eq!(told("Rav town (Holm)"), ["Rav town (Holm)", "Rav town", "Rav", "Holm"]);
        assert_eq!(told("Deir ez Rav town"), ["Deir ez Rav town", "Deir ez Rav"]);
    }
}
