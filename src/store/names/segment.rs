//! One file of the index.
//!
//! ```text
//! "isnames1"  entities u32  keys u32  start of the postings u64  length of the file u64
//! start of every entity and of the end         (entities + 1) × u64
//! hash of every entity's IRI, in order         entities × (u64, number u32)
//! keys, in order                               keys × (u64, first posting u32, number of postings u32)
//! entities: IRI, label, classes, names, descriptions as texts with their lengths before them, documents u32
//! postings: numbers of entities                u32
//! ```
//!
//! Numbers are little-endian. Entities come by how many documents they are in, so that a key's postings begin with those
//! that somebody looks for most likely.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Mutex;

use super::keys;
use crate::link::names::NameKind;
use crate::ontology::Schema;
use crate::text::hash;

const MAGIC: &[u8; 8] = b"isnames1";
const HEADER: u64 = 32;
/// Entities of one key that are kept: those of most documents.
const MOST_OF_KEY: usize = 4_096;
/// Bytes of one entity.
const LARGEST: u64 = 16 * 1024 * 1024;

/// An entity and its names, as an answer shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its IRI.
    pub iri: String,
    /// The name it is shown by.
    pub label: String,
    /// Local names of its classes, the most specific first.
    pub classes: Vec<String>,
    /// How many documents mention it.
    pub documents: u32,
    /// Names, aliases and nicknames.
    pub names: Vec<String>,
    /// What it is called without a name: "the prisoner".
    pub descriptions: Vec<String>,
}

impl Named {
    /// How its names are compared; none where they are not.
    pub(crate) fn kind(&self) -> Option<NameKind> {
        let schema = Schema::embedded();
        let is = |root: &str| self.classes.iter().any(|class| schema.is_subclass(class, root));
        [("Person", NameKind::Person), ("Organization", NameKind::Organization), ("Facility", NameKind::Facility)]
            .into_iter()
            .find_map(|(root, kind)| is(root).then_some(kind))
    }
}

/// The bytes of a file of these entities.
pub(super) fn pack(mut entities: Vec<Named>) -> Vec<u8> {
    entities.sort_by(|one, other| other.documents.cmp(&one.documents).then_with(|| one.iri.cmp(&other.iri)));
    let mut postings: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    let mut hashes: Vec<(u64, u32)> = Vec::with_capacity(entities.len());
    let mut blob: Vec<u8> = Vec::new();
    let mut starts: Vec<u64> = Vec::with_capacity(entities.len() + 1);
    for (number, entity) in entities.iter().enumerate() {
        let number = number as u32;
        let kind = entity.kind();
        let all =
            entity.names.iter().map(|name| (name, kind)).chain(entity.descriptions.iter().map(|name| (name, None)));
        for key in all.flat_map(|(name, kind)| keys::keys(name, kind)) {
            let of_key = postings.entry(key).or_default();
            if of_key.last() != Some(&number) && of_key.len() < MOST_OF_KEY {
                of_key.push(number);
            }
        }
        hashes.push((hash(entity.iri.bytes()), number));
        starts.push(blob.len() as u64);
        put(&mut blob, &entity.iri);
        put(&mut blob, &entity.label);
        for list in [&entity.classes, &entity.names, &entity.descriptions] {
            blob.extend((list.len() as u32).to_le_bytes());
            list.iter().for_each(|text| put(&mut blob, text));
        }
        blob.extend(entity.documents.to_le_bytes());
    }
    starts.push(blob.len() as u64);
    hashes.sort_unstable();
    let tables = HEADER + 8 * starts.len() as u64 + 12 * hashes.len() as u64 + 16 * postings.len() as u64;
    let of_postings = tables + blob.len() as u64;
    let length = of_postings + 4 * postings.values().map(|list| list.len() as u64).sum::<u64>();
    let mut bytes: Vec<u8> = Vec::with_capacity(length as usize);
    bytes.extend(MAGIC);
    bytes.extend((entities.len() as u32).to_le_bytes());
    bytes.extend((postings.len() as u32).to_le_bytes());
    bytes.extend(of_postings.to_le_bytes());
    bytes.extend(length.to_le_bytes());
    starts.iter().for_each(|start| bytes.extend((tables + start).to_le_bytes()));
    for (hash, number) in hashes {
        bytes.extend(hash.to_le_bytes());
        bytes.extend(number.to_le_bytes());
    }
    let mut first = 0_u32;
    for (key, list) in &postings {
        bytes.extend(key.to_le_bytes());
        bytes.extend(first.to_le_bytes());
        bytes.extend((list.len() as u32).to_le_bytes());
        first += list.len() as u32;
    }
    bytes.extend(&blob);
    postings.values().flatten().for_each(|number| bytes.extend(number.to_le_bytes()));
    bytes
}

fn put(blob: &mut Vec<u8>, text: &str) {
    blob.extend((text.len() as u32).to_le_bytes());
    blob.extend(text.as_bytes());
}

enum Bytes {
    Memory(Vec<u8>),
    File(Mutex<File>),
}

