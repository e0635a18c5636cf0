//! From what stands on a command line to the sources it means.

use std::collections::HashSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use walkdir::{DirEntry, WalkDir};

use super::error::{Error, Kind};
use super::format::{Format, HEAD};
use super::options::Options;
use super::source::{Source, special};

/// Files in folders that speak about the other files: no documents.
const ABOUT: [&str; 5] = ["README", "LICENSE", "NOTICE", "ATTRIBUTION", "PROVENANCE"];

/// Finds the sources that `inputs` mean, in their order: files, folders (walked to the bottom,
/// sorted by path), patterns such as `"news/**/*.html"`, and `-` for standard input.
///
/// In folders, hidden files, files of unknown extension (but not messages without any) and files that describe the collection
/// (`README*`, `LICENSE*`, `NOTICE*`, `ATTRIBUTION*`, `PROVENANCE*`) are passed over; what is named
/// is read. A pattern finds what a folder would give, or any file if it spells out an extension.
/// What is given twice, under whatever name, is found once. What cannot be found or must
/// not be opened (pipes, sockets, devices, looping links) is an [`Error`] in its place.
///
/// ```
/// use isnad::ingest::{discover, Options};
/// let found = discover(&["-".to_owned(), "-".to_owned()], &Options::default());
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].as_ref().unwrap().name(), "-");
/// ```
pub fn discover(inputs: &[String], options: &Options) -> Vec<Result<Source, Error>> {
    let mut search = Search { options, seen: HashSet::new(), found: Vec::new() };
    for input in inputs {
        search.input(input);
    }
    search.found
}

struct Search<'a> {
    options: &'a Options,
    /// Canonical paths; only asked, never iterated.
    seen: HashSet<PathBuf>,
    found: Vec<Result<Source, Error>>,
}

