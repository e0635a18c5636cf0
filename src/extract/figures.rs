//! Figures: "136,614 people", "up to 13,000 Syrians", "more than two dozen facilities".

use super::clause::Clause;
use super::coreference::Resolved;
use super::lexicon::Lexicon;
use super::text::Text;
use super::time::TimeMention;
use crate::gazetteer::{Gazetteer, NameRole};
use crate::model::{Bound, EntityType, Figure, MentionForm, Modality, Sentence, TimeKind, WordShape};

/// Things that are counted and are no people.
const OTHER_UNITS: &[(&str, &str)] = &[
    ("photographs", "photograph"),
    ("photos", "photograph"),
    ("images", "image"),
    ("bodies", "body"),
    ("facilities", "facility"),
    ("prisons", "prison"),
    ("sites", "site"),
    ("deaths", "death"),
    ("executions", "execution"),
    ("arrests", "arrest"),
    ("cases", "case"),
    ("names", "name"),
    ("graves", "grave"),
];

/// A number read from words: value, upper value, bound, one past its last token.
struct Number {
    value: Option<i64>,
    upper: Option<i64>,
    bound: Bound,
    end: usize,
}

/// Finds figures that count people or things, in order of position.
pub(super) fn find(
    text: &Text<'_>,
    resolved: &Resolved,
    times: &[TimeMention],
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
) -> Vec<Figure> {
    let clause = Clause::new(text, &resolved.found, lexicon);
    let mut figures: Vec<Figure> = Vec::new();
    let mut dates = times.iter().peekable();
    for sentence in text.sentences() {
        let mut token = sentence.first;
        let mut whole: Option<usize> = None;
        let periods: Vec<&TimeMention> = periods_of(times, sentence);
        while token < sentence.end {
            let inside_name =
                clause.mention(token).is_some_and(|mention| resolved.found[mention].form == MentionForm::Name);
            while dates.next_if(|time: &&TimeMention| time.end <= token).is_some() {}
            let in_date = dates.peek().is_some_and(|time| time.first <= token);
            let Some(number) = (!inside_name && !in_date && !is_marker(text, token))
                .then(|| number(text, token, sentence.end))
                .flatten()
            else {
                token += 1;
                continue;
            };
            let (bound, value, upper) = bounded(text, token, sentence, &number);
            let Some(unit) = unit(text, number.end, sentence.end, gazetteer, lexicon) else {
                token = number.end;
                continue;
            };
            let part_of = whole.filter(|_| {
                after_including(text, token, sentence, figures.last().map_or(sentence.first, |_| sentence.first))
            });
            let hedged = (token.saturating_sub(40).max(sentence.first)..sentence.end.min(token + 40))
                .any(|at| lexicon.doubt.words.contains(text.lower(at)));
            let period =
                periods.iter().min_by_key(|time| time.first.abs_diff(token)).and_then(|near| near.time.interval);
            let place = place(&clause, resolved, number.end, sentence);
            figures.push(Figure {
                span: text.span(token, number.end),
                evidence: sentence.span,
                value,
                upper,
                bound,
                unit,
                part_of,
                event: None,
                place,
                period,
                attribution: Vec::new(),
                modality: if hedged { Modality::ReportedDoubtful } else { Modality::Actual },
                confidence: 0.8,
            });
            if part_of.is_none() {
                whole = Some(figures.len() - 1);
            }
            token = number.end;
        }
    }
    figures
}

/// The periods of a sentence; times stand in order of position.
fn periods_of<'m>(times: &'m [TimeMention], sentence: &Sentence) -> Vec<&'m TimeMention> {
    let first = times.partition_point(|time| time.first < sentence.first);
    let inside = times[first..].iter().take_while(|time| time.end <= sentence.end);
    inside.filter(|mention| mention.time.kind == TimeKind::Period).take(16).collect()
}

