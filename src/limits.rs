//! Limits on what this process may take, for processes that do what cannot be trusted to end.

use std::thread;
use std::time::Duration;

/// Ends the process with this code after so long.
pub(crate) fn exit_after(time: Duration, code: i32) {
    thread::spawn(move || {
        thread::sleep(time);
        std::process::exit(code);
    });
}

/// Lets the process have no more than this many bytes of data; asking for more ends it.
#[cfg(target_os = "linux")]
pub(crate) fn memory(bytes: u64) -> std::io::Result<()> {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Data);
    let most = limit.maximum.map_or(bytes, |most| most.min(bytes));
    limit.current = Some(most);
    limit.maximum = Some(most);
    Ok(setrlimit(Resource::Data, limit)?)
}

/// Elsewhere there is none that holds.
#[cfg(not(target_os = "linux"))]
pub(crate) fn memory(_bytes: u64) -> std::io::Result<()> {
    Ok(())
}
