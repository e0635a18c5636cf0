//! A hash that is the same on every machine and in every version.

/// FNV-1a, 64 bits (Fowler, Noll and Vo): quick, and good enough where two of one hash do no harm.
///
/// ```
/// use isnad::text::hash;
/// assert_eq!(hash("a".bytes()), 0xaf63_dc4c_8601_ec8c);
/// ```
pub fn hash(bytes: impl IntoIterator<Item = u8>) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, mix)
}