/// Whether a number marks an item or a part: "1/5 Families", "3. Prisoners", "Resolution 1267".
fn is_marker(text: &Text<'_>, token: usize) -> bool {
    let before = token.checked_sub(1);
    let opens = text.sentences().get(text.sentence_of(token)).is_some_and(|sentence| sentence.first == token);
    let part = matches!(text.word(token + 1), "/" | "%")
        || before.is_some_and(|at| matches!(text.word(at), "/" | "#" | "§" | "№"));
    let item =
        opens && text.shape(token) == WordShape::Number && matches!(text.word(token + 1), "." | ")" | ":" | "-" | "–");
    let numbered = before.is_some_and(|at| {
        text.is_capital(at)
            && text.shape(token) == WordShape::Number
            && matches!(
                text.lower(at),
                "no" | "resolution"
                    | "article"
                    | "committee"
                    | "branch"
                    | "section"
                    | "chapter"
                    | "page"
                    | "figure"
                    | "table"
                    | "part"
                    | "phase"
                    | "level"
                    | "unit"
                    | "flight"
                    | "number"
                    | "act"
            )
    });
    part || item || numbered
}

fn word_value(word: &str) -> Option<i64> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some(at) = ONES.iter().position(|ones| *ones == word) {
        return i64::try_from(at).ok();
    }
    TENS.iter().position(|tens| *tens == word).and_then(|at| i64::try_from(at * 10 + 20).ok())
}

/// Digits with thousands separators in their places: "136,614", never "1,2,3".
fn digits(word: &str) -> Option<i64> {
    if !word.contains(',') {
        return word.parse().ok();
    }
    let groups: Vec<&str> = word.split(',').collect();
    let regular = (1..=3).contains(&groups[0].len())
        && groups[1..].iter().all(|group| group.len() == 3)
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    regular.then(|| groups.concat().parse().ok()).flatten()
}

fn number(text: &Text<'_>, token: usize, end: usize) -> Option<Number> {
    let word = text.lower(token);
    // "tens of thousands", "hundreds of": a lower bound at most.
    let vague = match word {
        "dozens" => Some(24),
        "scores" => Some(40),
        "hundreds" => Some(200),
        "thousands" => Some(2000),
        "millions" => Some(2_000_000),
        "tens" if text.lower(token + 1) == "of" && text.lower(token + 2) == "thousands" => {
            return Some(Number { value: Some(20_000), upper: None, bound: Bound::Vague, end: token + 3 });
        }
        _ => None,
    };
    if vague.is_some() {
        let of_thousands = word == "hundreds" && text.lower(token + 1) == "of" && text.lower(token + 2) == "thousands";
        let (value, end) = if of_thousands { (Some(200_000), token + 3) } else { (vague, token + 1) };
        return Some(Number { value, upper: None, bound: Bound::Vague, end });
    }
    let mut at = token;
    let mut total: i64 = 0;
    let mut current: i64 = 0;
    while at < end {
        let word = text.lower(at);
        let value =
            if text.shape(at) == WordShape::Number { digits(word) } else { word.split('-').map(word_value).sum() };
        match (value, word) {
            (Some(value), _) if at == token || current % 100 == 0 || (current % 10 == 0 && value < 10) => {
                current = current.checked_add(value)?
            }
            (_, "hundred") if at > token => current = current.max(1).checked_mul(100)?,
            (_, "thousand") if at > token => {
                total = total.checked_add(current.max(1).checked_mul(1000)?)?;
                current = 0;
            }
            (_, "million") if at > token => {
                total = total.checked_add(current.max(1).checked_mul(1_000_000)?)?;
                current = 0;
            }
            (_, "dozen") if at > token => current = current.max(1).checked_mul(12)?,
            (_, "and") if at > token && text.lower(at - 1) == "hundred" && word_value(text.lower(at + 1)).is_some() => {
            }
            _ => break,
        }
        at += 1;
    }
    if at == token {
        return None;
    }
    let value = total.checked_add(current)?;
    // "one" and "two" before a noun are determiners more often than figures.
    if text.shape(token) != WordShape::Number && at == token + 1 && value < 3 {
        return None;
    }
    let mut number = Number { value: Some(value), upper: None, bound: Bound::Exact, end: at };
    // "5,000 to 13,000", "5,000-13,000", "between 5,000 and 13,000"
    let joint = text.lower(at);
    let between = joint == "and" && token > 0 && text.lower(token - 1) == "between";
    if (matches!(joint, "to" | "-" | "–") || between)
        && let Some(upper) = (text.shape(at + 1) == WordShape::Number && at + 1 < end)
            .then(|| digits(text.word(at + 1)))
            .flatten()
            .filter(|upper| *upper > value)
    {
        number.upper = Some(upper);
        number.bound = Bound::Range;
        number.end = at + 2;
    }
    Some(number)
}

