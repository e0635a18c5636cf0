//! Look-up of folded names.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::OnceLock;

use fst::raw::Fst;

use super::tables::{self, NameRole};
use super::{Entry, geonames};
use crate::text::fold;

/// Every role; the index is the role's code in a posting.
const ROLES: [NameRole; 7] = [
    NameRole::Primary,
    NameRole::Alternate,
    NameRole::Town,
    NameRole::Nickname,
    NameRole::Demonym,
    NameRole::Acronym,
    NameRole::Abbreviation,
];

static NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/names.fst"));
static POSTINGS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/names.bin"));
static ASIDE_NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/aside.fst"));
static ASIDE_POSTINGS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/aside.bin"));
static ROWS: &str = include_str!(concat!(env!("OUT_DIR"), "/rows.txt"));
static OFFSETS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/offsets.bin"));

/// A row that has the name asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The row.
    pub entry: Entry,
    /// What the name is to it.
    pub role: NameRole,
}

/// A table that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{table}: {problem}\nhint: the columns are those of `data/gazetteer/facilities.tsv`, separated by tabs, or those of \
     a dump of GeoNames"
)]
pub struct TableError {
    table: String,
    problem: String,
}

/// The embedded tables, and what a user has added.
pub struct Gazetteer {
    names: Fst<&'static [u8]>,
    aside: Fst<&'static [u8]>,
    extra_rows: Vec<String>,
    /// Folded name → numbers of added rows and roles.
    extra_names: HashMap<String, Vec<(usize, NameRole)>>,
    extra_aside: HashMap<String, Vec<(usize, NameRole)>>,
    /// Key → number of the added row.
    extra_keys: HashMap<String, usize>,
}

impl fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gazetteer({} names, {} rows added)", self.names.len(), self.extra_rows.len())
    }
}

impl Gazetteer {
    /// The tables that come with the program.
    ///
    /// ```
    /// use isnad::gazetteer::Gazetteer;
    /// let hits = Gazetteer::embedded().lookup("Saydnaya military prison");
    /// assert_eq!(hits[0].entry.key, "facility:sy-saydnaya-military-prison");
    /// ```
    pub fn embedded() -> &'static Gazetteer {
        static EMBEDDED: OnceLock<Gazetteer> = OnceLock::new();
        EMBEDDED.get_or_init(Gazetteer::new)
    }

    /// A gazetteer of the embedded tables, to which rows can be added.
    pub fn new() -> Self {
        let open = |map| Fst::new(map).expect("build.rs has just written this map; a test opens it");
        Self {
            names: open(NAMES),
            aside: open(ASIDE_NAMES),
            extra_rows: Vec::new(),
            extra_names: HashMap::new(),
            extra_aside: HashMap::new(),
            extra_keys: HashMap::new(),
        }
    }

    /// Adds the rows of a table, and says how many they were; `table` names it in errors. It is a table of facilities
    /// in the columns of `data/gazetteer/facilities.tsv`, or a dump of GeoNames for a country, such as `SY.txt`: of that,
    /// inhabited places, regions and mountains, lakes and the like are added as what [`Gazetteer::places`] knows.
    ///
    /// # Errors
    /// If the text is neither.
    pub fn add(&mut self, table: &str, text: &str) -> Result<usize, TableError> {
        let dump = geonames::is_dump(text);
        let rows = if dump { geonames::parse(text) } else { tables::parse(tables::FACILITIES, text) };
        let rows = rows.map_err(|problem| TableError { table: table.to_owned(), problem })?;
        let count = rows.len();
        let names = if dump { &mut self.extra_aside } else { &mut self.extra_names };
        for row in rows {
            for (name, role) in row.names {
                names.entry(fold(&name)).or_default().push((self.extra_rows.len(), role));
            }
            let key = row.entry.split('\t').next().unwrap_or_default().to_owned();
            self.extra_keys.insert(key, self.extra_rows.len());
            self.extra_rows.push(row.entry);
        }
        Ok(count)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        OFFSETS.len() / 4 - 1 + self.extra_rows.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every row that has `name` in any spelling that folds to the same, in table order.
    pub fn lookup(&self, name: &str) -> Vec<Hit> {
        self.lookup_folded(&fold(name))
    }

    /// As [`Gazetteer::lookup`], for a name that is folded already.
    pub fn lookup_folded(&self, folded: &str) -> Vec<Hit> {
        let mut hits = self.extra(&self.extra_names, folded);
        if let Some(value) = self.names.get(folded) {
            hits.extend(unpack(POSTINGS, value.value()));
        }
        hits
    }

    /// Every geographic row that has a name which is folded already, for words of which it is known that they name a
    /// place: also the small towns, the districts and the abbreviations whose names are ordinary words too often to
    /// tell that. A row comes once.
    ///
    /// ```
    /// use isnad::gazetteer::Gazetteer;
    /// let gazetteer = Gazetteer::embedded();
    /// assert!(gazetteer.lookup_folded("allen county").is_empty());
    /// assert!(gazetteer.places("allen county").iter().any(|hit| hit.entry.region.as_deref() == Some("US-OH")));
    /// ```
    pub fn places(&self, folded: &str) -> Vec<Hit> {
        let mut hits = self.extra(&self.extra_aside, folded);
        hits.extend(self.lookup_folded(folded));
        if let Some(value) = self.aside.get(folded) {
            hits.extend(unpack(ASIDE_POSTINGS, value.value()));
        }
        let mut known = HashSet::new();
        hits.retain(|hit| {
            hit.entry.kind.is_geographic() && hit.role != NameRole::Demonym && known.insert(hit.entry.key.clone())
        });
        hits
    }

    /// The longest run of `words` (each folded, of at most twelve) that is a name: how many words,
    /// and the rows. Words are joined by single spaces.
    pub fn longest(&self, words: &[&str]) -> Option<(usize, Vec<Hit>)> {
        let mut node = self.names.root();
        let mut output = fst::raw::Output::zero();
        let mut best: Option<(usize, u64)> = None;
        'words: for (count, word) in words.iter().enumerate().take(12) {
            let bytes = (count > 0).then_some(b' ').into_iter().chain(word.bytes());
            for byte in bytes {
                let Some(index) = node.find_input(byte) else { break 'words };
                let transition = node.transition(index);
                output = output.cat(transition.out);
                node = self.names.node(transition.addr);
            }
            if node.is_final() {
                best = Some((count + 1, output.cat(node.final_output()).value()));
            }
        }
        let embedded = best.map(|(count, value)| (count, unpack(POSTINGS, value)));
        if self.extra_names.is_empty() {
            return embedded;
        }
        let added = (1..=words.len().min(12)).rev().find_map(|count| {
            let hits = self.extra(&self.extra_names, &words[..count].join(" "));
            (!hits.is_empty()).then_some((count, hits))
        });
        match (added, embedded) {
            (Some((count, mut hits)), Some((other, more))) if count == other => {
                hits.extend(more);
                Some((count, hits))
            }
            (Some(added), Some(embedded)) => Some(if added.0 > embedded.0 { added } else { embedded }),
            (added, embedded) => added.or(embedded),
        }
    }

    /// The row with this key, such as `geonames:170654`.
    pub fn by_key(&self, key: &str) -> Option<Entry> {
        static KEYS: OnceLock<HashMap<&'static str, usize>> = OnceLock::new();
        let keys = KEYS.get_or_init(|| {
            ROWS.lines().enumerate().filter_map(|(number, line)| Some((line.split('\t').next()?, number))).collect()
        });
        let line = match keys.get(key) {
            Some(&number) => row(number),
            None => self.extra_keys.get(key).map(|&number| self.extra_rows[number].as_str()),
        };
        line.and_then(Entry::unpack)
    }

    fn extra(&self, names: &HashMap<String, Vec<(usize, NameRole)>>, folded: &str) -> Vec<Hit> {
        let rows = names.get(folded).map(Vec::as_slice).unwrap_or_default();
        rows.iter()
            .filter_map(|&(row, role)| Entry::unpack(&self.extra_rows[row]).map(|entry| Hit { entry, role }))
            .collect()
    }
}

