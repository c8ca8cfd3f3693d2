//! Archives: .zip and .gz with messages in them, unpacked into memory within limits of size, ratio, depth and number.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder};
use rawzip::{CompressionMethod, ZipArchive, ZipFileHeaderRecord};

use super::super::{charset, paste};
use super::{Batch, Container, Form, Gauge, Holds, Index, PREFIX, Refusal, Shortfall, Store, foreign, recognise};

/// How many archives may be inside each other.
const MAX_DEPTH: usize = 3;
/// How many files of an archive are looked at.
const MAX_MEMBERS: u64 = 10_000;
/// How many times its packed size a file may have, once it is larger than [`FREE`]. Text packs to a tenth; what unpacks to
/// hundreds of times its size was made to fill the memory.
const MAX_RATIO: u64 = 250;
const FREE: u64 = 4 << 20;

/// What a file turned out to hold.
pub(super) struct Opened {
    pub(super) batches: Vec<Batch>,
    pub(super) shortfall: Option<Shortfall>,
}

impl Opened {
    pub(super) fn of(form: Form, store: Store, gauge: &Gauge) -> Result<Self, Refusal> {
        if store.is_empty() {
            return Err(Refusal::Empty);
        }
        let opened = Self { batches: Vec::new(), shortfall: None };
        let mut unpack = Unpack { opened, left: Container::MAX_UNPACKED, refused: None, gauge };
        unpack.file(form, store, None, 0)?;
        let Unpack { opened, refused, .. } = unpack;
        if opened.batches.is_empty() { Err(refused.unwrap_or(Refusal::NothingInside)) } else { Ok(opened) }
    }
}

struct Unpack<'a> {
    opened: Opened,
    /// How many bytes may still be unpacked.
    left: u64,
    /// Why a file inside was left out: the reason for the whole where nothing else is there.
    refused: Option<Refusal>,
    gauge: &'a Gauge,
}

impl Unpack<'_> {
    fn file(&mut self, form: Form, store: Store, name: Option<String>, depth: usize) -> Result<(), Refusal> {
        match form {
            Form::Zip | Form::Gzip if depth >= MAX_DEPTH => self.leave_out(Refusal::TooMuchUnpacked),
            Form::Zip | Form::Gzip if store.len() > Container::MAX_UNPACKED => return Err(Refusal::TooMuchUnpacked),
            Form::Zip => {
                let bytes = store.read(0..store.len())?;
                return self.zip(&bytes, depth);
            }
            Form::Gzip => {
                let packed = store.len();
                let reader = MultiGzDecoder::new(io::BufReader::new(store.reader()));
                return self.member(reader, packed, name, depth);
            }
            Form::Mbox => {
                let index = Index::of(&store, self.gauge)?;
                if index.is_cut {
                    self.opened.shortfall = self.opened.shortfall.max(Some(Shortfall::Messages));
                }
                self.opened.batches.push(Batch { name, store, holds: Holds::Many(index) });
            }
            Form::Text | Form::Pasted | Form::Piped | Form::Emlx | Form::Msg | Form::Report => {
                self.opened.batches.push(Batch { name, store, holds: Holds::One(form) });
            }
        }
        Ok(())
    }

    fn leave_out(&mut self, why: Refusal) {
        self.opened.shortfall = self.opened.shortfall.max(Some(Shortfall::Members));
        self.refused.get_or_insert(why);
    }

    fn zip(&mut self, bytes: &[u8], depth: usize) -> Result<(), Refusal> {
        let Ok(archive) = ZipArchive::from_slice(bytes) else {
            self.leave_out(Refusal::NotUnpacked);
            return Ok(());
        };
        let mut entries = archive.entries();
        let mut seen = 0;
        loop {
            match entries.next_entry() {
                Ok(Some(_)) if seen >= MAX_MEMBERS => {
                    self.leave_out(Refusal::TooMuchUnpacked);
                    break;
                }
                Ok(Some(entry)) => {
                    seen += 1;
                    let total = archive.entries_hint().max(seen);
                    self.gauge.tell(bytes.len() as u64 * seen / total, bytes.len() as u64)?;
                    if !is_dressing(&entry) {
                        self.entry(&archive, &entry, depth)?;
                    }
                }
                Ok(None) => break,
                Err(_) => {
                    self.leave_out(Refusal::NotUnpacked);
                    break;
                }
            }
        }
        Ok(())
    }

    fn entry(
        &mut self,
        archive: &rawzip::ZipSliceArchive<&[u8]>,
        entry: &ZipFileHeaderRecord<'_>,
        depth: usize,
    ) -> Result<(), Refusal> {
        let path = entry.file_path();
        // Names without a charset are Shift_JIS where Japanese Windows packed them.
        let name = charset::unlabelled(path.as_ref()).text;
        let Ok(local) = archive.get_entry(entry.wayfinder()) else {
            self.leave_out(Refusal::NotUnpacked);
            return Ok(());
        };
        let packed = local.data();
        if entry.flags().is_encrypted() {
            self.leave_out(Refusal::Locked);
        } else if entry.compression_method() == CompressionMethod::STORE {
            return self.member(local.verifying_reader(packed), packed.len() as u64, Some(name), depth);
        } else if entry.compression_method() == CompressionMethod::DEFLATE {
            let reader = local.verifying_reader(DeflateDecoder::new(packed));
            return self.member(reader, packed.len() as u64, Some(name), depth);
        } else {
            self.leave_out(Refusal::NotUnpacked);
        }
        Ok(())
    }

    /// Unpacks one file: as much as tells what it is, and the rest where it holds mail.
    fn member(
        &mut self,
        mut reader: impl Read,
        packed: u64,
        name: Option<String>,
        depth: usize,
    ) -> Result<(), Refusal> {
        if self.left == 0 {
            self.leave_out(Refusal::TooMuchUnpacked);
            return Ok(());
        }
        let mut bytes = Vec::new();
        if (&mut reader).take(PREFIX.min(self.left)).read_to_end(&mut bytes).is_err() {
            self.leave_out(Refusal::NotUnpacked);
            return Ok(());
        }
        let form = recognise(&bytes);
        if form == Form::Text && (foreign::of(&bytes).is_some() || !paste::is_mail(&bytes)) {
            // A picture, a document: an archive may hold anything.
            return Ok(());
        }
        let limit = self.left.min(packed.saturating_mul(MAX_RATIO).max(FREE));
        let more = limit.saturating_sub(bytes.len() as u64);
        if (&mut reader).take(more.saturating_add(1)).read_to_end(&mut bytes).is_err() {
            self.leave_out(Refusal::NotUnpacked);
            return Ok(());
        }
        if bytes.len() as u64 > limit {
            self.left = self.left.saturating_sub(limit);
            self.leave_out(Refusal::TooMuchUnpacked);
            return Ok(());
        }
        self.left -= bytes.len() as u64;
        self.file(form, Store::of(bytes), name, depth + 1)
    }
}

