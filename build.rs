//! Packs `data/` into forms that load in microseconds.
//!
//! The gazetteer tables become an `fst` map from folded names to postings, plus the rows
//! themselves with an offset table; saved questions and event frames become a list of embedded
//! files. Everything is derived from `data/` and `ontology/` alone: same input, same bytes.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

mod fold {
    include!("src/text/fold.rs");
}
mod tables {
    include!("src/gazetteer/tables.rs");
}

use tables::{NameRole, Table};

/// Every table, in the order of their rows.
const TABLES: &[(&str, Table)] = &[
    ("countries.tsv", Table { prefix: "country", id: "iso2", kind: "Country" }),
    ("regions.tsv", Table { prefix: "region", id: "id", kind: "Region" }),
    ("places.tsv", Table { prefix: "place", id: "id", kind: "Place" }),
    ("cities.tsv", Table { prefix: "geonames", id: "geonames", kind: "City" }),
    ("facilities.tsv", tables::FACILITIES),
    ("organisations.tsv", Table { prefix: "organization", id: "id", kind: "Organization" }),
    ("towns.tsv", Table { prefix: "geonames", id: "geonames", kind: "City" }),
    ("districts.tsv", Table { prefix: "district", id: "id", kind: "Region" }),
];

/// Tables whose names are too many and too ordinary to tell that words are a name: they only say where a place lies
/// of which this is known.
const ASIDE: [&str; 2] = ["towns.tsv", "districts.tsv"];

/// Where `make web` puts the pages, each file beside itself compressed.
const BUILT_PAGES: &str = "web/built";

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    for path in [
        "build.rs",
        "src/text/fold.rs",
        "src/gazetteer/tables.rs",
        "data/gazetteer",
        "data/questions",
        "ontology/frames",
        BUILT_PAGES,
    ] {
        println!("cargo::rerun-if-changed={path}");
    }
    pack_gazetteer(&root.join("data/gazetteer"), &out);
    embed(&root.join("data/questions"), "rq", &out.join("questions.rs"));
    embed(&root.join("ontology/frames"), "toml", &out.join("frames.rs"));
    embed_pages(&root.join(BUILT_PAGES), &out.join("pages.rs"));
}