impl Default for Gazetteer {
    fn default() -> Self {
        Self::new()
    }
}

/// The hits behind a value of the map: the byte offset of its postings, and their number.
fn unpack(postings: &[u8], value: u64) -> Vec<Hit> {
    let start = (value >> 16) as usize;
    let count = (value & 0xffff) as usize;
    let postings = postings.get(start..start + count * 4).unwrap_or_default();
    postings
        .as_chunks::<4>()
        .0
        .iter()
        .filter_map(|bytes| {
            let posting = u32::from_le_bytes(*bytes);
            let role = ROLES.get((posting >> tables::ROLE_SHIFT) as usize).copied()?;
            let entry = Entry::unpack(row((posting & tables::ROW_MASK) as usize)?)?;
            Some(Hit { entry, role })
        })
        .collect()
}

fn row(index: usize) -> Option<&'static str> {
    let offset = |at: usize| OFFSETS.as_chunks::<4>().0.get(at).map(|bytes| u32::from_le_bytes(*bytes) as usize);
    ROWS.get(offset(index)?..offset(index + 1)?).map(|line| line.trim_end_matches('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(name: &str) -> Vec<String> {
        Gazetteer::embedded().lookup(name).into_iter().map(|hit| hit.entry.key).collect()
    }

    #[test]
    fn names_in_any_spelling_of_the_tables() {
        for (name, key) in [
            ("Hama", "geonames:170017"),
            ("حماة", "geonames:170017"),
            ("Damascus", "geonames:170654"),
            ("Rif Dimashq", "region:SY-RD"),
            ("Syria", "country:SY"),
            ("Sednaya Prison", "facility:sy-saydnaya-military-prison"),
            ("Human Slaughterhouse", "facility:sy-saydnaya-military-prison"),
        ] {
            assert!(keys(name).contains(&key.to_owned()), "{name}: {:?}", keys(name));
        }
        assert!(keys("said").is_empty(), "an ordinary word is no town");
        assert!(keys("").is_empty());
    }

    #[test]
    fn the_longest_name_wins() {
        let (count, hits) = Gazetteer::embedded().longest(&["deir", "ez", "zor", "fell"]).expect("a city");
        assert_eq!(count, 3);
        assert!(hits.iter().any(|hit| hit.entry.key == "geonames:170794"), "{hits:?}");
        assert!(Gazetteer::embedded().longest(&["qqq"]).is_none());
    }

    #[test]
    fn a_user_adds_facilities() {
        let mut gazetteer = Gazetteer::new();
        let added = gazetteer.add("mine.tsv", "id\tname\tkind\talternates\nxx-north\tNorth Fort\tPrison\tFort Nord\n");
        assert_eq!(added, Ok(1));
        assert_eq!(gazetteer.lookup("fort nord")[0].entry.subtype.as_deref(), Some("Prison"));
        assert_eq!(gazetteer.longest(&["north", "fort", "is"]).map(|hit| hit.0), Some(2));
        let error = gazetteer.add("mine.tsv", "id\tname\n\tNorth Fort\n").expect_err("no id");
        assert!(error.to_string().contains("mine.tsv: line 2"), "{error}");
    }
}
