//! Letters from left to right → letters in the order in which they are read.
//!
//! The reverse of what the Unicode bidirectional algorithm (UAX 9) does for one line, by its simplest cases: runs of
//! right-to-left letters, with numbers and Latin words inside of them.

/// How a unit is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Left,
    Right,
    Number,
    Neutral,
}

fn direction(unit: &str) -> Direction {
    let Some(letter) = unit.chars().next() else { return Direction::Neutral };
    match letter {
        '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => Direction::Number,
        '\u{60c}' | '\u{61b}' | '\u{61f}' => Direction::Neutral,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => Direction::Right,
        letter if letter.is_alphabetic() => Direction::Left,
        _ => Direction::Neutral,
    }
}

/// The text of units that stand from left to right, and whether it is read from right to left.
pub(super) fn logical(mut units: Vec<String>) -> (String, bool) {
    let count = |sought: Direction| units.iter().filter(|unit| direction(unit) == sought).count();
    let (right, left) = (count(Direction::Right), count(Direction::Left));
    if right == 0 {
        return (units.concat(), false);
    }
    let rtl = right >= left;
    if rtl {
        units.reverse();
        turn_runs(&mut units, &[Direction::Left, Direction::Number]);
        mend_brackets(&mut units);
    } else {
        for (start, end) in runs(&units, &[Direction::Right]) {
            units[start..end].reverse();
            turn_runs(&mut units[start..end], &[Direction::Left, Direction::Number]);
        }
    }
    (units.concat(), rtl)
}

fn turn_runs(units: &mut [String], directions: &[Direction]) {
    for (start, end) in runs(units, directions) {
        units[start..end].reverse();
    }
}

/// Stretches that begin and end with one of `directions`, with nothing but neutral units between.
fn runs(units: &[String], directions: &[Direction]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (index, unit) in units.iter().enumerate() {
        let found = direction(unit);
        // Numbers within right-to-left letters belong to the run.
        let inside = directions.contains(&found)
            || directions == [Direction::Right] && found == Direction::Number && open.is_some();
        if inside {
            open = Some((open.map_or(index, |(start, _)| start), index + 1));
        } else if found != Direction::Neutral {
            runs.extend(open.take());
        }
    }
    runs.extend(open);
    runs
}

/// Fonts name the shape of a bracket, and the shape is turned in text from right to left.
fn mend_brackets(units: &mut [String]) {
    let first = units.iter().find(|unit| matches!(unit.as_str(), "(" | ")" | "[" | "]" | "«" | "»"));
    if !first.is_some_and(|first| matches!(first.as_str(), ")" | "]" | "»")) {
        return;
    }
    for unit in units {
        let turned = match unit.as_str() {
            "(" => ")",
            ")" => "(",
            "[" => "]",
            "]" => "[",
            "«" => "»",
            "»" => "«",
            _ => continue,
        };
        turned.clone_into(unit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_as_they_are_read() {
        for (seen, read, rtl) in [
            ("plain (text) 12", "plain (text) 12", false),
            ("ايروس يف نجس", "سجن في سوريا", true),
            ("2013 ماع نجس", "سجن عام 2013", true),
            ("the word نجس here", "the word سجن here", false),
            ("Saydnaya يف قيتع نجس", "سجن عتيق في Saydnaya", true),
            (".(نجس) لاق", "قال (سجن).", true),
            ("they wrote ايروس يف نجس on it today", "they wrote سجن في سوريا on it today", false),
        ] {
            let units: Vec<String> = seen.chars().map(String::from).collect();
            assert_eq!(logical(units), (read.to_owned(), rtl), "{seen}");
        }
    }
}
