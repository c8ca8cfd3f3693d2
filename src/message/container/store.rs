//! The bytes of a file: in memory, or read from the disk when they are asked for.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Container, Refusal};

/// Files up to this size are read at once, so that they may go away afterwards; larger ones stay open.
const IN_MEMORY: u64 = 4 << 20;

/// The bytes of one file.
#[derive(Debug, Clone)]
pub struct Store {
    bytes: Bytes,
    length: u64,
}

#[derive(Debug, Clone)]
enum Bytes {
    Memory(Arc<[u8]>),
    File(Arc<Mutex<File>>),
}

impl Store {
    #[must_use]
    pub fn of(bytes: Vec<u8>) -> Self {
        let length = bytes.len() as u64;
        Self { bytes: Bytes::Memory(bytes.into()), length }
    }

    /// Opens an ordinary file. A folder, a device or a pipe might never end.
    pub fn open(path: &Path) -> Result<Self, Refusal> {
        // Asked before the file is opened: opening a pipe waits for a writer.
        let known = path.metadata()?;
        if known.is_dir() {
            return Err(Refusal::Folder);
        }
        if !known.is_file() {
            return Err(Refusal::NoRegularFile);
        }
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        if length > IN_MEMORY {
            return Ok(Self { bytes: Bytes::File(Arc::new(Mutex::new(file))), length });
        }
        Self::drain(&mut file)
    }

    /// Takes all that comes, up to the size of the largest message.
    pub fn drain(input: &mut impl Read) -> Result<Self, Refusal> {
        let mut bytes = Vec::new();
        input.take(Container::MAX_MESSAGE + 1).read_to_end(&mut bytes)?;
        if bytes.is_empty() {
            return Err(Refusal::Empty);
        }
        if bytes.len() as u64 > Container::MAX_MESSAGE { Err(Refusal::TooLarge) } else { Ok(Self::of(bytes)) }
    }

    #[must_use]
    pub const fn len(&self) -> u64 {
        self.length
    }

    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The bytes of `range`, cut to what the file held when it was opened.
    pub(super) fn read(&self, range: Range<u64>) -> io::Result<Cow<'_, [u8]>> {
        let end = range.end.min(self.length);
        let start = range.start.min(end);
        match &self.bytes {
            Bytes::Memory(bytes) => Ok(Cow::Borrowed(bytes.get(to_usize(start)..to_usize(end)).unwrap_or_default())),
            Bytes::File(file) => {
                let mut bytes = Vec::with_capacity(to_usize(end - start));
                read_file(file, start, end - start, &mut bytes)?;
                Ok(Cow::Owned(bytes))
            }
        }
    }

    /// Adds up to `length` bytes from `start` to `bytes`.
    pub(super) fn read_into(&self, start: u64, length: u64, bytes: &mut Vec<u8>) -> io::Result<()> {
        match &self.bytes {
            Bytes::Memory(_) => {
                bytes.extend_from_slice(&self.read(start..start.saturating_add(length))?);
                Ok(())
            }
            Bytes::File(file) => read_file(file, start, length.min(self.length.saturating_sub(start)), bytes),
        }
    }

    /// Reads from the beginning.
    pub(super) const fn reader(&self) -> Reader<'_> {
        Reader { store: self, at: 0 }
    }
}

fn read_file(file: &Mutex<File>, start: u64, length: u64, bytes: &mut Vec<u8>) -> io::Result<()> {
    // A reader that panicked left the file as it was: every reader seeks first.
    let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
    file.seek(SeekFrom::Start(start))?;
    (&mut *file).take(length).read_to_end(bytes)?;
    Ok(())
}

/// A range of a file has at most as many bytes as memory can hold: every length that gets here was held against a limit.
fn to_usize(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// Reads a store as a stream, for the unpackers.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    store: &'a Store,
    at: u64,
}

impl Read for Reader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.store.read(self.at..self.at.saturating_add(buffer.len() as u64))?;
        buffer.get_mut(..bytes.len()).unwrap_or_default().copy_from_slice(&bytes);
        self.at += bytes.len() as u64;
        Ok(bytes.len())
    }
}

impl Seek for Reader<'_> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        let (base, offset) = match position {
            SeekFrom::Start(offset) => (offset, 0),
            SeekFrom::End(offset) => (self.store.length, offset),
            SeekFrom::Current(offset) => (self.at, offset),
        };
        self.at = base.checked_add_signed(offset).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

/// How far the reading of a file is, shared with whoever waits for it; and the way to stop it.
#[derive(Debug, Default)]
pub struct Gauge {
    done: AtomicU64,
    total: AtomicU64,
    stopped: AtomicBool,
}

impl Gauge {
    /// Bytes read, of how many.
    #[must_use]
    pub fn state(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }

    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    pub(super) fn tell(&self, done: u64, total: u64) -> Result<(), Refusal> {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        if self.is_stopped() { Err(Refusal::Cancelled) } else { Ok(()) }
    }
}
