//! Literals: what is well formed, and which comes first.

use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNodeRef};

const INTEGERS: &[NamedNodeRef<'_>] = &[
    xsd::INTEGER,
    xsd::NON_NEGATIVE_INTEGER,
    xsd::POSITIVE_INTEGER,
    xsd::NON_POSITIVE_INTEGER,
    xsd::NEGATIVE_INTEGER,
    xsd::LONG,
    xsd::INT,
    xsd::SHORT,
    xsd::BYTE,
    xsd::UNSIGNED_LONG,
    xsd::UNSIGNED_INT,
    xsd::UNSIGNED_SHORT,
    xsd::UNSIGNED_BYTE,
];

/// Whether a literal's text is one of its datatype; true of types that are not known.
pub(super) fn is_well_formed(literal: &Literal) -> bool {
    let (value, datatype) = (literal.value(), literal.datatype());
    let digits = value.trim_start_matches(['+', '-']);
    if INTEGERS.contains(&datatype) {
        let negative = value.starts_with('-') && !digits.trim_start_matches('0').is_empty();
        let zero = digits.trim_start_matches('0').is_empty();
        let sign = match datatype {
            xsd::NON_NEGATIVE_INTEGER
            | xsd::UNSIGNED_LONG
            | xsd::UNSIGNED_INT
            | xsd::UNSIGNED_SHORT
            | xsd::UNSIGNED_BYTE => !negative,
            xsd::POSITIVE_INTEGER => !negative && !zero,
            xsd::NON_POSITIVE_INTEGER => negative || zero,
            xsd::NEGATIVE_INTEGER => negative,
            _ => true,
        };
        return sign
            && !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && value.len() <= digits.len() + 1;
    }
    match datatype {
        xsd::BOOLEAN => matches!(value, "true" | "false" | "0" | "1"),
        xsd::DECIMAL => {
            !digits.is_empty()
                && value.len() <= digits.len() + 1
                && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
                && digits.bytes().filter(|byte| *byte == b'.').count() <= 1
                && digits != "."
        }
        xsd::DOUBLE | xsd::FLOAT => matches!(value, "INF" | "-INF" | "NaN") || number(value).is_some(),
        xsd::DATE => day(value).is_some(),
        xsd::DATE_TIME => moment(value).is_some(),
        _ => true,
    }
}

fn number(value: &str) -> Option<f64> {
    value.parse::<f64>().ok().filter(|_| !value.to_ascii_lowercase().contains(['i', 'n']))
}

fn day(value: &str) -> Option<Date> {
    // A date may have a zone, which says nothing to an order of days.
    let end = value.char_indices().nth(10).map_or(value.len(), |(at, _)| at);
    let (date, zone) = value.split_at(end);
    let zoned = zone.is_empty() || zone == "Z" || (zone.len() == 6 && zone.starts_with(['+', '-']));
    date.parse().ok().filter(|_| zoned)
}

fn moment(value: &str) -> Option<Timestamp> {
    if value.as_bytes().get(10) != Some(&b'T') {
        return None;
    }
    let zoned = value.parse::<Timestamp>().ok();
    zoned.or_else(|| {
        value.parse::<DateTime>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    })
}

fn is_number(literal: &Literal) -> bool {
    INTEGERS.contains(&literal.datatype()) || matches!(literal.datatype(), xsd::DECIMAL | xsd::DOUBLE | xsd::FLOAT)
}

/// Which of two literals comes first; none where they cannot be compared.
pub(super) fn compare(one: &Literal, other: &Literal) -> Option<Ordering> {
    let (left, right) = (one.value(), other.value());
    if is_number(one) && is_number(other) {
        if let (Ok(left), Ok(right)) = (left.parse::<i128>(), right.parse::<i128>()) {
            return Some(left.cmp(&right));
        }
        return number(left)?.partial_cmp(&number(right)?);
    }
    if one.datatype() != other.datatype() {
        return None;
    }
    match one.datatype() {
        xsd::DATE => Some(day(left)?.cmp(&day(right)?)),
        xsd::DATE_TIME => Some(moment(left)?.cmp(&moment(right)?)),
        xsd::STRING => Some(left.cmp(right)),
        xsd::BOOLEAN => Some(matches!(left, "true" | "1").cmp(&matches!(right, "true" | "1"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(value: &str, datatype: NamedNodeRef<'_>) -> Literal {
        Literal::new_typed_literal(value, datatype)
    }

    #[test]
    fn texts_of_a_datatype() {
        for (value, datatype, well) in [
            ("12", xsd::INTEGER, true),
            ("+12", xsd::INTEGER, true),
            ("--12", xsd::INTEGER, false),
            ("", xsd::INTEGER, false),
            ("twelve", xsd::INTEGER, false),
            ("-1", xsd::NON_NEGATIVE_INTEGER, false),
            ("-0", xsd::NON_NEGATIVE_INTEGER, true),
            ("0.50", xsd::DECIMAL, true),
            ("1e3", xsd::DECIMAL, false),
            (".", xsd::DECIMAL, false),
            ("1e3", xsd::DOUBLE, true),
            ("inf", xsd::DOUBLE, false),
            ("2024-12-08", xsd::DATE, true),
            ("2024-12-08Z", xsd::DATE, true),
            ("2024-13-08", xsd::DATE, false),
            ("٢٠٢٤-١٢-٠٨", xsd::DATE, false),
            ("2024-12-08T10:00:00Z", xsd::DATE_TIME, true),
            ("2024-12-08", xsd::DATE_TIME, false),
            ("anything", xsd::STRING, true),
        ] {
            assert_eq!(is_well_formed(&literal(value, datatype)), well, "{value} as {datatype}");
        }
    }

    #[test]
    fn what_comes_first() {
        let compared = |one: &Literal, other: &Literal| compare(one, other);
        assert_eq!(compared(&literal("9", xsd::INTEGER), &literal("10.5", xsd::DECIMAL)), Some(Ordering::Less));
        assert_eq!(
            compared(&literal("2024-12-08", xsd::DATE), &literal("2024-11-30", xsd::DATE)),
            Some(Ordering::Greater)
        );
        assert_eq!(compared(&literal("9", xsd::INTEGER), &literal("9", xsd::STRING)), None);
        assert_eq!(compared(&literal("x", xsd::INTEGER), &literal("9", xsd::INTEGER)), None);
    }
}
