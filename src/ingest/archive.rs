//! What the readers of archives share: names of entries, and which of them are documents.

use std::path::Path;

use super::discover;

/// The name of an entry as it is recorded: without `..`, drive letters and the like, so that it can
/// never be taken for a place outside of the archive. Nothing is ever written under it.
pub(super) fn entry_name(archive: &str, entry: &str) -> String {
    let parts = entry.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    let parts: Vec<String> = parts
        .map(|part| part.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect())
        .collect();
    format!("{archive}!/{}", parts.join("/"))
}

/// Whether an entry is taken for a document, by the rules for files in folders.
pub(super) fn is_document(entry: &str) -> bool {
    let path = Path::new(entry);
    let hidden =
        entry.split(['/', '\\']).any(|part| part.starts_with('.') && !matches!(part, "." | "..") || part == "__MACOSX");
    !hidden && discover::is_document(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside() {
        for (entry, name) in [
            ("a/b.txt", "z.zip!/a/b.txt"),
            ("../../etc/passwd", "z.zip!/etc/passwd"),
            ("/etc/./x.txt", "z.zip!/etc/x.txt"),
            ("..\\..\\c:\\x.txt", "z.zip!/c:/x.txt"),
            ("a\u{1b}[31m.txt", "z.zip!/a\u{fffd}[31m.txt"),
        ] {
            assert_eq!(entry_name("z.zip", entry), name);
        }
        for (entry, taken) in [
            ("a/b.txt", true),
            ("../b.pdf", true),
            ("a/.b.txt", false),
            ("__MACOSX/b.txt", false),
            ("a.jpg", false),
            ("README.md", false),
        ] {
            assert_eq!(is_document(entry), taken, "{entry}");
        }
    }
}
