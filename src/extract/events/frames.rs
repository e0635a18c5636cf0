//! Event frames: which words name an event, and which grammatical functions fill its roles.
//!
//! Frames are data (`ontology/frames/*.toml`): adding a kind of event edits no Rust. The keys are
//! explained at the head of `custody.toml`.

use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::EntityType;
use crate::ontology::Schema;

static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/frames.rs"));

/// The grammatical function of a noun phrase with respect to a trigger.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Function {
    /// Object of an active verb, subject of a passive one.
    Object,
    /// Subject of an active verb, "by …" of a passive one.
    Subject,
    /// The subject, whatever the voice ("the regime fell", "he was flown").
    Sole,
    /// The noun right after the verb, whatever it is to it ("fled Syria").
    Direct,
    /// "X's release".
    Possessive,
    /// The name beside a noun for whoever did it: "the assassin, X".
    Beside,
    /// Whom it happens to, by the verb that carries a noun: "underwent torture".
    Sufferer,
    /// What it hits, by the verb whose subject a noun is: "the blast damaged the embassy".
    Harmed,
    /// The name right before a noun: "the X assassination".
    Modifier,
    /// Who is tried or suspected: "X was convicted of the murder".
    Accused,
    /// The subject of a fixed phrase.
    SubjectOfPhrase,
    /// The noun right after a fixed phrase.
    ObjectOfPhrase,
    /// The noun after this preposition.
    After(String),
}

impl FromStr for Function {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "object" => Self::Object,
            "subject" => Self::Subject,
            "sole" => Self::Sole,
            "direct" => Self::Direct,
            "possessive" => Self::Possessive,
            "beside" => Self::Beside,
            "sufferer" => Self::Sufferer,
            "harmed" => Self::Harmed,
            "modifier" => Self::Modifier,
            "accused" => Self::Accused,
            "subject-of-phrase" => Self::SubjectOfPhrase,
            "object-of-phrase" => Self::ObjectOfPhrase,
            preposition => Self::After(preposition.to_owned()),
        })
    }
}

impl Function {
    /// How the rule of an argument names it.
    pub(super) fn name(&self, passive: bool) -> &str {
        match self {
            Self::Object if passive => "passive-subject",
            Self::Object => "object",
            Self::Subject if passive => "by-agent",
            Self::Subject => "subject",
            Self::Sole => "sole",
            Self::Direct => "direct",
            Self::Possessive => "possessive",
            Self::Beside => "beside",
            Self::Sufferer => "sufferer",
            Self::Harmed => "harmed",
            Self::Modifier => "modifier",
            Self::Accused => "accused",
            Self::SubjectOfPhrase => "subject-of-phrase",
            Self::ObjectOfPhrase => "object-of-phrase",
            Self::After(preposition) => preposition,
        }
    }
}

/// How a role is filled.
#[derive(Debug, Clone)]
pub struct Role {
    /// Local name of the role's property.
    pub name: String,
    /// Functions that fill it, best first.
    pub functions: Vec<Function>,
    /// Types that may fill it.
    pub types: Vec<EntityType>,
}

/// One way to say that something happened.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Local name of the event's class.
    pub event: String,
    /// A narrower class of the user's own, as an IRI.
    pub class: Option<String>,
    /// Roles, required ones first.
    pub roles: Vec<Role>,
    /// Roles that must be filled.
    pub require: Vec<String>,
    /// Roles of which one must be filled.
    pub require_any: Vec<String>,
    /// Words of which some must stand beside the trigger: "shot … to death".
    pub only_with: Vec<Vec<String>>,
    /// Words after the trigger with which it means something else ("held to account").
    pub unless_followed_by: Vec<Vec<String>>,
    /// Words right before the trigger with which it means something else: "heart attack".
    pub unless_after: Vec<Vec<String>>,
    /// Whether its verbs never do without an object: without one they are participles ("women imprisoned in the camp").
    pub always_object: bool,
    /// Dictionary forms of words above the trigger under which it tells of no event: "sentenced to life in prison".
    pub unless_under: Vec<String>,
}

