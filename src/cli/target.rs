//! Where a file goes that a command writes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Where an export goes. A file appears under its name only when it is complete.
pub(super) enum Target {
    Stdout(BufWriter<io::Stdout>),
    File { writer: BufWriter<File>, draft: PathBuf, path: PathBuf },
}

impl Target {
    pub fn open(path: Option<&Path>, force: bool) -> Result<Self> {
        let Some(path) = path else { return Ok(Self::Stdout(BufWriter::new(io::stdout()))) };
        if path.is_dir() {
            bail!("{} is a folder\nhint: give the name of a file in it", path.display());
        }
        if path.exists() && !path.is_file() {
            // A device or pipe is written to directly; nothing can be renamed over it.
            let file = OpenOptions::new()
                .write(true)
                .open(path)
                .with_context(|| format!("{} cannot be written", path.display()))?;
            return Ok(Self::File { writer: BufWriter::new(file), draft: path.to_owned(), path: path.to_owned() });
        }
        if path.exists() && !force {
            bail!("{} is there already\nhint: give another name, or --force to overwrite it", path.display());
        }
        let mut name = path.file_name().context("the output has no file name")?.to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let draft = path.with_file_name(name);
        let file = File::create(&draft).with_context(|| {
            format!("{} cannot be written\nhint: check that the folder exists and may be written to", path.display())
        })?;
        Ok(Self::File { writer: BufWriter::new(file), draft, path: path.to_owned() })
    }

    /// Leaves everything as it was.
    pub fn discard(self) {
        if let Self::File { draft, path, .. } = self
            && draft != path
        {
            // The draft is of no use; that it cannot be removed either changes nothing.
            let _ = fs::remove_file(&draft);
        }
    }

    /// Puts a complete file in its place; removes an incomplete one.
    pub fn finish(self, written: io::Result<()>) -> Result<()> {
        match self {
            Self::Stdout(mut out) => {
                written?;
                out.flush()?;
            }
            Self::File { mut writer, draft, path } => {
                let done = written
                    .and_then(|()| writer.flush())
                    .and_then(|()| if draft == path { Ok(()) } else { fs::rename(&draft, &path) });
                if let Err(error) = done {
                    if draft != path {
                        // The draft is of no use; that it cannot be removed either changes nothing.
                        let _ = fs::remove_file(&draft);
                    }
                    return Err(error).with_context(|| {
                        format!("{} could not be written completely, and was left as it was", path.display())
                    });
                }
            }
        }
        Ok(())
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::File { writer, .. } => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::File { writer, .. } => writer.flush(),
        }
    }
}
