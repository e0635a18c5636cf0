//! Which of the formats on offer suits a client, by its `Accept`.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

/// More media ranges than any client has.
const RANGES: usize = 100;

/// The media ranges of a request.
#[derive(Debug, Clone)]
pub(super) struct Accept(Vec<Range>);

#[derive(Debug, Clone)]
struct Range {
    kind: String,
    subtype: String,
    /// In thousandths.
    quality: u16,
}

impl Accept {
    /// Reads the `Accept` of a request. Without one, or with one that has no media range in it, everything suits.
    pub fn of(headers: &HeaderMap) -> Self {
        let values = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
        let mut ranges: Vec<Range> = values.flat_map(|value| value.split(',')).take(RANGES).filter_map(range).collect();
        if ranges.is_empty() {
            ranges.push(Range { kind: "*".to_owned(), subtype: "*".to_owned(), quality: 1000 });
        }
        Self(ranges)
    }

    /// The best of `offers`, those of one quality in the order of how exactly they are named, then in theirs; none if
    /// nothing suits.
    pub fn best<'a, T>(&self, offers: &'a [T], media: impl Fn(&T) -> &str) -> Option<&'a T> {
        let mut best: Option<((u16, u8), &T)> = None;
        for offer in offers {
            let rank = self.rank(media(offer));
            if rank.0 > 0 && best.is_none_or(|(known, _)| rank > known) {
                best = Some((rank, offer));
            }
        }
        best.map(|(_, offer)| offer)
    }

    /// The quality of a media type, and how exactly it is named: what is named most exactly says the quality.
    fn rank(&self, media: &str) -> (u16, u8) {
        let (kind, subtype) = media.split_once('/').unwrap_or((media, ""));
        let exactness = |range: &Range| match (range.kind == "*", range.subtype == "*") {
            (true, true) => Some(0),
            (false, true) if range.kind == kind => Some(1),
            (false, false) if range.kind == kind && range.subtype == subtype => Some(2),
            _ => None,
        };
        let fitting = self.0.iter().filter_map(|range| Some((exactness(range)?, range.quality)));
        fitting.max().map_or((0, 0), |(exactness, quality)| (quality, exactness))
    }
}

fn range(text: &str) -> Option<Range> {
    let mut parts = text.split(';');
    let (kind, subtype) = parts.next()?.trim().split_once('/')?;
    if kind.is_empty() || subtype.is_empty() || (kind == "*" && subtype != "*") {
        return None;
    }
    let quality = parts
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
        .map_or(Some(1000), |(_, value)| quality(value.trim()))?;
    Some(Range { kind: kind.to_ascii_lowercase(), subtype: subtype.to_ascii_lowercase(), quality })
}

/// A quality between 0 and 1, in thousandths.
fn quality(text: &str) -> Option<u16> {
    let value: f32 = text.parse().ok()?;
    (0.0..=1.0).contains(&value).then(|| (value * 1000.0).round() as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERS: &[&str] = &["application/json", "application/xml", "text/csv", "text/plain"];

    fn best(accept: &[&str]) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        for value in accept {
            headers.append(ACCEPT, value.parse().expect("a value"));
        }
        Accept::of(&headers).best(OFFERS, |offer| offer).copied()
    }

    #[test]
    fn quality_then_exactness_then_our_order() {
        for (accept, expected) in [
            (&[][..], Some("application/json")),
            (&["*/*"], Some("application/json")),
            (&["text/*"], Some("text/csv")),
            (&["text/plain, text/csv"], Some("text/csv")),
            (&["*/*, text/plain"], Some("text/plain")),
            (&["text/csv;q=0.5, application/xml;q=0.6"], Some("application/xml")),
            (&["text/csv;q=0.5", "application/xml;q=0.4"], Some("text/csv")),
            (&["application/json;q=0, */*;q=0.1"], Some("application/xml")),
            (&["text/*;q=0.9, text/csv;q=0.1"], Some("text/plain")),
            (&["TEXT/CSV ; charset=utf-8 ; Q=1"], Some("text/csv")),
            (&["image/png"], None),
            (&["application/json;q=0"], None),
            // What is no media range says nothing.
            (&["nonsense"], Some("application/json")),
            (&["nonsense, text/csv"], Some("text/csv")),
            (&["text/csv;q=7, application/xml"], Some("application/xml")),
            (&["*/csv"], Some("application/json")),
        ] {
            assert_eq!(best(accept), expected, "{accept:?}");
        }
    }
}
