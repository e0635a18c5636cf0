//! The attack on somebody that an article reports: who suffered what, by what kind of perpetrator, where and when.
//!
//! Scored as by Ran et al. ("A New Task and Dataset on Detecting Attacks on Human Rights Defenders", Findings of ACL
//! 2023) and their program. Of victims the names count: exactly, or one inside the other ("fuzzy"), where a name
//! inside another that was found is left out. Of violations each counts; where none was found the answer is
//! "unknown". The rest are accuracies over all articles. An article for which annotators gave no answer counts
//! there as one that nobody can answer, as it does in the publishers' program: so the figures can be
//! held against theirs, and 100% cannot be reached. What a reader answers where annotators did, and where not, is said by
//! precision and recall ("answered").
//!
//! Countries count as written, and as the same country however it is written ("USA", "United States").
//! Cities and regions count in any capitals and accents.
//!
//! How the attack comes of what a reader found is said in `report`.

mod report;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::systems::Findings;
use super::{Figures, GoldDocument, Marked, Mistake, MistakeKind, Score, Subject};
use crate::gazetteer::Gazetteer;
use crate::model::{EntityType, Span};
use crate::text::fold;

/// What an article says of an attack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Attack {
    /// Names.
    pub victims: Vec<String>,
    pub violations: BTreeSet<String>,
    /// Type of perpetrator.
    pub perpetrator: Option<String>,
    pub year: Option<i16>,
    /// From 1 to 12.
    pub month: Option<i16>,
    pub day: Option<i16>,
    pub city: Option<String>,
    pub region: Option<String>,
    pub country: Option<String>,
}

impl Attack {
    /// What stands for no violation.
    pub const UNKNOWN: &str = "unknown";
}

/// What is asked about an attack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Names of victims.
    Victims,
    /// Names of victims, one of which may be part of the other.
    VictimsFuzzy,
    /// What was done to them.
    Violations,
    /// One answer for each article.
    One(Fact),
    /// The same, as precision and recall of what is answered.
    Answered(Fact),
}

/// A question with one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// Of which type the perpetrator is.
    Perpetrator,
    /// The country as annotators write it.
    CountryAsWritten,
    /// The country, however it is written.
    Country,
    /// The region.
    Region,
    /// The city.
    City,
    /// The year.
    Year,
    /// The month.
    Month,
    /// The day of the month.
    Day,
}

impl Fact {
    /// Every question.
    pub const ALL: [Self; 8] = [
        Self::Perpetrator,
        Self::CountryAsWritten,
        Self::Country,
        Self::Region,
        Self::City,
        Self::Year,
        Self::Month,
        Self::Day,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Perpetrator => "perpetrator type",
            Self::CountryAsWritten => "country as written",
            Self::Country => "country",
            Self::Region => "region",
            Self::City => "city",
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
        }
    }

    /// What an attack says, as it is compared.
    fn of(self, attack: &Attack) -> Option<String> {
        match self {
            Self::Perpetrator => attack.perpetrator.clone(),
            Self::CountryAsWritten => attack.country.clone(),
            Self::Country => attack.country.as_deref().map(country),
            Self::Region => attack.region.as_deref().map(fold),
            Self::City => attack.city.as_deref().map(fold),
            Self::Year => attack.year.map(|year| year.to_string()),
            Self::Month => attack.month.map(|month| month.to_string()),
            Self::Day => attack.day.map(|day| day.to_string()),
        }
    }
}

impl std::fmt::Display for Question {
    /// The name used in results.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Victims => f.write_str("victim F1 exact"),
            Self::VictimsFuzzy => f.write_str("victim F1 fuzzy"),
            Self::Violations => f.write_str("violation F1"),
            Self::One(fact) => f.write_str(fact.as_str()),
            Self::Answered(fact) => write!(f, "{} answered", fact.as_str()),
        }
    }
}

/// The code of a country by any of its names; the name folded where it is unknown.
fn country(name: &str) -> String {
    let hits = Gazetteer::embedded().lookup(name);
    let known = hits.into_iter().find(|hit| hit.entry.kind == EntityType::Country);
    known.and_then(|hit| hit.entry.country).unwrap_or_else(|| fold(name))
}

