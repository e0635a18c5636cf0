//! The files in a tar archive that is compressed with gzip.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::AccuracyError;

/// Bytes of a block; headers take one, and files are filled up to whole ones.
const BLOCK: usize = 512;

/// More than this unpacked is no benchmark set.
const LARGEST: u64 = 1 << 30;

const HINT: &str = "the archive is a tar file of UTF-8 texts, compressed with gzip; copy the set again";

/// Path and content of every regular file, in the order of the archive.
pub(super) fn texts(path: &Path) -> Result<Vec<(String, String)>, AccuracyError> {
    let failed = |problem: String| AccuracyError::file(path, problem, HINT);
    let file = File::open(path).map_err(|error| failed(error.to_string()))?;
    let mut bytes = Vec::new();
    let unpacked = MultiGzDecoder::new(file).take(LARGEST).read_to_end(&mut bytes);
    unpacked.map_err(|error| failed(error.to_string()))?;
    entries(&bytes).map_err(failed)
}

/// Reads an archive in the format ustar (POSIX.1-1988).
fn entries(mut bytes: &[u8]) -> Result<Vec<(String, String)>, String> {
    let mut texts = Vec::new();
    // Blocks of nothing but zeros end the archive.
    while let Some((header, rest)) = bytes.split_at_checked(BLOCK).filter(|(header, _)| header[0] != 0) {
        let name = field(header, 0..100);
        let prefix = if &header[257..262] == b"ustar" { field(header, 345..500) } else { String::new() };
        let name = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        let size = usize::from_str_radix(field(header, 124..136).trim(), 8)
            .map_err(|_| format!("the size of `{name}` is no number"))?;
        let (content, after) = rest.split_at_checked(size).ok_or_else(|| format!("it ends within `{name}`"))?;
        if matches!(header[156], b'0' | 0) {
            let text = String::from_utf8(content.to_vec()).map_err(|_| format!("`{name}` is not UTF-8"))?;
            texts.push((name, text));
        }
        let padding = (BLOCK - size % BLOCK) % BLOCK;
        bytes = after.get(padding..).unwrap_or_default();
    }
    Ok(texts)
}

/// A field of a header, which ends at its first zero.
fn field(header: &[u8], range: std::ops::Range<usize>) -> String {
    let bytes = &header[range];
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    /// An archive of files.
    fn archive(files: &[(&str, &str)]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (name, content) in files {
            let mut header = [0_u8; BLOCK];
            header[..name.len()].copy_from_slice(name.as_bytes());
            header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
            header[156] = if name.ends_with('/') { b'5' } else { b'0' };
            bytes.extend(header);
            bytes.extend(content.as_bytes());
            bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
        }
        bytes.extend([0; 2 * BLOCK]);
        bytes
    }

    /// Writes a compressed archive of files.
    pub(in crate::bench::accuracy) fn write(path: &Path, files: &[(&str, &str)]) {
        let mut encoder = GzEncoder::new(File::create(path).expect("a file"), Compression::fast());
        encoder.write_all(&archive(files)).expect("written");
        encoder.finish().expect("written");
    }

    #[test]
    fn files_are_unpacked() {
        let long = "x".repeat(600);
        let files = [("a/", ""), ("a/one.xml", "é"), ("a/empty", ""), ("b", long.as_str())];
        let read = entries(&archive(&files)).expect("an archive");
        let read: Vec<(&str, &str)> = read.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(read, files[1..]);
        assert_eq!(entries(&[]), Ok(Vec::new()));
    }

    #[test]
    fn what_is_wrong_is_told() {
        let mut bytes = archive(&[("one", "text")]);
        assert!(entries(&bytes[..BLOCK + 2]).is_err_and(|problem| problem.contains("ends within `one`")));
        bytes[BLOCK] = 0xff;
        assert!(entries(&bytes).is_err_and(|problem| problem.contains("not UTF-8")));
        bytes[124] = b'x';
        assert!(entries(&bytes).is_err_and(|problem| problem.contains("no number")));
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.tar.gz");
        std::fs::write(&path, "no archive").expect("a file");
        let problem = texts(&path).expect_err("no gzip").to_string();
        assert!(problem.contains("a.tar.gz") && problem.contains("hint: "), "{problem}");
    }
}
