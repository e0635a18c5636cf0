//! The model's dependencies by word: which word governs which, and as what.

use crate::model::{Analysis, Sentence, Span, Token};

/// Words up or down a tree that are followed at most; no sentence that somebody wrote goes deeper.
const DEEPEST: usize = 30;
/// Words of the largest subtree that is measured.
const MOST_GOVERNED: usize = 2000;
/// Verb forms by their tags.
const VERBS: &[&str] = &["VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"];
/// Relations of a verb's subject.
const SUBJECTS: &[&str] = &["nsubj", "nsubjpass", "csubj", "expl"];

/// The dependencies of a document. Every question about a word of a text that no model has read is answered
/// with nothing.
pub(super) struct Syntax<'a> {
    tokens: &'a [Token],
    /// Word → the token in it that is governed from outside the word.
    token: Vec<Option<usize>>,
    /// Token → the word that holds its beginning.
    word: Vec<usize>,
    /// Word → the words that it governs.
    children: Vec<Vec<usize>>,
}

impl<'a> Syntax<'a> {
    pub fn new(analysis: &'a Analysis) -> Self {
        let tokens = analysis.tokens.as_slice();
        let word: Vec<usize> = tokens
            .iter()
            .map(|token| analysis.word_at(token.span.start).min(analysis.words.len().saturating_sub(1)))
            .collect();
        let mut token: Vec<Option<usize>> = vec![None; analysis.words.len()];
        for (index, known) in tokens.iter().enumerate() {
            let own = word[index];
            let governed = known.head == index || word[known.head] != own;
            // "they’ve", "don’t": a pronoun or verb speaks for its word.
            let weak = matches!(known.tag.as_str(), "RB" | "POS" | "HYPH") || known.dep == "aux";
            if governed && own < token.len() && (token[own].is_none() || !weak) {
                token[own] = Some(index);
            }
        }
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); analysis.words.len()];
        for (at, index) in token.iter().enumerate() {
            if let Some(head) = index.map(|index| word[tokens[index].head]).filter(|&head| head != at) {
                children[head].push(at);
            }
        }
        Self { tokens, token, word, children }
    }

    fn token(&self, word: usize) -> Option<&'a Token> {
        self.token.get(word).copied().flatten().map(|index| &self.tokens[index])
    }

    /// The tokens that begin within `sentence`, each with the word it begins in.
    pub fn tokens_of<'s>(&'s self, sentence: &Sentence) -> impl Iterator<Item = (usize, &'a Token)> + use<'s, 'a> {
        let first = self.tokens.partition_point(|token| token.span.start < sentence.span.start);
        let tokens = self.tokens;
        let end = sentence.span.end;
        (first..tokens.len())
            .take_while(move |&index| tokens[index].span.start < end)
            .map(move |index| (self.word[index], &tokens[index]))
    }

    /// Where the governed token of a word stands.
    pub fn span(&self, word: usize) -> Option<Span> {
        self.token(word).map(|token| token.span)
    }

    /// The word's relation to its head; empty where there is none.
    pub fn dep(&self, word: usize) -> &'a str {
        self.token(word).map_or("", |token| token.dep.as_str())
    }

    /// The word's tag.
    pub fn tag(&self, word: usize) -> &'a str {
        self.token(word).map_or("", |token| token.tag.as_str())
    }

    /// The word's dictionary form.
    pub fn lemma(&self, word: usize) -> &'a str {
        self.token(word).map_or("", |token| token.lemma.as_str())
    }

    /// The word that governs `word`; none for the root of a sentence.
    pub fn head(&self, word: usize) -> Option<usize> {
        let head = self.word[self.token(word)?.head];
        (head != word).then_some(head)
    }

    /// The words that `word` governs, in order.
    pub fn children(&self, word: usize) -> &[usize] {
        self.children.get(word).map_or(&[], Vec::as_slice)
    }

    /// The child of `word` with one of the relations `deps`.
    pub fn child(&self, word: usize, deps: &[&str]) -> Option<usize> {
        self.children(word).iter().copied().find(|&child| deps.contains(&self.dep(child)))
    }

    /// The words that `word` governs by one of the relations `deps`, in order.
    pub fn dependents<'s>(&'s self, word: usize, deps: &'s [&str]) -> impl Iterator<Item = usize> + use<'s, 'a> {
        self.children(word).iter().copied().filter(move |&child| deps.contains(&self.dep(child)))
    }

    /// Whether what `word` depends on is no verb.
    pub fn belongs_to_noun(&self, word: usize) -> bool {
        self.token(word).is_some_and(|token| !self.tokens[token.head].tag.starts_with("VB"))
    }

    /// The words above `word`, from its head to the root.
    pub fn above(&self, word: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(word), |&at| self.head(at)).take(DEEPEST)
    }

    /// The first word of what `word` governs, and one past the last, itself included.
    pub fn subtree(&self, word: usize) -> (usize, usize) {
        let (mut first, mut end) = (word, word + 1);
        let mut open = vec![word];
        // Words that hold several tokens may govern each other.
        for _ in 0..MOST_GOVERNED {
            let Some(at) = open.pop() else { break };
            first = first.min(at);
            end = end.max(at + 1);
            open.extend_from_slice(self.children(at));
        }
        (first, end)
    }

    /// Whether a word is a verb.
    pub fn is_verb(&self, word: usize) -> bool {
        VERBS.contains(&self.tag(word))
    }

    /// Whether a word is a noun that is no name.
    pub fn is_noun(&self, word: usize) -> bool {
        matches!(self.tag(word), "NN" | "NNS")
    }

    /// The verb or other word whose clause a noun stands in, over prepositions and members of a list.
    pub fn governor(&self, word: usize) -> Option<usize> {
        let mut at = word;
        for _ in 0..DEEPEST {
            let head = self.head(at)?;
            let passed = matches!(self.dep(at), "conj" | "appos") && !self.is_verb(at);
            if !passed && !matches!(self.tag(head), "IN" | "TO" | "RP") {
                return Some(head);
            }
            at = head;
        }
        None
    }

    /// The relation of a noun to its clause: that of the first member of its list.
    pub fn function(&self, word: usize) -> &'a str {
        let mut at = word;
        for _ in 0..DEEPEST {
            match self.head(at).filter(|_| matches!(self.dep(at), "conj" | "appos")) {
                Some(head) if !self.is_verb(head) => at = head,
                _ => break,
            }
        }
        self.dep(at)
    }

    /// Whether a noun is the subject of a clause.
    pub fn is_subject(&self, word: usize) -> bool {
        SUBJECTS.contains(&self.function(word))
    }

    /// The subject of the verb at `word`, also where it is that of the verb it is joined to.
    pub fn subject(&self, word: usize) -> Option<usize> {
        let mut at = word;
        for _ in 0..DEEPEST {
            if let Some(subject) = self.child(at, SUBJECTS) {
                return Some(subject);
            }
            at = self.head(at).filter(|_| matches!(self.dep(at), "conj" | "xcomp" | "aux" | "auxpass" | "advcl"))?;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Analyser;
    use crate::model::Reading;

    fn with<T>(text: &str, ask: impl FnOnce(&Syntax<'_>, &dyn Fn(&str) -> usize) -> T) -> T {
        let analysis = Analyser::embedded(Reading::Fast).analyse(text);
        let word = |wanted: &str| {
            analysis.words.iter().position(|word| word.span.slice(text) == wanted).expect("the word stands there")
        };
        ask(&Syntax::new(&analysis), &word)
    }

    #[test]
    fn subjects_reach_verbs_that_are_joined() {
        with("The soldiers came and arrested a teacher in Rosario.", |syntax, word| {
            assert_eq!(syntax.subject(word("arrested")), Some(word("soldiers")));
            assert_eq!(syntax.governor(word("Rosario")), Some(word("arrested")));
            assert!(syntax.is_subject(word("soldiers")) && !syntax.is_subject(word("teacher")));
        });
    }

    #[test]
    fn a_contraction_stands_for_its_pronoun() {
        with("They’ve left Mandalay.", |syntax, word| {
            assert_eq!((syntax.dep(word("They’ve")), syntax.head(word("They’ve"))), ("nsubj", Some(word("left"))));
        });
    }

    #[test]
    fn nothing_is_known_of_what_no_model_has_read() {
        let analysis = Analyser::rules().analyse("He left.");
        let syntax = Syntax::new(&analysis);
        assert_eq!((syntax.dep(0), syntax.head(0), syntax.children(0).len()), ("", None, 0));
    }
}
