//! Dates in digits alone: "2024-12-08", "27/11/2024", "27.11.2024", "2015-3", "2011-16".

use jiff::civil::Date;

use super::dates::century_of;
use super::grammar::{Grammar, Parse};
use super::meaning::Meaning;
use super::pieces::Form;

/// Years of the longest stretch that "2011-16" is taken for.
const LONGEST: i16 = 15;

impl Grammar<'_> {
    /// A date in digits alone.
    pub(super) fn numeric(&self, at: usize, loose: bool) -> Parse {
        let weekday = self.weekday_word(at).map(|(end, _)| self.past(end, &[","]));
        let start = weekday.unwrap_or(at);
        if self.form(start) != Some(Form::Digits) {
            return None;
        }
        self.in_one_piece(start)
            .or_else(|| self.three_numbers(start))
            .or_else(|| self.year_and_short_number(start))
            .or_else(|| self.two_numbers(start, loose || weekday.is_some()))
    }

    /// "20241208", "27.11.2024".
    fn in_one_piece(&self, at: usize) -> Parse {
        let key = self.key(at);
        let numbers: Vec<&str> = match key.len() {
            8 if key.bytes().all(|byte| byte.is_ascii_digit()) => vec![&key[..4], &key[4..6], &key[6..]],
            _ => key.split('.').collect(),
        };
        let [first, second, third] = numbers[..] else { return None };
        let found = of_three(first, second, third)?;
        // Eight digits are more often some other number.
        let modern = matches!(found, Meaning::Calendar { year: Some(year), .. } if (1900..=2100).contains(&year));
        (modern || key.contains('.') && found != Meaning::Nothing).then_some((at + 1, found))
    }

    /// "2024-12-08", "27/11/2024", "5/3/18".
    fn three_numbers(&self, at: usize) -> Parse {
        let mark = self.key(at + 1);
        let joined =
            matches!(mark, "-" | "/" | "‑") && mark == self.key(at + 3) && (1..5).all(|next| self.is_glued(at + next));
        let digits = [at, at + 2, at + 4].iter().all(|&at| self.form(at) == Some(Form::Digits));
        if !joined || !digits || self.key(at + 5) == mark && self.is_glued(at + 5) && mark == "/" {
            return None;
        }
        of_three(self.key(at), self.key(at + 2), self.key(at + 4)).map(|found| (at + 5, found))
    }

    /// "2015-03" is a month; "2011-16" and "2013/14" are years.
    fn year_and_short_number(&self, at: usize) -> Parse {
        let (_, year) = self.year_digits(at).filter(|_| {
            matches!(self.key(at + 1), "-" | "/" | "–") && self.is_glued(at + 1) && self.is_glued(at + 2)
        })?;
        let short = self.key(at + 2);
        let number: i16 = short
            .parse()
            .ok()
            .filter(|_| short.len() <= 2 && self.form(at + 2) == Some(Form::Digits) && self.is_closed(at + 3))?;
        let century = year - year.rem_euclid(100);
        let later = number - (year - century);
        if short.len() == 2 && (1..=LONGEST).contains(&later) && !short.starts_with('0') {
            let whole = |year| Box::new(Meaning::Years { first: year, count: 1, stated: true });
            return Some((at + 3, Meaning::Range(whole(year), whole(century + number))));
        }
        let month = i8::try_from(number).ok().filter(|month| (1..=12).contains(month) && self.key(at + 1) != "–")?;
        Some((at + 3, Meaning::Calendar { year: Some(year), month, days: None, weekday: None }))
    }

    /// "27/11", where words around say that it is a date and no fraction.
    fn two_numbers(&self, at: usize, loose: bool) -> Parse {
        let prepared = loose
            || matches!(self.before(at), "on" | "from" | "by" | "until" | "since" | "between" | "before" | "after");
        let joined = self.key(at + 1) == "/" && self.is_glued(at + 1) && self.is_glued(at + 2);
        let joined = joined && (self.is_closed(at + 3) || self.is_hyphen(at + 3));
        if !prepared || !joined || self.form(at + 2) != Some(Form::Digits) || self.key(at + 3) == "of" {
            return None;
        }
        let (first, second) = (number(self.key(at))?, number(self.key(at + 2))?);
        either_order(first, second, None).map(|found| (at + 3, found))
    }
}

/// A day or month of one or two digits.
fn number(key: &str) -> Option<i8> {
    key.parse().ok().filter(|_| key.len() <= 2)
}

/// Year, month and day, or day, month and year.
fn of_three(first: &str, second: &str, third: &str) -> Option<Meaning> {
    if first.len() == 4 {
        let (year, month, day) = (first.parse().ok()?, number(second)?, number(third)?);
        let exists = Date::new(year, month, day).is_ok();
        let date = Meaning::Calendar { year: Some(year), month, days: Some((day, day)), weekday: None };
        return Some(if exists { date } else { Meaning::Nothing });
    }
    let year: i16 = third.parse().ok()?;
    let year = match third.len() {
        4 => year,
        2 => century_of(year),
        _ => return None,
    };
    either_order(number(first)?, number(second)?, Some(year))
}

/// Day and month in some order, if there is one in which the day exists.
fn either_order(first: i8, second: i8, year: Option<i16>) -> Option<Meaning> {
    let exists = |month: i8, day: i8| Date::new(year.unwrap_or(2024), month, day).is_ok();
    (exists(second, first) || exists(first, second)).then_some(Meaning::EitherOrder { first, second, year })
}