impl Search<'_> {
    fn input(&mut self, input: &str) {
        if input == "-" {
            if self.seen.insert(PathBuf::from("-")) {
                self.found.push(Ok(Source::standard_input()));
            }
            return;
        }
        let path = Path::new(input);
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                self.folder(path);
            }
            Ok(metadata) => self.file(path, &metadata),
            // A name with such signs that exists was taken as a name above.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && input.contains(['*', '?', '[', '{']) => {
                self.pattern(input);
            }
            Err(error) => self.found.push(Err(Error::io(input, error))),
        }
    }

    fn file(&mut self, path: &Path, metadata: &fs::Metadata) {
        if let Some(kind) = special(metadata) {
            self.found.push(Err(Error::new(path.to_string_lossy(), Kind::Special(kind))));
            return;
        }
        let key = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.seen.insert(key) {
            self.found.push(Ok(Source::file(path.to_owned())));
        }
    }

    /// Everything in `folder` that is taken for a document.
    fn folder(&mut self, folder: &Path) {
        for entry in self.walk(folder) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => {
                    if is_document(entry.path()) || entry.file_type().is_file() && is_nameless_document(entry.path()) {
                        self.entry(&entry);
                    }
                }
                Err(error) => self.failed(folder, error),
            }
        }
    }

    /// Everything below the fixed part of `pattern` that matches it.
    fn pattern(&mut self, pattern: &str) {
        let matcher = match GlobBuilder::new(pattern).literal_separator(true).build() {
            Ok(glob) => glob.compile_matcher(),
            Err(error) => {
                self.found.push(Err(Error::new(pattern, Kind::Pattern(error))));
                return;
            }
        };
        let base = fixed_part(pattern);
        if !base.as_os_str().is_empty() && !base.is_dir() {
            self.found.push(Err(Error::new(pattern, Kind::NoMatch)));
            return;
        }
        if !self.matches(pattern, &base, &matcher) {
            self.found.push(Err(Error::new(pattern, Kind::NoMatch)));
        }
    }

    /// Whether anything, even a thing found before, matched.
    fn matches(&mut self, pattern: &str, base: &Path, matcher: &GlobMatcher) -> bool {
        let spelled = Path::new(pattern)
            .extension()
            .is_some_and(|extension| !extension.to_string_lossy().contains(['*', '?', '[', '{']));
        let start = if base.as_os_str().is_empty() { Path::new(".") } else { base };
        let mut any = false;
        let mut entries = self.walk(start);
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.failed(start, error);
                    any = true;
                    continue;
                }
            };
            let path = if base.as_os_str().is_empty() {
                entry.path().strip_prefix(".").unwrap_or(entry.path())
            } else {
                entry.path()
            };
            if entry.depth() == 0 || !matcher.is_match(path) {
                continue;
            }
            if entry.file_type().is_dir() {
                // As if the shell had named the folder.
                let before = self.found.len();
                self.folder(path);
                any |= self.found.len() > before;
                entries.skip_current_dir();
            } else if is_document(path) || spelled && !is_about(path) {
                any = true;
                match fs::metadata(path) {
                    Ok(metadata) => self.file(path, &metadata),
                    Err(error) => self.found.push(Err(Error::io(path.to_string_lossy(), error))),
                }
            }
        }
        any
    }

    fn walk(&self, folder: &Path) -> walkdir::FilterEntry<walkdir::IntoIter, fn(&DirEntry) -> bool> {
        let visible: fn(&DirEntry) -> bool = |entry| entry.depth() == 0 || !is_hidden(entry.path());
        WalkDir::new(folder)
            .follow_links(self.options.follow_links)
            .follow_root_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(visible)
    }

    fn entry(&mut self, entry: &DirEntry) {
        if entry.path_is_symlink() && !self.options.follow_links {
            return;
        }
        match entry.metadata() {
            Ok(metadata) => self.file(entry.path(), &metadata),
            Err(error) => self.failed(entry.path(), error),
        }
    }

    fn failed(&mut self, at: &Path, error: walkdir::Error) {
        let path = error.path().unwrap_or(at).to_path_buf();
        let name = path.to_string_lossy().into_owned();
        let error = match error.loop_ancestor() {
            Some(ancestor) => Error::new(name, Kind::Loop(escaped(ancestor))),
            None => Error::io(
                name,
                error.into_io_error().unwrap_or_else(|| std::io::Error::other("the folder changed while it was read")),
            ),
        };
        self.found.push(Err(error));
    }
}

