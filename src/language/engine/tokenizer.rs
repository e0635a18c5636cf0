//! Text → tokens, as spaCy's rule tokenizer does it, with bounded work on long runs.
//!
//! White space cuts the text into chunks; prefixes and suffixes are taken off a chunk from both ends,
//! exceptions ("don't", "U.S.") are looked up in what is left, URLs stay whole, infixes split the rest.
//! Chunks of more than [`CHUNK`] characters (no spaCy text has them; binary data has) are cut first:
//! the expressions backtrack, and would need quadratic time.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::error::{Error, Result};
use super::lexeme::Lexicon;
use super::python_regex::Expression;
use super::python_text::is_space;
use super::seeded_hash::SeededMap;

/// The longest chunk, in characters, that is tokenized in one piece; 3 kB of URL fit.
const CHUNK: usize = 3_000;
/// A chunk of more than this many characters is searched for affixes this far from its ends only.
const WINDOW: usize = 200;
/// Chunks remembered per thread, and the longest in bytes: longer ones do not come again.
const REMEMBERED: usize = 100_000;
const LONGEST: usize = 64;

/// A token of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub lexeme: u32,
    /// Byte offsets into the text, half-open.
    pub start: u32,
    pub end: u32,
    /// One space follows.
    pub spacy: bool,
}

/// A chunk and its tokens: text and, where set, norm.
pub(super) type Exception = (String, Vec<(String, Option<String>)>);

/// The rules, as the model file tells them (expressions in Python's syntax).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct TokenizerSpec {
    pub prefix: Option<String>,
    pub suffix: Option<String>,
    pub infix: Option<String>,
    pub token_match: Option<String>,
    pub url_match: Option<String>,
    pub exceptions: Vec<Exception>,
}

/// The compiled rules.
#[derive(Debug)]
pub(super) struct Tokenizer {
    prefix: Option<Expression>,
    suffix: Option<Expression>,
    infix: Option<Expression>,
    token_match: Option<Expression>,
    url_match: Option<Expression>,
    exceptions: SeededMap<String, Vec<(String, Option<String>)>>,
    /// Exceptions that the affix rules would have cut: first piece → all pieces.
    retokenized: SeededMap<String, Vec<Vec<String>>>,
    norms: SeededMap<u64, String>,
}

/// What one thread remembers: word forms and the pieces (form, bytes) of chunks.
#[derive(Debug, Default)]
pub(super) struct TokenizerCache {
    pub lexicon: Lexicon,
    /// A chunk's pieces, as a range of `pieces`.
    chunks: SeededMap<Box<str>, (u32, u32)>,
    pieces: Vec<(u32, u32)>,
    /// Whether a form begins an exception that the affix rules cut; `None` where nobody has looked.
    begins: Vec<Option<bool>>,
}

impl Tokenizer {
    /// Compiles `spec`; `norms` are the model's own norms by string id.
    pub fn new(spec: &TokenizerSpec, norms: &[(u64, String)]) -> Result<Self> {
        let compile = |name: &str, pattern: &Option<String>| {
            let regex = pattern.as_deref().filter(|pattern| !pattern.is_empty()).map(Expression::new);
            regex.transpose().map_err(|error| Error::content(format!("tokenizer {name}: {error}")))
        };
        for (text, tokens) in &spec.exceptions {
            if text.is_empty() || tokens.iter().map(|(piece, _)| piece.as_str()).collect::<String>() != *text {
                return Err(Error::content(format!("tokenizer exception {text:?} does not add up to its text")));
            }
        }
        let mut tokenizer = Self {
            prefix: compile("prefix", &spec.prefix)?,
            suffix: compile("suffix", &spec.suffix)?,
            infix: compile("infix", &spec.infix)?,
            token_match: compile("token_match", &spec.token_match)?,
            url_match: compile("url_match", &spec.url_match)?,
            exceptions: spec.exceptions.iter().cloned().collect(),
            retokenized: SeededMap::default(),
            norms: norms.iter().cloned().collect(),
        };
        let mut cache = TokenizerCache::default();
        let mut retokenized: SeededMap<String, Vec<Vec<String>>> = SeededMap::default();
        for (text, _) in &spec.exceptions {
            let cut = [&tokenizer.prefix, &tokenizer.infix, &tokenizer.suffix].iter().any(|rule| found(rule, text));
            if cut || text.contains(' ') {
                let mut tokens = Vec::new();
                tokenizer.split(text, 0..text.len(), false, &mut cache, &mut tokens);
                let pieces: Vec<_> = tokens.iter().map(|t| text[t.start as usize..t.end as usize].to_owned()).collect();
                if let Some(first) = pieces.first() {
                    retokenized.entry(first.clone()).or_default().push(pieces);
                }
            }
        }
        tokenizer.retokenized = retokenized;
        Ok(tokenizer)
    }