/// The largest report that is unpacked.
const MAX_REPORT: u64 = 64 << 20;

/// The first XML file of an archive, or of one that packs a single file, within the limits of size and ratio.
pub(in crate::message) fn unpack_xml(packed: &[u8]) -> Option<Vec<u8>> {
    let limit = MAX_REPORT.min((packed.len() as u64).saturating_mul(MAX_RATIO).max(FREE));
    let unpack = |reader: &mut dyn Read| {
        let mut bytes = Vec::new();
        reader.take(limit + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= limit).then_some(bytes)
    };
    match recognise(packed) {
        Form::Gzip => unpack(&mut MultiGzDecoder::new(packed)),
        Form::Zip => {
            let archive = ZipArchive::from_slice(packed).ok()?;
            let mut entries = archive.entries();
            for _ in 0..MAX_MEMBERS {
                let entry = entries.next_entry().ok()??;
                let path = entry.file_path();
                let path: &[u8] = path.as_ref();
                if is_dressing(&entry) || !path.to_ascii_lowercase().ends_with(b".xml") || entry.flags().is_encrypted()
                {
                    continue;
                }
                let local = archive.get_entry(entry.wayfinder()).ok()?;
                return match entry.compression_method() {
                    CompressionMethod::STORE => unpack(&mut local.verifying_reader(local.data())),
                    CompressionMethod::DEFLATE => {
                        unpack(&mut local.verifying_reader(DeflateDecoder::new(local.data())))
                    }
                    _ => None,
                };
            }
            None
        }
        _ => (packed.len() as u64 <= MAX_REPORT).then(|| packed.to_vec()),
    }
}

/// Folders, and what macOS packs beside each file.
fn is_dressing(entry: &ZipFileHeaderRecord<'_>) -> bool {
    let path = entry.file_path();
    let path: &[u8] = path.as_ref();
    let name = path.rsplit(|&byte| byte == b'/').next().unwrap_or_default();
    entry.is_dir() || path.starts_with(b"__MACOSX/") || name.starts_with(b"._") || name == b".DS_Store"
}