fn escaped(path: &Path) -> String {
    path.to_string_lossy()
        .chars()
        .flat_map(|c| if c.is_control() { c.escape_unicode().collect::<Vec<_>>() } else { vec![c] })
        .collect()
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Whether a file found in a folder is taken for a document.
pub(super) fn is_document(path: &Path) -> bool {
    Format::known(path).is_some() && !is_about(path)
}

/// Whether a file without an extension, as mail programs keep them, is one of those formats that are told by how
/// they begin.
fn is_nameless_document(path: &Path) -> bool {
    if path.extension().is_some() || is_about(path) {
        return false;
    }
    let mut head = Vec::with_capacity(HEAD);
    let read = fs::File::open(path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
    read.is_ok()
        && matches!(
            Format::certain(&head),
            Some(Format::Pdf | Format::Rtf | Format::Mail | Format::Mbox | Format::Warc)
        )
}

/// Whether a file speaks about the others.
fn is_about(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_uppercase()).unwrap_or_default();
    ABOUT.iter().any(|about| name.starts_with(about))
}

/// The leading components of a pattern that hold no sign of a pattern.
fn fixed_part(pattern: &str) -> PathBuf {
    let parent = Path::new(pattern).components();
    parent
        .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', ']', '{', '}', '\\']))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    /// A folder with a small collection in it.
    fn collection() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "b.txt",
            "a/2.md",
            "a/1.txt",
            "a.html",
            "README.md",
            "license.txt",
            "a/NOTICE-data.txt",
            "x.jpg",
            ".hidden.txt",
            ".git/c.txt",
            "z.log",
            "noextension",
            "mail/cur",
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let message = "From: a@b.c\nDate: today\nSubject: s\n\ntext";
            fs::write(path, if name == "mail/cur" { message } else { "text" }).unwrap();
        }
        folder
    }

    fn found(inputs: &[&str], folder: &Path, options: &Options) -> Vec<String> {
        let inputs: Vec<String> = inputs.iter().map(|input| folder.join(input).display().to_string()).collect();
        discover(&inputs, options)
            .iter()
            .map(|found| match found {
                Ok(source) => source.path().unwrap().strip_prefix(folder).unwrap().display().to_string(),
                Err(error) => {
                    error.to_string().replace(&format!("{}/", folder.display()), "").lines().next().unwrap().to_owned()
                }
            })
            .collect()
    }

    #[test]
    fn folders_files_and_patterns() {
        let folder = collection();
        let options = Options::default();
        for (inputs, expected) in [
            (&[""][..], &["a/1.txt", "a/2.md", "a.html", "b.txt", "mail/cur"][..]),
            (&["b.txt", "", "a/1.txt", "a/../b.txt"], &["b.txt", "a/1.txt", "a/2.md", "a.html", "mail/cur"]),
            (
                &["z.log", "README.md", ".hidden.txt", "noextension"],
                &["z.log", "README.md", ".hidden.txt", "noextension"],
            ),
            (&["**/*.txt"], &["a/1.txt", "b.txt"]),
            (&["*.log"], &["z.log"]),
            (&["*"], &["a/1.txt", "a/2.md", "a.html", "b.txt", "mail/cur"]),
            (&["{a,b}/*.{txt,md}"], &["a/1.txt", "a/2.md"]),
            (&["*.pdf"], &["*.pdf: the pattern matches no readable file"]),
            (&["none/*.txt"], &["none/*.txt: the pattern matches no readable file"]),
            (&["none.txt"], &["none.txt: no such file or folder"]),
            (&["[.txt"], &["[.txt: not a valid pattern"]),
        ] {
            assert_eq!(found(inputs, folder.path(), &options), expected, "{inputs:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_and_loops() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("in")).unwrap();
        fs::write(root.join("in/a.txt"), "text").unwrap();
        symlink(root.join("in"), root.join("in/loop")).unwrap();
        symlink(root.join("in/a.txt"), root.join("in/same.txt")).unwrap();
        symlink(root.join("gone"), root.join("in/gone.txt")).unwrap();
        let told = found(&["in"], root, &Options::default());
        assert_eq!(told.len(), 3, "{told:?}");
        assert_eq!(told[0], "in/a.txt");
        assert_eq!(told[1], "in/gone.txt: no such file or folder");
        assert!(
            told[2].starts_with("in/loop: a symbolic link that leads back to the folder in; it was not followed"),
            "{told:?}"
        );
        let closed = Options { follow_links: false, ..Options::default() };
        assert_eq!(found(&["in"], root, &closed), ["in/a.txt"]);
        assert_eq!(found(&["in/loop"], root, &closed), ["in/loop/a.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn pipes_sockets_and_devices_are_never_opened() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.txt");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket.txt")).unwrap();
        let told = found(&["", "pipe.txt", "/dev/null"], folder.path(), &Options::default());
        assert_eq!(
            told,
            [
                "pipe.txt: a named pipe, not a file; it was not opened",
                "socket.txt: a socket, not a file; it was not opened",
                "pipe.txt: a named pipe, not a file; it was not opened",
                "/dev/null: a device, not a file; it was not opened",
            ]
        );
        let mut told = String::new();
        Source::file(pipe).read(&Options::default(), &mut |outcome| told = outcome.unwrap_err().to_string());
        assert!(told.contains("a named pipe"), "{told}");
    }

    #[cfg(unix)]
    #[test]
    fn closed_folders_and_files_are_named() {
        use std::os::unix::fs::PermissionsExt;
        let folder = collection();
        let closed = folder.path().join("a");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        let told = found(&["a"], folder.path(), &Options::default());
        let is_root = fs::read_dir(&closed).is_ok();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(is_root || told == ["a: permission denied"], "{told:?}");
    }
}
