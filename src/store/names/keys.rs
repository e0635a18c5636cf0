//! Keys by which a name is found.

use crate::link::names::{self, Name, NameKind};
use crate::text::{fold, hash, name_parts, skeleton};

/// Letters of a part from which on its beginning is enough.
const BEGINNING: usize = 3;
/// Characters of a name that are looked at.
const LONGEST: usize = 400;

/// How much it tells that two names share a key.
const WHOLE: u32 = 60;
const SPELLING: u32 = 12;
const PART: u32 = 6;
const SOUND: u32 = 4;
const BEGUN: u32 = 1;

fn key(kind: &str, text: &str) -> u64 {
    hash(kind.bytes().chain([b' ']).chain(text.bytes()))
}

fn begun(part: &str) -> Option<String> {
    let letters: String = part.chars().take(BEGINNING).collect();
    (letters.chars().count() == BEGINNING).then_some(letters)
}

/// The keys of a name of an entity of a kind, in no order.
pub(super) fn keys(name: &str, kind: Option<NameKind>) -> Vec<u64> {
    let name: String = name.chars().take(LONGEST).collect();
    let mut all = vec![key("whole", &fold(&name))];
    for part in name_parts(&name) {
        all.push(key("part", &part));
        let sound = skeleton(&part);
        if sound.chars().count() > 1 {
            all.push(key("sound", &sound));
        }
        all.extend(begun(&part).map(|letters| key("begun", &letters)));
    }
    if let Some(kind) = kind {
        all.extend(names::keys(&Name::parse(&name, kind)));
    }
    all
}

/// The keys of what somebody looks for, and how much each tells.
pub(super) fn wanted(text: &str) -> Vec<(u64, u32)> {
    let text: String = text.chars().take(LONGEST).collect();
    let folded = fold(&text);
    if folded.is_empty() {
        return Vec::new();
    }
    let mut all = vec![(key("whole", &folded), WHOLE)];
    let parts = name_parts(&text);
    for part in &parts {
        all.push((key("part", part), PART));
        let sound = skeleton(part);
        if sound.chars().count() > 1 {
            all.push((key("sound", &sound), SOUND));
        }
    }
    // Somebody may still be writing the last part.
    all.extend(parts.last().and_then(|part| begun(part)).map(|letters| (key("begun", &letters), BEGUN)));
    for kind in [NameKind::Person, NameKind::Organization, NameKind::Facility] {
        all.extend(names::keys(&Name::parse(&text, kind)).into_iter().map(|key| (key, SPELLING)));
    }
    all.sort_unstable();
    all.dedup_by_key(|(key, _)| *key);
    all
}
