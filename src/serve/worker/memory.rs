//! A limit on the memory of this process, where the system knows such limits.

/// Lets the process have no more than this many bytes of data; asking for more ends it.
#[cfg(target_os = "linux")]
pub(super) fn limit(bytes: u64) -> std::io::Result<()> {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Data);
    let most = limit.maximum.map_or(bytes, |most| most.min(bytes));
    limit.current = Some(most);
    limit.maximum = Some(most);
    Ok(setrlimit(Resource::Data, limit)?)
}

/// Elsewhere there is none that holds.
#[cfg(not(target_os = "linux"))]
pub(super) fn limit(_bytes: u64) -> std::io::Result<()> {
    Ok(())
}
