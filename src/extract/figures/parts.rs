//! Which figure is a part of which: "including 3,698 children", "of whom 20 were women", "12 of the 150".

use super::number::Number;
use super::{Finder, Known};
use crate::model::{Bound, Sentence};

/// Words between "including" and the part.
const REACH: usize = 12;
/// Members of a list that are followed at most.
const LONGEST_LIST: usize = 20;

impl Finder<'_, '_> {
    /// The figure found before of which `known` is a part.
    pub(super) fn whole(&self, known: &Known, sentence: &Sentence, found: &[Known]) -> Option<usize> {
        let (text, syntax) = (self.text, &self.text.syntax);
        let fits = |&index: &usize| may_hold(&found[index], known);
        let first = known.number.first;
        // "Of the 150 detainees, 20 were freed": the first figure behind the whole that opens the sentence.
        let of_the = self.of_the(sentence, found).map(|whole| whole.number.first);
        let next = found.last().map(|last| last.number.first) == of_the;
        if let Some(whole) = of_the.filter(|_| next || known.counted.partitive && known.counted.noun.is_none()) {
            return found.iter().rposition(|other| other.number.first == whole).filter(fits);
        }
        // By the grammar: the noun that "including" hangs on.
        let mut at = known.counted.head;
        for _ in 0..LONGEST_LIST {
            match syntax.head(at).filter(|_| syntax.dep(at) == "conj") {
                Some(head) if !syntax.is_verb(head) => at = head,
                _ => break,
            }
        }
        let joint = syntax.head(at).filter(|&joint| {
            matches!(syntax.dep(at), "pobj" | "dobj" | "pcomp") && self.words.part.including.contains(text.lower(joint))
        });
        if let Some(holder) = joint.and_then(|joint| syntax.head(joint)) {
            let named = (0..found.len())
                .rev()
                .take(REACH)
                .find(|&index| found[index].counted.noun == Some(holder) || found[index].counted.head == holder);
            if let Some(whole) = named.filter(fits) {
                return Some(whole);
            }
        }
        // "12 people, seven women and five men": those behind the comma are the same people again.
        let people = self.is_people(&known.counted.unit);
        let restated = syntax.head(at).filter(|_| people && syntax.dep(at) == "appos");
        if let Some(holder) = restated {
            let same =
                |index: &usize| found[*index].sentence == known.sentence && found[*index].counted.noun == Some(holder);
            let whole = (0..found.len()).rev().take(REACH).find(same).filter(fits);
            if whole.is_some_and(|whole| !self.words.part.kinds.contains(&found[whole].counted.unit)) {
                return whole;
            }
        }
        // By the words: what stands between the last figure that is no part and this one.
        let same = |index: &usize| found[*index].sentence == known.sentence;
        let earlier = (0..found.len()).rev().take_while(same).find(|&index| found[index].figure.part_of.is_none());
        let from = first.saturating_sub(REACH).max(sentence.first);
        let said = (from..first)
            .rev()
            .take_while(|&at| !matches!(text.word(at), ";" | "“" | "”"))
            .find(|&at| self.opens_part(at));
        let behind = self.of_whom(&known.number);
        if let Some(whole) = earlier {
            let between = said.is_some_and(|at| at >= found[whole].number.first) || behind;
            let listed = (0..found.len()).rev().take_while(same).any(|index| {
                // "including 12 women and 8 children", where the parser goes astray
                found[index].figure.part_of == Some(whole)
                    && (found[index].number.end..first)
                        .all(|at| !syntax.is_verb(at) && !matches!(text.word(at), ";" | ":"))
                    && first - found[index].number.end < REACH
            });
            return (between || listed).then_some(whole).filter(fits);
        }
        // "Among them were 20 women": the whole stands in the sentence before.
        let opens =
            said.is_some_and(|at| at <= sentence.first + 1 && self.refers_back(at) && first <= at + 5) || behind;
        let paragraph = |index: usize| text.sentences()[index].paragraph;
        let before = found.iter().rposition(|other| other.figure.part_of.is_none())?;
        let near = known.sentence == found[before].sentence + 1
            && paragraph(known.sentence) == paragraph(found[before].sentence);
        (opens && near).then_some(before).filter(fits)
    }

