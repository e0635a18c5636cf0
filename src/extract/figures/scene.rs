//! When and where what is counted happened.

use super::Finder;
use super::unit::Counted;
use crate::model::{Entity, EntityType, Interval, Sentence, TimeKind};

const PLACES: &[EntityType] =
    &[EntityType::Facility, EntityType::City, EntityType::Region, EntityType::Country, EntityType::Place];
/// Prepositions before the place where something is counted.
const LOCATIVE: &[&str] =
    &["in", "at", "from", "inside", "across", "near", "throughout", "around", "outside", "within"];
/// Roles of an event that are its place.
const SCENES: &[&str] = &["facility", "place"];
/// Times of a sentence that are looked at; one with more is a table.
const MOST_TIMES: usize = 16;

impl Finder<'_, '_> {
    /// The period that the clause of the figure gives.
    pub(super) fn period(&self, counted: &Counted, event: Option<usize>, sentence: &Sentence) -> Option<Interval> {
        let first = self.times.partition_point(|time| time.end <= sentence.first);
        let inside = self.times[first..].iter().take_while(|time| time.first < sentence.end).take(MOST_TIMES);
        let clause: Vec<usize> = self.clause_of(counted.head);
        let nearest = inside
            .filter_map(|time| {
                let interval =
                    time.time.interval.filter(|_| matches!(time.time.kind, TimeKind::Date | TimeKind::Period))?;
                Some((self.closeness(time.first, &clause)?, counted.head.abs_diff(time.first), interval))
            })
            .min_by_key(|(closeness, distance, _)| (*closeness, *distance));
        nearest.map(|(_, _, interval)| interval).or_else(|| {
            let (interval, words) = self.events[event?].time.as_ref()?;
            words.filter(|words| sentence.span.contains(*words)).map(|_| *interval)
        })
    }

    /// The words above `word` up to the verb of its clause, itself included, and that verb.
    fn clause_of(&self, word: usize) -> Vec<usize> {
        let syntax = &self.text.syntax;
        let mut path = vec![word];
        for above in syntax.above(word) {
            path.push(above);
            if syntax.is_verb(above) && !matches!(syntax.dep(above), "aux" | "auxpass" | "acl" | "amod") {
                break;
            }
        }
        path
    }

    /// How near a date stands to a clause in the tree: on the noun, on its verb; none where it belongs to another
    /// clause, such as that of who says so.
    fn closeness(&self, time: usize, clause: &[usize]) -> Option<usize> {
        let syntax = &self.text.syntax;
        let mut steps = 0;
        for word in std::iter::once(time).chain(syntax.above(time)) {
            if let Some(at) = clause.iter().position(|&known| known == word) {
                return Some(steps.min(3) + at);
            }
            // "who were arrested in May" dates the arrest of those who are counted, too.
            if syntax.is_verb(word)
                && word != time
                && !matches!(syntax.dep(word), "acl" | "relcl" | "advcl" | "conj" | "xcomp" | "pcomp")
            {
                return None;
            }
            steps += usize::from(syntax.is_verb(word));
        }
        // A line without a verb.
        clause.iter().all(|&word| !syntax.is_verb(word)).then_some(9)
    }

    /// The place of the event that is measured, or what stands behind "in" with the noun or its verb.
    pub(super) fn place(&self, counted: &Counted, event: Option<usize>, sentence: &Sentence) -> Option<usize> {
        let named = |entity: &usize| self.resolved.entities[*entity].named;
        let own = [counted.own].into_iter().chain(counted.noun).chain(counted.subject).chain([counted.head]);
        let hanging = own.into_iter().find_map(|word| self.place_on(word, sentence, 0));
        hanging
            .or_else(|| {
                let arguments = &self.events[event?].arguments;
                SCENES.iter().find_map(|role| {
                    let fills = arguments.iter().find(|argument| argument.role == *role && named(&argument.entity));
                    fills.map(|argument| argument.entity)
                })
            })
            .or_else(|| {
                let clause = self.clause_of(counted.head);
                let verb = *clause.last().filter(|&&verb| self.text.syntax.is_verb(verb))?;
                let said = self.lexicon.saying.verbs.contains(self.text.lower(verb));
                self.place_on(verb, sentence, 0).filter(|_| !said)
            })
    }

    /// A place after a preposition that hangs on `word`, or on a participle that does.
    fn place_on(&self, word: usize, sentence: &Sentence, depth: usize) -> Option<usize> {
        let (text, syntax) = (self.text, &self.text.syntax);
        let prepositions = syntax.dependents(word, &["prep"]).filter(|&at| LOCATIVE.contains(&text.lower(at)));
        let direct =
            prepositions.filter_map(|at| syntax.child(at, &["pobj"])).find_map(|at| self.place_at(at, sentence));
        let further = || {
            let below = syntax.dependents(word, &["acl", "relcl"]).filter(|&at| syntax.is_verb(at));
            below.filter(|_| depth == 0).find_map(|at| self.place_on(at, sentence, depth + 1))
        };
        direct.or_else(further)
    }

    /// The place that a noun names, or lies in: "Hama", "a prison in Hama", "Syrian prisons".
    fn place_at(&self, noun: usize, sentence: &Sentence) -> Option<usize> {
        let syntax = &self.text.syntax;
        let mention = self.clause.mention(noun).filter(|&mention| self.clause.fits(mention, PLACES));
        let entity = mention.and_then(|mention| self.resolved.mentions[mention].entity);
        let named = entity.filter(|&entity| {
            self.resolved.entities[entity].named && PLACES.contains(&self.resolved.entities[entity].kind)
        });
        named.or_else(|| {
            let inside = syntax
                .dependents(noun, &["prep"])
                .filter(|&at| LOCATIVE.contains(&self.text.lower(at)) || self.text.lower(at) == "of");
            let deeper = inside.filter_map(|at| syntax.child(at, &["pobj"])).find_map(|at| {
                let mention = self.clause.mention(at).filter(|&mention| self.clause.fits(mention, PLACES))?;
                self.resolved.mentions[mention].entity.filter(|&entity| self.resolved.entities[entity].named)
            });
            deeper.or_else(|| self.country_of(noun, sentence))
        })
    }

    /// "Syrian prisons", where the text speaks of Syria as well.
    fn country_of(&self, noun: usize, sentence: &Sentence) -> Option<usize> {
        let country = |key: &str| {
            let same = |entity: &Entity| entity.kind == EntityType::Country && entity.gazetteer.as_deref() == Some(key);
            self.resolved.entities.iter().position(same)
        };
        let modifiers = self.text.syntax.dependents(noun, &["amod", "compound", "nmod", "poss"]);
        let people = modifiers.filter(|at| sentence.words().contains(at)).filter_map(|at| {
            let nation = |found: &&crate::extract::names::Found| {
                found.kind == EntityType::Nationality && found.first <= at && at < found.end
            };
            let mention = self.clause.mention(at).map(|mention| &self.clause.found[mention]).filter(nation);
            mention.or_else(|| self.nationality_at(at))?.entries.first()
        });
        people.filter_map(|entry| country(&entry.key)).next()
    }

    /// A nationality within a wider mention: "Syrian" in "Syrian prisons".
    fn nationality_at(&self, word: usize) -> Option<&crate::extract::names::Found> {
        let found = self.clause.found;
        let from = found.partition_point(|mention| mention.first + 8 < word);
        found[from..]
            .iter()
            .take_while(|mention| mention.first <= word)
            .find(|mention| mention.kind == EntityType::Nationality && mention.first == word)
    }
}