/// The bound that the words before a number set.
fn bounded(text: &Text<'_>, token: usize, sentence: &Sentence, number: &Number) -> (Bound, Option<i64>, Option<i64>) {
    if number.bound != Bound::Exact {
        return (number.bound, number.value, number.upper);
    }
    let before =
        |back: usize| token.checked_sub(back).filter(|at| *at >= sentence.first).map_or("", |at| text.lower(at));
    let bound = match (before(2), before(1)) {
        ("up", "to") | ("as", "many") | ("at", "most") | ("no", "more") | ("fewer", "than") | ("less", "than") => {
            Bound::AtMost
        }
        ("more", "than") | ("at", "least") | ("no", "fewer") => Bound::AtLeast,
        (_, "over") => Bound::AtLeast,
        (_, "about" | "around" | "some" | "nearly" | "almost" | "approximately" | "roughly") => Bound::About,
        _ => Bound::Exact,
    };
    match bound {
        Bound::AtMost => (bound, number.value, None),
        _ => (bound, number.value, number.upper),
    }
}

/// What the number counts: the noun that follows within a few words.
fn unit(text: &Text<'_>, from: usize, end: usize, gazetteer: &Gazetteer, lexicon: &Lexicon) -> Option<String> {
    for at in from..end.min(from + 5) {
        let word = text.lower(at);
        // "136,614 people", "dozens of women detainees": the head is the last noun of the phrase.
        let next_is_head = lexicon.is_plural_person(text.lower(at + 1));
        if let Some(unit) =
            lexicon.person.plural.get(word).or_else(|| lexicon.person.collective.get(word)).filter(|_| !next_is_head)
        {
            return Some(unit.clone());
        }
        if let Some((_, unit)) = OTHER_UNITS.iter().find(|(plural, _)| *plural == word) {
            return Some((*unit).to_owned());
        }
        let demonym = text.is_capital(at)
            && gazetteer.lookup_folded(text.folded(at)).iter().any(|hit| hit.role == NameRole::Demonym);
        if demonym && !lexicon.is_plural_person(text.lower(at + 1)) && word.ends_with('s') {
            return Some("person".to_owned());
        }
        let stops = text.shape(at) == WordShape::Punctuation
            || matches!(
                word,
                "and"
                    | "in"
                    | "from"
                    | "years"
                    | "months"
                    | "days"
                    | "weeks"
                    | "hours"
                    | "to"
                    | "percent"
                    | "per"
                    | "dollars"
            );
        if stops {
            // "put the number of people detained at 136,614": the noun stands before.
            return before(text, from, lexicon);
        }
    }
    before(text, from, lexicon)
}

/// "the number of people detained … at 136,614", "the number of detainees … amounted to 136,614".
fn before(text: &Text<'_>, from: usize, lexicon: &Lexicon) -> Option<String> {
    let sentence = &text.sentences()[text.sentence_of(from.saturating_sub(1))];
    let number_of =
        (sentence.first..from).rev().take(30).find(|&at| text.lower(at) == "number" && text.lower(at + 1) == "of")?;
    (number_of + 2..from.min(number_of + 6)).find_map(|at| lexicon.person.plural.get(text.lower(at)).cloned())
}

fn after_including(text: &Text<'_>, token: usize, sentence: &Sentence, floor: usize) -> bool {
    (floor.max(sentence.first)..token).rev().take(12).any(|at| matches!(text.lower(at), "including" | "among"))
        || (token.saturating_sub(3)..token).any(|at| text.lower(at) == "whom")
}

/// A place that stands right after what is counted: "detainees in Syrian prisons", "freed from Saydnaya".
fn place(clause: &Clause<'_, '_>, resolved: &Resolved, from: usize, sentence: &Sentence) -> Option<usize> {
    const PLACES: &[EntityType] = &[EntityType::Facility, EntityType::City, EntityType::Region, EntityType::Country];
    ["in", "at", "from", "inside"]
        .iter()
        .filter_map(|preposition| clause.after(preposition, from, sentence, PLACES))
        .min()
        .and_then(|mention| resolved.mentions[mention].entity)
        .filter(|&entity| resolved.entities[entity].named)
}
