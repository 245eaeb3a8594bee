//! What comes out of one input in all, however its archives lie in each other.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use crate::{Limits, Reason};

/// So much may come out of any input, however small, before its ratio counts.
const FREE: u64 = 64 << 20;

/// The count for one input, shared by all that unpack a part of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Total(Rc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
    entries: Cell<u64>,
    limits: Limits,
}

impl Total {
    pub(crate) fn new(limits: &Limits) -> Total {
        Total(Rc::new(Counts { limits: *limits, ..Counts::default() }))
    }

    /// The input as it lies there has so many bytes more.
    pub(crate) fn add_packed(&self, bytes: u64) {
        self.0.packed.set(self.0.packed.get().saturating_add(bytes));
    }

    /// So many bytes came out of a packed part.
    ///
    /// # Errors
    /// When that is too much for what went in.
    pub(crate) fn unpack(&self, bytes: u64) -> Result<(), Reason> {
        self.0.unpacked.set(self.0.unpacked.get().saturating_add(bytes));
        match self.is_bomb() {
            true => Err(Reason::Bomb { ratio: self.0.limits.ratio }),
            false => Ok(()),
        }
    }

    /// One entry of an archive more.
    ///
    /// # Errors
    /// When these are too many.
    pub(crate) fn enter(&self) -> Result<(), Reason> {
        self.0.entries.set(self.0.entries.get() + 1);
        match self.has_too_many() {
            true => Err(Reason::TooManyEntries { most: self.0.limits.entries }),
            false => Ok(()),
        }
    }

    /// Whether nothing more is to be taken out of any archive.
    pub(crate) fn is_spent(&self) -> bool {
        self.is_bomb() || self.has_too_many()
    }

    fn is_bomb(&self) -> bool {
        let most = self.0.packed.get().saturating_mul(self.0.limits.ratio).max(FREE);
        self.0.unpacked.get() > most
    }

    fn has_too_many(&self) -> bool {
        self.0.entries.get() > self.0.limits.entries
    }
}

/// The bytes of the input as it lies there.
pub(crate) struct Packed<R>(pub(crate) R, pub(crate) Total);

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(target)?;
        self.1.add_packed(read as u64);
        Ok(read)
    }
}

/// Bytes that come out of a packed part; it breaks off when they are too many.
pub(crate) struct Metered<R>(pub(crate) R, pub(crate) Total);

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        self.1.unpack(0).map_err(Reason::into_io)?;
        let read = self.0.read(target)?;
        self.1.unpack(read as u64).map_err(Reason::into_io)?;
        Ok(read)
    }
}
