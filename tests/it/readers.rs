//! Programs of other people that read the exports: Python packages in an environment of their own.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::support::project;

/// Runs a script of `tests/readers` and gives what it prints.
#[track_caller]
pub fn read(script: &str, files: &[&Path]) -> serde_json::Value {
    let ran = Command::new(python())
        .arg(project().join("tests/readers").join(script))
        .args(files)
        .output()
        .expect("the interpreter starts");
    let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{script} {files:?}: {out}{err}");
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{script}: {error} in {out}"))
}

/// The interpreter that has the packages of `tests/readers/requirements.txt`, installed on first use into the user's
/// cache.
pub fn python() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let requirements = project().join("tests/readers/requirements.txt");
        let wanted = fs::read_to_string(&requirements).expect("the list of packages");
        let cache = std::env::var_os("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
            .unwrap_or_else(std::env::temp_dir);
        let folder = cache.join("isnad/readers");
        fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        // Another run of the tests may be installing this moment.
        let lock = File::create(folder.join("lock")).expect("a lock file");
        lock.lock().expect("a lock");
        let (python, done) = (folder.join("venv/bin/python"), folder.join("installed.txt"));
        if fs::read_to_string(&done).is_ok_and(|installed| installed == wanted) && python.exists() {
            return python;
        }
        let step = |program: &Path, arguments: &[&str]| {
            let ran = Command::new(program).args(arguments).output();
            let failed = match &ran {
                Ok(ran) if ran.status.success() => return,
                Ok(ran) => String::from_utf8_lossy(&ran.stderr).into_owned(),
                Err(error) => error.to_string(),
            };
            panic!(
                "the readers that these tests need cannot be installed into {}\n{failed}\nhint: python3 with venv and pip \
                 (on Debian: apt-get install python3-venv), and access to PyPI or a mirror that pip knows of",
                folder.display()
            );
        };
        let venv = folder.join("venv").display().to_string();
        step(Path::new("python3"), &["-m", "venv", "--clear", &venv]);
        let list = requirements.display().to_string();
        step(&python, &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:", "-r", &list]);
        fs::write(&done, wanted).expect("a note that all is installed");
        python
    })
}
