//! Parts of people's names, where the form of the name tells them.
//!
//! A kunya ("Abu Omar"), a father's name behind "bin", a nisba ("al-Hamwi") and a family's name with an article are
//! told by the words themselves. Which of two other words is the given name is told only where it is one that people are
//! known to have: not every people puts it first, and not every people has family names.

use super::coreference::Resolved;
use super::nouns::Nouns;
use super::text::Text;
use crate::model::{EntityType, MentionForm, Span};
use crate::text::fold;

const KUNYA: &[&str] = &["abu", "abou", "umm", "oum", "um"];
const FATHER: &[&str] = &["bin", "ibn", "ben", "bint", "ould", "wuld"];
const SERVANT: &[&str] = &["abd", "abdel", "abdul", "abdoul"];
const ARTICLE: &[&str] = &["al", "el", "ad", "ar", "as", "ash", "at", "az", "an"];

/// Writes the parts of every full name into its bearer's attributes, with the words that have them.
pub(super) fn name_parts(text: &Text<'_>, resolved: &mut Resolved) {
    let mut told: Vec<(usize, &'static str, Span)> = Vec::new();
    for (found, mention) in resolved.found.iter().zip(&resolved.mentions) {
        let Some(entity) = mention.entity else { continue };
        let full = text.slice(mention.span).split_whitespace().eq(resolved.entities[entity].name.split_whitespace());
        if found.kind == EntityType::Person && found.form == MentionForm::Name && full {
            told.extend(parts(text.slice(mention.span)).into_iter().map(|(part, start, end)| {
                (entity, part, Span::new(mention.span.start + start, mention.span.start + end))
            }));
        }
    }
    for (entity, part, span) in told {
        let words = text.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let values = resolved.entities[entity].attributes.entry(part.to_owned()).or_default();
        if values.iter().all(|(known, _)| *known != words) {
            values.push((words, span));
        }
    }
}

/// What parts a name has, and where in it each stands.
fn parts(name: &str) -> Vec<(&'static str, usize, usize)> {
    let words: Vec<(usize, usize)> = name
        .split_whitespace()
        .map(|word| {
            let start = word.as_ptr() as usize - name.as_ptr() as usize;
            (start, start + word.len())
        })
        .collect();
    let folded: Vec<String> = words.iter().map(|&(start, end)| fold(&name[start..end])).collect();
    let is = |at: usize, list: &[&str]| folded.get(at).is_some_and(|word| list.contains(&word.as_str()));
    let mut found = Vec::new();
    let mut at = 0;
    if words.len() > 1 && is(0, KUNYA) {
        found.push(("kunya", words[0].0, words[1].1));
        at = 2;
    } else if words.len() > 1 {
        // "Abd al-Rahman" is one name.
        let end = if is(0, SERVANT) && words.len() > 2 { 1 } else { 0 };
        if end > 0 || Nouns::embedded().gender_of(&folded[0]).is_some() {
            found.push(("givenName", words[0].0, words[end].1));
        }
        at = end + 1;
    }
    while at + 1 < words.len() {
        if is(at, FATHER) {
            found.push(("patronymic", words[at + 1].0, words[at + 1].1));
            at += 2;
        } else {
            at += 1;
        }
    }
    if at + 1 == words.len() && words.len() > 1 {
        let (start, end) = words[at];
        let (article, rest) = folded[at].split_once(' ').unwrap_or(("", &folded[at]));
        let given = found.iter().any(|(part, ..)| *part == "givenName");
        if ARTICLE.contains(&article) && rest.ends_with(['i', 'y']) {
            found.push(("nisba", start, end));
        }
        if ARTICLE.contains(&article) || given {
            found.push(("familyName", start, end));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn the_form_of_a_name_tells_its_parts() {
        for (name, expected) in [
            ("Ali Hassan", vec![("givenName", "Ali"), ("familyName", "Hassan")]),
            ("Omar al-Hamwi", vec![("givenName", "Omar"), ("nisba", "al-Hamwi"), ("familyName", "al-Hamwi")]),
            (
                "Abu Mohammed al-Jolani",
                vec![("kunya", "Abu Mohammed"), ("nisba", "al-Jolani"), ("familyName", "al-Jolani")],
            ),
            ("Faisal bin Omar", vec![("givenName", "Faisal"), ("patronymic", "Omar")]),
            ("Abd al-Rahman Khalil", vec![("givenName", "Abd al-Rahman"), ("familyName", "Khalil")]),
            ("Zaw Lin Htet", vec![]),
            ("Heba", vec![]),
        ] {
            let found: Vec<(&str, &str)> =
                parts(name).into_iter().map(|(part, start, end)| (part, &name[start..end])).collect();
            assert_eq!(found, expected, "{name}");
        }
    }
}