/// What a question comes to; none if no document has an attack or the system reads no events.
pub(super) fn figures(documents: &[GoldDocument], findings: &[Findings], question: Question) -> Option<Figures> {
    let mut score = Score::default();
    let mut articles = 0;
    for (document, findings) in documents.iter().zip(findings) {
        let Some(gold) = &document.attack else { continue };
        articles += 1;
        let found = report::attack(&findings.whole.as_ref()?.annotations);
        let counted = compared(gold, &found, question);
        score.gold += counted.gold;
        score.predicted += counted.predicted;
        score.correct += counted.correct;
    }
    (articles > 0).then_some(match question {
        Question::One(_) => Figures::Accuracy { gold: articles, correct: score.correct },
        _ => Figures::Counts(score),
    })
}

fn compared(gold: &Attack, found: &Attack, question: Question) -> Score {
    match question {
        Question::Victims | Question::VictimsFuzzy => {
            let right = |name: &&String| gold.victims.iter().any(|wanted| is_victim(wanted, name, question));
            Score {
                gold: gold.victims.len(),
                predicted: found.victims.len(),
                correct: found.victims.iter().filter(right).count(),
            }
        }
        Question::Violations => Score {
            gold: gold.violations.len(),
            predicted: found.violations.len(),
            correct: gold.violations.intersection(&found.violations).count(),
        },
        Question::One(fact) | Question::Answered(fact) => {
            let (gold, found) = (fact.of(gold), fact.of(found));
            Score {
                gold: usize::from(gold.is_some()),
                predicted: usize::from(found.is_some()),
                correct: usize::from(gold.is_some() && gold == found),
            }
        }
    }
}

fn is_victim(gold: &str, found: &str, question: Question) -> bool {
    gold == found || question == Question::VictimsFuzzy && (gold.contains(found) || found.contains(gold))
}

/// Answers that are wrong, missing or given where annotators have none.
pub(super) fn mistakes(documents: &[GoldDocument], findings: &[Findings]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (index, (document, findings)) in documents.iter().zip(findings).enumerate() {
        let (Some(gold), Some(whole)) = (&document.attack, &findings.whole) else { continue };
        let found = report::attack(&whole.annotations);
        // Answers stand nowhere in the text; names are shown where they do.
        let marked = |question: &str, answer: &str| {
            let span = document.text.find(answer).map_or(Span::new(0, 0), |at| Span::new(at, at + answer.len()));
            Marked { span, label: format!("{question}: {answer}") }
        };
        let mut wrong = |kind, gold: Option<Marked>, found: Option<Marked>| {
            mistakes.push(Mistake { document: index, subject: Subject::Answer, kind, gold, found });
        };
        let fuzzy = |one: &str, other: &str| is_victim(one, other, Question::VictimsFuzzy);
        let victim = Question::Victims.to_string();
        for name in gold.victims.iter().filter(|name| !found.victims.iter().any(|found| fuzzy(name, found))) {
            wrong(MistakeKind::Missed, Some(marked(&victim, name)), None);
        }
        for name in found.victims.iter().filter(|name| !gold.victims.iter().any(|gold| fuzzy(gold, name))) {
            wrong(MistakeKind::Spurious, None, Some(marked(&victim, name)));
        }
        let violation = Question::Violations.to_string();
        for name in gold.violations.difference(&found.violations) {
            wrong(MistakeKind::Missed, Some(marked(&violation, name)), None);
        }
        for name in found.violations.difference(&gold.violations) {
            wrong(MistakeKind::Spurious, None, Some(marked(&violation, name)));
        }
        for fact in Fact::ALL {
            let (gold, found) = (fact.of(gold), fact.of(&found));
            let told = |answer: Option<String>| answer.map(|answer| marked(fact.as_str(), &answer));
            let kind = match (&gold, &found) {
                (Some(gold), Some(found)) if gold != found => MistakeKind::Mistyped,
                (Some(_), None) => MistakeKind::Missed,
                (None, Some(_)) => MistakeKind::Spurious,
                _ => continue,
            };
            wrong(kind, told(gold), told(found));
        }
    }
    mistakes
}