impl Frame {
    /// Whether its verb has an object.
    pub(super) fn takes_object(&self) -> bool {
        self.roles.iter().any(|role| role.functions.contains(&Function::Object))
    }

    /// Whether its nouns call whoever did it: "the killer".
    pub(super) fn names_doer(&self) -> bool {
        self.roles.iter().any(|role| role.functions.contains(&Function::Beside))
    }
}

/// The form in which a trigger occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Infinitive or present.
    Base,
    /// Past tense and participle spelled alike, or the participle.
    Past,
    /// Past tense that is no participle ("took").
    Preterite,
    /// -ing form.
    Gerund,
    /// A noun.
    Noun,
    /// A fixed phrase.
    Phrase,
}

/// A way to meet a frame: its words, and what form they are.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// Words, in lower case; never empty.
    pub words: Vec<String>,
    /// Which frame.
    pub frame: usize,
    /// In which form.
    pub form: Form,
    /// Whether it counts only in the passive.
    pub passive_only: bool,
}

impl Trigger {
    /// Whether its own words deny: "not been seen since".
    pub(super) fn is_negated(&self) -> bool {
        self.words.iter().any(|word| matches!(word.as_str(), "not" | "never") || word.ends_with("n't"))
    }
}

/// A file of frames that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("event frames, {file}: {problem}\nhint: the keys are explained at the head of ontology/frames/custody.toml")]
pub struct FrameError {
    file: String,
    problem: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    frame: Vec<RawFrame>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrame {
    event: String,
    #[serde(default)]
    class: Option<String>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    phrases: Vec<String>,
    #[serde(default)]
    passive_only: Vec<String>,
    #[serde(default)]
    require: Vec<String>,
    #[serde(default)]
    require_any: Vec<String>,
    #[serde(default)]
    only_with: Vec<String>,
    #[serde(default)]
    unless_followed_by: Vec<String>,
    #[serde(default)]
    unless_after: Vec<String>,
    #[serde(default)]
    always_object: bool,
    #[serde(default)]
    unless_under: Vec<String>,
    roles: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    types: BTreeMap<String, Vec<EntityType>>,
}

/// All frames, found by the first word of a trigger.
#[derive(Debug, Clone, Default)]
pub struct Frames {
    /// The frames, in file order.
    pub frames: Vec<Frame>,
    triggers: Vec<Trigger>,
    /// How many frames come with the program; those of a user are tried before them.
    built_in: usize,
    by_word: HashMap<String, Vec<usize>>,
}

impl Frames {
    /// The frames that come with the program.
    pub fn embedded() -> &'static Frames {
        static EMBEDDED: LazyLock<Frames> = LazyLock::new(|| {
            let mut frames = Frames::default();
            for (name, text) in FILES {
                frames.add(name, text, Schema::embedded()).expect("a test reads the embedded frames");
            }
            frames.built_in = frames.frames.len();
            frames
        });
        &EMBEDDED
    }

