//! Plain text: what stands in the file is the text.

use super::draft::Draft;

/// The draft of a plain text; no title is guessed.
pub(super) fn read(text: String) -> Draft {
    Draft { text, ..Draft::default() }
}

#[cfg(test)]
mod tests {
    use crate::ingest::{Options, read_bytes};
    use proptest::prelude::*;

    #[test]
    fn text_stays_and_the_hash_is_of_the_raw_bytes() {
        let document = read_bytes("a.txt", b"\xef\xbb\xbfHe was\r\nfreed. ", &Options::default()).remove(0).unwrap();
        assert_eq!((document.text.as_str(), document.title), ("He was\nfreed. ", None));
        // printf '\xef\xbb\xbfHe was\r\nfreed. ' | sha256sum
        assert!(document.sha256.starts_with("1a9b42cc836a9578"), "{}", document.sha256);
        for bytes in [&b""[..], b" \r\n\t ", b"\xef\xbb\xbf"] {
            assert!(
                read_bytes("a.txt", bytes, &Options::default()).remove(0).unwrap_err().to_string().contains("no text")
            );
        }
    }

    proptest! {
        #[test]
        fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,80}") {
            read_bytes("a.txt", &bytes, &Options::default());
            let documents = read_bytes("a.unknown", text.as_bytes(), &Options::default());
            if let Some(Ok(document)) = documents.first() {
                prop_assert!(text.ends_with(&document.text));
            }
        }
    }
}