impl Bytes {
    fn read(&self, at: u64, length: u64) -> io::Result<Vec<u8>> {
        match self {
            Self::Memory(bytes) => {
                let end = at.checked_add(length).ok_or_else(damaged)?;
                Ok(bytes.get(at as usize..end as usize).ok_or_else(damaged)?.to_vec())
            }
            Self::File(file) => {
                let mut file = file.lock().map_err(|_| io::Error::other("another thread failed while it read"))?;
                file.seek(SeekFrom::Start(at))?;
                let mut bytes = vec![0; length as usize];
                file.read_exact(&mut bytes)?;
                Ok(bytes)
            }
        }
    }
}

/// A file of the index, opened.
pub(super) struct Segment {
    bytes: Bytes,
    entities: u32,
    keys: u32,
    postings: u64,
    length: u64,
}

impl Segment {
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Self::of(Bytes::File(Mutex::new(file)), length)
    }

    pub fn in_memory(bytes: Vec<u8>) -> io::Result<Self> {
        let length = bytes.len() as u64;
        Self::of(Bytes::Memory(bytes), length)
    }

    fn of(bytes: Bytes, length: u64) -> io::Result<Self> {
        if length < HEADER {
            return Err(damaged());
        }
        let header = bytes.read(0, HEADER)?;
        let (entities, keys) = (number(&header, 8)?, number(&header, 12)?);
        let (postings, said) = (long(&header, 16)?, long(&header, 24)?);
        let tables = HEADER + 8 * (u64::from(entities) + 1) + 12 * u64::from(entities) + 16 * u64::from(keys);
        if header[..8] != *MAGIC || said != length || postings > length || tables > postings {
            return Err(damaged());
        }
        Ok(Self { bytes, entities, keys, postings, length })
    }

    /// How many entities it has.
    pub fn len(&self) -> usize {
        self.entities as usize
    }

    /// Entities with a name of this key, those of most documents first.
    pub fn entities_of(&self, key: u64) -> io::Result<Vec<u32>> {
        let table = HEADER + 8 * (u64::from(self.entities) + 1) + 12 * u64::from(self.entities);
        let Some(row) = self.row(table, 16, self.keys, key)? else { return Ok(Vec::new()) };
        let (first, count) = (u64::from(number(&row, 8)?), u64::from(number(&row, 12)?));
        let start = self.postings + 4 * first;
        if start + 4 * count > self.length || count > MOST_OF_KEY as u64 {
            return Err(damaged());
        }
        let list = self.bytes.read(start, 4 * count)?;
        (0..count as usize).map(|at| number(&list, 4 * at)).collect()
    }

    /// Whether it has an entity, be it as one that is gone.
    pub fn has(&self, iri: &str) -> io::Result<bool> {
        let table = HEADER + 8 * (u64::from(self.entities) + 1);
        Ok(match self.row(table, 12, self.entities, hash(iri.bytes()))? {
            // Of two entities of one hash the other would be shown as it was before: they are too few to mind.
            Some(row) => self.entity(number(&row, 8)?)?.iri == iri,
            None => false,
        })
    }

    /// The row of a table of rows of `width` bytes that begin with a number, in order.
    fn row(&self, table: u64, width: u64, rows: u32, wanted: u64) -> io::Result<Option<Vec<u8>>> {
        let (mut low, mut high) = (0, u64::from(rows));
        while low < high {
            let middle = (low + high) / 2;
            let row = self.bytes.read(table + width * middle, width)?;
            match long(&row, 0)?.cmp(&wanted) {
                std::cmp::Ordering::Equal => return Ok(Some(row)),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Ok(None)
    }

    /// An entity by its number.
    pub fn entity(&self, at: u32) -> io::Result<Named> {
        if at >= self.entities {
            return Err(damaged());
        }
        let bounds = self.bytes.read(HEADER + 8 * u64::from(at), 16)?;
        let (start, end) = (long(&bounds, 0)?, long(&bounds, 8)?);
        if end < start || end > self.length || end - start > LARGEST {
            return Err(damaged());
        }
        let bytes = self.bytes.read(start, end - start)?;
        let mut reader = Reader { bytes: &bytes, at: 0 };
        Ok(Named {
            iri: reader.text()?,
            label: reader.text()?,
            classes: reader.texts()?,
            names: reader.texts()?,
            descriptions: reader.texts()?,
            documents: reader.number()?,
        })
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Reader<'_> {
    fn number(&mut self) -> io::Result<u32> {
        let value = number(self.bytes, self.at)?;
        self.at += 4;
        Ok(value)
    }

    fn text(&mut self) -> io::Result<String> {
        let length = self.number()? as usize;
        let bytes = self.bytes.get(self.at..).and_then(|rest| rest.get(..length)).ok_or_else(damaged)?;
        self.at += length;
        String::from_utf8(bytes.to_vec()).map_err(|_| damaged())
    }

    fn texts(&mut self) -> io::Result<Vec<String>> {
        let count = self.number()? as usize;
        if count > self.bytes.len() {
            return Err(damaged());
        }
        (0..count).map(|_| self.text()).collect()
    }
}

fn number(bytes: &[u8], at: usize) -> io::Result<u32> {
    let value = bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).ok_or_else(damaged)?;
    Ok(u32::from_le_bytes(value))
}

fn long(bytes: &[u8], at: usize) -> io::Result<u64> {
    let value = bytes.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).ok_or_else(damaged)?;
    Ok(u64::from_le_bytes(value))
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the index of names is damaged; `isnad build --relink` makes it again")
}
