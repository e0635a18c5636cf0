//! How much may come out of compressed input.
//!
//! A bomb is told by what it unpacks to in proportion to itself. Text shrinks to a fifth, logs to a
//! fiftieth; DEFLATE ends at a thousandth (<https://www.bamsoftware.com/hacks/zipbomb/>).

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// How many times its size a source may unpack to.
pub(super) const RATIO: u64 = 200;

/// What has been unpacked of one source, however deep it lay.
#[derive(Debug)]
pub(super) struct Budget {
    /// How long the source is, as far as it is known.
    source: Cell<u64>,
    unpacked: Cell<u64>,
    /// So much is allowed whatever the size.
    floor: u64,
}

impl Budget {
    pub fn new(source: u64, floor: u64) -> Rc<Self> {
        Rc::new(Self { source: Cell::new(source), unpacked: Cell::new(0), floor })
    }

    fn unpack(&self, bytes: usize) -> io::Result<()> {
        self.unpacked.set(self.unpacked.get().saturating_add(bytes as u64));
        if self.unpacked.get() > self.source.get().saturating_mul(RATIO).max(self.floor) {
            return Err(io::Error::other(Bomb));
        }
        Ok(())
    }

    /// Whether more was unpacked than is allowed.
    pub fn is_spent(&self) -> bool {
        self.unpack(0).is_err()
    }
}

/// What a reader of unpacked bytes fails with.
#[derive(Debug, thiserror::Error)]
#[error("it unpacks to more than {RATIO} times its size")]
pub(super) struct Bomb;

/// Counts what is read as part of the source.
pub(super) struct Packed<R>(pub R, pub Rc<Budget>);

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(buffer)?;
        self.1.source.set(self.1.source.get().saturating_add(read as u64));
        Ok(read)
    }
}

/// Counts what is read as unpacked, and ends where it is too much.
pub(super) struct Unpacked<R>(pub R, pub Rc<Budget>);

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(buffer)?;
        self.1.unpack(read)?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_much_for_its_size() {
        let read = |source: u64, floor: u64, length: u64| {
            io::copy(&mut Unpacked(io::repeat(0).take(length), Budget::new(source, floor)), &mut io::sink())
        };
        assert!(read(10, 0, 2_000).is_ok());
        assert!(read(10, 0, 2_001).is_err());
        assert!(read(10, 5_000, 5_000).is_ok());
        let budget = Budget::new(0, 0);
        io::copy(&mut Packed(io::repeat(0).take(10), Rc::clone(&budget)), &mut io::sink()).unwrap();
        assert!(io::copy(&mut Unpacked(io::repeat(0).take(2_000), Rc::clone(&budget)), &mut io::sink()).is_ok());
        assert!(!budget.is_spent());
    }
}