fn pack_gazetteer(folder: &Path, out: &Path) {
    let mut rows = String::new();
    let mut offsets: Vec<u32> = Vec::new();
    let mut names: Names = BTreeMap::new();
    let mut aside: Names = BTreeMap::new();
    let stopwords = read(&folder.join("stopwords.tsv"));
    let stopwords = first_column(&stopwords);
    for (file, table) in TABLES {
        let path = folder.join(file);
        let text = read(&path);
        let parsed = tables::parse(*table, &text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for row in parsed {
            let index = u32::try_from(offsets.len()).expect("fewer than 2^32 rows");
            offsets.push(u32::try_from(rows.len()).expect("less than 4 GiB"));
            rows.push_str(&row.entry);
            rows.push('\n');
            for (name, role) in &row.names {
                let folded = fold::fold(name);
                if folded.is_empty() || is_too_short(name, &folded, *role) {
                    continue;
                }
                let ordinary =
                    !matches!(role, NameRole::Acronym | NameRole::Abbreviation) && stopwords.contains(&folded);
                if ordinary && *role != NameRole::Primary {
                    continue;
                }
                let posting = index | (*role as u32) << tables::ROLE_SHIFT;
                let apart = ASIDE.contains(file) || ordinary || *role == NameRole::Abbreviation;
                let postings = if apart { &mut aside } else { &mut names }.entry(folded).or_default();
                if !postings.iter().any(|known| known & tables::ROW_MASK == index) {
                    postings.push(posting);
                }
            }
        }
    }
    offsets.push(u32::try_from(rows.len()).expect("less than 4 GiB"));

    for (names, file) in [(names, "names"), (aside, "aside")] {
        let (map, postings) = pack(&names);
        fs::write(out.join(format!("{file}.fst")), map).expect("writes to OUT_DIR");
        fs::write(out.join(format!("{file}.bin")), postings).expect("writes to OUT_DIR");
    }
    let offsets: Vec<u8> = offsets.iter().flat_map(|offset| offset.to_le_bytes()).collect();
    fs::write(out.join("rows.txt"), rows).expect("writes to OUT_DIR");
    fs::write(out.join("offsets.bin"), offsets).expect("writes to OUT_DIR");
}

/// Folded name → row and role of each that has it.
type Names = BTreeMap<String, Vec<u32>>;

/// The map from folded names to the place and number of their postings, and the postings.
fn pack(names: &Names) -> (Vec<u8>, Vec<u8>) {
    let mut postings: Vec<u8> = Vec::new();
    let mut map = fst::MapBuilder::memory();
    for (name, list) in names {
        let value = (postings.len() as u64) << 16 | list.len().min(0xffff) as u64;
        for posting in list.iter().take(0xffff) {
            postings.extend_from_slice(&posting.to_le_bytes());
        }
        map.insert(name, value).expect("a BTreeMap is in order");
    }
    (map.into_inner().expect("in memory"), postings)
}

/// Writes a Rust slice of `(name, content)` for every file of `folder` with extension `ending`.
fn embed(folder: &Path, ending: &str, target: &Path) {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map(|entries| entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect())
        .unwrap_or_default();
    files.retain(|path| path.extension().is_some_and(|extension| extension == ending));
    files.sort();
    let mut code = String::from("&[\n");
    for path in files {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("file names are UTF-8");
        writeln!(code, "    ({name:?}, include_str!({:?})),", path.display().to_string()).expect("writes to a String");
    }
    code.push_str("]\n");
    fs::write(target, code).expect("writes to OUT_DIR");
}

/// Writes a Rust slice of the built pages: path, hash, and both compressed forms. Without pages it is empty, and the server
/// says so: they need Node, which not everybody who builds this has.
fn embed_pages(folder: &Path, target: &Path) {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.retain(|path| path.extension().is_some_and(|extension| extension == "br"));
    files.sort();
    if files.is_empty() {
        println!("cargo::warning=the pages of `isnad serve` are not built: run `make web`, then build again");
    }
    let mut code = String::from("&[\n");
    for brotli in files {
        let plain = brotli.with_extension("");
        let path = plain.strip_prefix(folder).expect("below the folder").to_str().expect("file names are UTF-8");
        let gzip = PathBuf::from(format!("{}.gz", plain.display()));
        let content = fs::read(&gzip).unwrap_or_else(|error| panic!("{}: {error}", gzip.display()));
        let tag = format!("\"{:016x}\"", fnv(&content));
        let [brotli, gzip] = [brotli, gzip].map(|path| path.display().to_string());
        writeln!(
            code,
            "    Asset {{ path: {path:?}, tag: {tag:?}, brotli: include_bytes!({brotli:?}), gzip: include_bytes!({gzip:?}) }},"
        )
        .expect("writes to a String");
    }
    code.push_str("]\n");
    fs::write(target, code).expect("writes to OUT_DIR");
}

/// Every file below a folder.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(|entry| entry.ok().map(|entry| entry.path()));
    for path in entries {
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// FNV-1a: tells versions of a file apart.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The first column of a table without its header, folded as names are.
fn first_column(text: &str) -> HashSet<String> {
    text.lines()
        .skip(1)
        .filter_map(|line| line.split('\t').next())
        .map(fold::fold)
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether a name is too short to be looked up.
fn is_too_short(name: &str, folded: &str, role: NameRole) -> bool {
    match role {
        NameRole::Acronym | NameRole::Abbreviation => name.chars().count() < 2,
        NameRole::Primary => folded.chars().count() < 2,
        _ => folded.is_ascii() && folded.len() < 3,
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
