//! String → 64-bit id, as spaCy's `StringStore` has it.
//!
//! The empty string is 0, a name of spaCy's symbol table (`symbols.tsv`: attributes, parts of speech,
//! labels) is its symbol, everything else is MurmurHash64A (Appleby, public domain) of its UTF-8 bytes
//! with seed 1. The ids are what the embedding tables were trained on.

use std::collections::HashMap;
use std::sync::LazyLock;

static SYMBOLS: LazyLock<HashMap<&'static str, u64>> = LazyLock::new(|| {
    include_str!("symbols.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(name, id)| Some((name, id.parse().ok()?)))
        .collect()
});

/// The id of `text`.
pub(super) fn string_id(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    // Symbols are ASCII capitals, digits, "_" and lower-case labels of at most 30 bytes.
    if text.len() <= 30
        && let Some(&id) = SYMBOLS.get(text)
    {
        return id;
    }
    murmur_hash_64a(text.as_bytes(), 1)
}

/// The name of a symbol, for tables that are keyed by id.
pub(super) fn symbol_name(id: u64) -> Option<&'static str> {
    SYMBOLS.iter().find(|&(_, &symbol)| symbol == id).map(|(name, _)| *name)
}

fn murmur_hash_64a(key: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mut hash = seed ^ (key.len() as u64).wrapping_mul(M);
    let (blocks, rest) = key.as_chunks::<8>();
    for block in blocks {
        let mut k = u64::from_le_bytes(*block).wrapping_mul(M);
        k ^= k >> 47;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !rest.is_empty() {
        for (at, &byte) in rest.iter().enumerate() {
            hash ^= u64::from(byte) << (8 * at);
        }
        hash = hash.wrapping_mul(M);
    }
    hash ^= hash >> 47;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> 47)
}
