//! Names → entities: an index beside the database, for whoever looks for somebody by some spelling.
//!
//! The index is a few files in the store's folder, the first of all entities and later ones of those that have changed
//! since, which count instead; once these are many, all are written into one. It has everything that an answer shows, so
//! that the database is not asked.

mod keys;
mod segment;

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use segment::Named;
use segment::Segment;

/// Name of the folder in that of the store.
pub(super) const FOLDER: &str = "names";

/// Files of changes after which all are written into one.
const MOST_SEGMENTS: usize = 8;
/// Entities that share a key of little use.
const MANY: usize = 500;
/// Share of changed entities after which all are written into one.
const MOST_CHANGED: usize = 4;

/// The index of a store.
pub(super) struct Names {
    /// None for a store in memory.
    folder: Option<PathBuf>,
    /// The oldest first.
    segments: Vec<Segment>,
}

impl Names {
    pub fn in_memory() -> Self {
        Self { folder: None, segments: Vec::new() }
    }

    /// No index yet, or none that is of use, for a store in a folder.
    pub fn none(store: &Path) -> Self {
        Self { folder: Some(store.join(FOLDER)), segments: Vec::new() }
    }

    pub fn open(store: &Path) -> io::Result<Self> {
        let folder = store.join(FOLDER);
        let mut segments = Vec::new();
        loop {
            let path = Self::path(&folder, segments.len());
            match Segment::open(&path) {
                Ok(segment) => segments.push(segment),
                Err(error) if error.kind() == io::ErrorKind::NotFound => break,
                Err(error) => return Err(io::Error::new(error.kind(), format!("{}: {error}", path.display()))),
            }
        }
        Ok(Self { folder: Some(folder), segments })
    }

    fn path(folder: &Path, number: usize) -> PathBuf {
        folder.join(format!("{number}.idx"))
    }

    /// Whether so many changes are better written into one file with all the rest.
    pub fn wants_all(&self, changed: usize) -> bool {
        let Some(first) = self.segments.first() else { return true };
        let later: usize = self.segments[1..].iter().map(Segment::len).sum();
        self.segments.len() > MOST_SEGMENTS || (later + changed) * MOST_CHANGED > first.len()
    }

    /// Writes all entities in the place of what is there.
    pub fn write_all(&mut self, entities: Vec<Named>) -> io::Result<()> {
        // Later files first: without them the first is merely old.
        if let Some(folder) = &self.folder {
            let last = (1..).find(|number| !Self::path(folder, *number).exists()).unwrap_or(1);
            for number in (1..last).rev() {
                fs::remove_file(Self::path(folder, number))?;
            }
        }
        self.segments.clear();
        self.add(entities)
    }

    /// Writes entities that have changed; those without names are gone.
    pub fn add(&mut self, entities: Vec<Named>) -> io::Result<()> {
        let bytes = segment::pack(entities);
        let segment = match &self.folder {
            None => Segment::in_memory(bytes)?,
            Some(folder) => {
                fs::create_dir_all(folder)?;
                let path = Self::path(folder, self.segments.len());
                let draft = path.with_extension("new");
                fs::write(&draft, &bytes)?;
                fs::rename(&draft, &path)?;
                Segment::open(&path)?
            }
        };
        self.segments.push(segment);
        Ok(())
    }

    /// Entities with a name that may be what `text` spells, at most `limit`, those of most keys first, then those of most
    /// documents.
    pub fn search(&self, text: &str, limit: usize) -> io::Result<Vec<Named>> {
        let mut lists: Vec<(usize, u32, Vec<u32>)> = Vec::new();
        for (key, weight) in keys::wanted(text) {
            for (number, segment) in self.segments.iter().enumerate() {
                lists.push((number, weight, segment.entities_of(key)?));
            }
        }
        // What many share comes last, and tells nothing where enough is found by what few share.
        // Of lists that are as long as lists get, the one that tells more comes first.
        lists.sort_by_key(|(number, weight, list)| (list.len(), std::cmp::Reverse(*weight), *number));
        let mut weights: HashMap<(usize, u32), u32> = HashMap::new();
        for (number, weight, list) in lists {
            if list.len() > MANY && weights.len() >= limit {
                break;
            }
            for entity in list {
                *weights.entry((number, entity)).or_default() += weight;
            }
        }
        // Within a file entities come by how many documents they are in.
        let mut best: Vec<((usize, u32), u32)> = weights.into_iter().collect();
        best.sort_unstable_by(|one, other| {
            other.1.cmp(&one.1).then(one.0.1.cmp(&other.0.1)).then(other.0.0.cmp(&one.0.0))
        });
        let mut found = Vec::new();
        for ((number, entity), _) in best {
            if found.len() >= limit {
                break;
            }
            let named = self.segments[number].entity(entity)?;
            if !self.is_older(number, &named.iri)? {
                found.push(named);
            }
        }
        Ok(found)
    }

    /// The entities that most documents mention, at most `limit`.
    pub fn most_mentioned(&self, limit: usize) -> io::Result<Vec<Named>> {
        let mut found = Vec::new();
        for (number, segment) in self.segments.iter().enumerate() {
            for entity in 0..segment.len().min(limit) as u32 {
                let named = segment.entity(entity)?;
                if !self.is_older(number, &named.iri)? {
                    found.push(named);
                }
            }
        }
        found.sort_by(|one, other| other.documents.cmp(&one.documents).then_with(|| one.iri.cmp(&other.iri)));
        found.truncate(limit);
        Ok(found)
    }