    /// Adds the frames of a file; `file` names it in errors.
    ///
    /// # Errors
    /// If the text is not TOML with the keys of a frame, or names a class, role or type that the
    /// ontology does not have.
    pub fn add(&mut self, file: &str, text: &str, schema: &Schema) -> Result<(), FrameError> {
        let fail = |problem: String| FrameError { file: file.to_owned(), problem };
        let parsed: File = toml::from_str(text).map_err(|error| fail(error.to_string()))?;
        for raw in parsed.frame {
            if !schema.is_subclass(&raw.event, "Event") {
                return Err(fail(format!("`{}` is no class of events in the ontology", raw.event)));
            }
            if let Some(class) = raw.class.as_deref().filter(|class| oxigraph::model::NamedNode::new(*class).is_err()) {
                return Err(fail(format!("`{class}` is no absolute IRI, such as https://example.org/events#Blockade")));
            }
            let mut roles = Vec::new();
            for (name, functions) in &raw.roles {
                let types = match raw.types.get(name) {
                    Some(types) => types.clone(),
                    None => {
                        role_types(schema, name).ok_or_else(|| fail(format!("`{name}` is no role in the ontology")))?
                    }
                };
                let functions = functions.iter().filter_map(|function| function.parse().ok()).collect();
                roles.push(Role { name: name.clone(), functions, types });
            }
            let required = |role: &Role| !raw.require.contains(&role.name);
            roles.sort_by_key(required);
            for needed in raw.require.iter().chain(&raw.require_any) {
                if !raw.roles.contains_key(needed) {
                    return Err(fail(format!("{} requires the role `{needed}`, which it does not have", raw.event)));
                }
            }
            let frame = self.frames.len();
            let only_with = raw.only_with.iter().map(|words| split(words)).collect();
            let unless_after = raw.unless_after.iter().map(|words| split(words)).collect();
            let unless_followed_by = raw.unless_followed_by.iter().map(|words| split(words)).collect();
            self.frames.push(Frame {
                event: raw.event.clone(),
                class: raw.class,
                roles,
                require: raw.require,
                require_any: raw.require_any,
                only_with,
                unless_followed_by,
                unless_after,
                always_object: raw.always_object,
                unless_under: raw.unless_under,
            });
            for verb in &raw.verbs {
                let lemma = verb.split(':').next().unwrap_or_default();
                let passive_only = raw.passive_only.iter().any(|word| word == lemma);
                for (words, form) in inflect(verb) {
                    self.push(Trigger { words, frame, form, passive_only });
                }
            }
            for (list, form) in [(&raw.nouns, Form::Noun), (&raw.phrases, Form::Phrase)] {
                for words in list {
                    self.push(Trigger { words: split(words), frame, form, passive_only: false });
                }
            }
        }
        Ok(())
    }

    fn push(&mut self, trigger: Trigger) {
        let Some(first) = trigger.words.first().cloned() else { return };
        let index = self.triggers.len();
        self.triggers.push(trigger);
        let list = self.by_word.entry(first).or_default();
        list.push(index);
        list.sort_by_key(|&index| {
            let trigger = &self.triggers[index];
            (std::cmp::Reverse(trigger.words.len()), trigger.frame < self.built_in)
        });
    }

    /// Whether a word (lower case) can be, or begin, a noun that names an event.
    pub(in crate::extract) fn has_noun(&self, word: &str) -> bool {
        self.beginning_with(word).any(|trigger| trigger.form == Form::Noun)
    }

    /// Whether a word (lower case) can be, or begin, a verb that names an event.
    pub(in crate::extract) fn has_verb(&self, word: &str) -> bool {
        self.beginning_with(word).any(|trigger| !matches!(trigger.form, Form::Noun | Form::Phrase))
    }

    /// Triggers that can begin with `word` (lower case), longest first.
    pub fn beginning_with(&self, word: &str) -> impl Iterator<Item = &Trigger> {
        let denied =
            word.strip_suffix("n't").or_else(|| word.strip_suffix("n’t")).and_then(|_| self.by_word.get("n't"));
        self.by_word.get(word).into_iter().chain(denied).flatten().map(|&index| &self.triggers[index])
    }
}

/// The types that the ontology's range of a role allows.
fn role_types(schema: &Schema, role: &str) -> Option<Vec<EntityType>> {
    let property = schema.roles().find(|property| property.name == role)?;
    let range = property.range.as_deref().unwrap_or("Entity");
    Some(EntityType::ALL.iter().copied().filter(|kind| schema.is_subclass(kind.as_str(), range)).collect())
}

fn split(words: &str) -> Vec<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