    /// Appends the tokens of `text[piece]` (`text` is shorter than 4 GB), with offsets into `text`.
    pub fn tokenize(&self, text: &str, piece: Range<usize>, cache: &mut TokenizerCache, tokens: &mut Vec<Token>) {
        if cache.chunks.len() > REMEMBERED {
            cache.chunks.clear();
            cache.pieces.clear();
        }
        let first = tokens.len();
        self.split(text, piece, true, cache, tokens);
        self.retokenize(text, first, cache, tokens);
    }

    /// Cuts at white space; single spaces belong to the token before them.
    fn split(
        &self,
        text: &str,
        piece: Range<usize>,
        exceptions: bool,
        cache: &mut TokenizerCache,
        tokens: &mut Vec<Token>,
    ) {
        let Some(first) = text[piece.clone()].chars().next() else { return };
        let (mut in_space, mut start, mut last) = (is_space(first), piece.start, ' ');
        for (at, c) in text[piece.clone()].char_indices() {
            let at = piece.start + at;
            if is_space(c) != in_space {
                if start < at {
                    self.chunk(text, start, at, exceptions, cache, tokens);
                }
                start = at;
                if c == ' ' {
                    if let Some(token) = tokens.last_mut() {
                        token.spacy = true;
                    }
                    start += 1;
                }
                in_space = !in_space;
            }
            last = c;
        }
        if start < piece.end {
            self.chunk(text, start, piece.end, exceptions, cache, tokens);
            if let Some(token) = tokens.last_mut() {
                token.spacy = last == ' ' && !in_space;
            }
        }
    }

    /// Appends the tokens of `text[start..end]`, which has no change between space and non-space.
    fn chunk(
        &self,
        text: &str,
        start: usize,
        end: usize,
        exceptions: bool,
        cache: &mut TokenizerCache,
        tokens: &mut Vec<Token>,
    ) {
        let (mut start, whole) = (start, &text[start..end]);
        let mut rest = whole;
        while !rest.is_empty() {
            let cut = rest.char_indices().nth(CHUNK).map_or(rest.len(), |(at, _)| at);
            let (piece, after) = rest.split_at(cut);
            rest = after;
            let (first, end) = self.pieces(piece, exceptions, cache);
            tokens.extend(cache.pieces[first as usize..end as usize].iter().map(|&(lexeme, bytes)| {
                let from = start;
                start += bytes as usize;
                Token { lexeme, start: from as u32, end: start as u32, spacy: false }
            }));
            if piece.len() > LONGEST {
                cache.pieces.truncate(first as usize);
            }
        }
    }

    /// The pieces of a chunk, word form and length in bytes, as a range of `cache.pieces`. Those of long
    /// chunks are the last there, and are not remembered.
    fn pieces(&self, chunk: &str, exceptions: bool, cache: &mut TokenizerCache) -> (u32, u32) {
        if let Some(&known) = cache.chunks.get(chunk) {
            return known;
        }
        let mut pieces = std::mem::take(&mut cache.pieces);
        let first = pieces.len() as u32;
        self.cut(chunk, exceptions, cache, &mut pieces);
        let range = (first, pieces.len() as u32);
        cache.pieces = pieces;
        if exceptions && chunk.len() <= LONGEST {
            cache.chunks.insert(chunk.into(), range);
        }
        range
    }

    /// Appends the pieces of a chunk.
    fn cut(&self, chunk: &str, exceptions: bool, cache: &mut TokenizerCache, pieces: &mut Vec<(u32, u32)>) {
        if exceptions && self.exception(chunk, cache, pieces) {
            return;
        }
        let special = |text: &str| exceptions && self.exceptions.contains_key(text);
        let (mut prefixes, mut suffixes): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        let (mut middle, mut length) = (chunk, usize::MAX);
        while !middle.is_empty() && middle.len() != length {
            if matches(&self.token_match, middle) || special(middle) {
                break;
            }
            length = middle.len();
            let prefix = search(&self.prefix, head(middle));
            let suffix = search(&self.suffix, tail(&middle[prefix..]));
            if prefix > 0 && prefix < length && special(&middle[prefix..]) {
                prefixes.push(&middle[..prefix]);
                middle = &middle[prefix..];
                break;
            }
            if suffix > 0 && suffix < length && special(&middle[..length - suffix]) {
                suffixes.push(&middle[length - suffix..]);
                middle = &middle[..length - suffix];
                break;
            }
            if prefix > 0 {
                prefixes.push(&middle[..prefix]);
            }
            if suffix > 0 {
                suffixes.push(&middle[length - suffix..]);
            }
            middle = &middle[prefix..length - suffix];
        }
        for prefix in prefixes {
            self.whole(prefix, cache, pieces);
        }
        if !middle.is_empty() {
            if exceptions && self.exception(middle, cache, pieces) {
                // Its pieces are there.
            } else if let Some(&(first, end)) = cache.chunks.get(middle) {
                pieces.extend_from_within(first as usize..end as usize);
            } else if matches(&self.token_match, middle) || matches(&self.url_match, middle) {
                self.whole(middle, cache, pieces);
            } else {
                self.infixes(middle, cache, pieces);
            }
        }
        for suffix in suffixes.iter().rev() {
            self.whole(suffix, cache, pieces);
        }
    }

