//! Which of its names an entity is shown by.

/// The name to show: the one with most parts, then the longest, then the first in order. A function
/// of the set of names, so that no order of documents matters.
pub(super) fn best<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names.max_by_key(|name| (name.split_whitespace().count().min(4), name.chars().count(), std::cmp::Reverse(*name)))
}

#[cfg(test)]
mod tests {
    use super::best;

    #[test]
    fn the_fullest_name_wins_in_any_order() {
        let names = ["Tatari", "Ragheed al-Tatari", "Ragheed Tatari"];
        assert_eq!(best(names.into_iter()), Some("Ragheed al-Tatari"));
        assert_eq!(best(names.into_iter().rev()), Some("Ragheed al-Tatari"));
        assert_eq!(best(std::iter::empty()), None);
    }
}