/// The forms of an English verb: regular ones are made, irregular ones given after colons.
fn inflect(verb: &str) -> Vec<(Vec<String>, Form)> {
    let given: Vec<&str> = verb.split(':').collect();
    let (lemma, tail) = match given[0].split_once(' ') {
        Some((lemma, tail)) => (lemma, Some(tail)),
        None => (given[0], None),
    };
    let mut forms: Vec<(String, Form)> = vec![(lemma.to_owned(), Form::Base)];
    let stem = lemma.strip_suffix('e').unwrap_or(lemma);
    let consonant_y = lemma.ends_with('y')
        && !lemma.ends_with(['a', 'e', 'o', 'u'])
        && !"aeou".contains(lemma.chars().rev().nth(1).unwrap_or('a'));
    let third = match lemma {
        _ if consonant_y => format!("{}ies", &lemma[..lemma.len() - 1]),
        _ if lemma.ends_with(['s', 'x', 'z']) || lemma.ends_with("sh") || lemma.ends_with("ch") => format!("{lemma}es"),
        _ => format!("{lemma}s"),
    };
    forms.push((third, Form::Base));
    if let [_, past, participle, gerund] = given[..] {
        let bare = |form: &str| form.split(' ').next().unwrap_or(form).to_owned();
        forms.push((bare(past), if past == participle { Form::Past } else { Form::Preterite }));
        forms.push((bare(participle), Form::Past));
        forms.push((bare(gerund), Form::Gerund));
    } else {
        let past = match lemma {
            _ if lemma.ends_with('e') => format!("{lemma}d"),
            _ if consonant_y => format!("{}ied", &lemma[..lemma.len() - 1]),
            _ => format!("{lemma}ed"),
        };
        forms.push((past, Form::Past));
        let gerund = if lemma.ends_with("ee") { format!("{lemma}ing") } else { format!("{stem}ing") };
        forms.push((gerund, Form::Gerund));
    }
    let mut seen = Vec::new();
    for (word, form) in forms {
        let words: Vec<String> = std::iter::once(word).chain(tail.into_iter().flat_map(split)).collect();
        if !seen.iter().any(|(known, _)| known == &words) {
            seen.push((words, form));
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_frames_read() {
        let mut frames = Frames::default();
        for (name, text) in FILES {
            frames.add(name, text, Schema::embedded()).unwrap_or_else(|error| panic!("{error}"));
        }
        assert!(frames.frames.len() > 15);
    }

    #[test]
    fn verbs_inflect() {
        let forms = |verb: &str| inflect(verb).into_iter().map(|(words, _)| words.join(" ")).collect::<Vec<_>>();
        assert_eq!(forms("free"), ["free", "frees", "freed", "freeing"]);
        assert_eq!(forms("seize"), ["seize", "seizes", "seized", "seizing"]);
        assert_eq!(forms("take:took:taken:taking"), ["take", "takes", "took", "taken", "taking"]);
        assert_eq!(forms("try:tried:tried:trying"), ["try", "tries", "tried", "trying"]);
        assert_eq!(forms("round up"), ["round up", "rounds up", "rounded up", "rounding up"]);
        assert_eq!(forms("die:died:died:dying"), ["die", "dies", "died", "dying"]);
    }

    #[test]
    fn a_wrong_file_says_what_is_wrong() {
        let table = [
            ("[[frame]]\nevent = \"Picnic\"\n[frame.roles]\n", "no class of events"),
            ("[[frame]]\nevent = \"Arrest\"\n[frame.roles]\nhat = [\"object\"]\n", "no role"),
            ("[[frame]]\nevent = \"Arrest\"\nrequire = [\"person\"]\n[frame.roles]\n", "does not have"),
            ("[[frame]]\nevent = \"Attack\"\nclass = \"Blockade\"\n[frame.roles]\n", "no absolute IRI"),
            ("[[frame]\n", "line 1"),
        ];
        for (text, expected) in table {
            let error = Frames::default().add("mine", text, Schema::embedded()).expect_err(text);
            assert!(error.to_string().contains(expected), "{error}");
        }
    }
}