    /// "including", "among them", "of whom".
    pub(super) fn opens_part(&self, at: usize) -> bool {
        let word = self.text.lower(at);
        let pronoun = self.stands_for_whole(at + 1);
        (self.words.part.including.contains(word) && (word != "among" || pronoun)) || word == "of" && pronoun
    }

    /// "them", "whom"; not "those imprisoned under …".
    pub(super) fn stands_for_whole(&self, at: usize) -> bool {
        let demonstrative = matches!(self.text.lower(at), "those" | "these");
        let described =
            self.text.syntax.children(at).iter().any(|&child| child > at) || self.text.syntax.dep(at) == "det";
        self.words.part.pronouns.contains(self.text.lower(at)) && !(demonstrative && described)
    }

    fn refers_back(&self, at: usize) -> bool {
        matches!(self.text.lower(at + 1), "them" | "these" | "those")
    }

    /// "20 of whom were women", "12 of them".
    fn of_whom(&self, number: &Number) -> bool {
        self.text.lower(number.end) == "of" && self.stands_for_whole(number.end + 1)
    }

    /// Joins what later figures of a sentence tell of earlier ones: "12 of the 150 detainees", and what parts have
    /// from their whole.
    pub(super) fn relate(&self, first: usize, found: &mut [Known]) {
        for index in first..found.len() {
            let partitive = found[index].counted.partitive && found[index].figure.part_of.is_none();
            let noun = found[index].counted.noun;
            let whole = (first..found.len()).find(|&other| {
                other != index && noun.is_some() && found[other].counted.noun == noun && !found[other].counted.partitive
            });
            if let Some(whole) = whole.filter(|&whole| partitive && may_hold(&found[whole], &found[index])) {
                found[index].figure.part_of = Some(whole);
            }
            self.share(first, index, found);
            self.make_up(index, found);
        }
        for index in first..found.len() {
            let Some(whole) = found[index].figure.part_of else { continue };
            let (period, place, kinds) = {
                let whole = &found[whole].figure;
                (whole.period, whole.place, whole.counted.clone())
            };
            let part = &mut found[index].figure;
            part.period = part.period.or(period);
            part.place = part.place.or(place);
            if part.counted.is_empty() {
                part.counted = kinds;
            }
        }
    }

    /// "12 people, seven women and five men": a list behind a figure that adds up to it.
    fn make_up(&self, whole: usize, found: &mut [Known]) {
        let kinds = &self.words.part.kinds;
        if kinds.contains(&found[whole].counted.unit) || found[whole].number.upper.is_some() {
            return;
        }
        let (mut sum, mut end) = (0_i64, whole + 1);
        while let Some(next) = found.get(end).filter(|next| kinds.contains(&next.counted.unit)) {
            let from = found[end - 1].counted.noun.unwrap_or(found[end - 1].number.end);
            let listed = (from + 1..next.number.first).all(|at| {
                matches!(self.text.lower(at), "," | "and" | "—" | "–" | "-" | "(" | ":")
                    || self.text.syntax.tag(at) == "JJ"
            });
            if !listed || sum >= found[whole].number.value {
                break;
            }
            sum = sum.saturating_add(next.number.value);
            end += 1;
        }
        if sum == found[whole].number.value && end > whole + 2 {
            for part in &mut found[whole + 1..end] {
                part.figure.part_of = Some(whole);
            }
        }
    }

    /// "12 women and 8 children who were arrested": what hangs on the last of a list is said of all.
    fn share(&self, first: usize, index: usize, found: &mut [Known]) {
        let syntax = &self.text.syntax;
        let Some(noun) = found[index].counted.noun else { return };
        let before = syntax.head(noun).filter(|_| syntax.dep(noun) == "conj");
        let own = syntax.child(noun, &["relcl", "acl"]).is_some();
        let Some(sibling) = before.filter(|_| own) else { return };
        let kinds = found[index].figure.counted.clone();
        if let Some(other) = found[first..index].iter_mut().find(|other| other.counted.noun == Some(sibling)) {
            let bare = other.figure.counted.is_empty();
            if bare {
                other.figure.counted = kinds;
            }
        }
    }
}

/// Whether one figure can be a part of another: it is no larger.
fn may_hold(whole: &Known, part: &Known) -> bool {
    let open = matches!(whole.figure.bound, Bound::AtLeast | Bound::Vague | Bound::About);
    open || part.number.value <= whole.number.upper.unwrap_or(whole.number.value)
}