    /// Whether a later file has what counts instead of an entity in file `number`.
    fn is_older(&self, number: usize, iri: &str) -> io::Result<bool> {
        let mut later = self.segments[number + 1..].iter();
        later.try_fold(false, |known, segment| Ok(known || segment.has(iri)?))
    }

    /// The IRIs of all entities that are in the index, however old.
    #[cfg(test)]
    fn iris(&self) -> io::Result<tests::Iris> {
        let mut iris = tests::Iris::new();
        for segment in &self.segments {
            for entity in 0..segment.len() as u32 {
                iris.insert(segment.entity(entity)?.iri);
            }
        }
        Ok(iris)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub type Iris = std::collections::BTreeSet<String>;

    fn named(iri: &str, names: &[&str], documents: u32) -> Named {
        Named {
            iri: iri.to_owned(),
            label: names.first().copied().unwrap_or_default().to_owned(),
            classes: vec!["Person".to_owned()],
            documents,
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            descriptions: Vec::new(),
        }
    }

    fn found(names: &Names, text: &str) -> Vec<String> {
        names.search(text, 10).expect("an answer").into_iter().map(|named| named.iri).collect()
    }

    #[test]
    fn spellings_scripts_and_beginnings_are_found() {
        let mut names = Names::in_memory();
        let people = vec![
            named("urn:1", &["Ragheed al-Tatari"], 1),
            named("urn:2", &["Mohammed Hassan"], 1),
            named("urn:3", &["Mohammed Ibrahim"], 5),
            named("urn:4", &["🙂"], 1),
        ];
        names.write_all(people).expect("written");
        for text in ["Raghid Tattari", "tatari", "Tata", "رغيد الططري"] {
            assert_eq!(found(&names, text).first().map(String::as_str), Some("urn:1"), "{text}");
        }
        assert_eq!(found(&names, "Muhammad Hasan")[0], "urn:2");
        assert_eq!(found(&names, "Mohammed"), ["urn:3", "urn:2"], "those of more documents first");
        assert_eq!(found(&names, ""), [""; 0]);
        assert_eq!(found(&names, "Wolfgang"), [""; 0]);
        assert_eq!(found(&names, &"x".repeat(100_000)), [""; 0]);
    }

    #[test]
    fn a_name_that_many_have_is_not_hidden_by_more_that_begin_like_it() {
        let mut names = Names::in_memory();
        let letters = |number: usize| (number / 26 % 26, number % 26, number / 676);
        let person = |number: usize| {
            let (one, other, third) = letters(number);
            let tail: String = [one, other, third].iter().map(|at| char::from(b'a' + *at as u8)).collect();
            match number % 2 {
                0 => named(&format!("urn:whole-{number}"), &[&format!("Karim {tail}")], 1),
                _ => named(&format!("urn:begun-{number}"), &[&format!("Karabel{tail}")], 2),
            }
        };
        names.write_all((0..2 * 4_096).map(person).collect()).expect("written");
        assert!(found(&names, "karim").iter().all(|iri| iri.starts_with("urn:whole")), "{:?}", found(&names, "karim"));
        assert_eq!(found(&names, "karim").len(), 10);
    }

    #[test]
    fn what_changed_later_counts() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut names = Names::open(folder.path()).expect("none yet");
        assert!(names.wants_all(1));
        let many =
            (0..100).map(|number| named(&format!("urn:{number}"), &[&format!("Person{number} Old")], 1)).collect();
        names.write_all(many).expect("written");
        assert!(!names.wants_all(2) && names.wants_all(50));
        names.add(vec![named("urn:7", &["Person7 Newname"], 1), named("urn:8", &[], 0)]).expect("written");
        let reopened = Names::open(folder.path()).expect("opened");
        for names in [&names, &reopened] {
            assert_eq!(found(names, "Person7 Newname")[0], "urn:7");
            assert!(!found(names, "Person8 Old").contains(&"urn:8".to_owned()), "it is gone");
            assert!(found(names, "Person9 Old").contains(&"urn:9".to_owned()));
        }
        names.write_all(vec![named("urn:1", &["Somebody Else"], 1)]).expect("written");
        let reopened = Names::open(folder.path()).expect("opened");
        assert_eq!(reopened.iris().expect("read"), Iris::from(["urn:1".to_owned()]));
    }

    #[test]
    fn a_damaged_file_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut names = Names::open(folder.path()).expect("none yet");
        names.write_all(vec![named("urn:1", &["Ragheed al-Tatari"], 1)]).expect("written");
        let path = folder.path().join(FOLDER).join("0.idx");
        let whole = fs::read(&path).expect("read");
        for length in [0, 5, 20, whole.len() / 2, whole.len() - 1] {
            fs::write(&path, &whole[..length]).expect("written");
            let error = Names::open(folder.path()).map(|_| ()).expect_err("it is too short");
            assert!(error.to_string().contains("0.idx"), "{error}");
        }
        // Numbers that lead nowhere.
        for at in 8..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xff;
            fs::write(&path, &bytes).expect("written");
            if let Ok(names) = Names::open(folder.path()) {
                drop(names.search("Ragheed al-Tatari", 10));
            }
        }
    }
}
