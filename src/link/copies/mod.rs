//! Copies: documents and sentences that are one text, such as agency copy under several headlines.
//!
//! Ten newspapers that print one agency's report are one source. Of every document a [`Signature`] is kept: its sentences as
//! hashes of three words in a row (shingles; Broder 1997). [`copies()`] finds, by MinHash with banding, which documents may
//! share much, compares those exactly, and tells for every group which document comes first and what the others took over.
//!
//! - Words that many documents share tell little: each shingle weighs `ln(1 + N / n)`, where `n` of `N` documents have it.
//!   What a site adds below every article therefore makes no copies of two articles.
//! - A group is around one document, the first: a digest of several reports does not make one of them.
//! - A sentence that stands in several groups is a copy too, unless it is in so many that it must be a phrase of carriers.
//! - Nothing depends on the order of the signatures. Time grows with their number, not with its square: of those that share
//!   a band, each is compared with the first few only.

mod groups;
mod sentences;
mod signature;

pub use groups::{DocumentCopy, Group};
pub use sentences::SentenceCopy;
pub use signature::Signature;

/// What is copied.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Copies {
    /// Documents that are copies of one text, by the document that comes first.
    pub groups: Vec<Group>,
    /// Sentences that another document has first.
    pub sentences: Vec<SentenceCopy>,
}

/// The copies among the documents of `signatures`, each of which counts once.
///
/// Documents come in the order of their days of publication, those without one last, then of their ids.
///
/// ```
/// use isnad::link::copies::{Signature, copies};
///
/// let report = [
///     "Rescue workers searched the flooded villages along the river on Monday for people who had not been heard of.",
///     "At least forty houses were swept away when the old dam gave in after three days of rain, the governor said.",
///     "Schools in the district will stay closed until the water has gone down.",
/// ];
/// let signatures = [
///     Signature::new("b", None, report),
///     Signature::new("a", None, ["Dozens missing after dam breaks."].into_iter().chain(report)),
///     Signature::new("c", None, ["The orchestra will open its season with two works that were thought to be lost."]),
/// ];
/// let copies = copies(&signatures);
/// assert_eq!(copies.groups.len(), 1);
/// assert_eq!(copies.groups[0].first, "a");
/// assert_eq!(copies.groups[0].copies[0].document, "b");
/// assert_eq!(copies.sentences[0].of_sentence, 1);
/// ```
pub fn copies(signatures: &[Signature]) -> Copies {
    let mut ordered: Vec<&Signature> = signatures.iter().collect();
    ordered.sort_by(|one, other| one.order().cmp(&other.order()));
    ordered.dedup_by(|one, other| one.document == other.document);
    let first = groups::first_of_each(&ordered);
    Copies { groups: groups::groups(&ordered, &first), sentences: sentences::sentences(&ordered, &first) }
}

#[cfg(test)]
mod tests;
