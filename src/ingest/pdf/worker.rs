//! Reading in a process of its own: the file on its standard input, what was read on its standard output.

use std::fs::File;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::super::error::{Error, Kind};
use super::super::options::Options;
use super::{Content, Failure, extract};
use crate::limits;

/// How long a file may take, in seconds, and how much memory besides its own size, in bytes.
const SECONDS: u64 = 60;
const MEMORY: u64 = 1024 * 1024 * 1024;

/// What a worker exits with where it took too long.
const LATE: i32 = 3;

/// Reads the PDF file on `input` and writes what it says to `output`, for a process that has started this
/// one as [`Options::pdf_worker`].
///
/// The process ends where this takes more time than it may, or more memory; `longest` is the most text it may
/// have, in bytes.
///
/// # Errors
/// If the limits cannot be set, or the input not be read or the output not be written.
pub fn work(longest: u64, mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    limits::exit_after(Duration::from_secs(SECONDS), LATE);
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    limits::memory(MEMORY.saturating_add(bytes.len() as u64 * 4))?;
    let outcome = extract(bytes, longest);
    serde_json::to_writer(&mut output, &outcome)?;
    output.flush()
}

/// What a file says, read by a worker if there is one.
pub(super) fn content(name: &str, mut file: File, options: &Options) -> Result<Result<Content, Failure>, Error> {
    let Some((program, arguments)) = &options.pdf_worker else {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| Error::io(name, error))?;
        return Ok(extract(bytes, options.max_bytes));
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(options.max_bytes.to_string());
    command.stdin(Stdio::from(file)).stdout(Stdio::piped()).stderr(Stdio::null());
    // Ctrl-C is for the program; the worker ends when its file is read.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().map_err(|error| Error::io(name, error))?;
    let mut told = Vec::new();
    // JSON may write a letter as six.
    let most = options.max_bytes.saturating_mul(6).saturating_add(1 << 24);
    let read = child.stdout.take().map_or(Ok(0), |out| out.take(most).read_to_end(&mut told));
    let status = child.wait().map_err(|error| Error::io(name, error))?;
    read.map_err(|error| Error::io(name, error))?;
    if status.code() == Some(LATE) {
        return Err(Error::new(name, Kind::PdfLate(SECONDS)));
    }
    if !status.success() {
        return Err(Error::new(name, Kind::PdfFailed));
    }
    serde_json::from_slice(&told).map_err(|_| Error::new(name, Kind::PdfFailed))
}