    fn whole(&self, text: &str, cache: &mut TokenizerCache, pieces: &mut Vec<(u32, u32)>) {
        if !text.is_empty() {
            pieces.push((cache.lexicon.number(text, None, &self.norms), text.len() as u32));
        }
    }

    /// Splits at the infixes, which become pieces of their own.
    fn infixes(&self, text: &str, cache: &mut TokenizerCache, pieces: &mut Vec<(u32, u32)>) {
        let mut start = 0;
        for found in self.infix.iter().flat_map(|infix| infix.find_all(text)) {
            if found.start > 0 {
                self.whole(&text[start..found.start], cache, pieces);
                self.whole(&text[found.clone()], cache, pieces);
                start = found.end;
            }
        }
        self.whole(&text[start..], cache, pieces);
    }

    /// Appends the tokens of the exception `text`, if it is one.
    fn exception(&self, text: &str, cache: &mut TokenizerCache, pieces: &mut Vec<(u32, u32)>) -> bool {
        let Some(tokens) = self.exceptions.get(text) else { return false };
        for (piece, norm) in tokens {
            let lexeme = cache.lexicon.number(piece, norm.as_deref(), &self.norms);
            pieces.push((lexeme, piece.len() as u32));
        }
        true
    }

    /// Puts together exceptions that the affix rules have cut (":-)" or "e.g." in brackets), among the
    /// tokens from `from` on.
    fn retokenize(&self, text: &str, from: usize, cache: &mut TokenizerCache, tokens: &mut Vec<Token>) {
        let same = |token: &Token, piece: &String| text[token.start as usize..token.end as usize] == **piece;
        let mut spans: Vec<(usize, usize)> = Vec::new();
        cache.begins.resize(cache.lexicon.len(), None);
        for (at, token) in tokens.iter().enumerate().skip(from) {
            let form = &text[token.start as usize..token.end as usize];
            let begins = &mut cache.begins[token.lexeme as usize];
            if !*begins.get_or_insert_with(|| self.retokenized.contains_key(form)) {
                continue;
            }
            for sequence in self.retokenized.get(form).into_iter().flatten() {
                if let Some(window) = tokens.get(at..at + sequence.len())
                    && window.iter().zip(sequence).all(|(token, piece)| same(token, piece))
                {
                    spans.push((at, at + sequence.len()));
                }
            }
        }
        if spans.is_empty() {
            return;
        }
        // The longest first, then the leftmost; none may touch another's tokens.
        spans.sort_by_key(|&(start, end)| (std::cmp::Reverse(end - start), start));
        let cut = tokens.split_off(from);
        let mut taken = vec![false; cut.len()];
        let mut replaced: HashMap<usize, usize> = HashMap::new();
        for (start, end) in spans.into_iter().map(|(start, end)| (start - from, end - from)) {
            if !taken[start] && !taken[end - 1] {
                replaced.insert(start, end);
            }
            taken[start..end].fill(true);
        }
        let mut at = 0;
        while at < cut.len() {
            let whole = replaced.get(&at);
            let end = whole.copied().unwrap_or(at + 1);
            let (first, last) = (cut[at], cut[end - 1]);
            let mut pieces = Vec::new();
            if whole.is_some() {
                self.exception(&text[first.start as usize..last.end as usize], cache, &mut pieces);
            }
            let mut start = first.start;
            for &(lexeme, bytes) in &pieces {
                tokens.push(Token { lexeme, start, end: start + bytes, spacy: false });
                start += bytes;
            }
            match (pieces.is_empty(), tokens.last_mut()) {
                (false, Some(token)) => token.spacy = last.spacy,
                _ => tokens.extend_from_slice(&cut[at..end]),
            }
            at = end;
        }
    }
}

/// The first [`WINDOW`] characters.
fn head(text: &str) -> &str {
    if text.len() <= WINDOW { text } else { text.char_indices().nth(WINDOW).map_or(text, |(at, _)| &text[..at]) }
}

/// The last [`WINDOW`] characters.
fn tail(text: &str) -> &str {
    if text.len() <= WINDOW {
        return text;
    }
    text.char_indices().rev().nth(WINDOW - 1).map_or(text, |(at, _)| &text[at..])
}

/// The length in bytes of the first match, 0 for none.
fn search(rule: &Option<Expression>, text: &str) -> usize {
    if text.is_empty() {
        return 0;
    }
    rule.as_ref().and_then(|rule| rule.find(text)).map_or(0, |found| found.len())
}

fn found(rule: &Option<Expression>, text: &str) -> bool {
    rule.as_ref().is_some_and(|rule| rule.is_match(text))
}

fn matches(rule: &Option<Expression>, text: &str) -> bool {
    // Python's `re.match` starts at the beginning only.
    rule.as_ref().and_then(|rule| rule.find(text)).is_some_and(|found| found.start == 0)
}
