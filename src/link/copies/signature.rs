//! What is kept of a document to tell whether others are copies of it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::{fold, hash};

/// Words of a shingle. One word changed changes so many shingles.
const SHINGLE: usize = 3;

/// Words of a sentence that are looked at.
const MOST_WORDS: usize = 4096;

/// The sentences of a document, as hashes of their words: about four bytes a word.
///
/// ```
/// use isnad::link::copies::Signature;
/// let signature = Signature::new("doc", Some("2024-12-08".parse().unwrap()), ["A short sentence."]);
/// let kept = serde_json::to_string(&signature).unwrap();
/// assert_eq!(serde_json::from_str::<Signature>(&kept).unwrap(), signature);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Id of the document.
    pub document: String,
    /// The first day on which it can have been published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// How many shingles each sentence has.
    sentences: Vec<u16>,
    /// The shingles of all sentences, those of each in order and once.
    shingles: Vec<u32>,
}

impl Signature {
    /// The signature of a document of these sentences.
    pub fn new<'a>(document: &str, published: Option<Date>, sentences: impl IntoIterator<Item = &'a str>) -> Self {
        let mut signature =
            Self { document: document.to_owned(), published, sentences: Vec::new(), shingles: Vec::new() };
        let mut words = Vec::new();
        for sentence in sentences {
            words.clear();
            words.extend(
                fold(sentence)
                    .split(' ')
                    .filter(|word| !word.is_empty())
                    .take(MOST_WORDS)
                    .map(|word| hash(word.bytes())),
            );
            let since = signature.shingles.len();
            let window = SHINGLE.min(words.len()).max(1);
            signature.shingles.extend(words.windows(window).map(shingle));
            signature.shingles[since..].sort_unstable();
            let mut kept = since;
            for at in since..signature.shingles.len() {
                if at == since || signature.shingles[at] != signature.shingles[kept - 1] {
                    signature.shingles[kept] = signature.shingles[at];
                    kept += 1;
                }
            }
            signature.shingles.truncate(kept);
            signature.sentences.push((kept - since) as u16);
        }
        signature.shingles.shrink_to_fit();
        signature.sentences.shrink_to_fit();
        signature
    }

    /// By what documents are ordered.
    pub(super) fn order(&self) -> (bool, Option<Date>, &str, &[u32]) {
        (self.published.is_none(), self.published, &self.document, &self.shingles)
    }

    /// The shingles of each sentence.
    pub(super) fn sentences(&self) -> impl Iterator<Item = &[u32]> {
        let mut rest = self.shingles.as_slice();
        self.sentences.iter().map(move |&count| {
            // Signatures come from files, too.
            let (sentence, after) = rest.split_at(usize::from(count).min(rest.len()));
            rest = after;
            sentence
        })
    }

    /// The shingles of the whole document, in order and once.
    pub(super) fn all(&self) -> Vec<u32> {
        let mut all = self.shingles.clone();
        all.sort_unstable();
        all.dedup();
        all
    }
}

fn shingle(words: &[u64]) -> u32 {
    let mixed =
        words.iter().fold(0_u64, |mixed, word| (mixed.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (mixed ^ (mixed >> 32)) as u32
}
