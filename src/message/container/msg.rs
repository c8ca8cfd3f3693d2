//! Outlook's .msg (MS-OXMSG): the header as it came, the body as Outlook shows it, and the messages attached. Outlook does
//! not keep the body as it was sent, so nothing signed can be held against it.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use cfb::CompoundFile;
use jiff::Timestamp;

use super::super::{Fidelity, Kept, Kind, Message, Repair, RepairCode, Span, charset, paste};
use super::{Container, Letter, Refusal, nested, placed};

mod rtf;

/// The stream of fixed-length properties (MS-OXMSG section 2.4).
const PROPERTIES: &str = "__properties_version1.0";
/// The most bytes that are read of one property, a body or an attachment.
const MAX_STREAM: u64 = 64 << 20;

/// Reads the messages of a compound file, the outermost first.
pub(super) fn read(bytes: &[u8], depth: usize) -> Result<Vec<Letter>, Refusal> {
    let file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| Refusal::NoOutlookMessage)?;
    let mut reader = Reader { file, left: Container::MAX_MESSAGE, letters: Vec::new() };
    if !reader.file.is_stream(Path::new("/").join(PROPERTIES)) {
        return Err(Refusal::NoOutlookMessage);
    }
    // Its fixed properties begin after 32 bytes of counts (section 2.4.1.1).
    reader.message(Path::new("/"), 32, depth);
    if reader.letters.is_empty() { Err(Refusal::NoMail) } else { Ok(reader.letters) }
}

struct Reader<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
    /// How many bytes may still be read: streams may overlap in a hostile file.
    left: u64,
    letters: Vec<Letter>,
}

/// The properties of one message or attachment that have a fixed length.
struct Fixed(Vec<u8>);

impl Fixed {
    /// The eight bytes of a value (MS-OXMSG section 2.4.2.1).
    fn value(&self, id: u16) -> Option<u64> {
        self.0.chunks_exact(16).find_map(|entry| {
            let (tag, rest) = entry.split_first_chunk::<4>()?;
            let (_, value) = rest.split_first_chunk::<4>()?;
            let value = value.first_chunk::<8>()?;
            (u32::from_le_bytes(*tag) >> 16 == u32::from(id)).then_some(u64::from_le_bytes(*value))
        })
    }

    fn codepage(&self, id: u16) -> Option<u32> {
        u32::try_from(self.value(id)? & u64::from(u32::MAX)).ok()
    }

    /// A time, kept in tenths of a microsecond since 1601.
    fn time(&self, id: u16) -> Option<Timestamp> {
        const EPOCH: i64 = 11_644_473_600;
        let seconds = i64::try_from(self.value(id)? / 10_000_000).ok()?;
        Timestamp::from_second(seconds - EPOCH).ok()
    }
}

