//! Tar archives, read in one pass.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

use tar::{Archive, EntryType};

use super::archive::{entry_name, is_document};
use super::budget::Unpacked;
use super::error::{Error, Kind};
use super::format::Format;
use super::reading::{Entry, Reading};

/// The longest name of an entry, in bytes.
const NAME: u64 = 8 * 1024;

/// The documents of an archive. Links, devices and pipes in it are passed over.
pub(super) fn read(reading: &mut Reading<'_>, name: &str, reader: &mut dyn BufRead) -> Result<(), Error> {
    let mut archive = Archive::new(Unpacked(reader, Rc::clone(&reading.budget)));
    let broken = |error| Error::io(name, error);
    // Raw entries: what the library does by itself for long names holds them in memory whatever their length.
    let entries = archive.entries().map_err(broken)?.raw(true);
    let mut long = None;
    let mut any = false;
    for entry in entries {
        let mut entry = entry.map_err(broken)?;
        let kind = entry.header().entry_type();
        match kind {
            EntryType::GNULongName => {
                long = Some(short(&mut entry).map_err(broken)?);
                continue;
            }
            EntryType::XHeader => {
                long = path_field(&short(&mut entry).map_err(broken)?).or(long);
                continue;
            }
            EntryType::GNULongLink | EntryType::XGlobalHeader => continue,
            _ => {}
        }
        let path = long.take().unwrap_or_else(|| entry.path_bytes().into_owned());
        let path = String::from_utf8_lossy(&path).trim_end_matches('\0').to_owned();
        if !matches!(kind, EntryType::Regular | EntryType::Continuous) || !is_document(&path) {
            continue;
        }
        any = true;
        let inner = Entry { name: entry_name(name, &path), named: Format::known(Path::new(&path)), ..Entry::default() };
        if let Err(error) = reading.stream(&inner, &mut BufReader::new(&mut entry), None) {
            reading.give(Err(error));
        }
        if reading.budget.is_spent() {
            return Ok(());
        }
    }
    if any { Ok(()) } else { Err(Error::new(name, Kind::NoDocuments)) }
}

fn short(entry: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    entry.take(NAME).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The `path` of an extended header (POSIX.1-2001 pax): lines `LENGTH KEY=VALUE`.
fn path_field(header: &[u8]) -> Option<Vec<u8>> {
    header.split(|byte| *byte == b'\n').find_map(|line| {
        let key = line.iter().position(|byte| *byte == b' ')? + 1;
        line[key..].strip_prefix(b"path=").map(<[u8]>::to_vec)
    })
}