impl Reader<'_> {
    /// Reads the message in a storage, and those attached to it.
    fn message(&mut self, at: &Path, counts: usize, depth: usize) {
        if depth > Container::MAX_DEPTH || self.letters.len() >= Container::MAX_ATTACHED {
            return;
        }
        let fixed = self.fixed(at, counts);
        let (message, kept) = self.written(at, &fixed);
        let attached = self.attachments(at);
        let message = placed(message, Kind::Msg, kept, None);
        let is_wrapper = !attached.is_empty();
        let own = self.letters.len();
        if message.is_mail_like() {
            self.letters.push(Letter { message, depth, is_wrapper: false });
        }
        for storage in attached {
            self.attachment(&storage, depth + 1);
        }
        // A file attached to it is no message, so whether it brings one shows afterwards.
        let brings = self.letters.len() > own + 1;
        if let Some(letter) = self.letters.get_mut(own) {
            letter.is_wrapper = is_wrapper && brings && letter.depth == depth;
        }
    }

    /// Puts a message in Internet format together from its properties.
    fn written(&mut self, at: &Path, fixed: &Fixed) -> (Message, Kept) {
        let transport = self.text(at, "007D", None).unwrap_or_default();
        let body = self.body(at, fixed);
        let header = paste::header_of(transport.trim().as_bytes());
        let (mut source, header, is_made) = match header {
            Some(header) => (header, Fidelity::Rewritten, false),
            None => (self.made_header(at, fixed).into_bytes(), Fidelity::Partial, true),
        };
        source.truncate(source.trim_ascii_end().len());
        source.extend_from_slice(b"\r\n\r\n");
        let start = source.len();
        source.extend_from_slice(body.as_deref().unwrap_or_default().as_bytes());
        let end = source.len();
        let mut message = Message::read(source);
        message.body = None;
        message.text = body.map(|_| Span::new(start, end));
        // How the bytes were put together here says nothing about the message.
        message.repairs.retain(|repair| {
            !matches!(repair.code, RepairCode::LineEndings | RepairCode::NulByte | RepairCode::BareCarriageReturn)
        });
        if is_made {
            message.repairs.push(Repair::new(RepairCode::HeaderFromProperties, Span::new(0, start)));
        }
        (message, Kept { header, body: Fidelity::Rewritten })
    }

    /// Where a message was never sent over the Internet, or a draft: what Outlook shows of it.
    fn made_header(&mut self, at: &Path, fixed: &Fixed) -> String {
        let mut first = |tags: &[&str]| -> Option<String> {
            tags.iter().find_map(|tag| self.text(at, tag, fixed.codepage(0x3FFD)).map(|text| one_line(&text)))
        };
        // The sender on whose behalf it was sent, else the one who sent it; an address of Exchange names nobody outside.
        let address = first(&["5D02", "5D01"]).or_else(|| first(&["0065"])).or_else(|| first(&["0C1F"]));
        let address = address.filter(|address| address.contains('@'));
        let name = first(&["0042", "0C1A"]);
        let from = match (name, address) {
            (Some(name), Some(address)) => Some(format!("\"{}\" <{address}>", name.replace(['"', '\\'], " "))),
            (None, Some(address)) => Some(format!("<{address}>")),
            (Some(name), None) => Some(name),
            (None, None) => None,
        };
        let time = fixed.time(0x0039).or_else(|| fixed.time(0x0E06));
        let date = time.map(|time| time.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string());
        let fields = [
            ("From", from),
            ("To", first(&["0E04"])),
            ("Cc", first(&["0E03"])),
            ("Subject", first(&["0037"])),
            ("Date", date),
            ("Message-ID", first(&["1035"])),
        ];
        let line = |(name, value): (&str, Option<String>)| value.map(|value| format!("{name}: {value}\r\n"));
        fields.into_iter().filter_map(line).collect()
    }

    /// The body as text: plain, else HTML as it stands, else the text of RTF.
    fn body(&mut self, at: &Path, fixed: &Fixed) -> Option<String> {
        self.text(at, "1000", fixed.codepage(0x3FFD))
            .or_else(|| self.text(at, "1013", fixed.codepage(0x3FDE)))
            .or_else(|| self.stream(at, "10130102").map(|bytes| decoded(&bytes, fixed.codepage(0x3FDE))))
            .or_else(|| self.stream(at, "10090102").and_then(|bytes| rtf::text(&bytes)))
    }

    fn attachments(&self, at: &Path) -> Vec<PathBuf> {
        let Ok(entries) = self.file.read_storage(at) else { return Vec::new() };
        let names = entries.filter(|entry| entry.is_storage() && entry.name().starts_with("__attach_version1.0_"));
        let mut storages: Vec<PathBuf> =
            names.take(Container::MAX_ATTACHED).map(|entry| at.join(entry.name())).collect();
        storages.sort();
        storages
    }

    /// A message as Outlook attaches it (MS-OXMSG section 2.2.2.1), or a file that holds one.
    fn attachment(&mut self, at: &Path, depth: usize) {
        let embedded = at.join("__substg1.0_3701000D");
        if self.file.is_storage(&embedded) {
            // 24 bytes of counts in an embedded message (section 2.4.1.2).
            return self.message(&embedded, 24, depth);
        }
        let name = self.text(at, "3707", None).or_else(|| self.text(at, "3704", None)).unwrap_or_default();
        let kind = self.text(at, "370E", None).unwrap_or_default();
        if !nested::is_message_file(&kind, &name) {
            return;
        }
        let Some(bytes) = self.stream(at, "37010102") else { return };
        let room = Container::MAX_ATTACHED.saturating_sub(self.letters.len());
        self.letters.extend(nested::of_file(bytes, depth).into_iter().take(room));
    }

    /// A text property: in Unicode, else in an 8-bit charset.
    fn text(&mut self, at: &Path, tag: &str, codepage: Option<u32>) -> Option<String> {
        let text = match self.stream(at, &format!("{tag}001F")) {
            Some(bytes) => {
                let units = bytes.chunks_exact(2).filter_map(|unit| Some(u16::from_le_bytes(*unit.first_chunk()?)));
                char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
            }
            None => decoded(&self.stream(at, &format!("{tag}001E"))?, codepage),
        };
        let text = text.trim_end_matches('\0');
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn stream(&mut self, at: &Path, tag: &str) -> Option<Vec<u8>> {
        self.read(&at.join(format!("__substg1.0_{tag}")))
    }

    fn fixed(&mut self, at: &Path, counts: usize) -> Fixed {
        let bytes = self.read(&at.join(PROPERTIES)).unwrap_or_default();
        Fixed(bytes.get(counts..).unwrap_or_default().to_vec())
    }

    fn read(&mut self, path: &Path) -> Option<Vec<u8>> {
        let stream = self.file.open_stream(path).ok()?;
        let mut bytes = Vec::new();
        let limit = MAX_STREAM.min(self.left);
        stream.take(limit).read_to_end(&mut bytes).ok()?;
        self.left = self.left.saturating_sub(bytes.len() as u64);
        Some(bytes)
    }
}

/// Values of properties become header fields: a line feed in one must not begin another.
fn one_line(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.trim().to_owned()
}

/// Text in a Windows code page.
fn decoded(bytes: &[u8], codepage: Option<u32>) -> String {
    let label = match codepage {
        Some(65001) => "utf-8".to_owned(),
        Some(932) => "shift_jis".to_owned(),
        Some(50220..=50222) => "iso-2022-jp".to_owned(),
        Some(51932 | 20932) => "euc-jp".to_owned(),
        Some(page @ 1250..=1258) => format!("windows-{page}"),
        Some(page @ 28591..=28606) => format!("iso-8859-{}", page - 28590),
        _ => return charset::unlabelled(bytes).text,
    };
    charset::strict(&label, bytes).unwrap_or_else(|| charset::mislabelled(&label, bytes).text)
}
